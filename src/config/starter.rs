//! The commented file that `nutgraf init` writes.

use crate::config::keys::{KEYS, Key, REPEATED, find};

/// Returns a configuration with every key, its default and what it is for; all of it commented out but an example of
/// a feed and of an output.
pub fn starter_file() -> String {
    let mut file = String::from(
        "# Configuration of nutgraf. A line that starts with # is a comment; the value shown is the default.\n\
         # `nutgraf config` shows what holds and where it comes from.\n",
    );
    let mut table = "";
    for key in KEYS {
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

fn line(key: &Key) -> String {
    let value = if key.default.is_empty() { "\"\"" } else { key.default };
    format!("# {}\n# {} = {value}\n", key.about, key.name)
}

/// A table that may stand several times, with an example and its further keys.
fn repeated(table: &str) -> String {
    let (what, example): (&str, &[(&str, &str)]) = match table {
        "feed" => (
            "Where articles come from; one [[feed]] each.",
            &[("url", "\"https://news.example/feed.xml\""), ("name", "\"Example News\"")],
        ),
        "topic" => (
            "Stories are put under these topics; the rest under the last heading.",
            &[("name", "\"Energy\""), ("words", "[\"electricity\", \"grid\", \"solar\"]")],
        ),
        _ => (
            "What `nutgraf daily` writes.",
            &[("file", "\"briefings/%Y-%m-%d.md\""), ("to", "\"md\"")],
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
