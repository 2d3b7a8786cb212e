//! Whether two names can be of one person.

use crate::quotes::Speaker;

/// Returns whether the draft's speaker can be the source's: the surname is the same and no given name conflicts, or
/// every word of the one stands in the other's name and role.
pub(super) fn same(draft: &Speaker, source: &Speaker) -> bool {
    let (a, b) = (words(&draft.name), words(&source.name));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    let surname = last_a == last_b && given_names_agree(&a, &b);
    surname || within(&a, source) || within(&b, draft)
}

fn given_names_agree(a: &[String], b: &[String]) -> bool {
    let (first_a, first_b) = (a.first(), b.first());
    let initials = |x: &str, y: &str| {
        (x.chars().count() == 1 || y.chars().count() == 1) && x.chars().next() == y.chars().next()
    };
    match (first_a, first_b) {
        (Some(x), Some(y)) if a.len() > 1 && b.len() > 1 => {
            x == y
                || initials(x, y)
                || a.iter().skip(1).any(|w| w == y)
                || b.iter().skip(1).any(|w| w == x)
        }
        _ => true,
    }
}

/// Returns the words that a name is compared by; none for an honorific alone.
pub(super) fn key(name: &str) -> Vec<String> {
    words(name)
}

fn within(name: &[String], other: &Speaker) -> bool {
    let mut all = words(&other.name);
    all.extend(other.role.as_deref().map(words).unwrap_or_default());
    !name.is_empty() && name.iter().all(|w| all.contains(w))
}

/// The words of a name in lower case, hyphens as spaces, without articles and forms of address.
fn words(name: &str) -> Vec<String> {
    const ADDRESS: [&str; 20] = [
        "mr", "mrs", "ms", "miss", "dr", "sir", "the", "a", "an", "herr", "frau", "der", "die",
        "m", "mme", "le", "la", "el", "señor", "señora",
    ];
    let folded = name.to_lowercase().replace(['-', '.', '’', '\''], " ");
    let words = folded.split_whitespace().filter(|w| !ADDRESS.contains(w));
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::same;
    use crate::quotes::Speaker;

    #[test]
    fn a_surname_joins_and_given_names_part() {
        let person = |name: &str, role: Option<&str>| Speaker {
            name: name.to_owned(),
            role: role.map(str::to_owned),
        };
        let lavrov = person("Sergei Lavrov", Some("Foreign Minister"));
        assert!(same(&person("Mr Lavrov", None), &lavrov));
        assert!(same(&person("the foreign minister", None), &lavrov));
        assert!(same(&person("S. Lavrov", None), &lavrov));
        assert!(!same(&person("Anna Lavrov", None), &lavrov));
        assert!(!same(&person("Benita Ferrero-Waldner", None), &lavrov));
        let both = (person("Benita Ferrero Waldner", None), person("Ferrero-Waldner", None));
        assert!(same(&both.0, &both.1));
    }
}
