//! `nutgraf brief`: makes a briefing.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use nutgraf::article::{Article, Published};
use nutgraf::briefing::{Briefing, Editor, History, Manifest, Reason, Section, Target, manifest};
use nutgraf::config::{
    AtomSettings, BriefSettings, Overrides, RankingSettings, Settings, TopicSettings,
};
use nutgraf::language::Language;
use nutgraf::pipeline::{self, Brief, Params};
use nutgraf::render::{self, Feed, Format, HouseStyle, Mail, Options, TemplateChoice};
use nutgraf::stories::Ranking;
use nutgraf::stories::topic::Topic;
use nutgraf::{stories, summary};

use crate::cli::args::{Input, Output, Reading};
use crate::cli::commands::{NOTHING, summarize, template};
use crate::cli::page::{self, Kind};
use crate::cli::settings::{self, Loaded};
use crate::cli::shelf;
use crate::cli::since::{self, Since};
use crate::cli::{input, output, sandbox, saved};
use crate::warning::counted;

/// Make a briefing: stories with their key sentences and quotes, ranked, within a budget.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf brief articles/                              Markdown on standard output
  nutgraf brief --minutes 2 -t html -o today.html *.html
  nutgraf brief --urls addresses.txt                   from the web, one address per line
  nutgraf brief --topic 'kosovo independence' --stories 3 articles/
  nutgraf brief -t json -o b.json articles/ && nutgraf verify b.json articles/
  nutgraf brief --manifest m.json articles/ && nutgraf brief --again m.json articles/
  nutgraf brief -t epub -o today.epub articles/        for an e-reader
  nutgraf brief -t eml --mail-from me@example.org --mail-to you@example.org articles/ | sendmail -t")]
pub(crate) struct Args {
    /// Files, folders, globs, web addresses, or - for standard input; if none are given, articles archived since the
    /// last briefing.
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// Maximum length of the briefing, in words [default: 400].
    #[arg(long, value_name = "N", conflicts_with = "minutes", help_heading = "Budget")]
    words: Option<usize>,
    /// Budget as reading time in minutes, instead of words.
    #[arg(long, value_name = "N", help_heading = "Budget")]
    minutes: Option<f64>,
    /// Reading speed in words per minute, for --minutes [default: 230].
    #[arg(long, value_name = "N", help_heading = "Budget")]
    words_per_minute: Option<f64>,
    /// Maximum number of stories; 0 for no limit [default: 8].
    #[arg(long, value_name = "N", help_heading = "Budget")]
    stories: Option<usize>,
    /// Maximum number of key quotes per story [default: 2].
    #[arg(long, value_name = "N", help_heading = "Budget")]
    quotes: Option<usize>,
    /// Maximum share of an article's words to show, such as 0.3.
    #[arg(long, value_name = "R", help_heading = "Budget")]
    max_share: Option<f64>,
    /// Maximum length of a quote, in words.
    #[arg(long, value_name = "N", help_heading = "Budget")]
    max_quote_words: Option<usize>,
    /// Only stories about these words; may be given several times.
    #[arg(long, value_name = "WORDS", help_heading = "Selection")]
    topic: Vec<String>,
    /// Only articles from this time or later: a time, a day, today or yesterday.
    #[arg(long, value_name = "TIME", help_heading = "Selection")]
    since: Option<String>,
    /// Minimum number of outlets per story.
    #[arg(long, value_name = "N", help_heading = "Selection")]
    min_sources: Option<usize>,
    /// Put this first: source:NAME, topic:WORDS, speaker:NAME or article:ID; may be given several times.
    #[arg(long, value_name = "WHAT", help_heading = "Selection")]
    pin: Vec<String>,
    /// Never show this; same forms as --pin; may be given several times.
    #[arg(long, value_name = "WHAT", help_heading = "Selection")]
    ban: Vec<String>,
    /// Multiplier: above 1 counts more, below 1 less, such as source:NAME=2; may be given several times.
    #[arg(long, value_name = "WHAT=N", help_heading = "Selection")]
    weight: Vec<String>,
    /// Record in this file how the briefing was made: inputs with hashes, settings, versions, interventions.
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    manifest: Option<PathBuf>,
    /// Reproduce the briefing recorded in a manifest, with its settings and time, from the same inputs.
    #[arg(
        long,
        value_name = "MANIFEST",
        requires = "inputs",
        conflicts_with_all = [
            "words", "minutes", "words_per_minute", "stories", "quotes", "max_share", "max_quote_words", "topic",
            "since", "min_sources", "pin", "ban", "weight", "manifest", "title", "intro", "outro", "sections",
        ],
        help_heading = "Selection"
    )]
    again: Option<PathBuf>,
    /// Title of the briefing [default: the date].
    #[arg(long, value_name = "TEXT", help_heading = "Presentation")]
    title: Option<String>,
    /// Your own words before the stories; marked as not taken from a source.
    #[arg(long, value_name = "TEXT", help_heading = "Presentation")]
    intro: Option<String>,
    /// Your own words after the stories.
    #[arg(long, value_name = "TEXT", help_heading = "Presentation")]
    outro: Option<String>,
    /// Parts of a story, in this order: summary, quotes, differences, also (other outlets that reported it).
    #[arg(long, value_name = "LIST", value_delimiter = ',', help_heading = "Presentation")]
    sections: Option<Vec<String>>,
    /// Language of headings and dates: en, de, fr, es.
    #[arg(long, value_name = "LANG", help_heading = "Presentation")]
    labels: Option<String>,
    /// Template: a name from `nutgraf template list`, or a file of your own.
    #[arg(long, value_name = "NAME|FILE", help_heading = "Presentation")]
    template: Option<String>,
    /// Sender of the email.
    #[arg(long, value_name = "ADDRESS", help_heading = "Presentation")]
    mail_from: Option<String>,
    /// Recipients of the email, separated by commas.
    #[arg(long, value_name = "ADDRESS", help_heading = "Presentation")]
    mail_to: Option<String>,
    /// Subject of the email [default: the title].
    #[arg(long, value_name = "TEXT", help_heading = "Presentation")]
    subject: Option<String>,
    /// Format of the output: md, html, text, json, eml, atom, epub.
    #[arg(short, long, value_name = "FORMAT", default_value = "md", value_parser = page_kind, help_heading = "Output")]
    to: Kind,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.reading.config, args.overrides())?;
    let settings = &loaded.config.settings;
    let zone = since::time_zone(&loaded)?;
    let now = since::in_zone(args.reading.now().timestamp(), &zone);
    let params = params(settings, &args.choices())?;
    if args.to == Kind::Epub && args.template.is_some() {
        bail!("--template does not apply to an e-book (-t epub)");
    }
    // A missing or malformed template or a wrong house style is reported before any article is read.
    let options = options(&loaded)?;
    if let Kind::Format(format) = args.to {
        sandbox::compile(format, &options)?;
    }
    let since = args.since.as_deref().map(|s| since::reader_time(s, now, &zone)).transpose()?;
    if args.inputs.is_empty() && args.reading.urls.is_empty() {
        return from_archive(args, &loaded, params, &options, since, now);
    }
    let input = Input { inputs: args.inputs.clone(), reading: args.reading.clone() };
    let is_in_time = |article: &Article| {
        let published = article.published.map(Published::timestamp);
        since.is_none_or(|since| published.is_none_or(|at| since.timestamp() <= at))
    };
    if args.again.is_none() && args.manifest.is_none() {
        let made = pipeline::brief_pile(shelf::read(&input, is_in_time)?, &params, now)?;
        return finish(args, &options, &made, None);
    }
    // A manifest covers the texts of all articles, so all of them are needed at once.
    let mut articles = input::articles(&input)?;
    if let Some(file) = &args.again {
        let briefing = again(&saved::manifest(file, &saved::text(file)?)?, articles)?;
        return output::write_bytes(&args.output, &page::render(&briefing, args.to, &options)?);
    }
    articles.retain(is_in_time);
    let inputs = manifest::inputs(&articles);
    let made = pipeline::brief(articles, &params, now);
    let manifest = manifest(&made.briefing, inputs, &params, &made.unmet);
    finish(args, &options, &made, Some(&manifest))
}

/// Writes the briefing, its warnings and its manifest; if the briefing is empty, explains why.
fn finish(
    args: &Args,
    options: &Options,
    made: &Brief,
    manifest: Option<&Manifest>,
) -> Result<ExitCode> {
    input::say_all(&made.warnings);
    if made.briefing.stories.is_empty() {
        output::say(&nothing_to_report(made));
        return Ok(ExitCode::from(NOTHING));
    }
    let page = page::render(&made.briefing, args.to, options)?;
    let code = output::write_bytes(&args.output, &page)?;
    write_manifest(args, manifest)?;
    Ok(code)
}

/// Explains why a briefing is empty.
pub(crate) fn nothing_to_report(made: &Brief) -> String {
    let Some((first, others)) = made.unshown.split_first() else {
        return "nothing to report: no articles".to_owned();
    };
    let title = first.headline.split_whitespace();
    let mut shown = title.clone().take(TITLE_WORDS).collect::<Vec<_>>().join(" ");
    if TITLE_WORDS < title.count() {
        shown.push_str(" …");
    }
    let others = match others.len() {
        0 => String::new(),
        n => format!("; also left out: {}", counted(n, "story")),
    };
    let advice =
        if matches!(first.reason, Reason::NoRoom) { "; try a larger budget (--words)" } else { "" };
    format!("nothing to report: “{}”: {}{advice}{others}", output::folded(&shown), first.reason)
}

/// The maximum number of words of a headline shown in a message.
const TITLE_WORDS: usize = 12;

fn write_manifest(args: &Args, manifest: Option<&Manifest>) -> Result<()> {
    if let (Some(file), Some(manifest)) = (&args.manifest, manifest) {
        output::write_json(&Output { output: Some(file.clone()) }, manifest)?;
    }
    Ok(())
}

/// Reproduces the briefing recorded in a manifest; fails if the inputs or the result differ from those recorded.
fn again(manifest: &Manifest, articles: Vec<Article>) -> Result<Briefing> {
    let articles = saved::admitted(manifest, articles)?;
    let (briefing, _) = make(articles, &manifest.settings, manifest.generated, false);
    if !manifest.is_of(&briefing) {
        bail!(
            "the same inputs gave a different briefing: {}",
            manifest.differences(&briefing).join("; ")
        );
    }
    Ok(briefing)
}

/// Makes a briefing of the new articles in the archive, and records it once it has been written.
fn from_archive(
    args: &Args,
    loaded: &Loaded,
    params: Params,
    options: &Options,
    since: Option<Published>,
    now: Published,
) -> Result<ExitCode> {
    let Since { articles, following, n_new, mark } =
        since::since(loaded, since::turn(loaded)?, since, now)?;
    let params = following.params(params);
    let (briefing, manifest) = make(articles, &params, now, args.manifest.is_some());
    if !since::has_news(&briefing) {
        output::say(&match n_new {
            0 => "nothing new: no articles have arrived since the last briefing".to_owned(),
            1 => "nothing new: the only new article adds nothing to the last briefing".to_owned(),
            n => format!(
                "nothing new: none of the {n} new articles adds anything to the last briefing"
            ),
        });
        return Ok(ExitCode::from(NOTHING));
    }
    let code = output::write_bytes(&args.output, &page::render(&briefing, args.to, options)?)?;
    write_manifest(args, manifest.as_ref())?;
    mark.record(&briefing)?;
    Ok(code)
}

/// Makes the briefing and, on request, its manifest.
fn make(
    articles: Vec<Article>,
    params: &Params,
    now: Published,
    with_manifest: bool,
) -> (Briefing, Option<Manifest>) {
    let inputs = with_manifest.then(|| manifest::inputs(&articles));
    let made = pipeline::brief(articles, params, now);
    for warning in &made.warnings {
        output::say(&warning.to_string());
    }
    let manifest = inputs.map(|inputs| manifest(&made.briefing, inputs, params, &made.unmet));
    (made.briefing, manifest)
}

/// The flags that [`Args::overrides`] does not translate into configuration keys, and whether `--words` was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    words_by_flag: bool,
    topics: Vec<String>,
    pins: Vec<String>,
    bans: Vec<String>,
    weights: Vec<String>,
}

impl Args {
    pub(crate) fn choices(&self) -> Choices {
        Choices {
            words_by_flag: self.words.is_some(),
            topics: self.topic.clone(),
            pins: self.pin.clone(),
            bans: self.ban.clone(),
            weights: self.weight.clone(),
        }
    }

    /// Returns the flags as overrides of configuration keys.
    pub(crate) fn overrides(&self) -> Overrides {
        let mut flags = Overrides::default();
        let counts = [
            ("--words", "words", self.words),
            ("--stories", "stories", self.stories),
            ("--quotes", "quotes", self.quotes),
            ("--min-sources", "min_sources", self.min_sources),
            ("--max-quote-words", "max_quote_words", self.max_quote_words),
        ];
        for (flag, name, value) in counts {
            if let Some(value) = value.and_then(|n| i64::try_from(n).ok()) {
                flags.flag(flag, "brief", name, value);
            }
        }
        let numbers = [
            ("--minutes", "minutes", self.minutes),
            ("--words-per-minute", "words_per_minute", self.words_per_minute),
            ("--max-share", "max_share", self.max_share),
        ];
        for (flag, name, value) in numbers {
            if let Some(value) = value {
                flags.flag(flag, "brief", name, value);
            }
        }
        let texts = [
            ("--title", "", "title", &self.title),
            ("--labels", "", "lang", &self.labels),
            ("--intro", "brief", "intro", &self.intro),
            ("--outro", "brief", "outro", &self.outro),
            ("--template", "brief", "template", &self.template),
            ("--mail-from", "mail", "from", &self.mail_from),
            ("--mail-to", "mail", "to", &self.mail_to),
            ("--subject", "mail", "subject", &self.subject),
        ];
        for (flag, table, name, value) in texts {
            if let Some(value) = value {
                flags.flag(flag, table, name, value.as_str());
            }
        }
        if let Some(sections) = &self.sections {
            flags.flag("--sections", "brief", "sections", sections.clone());
        }
        flags
    }
}

/// Combines settings and flags into the parameters of the briefing.
pub(crate) fn params(settings: &Settings, chosen: &Choices) -> Result<Params> {
    let brief = &settings.brief;
    Ok(Params {
        words: words(brief, chosen.words_by_flag)?,
        stories: (brief.stories > 0).then_some(brief.stories),
        quotes: brief.quotes,
        max_share: share(brief.max_share)?,
        max_quote_words: (brief.max_quote_words > 0).then_some(brief.max_quote_words),
        min_sources: brief.min_sources,
        sections: sections(&brief.sections)?,
        topics: topics(settings, chosen)?,
        others: chosen.topics.is_empty(),
        lang: language(&settings.lang)?,
        title: settings.title.clone(),
        intro: brief.intro.clone(),
        outro: brief.outro.clone(),
        editor: editor(settings, chosen)?,
        history: History::default(),
        grouping: stories::Params {
            ranking: ranking(&settings.ranking),
            ..stories::Params::default()
        },
        summary: summary::Params {
            method: summarize::method(&brief.method),
            ..summary::Params::default()
        },
    })
}

/// Converts the settings to ranking weights.
pub(crate) const fn ranking(settings: &RankingSettings) -> Ranking {
    Ranking {
        outlets: settings.outlets,
        size: settings.size,
        recency: settings.recency,
        prominence: settings.prominence,
        novelty: settings.novelty,
        half_life: settings.half_life_hours,
    }
}

/// Returns the topics given by flags, or the configured topics if there are none.
fn topics(settings: &Settings, chosen: &Choices) -> Result<Vec<Topic>> {
    if let Some(empty) = chosen.topics.iter().find(|t| !t.contains(char::is_alphanumeric)) {
        bail!("--topic {empty:?}: give one or more words, such as 'police reform'");
    }
    if !chosen.topics.is_empty() {
        return Ok(chosen.topics.iter().map(|words| Topic::from_words(words)).collect());
    }
    Ok(settings.topic.iter().map(configured).filter(|t| !t.name.is_empty()).collect())
}

/// Converts a configured topic; a topic without a name is named after its words.
fn configured(topic: &TopicSettings) -> Topic {
    let mut made = Topic {
        name: topic.name.clone().unwrap_or_default(),
        words: topic.words.clone(),
        phrases: topic.phrases.clone(),
        exclude: topic.exclude.clone(),
        must: topic.must.clone(),
        ..Topic::default()
    };
    if made.name.is_empty() {
        made.name = made.in_words();
    }
    made
}

/// Returns the budget in words. If `minutes` is set, it takes precedence over `words`, unless `--words` was given.
fn words(brief: &BriefSettings, by_flag: bool) -> Result<usize> {
    let words = match brief.minutes {
        Some(minutes) if !by_flag => (minutes * brief.words_per_minute) as usize,
        _ => brief.words,
    };
    if words == 0 {
        bail!("the budget is 0 words: give --words or --minutes a number above 0");
    }
    Ok(words)
}

fn share(share: f64) -> Result<Option<f64>> {
    if !(share > 0.0 && share <= 1.0) {
        bail!("--max-share {share}: give a share above 0 and up to 1, such as 0.3");
    }
    Ok((share < 1.0).then_some(share))
}

fn sections(names: &[String]) -> Result<Vec<Section>> {
    let section = |name: &String| match name.trim() {
        "summary" => Ok(Section::Summary),
        "quotes" => Ok(Section::Quotes),
        "differences" => Ok(Section::Differences),
        "also" => Ok(Section::Also),
        other => bail!(
            "{other:?} is not a part of a story; the parts are summary, quotes, differences and also"
        ),
    };
    names.iter().map(section).collect()
}

fn language(tag: &str) -> Result<Language> {
    Language::parse(tag)
        .with_context(|| format!("{tag:?} is not a language tag; give one such as en or de"))
}

fn editor(settings: &Settings, chosen: &Choices) -> Result<Editor> {
    let target = |text: &str| {
        Target::parse(text).with_context(|| {
            format!(
                "{text:?} is not a valid target; write source:NAME, topic:WORDS, speaker:NAME or article:ID"
            )
        })
    };
    let targets = |configured: &[String], given: &[String]| -> Result<Vec<Target>> {
        configured.iter().chain(given).map(|t| target(t)).collect()
    };
    let mut weights = Vec::new();
    for (name, weight) in &settings.editor.weight {
        weights.push((target(name)?, *weight));
    }
    for given in &chosen.weights {
        let (name, weight) = given
            .rsplit_once('=')
            .and_then(|(name, weight)| Some((name, weight.trim().parse::<f64>().ok()?)))
            .filter(|(_, weight)| weight.is_finite() && *weight >= 0.0)
            .with_context(|| format!("--weight {given:?}: write it as source:NAME=2"))?;
        weights.push((target(name)?, weight));
    }
    Ok(Editor {
        pins: targets(&settings.editor.pin, &chosen.pins)?,
        bans: targets(&settings.editor.ban, &chosen.bans)?,
        weights,
    })
}

/// Returns the rendering options.
pub(crate) fn options(loaded: &Loaded) -> Result<Options> {
    let settings = &loaded.config.settings;
    let template = match &settings.brief.template {
        None => TemplateChoice::Usual,
        Some(name) => template::choice(name, loaded)?,
    };
    let style = serde_json::to_value(&settings.style).context("the table [style]")?;
    let house: HouseStyle = serde_json::from_value(style).context("the table [style]")?;
    let mail = Mail {
        from: settings.mail.from.clone(),
        to: settings
            .mail
            .to
            .iter()
            .flat_map(|to| to.split(','))
            .map(|to| to.trim().to_owned())
            .collect(),
        subject: settings.mail.subject.clone(),
    };
    let AtomSettings { id, url, author } = settings.atom.clone();
    Ok(Options {
        template,
        house: HouseStyle { lang: Language::parse(&settings.lang), ..house },
        mail,
        feed: Feed { id, url, author },
        words_per_minute: Some(settings.brief.words_per_minute),
        index: None,
    })
}

/// Returns the template set in `[brief]`, or the default template if none is set or if the one that is set is a
/// built-in template for another format.
pub(crate) fn template_for(loaded: &Loaded, format: Format) -> Result<TemplateChoice> {
    let Some(name) = &loaded.config.settings.brief.template else {
        return Ok(TemplateChoice::Usual);
    };
    let built_in = render::list().iter().find(|t| t.name() == name || t.file == name);
    match built_in {
        Some(template) if template.format != Some(format) => Ok(TemplateChoice::Usual),
        _ => template::choice(name, loaded),
    }
}

/// Parses the name of an output format, including `epub`, on the command line.
fn page_kind(name: &str) -> Result<Kind, String> {
    Kind::parse(name).ok_or_else(|| format!("the formats are {}, epub", formats()))
}

/// Parses the name of a text format on the command line.
pub(crate) fn output_format(name: &str) -> Result<Format, String> {
    Format::parse(name).ok_or_else(|| format!("the formats are {}", formats()))
}

fn formats() -> String {
    Format::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
