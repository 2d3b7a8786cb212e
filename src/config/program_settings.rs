//! The settings as the program uses them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::size::Size;

/// All settings. The fields correspond to the keys of the configuration file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Title of the briefing. Default: the date.
    pub title: Option<String>,
    /// Language of headings and dates: en, de, fr, es. Default: `"en"`.
    pub lang: String,
    /// Time zone for "today", "yesterday" and file names, such as "Europe/Berlin". Default: `"UTC"`.
    pub time_zone: String,
    /// The table `[archive]`.
    pub archive: ArchiveSettings,
    /// The table `[brief]`.
    pub brief: BriefSettings,
    /// The table `[ranking]`.
    pub ranking: RankingSettings,
    /// The table `[editor]`.
    pub editor: EditorSettings,
    /// The table `[style]`.
    pub style: StyleSettings,
    /// The table `[mail]`.
    pub mail: MailSettings,
    /// The table `[atom]`.
    pub atom: AtomSettings,
    /// The table `[fetch]`.
    pub fetch: FetchSettings,
    /// The table `[delivery]`.
    pub delivery: DeliverySettings,
    /// The table `[limits]`.
    pub limits: LimitsSettings,
    /// The table `[lint]`.
    pub lint: LintSettings,
    /// The tables `[[feed]]`.
    pub feed: Vec<FeedSettings>,
    /// The tables `[[topic]]`.
    pub topic: Vec<TopicSettings>,
    /// The tables `[[output]]`.
    pub output: Vec<OutputSettings>,
}

/// The table `[archive]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ArchiveSettings {
    /// The archive file. Default: in the user's data folder.
    pub path: Option<String>,
    /// Days to keep articles; older ones are pruned after `daily`; 0 keeps all. Default: `90`.
    pub keep_days: usize,
    /// Keep a compressed copy of the fetched pages. Default: `true`.
    pub keep_pages: bool,
}

/// The table `[brief]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct BriefSettings {
    /// Maximum length of a briefing, in words. Default: `400`.
    pub words: usize,
    /// Budget as reading time in minutes, instead of words.
    pub minutes: Option<f64>,
    /// Reading speed, in words per minute. Default: `230.0`.
    pub words_per_minute: f64,
    /// Maximum number of stories; 0 for no limit. Default: `8`.
    pub stories: usize,
    /// Maximum number of key quotes per story. Default: `2`.
    pub quotes: usize,
    /// Template: a name from `nutgraf template list`, or a file.
    pub template: Option<String>,
    /// Parts of a story, in this order: summary, quotes, differences, also (other outlets that reported it). Default:
    /// `["summary", "quotes", "also"]`.
    pub sections: Vec<String>,
    /// How sentences are chosen: auto, tfidf, lexrank or lead. Default: `"auto"`.
    pub method: String,
    /// Minimum number of outlets per story. Default: `1`.
    pub min_sources: usize,
    /// Maximum share of an article's words to show, up to 1. Default: `1.0`.
    pub max_share: f64,
    /// Maximum length of a quote, in words; 0 for no limit. Default: `0`.
    pub max_quote_words: usize,
    /// Number of days to follow a reported story. Default: `7`.
    pub follow_days: usize,
    /// Your own words before the stories.
    pub intro: Option<String>,
    /// Your own words after the stories.
    pub outro: Option<String>,
}

/// The table `[ranking]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RankingSettings {
    /// Weight of the number of outlets reporting a story. Default: `1.0`.
    pub outlets: f64,
    /// Weight of the number of a story's articles. Default: `0.3`.
    pub size: f64,
    /// Weight of the recency of a story's newest article. Default: `1.0`.
    pub recency: f64,
    /// Weight of the length of a story's articles. Default: `0.3`.
    pub prominence: f64,
    /// Weight of the share of a story's articles that are new. Default: `0.3`.
    pub novelty: f64,
    /// Half-life of recency, in hours. Default: `18.0`.
    pub half_life_hours: f64,
}

/// The table `[editor]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EditorSettings {
    /// Put first: "source:NAME", "topic:WORDS", "speaker:NAME", "article:ID".
    pub pin: Vec<String>,
    /// Never show; same forms as `pin`.
    pub ban: Vec<String>,
    /// Multipliers: above 1 counts more, below 1 less; same forms as `pin`.
    pub weight: BTreeMap<String, f64>,
}

/// The table `[style]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StyleSettings {
    /// Your own names for sections and other labels.
    pub labels: BTreeMap<String, String>,
    /// Format of the briefing's date, such as "%A, %-d %B %Y".
    pub date: Option<String>,
    /// Format of an article's date.
    pub short_date: Option<String>,
    /// Style of quotation marks: english, german, french, spanish or straight.
    pub quotes: Option<String>,
    /// Format of source references: numbers, outlets or footnotes.
    pub marks: Option<String>,
    /// Line width of plain text, in characters.
    pub width: Option<usize>,
}

/// The table `[mail]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailSettings {
    /// Sender of the briefing as an email.
    pub from: Option<String>,
    /// Recipients of the briefing as an email, separated by commas.
    pub to: Option<String>,
    /// Subject of the email. Default: the title of the briefing.
    pub subject: Option<String>,
}

/// The table `[atom]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AtomSettings {
    /// Permanent identifier (IRI) of the Atom feed. Default: derived from `url`.
    pub id: Option<String>,
    /// Page to which the Atom feed belongs.
    pub url: Option<String>,
    /// Author of the Atom feed.
    pub author: Option<String>,
}

/// The table `[fetch]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FetchSettings {
    /// User-Agent header. Default: nutgraf's own.
    pub user_agent: Option<String>,
    /// Maximum time to wait for a server, in seconds. Default: `20.0`.
    pub timeout_seconds: f64,
    /// Maximum response size, in bytes after decompression. Default: `16777216`.
    pub max_bytes: u64,
    /// Pause between two requests to one host, in seconds. Default: `1.0`.
    pub delay_seconds: f64,
    /// Maximum number of hosts contacted at the same time. Default: `8`.
    pub hosts_at_once: usize,
    /// Maximum duration of a run, in seconds; the next run continues. Default: `120.0`.
    pub max_seconds: f64,
    /// Maximum number of requests in a run. Default: `10000`.
    pub max_requests: usize,
    /// Maximum size of everything that a run receives, after decompression. Default: `"2G"`.
    pub max_run_bytes: Size,
    /// Maximum number of pages fetched per feed in a run. Default: `100`.
    pub max_pages: usize,
    /// Maximum number of those pages and redirects on sites other than the feed's. Default: `40`.
    pub max_foreign_pages: usize,
    /// Maximum size of a feed and its pages together, after decompression. Default: `"256M"`.
    pub max_feed_bytes: Size,
    /// Maximum time spent waiting for the pages of one feed, in seconds. Default: `60.0`.
    pub max_feed_seconds: f64,
    /// Fetch no pages of articles older than this many days; 0 fetches all. Default: `7`.
    pub max_age_days: usize,
    /// Fetch the page of an article if the feed contains only a teaser. Default: `true`.
    pub pages: bool,
    /// Obey robots.txt for article pages. Default: `true`.
    pub robots: bool,
    /// Allow requests to this machine and to private networks. Default: `false`.
    pub allow_private: bool,
    /// Proxy, such as `"http://proxy.example:3128"`. Default: the proxy set in the environment.
    pub proxy: Option<String>,
}

/// The table `[delivery]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliverySettings {
    /// Number of times a run tries to send a message before leaving it to the next run. Default: `4`.
    pub attempts: usize,
    /// Pause in seconds between messages and before the second attempt; it doubles with each attempt. Default: `1.0`.
    pub pause_seconds: f64,
    /// Maximum time to wait for a response or a command, in seconds. Default: `30.0`.
    pub timeout_seconds: f64,
    /// Days after which an undelivered briefing is abandoned. Default: `14`.
    pub keep_days: usize,
}

/// The table `[limits]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitsSettings {
    /// Maximum size of a file. Default: `"1G"`.
    pub file_size: Size,
    /// Maximum size of a decompressed file or archive. Default: 100 times its compressed size, but at least "128M" and
    /// at most "1G".
    pub unpacked_size: Option<Size>,
    /// Maximum size of the markup of a web page, without scripts and styles, or of the text of a page dump. Default:
    /// `"16M"`.
    pub page_size: Size,
    /// Maximum number of elements in a web page, or lines in a page dump. Default: `250000`.
    pub elements: usize,
    /// Maximum nesting depth of a web page. Default: `512`.
    pub depth: usize,
    /// Maximum number of articles in a file, or members in an archive. Default: `1000000`.
    pub entries: usize,
    /// Maximum number of files in all folders and patterns together. Default: `1000000`.
    pub files: usize,
}

/// The table `[lint]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LintSettings {
    /// Maximum length of a quote, in words; 0 for no limit. Default: `60`.
    pub max_quote_words: usize,
    /// Minimum number of outlets per story; 0 for no limit. Default: `2`.
    pub min_sources: usize,
    /// Minimum number of different speakers in a briefing; 0 for no limit. Default: `1`.
    pub min_speakers: usize,
    /// Maximum number of stories that only one outlet reports. Default: no limit.
    pub max_single_source_stories: Option<usize>,
    /// Maximum age of an article, in days; 0 for no limit. Default: `3`.
    pub max_age_days: usize,
    /// Words that must not occur in a briefing.
    pub banned_words: Vec<String>,
}

/// A table `[[feed]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedSettings {
    /// Address of the feed.
    pub url: Option<String>,
    /// Instead of `url`: an OPML file that lists feeds.
    pub opml: Option<String>,
    /// Instead of `url`: a folder of articles on this machine.
    pub folder: Option<String>,
    /// Name of the outlet. Default: the feed's own.
    pub name: Option<String>,
    /// Weight of its articles (1 is normal). Default: `1.0`.
    pub weight: f64,
    /// Language of articles that do not state their own.
    pub lang: Option<String>,
    /// Take only entries with one of these words or phrases; "energy*" matches any ending, "/sport/" matches addresses.
    pub include: Vec<String>,
    /// Skip entries with one of these; same forms as `include`.
    pub exclude: Vec<String>,
    /// The feed contains full articles: fetch no pages. Default: `false`.
    pub full_text: bool,
}

/// A table `[[topic]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TopicSettings {
    /// Name of the topic.
    pub name: Option<String>,
    /// Words that belong to the topic.
    pub words: Vec<String>,
    /// Phrases that belong to the topic.
    pub phrases: Vec<String>,
    /// Words that rule an article out.
    pub exclude: Vec<String>,
    /// An article must contain at least one of these names or phrases.
    pub must: Vec<String>,
}

/// A table `[[output]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct OutputSettings {
    /// File to write; `%Y-%m-%d` is replaced with the date.
    pub file: Option<String>,
    /// Instead of `file`: a web address to send the briefing to; `$NAME` is replaced with an environment variable.
    pub post: Option<String>,
    /// Instead of `file`: a command that receives the briefing on standard input, as a list such as `["sendmail",
    /// "-t"]`.
    pub run: Vec<String>,
    /// Instead of `file`: a mail relay, such as `"smtps://mail.example:465"`; `[mail]` sets the sender and recipients.
    pub smtp: Option<String>,
    /// Name in messages and in the record of deliveries.
    pub name: Option<String>,
    /// Format. Default: md; json for `post`, eml for `smtp`.
    pub to: Option<String>,
    /// Chat service whose message format to use, instead of `to`: slack, discord, telegram or ntfy; only for `post`.
    pub format: Option<String>,
    /// Template. Default: the one in `[brief]`.
    pub template: Option<String>,
    /// A second file that always contains the newest briefing.
    pub latest: Option<String>,
    /// Id of the chat for `format = "telegram"`, such as `"$TELEGRAM_CHAT"`.
    pub chat: Option<String>,
    /// Additional header fields for `post`.
    pub headers: BTreeMap<String, String>,
    /// User name for `smtp`.
    pub user: Option<String>,
    /// Password for `smtp`, such as `"$SMTP_PASSWORD"`.
    pub password: Option<String>,
}
