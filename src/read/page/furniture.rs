//! Removes blocks without the help of the classifier: captions, the title in the text, and lines whose words or
//! position mark them as page furniture.
//!
//! | cut | evidence |
//! |---|---|
//! | caption | the element |
//! | title | the words of the title |
//! | controls, offers, labels of advertisements | the boilerplate lexicon, in short lines that are not sentences |
//! | picture credits | a short line that begins or ends like a credit |
//! | links to other articles | paragraphs that are one link, or a label and a link, if there are few of them on the page |
//! | relative times | a line that contains only a time such as "2 hours ago" |
//! | times of the entries in a live blog | a line that contains only a time of day |
//! | consent dialogs | the tag, role, class or id, if most of the prose is elsewhere |
//! | tables of contents | a list whose items are headings of the page |
//! | headings below the last paragraph | the tag |
//! | references | a list that is marked as such, or below a heading such as "References" |
//! | author and date | a separate line above the second paragraph, or below the last |
//! | the author's biography | one of the last paragraphs, if it begins with the author's name |
//! | second copies | a paragraph that has already been kept |
//! | pull quotes | a quotation that is part of a paragraph |
//!
//! Known limit: the lexicon covers twelve languages; labels in other languages are left to the classifier.

use rustc_hash::FxHashSet;

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::hint;
use crate::article::BlockKind;
use crate::read::boilerplate::boilerplate;
use crate::read::date::{Hint, find, is_date_line};
use crate::read::{line_patterns, lines};

/// The maximum number of words in a line that is recognized as furniture by its words.
const SHORT: usize = 25;
/// The minimum number of words in a paragraph whose second copy is removed.
const COPIED: usize = 8;
/// The ratio of words of prose outside consent dialogs to those inside them above which the dialogs are removed. Below
/// it, the page may be about consent, so the dialogs are kept.
const OUTSIDE: u32 = 2;
/// The maximum number of bytes in a line that contains only the author or the date.
const SIGNATURE: usize = 120;
/// The maximum number of words in an item of a table of contents.
const ENTRY: usize = 14;

/// Returns, for each block, the reason to remove it regardless of the classifier, or `None`.
pub(super) fn cuts(page: &Page, title: &str) -> Vec<Option<&'static str>> {
    let title = squeezed(title);
    let consent = is_consent_apart(page);
    let mut cuts: Vec<_> = page
        .blocks
        .iter()
        .map(|block| {
            let is_consent = consent && is_in_consent(page, block);
            if is_consent { Some("chrome") } else { cut(block, &title) }
        })
        .collect();
    for i in contents(page).into_iter().chain(lone_links(page)).chain(references(page)) {
        cuts[i] = cuts[i].or(Some("chrome"));
    }
    cuts
}

/// Returns the indices of the paragraphs that consist of a link to another page: linked text that is not a sentence but
/// may be a short question, or a label and a link.
fn lone_links(page: &Page) -> Vec<usize> {
    let is_linked = |block: &PageBlock| {
        block.level == 0
            && block.kind == BlockKind::Paragraph
            && !block.in_table
            && (u64::from(block.linked) * 10 >= block.text.len() as u64 * 9
                && (!lines::ends_sentence(&block.text) || is_short_question(&block.text))
                || is_labelled_link(block))
            && !block.text.ends_with(':')
    };
    let prose = page.blocks.iter().filter(|b| is_prose(words(&b.text) as u32, b)).count();
    let found: Vec<usize> =
        (0..page.blocks.len()).filter(|i| is_linked(&page.blocks[*i])).collect();
    // If there are many such paragraphs, the article may be a list of links.
    if found.len() * 2 <= prose { found } else { Vec::new() }
}

/// Returns whether a text is a question as short as a title; a longer question may be part of the article.
fn is_short_question(text: &str) -> bool {
    const WORDS: usize = 10;
    text.ends_with('?') && words(text) <= WORDS
}

/// Returns whether a line consists of a label and a link to another page: "Lea aquí: El lago está lleno". Labels are
/// recognized by their punctuation, so this works in any language.
fn is_labelled_link(block: &PageBlock) -> bool {
    /// The maximum number of words in the label.
    const LABEL: usize = 5;
    /// The minimum number of words in the link.
    const LINK: usize = 4;
    let text = block.text.trim();
    let Some(at) = text.find([':', '»', '>', '→', '|']) else { return false };
    let label = text.get(..at).unwrap_or("");
    let link = text.get(at..).unwrap_or("").trim_start_matches([':', '»', '>', '→', '|', ' ']);
    block.links == 1
        && block.linked < text.len() as u32
        && (1..=LABEL).contains(&words(label))
        && !text.starts_with(['(', '['])
        && LINK <= words(link)
        && link.len() <= block.linked as usize + 2
        && !link.ends_with('.')
}

fn cut(block: &PageBlock, title: &str) -> Option<&'static str> {
    if block.kind == BlockKind::Caption {
        return Some("caption");
    }
    let may_be_title = !title.is_empty() && block.text.len() < title.len() * 4 + 64;
    if may_be_title && squeezed(&block.text) == title {
        return Some("title");
    }
    // The heading may contain a label beside the title.
    let label = |own: &str| {
        own.len().checked_sub(title.len()).is_some_and(|n| n <= LABEL)
            && (own.starts_with(title) || own.ends_with(title))
    };
    if may_be_title && block.level == 1 && label(&squeezed(&block.text)) {
        return Some("title");
    }
    if is_credit(block) {
        return Some("caption");
    }
    is_furniture(block).then_some("chrome")
}

/// The maximum number of bytes in a label beside the title: "Exclusive".
const LABEL: usize = 24;

/// The maximum number of words in a picture credit.
const CREDIT: usize = 12;

/// Returns whether a short paragraph is only a picture credit: `Photo: Ada Quill`, `(Ada Quill/Harbour Images)`.
fn is_credit(block: &PageBlock) -> bool {
    let text = block.text.trim();
    if block.is_code
        || block.in_table
        || block.level > 0
        || text.split_whitespace().nth(CREDIT).is_some()
    {
        return false;
    }
    let inside = text.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']']));
    let names_agency =
        inside.and_then(|inside| inside.split_once('/')).is_some_and(|(name, agency)| {
            [name, agency].iter().all(|part| line_patterns::is_names(part.trim()))
        });
    names_agency || !lines::ends_sentence(text) && line_patterns::is_credited(text)
}

/// Returns whether a line consists only of a relative time, in any supported language: "2 hours ago", "vor 3 Tagen".
fn is_relative_time(text: &str) -> bool {
    const WORDS: usize = 5;
    if text.split_whitespace().nth(WORDS).is_some() || !text.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let now = Hint { now: Some(jiff::Timestamp::UNIX_EPOCH), ..Hint::default() };
    is_date_line(text, &now) && !is_date_line(text, &Hint::default())
}

/// Returns whether a short block is furniture, judging by its words.
fn is_furniture(block: &PageBlock) -> bool {
    let text = &*block.text;
    if block.is_code || block.in_table || text.split_whitespace().nth(SHORT).is_some() {
        return false;
    }
    // A sentence may begin with any of these phrases ("In this article we cook rice."), but linked text is not a
    // sentence.
    let is_linked = block.linked as usize * 2 > text.len();
    let is_sentence = lines::ends_sentence(text) && 3 < words(text) && !is_linked;
    line_patterns::is_offer(text)
        || line_patterns::is_clock_time(text)
        || is_relative_time(text)
        || !is_sentence
            && (line_patterns::is_chrome(text)
                || are_glued_controls(text)
                || are_labels(text)
                || is_counted_label(text))
}

/// Returns whether a line consists of labels separated by dashes or bars: "ADVERTISEMENT - CONTINUE READING BELOW".
fn are_labels(text: &str) -> bool {
    let parted = text.replace(" – ", " - ").replace(" — ", " - ").replace(" | ", " - ");
    parted.contains(" - ") && parted.split(" - ").all(line_patterns::is_chrome)
}

/// Returns whether a line is a label with a number in brackets: "Comments (14)".
fn is_counted_label(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || "()[] ".contains(c));
    let count = text.get(bare.len()..).unwrap_or("");
    count.contains(|c: char| c.is_ascii_digit())
        && count.contains(['(', '['])
        && line_patterns::is_label(bare)
}

/// The maximum number of bytes in a row of controls.
const CONTROLS: usize = 60;

/// Returns whether a block consists of controls that only the style sheet separates: `ShareCopy link`.
fn are_glued_controls(text: &str) -> bool {
    if CONTROLS < text.len() {
        return false;
    }
    let mut parted = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if c.is_uppercase() && parted.ends_with(char::is_lowercase) {
            parted.push(' ');
        }
        parted.push(c);
    }
    text.len() < parted.len() && line_patterns::is_row_of_controls(&parted.to_lowercase())
}

fn is_in_consent(page: &Page, block: &PageBlock) -> bool {
    page.containers[block.container as usize].all_hints.has(hint::CONSENT)
}

/// Returns whether the prose outside the page's consent dialogs exceeds [`OUTSIDE`] times the prose inside them.
fn is_consent_apart(page: &Page) -> bool {
    let (mut inside, mut outside) = (0, 0);
    for block in &page.blocks {
        let n = words(&block.text) as u32;
        if is_prose(n, block) {
            *if is_in_consent(page, block) { &mut inside } else { &mut outside } += n;
        }
    }
    inside.saturating_mul(OUTSIDE) < outside
}

/// Returns the indices of the blocks in tables of contents: lists in which at least three quarters of the items are
/// headings of the page, along with the short line above each list.
fn contents(page: &Page) -> Vec<usize> {
    let headings = page.blocks.iter().filter(|b| b.level > 0 && b.kind != BlockKind::ListItem);
    let headings: FxHashSet<String> =
        headings.map(|b| squeezed(&b.text)).filter(|h| !h.is_empty()).collect();
    let is_entry = |block: &PageBlock| {
        let text = block.text.trim_start_matches(|c: char| c.is_numeric() || ". )".contains(c));
        block.kind == BlockKind::ListItem
            && block.text.split_whitespace().nth(ENTRY).is_none()
            && headings.contains(&squeezed(text))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < page.blocks.len() {
        let is_item = |b: &&PageBlock| b.kind == BlockKind::ListItem;
        let n = page.blocks[at..].iter().take_while(is_item).count();
        let entries = page.blocks[at..at + n].iter().filter(|b| is_entry(b)).count();
        if 0 < n && n <= entries * 4 / 3 {
            let above = at.checked_sub(1).filter(|above| {
                let block = &page.blocks[*above];
                words(&block.text) <= 4 && !lines::ends_sentence(&block.text)
            });
            found.extend(above);
            found.extend(at..at + n);
        }
        at += n.max(1);
    }
    found
}

/// Marks the headings below the last paragraph: what they head has been removed.
pub(super) fn cut_last_headings(page: &Page, verdicts: &mut [Option<&'static str>]) {
    while let Some(last) = verdicts.iter().rposition(Option::is_none)
        && page.blocks[last].level > 0
        && verdicts[..last].contains(&None)
    {
        verdicts[last] = Some("chrome");
    }
}

/// Returns the indices of the blocks in lists of references, along with the heading above each list. A list is one of
/// references if its element is marked as notes or if its heading says so ("References", "Weblinks").
fn references(page: &Page) -> Vec<usize> {
    let hints = |block: &PageBlock| page.containers[block.container as usize].all_hints;
    let is_item = |block: &PageBlock| block.kind == BlockKind::ListItem;
    let mut found = Vec::new();
    let mut at = 0;
    while at < page.blocks.len() {
        let block = &page.blocks[at];
        let n = page.blocks[at + 1..].iter().take_while(|b| is_item(b)).count();
        let is_marked = || page.blocks[at + 1..=at + n].iter().all(|b| hints(b).has(hint::NOTES));
        let is_list = block.level > 1 && 0 < n;
        if is_list
            && (boilerplate().heads_references(&block.text.to_lowercase())
                || !hints(block).has(hint::NOTES) && is_marked())
        {
            found.extend(at..=at + n);
        }
        at += 1 + if is_list { n } else { 0 };
    }
    found
}

/// Marks second copies of kept paragraphs, and the short lines that are repeated along with them.
///
/// Some pages contain an article twice, once for wide and once for narrow screens.
pub(super) fn cut_copies(page: &Page, cuts: &mut [Option<&'static str>]) {
    let mut seen = FxHashSet::default();
    let kept: Vec<usize> = (0..page.blocks.len()).filter(|i| cuts[*i].is_none()).collect();
    let is_copy: Vec<bool> =
        kept.iter().map(|i| !seen.insert(squeezed(&page.blocks[*i].text))).collect();
    let is_long = |n: usize| COPIED <= words(&page.blocks[kept[n]].text);
    let mut inside = false;
    for n in 0..kept.len() {
        let begins = is_copy[n]
            && (is_long(n) || inside || is_copy.get(n + 1) == Some(&true) && is_long(n + 1));
        inside = begins;
        if begins {
            cuts[kept[n]] = Some("repeated");
        }
    }
}

/// Marks pull quotes: quotations that are part of a kept paragraph.
pub(super) fn cut_pull_quotes(page: &Page, cuts: &mut [Option<&'static str>]) {
    /// The maximum number of quotations that are compared.
    const MOST: usize = 40;
    /// The number of words in a quotation that is compared.
    const WORDS: std::ops::RangeInclusive<usize> = 5..=60;
    let is_quotation = |i: &usize| {
        let block = &page.blocks[*i];
        cuts[*i].is_none()
            && block.kind == BlockKind::Blockquote
            && WORDS.contains(&words(&block.text))
    };
    let quotations: Vec<usize> = (0..cuts.len()).filter(is_quotation).take(MOST).collect();
    if quotations.is_empty() {
        return;
    }
    let others = (0..cuts.len()).filter(|i| cuts[*i].is_none() && !quotations.contains(i));
    let text: String = others.map(|i| squeezed(&page.blocks[i].text) + "\n").collect();
    for i in quotations {
        if memchr::memmem::find(text.as_bytes(), squeezed(&page.blocks[i].text).as_bytes())
            .is_some()
        {
            cuts[i] = Some("repeated");
        }
    }
}

/// Marks biographies of the author at the end of the article, which begin with the author's name.
pub(super) fn cut_biographies(
    page: &Page,
    byline: Option<&str>,
    cuts: &mut [Option<&'static str>],
) {
    /// The number of kept blocks at the end that are examined.
    const LAST: usize = 3;
    /// The maximum number of words in a biography.
    const WORDS: usize = 90;
    let names: Vec<&str> = byline
        .into_iter()
        .flat_map(|byline| byline.split([',', ';', '&']))
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .filter(|name| name.contains(' '))
        .collect();
    let kept: Vec<usize> = (0..cuts.len()).filter(|i| cuts[*i].is_none()).collect();
    let Some((_, rest)) = kept.split_first().filter(|_| !names.is_empty()) else { return };
    for i in rest.iter().rev().take(LAST) {
        let text = &page.blocks[*i].text;
        let is_about = |name: &&str| {
            let after = text.strip_prefix(*name);
            after.is_some_and(|after| after.starts_with([' ', ',']) && lines::ends_sentence(after))
        };
        if words(text) <= WORDS && names.iter().any(is_about) {
            cuts[*i] = Some("byline");
        }
    }
}

/// Marks the lines that contain only the author or the date, if they are above the second kept paragraph or below the
/// last one. These lines may follow the first paragraph, because it may be a standfirst.
pub(super) fn cut_signatures(page: &Page, byline: Option<&str>, cuts: &mut [Option<&'static str>]) {
    let is_paragraph = |i: &usize| {
        let block = &page.blocks[*i];
        cuts[*i].is_none() && is_prose(words(&block.text) as u32, block)
    };
    let mut paragraphs = (0..cuts.len()).filter(is_paragraph);
    let Some(first) = paragraphs.next() else { return };
    let start = paragraphs.next().unwrap_or(first);
    let last = (0..cuts.len()).rev().find(is_paragraph).unwrap_or(first);
    let byline = byline.map(squeezed);
    let is_row = |i: &usize| cuts[*i].is_none() && is_row_with_date(&page.blocks[*i]);
    // If there are more than two rows with dates, they are a schedule and are kept.
    let n_rows = (0..start).filter(is_row).count();
    for i in (0..start).chain(last + 1..cuts.len()) {
        let is_head = i < start && n_rows <= 2;
        let text = &*page.blocks[i].text;
        if cuts[i].is_some() || SIGNATURE < text.len() {
            continue;
        }
        let is_byline = || {
            let own = squeezed(text);
            let is_last =
                |name: &String| own.ends_with(name.as_str()) && own.len() <= name.len() + 4;
            line_patterns::byline(text).is_some() || byline.as_ref().is_some_and(is_last)
        };
        if line_patterns::is_date_line(text) || is_head && is_row_with_date(&page.blocks[i]) {
            cuts[i] = Some("date");
        } else if is_byline() {
            cuts[i] = Some("byline");
        }
    }
}

/// Returns whether a short line has a complete date near its start and is not a sentence: "16. Mai 2019 Ada Lorne".
fn is_row_with_date(block: &PageBlock) -> bool {
    const WORDS: usize = 12;
    const BEFORE: usize = 4;
    let is_near_start = || {
        let before = find(&block.text, &Hint::default()).map(|(span, _)| span.start());
        before.and_then(|end| block.text.get(..end)).is_some_and(|text| words(text) <= BEFORE)
    };
    block.level == 0
        && block.text.split_whitespace().nth(WORDS).is_none()
        && !lines::ends_sentence(&block.text)
        && !block.text.ends_with(':')
        && is_near_start()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, page};

    const STORY: [&str; 6] = [
        "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard, the coast guard said.",
        "A tug from Norvia pulled the ship free at high tide in the evening, and divers looked at the hull of the ship.",
        "The owners of the line expect the ship to be back in service within a week, once the propeller has been replaced.",
        "“Nobody was hurt, and the ship will sail again within a week,” said Captain Ada Brill of the coast guard of Norvia.",
        "The rescue took four hours in all, and the harbour of the town was closed to all other ships until midnight.",
        "An inquiry will begin on Thursday, the ministry of transport of the country said in a statement in the morning.",
    ];

    /// Returns the text of a page that has `line` after the third paragraph of its story, and `last` at the end.
    fn text_of_page(line: &str, last: &str) -> String {
        let paragraphs = |part: &[&str]| format!("<p>{}</p>", part.join("</p><p>"));
        let html = format!(
            "<html><head><title>Ferry runs aground</title><meta name=author content='Jo Roe'></head><body>\
             <nav><a href=/>Home</a></nav><article><h1>Ferry runs aground</h1>{}{line}{}{last}</article></body></html>",
            paragraphs(&STORY[..3]),
            paragraphs(&STORY[3..])
        );
        page::page("p", &html, &Options::default()).articles.remove(0).text
    }

    #[test]
    fn lists_of_references_are_cut() {
        let story = STORY.join("\n\n");
        let items = "<li>Holt, A. (1999). Waters of the North. Fennel Press.</li><li>Strang, W. (1934). The Dam.</li>";
        for heading in
            ["References", "Einzelnachweise", "Notes et références", "Enlaces externos", "脚注"]
        {
            let last = format!("<h2>{heading}</h2><ol>{items}</ol>");
            assert_eq!(text_of_page("", &last), story, "{heading}");
        }
        let last = format!("<h2>Note</h2><ol class=references>{items}</ol>");
        assert_eq!(text_of_page("", &last), story);
        let last = "<h2>What to do</h2><ol><li>Close all windows on the side of the harbour.</li><li>Stay at home.</li></ol>";
        assert!(text_of_page("", last).contains("Close all windows"));
    }

    #[test]
    fn furniture_between_the_paragraphs_is_cut() {
        let story = STORY.join("\n\n");
        for line in [
            "<p>2 hours ago</p>",
            "<p>vor 3 Tagen</p>",
            "<p>Photo: Ada Quill</p>",
            "<p>Foto: Ada Quill</p>",
            "<p>(Jo Roe/Getty Images)</p>",
            "<p>(Ada Quill/Harbour Press)</p>",
            "<p>ADVERTISEMENT - CONTINUE READING BELOW</p>",
            "<p>Advertisement – Story continues below</p>",
            "<p>Sign up for our daily newsletter and never miss a story.</p>",
            "<p>You have 2 free articles left this month.</p>",
            "<p>We use cookies to improve your experience.</p>",
            "<p>Click to tweet</p>",
            "<p>Comments (14)</p>",
            "<p>Kommentare [3]</p>",
            "<p><a href=/x>Storm warning issued for the whole of the northern coast</a></p>",
            "<p>広告</p>",
            "<p>続きを読む</p>",
            "<p>Annons</p>",
            "<p>Läs också: Stormvarning för kusten</p>",
            "<blockquote>Nobody was hurt, and the ship will sail again within a week</blockquote>",
        ] {
            assert_eq!(text_of_page(line, ""), story, "{line}");
        }
        let bio = "<p>Jo Roe is a reporter who covers the sea and the coast for The Gazette. She lives in Port Anselm.</p>";
        assert_eq!(text_of_page("", bio), story);
    }

    /// These sentences contain the words of furniture, but they belong to the story.
    #[test]
    fn sentences_of_the_story_stay() {
        for line in [
            "Two hours ago the harbour was closed.",
            "The photo: a ferry on a sandbank, taken by a passenger at dawn.",
            "The advertisement, which continues to run, shows the ferry.",
            "“We use cookies to improve your experience,” the site of the line says.",
            "The line had 14 comments (of 20) in favour of the new ship.",
            "Jo Brandvik, the mate, was on the bridge when the ship ran aground.",
            "It was the second accident in 14 months.",
            "“Annons” is the Swedish word for an advertisement, the court heard.",
        ] {
            assert!(text_of_page(&format!("<p>{line}</p>"), "").contains(line), "{line}");
        }
        let linked = "<p><a href=/x>The coast guard said on Tuesday that the ship is sound and can sail.</a></p>";
        assert!(text_of_page(linked, "").contains("the ship is sound"));
        let other = "Jo Brandvik is the mate of the ship and was on the bridge when it ran aground off the town.";
        assert!(text_of_page("", &format!("<p>{other}</p>")).contains(other));
        let quote = "<blockquote>The ship was too fast for these waters, as all of us on board could see.</blockquote>";
        assert!(text_of_page(quote, "").contains("too fast for these waters"));
    }
}
