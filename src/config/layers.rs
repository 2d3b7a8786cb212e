//! Layered configuration: defaults, file, environment variables and flags.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use crate::config::Error;
use crate::config::keys::{self, KEYS, Key, Kind, REPEATED};
use crate::config::program_settings::Settings;
use crate::config::size::Size;

/// The origin of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The built-in default.
    Default,
    /// A file and its 1-based line number.
    File(String, usize),
    /// An environment variable.
    Environment(String),
    /// A command-line flag.
    Flag(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(file, line) => write!(f, "{file}:{line}"),
            Self::Environment(variable) => write!(f, "${variable}"),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// The settings, with the origin of each value.
#[derive(Clone, Debug)]
pub struct Config {
    /// The settings.
    pub settings: Settings,
    origins: BTreeMap<String, Origin>,
    values: Table,
}

/// Values set by environment variables and flags.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    values: Vec<(&'static Key, Value, Origin)>,
}

/// One line of the output of `nutgraf config`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingLine {
    /// The full name of the key.
    pub name: String,
    /// The value as TOML; empty if it is not set.
    pub value: String,
    /// The origin of the value.
    pub origin: Origin,
}

impl Overrides {
    /// Reads the environment variables that set keys. An invalid value is an error, and so is a variable that looks
    /// like a misspelled key, such as `NUTGRAF_BRIEF_WORD`. Other variables, such as `NUTGRAF_TOKEN` for a webhook, are
    /// ignored.
    pub fn environment(variables: impl Iterator<Item = (String, String)>) -> Result<Self, Error> {
        let mut overrides = Self::default();
        let mut ours: Vec<(String, String)> =
            variables.filter(|(name, _)| name.starts_with(keys::PREFIX)).collect();
        ours.sort();
        for (variable, text) in ours {
            let key = KEYS.iter().find(|k| k.variable().as_deref() == Some(&variable));
            let Some(key) = key else {
                if !keys::reads_as_a_key(&variable) {
                    continue;
                }
                let names: Vec<String> = KEYS.iter().filter_map(Key::variable).collect();
                let suggestion = keys::most_alike(&variable, names.iter().map(String::as_str));
                return Err(Error::UnknownKey {
                    place: "environment".to_owned(),
                    suggestion: suggestion.map(str::to_owned),
                    key: variable,
                });
            };
            let value = read_text(key.kind, &text).ok_or_else(|| Error::WrongValue {
                place: "environment".to_owned(),
                key: variable.clone(),
                expected: key.kind.in_words(),
                found: format!("{text:?}"),
            })?;
            overrides.values.push((key, value, Origin::Environment(variable)));
        }
        Ok(overrides)
    }

    /// Sets a key from a flag; an unknown key is ignored.
    pub fn flag(&mut self, flag: &str, table: &str, name: &str, value: impl Into<Value>) {
        if let Some(key) = keys::find(table, name) {
            self.values.push((key, value.into(), Origin::Flag(flag.to_owned())));
        }
    }

    /// Adds another layer, whose values take precedence over the existing ones.
    pub fn extend(&mut self, above: Self) {
        self.values.extend(above.values);
    }
}

impl Config {
    /// Combines the defaults, the file and the overrides. `file` is the name and the text of the configuration file, if
    /// there is one.
    ///
    /// # Errors
    ///
    /// Returns an error if the file is not valid TOML, or if a key is unknown or has an invalid value.
    pub fn parse(file: Option<(&str, &str)>, overrides: &Overrides) -> Result<Self, Error> {
        let mut layers = Layers::default();
        layers.defaults();
        if let Some((name, text)) = file {
            layers.file(name, text)?;
        }
        for (key, value, origin) in &overrides.values {
            layers.set(key, value.clone(), origin.clone());
        }
        let settings = settings(&layers.values)?;
        Ok(Self { settings, origins: layers.origins, values: layers.values })
    }

    /// Lists every setting outside the arrays of tables, and every entry of such an array.
    pub fn lines(&self) -> Vec<SettingLine> {
        let mut lines = Vec::new();
        for key in KEYS.iter().filter(|k| !REPEATED.contains(&k.table)) {
            let name = key.full_name();
            let value = lookup(&self.values, key).map(ToString::to_string).unwrap_or_default();
            let origin = self.origins.get(&name).cloned().unwrap_or(Origin::Default);
            lines.push(SettingLine { name, value, origin });
        }
        for table in REPEATED {
            let entries = self.values.get(*table).and_then(Value::as_array);
            for (n, entry) in entries.into_iter().flatten().enumerate() {
                let name = format!("{table}[{n}]");
                let origin = self.origins.get(&name).cloned().unwrap_or(Origin::Default);
                lines.push(SettingLine { name, value: masked(entry).to_string(), origin });
            }
        }
        lines
    }
}

/// The table whose values may contain secrets.
const SECRET_TABLE: &str = "output";

/// The keys of `[[output]]` whose values may contain secrets.
const SECRETS: [&str; 4] = ["post", "headers", "chat", "password"];

/// Masks the secrets of an entry for display: webhook addresses, header fields, chat ids and passwords, unless they
/// start with a reference to an environment variable, such as `$TOKEN`. The scheme and host of an address are kept.
fn masked(entry: &Value) -> Value {
    let mut shown = entry.clone();
    let Value::Table(fields) = &mut shown else { return shown };
    for key in SECRETS {
        match fields.get_mut(key) {
            Some(Value::String(text)) => *text = masked_text(text),
            Some(Value::Table(values)) => {
                for (_, value) in values.iter_mut() {
                    if let Value::String(text) = value {
                        *text = masked_text(text);
                    }
                }
            }
            _ => {}
        }
    }
    shown
}

fn masked_text(text: &str) -> String {
    if text.starts_with('$') || text.is_empty() {
        return text.to_owned();
    }
    let host = text.split_once("://").and_then(|(scheme, rest)| {
        let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
        Some(format!("{scheme}://{host}/"))
    });
    format!("{}…", host.unwrap_or_default())
}

/// Deserializes the settings from checked values.
fn settings<T: DeserializeOwned>(values: &Table) -> Result<T, Error> {
    values.clone().try_into().map_err(|error| Error::WrongValue {
        place: "configuration".to_owned(),
        key: "a value".to_owned(),
        expected: "as documented".to_owned(),
        found: error.to_string(),
    })
}

#[derive(Default)]
struct Layers {
    values: Table,
    origins: BTreeMap<String, Origin>,
}

impl Layers {
    fn defaults(&mut self) {
        for key in KEYS.iter().filter(|k| !REPEATED.contains(&k.table)) {
            if let Some(value) = default_value(key) {
                self.set(key, value, Origin::Default);
            }
        }
    }

    fn set(&mut self, key: &Key, value: Value, origin: Origin) {
        self.origins.insert(key.full_name(), origin);
        let table = if key.table.is_empty() {
            &mut self.values
        } else {
            let entry = self.values.entry(key.table).or_insert_with(|| Value::Table(Table::new()));
            match entry {
                Value::Table(table) => table,
                _ => return,
            }
        };
        table.insert(key.name.to_owned(), value);
    }

    fn file(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let reader = File { name, text };
        let root = DeTable::parse(text).map_err(|error| Error::Syntax {
            file: name.to_owned(),
            line: reader.line(error.span().map_or(0, |s| s.start)),
            reason: reason(&error, text),
        })?;
        for (key, value) in root.get_ref() {
            let (table, line) = (key.get_ref().as_ref(), reader.line(key.span().start));
            match value.get_ref() {
                DeValue::Table(entries) if is_table(table) && !REPEATED.contains(&table) => {
                    self.table(&reader, table, entries)?;
                }
                DeValue::Array(entries) if REPEATED.contains(&table) => {
                    self.repeated(&reader, table, entries)?;
                }
                _ if REPEATED.contains(&table) || is_table(table) => {
                    let expected = if REPEATED.contains(&table) {
                        format!("written as [[{table}]]")
                    } else {
                        format!("a table [{table}]")
                    };
                    let found = found(table, value.get_ref());
                    return Err(reader.wrong(line, table.to_owned(), expected, found));
                }
                _ => {
                    let (key, value) = reader.entry("", key, value)?;
                    self.set(key, value, Origin::File(name.to_owned(), line));
                }
            }
        }
        Ok(())
    }

    fn table(&mut self, file: &File<'_>, table: &str, entries: &DeTable<'_>) -> Result<(), Error> {
        for (key, value) in entries {
            let line = file.line(key.span().start);
            let (key, value) = file.entry(table, key, value)?;
            self.set(key, value, Origin::File(file.name.to_owned(), line));
        }
        Ok(())
    }

    fn repeated(
        &mut self,
        file: &File<'_>,
        table: &str,
        entries: &[Spanned<DeValue<'_>>],
    ) -> Result<(), Error> {
        let mut list = Vec::new();
        for (n, entry) in entries.iter().enumerate() {
            let line = file.line(entry.span().start);
            let DeValue::Table(fields) = entry.get_ref() else {
                return Err(file.wrong(
                    line,
                    table.to_owned(),
                    format!("written as [[{table}]]"),
                    found(table, entry.get_ref()),
                ));
            };
            let mut complete: Table = KEYS
                .iter()
                .filter(|k| k.table == table)
                .filter_map(|k| Some((k.name.to_owned(), default_value(k)?)))
                .collect();
            for (key, value) in fields {
                let (key, value) = file.entry(table, key, value)?;
                complete.insert(key.name.to_owned(), value);
            }
            self.origins.insert(format!("{table}[{n}]"), Origin::File(file.name.to_owned(), line));
            list.push(Value::Table(complete));
        }
        self.values.insert(table.to_owned(), Value::Array(list));
        Ok(())
    }
}

/// A file that is being read.
struct File<'f> {
    name: &'f str,
    text: &'f str,
}

impl File<'_> {
    fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|b| *b == b'\n').count()
    }

    fn entry(
        &self,
        table: &str,
        name: &Spanned<impl AsRef<str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<(&'static Key, Value), Error> {
        let line = self.line(name.span().start);
        let name = name.get_ref().as_ref();
        let full = if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") };
        let Some(key) = keys::find(table, name) else {
            return Err(Error::UnknownKey {
                place: format!("{}:{line}", self.name),
                suggestion: suggestion(table, name),
                key: full,
            });
        };
        if let Some(value) = plain(value.get_ref()).filter(|v| fits(key.kind, v)) {
            return Ok((key, value));
        }
        // The value of a choice is never a secret, so the message may quote it.
        let table = if matches!(key.kind, Kind::Choice(_)) { "" } else { table };
        Err(self.wrong(line, full, key.kind.in_words(), found(table, value.get_ref())))
    }

    fn wrong(&self, line: usize, key: String, expected: String, found: String) -> Error {
        Error::WrongValue { place: format!("{}:{line}", self.name), key, expected, found }
    }
}

/// Describes the value that was found, for an error message. For an output, only its type is given, because the value
/// may contain a secret address or a password.
fn found(table: &str, value: &DeValue<'_>) -> String {
    if table != SECRET_TABLE {
        return plain(value).map_or_else(|| "this value".to_owned(), |v| v.to_string());
    }
    let kind = match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    kind.to_owned()
}

fn is_table(name: &str) -> bool {
    !name.is_empty() && KEYS.iter().any(|k| k.table == name)
}

/// Suggests a known key with a similar name in the same table, otherwise a key with the same name in another table,
/// otherwise a table with a similar name.
fn suggestion(table: &str, name: &str) -> Option<String> {
    let here = KEYS.iter().filter(|k| k.table == table).map(|k| k.name);
    if let Some(found) = keys::most_alike(name, here) {
        return keys::find(table, found).map(Key::full_name);
    }
    if let Some(elsewhere) = KEYS.iter().find(|k| k.name == name) {
        return Some(elsewhere.full_name());
    }
    keys::most_alike(name, KEYS.iter().map(|k| k.table).filter(|t| !t.is_empty()))
        .map(str::to_owned)
}

fn lookup<'v>(values: &'v Table, key: &Key) -> Option<&'v Value> {
    let table = if key.table.is_empty() { values } else { values.get(key.table)?.as_table()? };
    table.get(key.name)
}

fn default_value(key: &Key) -> Option<Value> {
    if key.default.is_empty() {
        return None;
    }
    let line = format!("value = {}", key.default);
    line.parse::<Table>().ok()?.remove("value")
}

/// Returns a value without its position in the file, or `None` if a number cannot be represented.
fn plain(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(n) => Value::Integer(i64::from_str_radix(n.as_str(), n.radix()).ok()?),
        DeValue::Float(n) => Value::Float(n.as_str().parse().ok()?),
        DeValue::Boolean(b) => Value::Boolean(*b),
        DeValue::Datetime(d) => Value::Datetime(*d),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|i| plain(i.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(entries) => {
            let entry = |(k, v): (&Spanned<_>, &Spanned<DeValue<'_>>)| -> Option<(String, Value)> {
                let k: &std::borrow::Cow<'_, str> = k.get_ref();
                Some((k.to_string(), plain(v.get_ref())?))
            };
            Value::Table(entries.iter().map(entry).collect::<Option<_>>()?)
        }
    })
}

fn fits(kind: Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Text, Value::String(_)) | (Kind::Switch, Value::Boolean(_)) => true,
        (Kind::Count | Kind::Number | Kind::Size, Value::Integer(n)) => *n >= 0,
        (Kind::Number, Value::Float(n)) => n.is_finite() && *n >= 0.0,
        (Kind::Size, Value::String(text)) => text.parse::<Size>().is_ok(),
        (Kind::Texts, Value::Array(items)) => items.iter().all(Value::is_str),
        (Kind::Choice(words), Value::String(word)) => words.contains(&word.as_str()),
        (Kind::Weights, Value::Table(entries)) => entries.values().all(|v| fits(Kind::Number, v)),
        (Kind::Names, Value::Table(entries)) => entries.values().all(Value::is_str),
        _ => false,
    }
}

/// Parses the value of an environment variable. Strings have no quotation marks, and the items of a list are separated
/// by commas.
fn read_text(kind: Kind, text: &str) -> Option<Value> {
    let value = match kind {
        Kind::Text | Kind::Size | Kind::Choice(_) => Value::String(text.to_owned()),
        Kind::Count => Value::Integer(text.trim().parse().ok()?),
        Kind::Number => Value::Float(text.trim().parse().ok()?),
        Kind::Switch => Value::Boolean(match text.trim() {
            "1" | "true" | "yes" | "on" => true,
            "0" | "false" | "no" | "off" | "" => false,
            _ => return None,
        }),
        Kind::Texts => {
            let items = text.split(',').map(str::trim).filter(|t| !t.is_empty());
            Value::Array(items.map(|t| Value::String(t.to_owned())).collect())
        }
        Kind::Weights | Kind::Names => return None,
    };
    fits(kind, &value).then_some(value)
}

/// Returns the parser's message. For a duplicate, the message names the key or table, because the first definition may
/// be far above.
fn reason(error: &toml::de::Error, text: &str) -> String {
    let at = error.span().and_then(|span| text.get(span)).map(str::trim).unwrap_or_default();
    if error.message() == "duplicate key" && !at.is_empty() {
        return format!("{at} is defined twice; combine the two definitions");
    }
    error.message().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Config, Error, Origin, Overrides, Size};
    use crate::config::{keys::KEYS, starter_file};

    fn error(text: &str) -> String {
        Config::parse(Some(("n.toml", text)), &Overrides::default())
            .map(|_| ())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_later_layer_wins_and_says_where_it_is_from() {
        let file = "title = \"Morning\"\n\n[brief]\nwords = 300\nstories = 5\n";
        let mut overrides = Overrides::environment(
            [("NUTGRAF_BRIEF_STORIES", "6"), ("NUTGRAF_BRIEF_QUOTES", "1"), ("HOME", "/")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into_iter(),
        )
        .unwrap();
        overrides.flag("--quotes", "brief", "quotes", 3);
        let config = Config::parse(Some(("n.toml", file)), &overrides).unwrap();
        let brief = &config.settings.brief;
        assert_eq!((brief.words, brief.stories, brief.quotes, brief.min_sources), (300, 6, 3, 1));
        let lines = config.lines();
        let origin = |name: &str| lines.iter().find(|l| l.name == name).unwrap().origin.to_string();
        assert_eq!(origin("title"), "n.toml:1");
        assert_eq!(origin("brief.words"), "n.toml:4");
        assert_eq!(origin("brief.stories"), "$NUTGRAF_BRIEF_STORIES");
        assert_eq!(origin("brief.quotes"), "--quotes");
        assert_eq!(origin("brief.min_sources"), Origin::Default.to_string());
    }

    #[test]
    fn sizes_are_numbers_or_have_a_unit() {
        let file = "[limits]\nfile_size = \"2M\"\nunpacked_size = 4096\n";
        let limits =
            |overrides| Config::parse(Some(("n.toml", file)), &overrides).unwrap().settings.limits;
        let set = limits(Overrides::default());
        assert_eq!((set.file_size, set.unpacked_size), (Size(2 << 20), Some(Size(4096))));
        let variables = [("NUTGRAF_LIMITS_FILE_SIZE".to_owned(), "3k".to_owned())];
        let mut overrides = Overrides::environment(variables.into_iter()).unwrap();
        assert_eq!(limits(overrides.clone()).file_size, Size(3 << 10));
        overrides.flag("--max-file-size", "limits", "file_size", 77);
        assert_eq!(limits(overrides).file_size, Size(77));
        assert_eq!(
            error("[limits]\nfile_size = \"2 miles\""),
            "n.toml:2: `limits.file_size` must be a number of bytes, or a string such as \"64M\", not \"2 miles\""
        );
    }

    #[test]
    fn repeated_tables_are_complete() {
        let file =
            "[[feed]]\nurl = \"https://a.example/\"\n[[feed]]\nfolder = \"in\"\nweight = 2\n";
        let config = Config::parse(Some(("n.toml", file)), &Overrides::default()).unwrap();
        let feeds = &config.settings.feed;
        assert_eq!((feeds.len(), feeds[0].weight, feeds[1].weight), (2, 1.0, 2.0));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_a_suggestion() {
        for (text, message) in [
            (
                "[brief]\nwrods = 3",
                "n.toml:2: unknown key `brief.wrods`; did you mean `brief.words`?",
            ),
            ("words = 3", "n.toml:1: unknown key `words`; did you mean `brief.words`?"),
            ("\n[breif]\nwords = 3", "n.toml:2: unknown key `breif`; did you mean `brief`?"),
            (
                "[brief]\nwords = \"many\"",
                "n.toml:2: `brief.words` must be a whole number, not \"many\"",
            ),
            ("[brief]\nwords = -1", "n.toml:2: `brief.words` must be a whole number, not -1"),
            (
                "[feed]\nurl = \"x\"",
                "n.toml:1: `feed` must be written as [[feed]], not { url = \"x\" }",
            ),
            ("brief = 3", "n.toml:1: `brief` must be a table [brief], not 3"),
            (
                "[brief]\nmethod = \"best\"",
                "n.toml:2: `brief.method` must be one of auto, tfidf, lexrank, lead, not \"best\"",
            ),
        ] {
            assert_eq!(error(text), message, "{text}");
        }
        assert!(error("title = ").starts_with("n.toml:1: "));
    }

    #[test]
    fn a_misspelt_variable_is_an_error_and_a_variable_of_the_user_is_not() {
        let read =
            |name: &str| Overrides::environment([(name.to_owned(), "3".to_owned())].into_iter());
        for misspelt in ["NUTGRAF_BRIEF_WORD", "NUTGRAF_BREIF_WORDS", "NUTGRAF_BRIEF_LENGTH"] {
            let error = read(misspelt).unwrap_err();
            assert!(matches!(error, Error::UnknownKey { .. }), "{error}");
        }
        for own in ["NUTGRAF_TOKEN", "NUTGRAF_SOURCES", "NUTGRAF_SLACK_WEBHOOK", "NUTGRAF_HOME"] {
            assert!(read(own).is_ok(), "{own}");
        }
    }

    #[test]
    fn no_message_repeats_a_value_of_an_output() {
        for text in [
            "[[output]]\npost = [\"https://hooks.example/T0K3N\"]",
            "[[output]]\npost = { url = \"https://hooks.example/T0K3N\" }",
            "[output]\npost = \"https://hooks.example/T0K3N\"",
            "output = \"https://hooks.example/T0K3N\"",
            "output = [\"https://hooks.example/T0K3N\"]",
            "[[output]]\nheaders = \"Authorization: T0K3N\"",
            "[[output]]\nheaders = { Authorization = [\"T0K3N\"] }",
            "[[output]]\nheaders = { Authorization = \"T0K3N\", X = 5 }",
            "[[output]]\nrun = \"curl https://hooks.example/T0K3N\"",
            "[[output]]\npassword = [\"T0K3N\"]",
            "[[output]]\nsmtp = { url = \"smtp://u:T0K3N@mail.example\" }",
            "[[output]]\nfile = [\"T0K3N\"]",
        ] {
            let message = error(text);
            assert!(message.contains("must be") && !message.contains("T0K3N"), "{message}");
        }
        assert_eq!(
            error("[[output]]\npost = [\"x\"]"),
            "n.toml:2: `output.post` must be a string in quotation marks, not a list"
        );
    }

    #[test]
    fn the_starter_file_sets_a_feed_and_an_output_and_holds_every_key() {
        let file = starter_file();
        let plain = Config::parse(None, &Overrides::default()).unwrap();
        let started = Config::parse(Some(("n.toml", &file)), &Overrides::default()).unwrap();
        assert!(file.starts_with("[[feed]]\n"));
        let mut settings = started.settings;
        assert_eq!(settings.feed.len(), 1);
        assert_eq!(settings.feed[0].url.as_deref(), Some(""));
        assert_eq!(settings.output[0].file.as_deref(), Some("briefings/%Y-%m-%d.md"));
        (settings.feed, settings.output) = (Vec::new(), Vec::new());
        assert_eq!(settings, plain.settings);
        for key in KEYS {
            assert!(file.contains(key.name) && file.contains(key.about), "{}", key.full_name());
        }
    }

    #[test]
    fn every_key_of_the_starter_file_is_valid_when_uncommented() {
        let starter = starter_file();
        let (mut table, mut n) = ("", 0);
        for line in starter.lines() {
            let line = line.trim_start_matches("# ");
            let name = line.split_once(" = ").map_or("", |(name, _)| name);
            if line.starts_with("General settings") {
                table = "";
            } else if line.starts_with('[') {
                table = line;
            } else if KEYS.iter().any(|key| key.name == name) {
                let file = format!("{table}\n{line}\n");
                let read = Config::parse(Some(("n.toml", &file)), &Overrides::default());
                assert!(read.is_ok(), "{file}{read:?}");
                n += 1;
            }
        }
        assert!(KEYS.len() <= n, "{n} keys");
    }

    #[test]
    fn every_key_is_a_setting_and_settings_survive_a_round_trip() {
        let mut file = String::new();
        for table in crate::config::keys::REPEATED {
            file.push_str(&format!("[[{table}]]\n"));
        }
        let config = Config::parse(Some(("n.toml", &file)), &Overrides::default()).unwrap();
        let written = toml::to_string(&config.settings).unwrap();
        assert_eq!(toml::from_str::<crate::config::Settings>(&written).unwrap(), config.settings);
        for key in KEYS.iter().filter(|k| !k.default.is_empty()) {
            assert!(written.contains(key.name), "{} is read into no setting", key.full_name());
        }
    }

    #[test]
    fn what_is_written_twice_is_named() {
        let twice = |text: &str| {
            Config::parse(Some(("x.toml", text)), &Overrides::default()).unwrap_err().to_string()
        };
        assert!(
            twice("[fetch]\nrobots = true\n\n[fetch]\npages = true\n")
                .contains("x.toml:4: fetch is defined twice")
        );
        assert!(twice("[brief]\nwords = 5\nwords = 6\n").contains("x.toml:3: words is"));
    }
}
