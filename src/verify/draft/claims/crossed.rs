//! Pairs of people whose actions or offices the draft swaps.
//!
//! The words after the subject of a clause are compared with the source sentences about that person and about the
//! subject of every other clause. A swap requires evidence on both sides: words of A's clause that occur in a sentence
//! about B and in none about A, and vice versa. Evidence on one side alone may be an omission of the sources.
//!
//! Known limits: a person whom the sources mention only by office is not found.

use std::collections::{BTreeMap, BTreeSet};

use crate::quotes::Speaker;
use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::Compared;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::items::{Item, Value};
use crate::verify::draft::claims::lists::{Lists, lists};
use crate::verify::draft::speaker::Standing;
use crate::verify::report::{Finding, WordChange};

/// The minimum total weight of the words of a clause that occur only with the other person: two or three rare words.
const LEAST: f64 = 7.0;
/// The maximum total weight of the words of a clause that occur only with its own subject, as a share of the weight of
/// those that occur only with the other person.
const OWN: f64 = 0.34;
/// The number of sentences after one that names a person in which an initial pronoun is taken to refer to that person.
const PRONOUN_REACH: usize = 3;

/// A clause of the draft with its subject.
struct Clause {
    /// The last word of the subject's name.
    person: String,
    /// The range of the name.
    at: Span,
    /// The content words after the name, up to the next subject in the sentence.
    terms: BTreeSet<u32>,
}

/// The words of the source sentences about a person.
struct About {
    /// The index of each sentence, with those of its content words that count as being about the person.
    sentences: Vec<(usize, BTreeSet<u32>)>,
    /// All words of the sentences that name the person, and the content words of the other sentences.
    all: BTreeSet<u32>,
}

/// The evidence that words of a clause belong to another person: their total weight and a sentence about that person.
struct Taken {
    weight: f64,
    sentence: usize,
}

impl Compared<'_> {
    /// Returns the subjects that the draft swaps between two clauses.
    pub(super) fn find(&self, items: &[Vec<Item>], makes_claims: &[bool]) -> Vec<(Span, Finding)> {
        let people = self.people(items);
        let clauses = self.clauses(items, makes_claims, &people);
        // Only subjects of clauses are compared: organizations, whose names look like people's, are rarely subjects.
        let named: BTreeSet<String> = clauses.iter().map(|c| c.person.clone()).collect();
        let about: BTreeMap<&String, About> =
            named.iter().map(|person| (person, self.about(person, &named))).collect();
        let mut found = Vec::new();
        for (i, a) in clauses.iter().enumerate() {
            for b in &clauses[i + 1..] {
                let Some((of_a, of_b)) = self.exchanged(a, b, &about) else { continue };
                found.push((a.at, self.exchange_of(a, b, of_a.sentence)));
                found.push((b.at, self.exchange_of(b, a, of_b.sentence)));
            }
        }
        found.sort_by_key(|(span, _)| *span);
        found.dedup_by_key(|(span, _)| *span);
        found
    }

    /// Returns the last words of the names of people in the draft, if the sources contain them.
    fn people(&self, items: &[Vec<Item>]) -> BTreeSet<String> {
        let text = &self.read.article.text;
        let person = |item: &Item| {
            let Value::Name(words) = &item.value else { return None };
            let name = item.span.slice(text).to_owned();
            let may_be_person = matches!(words.len(), 2 | 3) && !self.names.is_outlet(&name);
            let is_person = match self.names.standing(&Speaker { name, role: None }) {
                Standing::Person => true,
                Standing::Named => may_be_person,
                Standing::Unnamed => false,
            };
            words.last().filter(|last| is_person && self.evidence.has_word(last)).cloned()
        };
        items.iter().flatten().filter_map(person).collect()
    }

    /// Returns the clauses of the draft that begin with a person.
    fn clauses(
        &self,
        items: &[Vec<Item>],
        makes_claims: &[bool],
        people: &BTreeSet<String>,
    ) -> Vec<Clause> {
        let text = &self.read.article.text;
        let lists = lists(self.document.language);
        let mut clauses = Vec::new();
        for (sentence, items) in self.document.sentences.iter().zip(items) {
            if !makes_claims[sentence.block as usize] {
                continue;
            }
            let tokens = self.document.tokens_of(sentence);
            let terms = self.evidence.terms(text, self.document, tokens);
            let heads: Vec<(&String, Span)> = items
                .iter()
                .filter_map(|item| match &item.value {
                    // If a sentence begins with a bare surname, it often reports that person's statement about somebody
                    // else.
                    Value::Name(words)
                        if words.len() > 1 || item.span.start() > sentence.span.start() =>
                    {
                        Some((words.last()?, item.span))
                    }
                    _ => None,
                })
                .filter(|(last, at)| {
                    people.contains(*last) && begins_clause(lists, text, &terms, *at)
                })
                .collect();
            for (i, (person, at)) in heads.iter().enumerate() {
                let end = heads.get(i + 1).map_or(sentence.span.end(), |(_, next)| next.start());
                let inside = terms.iter().filter(|t| t.span.start() >= at.end());
                let inside = inside.filter(|t| t.span.end() <= end && t.counts());
                let terms = inside.filter_map(|t| t.number).collect();
                clauses.push(Clause { person: (*person).clone(), at: *at, terms });
            }
        }
        clauses
    }

    /// Returns the words of the source sentences about a person. A sentence that names no other person of `people`
    /// counts as a whole, and so do the sentences after it that begin with a pronoun. In other sentences, only the
    /// words between the person's name and the next other person count.
    fn about(&self, person: &str, people: &BTreeSet<String>) -> About {
        let evidence = self.evidence;
        let lists = lists(self.document.language);
        let mut about = About { sentences: Vec::new(), all: BTreeSet::new() };
        for &(n, at) in evidence.with_raised(person) {
            let n = n as usize;
            let sentence = &evidence.sentences[n];
            let others: Vec<Span> = others(&sentence.tokens, person, people).collect();
            let next = others.iter().filter(|o| o.start() > at.start()).map(|o| o.start()).min();
            let (from, to) = if others.is_empty() {
                (0, usize::MAX)
            } else {
                (at.end(), next.unwrap_or(usize::MAX))
            };
            let is_inside = |t: &&Term| t.span.start() >= from && t.span.end() <= to && t.counts();
            let terms = sentence.tokens.iter().filter(is_inside).filter_map(|t| t.number);
            about.sentences.push((n, terms.collect()));
            // Every word of the sentence counts as evidence that the draft is right.
            about.all.extend(sentence.tokens.iter().filter_map(|t| t.number));
            if !others.is_empty() {
                continue;
            }
            for m in n + 1..=n + PRONOUN_REACH {
                let Some(after) = evidence.sentences.get(m) else { break };
                if after.article != sentence.article || others_of(&after.tokens, person, people) > 0
                {
                    break;
                }
                if after.tokens.first().is_some_and(|t| lists.pronouns.contains(t.word.as_str())) {
                    let terms = after.tokens.iter().filter(|t| t.counts());
                    let terms: BTreeSet<u32> = terms.filter_map(|t| t.number).collect();
                    about.all.extend(&terms);
                    about.sentences.push((m, terms));
                }
            }
        }
        about
    }

    /// Returns the evidence that the subjects of two clauses are swapped.
    fn exchanged(
        &self,
        a: &Clause,
        b: &Clause,
        about: &BTreeMap<&String, About>,
    ) -> Option<(Taken, Taken)> {
        let (of_a, of_b) = (about.get(&a.person)?, about.get(&b.person)?);
        if a.person == b.person {
            return None;
        }
        Some((self.taken(a, of_a, of_b)?, self.taken(b, of_b, of_a)?))
    }

    /// Returns the sentence about another person with the most words of a clause, by weight, that no sentence about the
    /// clause's own subject contains, if these words weigh enough ([`LEAST`]) and far outweigh those that occur only
    /// with its own subject ([`OWN`]).
    fn taken(&self, clause: &Clause, own: &About, other: &About) -> Option<Taken> {
        let weigh = |terms: &mut dyn Iterator<Item = &u32>| -> f64 {
            terms.map(|term| self.evidence.weight(Some(*term))).sum()
        };
        let mut best = Taken { weight: 0.0, sentence: 0 };
        for (n, terms) in &other.sentences {
            let mut only =
                clause.terms.iter().filter(|t| terms.contains(t) && !own.all.contains(t));
            let weight = weigh(&mut only);
            if weight > best.weight {
                best = Taken { weight, sentence: *n };
            }
        }
        let mut kept =
            clause.terms.iter().filter(|t| own.all.contains(t) && !other.all.contains(t));
        let kept = weigh(&mut kept);
        (best.weight >= LEAST && kept <= OWN * best.weight).then_some(best)
    }

    fn exchange_of(&self, clause: &Clause, other: &Clause, n: usize) -> Finding {
        let text = clause.at.slice(&self.read.article.text);
        let message = "the sources say this of the other person";
        let mut finding = Finding::new(Code::Exchanged, text, message);
        let sentence = &self.evidence.sentences[n];
        finding.places.push(self.sources.place(sentence.article, sentence.span));
        let source = other.at.slice(&self.read.article.text).to_owned();
        finding.changes.push(WordChange { draft: text.to_owned(), source });
        finding
    }
}

/// Returns the ranges of the names in a sentence that belong to other people from the draft.
fn others<'a>(
    tokens: &'a [Term],
    person: &'a str,
    people: &'a BTreeSet<String>,
) -> impl Iterator<Item = Span> + 'a {
    let is_other = move |t: &&Term| {
        let word = t.word.trim_end_matches("'s");
        t.is_raised && word != person && people.contains(word)
    };
    tokens.iter().filter(is_other).map(|t| t.span)
}

fn others_of(tokens: &[Term], person: &str, people: &BTreeSet<String>) -> usize {
    others(tokens, person, people).count()
}

/// Returns whether a name begins its sentence, or a clause after a semicolon or a word such as "while".
fn begins_clause(lists: &Lists, text: &str, terms: &[Term], name: Span) -> bool {
    let Some(before) = terms.iter().rev().find(|t| t.span.end() <= name.start()) else {
        return true;
    };
    lists.joining.contains(before.word.as_str())
        || text.get(before.span.end()..name.start()).is_some_and(|gap| gap.contains(';'))
}
