//! Determines how much of an article its page shows: the whole text, a teaser that links to the rest, or the part that
//! is free to read.
//!
//! The evidence, strongest first:
//!
//! * a line below the article that reserves the rest for subscribers ("Subscribe to continue reading");
//! * the number of words that the page declares for the article (schema.org, *wordCount*): the text is incomplete if it
//!   has less than half of them, and complete if it has almost all of them;
//! * a declaration that the article is not free, if the text is short. Many pages declare this although they contain
//!   the whole text;
//! * a line that links to the rest, or an ellipsis at the end of a short text.
//!
//! Fixed phrases ("Subscribe to continue reading") count in every article. A word for payment or an account beside a
//! word for reading ("With a membership you read every story") counts only if the article is short and something else
//! speaks for an offer: the page declares that the article is not free, the line is in an element that is marked as a
//! paywall or promotion, the classifier rejects the line, or the text above it breaks off.
//!
//! Known limit: a page that shows the first 250 words or more of an article without any such line, and declares neither
//! a number of words nor that the article is not free, counts as whole.

use serde_json::Value;

use super::blocks::{self, Page, words};
use super::class_hints::hint;
use super::metadata::Objects;
use super::raw_metadata::{Facts, folded};
use crate::read::line_patterns::{self, Rest};

/// The number of words from which the text of a page counts as the whole article, even if its metadata declares that it
/// is not free.
const LONG: usize = 250;
/// The number of words from which an article counts as complete even if "Continue reading" follows it.
const COMPLETE: usize = 150;
/// The minimum number of words in the last paragraph. A shorter block at the end may be page furniture such as "Already
/// a member?".
const PARAGRAPH: usize = 8;
/// The number of lines that are examined after the last paragraph.
const BELOW: usize = 3;

/// What a page declares about access to its article.
#[derive(Clone, Debug, Default)]
pub(super) struct Access {
    /// Whether the article, or a part of it, is declared not to be free.
    pub(super) is_paid: bool,
    /// The selectors of the parts that are declared not to be free.
    selectors: Vec<String>,
    /// The texts of these parts, as far as the page contains them.
    paid_parts: Vec<String>,
    /// The declared number of words in the article.
    n_words: Option<usize>,
}

impl Access {
    /// Collects the declarations in the page's metadata.
    pub(super) fn declared(facts: &Facts, objects: &Objects<'_>) -> Self {
        let articles = &objects.articles;
        let paid = articles.iter().flat_map(|article| paid_objects(article));
        let selectors = paid.clone().filter_map(|object| object["cssSelector"].as_str());
        let n_words = articles.iter().find_map(|article| match &article["wordCount"] {
            Value::String(number) => number.trim().parse().ok(),
            number => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        });
        Self {
            is_paid: paid.clone().next().is_some() || has_paid_meta(facts),
            selectors: selectors.filter(|s| is_simple(s)).map(str::to_owned).collect(),
            paid_parts: Vec::new(),
            n_words,
        }
    }

    /// Finds the parts of the document that are declared not to be free.
    pub(super) fn find_paid_parts(&mut self, document: &dom_query::Document) {
        let selected = self.selectors.iter().filter_map(|s| document.try_select(s));
        self.paid_parts = selected.map(|part| folded(&part.text())).collect();
    }

    /// Returns how readers can get the rest of an article, given its text and what a line below it says about the rest.
    pub(super) fn rest(&self, text: &str, line: Option<Rest>) -> Option<Rest> {
        let n = countable(text);
        let is_complete = self.n_words.is_some_and(|all| all * 4 <= n * 5);
        let is_cut = self.n_words.is_some_and(|all| n * 2 < all);
        let is_short = || words(text) < LONG && !self.shows_paid_part(text);
        match line {
            _ if is_complete => None,
            Some(Rest::NotFree) => line,
            _ if self.is_paid && (is_cut || line.is_some() || is_short()) => Some(Rest::NotFree),
            None if is_cut => Some(Rest::Elsewhere),
            _ => line,
        }
    }

    /// Returns whether the text ends, but does not begin, in a part that is declared not to be free.
    fn shows_paid_part(&self, text: &str) -> bool {
        let mut paragraphs = text.split("\n\n").filter(|p| PARAGRAPH <= words(p)).map(folded);
        let Some(first) = paragraphs.next() else { return false };
        let Some(last) = paragraphs.last() else { return false };
        let is_paid = |paragraph: &str| self.paid_parts.iter().any(|part| part.contains(paragraph));
        is_paid(&last) && !is_paid(&first)
    }
}

/// Returns the number of words in a text, or of its characters if its script does not separate words. Pages declare the
/// number of characters for such a script.
fn countable(text: &str) -> usize {
    let (n, spaced) = (words(text), text.split_whitespace().count());
    if n < 2 * spaced { n } else { text.chars().filter(|c| c.is_alphanumeric()).count() }
}

/// Returns whether a selector consists only of names, classes and ids.
fn is_simple(selector: &str) -> bool {
    selector.len() < 200
        && selector
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '#' | ',' | ' '))
}

/// Returns an article, and its parts, if they are declared not to be free (schema.org, *isAccessibleForFree*).
fn paid_objects(article: &Value) -> impl Iterator<Item = &Value> + Clone {
    let says_no = |value: &Value| match &value["isAccessibleForFree"] {
        Value::Bool(free) => !free,
        Value::String(free) => is_false(free),
        _ => false,
    };
    let parts = match &article["hasPart"] {
        Value::Array(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    std::iter::once(article).chain(parts).filter(move |value| says_no(value))
}

/// Returns whether a text is "False", or the address of that value.
fn is_false(text: &str) -> bool {
    text.rsplit('/').next().unwrap_or_default().eq_ignore_ascii_case("false")
}

/// Returns whether a meta element declares that the article is not free.
fn has_paid_meta(facts: &Facts) -> bool {
    facts.meta_of(&["isaccessibleforfree"]).is_some_and(is_false)
        || facts
            .meta_of(&["article:content_tier"])
            .is_some_and(|t| t.eq_ignore_ascii_case("locked"))
}

/// Returns how readers can get the rest of the article, according to the last kept paragraph or the lines directly after
/// it. A link to the rest is ignored if the article is long.
pub(super) fn line_about_rest(
    page: &Page,
    verdicts: &[Option<&str>],
    access: &Access,
) -> Option<Rest> {
    let end = End::new(page, verdicts, access)?;
    // The reference may end the paragraph: "Brandvik said on Monday that… Continue reading".
    let tail = page.blocks[end.last].text.rsplit('…').next().unwrap_or("");
    let elsewhere = line_patterns::rest(tail).filter(|rest| *rest == Rest::Elsewhere);
    let found = elsewhere
        .or_else(|| end.below().find_map(|i| end.rest(i)))
        .or_else(|| end.breaks_off().then_some(Rest::Elsewhere))?;
    (found == Rest::NotFree || end.n_words < COMPLETE).then_some(found)
}

/// Marks the offers of the rest of the article at its end.
pub(super) fn cut_offers(page: &Page, access: &Access, verdicts: &mut [Option<&'static str>]) {
    /// The maximum number of lines that are removed.
    const MOST: usize = 6;
    for _ in 0..MOST {
        let Some(last) = verdicts.iter().rposition(Option::is_none) else { return };
        let mut above = verdicts.to_vec();
        above[last] = Some("chrome");
        if !End::new(page, &above, access).is_some_and(|end| end.has_offer(last)) {
            return;
        }
        verdicts[last] = Some("chrome");
    }
}

/// The end of an article.
struct End<'p> {
    page: &'p Page,
    verdicts: &'p [Option<&'p str>],
    access: &'p Access,
    /// The index of the last paragraph.
    last: usize,
    /// The number of words in the article.
    n_words: usize,
}

impl<'p> End<'p> {
    fn new(page: &'p Page, verdicts: &'p [Option<&'p str>], access: &'p Access) -> Option<Self> {
        let is_kept = |i: &usize| verdicts.get(*i).is_some_and(Option::is_none);
        let n_words = |i: usize| words(&page.blocks[i].text);
        let kept = || (0..page.blocks.len()).filter(is_kept);
        let last = kept().rfind(|i| PARAGRAPH <= n_words(*i))?;
        Some(Self { page, verdicts, access, last, n_words: kept().map(n_words).sum() })
    }

    /// Returns the indices of the lines directly after the last paragraph.
    fn below(&self) -> impl Iterator<Item = usize> {
        (self.last + 1..self.page.blocks.len()).take(BELOW)
    }

    /// Returns whether the last paragraph of a short article ends with an ellipsis.
    fn breaks_off(&self) -> bool {
        let text = self.page.blocks[self.last].text.trim_end_matches([']', ')', ' ']);
        self.n_words < COMPLETE && (text.ends_with('…') || text.ends_with("..."))
    }

    /// Returns how readers can get the rest, according to a line after the last paragraph.
    fn rest(&self, i: usize) -> Option<Rest> {
        let is_cut = self.verdicts[i] == Some("chrome");
        self.offer(i, is_cut).or_else(|| {
            let leads = line_patterns::leads_to_more(&self.page.blocks[i].text);
            (leads && self.is_sibling(i)).then_some(Rest::Elsewhere)
        })
    }

    /// Returns whether a line after the last paragraph offers the rest, or is short and below such an offer: "Already a
    /// member?".
    fn has_offer(&self, i: usize) -> bool {
        let is_offer = |i: usize| self.offer(i, false) == Some(Rest::NotFree);
        let is_short = words(&self.page.blocks[i].text) < PARAGRAPH;
        is_offer(i) || is_short && (self.last + 1..i).any(is_offer)
    }

    /// Returns how readers can get the rest, according to the words of a line after the last paragraph. `is_supported`
    /// says whether a line that only resembles an offer counts even without a mark or declaration of the page.
    fn offer(&self, i: usize, is_supported: bool) -> Option<Rest> {
        let text = &self.page.blocks[i].text;
        let is_promotion = |i: usize| self.container(i).all_hints.has(hint::PROMOTION);
        let is_supported = || {
            is_supported
                || self.access.is_paid
                || self.breaks_off()
                || is_promotion(i) && !is_promotion(self.last)
        };
        line_patterns::rest(text).or_else(|| {
            let is_offer = self.n_words < LONG && is_supported();
            (is_offer && line_patterns::is_paid_offer(text)).then_some(Rest::NotFree)
        })
    }

    fn container(&self, i: usize) -> &blocks::Container {
        &self.page.containers[self.page.blocks[i].container as usize]
    }

    /// Returns whether a line and the last paragraph are in the same element, or directly in neighbouring ones.
    fn is_sibling(&self, i: usize) -> bool {
        let parent = self.container(self.last).parent;
        self.container(i).parent == parent || self.page.blocks[i].container == parent
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Extent};
    use crate::read::{Options, page};

    const STORY: [&str; 2] = [
        "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard, the coast guard said.",
        "A tug from Norvia pulled the ship free at high tide in the evening, and divers looked at the hull.",
    ];

    /// Reads a page with `n` copies of the second paragraph, each with a number, and `last` below them.
    fn read_long(head: &str, n: usize, last: &str) -> Article {
        let more: Vec<String> =
            (1..=n).map(|i| format!("<p>On day {i}, {}</p>", STORY[1])).collect();
        let more = more.concat();
        let html = format!(
            "<html><head><title>Ferry runs aground</title>{head}</head><body><article><h1>Ferry runs aground</h1>\
             <p>{}</p>{more}{last}</article></body></html>",
            STORY[0]
        );
        page::page("p", &html, &Options::default()).articles.remove(0)
    }

    fn data(fields: &str) -> String {
        format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ferry runs aground",{fields}}}</script>"#
        )
    }

    #[test]
    fn lines_that_reserve_the_rest_mark_a_paywall() {
        for line in [
            "<p>Subscribe to continue reading</p>",
            "<div><p>Log in to continue</p><p>Already a member?</p></div>",
            "<p>Réservé aux abonnés</p>",
            "<p>Um weiterzulesen, melden Sie sich bitte an.</p>",
            "<p>Il vous reste 64% de ce texte à lire. La suite est réservée aux abonnés du journal.</p>",
            "<p>Para seguir leyendo, inicia sesión</p>",
            "<p>Per continuare a leggere, accedi</p>",
            "<p>Чтобы читать дальше, войдите на сайт</p>",
            "<div class=paywall><h3>Unlock the whole story</h3><p>Members read it all.</p></div>",
            "<div class=paywall><p>Mit einem Abo lesen Sie den ganzen Beitrag.</p></div>",
            "<div id=paywall><p>You have read your last article of the month. Start a trial to go on.</p></div>",
            "<section class=subscription-box><p>Hazte suscriptor y lee la nota completa</p></section>",
            "<div class=paywall><p>Artikeln är för dig som prenumererar</p></div>",
            "<div class=paywall><p>This story is for paying members</p></div>",
        ] {
            let article = read_long("", 1, line);
            assert_eq!(article.extent(), Extent::Paywalled, "{line}");
            assert!(article.text.ends_with("the hull."), "{line} {}", article.text);
        }
    }

    #[test]
    fn declarations_mark_a_paywall() {
        for head in [
            data(r#""isAccessibleForFree":false"#),
            data(r#""isAccessibleForFree":"False""#),
            data(r#""isAccessibleForFree":"https://schema.org/False""#),
            data(
                r#""hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".paid"}"#,
            ),
            data(r#""hasPart":[{"isAccessibleForFree":"False","cssSelector":".paid"}]"#),
            data(r#""isAccessibleForFree":false,"wordCount":612"#),
            "<meta itemprop=isAccessibleForFree content=False>".to_owned(),
            "<meta property=article:content_tier content=locked>".to_owned(),
        ] {
            assert_eq!(read_long(&head, 1, "").extent(), Extent::Paywalled, "{head}");
        }
        let long = data(r#""isAccessibleForFree":false,"wordCount":2000"#);
        assert_eq!(read_long(&long, 20, "").extent(), Extent::Paywalled);
    }

    #[test]
    fn text_that_breaks_off_or_is_much_shorter_than_declared_is_a_teaser() {
        for (head, last) in [
            ("", "<p><a href=/a>Continue reading</a></p>"),
            ("", "<p><a href=/a>Weiterlesen</a></p>"),
            ("", "<p><a href=/a>Read more »</a></p>"),
            ("", "<p><a href=/a>Lees verder</a></p>"),
            ("", "<p><a href=/a>Lire l’article</a></p>"),
            ("", "<p>[…]</p>"),
            ("", "<p>The owners of the line said that… <a href=/a>Continue reading →</a></p>"),
            ("", "<p>The owners of the line said on Tuesday that the hull of the ship…</p>"),
            ("", "<p>The owners of the line said on Tuesday that the hull of the [...]</p>"),
            (&*data(r#""wordCount":540"#), ""),
            (&*data(r#""wordCount":"540""#), ""),
        ] {
            assert_eq!(read_long(head, 1, last).extent(), Extent::Teaser, "{head} {last}");
        }
    }

    #[test]
    fn whole_articles_are_whole() {
        for last in [
            "",
            "<p>Advertisement</p>",
            "<p>The owners had to continue reading the rules of the port, they said on Tuesday.</p>",
            "<p>The port will register all ships, according to the full report on the accident.</p>",
            "<p>About forty members of the crew have since left the company, the report says.</p>",
            "<p>Members of the council can read the report on the accident from Friday on.</p>",
            "<p>“Subscribe to continue reading” is what the notice on the quay says, and people laugh.</p>",
            "<p>Subscribe to our newsletter and get the news of the coast first.</p>",
            "<p>Register to comment on this story</p>",
            "<aside class=newsletter><p>Subscribe to our newsletter</p><p>The week in your inbox</p></aside>",
            "<footer><p>Our journalism is paid for by readers. Become a member</p></footer>",
        ] {
            for n in [1, 20] {
                assert_eq!(read_long("", n, last).extent(), Extent::Whole, "{n} {last}");
            }
        }
        let more = "<p><a href=/a>Read more</a></p>";
        assert_eq!(read_long("", 20, more).extent(), Extent::Whole);
        let paid = data(r#""isAccessibleForFree":false"#);
        assert_eq!(read_long(&paid, 20, "").extent(), Extent::Whole);
        let counted = data(r#""isAccessibleForFree":false,"wordCount":43"#);
        assert_eq!(
            read_long(&counted, 1, "<p>Subscribe to read more of our stories</p>").extent(),
            Extent::Whole
        );
        let part = data(r#""hasPart":{"isAccessibleForFree":false,"cssSelector":".paid"}"#);
        let shown = format!("<div class=paid><p>{}</p></div>", STORY[1]);
        assert_eq!(read_long(&part, 0, &shown).extent(), Extent::Whole);
    }
}
