//! A sparse vector as a small open-addressing table that fits the first-level cache, to look up and add weights.

use crate::stories::vector::Row;

/// The weights of some features. A slot contains the feature plus one; 0 marks an empty slot.
#[derive(Debug, Default)]
pub(crate) struct Table {
    slots: Vec<(u32, f32)>,
    mask: usize,
}

impl Table {
    /// Removes all features, and makes room for `n`.
    ///
    /// With `n` features the table is at most an eighth full, so that most lookups end at the first slot. It must never
    /// become full, so no more than `7 * n` features may be added.
    pub(crate) fn clear(&mut self, n: usize) {
        let n_slots = (8 * n).next_power_of_two();
        self.slots.clear();
        self.slots.resize(n_slots, (0, 0.0));
        self.mask = n_slots - 1;
    }

    /// Replaces the features by those of a row.
    pub(crate) fn put(&mut self, row: &Row) {
        self.clear(row.len());
        for &(feature, weight) in row {
            self.add(feature, weight);
        }
    }

    /// Adds to the weight of a feature.
    pub(crate) fn add(&mut self, feature: u32, weight: f32) {
        let at = self.place(feature);
        let (_, sum) = self.slots[at];
        self.slots[at] = (feature + 1, sum + weight);
    }

    /// Returns the features with their weights, in no particular order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, f32)> {
        self.slots.iter().filter(|(stored, _)| *stored != 0).map(|&(stored, w)| (stored - 1, w))
    }

    /// Returns the dot product of a row and the table.
    pub(crate) fn cosine(&self, row: &Row) -> f64 {
        let mut sum = 0.0;
        for &(feature, weight) in row {
            let (stored, own) = self.slots[self.place(feature)];
            // Most features are not shared; skip them before any arithmetic.
            if stored != 0 {
                sum += f64::from(weight * own);
            }
        }
        sum
    }

    /// Returns the slot of a feature, or the empty slot where it belongs.
    fn place(&self, feature: u32) -> usize {
        let mut at = feature as usize & self.mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != feature + 1 {
            at = (at + 1) & self.mask;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn weights_are_added_and_looked_up() {
        let mut table = Table::default();
        table.clear(2);
        // With 16 slots, 3 and 19 have the same place.
        for (feature, weight) in [(3, 0.5), (19, 0.25), (3, 0.125)] {
            table.add(feature, weight);
        }
        let mut all: Vec<(u32, f32)> = table.iter().collect();
        all.sort_unstable_by_key(|(feature, _)| *feature);
        assert_eq!(all, [(3, 0.625), (19, 0.25)]);
        assert_eq!(
            table.cosine(&vec![(3, 1.0), (4, 1.0), (19, 2.0)]).to_bits(),
            1.125_f64.to_bits()
        );
        table.put(&vec![(4, 1.0)]);
        assert_eq!(table.iter().collect::<Vec<_>>(), [(4, 1.0)]);
    }

    #[test]
    fn an_empty_row_has_no_weights() {
        let mut table = Table::default();
        table.put(&Vec::new());
        assert_eq!(table.cosine(&vec![(0, 1.0), (7, 1.0)]).to_bits(), 0.0_f64.to_bits());
    }
}
