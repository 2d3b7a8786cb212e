//! Detects pages that are neither articles nor feeds: home pages, log-in forms, error pages and challenge pages.
//!
//! Such pages have status 200 and contain text, so they would otherwise be read as articles. They are detected by their
//! markup, by typical phrases, by the target of redirects, and by how little text they have; a page with as much text
//! as an article is rejected only if it is the front page of a site. The phrases for error pages are those that servers
//! and content management systems put into the titles and first sentences of error pages. In a language for which no
//! phrases are listed, such a page is read without a warning.
//!
//! Known limit: a page that contains only a short report about some other page that was not found, and that does not
//! declare itself an article, is mistaken for an error page.

use nutgraf::read::glance::Glance;
use url::Url;

use crate::cli::fetch::client::Document;

/// The minimum number of letters in an article: some 80 words.
const FEW_LETTERS: usize = 400;

/// The minimum number of letters outside links for a page at the root of a site to count as an article: some 150 words.
/// The links must not contain more letters than the text outside them.
const MANY_LETTERS: usize = 750;

/// The number of letters below which a page is only a notice: some 40 words.
const NOTICE_LETTERS: usize = 200;

/// Path segments and host name labels of log-in pages.
const LOG_IN: &[&str] = &[
    "login",
    "log-in",
    "signin",
    "sign-in",
    "logon",
    "sso",
    "oauth",
    "auth",
    "anmelden",
    "connexion",
    "iniciar-sesion",
    "inloggen",
    "accedi",
    "logowanie",
    "subscribe",
    "registration",
    "register",
    "paywall",
];

/// Path segments and host name labels of cookie consent pages.
const CONSENT: &[&str] =
    &["consent", "privacy-gate", "cookiewall", "cookie-consent", "privacywall", "gdpr"];

/// Phrases in the titles and headings of error pages. In the first sentences of a page, they count only if those also
/// contain one of [`PAGES`], and numbers do not count.
const ERRORS: &[&str] = &[
    "404",
    "410",
    "not found",
    "page doesn't exist",
    "page does not exist",
    "page no longer exists",
    "no longer available",
    "page unavailable",
    "nicht gefunden",
    "existiert nicht",
    "introuvable",
    "n'existe pas",
    "no encontrada",
    "no existe",
    "non trovata",
    "non esiste",
    "não encontrada",
    "niet gevonden",
    "bestaat niet",
    "hittades inte",
    "ikke fundet",
    "ikke funnet",
    "ei löydy",
    "nie znaleziono",
    "nenalezena",
    "не найдена",
    "не знайдено",
    "δεν βρέθηκε",
    "bulunamadı",
    "no s'ha trobat",
    "nem található",
    "見つかりません",
    "未找到",
    "找不到",
    "찾을 수 없",
    "غير موجودة",
    "לא נמצא",
];

/// Further phrases of error pages; they count only in the first sentences of a page, and only if those also contain one
/// of [`PAGES`].
const NOT_FOUND: &[&str] = &[
    "could not find",
    "couldn't find",
    "cannot find",
    "can't find",
    "not be found",
    "cannot be found",
    "can't be found",
    "nicht finden",
    "n'avons pas trouvé",
    "n'existe plus",
    "ya no existe",
    "não existe mais",
    "non esiste più",
    "больше не существует",
    "pas été trouvée",
    "pudimos encontrar",
    "hemos encontrado",
    "abbiamo trovato",
    "não encontramos",
    "niet vinden",
    "inte hitta",
    "ikke finde",
    "ikke finne",
    "nie możemy znaleźć",
    "nepodařilo najít",
    "не нашли",
    "не удалось найти",
    "не знайшли",
    "bulamadık",
];

/// The word "page" in the languages of the phrases.
const PAGES: &[&str] = &[
    "page",
    "seite",
    "página",
    "pagina",
    "pàgina",
    "sidan",
    "siden",
    "sivu",
    "strona",
    "strony",
    "stránk",
    "страниц",
    "сторінк",
    "σελίδα",
    "sayfa",
    "oldal",
    "ページ",
    "页面",
    "頁面",
    "페이지",
    "صفحة",
    "דף",
];

/// Phrases found on challenge pages, which ask readers to prove that they are human.
const CHALLENGES: &[&str] = &[
    "just a moment",
    "one moment, please",
    "checking your browser",
    "checking if the site connection is secure",
    "attention required",
    "verify you are human",
    "verify that you are human",
    "verifying you are human",
    "are you a robot",
    "are you human",
    "not a robot",
    "unusual traffic",
    "enable javascript and cookies to continue",
    "access denied",
    "einen moment",
    "kein roboter",
    "un instant",
    "pas un robot",
    "un momento",
    "no eres un robot",
    "not a bot",
];

/// The kind of a page that is not an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A log-in form.
    LogIn,
    /// A cookie consent page in place of the requested page.
    Consent,
    /// An error page with status 200.
    Missing,
    /// A page that asks readers to prove that they are human.
    Challenge,
    /// The home page of a site, although another page was requested.
    LedToFront,
    /// The front page of a site.
    Front,
}

impl Kind {
    /// Returns the kind of a page, given the requested address and the address after redirects; `None` if the page
    /// counts as an article.
    pub(super) fn from_page(asked: &Url, found: &Url, page: &Glance) -> Option<Self> {
        let has_few = has_little_text(page);
        let was_moved = asked.path() != found.path() || asked.host_str() != found.host_str();
        if has_few && (page.asks_password || was_moved && leads_to(found, LOG_IN)) {
            return Some(Self::LogIn);
        }
        if has_few && was_moved && leads_to(found, CONSENT) {
            return Some(Self::Consent);
        }
        if has_few && is_error(page) {
            return Some(Self::Missing);
        }
        if has_few && is_challenge(page) {
            return Some(Self::Challenge);
        }
        let has_article = MANY_LETTERS <= page.letters && page.linked_letters <= page.letters;
        if is_root(found) && !page.is_article && !has_article {
            return Some(if is_root(asked) { Self::Front } else { Self::LedToFront });
        }
        None
    }

    /// Describes the problem and its remedy, in words that complete a sentence starting with the address.
    pub(super) fn in_words(self, asked: &Url, found: &Url, page: &Glance) -> String {
        let is = |what: &str| {
            if asked == found { format!("is {what}") } else { format!("leads to {what} ({found})") }
        };
        match self {
            Self::LogIn => format!(
                "{}; only what is open to everyone is fetched: save the page in your browser and give the file",
                is("a log-in page")
            ),
            Self::Consent => format!(
                "{}; open the page in your browser, save it and give the file",
                is("a question about cookies")
            ),
            Self::Missing => {
                let texts = [&page.title, &page.heading, &page.opening];
                let title = texts.into_iter().find(|text| !text.is_empty()).map_or("", |t| t);
                format!(
                    "is an error page, “{title}”, although its status is 200; check the address"
                )
            }
            Self::Challenge => {
                "is a page that asks readers to prove that they are human; open the address in your browser, save \
                 the page and give the file"
                    .to_owned()
            }
            Self::LedToFront => {
                format!(
                    "leads to the front page of the site ({found}): the article is no longer at this address"
                )
            }
            Self::Front => {
                "is the front page of a site, and no feed of it was found; give the address of an \
                            article or of a feed"
                    .to_owned()
            }
        }
    }
}

/// Returns whether a page has too little text to be an article.
pub(super) const fn has_little_text(page: &Glance) -> bool {
    page.letters < FEW_LETTERS
}

/// Returns whether a page is at the root of its site.
pub(super) fn is_root(url: &Url) -> bool {
    let name = url.path().trim_matches('/');
    name.is_empty() || matches!(name, "index.html" | "index.htm" | "index.php" | "home")
}

/// Returns whether a label of the host or a segment of the path, without its extension, is one of `names`.
fn leads_to(url: &Url, names: &[&str]) -> bool {
    let host = url.host_str().unwrap_or_default();
    let mut parts = host.split('.').chain(url.path().split('/'));
    parts.any(|part| {
        let part = part.to_ascii_lowercase();
        names.contains(&part.split('.').next().unwrap_or_default())
    })
}

/// Returns the name of the type that the server declares for a document, if documents of that type cannot be read.
pub(super) fn unread_type(document: &Document) -> Option<&'static str> {
    let label = document.content_type.as_deref()?.split(';').next()?.trim().to_ascii_lowercase();
    let (family, name) = label.split_once('/')?;
    match (family, name.trim_start_matches("x-")) {
        ("text" | "application", "javascript" | "ecmascript") => Some("a script (JavaScript)"),
        ("text", "css") => Some("a style sheet (CSS)"),
        ("text", "calendar") => Some("a calendar (iCalendar)"),
        ("text", "vcard") => Some("an address card (vCard)"),
        ("image", _) => Some("a picture"),
        ("audio", _) => Some("sound"),
        ("video", _) => Some("a film"),
        ("font", _) => Some("a font"),
        _ => None,
    }
}

/// Returns whether a page asks readers to prove that they are human.
fn is_challenge(page: &Glance) -> bool {
    let says = |text: &str| {
        let text = text.to_lowercase();
        CHALLENGES.iter().any(|phrase| text.contains(phrase))
    };
    let is_notice = page.letters < NOTICE_LETTERS && !page.is_article;
    is_notice && (page.is_challenge || says(&page.title) || says(&page.heading))
        || is_notice && page.title.is_empty() && says(&page.opening)
}

/// Returns whether a page with little text says that a page was not found.
fn is_error(page: &Glance) -> bool {
    is_error_title(page)
        || !page.is_article && page.letters < NOTICE_LETTERS && {
            let text = page.opening.to_lowercase().replace('’', "'");
            let mut phrases = ERRORS.iter().chain(NOT_FOUND);
            let is_word = |phrase: &str| phrase.contains(|c: char| !c.is_ascii_digit());
            PAGES.iter().any(|noun| text.contains(noun))
                && phrases.any(|phrase| is_word(phrase) && text.contains(phrase))
        }
}

fn is_error_title(page: &Glance) -> bool {
    let is_number = |phrase: &str| phrase.bytes().all(|b| b.is_ascii_digit());
    let holds = |text: &str| {
        let text = text.to_lowercase().replace('’', "'");
        ERRORS.iter().any(|phrase| {
            if is_number(phrase) {
                text.split(|c: char| !c.is_alphanumeric()).any(|word| word == *phrase)
            } else {
                text.contains(phrase)
            }
        })
    };
    holds(&page.title) || holds(&page.heading)
}

#[cfg(test)]
mod tests {
    use nutgraf::read::glance::Glance;
    use url::Url;

    use super::Kind;

    fn kind(asked: &str, found: &str, page: &Glance) -> Option<Kind> {
        let url = |path: &str| Url::parse("https://post.example").unwrap().join(path).unwrap();
        Kind::from_page(&url(asked), &url(found), page)
    }

    fn titled(title: &str, letters: usize) -> Glance {
        Glance { title: title.to_owned(), letters, ..Glance::default() }
    }

    #[test]
    fn pages_that_are_not_articles() {
        let form = Glance { asks_password: true, letters: 60, ..Glance::default() };
        assert_eq!(kind("/a", "/a", &form), Some(Kind::LogIn));
        assert_eq!(kind("/a", "/account/login.php?to=a", &titled("Post", 60)), Some(Kind::LogIn));
        assert_eq!(kind("/a", "//login.post.example/", &titled("Post", 60)), Some(Kind::LogIn));
        assert_eq!(
            kind("/a", "//consent.post.example/x", &titled("Post", 60)),
            Some(Kind::Consent)
        );
        for title in
            ["404 – Post", "Page not found", "Seite nicht gefunden | Blatt", "Страница не найдена"]
        {
            assert_eq!(kind("/a", "/a", &titled(title, 90)), Some(Kind::Missing), "{title}");
        }
        assert_eq!(kind("/", "/index.html", &titled("Post", 200)), Some(Kind::Front));
        for opening in [
            "Sorry! We could not find the page you asked for.",
            "Hoppla. Diese Seite konnten wir leider nicht finden.",
            "Cette page n'existe plus, ou a changé d’adresse.",
            "Lo sentimos: no hemos encontrado la página.",
            "De pagina die u zoekt, kunnen we niet vinden.",
            "К сожалению, мы не нашли эту страницу.",
            "お探しのページは見つかりませんでした。",
        ] {
            let page = Glance { opening: opening.to_owned(), ..titled("The Gazette", 60) };
            assert_eq!(kind("/a", "/a", &page), Some(Kind::Missing), "{opening}");
        }
        for title in ["Just a moment...", "Attention Required! | Shield", "Are you a robot?"] {
            assert_eq!(kind("/a", "/a", &titled(title, 90)), Some(Kind::Challenge), "{title}");
        }
        let script = Glance { is_challenge: true, ..titled("post.example", 40) };
        assert_eq!(kind("/a", "/a", &script), Some(Kind::Challenge));
        assert_eq!(kind("/2026/a", "/", &titled("Post", 200)), Some(Kind::LedToFront));
    }

    #[test]
    fn articles_that_look_like_them() {
        let long = |title| titled(title, 2000);
        let with_form = Glance { asks_password: true, ..long("Ferry runs aground") };
        assert_eq!(kind("/a", "/a", &with_form), None);
        assert_eq!(kind("/a", "/a", &long("404 people rescued from ferry")), None);
        assert_eq!(
            kind("/login-failures-at-the-bank", "/login-failures-at-the-bank", &titled("Bank", 90)),
            None
        );
        assert_eq!(kind("/a", "/a", &titled("Black box not yet read", 300)), None);
        let opening = "Divers could not find the black box on Monday, the coast guard said.";
        let page = Glance { opening: opening.to_owned(), ..titled("Search for the ferry", 60) };
        assert_eq!(kind("/a", "/a", &page), None);
        let form = Glance { is_challenge: true, ..titled("A comment form with a captcha", 300) };
        assert_eq!(kind("/a", "/a", &form), None);
        assert_eq!(kind("/a", "/a", &titled("Just a moment: how the ferry sank", 900)), None);
        assert_eq!(kind("/", "/", &long("The only article of this site")), None);
        let declared = Glance { is_article: true, ..titled("Post", 90) };
        assert_eq!(kind("/", "/", &declared), None);
    }
}
