//! Renders a briefing in any output format: a text format or EPUB.

use anyhow::Result;
use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Format, Options};

use crate::cli::sandbox;

/// The format of a rendered briefing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A text format.
    Format(Format),
    /// An EPUB book.
    Epub,
}

impl Kind {
    /// Parses the name of a format.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        if name == "epub" { Some(Self::Epub) } else { Format::parse(name).map(Self::Format) }
    }

    /// Returns the name of the format on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Format(format) => format.name(),
            Self::Epub => "epub",
        }
    }

    /// Returns the media type.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Format(Format::Markdown) => "text/markdown; charset=utf-8",
            Self::Format(Format::Html) => "text/html; charset=utf-8",
            Self::Format(Format::Text) => "text/plain; charset=utf-8",
            Self::Format(Format::Json) => "application/json",
            Self::Format(Format::Eml) => "message/rfc822",
            Self::Format(Format::Atom) => "application/atom+xml",
            Self::Epub => "application/epub+zip",
        }
    }
}

/// Renders a briefing; the user's own templates run in the sandbox.
pub(crate) fn render(briefing: &Briefing, kind: Kind, options: &Options) -> Result<Vec<u8>> {
    match kind {
        Kind::Format(format) => {
            let mut page = sandbox::render(briefing, format, options)?;
            if !page.ends_with('\n') {
                page.push('\n');
            }
            Ok(page.into_bytes())
        }
        Kind::Epub => Ok(render::epub(briefing, options)?),
    }
}
