//! The text that a briefing prints around its excerpts, in every supported language.
//!
//! A rendered briefing is a draft like any other, but its counts ("Made from 12 articles: 9 whole, 3 teasers.") are
//! about the briefing itself, so no source can contain them. The words are those of `labels.toml` in the language
//! packs.
//!
//! Known limit: labels that a house style words differently are not recognized.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::packs::LABELS;

/// The labels and counts of one language.
#[derive(Debug, Default, Deserialize)]
struct Labels {
    labels: BTreeMap<String, String>,
    counts: BTreeMap<String, [String; 2]>,
}

static ALL: LazyLock<Vec<Labels>> = LazyLock::new(|| {
    LABELS.iter().map(|(_, file)| toml::from_str(file).unwrap_or_default()).collect()
});

/// The notices in all languages, with `{n}` in place of each number.
static NOTICES: LazyLock<Notices> = LazyLock::new(|| Notices::new(&ALL));

/// Returns whether a sentence states how many articles a briefing was made from, or how many stories it left out.
pub(super) fn is_notice(sentence: &str) -> bool {
    // Every notice contains a number, so texts without digits need no comparison.
    if !sentence.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let pattern = without_numbers(sentence);
    NOTICES.left_out.contains(&pattern) || NOTICES.inputs.iter().any(|i| i.is_one(&pattern))
}

/// Returns a sentence without a label such as "Earlier:", which precedes a sentence of an earlier briefing.
pub(super) fn without_lead(sentence: &str) -> &str {
    let bare = |labels: &Labels| {
        let lead = labels.labels.get("earlier").filter(|lead| !lead.is_empty())?;
        let rest = sentence.strip_prefix(lead.as_str())?.trim_start().strip_prefix(':')?;
        Some(rest.trim_start().len())
    };
    let kept = ALL.iter().find_map(bare).unwrap_or(sentence.len());
    sentence.get(sentence.len() - kept..).unwrap_or(sentence)
}

impl Labels {
    /// Returns the forms of a count with normalized white space, since white space differs between output formats.
    fn forms(&self, key: &str) -> Vec<String> {
        self.counts.get(key).into_iter().flatten().map(|form| evenly_spaced(form)).collect()
    }

    /// Returns, for each form of the notice about inputs, the text around the list of extents ("9 whole, 3 teasers").
    fn inputs(&self) -> Vec<Inputs> {
        let Some(label) = self.labels.get("inputs") else { return Vec::new() };
        let label = evenly_spaced(label);
        let extents: BTreeSet<String> = self.counts.keys().flat_map(|k| self.forms(k)).collect();
        let forms = self.forms("articles").into_iter().filter_map(|articles| {
            let label = label.replace("{articles}", &articles);
            let (before, after) = label.split_once("{extents}")?;
            let (before, after) = (before.to_owned(), after.to_owned());
            Some(Inputs { before, after, extents: extents.clone() })
        });
        forms.collect()
    }

    /// Returns every form of the notices about the stories left out.
    fn left_out(&self) -> Vec<String> {
        let forms = [self.forms("left_out"), self.forms("beyond")].concat();
        let forms = filled(&forms, "{maximum}", &self.forms("stories"));
        filled(&forms, "{articles}", &self.forms("articles"))
    }
}

/// The notices of a briefing about itself.
struct Notices {
    inputs: Vec<Inputs>,
    left_out: BTreeSet<String>,
}

impl Notices {
    fn new(all: &[Labels]) -> Self {
        Self {
            inputs: all.iter().flat_map(Labels::inputs).collect(),
            left_out: all.iter().flat_map(Labels::left_out).collect(),
        }
    }
}

/// A notice about the inputs of a briefing, in one language.
struct Inputs {
    before: String,
    after: String,
    /// The counts that the notice can list.
    extents: BTreeSet<String>,
}

impl Inputs {
    fn is_one(&self, pattern: &str) -> bool {
        let listed = pattern.strip_prefix(&self.before).and_then(|p| p.strip_suffix(&self.after));
        listed.is_some_and(|listed| listed.split(", ").all(|extent| self.extents.contains(extent)))
    }
}

/// Returns each form once for each value, with the value in place of the placeholder.
fn filled(forms: &[String], placeholder: &str, values: &[String]) -> Vec<String> {
    let with = |form: &String| values.iter().map(|v| form.replace(placeholder, v)).collect();
    forms.iter().flat_map(|form| -> Vec<String> { with(form) }).collect()
}

fn evenly_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces each run of digits with `{n}`, the placeholder for a number in the labels.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for c in evenly_spaced(text).chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with("{n}") {
            out.push_str("{n}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{ALL, is_notice, without_lead};
    use crate::text::packs::LABELS;

    #[test]
    fn the_labels_of_every_language_are_known() {
        assert_eq!(ALL.len(), LABELS.len());
        for labels in ALL.iter() {
            assert!(labels.labels.contains_key("inputs") && labels.labels.contains_key("earlier"));
        }
    }

    #[test]
    fn notices_are_known_in_every_language() {
        for notice in [
            "Made from 1 article: 1 whole.",
            "Made from 4711 articles: 4000 whole, 700 teasers, 1 truncated, 10 behind a paywall.",
            "Left out for length: 31 stories (57 articles).",
            "Left out for length: 1 story (1 article).",
            "Left out beyond the maximum of 8 stories: 34 stories (52 articles).",
            "Left out beyond the maximum of 1 story: 1 story (1 article).",
            "Über die Höchstzahl von 8 Themen hinaus fehlen 34 Themen (52 Artikel).",
            "Au-delà du maximum de 8 sujets, 1 sujet n’est pas repris (2 articles).",
            "Aus Platzgründen fehlen 31 Themen (57 Artikel).",
            "Aus Platzgründen fehlt 1\nThema (57 Artikel).",
        ] {
            assert!(is_notice(notice), "{notice}");
        }
        for claim in [
            "Made from 12 tons of steel: 12 whole.",
            "Made from 12 articles: 9 dead.",
            "Made from 12 articles: 12 whole. Norvia lost 300 men.",
            "12 articles were whole.",
            "",
        ] {
            assert!(!is_notice(claim), "{claim}");
        }
    }

    #[test]
    fn the_label_of_an_earlier_sentence_is_no_part_of_it() {
        for (text, bare) in [
            ("Earlier: It rained.", "It rained."),
            ("Zuvor: Es regnete.", "Es regnete."),
            ("Auparavant : Il pleuvait.", "Il pleuvait."),
            ("Earlier it rained.", "Earlier it rained."),
            ("Earlier", "Earlier"),
        ] {
            assert_eq!(without_lead(text), bare);
        }
    }
}
