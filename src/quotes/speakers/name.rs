//! Names as words to compare: folded, and joined by rules.
//!
//! Two names are one person's where the shorter ends the longer (`Lavrov`, `Sergei Lavrov`), or where the surnames are
//! equal and the given names agree: the same, an initial, or a middle name more. Case, diacritics, hyphens and the usual
//! ways of transliteration make no difference (`Sergey`, `Sergei`). Two different given names are never joined.

use crate::text::align::within_edits;

/// The words of a name, folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::quotes) struct NameKey(Vec<String>);

impl NameKey {
    /// Folds a name as written.
    pub(in crate::quotes) fn new(name: &str) -> Self {
        let parts = name.split(|c: char| c.is_whitespace() || c == '-' || c == '‑');
        let mut parts: Vec<&str> = parts.collect();
        while parts.len() > 1 && parts.last().is_some_and(|w| is_suffix(w)) {
            parts.pop();
        }
        Self(parts.into_iter().map(fold).filter(|w| !w.is_empty()).collect())
    }

    /// Returns the last word: the surname of a person.
    pub(in crate::quotes) fn last(&self) -> &str {
        self.0.last().map_or("", |w| w)
    }

    /// Returns the first word.
    pub(in crate::quotes) fn first(&self) -> &str {
        self.0.first().map_or("", |w| w)
    }

    /// Returns how many words there are.
    pub(in crate::quotes) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether this name ends the other or is equal to it.
    pub(in crate::quotes) fn ends(&self, other: &Self) -> bool {
        !self.0.is_empty() && other.0.ends_with(&self.0)
    }

    /// Returns whether both can be full names of one person.
    pub(in crate::quotes) fn agrees(&self, other: &Self) -> bool {
        if self == other || self.ends(other) || other.ends(self) {
            return true;
        }
        let (short, long) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        short.len() > 1
            && short.last() == long.last()
            && given_names_agree(short.first(), long.first())
            && short.0[1..short.len() - 1]
                .iter()
                .zip(&long.0[1..long.len() - 1])
                .all(|(w, v)| given_names_agree(w, v))
    }

    /// Returns whether one is the other with a slip of the pen in the surname: `Water` for `Waters`.
    pub(in crate::quotes) fn is_slip_of(&self, other: &Self) -> bool {
        let (a, b) = (self.last(), other.last());
        let shorter = a.chars().count().min(b.chars().count());
        let most = if shorter >= 8 { 2 } else { 1 };
        shorter >= 5 && a.chars().next() == b.chars().next() && within_edits(a, b, most)
    }
}

/// Whether two given names can be one person's: equal, or one is the other's initial.
fn given_names_agree(a: &str, b: &str) -> bool {
    let initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    a == b || initial(a, b) || initial(b, a)
}

/// Whether a word follows a name without being part of it.
pub(in crate::quotes) fn is_suffix(word: &str) -> bool {
    let suffixes = ["", "jr", "sr", "ii", "iii", "iv", "qc", "kc", "mp", "phd", "md"];
    suffixes.iter().any(|s| word.trim_end_matches(['.', ',']).eq_ignore_ascii_case(s))
}

/// Folds one word: case, diacritics, and what transliterations do differently.
pub(in crate::quotes) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Folds one word as [`fold`] does, into a string whose content is void.
pub(in crate::quotes) fn fold_into(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        for byte in word.bytes().filter(u8::is_ascii_alphanumeric) {
            folded.push(match byte.to_ascii_lowercase() {
                b'y' | b'j' => 'i',
                b'w' => 'v',
                byte => char::from(byte),
            });
        }
        fold_ending(folded);
        return;
    }
    for c in word.chars() {
        match c {
            // Most letters of Russian names, without the tables.
            'а'..='я' => folded.push(c),
            _ => c.to_lowercase().for_each(|c| fold_letter(c, folded)),
        }
    }
    fold_ending(folded);
}

/// Appends a letter in lower case without its diacritics.
fn fold_letter(c: char, folded: &mut String) {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => folded.push('e'),
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'y' | 'ý' | 'ÿ' | 'j' => folded.push('i'),
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => folded.push('o'),
        'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
        'ç' | 'ć' | 'č' => folded.push('c'),
        'ñ' | 'ń' | 'ň' => folded.push('n'),
        'š' | 'ś' | 'ş' | 'ș' => folded.push('s'),
        'ž' | 'ź' | 'ż' => folded.push('z'),
        'ł' => folded.push('l'),
        'ř' => folded.push('r'),
        'ť' | 'ţ' | 'ț' => folded.push('t'),
        'ď' | 'đ' => folded.push('d'),
        'ğ' => folded.push('g'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'w' => folded.push('v'),
        c if c.is_alphanumeric() => folded.push(c),
        _ => {}
    }
}

/// `Sergei`, `Sergey`, `Sergeii`: one ending.
fn fold_ending(folded: &mut String) {
    while folded.len() > 4 && folded.ends_with("ii") {
        folded.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::NameKey;

    #[test]
    fn one_person_under_several_spellings() {
        for (a, b) in [
            ("Mirela Novak", "Novak"),
            ("Sergei Antonov", "Sergey Antonov"),
            ("Ana Lima-Ortega", "Ana Lima Ortega"),
            ("J. Marsh", "Judith Marsh"),
            ("Judith K. Marsh", "Judith Marsh"),
            ("José Pérez", "Jose Perez"),
            ("Tom Reed Jr.", "Tom Reed"),
        ] {
            assert!(NameKey::new(a).agrees(&NameKey::new(b)), "{a}, {b}");
        }
    }

    #[test]
    fn two_given_names_are_two_people() {
        for (a, b) in [
            ("George W. Lim", "George Herbert Walker Lim"),
            ("Hanna Berg", "Jonas Berg"),
            ("Ann Lee", "Annette Lee"),
            ("Ann Lee", "Ann Leeds"),
        ] {
            assert!(!NameKey::new(a).agrees(&NameKey::new(b)), "{a}, {b}");
        }
    }
}
