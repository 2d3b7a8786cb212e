//! Distinguishes the dates and authors of the page's own article from those of other works in the page, such as cards
//! of other articles, comments and reviews.
//!
//! A work that does not contain the title is foreign if it, or a work around it that does not contain the title either,
//! is declared to be a comment or a review or has a headline that disagrees with the title. If no such headline agrees
//! with the title, the work is also foreign if it is outside the innermost work that contains the title. Small elements
//! with a heading that is a link are foreign too, unless one of their headings agrees with the title, and so are the
//! parts of the page that are marked as related articles or comments.

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::{Hints, hint};
use super::raw_metadata::{Facts, Spot};
use super::title;

/// The hints of page parts that never describe the article.
const ELSEWHERE: [usize; 2] = [hint::RELATED, hint::COMMENTS];

/// The hints of page parts that describe the article only near its title. [`hint::TEASER`] is not included, because the
/// article itself is often inside a card or grid.
const BESIDE: [usize; 2] = [hint::ASIDE, hint::FOOTER];

/// The hints of the frame of the page and of lists of articles.
const FRAME: [usize; 6] =
    [hint::RELATED, hint::TEASER, hint::COMMENTS, hint::ASIDE, hint::FOOTER, hint::NAVIGATION];

/// The hints of the parts that contain the article.
const INSIDE: [usize; 2] = [hint::MAIN, hint::ARTICLE];

/// The hints of the parts that contain the head of the site.
const MASTHEAD: [usize; 2] = [hint::HEADER, hint::NAVIGATION];

/// Returns whether the hints mark the frame of a page or a list of articles.
pub(super) fn is_in_frame(hints: Hints) -> bool {
    FRAME.iter().any(|h| hints.has(*h))
}

/// The article of a page: its title and the elements around the title.
pub(super) struct Own<'p> {
    facts: &'p Facts,
    pub(super) title: &'p str,
    /// The index of the block with the title, or otherwise of the first top-level heading or the first paragraph of
    /// prose.
    pub(super) title_at: usize,
    /// The hints around the title. The whole article shares them, so they do not distinguish any part of the page.
    common: Hints,
    /// The works that contain the title, innermost first; empty if the title is not a first-level heading or is not in
    /// a work.
    works: Vec<usize>,
}

impl<'p> Own<'p> {
    pub(super) fn new(facts: &'p Facts, page: &Page, title: &'p str) -> Self {
        let blocks = &page.blocks;
        let at = |test: &dyn Fn(&PageBlock) -> bool| blocks.iter().position(test);
        let title_at = at(&|b| b.level > 0 && b.text == title)
            .or_else(|| at(&|b| b.text == title))
            .or_else(|| at(&|b| b.level == 1))
            .or_else(|| at(&|b| is_prose(words(&b.text) as u32, b)))
            .unwrap_or(0);
        let around = |b: &PageBlock| page.containers[b.container as usize].all_hints;
        let common = blocks.get(title_at).map(around).unwrap_or_default();
        let heading = facts.headings.iter().find(|h| h.text == title);
        let works = heading.map(|h| enclosing(facts, h.work)).unwrap_or_default();
        Self { facts, title, title_at, common, works }
    }

    fn has_hint(&self, hints: Hints, any: &[usize]) -> bool {
        any.iter().any(|h| hints.has(*h) && !self.common.has(*h))
    }

    /// Returns whether the hints mark a part of the page that never describes the article.
    pub(super) fn is_elsewhere(&self, hints: Hints) -> bool {
        self.has_hint(hints, &ELSEWHERE)
    }

    /// Returns whether the hints mark a part of the page that describes the article only near its title.
    pub(super) fn is_beside(&self, hints: Hints) -> bool {
        self.has_hint(hints, &BESIDE)
    }

    /// Returns whether the hints mark an aside.
    pub(super) fn is_aside(&self, hints: Hints) -> bool {
        self.has_hint(hints, &[hint::ASIDE])
    }

    /// Returns whether the hints mark the frame of the page or a list of articles, and those around the title do not.
    pub(super) fn is_in_frame(&self, hints: Hints) -> bool {
        self.has_hint(hints, &FRAME)
    }

    /// Returns whether the hints mark the masthead of the site, which may show today's date. The title must be in an
    /// element that is marked as the article or as the main part of the page, and the hints must mark neither. Then the
    /// hints mark the masthead if they include a header or navigation, or if the title is in the main part.
    pub(super) fn is_masthead(&self, hints: Hints) -> bool {
        let has = |hints: Hints, any: &[usize]| any.iter().any(|h| hints.has(*h));
        let is_outside = has(self.common, &INSIDE) && !has(hints, &INSIDE);
        is_outside && (has(hints, &MASTHEAD) || self.common.has(hint::MAIN))
    }

    /// Returns whether a date or name at this position describes the article of the page.
    pub(super) fn has(&self, spot: &Spot) -> bool {
        !self.is_elsewhere(spot.around)
            && !self.is_foreign_work(spot.work)
            && !self.is_foreign_card(spot)
    }

    fn is_foreign_work(&self, work: usize) -> bool {
        let around = enclosing(self.facts, work);
        let is_apart = work > 0
            && !self.works.is_empty()
            && !around.contains(&self.works[0])
            && !self.works.contains(&work);
        let mut is_named = false;
        for work in around.iter().filter(|work| !self.works.contains(work)) {
            let work = &self.facts.works[*work];
            let agrees =
                work.headline.as_deref().map(|headline| title::agree(headline, self.title));
            if work.is_comment || agrees == Some(false) {
                return true;
            }
            is_named |= agrees == Some(true);
        }
        is_apart && !is_named
    }

    fn is_foreign_card(&self, spot: &Spot) -> bool {
        !spot.card.is_empty() && !spot.card.iter().any(|heading| title::agree(heading, self.title))
    }
}

/// Returns a work and those that enclose it, innermost first, without the page itself.
fn enclosing(facts: &Facts, mut work: usize) -> Vec<usize> {
    let mut around = Vec::new();
    while work > 0 {
        around.push(work);
        work = facts.works[work].parent;
    }
    around
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, page};

    const TITLE: &str = "The dam holds after the flood";

    /// Returns the date and the author of a page with `before` above its article and `after` below its paragraphs.
    fn date_and_author(before: &str, after: &str) -> (Option<String>, Option<String>) {
        let html = format!(
            "<html lang=en><head><title>{TITLE} | The Lenn Post</title></head><body><main>{before}<article><h1>{TITLE}</h1>\
             <p>By Jo Roe</p><p>3 May 2024</p>{}{after}</article></main></body></html>",
            "<p>The old dam above the valley held through a second night of rain, engineers said.</p>".repeat(4)
        );
        let article = page::page("p", &html, &Options::default()).articles.remove(0);
        (article.published.map(|p| p.to_string()), article.byline)
    }

    #[test]
    fn other_works_in_the_page_date_and_sign_nothing() {
        let own = (Some("2024-05-03".to_owned()), Some("Jo Roe".to_owned()));
        let cards = [
            "<div class=row><h3><a href=/x>Mayor opens the new baths</a></h3><span class=author>Ann Lund</span>\
             <time class=published datetime=2024-01-02>2 Jan</time></div>",
            "<article><a href=/x><h4>Mayor opens the new baths</h4></a><time itemprop=datePublished datetime=2024-01-02>2 Jan\
             </time><a rel=author href=/a>Ann Lund</a></article>",
            "<div itemscope itemtype=https://schema.org/BlogPosting><b itemprop=headline>Mayor opens the new baths</b>\
             <meta itemprop=datePublished content=2024-01-02><span itemprop=author>Ann Lund</span></div>",
            "<aside class=related><div itemscope itemtype=https://schema.org/NewsArticle>\
             <meta itemprop=datePublished content=2024-01-02></div></aside>",
        ];
        for card in cards {
            assert_eq!(date_and_author(card, ""), own, "{card}");
            assert_eq!(date_and_author("", card), own, "{card}");
        }
        for after in [
            "<div itemprop=comment itemscope><span itemprop=author>Bill Ness</span><meta itemprop=datePublished content=2024-05-04>\
             <p>Well done.</p></div>",
            "<div itemscope itemtype=http://schema.org/UserComments><span itemprop=author>Bill Ness</span>\
             <time itemprop=datePublished datetime=2024-05-04>4 May</time></div>",
            "<ul><li><a href=/x>Mayor opens the new baths</a> <span class=author>Ann Lund</span></li></ul>",
        ] {
            assert_eq!(date_and_author("", after), own, "{after}");
        }
    }

    #[test]
    fn the_card_of_the_page_itself_counts() {
        let html = format!(
            "<html lang=en><head><title>{TITLE}</title></head><body><article class=hentry><h2><a href=/own>{TITLE}</a></h2>\
             <span class=author>Jo Roe</span> <time class=published datetime=2024-05-03>3 May</time>{}</article></body></html>",
            "<p>The old dam above the valley held through a second night of rain, engineers said.</p>".repeat(4)
        );
        let article = page::page("p", &html, &Options::default()).articles.remove(0);
        assert_eq!(article.byline.as_deref(), Some("Jo Roe"));
        assert_eq!(article.published.map(|p| p.to_string()).as_deref(), Some("2024-05-03"));
    }
}
