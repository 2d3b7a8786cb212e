//! The settings as the program uses them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::size::Size;

/// All settings. The fields correspond to [`KEYS`](crate::config::keys::KEYS), which documents them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct Settings {
    pub title: Option<String>,
    pub lang: String,
    pub time_zone: String,
    pub archive: ArchiveSettings,
    pub brief: BriefSettings,
    pub ranking: RankingSettings,
    pub editor: EditorSettings,
    pub style: StyleSettings,
    pub mail: MailSettings,
    pub atom: AtomSettings,
    pub fetch: FetchSettings,
    pub delivery: DeliverySettings,
    pub limits: LimitsSettings,
    pub lint: LintSettings,
    pub feed: Vec<FeedSettings>,
    pub topic: Vec<TopicSettings>,
    pub output: Vec<OutputSettings>,
}

/// The table `[archive]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct ArchiveSettings {
    pub path: Option<String>,
    pub keep_days: usize,
    pub keep_pages: bool,
}

/// The table `[brief]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct BriefSettings {
    pub words: usize,
    pub minutes: Option<f64>,
    pub words_per_minute: f64,
    pub stories: usize,
    pub quotes: usize,
    pub template: Option<String>,
    pub sections: Vec<String>,
    pub method: String,
    pub min_sources: usize,
    pub max_share: f64,
    pub max_quote_words: usize,
    pub follow_days: usize,
    pub intro: Option<String>,
    pub outro: Option<String>,
}

/// The table `[ranking]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct RankingSettings {
    pub outlets: f64,
    pub size: f64,
    pub recency: f64,
    pub prominence: f64,
    pub novelty: f64,
    pub half_life_hours: f64,
}

/// The table `[editor]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct EditorSettings {
    pub pin: Vec<String>,
    pub ban: Vec<String>,
    pub weight: BTreeMap<String, f64>,
}

/// The table `[style]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct StyleSettings {
    pub labels: BTreeMap<String, String>,
    pub date: Option<String>,
    pub short_date: Option<String>,
    pub quotes: Option<String>,
    pub marks: Option<String>,
    pub width: Option<usize>,
}

/// The table `[mail]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct MailSettings {
    pub from: Option<String>,
    pub to: Option<String>,
    pub subject: Option<String>,
}

/// The table `[atom]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct AtomSettings {
    pub id: Option<String>,
    pub url: Option<String>,
    pub author: Option<String>,
}

/// The table `[fetch]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct FetchSettings {
    pub user_agent: Option<String>,
    pub timeout_seconds: f64,
    pub max_bytes: u64,
    pub delay_seconds: f64,
    pub hosts_at_once: usize,
    pub max_seconds: f64,
    pub max_requests: usize,
    pub max_run_bytes: Size,
    pub max_pages: usize,
    pub max_foreign_pages: usize,
    pub max_feed_bytes: Size,
    pub max_feed_seconds: f64,
    pub max_age_days: usize,
    pub pages: bool,
    pub robots: bool,
    pub allow_private: bool,
    pub proxy: Option<String>,
}

/// The table `[delivery]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct DeliverySettings {
    pub attempts: usize,
    pub pause_seconds: f64,
    pub timeout_seconds: f64,
    pub keep_days: usize,
}

/// The table `[limits]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct LimitsSettings {
    pub file_size: Size,
    pub unpacked_size: Option<Size>,
    pub page_size: Size,
    pub elements: usize,
    pub depth: usize,
    pub entries: usize,
    pub files: usize,
}

/// The table `[lint]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct LintSettings {
    pub max_quote_words: usize,
    pub min_sources: usize,
    pub min_speakers: usize,
    pub max_single_source_stories: Option<usize>,
    pub max_age_days: usize,
    pub banned_words: Vec<String>,
}

/// A table `[[feed]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct FeedSettings {
    pub url: Option<String>,
    pub opml: Option<String>,
    pub folder: Option<String>,
    pub name: Option<String>,
    pub weight: f64,
    pub lang: Option<String>,
    pub include: Vec<String>,
    pub exclude: Vec<String>,
    pub full_text: bool,
}

/// A table `[[topic]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct TopicSettings {
    pub name: Option<String>,
    pub words: Vec<String>,
    pub phrases: Vec<String>,
    pub exclude: Vec<String>,
    pub must: Vec<String>,
}

/// A table `[[output]]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each key is documented where it is listed")]
pub struct OutputSettings {
    pub file: Option<String>,
    pub post: Option<String>,
    pub run: Vec<String>,
    pub smtp: Option<String>,
    pub name: Option<String>,
    pub to: Option<String>,
    pub format: Option<String>,
    pub template: Option<String>,
    pub latest: Option<String>,
    pub chat: Option<String>,
    pub headers: BTreeMap<String, String>,
    pub user: Option<String>,
    pub password: Option<String>,
}
