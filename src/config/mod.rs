//! The user's settings: keys, defaults, and the origin of each value.
//!
//! Law: round trip: the settings written as TOML and read again are the same settings.
//!
//! Values come in layers: the default, the file, the environment (`NUTGRAF_BRIEF_WORDS` for `brief.words`), the flags;
//! a later layer wins. Every key is declared once, in [`keys`], with its kind, default and purpose; the file that
//! `nutgraf init` writes, the check for unknown keys, and the list of `nutgraf config` are made from that declaration.

mod error;
pub mod keys;
mod layers;
mod settings;
mod size;
mod starter;

pub use error::Error;
pub use layers::{Config, Origin, Overrides, SettingLine};
pub use settings::{
    ArchiveSettings, AtomSettings, BriefSettings, DeliverySettings, EditorSettings, FeedSettings,
    FetchSettings, LimitsSettings, LintSettings, MailSettings, OutputSettings, RankingSettings,
    Settings, StyleSettings, TopicSettings,
};
pub use size::Size;
pub use starter::starter_file;
