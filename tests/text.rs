//! The invariants of sentences and words, and the tests that every language has to pass.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use nutgraf::article::{Article, Block, BlockKind};
use nutgraf::language::Language;
use nutgraf::span::Span;
use nutgraf::text::packs::{FOLDERS, words};
use nutgraf::text::{Collection, Document, annotate, sentence};
use proptest::prelude::*;

fn article(lang: &str, text: &str) -> Article {
    let lang = Language::parse(lang).unwrap_or_default();
    let blocks = nutgraf::read::layout::blocks(text);
    Article { lang, text: text.to_owned(), blocks, ..Article::default() }
}

fn paragraph(lang: &str, text: &str) -> Vec<String> {
    let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) };
    let spans = sentence::sentences(text, block, Language::parse(lang).unwrap_or_default());
    spans.iter().map(|s| s.slice(text).to_owned()).collect()
}

/// Splits at `|` to get the expected sentences, and checks that the text without the bars yields them.
fn check(lang: &str, expected: &str) {
    let text = expected.replace('|', "");
    let expected: Vec<&str> = expected.split('|').map(str::trim).collect();
    assert_eq!(paragraph(lang, &text), expected, "{lang}");
}

#[test]
fn abbreviations_end_a_sentence_only_where_one_begins() {
    check("en", "Gov. Ada Reed met Dr. Poe in the U.S. Capitol.| He left the U.S.| They stayed.");
    check(
        "en",
        "Shares of Orlo Corp. Chairman Bo Lind fell.| It owns Lumo Ltd.| The rest is sold.",
    );
    check("en", "It rained on Oct. 4 near Mt. Bly.| No. 5 won, he said no.| That was it.");
    check("en", "Call it Plan C.| The board and J. R. Moss agreed.");
    check("en", "At 6 a.m. Mr. Hale rose.| Shops open at 9 a.m.| Crowds came.");
    check("en", "It cost $3.75.| Sales rose.| 40 people came.");
    check("de", "Am 7. Mai kam Dr. Lenz, u. a. mit Frau Roth.| Platz 3.| Der Rest folgte.");
    check("fr", "M. Petit arrive à 9 h.| Mme Roy attend.");
    check("ru", "В 1990 г. в г. Пскове жил А. П. Серов.| Он умер в 1999 г.| Дом стоит.");
    check("sl", "Dne 20. 4. 2001 je dr. Kos prišel.| Stal je 10.| Potem je odšel.");
}

#[test]
fn quotations_are_split_inside_and_kept_with_their_clause() {
    check("en", "\"It was dark.| We ran.| It was over,\" said Lee.");
    check(
        "en",
        "\"Is it over?\" he asked.| \"Who knows?\" Mayor Lund said.| \"We stay.\"| Lund left.",
    );
    check("en", "“No comment.”| The line went dead.");
    check("en", "The film, \"Run! My Dog Is Loose,\" opens today.| It is short.");
    check("fr", "« Il part ! »| Puis il rit.");
    check("ja", "「行く。」と彼は言った。|雨だ。");
}

#[test]
fn layout_inside_a_paragraph_is_white_space_or_a_list() {
    check("en", "The first line\ngoes on here.| The next\nends.");
    check("en", "1) Wash the car| 2) Feed the cat| 3) Sleep");
    check("en", "It was so.[4]| The rest is known.[5][6]");
    check("en", "i went home.| it was late.| then i slept.");
}

#[test]
fn scripts_have_their_own_marks() {
    check("zh", "他走了。|“好！”|雨停了。");
    check("hi", "वह गया।| वह आया।");
    check("ar", "هل انتهى الأمر؟| نعم.");
    check("el", "Τι ώρα είναι;| Δεν ξέρω.");
    check("hy", "Նա գնաց։| Նա եկավ։");
    check("am", "ሄደ።| መጣ።");
}

/// Every line of `tests/sentences/<language>.txt` is split where it says.
#[test]
fn hard_sentences_of_each_language() {
    let mut wrong = Vec::new();
    let mut files: Vec<_> =
        fs::read_dir("tests/sentences").unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    for file in &files {
        let lang = file.file_stem().unwrap().to_str().unwrap();
        for (n, line) in fs::read_to_string(file).unwrap().lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let expected: Vec<&str> = line.split('|').map(str::trim).collect();
            let found = paragraph(lang, &line.replace(" | ", " ").replace('|', ""));
            if found != expected {
                wrong.push(format!("{lang}.txt:{}: {}", n + 1, found.join(" | ")));
            }
        }
    }
    assert!(
        files.len() > 10 && wrong.is_empty(),
        "\n{}\nhelp: see language/<code>",
        wrong.join("\n")
    );
}

#[test]
fn every_language_goes_through_the_same() {
    for folder in FOLDERS {
        let code = folder.code;
        let starter =
            words(folder.sentences).find(|(s, w)| *s == "starters" && w.chars().count() > 1);
        let starter = starter.map_or("Xu", |(_, word)| word);
        // Two plain sentences are two, a sentence with a title is one, and marks close with their sentence.
        for (text, n) in [
            (format!("Bababa nonono. {starter} lalala."), 2),
            (format!("Bababa nonono! {starter} lalala? {starter} mimimi."), 3),
            ("Bababa Dr. Nonono lalala 3.5 mimimi.".to_owned(), 1),
            (format!("“Bababa nonono.” {starter} lalala."), 2),
            (format!("Bababa (nonono). {starter} lalala…"), 2),
            ("bababa.nonono@lalala.com, www.bababa.com".to_owned(), 1),
            ("Bababa\nnonono.".to_owned(), 1),
        ] {
            assert_eq!(
                paragraph(code, &text).len(),
                n,
                "{code}: {text}\nhelp: see language/{code}"
            );
        }
        for (section, word) in words(folder.sentences) {
            assert!(
                !word.ends_with('.') || word == ".",
                "{code}: {word} in [{section}] ends in a stop"
            );
            assert!(SECTIONS.contains(&section), "{code}: unknown section [{section}]");
        }
        for (section, word) in words(folder.stop_words) {
            assert!(matches!(section, "" | "elided"), "{code}: unknown section [{section}]");
            let document = annotate(&article(code, &format!("{word} x")));
            let first = document.tokens.first().unwrap();
            let whole = first.span.len() == word.len();
            assert!(
                !whole || first.kind == nutgraf::text::TokenKind::Stop,
                "{code}: stop word {word} is not written as it is folded"
            );
        }
    }
}

const SECTIONS: &[&str] = &[
    "habits",
    "terminators",
    "never",
    "before numbers",
    "endings before numbers",
    "months",
    "units",
    "before starters",
    "final",
    "counted",
    "exclaimed",
    "fronting",
    "clock",
    "after clock",
    "lettered",
    "starters",
    "speech",
];

#[test]
fn what_a_thread_has_met_before_changes_nothing() {
    let texts = ["The minister resigned. Ministers left.", "Walking ministers resigned again."];
    let fresh: Vec<Vec<String>> = texts
        .iter()
        .map(|t| {
            std::thread::spawn({
                let t = (*t).to_owned();
                move || terms(&annotate(&article("en", &t)))
            })
            .join()
            .unwrap()
        })
        .collect();
    for (text, fresh) in texts.iter().zip(&fresh).rev() {
        assert_eq!(&terms(&annotate(&article("en", text))), fresh);
    }
}

fn terms(document: &Document) -> Vec<String> {
    document.terms().map(str::to_owned).collect()
}

/// Sentences are inside their blocks, tokens inside their sentences, each in order and without overlap; text outside
/// sentences is white space, or in a block that has no sentences.
fn check_laws(article: &Article) -> Result<(), TestCaseError> {
    let document = annotate(article);
    let mut end = 0;
    let mut block_before = 0;
    let mut covered = vec![false; article.text.len()];
    for sentence in &document.sentences {
        let block = article.blocks[sentence.block as usize];
        prop_assert!(block.kind.has_sentences() && block.span.contains(sentence.span));
        prop_assert!(end <= sentence.span.start() && block_before <= sentence.block);
        block_before = sentence.block;
        let text = sentence.span.get(&article.text).unwrap();
        prop_assert!(!text.is_empty() && text.trim() == text);
        end = sentence.span.end();
        covered[sentence.span.start()..end].fill(true);
        let mut token_end = sentence.span.start();
        for token in document.tokens_of(sentence) {
            prop_assert!(token_end <= token.span.start() && sentence.span.contains(token.span));
            prop_assert!(!token.span.slice(&article.text).is_empty());
            prop_assert!(!document.term(token.term).is_empty());
            token_end = token.span.end();
        }
    }
    let of_sentences: usize = document.sentences.iter().map(|s| document.tokens_of(s).len()).sum();
    prop_assert_eq!(of_sentences, document.tokens.len());
    for token in &document.title {
        prop_assert!(token.span.get(&article.title).is_some_and(|t| !t.is_empty()));
    }
    for block in article.blocks.iter().filter(|b| b.kind.has_sentences()) {
        let text = block.span.slice(&article.text);
        let first = covered[block.span.start()..block.span.end()].iter().position(|c| *c);
        let marker = first.filter(|_| block.kind == BlockKind::ListItem).unwrap_or(0);
        prop_assert!(text.get(..marker).is_some_and(|m| !m.contains(char::is_alphabetic)));
        for (at, c) in text.char_indices().filter(|(at, _)| marker <= *at) {
            prop_assert!(c.is_whitespace() || covered[block.span.start() + at], "left out: {c:?}");
        }
    }
    Ok(())
}

/// Fragments on which decisions depend, separated by `|`; a line break and a tab are among them.
const PIECES: &str = "The|it|Mr|U.S|a.m|No|3|2008|Inc|г|т|e|i|I|Müller|Он|東京|。|！|《|》|।|؟|;|Ω|.|.|.|!|?|…|...|\
                      \"|“|”|'|’|»|«|(|)|[|]|[6]|1)|2)|- |— | | | |\n|\n\n|\u{a0}|\u{200f}|,|:|x|l'|a\u{301}|\
                      \u{1F600}|said|*|\t|word. |слово. |WASHINGTON (AP) -- |By Ann Lee\n|Photo: Reuters\n|\
                      Share\n|достопримечательностями|internationalization|\u{3000}|\u{85}|\r\n|\u{feff}|ß|ﬁ";

/// Texts composed at random from such fragments and from any characters.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(PIECES.split('|').collect::<Vec<_>>());
    let piece = prop_oneof![
        18 => pieces.prop_map(str::to_owned),
        2 => "(?s)\\PC{1,6}".prop_map(String::from),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

/// Returns a language with a folder, or any other tag.
fn any_language() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => (0..FOLDERS.len()).prop_map(|n| FOLDERS[n].code.to_owned()),
        1 => "[a-z]{2,3}".prop_map(String::from),
    ]
}

const KINDS: [BlockKind; 8] = [
    BlockKind::Paragraph,
    BlockKind::Heading,
    BlockKind::ListItem,
    BlockKind::Blockquote,
    BlockKind::Caption,
    BlockKind::Dateline,
    BlockKind::Byline,
    BlockKind::Chrome,
];

/// Returns an article whose text is cut into blocks of any kinds, at any places.
fn any_article() -> impl Strategy<Value = Article> {
    let block = (any_text(), prop::sample::select(KINDS.to_vec()), "[ \n]{0,2}");
    let blocks = prop::collection::vec(block, 0..6);
    (any_language(), any_text(), blocks).prop_map(|(lang, title, parts)| {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (part, kind, gap) in parts {
            let start = text.len();
            text.push_str(&part);
            blocks.push(Block { kind, span: Span::new(start, text.len()).trimmed(&text) });
            text.push_str(&gap);
        }
        Article { title, text, blocks, ..article(&lang, "") }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn sentences_and_tokens_keep_the_laws(text in any_text(), lang in any_language()) {
        check_laws(&article(&lang, &text))?;
    }

    #[test]
    fn blocks_of_any_kind_keep_the_laws(article in any_article()) {
        check_laws(&article)?;
    }

    /// Spans that are not ranges of the text, or split a character, give no sentence and cause no panic.
    #[test]
    fn no_block_makes_it_panic(text in any_text(), lang in any_language(), start in 0..200_usize, len in 0..200_usize) {
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(start, start + len) }];
        let sliced = text.get(start..start + len).map(str::trim);
        let document = annotate(&Article { text: text.clone(), blocks, ..article(&lang, "") });
        prop_assert_eq!(document.sentences.is_empty(), sliced.is_none_or(str::is_empty));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_permuted_input_gives_an_equal_corpus(texts in prop::collection::vec(any_text(), 1..6)) {
        let articles: Vec<Article> = texts.iter().map(|t| article("en", t)).collect();
        let reversed = articles.iter().rev().cloned().collect();
        let (one, other) = (Collection::build(articles), Collection::build(reversed));
        prop_assert_eq!(one.corpus.n_terms(), other.corpus.n_terms());
        for term in (0..one.corpus.n_terms() as u32).map(nutgraf::text::TermId) {
            prop_assert_eq!(one.corpus.term(term), other.corpus.term(term));
            prop_assert_eq!(one.corpus.document_frequency(term), other.corpus.document_frequency(term));
        }
    }
}

/// Hostile repetitions take linear time: an unbounded look-back would exceed the time limit of a test.
#[test]
fn no_repetition_takes_more_than_linear_time() {
    for piece in [
        "a. ",
        ".(",
        "? \" ",
        "\" ",
        "1. ",
        ". (",
        "《！",
        "z. B. ",
        ".'",
        ". . ",
        "e.",
        "' ",
        "? Ab ",
        "[.",
        ".\u{200f}",
    ] {
        let text = piece.repeat(30_000 / piece.len());
        annotate(&article("en", &text));
    }
}
