//! The invariants of a summary, on invented articles and on any text.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use nutgraf::article::{Article, ArticleId, Block, BlockKind};
use nutgraf::budget::Budget;
use nutgraf::language::Language;
use nutgraf::span::Span;
use nutgraf::stories::{self, Story};
use nutgraf::summary::{
    self, CandidateSet, Constraints, Explanation, Extract, Method, Params, Verdict, solve,
    summarize,
};
use nutgraf::text::Collection;
use proptest::prelude::*;

const METHODS: [Method; 4] = [Method::Auto, Method::TfIdf, Method::LexRank, Method::Lead];

fn article(id: &str, paragraphs: &[String]) -> Article {
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for paragraph in paragraphs {
        let start = text.len();
        text.push_str(paragraph);
        let span = Span::new(start, text.len()).trimmed(&text);
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
        text.push_str("\n\n");
    }
    let lang = Language::parse("en").unwrap();
    Article { id: ArticleId::given(id), lang, text, blocks, ..Article::default() }
}

fn together(articles: Vec<Article>) -> (Collection, Story) {
    let collection = Collection::build(articles);
    let story = stories::single(&collection, &stories::Params::default());
    (collection, story)
}

fn explain(
    collection: &Collection,
    story: &Story,
    budget: Budget,
    params: &Params,
) -> Vec<summary::Considered> {
    let set = CandidateSet::new(collection, story, params, None);
    summary::explain(&set, budget, &Constraints::default())
}

fn texts(collection: &Collection, extract: &Extract) -> Vec<String> {
    let text = |c: &summary::Chosen| collection.sentence_text(c.at.article, c.at.sentence);
    extract.sentences.iter().map(|c| text(c).to_owned()).collect()
}

fn cost(budget: Budget, sentences: &[String]) -> usize {
    match budget {
        Budget::Words(_) | Budget::Ratio(_) => nutgraf::budget::words(&sentences.join(" ")),
        Budget::Sentences(_) => sentences.len(),
        Budget::Chars(_) => sentences.join(" ").chars().count(),
    }
}

fn check(collection: &Collection, extract: &Extract, budget: Budget, limit: usize) {
    let shown = texts(collection, extract);
    let used = cost(budget, &shown);
    assert!(used <= limit, "{used} of {limit}: {shown:?}");
    assert_eq!(extract.used, used);
    let places: BTreeSet<_> = extract.sentences.iter().map(|c| c.at).collect();
    assert_eq!(places.len(), shown.len(), "a sentence twice: {shown:?}");
    let distinct: BTreeSet<&String> = shown.iter().collect();
    assert_eq!(distinct.len(), shown.len(), "the same words twice: {shown:?}");
    for sentence in &shown {
        assert!(!sentence.is_empty());
        let hebrew = sentence.chars().any(|c| matches!(c, '\u{5d0}'..='\u{5ea}'));
        // A mark after a digit measures inches, and a straight mark pairs with curly or doubled ones.
        let others = ["“", "”", "„", "‟", "''", "``"];
        let mixed = others.iter().any(|mark| sentence.contains(mark));
        let is_inch =
            |at: usize| sentence.get(..at).unwrap_or("").ends_with(|c: char| c.is_ascii_digit());
        let marks = sentence.matches('"').count();
        let inches = sentence.match_indices('"').filter(|(at, _)| is_inch(*at)).count();
        let even = marks % 2 == 0 || (marks - inches) % 2 == 0;
        assert!(hebrew || mixed || even, "half a quotation: {sentence}");
    }
    for chosen in &extract.sentences {
        let Explanation { terms, factors, score } = &chosen.explanation;
        let gain: f64 = terms.iter().map(|t| t.1).sum();
        let product = factors.iter().fold(gain, |p, f| p * f.1);
        assert!((product - score).abs() < 1e-9 && (score - chosen.score.value()).abs() < 1e-9);
    }
}

/// Sentences of a small invented vocabulary, some of them dependent, questions, quotations or truncated.
fn sentence() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "the",
        "ferry",
        "harbour",
        "Minister",
        "Ann",
        "Lee",
        "closed",
        "on",
        "Monday",
        "storm",
        "after",
        "two",
        "crews",
        "of",
        "300",
        "passengers",
        "said",
        "council",
        "repairs",
        "pier",
    ]);
    let start = prop::sample::select(vec!["The", "But the", "She", "A", "\"We", "On Monday", "In"]);
    let end = prop::sample::select(vec![".", ".", ".", "?", "\".", ":", "!"]);
    (start, prop::collection::vec(words, 1..18), end)
        .prop_map(|(start, words, end)| format!("{start} {}{end}", words.join(" ")))
}

fn articles() -> impl Strategy<Value = Vec<Vec<String>>> {
    let paragraph = prop::collection::vec(sentence(), 1..4).prop_map(|s| s.join(" "));
    prop::collection::vec(prop::collection::vec(paragraph, 0..6), 1..6)
}

fn budget() -> impl Strategy<Value = Budget> {
    prop_oneof![
        (0..120_usize).prop_map(Budget::Words),
        (0..8_usize).prop_map(Budget::Sentences),
        (0..700_usize).prop_map(Budget::Chars),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_method_keeps_the_laws(given in articles(), budget in budget()) {
        let articles = given.iter().enumerate().map(|(i, p)| article(&format!("a{i}"), p)).collect();
        let (collection, story) = together(articles);
        for method in METHODS {
            let params = Params { method, ..Params::default() };
            let extract = summarize(&collection, &story, budget, &params);
            check(&collection, &extract, budget, budget.limit());
        }
    }

    #[test]
    fn the_order_of_the_articles_changes_nothing(given in articles(), seed in any::<u64>()) {
        let mut articles: Vec<Article> =
            given.iter().enumerate().map(|(i, p)| article(&format!("a{i}"), p)).collect();
        let (collection, story) = together(articles.clone());
        let n = articles.len();
        for i in 0..n {
            articles.swap(i, (seed as usize / (i + 1)) % n);
        }
        let (permuted, same_story) = together(articles);
        for method in METHODS {
            let params = Params { method, ..Params::default() };
            let shown = |c: &Collection, s: &Story| {
                let extract = summarize(c, s, Budget::Words(60), &params);
                let scores: Vec<_> = extract.sentences.iter().map(|c| c.explanation.clone()).collect();
                (texts(c, &extract), scores)
            };
            prop_assert_eq!(shown(&collection, &story), shown(&permuted, &same_story));
        }
    }

    #[test]
    fn any_text_is_summarized(text in any::<String>(), other in any::<String>(), budget in budget()) {
        let (collection, story) = together(vec![article("a", &[text]), article("b", &[other])]);
        for method in METHODS {
            let params = Params { method, ..Params::default() };
            check(&collection, &summarize(&collection, &story, budget, &params), budget, budget.limit());
        }
    }
}

#[test]
fn a_budget_for_two_sentences_cites_two_articles() {
    let first = "The old harbour of the town closed on Monday after a storm broke the pier. \
                 The old harbour of the town will stay closed until repairs of the pier are done."
        .to_owned();
    let second = "Fishing crews were told to land their catch elsewhere this month.".to_owned();
    let (collection, story) = together(vec![article("a", &[first]), article("b", &[second])]);
    let extract = summarize(&collection, &story, Budget::Sentences(2), &Params::default());
    let cited: BTreeSet<_> = extract.sentences.iter().map(|c| c.at.article).collect();
    assert_eq!(cited.len(), 2);
}

#[test]
fn every_sentence_is_explained() {
    let first =
        "The old harbour of the town closed on Monday after a storm broke the pier. Why now? \
                 She said the pier would be repaired before the winter comes to the town."
            .to_owned();
    let second = "The old harbour of the town closed after a storm broke the pier, the mayor said."
        .to_owned();
    let (collection, story) = together(vec![article("a", &[first]), article("b", &[second])]);
    let considered = explain(&collection, &story, Budget::Sentences(1), &Params::default());
    let chosen = considered.iter().filter(|c| c.verdict == Verdict::Chosen).count();
    assert_eq!((considered.len(), chosen), (4, 1));
    assert!(considered.iter().any(|c| matches!(c.verdict, Verdict::Redundant(_))));
    assert!(considered.iter().any(|c| matches!(c.verdict, Verdict::Unfit(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn explanations_are_those_of_the_summary(given in articles(), budget in budget()) {
        let articles = given.iter().enumerate().map(|(i, p)| article(&format!("a{i}"), p)).collect();
        let (collection, story) = together(articles);
        for method in METHODS {
            let params = Params { method, ..Params::default() };
            let extract = summarize(&collection, &story, budget, &params);
            let considered = explain(&collection, &story, budget, &params);
            let chosen = || considered.iter().filter(|c| c.verdict == Verdict::Chosen);
            prop_assert_eq!(chosen().count(), extract.sentences.len());
            for sentence in &extract.sentences {
                let same = |c: &&summary::Considered| c.at == sentence.at;
                prop_assert_eq!(chosen().find(same).map(|c| &c.explanation), Some(&sentence.explanation));
            }
            for Explanation { terms, factors, score } in considered.iter().map(|c| &c.explanation) {
                let gain: f64 = terms.iter().map(|t| t.1).sum();
                let product = factors.iter().fold(gain, |p, f| p * f.1);
                prop_assert!((product - score).abs() < 1e-9);
            }
            let places: BTreeSet<_> = considered.iter().map(|c| c.at).collect();
            prop_assert_eq!(places.len(), considered.len());
        }
    }
}

#[test]
fn a_summary_of_several_articles_opens_with_a_lede() {
    let told = |n: usize| {
        vec![
            format!("Divers of club {n} met at the lake on Sunday for their yearly outing."),
            "The old harbour of the town closed on Monday after a storm broke the pier.".to_owned(),
            "Repairs of the old harbour and of the pier take the town until the winter.".to_owned(),
        ]
    };
    let articles = (0..4).map(|n| article(&format!("a{n}"), &told(n))).collect();
    let collection = Collection::build(articles);
    let story = Story { articles: (0..4).collect(), ..Story::default() };
    let extract = summarize(&collection, &story, Budget::Words(45), &Params::default());
    assert_eq!(extract.sentences[0].at.sentence, 0);
    assert!(texts(&collection, &extract).iter().any(|s| s.contains("harbour")));
}

#[test]
fn speech_without_its_speaker_is_not_shown_alone() {
    let told = [
        "The harbour of the town closed on Monday after a storm broke the pier. \"It was dark on the \
         pier. The harbour of the town was closed by the storm. Nobody came,\" the keeper said.",
        "We closed the harbour of the town when the storm broke the pier on Monday.",
        "\"The harbour of the town closed after a storm broke the pier.\"",
    ];
    let paragraphs: Vec<String> = told.iter().map(|s| (*s).to_owned()).collect();
    let other = "Forty boats of the town lay beside the pier when the storm reached the harbour."
        .to_owned();
    let (collection, story) = together(vec![article("a", &paragraphs), article("b", &[other])]);
    let extract = summarize(&collection, &story, Budget::Words(35), &Params::default());
    let shown = texts(&collection, &extract);
    assert_eq!(shown.len(), 2, "{shown:?}");
    for speech in ["Nobody came", "We closed", "was closed by", "\"The harbour"] {
        assert!(!shown.iter().any(|s| s.contains(speech)), "{shown:?}");
    }
}

#[test]
fn sentences_between_the_marks_of_a_quotation_are_not_shown_as_the_reporters() {
    let inner = "The tunnel will flood again before the winter is over.";
    for (open, close) in [
        ("\"", "\""),
        ("“", "”"),
        ("„", "“"),
        ("„", "”"),
        ("«", "»"),
        ("»", "«"),
        ("''", "''"),
        ("「", "」"),
    ] {
        let paragraphs = [
            format!(
                "{open}The pumps failed on Monday. Nobody was warned,{close} engineer Ada Okland said, and \
                 added: {open}The gates were open. {inner} We have no plan for it.{close}"
            ),
            format!("{open}It was late. {inner} Nobody slept.{close} Ada Okland left for Lenn."),
            format!("Ada Okland said: {open}We knew. {inner} The gates of the tunnel were open."),
            "The council of Lenn closed the tunnel on Monday after the flood of the river.".into(),
        ];
        let (collection, story) = together(vec![article("a", &paragraphs)]);
        for method in METHODS {
            let params = Params { method, ..Params::default() };
            let extract = summarize(&collection, &story, Budget::Words(200), &params);
            let texts = texts(&collection, &extract);
            assert!(!texts.is_empty(), "{open}{close}");
            assert!(!texts.iter().any(|text| text.contains(inner)), "{open}{close} {texts:?}");
        }
    }
}

#[test]
fn nothing_is_told_of_captions_alone() {
    for caption in [
        "Mayor Ann Lee is seen in the harbour of Lenn on Monday. (Reuters/Jo Roe)",
        "The old pier of Lenn after the storm. (AP Photo/Jan Roe)",
        "Jan Roe walks along the closed pier in Lenn. Ada Okland/AP",
        "(Photo: Jan Roe)",
    ] {
        let (collection, story) = together(vec![article("a", &[caption.to_owned()])]);
        let extract = summarize(&collection, &story, Budget::Words(100), &Params::default());
        let texts = texts(&collection, &extract);
        assert!(!texts.iter().any(|t| t.contains("Roe") || t.contains("/AP")), "{texts:?}");
    }
}

#[test]
fn a_fact_is_told_once() {
    let told = [
        [
            "A dam broke near Lenn on Monday, officials said, and two people died.",
            "Engineers had warned of cracks in the old wall since the spring.",
        ],
        [
            "A dam broke near Lenn on Monday, officials said.",
            "The valley below was cleared before noon, and schools took in the families.",
        ],
        [
            "A dam broke near Lenn on Monday, officials said; two died.",
            "Trains to Port Anselm turn back at the bridge until the water is gone.",
        ],
    ];
    let articles = told
        .iter()
        .enumerate()
        .map(|(n, told)| article(&format!("a{n}"), &told.map(str::to_owned)));
    let (collection, story) = together(articles.collect());
    for budget in [Budget::Sentences(4), Budget::Words(30), Budget::Words(100)] {
        let shown = texts(&collection, &summarize(&collection, &story, budget, &Params::default()));
        assert_eq!(shown.iter().filter(|s| s.starts_with("A dam broke")).count(), 1, "{shown:?}");
        assert!(shown[0].contains("two"), "{shown:?}");
    }
    let set = CandidateSet::new(&collection, &story, &Params::default(), None);
    let constraints = Constraints { min_sources: Some(3), ..Constraints::default() };
    let extract = solve(&set, Budget::Words(35), &constraints);
    let drawn_on: BTreeSet<_> = extract.sentences.iter().map(|c| c.at.article).collect();
    assert_eq!(drawn_on.len(), 3, "what is asked for is kept: {:?}", texts(&collection, &extract));
}

#[test]
fn another_number_or_name_is_another_fact() {
    let told = [
        "The flood of the river Lenn closed 12 schools on Monday, the county said.",
        "The flood of the river Lenn closed 30 schools on Monday, the county said.",
        "The flood of the river Orra closed 12 schools on Monday, the county said.",
    ];
    let articles =
        told.iter().enumerate().map(|(n, told)| article(&format!("a{n}"), &[(*told).to_owned()]));
    let (collection, story) = together(articles.collect());
    let extract = summarize(&collection, &story, Budget::Words(100), &Params::default());
    assert_eq!(extract.sentences.len(), 3, "{:?}", texts(&collection, &extract));
}

#[test]
fn opposite_claims_are_both_told() {
    for (lang, one, other) in [
        (
            "en",
            "The jury found the harbour master of Lenn guilty of taking bribes.",
            "The jury found the harbour master of Lenn not guilty of taking bribes.",
        ),
        (
            "en",
            "Profits of the ferry line rose sharply in the spring, the owners said.",
            "Profits of the ferry line fell sharply in the spring, the owners said.",
        ),
        (
            "en",
            "Moretti resigned on Monday over the scandal in the harbour of Lenn.",
            "Over the scandal in the harbour of Lenn, Lenz resigned on Monday.",
        ),
        (
            "de",
            "Der Stadtrat stimmte am Montag für die Schließung des alten Hafens.",
            "Der Stadtrat stimmte am Montag gegen die Schließung des alten Hafens.",
        ),
    ] {
        let lang = Language::parse(lang).unwrap();
        let articles = [("a", one), ("b", other)];
        let articles =
            articles.map(|(id, text)| Article { lang, ..article(id, &[text.to_owned()]) });
        let (collection, story) = together(articles.to_vec());
        let extract = summarize(&collection, &story, Budget::Words(60), &Params::default());
        assert_eq!(extract.sentences.len(), 2, "{:?}", texts(&collection, &extract));
    }
}

#[test]
fn what_is_taken_as_known_is_told_before() {
    let first = [
        "A container ship lost two hundred boxes off the northern coast on Monday.",
        "The boxes carry toys, shoes and shelves for three chains of shops.",
        "A storm is due on the northern coast, the weather service warned on Tuesday.",
    ];
    let second = [
        "The coast guard warned ships off the northern coast on Monday.",
        "The boxes carry toys, shoes and shelves for three shops, the guard warned.",
        "A storm is due on the northern coast on Tuesday, the service said.",
    ];
    let article_of =
        |id, told: &[&str]| article(id, &told.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
    let (collection, story) = together(vec![article_of("a", &first), article_of("b", &second)]);
    for words in [20, 30, 45] {
        let extract = summarize(&collection, &story, Budget::Words(words), &Params::default());
        let shown = texts(&collection, &extract);
        let boxes = |s: &String| s.contains("boxes");
        let known = shown.iter().position(|s| s.starts_with("The boxes"));
        assert!(known.is_none() || shown.iter().filter(|s| boxes(s)).count() > 1, "{shown:?}");
    }
}

#[test]
fn a_large_story_is_ranked_by_a_sample_of_its_sentences() {
    let text = |n: usize| -> Vec<String> {
        let sentence = |s: usize| {
            let (pier, crew) = ((n * 7 + s) % 31, (n + s * 5) % 17);
            format!(
                "Harbour {s} closed on Monday after storm {pier} broke the pier of crew {crew}."
            )
        };
        (0..25).map(sentence).collect()
    };
    let articles = (0..90).map(|n| article(&format!("a{n:02}"), &text(n))).collect();
    let collection = Collection::build(articles);
    let story = Story { articles: (0..90).collect(), ..Story::default() };
    let params = Params { method: Method::LexRank, ..Params::default() };
    let extract = summarize(&collection, &story, Budget::Words(60), &params);
    check(&collection, &extract, Budget::Words(60), 60);
    assert_eq!(extract.sentences.len(), 4);
}

#[test]
fn what_the_caller_asks_for_is_kept() {
    let text = |n: usize| {
        format!("The harbour of town number {n} closed on Monday after a storm broke pier {n}.")
    };
    let articles: Vec<Article> = (0..4).map(|n| article(&format!("a{n}"), &[text(n)])).collect();
    let (collection, story) = together(articles);
    let set = CandidateSet::new(&collection, &story, &Params::default(), None);
    let cited = |constraints: &Constraints| -> Vec<usize> {
        let extract = solve(&set, Budget::Sentences(2), constraints);
        let mut cited: Vec<usize> = extract.sentences.iter().map(|c| c.at.article).collect();
        cited.sort_unstable();
        cited
    };
    let at = |article| summary::SentenceRef { article, sentence: 0 };
    assert_eq!(cited(&Constraints { banned: vec![0, 1], ..Constraints::default() }), [2, 3]);
    assert!(cited(&Constraints { pinned: vec![3], ..Constraints::default() }).contains(&3));
    assert_eq!(
        cited(&Constraints { without: vec![at(0), at(2)], ..Constraints::default() }),
        [1, 3]
    );
    assert_eq!(cited(&Constraints { shown: vec![at(1), at(2)], ..Constraints::default() }), [0, 3]);
    let quoted = vec![(0, Span::new(4, 11)), (3, Span::new(4, 11))];
    assert_eq!(cited(&Constraints { quoted, ..Constraints::default() }), [1, 2]);
    assert!(cited(&Constraints { max_share: Some(0.5), ..Constraints::default() }).is_empty());
}

#[test]
fn the_lede_reports_the_event_of_the_headline() {
    let told = [
        "For years the keepers of Lenn had looked after the old pier like a child of their own.",
        "On a clear day one sees the islands from here, and the smoke of the mills.",
        "A storm destroyed the pier of Lenn on Monday and closed the harbour to every ship.",
    ];
    let other = "The harbour of Lenn was closed to ships after the storm broke its pier on Monday.";
    let first = Article {
        title: "Storm destroys pier, closes Lenn harbour".to_owned(),
        ..article("a", &told.map(str::to_owned))
    };
    let second = Article {
        title: "Lenn harbour closed after storm".to_owned(),
        ..article("b", &[other.to_owned()])
    };
    let (collection, story) = together(vec![first, second]);
    let set = CandidateSet::new(&collection, &story, &Params::default(), None);
    let lede = |budget, constraints: &Constraints| {
        let at = summary::lede(&set, budget, constraints)?;
        Some(collection.sentence_text(at.article, at.sentence))
    };
    let found = lede(Budget::Words(40), &Constraints::default());
    assert!(found.is_some_and(|s| s.contains("storm")), "{found:?}");
    let banned = Constraints { banned: vec![1], ..Constraints::default() };
    assert_eq!(lede(Budget::Words(40), &banned), Some(told[2]));
    assert_eq!(lede(Budget::Words(3), &Constraints::default()), None);
}

/// Language, title, a scene, and the sentence with the news.
const SCENES: [(&str, &str, &str, &str); 10] = [
    (
        "en",
        "Council closes old pier of Lenn",
        "The gulls have the harbour to themselves.",
        "The council closed the old pier of Lenn on Monday after divers found long cracks in two of its pillars.",
    ),
    (
        "en",
        "Bakers of Orra strike over flour prices",
        "June smells of bread in Orra.",
        "The bakers of Orra began a strike on Tuesday over the prices of flour, which have doubled since the winter.",
    ),
    (
        "en",
        "Inquiry blames ferry company for accident",
        "Ada Okland still hears the water at night.",
        "An inquiry blamed the ferry company on Friday for the accident in which nine people lost their lives last May.",
    ),
    (
        "en",
        "Museum returns bronze heads to Norvia",
        "Old bronze has a long memory.",
        "The museum of Arvenholt will return twelve bronze heads to Norvia, its director said on Thursday in a letter.",
    ),
    (
        "en",
        "Voters reject new stadium",
        "For a week the town spoke of nothing else.",
        "Voters rejected the new stadium by 5,200 votes to 3,100 on Sunday, although the mayor had promised them jobs.",
    ),
    (
        "de",
        "Stadtrat schließt alte Brücke in Lenn",
        "Am Hafen ist es still geworden.",
        "Der Stadtrat hat am Montag die alte Brücke in Lenn geschlossen, weil Taucher in zwei Pfeilern lange Risse fanden.",
    ),
    (
        "fr",
        "Le conseil ferme le vieux pont de Lenn",
        "Le port est bien calme ce matin.",
        "Le conseil a fermé lundi le vieux pont de Lenn après la découverte par des plongeurs de fissures dans deux piliers.",
    ),
    (
        "es",
        "El consejo cierra el viejo puente de Lenn",
        "El puerto amanece en silencio.",
        "El consejo cerró el lunes el viejo puente de Lenn después de que unos buzos hallaran grietas en dos pilares.",
    ),
    (
        "sv",
        "Rådet stänger den gamla bron i Lenn",
        "Hamnen är tyst denna morgon.",
        "Rådet stängde på måndagen den gamla bron i Lenn sedan dykare hade hittat långa sprickor i två av pelarna.",
    ),
    (
        "it",
        "Il consiglio chiude il vecchio ponte di Lenn",
        "Il porto tace in questa stagione.",
        "Il consiglio ha chiuso lunedì il vecchio ponte di Lenn dopo che i sommozzatori hanno trovato crepe in due piloni.",
    ),
];

#[test]
fn a_scene_before_the_news_is_not_the_lede() {
    let rest = |lang: &str| match lang {
        "de" => "Fähren fahren nun alle zehn Minuten vom nördlichen Ufer ab.",
        "fr" => "Des bacs partent toutes les dix minutes de la rive nord.",
        "es" => "Los barcos salen cada diez minutos de la orilla norte.",
        "sv" => "Färjorna går nu var tionde minut från den norra stranden.",
        "it" => "I traghetti partono ogni dieci minuti dalla riva nord.",
        _ => "Ferries now leave every ten minutes from the northern shore.",
    };
    for (lang, title, scene, news) in SCENES {
        let told = [scene, news, rest(lang)].map(str::to_owned);
        let lang = Language::parse(lang).unwrap();
        let article = Article { title: title.to_owned(), lang, ..article("a", &told) };
        let (collection, story) = together(vec![article]);
        let set = CandidateSet::new(&collection, &story, &Params::default(), None);
        let lede = summary::lede(&set, Budget::Words(80), &Constraints::default());
        assert_eq!(lede.map(|at| at.sentence), Some(1), "{news}");
    }
}

#[test]
fn the_first_sentence_of_a_terse_report_is_its_lede() {
    let told = [
        "A strong earthquake shook Lenn on Monday.",
        "Nobody was hurt in the port or in the villages.",
        "Two chimneys fell in the old town of Orra.",
    ];
    let title = "Earthquake shakes Lenn".to_owned();
    let article = Article { title, ..article("a", &told.map(str::to_owned)) };
    let (collection, story) = together(vec![article]);
    let set = CandidateSet::new(&collection, &story, &Params::default(), None);
    let lede = summary::lede(&set, Budget::Words(80), &Constraints::default());
    assert_eq!(lede.map(|at| at.sentence), Some(0));
}

#[test]
fn no_filler_is_taken_because_it_fits() {
    let told = [
        "A storm destroyed the pier of Lenn on Monday and closed the harbour to every ship.",
        "Repairs of the pier will take the town of Lenn until the winter, the harbour master said.",
        "Pancakes taste best with plum jam.",
    ];
    let other = "Fishing crews of Lenn land their catch in Orra until the pier of Lenn is mended.";
    let first = article("a", &told.map(str::to_owned));
    let second = article("b", &[other.to_owned()]);
    let (collection, story) = together(vec![first, second]);
    let extract = summarize(&collection, &story, Budget::Words(110), &Params::default());
    let shown = texts(&collection, &extract);
    assert_eq!(shown.len(), 3, "{shown:?}");
    assert!(!shown.iter().any(|s| s.contains("Pancakes")), "{shown:?}");
}

#[test]
fn nothing_is_shown_where_no_sentence_fits() {
    let text =
        "The old harbour of the town closed on Monday after a storm broke the pier.".to_owned();
    let (collection, story) = together(vec![article("a", &[text])]);
    let extract = summarize(&collection, &story, Budget::Words(5), &Params::default());
    assert!(extract.sentences.is_empty());
    let extract = summarize(&collection, &story, Budget::Chars(74), &Params::default());
    assert_eq!((extract.sentences.len(), extract.used), (1, 74));
}

/// Articles that report on a storm at length, and in one sentence each on the ferry.
fn storm_and_ferry() -> (Collection, Story) {
    let told = [
        [
            "The storm tore roofs from forty houses along the northern coast on Monday.",
            "Rescue crews from three counties reached the villages before nightfall.",
            "The ferry company cancelled every crossing to the islands until Thursday.",
            "Power was cut to nine thousand homes on the northern coast.",
        ],
        [
            "A storm damaged forty houses on the northern coast and cut the power on Monday.",
            "Nine thousand homes on the northern coast had no power by the evening.",
            "Crossings to the islands were cancelled, and two ferries stayed in the harbour.",
            "Rescue crews worked in the villages before nightfall and after.",
        ],
        [
            "Forty houses on the northern coast lost their roofs in the storm on Monday.",
            "Schools in the villages stay closed until the power is back in the homes.",
            "Hundreds of travellers waited for a ferry to the islands in vain.",
            "Rescue crews from three counties worked through the night in the villages.",
        ],
    ];
    let articles = told.iter().enumerate().map(|(i, sentences)| {
        article(&format!("a{i}"), &sentences.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
    });
    together(articles.collect())
}

#[test]
fn a_topic_bends_the_summary_without_losing_the_story() {
    let (collection, story) = storm_and_ferry();
    for method in [Method::Auto, Method::TfIdf, Method::LexRank] {
        let shown = |topic: Option<&str>| {
            let params = Params { method, ..Params::default() };
            let set = CandidateSet::new(&collection, &story, &params, topic);
            let extract = solve(&set, Budget::Words(40), &Constraints::default());
            check(&collection, &extract, Budget::Words(40), 40);
            texts(&collection, &extract).join(" ").to_lowercase()
        };
        let bent = shown(Some("the ferries"));
        assert!(bent.contains("ferr"), "{method:?}: {bent}");
        // The topics of every article besides the ferry: the storm, the damage on the coast, and the crews.
        let central = ["storm", "northern coast", "rescue crews"];
        assert!(central.iter().any(|c| bent.contains(c)), "{method:?}: {bent}");
        assert_eq!(shown(Some("zeppelin")), shown(None), "{method:?}");
        assert_eq!(shown(Some(" ")), shown(None), "{method:?}");
    }
}
