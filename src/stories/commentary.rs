//! Estimates from an article's text the probability that it is commentary (opinion, analysis or a feature) rather than
//! a report.
//!
//! Most columns have no label ([`crate::stories::kind`]), and their sentences make poor ledes. Reporters write short
//! paragraphs, quote other people, say on which day events happened, and give figures. Commentators argue in the first
//! person, ask questions and deny the claims of others. All traits except the share of quoted words and the mean length
//! of the paragraphs are measured in the narration, that is, outside quotation marks. A logistic regression weights the
//! traits (Cox 1958, "The regression analysis of binary sequences"). No trait depends on content words, so the model
//! cannot learn the subjects of articles.
//!
//! `training/commentary.py` learned the weights from 959 labeled articles from 61 US outlets; 443 of the articles are
//! not reports. In cross-validation with all articles of an outlet in one fold, the area under the ROC curve is 0.86
//! (0.92 for opinion alone). With a threshold of 0.7, the precision is 89% and the recall is 56%. Because of these
//! errors, the probability is used only as a penalty, never to exclude an article.
//!
//! Known limits: the weights were learned from English articles and are applied to every language that has the word
//! lists. In a language without the lists, every article counts as a report unless its title or address labels it.

use rustc_hash::FxHashMap;

use crate::article::{Article, BlockKind};
use crate::language::Language;
use crate::score::{exp, ln};
use crate::span::Span;
use crate::stories::kind;
use crate::text::packs::{self, OfFolder, folder_index};
use crate::text::quotemarks;
use crate::text::{Document, TokenKind};

/// The names of the traits, in the order of [`features`].
pub const FEATURES: [&str; 8] = [
    "weekdays",
    "first person",
    "denials",
    "questions",
    "exclamations",
    "quoted",
    "numbers",
    "paragraph",
];

/// The weights of the traits, each of which is multiplied by the logarithm of one plus the trait's rate, followed by
/// the intercept.
const WEIGHTS: [f64; FEATURES.len() + 1] =
    [-0.84, 0.45, 0.42, 0.91, 0.47, -0.55, -0.27, 0.63, -1.04];

/// The maximum number of sentences that are read; more are not needed to recognize the style of an article.
const SENTENCES: usize = 60;

/// The minimum number of words in the narration; an article with fewer is too short to judge.
const FEWEST_WORDS: f64 = 40.0;

/// Returns the probability that an article is commentary rather than a report: 1 if its title or address says that it
/// is not a report, 0 if it is too short to judge or if its language lacks the word lists.
pub(crate) fn probability(article: &Article, document: &Document) -> f64 {
    if !kind::of_article(article).is_news() {
        return 1.0;
    }
    let Some(features) = features(article, document) else { return 0.0 };
    let weighted = features.iter().zip(WEIGHTS).map(|(trait_, weight)| trait_ * weight);
    let logit = weighted.sum::<f64>() + WEIGHTS[FEATURES.len()];
    1.0 / (1.0 + exp(-logit))
}

/// Returns the traits of an article, or `None` if it is too short to judge or if its language lacks the word lists.
pub fn features(article: &Article, document: &Document) -> Option<[f64; FEATURES.len()]> {
    let words = Words::for_language(document.language)?;
    let mut counts = Counts::default();
    let mut quoted: (Option<u32>, Vec<Span>) = (None, Vec::new());
    let mut classes: Vec<Option<Class>> = Vec::new();
    for sentence in document.sentences.iter().take(SENTENCES) {
        let Some(block) = article.blocks.get(sentence.block as usize) else { continue };
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        if quoted.0 != Some(sentence.block) {
            quoted = (Some(sentence.block), quotemarks::quoted(&article.text, block.span));
            counts.paragraphs += 1.0;
        }
        let is_quoted = |at: usize| quoted.1.iter().any(|q| (q.start()..q.end()).contains(&at));
        let mut narrated = 0.0;
        for token in document.tokens_of(sentence) {
            if is_quoted(token.span.start()) {
                counts.quoted += 1.0;
                continue;
            }
            narrated += 1.0;
            let term = token.term.0 as usize;
            if classes.len() <= term {
                classes.resize(term + 1, None);
            }
            let class = *classes[term].get_or_insert_with(|| {
                if token.kind == TokenKind::Number {
                    Class::Number
                } else {
                    words.class(token.span.slice(&article.text))
                }
            });
            counts.add(class);
        }
        counts.narrated += narrated;
        if 0.0 < narrated {
            counts.end(sentence.span.slice(&article.text));
        }
    }
    (FEWEST_WORDS <= counts.narrated).then(|| counts.features())
}

/// The word classes that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Weekday,
    FirstPerson,
    Denial,
    Number,
    Other,
}

/// The counts from which the traits are computed. Quoted words count only in `quoted`.
#[derive(Debug, Default)]
struct Counts {
    narrated: f64,
    quoted: f64,
    paragraphs: f64,
    sentences: f64,
    weekdays: f64,
    first_person: f64,
    denials: f64,
    numbers: f64,
    questions: f64,
    exclamations: f64,
}

impl Counts {
    const fn add(&mut self, class: Class) {
        match class {
            Class::Weekday => self.weekdays += 1.0,
            Class::FirstPerson => self.first_person += 1.0,
            Class::Denial => self.denials += 1.0,
            Class::Number => self.numbers += 1.0,
            Class::Other => {}
        }
    }

    /// Counts a sentence, also as a question or an exclamation if its last character says so.
    fn end(&mut self, sentence: &str) {
        self.sentences += 1.0;
        match sentence.chars().next_back() {
            Some('?' | '？' | '؟') => self.questions += 1.0,
            Some('!' | '！') => self.exclamations += 1.0,
            _ => {}
        }
    }

    /// Returns the traits in the order of [`FEATURES`], each as the logarithm of one plus its rate.
    fn features(&self) -> [f64; FEATURES.len()] {
        let words = self.narrated + self.quoted;
        [
            1000.0 * self.weekdays / self.narrated,
            1000.0 * self.first_person / self.narrated,
            1000.0 * self.denials / self.narrated,
            100.0 * self.questions / self.sentences.max(1.0),
            100.0 * self.exclamations / self.sentences.max(1.0),
            100.0 * self.quoted / words,
            1000.0 * self.numbers / self.narrated,
            words / self.paragraphs.max(1.0),
        ]
        .map(|rate| ln(1.0 + rate))
    }
}

/// The classes of the words of a language, by their lower-case forms.
struct Words(FxHashMap<&'static str, Class>);

impl Words {
    /// Returns the words of a language, or `None` if the language lacks one of the word lists.
    fn for_language(language: Language) -> Option<&'static Self> {
        static ALL: OfFolder<Option<Words>> = OfFolder::new();
        ALL.get(folder_index(language), |_| Self::new(language)).as_ref()
    }

    fn new(language: Language) -> Option<Self> {
        let data = packs::discourse(language)?;
        let classes = [
            (&data.first_person, Class::FirstPerson),
            (&data.denials, Class::Denial),
            (&data.weekdays, Class::Weekday),
        ];
        let is_complete = classes.iter().all(|(words, _)| !words.is_empty());
        let all = classes.into_iter().flat_map(|(set, class)| set.iter().map(move |w| (w, class)));
        is_complete.then(|| Self(all.collect()))
    }

    /// Returns the class of a word, ignoring case.
    fn class(&self, word: &str) -> Class {
        let folded = word.to_lowercase().replace('’', "'");
        let by_ending = || folded.ends_with("n't").then_some(Class::Denial);
        let listed = self.0.get(folded.as_str()).copied();
        listed.or_else(by_ending).unwrap_or(Class::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::{features, probability};
    use crate::article::Article;
    use crate::language::Language;
    use crate::text::annotate;

    fn probability_of(lang: &str, title: &str, text: &str) -> f64 {
        let lang = Language::parse(lang).unwrap_or_default();
        let article = Article::builder(text).title(title).lang(lang).build();
        probability(&article, &annotate(&article))
    }

    const REPORT: &str = "The council of Lenn closed the harbour bridge on Monday after engineers found 14 cracks in its \
        deck.\n\n\"We had no choice,\" said Mayor Ada Okland. \"The bridge was built in 1931, and it has never been \
        repaired.\"\n\nThe repairs will cost 12 million crowns and take until Friday, 3 March, the council said in a \
        statement. About 9,000 cars cross the bridge each day.";

    const COLUMN: &str = "Why do we put up with this? I have crossed the bridge for twenty years, and I do not believe that \
        our council has ever looked at it. Nobody asked us, nobody told us, and now we are not even allowed to be angry. \
        Isn't it time that somebody said so? The mayor is not to blame for the rust, but she is to blame for the silence, \
        and no amount of paint will cover that. We should not accept it. We must not accept it, and I, for one, never will.";

    #[test]
    fn a_column_is_told_from_a_report_without_a_label() {
        assert!(probability_of("en", "Council closes the bridge", REPORT) < 0.3);
        assert!(0.8 < probability_of("en", "The bridge and the silence", COLUMN));
        let german = "Warum lassen wir uns das gefallen? Ich fahre seit zwanzig Jahren über die Brücke, und ich glaube \
            nicht, dass unser Rat sie je angesehen hat. Niemand hat uns gefragt, niemand hat uns etwas gesagt, und nun \
            dürfen wir nicht einmal wütend sein. Ist es nicht Zeit, dass jemand das sagt? Wir sollten es nicht hinnehmen.";
        assert!(0.8 < probability_of("de", "Die Brücke und das Schweigen", german));
    }

    #[test]
    fn what_others_say_is_not_the_voice_of_the_piece() {
        let quoted = format!(
            "The council of Lenn met on Monday about the bridge, and 40 people spoke.\n\n\"{COLUMN}\""
        );
        assert!(
            probability_of("en", "Council hears residents", &quoted)
                < probability_of("en", "Council hears residents", COLUMN)
        );
    }

    #[test]
    fn a_label_decides_and_a_short_text_does_not() {
        let by_label = probability_of("en", "Opinion: close the bridge", REPORT);
        assert!((by_label - 1.0).abs() < 1e-9);
        assert!(probability_of("en", "Why", "I do not know. Do you?") < 1e-9);
        let article = Article::builder("I do not know.").build();
        assert_eq!(features(&article, &annotate(&article)), None);
    }
}
