//! Edits the configuration file as text: adds and removes feeds, and leaves everything else as it is.
//!
//! Comments, blank lines, the order of keys and the formatting of values are kept. A comment directly above a
//! `[[feed]]` is removed with the feed, and the comment after an empty address is removed when the address is filled
//! in. A comment that a blank line separates from the table is kept.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use nutgraf::config::{Config, Overrides};
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, RawString, Table, Value};

use crate::cli::args::Output;
use crate::cli::output;

/// A configuration file that is being edited.
pub(crate) struct ConfigFile {
    path: PathBuf,
    document: DocumentMut,
}

/// A feed to add; unset fields are left out of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewFeed {
    pub(crate) url: String,
    pub(crate) name: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) weight: Option<f64>,
    pub(crate) full_text: bool,
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
}

impl ConfigFile {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        Self::parse(path, &text)
    }

    fn parse(path: &Path, text: &str) -> Result<Self> {
        let document = text.parse().with_context(|| format!("{} is not TOML", path.display()))?;
        Ok(Self { path: path.to_owned(), document })
    }

    /// Fills in the first `[[feed]]` table whose address is still empty; if there is none, adds the feed after the
    /// existing ones.
    pub(crate) fn add(&mut self, feed: &NewFeed) {
        let item = self.document.entry("feed").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        if let Item::Value(Value::Array(list)) = item {
            let values = feed.values();
            list.push(values.into_iter().collect::<InlineTable>());
            return;
        }
        let Some(tables) = item.as_array_of_tables_mut() else { return };
        let is_empty = |table: &&mut Table| {
            table.get("url").and_then(Item::as_str).is_some_and(|url| url.trim().is_empty())
        };
        if let Some(table) = tables.iter_mut().find(is_empty) {
            for (key, value) in feed.values() {
                // Replacing the empty value also drops the comment after it, which asks the user to fill in the
                // address.
                table.insert(key, Item::Value(value));
            }
            return;
        }
        let mut table = Table::new();
        for (key, value) in feed.values() {
            table.insert(key, Item::Value(value));
        }
        tables.push(table);
    }

    /// Removes the feed at the 0-based position `at`.
    pub(crate) fn remove(&mut self, at: usize) {
        match self.document.get_mut("feed") {
            Some(Item::Value(Value::Array(list))) if at < list.len() => {
                list.remove(at);
            }
            Some(Item::ArrayOfTables(tables)) if at < tables.len() => {
                let removed = tables.remove(at);
                if tables.is_empty() {
                    self.document.remove("feed");
                }
                let prefix = removed.decor().prefix().and_then(RawString::as_str);
                // Comments that a blank line separates from the table do not belong to it.
                if let Some((kept, _)) = prefix.and_then(|p| p.rsplit_once("\n\n")) {
                    self.keep(&format!("{kept}\n"), removed.position());
                }
            }
            _ => {}
        }
    }

    /// Inserts comments before the first table after `place`, or at the end of the file if there is none.
    fn keep(&mut self, comments: &str, place: Option<isize>) {
        let next = tables(self.document.as_table_mut())
            .into_iter()
            .filter(|table| place < table.position())
            .min_by_key(|table| table.position());
        if let Some(table) = next {
            let prefix = table.decor().prefix().and_then(RawString::as_str).unwrap_or_default();
            let joined = format!("{comments}{prefix}");
            table.decor_mut().set_prefix(joined);
        } else {
            let trailing = self.document.trailing().as_str().unwrap_or_default();
            let joined = format!("{comments}{trailing}");
            self.document.set_trailing(joined);
        }
    }

    fn text(&self) -> String {
        self.document.to_string()
    }

    /// Writes the file atomically; fails if it would no longer be a valid configuration.
    pub(crate) fn save(&self) -> Result<()> {
        let (text, name) = (self.text(), self.path.display().to_string());
        Config::parse(Some((&name, &text)), &Overrides::default())?;
        output::write(&Output { output: Some(self.path.clone()) }, &text)?;
        Ok(())
    }
}

/// Returns the top-level tables, including each entry of an array of tables.
fn tables(root: &mut Table) -> Vec<&mut Table> {
    let mut all = Vec::new();
    let mut open = vec![root];
    while let Some(table) = open.pop() {
        for (_, item) in table.iter_mut() {
            match item {
                Item::Table(table) => all.push(table),
                Item::ArrayOfTables(list) => all.extend(list.iter_mut()),
                _ => {}
            }
        }
    }
    all
}

impl NewFeed {
    /// Returns the keys that are set and their values, in the order in which they are written.
    fn values(&self) -> Vec<(&'static str, Value)> {
        let list = |items: &[String]| {
            let items: Array = items.iter().map(String::as_str).collect();
            (!items.is_empty()).then(|| Value::from(items))
        };
        let values = [
            ("url", Some(Value::from(&*self.url))),
            ("name", self.name.as_deref().map(Value::from)),
            ("weight", self.weight.map(Value::from)),
            ("lang", self.lang.as_deref().map(Value::from)),
            ("full_text", self.full_text.then(|| Value::from(true))),
            ("include", list(&self.include)),
            ("exclude", list(&self.exclude)),
        ];
        values.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{ConfigFile, NewFeed};

    fn edited(text: &str, edit: impl FnOnce(&mut ConfigFile)) -> String {
        let mut file = ConfigFile::parse(Path::new("n.toml"), text).unwrap();
        edit(&mut file);
        file.text()
    }

    fn feed(url: &str) -> NewFeed {
        NewFeed { url: url.to_owned(), name: Some("B".to_owned()), ..NewFeed::default() }
    }

    const FILE: &str = "# My news.\ntitle = \"M\"   # short\n\n# The first.\n[[feed]]\nurl = 'a'\n\n# The rest.\n\n\
                        # Good on ships.\n[[feed]]\nurl = 'b'\n\n# How long.\n[brief]\nwords=300\n# The end.\n";

    #[test]
    fn a_feed_is_added_after_the_others() {
        let text = edited(FILE, |file| file.add(&feed("c")));
        let expected =
            FILE.replace("url = 'b'\n", "url = 'b'\n\n[[feed]]\nurl = \"c\"\nname = \"B\"\n");
        assert_eq!(text, expected);
        assert_eq!(
            edited("", |file| file.add(&feed("c"))),
            "[[feed]]\nurl = \"c\"\nname = \"B\"\n"
        );
        let at_end = edited("[brief]\nwords = 3\n", |file| file.add(&feed("c")));
        assert_eq!(at_end, "[brief]\nwords = 3\n\n[[feed]]\nurl = \"c\"\nname = \"B\"\n");
        let empty = edited("[[feed]]\nurl = \"\" # here\n\n[brief]\n", |file| file.add(&feed("c")));
        assert!(
            empty.starts_with("[[feed]]\nurl = \"c\"") && empty.ends_with("\n\n[brief]\n"),
            "{empty}"
        );
        let inline = edited("feed = [{url = 'a'}]\n", |file| file.add(&feed("c")));
        assert!(
            inline.starts_with("feed = [{url = 'a'}, {") && inline.contains("url = \"c\""),
            "{inline}"
        );
    }

    #[test]
    fn a_feed_is_removed_with_its_comment_alone() {
        let without_first = edited(FILE, |file| file.remove(0));
        assert_eq!(without_first, FILE.replace("# The first.\n[[feed]]\nurl = 'a'\n\n", ""));
        let without_second = edited(FILE, |file| file.remove(1));
        assert_eq!(without_second, FILE.replace("\n# Good on ships.\n[[feed]]\nurl = 'b'\n", ""));
        let none = edited("# Mine.\n\n[[feed]]\nurl = 'a'\n", |file| file.remove(0));
        assert_eq!(none, "# Mine.\n");
        assert_eq!(edited("feed = [{url = 'a'}]\n", |file| file.remove(0)), "feed = []\n");
    }
}
