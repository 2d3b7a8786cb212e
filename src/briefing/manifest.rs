//! The manifest of a briefing: inputs with hashes, settings, the version of nutgraf, and every intervention by the
//! editor.
//!
//! The same articles, with the settings, the time and the version recorded in the manifest, produce the same bytes. If
//! the briefing continues earlier ones, the manifest also records their history.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleId, Published};
use crate::briefing::editor::Intervention;
use crate::briefing::model::{Briefing, Dropped};
use crate::briefing::params::Params;

/// The version of this model, written into [`Manifest::schema`].
pub const SCHEMA: &str = "nutgraf/manifest/1";

/// The record of a briefing's inputs and settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The version of nutgraf.
    pub version: String,
    /// The time that was used as the current time.
    pub generated: Published,
    /// Every article given to the pipeline, sorted by id.
    pub inputs: Vec<Input>,
    /// The settings.
    pub settings: Params,
    /// The editor's interventions, one line each.
    pub interventions: Vec<String>,
    /// The interventions that matched nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmet: Vec<String>,
    /// The omissions and their reasons.
    pub dropped: Vec<Dropped>,
    /// A hash of the briefing as compact JSON (BLAKE3, hexadecimal).
    pub sha: String,
}

/// An article that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The article's id.
    pub id: String,
    /// The input from which it was read.
    pub origin: String,
    /// Further inputs that contained it.
    pub also_from: Vec<String>,
    /// A hash of its text of record (BLAKE3, hexadecimal).
    pub sha: String,
    /// Whether the briefing lists it in [`Briefing::articles`].
    pub used: bool,
}

/// Records the articles given to the pipeline; [`manifest`] adds which of them the briefing lists.
pub fn inputs(articles: &[Article]) -> Vec<Input> {
    let mut inputs: Vec<Input> = articles.iter().map(input).collect();
    inputs.sort_by(|a, b| (&a.id, &a.origin).cmp(&(&b.id, &b.origin)));
    inputs
}

/// Makes the manifest of a briefing; `inputs` holds all articles given to the pipeline, and `unmet` holds the
/// interventions that matched nothing.
pub fn manifest(
    briefing: &Briefing,
    mut inputs: Vec<Input>,
    params: &Params,
    unmet: &[Intervention],
) -> Manifest {
    for input in &mut inputs {
        input.used = briefing.articles.iter().any(|a| a.id == input.id);
    }
    Manifest {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        generated: briefing.generated,
        inputs,
        settings: params.clone(),
        interventions: interventions(params),
        unmet: unmet.iter().map(ToString::to_string).collect(),
        dropped: briefing.dropped.clone(),
        sha: sha_of(briefing),
    }
}

/// Returns a hash of the briefing as compact JSON.
fn sha_of(briefing: &Briefing) -> String {
    let json = serde_json::to_string(briefing).unwrap_or_default();
    blake3::hash(json.as_bytes()).to_hex().to_string()
}

impl Manifest {
    /// Keeps the articles that the manifest lists as inputs, and reports missing and changed ones.
    ///
    /// An article with the id or the text of an input counts as that input, even if its file has moved. It gets the
    /// input's id and, if its text is unchanged, the input's origins, so that the briefing is the same byte for byte.
    pub fn admit(&self, mut articles: Vec<Article>) -> (Vec<Article>, Vec<String>) {
        self.recognize(&mut articles);
        let inputs: BTreeMap<&str, &Input> =
            self.inputs.iter().map(|i| (i.id.as_str(), i)).collect();
        articles.retain(|a| inputs.contains_key(a.id.as_str()));
        let given: BTreeMap<&str, &Article> = articles.iter().map(|a| (a.id.as_str(), a)).collect();
        let fault = |input: &Input| match given.get(input.id.as_str()) {
            None => Some(format!("{} ({}) is missing", input.id, input.origin)),
            Some(article) if sha_of_text(article) != input.sha => {
                Some(format!("{} ({}) has another text", input.id, article.origin))
            }
            Some(_) => None,
        };
        let faults = self.inputs.iter().filter_map(fault).collect();
        (articles, faults)
    }

    /// Describes how a new briefing from the same inputs differs from the recorded one.
    pub fn differences(&self, briefing: &Briefing) -> Vec<String> {
        let mut differences = vec![format!(
            "this program (nutgraf {}) chooses otherwise than the one that wrote the manifest (nutgraf {})",
            env!("CARGO_PKG_VERSION"),
            self.version
        )];
        let cites = |id: &str| briefing.articles.iter().any(|a| a.id == id);
        for input in &self.inputs {
            match (input.used, cites(&input.id)) {
                (true, false) => differences.push(format!("{} is no longer cited", input.origin)),
                (false, true) => differences.push(format!("{} is cited now", input.origin)),
                _ => {}
            }
        }
        if differences.len() == 1 {
            differences
                .push("the same articles are cited, in other words or another order".to_owned());
        }
        differences
    }

    /// Gives moved articles the ids of the inputs that they correspond to, and the origins if the text is the same.
    fn recognize(&self, articles: &mut [Article]) {
        let inputs: BTreeSet<&str> = self.inputs.iter().map(|i| i.id.as_str()).collect();
        let mut by_id: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (n, article) in articles.iter().enumerate().rev() {
            if inputs.contains(article.id.as_str()) {
                by_id.insert(article.id.to_string(), n);
            } else {
                by_text.entry(sha_of_text(article)).or_default().push(n);
            }
        }
        for input in &self.inputs {
            let moved = || by_text.get_mut(&input.sha).and_then(Vec::pop);
            let Some(n) = by_id.remove(&input.id).or_else(moved) else { continue };
            let article = &mut articles[n];
            article.id = ArticleId::given(&*input.id);
            if sha_of_text(article) == input.sha {
                article.origin.clone_from(&input.origin);
                article.also_from.clone_from(&input.also_from);
            }
        }
    }

    /// Returns whether a briefing is the recorded one, byte for byte.
    pub fn is_of(&self, briefing: &Briefing) -> bool {
        self.sha == sha_of(briefing)
    }
}

fn sha_of_text(article: &Article) -> String {
    blake3::hash(article.text.as_bytes()).to_hex().to_string()
}

fn input(article: &Article) -> Input {
    Input {
        id: article.id.to_string(),
        origin: article.origin.clone(),
        also_from: article.also_from.clone(),
        sha: sha_of_text(article),
        used: false,
    }
}

fn interventions(params: &Params) -> Vec<String> {
    let mut lines: Vec<String> =
        params.editor.interventions().iter().map(ToString::to_string).collect();
    for (name, text) in
        [("title", &params.title), ("intro", &params.intro), ("outro", &params.outro)]
    {
        lines.extend(text.iter().map(|text| format!("wrote the {name} {text:?}")));
    }
    lines
}
