//! Renders briefings as pages, emails, feeds, chat messages, books and sites: templates, filters, and escaping for each
//! format.
//!
//! Invariant: every excerpt is escaped, and no text from an article changes the structure of the output.
//!
//! Three internal modules render templates: `view` defines the data available to a template, `escape` defines the
//! escaping rules of each format, and `engine` runs the template. `mail` combines an HTML part and a plain-text part
//! into a message; `chat`, `epub` and `site` make chat messages, books and sites. Rendering reads nothing besides its
//! arguments.

mod catalog;
mod chat;
mod diagnose;
mod engine;
#[cfg(feature = "packed")]
mod epub;
mod error;
mod escape;
mod house;
mod labels;
mod link;
#[cfg(feature = "mail")]
mod mail;
mod options;
mod output_format;
mod site;
mod view;
mod wrap;

use crate::briefing::Briefing;
use crate::printable;

pub use catalog::{BuiltIn, built_in, check, compile, list, try_out};
pub use chat::{Chat, Message, Messages, messages};
#[cfg(feature = "packed")]
pub use epub::epub;
pub use error::{Error, Problem};
pub use house::{HouseStyle, Marks, QuoteMarks};
pub use link::{link_to_text, text_fragment, web_link};
#[cfg(feature = "mail")]
pub use mail::envelope;
pub use options::{Feed, Mail, Options, TemplateChoice, UserTemplate};
pub use output_format::Format;
pub use site::{Issue, SCRIPT, SiteFile, site};

/// The JSON Schema (draft 2020-12) of the output of [`Format::Json`].
pub const JSON_SCHEMA: &str = include_str!("../../templates/briefing.schema.json");

/// Renders a briefing in the given format.
///
/// The same briefing and options always produce the same bytes.
///
/// A custom template has access to the fields documented in `templates/README.md`, which is in the repository and in
/// the crate:
///
/// ```
/// use nutgraf::render::{TemplateChoice, UserTemplate};
/// use nutgraf::{Article, BriefParams, OutputFormat, Published, RenderOptions, brief, render};
///
/// let article = Article::builder("The council closed the bridge on Monday, the mayor said.").title("Bridge *closed*");
/// let now = Published::parse("2026-03-11").unwrap();
/// let briefing = brief(vec![article.build()], &BriefParams::default(), now).briefing;
/// let template = UserTemplate {
///     name: "list.md".to_owned(),
///     source: "{% for story in stories %}* {{ story.headline.text }}\n{% endfor %}".to_owned(),
///     ..UserTemplate::default()
/// };
/// let options = RenderOptions { template: TemplateChoice::Own(template), ..RenderOptions::default() };
/// assert_eq!(render(&briefing, OutputFormat::Markdown, &options)?, "* Bridge \\*closed\\*\n");
/// # Ok::<(), nutgraf::render::Error>(())
/// ```
pub fn render(briefing: &Briefing, format: Format, options: &Options) -> Result<String, Error> {
    match format {
        Format::Json => json(briefing),
        #[cfg(feature = "mail")]
        Format::Eml => mail::message(briefing, options),
        #[cfg(not(feature = "mail"))]
        Format::Eml => Err(Error::NotInBuild { format: "mails", feature: "mail" }),
        _ => engine::page(briefing, format, options),
    }
}

/// Serializes the briefing as JSON in the published schema, which keeps texts verbatim, including line breaks.
fn json(briefing: &Briefing) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(briefing).map_err(Error::Json)?;
    Ok(printable::in_json(text) + "\n")
}
