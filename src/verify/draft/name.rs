//! Decides whether the speaker in a draft can be the speaker in a source, according to
//! [`identity::person`](crate::identity::person).

use crate::identity::person;
use crate::quotes::Speaker;

/// Returns whether the draft's speaker can be the source's: the names agree, or every word of one name occurs in the
/// other's name and role. Names with different suffixes (`Sr.`, `Jr.`) never agree.
pub(super) fn same(draft: &Speaker, source: &Speaker) -> bool {
    draft.can_be(source)
}

/// Returns the words by which a name is compared; none for an honorific alone.
pub(super) fn key(name: &str) -> Vec<String> {
    person::words(name)
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
