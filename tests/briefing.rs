//! The invariants of a briefing: every excerpt equals its source, the whole briefing stays within its budget, and the
//! order of the articles does not matter.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nutgraf::article::{Article, ArticleId, Block, BlockKind, Published};
use nutgraf::briefing::lint::{Rule, Rules};
use nutgraf::briefing::manifest::inputs;
use nutgraf::briefing::{
    Briefing, Editor, Excerpt, History, Manifest, Section, Target, lint, manifest,
};
use nutgraf::language::Language;
use nutgraf::pipeline::{self, Params};
use nutgraf::quotes::Speaker;
use nutgraf::render::{self, Format, Options};
use nutgraf::span::{CodePoints, Span};
use nutgraf::stories::topic::Topic;
use nutgraf::summary::{self, Method};
use nutgraf::text::Collection;
use nutgraf::verify::Code;
use nutgraf::verify::verify;
use proptest::prelude::*;

const NOW: &str = "2031-05-04T06:00:00Z";

fn now() -> Published {
    Published::parse(NOW).unwrap()
}

/// Returns an article made of paragraphs, in the form that reading produces.
fn article(id: &str, source: &str, title: &str, paragraphs: &[&str]) -> Article {
    let text = paragraphs.join("\n\n");
    let mut at = 0;
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let span = Span::new(at, at + paragraph.len());
        blocks.push(Block { kind: BlockKind::Paragraph, span });
        at = span.end() + 2;
    }
    Article {
        id: ArticleId::given(id),
        origin: format!("{id}.txt"),
        source: Some(source.to_owned()),
        title: title.to_owned(),
        lang: Language::ENGLISH,
        published: Published::parse("2031-05-03"),
        blocks,
        text,
        ..Article::default()
    }
}

fn bridge() -> Vec<Article> {
    vec![
        article(
            "a1",
            "Harbour Post",
            "Bridge over the Lenn closed after cracks are found",
            &[
                "The city of Arvenholt closed its main bridge over the Lenn on Friday after divers found cracks in two \
                 of its pillars.",
                "\"We cannot let a single lorry cross until every pillar has been looked at,\" Mayor Ilse Brandt \
                 told reporters.",
                "Some 30,000 drivers use the bridge every day, and the detour over the northern dam takes 40 minutes.",
                "Repairs will begin on Monday and may last until the autumn.",
            ],
        ),
        article(
            "b2",
            "Lenn Valley Radio",
            "Arvenholt shuts Lenn bridge to all traffic",
            &[
                "Arvenholt has shut its main bridge over the Lenn after divers found cracks in two pillars.",
                "Engineer Tom Okafor, who led the divers, said the cracks were \"as long as a man's arm\".",
                "Ferries will run every ten minutes from Saturday, the harbour office said.",
            ],
        ),
        article(
            "c3",
            "Harbour Post",
            "Orchestra names first woman to lead it",
            &[
                "The Arvenholt Philharmonic has named Carla Mendes as its conductor, the first woman to lead it in \
                 its 90 years.",
                "\"I have played under eleven conductors here, and I mean to learn from every one of them,\" said \
                 Mendes, a former cellist of the orchestra.",
                "Her first concert is planned for September.",
            ],
        ),
    ]
}

fn excerpts(briefing: &Briefing) -> Vec<&Excerpt> {
    let mut all = Vec::new();
    for story in &briefing.stories {
        all.extend(story.summary.iter().map(|s| &s.excerpt));
        for quote in &story.quotes {
            all.extend(quote.excerpts.iter().chain(&quote.variants));
            all.extend(quote.cue.iter().chain(&quote.source));
        }
        all.extend(story.differences.iter().flat_map(|d| d.sides.iter().chain(&d.figures)));
    }
    all
}

fn assert_verbatim(briefing: &Briefing, articles: &[Article]) {
    for excerpt in excerpts(briefing) {
        let article = articles.iter().find(|a| a.id.as_str() == excerpt.article).unwrap();
        let span = CodePoints::new(&article.text).to_span(excerpt.start, excerpt.end).unwrap();
        assert_eq!(span.slice(&article.text), excerpt.text);
    }
}

#[test]
fn a_briefing_is_made_of_its_articles() {
    let made = pipeline::brief(bridge(), &Params::default(), now()).briefing;
    assert!(!made.stories.is_empty());
    assert_verbatim(&made, &bridge());
    let numbers: Vec<usize> = made.articles.iter().map(|a| a.number).collect();
    assert_eq!(numbers, (1..=made.articles.len()).collect::<Vec<_>>());
    for story in &made.stories {
        assert!(!story.summary.is_empty(), "a story has a sentence");
        let article = made.articles.iter().find(|a| a.id == story.headline.article).unwrap();
        assert_eq!(article.title, story.headline.text);
    }
}

/// A report of the bridge of one sentence, and another one, of the given day, that has more room.
fn bridge_twice(day: &str) -> Vec<Article> {
    let first = article(
        "a1",
        "Harbour Post",
        "Arvenholt closes bridge over the Lenn",
        &[
            "The city of Arvenholt closed its main bridge over the Lenn on Friday after divers found cracks in its pillars.",
        ],
    );
    let second = article(
        "b2",
        "Lenn Valley Radio",
        "Divers find cracks in bridge over the Lenn",
        &[
            "Divers have found cracks in the pillars of the bridge over the Lenn, the city of Arvenholt said on Friday.",
            "Lorries of the three mills have to take the northern dam, which is forty minutes longer each way.",
            "Engineer Tom Okafor wrote a letter to the council of Arvenholt about the pillars in the spring.",
            "The council of Arvenholt read the letter about the cracks of the bridge in April and did nothing.",
            "Two of the members of the council of Arvenholt asked for new divers and were refused by the others.",
            "A firm from Orra offered to mend the pillars of the bridge over the Lenn for nine million crowns.",
            "The firm from Orra has built most of the bridges over the Lenn and its two arms in the last years.",
            "Its owner has been a friend of the mayor of Arvenholt since they were at school in the port of Orra.",
            "The city of Arvenholt has pointed to the remark as proof that the bridge over the Lenn was never safe.",
        ],
    );
    vec![first, Article { published: Published::parse(day), ..second }]
}

/// The sentences of a briefing of some articles in so many words.
fn sentences_in(articles: Vec<Article>, words: usize) -> Vec<String> {
    let params = Params { words, ..Params::default() };
    let made = pipeline::brief(articles, &params, now()).briefing;
    let sentences = made.stories.iter().flat_map(|story| &story.summary);
    sentences.map(|sentence| sentence.excerpt.text.clone()).collect()
}

#[test]
fn another_report_is_shown_from_its_opening() {
    for words in [40, 60, 80, 100, 120, 400] {
        let shown = sentences_in(bridge_twice("2031-05-03"), words);
        let is_of_first =
            shown.first().is_some_and(|s| s.starts_with("The city of Arvenholt closed"));
        let has_remark = shown.iter().any(|s| s.contains("pointed to the remark"));
        assert!(!is_of_first || !has_remark, "{words}: {shown:?}");
    }
}

/// The language, the title and the two sentences of short reports.
const TWO_SENTENCES: &[[&str; 4]] = &[
    [
        "en",
        "Bear in Lenn",
        "A bear was seen near the school of Lenn on Thursday.",
        "Pupils were sent home.",
    ],
    [
        "en",
        "Parking fee",
        "Parking at Lenn harbour will cost two crowns from August.",
        "Residents pay nothing.",
    ],
    ["en", "Tunnel open", "The Lenn tunnel is open again after a lorry fire.", "Nobody was hurt."],
    [
        "de",
        "Brücke frei",
        "Die Brücke in Arvenholt ist nach einem Brand wieder frei.",
        "Verletzt wurde niemand.",
    ],
    [
        "fr",
        "Pont rouvert",
        "Le pont de Lenn a été rouvert vendredi après un incendie.",
        "Personne n'a été blessé.",
    ],
    [
        "es",
        "Puente abierto",
        "El puente del Lenn fue reabierto el viernes tras un incendio.",
        "No hubo heridos.",
    ],
    [
        "it",
        "Ponte aperto",
        "Il ponte sul Lenn è stato riaperto venerdì dopo un incendio.",
        "Nessuno è rimasto ferito.",
    ],
    [
        "nl",
        "Brug open",
        "De brug over de Lenn is vrijdag na een brand weer geopend.",
        "Niemand raakte gewond.",
    ],
    [
        "pt",
        "Ponte aberta",
        "A ponte do Lenn foi reaberta na sexta-feira após um incêndio.",
        "Ninguém ficou ferido.",
    ],
    [
        "sv",
        "Bron öppen",
        "Bron över Lenn öppnades igen i fredags efter en brand.",
        "Ingen skadades allvarligt.",
    ],
];

#[test]
fn a_report_of_two_sentences_is_shown_whole() {
    for [lang, title, first, second] in TWO_SENTENCES {
        let text = format!("{first} {second}");
        let report = Article {
            lang: Language::parse(lang).unwrap(),
            ..article("a", "Lenn Post", title, &[&text])
        };
        assert_eq!(sentences_in(vec![report], 60), [*first, *second]);
    }
}

#[test]
fn a_short_sentence_with_a_figure_and_a_name_is_news() {
    let storm = "Storm Ida reached the southern coast on Friday with winds of up to 140 kilometres an hour, the weather service said.";
    let weather =
        "The storm moved north at 30 kilometres an hour and was expected to weaken over land.";
    let toll = "Four fishermen drowned off Varn, the coast guard said.";
    let filler = "It had all been quite sudden.";
    let report =
        article("a", "Lenn Post", "Storm Ida reaches coast", &[storm, weather, toll, filler]);
    let shown = sentences_in(vec![report], 100);
    assert!(shown.iter().any(|sentence| sentence == toll), "{shown:?}");
    assert!(!shown.iter().any(|sentence| sentence == filler), "{shown:?}");
}

/// The language, the introduction, and the questions and answers of interviews.
const INTERVIEWS: &[(&str, &str, [&str; 4])] = &[
    (
        "en",
        "Rut Sand's new show opens in Lenn on Sunday, the first in nine years for the painter.",
        [
            "Why did you stop painting?",
            "Because my hands shook. The doctors found a tumour in my neck that year.",
            "What changed?",
            "I learned to paint with my left hand. The first picture took me seven months of work in Lenn.",
        ],
    ),
    (
        "en",
        "Rut Sand's new show opens in Lenn on Sunday, the first in nine years for the painter.",
        [
            "Q: Why did you stop painting?",
            "A: The doctors found a tumour. For two years no brush would stay in that hand.",
            "Q: What changed?",
            "A: There was a left hand. The first picture took seven months of work in Lenn.",
        ],
    ),
    (
        "en",
        "Rut Sand's new show opens in Lenn on Sunday, the first in nine years for the painter.",
        [
            "Lenn Post: Your hands shook. Why?",
            "Sand: Because of a tumour that the doctors found. For two years I could not hold a brush.",
            "Lenn Post: What changed?",
            "Sand: I learned to paint with my left hand. The first picture took me seven months.",
        ],
    ),
    (
        "de",
        "Rahel Kopp regiert Arvenholt seit 2019 und tritt im Herbst nicht mehr an.",
        [
            "Frau Kopp, warum hören Sie auf?",
            "Weil das Krankenhaus steht. Das hatte ich den Leuten in Lenn versprochen, als ich anfing.",
            "Was war Ihr größter Fehler?",
            "Die Schließung des Hallenbads. Das würde ich heute mit allen Räten anders machen.",
        ],
    ),
    (
        "es",
        "Marta Quiroga gobierna Palmar desde 2020 y no se presentará a la reelección.",
        [
            "¿Por qué lo deja?",
            "Porque prometí ocho años. El tranvía de Palmar ya funciona y mi trabajo está hecho.",
            "¿Cuál fue su peor día?",
            "El del terremoto. No teníamos agua ni luz en todo el valle de Palmar.",
        ],
    ),
    (
        "fr",
        "Anne Roux dirige Valmer depuis 2019 et ne se représentera pas en mars.",
        [
            "Pourquoi arrêtez-vous ?",
            "Parce que l'hôpital est là. Je l'avais promis aux gens de Valmer en commençant.",
            "Votre pire jour ?",
            "Celui du séisme. Nous n'avions plus ni eau ni lumière dans toute la vallée.",
        ],
    ),
];

#[test]
fn answers_are_shown_only_after_their_questions() {
    for (lang, intro, turns) in INTERVIEWS {
        let report = Article {
            lang: Language::parse(lang).unwrap(),
            ..article("a", "Lenn Post", "A talk in Lenn", &[&[*intro][..], turns].concat())
        };
        for words in [30, 60, 100, 200] {
            let shown = sentences_in(vec![report.clone()], words);
            let joins = |n: &usize| follows_its_question(&shown, *n, turns);
            assert!((0..shown.len()).all(|n| joins(&n)), "{words}: {shown:?}");
            let ends_in_question = shown.last().is_some_and(|last| is_question(last));
            assert!(!ends_in_question, "{words}: {shown:?}");
        }
    }
}

fn is_question(text: &str) -> bool {
    text.trim_end().ends_with('?')
}

/// Returns whether a shown sentence is no part of an answer, or follows the question or the part of the answer before it.
fn follows_its_question(shown: &[String], n: usize, turns: &[&str]) -> bool {
    let sentence = shown[n].as_str();
    let mut answers = turns.iter().filter(|turn| !is_question(turn));
    let Some(answer) = answers.find(|turn| turn.contains(sentence)) else { return true };
    let before = n.checked_sub(1).map_or("", |n| shown[n].as_str());
    if answer.starts_with(sentence) {
        is_question(before)
    } else {
        answer.contains(&format!("{before} {sentence}"))
    }
}

#[test]
fn a_short_text_tells_nothing_older_than_its_lede() {
    for words in [40, 60, 80, 100, 120] {
        let shown = sentences_in(bridge_twice("2031-05-01"), words);
        let is_of_first =
            shown.first().is_some_and(|s| s.starts_with("The city of Arvenholt closed"));
        assert!(!is_of_first || shown.len() == 1, "{words}: {shown:?}");
    }
}

/// Some feeds repeat the text of a post as its title.
#[test]
fn a_title_as_long_as_a_text_is_no_headline() {
    let long = "The bridge over the Lenn is closed and everybody asks why. ".repeat(40);
    for titles in [[&*long, ""], ["", &*long], [&*long, &*long], [&*long, "Lenn bridge closed"]] {
        let mut articles = bridge();
        articles.truncate(2);
        for (article, title) in articles.iter_mut().zip(titles) {
            title.clone_into(&mut article.title);
        }
        let made = pipeline::brief(articles, &Params::default(), now()).briefing;
        let headline = &made.stories[0].headline;
        assert!(headline.text.split_whitespace().count() < 30, "{}", headline.text);
        assert_eq!(headline.range.is_none(), titles.contains(&"Lenn bridge closed"));
    }
}

#[test]
fn stories_beyond_the_maximum_are_not_left_out_for_length() {
    let notices = |params: &Params| {
        let made = pipeline::brief(bridge(), params, now()).briefing;
        let text = render::render(&made, Format::Text, &Options::default()).unwrap();
        let read: Briefing = serde_json::from_str(&serde_json::to_string(&made).unwrap()).unwrap();
        assert_eq!(render::render(&read, Format::Text, &Options::default()).unwrap(), text);
        text
    };
    let one = notices(&Params { stories: Some(1), ..Params::default() });
    assert!(one.contains("Left out beyond the maximum of 1 story: 1 story ("), "{one}");
    assert!(!one.contains("for length"), "{one}");
    let short = notices(&Params { words: 32, ..Params::default() });
    assert!(short.contains("Left out for length: 1 story (1 article)."), "{short}");
    assert!(!short.contains("maximum"), "{short}");
}

#[test]
fn what_has_no_room_is_counted() {
    let params = Params { words: 32, ..Params::default() };
    let made = pipeline::brief(bridge(), &params, now()).briefing;
    let shown: usize = made.stories.iter().map(|s| s.sources.len()).sum();
    assert_eq!(made.stories.len(), 1);
    assert_eq!(shown + made.left_out.articles, 3);
    let nothing = Params { words: 3, ..Params::default() };
    assert!(pipeline::brief(bridge(), &nothing, now()).briefing.stories.is_empty());
}

#[test]
fn without_any_title_the_first_sentence_stands_in() {
    let articles: Vec<Article> =
        bridge().into_iter().map(|a| Article { title: String::new(), ..a }).collect();
    let made = pipeline::brief(articles.clone(), &Params::default(), now()).briefing;
    for story in &made.stories {
        let [start, end] = story.headline.range.unwrap();
        let article = articles.iter().find(|a| a.id.as_str() == story.headline.article).unwrap();
        assert_eq!(Span::new(start, end).slice(&article.text), story.headline.text);
        assert!(story.summary.iter().all(|s| s.excerpt.text != story.headline.text));
    }
}

#[test]
fn the_editor_bans_pins_and_asks_for_topics() {
    let mut params = Params::default();
    params.editor.bans.push(Target::parse("source:lenn valley radio").unwrap());
    params.editor.pins.push(Target::parse("topic:orchestra conductor").unwrap());
    let made = pipeline::brief(bridge(), &params, now()).briefing;
    assert!(made.articles.iter().all(|a| a.id != "b2"));
    assert_eq!(made.dropped.len(), 1);
    assert_eq!(made.stories[0].sources, ["c3"], "the pinned topic comes first");
    let about = Params { topics: vec![Topic::from_words("bridges")], ..Params::default() };
    let made = pipeline::brief(bridge(), &about, now()).briefing;
    assert!(made.stories.iter().all(|s| s.topic.as_deref() == Some("bridges")));
    assert_eq!(made.dropped.iter().map(|d| &*d.origin).collect::<Vec<_>>(), ["c3.txt"]);
}

#[test]
fn parts_can_be_switched_off() {
    let params = Params { sections: vec![Section::Summary], ..Params::default() };
    let made = pipeline::brief(bridge(), &params, now()).briefing;
    assert!(made.stories.iter().all(|s| s.quotes.is_empty() && s.also.is_empty()));
    assert_eq!(made.sections, [Section::Summary]);
}

#[test]
fn no_article_gives_more_than_its_share() {
    let params = Params { max_share: Some(0.3), editor: Editor::default(), ..Params::default() };
    let made = pipeline::brief(bridge(), &params, now()).briefing;
    for article in bridge() {
        let own = excerpts(&made).into_iter().filter(|e| e.article == article.id.as_str());
        let shown: usize = own.map(|e| e.text.split_whitespace().count()).sum();
        let all = article.text.split_whitespace().count();
        assert!(shown as f64 <= 0.3 * all as f64, "{shown} of {all}");
    }
}

/// A method that does not reserve room for the lede may prefer sentences that take fewer words in all.
#[test]
fn every_method_keeps_every_budget() {
    for method in [Method::Auto, Method::TfIdf, Method::LexRank, Method::Lead] {
        for max_share in [None, Some(0.25)] {
            for words in 1..160 {
                let summary = summary::Params { method, ..summary::Params::default() };
                let params = Params { words, max_share, summary, ..Params::default() };
                let made = pipeline::brief(bridge(), &params, now()).briefing;
                assert!(made.words <= words, "{method:?}: {} of {words}", made.words);
            }
        }
    }
}

/// Articles made from a few words, marks and sentence ends, so that all kinds of overlap occur.
fn any_articles() -> impl Strategy<Value = Vec<Article>> {
    let word = prop::sample::select(vec![
        "bridge", "Lenn", "the", "closed", "12", "people", "said", "\"yes\"", "“No,", "we”",
        "Brandt", "in", "été", "北京", "was", "Monday", "not", "\"", "Mayor", "dam",
    ]);
    let end = prop::sample::select(vec![".", "?", "!", ".\"", ""]);
    let sentence = (prop::collection::vec(word, 1..12), end)
        .prop_map(|(words, end)| format!("The {}{end}", words.join(" ")));
    let paragraph = prop::collection::vec(sentence, 1..4).prop_map(|s| s.join(" "));
    let one = (prop::collection::vec(paragraph, 0..4), "[A-C]?", "(Bridge closed|Dam|)");
    prop::collection::vec(one, 0..5).prop_map(|all| {
        let mut articles = Vec::new();
        for (i, (paragraphs, source, title)) in all.iter().enumerate() {
            let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
            articles.push(article(&format!("id{i}"), source, title, &paragraphs));
        }
        articles
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_budget_holds_and_verification_passes_for_any_input(articles in any_articles(), words in 0_usize..120) {
        let params = Params { words, ..Params::default() };
        let made = pipeline::brief(articles.clone(), &params, now()).briefing;
        prop_assert!(made.words <= words, "{} of {words}", made.words);
        prop_assert!(made.stories.iter().all(|s| !s.summary.is_empty()));
        assert_verbatim(&made, &articles);
        let report = verify(&made, &Collection::build(articles));
        prop_assert!(report.holds, "{report}");
    }

    #[test]
    fn the_budget_holds_with_any_settings(articles in any_articles(), params in any_params()) {
        let made = pipeline::brief(articles.clone(), &params, now()).briefing;
        prop_assert!(made.words <= params.words, "{} of {}", made.words, params.words);
        assert_verbatim(&made, &articles);
    }

    #[test]
    fn a_manifest_gives_the_same_briefing_again(articles in any_articles(), params in any_params(), second in any::<bool>()) {
        let mut params = params;
        if second {
            // The briefing of the next day continues this one.
            let told = pipeline::brief(articles.clone(), &params, now()).briefing;
            params.history = told_before(&told);
        }
        let made = pipeline::brief(articles.clone(), &params, now()).briefing;
        let written = serde_json::to_string(&manifest(&made, inputs(&articles), &params, &[])).unwrap();
        let read: Manifest = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(&read.settings, &params);
        let (admitted, faults) = read.admit(articles);
        prop_assert_eq!(faults, Vec::<String>::new());
        let again = pipeline::brief(admitted, &read.settings, read.generated).briefing;
        prop_assert!(read.is_of(&again));
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), serde_json::to_string(&made).unwrap());
    }

    #[test]
    fn the_order_of_the_articles_changes_nothing(articles in any_articles()) {
        let mut reversed = articles.clone();
        reversed.reverse();
        let made = pipeline::brief(articles, &Params::default(), now()).briefing;
        prop_assert_eq!(made, pipeline::brief(reversed, &Params::default(), now()).briefing);
    }
}

fn faults(briefing: &Briefing, articles: &[Article]) -> Vec<Code> {
    let report = verify(briefing, &Collection::build(articles.to_vec()));
    assert_eq!(report.holds, !report.findings.iter().any(|f| f.fault));
    report.findings.iter().map(|f| f.code).collect()
}

#[test]
fn every_forgery_is_found() {
    let made = pipeline::brief(bridge(), &Params::default(), now()).briefing;
    assert_eq!(faults(&made, &bridge()), []);
    for story in 0..made.stories.len() {
        let forge = |change: &dyn Fn(&mut Excerpt)| {
            let mut forged = made.clone();
            change(&mut forged.stories[story].summary[0].excerpt);
            let found = faults(&forged, &bridge());
            assert!(!found.is_empty());
            found[0]
        };
        assert_eq!(forge(&|e| e.text = e.text.replacen('a', "o", 1)), Code::ExcerptText);
        assert_eq!(forge(&|e| e.start += 1), Code::ExcerptText);
        assert_eq!(forge(&|e| e.end -= 1), Code::ExcerptText);
        assert_eq!(forge(&|e| e.end += 10_000), Code::Range);
        assert_eq!(forge(&|e| e.article = "none".to_owned()), Code::NoArticle);
        assert_eq!(
            forge(&|e| {
                e.start += 4;
                e.text = e.text.chars().skip(4).collect();
            }),
            Code::ExcerptBounds
        );
    }
    let mut forged = made.clone();
    forged.stories[0].headline.text.push('!');
    assert!(faults(&forged, &bridge()).contains(&Code::Headline));
    let mut forged = made.clone();
    forged.articles[0].source = Some("Another Paper".to_owned());
    assert_eq!(faults(&forged, &bridge()), [Code::Metadata]);
    let mut forged = made;
    forged.words -= 1;
    assert_eq!(faults(&forged, &bridge()), [Code::Derived]);
}

/// Fields that are derived from the articles are recomputed one by one.
#[test]
fn every_forged_claim_is_found() {
    type Forgery = fn(&mut Briefing);
    let made = pipeline::brief(bridge(), &Params::default(), now()).briefing;
    let forgeries: [(&str, Forgery); 10] = [
        ("schema", |b| b.schema = "nutgraf/briefing/9".to_owned()),
        ("sha", |b| b.articles[0].sha = "0".repeat(64)),
        ("url", |b| b.articles[0].url = Some("https://forged.example/".to_owned())),
        ("outlets", |b| b.stories[0].outlets = vec!["Kelmar Times".to_owned()]),
        ("sources", |b| b.stories[0].sources.push("none".to_owned())),
        ("also", |b| b.stories[0].also.push("none".to_owned())),
        ("first", |b| b.stories[0].first = Published::parse("2001-01-01")),
        ("last", |b| b.stories[0].last = Published::parse("2199-01-01")),
        ("single_source", |b| b.stories[0].summary[0].single_source ^= true),
        // A cited source would be missing from the list of sources.
        ("reported", |b| {
            let cited = b.stories[0].summary[0].excerpt.article.clone();
            b.stories[0].reported.push(cited);
        }),
    ];
    for (field, forge) in forgeries {
        let mut forged = made.clone();
        forge(&mut forged);
        let report = verify(&forged, &Collection::build(bridge()));
        assert!(!report.holds, "{field}: {report}");
    }
}

#[test]
fn speakers_are_checked_by_attributing_anew() {
    let made = pipeline::brief(bridge(), &Params::default(), now()).briefing;
    for (s, story) in made.stories.iter().enumerate() {
        for q in 0..story.quotes.len() {
            let mut forged = made.clone();
            let name = "Henrik Lund".to_owned();
            forged.stories[s].quotes[q].speaker = Some(Speaker { name, role: None });
            assert!(faults(&forged, &bridge()).contains(&Code::OtherSpeaker));
            let mut forged = made.clone();
            let excerpt = &mut forged.stories[s].quotes[q].excerpts[0];
            excerpt.end -= 1;
            excerpt.text.pop();
            assert!(faults(&forged, &bridge()).contains(&Code::QuoteBounds));
        }
    }
}

#[test]
fn a_source_that_changed_is_told_apart_from_a_forgery() {
    let made = pipeline::brief(bridge(), &Params::default(), now()).briefing;
    let mut longer = bridge();
    for article in &mut longer {
        article.text.push_str("\n\nUpdated.");
    }
    let report = verify(&made, &Collection::build(longer));
    assert!(!report.holds);
    assert!(report.findings.iter().all(|f| f.code == Code::ChangedSource), "{report}");
    assert!(report.allow_changed().holds);
    let mut rewritten = bridge();
    for article in &mut rewritten {
        article.text = article.text.replace("The ", "One ").replace("has ", "had ");
    }
    let report = verify(&made, &Collection::build(rewritten));
    assert!(!report.holds);
    let faults = report.findings.iter().filter(|f| f.fault);
    assert!(faults.clone().all(|f| f.code == Code::ChangedSource), "{report}");
    assert!(faults.clone().any(|f| f.message.contains("first at character")));
}

/// Returns the contents of the archive after a briefing.
fn told_before(told: &Briefing) -> History {
    let mut history = History::default();
    for story in &told.stories {
        story.sources.iter().for_each(|article| history.add_told(article, &story.id));
        story.summary.iter().for_each(|s| history.add_shown(&story.id, &s.excerpt.text));
    }
    history.add_fresh("id1");
    history.add_revised("id0", "The bridge was closed.");
    history.add_earlier("id0", "The bridge was open.");
    history
}

/// Any settings that an editor can choose.
fn any_params() -> impl Strategy<Value = Params> {
    let targets = || {
        let names =
            ["source:Harbour Post", "topic:bridge pillars", "speaker:Ilse Brandt", "article:b2"];
        prop::collection::vec(prop::sample::select(names.to_vec()), 0..2).prop_map(|names| {
            names.iter().filter_map(|name| Target::parse(name)).collect::<Vec<_>>()
        })
    };
    let editor =
        (targets(), targets(), targets(), 0.0..4.0).prop_map(|(pins, bans, weighed, weight)| {
            Editor {
                pins,
                bans,
                weights: weighed.into_iter().map(|target| (target, weight)).collect(),
            }
        });
    let method =
        prop::sample::select(vec![Method::Auto, Method::TfIdf, Method::LexRank, Method::Lead]);
    let summary = (method, prop::option::of(0.0..3.0));
    let limits = (
        1_usize..500,
        prop::option::of(1_usize..4),
        0_usize..4,
        prop::option::of(0.05..1.0),
        0.1..40.0,
    );
    let words = (prop::option::of("[\\PC]{0,20}"), any::<bool>());
    (editor, summary, limits, words).prop_map(
        |(
            editor,
            (method, lead_strength),
            (words, stories, quotes, max_share, half_life),
            (title, topical),
        )| {
            let mut params =
                Params { words, stories, quotes, max_share, title, editor, ..Params::default() };
            params.topics.extend(topical.then(|| Topic::from_words("Arvenholt bridge")));
            params.summary = summary::Params { method, lead_strength };
            params.grouping.ranking.half_life = half_life;
            params
        },
    )
}

#[test]
fn a_manifest_names_what_the_editor_did_and_which_inputs_changed() {
    let mut params = Params { intro: Some("Good morning.".to_owned()), ..Params::default() };
    params.editor.weights.push((Target::parse("source:Harbour Post").unwrap(), 2.0));
    let made = pipeline::brief(bridge(), &params, now()).briefing;
    let written = manifest(&made, inputs(&bridge()), &params, &[]);
    assert_eq!(
        written.interventions,
        ["weighed the source \"Harbour Post\" 2 times", "wrote the intro \"Good morning.\""]
    );
    let mut others = bridge();
    others[0].text.push('!');
    others[2].id = ArticleId::given("d4");
    others[2].text.push('!');
    let (kept, faults) = written.admit(others);
    assert_eq!(kept.len(), 2);
    assert_eq!(faults, ["a1 (a1.txt) has another text", "c3 (c3.txt) is missing"]);
    // Files that were moved or renamed contain the same articles, recognized by their ids or by their texts.
    let mut moved = bridge();
    for article in &mut moved {
        article.origin = format!("elsewhere/{}", article.origin);
        article.also_from = vec!["copy.txt".to_owned()];
    }
    moved[1].id = ArticleId::given("elsewhere/b2.txt#b2");
    let (kept, faults) = written.admit(moved);
    assert_eq!(faults, Vec::<String>::new());
    assert!(written.is_of(&pipeline::brief(kept, &params, now()).briefing));
}

#[test]
fn the_rules_of_a_house_are_checked() {
    let made = pipeline::brief(bridge(), &Params::default(), now()).briefing;
    let breaches = |rules: &Rules| lint(&made, rules).iter().map(|b| b.rule).collect::<Vec<_>>();
    assert_eq!(breaches(&Rules::default()), []);
    let rules = Rules {
        min_sources: Some(3),
        min_speakers: Some(30),
        max_single_source_stories: Some(0),
        max_age_days: Some(0),
        banned_words: vec!["cracks".to_owned(), "crack".to_owned()],
        ..Rules::default()
    };
    let found = breaches(&rules);
    for rule in [Rule::FewSources, Rule::FewSpeakers, Rule::SingleSourceStories, Rule::BannedWord] {
        assert!(found.contains(&rule), "{rule:?}");
    }
    let later = Briefing { generated: Published::parse("2031-06-04").unwrap(), ..made.clone() };
    let stale = lint(&later, &Rules { max_age_days: Some(3), ..Rules::default() });
    assert_eq!(stale.len(), made.articles.len());
    assert!(stale.iter().all(|b| b.rule == Rule::StaleArticle));
}

#[test]
fn stories_of_too_few_outlets_are_named() {
    let params = Params { min_sources: 9, ..Params::default() };
    let made = pipeline::brief(bridge(), &params, now());
    assert!(made.briefing.stories.is_empty());
    assert_eq!(made.briefing.dropped.len(), 3);
    let warnings: Vec<String> = made.warnings.iter().map(ToString::to_string).collect();
    assert!(warnings.iter().any(|w| w.ends_with("reported by 2 outlets (minimum: 9)")));
    assert!(warnings.iter().any(|w| w.ends_with("reported by 1 outlet (minimum: 9)")));
}

#[test]
fn every_sentence_and_quote_is_explained() {
    let params = Params { words: 120, ..Params::default() };
    let (made, explained) = pipeline::explain(bridge(), &params, now());
    let made = made.briefing;
    assert_eq!(made, pipeline::brief(bridge(), &params, now()).briefing);
    assert_eq!(explained.stories.len(), made.stories.len());
    assert_eq!(explained.left_out.len(), made.left_out.stories);
    for (story, told) in explained.stories.iter().zip(&made.stories) {
        assert_eq!((&story.id, story.words), (&told.id, told.words));
        let mut chosen: Vec<&Excerpt> =
            story.sentences.iter().filter(|s| s.chosen).map(|s| &s.excerpt).collect();
        let mut shown: Vec<&Excerpt> = told.summary.iter().map(|s| &s.excerpt).collect();
        chosen.sort();
        shown.sort();
        assert_eq!(chosen, shown);
        assert_eq!(story.quotes.iter().filter(|q| q.chosen).count(), told.quotes.len());
        for sentence in &story.sentences {
            assert_eq!(sentence.chosen, sentence.explanation.is_some());
            assert!(!sentence.reason.to_string().is_empty());
        }
    }
}
