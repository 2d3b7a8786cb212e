//! The reasons why something is not in a briefing, each with its data and its message.
//!
//! In JSON, a reason is represented by its message. A reason that is read back from JSON is [`Reason::Other`], except
//! [`Reason::EnoughStories`], because rendered briefings have a separate notice for it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::briefing::editor::Target;
use crate::summary::Verdict;
use crate::warning::counted;

/// Why an article, a story, a sentence or a quote is shown or left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
#[non_exhaustive]
pub enum Reason {
    /// It is shown.
    Chosen,
    /// The editor banned it.
    Banned(Target),
    /// Too few independent outlets report the story.
    FewOutlets {
        /// The number of independent outlets.
        outlets: usize,
        /// The minimum number.
        minimum: usize,
    },
    /// The story is about none of the topics.
    OffTopic,
    /// None of the story's sentences or quotes can be shown.
    NothingToShow,
    /// The briefing has the maximum number of stories.
    EnoughStories {
        /// The maximum number of stories.
        maximum: usize,
    },
    /// The budget has no room for the story's headline and lede.
    NoRoom,
    /// More important stories share the words of the budget.
    BudgetIsShared {
        /// The number of stories that share the words of the budget.
        stories: usize,
    },
    /// The sentence is the headline.
    IsHeadline,
    /// The article of the sentence is opinion, a guide or the like, and the story has news.
    NoNews,
    /// Another article reports the event that the article of the sentence announces.
    Overtaken,
    /// The sentence is a quotation whose speaker is named elsewhere.
    OnlyQuotation,
    /// The sentence quotes a speaker whom the editor banned.
    BannedSpeaker,
    /// A sentence of the summary already states at least half of its content.
    AlreadyTold,
    /// The sentence mentions a person or thing that the text before it does not introduce, repeats an earlier sentence,
    /// or states a superseded toll.
    NotIntroduced,
    /// The sentence does not continue from the lede: it is deep in another report, from an older article, or long after
    /// the lede.
    LeavesReport,
    /// The sentence adds too little for its words.
    AddsTooLittle,
    /// Other sentences carry more information per word, or other quotes weigh much more.
    Outranked,
    /// The summary cannot use the sentence, for the given reason.
    Unfit(Verdict),
    /// No rule identifies the speaker of the quote.
    NoSpeaker,
    /// The speaker of the quote is uncertain, or is named only by a surname that nothing shown introduces.
    UnsureSpeaker,
    /// The quote is too short to be understood by itself.
    ShortQuote {
        /// The number of words in the quote.
        words: usize,
        /// The minimum number of words in a quote of this kind.
        minimum: usize,
    },
    /// The quote is longer than the editor allows.
    LongQuote {
        /// The number of words in the quote.
        words: usize,
        /// The maximum number of words in a quote.
        maximum: usize,
    },
    /// The quote begins in the middle of a sentence.
    Fragment,
    /// The speaker of the quote takes it back in a contrast that follows.
    TakenBack,
    /// The quote starts with a connective or makes a comparison, so it continues what its speaker said before.
    Continues,
    /// The quote has too few content words.
    SaysLittle,
    /// The quote, by itself or together with its sentence and the one before it, has too few words in common with the
    /// story's titles and the sentences shown.
    OffSubject,
    /// A sentence that is shown contains the quote, a part of it, or another version of it.
    InSentence,
    /// The story has the maximum number of quotes.
    EnoughQuotes {
        /// The maximum number of quotes per story.
        maximum: usize,
    },
    /// The quote does not fit into the budget, or into the share of its article that may be shown.
    NoRoomForQuote,
    /// The message of a reason that was read back from JSON.
    Other(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen => f.write_str("chosen"),
            Self::Banned(target) => write!(f, "the editor banned the {target}"),
            Self::FewOutlets { outlets, minimum } => {
                write!(f, "reported by {} (minimum: {minimum})", counted(*outlets, "outlet"))
            }
            Self::OffTopic => f.write_str("about none of the topics"),
            Self::NothingToShow => f.write_str("no sentence that can be shown"),
            Self::EnoughStories { maximum } => {
                write!(f, "the briefing has its maximum of {}", counted(*maximum, "story"))
            }
            Self::NoRoom => f.write_str("no room for the headline and the lede"),
            Self::BudgetIsShared { stories: n } => {
                write!(f, "the budget has words for {}", counted(*n, "story"))
            }
            Self::IsHeadline => f.write_str("is the headline"),
            Self::NoNews => f.write_str("in an article that is not news"),
            Self::Overtaken => f.write_str("announces what another article reports"),
            Self::OnlyQuotation => f.write_str("a quotation without its speaker"),
            Self::BannedSpeaker => f.write_str("words of a banned speaker"),
            Self::AlreadyTold => f.write_str("repeats a sentence that is shown"),
            Self::NotIntroduced => f.write_str("names somebody who is not introduced"),
            Self::LeavesReport => f.write_str("does not go on from the lede"),
            Self::AddsTooLittle => f.write_str("adds too little for its words"),
            Self::Outranked => f.write_str("other sentences say more in as many words"),
            Self::Unfit(verdict) => f.write_str(verdict.reason()),
            Self::NoSpeaker => f.write_str("its speaker is not known"),
            Self::UnsureSpeaker => f.write_str("its speaker is not certain"),
            Self::ShortQuote { words, minimum } => {
                write!(f, "{} long (minimum: {minimum})", counted(*words, "word"))
            }
            Self::LongQuote { words, maximum } => {
                write!(f, "{} long (maximum: {maximum})", counted(*words, "word"))
            }
            Self::Fragment => f.write_str("begins in the middle of a sentence"),
            Self::TakenBack => f.write_str("its speaker goes on with a contrast to it"),
            Self::Continues => f.write_str("continues what its speaker has said before"),
            Self::SaysLittle => f.write_str("says too little by itself"),
            Self::OffSubject => f.write_str("not about the subject of the headline"),
            Self::InSentence => f.write_str("part of a sentence that is shown"),
            Self::EnoughQuotes { maximum } => {
                write!(f, "the story has its maximum of {}", counted(*maximum, "quote"))
            }
            Self::NoRoomForQuote => f.write_str("no room, or enough of its article is shown"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// Two reasons are equal if their messages are, so that a briefing that was read back equals the one that was written.
impl PartialEq for Reason {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for Reason {}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.to_string()
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        let number = text.split_whitespace().find_map(|word| word.parse().ok());
        let enough = number.map(|maximum| Self::EnoughStories { maximum });
        enough.filter(|enough| enough.to_string() == text).unwrap_or(Self::Other(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn numbers_agree_with_their_nouns() {
        let few = |outlets| Reason::FewOutlets { outlets, minimum: 3 }.to_string();
        assert_eq!(few(1), "reported by 1 outlet (minimum: 3)");
        assert_eq!(few(2), "reported by 2 outlets (minimum: 3)");
        let full = |maximum| Reason::EnoughStories { maximum }.to_string();
        assert_eq!(full(1), "the briefing has its maximum of 1 story");
        assert_eq!(full(4), "the briefing has its maximum of 4 stories");
    }

    #[test]
    fn a_reason_read_back_is_equal_to_the_one_written() {
        let reason = Reason::FewOutlets { outlets: 1, minimum: 2 };
        let json = serde_json::to_string(&reason).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Reason>(&json).ok(), Some(reason));
    }

    #[test]
    fn the_maximum_of_stories_is_known_after_reading_back() {
        for maximum in [1, 8, 120] {
            let text = Reason::EnoughStories { maximum }.to_string();
            let read = Reason::from(text);
            assert!(matches!(read, Reason::EnoughStories { maximum: n } if n == maximum));
        }
        let budget = Reason::BudgetIsShared { stories: 8 }.to_string();
        assert!(matches!(Reason::from(budget), Reason::Other(_)));
    }
}
