//! The names of the output formats.

use crate::render::escape::Dialect;

/// The output format of a briefing, exported at the crate root as `OutputFormat`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Markdown, in the flavor of the template.
    Markdown,
    /// A self-contained web page.
    Html,
    /// Plain text, wrapped to a line width.
    Text,
    /// The briefing itself as JSON; see [`JSON_SCHEMA`](crate::render::JSON_SCHEMA).
    Json,
    /// An email message, ready to send (feature `mail`).
    Eml,
    /// An Atom feed with one entry per story.
    Atom,
}

impl Format {
    /// The name of each format on the command line.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("md", Self::Markdown),
        ("html", Self::Html),
        ("text", Self::Text),
        ("json", Self::Json),
        ("eml", Self::Eml),
        ("atom", Self::Atom),
    ];

    /// Returns the format with the given name; some common aliases are accepted as well.
    ///
    /// ```
    /// use nutgraf::OutputFormat;
    ///
    /// assert_eq!(OutputFormat::parse("markdown"), Some(OutputFormat::Markdown));
    /// assert_eq!(OutputFormat::parse("docx"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        let name = match name {
            "markdown" => "md",
            "htm" => "html",
            "txt" | "plain" => "text",
            "mail" | "email" => "eml",
            "xml" | "feed" => "atom",
            other => other,
        };
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }

    /// Returns the name of the format on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, format)| *format == self).map_or("md", |(name, _)| name)
    }

    /// Returns the escaping rules for templates of this format.
    pub(super) const fn dialect(self) -> Dialect {
        match self {
            Self::Markdown => Dialect::Markdown,
            Self::Html | Self::Eml => Dialect::Html,
            Self::Atom => Dialect::Xml,
            Self::Text | Self::Json => Dialect::Text,
        }
    }

    /// Returns the default template of the format.
    pub(super) const fn usual_template(self) -> &'static str {
        match self {
            Self::Markdown => "commonmark.md",
            Self::Html => "page.html",
            Self::Text | Self::Json => "plain.txt",
            Self::Eml => "mail.html",
            Self::Atom => "feed.xml",
        }
    }
}
