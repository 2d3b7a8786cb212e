//! nutgraf turns many news articles into a short briefing made of their own sentences, with the key quotes and who said
//! them.
//!
//! It is extractive: it never writes a sentence about the news. Every sentence and quote that it shows is a range of an
//! article's text, and [`verify`](mod@verify) can check this.
//!
//! # The pipeline in four steps
//!
//! 1. **Read**: [`read::read`] turns bytes (a web page, a feed, an email, plain text, JSON) into [`Article`]s;
//!    [`read::read_all`] reads several files. [`Article::from_text`] makes an article from a string.
//! 2. **Annotate**: [`text::Collection::build`] finds the sentences, words and terms of the articles.
//! 3. **Select**: [`stories::group`] groups the articles about one event into a story, [`summary::summarize`] selects
//!    the sentences that represent the story, and [`quotes::of_story`] finds who said what.
//! 4. **Assemble**: [`brief`] runs steps 2 and 3 and combines the results into a [`Briefing`] within a word budget, and
//!    [`render`](fn@render) writes it as Markdown, HTML, text, email, Atom or JSON.
//!
//! For a single article, [`summarize`] and [`quotes()`] run the steps that they need in one call.
//!
//! # Dependencies
//!
//! [`Summary`], [`Quotation`], [`StoryOutline`] and [`Briefing`] implement `serde::Serialize`; `serde_json` writes them
//! as JSON. Dates are those of `jiff`; a program needs it to pass the current time ([`Published`]).
//!
//! ```toml
//! [dependencies]
//! jiff = "0.2"
//! nutgraf = "0.1"
//! serde_json = "1"
//! ```
//!
//! # One article
//!
//! ```
//! use nutgraf::{Article, Budget, quotes, summarize};
//!
//! let article = Article::from_text(
//!     "The council closed the Mill Street bridge on Monday after cracks were found in two piers. \
//!      \"Nobody will drive over it this winter,\" said Mayor Ana Quill. A new bridge costs 4 million crowns.",
//! );
//! let summary = summarize(std::slice::from_ref(&article), Budget::Sentences(1));
//! assert!(summary.to_string().starts_with("The council closed the Mill Street bridge"));
//! assert_eq!(quotes(&article)[0].speaker.as_ref().unwrap().name, "Ana Quill");
//! ```
//!
//! # A briefing
//!
//! ```
//! use nutgraf::{BriefParams, OutputFormat, Published, brief, read, render};
//!
//! let lines = r#"{"title": "Bridge closed", "source": "Post", "text": "The council closed the bridge on Monday."}"#;
//! let articles = read::read("articles.jsonl", lines.as_bytes(), &read::Options::default()).articles;
//! let now = Published::parse("2026-03-11T06:00:00Z").unwrap();
//! let made = brief(articles, &BriefParams { words: 100, ..BriefParams::default() }, now);
//! let page = render(&made.briefing, OutputFormat::Markdown, &Default::default())?;
//! assert!(page.contains("Bridge closed"));
//! # Ok::<(), nutgraf::render::Error>(())
//! ```
//!
//! # Features
//!
//! All features are on by default. Without any feature, the library reads plain text and JSON from memory, does
//! everything else (stories, summaries, quotes, briefings, verification, rendering), and needs at most fifty crates. An
//! input that a build cannot read yields a [`Warning`] that names the missing feature.
//!
//! | feature | adds |
//! |---|---|
//! | `formats` | Markdown, CSV, charsets other than UTF-8 and UTF-16 |
//! | `pages` | web pages, and HTML within JSON and feeds |
//! | `feeds` | RSS, Atom, JSON Feed, OPML, sitemaps (with `pages`) |
//! | `mail` | email as input, and [`OutputFormat::Eml`] (with `pages`) |
//! | `packed` | gzip, zstd, tar and zip |
//! | `archive` | the SQLite archive |
//! | `fetch` | downloads from the web |
//! | `cli` | the program `nutgraf` |
//! | `jemalloc` | the memory allocator of the program on Unix |
//!
//! To switch all features off, write `nutgraf = { version = "0.1", default-features = false }`. With `formats`, `pages`
//! and `feeds`, the library builds for `wasm32-unknown-unknown`.
//!
//! # Stability
//!
//! The minimum supported Rust version is 1.90.
//!
//! The crate follows semantic versioning. The names at the root, the fields of the published JSON ([`json`],
//! [`Briefing`]) and the layout of a rendered briefing change incompatibly only with a new major version (before 1.0: a
//! new minor version). The chosen sentences, the names found and the bytes of a rendered briefing may change with any
//! version; the changelog lists such changes under *Output*. Types marked `#[non_exhaustive]` may gain fields or
//! variants.
//!
//! A few types are exported at the root under a longer name, because several modules have a type named `Params`,
//! `Options` or `Format`: [`BriefParams`] is [`briefing::Params`], [`SummaryParams`] is [`summary::Params`],
//! [`RenderOptions`] is [`render::Options`], and [`OutputFormat`] is [`render::Format`].

#![cfg_attr(
    not(all(feature = "formats", feature = "pages", feature = "mail")),
    allow(
        dead_code,
        clippy::allow_attributes,
        reason = "helpers of readers that this build leaves out"
    )
)]

// The modules of the command-line program refer to the library by its name, as other programs do.
#[cfg(feature = "cli")]
extern crate self as nutgraf;

mod api;
#[cfg(feature = "archive")]
pub mod archive;
#[doc(hidden)]
pub mod article;
pub mod briefing;
pub mod budget;
mod catch_panic;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(any(feature = "archive", feature = "packed"))]
mod compression;
#[doc(hidden)]
pub mod config;
mod identity;
pub mod json;
#[doc(hidden)]
pub mod language;
mod line_marker;
#[doc(hidden)]
pub mod parallel;
pub mod pipeline;
mod printable;
pub mod quotes;
pub mod read;
pub mod render;
#[doc(hidden)]
pub mod score;
#[doc(hidden)]
pub mod span;
pub mod stories;
pub mod summary;
pub mod text;
pub mod verify;
#[doc(hidden)]
pub mod warning;

pub use api::{
    Quotation, StoryOutline, Summary, quotes, sentences, stories, stories_of_sketches, summarize,
    summarize_with,
};
pub use article::{Article, ArticleId, Block, BlockKind, Extent, Published};
pub use briefing::{Briefing, Excerpt, Params as BriefParams};
pub use budget::Budget;
pub use language::Language;
pub use pipeline::{Brief, brief};
pub use quotes::{Confidence, QuoteKind, Speaker};
pub use read::ArticleBuilder;
pub use render::{Format as OutputFormat, Options as RenderOptions, render};
pub use span::{CodePoints, Span};
pub use stories::Sketch;
pub use summary::{Method, Params as SummaryParams};
pub use text::Collection;
pub use warning::Warning;
