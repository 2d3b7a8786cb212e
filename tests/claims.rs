//! Claims outside quotation marks: honest retellings are accepted, and ten kinds of changes and wrong citations are
//! found with the right code.
//!
//! `claims/cases.tsv` has a line for each kind of sentence that was once wrongly accused or overlooked: honest variants
//! next to changed ones, about the invented article `claims/wire.txt`.

use nutgraf::read;
use nutgraf::text::Collection;
use nutgraf::verify::draft::{self, Format, Options};
use nutgraf::verify::{Code, Report};

const ECHO: &str = "The harbour council of Selm voted 14 to 3 on Tuesday to close the old quay for two years. \
    Mayor Clara Venn said that the repair would cost $61.4 million, up from 3.1% of the budget in 2029. \
    Harbour Secretary Joan Brask told Radio Selm that it was too early to know whether the ferry timetable would change. \
    The minister for roads, Edda Lorne, did not sign the contract, and she never visited the quay. \
    Nearly half of the 212 berths will be moved to Orlen before the winter. \
    The council will hold a closed meeting on Friday to discuss the tenders. \
    Divers found cracks in one of the four piers and said that neither storms nor ice appeared to have caused the damage. \
    Peder Holm, L-North Selm, and Anna Quist, R-Dell, plan to table a bill on harbour fees. \
    Brask Shipping sued Dell Dredging in a court of Orlen over the delayed dredging of the channel. \
    Captain Ivo Marsh, who has steered the ferry for 31 years, is awaiting a decision on his pension.";

const POST: &str = "Divers of the university examined the wreck of the Aurora near Kelmar on 4 March and raised 17 amphorae. \
    Professor Tilde Aske called the find the largest of its kind in Norvia. \
    The museum of Kelmar plans to show the amphorae from October.";

fn sources() -> Collection {
    let article = |id: &str, outlet: &str, text: &str| {
        serde_json::json!({
            "id": id, "title": format!("News of {outlet}"), "source": outlet, "date": "2031-04-02", "lang": "en",
            "url": format!("https://{id}.example/story"), "text": text,
        })
        .to_string()
    };
    let lines =
        [article("echo", "Selm Echo", ECHO), article("post", "Kelmar Post", POST)].join("\n");
    Collection::build(read::read("s.jsonl", lines.as_bytes(), &read::Options::default()).articles)
}

fn verify(draft: &str, sources: &Collection) -> Report {
    let options = Options { format: Some(Format::Markdown), claims: true };
    draft::verify(draft, &options, sources)
}

/// The work for a sentence does not grow with its paragraph: a draft without a line break is checked as fast as any
/// other.
#[test]
fn a_paragraph_of_any_length_is_checked_sentence_by_sentence() {
    let sources = sources();
    let right = "The harbour council of Selm voted 14 to 3 on Tuesday to close the old quay.";
    let wrong = "The harbour council of Selm voted 15 to 2 on Tuesday to close the old quay.";
    let alone = [right, wrong].map(|sentence| verify(sentence, &sources));
    let n = 2_000;
    let report = verify(&format!("{right} {wrong} ").repeat(n), &sources);
    let codes = |report: &Report| report.findings.iter().filter(|f| f.fault).count();
    assert_eq!(codes(&report), n * (codes(&alone[0]) + codes(&alone[1])));
    assert_eq!(report.supported.len(), n * (alone[0].supported.len() + alone[1].supported.len()));
    assert!(codes(&alone[1]) > 0 && !alone[0].supported.is_empty(), "{}", alone[1]);
}

#[test]
fn honest_retellings_are_not_accused() {
    let sources = sources();
    for draft in [
        "Selm's harbour council voted 14-3 on Tuesday to shut the old quay for two years.",
        "The repair will cost about $61 million, the mayor, Clara Venn, said.",
        "The cost was 3.1 percent of the budget of 2029.",
        "It is too early to know if the timetable of the ferry will change, Secretary Brask told Radio Selm.",
        "Lorne has not signed the contract.",
        "The roads minister never visited the quay, and the council will meet in private on Friday.",
        "Almost half of more than 200 berths are going to Orlen.",
        "Cracks were found in one of four piers.",
        "Storms and ice do not appear to be the cause, divers said.",
        "Anna Quist of Dell and Peder Holm of North Selm want a bill on fees.",
        "Dell Dredging was sued by Brask Shipping over the delayed dredging.",
        "The captain, Ivo Marsh, has steered the ferry for more than 30 years.",
        "Divers raised 17 amphorae from the Aurora, near Kelmar, on March 4. [1]\n\n[1]: https://post.example/story",
        "The council voted 14 to 3.[^1]\n\n[^1]: Selm Echo, https://echo.example/story",
    ] {
        let report = verify(draft, &sources);
        assert!(report.holds, "{draft}\n{report:?}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn planted_changes_are_found() {
    let sources = sources();
    for (draft, codes) in [
        // Numbers
        (
            "The council voted 41 to 3 to close the old quay.",
            &[Code::NumberUnsupported, Code::NumberContradicted][..],
        ),
        (
            "The repair would cost $64.1 million, Mayor Clara Venn said.",
            &[Code::NumberContradicted, Code::NumberUnsupported],
        ),
        (
            "Nearly half of the 221 berths will be moved to Orlen.",
            &[Code::NumberContradicted, Code::NumberUnsupported],
        ),
        (
            "About 57 berths will be moved before the winter.",
            &[Code::NumberContradicted, Code::NumberUnsupported],
        ),
        // Dates and days
        (
            "Divers examined the wreck of the Aurora on 14 March.",
            &[Code::DateContradicted, Code::DateUnsupported],
        ),
        (
            "The museum plans to show the amphorae from November.",
            &[Code::DateContradicted, Code::DateUnsupported],
        ),
        (
            "The council voted on Monday to close the old quay for two years.",
            &[Code::DateContradicted, Code::DateUnsupported],
        ),
        // Places and names
        (
            "Nearly half of the 212 berths will be moved to Harrow before the winter.",
            &[Code::NameUnsupported, Code::NameContradicted],
        ),
        (
            "Professor Tilde Moen called the find the largest of its kind.",
            &[Code::NameUnsupported, Code::NameContradicted],
        ),
        (
            "The wreck lies near Tarnby, where divers raised 17 amphorae.",
            &[Code::NameUnsupported, Code::NameContradicted],
        ),
        // Two names exchanged
        (
            "Dell Dredging sued Brask Shipping in a court of Orlen over the delayed dredging.",
            &[Code::Exchanged],
        ),
        // Negation
        (
            "The minister for roads, Edda Lorne, signed the contract and visited the quay.",
            &[Code::NegationContradicted],
        ),
        (
            "Divers found that storms and ice appeared to have caused the damage.",
            &[Code::NegationContradicted],
        ),
        // Attribution
        (
            "Mayor Clara Venn told Radio Selm that it was too early to know whether the ferry timetable would change.",
            &[Code::AttributionContradicted],
        ),
        // Tense of an announcement
        (
            "The council has held a closed meeting to discuss the tenders.",
            &[Code::TenseContradicted],
        ),
        (
            "The council has discussed the tenders in a closed meeting on Friday.",
            &[Code::TenseContradicted],
        ),
        // Part for whole
        (
            "All of the 212 berths will be moved to Orlen before the winter.",
            &[Code::QuantityContradicted],
        ),
        ("Divers found cracks in all four piers.", &[Code::QuantityContradicted]),
    ] {
        let report = verify(draft, &sources);
        assert!(
            !report.holds && report.findings.iter().any(|f| codes.contains(&f.code)),
            "{draft}\n{report:?}"
        );
    }
}

#[test]
fn citations_of_the_wrong_source_are_found() {
    let sources = sources();
    let foot = "\n\n[1]: https://echo.example/story\n[2]: https://post.example/story";
    for draft in [
        // Only the other source names the subject.
        "Tilde Aske called the find the largest of its kind. [1]",
        "Dell Dredging was sued over the channel. [2]",
        "Professor Aske called it the largest find ([Selm Echo](https://echo.example/story)).",
        // A figure from the other source.
        "Divers raised 17 amphorae from the wreck. [1]",
        "The repair would cost $61.4 million. [2]",
        // Words from the other source.
        "The museum plans to show the amphorae. [1]",
    ] {
        let report = verify(&format!("{draft}{foot}"), &sources);
        assert!(
            report.findings.iter().any(|f| f.code == Code::CitationUnsupported),
            "{draft}\n{report:?}"
        );
    }
    for draft in [
        "Tilde Aske called the find the largest of its kind. [2]",
        "Dell Dredging was sued over the channel. [1]",
        "The repair would cost $61.4 million. [1]",
        "The museum plans to show the amphorae. [2]",
        // The two sources together support it.
        "Divers worked in Selm and near Kelmar. [1] [2]",
        // A source that is not available cannot be judged.
        "Tilde Aske called the find the largest of its kind. [3]\n\n[3]: https://elsewhere.example/x",
    ] {
        let report = verify(&format!("{draft}{foot}"), &sources);
        assert!(report.holds, "{draft}\n{report:?}");
    }
}

#[test]
fn a_claim_that_holds_is_shown_with_the_sentence_that_supports_it() {
    let sources = sources();
    for (draft, claim, sentence, reason) in [
        (
            "The council voted to close the old quay on Tuesday.",
            "Tuesday",
            "The harbour council",
            "",
        ),
        ("Nearly half of the 212 berths go to Orlen.", "212", "Nearly half of the 212", ""),
        (
            "The ferry has been steered by Ivo Marsh for 31 years.",
            "Ivo Marsh",
            "Captain Ivo Marsh",
            "",
        ),
        ("The council voted on April 2.", "April 2", "", "date of echo"),
        ("All 17 members of the council took part in the vote.", "17", "Divers", ""),
        ("Divers raised 17 amphorae from the wreck.", "17", "Divers of the university", ""),
    ] {
        let report = verify(draft, &sources);
        let held = report.supported.iter().find(|s| s.text == claim);
        if claim == "17" && draft.starts_with("All") {
            // The only 17 of the sources counts amphorae.
            assert!(held.is_none(), "{draft}\n{report:?}");
            continue;
        }
        let held = held.unwrap_or_else(|| panic!("{draft}\n{report:?}"));
        let shown = held.places.first().map_or("", |place| place.text.as_str());
        assert!(shown.starts_with(sentence), "{draft}\n{held:?}");
        assert!(held.reason.as_deref().unwrap_or("").contains(reason), "{draft}\n{held:?}");
        assert_eq!(report.checked.supported, report.supported.len());
    }
}

#[test]
fn a_value_of_another_sentence_supports_nothing() {
    let sources = sources();
    for draft in [
        "The mayor of Harrow resigned over a scandal in the kitchen in Kelmar.",
        "A baker in the mountains sold bread to Ivo Marsh.",
        "The museum hired a gardener from Orlen.",
    ] {
        let report = verify(draft, &sources);
        let unclear = report.findings.iter().find(|f| f.code == Code::ClaimUnclear);
        let unclear = unclear.unwrap_or_else(|| panic!("{draft}\n{report:?}"));
        assert!(!unclear.fault && !unclear.places.is_empty(), "{unclear:?}");
    }
}

#[test]
fn the_two_numbers_of_a_result_are_one_fact() {
    // 17 and 31 are numbers of the sources, for other things.
    let sources = sources();
    for draft in [
        "Selm's harbour council voted 17 to 3 to close the old quay.",
        "The harbour council voted 31-3 on Tuesday to close the old quay.",
        "On Tuesday the harbour council of Selm voted 14 to 4 to close the old quay.",
        "The council closed the old quay by 17 to 3 on Tuesday, the harbour council voted.",
    ] {
        let report = verify(draft, &sources);
        assert!(!report.holds, "{draft}\n{report:?}");
    }
    for draft in [
        "The harbour council voted 14-3 to close the quay.",
        "The harbour council voted 14–3 on Tuesday to close the old quay.",
        "The budget rose from 14 to 17.",
    ] {
        let report = verify(draft, &sources);
        assert!(report.holds, "{draft}\n{report:?}");
    }
}

/// Returns the invented article of `cases.tsv`.
fn wire(language: &str) -> String {
    news(language, include_str!("claims/wire.txt"))
}

fn news(language: &str, text: &str) -> String {
    serde_json::json!({
        "id": "wire", "title": "News of the week", "source": "Norvia Wire", "date": "2031-04-02", "lang": language,
        "url": "https://wire.example/story", "text": text,
    })
    .to_string()
}

fn collection(lines: &str) -> Collection {
    Collection::build(read::read("s.jsonl", lines.as_bytes(), &read::Options::default()).articles)
}

#[test]
fn honest_and_changed_sentences_of_each_kind_are_distinguished() {
    let sources = collection(&wire("en"));
    check_cases(include_str!("claims/cases.tsv"), &sources);
}

/// Variants of each kind of relation, about half of them changed, about the invented article `claims/council.txt`.
#[test]
fn changed_relations_are_found_in_any_words() {
    let sources = collection(&news("en", include_str!("claims/council.txt")));
    check_cases(include_str!("claims/relations.tsv"), &sources);
}

/// Sentences that resemble contradictions, with changed ones of the same kinds, about the invented article
/// `claims/doubts.txt`.
#[test]
fn what_is_not_sure_is_no_fault() {
    let sources = collection(&news("en", include_str!("claims/doubts.txt")));
    check_cases(include_str!("claims/doubts.tsv"), &sources);
}

/// Language, a text with the adjective of a country, and a draft with the country.
const COUNTRIES: [(&str, &str, &str); 12] = [
    ("en", "They met in the Mexican city of Selmas.", "They met in Selmas, Mexico."),
    ("en", "An Israeli ship was lost off Orlen.", "A ship of Israel was lost off Orlen."),
    ("en", "A Japanese crew found the wreck.", "The wreck was found by a crew from Japan."),
    ("en", "The Swedish yard of Dell closed.", "In Sweden the yard of Dell closed."),
    ("en", "Polish divers left on a tug.", "Divers from Poland left on a tug."),
    ("en", "A French court fined the yard.", "A court in France fined the yard."),
    ("en", "A Norwegian ferry was sold in Norway's north.", "A ferry of Norwegians was sold."),
    ("en", "A Portuguese sailor wrote the log.", "A sailor from Portugal wrote the log."),
    ("en", "Belgian and Lebanese ports closed.", "Ports in Belgium and Lebanon closed."),
    (
        "fr",
        "Le navire a quitté la ville mexicaine de Selmas.",
        "Le navire a quitté Selmas, au Mexique.",
    ),
    (
        "es",
        "El barco salió de la ciudad mexicana de Selmas.",
        "El barco salió de Selmas, en México.",
    ),
    (
        "de",
        "Das Schiff verließ die mexikanische Stadt Selmas.",
        "Das Schiff verließ Selmas in Mexiko.",
    ),
];

#[test]
fn a_country_and_its_adjective_support_each_other() {
    for (language, text, draft) in COUNTRIES {
        let sources = collection(&news(language, text));
        let report = verify(draft, &sources);
        assert!(report.holds, "{draft}\n{report:?}");
    }
    let sources = collection(&news("en", "They met in the Mexican city of Selmas."));
    assert!(!verify("They met in Selmas, Morocco.", &sources).holds);
}

/// Checks a table of sentences: the kind, the code, "note" or "honest", and the sentence.
fn check_cases(table: &str, sources: &Collection) {
    let cases = table.lines().filter(|line| !line.starts_with('#'));
    let mut wrong = Vec::new();
    for case in cases {
        let [kind, expected, draft] = case.split('\t').collect::<Vec<_>>()[..] else {
            wrong.push(format!("not three columns: {case}"));
            continue;
        };
        let report = verify(draft, sources);
        let faults: Vec<&str> =
            report.findings.iter().filter(|f| f.fault).map(|f| f.code.name()).collect();
        let is_right = match expected {
            "honest" => faults.is_empty() && report.holds,
            "note" => report.holds && report.findings.iter().any(|f| f.code == Code::ClaimUnclear),
            code => faults.contains(&code),
        };
        if !is_right {
            let shown: Vec<_> = report.findings.iter().filter(|f| f.fault).collect();
            wrong.push(format!("{kind}, {expected}: {draft}\n    {shown:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Language, text, drafts that hold, and drafts that add or drop a negation.
const NEGATIONS: [(&str, &str, [&str; 4], [&str; 3]); 3] = [
    (
        "de",
        "Der Rat von Selm hat den Vertrag über den Hafen am Freitag unterschrieben. \
         Die Ministerin Edda Lorne besuchte die alte Brücke von Dell nicht. \
         Die Taucher fanden im Wrack der Aurora keine Münzen.",
        [
            "Der Rat von Selm hat am Freitag den Vertrag über den Hafen unterschrieben.",
            "Die alte Brücke von Dell besuchte die Ministerin Edda Lorne nicht.",
            "Im Wrack der Aurora fanden die Taucher keine Münzen.",
            "Nicht nur der Rat von Selm hat den Vertrag über den Hafen am Freitag unterschrieben.",
        ],
        [
            "Der Rat von Selm hat den Vertrag über den Hafen am Freitag nicht unterschrieben.",
            "Die Ministerin Edda Lorne besuchte die alte Brücke von Dell.",
            "Die Taucher fanden im Wrack der Aurora Münzen.",
        ],
    ),
    (
        "fr",
        "Le conseil de Selm a signé vendredi le contrat du port. \
         La ministre Edda Lorne n'a pas visité le vieux pont de Dell. \
         Les plongeurs ont trouvé dix pièces dans l'épave de l'Aurora.",
        [
            "Vendredi, le conseil de Selm a signé le contrat du port.",
            "Edda Lorne, la ministre, n'a pas visité le vieux pont de Dell.",
            "Dans l'épave de l'Aurora les plongeurs ont trouvé dix pièces.",
            "Si la ministre Edda Lorne a visité le vieux pont de Dell, personne ne le sait.",
        ],
        [
            "Le conseil de Selm n'a pas signé vendredi le contrat du port.",
            "La ministre Edda Lorne a visité le vieux pont de Dell.",
            "Les plongeurs n'ont jamais trouvé dix pièces dans l'épave de l'Aurora.",
        ],
    ),
    (
        "es",
        "El consejo de Selm firmó el viernes el contrato del puerto. \
         La ministra Edda Lorne no visitó el viejo puente de Dell. \
         Los buzos nunca encontraron monedas en el barco hundido Aurora.",
        [
            "El viernes el consejo de Selm firmó el contrato del puerto.",
            "El viejo puente de Dell no lo visitó la ministra Edda Lorne.",
            "Los buzos no encontraron monedas en el barco hundido Aurora.",
            "La ministra Edda Lorne podría haber visitado el viejo puente de Dell.",
        ],
        [
            "El consejo de Selm no firmó el viernes el contrato del puerto.",
            "La ministra Edda Lorne visitó el viejo puente de Dell.",
            "Los buzos encontraron monedas en el barco hundido Aurora.",
        ],
    ),
];

/// A clause with nearly the words of a source's, with a negation that the source does not have, or without its own.
#[test]
fn negations_are_compared_in_other_languages() {
    for (lang, text, honest, changed) in NEGATIONS {
        let article = serde_json::json!({
            "id": "a", "title": "Selm", "source": "Selm Echo", "date": "2031-04-02", "lang": lang,
            "url": "https://a.example/x", "text": text,
        });
        let sources = collection(&article.to_string());
        let denies = |draft: &str| {
            let report = verify(draft, &sources);
            report.findings.iter().any(|f| f.code == Code::NegationContradicted)
        };
        for draft in honest {
            assert!(!denies(draft), "{draft}");
        }
        for draft in changed {
            assert!(denies(draft), "{draft}");
        }
    }
}

/// The draft is read in the language of most articles, which may read figures otherwise than the article that it repeats.
#[test]
fn a_sentence_of_a_source_is_supported_in_any_language() {
    let german = |id: &str, text: &str| {
        serde_json::json!({
            "id": id, "title": "Hafen", "source": "Selmer Bote", "date": "2031-04-02", "lang": "de",
            "url": format!("https://{id}.example/x"), "text": text,
        })
        .to_string()
    };
    let lines = [
        german("a", "Der Hafen von Selm wird im Winter geschlossen. Der Rat tagt am Freitag."),
        german(
            "b",
            "The loss reached 572,500 crowns and 1.5 tons, the yard of Dell said on Monday.",
        ),
        wire("en"),
    ];
    let sources = collection(&lines.join("\n"));
    let article = include_str!("claims/wire.txt");
    let first = article.split("\n\n").next().unwrap_or_default();
    for draft in [
        "The loss reached 572,500 crowns and 1.5 tons, the yard of Dell said on Monday.",
        "The loss reached 572,500 crowns and 1.5 tons, the yard of Dell said on Monday. (Selmer Bote)",
        "Der Rat tagt am Freitag. The loss reached 572,500 crowns and 1.5 tons, the yard of Dell said on Monday.",
        first,
    ] {
        let report = verify(draft, &sources);
        assert!(report.holds && !report.supported.is_empty(), "{draft}\n{report:?}");
    }
    // The same figures in another sentence are compared.
    let report =
        verify("The loss reached 672,500 crowns, the yard of Dell said on Monday.", &sources);
    assert!(!report.holds, "{report:?}");
}
