//! Determines the kind of an article: news, opinion, a guide, a review, a recipe or a live blog.
//!
//! The kind is derived from the address and the title, because outlets in every language state it there. In the
//! address, a folder states the kind (`/opinion/`, `/recipes/`). In the title, a label at the start or at the end
//! states it (`Opinion: …`, `… | Opinion`); the labels of all languages (`headlines.txt`) are recognized. Titles
//! without a label are recognized by words of the article's own language: a title that counts things (`7 reasons …`,
//! `The 12 best …`), begins with `How to` or ends with `…, explained` belongs to a guide, `Plum cake recipe` to a
//! recipe, and `The Long Bridge review – …` to a review.
//!
//! If neither the title nor the address states a kind, the sections may show that an article is opinion: those that the
//! source declares, and the line above the title. The other kinds are not derived from sections, because sections
//! called `Live` or `Reviews` also contain reports.
//!
//! Known limit: an article without any of these signs counts as news.

use std::sync::LazyLock;

use crate::article::Article;
use crate::language::Language;
use crate::text::packs::{self, Folder, OfFolder, folder_index, section, stop_words};

/// The kinds of article.
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
    /// Advice, a list, product recommendations, or advertising.
    Guide,
    /// A review of a work or product.
    Review,
    /// A recipe.
    Recipe,
    /// A live blog, to which entries are added while an event is in progress.
    Live,
}

impl Kind {
    /// Returns whether the article is a report.
    pub fn is_news(&self) -> bool {
        *self == Self::News
    }
}

/// Folder names in web addresses, with the kinds that they state.
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
    ("shop", Kind::Guide),
    ("store", Kind::Guide),
    ("product", Kind::Guide),
    ("buying-guide", Kind::Guide),
    ("buying-guides", Kind::Guide),
    ("kaufberatung", Kind::Guide),
    ("sponsored", Kind::Guide),
    ("sponsored-content", Kind::Guide),
    ("advertorial", Kind::Guide),
    ("advertorials", Kind::Guide),
    ("partner-content", Kind::Guide),
    ("paid-content", Kind::Guide),
    ("paidpost", Kind::Guide),
    ("anzeige", Kind::Guide),
    ("publireportage", Kind::Guide),
    ("products", Kind::Guide),
    ("ratgeber", Kind::Guide),
    ("reviews", Kind::Review),
    ("review", Kind::Review),
    ("recipes", Kind::Recipe),
    ("recipe", Kind::Recipe),
    ("rezepte", Kind::Recipe),
    ("recettes", Kind::Recipe),
    ("recetas", Kind::Recipe),
    ("ricette", Kind::Recipe),
    ("receitas", Kind::Recipe),
    ("recepten", Kind::Recipe),
    ("live", Kind::Live),
    ("liveblog", Kind::Live),
    ("live-blog", Kind::Live),
    ("liveticker", Kind::Live),
    ("en-direct", Kind::Live),
    ("en-vivo", Kind::Live),
    ("newsblog", Kind::Live),
];

/// Returns the kind of an article.
pub(crate) fn of_article(article: &Article) -> Kind {
    let by_title = of_title(&article.title, article.lang);
    if by_title != Kind::News {
        return by_title;
    }
    match of_address(article.url.as_deref().unwrap_or("")) {
        Kind::News if is_in_opinion(article) => Kind::Opinion,
        by_address => by_address,
    }
}

/// Returns whether the name of one of an article's sections is a label or an address folder for opinion.
fn is_in_opinion(article: &Article) -> bool {
    let sections = article.section.as_deref().unwrap_or("").to_lowercase();
    let sections = sections.split([',', ';', '|', '/', '>', '›', '»', '·', ':']);
    sections.map(str::trim).any(|section| {
        let is_folder = || FOLDERS.contains(&(section, Kind::Opinion));
        label(section, article.lang) == Some(Kind::Opinion) || is_folder()
    })
}

/// Returns the kind stated by a folder in an address. The last segment is ignored, because it belongs to the article
/// itself.
fn of_address(url: &str) -> Kind {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or("").to_lowercase();
    let Some((folders, _)) = path.rsplit_once('/') else { return Kind::News };
    let mut folders = folders.split('/').skip(1);
    let kind = |folder: &str| FOLDERS.iter().find(|(name, _)| *name == folder).map(|(_, k)| *k);
    folders.find_map(kind).unwrap_or_default()
}

/// Returns the kind stated by a title.
fn of_title(title: &str, language: Language) -> Kind {
    let words = Words::for_language(language);
    let lower = title.trim().to_lowercase().replace('’', "'");
    let parts: Vec<&str> = parts(&lower).collect();
    let by_label = || {
        let ends = [parts.first(), parts.last()].into_iter().flatten();
        ends.filter(|_| 1 < parts.len()).find_map(|part| label(part, language))
    };
    let begins = |starts: &[&str]| {
        starts.iter().any(|start| {
            let rest = lower.strip_prefix(start);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    };
    let ends = |end: &&str| {
        let rest = lower.trim_end_matches(is_mark).strip_suffix(end);
        rest.is_some_and(|rest| rest.trim_end().ends_with([',', ':', '–', '—', '-', '|']))
    };
    if let Some(kind) = by_label() {
        kind
    } else if begins(&words.recipe_starts) || is_named(&lower, &words.recipe_ends, language) {
        Kind::Recipe
    } else if reviews_a_work(title, &words.review_ends, language) {
        Kind::Review
    } else if begins(&words.guides)
        || words.guide_ends.iter().any(ends)
        || counts(&lower, &words.counted, language)
    {
        Kind::Guide
    } else {
        Kind::News
    }
}

/// Splits a title at colons, bars and dashes.
fn parts(title: &str) -> impl Iterator<Item = &str> {
    let parts = title.split([':', '|', '–', '—']).flat_map(|part| part.split(" - "));
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// Returns the kind whose label, in any language, equals this part of a title. A function word may precede the label:
/// `our buying guide`.
fn label(part: &str, language: Language) -> Option<Kind> {
    let part = part.trim_matches(|c: char| is_mark(c) && c != '\'');
    let bare = part.split_once(' ').filter(|(first, _)| stop_words(language).contains(first));
    let is = |text: &str| labels().iter().find(|(label, _)| *label == text).map(|(_, kind)| *kind);
    is(part).or_else(|| is(bare?.1))
}

/// Returns the labels of all languages.
fn labels() -> &'static [(&'static str, Kind)] {
    static ALL: LazyLock<Vec<(&str, Kind)>> = LazyLock::new(|| {
        let kinds = [
            ("opinion", Kind::Opinion),
            ("review", Kind::Review),
            ("recipe", Kind::Recipe),
            ("live", Kind::Live),
            ("guide", Kind::Guide),
        ];
        let of_folder = |folder: &'static Folder| {
            kinds.into_iter().flat_map(|(name, kind)| {
                section(folder.headlines, name).map(move |word| (word, kind))
            })
        };
        packs::FOLDERS.iter().flat_map(of_folder).collect()
    });
    &ALL
}

/// The maximum number of words in a title that names only a thing and its kind: `Plum cake recipe`.
const WORDS_OF_NAME: usize = 6;

/// Returns whether a short lower-case title with a single part ends with a noun and the word for a kind (`plum cake
/// recipe`, but not `a tax cut is no recipe`), or with a hyphenated compound of the two.
fn is_named(title: &str, ends: &[&str], language: Language) -> bool {
    let is_compound = |word: &str| {
        word.rsplit_once('-').is_some_and(|(first, last)| !first.is_empty() && ends.contains(&last))
    };
    let words: Vec<&str> = title.split_whitespace().map(|w| w.trim_matches(is_mark)).collect();
    words.len() <= WORDS_OF_NAME
        && parts(title).count() < 2
        && match words.as_slice() {
            [.., before, last] => {
                let names = |word: &str| word.len() > 3 && !stop_words(language).contains(word);
                is_compound(last) || ends.contains(last) && names(before)
            }
            [last] => is_compound(last),
            [] => false,
        }
}

/// Returns whether the part of a title before the first colon, bar or dash is the capitalized title of a work, followed
/// by a word for a review: `The Long Bridge review – a slow drama`, but not `Defense spending review – ministers
/// promise ships`.
fn reviews_a_work(title: &str, ends: &[&str], language: Language) -> bool {
    let mut parts = parts(title);
    let (Some(work), Some(_)) = (parts.next(), parts.next()) else { return false };
    let Some((work, last)) = work.rsplit_once(' ') else { return false };
    let is_small = |word: &str| stop_words(language).contains(&word.to_lowercase());
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let words = || work.split_whitespace();
    ends.contains(&last)
        && words().filter(|word| is_capital(word)).count() > 1
        && words().all(|word| is_capital(word) || is_small(word))
}

/// Returns whether a lower-case title begins or ends with a count of things, as the titles of list articles do: `7
/// reasons …`, `the 12 best …`, `10 memorable quotes …`, `… in 9 charts`.
fn counts(title: &str, counted: &[&str], language: Language) -> bool {
    let mut words: Vec<&str> = title.split_whitespace().map(|w| w.trim_matches(is_mark)).collect();
    if words.first().is_some_and(|first| stop_words(language).contains(first)) {
        words.remove(0);
    }
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

/// The words in titles, other than labels, that state the kind of an article in one language.
struct Words {
    recipe_starts: Vec<&'static str>,
    recipe_ends: Vec<&'static str>,
    review_ends: Vec<&'static str>,
    guides: Vec<&'static str>,
    guide_ends: Vec<&'static str>,
    counted: Vec<&'static str>,
}

impl Words {
    fn for_language(language: Language) -> &'static Self {
        static ALL: OfFolder<Words> = OfFolder::new();
        ALL.get(folder_index(language), Self::from_folder)
    }

    fn from_folder(folder: &'static Folder) -> Self {
        let words = |name| section(folder.headlines, name).collect();
        Self {
            recipe_starts: words("recipe starts"),
            recipe_ends: words("recipe ends"),
            review_ends: words("review ends"),
            guides: words("guide starts"),
            guide_ends: words("guide ends"),
            counted: words("counted"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, of_article};
    use crate::article::Article;
    use crate::language::Language;

    fn kind_of(lang: &str, title: &str, url: &str) -> Kind {
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
            assert_eq!(kind_of(lang, title, url), kind, "{title} {url}");
        }
    }

    #[test]
    fn a_section_states_only_opinion() {
        for (section, kind) in [
            ("Opinion", Kind::Opinion),
            ("OPINION", Kind::Opinion),
            ("Politics, Opinion", Kind::Opinion),
            ("Home › Opinion", Kind::Opinion),
            ("Kommentar", Kind::Opinion),
            ("Tribune", Kind::Opinion),
            ("Editorial", Kind::Opinion),
            ("Opinions", Kind::Opinion),
            ("Leserbriefe", Kind::Opinion),
            ("Opinión", Kind::Opinion),
            ("Public opinion polls", Kind::News),
            ("Live", Kind::News),
            ("Reviews", Kind::News),
            ("Politics", Kind::News),
            ("", Kind::News),
        ] {
            let article = Article {
                title: "The council has forgotten whom it works for".to_owned(),
                section: Some(section.to_owned()),
                ..Article::default()
            };
            assert_eq!(of_article(&article), kind, "{section}");
        }
    }

    #[test]
    fn kinds_are_recognized_in_many_forms_and_languages() {
        for (lang, title, kind) in [
            ("en", "The 12 best frying pans of 2031", Kind::Guide),
            ("en", "12 best frying pans, tested", Kind::Guide),
            ("en", "Frying pans: our buying guide", Kind::Guide),
            ("en", "Buying guide: frying pans", Kind::Guide),
            ("en", "Sponsored: a pan for life", Kind::Guide),
            ("de", "Die 10 besten Pfannen im Vergleich", Kind::Guide),
            ("de", "Bratpfannen: Kaufberatung", Kind::Guide),
            ("de", "Anzeige: Eine Pfanne fürs Leben", Kind::Guide),
            ("fr", "Poêles : notre guide d’achat", Kind::Guide),
            ("fr", "Les 10 meilleures poêles de 2031", Kind::Guide),
            ("es", "Las 10 mejores sartenes de 2031", Kind::Guide),
            ("it", "Guida all'acquisto: le padelle", Kind::Guide),
            ("nl", "De 10 beste pannen van 2031", Kind::Guide),
            ("pt", "As 10 melhores frigideiras de 2031", Kind::Guide),
            ("en", "Plum cake recipe", Kind::Recipe),
            ("en", "Recipe: plum cake", Kind::Recipe),
            ("de", "Pflaumenkuchen-Rezept", Kind::Recipe),
            ("de", "Rezept für Pflaumenkuchen", Kind::Recipe),
            ("fr", "Recette de la tarte aux prunes", Kind::Recipe),
            ("es", "Receta de tarta de ciruelas", Kind::Recipe),
            ("it", "Ricetta della torta di prugne", Kind::Recipe),
            ("en", "Film review: a slow drama about a bridge", Kind::Review),
            ("en", "The Long Bridge review – a slow drama", Kind::Review),
            ("en", "Ada Okland at the Mill of Lenn review - loud and grand", Kind::Review),
            ("de", "Filmkritik: Die lange Brücke", Kind::Review),
            ("fr", "Le Long Pont : notre critique", Kind::Review),
            ("en", "Storm in Lenn: live blog", Kind::Live),
            ("en", "Storm in Lenn - live updates", Kind::Live),
            ("de", "Liveticker: Der Sturm in Lenn", Kind::Live),
            ("en", "Liveticker: the storm in Lenn", Kind::Live),
            ("fr", "Tempête à Lenn : le direct", Kind::Live),
            ("es", "Tormenta en Lenn, minuto a minuto | En vivo", Kind::Live),
            ("en", "Letters to the editor: the bridge must close", Kind::Opinion),
            ("de", "Leserbriefe: Die Brücke muss zu", Kind::Opinion),
            ("es", "Cartas al director: el puente", Kind::Opinion),
            ("en", "A tax cut is no recipe", Kind::News),
            ("en", "Defence spending review – ministers promise ships", Kind::News),
            ("en", "Government review: the hospitals of Lenn must close", Kind::News),
            ("en", "The 12 ships of the navy sail for Lenn", Kind::News),
            ("en", "The three men were guides in the hills", Kind::News),
            ("de", "Die 10 Verletzten sind außer Gefahr", Kind::News),
            ("en", "Storm in Lenn: bridge closed", Kind::News),
        ] {
            assert_eq!(kind_of(lang, title, "https://a.example/1"), kind, "{title}");
        }
        for url in ["https://a.example/product/pan-12", "https://a.example/shop/pans/pan-12"] {
            assert_eq!(kind_of("en", "The steel pan of Lenn", url), Kind::Guide, "{url}");
        }
    }
}
