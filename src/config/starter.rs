//! The commented file that `nutgraf init` writes.

use crate::config::keys::{KEYS, Key, REPEATED, find};

/// Suggested public feeds: language, topic and address, with general news first in each language.
///
/// Addresses change; `nutgraf feed test` shows whether one still works.
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

/// The start of the file, which is not commented out: the tables that a first briefing needs.
const START: &str = "\
[[feed]]
url = \"\"  # Address of a feed; `nutgraf feed add ADDRESS` fills it in and finds the feed of a site.

[[output]]
file = \"briefings/%Y-%m-%d.md\"  # File that `nutgraf daily` writes; %Y-%m-%d is replaced with the date.
to = \"md\"
";

/// Example values for the keys without a default, by full name.
const SAMPLES: &[(&str, &str)] = &[
    ("title", "\"Morning briefing\""),
    ("archive.path", "\"archive.db\""),
    ("brief.minutes", "3"),
    ("brief.template", "\"commonmark\""),
    ("brief.intro", "\"Good morning.\""),
    ("brief.outro", "\"Until tomorrow.\""),
    ("style.date", "\"%A, %-d %B %Y\""),
    ("style.short_date", "\"%-d %b\""),
    ("style.quotes", "\"english\""),
    ("style.marks", "\"numbers\""),
    ("style.width", "80"),
    ("mail.from", "\"me@example.org\""),
    ("mail.to", "\"you@example.org\""),
    ("mail.subject", "\"Morning briefing\""),
    ("atom.id", "\"https://briefings.example/\""),
    ("atom.url", "\"https://briefings.example/\""),
    ("atom.author", "\"Example Briefings\""),
    ("fetch.user_agent", "\"example-reader/1.0 (me@example.org)\""),
    ("fetch.proxy", "\"http://proxy.example:3128\""),
    ("limits.unpacked_size", "\"512M\""),
    ("lint.max_single_source_stories", "3"),
    ("feed.opml", "\"feeds.opml\""),
    ("feed.folder", "\"articles\""),
    ("feed.lang", "\"en\""),
    ("output.post", "\"$WEBHOOK_URL\""),
    ("output.smtp", "\"smtps://mail.example:465\""),
    ("output.name", "\"morning\""),
    ("output.format", "\"slack\""),
    ("output.template", "\"commonmark\""),
    ("output.latest", "\"briefings/latest.html\""),
    ("output.chat", "\"$TELEGRAM_CHAT\""),
    ("output.user", "\"me\""),
    ("output.password", "\"$SMTP_PASSWORD\""),
];

/// Returns a configuration file that starts with a feed to fill in and an output. All keys follow, commented out, each
/// with its purpose and its default or an example value; each is valid in its table when it is uncommented.
pub fn starter_file() -> String {
    let mut file = String::from(START);
    file.push_str(&examples());
    file.push_str(
        "\n# All settings, commented out. The value shown is the default, unless it is marked as an example.\n\
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

/// Returns the commented list of suggested feeds, grouped by language.
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
    let note = if key.default.is_empty() { "  # an example; not set by default" } else { "" };
    format!("# {}\n# {} = {}{note}\n", key.about, key.name, value(key))
}

/// Returns the default of a key, or an example value if it has none.
fn value(key: &Key) -> &'static str {
    if !key.default.is_empty() {
        return key.default;
    }
    let name = key.full_name();
    SAMPLES.iter().find(|(known, _)| *known == name).map_or("\"\"", |(_, sample)| *sample)
}

/// Returns the TOML text of an array of tables, commented out, with an example entry and the remaining keys.
fn repeated(table: &str) -> String {
    let (what, example): (&str, &[(&str, &str)]) = match table {
        "feed" => (
            "Sources of articles; write one [[feed]] for each.",
            &[("url", "\"https://news.example/feed.xml\""), ("name", "\"Example News\"")],
        ),
        "topic" => (
            "Stories are grouped under these topics; all others come under a last heading.",
            &[("name", "\"Energy\""), ("words", "[\"electricity\", \"grid\", \"solar\"]")],
        ),
        _ => (
            "Outputs of `nutgraf daily`; see docs/delivery.md for chats, email and e-readers.",
            &[("file", "\"briefings/%Y-%m-%d.html\""), ("to", "\"html\"")],
        ),
    };
    let mut text = format!("\n# {what}\n# [[{table}]]\n");
    for (name, value) in example {
        let about = find(table, name).map_or("", |k| k.about);
        text.push_str(&format!("# {name} = {value}  # {about}\n"));
    }
    text.push_str("# Further keys, with their defaults or examples:\n");
    for key in
        KEYS.iter().filter(|k| k.table == table && !example.iter().any(|(n, _)| *n == k.name))
    {
        text.push_str(&format!("# {} = {}  # {}\n", key.name, value(key), key.about));
    }
    text
}
