//! The search: the index in the form of a script, and the script that searches it.

use serde_json::json;

use crate::briefing::StoryEntry;
use crate::printable;
use crate::render::site::collect::Speaker;
use crate::render::site::site_page::{n_witnesses, speaker_link, story_link};
use crate::render::site::{Issue, SiteFile, counted};
use crate::render::view::spoken;

/// The script that searches the index.
pub const SCRIPT: &str = include_str!("search.js");

/// The search form, hidden until the script shows it.
pub(super) const FORM: &str = "<form id=\"search\" role=\"search\" hidden>\n\
    <label for=\"query\">Search headlines, quotes and speakers</label>\n\
    <input id=\"query\" type=\"search\" autocomplete=\"off\">\n\
    <p id=\"found\" role=\"status\"></p>\n<ol id=\"results\"></ol>\n</form>\n";

/// The maximum number of characters indexed per quote.
const LONGEST: usize = 300;

/// Builds the index: the path, the text and a note for each headline, quote and speaker.
pub(super) fn index(issues: &[Issue], speakers: &[Speaker<'_>]) -> SiteFile {
    let mut entries = Vec::new();
    for speaker in speakers {
        let note = format!("speaker, {}", counted(speaker.quotes.len(), "quote", "quotes"));
        entries.push(json!([speaker_link(&speaker.key), speaker.name, note]));
    }
    for issue in issues {
        let day = issue.briefing.generated.day().strftime("%-d %B %Y");
        for story in &issue.briefing.stories {
            let link = story_link(&story.id);
            let note = format!("{}, {day}", outlets(story));
            entries.push(json!([link, story.headline.text, note]));
            for quote in &story.quotes {
                let parts: Vec<String> =
                    quote.excerpts.iter().map(|part| spoken(&part.text)).collect();
                let text: String = parts.join(" … ").chars().take(LONGEST).collect();
                let name = quote.speaker.as_ref().map_or("unattributed", |s| &*s.name);
                entries.push(json!([link, format!("“{text}”"), format!("{name}, {day}")]));
            }
        }
    }
    let list = serde_json::to_string(&entries).unwrap_or_else(|_| "[]".to_owned());
    // The index is a script, so no text in it may look like markup.
    let list = printable::in_json(list).replace('<', "\\u003c");
    let text = format!("\"use strict\";\nwindow.searchIndex = {list};\n");
    SiteFile { path: "search-index.js".to_owned(), text }
}

/// Returns the names of the outlets if there are at most three, otherwise the number that [`n_witnesses`] returns.
fn outlets(story: &StoryEntry) -> String {
    const NAMED: usize = 3;
    match &story.outlets[..] {
        [] => "no outlet".to_owned(),
        names if names.len() <= NAMED => names.join(", "),
        _ => counted(n_witnesses(story), "outlet", "outlets"),
    }
}
