//! Sentences, words and terms: the input of all later stages.
//!
//! ```text
//! Article ─▶ sentences (sentence) ─▶ tokens (token) ─▶ terms (term) ─▶ Document ─▶ Corpus
//! ```
//!
//! Terms stay local to a document until [`Corpus::build`] sorts and numbers them, so that no result depends on which
//! document was annotated first.

pub(crate) mod align;
pub(crate) mod corpus;
pub(crate) mod document;
mod fold;
pub(crate) mod form_table;
pub(crate) mod hash;
pub(crate) mod key;
#[doc(hidden)]
pub mod packs;
pub(crate) mod quotemarks;
#[doc(hidden)]
pub mod sentence;
#[doc(hidden)]
pub mod term;
pub(crate) mod token;
mod vocabulary;

pub use corpus::{Collection, Corpus, TermId};
pub use document::{Document, LocalTerm, Sentence, Token, TokenKind, annotate};
pub(crate) use token::is_unspaced;
