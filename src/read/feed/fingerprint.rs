//! A fingerprint of each entry of a feed, which changes whenever anything that is read from the entry changes.

use std::collections::BTreeMap;

use super::{Kind, absolute, feed_of, is_address};
use crate::read::charset;

/// Returns the fingerprints of all entries that have an address, keyed by the address that the article of the entry
/// gets.
///
/// If two responses from a feed give an address the same fingerprint, everything read from their entries for it is
/// identical, including the update time.
pub fn marks(bytes: &[u8]) -> BTreeMap<String, String> {
    let decoded = charset::decode(bytes, None);
    let text = decoded.text.trim_start();
    let Some(feed) = feed_of(text, Kind::detect(text)) else { return BTreeMap::new() };
    let mark = |entry: &super::Entry| {
        let link =
            entry.link.as_deref().or_else(|| entry.id.as_deref().filter(|id| is_address(id)))?;
        let all = blake3::hash(format!("{entry:?}").as_bytes());
        Some((absolute(link, feed.channel.link.as_deref()), all.to_hex().to_string()))
    };
    feed.entries.iter().filter_map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn a_mark_changes_with_the_entry_alone() {
        let feed = |entries: &str| {
            marks(format!("<feed><link href='https://a.example/'/>{entries}</feed>").as_bytes())
        };
        let entry =
            "<entry><link href='/1'/><title>Dam</title><updated>2026-03-10</updated></entry>";
        let before = feed(entry);
        assert_eq!(before.keys().collect::<Vec<_>>(), ["https://a.example/1"]);
        let more = feed(&format!("<entry><link href='/2'/><title>Rain</title></entry>{entry}"));
        assert_eq!(more["https://a.example/1"], before["https://a.example/1"]);
        assert_ne!(feed(&entry.replace("03-10", "03-11")), before);
        assert_ne!(feed(&entry.replace("Dam", "Dams")), before);
        assert!(marks(b"<html>").is_empty());
    }
}
