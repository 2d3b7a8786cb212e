//! News sitemaps, in which sites list their newest articles for search engines.
//!
//! The format is that of sitemaps.org with Google's news extension: each `<url>` contains the address of an article
//! and, in `<news:news>`, its title, time and outlet, but not its text.
//!
//! Known limit: a sitemap without that extension lists pages of any age and kind, so its entries are ignored.

use super::Feed;
use super::entry::Entry;
use super::xml::{Event, Events, local};

/// Parses a sitemap; entries without a news title are left out.
pub(super) fn feed(xml: &str) -> Feed {
    let mut feed = Feed::default();
    let (mut entry, mut text) = (Entry::default(), String::new());
    // The number of open elements for pictures and videos, which have titles of their own.
    let mut in_media = 0_usize;
    let mut events = Events::new(xml);
    for (event, _) in events.by_ref() {
        match event {
            Event::Start { name, empty, .. } => {
                text.clear();
                match local(&name) {
                    "url" => entry = Entry::default(),
                    "image" | "video" if !empty => in_media += 1,
                    _ => {}
                }
            }
            Event::Text(part) => text.push_str(&html_escape::decode_html_entities(part)),
            Event::Data(part) => text.push_str(part),
            Event::End { name } => match local(&name) {
                "url" => {
                    let entry = std::mem::take(&mut entry);
                    feed.entries.extend(Some(entry).filter(|e| !e.title.is_empty()));
                }
                "image" | "video" => in_media = in_media.saturating_sub(1),
                field if in_media == 0 => entry.take_sitemap_field(field, text.trim()),
                _ => {}
            },
        }
    }
    if events.cut {
        feed.repairs.push("ends too early; what is there was read");
    }
    feed
}

/// Returns the addresses in a sitemap, in order.
pub(super) fn addresses(xml: &str) -> Vec<String> {
    let (mut addresses, mut text) = (Vec::new(), String::new());
    for (event, _) in Events::new(xml) {
        match event {
            Event::Start { .. } => text.clear(),
            Event::Text(part) => text.push_str(&html_escape::decode_html_entities(part)),
            Event::Data(part) => text.push_str(part),
            Event::End { name } if name == "loc" => addresses.push(text.trim().to_owned()),
            Event::End { .. } => {}
        }
    }
    addresses
}

impl Entry {
    fn take_sitemap_field(&mut self, name: &str, value: &str) {
        let value = Some(value.to_owned()).filter(|v| !v.is_empty());
        match name {
            "loc" => self.link = value,
            "title" => self.title = value.unwrap_or_default(),
            "publication_date" => self.published = value,
            "lastmod" => self.updated = value,
            "name" => self.source = value,
            "language" => self.language = value,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::feed;

    #[test]
    fn only_news_is_taken_and_pictures_keep_their_titles() {
        let xml = "<?xml version='1.0'?><urlset xmlns:news='n' xmlns:image='i'>\
            <url><loc>https://post.example/about</loc></url>\
            <url><loc>https://post.example/1?a=1&amp;b=2</loc><lastmod>2026-03-10</lastmod><news:news><news:publication>\
            <news:name>Harbour Post</news:name><news:language>en</news:language></news:publication>\
            <news:publication_date>2026-03-10T05:00:00Z</news:publication_date><news:title><![CDATA[Quay & crane]]></news:title>\
            </news:news><image:image><image:loc>https://post.example/1.jpg</image:loc><image:title>A crane</image:title></image:image></url>";
        let feed = feed(xml);
        assert_eq!(feed.entries.len(), 1);
        let entry = &feed.entries[0];
        assert_eq!(entry.title, "Quay & crane");
        assert_eq!(entry.link.as_deref(), Some("https://post.example/1?a=1&b=2"));
        assert_eq!(entry.source.as_deref(), Some("Harbour Post"));
        assert_eq!(entry.published.as_deref(), Some("2026-03-10T05:00:00Z"));
    }
}
