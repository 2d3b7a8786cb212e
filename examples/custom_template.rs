//! Renders a briefing with a template of your own: `cargo run --example custom_template`.
//!
//! `templates/README.md` lists the fields that a template may use. All text is escaped for the output format, so a
//! headline cannot change the layout.

#![expect(clippy::print_stdout, reason = "an example shows its result in the terminal")]

use std::error::Error;

use nutgraf::render::{TemplateChoice, UserTemplate};
use nutgraf::{Article, BriefParams, OutputFormat, Published, RenderOptions, brief, render};

const TEMPLATE: &str = "\
# {{ title }}
{% for story in stories %}
* **{{ story.headline.text }}** ({{ story.sources | length }})
{% for quote in story.quotes %}
  > {{ quote.quoted }} — {{ quote.speaker or \"unattributed\" }}
{% endfor %}
{% endfor %}
";

fn main() -> Result<(), Box<dyn Error>> {
    let article = Article::builder(
        "The council closed the Mill Street bridge on Monday after cracks were found in two piers. \
         \"Nobody will drive over it this winter,\" said Mayor Ana Quill.",
    )
    .title("Bridge closed *for good*?")
    .outlet("The Post")
    .build();
    print!("{}", page(vec![article])?);
    Ok(())
}

/// Makes a briefing from the articles and renders it with the template.
pub(crate) fn page(articles: Vec<Article>) -> Result<String, Box<dyn Error>> {
    let now = Published::parse("2026-03-11").ok_or("not a date")?;
    let title = Some("Mill Street".to_owned());
    let params = BriefParams { title, ..BriefParams::default() };
    let briefing = brief(articles, &params, now).briefing;
    let template = UserTemplate {
        name: "mine.md".to_owned(),
        source: TEMPLATE.to_owned(),
        ..UserTemplate::default()
    };
    let options =
        RenderOptions { template: TemplateChoice::Own(template), ..RenderOptions::default() };
    Ok(render(&briefing, OutputFormat::Markdown, &options)?)
}
