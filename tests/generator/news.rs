//! Invented news in two scripts: articles with quotations and speakers, as JSON lines and as pages of a site.

use crate::generator::{Chance, text, word};

/// How the invented news is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    Russian,
}

impl Tongue {
    /// Returns the tag of the language whose function words are used.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }

    /// Returns the function words of a language, which make up two fifths of the text.
    const fn small_words(self) -> &'static [&'static str] {
        match self {
            Self::English => {
                &["the", "of", "to", "and", "a", "in", "for", "that", "on", "with", "was", "by"]
            }
            Self::Russian => {
                &["в", "и", "на", "с", "что", "по", "не", "из", "для", "от", "за", "был"]
            }
        }
    }

    /// Writes a word of the invented vocabulary.
    fn spelled(self, word: &str) -> String {
        match self {
            Self::English => word.to_owned(),
            Self::Russian => word.chars().map(cyrillic).collect(),
        }
    }
}

/// Returns the Cyrillic letter for a Latin one.
fn cyrillic(letter: char) -> char {
    const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
    const CYRILLIC: &str = "абкдефгхийклмнопярстувжшыз";
    let of =
        |c: char| LATIN.chars().zip(CYRILLIC.chars()).find(|(l, _)| *l == c).map(|(_, own)| own);
    match of(letter.to_ascii_lowercase()) {
        Some(own) if letter.is_uppercase() => own.to_uppercase().next().unwrap_or(own),
        Some(own) => own,
        None => letter,
    }
}

/// An invented article.
pub(crate) struct News {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) date: String,
    pub(crate) source: String,
    pub(crate) paragraphs: Vec<String>,
}

impl News {
    /// Makes an article of an event, about `bytes` long.
    pub(crate) fn of_event(
        chance: &mut Chance,
        number: usize,
        event: usize,
        bytes: usize,
        tongue: Tongue,
    ) -> Self {
        let mut paragraphs = Vec::new();
        let mut length = 0;
        while length < bytes {
            let n_sentences = 1 + chance.below(3);
            let mut paragraph = text(chance, event, n_sentences)
                .iter()
                .map(|sentence| mixed(chance, sentence, tongue))
                .collect::<Vec<_>>()
                .join(" ");
            if paragraphs.is_empty() || chance.below(3) == 0 {
                paragraph = format!("{paragraph} {}", quotation(chance, event, tongue));
            }
            length += paragraph.len();
            paragraphs.push(paragraph);
        }
        let title: Vec<String> = (0..7).map(|_| tongue.spelled(&own_word(chance, event))).collect();
        Self {
            id: format!("a{number}"),
            title: capitalised(&title.join(" ")),
            date: format!("2026-03-{:02}T{:02}:00:00Z", event % 9 + 1, chance.below(24)),
            source: format!("Paper {}", number % 40),
            paragraphs,
        }
    }

    /// Returns the article as a line of JSON.
    pub(crate) fn json_line(&self, tongue: Tongue) -> String {
        serde_json::json!({
            "id": self.id,
            "title": self.title,
            "date": self.date,
            "source": self.source,
            "lang": tongue.tag(),
            "text": self.paragraphs.join("\n\n"),
        })
        .to_string()
    }

    /// Returns the article as a page of its paper, with the usual boilerplate around it.
    pub(crate) fn page(&self, tongue: Tongue) -> String {
        let name = |n: usize| tongue.spelled(&word(n));
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let menu = joined((40..52).map(|n| format!("<li><a href=\"/s{n}\">{}</a></li>", name(n))));
        let teaser = |n| {
            format!("<li><a href=\"/m{n}\"><h3>{}</h3></a><p>{}</p></li>", name(n), name(n * 7))
        };
        let more = joined((20..32).map(teaser));
        let body = joined(self.paragraphs.iter().map(|p| format!("<p>{}</p>\n", escaped(p))));
        format!(
            "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title} | {source}</title>\
             <meta property=\"og:title\" content=\"{title}\"><meta property=\"article:published_time\" content=\"{date}\">\
             </head><body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>\
             <p class=\"byline\"><time datetime=\"{date}\">{date}</time></p>\n{body}</article>\
             <aside><h2>{source}</h2><ul>{more}</ul></aside></main><footer><ul>{menu}</ul></footer></body></html>",
            tongue.tag(),
            title = self.title,
            source = self.source,
            date = self.date,
        )
    }
}

/// Mixes the function words of a language into a sentence of invented words.
fn mixed(chance: &mut Chance, sentence: &str, tongue: Tongue) -> String {
    let small = tongue.small_words();
    let mut words = Vec::new();
    for (at, word) in sentence.split(' ').enumerate() {
        if 0 < at && chance.below(3) < 2 {
            words.push(small[chance.rank(small.len())].to_owned());
        }
        words.push(tongue.spelled(word));
    }
    words.join(" ")
}

/// Returns a quotation by somebody involved in the event.
fn quotation(chance: &mut Chance, event: usize, tongue: Tongue) -> String {
    let said = text(chance, event, 1).concat();
    let said = mixed(chance, said.trim_end_matches('.'), tongue);
    let n = chance.below(3);
    let name = |n: usize| capitalised(&tongue.spelled(&word(1000 + (event * 37 + n * 911) % 9000)));
    let (given, surname) = (name(n), name(n + 5));
    match tongue {
        Tongue::English => format!("\"{said},\" said {given} {surname}."),
        Tongue::Russian => format!("«{said}», — сказал {given} {surname}."),
    }
}

/// Returns one of the words that are specific to an event.
fn own_word(chance: &mut Chance, event: usize) -> String {
    word((event * 7919 + chance.rank(30) * 104_729) % 40_000 + 500)
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().concat()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// Makes articles, about five of them on each event.
pub(crate) fn articles(n: usize, bytes: usize, tongue: Tongue) -> Vec<News> {
    let mut chance = Chance::new(7);
    let events = n / 5 + 1;
    (0..n)
        .map(|number| {
            let event = chance.below(events);
            News::of_event(&mut chance, number, event, bytes, tongue)
        })
        .collect()
}
