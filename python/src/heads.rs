//! Articles whose texts are stored elsewhere, as in a Spark data frame: a table of their heads, and a function that
//! returns the texts.
//!
//! A head has the columns of an article, with a placeholder instead of the text, and a column `sketch`, which is used
//! for grouping. A briefing made from heads equals the one made from the whole articles, but only the texts of the
//! first stories are requested.

use std::collections::BTreeMap;

use pyo3::prelude::*;

use nutgraf::article::Article;
use nutgraf::pipeline::{Pile, Store};
use nutgraf::read::Options;
use nutgraf::stories::Sketch;

use crate::NutgrafError;
use crate::given::Articles;
use crate::sketches::check_ids;
use crate::table::{Batches, Rows};

/// The heads of articles, copied out of Python, and the function that returns their texts.
pub(crate) struct Heads {
    sketches: Vec<Sketch>,
    rows: Rows,
    texts: Py<PyAny>,
}

impl Heads {
    /// Imports a table of heads. `texts` is a function that takes a list of ids and returns the articles with these
    /// ids.
    pub(crate) fn take(heads: &Bound<'_, PyAny>, texts: &Bound<'_, PyAny>) -> PyResult<Self> {
        let table = Batches::with_sketches(heads, "articles")?;
        let (sketches, rows) = (table.sketches()?, Rows::new(table)?);
        Ok(Self { sketches, rows, texts: texts.clone().unbind() })
    }

    /// Builds the articles without their texts. A head that is given twice counts once.
    pub(crate) fn pile(self) -> PyResult<Pile<Texts>> {
        let Self { sketches, rows, texts } = self;
        let articles = rows.read(&Options::default())?.into_iter().collect::<PyResult<Vec<_>>>()?;
        let mut articles: Vec<(Article, Sketch)> = articles.into_iter().zip(sketches).collect();
        articles.sort_by(|(_, a), (_, b)| a.compare(b));
        articles.dedup_by(|(_, a), (_, b)| a == b);
        check_ids(articles.iter().map(|(_, sketch)| sketch))?;
        let (mut articles, sketches): (Vec<Article>, Vec<Sketch>) = articles.into_iter().unzip();
        for article in &mut articles {
            // The text of a head is only a placeholder.
            article.text.clear();
            article.blocks.clear();
        }
        Ok(Pile { sketches, store: Texts { articles, load: texts } })
    }
}

/// Articles without their texts, and the Python function that returns the texts.
pub(crate) struct Texts {
    articles: Vec<Article>,
    load: Py<PyAny>,
}

impl Store for Texts {
    type Error = PyErr;

    fn articles(&mut self) -> PyResult<Vec<Article>> {
        Ok(std::mem::take(&mut self.articles))
    }

    fn restore(&mut self, articles: &mut [&mut Article]) -> PyResult<()> {
        load(&self.load, articles)
    }
}

/// Requests the articles with their texts and replaces their heads with them.
fn load(texts: &Py<PyAny>, missing: &mut [&mut Article]) -> PyResult<()> {
    let ids: Vec<&str> = missing.iter().map(|article| article.id.as_str()).collect();
    let rows = Python::attach(|py| {
        let given = texts.bind(py).call1((ids,))?;
        Articles::take(&given, "texts")
    })?;
    let read = rows.read_each(&Options::default())?;
    let mut loaded: BTreeMap<String, Article> =
        read.into_iter().map(|article| (article.id.to_string(), article)).collect();
    for article in missing {
        let id = article.id.as_str();
        let Some(whole) = loaded.remove(id) else {
            return Err(NutgrafError::new_err(format!(
                "texts: returned no row with the id {id:?}"
            )));
        };
        **article = whole;
    }
    Ok(())
}
