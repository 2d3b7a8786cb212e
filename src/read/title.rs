//! Removes the name of the article's own outlet, and labels that state the format, from titles: `VIDEO | Osk votes |
//! Isle Post`.
//!
//! A name is removed only from the start or end of a title, only if one of the usual separators is beside it, and only
//! if it is the name of the article's own outlet and enough words remain. Labels that state the kind of article, such
//! as `Opinion` or `Live`, are kept, because readers should see them.
//!
//! Known limits: if only the host of an outlet is known, a name that does not resemble the host is not recognized. If
//! an outlet has the name of a place, such as *Norvia*, the place is removed from the title `Norvia: …`.

use crate::article::Article;
use crate::read::lines;

/// Separators between a title and the name of the site.
pub(super) const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " ‹ ", " « ", " ⋆ ", " / ", "|", "｜",
];

/// Separators after a name or label at the start of a title.
const AFTER_START: &[&str] = &[": ", " : ", "："];

/// Brackets around a label.
const BRACKETS: &[(char, char)] =
    &[('[', ']'), ('(', ')'), ('【', '】'), ('［', '］'), ('（', '）')];

/// Labels that state the format of an article, in lower case.
const FORMATS: &[&str] = &[
    "video",
    "videos",
    "watch",
    "photo",
    "photos",
    "pictures",
    "in pictures",
    "in photos",
    "gallery",
    "photo gallery",
    "audio",
    "listen",
    "bilder",
    "foto",
    "fotos",
    "fotostrecke",
    "bildergalerie",
    "bilderstrecke",
    "vidéo",
    "vidéos",
    "en images",
    "en vidéo",
    "vídeo",
    "vídeos",
    "en imágenes",
    "fotogalería",
    "galería",
    "galleria",
    "fotogallery",
    "le foto",
    "il video",
    "galeria",
    "in beeld",
    "filmik",
    "wideo",
    "zdjęcia",
    "видео",
    "фото",
    "відео",
    "βίντεο",
    "φωτογραφίες",
    "فيديو",
    "بالفيديو",
    "بالصور",
    "视频",
    "图集",
    "組圖",
    "动图",
    "動画",
    "写真",
    "영상",
    "포토",
];

/// Removes the name of the outlet and format labels from the title of an article.
pub(super) fn strip(article: &mut Article) {
    let names = names(article);
    let bare = bare(&article.title, &names);
    if bare.len() < article.title.len() {
        article.title = bare.to_owned();
    }
}

/// Returns the possible names of an article's outlet, [`squeezed`]: its name or its host, and the longer labels of the
/// host.
fn names(article: &Article) -> Vec<String> {
    /// The minimum number of bytes of a label that counts as a name, so that `com`, `news` and `www` do not.
    const SHORTEST_LABEL: usize = 6;
    let Some(outlet) = article.outlet() else { return Vec::new() };
    let is_host = outlet.contains('.') && !outlet.contains(char::is_whitespace);
    let labels = outlet.split('.').filter(|label| is_host && SHORTEST_LABEL <= label.len());
    let names = [outlet].into_iter().chain(labels).map(squeezed);
    names.filter(|name| !name.is_empty()).collect()
}

/// The minimum number of words that must remain when a name is removed, and when a label is removed.
const LEFT: [usize; 2] = [3, 2];

/// Returns a title without the outlet's names and format labels at its ends; a name or label is kept if too few words
/// would remain.
fn bare<'t>(title: &'t str, names: &[String]) -> &'t str {
    let is_name = |part: &str| is_own(&squeezed(part), names);
    let mut bare = title;
    loop {
        let unnamed = without_end(bare, is_name).or_else(|| without_start(bare, is_name));
        let unlabelled = || {
            without_start(bare, is_format)
                .or_else(|| without_end(bare, is_format))
                .or_else(|| without_bracketed(bare, is_format))
        };
        let has = |rest: &&str, least: usize| least <= lines::word_count(rest);
        let shorter = unnamed.filter(|rest| has(rest, LEFT[0]));
        match shorter.or_else(|| unlabelled().filter(|rest| has(rest, LEFT[1]) && !is_name(rest))) {
            Some(shorter) => bare = shorter,
            None => return bare,
        }
    }
}

/// Returns whether a [`squeezed`] part of a title is one of an outlet's names, with or without an article or an ending:
/// `The Isle Post`, `islepost.com`.
fn is_own(part: &str, names: &[String]) -> bool {
    !part.is_empty() && names.iter().any(|name| part == name || core(part) == core(name))
}

/// Returns a [`squeezed`] name without its article and without a generic ending, such as `news` or `com`.
fn core(name: &str) -> &str {
    const ENDINGS: &[&str] = &["news", "online", "com", "org", "net"];
    let name = name.strip_prefix("the").filter(|rest| 3 < rest.len()).unwrap_or(name);
    let short = ENDINGS.iter().find_map(|end| name.strip_suffix(end));
    short.filter(|short| 1 < short.len()).unwrap_or(name)
}

/// Returns the letters and digits of a name in lower case.
pub(super) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_format(part: &str) -> bool {
    let part = part.trim().trim_end_matches('!').to_lowercase();
    FORMATS.contains(&part.as_str())
}

/// Returns a title without its last part, if that part is a name or label.
fn without_end(title: &str, is_label: impl Fn(&str) -> bool) -> Option<&str> {
    let parts = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
    let mut heads = parts.filter(|(head, tail)| !head.trim().is_empty() && is_label(tail));
    heads.next().map(|(head, _)| head.trim())
}

/// Returns a title without its first part, if that part is a name or label.
fn without_start(title: &str, is_label: impl Fn(&str) -> bool) -> Option<&str> {
    let separators = SEPARATORS.iter().chain(AFTER_START);
    let parts = separators.filter_map(|separator| title.split_once(separator));
    let mut tails = parts.filter(|(head, tail)| !tail.trim().is_empty() && is_label(head));
    tails.next().map(|(_, tail)| tail.trim())
}

/// Returns a title without a label in brackets at its start or end.
fn without_bracketed(title: &str, is_label: impl Fn(&str) -> bool) -> Option<&str> {
    BRACKETS.iter().find_map(|(open, close)| {
        let start = title.strip_prefix(*open).and_then(|rest| rest.split_once(*close));
        let end = title.strip_suffix(*close).and_then(|rest| rest.rsplit_once(*open));
        let end = end.map(|(head, label)| (label, head));
        let mut ends = start.into_iter().chain(end);
        ends.find(|(label, _)| is_label(label)).map(|(_, rest)| rest.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::strip;
    use crate::article::Article;

    fn stripped(title: &str, outlet: &str) -> String {
        let (source, title) = (Some(outlet.to_owned()), title.to_owned());
        let mut article = Article { title, source, ..Article::default() };
        strip(&mut article);
        article.title
    }

    #[test]
    fn the_own_outlet_is_removed_at_both_ends() {
        for (title, outlet, bare) in [
            (
                "Osk mayor resigns over audit | Isle Post",
                "Isle Post",
                "Osk mayor resigns over audit",
            ),
            ("Norvia bans vapes - The Metro Post", "Metro Post", "Norvia bans vapes"),
            ("Beta Times: Ferry line sold to fund", "Beta Times", "Ferry line sold to fund"),
            ("Beta Times – Ferry line sold to fund", "The Beta Times", "Ferry line sold to fund"),
            (
                "Seeburg: Gericht stoppt Abriss | Tagesbote",
                "Tagesbote",
                "Seeburg: Gericht stoppt Abriss",
            ),
            (
                "Valmer : le port est fermé — Le Courrier",
                "Le Courrier",
                "Valmer : le port est fermé",
            ),
            (
                "El puente cierra el lunes :: Diario de Osk",
                "Diario de Osk",
                "El puente cierra el lunes",
            ),
            ("Il ponte chiude lunedì » La Voce", "La Voce", "Il ponte chiude lunedì"),
            ("Мост закрыт до весны · Вестник Оска", "Вестник Оска", "Мост закрыт до весны"),
            ("港口大桥今天关闭｜南川日报", "南川日报", "港口大桥今天关闭"),
            (
                "Ferry line sold to fund | islepost.example",
                "islepost.example",
                "Ferry line sold to fund",
            ),
            ("Ferry line sold to fund | Isle Post", "islepost.example", "Ferry line sold to fund"),
            ("VIDEO | Ferry line sold to fund | Isle Post", "Isle Post", "Ferry line sold to fund"),
        ] {
            assert_eq!(stripped(title, outlet), bare);
        }
    }

    #[test]
    fn labels_of_formats_are_removed() {
        for title in [
            "VIDEO | Bridge opens in Lauk",
            "Video: Bridge opens in Lauk",
            "WATCH: Bridge opens in Lauk",
            "[Video] Bridge opens in Lauk",
            "Bridge opens in Lauk [VIDEO]",
            "Bridge opens in Lauk (photos)",
            "Bridge opens in Lauk – video",
            "In pictures: Bridge opens in Lauk",
            "Vidéo : Bridge opens in Lauk",
            "Fotostrecke - Bridge opens in Lauk",
            "【動画】Bridge opens in Lauk",
            "ВИДЕО | Bridge opens in Lauk",
        ] {
            assert_eq!(stripped(title, "Coast Herald"), "Bridge opens in Lauk", "{title}");
        }
    }

    #[test]
    fn everything_else_is_kept() {
        for (title, outlet) in [
            ("Isle Post editor wins prize", "Isle Post"),
            ("Strike at the Isle Post", "Isle Post"),
            ("Osk mayor resigns - Metro Post", "Isle Post"),
            ("Osk: mayor resigns over audit", "Isle Post"),
            ("Opinion: the mayor must go | Comment", "Isle Post"),
            ("Live: mayor of Osk resigns", "Osk Mail"),
            ("Video games sales fall in Norvia", "Osk Mail"),
            ("Video - Isle Post", "Isle Post"),
            ("Norvia Police: two held", "Norvia Police"),
            ("Isle Post", "Isle Post"),
            ("Harbour photo (1931)", "Isle Post"),
            ("", "Isle Post"),
        ] {
            assert_eq!(stripped(title, outlet), title);
        }
    }
}
