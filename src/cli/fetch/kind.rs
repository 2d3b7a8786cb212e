//! The kind of a page that is neither an article nor a feed: a home page, a log-in form, an error page.
//!
//! Each comes with status 200, has words, and would be read as an article. The signs are what the page declares, where
//! redirects led, and how little text there is; a page with the text of an article is never refused. The phrases of error
//! pages are those that servers and content systems put into titles; a language that is missing loses only the warning.

use nutgraf::read::glance::Glance;
use url::Url;

/// The number of letters below which a page has too little text to be an article: some 80 words.
const FEW_LETTERS: usize = 400;

/// The minimum number of letters for a page at the root of a site to count as an article, if its links have fewer:
/// some 150 words.
const MANY_LETTERS: usize = 750;

/// Parts of paths and hosts that lead to a log-in.
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

/// Parts of paths and hosts that lead to a question about cookies.
const CONSENT: &[&str] =
    &["consent", "privacy-gate", "cookiewall", "cookie-consent", "privacywall", "gdpr"];

/// Titles of error pages.
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

/// Something that is not an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A form to log in with.
    LogIn,
    /// A question about cookies that was put before the page.
    Consent,
    /// An error page with the status of success.
    Missing,
    /// The home page of a site that was not requested.
    LedToFront,
    /// The front page of a site.
    Front,
}

impl Kind {
    /// Returns the kind of a page that was requested at one address and found at another; `None` for an article.
    pub(super) fn of_page(asked: &Url, found: &Url, page: &Glance) -> Option<Self> {
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
        let has_article = MANY_LETTERS <= page.letters && page.linked_letters <= page.letters;
        if is_root(found) && !page.is_article && !has_article {
            return Some(if is_root(asked) { Self::Front } else { Self::LedToFront });
        }
        None
    }

    /// Returns the problem and the remedy, completing a sentence that starts with the address.
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
                let title = if page.title.is_empty() { &page.heading } else { &page.title };
                format!(
                    "is an error page, “{title}”, although its status is 200; check the address"
                )
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

/// Whether a label of the host or a part of the path is one of these.
fn leads_to(url: &Url, names: &[&str]) -> bool {
    let host = url.host_str().unwrap_or_default();
    let mut parts = host.split('.').chain(url.path().split('/'));
    parts.any(|part| {
        let part = part.to_ascii_lowercase();
        names.contains(&part.split('.').next().unwrap_or_default())
    })
}

fn is_error(page: &Glance) -> bool {
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
        Kind::of_page(&url(asked), &url(found), page)
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
        assert_eq!(kind("/", "/", &long("The only article of this site")), None);
        let declared = Glance { is_article: true, ..titled("Post", 90) };
        assert_eq!(kind("/", "/", &declared), None);
    }
}
