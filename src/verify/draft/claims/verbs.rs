//! The forms of irregular English verbs, which a stemmer does not unify: "know" and "knew".

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The forms of each verb: the base form, the third person, the present participle, and the past forms.
///
/// Verbs whose past is their base form ("cut") need no entry.
const FORMS: &[&str] = &[
    "arise arises arising arose arisen",
    "awake awakes awaking awoke awoken",
    "bear bears bearing bore borne",
    "beat beats beating beaten",
    "become becomes becoming became",
    "begin begins beginning began begun",
    "bend bends bending bent",
    "bind binds binding bound",
    "bite bites biting bit bitten",
    "blow blows blowing blew blown",
    "break breaks breaking broke broken",
    "bring brings bringing brought",
    "build builds building built",
    "burn burns burning burnt",
    "buy buys buying bought",
    "catch catches catching caught",
    "choose chooses choosing chose chosen",
    "come comes coming came",
    "creep creeps creeping crept",
    "deal deals dealing dealt",
    "dig digs digging dug",
    "draw draws drawing drew drawn",
    "drink drinks drinking drank drunk",
    "drive drives driving drove driven",
    "eat eats eating ate eaten",
    "fall falls falling fell fallen",
    "feed feeds feeding fed",
    "feel feels feeling felt",
    "fight fights fighting fought",
    "find finds finding found",
    "flee flees fleeing fled",
    "fly flies flying flew flown",
    "forbid forbids forbidding forbade forbidden",
    "forget forgets forgetting forgot forgotten",
    "forgive forgives forgiving forgave forgiven",
    "freeze freezes freezing froze frozen",
    "get gets getting got gotten",
    "give gives giving gave given",
    "go goes going went gone",
    "grow grows growing grew grown",
    "hang hangs hanging hung",
    "hear hears hearing heard",
    "hide hides hiding hid hidden",
    "hold holds holding held",
    "keep keeps keeping kept",
    "know knows knowing knew known",
    "lay lays laying laid",
    "lead leads leading led",
    "leave leaves leaving left",
    "lend lends lending lent",
    "lose loses losing lost",
    "make makes making made",
    "mean means meaning meant",
    "meet meets meeting met",
    "overcome overcomes overcoming overcame",
    "overthrow overthrows overthrowing overthrew overthrown",
    "pay pays paying paid",
    "prove proves proving proved proven",
    "ride rides riding rode ridden",
    "ring rings ringing rang rung",
    "rise rises rising rose risen",
    "run runs running ran",
    "say says saying said",
    "see sees seeing saw seen",
    "seek seeks seeking sought",
    "sell sells selling sold",
    "send sends sending sent",
    "shake shakes shaking shook shaken",
    "shine shines shining shone",
    "shoot shoots shooting shot",
    "shrink shrinks shrinking shrank shrunk",
    "sing sings singing sang sung",
    "sink sinks sinking sank sunk",
    "sit sits sitting sat",
    "sleep sleeps sleeping slept",
    "speak speaks speaking spoke spoken",
    "spend spends spending spent",
    "stand stands standing stood",
    "steal steals stealing stole stolen",
    "stick sticks sticking stuck",
    "strike strikes striking struck stricken",
    "swear swears swearing swore sworn",
    "sweep sweeps sweeping swept",
    "swim swims swimming swam swum",
    "swing swings swinging swung",
    "take takes taking took taken",
    "teach teaches teaching taught",
    "tear tears tearing tore torn",
    "tell tells telling told",
    "think thinks thinking thought",
    "throw throws throwing threw thrown",
    "undergo undergoes undergoing underwent undergone",
    "understand understands understanding understood",
    "undertake undertakes undertaking undertook undertaken",
    "wake wakes waking woke woken",
    "wear wears wearing wore worn",
    "win wins winning won",
    "withdraw withdraws withdrawing withdrew withdrawn",
    "withstand withstands withstanding withstood",
    "write writes writing wrote written",
];

/// The number of forms at the start of each entry that are not past forms.
const PRESENT: usize = 3;

/// A form of an irregular verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Irregular {
    /// The index of the verb in [`FORMS`].
    pub(super) verb: u8,
    /// Whether it is a past form or a past participle.
    pub(super) is_past: bool,
}

/// Returns the irregular verb of which a word, in lower case, is a form.
pub(super) fn irregular(word: &str) -> Option<Irregular> {
    // Looked up, never iterated.
    static ALL: LazyLock<FxHashMap<&str, Irregular>> = LazyLock::new(|| {
        let mut all = FxHashMap::default();
        for (verb, forms) in (0_u8..).zip(FORMS) {
            for (n, form) in forms.split(' ').enumerate() {
                all.entry(form).or_insert(Irregular { verb, is_past: n >= PRESENT });
            }
        }
        all
    });
    ALL.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::irregular;

    #[test]
    fn the_forms_of_a_verb_are_one() {
        let verb = |word| irregular(word).map(|form| form.verb);
        for (a, b) in [("know", "knew"), ("take", "taken"), ("winning", "won"), ("flies", "flew")] {
            assert!(verb(a).is_some() && verb(a) == verb(b), "{a} {b}");
        }
        assert!(irregular("met").is_some_and(|form| form.is_past));
        assert!(!irregular("meets").is_some_and(|form| form.is_past));
        assert_eq!(irregular("council"), None);
    }
}
