//! Which articles are of the same outlet, whatever it is called.
//!
//! `BBC News`, `www.bbc.co.uk` and `bbc.com` are one outlet: names and hosts are folded onto what they have in common.
//! Two brands of one owner are told apart; a list of owners would be out of date in a year.

use crate::article::Article;

/// Returns what the outlet of an article is compared by, nothing where it is not known.
pub(crate) fn key(article: &Article) -> Option<String> {
    article.outlet().map(fold).filter(|key| !key.is_empty())
}

/// Folds the name or host of an outlet.
fn fold(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let is_host = lower.contains('.') && !lower.contains(char::is_whitespace);
    let words: Vec<String> = if is_host {
        vec![letters(own_label(&lower))]
    } else {
        lower.split_whitespace().map(letters).collect()
    };
    let joined: String = words.concat();
    let bare = joined.strip_prefix("the").unwrap_or(&joined);
    let bare = GENERIC.iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
    if bare.len() < SHORTEST { joined } else { bare.to_owned() }
}

/// Endings that do not tell outlets apart.
const GENERIC: &[&str] = &["newsonline", "news", "online"];
/// Letters that must be left of a name.
const SHORTEST: usize = 2;

fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The label of a host that its owner chose: `bbc` of `news.bbc.co.uk`.
fn own_label(host: &str) -> &str {
    let mut labels = host.rsplit('.').filter(|label| !label.is_empty());
    let _country_or_kind = labels.next();
    let Some(second) = labels.next() else { return host };
    match labels.next() {
        // `co.uk`, `com.au`, `gov.pl`: the register's own, not the owner's.
        Some(third) if second.len() <= 3 && third != "www" => third,
        _ => second,
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_and_hosts_of_one_outlet_fold_alike() {
        for (a, b) in [
            ("BBC News", "www.bbc.co.uk"),
            ("bbc.com", "news.bbc.co.uk"),
            ("The Guardian", "theguardian.com"),
            ("Fox News", "www.foxnews.com"),
            ("Sky News Online", "sky news"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        for (a, b) in [("Daily Post", "Morning Post"), ("News", "The"), ("abc.net.au", "nbc.com")] {
            assert_ne!(fold(a), fold(b), "{a} {b}");
        }
    }
}
