//! Articles whose texts are stored elsewhere, as in a Spark data frame: a table of their heads, and a function that
//! returns texts.
//!
//! A head has the columns of an article but for its text, and the column `sketch`, by which it is grouped. The briefing of
//! the heads is that of the whole articles; only the texts of the first stories are asked for.

use std::collections::BTreeMap;

use pyo3::prelude::*;

use nutgraf::article::Article;
use nutgraf::pipeline::Pile;
use nutgraf::read::Options;
use nutgraf::stories::Sketch;

use crate::NutgrafError;
use crate::given::Articles;
use crate::sketches::check_ids;
use crate::table::{Batches, Rows};

/// The heads of articles, copied out of Python, and the function that returns texts.
pub(crate) struct Heads {
    sketches: Vec<Sketch>,
    rows: Rows,
    texts: Py<PyAny>,
}

impl Heads {
    /// Takes a table of heads, and a function from a list of ids to a table of texts.
    pub(crate) fn take(heads: &Bound<'_, PyAny>, texts: &Bound<'_, PyAny>) -> PyResult<Self> {
        let table = Batches::with_sketches(heads, "articles")?;
        let (sketches, rows) = (table.sketches()?, Rows::new(table)?);
        Ok(Self { sketches, rows, texts: texts.clone().unbind() })
    }

    /// Builds the articles without their texts, and the function that loads these. A head that is given twice counts once.
    pub(crate) fn pile(self) -> PyResult<Pile<impl FnMut(&mut [&mut Article]) -> PyResult<()>>> {
        let Self { sketches, rows, texts } = self;
        let articles = rows.read(&Options::default())?.into_iter().collect::<PyResult<Vec<_>>>()?;
        let mut articles: Vec<(Article, Sketch)> = articles.into_iter().zip(sketches).collect();
        articles.sort_by(|(_, a), (_, b)| a.compare(b));
        articles.dedup_by(|(_, a), (_, b)| a == b);
        check_ids(articles.iter().map(|(_, sketch)| sketch))?;
        for (article, _) in &mut articles {
            // The text of a head stands for one that is stored elsewhere.
            article.text.clear();
            article.blocks.clear();
        }
        Ok(Pile { articles, restore: move |missing: &mut [&mut Article]| load(&texts, missing) })
    }
}

/// Asks for articles with their texts, and puts them into the place of their heads.
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
