//! What a briefing was made from: inputs with hashes, settings, versions, and every intervention of the editor.
//!
//! The same articles, and the settings of the manifest at its time, give the same bytes again.

use serde::{Deserialize, Serialize};

use crate::article::{Article, Published};
use crate::briefing::editor::Editor;
use crate::briefing::model::{Briefing, Dropped, Section};
use crate::briefing::params::Params;
use crate::language::Language;
use crate::stories::topic::Topic;
use crate::summary::{self, Method};

/// The version of this model, written into [`Manifest::schema`].
pub const SCHEMA: &str = "nutgraf/manifest/1";

/// What a briefing was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The version of nutgraf.
    pub version: String,
    /// The time that was given as now.
    pub generated: Published,
    /// Every article that was read, in the order of the ids.
    pub inputs: Vec<Input>,
    /// The settings.
    pub settings: Settings,
    /// What the editor changed, one line each.
    pub interventions: Vec<String>,
    /// What was not used, and why.
    pub dropped: Vec<Dropped>,
    /// A hash of the briefing as compact JSON (BLAKE3, hexadecimal).
    pub sha: String,
}

/// An article that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The article's id.
    pub id: String,
    /// The input that it came from.
    pub origin: String,
    /// Further inputs that held it.
    pub also_from: Vec<String>,
    /// A hash of its text of record (BLAKE3, hexadecimal).
    pub sha: String,
    /// Whether the briefing cites it.
    pub used: bool,
}

/// The settings of a briefing as they are written down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is documented where it is set, in `Params`")]
pub struct Settings {
    pub words: usize,
    pub stories: Option<usize>,
    pub quotes: usize,
    pub max_share: Option<f64>,
    pub max_quote_words: Option<usize>,
    pub min_sources: usize,
    pub sections: Vec<Section>,
    pub topics: Vec<Topic>,
    pub others: bool,
    pub lang: Language,
    pub title: Option<String>,
    pub intro: Option<String>,
    pub outro: Option<String>,
    pub editor: Editor,
    pub method: String,
    pub lead_strength: Option<f64>,
}

/// The methods by name.
const METHODS: [(&str, Method); 4] = [
    ("auto", Method::Auto),
    ("tfidf", Method::TfIdf),
    ("lexrank", Method::LexRank),
    ("lead", Method::Lead),
];

impl Settings {
    /// Writes down the settings.
    pub fn of(params: &Params) -> Self {
        let method = METHODS.iter().find(|(_, m)| *m == params.summary.method);
        Self {
            words: params.words,
            stories: params.stories,
            quotes: params.quotes,
            max_share: params.max_share,
            max_quote_words: params.max_quote_words,
            min_sources: params.min_sources,
            sections: params.sections.clone(),
            topics: params.topics.clone(),
            others: params.others,
            lang: params.lang,
            title: params.title.clone(),
            intro: params.intro.clone(),
            outro: params.outro.clone(),
            editor: params.editor.clone(),
            method: method.map_or("auto", |(name, _)| name).to_owned(),
            lead_strength: params.summary.lead_strength,
        }
    }

    /// Returns the settings to make the briefing again by.
    pub fn params(&self) -> Params {
        let method = METHODS.iter().find(|(name, _)| *name == self.method);
        Params {
            words: self.words,
            stories: self.stories,
            quotes: self.quotes,
            max_share: self.max_share,
            max_quote_words: self.max_quote_words,
            min_sources: self.min_sources,
            sections: self.sections.clone(),
            topics: self.topics.clone(),
            others: self.others,
            lang: self.lang,
            title: self.title.clone(),
            intro: self.intro.clone(),
            outro: self.outro.clone(),
            editor: self.editor.clone(),
            summary: summary::Params {
                method: method.map_or(Method::Auto, |(_, method)| *method),
                lead_strength: self.lead_strength,
                ..summary::Params::default()
            },
            ..Params::default()
        }
    }
}

/// Writes down what a briefing was made from; `articles` are all that were given to the pipeline.
pub fn manifest(briefing: &Briefing, articles: &[Article], params: &Params) -> Manifest {
    let mut inputs: Vec<Input> = articles.iter().map(|a| input(a, briefing)).collect();
    inputs.sort_by(|a, b| (&a.id, &a.origin).cmp(&(&b.id, &b.origin)));
    let json = serde_json::to_string(briefing).unwrap_or_default();
    Manifest {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        generated: briefing.generated,
        inputs,
        settings: Settings::of(params),
        interventions: interventions(params),
        dropped: briefing.dropped.clone(),
        sha: blake3::hash(json.as_bytes()).to_hex().to_string(),
    }
}

fn input(article: &Article, briefing: &Briefing) -> Input {
    Input {
        id: article.id.to_string(),
        origin: article.origin.clone(),
        also_from: article.also_from.clone(),
        sha: blake3::hash(article.text.as_bytes()).to_hex().to_string(),
        used: briefing.articles.iter().any(|a| a.id == article.id.as_str()),
    }
}

fn interventions(params: &Params) -> Vec<String> {
    let editor = &params.editor;
    let mut lines = Vec::new();
    lines.extend(editor.pins.iter().map(|t| format!("pinned the {t}")));
    lines.extend(editor.bans.iter().map(|t| format!("banned the {t}")));
    lines.extend(editor.weights.iter().map(|(t, w)| format!("weighed the {t} {w} times")));
    for (name, text) in
        [("title", &params.title), ("intro", &params.intro), ("outro", &params.outro)]
    {
        lines.extend(text.iter().map(|text| format!("wrote the {name} {text:?}")));
    }
    lines
}
