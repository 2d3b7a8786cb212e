//! Lint: the house rules for a finished briefing, as on an editor's checklist.

use serde::Serialize;

use crate::briefing::model::{Briefing, Excerpt, StoryEntry};
use crate::briefing::reason::Reason;
use crate::budget::words;
use crate::identity::person;
use crate::warning::counted;

/// The rules; those that are `None` or empty are not checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The maximum number of words in a quote.
    pub max_quote_words: Option<usize>,
    /// The minimum number of independent outlets per story.
    pub min_sources: Option<usize>,
    /// The minimum number of distinct speakers in the briefing.
    pub min_speakers: Option<usize>,
    /// The maximum number of stories that only one outlet reports.
    pub max_single_source_stories: Option<usize>,
    /// The maximum age in days of an article in [`Briefing::articles`], cited or not.
    pub max_age_days: Option<u32>,
    /// Banned words or phrases, regardless of case.
    pub banned_words: Vec<String>,
}

/// One violation of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The location in the briefing, as a JSON pointer.
    pub pointer: String,
    /// The problem, as a sentence without a full stop.
    pub message: String,
    /// The text concerned.
    pub text: String,
}

/// The rules by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A quote is too long.
    LongQuote,
    /// A story has too few outlets.
    FewSources,
    /// The briefing has too few speakers.
    FewSpeakers,
    /// Too many stories are reported by only one outlet.
    SingleSourceStories,
    /// An article of the briefing is too old.
    StaleArticle,
    /// The editor's words, a headline, a summary or a quote contains a banned word.
    BannedWord,
}

impl std::fmt::Display for Breach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

/// Checks a briefing against the rules, and returns the violations.
///
/// ```
/// use nutgraf::briefing::lint::{Rules, lint};
/// use nutgraf::{Article, BriefParams, Published, brief};
///
/// let article = Article::builder("The council closed the bridge on Monday.").title("Bridge closed").build();
/// let briefing = brief(vec![article], &BriefParams::default(), Published::parse("2026-03-11").unwrap()).briefing;
/// let breaches = lint(&briefing, &Rules { min_sources: Some(2), ..Rules::default() });
/// assert_eq!(breaches[0].pointer, "/stories/0");
/// ```
pub fn lint(briefing: &Briefing, rules: &Rules) -> Vec<Breach> {
    let mut linter = Linter { briefing, rules, breaches: Vec::new() };
    linter.editors_words();
    for (i, story) in briefing.stories.iter().enumerate() {
        linter.story(&format!("/stories/{i}"), story);
    }
    linter.whole();
    linter.age();
    linter.breaches
}

struct Linter<'a> {
    briefing: &'a Briefing,
    rules: &'a Rules,
    breaches: Vec<Breach>,
}

impl Linter<'_> {
    fn add(&mut self, rule: Rule, pointer: &str, text: &str, message: String) {
        let (pointer, text) = (pointer.to_owned(), text.to_owned());
        self.breaches.push(Breach { rule, pointer, message, text });
    }

    fn editors_words(&mut self) {
        let briefing = self.briefing;
        self.banned("/title", &briefing.title);
        for (pointer, text) in [("/intro", &briefing.intro), ("/outro", &briefing.outro)] {
            self.banned(pointer, text.as_deref().unwrap_or(""));
        }
    }

    fn story(&mut self, pointer: &str, story: &StoryEntry) {
        self.banned(&format!("{pointer}/headline"), &story.headline.text);
        for (i, sentence) in story.summary.iter().enumerate() {
            self.banned(&format!("{pointer}/summary/{i}"), &sentence.excerpt.text);
        }
        for (i, quote) in story.quotes.iter().enumerate() {
            self.quote(&format!("{pointer}/quotes/{i}"), &quote.excerpts);
        }
        let n_outlets = outlets_of(story);
        if let Some(least) = self.rules.min_sources.filter(|least| n_outlets < *least) {
            let message = Reason::FewOutlets { outlets: n_outlets, minimum: least }.to_string();
            self.add(Rule::FewSources, pointer, &story.headline.text, message);
        }
    }

    fn quote(&mut self, pointer: &str, excerpts: &[Excerpt]) {
        for excerpt in excerpts {
            self.banned(pointer, &excerpt.text);
        }
        let n_words: usize = excerpts.iter().map(|e| words(&e.text)).sum();
        if let Some(most) = self.rules.max_quote_words.filter(|most| n_words > *most) {
            let text = excerpts.first().map_or("", |e| &e.text);
            let message = format!("a quote of {} (maximum: {most})", counted(n_words, "word"));
            self.add(Rule::LongQuote, pointer, text, message);
        }
    }

    fn banned(&mut self, pointer: &str, text: &str) {
        let rules = self.rules;
        for word in &rules.banned_words {
            if holds_word(text, word) {
                self.add(Rule::BannedWord, pointer, text, format!("{word:?} is a banned word"));
            }
        }
    }

    fn whole(&mut self) {
        let told = &self.briefing.stories;
        let quotes = told.iter().flat_map(|s| &s.quotes);
        let mut speakers: Vec<&str> = Vec::new();
        for speaker in quotes.filter_map(|q| q.speaker.as_ref()) {
            let known = |name: &&str| person::are_one((name, None), (&speaker.name, None));
            if !speakers.iter().any(known) {
                speakers.push(&speaker.name);
            }
        }
        speakers.sort_unstable();
        if let Some(least) = self.rules.min_speakers.filter(|least| speakers.len() < *least) {
            let message =
                format!("{} (minimum: {least})", counted(speakers.len(), "distinct speaker"));
            self.add(Rule::FewSpeakers, "/stories", &speakers.join(", "), message);
        }
        let single = told.iter().filter(|s| outlets_of(s) < 2).count();
        if let Some(most) = self.rules.max_single_source_stories.filter(|most| single > *most) {
            let message =
                format!("{} reported by one outlet (maximum: {most})", counted(single, "story"));
            self.add(Rule::SingleSourceStories, "/stories", "", message);
        }
    }

    fn age(&mut self) {
        let briefing = self.briefing;
        let Some(most) = self.rules.max_age_days else { return };
        let now = briefing.generated.timestamp().as_second();
        for (i, article) in briefing.articles.iter().enumerate() {
            let Some(published) = article.published else { continue };
            let days = (now - published.timestamp().as_second()) / 86_400;
            if days > i64::from(most) {
                let message =
                    format!("published {} before (maximum: {most})", counted(days as usize, "day"));
                self.add(Rule::StaleArticle, &format!("/articles/{i}"), &article.title, message);
            }
        }
    }
}

/// Returns the number of independent witnesses of a story, or of its outlets if an older briefing lacks that number.
fn outlets_of(story: &StoryEntry) -> usize {
    if story.witnesses > 0 { story.witnesses } else { story.outlets.len().max(1) }
}

/// Returns whether a text contains a word or phrase as whole words.
fn holds_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.trim().to_lowercase());
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !word.is_empty()
        && text.match_indices(&word).any(|(at, found)| {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
            !is_part(before) && !is_part(after)
        })
}

#[cfg(test)]
mod tests {
    use super::holds_word;

    #[test]
    fn banned_words_are_whole_words() {
        assert!(holds_word("A shocking, Shocking day", "shocking"));
        assert!(holds_word("It slammed the door", "slammed the"));
        assert!(!holds_word("Classical music", "class"));
        assert!(!holds_word("Anything", " "));
    }
}
