//! The text that a briefing prints around its excerpts, in every language that it is printed in.
//!
//! A rendered briefing is a draft like any other, and its counts ("Made from 12 articles: 9 whole, 3 teasers.") are about
//! itself: no source can have them. The words are those of `labels.toml` in the packs.
//!
//! Known limit: labels that a house words otherwise are not known here.

use std::collections::BTreeMap;
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

/// Returns whether a sentence says what a briefing was made from, or how much it left out.
pub(super) fn is_notice(sentence: &str) -> bool {
    // Every text of other kinds leaves here: a notice has a number.
    if !sentence.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let pattern = without_numbers(sentence);
    ALL.iter().any(|labels| labels.is_inputs(&pattern) || labels.is_left_out(&pattern))
}

/// Returns a sentence without the label before it, "Earlier:" before one of an earlier briefing.
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
    /// The forms of a count, without white space that differs between outputs.
    fn forms(&self, key: &str) -> Vec<String> {
        self.counts.get(key).into_iter().flatten().map(|form| evenly_spaced(form)).collect()
    }

    fn is_inputs(&self, pattern: &str) -> bool {
        let Some(label) = self.labels.get("inputs") else { return false };
        let is_extent = |extent: &str| self.counts.keys().any(|key| has(&self.forms(key), extent));
        self.forms("articles").iter().any(|articles| {
            let label = evenly_spaced(label).replace("{articles}", articles);
            let Some((before, after)) = label.split_once("{extents}") else { return false };
            let extents = pattern.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            extents.is_some_and(|extents| extents.split(", ").all(is_extent))
        })
    }

    fn is_left_out(&self, pattern: &str) -> bool {
        let articles = self.forms("articles");
        self.forms("left_out").iter().any(|form| {
            articles.iter().any(|articles| form.replace("{articles}", articles) == pattern)
        })
    }
}

fn has(forms: &[String], text: &str) -> bool {
    forms.iter().any(|form| form == text)
}

fn evenly_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Replaces each run of digits by `{n}`, as the labels write a number.
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
