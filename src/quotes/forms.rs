//! The forms of words that a thread has met in one language, each classed once.
//!
//! What a word is to the rules depends on its letters alone: case, endings, what the lexicon lists. So a form is folded
//! and looked up when it is first met, and kept in a table of open addressing under its [`Key`], which is the form
//! itself up to fifteen bytes; after that a word costs one probe and allocates nothing. Forms longer than their key are
//! classed anew each time: they are few. No result depends on what was met before.

use std::cell::RefCell;

use crate::quotes::lexicon::{Class, Lexicon};
use crate::text::key::Key;

/// Slots that a new table begins with; a power of two.
const FIRST_SLOTS: usize = 1 << 12;
/// Slots a form, at least: so that most forms lie in the first slot of their key.
const FREE_SLOTS: usize = 4;
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
    slots: Vec<(Key, Class)>,
    known: usize,
}

impl Forms {
    /// Returns what the thread knows of a language.
    pub(super) fn of(lexicon: &'static Lexicon) -> Self {
        let kept = KNOWN.with_borrow_mut(|all| {
            all.iter().position(|f| std::ptr::eq(f.lexicon, lexicon)).map(|at| all.swap_remove(at))
        });
        kept.unwrap_or_else(|| Self {
            lexicon,
            slots: vec![(Key::NONE, Class::NONE); FIRST_SLOTS],
            known: 0,
        })
    }

    /// Keeps what was learnt for the next article.
    pub(super) fn keep(self) {
        if self.known < MOST_FORMS {
            KNOWN.with_borrow_mut(|all| {
                all.truncate(KEPT - 1);
                all.push(self);
            });
        }
    }

    /// Returns the class of the form with this key, worked out by `class_of` where it is met for the first time.
    #[inline]
    pub(super) fn class(&mut self, key: Key, class_of: impl FnOnce(&Lexicon) -> Class) -> Class {
        let mask = self.slots.len() - 1;
        let mut at = key.spread() & mask;
        while self.slots[at].0 != Key::NONE {
            if self.slots[at].0 == key {
                return self.slots[at].1;
            }
            at = (at + 1) & mask;
        }
        let class = class_of(self.lexicon);
        if key.is_exact() {
            self.slots[at] = (key, class);
            self.known += 1;
            if self.known * FREE_SLOTS > self.slots.len() {
                self.grow();
            }
        }
        class
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![(Key::NONE, Class::NONE); self.slots.len() * 2];
        for slot in self.slots.iter().filter(|slot| slot.0 != Key::NONE) {
            let mut at = slot.0.spread() & mask;
            while slots[at].0 != Key::NONE {
                at = (at + 1) & mask;
            }
            slots[at] = *slot;
        }
        self.slots = slots;
    }
}
