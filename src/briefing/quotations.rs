//! The quotes of a story that the reader has not seen, and the rules that decide which of them may be shown as key
//! quotes.

use crate::article::ArticleIx;
use crate::briefing::abridged::{abridge, content_terms, sentences_of};
use crate::briefing::editor::Editor;
use crate::briefing::params::Params;
use crate::briefing::reason::Reason;
use crate::briefing::span_index::Places;
use crate::briefing::story_input::StoryInput;
use crate::briefing::taken_back::is_taken_back;
use crate::budget::words;
use crate::parallel;
use crate::quotes::{self, Confidence, KeyQuote, QuoteKind, Speaker};
use crate::stories::Story;
use crate::summary;
use crate::text::{Collection, TermId, TokenKind};
use crate::warning::Warning;

/// The minimum number of words in a quoted clause that can be understood by itself.
const LEAST_DIRECT_WORDS: usize = 5;

/// The minimum number of words in indirect speech, or in a quoted part of a reporter's sentence, that can be understood
/// by itself.
const LEAST_MIXED_WORDS: usize = 8;

/// The minimum number of distinct content words in a quote that says something by itself.
const LEAST_CONTENT: usize = 4;

/// The quotes of a story.
#[derive(Clone, Debug, Default)]
pub struct Quotations {
    /// The quotes, without those of banned speakers, in descending order of weight, with those of pinned speakers
    /// first.
    pub(super) keys: Vec<KeyQuote>,
    /// The positions of the quotes in `keys`, in all their versions, before abridgment.
    pub(super) places: Places,
    /// The positions of the quotations of speakers whom the editor banned.
    pub(super) banned: Places,
}

impl Quotations {
    /// Finds those quotes of a story that the reader has not seen yet.
    pub fn from_story(collection: &Collection, input: &StoryInput, params: &Params) -> Self {
        let articles = &input.story.articles;
        let found = quotes::of_story(collection, articles);
        let merged = quotes::merge(collection, articles, &found, &input.story.duplicates);
        let mut found =
            Self::new(params.history.unseen(collection, &input.past, merged), &params.editor);
        let titles = title_terms(collection, articles);
        for quote in &mut found.keys {
            abridge(collection, quote, &titles);
        }
        found
    }

    fn new(quotes: Vec<KeyQuote>, editor: &Editor) -> Self {
        let is_banned = |q: &&KeyQuote| q.speaker.as_ref().is_some_and(|s| editor.bans_speaker(s));
        let banned = quotes.iter().filter(is_banned);
        let places =
            |q: &KeyQuote| q.excerpts.iter().chain(&q.variants).copied().collect::<Vec<_>>();
        let banned = banned.flat_map(places).collect();
        let keys = editor.rank_quotes(quotes);
        Self { places: keys.iter().flat_map(places).collect(), keys, banned }
    }
}

/// Returns the content terms of the titles of some articles, sorted.
pub(super) fn title_terms(collection: &Collection, articles: &[ArticleIx]) -> Vec<TermId> {
    let corpus = &collection.corpus;
    let of_title = |&article: &ArticleIx| {
        let title = corpus.documents[article].title.iter();
        let content = title.filter(|t| t.kind != TokenKind::Stop);
        content.map(move |t| corpus.id(article, t.term))
    };
    let mut terms: Vec<TermId> = articles.iter().flat_map(of_title).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Returns a warning about the languages of the articles in which no speakers are named; see
/// [`quotes::speakers_warning`].
pub fn speakers_warning(collection: &Collection) -> Option<Warning> {
    quotes::speakers_warning(collection.articles.iter().map(|article| article.lang))
}

/// Returns the identified speakers of all quotes in the stories, once for each quote.
pub fn speakers_of(collection: &Collection, stories: &[Story]) -> Vec<Speaker> {
    let of_story = |story: &Story| {
        let found = quotes::of_story(collection, &story.articles);
        let quotes = found.into_iter().flatten();
        quotes.filter_map(|quote| quote.speaker).collect::<Vec<Speaker>>()
    };
    parallel::map_in_order(stories, of_story).concat()
}

/// Returns why a quote cannot be a key quote, regardless of what else is shown.
pub(super) fn unfit(collection: &Collection, quote: &KeyQuote, params: &Params) -> Option<Reason> {
    let words = words_of(collection, quote);
    let minimum = least_words(quote);
    if quote.speaker.is_none() {
        Some(Reason::NoSpeaker)
    } else if quote.confidence != Confidence::High {
        Some(Reason::UnsureSpeaker)
    } else if words < minimum {
        Some(Reason::ShortQuote { words, minimum })
    } else if is_fragment(collection, quote) {
        Some(Reason::Fragment)
    } else if quote.excerpts.last().is_some_and(|last| is_taken_back(collection, *last)) {
        Some(Reason::TakenBack)
    } else if continues(collection, quote) {
        Some(Reason::Continues)
    } else if says_little(collection, quote) {
        Some(Reason::SaysLittle)
    } else {
        let maximum = params.max_quote_words.filter(|most| words > *most)?;
        Some(Reason::LongQuote { words, maximum })
    }
}

/// Returns whether a quote has too few content words to say anything by itself: `We knew you could, Mr. President`,
/// `You wind up with a lot of it`. A quote that several articles contain always says enough.
fn says_little(collection: &Collection, quote: &KeyQuote) -> bool {
    let content: usize =
        quote.excerpts.iter().map(|place| content_terms(collection, *place).len()).sum();
    quote.variants.is_empty() && content < LEAST_CONTENT
}

/// Counts the words of a quote, without its attribution.
pub(super) fn words_of(collection: &Collection, quote: &KeyQuote) -> usize {
    quote.excerpts.iter().map(|p| words(p.span.slice(&collection.articles[p.article].text))).sum()
}

/// Returns whether a quote begins in the middle of a sentence: `is that I never saw the bridge`.
///
/// `[The mayor] knew it` is not a fragment: the words in brackets begin the sentence.
fn is_fragment(collection: &Collection, quote: &KeyQuote) -> bool {
    let Some(first) = quote.excerpts.first() else { return false };
    let text = first.span.slice(&collection.articles[first.article].text);
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// Returns whether the first sentence of a quote starts with a connective (`And that is why we closed it`) or makes a
/// comparison with something said before.
fn continues(collection: &Collection, quote: &KeyQuote) -> bool {
    let Some(first) = quote.excerpts.first() else { return false };
    let article = &collection.articles[first.article];
    let opening =
        sentences_of(collection, *first).first().map_or("", |s| s.span.slice(&article.text));
    summary::continues_in_speech(opening, article.lang)
}

const fn least_words(quote: &KeyQuote) -> usize {
    match quote.kind {
        QuoteKind::Direct => LEAST_DIRECT_WORDS,
        QuoteKind::Mixed | QuoteKind::Indirect => LEAST_MIXED_WORDS,
    }
}
