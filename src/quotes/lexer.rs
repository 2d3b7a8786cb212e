//! The lexer: words and punctuation, each word with its lexicon classes.
//!
//! Sentence ends come from the text stage: a full stop that does not end a sentence belongs to the word directly before
//! it (`D-Wis.,`, `Ph.D., said`).
//!
//! A word is a run of letters and digits with inner hyphens, apostrophes and full stops of abbreviations. Most words
//! are plain ASCII or Cyrillic runs before a space or punctuation mark; those are read eight bytes at a time. All
//! others are read by a slower routine.

use crate::quotes::forms::Forms;
use crate::quotes::lexicon::{Class, Lexicon};
use crate::quotes::narration::{Kind, Token};
use crate::span::{Span, slice};
use crate::text::key::Key;

/// The maximum number of letters in a title written with a full stop: `Prof.`
const MOST_ABBREVIATED: usize = 5;

/// Splits text into words and punctuation.
pub(super) struct Lexer<'t> {
    text: &'t str,
    forms: Forms,
    /// The starts of the paragraph's sentences, in order.
    starts: Vec<usize>,
    /// The end of the paragraph.
    end: usize,
}

impl<'t> Lexer<'t> {
    pub(super) const fn new(text: &'t str, forms: Forms) -> Self {
        Self { text, forms, starts: Vec::new(), end: 0 }
    }

    /// Returns the form cache.
    pub(super) fn into_forms(self) -> Forms {
        self.forms
    }

    /// Begins a paragraph that ends at `end`, with the starts of its sentences.
    pub(super) fn begin(&mut self, starts: &[usize], end: usize) {
        self.starts.clear();
        self.starts.extend_from_slice(starts);
        self.end = end;
    }

    /// Returns whether the full stop at `at` belongs to the word directly before it because it does not end a sentence.
    fn is_within_sentence(&self, at: usize, word: &Token) -> bool {
        let rest = slice(self.text, at + 1, self.end);
        let after = rest.trim_start_matches(|c: char| c.is_whitespace() || closes(c));
        let next = self.end - after.len();
        // A sentence may start with the mark that opens a quotation.
        let later = self.starts.partition_point(|start| *start <= at);
        let ends = after.is_empty() || self.starts.get(later).is_some_and(|start| *start <= next);
        let goes_on = rest
            .trim_start()
            .starts_with(|c: char| matches!(c, ',' | ';' | ':') || c.is_lowercase());
        !ends && word.span.end() == at && (word.kind == Kind::Capital || goes_on)
    }

    /// Appends the tokens of a stretch.
    pub(super) fn tokenize(&mut self, start: usize, end: usize, tokens: &mut Vec<Token>) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        while at < end {
            let Some(&byte) = bytes.get(at) else { return };
            if byte == b' ' {
                at += 1;
                continue;
            }
            if let Some((key, stop)) = plain_word(bytes, at, end) {
                let capital = byte.is_ascii_uppercase() || byte >= 0x80 && self.is_capital(at);
                tokens.push(self.word_of(key, Span::new(at, stop), capital));
                at = stop;
                continue;
            }
            let Some(c) = slice(self.text, at, end).chars().next() else { return };
            if c.is_alphabetic() {
                let stop = self.word_end(at, end);
                self.push_words(at, stop, tokens);
                at = stop;
                continue;
            }
            if c.is_ascii_digit() {
                let stop = self.number_end(at, end);
                tokens.push(self.number(at, stop));
                at = stop;
                continue;
            }
            let width = c.len_utf8();
            if c == '&' && self.joins_names(at, end, tokens.last()) {
                let span = Span::new(at, at + width);
                tokens.push(Token { span, kind: Kind::Capital, class: Class::NONE });
            } else if let Some(kind) = punctuation(c) {
                let doubled = kind == Kind::Dash
                    && tokens
                        .last()
                        .is_some_and(|t| t.kind == Kind::Dash && t.span.end() + 1 >= at);
                let signs = at > start
                    && slice(self.text, start, at).trim().is_empty()
                    && tokens.last().is_some_and(Token::is_quote);
                let spaced = c != '-' || signs || self.is_spaced(at, end);
                let inner = c == '.'
                    && tokens.last().is_some_and(|t| t.is_word() && self.is_within_sentence(at, t));
                if inner && let Some(word) = tokens.last_mut() {
                    word.span = Span::new(word.span.start(), at + width);
                } else if spaced && !doubled {
                    tokens.push(plain(at, at + width, kind));
                }
            }
            at += width;
        }
    }

    /// Returns whether the ampersand at `at` is part of the name of a firm: `Holt & Lim`.
    fn joins_names(&self, at: usize, end: usize, before: Option<&Token>) -> bool {
        let after = slice(self.text, at + 1, end).trim_start();
        let named = |word: &Token| word.kind == Kind::Capital && word.span.end() + 1 >= at;
        before.is_some_and(named) && after.starts_with(char::is_uppercase)
    }

    /// Appends a word and, as a separate token, the pronoun that is attached to it.
    fn push_words(&mut self, start: usize, end: usize, tokens: &mut Vec<Token>) {
        let verb = self.without_clitic(start, end);
        tokens.push(self.word(start, verb));
        if verb < end {
            let hyphen = slice(self.text, verb, end).rfind('-').unwrap_or(0);
            tokens.push(self.word(verb + hyphen + 1, end));
        }
    }

    /// Returns the end of a word, without the pronoun that is attached to it: `dit` in `dit-il`.
    fn without_clitic(&self, start: usize, end: usize) -> usize {
        let clitics = self.forms.lexicon.clitics();
        let word = slice(self.text, start, end);
        if clitics.is_empty() || !word.contains('-') {
            return end;
        }
        let hanging = clitics.iter().filter(|c| word.len() > c.len() && word.ends_with(**c));
        end - hanging.map(|c| c.len()).max().unwrap_or(0)
    }

    /// Returns whether the apostrophe at `at` ends a word that has lost its last vowel: `l'`.
    fn is_elision(&self, start: usize, at: usize) -> bool {
        let word = slice(self.text, start, at);
        word.len() <= 6 && word.is_ascii() && {
            let folded = word.to_ascii_lowercase() + "'";
            self.forms.lexicon.class(&folded).any(Class::ELISION)
        }
    }

    /// Returns whether the hyphen at `at` is a dash: it is between spaces or next to another hyphen.
    fn is_spaced(&self, at: usize, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        let near = |i: Option<usize>| i.and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
        let after = if at + 1 < end { near(Some(at + 1)) } else { b' ' };
        let before = near(at.checked_sub(1));
        after == b'-' || before == b'-' || (after == b' ' && before == b' ')
    }

    /// Returns the end of a word, including inner hyphens, apostrophes and full stops of abbreviations.
    fn word_end(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        let mut letters = 0;
        loop {
            // ASCII letters and digits need no decoding.
            let ahead = self.text.as_bytes().get(at..end).unwrap_or_default();
            let run = ahead.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            letters += run;
            at += run;
            let stops =
                |byte: &u8| byte.is_ascii() && !matches!(byte, b'\'' | b'-' | b'&' | b'@' | b'.');
            if ahead.get(run).is_none_or(stops) {
                return at;
            }
            let mut rest = slice(self.text, at, end).chars();
            let Some(c) = rest.next() else { return at };
            if c.is_alphanumeric() || c == '\u{301}' {
                letters += 1;
                at += c.len_utf8();
                continue;
            }
            let next = rest.next();
            let dotted = rest.next() == Some('.');
            let joins = next.is_some_and(char::is_alphanumeric);
            match c {
                '\'' | '’' if self.is_elision(start, at) => return at + c.len_utf8(),
                '\'' | '’' | '-' | '‑' | '\u{ad}' | '&' | '@' if joins => letters = 0,
                '.' if letters == 1 && self.is_initial(at, next) => {
                    letters = 0;
                    if !joins {
                        return at + 1;
                    }
                }
                '.' if next.is_some_and(char::is_lowercase) => letters = 0,
                // `Ph.D.`
                '.' if dotted && letters <= 3 && next.is_some_and(char::is_uppercase) => {
                    letters = 0;
                }
                '.' if self.is_abbreviation(start, at) => return at + 1,
                _ => return at,
            }
            at += c.len_utf8();
        }
    }

    /// Returns whether the full stop at `at` belongs to an initial: `J. Smith`, `U.S.`
    fn is_initial(&self, at: usize, next: Option<char>) -> bool {
        let before = slice(self.text, 0, at).chars().next_back();
        before.is_some_and(char::is_uppercase) || next.is_some_and(char::is_alphabetic)
    }

    /// Returns whether the full stop after a word makes it a title that the lexicon lists with a full stop: `Mr.`
    fn is_abbreviation(&self, start: usize, stop: usize) -> bool {
        stop - start <= MOST_ABBREVIATED
            && slice(self.text, start, stop + 1).is_ascii()
            && self
                .forms
                .lexicon
                .class(&slice(self.text, start, stop + 1).to_ascii_lowercase())
                .any(Class::HONORIFIC.with(Class::RANK).with(Class::SUFFIX))
    }

    /// Returns a number; if it has the ending of a noun for a person after a hyphen, it has the classes of that ending:
    /// `die 88-Jährige`.
    fn number(&self, start: usize, end: usize) -> Token {
        let mut token = plain(start, end, Kind::Number);
        let form = slice(self.text, start, end);
        if form.contains('-') && form.ends_with(char::is_alphabetic) {
            token.class = self.forms.lexicon.class_by_ending(&folded(form));
        }
        token
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
        let span = Span::new(start, end);
        let mut token = self.word_of(Key::new(self.text, span), span, self.is_capital(start));
        if is_followed_by_apostrophe(self.text.as_bytes(), span) {
            token.class = token.class.with(Class::POSSESSIVE).without(Class::VERB);
        }
        token
    }

    fn is_capital(&self, at: usize) -> bool {
        slice(self.text, at, self.text.len()).chars().next().is_some_and(char::is_uppercase)
    }

    #[inline]
    fn word_of(&mut self, key: Key, span: Span, capital: bool) -> Token {
        let class = self.forms.class(key, self.text, span, class_of);
        Token { span, kind: if capital { Kind::Capital } else { Kind::Lower }, class }
    }
}

/// Returns the key and end of the word at `start` if it is a plain ASCII or Cyrillic run that the following text does
/// not continue.
#[inline]
fn plain_word(bytes: &[u8], start: usize, end: usize) -> Option<(Key, usize)> {
    let (key, len) = match *bytes.get(start)? {
        first if first.is_ascii_alphabetic() => Key::scan(bytes, start),
        0xD0 | 0xD1 => Key::scan_cyrillic(bytes, start),
        _ => None,
    }?;
    let stop = start + len;
    (stop <= end && nothing_joins(bytes.get(stop..)?, len)).then_some((key, stop))
}

/// Returns whether the text after a run of `len` bytes certainly does not continue the run's word.
#[inline]
fn nothing_joins(rest: &[u8], len: usize) -> bool {
    match rest {
        [] | [b' ' | b',' | b':' | b';' | b')' | b'"' | b'\n' | b'!' | b'?', ..] => true,
        // A full stop can introduce a domain ending (`Rajanews.com`); after an initial or a short word, it can belong
        // to the word.
        [b'.', next, ..] if next.is_ascii_lowercase() => false,
        [b'.', ..] => len > MOST_ABBREVIATED,
        // No-break spaces and guillemets, then the first 64 characters of General Punctuation except the non-breaking
        // hyphen and the apostrophe.
        [0xC2, next, ..] => matches!(next, 0xA0 | 0xAB | 0xBB),
        [0xE2, 0x80, next, ..] => !matches!(next, 0x91 | 0x99),
        _ => false,
    }
}

/// Returns whether a word that ends in `s` is followed by a possessive apostrophe: `the miners'`.
fn is_followed_by_apostrophe(bytes: &[u8], word: Span) -> bool {
    let end = word.end();
    let last = end.checked_sub(1).and_then(|i| bytes.get(i));
    last.is_some_and(|b| b.eq_ignore_ascii_case(&b's'))
        && (bytes.get(end) == Some(&b'\'') || bytes.get(end..end + 3) == Some("’".as_bytes()))
}

/// Returns whether a word has an upper-case letter directly after a lower-case one: `McMaster`, `DeWitt`.
fn has_inner_capital(form: &str) -> bool {
    let mut letters = form.chars();
    let mut is_small = false;
    letters.any(|c| {
        let inner = is_small && c.is_uppercase();
        is_small = c.is_lowercase();
        inner
    })
}

/// Returns the possible classes of a form, from the lexicon or, if it is not listed, from its ending or parts.
fn class_of(lexicon: &Lexicon, form: &str) -> Class {
    let folded = folded(form);
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    let mut class = lexicon.class(&folded);
    if let Some(bare) = folded.strip_suffix("'s") {
        class = lexicon.class(bare).with(Class::POSSESSIVE).without(Class::VERB);
        if class.any(Class::PRONOUN.with(Class::FIRST_PERSON)) && !class.any(Class::DETERMINER) {
            class = class.with(Class::CONTRACTED);
        }
    } else if let Some(bare) = lexicon.before_contraction(&folded) {
        let subject = Class::PRONOUN.with(Class::FIRST_PERSON).with(Class::RELATIVE);
        if lexicon.class(bare).any(subject) {
            class = lexicon.class(bare).with(Class::CONTRACTED);
        }
    } else if class == Class::NONE && has_inner_capital(form) {
        // `McMaster` is a surname, although `headmaster` is a role.
    } else if class == Class::NONE {
        class = lexicon.class_by_ending(&folded);
        if class == Class::NONE {
            class = class_of_compound(lexicon, &folded);
        }
        if class == Class::NONE && !capital && lexicon.ends_like_adverb(&folded) {
            class = Class::ADVERB;
        }
    }
    if !capital && class.any(Class::GIVEN) {
        class = class.without(Class::GIVEN);
        if !class.any(Class::ROLE.with(Class::PRONOUN).with(Class::HONORIFIC).with(Class::RANK)) {
            class = class.without(Class::MALE.with(Class::FEMALE));
        }
    }
    class
}

/// Returns the class of a role with a modifier before its hyphen: `then-mayor`, `ex-minister`.
fn class_of_compound(lexicon: &Lexicon, folded: &str) -> Class {
    let Some((modifier, role)) = folded.split_once('-') else { return Class::NONE };
    let class = lexicon.class(role);
    let holds = lexicon.class(modifier).any(Class::MODIFIER);
    if holds && class.any(Class::ROLE.with(Class::RANK)) { class } else { Class::NONE }
}

/// Returns a form in lower case and with straight apostrophes.
fn folded(form: &str) -> String {
    if form.is_ascii() {
        return form.to_ascii_lowercase();
    }
    let straight = form.chars().map(|c| if c == '’' { '\'' } else { c });
    straight.flat_map(char::to_lowercase).collect()
}

/// Returns whether a character may follow the full stop that ends a sentence: a closing mark or another full stop.
const fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '\'' | '”' | '’' | '»' | '“' | '.')
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
