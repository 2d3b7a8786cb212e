//! Rendering options: everything besides the briefing that affects the output.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::render::HouseStyle;

/// The rendering options, exported at the crate root as `RenderOptions`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The template. Default: the default template of the format.
    pub template: TemplateChoice,
    /// The house style. Default: the conventions of the language.
    pub house: HouseStyle,
    /// The reading speed in words per minute, from which the reading time is computed. Default: `None`, which means
    /// 230.
    pub words_per_minute: Option<f64>,
    /// The address of the page that lists all briefings, relative to the rendered web page, which links to it. Default:
    /// `None`, which means no link.
    #[serde(default)]
    pub index: Option<String>,
    /// The header fields of an email.
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
    /// The user's own template.
    Own(UserTemplate),
}

/// A user's own template. The caller reads its files in advance, because rendering opens no files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserTemplate {
    /// The name of the file, for error messages.
    pub name: String,
    /// The source of the template.
    pub source: String,
    /// Other templates that it may include or extend, by file name; they take precedence over built-in templates.
    pub partials: BTreeMap<String, String>,
}

/// The header fields of an email.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The sender: `name@host` or `Name <name@host>`.
    pub from: Option<String>,
    /// The recipients, in the same form as the sender.
    pub to: Vec<String>,
    /// The subject. Default: `None`, which means the title of the briefing.
    pub subject: Option<String>,
}

/// The metadata of an Atom feed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Feed {
    /// The permanent id, an IRI. Default: `None`, which means an id derived from `url`, or from the title if there is
    /// no `url`.
    pub id: Option<String>,
    /// The address of the web page to which the feed belongs.
    pub url: Option<String>,
    /// The author.
    pub author: Option<String>,
}
