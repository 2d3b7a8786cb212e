//! Lists of feeds, as feed readers export them (OPML 1 and 2).

use super::xml::{Event, Events, attribute};
use crate::read::charset;

/// A feed that a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedRef {
    /// The address of the feed.
    pub url: String,
    /// The name that the list gives it.
    pub title: Option<String>,
    /// The page of the site.
    pub site: Option<String>,
    /// The folders that it lies in, outermost first.
    pub folders: Vec<String>,
}

/// Returns the feeds of a list, in its order.
pub fn opml(bytes: &[u8]) -> Vec<FeedRef> {
    let decoded = charset::decode(bytes, None);
    let mut feeds = Vec::new();
    // The names of open outlines; a feed that is not an empty element opens one as well.
    let mut open: Vec<Option<String>> = Vec::new();
    for (event, _) in Events::of(&decoded.text) {
        match event {
            Event::Start { name, attributes, empty } if name == "outline" => {
                let title =
                    attribute(attributes, "title").or_else(|| attribute(attributes, "text"));
                let url = attribute(attributes, "xmlUrl").filter(|u| !u.is_empty());
                if !empty {
                    open.push(title.clone().filter(|_| url.is_none()));
                }
                if let Some(url) = url {
                    let site = attribute(attributes, "htmlUrl");
                    let within = &open[..open.len() - usize::from(!empty)];
                    let folders = within.iter().flatten().cloned().collect();
                    feeds.push(FeedRef { url, title, site, folders });
                }
            }
            Event::End { name } if name == "outline" => {
                open.pop();
            }
            _ => {}
        }
    }
    feeds
}

#[cfg(test)]
mod tests {
    use super::{FeedRef, opml};

    #[test]
    fn folders_and_faults() {
        let list = b"<opml><body><outline text='News'><outline type=rss text='A & B' xmlUrl='https://a.org/f?x=1&amp;y' htmlUrl='https://a.org'/>\
            <outline title='C' xmlUrl='https://c.org/f'></outline></outline><outline text='D' xmlUrl='https://d.org'/>";
        let feed = |url: &str, title: &str, site: Option<&str>, folders: &[&str]| FeedRef {
            url: url.to_owned(),
            title: Some(title.to_owned()),
            site: site.map(str::to_owned),
            folders: folders.iter().map(|f| (*f).to_owned()).collect(),
        };
        assert_eq!(
            opml(list),
            [
                feed("https://a.org/f?x=1&y", "A & B", Some("https://a.org"), &["News"]),
                feed("https://c.org/f", "C", None, &["News"]),
                feed("https://d.org", "D", None, &[]),
            ]
        );
    }
}
