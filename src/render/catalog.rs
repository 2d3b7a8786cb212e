//! The built-in templates, and a check of templates against a sample briefing.

use crate::briefing::Briefing;
use crate::render::engine::Chosen;
use crate::render::{Error, Format, Options, TemplateChoice, UserTemplate, render};

/// A built-in template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The file name, which other templates use to extend or include it.
    pub file: &'static str,
    /// The output format; `None` for partials and for the parts of an EPUB book, which cannot be chosen as templates.
    pub format: Option<Format>,
    /// The template text.
    pub source: &'static str,
}

impl BuiltIn {
    /// Returns the name on the command line: the file name without its extension.
    pub fn name(&self) -> &'static str {
        self.file.rsplit_once('.').map_or(self.file, |(name, _)| name)
    }

    /// Returns the purpose of the template, which its first line states.
    pub fn about(&self) -> &'static str {
        let first = self.source.lines().next().unwrap_or_default();
        first.trim_matches(['{', '}', '#', '-', ' ', '/', '*'])
    }
}

macro_rules! built_in {
    ($($file:literal $format:expr),* $(,)?) => {
        &[$(BuiltIn { file: $file, format: $format, source: include_str!(concat!("../../templates/", $file)) }),*]
    };
}

const ALL: &[BuiltIn] = built_in![
    "commonmark.md" Some(Format::Markdown),
    "github.md" Some(Format::Markdown),
    "obsidian.md" Some(Format::Markdown),
    "hugo.md" Some(Format::Markdown),
    "zola.md" Some(Format::Markdown),
    "jekyll.md" Some(Format::Markdown),
    "page.html" Some(Format::Html),
    "plain.txt" Some(Format::Text),
    "mail.html" Some(Format::Eml),
    "feed.xml" Some(Format::Atom),
    "attribution.md" None,
    "mark.md" None,
    "sources.md" None,
    "mark.txt" None,
    "mark.html" None,
    "mark.mail.html" None,
    "story.html" None,
    "page.css" None,
    "book.xhtml" None,
    "book.css" None,
];

/// A sample briefing with invented news, for checking templates.
pub(super) const SAMPLE: &str = include_str!("../../templates/sample.json");

/// Returns all built-in templates, those without an output format last.
pub fn list() -> &'static [BuiltIn] {
    ALL
}

/// Returns the source of a built-in template by file name.
pub fn built_in(file: &str) -> Option<&'static str> {
    ALL.iter().find(|t| t.file == file).map(|t| t.source)
}

/// Returns the file name of a format's built-in template, given its name with or without the extension.
pub(super) fn named(format: Format, name: &str) -> Result<&'static str, Error> {
    let of_format = |t: &&BuiltIn| t.format == Some(format);
    let found = ALL.iter().filter(of_format).find(|t| t.name() == name || t.file == name);
    found.map(|t| t.file).ok_or_else(|| {
        let known: Vec<_> = ALL.iter().filter(of_format).map(BuiltIn::name).collect();
        Error::UnknownTemplate { name: name.to_owned(), known: known.join(", ") }
    })
}

/// Checks a custom template as [`try_out`] does, with the same errors.
pub fn check(template: UserTemplate, format: Format, options: &Options) -> Result<(), Error> {
    try_out(format, &Options { template: TemplateChoice::Own(template), ..options.clone() })
}

/// Compiles the chosen template without running it, so that a syntax error is found before there is a briefing.
///
/// # Errors
///
/// Returns an error if the template is unknown for the format, or if it or the template that it extends has a syntax error.
pub fn compile(format: Format, options: &Options) -> Result<(), Error> {
    match format {
        // JSON is written without a template.
        Format::Json => Ok(()),
        _ => Chosen::resolve(format, &options.template)?.compile(),
    }
}

/// Renders a sample briefing once with its optional parts and once without most of them, so that errors in a template,
/// a house style or the header fields of an email are found before there is a briefing.
///
/// # Errors
///
/// Returns the first error that occurs when either sample is rendered.
pub fn try_out(format: Format, options: &Options) -> Result<(), Error> {
    Chosen::resolve(format, &options.template)?;
    let mut sample: Briefing = serde_json::from_str(SAMPLE).map_err(Error::Json)?;
    render(&sample, format, options)?;
    bare(&mut sample);
    render(&sample, format, options).map(drop)
}

/// Removes optional parts from a briefing: intro and outro, topics, differences, other outlets, speakers, and the
/// metadata of articles.
fn bare(briefing: &mut Briefing) {
    (briefing.intro, briefing.outro) = (None, None);
    for story in &mut briefing.stories {
        story.topic = None;
        story.differences.clear();
        story.also.clear();
        for quote in &mut story.quotes {
            quote.speaker = None;
        }
    }
    for article in &mut briefing.articles {
        (article.url, article.source, article.byline, article.published) = (None, None, None, None);
    }
}
