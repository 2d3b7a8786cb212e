//! The kind of a piece: news, or opinion, a guide, a review, a recipe, a live blog.
//!
//! The kind is derived from the address and the title, the only places where outlets of every language state it: a
//! folder of the address (`/opinion/`, `/recipes/`), or the label before or after the title (`Opinion: …`,
//! `… | Opinion`), by the `kinds` of the language's `headlines.txt`; a title that counts things (`7 reasons …`),
//! begins with `How to` or ends with `…, explained` is a guide.
//!
//! Known limit: a piece without any label counts as news.

use crate::article::Article;
use crate::language::Language;
use crate::text::packs::{Folder, OfFolder, folder_index, section};

/// The kinds of piece.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A report.
    #[default]
    News,
    /// The author's opinion: columns, editorials, letters.
    Opinion,
    /// Advice, lists, products.
    Guide,
    /// A review of a work or product.
    Review,
    /// A recipe.
    Recipe,
    /// Entries added while an event is in progress.
    Live,
}

impl Kind {
    /// Returns whether it is a report.
    pub fn is_news(&self) -> bool {
        *self == Self::News
    }
}

/// Folders of addresses, in the languages in which web addresses are written.
const FOLDERS: &[(&str, Kind)] = &[
    ("opinion", Kind::Opinion),
    ("opinions", Kind::Opinion),
    ("op-ed", Kind::Opinion),
    ("opeds", Kind::Opinion),
    ("commentary", Kind::Opinion),
    ("commentisfree", Kind::Opinion),
    ("columns", Kind::Opinion),
    ("columnists", Kind::Opinion),
    ("editorial", Kind::Opinion),
    ("editorials", Kind::Opinion),
    ("letters", Kind::Opinion),
    ("meinung", Kind::Opinion),
    ("kommentare", Kind::Opinion),
    ("debats", Kind::Opinion),
    ("tribunes", Kind::Opinion),
    ("tribuna", Kind::Opinion),
    ("opinioni", Kind::Opinion),
    ("guides", Kind::Guide),
    ("how-to", Kind::Guide),
    ("howto", Kind::Guide),
    ("deals", Kind::Guide),
    ("shopping", Kind::Guide),
    ("products", Kind::Guide),
    ("ratgeber", Kind::Guide),
    ("reviews", Kind::Review),
    ("review", Kind::Review),
    ("recipes", Kind::Recipe),
    ("recipe", Kind::Recipe),
    ("rezepte", Kind::Recipe),
    ("recettes", Kind::Recipe),
    ("recetas", Kind::Recipe),
    ("live", Kind::Live),
    ("liveblog", Kind::Live),
    ("live-blog", Kind::Live),
    ("liveticker", Kind::Live),
];

/// Returns the kind of an article.
pub fn of_article(article: &Article) -> Kind {
    let by_title = of_title(&article.title, article.lang);
    if by_title == Kind::News { of_address(article.url.as_deref().unwrap_or("")) } else { by_title }
}

/// The kind stated by a folder of an address; the last part is the article's own.
fn of_address(url: &str) -> Kind {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or("").to_lowercase();
    let Some((folders, _)) = path.rsplit_once('/') else { return Kind::News };
    let mut folders = folders.split('/').skip(1);
    let kind = |folder: &str| FOLDERS.iter().find(|(name, _)| *name == folder).map(|(_, k)| *k);
    folders.find_map(kind).unwrap_or_default()
}

/// The kind stated by a title.
fn of_title(title: &str, language: Language) -> Kind {
    let words = Words::of(language);
    let lower = title.trim().to_lowercase().replace('’', "'");
    let label = |text: &str| {
        let text = text.trim();
        words.labels.iter().find(|(label, _)| *label == text).map(|(_, kind)| *kind)
    };
    let first = lower.split([':', '|']).next().filter(|first| first.len() < lower.len());
    let last = lower.rsplit(['|', '–', '—']).next().filter(|last| last.len() < lower.len());
    let dashed = lower.rsplit(" - ").next().filter(|last| last.len() < lower.len());
    let mut labels = [first, last, dashed].into_iter().flatten();
    if let Some(kind) = labels.find_map(label) {
        return kind;
    }
    let begins = |start: &&str| {
        let rest = lower.strip_prefix(start);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let ends = |end: &&str| {
        let rest = lower.trim_end_matches(is_mark).strip_suffix(end);
        rest.is_some_and(|rest| rest.trim_end().ends_with([',', ':', '–', '—', '-', '|']))
    };
    let is_guide = words.guides.iter().any(begins)
        || words.guide_ends.iter().any(ends)
        || counts(&lower, &words.counted);
    if is_guide { Kind::Guide } else { Kind::News }
}

/// Returns whether a title in lower case begins or ends with a count of things, as list titles do: `7 reasons …`,
/// `10 memorable quotes …`, `… in 9 charts`.
fn counts(title: &str, counted: &[&str]) -> bool {
    let words: Vec<&str> = title.split_whitespace().map(|w| w.trim_matches(is_mark)).collect();
    let is_number = |word: &&str| word.parse::<u32>().is_ok();
    let is_counted = |word: &&str| counted.contains(word);
    let at_start =
        words.first().is_some_and(is_number) && words.iter().skip(1).take(2).any(is_counted);
    let at_end = matches!(words.as_slice(), [_, .., n, last] if is_number(n) && is_counted(last));
    at_start || at_end
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The words of a language that state the kind of a piece.
struct Words {
    labels: Vec<(&'static str, Kind)>,
    guides: Vec<&'static str>,
    guide_ends: Vec<&'static str>,
    counted: Vec<&'static str>,
}

impl Words {
    fn of(language: Language) -> &'static Self {
        static ALL: OfFolder<Words> = OfFolder::new();
        ALL.get(folder_index(language), Self::read)
    }

    fn read(folder: &'static Folder) -> Self {
        let kinds = [
            ("opinion", Kind::Opinion),
            ("review", Kind::Review),
            ("recipe", Kind::Recipe),
            ("live", Kind::Live),
            ("guide", Kind::Guide),
        ];
        let label = |(name, kind)| section(folder.headlines, name).map(move |word| (word, kind));
        Self {
            labels: kinds.into_iter().flat_map(label).collect(),
            guides: section(folder.headlines, "guide starts").collect(),
            guide_ends: section(folder.headlines, "guide ends").collect(),
            counted: section(folder.headlines, "counted").collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, of_article};
    use crate::article::Article;
    use crate::language::Language;

    fn of(lang: &str, title: &str, url: &str) -> Kind {
        let lang = Language::parse(lang).unwrap();
        of_article(&Article {
            title: title.to_owned(),
            url: Some(url.to_owned()),
            lang,
            ..Article::default()
        })
    }

    #[test]
    fn labels_and_folders_say_the_kind() {
        for (lang, title, url, kind) in [
            ("en", "Opinion: The bridge must close", "https://a.example/1", Kind::Opinion),
            ("en", "The bridge must close | Editorial", "https://a.example/1", Kind::Opinion),
            ("en", "The bridge must close", "https://a.example/opinion/2026/bridge", Kind::Opinion),
            ("en", "How to cross the river without a bridge", "https://a.example/1", Kind::Guide),
            ("en", "Live: council votes on the bridge", "https://a.example/1", Kind::Live),
            ("en", "Review: a play about a bridge", "https://a.example/1", Kind::Review),
            ("en", "7 reasons to close the bridge", "https://a.example/1", Kind::Guide),
            ("en", "10 memorable quotes about the bridge", "https://a.example/1", Kind::Guide),
            ("en", "The ports of Norvia in 9 charts", "https://a.example/1", Kind::Guide),
            (
                "en",
                "The long quarrel over the bridge, explained",
                "https://a.example/1",
                Kind::Guide,
            ),
            ("en", "The harbour bridge: what we know so far", "https://a.example/1", Kind::Guide),
            ("de", "7 Gründe gegen die Brücke", "https://a.example/1", Kind::Guide),
            (
                "de",
                "Der Streit um die Brücke – einfach erklärt",
                "https://a.example/1",
                Kind::Guide,
            ),
            ("fr", "Le pont du port : ce que l'on sait", "https://a.example/1", Kind::Guide),
            ("es", "El puente del puerto, en 5 claves", "https://a.example/1", Kind::Guide),
            ("de", "Kommentar: Die Brücke muss zu", "https://a.example/1", Kind::Opinion),
            ("fr", "Tribune : fermons le pont", "https://a.example/1", Kind::Opinion),
            ("es", "Opinión: hay que cerrar el puente", "https://a.example/1", Kind::Opinion),
            (
                "en",
                "Council votes to close the bridge",
                "https://a.example/news/opinion-poll",
                Kind::News,
            ),
            ("en", "Live music returns to the bridge", "https://a.example/1", Kind::News),
            ("en", "7 injured on the new bridge", "https://a.example/1", Kind::News),
            ("en", "Why the bridge closed was never explained", "https://a.example/1", Kind::News),
            ("de", "Brücke zum Denkmal erklärt", "https://a.example/1", Kind::News),
            ("en", "Mayor: the bridge must close", "https://a.example/1", Kind::News),
        ] {
            assert_eq!(of(lang, title, url), kind, "{title} {url}");
        }
    }
}
