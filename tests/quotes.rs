//! Quotations in invented articles: the cases of `tests/quotes/`, and the invariants of the module.
//!
//! A case is a text, a line `---`, and the expected quotations: `content || next part | speaker | role`, where `-` means
//! none; a fourth field `high` or `not high` is the confidence. A line `+++` separates the articles of a story. `~` begins
//! an indirect quotation (found if four fifths of the words agree; `~ none`: there is none), and `!` a stretch that must
//! not be listed. Direct and mixed quotations that a case does not name are an error. Cases that fail because of a known
//! limit are marked `===?`; they are run and must fail, so that an improvement is noticed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;

use nutgraf::article::{Article, ArticleId, Block, BlockKind};
use nutgraf::language::Language;
use nutgraf::quotes::{self, Confidence, KeyQuote, Quote, QuoteKind};
use nutgraf::span::{Span, slice};
use nutgraf::text::{Collection, annotate};
use proptest::prelude::*;

/// Returns an article whose paragraphs are the lines of a text; a line that begins with `#` is a heading, one that
/// begins with `[caption]` a caption.
fn article(id: &str, lang: &str, text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if !span.is_empty() {
            let kind = match span.slice(text) {
                line if line.starts_with('#') => BlockKind::Heading,
                line if line.starts_with("[caption]") => BlockKind::Caption,
                _ => BlockKind::Paragraph,
            };
            blocks.push(Block { kind, span });
        }
    }
    Article {
        id: ArticleId::given(id),
        lang: Language::parse(lang).unwrap(),
        text: text.to_owned(),
        blocks,
        ..Article::default()
    }
}

struct Case {
    name: String,
    limit: bool,
    text: String,
    expected: Vec<String>,
}

fn cases(file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut expecting = false;
    for line in file.lines() {
        if let Some(name) = line.strip_prefix("===") {
            let limit = name.starts_with('?');
            let name = name.trim_start_matches('?').trim().to_owned();
            cases.push(Case { name, limit, text: String::new(), expected: Vec::new() });
            expecting = false;
        } else if line == "---" {
            expecting = true;
        } else if let Some(case) = cases.last_mut() {
            if !expecting {
                case.text.push_str(line);
                case.text.push('\n');
            } else if !line.is_empty() {
                case.expected.push(line.to_owned());
            }
        }
    }
    for case in &mut cases {
        case.text.truncate(case.text.trim_end().len());
    }
    cases
}

/// A quotation that was found, in the notation of the cases, with the whole line for a failure message.
struct Found {
    line: String,
    content: String,
    high: bool,
    indirect: bool,
    report: String,
}

impl Found {
    fn new(text: &str, quote: &Quote) -> Self {
        let parts: Vec<&str> = quote.content.iter().map(|c| c.slice(text)).collect();
        let content = parts.join(" || ");
        let name = quote.speaker.as_ref().map_or("-", |s| &s.name);
        let role = quote.speaker.as_ref().and_then(|s| s.role.as_deref()).unwrap_or("-");
        let line = format!("{content} | {name} | {role}");
        let Quote { kind, rule, confidence, .. } = quote;
        let report = format!("   found {line} ({kind:?}, {rule}, {})", confidence.name());
        let high = *confidence == Confidence::High;
        Self { line, content, high, indirect: *kind == QuoteKind::Indirect, report }
    }

    /// Returns whether the quotation is the one of an expected line, with its grade if the line gives one.
    fn is(&self, expected: &str) -> bool {
        let graded = |grade: &str, high| {
            expected.strip_suffix(grade).is_some_and(|line| line == self.line && self.high == high)
        };
        expected == self.line || graded(" | high", true) || graded(" | not high", false)
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let split = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    split.map(str::to_lowercase).collect()
}

fn is_reported(expected: &str, found: &Found) -> bool {
    let mut fields = expected.split(" | ");
    let content = words(fields.next().unwrap_or(""));
    let mut found = found.line.split(" | ");
    let mine = words(found.next().unwrap_or(""));
    let common = content.intersection(&mine).count();
    let all = content.union(&mine).count();
    common * 5 >= all * 4 && fields.eq(found)
}

/// Returns the differences between the expected and the actual quotations of a case.
fn faults(case: &Case, quotes: &[Found]) -> Vec<String> {
    let mut faults = Vec::new();
    let marked: Vec<&Found> = quotes.iter().filter(|q| !q.indirect).collect();
    let reported = quotes.iter().filter(|q| q.indirect);
    let mut named = 0;
    for line in &case.expected {
        let holds = if line == "~ none" {
            reported.clone().next().is_none()
        } else if let Some(indirect) = line.strip_prefix("~ ") {
            reported.clone().any(|q| is_reported(indirect, q))
        } else if let Some(content) = line.strip_prefix("! ") {
            !marked.iter().any(|m| m.content == content)
        } else {
            named += 1;
            marked.iter().any(|m| m.is(line))
        };
        if !holds {
            faults.push(format!("expected {line}"));
        }
    }
    if !faults.is_empty() || marked.len() != named {
        faults.extend(quotes.iter().map(|q| q.report.clone()));
    }
    faults
}

/// Returns the quotations of a case: of one article, or of the articles of a story.
fn found(lang: &str, case: &Case) -> Vec<Found> {
    let texts: Vec<&str> = case.text.split("\n+++\n").collect();
    let numbered = texts.iter().enumerate();
    let articles = numbered.map(|(i, text)| article(&i.to_string(), lang, text)).collect();
    let collection = Collection::build(articles);
    let order: Vec<usize> = (0..collection.articles.len()).collect();
    let quotes = quotes::of_story(&collection, &order);
    let of_article = |(i, quotes): (usize, &Vec<Quote>)| {
        let text = &collection.articles[i].text;
        quotes.iter().map(|quote| Found::new(text, quote)).collect::<Vec<_>>()
    };
    quotes.iter().enumerate().flat_map(of_article).collect()
}

#[test]
fn cases_hold() {
    let mut wrong = Vec::new();
    let mut total = 0;
    let mut files: Vec<_> =
        fs::read_dir("tests/quotes").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let lang = name.split('_').next().unwrap();
        for case in cases(&fs::read_to_string(&path).unwrap()) {
            total += 1;
            let faults = faults(&case, &found(lang, &case));
            if faults.is_empty() == case.limit {
                wrong.push(format!("{name}: {}\n  {}", case.name, faults.join("\n  ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {total} cases fail\n{}", wrong.len(), wrong.join("\n"));
}

/// Three outlets on one event; some of the quotations appear in only one of them.
const OUTLETS: [(&str, &str); 3] = [
    (
        "a",
        "The old pier in Salthaven burned down on Friday. Harbour master Edda Lund spoke to the press.\n\
         \"We will rebuild the pier, plank by plank, before the first ferry of the summer,\" Lund said.\n\
         Visitor Tom Abara called it \"the saddest day of the year\".",
    ),
    (
        "b",
        "SALTHAVEN: A fire destroyed the pier.\n\
         Ms Lund promised to \"rebuild the pier, plank by plank\" at once.\n\
         \"Nobody was hurt, and that is what counts,\" said fire chief Ravi Nair.",
    ),
    ("c", "\"Nobody was hurt, and that's what counts tonight,\" said Ravi Nair, the fire chief."),
];

fn story(order: &[usize]) -> Collection {
    let pick = |&i: &usize| article(OUTLETS[i].0, "en", OUTLETS[i].1);
    Collection::build(order.iter().map(pick).collect())
}

fn merged(collection: &Collection) -> Vec<KeyQuote> {
    let articles: Vec<usize> = (0..collection.articles.len()).collect();
    let quotes = quotes::of_story(collection, &articles);
    quotes::merge(collection, &articles, &quotes, &[])
}

fn told(collection: &Collection, key: &KeyQuote) -> String {
    let place = |p: &quotes::Place| {
        let a = &collection.articles[p.article];
        format!("{}:{}", a.id, p.span.slice(&a.text))
    };
    let excerpts: Vec<String> = key.excerpts.iter().map(place).collect();
    let mut variants: Vec<String> = key.variants.iter().map(place).collect();
    variants.sort();
    format!("{:?} {excerpts:?} {variants:?} {:?}", key.speaker, key.weight)
}

#[test]
fn the_same_words_are_one_quotation_with_its_sources() {
    let collection = story(&[0, 1, 2]);
    let keys = merged(&collection);
    let all: Vec<String> = keys.iter().map(|k| told(&collection, k)).collect();
    let pier =
        keys.iter().find(|k| k.speaker.as_ref().is_some_and(|s| s.name == "Edda Lund")).unwrap();
    assert_eq!(pier.variants.len(), 1, "{all:#?}");
    assert_eq!(pier.speaker.as_ref().unwrap().role.as_deref(), Some("Harbour master"));
    assert_eq!(keys.len(), 3, "{all:#?}");
    assert!(keys.is_sorted_by_key(|k| std::cmp::Reverse(k.weight)));
}

#[test]
fn what_only_a_variant_says_is_not_lost() {
    let outlets = [
        "\"The pier will be rebuilt before the summer,\" said Edda Lund. \"Nobody should doubt it for a moment.\"",
        "\"The pier will be rebuilt before the summer,\" said Edda Lund. \"We have the timber already.\"",
        "\"We have the timber already,\" said Edda Lund.",
    ];
    let numbered = outlets.iter().enumerate();
    let articles = numbered.map(|(i, text)| article(&i.to_string(), "en", text)).collect();
    let collection = Collection::build(articles);
    let keys = merged(&collection);
    let all: Vec<String> = keys.iter().map(|k| told(&collection, k)).collect();
    let timber: Vec<&KeyQuote> = keys
        .iter()
        .filter(|k| {
            let lead = k.excerpts[0];
            lead.span.slice(&collection.articles[lead.article].text).contains("timber")
        })
        .collect();
    assert_eq!(timber.len(), 1, "{all:#?}");
    assert_eq!(keys.len(), 2, "{all:#?}");
}

/// A quotation that was never closed, and a report of another place behind it.
#[test]
fn a_paragraph_after_a_dateline_continues_no_quotation() {
    for (lang, open, dateline) in [
        (
            "en",
            "Nobody knew, said Leif Aronsen. \"That is why I am not reading a list",
            "NORVALE, Norvia (NW) -- ",
        ),
        (
            "en",
            "\"We wait,\" said Ada Brill. \"The pier is shut, and nobody may pass",
            "KELMAR (NW) — ",
        ),
        (
            "de",
            "Das sagte Leif Aronsen. \"Deshalb lese ich heute keine Liste vor",
            "NORHAVEN (nw) – ",
        ),
        ("es", "Lo dijo Ada Brill. \"Por eso no leo hoy ninguna lista", "PUERTO ANSELMO (NW) — "),
    ] {
        let text = format!("{open}\n{dateline}The port reopened at noon.\"");
        let mut article = article("a", lang, &text);
        let report = &mut article.blocks[1].span;
        let after = Span::new(report.start() + dateline.len(), report.end());
        *report = Span::new(report.start(), after.start()).trimmed(&text);
        article.blocks[1].kind = BlockKind::Dateline;
        article.blocks.push(Block { kind: BlockKind::Paragraph, span: after });
        let begins =
            |quote: &Quote| quote.content.iter().any(|c| c.slice(&text).starts_with("The port"));
        assert!(!quotes::extract(&article, &annotate(&article)).iter().any(begins), "{text}");
    }
}

/// Broken markup, in which the phrase that stands for a source contains a quotation, and broken sentences, in which the
/// object of a verb stands in the place of its subject.
#[test]
fn no_source_contains_its_quotation() {
    let markup = "Its report[ says that the pri \"https://meridian.example/ through dense fog on Tuesday after the ferry \
        Astrid Lund and a freighter had c\"@typ)\": \"Organization\", \"name\": \"The Harbour Gazette\"}} was carefu";
    let texts = [
        ("en", markup),
        ("de", "In der Kelmarstraße Tomas Brandvik kündigte eine offene Untersuchung an."),
        ("de", "In Kelmar kündigte am Dienstag eine Untersuchung des Vorfalls an."),
    ];
    for (language, text) in texts {
        let article = article("a", language, text);
        for quote in quotes::extract(&article, &annotate(&article)) {
            let holds = |source: Span| quote.content.iter().any(|c| c.overlaps(source));
            assert!(!quote.source.is_some_and(holds), "{quote:?}");
        }
    }
}

#[test]
fn reprints_of_one_text_count_once() {
    let wire = "Mayor Edda Lund spoke at the pier. \"The pier will be rebuilt before the summer,\" said Edda Lund.";
    let weight = |copies: usize| {
        let articles = (0..copies).map(|i| article(&i.to_string(), "en", wire)).collect();
        let collection = Collection::build(articles);
        let all: Vec<usize> = (0..copies).collect();
        let found = quotes::of_story(&collection, &all);
        quotes::merge(&collection, &all, &found, std::slice::from_ref(&all))[0].weight
    };
    assert_eq!(weight(1), weight(2));
    assert_eq!(weight(1), weight(8));
}

#[test]
fn merging_is_symmetric_and_idempotent() {
    let tell = |order: &[usize]| {
        let collection = story(order);
        merged(&collection).iter().map(|k| told(&collection, k)).collect::<Vec<_>>()
    };
    let first = tell(&[0, 1, 2]);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(tell(&order), first, "{order:?}");
    }
    let collection = story(&[0, 1, 2]);
    let articles = [0, 1, 2];
    let quotes = quotes::of_story(&collection, &articles);
    let leads = quotes::merge(&collection, &articles, &quotes, &[]);
    let is_lead = |a: usize, q: &Quote| {
        leads.iter().any(|k| {
            k.excerpts.iter().map(|e| e.span).eq(q.content.iter().copied())
                && k.excerpts[0].article == a
        })
    };
    let kept: Vec<Vec<Quote>> = quotes
        .iter()
        .enumerate()
        .map(|(a, q)| q.iter().filter(|q| is_lead(a, q)).cloned().collect())
        .collect();
    let again = quotes::merge(&collection, &articles, &kept, &[]);
    let spans =
        |keys: &[KeyQuote]| keys.iter().map(|k| k.excerpts.clone()).collect::<BTreeSet<_>>();
    assert_eq!(spans(&again), spans(&leads));
}

/// Checks the invariants of every quotation in any text.
fn check(article: &Article, quotes: &[Quote]) -> Result<(), TestCaseError> {
    let mut end = 0;
    for quote in quotes {
        prop_assert!(!quote.content.is_empty());
        for span in quote.content.iter().chain(&quote.cue).chain(&quote.source) {
            let text = span.get(&article.text);
            prop_assert!(text.is_some_and(|t| !t.is_empty() && t.trim() == t), "{span:?}");
        }
        prop_assert!(quote.content.is_sorted());
        prop_assert!(quote.speaker.is_none() || quote.source.is_some());
        prop_assert!(quote.speaker.is_some() || quote.confidence == Confidence::Low);
        if let Some(source) = quote.source {
            prop_assert!(
                quote.content.iter().all(|c| !c.overlaps(source)),
                "a source in its own quotation"
            );
        }
        if quote.kind == QuoteKind::Indirect {
            continue;
        }
        for part in &quote.content {
            let before = slice(&article.text, 0, part.start()).trim_end().chars().next_back();
            // A dash opens dialogue, a colon follows the label of an interview; a paragraph may continue a quotation.
            let begins =
                slice(&article.text, 0, part.start()).trim_end_matches(' ').ends_with('\n');
            // `« Non, dit-il. Jamais. »`: an attribution inside the marks ends with its own stop.
            let bare = slice(&article.text, 0, part.start())
                .trim_end_matches(|c: char| ".,;\"".contains(c) || c.is_whitespace());
            let inserted = [quote.cue, quote.source].into_iter().flatten();
            let follows = inserted.map(Span::end).any(|end| end == bare.len());
            prop_assert!(
                begins || follows || before.is_some_and(|c| "\"'`“”„‟‘‚«»‹›「『—–―:：".contains(c)),
                "{before:?}"
            );
            prop_assert!(part.start() >= end, "two quotations share words");
            end = part.end();
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn any_text_gives_ranges_inside_marks(text in "(?s)[\\PC\\n]{0,300}") {
        let article = article("a", "en", &text);
        check(&article, &quotes::extract(&article, &annotate(&article)))?;
    }

    #[test]
    fn any_mixture_of_what_rules_read_gives_ranges_inside_marks(
        lang in prop::sample::select(vec!["en", "de", "fr", "es", "ru", "und"]),
        pieces in prop::collection::vec(prop::sample::select(vec![
            "\"", "“", "”", "‘", "’", "'", "''", "„", "«", "»", " ", " ", " ", "\n", ", ", ". ", "? ", ": ", " — ", "(", ")",
            "said", "said that", "told", "according to", "who", "and", "adding", "he", "she", "the minister",
            "Ana Lim", "Mr", "Lim's", "U.S.", "of", "the", "was quoted as saying", "by", "1,500", "sagte", "laut",
            "a déclaré", "dit-il", "zufolge", "сказал", "[", "]", "...", "é", "of the plan",
        ]), 0..60),
    ) {
        let text = pieces.concat();
        let article = article("a", lang, &text);
        check(&article, &quotes::extract(&article, &annotate(&article)))?;
    }
}
