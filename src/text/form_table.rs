//! A hash table from word forms to values that a thread has computed.
//!
//! The table uses open addressing with linear probing. A slot contains the [`Key`] of a form, which stores forms of up
//! to fifteen bytes verbatim, and the form's value. A look-up of such a short form usually touches one slot, and
//! allocates nothing. Longer forms are stored outside the table and compared in full.

use crate::span::Span;
use crate::text::key::Key;

/// The capacity of a new table; a power of two.
const FIRST_SLOTS: usize = 1 << 12;
/// The minimum number of slots per form. At this ratio, most forms are found in the first slot that is probed.
const FREE_SLOTS: usize = 4;

/// A hash table from word forms to values.
#[derive(Debug)]
pub(crate) struct FormTable<V> {
    slots: Vec<Slot<V>>,
    /// Forms that are longer than a key.
    long_forms: Vec<Box<str>>,
    n_forms: usize,
    /// The value of an empty slot.
    nothing: V,
}

/// A slot of the table; an empty slot has the key [`Key::NONE`].
#[derive(Clone, Copy, Debug)]
struct Slot<V> {
    key: Key,
    /// The index in `long_forms` of a form that is longer than a key.
    long: u32,
    value: V,
}

/// The slot for a form that was not found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vacant(usize);

impl<V: Copy> FormTable<V> {
    /// Returns an empty table; `nothing` is the value of empty slots.
    pub(crate) fn new(nothing: V) -> Self {
        Self { slots: empty(FIRST_SLOTS, nothing), long_forms: Vec::new(), n_forms: 0, nothing }
    }

    /// Returns the number of forms.
    pub(crate) const fn n_forms(&self) -> usize {
        self.n_forms
    }

    /// Returns the value of the form at `word` in `text`, or the slot for it if it is not in the table. `key` must be
    /// the form's key.
    #[inline]
    pub(crate) fn get(&self, key: Key, text: &str, word: Span) -> Result<V, Vacant> {
        let slot = &self.slots[key.spread() & (self.slots.len() - 1)];
        if slot.key == key && key.is_exact() {
            return Ok(slot.value);
        }
        self.search(key, word.slice(text))
    }

    /// Looks up a form that is not in the first slot to probe, or is longer than a key.
    #[inline(never)]
    fn search(&self, key: Key, word: &str) -> Result<V, Vacant> {
        let mask = self.slots.len() - 1;
        let mut at = key.spread() & mask;
        loop {
            let slot = &self.slots[at];
            if slot.key == key && (key.is_exact() || &*self.long_forms[slot.long as usize] == word)
            {
                return Ok(slot.value);
            }
            if slot.key == Key::NONE {
                return Err(Vacant(at));
            }
            at = (at + 1) & mask;
        }
    }

    /// Stores a value in the slot that [`FormTable::get`] has just returned.
    pub(crate) fn insert(&mut self, at: Vacant, key: Key, word: &str, value: V) {
        let long = self.long_forms.len() as u32;
        if !key.is_exact() {
            self.long_forms.push(word.into());
        }
        self.slots[at.0] = Slot { key, long, value };
        self.n_forms += 1;
        if self.n_forms * FREE_SLOTS > self.slots.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let mut slots = empty(self.slots.len() * 2, self.nothing);
        let mask = slots.len() - 1;
        for slot in self.slots.iter().filter(|s| s.key != Key::NONE) {
            let mut at = slot.key.spread() & mask;
            while slots[at].key != Key::NONE {
                at = (at + 1) & mask;
            }
            slots[at] = *slot;
        }
        self.slots = slots;
    }
}

fn empty<V: Copy>(slots: usize, value: V) -> Vec<Slot<V>> {
    vec![Slot { key: Key::NONE, long: 0, value }; slots]
}

#[cfg(test)]
mod tests {
    use super::FormTable;
    use crate::span::Span;
    use crate::text::key::Key;

    #[test]
    fn each_form_keeps_its_own_value() {
        let mut table = FormTable::new(0);
        let words: Vec<String> =
            (0..20_000).map(|n| format!("w{n}x{}", "7".repeat(n % 20))).collect();
        for (n, word) in words.iter().enumerate() {
            let span = Span::new(0, word.len());
            let key = Key::new(word, span);
            let vacant = table.get(key, word, span).unwrap_err();
            table.insert(vacant, key, word, n);
        }
        for (n, word) in words.iter().enumerate() {
            let span = Span::new(0, word.len());
            assert_eq!(table.get(Key::new(word, span), word, span).ok(), Some(n));
        }
        assert_eq!(table.n_forms(), words.len());
    }
}
