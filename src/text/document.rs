//! The annotation of one article: sentences, tokens and terms.

use crate::article::{Article, BlockKind};
use crate::language::Language;
use crate::line_marker;
use crate::span::{Span, overlapping_by};
use crate::text::sentence::Segmenter;
use crate::text::term::{Interner, Terms};
use crate::text::token;
use crate::text::vocabulary::VocabularyId;

/// The index of a term within one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTerm(pub u32);

/// The sentences and tokens of one article.
///
/// Invariants: tokens are inside sentences and sentences inside blocks, in order and without overlap. The sentences of
/// a block are separated only by white space, and only the marker of a list item precedes its first sentence.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The language whose rules and word lists were applied.
    pub language: Language,
    /// The sentences, in text order.
    pub sentences: Vec<Sentence>,
    /// The tokens of all sentences, in text order.
    pub tokens: Vec<Token>,
    /// The tokens of the title; their spans are ranges of the title.
    pub title: Vec<Token>,
    terms: Terms,
}

/// A sentence: a range of the text, within one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The range, without surrounding white space.
    pub span: Span,
    /// The index of its block in [`Article::blocks`].
    pub block: u32,
    first_token: u32,
    last_token: u32,
}

/// A word or number in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The range of the token; in a script without spaces, the range of the first character of its pair.
    pub span: Span,
    /// The term that represents the token in comparisons: the stem of a content word if its language has a stemmer, and
    /// otherwise the folded form of the word or number.
    pub term: LocalTerm,
    /// The kind of token.
    pub kind: TokenKind,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A content word.
    Word,
    /// A stop word of the language.
    Stop,
    /// A number, or a word that contains a digit.
    Number,
}

impl Document {
    /// Returns the tokens of a sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.first_token as usize..sentence.last_token as usize).unwrap_or(&[])
    }

    /// Returns the sentences that overlap a range of the text.
    pub fn sentences_at(&self, range: Span) -> &[Sentence] {
        overlapping_by(&self.sentences, range, |sentence| sentence.span)
    }

    /// Returns the text of a term.
    pub fn term(&self, term: LocalTerm) -> &str {
        self.terms.get(term)
    }

    /// Returns the id of the thread vocabulary that resolved the terms, and the number that each term's stem has in it.
    pub(super) fn stems(&self) -> (VocabularyId, &[u32]) {
        self.terms.stems()
    }

    /// Frees the memory of [`Self::stems`].
    pub(super) fn forget_stems(&mut self) {
        self.terms.forget_stems();
    }

    /// Returns the terms of the document in order of first use.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = &str> {
        self.terms.iter()
    }
}

/// A low estimate of the bytes per token, including the space that follows; used to reserve memory.
const BYTES_A_TOKEN: usize = 5;

/// Finds the sentences, tokens and terms of an article.
pub fn annotate(article: &Article) -> Document {
    let language = article.lang;
    let segmenter = Segmenter::new(language);
    let mut terms = Interner::new(language);
    let mut document = Document { language, ..Document::default() };
    document.tokens.reserve(article.text.len() / BYTES_A_TOKEN);
    let title = Span::new(0, article.title.len());
    token::scan(&article.title, title, &mut terms, &mut document.title);
    let mut spans = Vec::new();
    for (block_ix, block) in article.blocks.iter().enumerate() {
        if !block.kind.has_sentences() {
            continue;
        }
        spans.clear();
        segmenter.append(&article.text, *block, &mut spans);
        if block.kind == BlockKind::ListItem
            && let Some(first) = spans.first_mut()
        {
            let text = line_marker::without(first.slice(&article.text));
            *first = Span::new(first.end() - text.len(), first.end());
        }
        for &span in &spans {
            let first_token = document.tokens.len() as u32;
            token::scan(&article.text, span, &mut terms, &mut document.tokens);
            let last_token = document.tokens.len() as u32;
            let block = block_ix as u32;
            document.sentences.push(Sentence { span, block, first_token, last_token });
        }
    }
    document.tokens.shrink_to_fit();
    document.terms = terms.finish();
    document
}
