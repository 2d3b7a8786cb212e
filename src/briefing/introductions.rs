//! Detects sentences that name a person only by surname although the text shown has not introduced that person.
//!
//! A capitalized word is a surname if it follows a given name somewhere in the story's articles (`Ilse Brandt`, with
//! `Ilse` in the language's `given_names.txt`). A word that follows a definite article more often than not names a
//! thing: `the Virginia Senate` doesn't make `the Senate` a person's name. Days and months are not names either. A
//! surname dangles unless the headline or an earlier sentence contains it, or a given name or title precedes it: `Mayor
//! Brandt`, but not `Ms. Brandt`, which says as little as `Brandt`.
//!
//! A personal pronoun dangles as well, unless its sentence mentions somebody before the pronoun, by name or role, or
//! the preceding sentence of the article is shown before it.
//!
//! Known limits: a surname is not recognized if its language has no list of given names, or if the given name before it
//! is not in the list.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::ArticleIx;
use crate::language::Language;
use crate::text::Collection;
use crate::text::packs::{
    Discourse, Folder, OfFolder, WordSet, discourse, folder_index, section, stop_words,
};

/// The surnames of all people whom the articles of a story name in full.
#[derive(Clone, Debug, Default)]
pub(super) struct Surnames {
    surnames: BTreeSet<String>,
    language: Language,
}

/// How often a capitalized word follows a definite article, and how often it follows another word in lower case.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    after_article: usize,
    alone: usize,
}

impl Surnames {
    /// Reads the articles of a story.
    pub(super) fn from_articles(collection: &Collection, articles: &[ArticleIx]) -> Self {
        let mut surnames = BTreeSet::new();
        let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
        let language = articles.first().map_or(Language::UNKNOWN, |&a| collection.articles[a].lang);
        for &article in articles {
            let article = &collection.articles[article];
            let given = given_names(article.lang);
            let words: Vec<&str> = article.text.split_whitespace().map(bare).collect();
            let discourse = discourse(article.lang);
            for pair in words.windows(2).filter(|pair| is_capitalized(pair[1])) {
                let (before, word) = (pair[0].to_lowercase(), pair[1].to_lowercase());
                let is_in = |set: fn(&Discourse) -> &WordSet, word: &str| {
                    discourse.is_some_and(|data| set(data).contains(word))
                };
                if is_in(|data| &data.weekdays, &word) || is_in(|data| &data.months, &word) {
                    continue;
                }
                if given.contains(before.as_str()) {
                    surnames.insert(pair[1].to_owned());
                } else if is_in(|data| &data.definite, &before) {
                    uses.entry(pair[1].to_owned()).or_default().after_article += 1;
                } else if !is_capitalized(pair[0]) {
                    uses.entry(pair[1].to_owned()).or_default().alone += 1;
                }
            }
        }
        let is_thing = |word: &String| uses.get(word).is_some_and(|u| u.alone < u.after_article);
        surnames.retain(|word| !is_thing(word));
        Self { surnames, language }
    }

    /// Returns whether a sentence names somebody only by a surname that the text before it doesn't contain.
    pub(super) fn dangles(&self, sentence: &str, before: &str) -> bool {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let known: BTreeSet<&str> = before.split_whitespace().map(bare).collect();
        let mut named: BTreeSet<&str> = BTreeSet::new();
        words.iter().enumerate().any(|(at, raw)| {
            let word = bare(raw);
            if !self.surnames.contains(word) || known.contains(word) {
                return false;
            }
            // A capitalized word before the surname is taken for a given name or a title, even at the start of a
            // sentence.
            let before = at.checked_sub(1).map(|at| words[at]);
            let introduces =
                |w: &str| is_capitalized(bare(w)) && !ends_part(w) && !self.is_courtesy(w);
            let has_first = before.is_some_and(introduces);
            if has_first {
                named.insert(word);
            }
            !has_first && !named.contains(word)
        })
    }
}

impl Surnames {
    /// Returns whether a sentence has a personal pronoun (`From 2004 on she led the bank.`) and mentions nobody before
    /// the pronoun.
    ///
    /// A day, a month, or a single name after a preposition, such as the place in `In Lenn on Monday he …`, does not
    /// count as a person.
    pub(super) fn has_free_pronoun(&self, sentence: &str) -> bool {
        let Some(discourse) = discourse(self.language) else { return false };
        let words: Vec<&str> = sentence.split_whitespace().map(bare).collect();
        let folded: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let is_name = |at: usize| {
            let word = folded.get(at).map_or("", String::as_str);
            words.get(at).is_some_and(|word| is_capitalized(word))
                && !discourse.weekdays.contains(word)
                && !discourse.months.contains(word)
        };
        let is_small = |at: usize| stop_words(self.language).contains(folded[at].as_str());
        let is_named = |at: usize| {
            let before = at.checked_sub(1);
            let is_of_full_name =
                before.is_some_and(|b| is_name(b) && !is_small(b)) || is_name(at + 1);
            self.surnames.contains(words[at])
                || discourse.roles.contains(&folded[at])
                || is_name(at) && before.is_some_and(|b| is_of_full_name || !is_small(b))
        };
        // A pronoun for a thing needs no name before it: `Calling it a first step`.
        let is_pronoun =
            |word: &String| discourse.speakers.contains(word) && !discourse.neuter.contains(word);
        let pronoun = folded.iter().position(is_pronoun);
        pronoun.is_some_and(|pronoun| !(0..pronoun).any(is_named))
    }

    /// Returns whether a word is a courtesy title, which doesn't make a name full: `Mr.`, `Frau`.
    fn is_courtesy(&self, word: &str) -> bool {
        let word = bare(word).to_lowercase();
        discourse(self.language).is_some_and(|words| words.courtesy.contains(&word))
    }
}

/// Returns a word without surrounding punctuation and without its possessive ending.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.trim_matches('.')
}

fn is_capitalized(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some()
}

fn ends_part(word: &str) -> bool {
    word.ends_with([',', ';', ':', '"', '”', '?', '!'])
}

/// Returns the given names of a language.
fn given_names(language: Language) -> &'static BTreeSet<&'static str> {
    static ALL: OfFolder<BTreeSet<&str>> = OfFolder::new();
    let read = |folder: &'static Folder| {
        ["male", "female"].iter().flat_map(|name| section(folder.given_names, name)).collect()
    };
    ALL.get(folder_index(language), read)
}

#[cfg(test)]
mod tests {
    use super::Surnames;
    use crate::article::{Article, Block, BlockKind};
    use crate::language::Language;
    use crate::span::Span;
    use crate::text::Collection;

    #[test]
    fn a_thing_after_a_given_name_is_no_surname() {
        let text = "The Virginia Senate met on Monday. Anna Brandt opened it. In the Senate, Brandt spoke for long. Many \
            in the Senate left, and for Brandt it was a bad day. Anna Monday was there on Monday.";
        let article = Article {
            blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
            text: text.to_owned(),
            lang: Language::ENGLISH,
            ..Article::default()
        };
        let collection = Collection::build(vec![article]);
        let surnames = Surnames::from_articles(&collection, &[0]);
        assert_eq!(surnames.surnames, ["Brandt"].map(str::to_owned).into());
    }

    #[test]
    fn a_surname_needs_an_introduction() {
        let surnames = Surnames {
            surnames: ["Brandt", "Okland"].map(str::to_owned).into(),
            language: Language::ENGLISH,
        };
        let before = "Mayor Ilse Brandt closed the bridge.";
        for (sentence, dangles) in [
            ("Brandt said that the bridge is old.", false),
            ("The bridge is old, Okland said.", true),
            ("Okland’s report is not out.", true),
            ("Ada Okland, who wrote the report, said so.", false),
            ("Inspector Okland said so.", false),
            ("The bridge is old, Mr. Okland said.", true),
            ("\"It is old,\" Okland said.", true),
            ("The report of Ada Okland is out, and Okland said so.", false),
            ("Nobody said so.", false),
        ] {
            assert_eq!(surnames.dangles(sentence, before), dangles, "{sentence}");
        }
        assert!(surnames.dangles("Brandt said that the bridge is old.", ""));
        for (sentence, is_free) in [
            ("From 2004 to 2011 she led the bank.", true),
            ("On Monday he closed the bridge.", true),
            ("In March she closed the bridge.", true),
            ("In Lenn on Monday he closed the bridge.", true),
            ("After a night in Arvenholt, she closed the bridge.", true),
            ("At Lenn station he met the press.", true),
            ("On Tuesday, Brandt said she would close it.", false),
            ("The report of Ada Okland says he closed it.", false),
            ("In Lenn, Mayor Brandt said she would close it.", false),
            ("Both Arne Lind and his sister said he would close it.", false),
            ("Asked again, he gave the same answer.", true),
            ("Brandt said she would close it.", false),
            ("The mayor said she would close it.", false),
            ("On Monday Ada Okland said she had warned him.", false),
            ("The bridge is old.", false),
            ("Calling it a first step, the council opened the bridge.", false),
            ("Of all the words of the debate, hers were remembered.", true),
        ] {
            assert_eq!(surnames.has_free_pronoun(sentence), is_free, "{sentence}");
        }
    }
}
