//! What a render is told besides the briefing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::render::HouseStyle;

/// What a render is told besides the briefing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// Which template makes the page.
    pub template: TemplateChoice,
    /// How the house writes.
    pub house: HouseStyle,
    /// The words that its readers read in a minute (230).
    pub words_per_minute: Option<f64>,
    /// The header fields of a mail.
    pub mail: Mail,
    /// What a feed says about itself.
    pub feed: Feed,
}

/// Which template makes the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemplateChoice {
    /// The usual one of the format.
    #[default]
    Usual,
    /// A built-in one by name, such as `github` or `hugo`.
    BuiltIn(String),
    /// One of the user's own.
    Own(UserTemplate),
}

/// A template of the user's own, read already: a render opens no file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserTemplate {
    /// The file's name as given, for messages.
    pub name: String,
    /// What the file says.
    pub source: String,
    /// Other templates that it may include or extend, by file name; they go before built-in ones.
    pub partials: BTreeMap<String, String>,
}

/// The header fields of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Who sends it: `name@host` or `Name <name@host>`.
    pub from: Option<String>,
    /// Who gets it.
    pub to: Vec<String>,
    /// The subject; the briefing's title where none is given.
    pub subject: Option<String>,
}

/// What a feed says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feed {
    /// Its name for good, an IRI; made of the title where none is given.
    pub id: Option<String>,
    /// The page that it belongs to.
    pub url: Option<String>,
    /// Who makes it.
    pub author: Option<String>,
}
