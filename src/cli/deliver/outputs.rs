//! The configured outputs, checked before anything is fetched or sent.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use jiff::tz::TimeZone;
use nutgraf::article::Published;
use nutgraf::config::OutputSettings;
use nutgraf::render::{Chat, Format, Options};
use url::Url;

use crate::cli::commands::{brief, template};
use crate::cli::deliver::file;
use crate::cli::deliver::secret::Secrets;
use crate::cli::deliver::smtp::{Relay, RelayAddress};
use crate::cli::deliver::webhook::{Webhook, WebhookSettings};
use crate::cli::page::Kind;
use crate::cli::sandbox;
use crate::cli::settings::Loaded;
use crate::cli::site;

/// An output of `nutgraf daily`.
pub(crate) struct Outlet<'l> {
    /// The name under which deliveries are recorded.
    pub(super) name: String,
    /// The name shown in messages, which never contains the full address.
    pub(super) label: String,
    pub(super) format: Body,
    pub(super) options: Options,
    pub(super) way: Way<'l>,
    pub(super) secrets: Secrets,
}

/// The form in which a briefing is sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    Page(Kind),
    Messages(Chat),
}

/// The means of delivery.
pub(super) enum Way<'l> {
    File { pattern: &'l str, latest: Option<&'l str> },
    Post(Webhook),
    Run { program: String, arguments: &'l [String] },
    Smtp(Relay),
}

/// Builds and checks all configured outputs.
pub(crate) fn outlets<'l>(
    loaded: &'l Loaded,
    now: Published,
    zone: &TimeZone,
) -> Result<Vec<Outlet<'l>>> {
    let settings = &loaded.config.settings.output;
    let mut names: BTreeSet<String> = BTreeSet::new();
    for name in settings.iter().filter_map(|output| output.name.as_ref()) {
        if !names.insert(name.clone()) {
            bail!(
                "two outputs have the name {name:?}; names must differ, because deliveries are recorded under them"
            );
        }
    }
    let mut outlets = Vec::new();
    for output in settings {
        let outlet = Outlet::new(output, loaded, &mut names)
            .with_context(|| format!("the [[output]] {}", label(output)))?;
        outlet.check(now, zone).with_context(|| format!("the [[output]] {}", outlet.label))?;
        outlets.push(outlet);
    }
    Ok(outlets)
}

impl<'l> Outlet<'l> {
    fn new(
        output: &'l OutputSettings,
        loaded: &'l Loaded,
        names: &mut BTreeSet<String>,
    ) -> Result<Self> {
        let way = [
            ("file", output.file.is_some()),
            ("post", output.post.is_some()),
            ("run", !output.run.is_empty()),
            ("smtp", output.smtp.is_some()),
        ];
        let ways: Vec<&str> = way.iter().filter(|(_, is)| *is).map(|(way, _)| *way).collect();
        let [way] = ways[..] else {
            bail!(
                "an output needs exactly one of file, post, run and smtp; this one has {}",
                ways.len()
            );
        };
        let format = body_of(output, way)?;
        let mut options = options_of(output, format, loaded)?;
        let mut secrets = Secrets::default();
        let way = match way {
            "file" => file_of(output),
            "post" => post_of(output, format, loaded, &mut secrets)?,
            "run" => run_of(output, loaded)?,
            _ => smtp_of(output, &options, loaded, &mut secrets)?,
        };
        options.index = index_of(&way, format);
        let kind = match format {
            Body::Page(kind) => kind.name(),
            Body::Messages(chat) => chat.name(),
        };
        let name = output.name.clone().unwrap_or_else(|| free_name(&way, kind, names));
        Ok(Self { name, label: label(output), format, options, way, secrets })
    }

    /// Checks the file name of the output and, unless the output is a book or chat messages, its template and the house
    /// style.
    fn check(&self, now: Published, zone: &TimeZone) -> Result<()> {
        if let Way::File { pattern, .. } = &self.way {
            file::dated(pattern, now, zone)?;
        }
        match self.format {
            Body::Page(Kind::Format(format)) => sandbox::check(format, &self.options),
            Body::Page(Kind::Epub) | Body::Messages(_) => Ok(()),
        }
    }
}

/// Names an unnamed output after its way of delivery and its format, with a number if needed, so that it counts as the
/// same output even if its address changes.
fn free_name(way: &Way<'_>, kind: &str, names: &mut BTreeSet<String>) -> String {
    let way = match way {
        Way::File { .. } => "file",
        Way::Post(_) => "post",
        Way::Run { .. } => "run",
        Way::Smtp(_) => "smtp",
    };
    let mut name = format!("{way}-{kind}");
    let mut n = 1;
    while !names.insert(name.clone()) {
        n += 1;
        name = format!("{way}-{kind}-{n}");
    }
    name
}

/// Returns the name shown in messages: the user's name for the output if there is one, otherwise the file, the program,
/// the host of the address, or the variables with which the address starts.
fn label(output: &OutputSettings) -> String {
    let host = |address: &str| {
        if address.starts_with('$') {
            let end = address.find(|c: char| !(c.is_alphanumeric() || "${}_".contains(c)));
            return address.get(..end.unwrap_or(address.len())).unwrap_or("$").to_owned();
        }
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#', '$']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        if host.is_empty() { "an address".to_owned() } else { host.to_owned() }
    };
    let own = output.name.clone().or_else(|| output.file.clone());
    own.or_else(|| output.post.as_deref().map(|post| format!("post to {}", host(post))))
        .or_else(|| output.run.first().map(|program| format!("run {program}")))
        .or_else(|| output.smtp.as_deref().map(|relay| format!("smtp to {}", host(relay))))
        .unwrap_or_else(|| "without file, post, run or smtp".to_owned())
}

fn body_of(output: &OutputSettings, way: &str) -> Result<Body> {
    if let Some(name) = &output.format {
        let chat = Chat::parse(name).with_context(|| format!("unknown chat service {name:?}"))?;
        if way != "post" {
            bail!("format = {name:?} works only with `post`; use `to` for {way}");
        }
        if output.to.is_some() || output.template.is_some() {
            bail!("format = {name:?} cannot be combined with `to` or `template`");
        }
        return Ok(Body::Messages(chat));
    }
    let usual = match way {
        "post" => "json",
        "smtp" => "eml",
        _ => "md",
    };
    // With a template, `post` sends plain text unless the format is given.
    let usual = if way == "post" && output.template.is_some() { "text" } else { usual };
    let name = output.to.as_deref().unwrap_or(usual);
    let kind = Kind::parse(name).with_context(|| format!("unknown format {name:?}"))?;
    if way == "smtp" && name != "eml" {
        bail!("smtp supports only `to = \"eml\"`");
    }
    Ok(Body::Page(kind))
}

fn options_of(output: &OutputSettings, format: Body, loaded: &Loaded) -> Result<Options> {
    let mut options = brief::options(loaded)?;
    let Body::Page(Kind::Format(format)) = format else { return Ok(options) };
    if let Some(name) = &output.template {
        options.template = template::choice(name, loaded)?;
    } else if loaded.config.settings.output.len() > 1 {
        // A built-in template set in [brief] produces one format; outputs in other formats use the default template of
        // their format.
        options.template = brief::template_for(loaded, format)?;
    }
    Ok(options)
}

/// Returns the address of the site's index page, relative to the page of a briefing, or `None` if the page cannot link
/// to a site.
fn index_of(way: &Way<'_>, format: Body) -> Option<String> {
    let Way::File { pattern, latest } = way else { return None };
    let folder = |path: &str| Path::new(path).parent().map(Path::to_path_buf);
    let is_page = format == Body::Page(Kind::Format(Format::Html));
    let is_first = Path::new(pattern).file_name().is_some_and(|name| name == site::INDEX);
    // If the second name is in another folder, a relative link would lead nowhere from there.
    let is_copied = latest.is_some_and(|latest| folder(latest) != folder(pattern));
    (is_page && !is_first && !is_copied).then(|| site::INDEX.to_owned())
}

fn file_of(output: &OutputSettings) -> Way<'_> {
    let pattern = output.file.as_deref().unwrap_or_default();
    Way::File { pattern, latest: output.latest.as_deref() }
}

fn post_of<'l>(
    output: &'l OutputSettings,
    format: Body,
    loaded: &Loaded,
    secrets: &mut Secrets,
) -> Result<Way<'l>> {
    let settings = WebhookSettings {
        post: output.post.as_deref().unwrap_or_default(),
        headers: output
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect(),
        room: output.chat.as_deref(),
        chat: match format {
            Body::Messages(chat) => Some(chat),
            Body::Page(_) => None,
        },
    };
    Ok(Way::Post(Webhook::new(&settings, secrets, time_limit(loaded), loaded)?))
}

fn run_of<'l>(output: &'l OutputSettings, loaded: &Loaded) -> Result<Way<'l>> {
    let [program, arguments @ ..] = &output.run[..] else { bail!("run: the command is empty") };
    if program.trim().is_empty() {
        bail!("run: the command is empty");
    }
    if !loaded.is_own {
        bail!(
            "run: commands are not run if the configuration was merely found in the current folder; name it with --config"
        );
    }
    // A path is relative to the configuration file, like all paths in it; a bare name is looked up in `PATH`.
    let program = if program.contains('/') {
        loaded.resolve(program).to_string_lossy().into_owned()
    } else {
        program.clone()
    };
    Ok(Way::Run { program, arguments })
}

fn smtp_of<'l>(
    output: &'l OutputSettings,
    options: &Options,
    loaded: &Loaded,
    secrets: &mut Secrets,
) -> Result<Way<'l>> {
    let relay = secrets.fill("smtp", output.smtp.as_deref().unwrap_or_default())?;
    let url =
        Url::parse(&relay).context("smtp: not an address such as smtps://mail.example:465")?;
    if !url.username().is_empty() || url.password().is_some() {
        bail!("smtp: set user and password as separate keys, not in the address");
    }
    let user = output.user.as_deref().map(|user| secrets.fill("user", user)).transpose()?;
    let password = output.password.as_deref();
    let password = password.map(|word| secrets.fill("password", word)).transpose()?;
    if let Some(password) = &password {
        secrets.add(password);
    }
    let timeout = time_limit(loaded);
    Ok(Way::Smtp(Relay::new(RelayAddress { url: &url, user, password, timeout }, options)?))
}

/// Returns the time limit for a response or a command.
pub(super) fn time_limit(loaded: &Loaded) -> Duration {
    Duration::from_secs_f64(loaded.config.settings.delivery.timeout_seconds.clamp(0.1, 3600.0))
}
