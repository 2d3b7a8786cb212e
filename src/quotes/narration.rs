//! The reporter's own words: a paragraph with every quotation reduced to one token.
//!
//! All attribution rules read the narration: words with their lexicon classes, the punctuation that delimits clauses,
//! and each quotation as a single token, so that its content can never be mistaken for a cue or a source. There are two
//! exceptions: a quotation with an attribution inside its marks becomes two tokens around the attribution, and a
//! nickname in quotation marks is read as words of the reporter. Sentences are those of the document, except that
//! boundaries inside quotations are ignored and that a sentence that attributes the quotation before it is joined to
//! that quotation's sentence.

use std::cell::OnceCell;
use std::hash::Hasher as _;

use rustc_hash::{FxHashSet, FxHasher};

use crate::article::{Article, BlockKind};
use crate::quotes::colon_labels;
use crate::quotes::dialogue;
use crate::quotes::forms::Forms;
use crate::quotes::lexer::Lexer;
use crate::quotes::lexicon::{Class, Lexicon};
use crate::quotes::link_boxes;
use crate::quotes::parenthetical;
use crate::quotes::scare_quotes;
use crate::span::{Span, slice};
use crate::text::Document;
use crate::text::quotemarks::Region;

/// A word, a punctuation mark or a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) class: Class,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word in lower case.
    Lower,
    /// A capitalized word.
    Capital,
    Number,
    Comma,
    Colon,
    Semicolon,
    Dash,
    /// `.`, `!`, `?`, `…`
    Stop,
    Open,
    Close,
    /// A quotation, as an index into [`Skeleton::regions`].
    Quote(u32),
    Other,
}

impl Token {
    /// Returns whether the token is a word.
    pub(super) const fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Lower | Kind::Capital)
    }

    /// Returns whether the token is a quotation.
    pub(super) const fn is_quote(&self) -> bool {
        matches!(self.kind, Kind::Quote(_))
    }

    /// Returns whether the token is a capitalized word other than a function word, an adverb or a calendar word. A
    /// calendar word that is also a given name (`Domingo`) counts.
    pub(super) fn is_name_like(&self) -> bool {
        const FUNCTION: Class = Class::DETERMINER
            .with(Class::PRONOUN)
            .with(Class::FIRST_PERSON)
            .with(Class::PREPOSITION)
            .with(Class::SUBORDINATOR)
            .with(Class::COORDINATOR)
            .with(Class::ADVERB)
            .with(Class::ACCORDING)
            .with(Class::RELATIVE);
        let calendar = || self.class.any(Class::CALENDAR) && !self.class.any(Class::GIVEN);
        self.kind == Kind::Capital && !self.class.any(FUNCTION) && !calendar()
    }
}

/// A range of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Range {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Range {
    /// Returns the range `start..end`.
    pub(super) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Returns whether the ranges have a token in common.
    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns whether the range is empty.
    pub(super) const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Returns the indices of the range.
    pub(super) const fn indices(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// A sentence of the reporter: its tokens and its paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sentence {
    pub(super) tokens: Range,
    /// The index of its paragraph among those returned by [`Paragraph::collect`].
    pub(super) paragraph: u32,
    /// Whether a heading separates its paragraph from the previous one.
    pub(super) after_heading: bool,
    /// The union of the classes of its words, so that rules can skip sentences without candidates.
    pub(super) classes: Class,
}

/// A paragraph of prose, or another block that is read like one.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) span: Span,
    /// The starts of its sentences.
    pub(super) starts: Vec<usize>,
    /// Whether a heading separates the paragraph from the previous one.
    pub(super) after_heading: bool,
}

impl Paragraph {
    /// Returns the paragraphs of an article, including headings that quote a speaker (`Mayor Jo Ray: “No more towers”`)
    /// and lines with a quotation over a signature.
    fn collect(article: &Article, document: &Document) -> Vec<Self> {
        let mut sentences = document.sentences.iter().peekable();
        let mut paragraphs = Vec::with_capacity(article.blocks.len());
        let mut after_heading = false;
        for (ix, block) in article.blocks.iter().enumerate() {
            let mut starts = Vec::new();
            while let Some(s) = sentences.next_if(|s| s.block as usize <= ix) {
                starts.push(s.span.start());
            }
            let headline = block.kind == BlockKind::Heading
                && dialogue::is_announced(&article.text, block.span);
            let signed = || dialogue::is_signed(&article.text, block.span);
            if !block.kind.is_prose() && !headline && !signed() {
                // A caption or boilerplate line does not end an utterance; a heading does.
                after_heading |= block.kind == BlockKind::Heading;
                continue;
            }
            paragraphs.push(Self { span: block.span, starts, after_heading });
            after_heading = false;
        }
        paragraphs
    }
}

/// A low estimate of the bytes per token, including the space after it.
const BYTES_A_TOKEN: usize = 5;

/// The quotations of an article and the tokens around them.
#[derive(Debug)]
pub(super) struct Skeleton<'t> {
    pub(super) text: &'t str,
    pub(super) lexicon: &'static Lexicon,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) regions: Vec<Region>,
    /// For each region, the indices of its sentence and its token.
    pub(super) place: Vec<(usize, usize)>,
    /// The hashes of the words that are capitalized within a sentence, collected on first use.
    names: OnceCell<FxHashSet<u64>>,
    /// The hashes of the words that the running text shows to be names of persons, collected on first use.
    persons: OnceCell<FxHashSet<u64>>,
}

impl<'t> Skeleton<'t> {
    /// Reads the paragraphs of an article into tokens.
    pub(super) fn new(article: &'t Article, document: &Document) -> Self {
        let mut skeleton = Skeleton {
            text: &article.text,
            lexicon: Lexicon::for_language(document.language),
            tokens: Vec::new(),
            sentences: Vec::new(),
            regions: Vec::new(),
            place: Vec::new(),
            names: OnceCell::new(),
            persons: OnceCell::new(),
        };
        let mut lexer = Lexer::new(&article.text, Forms::for_lexicon(skeleton.lexicon));
        skeleton.tokens.reserve(article.text.len() / BYTES_A_TOKEN);
        let paragraphs = Paragraph::collect(article, document);
        let interview = dialogue::answers(&article.text, &paragraphs);
        let mut is_open = false;
        for (number, paragraph) in paragraphs.iter().enumerate() {
            let next = paragraphs.get(number + 1).map(|next| next.span);
            let spoken = match interview.get(number).copied().flatten() {
                Some(dialogue::Turn::Question) => Vec::new(),
                Some(dialogue::Turn::Answer(answer)) => vec![answer],
                None => dialogue::spoken(&article.text, paragraph, next, is_open, skeleton.lexicon),
            };
            is_open = spoken.last().is_some_and(|last| !last.closed);
            skeleton.read_paragraph(&mut lexer, paragraph, &spoken, number as u32);
        }
        lexer.into_forms().keep();
        skeleton
    }

    /// Returns whether a sentence follows a complete quotation without a space, as in pages whose paragraphs were run
    /// together: `“We stay.”Berg's letter says that …`.
    pub(super) fn is_run_together(&self, region: usize) -> bool {
        let Region { outer, inner, .. } = self.regions[region];
        let complete = inner.slice(self.text).ends_with(['.', '!', '?']);
        complete && slice(self.text, outer.end(), self.text.len()).starts_with(char::is_uppercase)
    }

    /// Returns the text of a token; empty past the end.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |t| t.span.slice(self.text))
    }

    /// Returns the classes of a token; empty past the end.
    pub(super) fn class(&self, at: usize) -> Class {
        self.tokens.get(at).map_or(Class::default(), |t| t.class)
    }

    /// Returns the kind of a token; [`Kind::Other`] past the end.
    pub(super) fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::Other, |t| t.kind)
    }

    /// Returns whether the article also capitalizes the word of a token within a sentence, so that it is a name even if
    /// it begins a sentence.
    pub(super) fn is_name_within(&self, at: usize) -> bool {
        let bare = |i: usize| {
            let mut hasher = FxHasher::default();
            hasher.write(self.word(i).trim_end_matches("'s").trim_end_matches("’s").as_bytes());
            hasher.finish()
        };
        let names = self.names.get_or_init(|| {
            let within = |&i: &usize| self.tokens[i].is_name_like() && self.tokens[i - 1].is_word();
            (1..self.tokens.len()).filter(within).map(bare).collect()
        });
        names.contains(&bare(at))
    }

    /// Returns the hashes of the folded words that the running text shows to be names of persons.
    pub(super) fn persons(&self) -> &FxHashSet<u64> {
        self.persons.get_or_init(|| colon_labels::persons(self))
    }

    /// Returns the sentence of a token.
    pub(super) fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.start <= token).saturating_sub(1)
    }

    /// Returns the range of text from the first to the last token of a range, which must not be empty.
    pub(super) fn span(&self, range: Range) -> Span {
        let (Some(first), Some(last)) =
            (self.tokens.get(range.start), self.tokens.get(range.end.wrapping_sub(1)))
        else {
            return Span::default();
        };
        Span::new(first.span.start(), last.span.end())
    }

    /// Returns whether the words from `at` on match a lower-case phrase, ignoring their case, and end at `end` at the
    /// latest.
    pub(super) fn is_phrase(&self, at: usize, end: usize, phrase: &[&str]) -> bool {
        at + phrase.len() <= end
            && phrase.iter().enumerate().all(|(k, w)| {
                // Most words are ruled out by their length, without looking at the text.
                self.tokens.get(at + k).is_some_and(|t| t.span.len() == w.len()) && {
                    let word = self.word(at + k);
                    word.eq_ignore_ascii_case(w)
                        || !word.is_ascii()
                            && word.chars().flat_map(char::to_lowercase).eq(w.chars())
                }
            })
    }

    fn read_paragraph(
        &mut self,
        lexer: &mut Lexer<'_>,
        paragraph: &Paragraph,
        spoken: &[Region],
        number: u32,
    ) {
        let Paragraph { span, ref starts, after_heading } = *paragraph;
        let boxes = link_boxes::find(self.text, span, self.lexicon);
        let outside = |&at: &usize| !boxes.iter().any(|b| b.start() < at && at < b.end());
        let starts = &*starts.iter().copied().filter(outside).collect::<Vec<_>>();
        let first_region = self.regions.len();
        let first_sentence = self.sentences.len();
        let first_token = self.tokens.len();
        lexer.begin(starts, span.end());
        let mut at = span.start();
        for &region in spoken.iter().filter(|r| !boxes.iter().any(|b| b.overlaps(r.outer))) {
            self.tokenize_around(lexer, Span::new(at, region.outer.start()), &boxes);
            let before = &self.tokens[first_token..];
            if is_nickname(self.text, before, region) || self.is_work_of_role(before, region) {
                self.push_name(lexer, region);
                at = region.outer.end();
            } else {
                at = self.push_quotation(lexer, region);
            }
        }
        self.tokenize_around(lexer, Span::new(at, span.end()), &boxes);
        self.cut_sentences(first_token, starts, number, after_heading);
        if self.regions.len() > first_region {
            self.mend_sentences(first_sentence);
        }
        self.settle_capitals(first_sentence);
        if self.regions.len() > first_region {
            self.place_regions(first_sentence);
        }
    }

    /// Appends the tokens of a range, without those of the boxes of links in it.
    fn tokenize_around(&mut self, lexer: &mut Lexer<'_>, range: Span, boxes: &[Span]) {
        let mut at = range.start();
        for links in boxes.iter().filter(|links| links.overlaps(range)) {
            lexer.tokenize(at, links.start().max(at), &mut self.tokens);
            at = links.end().max(at);
        }
        lexer.tokenize(at, range.end(), &mut self.tokens);
    }

    /// Returns whether a quotation is the title of a work that belongs to a role: `author of “The Long Winter”`.
    fn is_work_of_role(&self, before: &[Token], region: Region) -> bool {
        let [.., role, of] = before else { return false };
        let creator = role.class.any(Class::ROLE) && role.kind == Kind::Lower;
        let inner = region.inner.slice(self.text);
        creator
            && region.closed
            && of.class.any(Class::GENITIVE)
            && scare_quotes::is_title(self.lexicon, inner.trim_end_matches(['.', ',']))
    }

    /// Appends a nickname or a title, including its quotation marks, as words of the reporter. A comma or full stop at
    /// the end of the marked text is treated as the reporter's punctuation.
    fn push_name(&mut self, lexer: &mut Lexer<'_>, region: Region) {
        let first = self.tokens.len();
        lexer.tokenize(region.inner.start(), region.inner.end(), &mut self.tokens);
        while self.tokens.len() > first + 1 && self.tokens.last().is_some_and(|t| !t.is_word()) {
            self.tokens.pop();
        }
        if let Some(token) = self.tokens.get_mut(first) {
            token.span = Span::new(region.outer.start(), token.span.end());
        }
        if let Some(token) = self.tokens[first..].last_mut() {
            token.span = Span::new(token.span.start(), region.outer.end());
        }
        let kind = match region.inner.slice(self.text).chars().next_back() {
            Some(',') => Kind::Comma,
            Some('.') => Kind::Stop,
            _ => return,
        };
        let end = region.outer.end();
        self.tokens.push(Token { span: Span::new(end, end), kind, class: Class::NONE });
    }

    /// Appends a quotation. If an attribution is inside its marks, appends its two parts and the words of the
    /// attribution; if a label is inside (`“ROE: …`), appends the label first. An unclosed quotation ends where the
    /// reporter resumes within it. Returns the position from which the paragraph must be read on.
    fn push_quotation(&mut self, lexer: &mut Lexer<'_>, region: Region) -> usize {
        let Region { inner, outer, closed } = region;
        let end = outer.end();
        if let Some(label) = dialogue::label_inside(self.text, inner) {
            lexer.tokenize(label.start(), label.end(), &mut self.tokens);
            let rest = Span::new(label.end(), inner.end()).trimmed(self.text);
            self.push_region(Region { inner: rest, outer: Span::new(rest.start(), end), closed });
            return end;
        }
        if !closed || self.lexicon.inserts_attributions() {
            let mut words = Vec::new();
            lexer.tokenize(inner.start(), inner.end(), &mut words);
            if !closed && let Some(comma) = parenthetical::reporter_returns(&words) {
                let comma = words[comma].span;
                let inner = Span::new(inner.start(), comma.end());
                self.push_region(Region {
                    inner,
                    outer: Span::new(outer.start(), comma.end()),
                    closed,
                });
                return comma.end();
            }
            let inserts = self.lexicon.inserts_attributions();
            if let Some(inserted) = parenthetical::find(self.lexicon, &words).filter(|_| inserts) {
                self.push_parts(region, &words, inserted);
                return end;
            }
        }
        self.push_region(region);
        end
    }

    /// Appends the two parts of a quotation with the attribution between them; the second part may be missing.
    fn push_parts(&mut self, region: Region, words: &[Token], inserted: Range) {
        let Region { inner, outer, closed } = region;
        let (from, to) = (words[inserted.start].span, words[inserted.end - 1].span);
        let first = Span::new(inner.start(), from.start()).trimmed(self.text);
        let rest = slice(self.text, to.end(), inner.end());
        let parted = rest.len() - rest.trim_start_matches([',', '.', ';', ' ', '\u{a0}']).len();
        let second = Span::new(to.end() + parted, inner.end()).trimmed(self.text);
        let marks = Span::new(outer.start(), first.end());
        self.push_region(Region { inner: first, outer: marks, closed: true });
        self.tokens.extend_from_slice(&words[inserted.indices()]);
        if !second.is_empty() {
            let marks = Span::new(second.start(), outer.end());
            self.push_region(Region { inner: second, outer: marks, closed });
        }
    }

    fn push_region(&mut self, region: Region) {
        let kind = Kind::Quote(self.regions.len() as u32);
        self.regions.push(region);
        self.tokens.push(Token { span: region.outer, kind, class: Class::NONE });
    }

    /// Splits the tokens from `first` on at the sentence starts of the document, ignoring starts inside a quotation.
    fn cut_sentences(&mut self, first: usize, starts: &[usize], paragraph: u32, heading: bool) {
        let mut next_start = starts.iter().copied().peekable();
        let mut open = first;
        for i in first..self.tokens.len() {
            let token = self.tokens[i];
            let mut begins = false;
            while next_start.next_if(|s| *s <= token.span.start()).is_some() {
                begins = true;
            }
            while token.is_quote() && next_start.next_if(|s| *s < token.span.end()).is_some() {}
            if begins && i > open {
                self.push_sentence(Range::new(open, i), paragraph, heading);
                open = i;
            }
        }
        if self.tokens.len() > open {
            self.push_sentence(Range::new(open, self.tokens.len()), paragraph, heading);
        }
    }

    fn push_sentence(&mut self, tokens: Range, paragraph: u32, after_heading: bool) {
        let classes = self.tokens[tokens.indices()].iter().map(|t| t.class);
        let classes = classes.fold(Class::NONE, Class::with);
        self.sentences.push(Sentence { tokens, paragraph, after_heading, classes });
    }

    /// Joins a sentence to the preceding one if it attributes the quotation that ends that sentence: `"Why?" she
    /// asked.`, `"Why?" Smith asked.`
    fn mend_sentences(&mut self, first: usize) {
        let mut kept = first;
        for i in first..self.sentences.len() {
            let sentence = self.sentences[i];
            let joins = kept > first && self.attributes_what_precedes(sentence.tokens);
            if joins {
                let joined = &mut self.sentences[kept - 1];
                joined.tokens.end = sentence.tokens.end;
                joined.classes = joined.classes.with(sentence.classes);
            } else {
                self.sentences[kept] = sentence;
                kept += 1;
            }
        }
        self.sentences.truncate(kept);
    }

    fn attributes_what_precedes(&self, tokens: Range) -> bool {
        // `«…». (Diana Vik, direttrice)`
        let stop = tokens.start > 1 && self.kind(tokens.start - 1) == Kind::Stop;
        if stop && self.tokens[tokens.start - 2].is_quote() {
            // `«…». — Odilia Lanzas, presidenta`
            let name = self.tokens.get(tokens.start + 1).is_some_and(Token::is_name_like);
            if self.kind(tokens.start) == Kind::Dash && name {
                return true;
            }
            return self.kind(tokens.start) == Kind::Open
                && self.kind(tokens.end - 1) == Kind::Close;
        }
        let Some(Kind::Quote(number)) = tokens.start.checked_sub(1).map(|i| self.kind(i)) else {
            return false;
        };
        if matches!(self.kind(tokens.start), Kind::Lower | Kind::Comma | Kind::Stop | Kind::Dash) {
            return true;
        }
        // `"…" (Ana Lim, director)`
        if self.kind(tokens.start) == Kind::Open {
            return self.kind(tokens.end - 1) == Kind::Close;
        }
        // `A shout came: “Why?” Lim read on.`: the quotation has already been introduced.
        if tokens.start > 1 && self.kind(tokens.start - 2) == Kind::Colon {
            return false;
        }
        let inner = self.regions[number as usize].inner.slice(self.text);
        if !inner.ends_with(['?', '!', '…', ',', '-', '—']) {
            return false;
        }
        let verb = (tokens.start..tokens.end.min(tokens.start + 9))
            .find(|&i| !self.tokens[i].is_word() || self.class(i).any(Class::FINITE));
        verb.is_some_and(|i| {
            i > tokens.start
                && self.kind(i) == Kind::Lower
                && self.class(i).any(Class::FINITE)
                && !self.class(tokens.start).any(Class::SUBORDINATOR)
        })
    }

    /// Removes the classes that only lower-case words can have from capitalized words inside a sentence, except after a
    /// quotation, colon or opening bracket.
    fn settle_capitals(&mut self, first: usize) {
        for i in first..self.sentences.len() {
            let range = self.sentences[i].tokens;
            for t in range.start + 1..range.end {
                let starts = matches!(self.kind(t - 1), Kind::Quote(_) | Kind::Colon | Kind::Open);
                if self.kind(t) == Kind::Capital && !starts {
                    let token = &mut self.tokens[t];
                    // `USA Today`: within a name, an adverb is not a calendar word either.
                    let adverb = token.class.all(Class::ADVERB.with(Class::CALENDAR));
                    let named = if adverb { Class::CALENDAR } else { Class::NONE };
                    token.class = token.class.without(Class::ONLY_LOWER.with(named));
                }
            }
        }
    }

    fn place_regions(&mut self, first_sentence: usize) {
        self.place.resize(self.regions.len(), (0, 0));
        for s in first_sentence..self.sentences.len() {
            for t in self.sentences[s].tokens.indices() {
                if let Kind::Quote(number) = self.tokens[t].kind {
                    self.place[number as usize] = (s, t);
                }
            }
        }
    }
}

/// Returns whether a quotation is a nickname: `Ray "Boom" Miller`, `who goes by the name "Shorty"`.
fn is_nickname(text: &str, before: &[Token], region: Region) -> bool {
    let inner = region.inner.slice(text);
    let named = before.last().is_some_and(|t| {
        t.kind == Kind::Lower
            && t.class.any(Class::TERM)
            && !t.class.any(Class::WORK.with(Class::VERB))
    });
    let capitals = inner.split(' ').all(|w| w.chars().next().is_some_and(char::is_uppercase));
    if named && capitals && inner.len() <= 24 && inner.split(' ').count() <= 2 {
        return true;
    }
    let after = slice(text, region.outer.end(), text.len()).strip_prefix(' ').unwrap_or("");
    let touches = before.last().is_some_and(|t| {
        t.is_name_like() && t.span.end() + 1 >= region.outer.start() && !t.class.any(Class::VERB)
    });
    touches
        && inner.len() <= 24
        && inner.split(' ').count() <= 2
        && inner.chars().next().is_some_and(char::is_uppercase)
        && inner.chars().next_back().is_some_and(char::is_alphanumeric)
        && after.chars().next().is_some_and(char::is_uppercase)
}
