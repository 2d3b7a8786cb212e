//! Derives hints about the content of an element from its tag, role, classes and id.

use std::sync::LazyLock;

use dom_query::Element;
use rustc_hash::FxHashMap;

/// A set of hints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(u32);

/// The indices of the hints that the code uses by name; the other hints only serve as features of the classifier.
#[rustfmt::skip]
pub(super) mod hint {
    pub(in crate::read::page) const ARTICLE: usize = 0;
    pub(in crate::read::page) const MAIN: usize = 2;
    pub(in crate::read::page) const COMMENTS: usize = 3;
    pub(in crate::read::page) const ASIDE: usize = 4;
    pub(in crate::read::page) const FOOTER: usize = 5;
    pub(in crate::read::page) const HEADER: usize = 6;
    pub(in crate::read::page) const NAVIGATION: usize = 7;
    pub(in crate::read::page) const RELATED: usize = 8;
    pub(in crate::read::page) const TEASER: usize = 9;
    pub(in crate::read::page) const PROMOTION: usize = 11;
    pub(in crate::read::page) const AUTHOR: usize = 12;
    pub(in crate::read::page) const MEDIA: usize = 14;
    pub(in crate::read::page) const CONSENT: usize = 16;
    pub(in crate::read::page) const HIDDEN: usize = 17;
    pub(in crate::read::page) const NOTES: usize = 19;
}

/// The number of hints.
pub(super) const N_HINTS: usize = GROUPS.len();

/// The name of each hint, and the words in classes and ids that express it.
const GROUPS: [(&str, &[&str]); 20] = [
    (
        "article",
        &[
            "article", "story", "post", "entry", "blog", "news", "single", "blogpost", "hentry",
            "artikel", "articulo", "noticia",
        ],
    ),
    (
        "body",
        &[
            "body",
            "content",
            "text",
            "copy",
            "prose",
            "richtext",
            "rte",
            "wysiwyg",
            "markdown",
            "articlebody",
            "bodytext",
            "maincontent",
            "rich",
            "paragraph",
            "contents",
            "inhalt",
            "texte",
            "cuerpo",
        ],
    ),
    ("main", &["main", "primary", "center", "central"]),
    (
        "comments",
        &[
            "comment",
            "comments",
            "disqus",
            "respond",
            "reply",
            "replies",
            "discussion",
            "commentlist",
            "kommentare",
        ],
    ),
    (
        "aside",
        &[
            "sidebar",
            "aside",
            "rail",
            "secondary",
            "widget",
            "widgets",
            "complementary",
            "sticky",
            "side",
            "infobox",
            "sidenav",
        ],
    ),
    (
        "footer",
        &[
            "footer",
            "bottom",
            "copyright",
            "legal",
            "colophon",
            "foot",
            "disclaimer",
            "contentinfo",
            "tos",
            "license",
        ],
    ),
    (
        "header",
        &["header", "masthead", "top", "topbar", "hero", "jumbotron", "branding", "logo", "banner"],
    ),
    (
        "navigation",
        &[
            "nav",
            "navbar",
            "menu",
            "breadcrumb",
            "breadcrumbs",
            "toc",
            "pagination",
            "pager",
            "navigation",
            "submenu",
            "tabs",
            "jump",
            "skip",
            "sitemap",
            "toolbar",
        ],
    ),
    (
        "related",
        &[
            "related",
            "recommend",
            "recommended",
            "recommendations",
            "recirc",
            "more",
            "popular",
            "trending",
            "latest",
            "similar",
            "also",
            "next",
            "prev",
            "previous",
            "recent",
            "readmore",
            "further",
            "outbrain",
            "taboola",
            "suggested",
            "suggestions",
            "relatedposts",
            "mostread",
            "adjacent",
        ],
    ),
    (
        "teaser",
        &[
            "teaser", "teasers", "card", "cards", "grid", "carousel", "slider", "slick", "swiper",
            "tile", "tiles", "feed", "archive", "listing", "gallery", "loop", "thumb",
        ],
    ),
    (
        "share",
        &[
            "share",
            "social",
            "sharing",
            "follow",
            "sharedaddy",
            "addtoany",
            "facebook",
            "twitter",
            "whatsapp",
            "linkedin",
            "pinterest",
            "like",
            "likes",
        ],
    ),
    (
        "promotion",
        &[
            "newsletter",
            "subscribe",
            "signup",
            "subscription",
            "cta",
            "promo",
            "optin",
            "promotion",
            "form",
            "paywall",
            "donate",
            "donation",
            "offer",
            "shop",
            "product",
            "pricing",
            "login",
            "register",
            "callout",
            "banner",
            "join",
            "membership",
            "contact",
            "download",
            "demo",
            "wpforms",
            "hs",
            "mailchimp",
            "buy",
            "cart",
        ],
    ),
    (
        "author",
        &[
            "author",
            "byline",
            "bio",
            "contributor",
            "profile",
            "authors",
            "writer",
            "avatar",
            "vcard",
            "biography",
        ],
    ),
    (
        "meta",
        &[
            "meta",
            "date",
            "time",
            "tags",
            "tag",
            "category",
            "categories",
            "info",
            "published",
            "timestamp",
            "metadata",
            "posted",
            "details",
            "reading",
            "taxonomy",
            "topics",
            "keywords",
            "label",
            "eyebrow",
            "kicker",
        ],
    ),
    (
        "media",
        &[
            "caption",
            "figure",
            "image",
            "photo",
            "credit",
            "media",
            "video",
            "embed",
            "img",
            "picture",
            "figcaption",
            "wp-caption",
            "captions",
            "player",
            "audio",
            "credits",
        ],
    ),
    (
        "advert",
        &[
            "ad",
            "ads",
            "advert",
            "advertisement",
            "sponsor",
            "sponsored",
            "promoted",
            "dfp",
            "adsense",
            "adslot",
            "partner",
            "affiliate",
            "advertising",
            "gpt",
        ],
    ),
    (
        "consent",
        &[
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "modal",
            "popup",
            "overlay",
            "dialog",
            "privacy",
            "lightbox",
            "tooltip",
            "drawer",
            "offcanvas",
            "onetrust",
            "alert",
            "notice",
        ],
    ),
    (
        "hidden",
        &[
            "hidden",
            "sr",
            "visually",
            "screen",
            "noprint",
            "printonly",
            "invisible",
            "hide",
            "collapse",
            "d-none",
        ],
    ),
    (
        "headline",
        &[
            "title",
            "headline",
            "subtitle",
            "heading",
            "deck",
            "dek",
            "standfirst",
            "lead",
            "intro",
            "summary",
            "excerpt",
            "description",
            "lede",
            "subhead",
            "subheading",
            "chapo",
        ],
    ),
    (
        "notes",
        &[
            "reference",
            "references",
            "footnote",
            "footnotes",
            "citation",
            "citations",
            "bibliography",
            "notes",
            "faq",
            "accordion",
            "sources",
            "reflist",
            "glossary",
            "appendix",
        ],
    ),
];

/// The hints that each word expresses, as a bit set. The map is looked up, never iterated.
static WORDS: LazyLock<FxHashMap<&'static [u8], u32>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (group, (_, of_group)) in GROUPS.iter().enumerate() {
        for word in *of_group {
            *words.entry(word.as_bytes()).or_default() |= 1 << group;
        }
    }
    words
});

impl Hints {
    /// Returns the names of the hints, in the order of their indices.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        GROUPS.iter().map(|(name, _)| *name)
    }

    /// Returns whether a hint is in the set.
    pub(super) const fn has(self, hint: usize) -> bool {
        self.0 >> hint & 1 == 1
    }

    /// Returns the union of two sets.
    #[must_use]
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns a set with one hint.
    pub(super) const fn single(hint: usize) -> Self {
        Self(1 << hint)
    }

    /// Returns the hints in the tag, role, classes and id of an element.
    pub(super) fn from_node(element: &Element) -> Self {
        let (mut role, mut named) = (None, Self::default());
        for attribute in &element.attrs {
            match &*attribute.name.local {
                "class" | "id" => named = named.and(Self::from_names(&attribute.value)),
                "role" => role = Some(&*attribute.value),
                _ => {}
            }
        }
        Self::from_element(&element.name.local, role).and(named)
    }

    /// Returns the hints in the tag and role of an element.
    fn from_element(tag: &str, role: Option<&str>) -> Self {
        let by_tag = match tag {
            "article" => Self::single(hint::ARTICLE),
            "main" => Self::single(hint::MAIN),
            "nav" | "menu" => Self::single(hint::NAVIGATION),
            "aside" => Self::single(hint::ASIDE),
            "footer" => Self::single(hint::FOOTER),
            "header" | "hgroup" => Self::single(hint::HEADER),
            "form" | "fieldset" => Self::single(hint::PROMOTION),
            "figure" | "figcaption" | "picture" => Self::single(hint::MEDIA),
            "address" => Self::single(hint::AUTHOR),
            "dialog" => Self::single(hint::CONSENT),
            _ => Self(0),
        };
        let by_role = match role {
            Some("main") => Self::single(hint::MAIN),
            Some("article") => Self::single(hint::ARTICLE),
            Some("navigation" | "menu" | "menubar" | "tablist") => Self::single(hint::NAVIGATION),
            Some("complementary") => Self::single(hint::ASIDE),
            Some("contentinfo") => Self::single(hint::FOOTER),
            Some("banner") => Self::single(hint::HEADER),
            Some("dialog" | "alertdialog" | "alert") => Self::single(hint::CONSENT),
            Some("search" | "form") => Self::single(hint::PROMOTION),
            _ => Self(0),
        };
        by_tag.and(by_role)
    }

    /// Returns the hints in a class list or id: `ArticleBody__text` contains the words "article", "body" and "text".
    pub(super) fn from_names(names: &str) -> Self {
        let mut hints = Self(0);
        let mut word = [0_u8; 24];
        let mut len = 0;
        let mut was_lower = false;
        let mut look_up = |word: &[u8]| {
            hints = Self(hints.0 | WORDS.get(word).copied().unwrap_or(0));
        };
        // Lists of utility classes can be kilobytes long, and the meaningful classes usually come first.
        for byte in names.bytes().take(512) {
            let boundary = !byte.is_ascii_alphabetic() || was_lower && byte.is_ascii_uppercase();
            if boundary && len > 0 {
                look_up(&word[..len]);
                len = 0;
            }
            if byte.is_ascii_alphabetic() && len < word.len() {
                word[len] = byte.to_ascii_lowercase();
                len += 1;
            }
            was_lower = byte.is_ascii_lowercase();
        }
        look_up(&word[..len]);
        hints
    }
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, Hints, hint};

    #[test]
    fn names_fall_into_words() {
        for (names, hint) in [
            ("ArticleBody__text-xl", hint::ARTICLE),
            ("c-related_links", hint::RELATED),
            ("wp-block newsletterSignup newsletter", hint::PROMOTION),
            ("siteFooter", hint::FOOTER),
        ] {
            assert!(Hints::from_names(names).has(hint), "{names}");
        }
        assert_eq!((GROUPS[hint::HIDDEN].0, GROUPS[hint::CONSENT].0), ("hidden", "consent"));
        assert_eq!(Hints::from_names("shadow roadmap"), Hints::default());
    }
}
