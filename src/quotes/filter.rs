//! Filters for lists of quotations.

use crate::quotes::words;
use crate::quotes::{Confidence, Quote, QuoteKind};

/// Conditions that quotations must meet to be listed; the default lists all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The speaker's name in any spelling, or a part of the speaker's role and name, regardless of case. Default:
    /// `None`, which also accepts quotations without a speaker.
    pub speaker: Option<String>,
    /// The kinds to list. Default: empty, all kinds.
    pub kinds: Vec<QuoteKind>,
    /// The minimum number of words. Default: 0.
    pub min_words: usize,
    /// The minimum confidence. Default: `None`, any confidence.
    pub confidence: Option<Confidence>,
}

impl Filter {
    /// Returns whether to list a quotation; `text` is the text of its article.
    pub fn keeps(&self, text: &str, quote: &Quote) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&quote.kind);
        let sure = self.confidence.is_none_or(|least| quote.confidence <= least);
        let long = self.min_words == 0
            || quote.content.iter().map(|c| words::split(text, *c).len()).sum::<usize>()
                >= self.min_words;
        kind && sure && long && self.speaker.as_deref().is_none_or(|s| is_speaker(quote, s))
    }
}

/// Returns whether `wanted` refers to the speaker of a quotation: it is the name in any spelling, or a part of the role
/// and name.
fn is_speaker(quote: &Quote, wanted: &str) -> bool {
    let lower = wanted.to_lowercase();
    quote.speaker.as_ref().is_some_and(|speaker| {
        let role = speaker.role.as_deref().unwrap_or("");
        speaker.is_meant_by(wanted)
            || format!("{role} {}", speaker.name).to_lowercase().contains(&lower)
    })
}

#[cfg(test)]
mod tests {
    use super::Filter;
    use crate::quotes::{Confidence, Quote, QuoteKind, Speaker};

    #[test]
    fn a_speaker_is_found_by_any_spelling_and_by_a_part() {
        let speaker = Speaker { name: "Sergey Antonov".to_owned(), role: Some("mayor".to_owned()) };
        let quote = Quote {
            kind: QuoteKind::Direct,
            content: Vec::new(),
            cue: None,
            source: None,
            speaker: Some(speaker),
            rule: "",
            confidence: Confidence::High,
        };
        let keeps = |wanted: &str| {
            Filter { speaker: Some(wanted.to_owned()), ..Filter::default() }.keeps("", &quote)
        };
        for wanted in [
            "Sergei Antonov",
            "S. Antonov",
            "Mr Antonov",
            "г-н Antonov",
            "mayor Antonov",
            "anton",
            "Mayor",
        ] {
            assert!(keeps(wanted), "{wanted}");
        }
        for wanted in ["Boris Antonov", "Mr Sergeant", "governor"] {
            assert!(!keeps(wanted), "{wanted}");
        }
    }
}
