//! Filters for lists of quotations.

use crate::quotes::words;
use crate::quotes::{Confidence, Quote, QuoteKind};

/// Conditions that quotations must meet to be listed; the default lists all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Text that the speaker's role and name contain, regardless of case. Default: `None`, which also accepts
    /// quotations without a speaker.
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
