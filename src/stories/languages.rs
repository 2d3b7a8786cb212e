//! Gives articles in an unknown language, which are short, the language of the other articles of their outlet.
//!
//! Only this step depends on other articles: what is read from an article never does. It uses the sketches alone, so
//! that the stories are the same no matter where the sketches were made.

use std::collections::BTreeMap;

use crate::identity::Outlets;
use crate::language::Language;
use crate::stories::sketch::Sketch;

/// The minimum number of articles from which the language of an outlet is inferred.
const ARTICLES: usize = 2;

/// Gives each sketch in an unknown language the language of its outlet: the one in which more than half of the outlet's
/// articles are written, if it has at least [`ARTICLES`] in a known language.
pub(super) fn adopt(sketches: &mut [Sketch], outlets: &Outlets) {
    if sketches.iter().all(|sketch| sketch.lang().is_known()) {
        return;
    }
    let mut counts: BTreeMap<String, BTreeMap<Language, usize>> = BTreeMap::new();
    for sketch in sketches.iter().filter(|sketch| sketch.lang().is_known()) {
        if let Some(key) = key(sketch, outlets) {
            *counts.entry(key).or_default().entry(sketch.lang()).or_default() += 1;
        }
    }
    for sketch in sketches.iter_mut().filter(|sketch| !sketch.lang().is_known()) {
        let counts = key(sketch, outlets).and_then(|key| counts.get(&key));
        if let Some(language) = counts.and_then(most) {
            sketch.adopt_language(language);
        }
    }
}

fn key(sketch: &Sketch, outlets: &Outlets) -> Option<String> {
    sketch.outlet().and_then(|name| outlets.key(name))
}

/// Returns the language of more than half of the articles.
fn most(counts: &BTreeMap<Language, usize>) -> Option<Language> {
    let all: usize = counts.values().sum();
    let (language, n) = counts.iter().max_by_key(|(_, n)| **n)?;
    (ARTICLES <= all && all < 2 * n).then_some(*language)
}

#[cfg(test)]
mod tests {
    use super::adopt;
    use crate::article::Article;
    use crate::language::Language;
    use crate::stories::sketch::Sketch;

    #[test]
    fn a_short_text_has_the_language_of_its_outlet() {
        let sketch = |outlet: Option<&str>, lang: &str| {
            let mut article = Article::builder("Orlo Lumo 3").build();
            article.source = outlet.map(str::to_owned);
            article.lang = Language::parse(lang).unwrap_or_default();
            Sketch::from_article(&article)
        };
        let (bote, post) = (Some("Varner Bote"), Some("Varn Post"));
        for (others, own, expected) in [
            (vec![(bote, "de"), (bote, "de"), (post, "en")], bote, "de"),
            (vec![(bote, "de"), (bote, "de"), (bote, "en")], bote, "de"),
            (vec![(bote, "de"), (bote, "en")], bote, "und"),
            (vec![(bote, "de")], bote, "und"),
            (vec![(bote, "de"), (bote, "de")], post, "und"),
            (vec![(None, "de"), (None, "de")], None, "und"),
        ] {
            let mut sketches: Vec<Sketch> =
                others.iter().map(|(outlet, lang)| sketch(*outlet, lang)).collect();
            sketches.insert(0, sketch(own, "und"));
            let outlets = crate::stories::outlets(&sketches);
            adopt(&mut sketches, &outlets);
            assert_eq!(sketches[0].lang().code(), expected, "{others:?}");
        }
    }
}
