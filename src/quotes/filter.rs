//! Filters for listed quotations.

use crate::quotes::words;
use crate::quotes::{Confidence, Quote, QuoteKind};

/// The conditions for listing a quotation; an empty filter keeps all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A part of the speaker's name or role, in any case.
    pub speaker: Option<String>,
    /// The kinds to keep; none for all.
    pub kinds: Vec<QuoteKind>,
    /// The fewest words.
    pub min_words: usize,
    /// The least certainty.
    pub confidence: Option<Confidence>,
}

impl Filter {
    /// Returns whether a quotation of an article with this text is to be listed.
    pub fn keeps(&self, text: &str, quote: &Quote) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&quote.kind);
        let sure = self.confidence.is_none_or(|least| quote.confidence <= least);
        let long = self.min_words == 0
            || quote.content.iter().map(|c| words::of(text, *c).len()).sum::<usize>()
                >= self.min_words;
        kind && sure && long && self.speaker.as_deref().is_none_or(|s| is_speaker(quote, s))
    }
}

fn is_speaker(quote: &Quote, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    quote.speaker.as_ref().is_some_and(|speaker| {
        let role = speaker.role.as_deref().unwrap_or("");
        format!("{} {}", role, speaker.name).to_lowercase().contains(&wanted)
    })
}
