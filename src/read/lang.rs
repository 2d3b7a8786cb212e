//! Detects the language of a text from its words and letter trigrams.
//!
//! A sufficiently long text in English, German or French is recognized by its function words, counting only words that
//! hardly any other language has. If the text is shorter, if these words are less dense than in running text or too few
//! of them are distinct, or if too many function words of a second language occur, the text is passed to the crate
//! `whatlang`, which compares its trigrams with those of some forty languages and is a hundred times slower. If the
//! trigrams are not conclusive, as is usual for one or two sentences, the stop words of the languages in [`STOP_WORDS`]
//! decide; if these are not conclusive either, the language is unknown.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::language::Language;

/// The maximum number of bytes that [`detect`] examines.
const SAMPLE: usize = 2000;

/// Detects the language of an article from its text, or from its title if it has no text.
pub(crate) fn detect_article(article: &Article) -> Language {
    detect(if article.text.trim().is_empty() { &article.title } else { &article.text })
}

/// Detects the language of a text; returns [`Language::UNKNOWN`] if the result is uncertain.
pub(crate) fn detect(text: &str) -> Language {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let sample = text.get(..end).unwrap_or("");
    by_small_words(sample).unwrap_or_else(|| by_trigrams(sample))
}

/// Returns the language of a short text if two kinds of evidence agree on it: its letters (trigrams or script) and its
/// stop words.
pub(crate) fn detect_short(text: &str) -> Option<Language> {
    let language = Language::parse(whatlang::detect(text)?.lang().code())?;
    let by_words = by_stop_words(text, language);
    (by_words.family() == language.family()).then_some(language)
}

/// Returns whether a text is in a script in which a language is not written, such as Cyrillic for English. Text in
/// Latin script does not count, because names and transcriptions may be all that it contains.
pub(crate) fn is_in_other_script(text: &str, language: Language) -> bool {
    let Some(script) = whatlang::detect_script(text) else { return false };
    let is_written = |script: &whatlang::Script| {
        let mut all = script.langs().iter().filter_map(|lang| Language::parse(lang.code()));
        all.any(|lang| lang.family() == language.family())
    };
    script != whatlang::Script::Latin
        && !is_written(&script)
        && whatlang::Script::all().iter().any(is_written)
}

fn by_trigrams(sample: &str) -> Language {
    let Some(info) = whatlang::detect(sample) else {
        return by_stop_words(sample, Language::UNKNOWN);
    };
    let guess = Language::parse(info.lang().code()).unwrap_or_default();
    if info.is_reliable() { guess } else { by_stop_words(sample, guess) }
}

/// The stop words of the languages that have a list.
const STOP_WORDS: &[(&str, &str)] = &[
    ("ar", include_str!("../text/packs/ar/stop_words.txt")),
    ("bg", include_str!("../text/packs/bg/stop_words.txt")),
    ("cs", include_str!("../text/packs/cs/stop_words.txt")),
    ("da", include_str!("../text/packs/da/stop_words.txt")),
    ("de", include_str!("../text/packs/de/stop_words.txt")),
    ("el", include_str!("../text/packs/el/stop_words.txt")),
    ("en", include_str!("../text/packs/en/stop_words.txt")),
    ("es", include_str!("../text/packs/es/stop_words.txt")),
    ("fi", include_str!("../text/packs/fi/stop_words.txt")),
    ("fr", include_str!("../text/packs/fr/stop_words.txt")),
    ("he", include_str!("../text/packs/he/stop_words.txt")),
    ("hi", include_str!("../text/packs/hi/stop_words.txt")),
    ("hr", include_str!("../text/packs/hr/stop_words.txt")),
    ("hu", include_str!("../text/packs/hu/stop_words.txt")),
    ("it", include_str!("../text/packs/it/stop_words.txt")),
    ("nl", include_str!("../text/packs/nl/stop_words.txt")),
    ("no", include_str!("../text/packs/no/stop_words.txt")),
    ("pl", include_str!("../text/packs/pl/stop_words.txt")),
    ("pt", include_str!("../text/packs/pt/stop_words.txt")),
    ("ro", include_str!("../text/packs/ro/stop_words.txt")),
    ("ru", include_str!("../text/packs/ru/stop_words.txt")),
    ("sk", include_str!("../text/packs/sk/stop_words.txt")),
    ("sl", include_str!("../text/packs/sl/stop_words.txt")),
    ("sr", include_str!("../text/packs/sr/stop_words.txt")),
    ("sv", include_str!("../text/packs/sv/stop_words.txt")),
    ("ta", include_str!("../text/packs/ta/stop_words.txt")),
    ("tr", include_str!("../text/packs/tr/stop_words.txt")),
    ("uk", include_str!("../text/packs/uk/stop_words.txt")),
    ("zh", include_str!("../text/packs/zh/stop_words.txt")),
];

/// The minimum number of stop words by which the language of a short text is recognized.
const LEAST_STOP_WORDS: usize = 2;
/// The minimum share of stop words among the words of the text: one in this many.
const STOP_SHARE: usize = 7;
/// The factor by which the best language must beat the second if the best is not the one that the trigrams suggest.
const LEAD: f32 = 1.4;

/// Returns the language whose stop words have the greatest weight in a short text, or [`Language::UNKNOWN`] if they are
/// too few or the lead is too small; `guess` is the language that its trigrams suggest.
///
/// A word counts less the more languages have it, so that related languages are distinguished by the words that they
/// do not share (Danish `blev`, Norwegian `ble`).
fn by_stop_words(sample: &str, guess: Language) -> Language {
    static LISTS: LazyLock<FxHashMap<&str, u64>> = LazyLock::new(|| {
        let mut lists: FxHashMap<&str, u64> = FxHashMap::default();
        for (at, (_, file)) in STOP_WORDS.iter().enumerate() {
            let words =
                file.lines().filter(|l| !l.starts_with(['#', '['])).flat_map(str::split_whitespace);
            words.for_each(|word| *lists.entry(word).or_default() |= 1 << at);
        }
        lists
    });
    let mut hits = [0_usize; STOP_WORDS.len()];
    let mut weights = [0_f32; STOP_WORDS.len()];
    let mut n_words = 0;
    let lower = sample.to_lowercase();
    for word in lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|w| !w.is_empty())
    {
        n_words += 1;
        let mut left = LISTS.get(word).copied().unwrap_or(0);
        let weight = 1.0 / left.count_ones().max(1) as f32;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            hits[at] += 1;
            weights[at] += weight;
            left &= left - 1;
        }
    }
    let mut order: Vec<usize> = (0..STOP_WORDS.len()).collect();
    order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
    let (best, second) = (order[0], order[1]);
    let enough = LEAST_STOP_WORDS <= hits[best] && n_words <= hits[best] * STOP_SHARE;
    let language = Language::parse(STOP_WORDS[best].0).unwrap_or_default();
    let leads = weights[second] * LEAD <= weights[best]
        || language == guess && weights[second] < weights[best];
    if enough && leads { language } else { Language::UNKNOWN }
}

/// The function words of some languages. Words that two of these languages share are left out, and so are most words
/// that are common in another language, such as `de`, `la`, `en`, `den`, `una`, Afrikaans `die`, and Latin `et` and
/// `est`.
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

/// The minimum number of words in a text; in a shorter text, matches may be due to chance.
const LEAST_WORDS: usize = 40;
/// The minimum density of the language's function words: one in this many words.
const DENSE: usize = 6;
/// The minimum ratio of function words of the language to function words of the other languages.
const AGAINST: usize = 8;
/// The minimum number of distinct function words: a single word, even if frequent, is not evidence, because a
/// related language may share it, as Dutch shares `was` with English.
const DIFFERENT: usize = 5;

/// Returns the language that the function words of a text indicate beyond doubt.
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
    fn short_texts_are_known_by_their_stop_words() {
        for (code, text) in [
            (
                "da",
                "Rådet i Varn stemte mandag for at lukke den gamle bro, som blev bygget i 1931. Arbejdet begynder i maj.",
            ),
            (
                "nb",
                "Rådet i Varn stemte mandag for å stenge den gamle broen, som ble bygget i 1931. Arbeidet begynner i mai.",
            ),
            (
                "sv",
                "Rådet i Varn röstade i måndags för att stänga den gamla bron, som byggdes 1931.",
            ),
            (
                "nl",
                "De raad van Varn stemde maandag voor het sluiten van de oude brug, die uit 1931 is.",
            ),
            (
                "pt",
                "O conselho de Varn votou na segunda-feira para fechar a velha ponte, que não aguenta mais.",
            ),
            (
                "es",
                "El consejo de Varn votó el lunes para cerrar el viejo puente, que ya no aguanta.",
            ),
            (
                "it",
                "Il consiglio di Varn ha votato lunedì per chiudere il vecchio ponte, che non regge più.",
            ),
            ("en", "The model wears size S. It fits. He lives in flat B."),
            (
                "hr",
                "Vijeće je u ponedjeljak odlučilo da će zatvoriti stari most, koji više nije siguran.",
            ),
            ("ru", "Совет закрыл старый мост, который больше не держит трамваи."),
            ("uk", "Рада закрила старий міст, який більше не тримає трамваї."),
        ] {
            assert_eq!(detect(text).code(), code, "{text}");
        }
        for text in ["Varn 3, Lorvik 2", "Share", "123", "Breakwater Crane Quay"] {
            assert_eq!(detect(text).code(), "und", "{text}");
        }
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
