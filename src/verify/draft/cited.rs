//! The articles that a draft cites: by link, footnote or number, by title, or by outlet.

use std::collections::BTreeSet;

use crate::article::ArticleIx;
use crate::identity::outlet::Outlets;
use crate::span::{Span, slice};
use crate::text::quotemarks;
use crate::verify::draft::read::{Draft, Link};
use crate::verify::draft::sources::Sources;

/// The minimum number of characters in a title for a reference to be recognized by it.
const LEAST_TITLE: usize = 12;
/// The minimum length, in bytes, of the name of an outlet that is looked for in running text.
const LEAST_OUTLET: usize = 4;

/// The maximum number of words in the name of an outlet that is looked for in running text.
const MOST_OUTLET_WORDS: usize = 6;

/// The number of characters from which a line that begins with a dash is too long to be an attribution line.
const LONGEST_ATTRIBUTION: usize = 400;

/// The maximum number of bytes in a bracketed remark that names an outlet: "(only Selm Echo)", "(via The Selm Echo)".
const LONGEST_REMARK: usize = 80;
/// The maximum number of words before the name of the outlet in a bracketed remark.
const MOST_REMARK: usize = 1;
/// The maximum number of words in the label of a list of outlets: "Also reported by: Selm Echo, Dell Post".
const MOST_LABEL: usize = 5;

/// The maximum number of words in a reference besides the title, such as outlet, author and date.
const MOST_REFERENCE: usize = 12;
/// The maximum number of words in a block that is assumed to be a date or other metadata, whatever the words are.
const MOST_DATE: usize = 4;

/// Resolves the citations of a draft.
pub(super) struct Citations<'a> {
    pub(super) read: &'a Draft,
    pub(super) sources: &'a Sources<'a>,
}

impl Citations<'_> {
    /// Returns the articles to which a link or footnote mark leads; none if it leads elsewhere.
    pub(super) fn of_link(&self, link: &Link) -> Vec<ArticleIx> {
        let target = &link.target;
        let mut notes = self.read.notes.iter().filter(|(label, _)| label == target);
        let note = notes.next().map(|(_, text)| text.as_str());
        let articles = self.sources.collection.articles.iter().enumerate();
        let is_meant = |url: &str| match note {
            Some(text) => text.split_whitespace().any(|word| same_address(word, url)),
            None => same_address(target, url),
        };
        let by_url = articles.filter(|(_, a)| a.url.as_deref().is_some_and(is_meant));
        let by_url: Vec<ArticleIx> = by_url.map(|(i, _)| i).collect();
        match note {
            Some(text) if by_url.is_empty() => self.of_reference(text),
            _ => by_url,
        }
    }

    /// Returns the articles to which a reference without a URL refers: by title or, if it contains no title of an
    /// article, by outlet.
    fn of_reference(&self, text: &str) -> Vec<ArticleIx> {
        let folded = text.to_lowercase();
        let articles = self.sources.collection.articles.iter().enumerate();
        let titled = articles.filter(|(_, a)| {
            LEAST_TITLE <= a.title.chars().count() && folded.contains(&a.title.to_lowercase())
        });
        let titled: Vec<ArticleIx> = titled.map(|(i, _)| i).collect();
        if titled.is_empty() { self.of_outlet_in(text) } else { titled }
    }

    /// Returns the articles of the outlet named by a text; none if it names no outlet or several.
    pub(super) fn of_outlet_in(&self, text: &str) -> Vec<ArticleIx> {
        let named = outlet_keys(text, &self.sources.outlets);
        let keys = self.sources.outlet_keys.iter().enumerate();
        let found: Vec<(ArticleIx, &String)> = keys
            .filter_map(|(article, key)| {
                Some((article, key.as_ref().filter(|k| named.contains(*k))?))
            })
            .collect();
        let is_one = found.windows(2).all(|pair| pair[0].1 == pair[1].1);
        if is_one { found.into_iter().map(|(article, _)| article).collect() } else { Vec::new() }
    }

    /// Returns whether a name is that of an outlet, or the title of an article or its beginning.
    pub(super) fn is_a_source(&self, name: &str) -> bool {
        !self.of_name(name).is_empty()
    }

    /// Returns the articles that a name refers to: by their outlet, their title, or the beginning of their title.
    pub(super) fn of_name(&self, name: &str) -> Vec<ArticleIx> {
        let folded = fold_title(name);
        let key = self.sources.outlets.key(name);
        let is_meant = |article: &ArticleIx| {
            let title = &self.sources.titles[*article].folded;
            let is_title = !title.is_empty()
                && (folded == *title || title.starts_with(&folded) && folded.len() >= LEAST_TITLE);
            is_title || key.is_some() && key == self.sources.outlet_keys[*article]
        };
        let articles = 0..if folded.is_empty() { 0 } else { self.sources.titles.len() };
        articles.filter(is_meant).collect()
    }

    /// Returns the articles cited around a quotation: by the marks after it in its sentence; if there are none, by any
    /// links of the block and of the attribution line below it; and if these lead to no article, by the only outlet
    /// that is named as the source.
    pub(super) fn around(&self, block: usize, quotation: Span, sentence: Span) -> Vec<ArticleIx> {
        let blocks = block..=block + usize::from(self.is_attribution(block + 1));
        let links: Vec<&Link> =
            blocks.clone().flat_map(|b| self.read.links.get(b).into_iter().flatten()).collect();
        let own = |l: &&&Link| l.is_mark && l.at >= quotation.end() && l.at <= sentence.end() + 1;
        let marks: Vec<&&Link> = links.iter().filter(own).collect();
        let mut claimed: Vec<ArticleIx> = marks.iter().flat_map(|l| self.of_link(l)).collect();
        // If the quotation has marks, but they lead to none of the sources, it cites something else, and no other
        // evidence is used.
        if marks.is_empty() {
            claimed = links.iter().flat_map(|l| self.of_link(l)).collect();
        }
        if claimed.is_empty() && marks.is_empty() {
            let text = &self.read.article.text;
            let before =
                Span::new(sentence.start().min(quotation.start()), quotation.start()).slice(text);
            let mut after: String =
                Span::new(quotation.end(), sentence.end()).slice(text).to_owned();
            // `“….” — Ana Quill, mayor · Selm Echo`: the attribution after the dash is not part of the sentence.
            let rest = slice(text, quotation.end(), self.read.article.blocks[block].span.end());
            let rest =
                rest.trim_start_matches(|c: char| c.is_whitespace() || quotemarks::may_close(c));
            if rest.starts_with(['—', '–', '―']) {
                after = rest.chars().take(LONGEST_ATTRIBUTION).take_while(|c| *c != '\n').collect();
            }
            if self.is_attribution(block + 1) {
                after.push_str(self.read.article.blocks[block + 1].span.slice(text));
            }
            claimed = self.named_as_source(before, &after);
        }
        claimed.sort_unstable();
        claimed.dedup();
        claimed
    }

    /// Returns the articles of the outlet that is named after a bracket, dash or middle dot following a quotation, or
    /// that is the label before it.
    fn named_as_source(&self, before: &str, after: &str) -> Vec<ArticleIx> {
        let opening = |c: char| matches!(c, '(' | '[' | '—' | '–' | '·');
        let marked = after.find(opening).map_or("", |at| after.get(at..).unwrap_or(""));
        let found = self.of_outlet_in(marked);
        if !found.is_empty() {
            return found;
        }
        // "The Harbour Gazette: …"
        let label = before.trim_end().trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':');
        match label.strip_suffix(':') {
            Some(label) => {
                let found = self.of_outlet_in(label);
                let is_whole = found.first().is_some_and(|&a| {
                    let outlet = self.sources.collection.articles[a].outlet();
                    outlet.is_some_and(|outlet| self.sources.outlets.are_one(outlet, label))
                });
                if is_whole { found } else { Vec::new() }
            }
            None => Vec::new(),
        }
    }

    /// Returns whether a block makes no claims: an entry in a list of sources, a list of outlets, a line of metadata
    /// such as "Tuesday, 3 May · 2 stories", or a block of at most [`MOST_DATE`] words such as "3 May 2031".
    pub(super) fn is_reference(&self, block: Span) -> bool {
        let text = block.slice(&self.read.article.text);
        let n_words = text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
        let is_sentence = text.trim_end().ends_with(['.', '!', '?']);
        let is_data = text.contains(['·', '|']) && !is_sentence;
        if n_words <= MOST_DATE || is_data || (!is_sentence && self.is_list_of_outlets(block)) {
            return true;
        }
        let folded_text = fold_title(text);
        self.sources.titles.iter().any(|title| {
            let rest = n_words.saturating_sub(title.words);
            LEAST_TITLE <= title.folded.len()
                && rest <= MOST_REFERENCE
                && folded_text.contains(&title.folded)
                && (!is_sentence || is_set_off(text, &title.folded))
        })
    }

    /// Returns whether a block consists of a short label, a colon, and names of outlets.
    fn is_list_of_outlets(&self, block: Span) -> bool {
        let text = block.slice(&self.read.article.text);
        let Some((label, list)) = text.split_once(':') else { return false };
        label.split_whitespace().count() <= MOST_LABEL
            && list.split([',', ';']).all(|name| self.is_outlet(name.trim().trim_end_matches('.')))
    }

    /// Returns whether a text is exactly the name of an outlet that published one of the sources.
    fn is_outlet(&self, text: &str) -> bool {
        let key = self.sources.outlets.key(text);
        key.is_some_and(|key| self.sources.has_outlet(&key))
    }

    /// Returns the bracketed names of outlets in a range of the draft: "(only Selm Echo)". They name the source of the
    /// sentence and are not part of it.
    pub(super) fn remarks(&self, stretch: Span) -> Vec<Span> {
        let text = &self.read.article.text;
        let mut found = Vec::new();
        let mut at = stretch.start();
        while let Some(open) = slice(text, at, stretch.end()).find(['(', '[']) {
            let start = at + open + 1;
            let rest = slice(text, start, stretch.end());
            at = start;
            let Some(end) = closing_bracket(rest).filter(|end| *end <= LONGEST_REMARK) else {
                continue;
            };
            let inside = slice(rest, 0, end);
            let words: Vec<&str> = inside.split_whitespace().collect();
            let is_remark = (0..=MOST_REMARK.min(words.len()))
                .any(|n| self.is_outlet(&words.get(n..).unwrap_or_default().join(" ")));
            if is_remark {
                found.push(Span::new(start - 1, start + end + 1));
                at = start + end;
            }
        }
        found
    }

    /// Returns whether a block has the form of an attribution line below a quotation: a short line that begins with a
    /// dash.
    pub(super) fn is_attribution(&self, block: usize) -> bool {
        let Some(block) = self.read.article.blocks.get(block) else { return false };
        let text = block.span.slice(&self.read.article.text);
        text.starts_with(['—', '–', '―', '-'])
            && text.chars().take(LONGEST_ATTRIBUTION).count() < LONGEST_ATTRIBUTION
    }
}

/// Returns the position of the bracket that closes a remark; the remark may contain other brackets: "CNN (Web News))".
fn closing_bracket(rest: &str) -> Option<usize> {
    let mut depth = 0;
    rest.char_indices().take(LONGEST_REMARK + 1).find_map(|(at, c)| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => return Some(at),
            ')' | ']' => depth -= 1,
            _ => {}
        }
        None
    })
}

/// Returns whether two URLs lead to the same page, ignoring scheme, `www.`, fragment, surrounding punctuation and a
/// trailing slash.
fn same_address(a: &str, b: &str) -> bool {
    fn bare(url: &str) -> &str {
        let url = url.split('#').next().unwrap_or("");
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        let url = url.strip_prefix("www.").unwrap_or(url);
        url.trim_matches(['<', '>', '(', ')', ',', '.', ';', '[', ']']).trim_end_matches('/')
    }
    !bare(a).is_empty() && bare(a) == bare(b)
}

/// Returns the comparison keys of the outlets that a text may name: one for each run of up to [`MOST_OUTLET_WORDS`]
/// words that begins with a capital or a host name.
fn outlet_keys(text: &str, outlets: &Outlets) -> BTreeSet<String> {
    let is_edge = |c: char| !c.is_alphanumeric();
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(is_edge)).collect();
    let begins = |word: &str| word.starts_with(char::is_uppercase) || word.contains('.');
    let starts = (0..words.len()).filter(|&at| begins(words[at]));
    let runs = starts.flat_map(|at| {
        let most = words.len().min(at + MOST_OUTLET_WORDS);
        (at + 1..=most).map(|end| words[at..end].join(" ")).collect::<Vec<_>>()
    });
    let long = runs.filter(|run| run.len() >= LEAST_OUTLET);
    long.filter_map(|run| outlets.key(&run)).collect()
}

/// Grammatical articles (`the`, `der`) with which a title may begin while a mention of it does not, or vice versa.
const ARTICLES: &[&str] = &["the", "der", "die", "das", "le", "la", "el", "il"];

/// Returns a title in lower case, without its leading article, spaces and punctuation.
pub(super) fn fold_title(title: &str) -> String {
    let lower = title.to_lowercase();
    let bare = lower
        .split_once(' ')
        .filter(|(first, _)| ARTICLES.contains(first))
        .map_or(lower.as_str(), |(_, rest)| rest);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns whether punctuation or the ends of the text delimit a folded title: they do in "Ferry returns, Selm Echo.";
/// in "The ferry returns in May." the words of the title are part of a claim.
fn is_set_off(text: &str, title: &str) -> bool {
    let mut folded = String::new();
    let mut edges = BTreeSet::from([0]);
    for word in text.to_lowercase().split_whitespace() {
        let start = folded.len();
        for c in word.chars() {
            if c.is_alphanumeric() {
                folded.push(c);
            } else if !matches!(c, '\'' | '’' | '-') {
                edges.insert(folded.len());
            }
        }
        // "1 Ferry returns" and "The Ferry returns": ignore a number or an article before the title.
        let bare = folded.get(start..).unwrap_or_default();
        let is_beside = ARTICLES.contains(&bare) || bare.chars().all(char::is_numeric);
        if is_beside && edges.contains(&start) {
            edges.insert(folded.len());
        }
    }
    edges.insert(folded.len());
    folded
        .match_indices(title)
        .any(|(at, found)| edges.contains(&at) && edges.contains(&(at + found.len())))
}

#[cfg(test)]
mod tests {
    use super::{fold_title, is_set_off, outlet_keys};
    use crate::identity::outlet::Outlets;

    #[test]
    fn outlets_are_known_by_any_of_their_names() {
        let outlets = Outlets::default();
        for text in
            ["— *The Selm Echo*, 3 May", "(Selm Echo)", "[selmecho.example]", "Selm Echo Online:"]
        {
            let found = outlet_keys(text, &outlets);
            assert!(outlets.key("Selm Echo").is_some_and(|key| found.contains(&key)), "{text}");
        }
        assert!(!outlet_keys("the Echo of Selm", &outlets).contains("selmecho"));
    }

    #[test]
    fn a_claim_in_the_words_of_a_title_is_no_reference() {
        for (title, reference) in [
            ("Ferry returns", "Ferry returns, Selm Echo, 3 May 2031."),
            ("The ferry returns", "3. Ferry returns (Selm Echo)."),
            ("Ferry returns", "Selm Echo: “The Ferry Returns”."),
            ("Die Fähre fährt wieder", "1 Die Fähre fährt wieder – Selmer Bote, 3. Mai."),
            ("Selm's well-known pier, rebuilt", "See: Selm’s well-known pier, rebuilt; Echo."),
        ] {
            assert!(is_set_off(reference, &fold_title(title)), "{reference}");
        }
        for (title, claim) in [
            ("Ferry returns", "The ferry returns in May."),
            ("Ferry returns", "On Monday the ferry returns."),
            ("Fähre fährt wieder", "Die Fähre fährt wieder ab Mai."),
            ("Le bac reprend", "Le bac reprend son service en mai !"),
            ("Mayor resigns", "After the vote, the mayor resigns at noon."),
        ] {
            assert!(!is_set_off(claim, &fold_title(title)), "{claim}");
        }
    }
}
