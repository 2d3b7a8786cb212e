//! The reporter's own words: a paragraph with every quotation folded into one token.
//!
//! All rules of attribution read this: words with what the lexicon knows about them, the punctuation that cuts clauses,
//! and a quotation as a single token, so that what stands inside it can never be taken for a cue or a source. Sentences
//! are those of the document; a boundary inside a quotation is none here.

use crate::article::Article;
use crate::quotes::lexicon::{Class, Lexicon};
use crate::quotes::marks::{self, Region};
use crate::span::{Span, slice};
use crate::text::Document;

/// A word, a punctuation mark or a whole quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    pub(super) class: Class,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word in lower case.
    Lower,
    /// A word that begins with a capital.
    Capital,
    Number,
    Comma,
    Colon,
    Semicolon,
    Dash,
    /// `.`, `!`, `?`
    Stop,
    Open,
    Close,
    /// A quotation, by its number in [`Skeleton::regions`].
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

    /// Returns whether the word begins with a capital and is no function word.
    pub(super) fn is_name_like(&self) -> bool {
        let function = Class::DETERMINER
            .with(Class::PRONOUN)
            .with(Class::FIRST_PERSON)
            .with(Class::PREPOSITION)
            .with(Class::SUBORDINATOR)
            .with(Class::COORDINATOR)
            .with(Class::ADVERB)
            .with(Class::ACCORDING)
            .with(Class::RELATIVE);
        let calendar = self.class.any(Class::CALENDAR) && !self.class.any(Class::GIVEN);
        self.kind == Kind::Capital && !self.class.any(function) && !calendar
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

    /// Returns whether nothing lies in the range.
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
    /// The paragraph, counted over the blocks of prose.
    pub(super) paragraph: u32,
    /// Whether a heading stands between this paragraph and the one before.
    pub(super) after_heading: bool,
}

/// What a token takes of a text with the space after it, a little less than usual.
const BYTES_A_TOKEN: usize = 5;

/// The quotations of an article and the tokens around them.
#[derive(Debug)]
pub(super) struct Skeleton<'t> {
    pub(super) text: &'t str,
    pub(super) lexicon: &'static Lexicon,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) regions: Vec<Region>,
    /// For each region, the sentence that it stands in and its token.
    pub(super) place: Vec<(usize, usize)>,
}

impl<'t> Skeleton<'t> {
    /// Reads an article.
    pub(super) fn new(article: &'t Article, document: &Document) -> Self {
        let mut skeleton = Skeleton {
            text: &article.text,
            lexicon: Lexicon::of(document.language),
            tokens: Vec::new(),
            sentences: Vec::new(),
            regions: Vec::new(),
            place: Vec::new(),
        };
        let mut sentences = document.sentences.iter().peekable();
        let mut after_heading = false;
        let mut paragraph = 0;
        for (ix, block) in article.blocks.iter().enumerate() {
            let mut starts = Vec::new();
            while let Some(s) = sentences.next_if(|s| s.block as usize <= ix) {
                starts.push(s.span.start());
            }
            if !block.kind.is_prose() {
                after_heading = true;
                continue;
            }
            skeleton.read_paragraph(block.span, &starts, paragraph, after_heading);
            after_heading = false;
            paragraph += 1;
        }
        skeleton
    }

    /// Returns the text of a token.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |t| t.span.of(self.text))
    }

    /// Returns what is known about a token, nothing past the end.
    pub(super) fn class(&self, at: usize) -> Class {
        self.tokens.get(at).map_or(Class::default(), |t| t.class)
    }

    /// Returns the kind of a token.
    pub(super) fn kind(&self, at: usize) -> Kind {
        self.tokens.get(at).map_or(Kind::Other, |t| t.kind)
    }

    /// Returns the range of text from the first to the last token of a range.
    pub(super) fn span(&self, range: Range) -> Span {
        let (Some(first), Some(last)) =
            (self.tokens.get(range.start), self.tokens.get(range.end.wrapping_sub(1)))
        else {
            return Span::default();
        };
        Span::new(first.span.start(), last.span.end())
    }

    /// Returns whether the words from `at` on are those of a phrase.
    pub(super) fn is_phrase(&self, at: usize, end: usize, phrase: &[&str]) -> bool {
        at + phrase.len() <= end
            && phrase.iter().enumerate().all(|(k, w)| {
                let word = self.word(at + k);
                word.eq_ignore_ascii_case(w)
                    || !word.is_ascii() && word.chars().flat_map(char::to_lowercase).eq(w.chars())
            })
    }

    fn read_paragraph(
        &mut self,
        span: Span,
        starts: &[usize],
        paragraph: u32,
        after_heading: bool,
    ) {
        let first_region = self.regions.len();
        let first_sentence = self.sentences.len();
        let regions = marks::regions(self.text, span);
        let mut lexer = Lexer::new(self.text, self.lexicon);
        let mut at = span.start();
        let mut tokens = Vec::with_capacity(span.len() / BYTES_A_TOKEN);
        for region in regions {
            lexer.read(at, region.outer.start(), &mut tokens);
            if is_nickname(self.text, &tokens, region) {
                lexer.read(region.outer.start(), region.outer.end(), &mut tokens);
            } else {
                let number = self.regions.len() as u32;
                self.regions.push(region);
                tokens.push(Token {
                    span: region.outer,
                    kind: Kind::Quote(number),
                    class: Class::default(),
                });
            }
            at = region.outer.end();
        }
        lexer.read(at, span.end(), &mut tokens);
        self.cut_sentences(&tokens, starts, paragraph, after_heading);
        self.mend_sentences(first_sentence);
        self.settle_capitals(first_sentence);
        self.place_regions(first_sentence, first_region);
    }

    fn cut_sentences(&mut self, tokens: &[Token], starts: &[usize], paragraph: u32, heading: bool) {
        let mut next_start = starts.iter().copied().peekable();
        let mut open = self.tokens.len();
        for token in tokens {
            let mut begins = false;
            while next_start.next_if(|s| *s <= token.span.start()).is_some() {
                begins = true;
            }
            while token.is_quote() && next_start.next_if(|s| *s < token.span.end()).is_some() {}
            if begins && self.tokens.len() > open {
                self.push_sentence(open, paragraph, heading);
                open = self.tokens.len();
            }
            self.tokens.push(*token);
        }
        if self.tokens.len() > open {
            self.push_sentence(open, paragraph, heading);
        }
    }

    fn push_sentence(&mut self, start: usize, paragraph: u32, after_heading: bool) {
        let tokens = Range::new(start, self.tokens.len());
        self.sentences.push(Sentence { tokens, paragraph, after_heading });
    }

    /// Joins a sentence to a quotation before it that it attributes: `"Why?" she asked.`, `"Why?" Smith asked.`
    fn mend_sentences(&mut self, first: usize) {
        let mut kept = first;
        for i in first..self.sentences.len() {
            let sentence = self.sentences[i];
            let joins = kept > first && self.attributes_what_precedes(sentence.tokens);
            if joins {
                self.sentences[kept - 1].tokens.end = sentence.tokens.end;
            } else {
                self.sentences[kept] = sentence;
                kept += 1;
            }
        }
        self.sentences.truncate(kept);
    }

    fn attributes_what_precedes(&self, tokens: Range) -> bool {
        let Some(Kind::Quote(number)) = tokens.start.checked_sub(1).map(|i| self.kind(i)) else {
            return false;
        };
        if matches!(self.kind(tokens.start), Kind::Lower | Kind::Comma | Kind::Stop | Kind::Dash) {
            return true;
        }
        let inner = self.regions[number as usize].inner.of(self.text);
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

    /// Takes from words with a capital inside a sentence what only a word in lower case can be.
    fn settle_capitals(&mut self, first: usize) {
        for i in first..self.sentences.len() {
            let range = self.sentences[i].tokens;
            for t in range.start + 1..range.end {
                let starts = matches!(self.kind(t - 1), Kind::Quote(_) | Kind::Colon | Kind::Open);
                if self.kind(t) == Kind::Capital && !starts {
                    let token = &mut self.tokens[t];
                    token.class = token.class.without(Class::ONLY_LOWER);
                }
            }
        }
    }

    fn place_regions(&mut self, first_sentence: usize, first_region: usize) {
        self.place.resize(self.regions.len(), (0, 0));
        for s in first_sentence..self.sentences.len() {
            for t in self.sentences[s].tokens.indices() {
                if let Kind::Quote(number) = self.tokens[t].kind {
                    debug_assert!(number as usize >= first_region);
                    self.place[number as usize] = (s, t);
                }
            }
        }
    }
}

/// Whether a quotation is part of a name: `Ray "Boom" Miller`.
fn is_nickname(text: &str, before: &[Token], region: Region) -> bool {
    let inner = region.inner.of(text);
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

/// Cuts text into words and punctuation.
struct Lexer<'t> {
    text: &'t str,
    lexicon: &'static Lexicon,
    folded: String,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, lexicon: &'static Lexicon) -> Self {
        Self { text, lexicon, folded: String::new() }
    }

    fn read(&mut self, start: usize, end: usize, tokens: &mut Vec<Token>) {
        let mut at = start;
        while at < end {
            if self.text.as_bytes().get(at) == Some(&b' ') {
                at += 1;
                continue;
            }
            let Some(c) = slice(self.text, at, end).chars().next() else { return };
            let width = c.len_utf8();
            if c.is_alphabetic() {
                let stop = self.word_end(at, end);
                let verb = self.without_clitic(at, stop);
                tokens.push(self.word(at, verb));
                if verb < stop {
                    let hyphen = slice(self.text, verb, stop).rfind('-').unwrap_or(0);
                    tokens.push(self.word(verb + hyphen + 1, stop));
                }
                at = stop;
                continue;
            }
            if c.is_ascii_digit() {
                let stop = self.number_end(at, end);
                tokens.push(plain(at, stop, Kind::Number));
                at = stop;
                continue;
            }
            if let Some(kind) = punctuation(c) {
                let doubled =
                    matches!(tokens.last(), Some(t) if t.kind == Kind::Dash && kind == Kind::Dash);
                let spaced = c != '-' || self.is_spaced(at, end);
                if spaced && !doubled {
                    tokens.push(plain(at, at + width, kind));
                }
            }
            at += width;
        }
    }

    /// The end of a word before the pronoun that hangs on it: `dit-il`.
    fn without_clitic(&self, start: usize, end: usize) -> usize {
        let word = slice(self.text, start, end);
        let clitics = self.lexicon.clitics().iter();
        let longest =
            clitics.filter(|c| word.len() > c.len() && word.ends_with(**c)).map(|c| c.len());
        end - longest.max().unwrap_or(0)
    }

    /// Whether the apostrophe at `at` ends a word that lost its vowel: `l'`.
    fn is_elision(&self, start: usize, at: usize) -> bool {
        let word = slice(self.text, start, at);
        word.len() <= 6 && word.is_ascii() && {
            let folded = word.to_ascii_lowercase() + "'";
            self.lexicon.class(&folded).any(Class::ELISION)
        }
    }

    /// Whether a hyphen stands between spaces, or two stand together: then it is a dash.
    fn is_spaced(&self, at: usize, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        let near = |i: Option<usize>| i.and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
        let after = if at + 1 < end { near(Some(at + 1)) } else { b' ' };
        let before = near(at.checked_sub(1));
        after == b'-' || before == b'-' || (after == b' ' && before == b' ')
    }

    /// The end of a word: letters with hyphens, apostrophes and the stops of abbreviations within.
    fn word_end(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        let mut letters = 0;
        loop {
            // Letters and digits of ASCII, most of most texts, need no decoding.
            let ahead = self.text.as_bytes().get(at..end).unwrap_or_default();
            let run = ahead.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            letters += run;
            at += run;
            if ahead.get(run).is_none_or(|b| *b == b' ') {
                return at;
            }
            let rest = slice(self.text, at, end);
            let Some(c) = rest.chars().next() else { return at };
            let next = rest.chars().nth(1);
            let joins = next.is_some_and(char::is_alphanumeric);
            match c {
                c if c.is_alphanumeric() || c == '\u{301}' => letters += 1,
                '\'' | '’' if self.is_elision(start, at) => return at + c.len_utf8(),
                '\'' | '’' | '-' | '‑' | '\u{ad}' | '&' | '@' if joins => letters = 0,
                '.' if letters == 1 && self.is_initial(at, next) => {
                    letters = 0;
                    if !joins {
                        return at + 1;
                    }
                }
                '.' if self.is_abbreviation(start, at) => return at + 1,
                _ => return at,
            }
            at += c.len_utf8();
        }
    }

    /// Whether the stop at `at` belongs to an initial: `J. Smith`, `U.S.`
    fn is_initial(&self, at: usize, next: Option<char>) -> bool {
        let before = slice(self.text, 0, at).chars().next_back();
        before.is_some_and(char::is_uppercase) || next.is_some_and(char::is_alphabetic)
    }

    /// Whether the stop after a word makes it a title that the lexicon knows with its stop: `Mr.`
    fn is_abbreviation(&self, start: usize, stop: usize) -> bool {
        stop - start <= 5
            && slice(self.text, start, stop + 1).is_ascii()
            && self
                .lexicon
                .class(&slice(self.text, start, stop + 1).to_ascii_lowercase())
                .any(Class::HONORIFIC.with(Class::RANK).with(Class::SUFFIX))
    }

    fn number_end(&self, start: usize, end: usize) -> usize {
        let rest = slice(self.text, start, end);
        let mut length = 0;
        for (i, c) in rest.char_indices() {
            let inner = matches!(c, '.' | ',' | ':')
                && rest.get(i + 1..).is_some_and(|r| r.starts_with(|d: char| d.is_ascii_digit()));
            if c.is_alphanumeric() || inner || c == '-' {
                length = i + c.len_utf8();
            } else {
                break;
            }
        }
        start + length
    }

    fn word(&mut self, start: usize, end: usize) -> Token {
        let word = slice(self.text, start, end);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        self.folded.clear();
        if word.is_ascii() {
            self.folded.push_str(word);
            self.folded.make_ascii_lowercase();
        } else {
            let straight = word.chars().map(|c| if c == '’' { '\'' } else { c });
            self.folded.extend(straight.flat_map(char::to_lowercase));
        }
        let bytes = self.text.as_bytes();
        let mut class = self.lexicon.class(&self.folded);
        if let Some(bare) = self.folded.strip_suffix("'s") {
            class = self.lexicon.class(bare).with(Class::POSSESSIVE).without(Class::VERB);
        } else if self.folded.ends_with('s')
            && (bytes.get(end) == Some(&b'\'') || bytes.get(end..end + 3) == Some("’".as_bytes()))
        {
            class = class.with(Class::POSSESSIVE).without(Class::VERB);
        } else if class == Class::default() {
            class = self.lexicon.class_by_ending(&self.folded);
            if class == Class::default() && is_manner_adverb(&self.folded) && !capital {
                class = Class::ADVERB;
            }
        }
        if !capital && class.any(Class::GIVEN) {
            class = class.without(Class::GIVEN);
            if !class.any(Class::ROLE.with(Class::PRONOUN).with(Class::HONORIFIC).with(Class::RANK))
            {
                class = class.without(Class::MALE.with(Class::FEMALE));
            }
        }
        let kind = if capital { Kind::Capital } else { Kind::Lower };
        Token { span: Span::new(start, end), kind, class }
    }
}

/// `-ly` words stand where adverbs stand often enough to be read as such.
fn is_manner_adverb(folded: &str) -> bool {
    folded.len() > 4 && folded.ends_with("ly")
}

const fn plain(start: usize, end: usize, kind: Kind) -> Token {
    Token { span: Span::new(start, end), kind, class: Class::NONE }
}

const fn punctuation(c: char) -> Option<Kind> {
    Some(match c {
        ',' | '،' | '、' => Kind::Comma,
        ':' | '：' => Kind::Colon,
        ';' => Kind::Semicolon,
        '—' | '–' | '-' | '―' => Kind::Dash,
        '.' | '!' | '?' | '…' | '。' => Kind::Stop,
        '(' | '[' => Kind::Open,
        ')' | ']' => Kind::Close,
        '"' | '\'' | '“' | '”' | '‘' | '’' | '`' | ' ' | '\n' | '\t' | '\r' | '\u{a0}' => {
            return None;
        }
        c if c.is_ascii_graphic() => Kind::Other,
        _ => return None,
    })
}
