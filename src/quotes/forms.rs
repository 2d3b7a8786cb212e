//! The forms of words that a thread has met in one language, each classed once.
//!
//! What a word is to the rules depends on its letters alone: case, endings, what the lexicon lists. So a form is folded
//! and looked up when it is first met, and kept in a [`FormTable`]; after that a word costs one probe and allocates
//! nothing. No result depends on what was met before.

use std::cell::RefCell;

use crate::quotes::lexicon::{Class, Lexicon};
use crate::span::Span;
use crate::text::form_table::FormTable;
use crate::text::key::Key;

/// Forms past which a thread begins a new table, so that a long run stays within memory.
const MOST_FORMS: usize = 1 << 18;
/// Languages that a thread keeps the forms of.
const KEPT: usize = 4;

thread_local! {
    static KNOWN: RefCell<Vec<Forms>> = const { RefCell::new(Vec::new()) };
}

/// The classes of the forms met so far in one language.
#[derive(Debug)]
pub(super) struct Forms {
    pub(super) lexicon: &'static Lexicon,
    known: FormTable<Class>,
}

impl Forms {
    /// Returns what the thread knows of a language.
    pub(super) fn of(lexicon: &'static Lexicon) -> Self {
        let kept = KNOWN.with_borrow_mut(|all| {
            all.iter().position(|f| std::ptr::eq(f.lexicon, lexicon)).map(|at| all.swap_remove(at))
        });
        kept.unwrap_or_else(|| Self { lexicon, known: FormTable::new(Class::NONE) })
    }

    /// Keeps what was learnt for the next article.
    pub(super) fn keep(self) {
        if self.known.n_forms() < MOST_FORMS {
            KNOWN.with_borrow_mut(|all| {
                all.truncate(KEPT - 1);
                all.push(self);
            });
        }
    }

    /// Returns the class of the form at `word` in a text, worked out by `class_of` where it is met for the first time;
    /// `key` is the key of that form.
    #[inline]
    pub(super) fn class(
        &mut self,
        key: Key,
        text: &str,
        word: Span,
        class_of: impl FnOnce(&Lexicon, &str) -> Class,
    ) -> Class {
        self.known.get(key, text, word).unwrap_or_else(|vacant| {
            let form = word.of(text);
            let class = class_of(self.lexicon, form);
            self.known.insert(vacant, key, form, class);
            class
        })
    }
}
