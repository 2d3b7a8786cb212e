//! A table of forms of words: what a thread has worked out about each form that it has met.
//!
//! Open addressing with linear probing; a slot holds the [`Key`] of a form, which is the form itself up to fifteen
//! bytes, and what is known about it. A look-up of such a form touches one slot as a rule, and allocates nothing. Longer
//! forms are kept beside the table, and compared to the letter.

use crate::span::Span;
use crate::text::key::Key;

/// Slots that a new table begins with; a power of two.
const FIRST_SLOTS: usize = 1 << 12;
/// Slots a form, at least: so that most forms lie in the first slot of their key.
const FREE_SLOTS: usize = 4;

/// What is known about each form met so far.
#[derive(Debug)]
pub(crate) struct FormTable<V> {
    slots: Vec<Slot<V>>,
    /// The forms that no key holds to the letter.
    long_forms: Vec<Box<str>>,
    n_forms: usize,
    /// What an empty slot holds.
    nothing: V,
}

/// A slot of the table; its key is [`Key::NONE`] where it is empty.
#[derive(Clone, Copy, Debug)]
struct Slot<V> {
    key: Key,
    /// The number of a form that is longer than its key.
    long: u32,
    value: V,
}

/// The slot where a form that was not found belongs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vacant(usize);

impl<V: Copy> FormTable<V> {
    /// Starts an empty table; `nothing` is any value, for slots without a form.
    pub(crate) fn new(nothing: V) -> Self {
        Self { slots: empty(FIRST_SLOTS, nothing), long_forms: Vec::new(), n_forms: 0, nothing }
    }

    /// Returns how many forms were met.
    pub(crate) const fn n_forms(&self) -> usize {
        self.n_forms
    }

    /// Returns what is known about the form that lies at `word` in a text, or where it belongs; `key` is its key.
    #[inline]
    pub(crate) fn get(&self, key: Key, text: &str, word: Span) -> Result<V, Vacant> {
        let slot = &self.slots[key.spread() & (self.slots.len() - 1)];
        if slot.key == key && key.is_exact() {
            return Ok(slot.value);
        }
        self.search(key, word.of(text))
    }

    /// Looks a form up that is not in the first slot of its key, or is longer than it.
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

    /// Keeps what is known about a form, at the place that [`FormTable::get`] gave right before.
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
            let key = Key::of(word, span);
            let vacant = table.get(key, word, span).unwrap_err();
            table.insert(vacant, key, word, n);
        }
        for (n, word) in words.iter().enumerate() {
            let span = Span::new(0, word.len());
            assert_eq!(table.get(Key::of(word, span), word, span).ok(), Some(n));
        }
        assert_eq!(table.n_forms(), words.len());
    }
}
