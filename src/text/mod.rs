//! Sentences, words and terms: the input of all later stages.
//!
//! ```text
//! Article ─▶ sentences (sentence) ─▶ tokens (token) ─▶ terms (term) ─▶ Document ─▶ Corpus
//! ```
//!
//! Terms stay local to a document until [`Corpus::build`] sorts and numbers them, so that no result depends on which
//! document was annotated first.

pub(crate) mod align;
pub mod corpus;
pub mod document;
mod fold;
pub(crate) mod form_table;
pub(crate) mod hash;
pub(crate) mod key;
pub mod packs;
pub(crate) mod quotemarks;
pub mod sentence;
pub mod term;
pub mod token;
mod vocabulary;

pub use corpus::{Collection, Corpus, TermId};
pub use document::{Document, LocalTerm, Sentence, Token, TokenKind, annotate};
pub(crate) use token::is_unspaced;
