//! The user's settings: keys, defaults, and the origin of each value.
//!
//! Invariant: settings survive a round trip through TOML.
//!
//! Values come in layers: the defaults, the file, the environment (`NUTGRAF_BRIEF_WORDS` for `brief.words`) and the
//! flags. Later layers override earlier ones. Every key is declared once, in [`keys`], with its kind, default and
//! purpose. The file written by `nutgraf init`, the check for unknown keys and the list shown by `nutgraf config` are
//! derived from that declaration.

mod error;
pub mod keys;
mod layers;
mod program_settings;
mod size;
mod starter;

pub use error::Error;
pub use layers::{Config, Origin, Overrides, SettingLine};
pub use program_settings::{
    ArchiveSettings, AtomSettings, BriefSettings, DeliverySettings, EditorSettings, FeedSettings,
    FetchSettings, LimitsSettings, LintSettings, MailSettings, OutputSettings, RankingSettings,
    Settings, StyleSettings, TopicSettings,
};
pub use size::Size;
pub use starter::starter_file;
