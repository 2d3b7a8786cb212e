//! The sample briefing in every format, and what templates can and cannot do.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nutgraf::briefing::Briefing;
use nutgraf::language::Language;
use nutgraf::render::{self, Error, Feed, Format, HouseStyle, Mail, Marks, Options, QuoteMarks};
use nutgraf::render::{TemplateChoice, UserTemplate};

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

fn render(format: Format, options: &Options) -> String {
    render::render(&sample(), format, options).unwrap()
}

fn built_in(name: &str) -> Options {
    Options { template: TemplateChoice::BuiltIn(name.to_owned()), ..options() }
}

fn own(name: &str, source: &str) -> Options {
    let template = UserTemplate {
        name: name.to_owned(),
        source: source.to_owned(),
        ..UserTemplate::default()
    };
    Options { template: TemplateChoice::Own(template), ..options() }
}

fn house(house: HouseStyle) -> Options {
    Options { house, ..options() }
}

#[test]
fn the_sample_reads_well_in_every_format() {
    for format in [Format::Markdown, Format::Html, Format::Text, Format::Eml, Format::Atom] {
        insta::assert_snapshot!(format.name(), render(format, &options()));
    }
}

#[test]
fn the_sample_reads_well_in_obsidian() {
    insta::assert_snapshot!("obsidian", render(Format::Markdown, &built_in("obsidian")));
}

#[test]
fn flavours_differ_by_front_matter_and_tables() {
    let heads = ["hugo", "jekyll", "zola"].map(|name| {
        let page = render(Format::Markdown, &built_in(name));
        page.split("\n*Friday").next().unwrap().to_owned()
    });
    let github = render(Format::Markdown, &built_in("github"));
    let table: Vec<_> = github.lines().filter(|l| l.starts_with('|')).collect();
    insta::assert_snapshot!(
        "flavours",
        format!(
            "{}
{}",
            heads.join(
                "
"
            ),
            table.join(
                "
"
            )
        )
    );
}

#[test]
fn the_same_briefing_gives_the_same_bytes() {
    for (_, format) in Format::NAMES {
        assert_eq!(render(*format, &options()), render(*format, &options()));
    }
}

#[test]
fn a_user_overrides_one_block_and_brings_a_part_of_his_own() {
    let mut options = own(
        "mine.md",
        "{% extends \"commonmark.md\" %}\n{% block quotes %}{% for quote in story.quotes %}\n\
         Said {% include \"who.md\" %}.\n\n{% endfor %}{% endblock %}",
    );
    if let TemplateChoice::Own(template) = &mut options.template {
        let part = "{{ quote.speaker or labels.unattributed }}".to_owned();
        template.partials.insert("who.md".to_owned(), part);
    }
    let page = render(Format::Markdown, &options);
    assert!(page.contains("\nSaid Mara Lindqvist.\n"), "{page}");
    assert!(page.contains("## Sund Bridge closed"), "{page}");
    assert!(!page.contains("> "), "{page}");
}

#[test]
fn a_users_file_may_have_the_name_of_the_one_that_it_extends() {
    let options =
        own("page.html", "{% extends \"page.html\" %}{% block footer %}<p>bye</p>{% endblock %}");
    assert!(render(Format::Html, &options).contains("<p>bye</p>"));
}

#[test]
fn what_is_wrong_with_a_template_is_said_with_file_line_and_field() {
    for (source, message) in [
        ("a\n{{ titel }}", "mine.md:2: `titel`: there is no such field (did you mean `title`?)"),
        (
            "{% for s in stories %}\n\n{{ s.headlin.text }}{% endfor %}",
            "mine.md:3: `s.headlin.text`: there is no such field (did you mean `headline`?)",
        ),
        (
            "{{ stories }}",
            "mine.md:1: `stories`: this is a list or an object; print one of its fields",
        ),
        (
            "{% for s in stories %}{{ s.topic }}{% endfor %}",
            "mine.md:1: `s.topic`: there is nothing to print here; test for it first: {% if … %}",
        ),
        (
            "\n{{ title | safe }}",
            "mine.md:2: `title | safe`: filter safe is unknown (texts are always escaped)",
        ),
        (
            "{% include 'gone.md' %}",
            "mine.md:1: `include 'gone.md'`: tried to include non-existing template 'gone.md' (`template list` names the built-in ones)",
        ),
        ("{{ title", "mine.md:1: unexpected end of input, expected end of variable block"),
        (
            "{% autoescape false %}{{ title }}{% endautoescape %}",
            "mine.md:1: `title`: escaping cannot be switched off or changed in a template",
        ),
        (
            "{{ 'javascript:x' | link }}",
            "mine.md:1: `'javascript:x' | link`: only an http or https address may be linked to",
        ),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}",
            "mine.md:1: the template does not come to an end (is there a loop in a loop over everything?)",
        ),
    ] {
        let error =
            render::render(&sample(), Format::Markdown, &own("mine.md", source)).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_template_is_checked_with_and_without_what_may_be_missing() {
    let check = |source: &str| {
        let TemplateChoice::Own(template) = own("mine.md", source).template else { unreachable!() };
        render::check(template, Format::Markdown, &Options::default()).map_err(|e| e.to_string())
    };
    assert_eq!(
        check("{% for s in sources %}{% if s.url %}{{ s.url | link }}{% endif %}{% endfor %}"),
        Ok(())
    );
    let error = check("{% for s in sources %}{{ s.url | link }}{% endfor %}").unwrap_err();
    assert!(error.starts_with("mine.md:1: `s.url | link`"), "{error}");
}

#[test]
fn every_built_in_template_is_listed_with_what_it_is_for() {
    for template in render::list() {
        assert!(template.about().len() > 10, "{}: {:?}", template.file, template.about());
        assert_eq!(render::built_in(template.file), Some(template.source));
        if let Some(format) = template.format {
            render(format, &built_in(template.name()));
        }
    }
    let error = render::render(&sample(), Format::Markdown, &built_in("gitlab")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no template is called \"gitlab\"; there are commonmark, github, obsidian, hugo, zola, jekyll",
    );
}

#[test]
fn the_furniture_speaks_the_language_of_the_house() {
    let german = house(HouseStyle { lang: Language::parse("de"), ..HouseStyle::default() });
    let page = render(Format::Markdown, &german);
    for line in [
        "*Freitag, 6. März 2026 · 2 Themen · 5 Artikel · 1 Min. Lesezeit*",
        "## Quellen",
        "„I have crossed",
    ] {
        assert!(page.contains(line), "{line} not in {page}");
    }
    assert!(render(Format::Html, &german).contains("<html lang=\"de\">"));
}

#[test]
fn the_house_chooses_names_marks_quotes_and_width() {
    let style: HouseStyle = toml::from_str(
        "marks = 'outlets'\nquotes = 'french'\nshort_date = '%Y-%m-%d'\nwidth = 40\nlabels = { sources = 'Read more' }",
    )
    .unwrap();
    assert_eq!((style.marks, style.quotes), (Some(Marks::Outlets), Some(QuoteMarks::French)));
    let page = render(Format::Markdown, &house(style.clone()));
    assert!(
        page.contains("cables.\u{a0}([The Harbour Post](https://harbourpost.example"),
        "{page}"
    );
    assert!(
        page.contains("## Read more")
            && page.contains("2026-03-05")
            && page.contains("«\u{202f}It smells"),
        "{page}"
    );
    let text = render(Format::Text, &house(style));
    assert!(
        text.lines().filter(|l| !l.contains("https://")).all(|l| l.chars().count() <= 40),
        "{text}"
    );
    let wrong = HouseStyle {
        labels: [("sauces".to_owned(), String::new())].into(),
        ..HouseStyle::default()
    };
    let error = render::render(&sample(), Format::Html, &house(wrong)).unwrap_err().to_string();
    assert!(
        error.starts_with("house style, labels: no label is called \"sauces\"; there are also, "),
        "{error}"
    );
}

#[test]
fn sections_are_shown_in_the_order_of_the_briefing() {
    let mut briefing = sample();
    briefing.sections.reverse();
    briefing.sections.pop();
    let page = render::render(&briefing, Format::Markdown, &options()).unwrap();
    let at = |text: &str| page.find(text);
    assert!(at("Also reported by") < at("Where sources differ"));
    assert!(at("Where sources differ") < at("> “We will not reopen"));
    assert_eq!(at("The Sund Bridge was closed"), None);
}

#[test]
fn a_mail_wants_a_sender_and_readers() {
    let error = |mail| {
        render::render(&sample(), Format::Eml, &Options { mail, ..Options::default() }).unwrap_err()
    };
    assert!(matches!(error(Mail::default()), Error::MissingField { field: "From", .. }));
    let from = Some("desk@norrhamn.example".to_owned());
    assert!(matches!(
        error(Mail { from: from.clone(), ..Mail::default() }),
        Error::MissingField { field: "To", .. }
    ));
    let to = vec!["a@b.example\r\nBcc: c@d.example".to_owned()];
    assert!(matches!(error(Mail { from, to, subject: None }), Error::Address { field: "To", .. }));
}

#[test]
fn a_mail_stays_under_the_size_at_which_it_is_cut() {
    let mut briefing = sample();
    let story = briefing.stories[0].clone();
    briefing.stories = (0..60).map(|_| story.clone()).collect();
    let mail = render::render(&briefing, Format::Eml, &options()).unwrap();
    assert!(mail.len() < 100_000, "{}", mail.len());
    let message = mail_parser::MessageParser::new().parse(&mail).unwrap();
    let shown = message.body_html(0).unwrap().matches("<h2").count() - 1;
    let left = 60 - shown + 2;
    assert!(
        shown > 5
            && message
                .body_text(0)
                .unwrap()
                .contains(&format!("Left out for length: {left} stories"))
    );
}

#[test]
fn a_feed_is_named_by_what_lasts() {
    let feed = |title: &str, url: Option<&str>| {
        let briefing = Briefing { title: title.to_owned(), ..sample() };
        let feed = Feed { url: url.map(str::to_owned), ..Feed::default() };
        let text = render::render(&briefing, Format::Atom, &Options { feed, ..options() }).unwrap();
        let parsed = feed_rs::parser::parse(text.as_bytes()).unwrap();
        (parsed.id, parsed.entries.into_iter().map(|e| e.id).collect::<Vec<_>>())
    };
    let home = Some("https://norrhamn.example/");
    assert_eq!(feed("Monday", home), feed("Tuesday", home));
    assert_ne!(feed("Monday", None).0, feed("Tuesday", None).0);
    assert_eq!(feed("Monday", None).1, feed("Tuesday", None).1);
}
