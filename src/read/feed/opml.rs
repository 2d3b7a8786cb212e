//! Lists of feeds, as feed readers export them (OPML 1 and 2).

use super::xml::{Event, Events, attribute};
use crate::read::charset;

/// A feed in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedRef {
    /// Its address.
    pub url: String,
    /// The name that the list gives it.
    pub title: Option<String>,
    /// The address of the site that it belongs to.
    pub site: Option<String>,
    /// The names of the folders that contain it, outermost first.
    pub folders: Vec<String>,
}

/// Returns the feeds in a list, in order.
pub fn opml(bytes: &[u8]) -> Vec<FeedRef> {
    let decoded = charset::decode(bytes, None);
    let mut feeds = Vec::new();
    // The names of the open outlines. A feed that is not an empty element is on the stack too, as `None`, because it
    // has an end tag but is not a folder.
    let mut open: Vec<Option<String>> = Vec::new();
    for (event, _) in Events::new(&decoded.text) {
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

/// Writes feeds as an OPML 2 list, which other feed readers can import; consecutive feeds share the outlines of their
/// common folders.
pub fn to_opml(title: &str, feeds: &[FeedRef]) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
        escaped(title)
    );
    let mut open: &[String] = &[];
    for feed in feeds {
        let shared = open.iter().zip(&feed.folders).take_while(|(a, b)| a == b).count();
        text.push_str(&"</outline>\n".repeat(open.len() - shared));
        for folder in feed.folders.iter().skip(shared) {
            text.push_str(&format!("<outline text=\"{}\">\n", escaped(folder)));
        }
        open = &feed.folders;
        let name = escaped(feed.title.as_deref().unwrap_or(&feed.url));
        let (url, site) = (escaped(&feed.url), feed.site.as_deref().map(escaped));
        let site = site.map(|site| format!(" htmlUrl=\"{site}\"")).unwrap_or_default();
        text.push_str(&format!("<outline type=\"rss\" text=\"{name}\" xmlUrl=\"{url}\"{site}/>\n"));
    }
    text.push_str(&"</outline>\n".repeat(open.len()));
    text.push_str("</body>\n</opml>\n");
    text
}

/// Escapes text for an attribute value; control characters and characters that XML does not allow are left out.
fn escaped(text: &str) -> String {
    let text: String =
        text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    html_escape::encode_double_quoted_attribute(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{FeedRef, opml, to_opml};

    #[test]
    fn what_is_written_is_read_again() {
        let feed = |url: &str, folders: &[&str]| FeedRef {
            url: url.to_owned(),
            title: Some(format!("A & \"B\" <{url}>")),
            site: (url.len() == 1).then(|| "https://s.example/?a=1&b='2'".to_owned()),
            folders: folders.iter().map(|f| (*f).to_owned()).collect(),
        };
        let feeds = [
            feed("a", &[]),
            feed("b", &["News", "North"]),
            feed("cc", &["News", "North"]),
            feed("d", &["News"]),
            feed("e", &["Sport & more"]),
            feed("f", &[]),
        ];
        assert_eq!(opml(to_opml("My\u{1} feeds", &feeds).as_bytes()), feeds);
        assert_eq!(opml(to_opml("", &[]).as_bytes()), []);
    }

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
