//! The template engine: an undefined field is an error, the number of instructions is limited, and all values are
//! escaped.
//!
//! Templates cannot switch escaping off: there is no `safe` filter, `{% autoescape false %}` is an error, and values
//! are always escaped by the rules of a format: the one that the extension of the template's file indicates or, if the
//! extension is unknown, the output format.

use std::borrow::Cow;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{
    AutoEscape, Environment, Error as JinjaError, ErrorKind, Output, State, UndefinedBehavior,
};

use crate::briefing::Briefing;
use crate::printable::close_lines;
use crate::render::escape::{Dialect, Extensions, quoted};
use crate::render::view::{Links, View};
use crate::render::wrap::{rule, wrap};
use crate::render::{
    Error, Format, Marks, Options, TemplateChoice, UserTemplate, catalog, diagnose,
};

/// The number of instructions that a template may run, in addition to [`FUEL_FOR_EACH`].
const FUEL: u64 = 2_000_000;

/// The number of additional instructions for each story and article.
const FUEL_FOR_EACH: u64 = 50_000;

/// Renders a briefing with the chosen template.
pub(super) fn page(
    briefing: &Briefing,
    format: Format,
    options: &Options,
) -> Result<String, Error> {
    let chosen = Chosen::resolve(format, &options.template)?;
    let view = View::new(briefing, options, chosen.usual_marks(), Links::ToWords)?;
    chosen.run(&view)
}

/// A chosen template, with the escaping rules of its format.
pub(super) struct Chosen<'a> {
    entry: Entry<'a>,
    dialect: Dialect,
    extensions: Extensions,
}

enum Entry<'a> {
    BuiltIn(&'static str),
    Own(&'a UserTemplate),
}

impl<'a> Chosen<'a> {
    /// Resolves the choice of a template.
    pub(super) fn resolve(format: Format, choice: &'a TemplateChoice) -> Result<Self, Error> {
        let entry = match choice {
            TemplateChoice::Usual => Entry::BuiltIn(format.usual_template()),
            TemplateChoice::BuiltIn(name) => Entry::BuiltIn(catalog::named(format, name)?),
            TemplateChoice::Own(own) => Entry::Own(own),
        };
        let base = match &entry {
            Entry::BuiltIn(name) => name,
            Entry::Own(own) => extended(&own.source),
        };
        Ok(Self { extensions: extensions(base), dialect: format.dialect(), entry })
    }

    /// Uses a built-in template that has no output format of its own.
    #[cfg(feature = "packed")]
    pub(super) fn built_in(file: &'static str, dialect: Dialect) -> Self {
        Self { entry: Entry::BuiltIn(file), dialect, extensions: Extensions::default() }
    }

    /// Returns the template's own style of source marks, used if the house style does not set one.
    pub(super) fn usual_marks(&self) -> Marks {
        if self.extensions.notes { Marks::Footnotes } else { Marks::Numbers }
    }

    /// Compiles the template, and the template that it extends, without running them.
    pub(super) fn compile(&self) -> Result<(), Error> {
        self.compiled().map_err(|error| diagnose::template_error(&error, None))
    }

    fn compiled(&self) -> Result<(), JinjaError> {
        let env = self.environment(0)?;
        env.get_template(&self.name())?;
        let Entry::Own(own) = &self.entry else { return Ok(()) };
        match env.get_template(extended(&own.source)) {
            // A template that is missing is reported when the tag is run, with the line of the tag.
            Err(error) if error.kind() != ErrorKind::TemplateNotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Runs the template.
    pub(super) fn run(&self, view: &View) -> Result<String, Error> {
        let items = (view.stories.len() + view.sources.len()) as u64;
        let rendered = self
            .environment(items)
            .and_then(|env| env.get_template(&self.name())?.render(Value::from(Serde(view))));
        match rendered {
            Ok(text) if self.dialect == Dialect::Text => {
                // Wrapping may have broken a line inside a bidirectional embedding, which would then be left open at
                // the end of the line.
                Ok(close_lines(&tidy(&text)).into_owned())
            }
            Ok(text) if self.dialect == Dialect::Markdown => Ok(tidy(&text)),
            Ok(text) => Ok(format!("{}\n", text.trim())),
            Err(error) => Err(diagnose::template_error(&error, Some(view))),
        }
    }

    /// Returns the name of the main template in the engine. A user's file with the name of a built-in template is
    /// renamed, so that it does not hide the built-in template that it may extend.
    fn name(&self) -> Cow<'static, str> {
        match &self.entry {
            Entry::BuiltIn(name) => Cow::Borrowed(name),
            Entry::Own(own) if catalog::built_in(&own.name).is_some() => {
                Cow::Owned(format!("./{}", own.name))
            }
            Entry::Own(own) => Cow::Owned(own.name.clone()),
        }
    }

    /// Returns the engine with the template; `items` is the number of stories and articles that it may work on.
    fn environment(&self, items: u64) -> Result<Environment<'_>, JinjaError> {
        let mut env = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        env.set_syntax(syntax?);
        env.set_debug(true);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_fuel(Some(FUEL + FUEL_FOR_EACH * items));
        let dialect = self.dialect;
        env.set_auto_escape_callback(move |name| {
            AutoEscape::Custom(Dialect::from_file_name(name).unwrap_or(dialect).name().into())
        });
        let extensions = self.extensions;
        env.set_formatter(move |out, state, value| print(out, state, value, extensions));
        add_filters(&mut env);
        match &self.entry {
            Entry::BuiltIn(_) => {
                env.set_loader(|name| Ok(catalog::built_in(name).map(str::to_owned)));
            }
            Entry::Own(own) => {
                let partials = own.partials.clone();
                env.set_loader(move |name| {
                    let own = partials.get(name).map(String::as_str);
                    Ok(own.or_else(|| catalog::built_in(name)).map(str::to_owned))
                });
                env.add_template_owned(self.name(), own.source.clone())?;
            }
        }
        Ok(env)
    }
}

/// Returns the syntax that a template's Markdown flavor adds.
fn extensions(template: &str) -> Extensions {
    match template {
        "github.md" => Extensions { math: true, cells: true, notes: false },
        "obsidian.md" => Extensions { math: true, cells: false, notes: true },
        _ => Extensions::default(),
    }
}

/// Returns the name of the template that a source extends, or an empty string.
fn extended(source: &str) -> &str {
    let Some((_, rest)) = source.split_once("extends") else { return "" };
    rest.trim_start().trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or("")
}

/// Collapses consecutive empty lines into one, and removes trailing spaces and the empty lines at the start and end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Writes a value, escaped by the rules of the template's format unless a filter has already escaped it.
fn print(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
    extensions: Extensions,
) -> Result<(), JinjaError> {
    match value.kind() {
        ValueKind::Undefined => return Err(JinjaError::from(ErrorKind::UndefinedError)),
        ValueKind::None => {
            return Err(refuse("there is nothing to print here; test for it first: {% if … %}"));
        }
        ValueKind::Seq | ValueKind::Map | ValueKind::Iterable => {
            return Err(refuse("this is a list or an object; print one of its fields"));
        }
        _ => {}
    }
    let text = value.to_str().map_or_else(|| value.to_string(), |s| s.to_string());
    let written = if value.is_safe() { text } else { dialect_of(state)?.text(&text, extensions) };
    out.write_str(&written).map_err(|_| JinjaError::from(ErrorKind::WriteFailure))
}

fn dialect_of(state: &State<'_, '_>) -> Result<Dialect, JinjaError> {
    match state.auto_escape() {
        AutoEscape::Custom(name) => {
            Dialect::from_name(name).ok_or_else(|| refuse("no such format"))
        }
        _ => Err(refuse("escaping cannot be switched off or changed in a template")),
    }
}

fn refuse(what: &'static str) -> JinjaError {
    JinjaError::new(ErrorKind::InvalidOperation, what)
}

fn add_filters(env: &mut Environment<'_>) {
    for name in ["safe", "escape", "e", "urlencode"] {
        env.remove_filter(name);
    }
    env.add_filter("link", |state: &State<'_, '_>, address: &str| link(state, address));
    env.add_filter("quoted", |text: &str| Value::from_safe_string(quoted(text)));
    env.add_filter("wrap", wrap_filter);
    env.add_filter("rule", |sign: &str, text: &str, width: usize| rule(sign, text, width));
    env.add_filter("xml", |markup: Value| {
        Value::from_safe_string(Dialect::Xml.text(&markup.to_string(), Extensions::default()))
    });
}

/// Escapes an address by the rules of the template's format; fails if it is not a web address.
fn link(state: &State<'_, '_>, address: &str) -> Result<Value, JinjaError> {
    let address = super::web_link(address)
        .ok_or_else(|| refuse("only an http or https address may be linked to"))?;
    Ok(Value::from_safe_string(dialect_of(state)?.address(&address)))
}

/// Implements the filter `wrap(width, first="", rest=first)`. The filter works only in plain text, because in other
/// formats the start of a line may be markup.
fn wrap_filter(
    state: &State<'_, '_>,
    text: &Value,
    width: usize,
    first: Option<&str>,
    rest: Option<&str>,
) -> Result<Value, JinjaError> {
    if dialect_of(state)? != Dialect::Text {
        return Err(refuse("lines are wrapped in plain text only"));
    }
    let first = first.unwrap_or_default();
    let text = text.to_str().unwrap_or_default();
    let text = Dialect::Text.text(&text, Extensions::default());
    Ok(Value::from_safe_string(wrap(&text, width, first, rest.unwrap_or(first))))
}
