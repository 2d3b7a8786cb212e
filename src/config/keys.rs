//! All configuration keys.

/// The prefix of the environment variables that set keys.
pub const PREFIX: &str = "NUTGRAF_";

/// A configuration key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The table of the key; empty for the top level.
    pub table: &'static str,
    /// The name of the key within the table.
    pub name: &'static str,
    /// The kind of value that the key takes.
    pub kind: Kind,
    /// The default value, as TOML; empty if there is none.
    pub default: &'static str,
    /// The purpose of the key in one line, as in the file that `nutgraf init` writes.
    pub about: &'static str,
}

impl Key {
    /// Returns the full name, such as `brief.words`.
    pub fn full_name(&self) -> String {
        if self.table.is_empty() {
            self.name.to_owned()
        } else {
            format!("{}.{}", self.table, self.name)
        }
    }

    /// Returns the environment variable that sets this key, if there is one.
    pub fn variable(&self) -> Option<String> {
        let settable = !REPEATED.contains(&self.table) && !matches!(self.kind, Weights | Names);
        settable.then(|| format!("{PREFIX}{}", self.full_name().replace('.', "_").to_uppercase()))
    }
}

/// The kind of value that a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A whole number, 0 or more.
    Count,
    /// A number, 0 or more.
    Number,
    /// A number of bytes, or a string such as `"64M"`.
    Size,
    /// `true` or `false`.
    Switch,
    /// A list of strings.
    Texts,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A table that maps names to numbers.
    Weights,
    /// A table that maps names to strings.
    Names,
}

impl Kind {
    /// Describes the values of this kind, for error messages.
    pub fn in_words(self) -> String {
        match self {
            Self::Text => "a string in quotation marks".to_owned(),
            Self::Count => "a whole number".to_owned(),
            Self::Number => "a number, 0 or more".to_owned(),
            Self::Size => "a number of bytes, or a string such as \"64M\"".to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Texts => "a list of strings".to_owned(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Weights => "a table that maps names to numbers".to_owned(),
            Self::Names => "a table that maps names to strings".to_owned(),
        }
    }
}

/// Tables that may occur several times, such as `[[feed]]`.
pub const REPEATED: &[&str] = &["feed", "topic", "output"];

const fn key(
    table: &'static str,
    name: &'static str,
    kind: Kind,
    default: &'static str,
    about: &'static str,
) -> Key {
    Key { table, name, kind, default, about }
}

use Kind::{Choice, Count, Names, Number, Size, Switch, Text, Texts, Weights};

/// All keys, grouped by table, in the order of the starter file.
pub const KEYS: &[Key] = &[
    key("", "title", Text, "", "Title of the briefing. Default: the date."),
    key("", "lang", Text, r#""en""#, "Language of headings and dates: en, de, fr, es."),
    key(
        "",
        "time_zone",
        Text,
        r#""UTC""#,
        "Time zone for \"today\", \"yesterday\" and file names, such as \"Europe/Berlin\".",
    ),
    key("archive", "path", Text, "", "The archive file. Default: in the user's data folder."),
    key(
        "archive",
        "keep_days",
        Count,
        "90",
        "Days to keep articles; older ones are pruned after `daily`; 0 keeps all.",
    ),
    key("archive", "keep_pages", Switch, "true", "Keep a compressed copy of the fetched pages."),
    key("brief", "words", Count, "400", "Maximum length of a briefing, in words."),
    key("brief", "minutes", Number, "", "Budget as reading time in minutes, instead of words."),
    key("brief", "words_per_minute", Number, "230.0", "Reading speed, in words per minute."),
    key("brief", "stories", Count, "8", "Maximum number of stories; 0 for no limit."),
    key("brief", "quotes", Count, "2", "Maximum number of key quotes per story."),
    key("brief", "template", Text, "", "Template: a name from `nutgraf template list`, or a file."),
    key(
        "brief",
        "method",
        Choice(&["auto", "tfidf", "lexrank", "lead"]),
        r#""auto""#,
        "How sentences are chosen: auto, tfidf, lexrank or lead.",
    ),
    key("brief", "min_sources", Count, "1", "Minimum number of outlets per story."),
    key(
        "brief",
        "max_share",
        Number,
        "1.0",
        "Maximum share of an article's words to show, up to 1.",
    ),
    key(
        "brief",
        "max_quote_words",
        Count,
        "0",
        "Maximum length of a quote, in words; 0 for no limit.",
    ),
    key("brief", "follow_days", Count, "7", "Number of days to follow a reported story."),
    key("brief", "intro", Text, "", "Your own words before the stories."),
    key("brief", "outro", Text, "", "Your own words after the stories."),
    key(
        "brief",
        "sections",
        Texts,
        r#"["summary", "quotes", "also"]"#,
        "Parts of a story, in this order: summary, quotes, differences, also (other outlets that reported it).",
    ),
    key("ranking", "outlets", Number, "1.0", "Weight of the number of outlets reporting a story."),
    key("ranking", "size", Number, "0.3", "Weight of the number of a story's articles."),
    key("ranking", "recency", Number, "1.0", "Weight of the recency of a story's newest article."),
    key("ranking", "prominence", Number, "0.3", "Weight of the length of a story's articles."),
    key(
        "ranking",
        "novelty",
        Number,
        "0.3",
        "Weight of the share of a story's articles that are new.",
    ),
    key("ranking", "half_life_hours", Number, "18.0", "Half-life of recency, in hours."),
    key(
        "editor",
        "pin",
        Texts,
        "[]",
        "Put first: \"source:NAME\", \"topic:WORDS\", \"speaker:NAME\", \"article:ID\".",
    ),
    key("editor", "ban", Texts, "[]", "Never show; same forms as `pin`."),
    key(
        "editor",
        "weight",
        Weights,
        "{}",
        "Multipliers: above 1 counts more, below 1 less; same forms as `pin`.",
    ),
    key("style", "labels", Names, "{}", "Your own names for sections and other labels."),
    key("style", "date", Text, "", "Format of the briefing's date, such as \"%A, %-d %B %Y\"."),
    key("style", "short_date", Text, "", "Format of an article's date."),
    key(
        "style",
        "quotes",
        Choice(&["english", "german", "french", "spanish", "straight"]),
        "",
        "Style of quotation marks: english, german, french, spanish or straight.",
    ),
    key(
        "style",
        "marks",
        Choice(&["numbers", "outlets", "footnotes"]),
        "",
        "Format of source references: numbers, outlets or footnotes.",
    ),
    key("style", "width", Count, "", "Line width of plain text, in characters."),
    key("mail", "from", Text, "", "Sender of the briefing as an email."),
    key("mail", "to", Text, "", "Recipients of the briefing as an email, separated by commas."),
    key("mail", "subject", Text, "", "Subject of the email. Default: the title of the briefing."),
    key(
        "atom",
        "id",
        Text,
        "",
        "Permanent identifier (IRI) of the Atom feed. Default: derived from `url`.",
    ),
    key("atom", "url", Text, "", "Page to which the Atom feed belongs."),
    key("atom", "author", Text, "", "Author of the Atom feed."),
    key("fetch", "user_agent", Text, "", "User-Agent header. Default: nutgraf's own."),
    key(
        "fetch",
        "timeout_seconds",
        Number,
        "20.0",
        "Maximum time to wait for a server, in seconds.",
    ),
    key(
        "fetch",
        "max_bytes",
        Count,
        "16777216",
        "Maximum response size, in bytes after decompression.",
    ),
    key(
        "fetch",
        "delay_seconds",
        Number,
        "1.0",
        "Pause between two requests to one host, in seconds.",
    ),
    key(
        "fetch",
        "hosts_at_once",
        Count,
        "8",
        "Maximum number of hosts contacted at the same time.",
    ),
    key(
        "fetch",
        "max_seconds",
        Number,
        "120.0",
        "Maximum duration of a run, in seconds; the next run continues.",
    ),
    key("fetch", "max_requests", Count, "10000", "Maximum number of requests in a run."),
    key(
        "fetch",
        "max_run_bytes",
        Size,
        r#""2G""#,
        "Maximum size of everything that a run receives, after decompression.",
    ),
    key("fetch", "max_pages", Count, "100", "Maximum number of pages fetched per feed in a run."),
    key(
        "fetch",
        "max_foreign_pages",
        Count,
        "40",
        "Maximum number of those pages and redirects on sites other than the feed's.",
    ),
    key(
        "fetch",
        "max_feed_bytes",
        Size,
        r#""256M""#,
        "Maximum size of a feed and its pages together, after decompression.",
    ),
    key(
        "fetch",
        "max_feed_seconds",
        Number,
        "60.0",
        "Maximum time spent waiting for the pages of one feed, in seconds.",
    ),
    key(
        "fetch",
        "max_age_days",
        Count,
        "7",
        "Fetch no pages of articles older than this many days; 0 fetches all.",
    ),
    key(
        "fetch",
        "pages",
        Switch,
        "true",
        "Fetch the page of an article if the feed contains only a teaser.",
    ),
    key("fetch", "robots", Switch, "true", "Obey robots.txt for article pages."),
    key(
        "fetch",
        "allow_private",
        Switch,
        "false",
        "Allow requests to this machine and to private networks.",
    ),
    key(
        "fetch",
        "proxy",
        Text,
        "",
        "Proxy, such as \"http://proxy.example:3128\". Default: the proxy set in the environment.",
    ),
    key(
        "delivery",
        "attempts",
        Count,
        "4",
        "Number of times a run tries to send a message before leaving it to the next run.",
    ),
    key(
        "delivery",
        "pause_seconds",
        Number,
        "1.0",
        "Pause in seconds between messages and before the second attempt; it doubles with each attempt.",
    ),
    key(
        "delivery",
        "timeout_seconds",
        Number,
        "30.0",
        "Maximum time to wait for a response or a command, in seconds.",
    ),
    key(
        "delivery",
        "keep_days",
        Count,
        "14",
        "Days after which an undelivered briefing is abandoned.",
    ),
    key("limits", "file_size", Size, r#""1G""#, "Maximum size of a file."),
    key(
        "limits",
        "unpacked_size",
        Size,
        "",
        "Maximum size of a decompressed file or archive. Default: 100 times its compressed size, but at least \"128M\" and at most \"1G\".",
    ),
    key(
        "limits",
        "page_size",
        Size,
        r#""16M""#,
        "Maximum size of the markup of a web page, without scripts and styles, or of the text of a page dump.",
    ),
    key(
        "limits",
        "elements",
        Count,
        "250000",
        "Maximum number of elements in a web page, or lines in a page dump.",
    ),
    key("limits", "depth", Count, "512", "Maximum nesting depth of a web page."),
    key(
        "limits",
        "entries",
        Count,
        "1000000",
        "Maximum number of articles in a file, or members in an archive.",
    ),
    key(
        "limits",
        "files",
        Count,
        "1000000",
        "Maximum number of files in all folders and patterns together.",
    ),
    key(
        "lint",
        "max_quote_words",
        Count,
        "60",
        "Maximum length of a quote, in words; 0 for no limit.",
    ),
    key("lint", "min_sources", Count, "2", "Minimum number of outlets per story; 0 for no limit."),
    key(
        "lint",
        "min_speakers",
        Count,
        "1",
        "Minimum number of different speakers in a briefing; 0 for no limit.",
    ),
    key(
        "lint",
        "max_single_source_stories",
        Count,
        "",
        "Maximum number of stories that only one outlet reports. Default: no limit.",
    ),
    key("lint", "max_age_days", Count, "3", "Maximum age of an article, in days; 0 for no limit."),
    key("lint", "banned_words", Texts, "[]", "Words that must not occur in a briefing."),
    key("feed", "url", Text, "", "Address of the feed."),
    key("feed", "opml", Text, "", "Instead of `url`: an OPML file that lists feeds."),
    key("feed", "folder", Text, "", "Instead of `url`: a folder of articles on this machine."),
    key("feed", "name", Text, "", "Name of the outlet. Default: the feed's own."),
    key("feed", "weight", Number, "1.0", "Weight of its articles (1 is normal)."),
    key("feed", "lang", Text, "", "Language of articles that do not state their own."),
    key(
        "feed",
        "include",
        Texts,
        "[]",
        "Take only entries with one of these words or phrases; \"energy*\" matches any ending, \"/sport/\" matches addresses.",
    ),
    key("feed", "exclude", Texts, "[]", "Skip entries with one of these; same forms as `include`."),
    key("feed", "full_text", Switch, "false", "The feed contains full articles: fetch no pages."),
    key("topic", "name", Text, "", "Name of the topic."),
    key("topic", "words", Texts, "[]", "Words that belong to the topic."),
    key("topic", "phrases", Texts, "[]", "Phrases that belong to the topic."),
    key("topic", "exclude", Texts, "[]", "Words that rule an article out."),
    key(
        "topic",
        "must",
        Texts,
        "[]",
        "An article must contain at least one of these names or phrases.",
    ),
    key("output", "file", Text, "", "File to write; %Y-%m-%d is replaced with the date."),
    key(
        "output",
        "post",
        Text,
        "",
        "Instead of `file`: a web address to send the briefing to; $NAME is replaced with an environment variable.",
    ),
    key(
        "output",
        "run",
        Texts,
        "[]",
        "Instead of `file`: a command that receives the briefing on standard input, as a list such as [\"sendmail\", \"-t\"].",
    ),
    key(
        "output",
        "smtp",
        Text,
        "",
        "Instead of `file`: a mail relay, such as \"smtps://mail.example:465\"; [mail] sets the sender and recipients.",
    ),
    key("output", "name", Text, "", "Name in messages and in the record of deliveries."),
    key(
        "output",
        "to",
        Choice(&["md", "html", "text", "json", "eml", "atom", "epub"]),
        "",
        "Format. Default: md; json for `post`, eml for `smtp`.",
    ),
    key(
        "output",
        "format",
        Choice(&["slack", "discord", "telegram", "ntfy"]),
        "",
        "Chat service whose message format to use, instead of `to`: slack, discord, telegram or ntfy; only for `post`.",
    ),
    key("output", "template", Text, "", "Template. Default: the one in [brief]."),
    key("output", "latest", Text, "", "A second file that always contains the newest briefing."),
    key(
        "output",
        "chat",
        Text,
        "",
        "Id of the chat for `format = \"telegram\"`, such as \"$TELEGRAM_CHAT\".",
    ),
    key("output", "headers", Names, "{}", "Additional header fields for `post`."),
    key("output", "user", Text, "", "User name for `smtp`."),
    key("output", "password", Text, "", "Password for `smtp`, such as \"$SMTP_PASSWORD\"."),
];

/// Finds a key by its table and name.
pub fn find(table: &str, name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|k| k.table == table && k.name == name)
}

/// Returns whether an environment variable looks like a misspelled key, because its name is similar to that of a key
/// that a variable can set, or begins with the name of the table of such a key.
pub fn reads_as_a_key(variable: &str) -> bool {
    let Some(name) = variable.strip_prefix(PREFIX) else { return false };
    KEYS.iter().filter_map(|key| Some((key.table, key.variable()?))).any(|(table, known)| {
        let rest = name.get(..table.len()).filter(|t| t.eq_ignore_ascii_case(table));
        let begins_with_table =
            rest.is_some() && name.get(table.len()..).is_some_and(|rest| rest.starts_with('_'));
        begins_with_table
            || most_alike(name, [known.get(PREFIX.len()..).unwrap_or("")].into_iter()).is_some()
    })
}

/// Returns the known word closest to an unknown one, if the number of edits between them is at most one plus a quarter
/// of the known word's length.
pub fn most_alike<'w>(unknown: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    known
        .map(|word| (edits(unknown, word), word))
        .filter(|(edits, word)| *edits <= 1 + word.len() / 4)
        .min()
        .map(|(_, word)| word)
}

/// Returns the minimum number of insertions, deletions and substitutions from one word to the other (Levenshtein 1966).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::{KEYS, most_alike};

    #[test]
    fn a_slip_of_the_pen_is_recognized_and_a_strange_word_is_not() {
        let names = || KEYS.iter().map(|k| k.name);
        assert_eq!(most_alike("wrods", names()), Some("words"));
        assert_eq!(most_alike("storys", names()), Some("stories"));
        assert_eq!(most_alike("zebra_crossing", names()), None);
    }

    #[test]
    fn no_key_stands_twice() {
        for (i, key) in KEYS.iter().enumerate() {
            assert!(
                !KEYS[..i].iter().any(|k| k.full_name() == key.full_name()),
                "{}",
                key.full_name()
            );
        }
    }
    /// Returns a text without comment markers, whitespace and backticks.
    fn bare(text: &str) -> String {
        text.replace("///", "").replace(|c: char| c.is_whitespace() || c == '`', "")
    }

    #[test]
    fn the_fields_of_the_settings_are_documented_as_their_keys() {
        let settings = bare(include_str!("program_settings.rs"));
        for key in KEYS {
            let stated = key.about.contains("Default: ") || matches!(key.default, "" | "[]" | "{}");
            let default = if stated { String::new() } else { format!("Default: {}.", key.default) };
            let field = bare(&format!("{}{default}pub {}:", key.about, key.name));
            assert!(settings.contains(&field), "{}: {field}", key.full_name());
        }
    }
}
