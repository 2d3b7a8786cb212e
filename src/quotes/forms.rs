//! The word forms that a thread has seen in one language, each classified once.
//!
//! The class of a word depends only on its spelling, including its case, and on the lexicon. A form is therefore folded
//! and looked up in the lexicon only once, and its class is cached in a [`FormTable`]; after that, a word usually costs
//! one probe and no allocation. The result does not depend on the order of look-ups.

use std::cell::RefCell;

use crate::quotes::lexicon::{Class, Lexicon};
use crate::span::Span;
use crate::text::form_table::FormTable;
use crate::text::key::Key;

/// The number of forms after which a thread starts a new table, so that memory stays bounded in a long run.
const MOST_FORMS: usize = 1 << 18;
/// The number of languages whose forms a thread keeps.
const KEPT: usize = 4;

thread_local! {
    static KNOWN: RefCell<Vec<Forms>> = const { RefCell::new(Vec::new()) };
}

/// The classes of the forms seen so far in one language.
#[derive(Debug)]
pub(super) struct Forms {
    pub(super) lexicon: &'static Lexicon,
    known: FormTable<Class>,
}

impl Forms {
    /// Takes the thread's cache for a language, or returns an empty one if the thread has none.
    pub(super) fn for_lexicon(lexicon: &'static Lexicon) -> Self {
        let kept = KNOWN.with_borrow_mut(|all| {
            all.iter().position(|f| std::ptr::eq(f.lexicon, lexicon)).map(|at| all.swap_remove(at))
        });
        kept.unwrap_or_else(|| Self { lexicon, known: FormTable::new(Class::NONE) })
    }

    /// Stores the cache for the next article, unless it has reached [`MOST_FORMS`] forms.
    pub(super) fn keep(self) {
        if self.known.n_forms() < MOST_FORMS {
            KNOWN.with_borrow_mut(|all| {
                all.truncate(KEPT - 1);
                all.push(self);
            });
        }
    }

    /// Returns the class of the word at `word` in `text`, computed by `class_of` the first time the word occurs. `key`
    /// must be the key of that word.
    #[inline]
    pub(super) fn class(
        &mut self,
        key: Key,
        text: &str,
        word: Span,
        class_of: impl FnOnce(&Lexicon, &str) -> Class,
    ) -> Class {
        self.known.get(key, text, word).unwrap_or_else(|vacant| {
            let form = word.slice(text);
            let class = class_of(self.lexicon, form);
            self.known.insert(vacant, key, form, class);
            class
        })
    }
}
