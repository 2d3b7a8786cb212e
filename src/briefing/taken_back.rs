//! Quotes that their speaker takes back: “I know that the mayor's heart is right,” she said. “But her plan is wrong.”
//!
//! A quote that ends before its speaker's own contrast says the opposite of what the speaker meant, so it cannot be
//! shown alone. The contrast is searched for in the rest of the excerpt's sentence and in the two sentences after it,
//! as long as they are quoted in the same paragraph, because a paragraph usually quotes one speaker. It begins with a
//! phrase from the section `contrasts` of `discourse.txt`.
//!
//! Known limits: a contrast is not detected if it is in the next paragraph, if it is in the reporter's words (“But she
//! said …”), or if it begins without such a phrase.

use crate::quotes::Place;
use crate::span::{Span, slice};
use crate::text::packs::discourse;
use crate::text::quotemarks::{self, Region};
use crate::text::{Collection, Sentence};

/// The number of sentences after an excerpt in which a contrast still belongs to it.
const REACH: usize = 2;

/// The maximum number of words in a phrase that begins a contrast: "and yet", "cu toate acestea".
const LONGEST: usize = 3;

/// Returns whether a contrast by the same speaker follows an excerpt.
pub(super) fn is_taken_back(collection: &Collection, excerpt: Place) -> bool {
    let article = &collection.articles[excerpt.article];
    let Some(discourse) = discourse(article.lang) else { return false };
    let sentences = &collection.corpus.documents[excerpt.article].sentences;
    let end = excerpt.span.end();
    let last = sentences.partition_point(|s| s.span.end() < end);
    let Some(own) = sentences.get(last) else { return false };
    let Some(block) = article.blocks.get(own.block as usize) else { return false };
    let regions = quotemarks::regions(&article.text, block.span);
    let next = sentences.iter().skip(last + 1).take(REACH).take_while(|s| s.block == own.block);
    let in_own = quoted_after(&regions, end, own.span.end());
    let spoken = next.map_while(|sentence| quoted_in(&regions, sentence));
    in_own.into_iter().chain(spoken).any(|span| {
        let words = first_words(slice(&article.text, span.start(), span.end()));
        (1..=words.len()).any(|n| discourse.contrasts.contains(&words[..n].join(" ")))
    })
}

/// Returns the quotation that follows in the rest of a sentence: “The plan is good,” she said, “but it comes too late.”
fn quoted_after(regions: &[Region], from: usize, end: usize) -> Option<Span> {
    let region = regions.iter().find(|r| from < r.outer.start() && r.outer.start() < end)?;
    Some(region.inner)
}

/// Returns the part of a sentence from its first quoted word on, if the sentence begins inside a quotation or with one.
fn quoted_in(regions: &[Region], sentence: &Sentence) -> Option<Span> {
    let start = sentence.span.start();
    let holds = |region: &&Region| region.outer.start() <= start && start < region.outer.end();
    let region = regions.iter().find(holds)?;
    Some(Span::new(start.max(region.inner.start()), sentence.span.end()))
}

/// Returns the first words of a text, in lower case.
fn first_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || [',', '،', '…'].contains(&c));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    words.filter(|word| !word.is_empty()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::is_taken_back;
    use crate::article::Article;
    use crate::language::Language;
    use crate::quotes::Place;
    use crate::span::Span;
    use crate::text::Collection;

    /// Returns whether the excerpt of a text is taken back.
    fn taken_back(lang: &str, excerpt: &str, text: &str) -> bool {
        let article = Article::builder(text).lang(Language::parse(lang).unwrap()).build();
        let start = article.text.find(excerpt).unwrap();
        let span = Span::new(start, start + excerpt.len());
        is_taken_back(&Collection::build(vec![article]), Place { article: 0, span })
    }

    #[test]
    fn a_contrast_of_the_same_speaker_takes_words_back() {
        for (lang, excerpt, text) in [
            (
                "en",
                "The mayor means well with her bridge,",
                "“The mayor means well with her bridge,” Ada Okland said. “But the town cannot pay for it.”",
            ),
            (
                "en",
                "The mayor means well with her bridge,",
                "“The mayor means well with her bridge,” Ada Okland said. “I like the drawings. But the town cannot \
                 pay for it.”",
            ),
            (
                "en",
                "The crew of the ferry did all it could,",
                "“The crew of the ferry did all it could,” the inspector said, “but nobody had checked the engine.”",
            ),
            (
                "en",
                "We have always liked the harbour master.",
                "“We have always liked the harbour master. However, he has to go now,” Ada Okland said.",
            ),
            (
                "en",
                "The ferries ran on time all summer.",
                "Ada Okland said: “The ferries ran on time all summer. Yet half the seats were empty.”",
            ),
            (
                "de",
                "Die Bürgermeisterin meint es gut mit der Brücke",
                "„Die Bürgermeisterin meint es gut mit der Brücke“, sagte Ada Okland. „Aber die Stadt kann sie nicht \
                 bezahlen.“",
            ),
            (
                "fr",
                "La maire a de bonnes idées pour le pont",
                "« La maire a de bonnes idées pour le pont », a dit Ada Okland. « Mais la ville ne peut pas payer. »",
            ),
            (
                "es",
                "La alcaldesa quiere lo mejor para el puente",
                "«La alcaldesa quiere lo mejor para el puente», dijo Ada Okland. «Sin embargo, la ciudad no puede \
                 pagarlo.»",
            ),
            (
                "it",
                "La sindaca ha buone idee per il ponte",
                "«La sindaca ha buone idee per il ponte», ha detto Ada Okland. «Ma la città non può pagare.»",
            ),
            (
                "ru",
                "Мэр хочет городу добра",
                "«Мэр хочет городу добра», — сказала Ада Окланд. «Но денег на мост у города нет.»",
            ),
        ] {
            assert!(taken_back(lang, excerpt, text), "{text}");
        }
    }

    #[test]
    fn what_others_say_and_what_goes_on_takes_nothing_back() {
        for (excerpt, text) in [
            (
                "The mayor means well with her bridge,",
                "“The mayor means well with her bridge,” Ada Okland said. “And the town will pay for it.”",
            ),
            (
                "The mayor means well with her bridge,",
                "“The mayor means well with her bridge,” Ada Okland said. But the council did not agree.",
            ),
            (
                "The mayor means well with her bridge,",
                "“The mayor means well with her bridge,” Ada Okland said.\n\n“But who pays?” Jan Roe asked.",
            ),
            (
                "But the town cannot pay for it.",
                "“The mayor means well,” Ada Okland said. “But the town cannot pay for it. It is poor.”",
            ),
            (
                "The bridge is old.",
                "“The bridge is old. We all know it. The winter was long. But summer comes,” Ada Okland said.",
            ),
        ] {
            assert!(!taken_back("en", excerpt, text), "{text}");
        }
    }
}
