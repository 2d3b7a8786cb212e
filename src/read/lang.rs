//! The language of a text that does not name its own.
//!
//! A text of some length in one of the languages that most news is in is told by its small words: those that one of
//! these languages has and hardly any other language does. Where they do not stand as dense as in running text, or those
//! of a second language stand beside them, the text is left to `whatlang`, whose trigrams of some forty languages cost
//! a hundred times as much.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::language::Language;

/// How much of a text is looked at.
const SAMPLE: usize = 2000;

/// Returns the language of an article by its text, or by its title if it has no text.
pub(crate) fn detect_article(article: &Article) -> Language {
    detect(if article.text.trim().is_empty() { &article.title } else { &article.text })
}

/// Returns the language of a text, unknown if detection is not sure.
pub(crate) fn detect(text: &str) -> Language {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let sample = text.get(..end).unwrap_or("");
    by_small_words(sample).unwrap_or_else(|| by_trigrams(sample))
}

fn by_trigrams(sample: &str) -> Language {
    let Some(info) = whatlang::detect(sample) else {
        return Language::UNKNOWN;
    };
    if info.is_reliable() {
        Language::parse(info.lang().code()).unwrap_or_default()
    } else {
        Language::UNKNOWN
    }
}

/// The small words of some languages. A word of two of them is left out, and so is one that is common in a language
/// which is not here (`de`, `la`, `en`, `den`, `una`), as Afrikaans (`die`) or Latin (`et`, `est`).
const SMALL_WORDS: [(&str, &str); 3] = [
    (
        "en",
        "the of and to that was with for his from which this were they their have has been but not would said who it",
    ),
    (
        "de",
        "der das und nicht ist mit dem von auf für eine einen einem einer sich auch wird nach bei wurde haben sind \
         zum zur über aus",
    ),
    (
        "fr",
        "les des dans une sur au du pour qui pas avec il aux ont été ce sont cette ses leur plus mais ces à",
    ),
];

/// Words that are looked at, at least: fewer leave too much to chance.
const LEAST_WORDS: usize = 40;
/// One word in so many is a small word of the language, at least.
const DENSE: usize = 6;
/// Small words of the language for one of another, at least.
const AGAINST: usize = 8;
/// Different small words, at least: one word that a neighbour has as well, as Afrikaans has "die", is no sign.
const DIFFERENT: usize = 5;

/// Returns the language that the small words of a text speak for without a doubt.
fn by_small_words(sample: &str) -> Option<Language> {
    static LISTS: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
        let lists = SMALL_WORDS.iter().enumerate();
        lists.flat_map(|(at, (_, list))| list.split(' ').map(move |word| (word, at))).collect()
    });
    let mut met = [0; SMALL_WORDS.len()];
    let mut different: Vec<&str> = Vec::new();
    let mut n_words = 0;
    let words = sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in words {
        n_words += 1;
        if let Some(at) = LISTS.get(word) {
            met[*at] += 1;
            if different.len() < DIFFERENT && !different.contains(&word) {
                different.push(word);
            }
        }
    }
    let (best, most) = met.iter().copied().enumerate().max_by_key(|(_, n)| *n)?;
    let others = met.iter().sum::<usize>() - most;
    let sure = LEAST_WORDS <= n_words
        && n_words <= DENSE * most
        && AGAINST * others <= most
        && DIFFERENT <= different.len();
    if sure { Language::parse(SMALL_WORDS[best].0) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{SMALL_WORDS, by_small_words, by_trigrams, detect};

    #[test]
    fn small_words_and_trigrams_agree() {
        for (code, text) in [
            (
                "en",
                "The council of Varn voted on Monday to close the old bridge for two years. It said that the pillars \
                 could not carry the weight of the trams which have crossed the river since they were built, and \
                 that a ferry would take those who live on the other bank to the market.",
            ),
            (
                "de",
                "Der Rat der Stadt hat am Montag beschlossen, die alte Brücke für zwei Jahre zu sperren. Die Pfeiler \
                 sind nicht mehr stark genug für das Gewicht der Bahnen, die seit dem Bau über den Fluss fahren, und \
                 eine Fähre wird auch am Abend von einem Ufer zum anderen fahren.",
            ),
            (
                "fr",
                "Le conseil de la ville a voté lundi pour fermer le vieux pont, qui est dans un état grave. Les piliers \
                 ne sont pas assez forts pour le poids des trams, et une barque sera sur le fleuve pour ceux qui ont \
                 du travail au marché ou dans une des usines.",
            ),
        ] {
            let found = by_small_words(text);
            assert_eq!(found.map(|l| l.code().to_owned()).as_deref(), Some(code));
            assert_eq!(found, Some(by_trigrams(text)));
        }
    }

    #[test]
    fn a_text_of_two_languages_or_few_words_is_not_told_by_small_words() {
        let mixed = "The council of the town and der Rat der Stadt und die Leute ".repeat(10);
        assert_eq!(by_small_words(&mixed), None);
        assert_eq!(by_small_words("The man of the house and the dog"), None);
        assert!(detect("Het is niet de bedoeling dat de brug voor twee jaar dicht gaat, zei de burgemeester.").is_known());
    }

    #[test]
    fn neighbours_of_these_languages_are_left_to_trigrams() {
        for text in [
            "Die raad van die stad het Maandag besluit om die ou brug vir twee jaar te sluit. Die pilare is nie meer \
             sterk genoeg vir die gewig van die trems nie, en die veerboot sal die mense van die ander oewer na die \
             mark bring totdat die nuwe brug klaar is.",
            "Gallia est omnis divisa in partes tres, quarum unam incolunt alii et aliam qui ipsorum lingua aliter \
             vocantur; hi omnes lingua et institutis et legibus inter se differunt, et flumen est quod eos ab aliis \
             dividit, qui proximi sunt et cum quibus bellum gerunt.",
        ] {
            assert_eq!(by_small_words(text), None);
        }
    }

    #[test]
    fn no_word_is_in_two_lists() {
        let mut all: Vec<&str> = SMALL_WORDS.iter().flat_map(|(_, list)| list.split(' ')).collect();
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n);
    }
}
