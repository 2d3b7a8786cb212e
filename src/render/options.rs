//! Rendering options besides the briefing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::render::HouseStyle;

/// Rendering options besides the briefing.
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
    /// The metadata of an Atom feed.
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
    /// The source of the template.
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
    /// The subject [default: the title of the briefing].
    pub subject: Option<String>,
}

/// The metadata of an Atom feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feed {
    /// The permanent id, an IRI [default: made from the title].
    pub id: Option<String>,
    /// The web page of the feed.
    pub url: Option<String>,
    /// Who makes it.
    pub author: Option<String>,
}
