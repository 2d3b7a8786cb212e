//! Reading as a whole: page dumps in several languages, hostile input, many inputs.

use std::fmt::Write as _;

use nutgraf::article::{Article, BlockKind, Extent};
use nutgraf::json::ArticleRecord;
use nutgraf::read::{self, Format, Limits, Options};
use nutgraf::text::annotate;
use nutgraf::warning::Warning;

fn dump(text: &str) -> Article {
    let options = Options { from: Some(Format::Text), ..Options::default() };
    let read = read::read("dump.txt", text.as_bytes(), &options);
    assert_eq!(read.articles.len(), 1, "{:?}", read.warnings);
    read.articles.into_iter().next().unwrap_or_default()
}

fn blocks(article: &Article, kind: BlockKind) -> Vec<&str> {
    let of_kind = article.blocks.iter().filter(|b| b.kind == kind);
    of_kind.map(|b| b.span.slice(&article.text)).collect()
}

const ENGLISH: &str = "Varn Evening Post
Home
News
Sport
Weather
Subscribe now
Log in
Old bridge of Varn to close for two years
By Ada Lorne
Published: 4 May 2015, 10:20 GMT
The bridge on Sunday. Photo: Karl Braun
The town council of Varn voted on Monday to close the old bridge for two years, saying that its pillars can no longer carry the trams.
\"We have waited far too long, and now there is no other way,\" said the mayor, Ilse Marten, after the vote.
What happens next
A ferry will cross the river every ten minutes from June, and the trams will turn round at the old market.
Shopkeepers on the east bank fear that they will lose half of their customers, and have asked the council for help.
Share this article
Read more
Ten ways to cross a river
Ferries are back in fashion
Privacy policy
Contact us
© 2015 Varn Evening Post. All rights reserved.
";

#[test]
fn a_page_dump_gives_the_story_and_what_the_page_says_about_it() {
    let article = dump(ENGLISH);
    assert_eq!(article.title, "Old bridge of Varn to close for two years");
    assert_eq!(article.byline.as_deref(), Some("Ada Lorne"));
    assert_eq!(article.published.map(|p| p.to_string()).as_deref(), Some("2015-05-04T10:20:00Z"));
    assert_eq!(blocks(&article, BlockKind::Paragraph).len(), 4, "{}", article.text);
    for cut in ["Subscribe", "Karl Braun", "Privacy", "Ten ways", "Read more"] {
        assert!(!article.text.contains(cut), "{cut}: {}", article.text);
    }
}

#[test]
fn every_line_is_in_the_text_or_among_the_cuts() {
    let options = Options { from: Some(Format::Text), cuts: true, ..Options::default() };
    let read = read::read("dump.txt", ENGLISH.as_bytes(), &options);
    for line in ENGLISH.lines() {
        let kept = read.articles.iter().any(|a| a.text.contains(line));
        let cut = read.cuts.iter().any(|c| c.text == line);
        assert!(kept != cut, "{line:?} kept: {kept}, cut: {cut}");
    }
}

#[test]
fn dumps_in_german_and_french_are_cleaned_too() {
    let german = dump(
        "Startseite\nPolitik\nSport\nAnmelden\nFähre ersetzt die alte Brücke von Varn\nVon Anna Weiss\nStand: 04.05.2015, 10:20 Uhr\n\
         Der Stadtrat von Varn hat am Montag beschlossen, die alte Brücke für zwei Jahre zu sperren, weil die Pfeiler die neuen Bahnen nicht mehr tragen.\n\
         Die Bürgermeisterin sagte nach der Sitzung, man habe viel zu lange gewartet und nun keine andere Wahl mehr.\n\
         Ab Juni soll alle zehn Minuten eine Fähre über den Fluss fahren, die Straßenbahnen wenden am alten Markt.\n\
         Artikel teilen\nDas könnte Sie auch interessieren\nImpressum\nDatenschutz\n",
    );
    assert_eq!(german.title, "Fähre ersetzt die alte Brücke von Varn");
    assert_eq!(blocks(&german, BlockKind::Paragraph).len(), 3, "{}", german.text);
    assert_eq!(german.lang.code(), "de");
    let french = dump(
        "Accueil\nMonde\nSe connecter\nLe vieux pont de Varn fermé pour deux ans\nPar Anne Blanc\nPublié le 4 mai 2015 à 10h20\n\
         Le conseil municipal de Varn a décidé lundi de fermer le vieux pont pendant deux ans, parce que ses piliers ne portent plus les tramways.\n\
         La maire a déclaré après le vote que la ville avait attendu trop longtemps et qu'il n'y avait plus d'autre choix.\n\
         Un bac traversera le fleuve toutes les dix minutes à partir de juin, et les tramways feront demi-tour au vieux marché.\n\
         Lire aussi : dix façons de traverser un fleuve\nPartager sur\nMentions légales\n",
    );
    assert_eq!(french.title, "Le vieux pont de Varn fermé pour deux ans");
    assert_eq!(blocks(&french, BlockKind::Paragraph).len(), 3, "{}", french.text);
}

#[test]
fn a_wire_story_is_its_title_dateline_and_paragraphs() {
    let article = dump(
        "Bridge of Varn to Close\n\nVARN, Ostland (AP) -- The council voted on Monday to close the\nold bridge for two years, the mayor said, because its pillars are\ntoo weak.\n\n\
         A ferry will run every ten minutes from June on, and the trams will\nturn round at the market.\n",
    );
    assert_eq!(
        (&*article.title, article.place.as_deref()),
        ("Bridge of Varn to Close", Some("VARN, Ostland"))
    );
    let paragraphs = blocks(&article, BlockKind::Paragraph);
    assert_eq!(paragraphs.len(), 2, "{}", article.text);
    assert!(paragraphs[0].starts_with("The council") && paragraphs[0].ends_with("close the old bridge for two years, the mayor said, because its pillars are too weak."));
}

#[test]
fn hostile_texts_end() {
    let shapes = [
        "x".repeat(1 << 18),
        "word ".repeat(20_000),
        "- ".repeat(20_000),
        "\n".repeat(1 << 16),
        "A. \n".repeat(4_000),
        "\"\n".repeat(4_000),
        "VARN -- ".repeat(5_000),
        "> ".repeat(10_000),
        "\0".repeat(2000) + "Some words.",
    ];
    for text in &shapes {
        drop(read::read("a.txt", text.as_bytes(), &Options::default()));
        let line = serde_json::json!({ "text": text }).to_string();
        drop(read::read("a.jsonl", line.as_bytes(), &Options::default()));
    }
}

#[test]
fn limits_are_named() {
    let limits = Limits { bytes: 10, entries: 2, ..Limits::default() };
    let read =
        read::read("a.txt", b"More than ten bytes.", &Options { limits, ..Options::default() });
    assert!(read.articles.is_empty() && read.warnings[0].message.contains("limit of 10 bytes"));
    let limits = Limits { entries: 2, ..Limits::default() };
    let lines = "{\"title\": \"A\"}\n".repeat(5);
    let read = read::read("a.jsonl", lines.as_bytes(), &Options { limits, ..Options::default() });
    assert_eq!(read.articles.len(), 2);
    assert!(read.warnings[0].message.contains("3 lines more than the limit"));
}

#[test]
fn a_text_longer_than_a_page_may_be_is_read_up_to_there() {
    let limits = Limits { page_bytes: 2000, ..Limits::default() };
    let options = Options { from: Some(Format::Text), limits, ..Options::default() };
    let read = read::read("long.txt", ENGLISH.repeat(50).as_bytes(), &options);
    assert_eq!(read.articles.len(), 1);
    assert!(read.articles[0].text.len() <= 2000);
    assert!(read.warnings.iter().any(|w| w.message.contains("more than 2000 bytes") && !w.dropped));
}

#[test]
fn many_inputs_keep_their_order_and_no_id_twice() {
    let origins: Vec<String> = (0..300).map(|n| format!("{n:03}.jsonl")).collect();
    let load = |origin: &str| {
        if origin == "007.jsonl" {
            return Err("cannot be read: gone".to_owned());
        }
        let mut lines = String::new();
        let _ = writeln!(lines, "{{\"id\": \"same\", \"text\": \"From {origin}.\"}}");
        let _ = writeln!(lines, "{{\"id\": \"one\", \"text\": \"Alike in all.\"}}");
        Ok(lines.into_bytes())
    };
    let read = read::read_all(&origins, load, &Options::default());
    assert_eq!(read.articles.len(), 300);
    let ids: std::collections::BTreeSet<_> = read.articles.iter().map(|a| a.id.clone()).collect();
    assert_eq!(ids.len(), 300);
    let joined = read.articles.iter().find(|a| a.id.as_str() == "one");
    assert_eq!(joined.map(|a| a.also_from.len()), Some(298));
    assert!(read.warnings.iter().any(|w| w.origin == "007.jsonl" && w.dropped));
}

#[test]
fn how_much_of_its_text_an_article_has_survives_its_record() {
    for extent in Extent::ALL {
        let mut article = Article::from_text("The bridge is closed. It opens again in May.");
        article.teaser = extent == Extent::Teaser;
        article.warnings.extend(extent.warning().map(|warning| Warning::kept("a page", warning)));
        assert_eq!(article.extent(), extent);
        let record = ArticleRecord::new(&article, &annotate(&article));
        let json = serde_json::to_string(&record).unwrap_or_default();
        assert_eq!(json.contains("\"extent\""), extent != Extent::Whole, "{json}");
        for (name, text) in [
            ("x.json", format!("[{json}]")),
            ("x.jsonl", format!("{json}\n{{\"text\": \"Rain.\"}}\n")),
        ] {
            let read = read::read(name, text.as_bytes(), &Options::default());
            assert_eq!(read.articles[0].extent(), extent, "{text}");
        }
    }
    let other = read::read(
        "x.json",
        b"{\"text\": \"Rain fell.\", \"extent\": \"12 km\"}",
        &Options::default(),
    );
    assert_eq!(other.articles[0].extent(), Extent::Whole);
}
