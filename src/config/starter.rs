//! The commented file that `nutgraf init` writes.

use crate::config::keys::{KEYS, Key, REPEATED, find};

/// Feeds to choose from: language, topic, and address.
///
/// All are public, and none is preferred: each language has general news first. Addresses change; `nutgraf feed test`
/// says whether one still answers.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("English", "world", "https://feeds.bbci.co.uk/news/world/rss.xml"),
    ("English", "world", "https://www.theguardian.com/world/rss"),
    ("English", "world", "https://www.aljazeera.com/xml/rss/all.xml"),
    ("English", "world", "https://rss.dw.com/rdf/rss-en-all"),
    ("English", "United States", "https://feeds.npr.org/1001/rss.xml"),
    ("English", "science", "https://www.nature.com/nature.rss"),
    ("English", "science", "https://phys.org/rss-feed/"),
    ("English", "climate", "https://www.carbonbrief.org/feed/"),
    ("English", "technology", "https://feeds.arstechnica.com/arstechnica/index"),
    ("English", "free software", "https://lwn.net/headlines/rss"),
    ("German", "general", "https://www.tagesschau.de/index~rss2.xml"),
    ("German", "general", "https://newsfeed.zeit.de/index"),
    ("French", "general", "https://www.lemonde.fr/rss/une.xml"),
    ("French", "world", "https://www.rfi.fr/fr/rss"),
    ("Spanish", "general", "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/portada"),
    ("Italian", "general", "https://www.ansa.it/sito/ansait_rss.xml"),
    ("Portuguese", "general", "https://g1.globo.com/rss/g1/"),
    ("Dutch", "general", "https://feeds.nos.nl/nosnieuwsalgemeen"),
    ("Russian", "general", "https://meduza.io/rss/all"),
];

/// The tables with which the file begins, and that are not commented out: all that a first briefing needs.
const START: &str = "\
[[feed]]
url = \"\"  # Address of a feed; `nutgraf feed add ADDRESS` fills it in, and finds the feed of a site.

[[output]]
file = \"briefings/%Y-%m-%d.md\"  # File that `nutgraf daily` writes; %Y-%m-%d is replaced with the date.
to = \"md\"
";

/// Returns a configuration that starts with a feed to fill in and an output; every other key is commented out, with
/// its default and purpose.
pub fn starter_file() -> String {
    let mut file = String::from(START);
    file.push_str(&examples());
    file.push_str(
        "\n# All settings. A line that begins with # is a comment; the value shown is the default.\n\
         # `nutgraf config` shows the effective settings and where each comes from.\n",
    );
    let mut table = "";
    for (n, key) in KEYS.iter().enumerate() {
        if n == 0 && key.table.is_empty() {
            file.push_str(
                "\n# General settings; to set one of these, write it above the first [[feed]].\n",
            );
        }
        if key.table != table {
            table = key.table;
            if REPEATED.contains(&table) {
                file.push_str(&repeated(table));
                continue;
            }
            file.push_str(&format!("\n[{table}]\n"));
        }
        if !REPEATED.contains(&table) {
            file.push_str(&line(key));
        }
    }
    file
}

/// The commented list of feeds, by language.
fn examples() -> String {
    let mut text = String::from("\n# Suggested feeds; add one with `nutgraf feed add ADDRESS`.\n");
    let mut language = "";
    for (of, topic, address) in EXAMPLES {
        if *of != language {
            language = of;
            text.push_str(&format!("# {language}\n"));
        }
        text.push_str(&format!("#   {topic:<14} {address}\n"));
    }
    text
}

fn line(key: &Key) -> String {
    let value = if key.default.is_empty() { "\"\"" } else { key.default };
    format!("# {}\n# {} = {value}\n", key.about, key.name)
}

/// A table that may be there several times, with an example and its further keys.
fn repeated(table: &str) -> String {
    let (what, example): (&str, &[(&str, &str)]) = match table {
        "feed" => (
            "Where articles come from; one [[feed]] for each source.",
            &[("url", "\"https://news.example/feed.xml\""), ("name", "\"Example News\"")],
        ),
        "topic" => (
            "Stories are grouped under these topics; the rest come under the last heading.",
            &[("name", "\"Energy\""), ("words", "[\"electricity\", \"grid\", \"solar\"]")],
        ),
        _ => (
            "Where `nutgraf daily` delivers the briefing; see docs/delivery.md for chats, mail and e-readers.",
            &[("file", "\"briefings/%Y-%m-%d.html\""), ("to", "\"html\"")],
        ),
    };
    let mut text = format!("\n# {what}\n# [[{table}]]\n");
    for (name, value) in example {
        let about = find(table, name).map_or("", |k| k.about);
        text.push_str(&format!("# {name} = {value}  # {about}\n"));
    }
    text.push_str("# Further keys:\n");
    for key in
        KEYS.iter().filter(|k| k.table == table && !example.iter().any(|(n, _)| *n == k.name))
    {
        text.push_str(&format!("#   {}: {}\n", key.name, key.about));
    }
    text
}
