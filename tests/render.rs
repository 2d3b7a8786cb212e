//! The sample briefing in every format, and what templates may and may not do.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Format, Mail, Options, TemplateChoice};

fn sample() -> Briefing {
    serde_json::from_str(include_str!("../templates/sample.json")).unwrap()
}

fn options() -> Options {
    let mail = Mail {
        from: Some("The Norrhamn Desk <desk@norrhamn.example>".to_owned()),
        to: vec!["readers@norrhamn.example".to_owned()],
        subject: None,
    };
    Options { mail, ..Options::default() }
}

fn built_in(name: &str) -> Options {
    Options { template: TemplateChoice::BuiltIn(name.to_owned()), ..options() }
}

#[test]
fn the_sample_reads_well_in_every_format() {
    for (name, format) in Format::NAMES {
        let text = render::render(&sample(), *format, &options())
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        insta::assert_snapshot!(*name, text);
    }
}

#[test]
fn the_sample_reads_well_in_every_flavour_of_markdown() {
    for name in ["github", "obsidian", "hugo", "zola", "jekyll"] {
        let text = render::render(&sample(), Format::Markdown, &built_in(name))
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        insta::assert_snapshot!(name, text);
    }
}
