//! Rendering options besides the briefing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::render::HouseStyle;

/// Rendering options besides the briefing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The template.
    pub template: TemplateChoice,
    /// The house style.
    pub house: HouseStyle,
    /// The reading speed in words per minute [default: 230].
    pub words_per_minute: Option<f64>,
    /// The header fields of a mail.
    pub mail: Mail,
    /// The metadata of an Atom feed.
    pub feed: Feed,
}

/// The choice of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TemplateChoice {
    /// The default template of the format.
    #[default]
    Usual,
    /// A built-in template by name, such as `github` or `hugo`.
    BuiltIn(String),
    /// A user's own template.
    Own(UserTemplate),
}

/// A user's own template. The caller reads its files in advance: rendering opens no file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserTemplate {
    /// The file's name as given, for messages.
    pub name: String,
    /// The source of the template.
    pub source: String,
    /// Other templates that it may include or extend, by file name; they take precedence over built-in ones.
    pub partials: BTreeMap<String, String>,
}

/// The header fields of a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The sender: `name@host` or `Name <name@host>`.
    pub from: Option<String>,
    /// The recipients.
    pub to: Vec<String>,
    /// The subject [default: the title of the briefing].
    pub subject: Option<String>,
}

/// The metadata of an Atom feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feed {
    /// The permanent id, an IRI [default: derived from the title].
    pub id: Option<String>,
    /// The web page of the feed.
    pub url: Option<String>,
    /// The author.
    pub author: Option<String>,
}
