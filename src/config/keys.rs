//! Every key that can be set.

/// A key of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The table of the key; empty for the top level.
    pub table: &'static str,
    /// Its name within the table.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// Its default, as TOML; empty if it has none.
    pub default: &'static str,
    /// Its purpose, in one line.
    pub about: &'static str,
}

impl Key {
    /// Returns the whole name: `brief.words`.
    pub fn full_name(&self) -> String {
        if self.table.is_empty() {
            self.name.to_owned()
        } else {
            format!("{}.{}", self.table, self.name)
        }
    }

    /// Returns the variable of the environment that sets it, if one can.
    pub fn variable(&self) -> Option<String> {
        let settable = !REPEATED.contains(&self.table) && !matches!(self.kind, Weights | Names);
        settable.then(|| format!("NUTGRAF_{}", self.full_name().replace('.', "_").to_uppercase()))
    }
}

/// The kind of value that a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number, 0 or more.
    Count,
    /// A number, 0 or more.
    Number,
    /// A number of bytes, or a text such as `"64M"`.
    Size,
    /// `true` or `false`.
    Switch,
    /// A list of texts.
    Texts,
    /// One of several words.
    Choice(&'static [&'static str]),
    /// A table of names with a number each.
    Weights,
    /// A table of names with a text each.
    Names,
}

impl Kind {
    /// Describes a value of this kind in words.
    pub fn in_words(self) -> String {
        match self {
            Self::Text => "a text in quotation marks".to_owned(),
            Self::Count => "a whole number".to_owned(),
            Self::Number => "a number, 0 or more".to_owned(),
            Self::Size => "a number of bytes, or a text such as \"64M\"".to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Weights => "a table of names with a number each".to_owned(),
            Self::Names => "a table of names with a text each".to_owned(),
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

/// The keys, table by table, in the order in which they are written.
pub const KEYS: &[Key] = &[
    key("", "title", Text, "", "Title of the briefing; the date where not set."),
    key("", "lang", Text, r#""en""#, "Language of headings and dates: en, de, fr, es."),
    key(
        "",
        "time_zone",
        Text,
        r#""UTC""#,
        "Time zone of today and yesterday and of file names, such as \"Europe/Berlin\".",
    ),
    key("archive", "path", Text, "", "The archive; the user's data folder where not set."),
    key(
        "archive",
        "keep_days",
        Count,
        "90",
        "Articles older than this are pruned after `daily`; 0 keeps all.",
    ),
    key(
        "archive",
        "keep_pages",
        Switch,
        "true",
        "Keep the pages as they were fetched, compressed.",
    ),
    key("brief", "words", Count, "400", "Words of a briefing, never exceeded."),
    key("brief", "minutes", Number, "", "Minutes of reading, instead of words."),
    key("brief", "words_per_minute", Number, "230.0", "How fast you read."),
    key("brief", "stories", Count, "8", "Stories at most."),
    key("brief", "quotes", Count, "2", "Key quotes a story at most."),
    key("brief", "template", Text, "", "Template: a name of `nutgraf template list`, or a file."),
    key(
        "brief",
        "method",
        Choice(&["auto", "tfidf", "lexrank", "lead"]),
        r#""auto""#,
        "How sentences are chosen.",
    ),
    key("brief", "min_sources", Count, "1", "Outlets that a story must have."),
    key(
        "brief",
        "max_share",
        Number,
        "1.0",
        "Share of one article's words that may be shown, up to 1.",
    ),
    key("brief", "max_quote_words", Count, "0", "Words of the longest quote; 0 for no limit."),
    key("brief", "follow_days", Count, "7", "Days for which a story that was told is followed."),
    key("brief", "intro", Text, "", "Your own words before the stories."),
    key("brief", "outro", Text, "", "Your own words after the stories."),
    key(
        "brief",
        "sections",
        Texts,
        r#"["summary", "quotes", "also"]"#,
        "Parts of a story, in this order: summary, quotes, differences, also.",
    ),
    key("ranking", "outlets", Number, "1.0", "Weight of the number of outlets of a story."),
    key("ranking", "size", Number, "0.3", "Weight of the number of its articles."),
    key("ranking", "recency", Number, "1.0", "Weight of how new its newest article is."),
    key("ranking", "prominence", Number, "0.3", "Weight of how long its articles are."),
    key("ranking", "novelty", Number, "0.3", "Weight of the share of its articles that are new."),
    key("ranking", "half_life_hours", Number, "18.0", "Hours in which recency halves."),
    key(
        "editor",
        "pin",
        Texts,
        "[]",
        "What comes first: \"source:NAME\", \"topic:WORDS\", \"speaker:NAME\", \"article:ID\".",
    ),
    key("editor", "ban", Texts, "[]", "What is never shown, named in the same way."),
    key(
        "editor",
        "weight",
        Weights,
        "{}",
        "What counts more or less than 1, named in the same way.",
    ),
    key("style", "labels", Names, "{}", "Names of sections in place of the usual ones."),
    key(
        "style",
        "date",
        Text,
        "",
        "How the day of the briefing is written, such as \"%A, %-d %B %Y\".",
    ),
    key("style", "short_date", Text, "", "How the day of an article is written."),
    key(
        "style",
        "quotes",
        Choice(&["english", "german", "french", "spanish", "straight"]),
        "",
        "Marks that quotes are put in.",
    ),
    key(
        "style",
        "marks",
        Choice(&["numbers", "outlets", "footnotes"]),
        "",
        "How a line shows where it is from.",
    ),
    key("style", "width", Count, "", "Characters in a line of plain text."),
    key("mail", "from", Text, "", "Sender of an e-mail briefing."),
    key("mail", "to", Text, "", "Receiver of an e-mail briefing."),
    key("mail", "subject", Text, "", "Subject; the title of the briefing where not set."),
    key(
        "atom",
        "id",
        Text,
        "",
        "Name of the feed of briefings for good, an IRI; made of its page where not set.",
    ),
    key("atom", "url", Text, "", "Page that the feed belongs to."),
    key("atom", "author", Text, "", "Who makes the feed."),
    key(
        "fetch",
        "user_agent",
        Text,
        "",
        "How to introduce ourselves to servers; names the tool where not set.",
    ),
    key("fetch", "timeout_seconds", Number, "20.0", "How long to wait for a server."),
    key("fetch", "max_bytes", Count, "16777216", "Bytes of one answer, decompressed."),
    key("fetch", "delay_seconds", Number, "1.0", "Pause between two requests to one host."),
    key("fetch", "hosts_at_once", Count, "8", "Hosts asked at the same time."),
    key(
        "fetch",
        "max_seconds",
        Number,
        "120.0",
        "How long a run may take; the next one goes on with the rest.",
    ),
    key("fetch", "max_pages", Count, "100", "Pages that are fetched for one feed in a run."),
    key(
        "fetch",
        "max_foreign_pages",
        Count,
        "40",
        "How many of them may be on other sites than the feed.",
    ),
    key(
        "fetch",
        "max_feed_bytes",
        Size,
        r#""256M""#,
        "Bytes of a feed and its pages together, decompressed.",
    ),
    key("fetch", "max_age_days", Count, "7", "Fetch no pages of older articles; 0 fetches all."),
    key(
        "fetch",
        "pages",
        Switch,
        "true",
        "Fetch the page of an article where the feed has only a teaser.",
    ),
    key("fetch", "robots", Switch, "true", "Heed robots.txt for article pages."),
    key(
        "fetch",
        "allow_private",
        Switch,
        "false",
        "Allow addresses of this machine and of private networks.",
    ),
    key(
        "fetch",
        "proxy",
        Text,
        "",
        "Proxy, such as \"http://proxy.example:3128\"; the environment's where not set.",
    ),
    key(
        "delivery",
        "attempts",
        Count,
        "4",
        "How often a run tries to send a message before the next run does.",
    ),
    key(
        "delivery",
        "pause_seconds",
        Number,
        "1.0",
        "Pause between messages, and before the second attempt; it doubles with each.",
    ),
    key(
        "delivery",
        "timeout_seconds",
        Number,
        "30.0",
        "How long to wait for an answer, or for a command.",
    ),
    key(
        "delivery",
        "keep_days",
        Count,
        "14",
        "Days after which a briefing that an output does not take is given up.",
    ),
    key("limits", "file_size", Size, r#""1G""#, "Largest file to read."),
    key(
        "limits",
        "unpacked_size",
        Size,
        "",
        "What a compressed file or archive may grow to; where not set \"1G\", and no more than a hundred times its size or \"128M\".",
    ),
    key(
        "limits",
        "page_size",
        Size,
        r#""16M""#,
        "Markup of one web page, without its scripts and styles, or text of one dump.",
    ),
    key("limits", "elements", Count, "250000", "Elements of one web page, lines of one dump."),
    key("limits", "depth", Count, "512", "Elements of a web page inside one another."),
    key("limits", "entries", Count, "1000000", "Articles of one file, members of one archive."),
    key("limits", "files", Count, "1000000", "Files of all folders and patterns together."),
    key("lint", "max_quote_words", Count, "60", "Longest quote."),
    key("lint", "min_sources", Count, "2", "Least outlets of a story."),
    key("lint", "min_speakers", Count, "1", "Least distinct speakers of a briefing."),
    key(
        "lint",
        "max_single_source_stories",
        Count,
        "",
        "Most stories that one outlet alone tells; not checked where not set.",
    ),
    key("lint", "max_age_days", Count, "3", "Age of the oldest article."),
    key("lint", "banned_words", Texts, "[]", "Words that may not stand in a briefing."),
    key("feed", "url", Text, "", "Address of the feed."),
    key("feed", "opml", Text, "", "Or a file that lists feeds."),
    key("feed", "folder", Text, "", "Or a folder of articles on this machine."),
    key("feed", "name", Text, "", "Name of the outlet; the feed's own where not set."),
    key("feed", "weight", Number, "1.0", "How much its articles count."),
    key("feed", "lang", Text, "", "Language of its articles, where they do not say."),
    key(
        "feed",
        "include",
        Texts,
        "[]",
        "Take only entries with one of these words or phrases; \"energy*\" for any ending, \"/sport/\" for addresses.",
    ),
    key(
        "feed",
        "exclude",
        Texts,
        "[]",
        "Leave out entries with one of these, written in the same way.",
    ),
    key("feed", "full_text", Switch, "false", "The feed has whole articles: fetch no pages."),
    key("topic", "name", Text, "", "Name of the topic."),
    key("topic", "words", Texts, "[]", "Words that belong to it."),
    key("topic", "phrases", Texts, "[]", "Phrases that belong to it."),
    key("topic", "exclude", Texts, "[]", "Words that rule an article out."),
    key("topic", "must", Texts, "[]", "Names of which one must stand in an article."),
    key("output", "file", Text, "", "File to write; %Y-%m-%d is replaced by the day."),
    key(
        "output",
        "post",
        Text,
        "",
        "Or a web address to send the briefing to; $NAME is replaced by a variable of the environment.",
    ),
    key(
        "output",
        "run",
        Texts,
        "[]",
        "Or a command that gets the briefing on standard input, as a list: [\"sendmail\", \"-t\"].",
    ),
    key(
        "output",
        "smtp",
        Text,
        "",
        "Or a mail relay, such as \"smtps://mail.example:465\"; from and to are those of [mail].",
    ),
    key("output", "name", Text, "", "Name in messages, by which deliveries are remembered."),
    key(
        "output",
        "to",
        Choice(&["md", "html", "text", "json", "eml", "atom", "epub"]),
        "",
        "Its format; where not set md, for `post` json, for `smtp` eml.",
    ),
    key(
        "output",
        "format",
        Choice(&["slack", "discord", "telegram", "ntfy"]),
        "",
        "Messages for a chat, instead of a format; for `post` only.",
    ),
    key("output", "template", Text, "", "Its template, where not that of `brief`."),
    key("output", "latest", Text, "", "A second name that always is the newest."),
    key(
        "output",
        "chat",
        Text,
        "",
        "The chat of `format = \"telegram\"`, such as \"$TELEGRAM_CHAT\".",
    ),
    key("output", "headers", Names, "{}", "Further header fields of `post`."),
    key("output", "user", Text, "", "User of `smtp`."),
    key("output", "password", Text, "", "Password of `smtp`, such as \"$SMTP_PASSWORD\"."),
];

/// Returns the key of a table and a name.
pub fn find(table: &str, name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|k| k.table == table && k.name == name)
}

/// Returns the known word that is most like one that is not known, if it is like it at all.
pub fn most_alike<'w>(unknown: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    known
        .map(|word| (edits(unknown, word), word))
        .filter(|(edits, word)| *edits <= 1 + word.len() / 4)
        .min()
        .map(|(_, word)| word)
}

/// The least insertions, deletions and substitutions from one word to the other (Levenshtein 1966).
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
    fn a_slip_of_the_pen_is_recognised_and_a_strange_word_is_not() {
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
}
