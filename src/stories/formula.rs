//! Series of formulaic reports by one outlet, each about a different event.
//!
//! Quake bots, police desks, results services and weather offices fill one form again and again: *Kelmar closes its
//! bridge after a gas leak*, *Grimsund closes its town hall after a fire*. The words of the form make such reports
//! resemble each other as much as two reports of one event do, and in a small run nothing shows that they are common.
//! Retellings of one event keep its names and change the wording; a formula keeps the wording and changes the names and
//! subjects. Titles show this best:
//!
//! * Two titles have one *form* if they differ only in *slots*, each of which is filled in both. The shared words are
//!   the *frame*.
//! * A slot is filled with different *subjects* if each side has a word that occurs nowhere in the other article: a
//!   report of the same event usually mentions it somewhere. Figures do not count, because an updated toll changes
//!   them.
//! * Three articles of one outlet, any two of which have one form and clearly different subjects
//!   ([`Comparison::is_clear`]), are evidence of a *formula*: the words that their frames share. There must be at least
//!   two of them, they must make up at least a third of the title, and one must be an ordinary word, since a frame of
//!   names alone is the label of a running story.
//!
//! Once a formula is known, one slot with different subjects or names is enough to tell two reports apart.
//!
//! Known limits: a formula is not recognized from only two reports, nor from articles without a text: in titles alone,
//! nothing but different wording distinguishes retellings from a formula.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;
use crate::identity::facts::Report;
use crate::parallel;
use crate::stories::sketch::Sketch;
use crate::text::align::common_subsequence;
use crate::text::{Token, TokenKind, annotate, hash, is_unspaced, sentence};

/// The minimum number of words in a text for the absence of a word to mean anything.
const TEXT: usize = 20;
/// The maximum number of words in a title that is examined, so that a set of positions fits into a `u64`.
const LONGEST: usize = 64;
/// The minimum number of words that a formula has in a title.
const LEAST_WORDS: u32 = 2;
/// The minimum share of a title's words that belong to the formula, as one in this many.
const ONE_IN: u32 = 3;
/// The number of preceding titles with the same word that a title is compared with.
const NEAREST: usize = 8;

/// The formulas that titles follow; articles are identified by their positions.
pub(crate) struct Formulas {
    /// The titles that follow a formula; the others are not kept.
    titles: FxHashMap<u32, Title>,
}

impl Formulas {
    /// Finds the formulas among articles of one language; `outlet` gives the outlet of each.
    pub(crate) fn find(articles: &[&Sketch], outlet: impl Fn(&Sketch) -> Option<String>) -> Self {
        let mut desks: BTreeMap<Option<String>, Vec<u32>> = BTreeMap::new();
        for (at, sketch) in articles.iter().enumerate() {
            if TEXT <= sketch.n_words() && !sketch.title().is_empty() {
                desks.entry(outlet(sketch)).or_default().push(at as u32);
            }
        }
        let desks: Vec<Vec<u32>> = desks.into_values().filter(|desk| 2 < desk.len()).collect();
        let found = parallel::map_in_order(&desks, |desk| {
            let title = |&at: &u32| Some((at, Title::new(articles[at as usize])?));
            let report = |at: u32| articles[at as usize].print().report();
            series(desk.iter().filter_map(title).collect(), report)
        });
        Self { titles: found.into_iter().flatten().collect() }
    }

    /// Returns whether two articles follow one formula and report different events; `report` gives the words of each.
    pub(crate) fn tell_apart<'r>(
        &self,
        a: u32,
        b: u32,
        report: impl Fn(u32) -> &'r Report,
    ) -> bool {
        let titled = |at: u32| Some(Titled { title: self.titles.get(&at)?, report: report(at) });
        let [Some(a), Some(b)] = [a, b].map(titled) else { return false };
        // Most pairs share no formula; aligning them all took a seventh of the time of 100,000 such reports.
        if !a.title.may_differ_in_slots(b.title) {
            return false;
        }
        Comparison::new(a, b).is_some_and(|comparison| {
            let [own, other] = comparison.frame;
            let follow = a.title.follows_formula(own) && b.title.follows_formula(other);
            follow && comparison.has_other_subject()
        })
    }
}

/// Returns the titles of one outlet that follow a formula; `report` gives the words of each article.
fn series<'r>(
    mut titles: Vec<(u32, Title)>,
    report: impl Fn(u32) -> &'r Report,
) -> Vec<(u32, Title)> {
    let mut partners: Vec<FxHashMap<usize, u64>> = vec![FxHashMap::default(); titles.len()];
    for (b, earlier) in candidates(&titles).enumerate() {
        for a in earlier {
            let [one, other] = [a, b].map(|at| {
                let (article, title) = &titles[at];
                Titled { title, report: report(*article) }
            });
            let comparison = Comparison::new(one, other);
            let clear = comparison.filter(Comparison::is_clear);
            if let Some(Comparison { frame: [own, other], .. }) = clear {
                partners[a].insert(b, own);
                partners[b].insert(a, other);
            }
        }
    }
    for (at, (_, title)) in titles.iter_mut().enumerate() {
        let mut mine: Vec<(usize, u64)> =
            partners[at].iter().map(|(b, frame)| (*b, *frame)).collect();
        mine.sort_unstable();
        for (n, &(b, first)) in mine.iter().enumerate() {
            for &(c, second) in &mine[n + 1..] {
                let words = first & second;
                if partners[b].contains_key(&c) && title.is_formula(words) {
                    title.formulas.push(words);
                }
            }
        }
        title.formulas.sort_unstable();
        title.formulas.dedup();
        // Of thousands of pairs of partners, a few formulas remain.
        title.formulas.shrink_to_fit();
    }
    titles.retain(|(_, title)| !title.formulas.is_empty());
    titles
}

/// Returns for each title the earlier titles that share an ordinary word with it; for each word, only the nearest of
/// them.
fn candidates(titles: &[(u32, Title)]) -> impl Iterator<Item = Vec<usize>> {
    let mut with_word: FxHashMap<u64, VecDeque<usize>> = FxHashMap::default();
    titles.iter().enumerate().map(move |(at, (_, title))| {
        let mut found = Vec::new();
        for word in title.words.iter().filter(|word| word.is_ordinary()) {
            let nearest = with_word.entry(word.term).or_default();
            found.extend(nearest.iter().filter(|&&earlier| earlier != at));
            if nearest.len() == NEAREST {
                nearest.pop_front();
            }
            nearest.push_back(at);
        }
        found.sort_unstable();
        found.dedup();
        found
    })
}

/// The title of an article.
struct Title {
    words: Vec<Word>,
    /// The formulas that it follows, each as a set of positions.
    formulas: Vec<u64>,
}

/// A title with the words of its article.
#[derive(Clone, Copy)]
struct Titled<'s> {
    title: &'s Title,
    report: &'s Report,
}

/// A word of a title, or a character in a script without spaces.
struct Word {
    /// The number that identifies the word in a comparison of titles.
    form: u64,
    /// The hash of its term; the term of a character is the pair that it forms with the next one.
    term: u64,
    /// Whether the term is the pair that the character forms with the character directly after it.
    joins_next: bool,
    /// Whether it is a character that is not a word of its own.
    is_part: bool,
    role: Role,
}

/// What a word of a title contributes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A stop word.
    Function,
    Figure,
    /// A word that the text capitalizes within a sentence.
    Name,
    /// A noun in a language that capitalizes all nouns; it may be a name.
    Noun,
    Ordinary,
}

impl Title {
    /// Reads the title of an article; `None` if it is too long.
    fn new(sketch: &Sketch) -> Option<Self> {
        let (text, lang) = (sketch.title().to_owned(), sketch.lang());
        let article = Article { title: text, lang, ..Article::default() };
        let document = annotate(&article);
        let tokens = &document.title;
        if LONGEST < tokens.len() {
            return None;
        }
        let names = sketch.terms().filter(|term| term.is_name).map(|term| term.hash);
        let names: FxHashSet<u64> = names.collect();
        let capital = if sentence::capitalizes_nouns(lang) { Role::Noun } else { Role::Name };
        let word = |(at, token): (usize, &Token)| {
            let term = hash::word(document.term(token.term));
            let surface = token.span.slice(&article.title);
            let is_pair = surface.starts_with(is_unspaced);
            let next = tokens.get(at + 1).map(|next| next.span.start());
            Word {
                form: if is_pair { hash::word(surface) } else { term },
                term,
                is_part: is_pair && !surface.starts_with(is_hiragana),
                joins_next: is_pair && next == Some(token.span.end()),
                role: match token.kind {
                    TokenKind::Stop => Role::Function,
                    TokenKind::Number => Role::Figure,
                    TokenKind::Word if names.contains(&term) => capital,
                    TokenKind::Word => Role::Ordinary,
                },
            }
        };
        let words = tokens.iter().enumerate().map(word).collect();
        Some(Self { words, formulas: Vec::new() })
    }

    /// Returns whether the words at these positions can be a formula.
    fn is_formula(&self, positions: u64) -> bool {
        let n = positions.count_ones();
        let is_in = |at: usize| positions >> at & 1 == 1;
        LEAST_WORDS <= n
            && self.words.len() as u32 <= ONE_IN * n
            && (0..self.words.len()).any(|at| is_in(at) && self.words[at].is_ordinary())
    }

    /// Returns whether the words at these positions contain a formula that the title follows.
    fn follows_formula(&self, positions: u64) -> bool {
        self.formulas.iter().any(|formula| positions & formula == *formula)
    }

    /// Returns whether another title has the words of a formula that this title follows, and is not the same title.
    fn may_differ_in_slots(&self, other: &Self) -> bool {
        let forms = |title: &'_ Self| title.words.iter().map(|word| word.form).collect::<Vec<_>>();
        let [own, others] = [self, other].map(forms);
        let shared = (0..own.len()).filter(|at| others.contains(&own[*at]));
        self.follows_formula(shared.fold(0, |positions, at| positions | 1 << at)) && own != others
    }

    /// Returns how a slot of this title is filled, in comparison with another article.
    fn filling(&self, slot: Range<usize>, other: &Report) -> Filling {
        // A pair of characters across the end of the slot is part of the form.
        let is_within = |at: &usize| !self.words[*at].joins_next || at + 1 < slot.end;
        let words = || slot.clone().filter(is_within).map(|at| &self.words[at]);
        let subjects = || words().filter(|word| word.is_subject());
        let are_all = |is: fn(Role) -> bool| {
            subjects().next().is_some() && subjects().all(|word| is(word.role))
        };
        Filling {
            absent: subjects().filter(|word| !other.has_word(word.term)).count(),
            may_be_name: are_all(|role| matches!(role, Role::Name | Role::Noun)),
            is_name: are_all(|role| role == Role::Name),
            is_figure: words().all(|word| word.role == Role::Figure),
        }
    }
}

impl Word {
    fn is_subject(&self) -> bool {
        !matches!(self.role, Role::Function | Role::Figure)
    }

    /// Returns whether it is a content word that need not be a name.
    fn is_ordinary(&self) -> bool {
        matches!(self.role, Role::Noun | Role::Ordinary)
    }
}

/// How a slot is filled.
struct Filling {
    /// The number of subject words that the other article lacks.
    absent: usize,
    may_be_name: bool,
    is_name: bool,
    is_figure: bool,
}

/// The slots of two titles of one form, counted by how they are filled.
#[derive(Default)]
struct Comparison {
    /// The positions of the frame in each of the two titles.
    frame: [u64; 2],
    /// Slots with different subjects.
    others: usize,
    /// Slots with different subjects that may be names.
    other_names: usize,
    /// Slots with different names, even if the other article mentions them.
    names: usize,
    /// Slots in which each side has several words that the other article lacks.
    wide: usize,
    /// Slots counted in `wide` that have words of the frame on both sides.
    wide_within: usize,
    /// Slots with different figures.
    figures: usize,
}

impl Comparison {
    /// Compares two titles; `None` if they are not of one form.
    fn new(a: Titled<'_>, b: Titled<'_>) -> Option<Self> {
        // If a word occurs twice, the first and the last alignment differ: `fire in Oster in May`.
        let mut alignments = [first_alignment, last_alignment].into_iter();
        alignments.find_map(|align| Self::aligned(a, b, align(a.title, b.title)))
    }

    fn aligned(a: Titled<'_>, b: Titled<'_>, mut common: Vec<(usize, usize)>) -> Option<Self> {
        let mut comparison = Self::default();
        for &(i, j) in &common {
            comparison.frame[0] |= 1 << i;
            comparison.frame[1] |= 1 << j;
        }
        let ends = (a.title.words.len(), b.title.words.len());
        common.push(ends);
        let (mut i, mut j) = (0, 0);
        for (next_i, next_j) in common {
            let is_within = 0 < i && 0 < j && next_i < ends.0 && next_j < ends.1;
            match (i < next_i, j < next_j) {
                (false, false) => {}
                (true, true) => {
                    let one = a.title.filling(i..next_i, b.report);
                    comparison.add(&one, &b.title.filling(j..next_j, a.report), is_within);
                }
                _ => return None,
            }
            (i, j) = (next_i + 1, next_j + 1);
        }
        Some(comparison)
    }

    /// Counts a slot.
    fn add(&mut self, one: &Filling, other: &Filling, is_within: bool) {
        let absent = one.absent.min(other.absent);
        let count = |holds: bool| usize::from(holds);
        self.others += count(0 < absent);
        self.other_names += count(0 < absent && one.may_be_name && other.may_be_name);
        self.names += count(one.is_name && other.is_name);
        self.wide += count(1 < absent);
        self.wide_within += count(1 < absent && is_within);
        self.figures += count(one.is_figure && other.is_figure);
    }

    /// Returns whether a slot is filled with different subjects or names.
    const fn has_other_subject(&self) -> bool {
        0 < self.others + self.names
    }

    /// Returns whether the subjects differ clearly: in two slots, in what may be a name, or in several words of a slot,
    /// if that slot is within the frame or another slot has different figures.
    const fn is_clear(&self) -> bool {
        1 < self.others
            || 0 < self.other_names + self.wide_within
            || 0 < self.wide && 0 < self.figures
    }
}

fn first_alignment(a: &Title, b: &Title) -> Vec<(usize, usize)> {
    common_subsequence(a.words.len(), b.words.len(), |i, j| are_equal(&a.words, i, &b.words, j))
}

fn last_alignment(a: &Title, b: &Title) -> Vec<(usize, usize)> {
    let [n, m] = [a, b].map(|title| title.words.len());
    let equal = |i: usize, j: usize| are_equal(&a.words, n - 1 - i, &b.words, m - 1 - j);
    let from_end = common_subsequence(n, m, equal);
    from_end.into_iter().rev().map(|(i, j)| (n - 1 - i, m - 1 - j)).collect()
}

/// Returns whether two titles have the same word at these positions; a character that is only part of a word must have
/// an equal neighbor.
fn are_equal(a: &[Word], i: usize, b: &[Word], j: usize) -> bool {
    let is_after_equal = || {
        let before = |words: &[Word], at: usize| {
            let word = words.get(at.checked_sub(1)?)?;
            word.joins_next.then_some(word.term)
        };
        before(a, i).is_some_and(|pair| before(b, j) == Some(pair))
    };
    a[i].form == b[j].form && (!a[i].is_part || a[i].term == b[j].term || is_after_equal())
}

/// Returns whether a character is of the script in which Japanese particles are written; alone it can be a word.
const fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309F}')
}

#[cfg(test)]
mod tests {
    use super::{Formulas, Title};
    use crate::article::Article;
    use crate::language::Language;
    use crate::stories::sketch::Sketch;

    fn sketch(title: &str, subjects: &str) -> Sketch {
        let text = format!(
            "The council met on Tuesday evening and voted on the matter of {subjects}. It expects that work on {subjects} \
             will take until the autumn, and that it will cost two million crowns."
        );
        let article = Article::builder(&text).id(title).title(title).lang(Language::ENGLISH);
        Sketch::from_article(&article.build())
    }

    /// Returns the pairs that formulas tell apart.
    fn apart(reports: &[(&str, &str)]) -> Vec<(u32, u32)> {
        let sketches: Vec<Sketch> =
            reports.iter().map(|(title, subjects)| sketch(title, subjects)).collect();
        let formulas = Formulas::find(&sketches.iter().collect::<Vec<_>>(), |_| None);
        let report = |at: u32| sketches[at as usize].print().report();
        let n = reports.len() as u32;
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        pairs.filter(|&(a, b)| formulas.tell_apart(a, b, report)).collect()
    }

    #[test]
    fn other_subjects_in_one_form_are_told_apart() {
        let bridge =
            ("Kelmar closes its bridge over cracks", "the bridge of Kelmar and its cracks");
        let hall = ("Grimsund closes its hall over mould", "the hall of Grimsund and its mould");
        let pool = ("Ostwick closes its pool over rust", "the pool of Ostwick and its rust");
        assert_eq!(apart(&[bridge, hall, pool]), [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(apart(&[bridge, hall]), [], "two are no series");
        // One slot is enough within a known formula.
        let theatre = ("Kelmar closes its theatre over cracks", "the theatre of Kelmar and cracks");
        assert_eq!(apart(&[bridge, hall, pool, theatre]).len(), 6);
        // The report on the reopening says what was closed, and the form has other words.
        let opens =
            ("Kelmar opens its bridge after repairs", "the bridge of Kelmar and its cracks");
        assert_eq!(apart(&[bridge, hall, pool, opens]), [(0, 1), (0, 2), (1, 2)]);
    }

    #[test]
    fn retellings_are_not_told_apart() {
        let subjects = "the bridge of Kelmar and its cracks";
        for titles in [
            ["Cracks close Kelmar bridge", "Kelmar bridge closed by cracks", "Kelmar shuts bridge"],
            [
                "Cracks cost Kelmar 12 jobs",
                "Cracks cost Kelmar 15 jobs",
                "Cracks cost Kelmar 19 jobs",
            ],
            [
                "Kelmar bridge: council votes",
                "Kelmar bridge: work begins",
                "Kelmar bridge: cost rises",
            ],
        ] {
            assert_eq!(apart(&titles.map(|title| (title, subjects))), [], "{titles:?}");
        }
    }

    #[test]
    fn a_frame_of_names_is_no_formula() {
        let title = |title: &str| sketch(title, "the plans of Maren Holt in Kelmar");
        let [first, second] = ["Holt in Kelmar plans cuts", "Plans for bridges"].map(title);
        let [names, ordinary] = [&first, &second].map(|sketch| Title::new(sketch).unwrap());
        assert!(!names.is_formula(0b111));
        assert!(ordinary.is_formula(0b11));
        assert!(!ordinary.is_formula(0b1), "a single word");
    }
}
