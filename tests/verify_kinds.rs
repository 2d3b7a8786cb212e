//! Kinds of drafts and briefings that `verify` must distinguish, each with variants in other words, languages and
//! marks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use nutgraf::article::{Article, Published};
use nutgraf::pipeline::{self, Params};
use nutgraf::read::{self, Options as Reading};
use nutgraf::text::Collection;
use nutgraf::verify::draft::{self, Format, Options};
use nutgraf::verify::{Code, Report, verify};

const ECHO: &str = "\"Nobody will drive over it this winter,\" said Ana Quill, the mayor of Selm. \"We have had three \
    warnings from the engineers.\" The old bridge was closed by the council on Monday.";
const POST: &str = "The council of Kelmar voted on Tuesday to raise the harbour fees. \"It was long overdue,\" said \
    Peder Holm, the harbour master.";

fn collection(articles: &[(&str, &str, &str, &str)]) -> Collection {
    let lines: Vec<String> = articles
        .iter()
        .map(|(outlet, lang, title, text)| {
            serde_json::json!({
                "id": outlet, "title": title, "source": outlet, "lang": lang, "date": "2031-04-02", "text": text,
            })
            .to_string()
        })
        .collect();
    let read = read::read("s.jsonl", lines.join("\n").as_bytes(), &Reading::default());
    Collection::build(read.articles)
}

fn two_outlets() -> Collection {
    collection(&[
        ("Selm Echo", "en", "Selm closes bridge 'for good'", ECHO),
        ("Kelmar Post", "en", "Kelmar raises harbour fees", POST),
    ])
}

fn check(draft: &str, sources: &Collection) -> Report {
    draft::verify(draft, &Options { format: Some(Format::Markdown), claims: false }, sources)
}

fn faults(report: &Report) -> Vec<Code> {
    report.findings.iter().filter(|f| f.fault).map(|f| f.code).collect()
}

#[test]
fn an_outlet_that_is_named_for_the_words_of_another_is_found() {
    let sources = two_outlets();
    let said = "Nobody will drive over it this winter";
    for draft in [
        format!("The Kelmar Post reported that \"{said}\"."),
        format!("The Kelmar Post wrote: \"{said}.\""),
        format!("According to the Kelmar Post, \"{said}.\""),
        format!("\"{said},\" the Kelmar Post reported."),
        format!("\"{said}.\" (Kelmar Post)"),
        format!("Kelmar Post: \"{said}.\""),
        format!("> \"{said}.\"\n>\n> — Ana Quill · *Kelmar Post*"),
        format!("\"{said}.\" — Ana Quill, mayor · *Kelmar Post*"),
    ] {
        assert_eq!(faults(&check(&draft, &sources)), [Code::OtherSource], "{draft}");
        let right = draft.replace("Kelmar Post", "Selm Echo");
        assert!(check(&right, &sources).holds, "{right}\n{}", check(&right, &sources));
        let unknown = draft.replace("Kelmar Post", "Westmark Post");
        assert!(check(&unknown, &sources).holds, "{unknown}\n{}", check(&unknown, &sources));
    }
}

#[test]
fn an_ellipsis_that_leaves_out_nothing_is_a_change() {
    let sources = two_outlets();
    for draft in [
        "\"Nobody will … drive over it this winter\"",
        "\"three warnings ... from the engineers\"",
        "\"We have had […] three warnings\"",
        "“closed by … the council on Monday”",
    ] {
        let report = check(draft, &sources);
        let codes: Vec<Code> = report.findings.iter().map(|f| f.code).collect();
        assert!(!report.holds && codes == [Code::EllipsisEmpty], "{draft}\n{report}");
    }
    for draft in [
        "\"Nobody will … this winter\"",
        "\"Nobody will drive over it this winter … We have had three warnings\"",
        "\"It was long overdue …\" and \"… raise the harbour fees\"",
        "\"the mayor of Selm … We have had three warnings\"",
    ] {
        let report = check(draft, &sources);
        assert!(report.findings.iter().all(|f| f.code != Code::EllipsisEmpty), "{draft}\n{report}");
    }
}

#[test]
fn a_changed_sentence_in_a_script_without_spaces_is_found() {
    for (lang, text, honest, forged) in [
        (
            "zh",
            "市长陈丽说：“今年冬天没有人会从桥上开车过去，我们已经收到三次警告。”桥在星期一关闭。",
            "“今年冬天没有人会从桥上开车过去”",
            [
                "“今年夏天没有人会从桥上开车过去”",
                "“今年冬天所有人会从桥上开车过去”",
                "“明年我们将用两亿元修建一座新桥”",
            ],
        ),
        (
            "ja",
            "市長の佐藤花子は「この冬は誰も橋を渡らない。三回の警告があった」と述べた。橋は月曜日に閉鎖された。",
            "「この冬は誰も橋を渡らない」",
            [
                "「この夏は誰も橋を渡らない」",
                "「この冬は誰でも橋を渡れる」",
                "「来年は新しい橋を二つ建てる予定だ」",
            ],
        ),
    ] {
        let sources = collection(&[("Echo", lang, "", text)]);
        assert!(check(honest, &sources).holds, "{honest}\n{}", check(honest, &sources));
        for forged in forged {
            assert!(!check(forged, &sources).holds, "{forged}\n{}", check(forged, &sources));
        }
    }
}

#[test]
fn a_quotation_is_the_same_in_other_marks_and_other_normal_forms() {
    let sources = two_outlets();
    let said = "Nobody will drive over it this winter";
    for (open, close) in [
        ("״", "״"),
        ("″", "″"),
        ("＂", "＂"),
        ("»", "»"),
        ("»", "«"),
        ("〝", "〟"),
        ("〝", "〞"),
        ("❝", "❞"),
    ] {
        let draft = format!("Ana Quill said: {open}{said}{close}, and left.");
        let report = check(&draft, &sources);
        assert!(report.holds && report.checked.quotations == 1, "{draft}\n{report}");
        let forged = draft.replace("winter", "summer");
        assert_eq!(faults(&check(&forged, &sources)), [Code::WordChanged], "{forged}");
    }
    for (composed, decomposed) in [
        ("Le café du port a fermé ses portes", "Le cafe\u{301} du port a ferme\u{301} ses portes"),
        (
            "Die Brücke über die Förde wird gesperrt",
            "Die Bru\u{308}cke u\u{308}ber die Fo\u{308}rde wird gesperrt",
        ),
    ] {
        for (source, draft) in [(composed, decomposed), (decomposed, composed)] {
            let sources = collection(&[("Echo", "fr", "", source)]);
            assert!(check(&format!("“{draft}”"), &sources).holds, "{draft}");
        }
    }
}

#[test]
fn the_words_of_a_title_are_words_of_a_source() {
    let sources = two_outlets();
    for draft in [
        "The Echo's headline is \"Selm closes bridge 'for good'\".",
        "## Selm closes bridge 'for good'",
        "1. [Selm closes bridge 'for good'](https://a.example/), *Selm Echo*, 2 April 2031",
        "It wrote of a bridge closed “for good”.",
    ] {
        let report = check(draft, &sources);
        assert!(report.holds, "{draft}\n{report}");
    }
    assert!(!check("\"Selm closes harbour 'for good' in May\"", &sources).holds);
    // The words of a title inside a quotation do not end it.
    for (title, text, forged) in [
        (
            "Harbour 'miracle'",
            "The harbour miracle was a surprise to all of us.",
            "The harbour 'miracle' was not a surprise to all of us.",
        ),
        (
            "Selm's nor'easter",
            "Selm's nor'easter was a severe storm in the north.",
            "The Selm's nor'easter was a mild storm in the north.",
        ),
        (
            "The quay is 'safe'",
            "We know that the quay is safe for all.",
            "We know that the quay is 'safe' for nobody.",
        ),
    ] {
        let sources = collection(&[("Echo", "en", title, text)]);
        assert!(!check(&format!("“{forged}”"), &sources).holds, "{forged}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test compares two durations")]
fn the_cost_of_quotations_is_linear() {
    let sources = two_outlets();
    let words = |n: usize| {
        let mut draft = String::new();
        for i in 0..n {
            write!(
                draft,
                "On day {i} she said: “Nobody will drive over it this winter,” and left. "
            )
            .unwrap();
            if i % 400 == 399 {
                draft.push_str("\n\n");
            }
        }
        let before = std::time::Instant::now();
        assert_eq!(check(&draft, &sources).checked.quotations, n);
        before.elapsed()
    };
    words(100);
    let (small, large) = (words(1_000), words(8_000));
    // Eight times the work; it would be 64 times if each quotation were compared with all others.
    assert!(large < small * 32, "{small:?} for 1,000 quotations, {large:?} for 8,000");
}

/// Returns a briefing of two stories, the first reported by two outlets.
fn briefing() -> (nutgraf::briefing::Briefing, Collection) {
    let bridge = "Selm closed its old bridge on Monday after engineers found cracks in two of its piers. The bridge of Selm carried 9,000 cars a day. Mayor Ana Quill said the bridge would stay closed until May.";
    let copy = "Engineers found cracks in two piers of the old bridge of Selm, which the town closed on Monday. Mayor Ana Quill expects the bridge to stay closed until May. Buses go through Orlen.";
    let fees = "Kelmar voted on Tuesday to raise its harbour fees by 12 percent from July. The harbour of Kelmar had 300 yachts last year. Harbour master Peder Holm called the fees long overdue.";
    let sources = [
        ("Selm Echo", "en", "Selm closes old bridge after cracks", bridge),
        ("Orlen Mail", "en", "Cracks close old bridge of Selm", copy),
        ("Kelmar Post", "en", "Kelmar raises harbour fees", fees),
    ];
    let articles: Vec<Article> = collection(&sources).articles;
    let now = Published::parse("2031-04-03T06:00:00Z").unwrap();
    let made = pipeline::brief(articles.clone(), &Params { words: 200, ..Params::default() }, now);
    (made.briefing, Collection::build(articles))
}

#[test]
fn sources_and_witnesses_of_a_briefing_are_computed_anew() {
    let (honest, collection) = briefing();
    assert_eq!(honest.stories.len(), 2);
    assert!(verify(&honest, &collection).holds, "{}", verify(&honest, &collection));
    let derived = |forged: &nutgraf::briefing::Briefing| {
        let report = verify(forged, &collection);
        assert!(!report.holds, "{forged:#?}");
        assert!(report.findings.iter().any(|f| f.code == Code::Derived), "{report}");
    };
    for n in [0, 3] {
        let mut forged = honest.clone();
        forged.stories[0].witnesses = n;
        derived(&forged);
    }
    for (from, to) in [(0, 1), (1, 0)] {
        let mut forged = honest.clone();
        let foreign = honest.stories[from].sources[0].clone();
        let outlets = honest.stories[from].outlets.clone();
        let story = &mut forged.stories[to];
        story.sources.push(foreign);
        derived(&forged.clone());
        forged.stories[to].outlets.extend(outlets);
        forged.stories[to].outlets.sort();
        derived(&forged);
    }
}
