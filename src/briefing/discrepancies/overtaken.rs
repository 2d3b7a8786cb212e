//! Tolls that a later report supersedes: "killed 12 people" on Monday, "The toll rose to 31" on Tuesday.
//!
//! A text that states both as current facts would mislead, so the earlier figure is left out. Only tolls are compared:
//! a toll grows as it is counted, whereas two differing sums or days are usually two different things.
//!
//! Known limits: tolls are read by the same rules as for discrepancies, so the limits of these rules apply here too. An
//! article without a date supersedes nothing.

use crate::article::Published;
use crate::briefing::discrepancies::claim::{Claim, Subject, claims};
use crate::briefing::discrepancies::figure_words::{Casualty, words};
use crate::quotes::Place;
use crate::text::Collection;

/// Returns whether a sentence states a toll.
pub(in crate::briefing) fn tells_toll(collection: &Collection, sentence: Place) -> bool {
    !tolls(collection, sentence).is_empty()
}

/// Returns whether a sentence from a later day gives a different figure for a toll than an earlier sentence.
pub(in crate::briefing) fn overtakes(
    collection: &Collection,
    later: Place,
    earlier: Place,
) -> bool {
    let day = |place: Place| collection.articles[place.article].published.map(Published::day);
    let is_later = day(earlier).zip(day(later)).is_some_and(|(before, after)| before < after);
    if !is_later {
        return false;
    }
    let (old, new) = (tolls(collection, earlier), tolls(collection, later));
    old.iter().any(|(casualty, old)| {
        let mut of_kind = new.iter().filter(|(other, _)| other == casualty);
        let is_single = |(_, new): &(Casualty, Claim)| !new.value.agrees(old.value);
        of_kind.clone().count() == 1 && of_kind.all(is_single)
    })
}

/// Returns the tolls of a sentence. If it contains several tolls of one kind, they are parts of a whole and are left
/// out.
fn tolls(collection: &Collection, sentence: Place) -> Vec<(Casualty, Claim)> {
    let article = &collection.articles[sentence.article];
    let Some(words) = words(article.lang) else { return Vec::new() };
    let of_toll = |claim: Claim| match claim.subject {
        Subject::Toll(casualty, _) => Some((casualty, claim)),
        _ => None,
    };
    let found = claims(&article.text, sentence.span, words);
    let all: Vec<(Casualty, Claim)> = found.into_iter().filter_map(of_toll).collect();
    let is_single = |casualty: Casualty| all.iter().filter(|(c, _)| *c == casualty).count() == 1;
    all.iter().filter(|(casualty, _)| is_single(*casualty)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::overtakes;
    use crate::article::{Article, Published};
    use crate::language::Language;
    use crate::quotes::Place;
    use crate::span::Span;
    use crate::text::Collection;

    fn report(id: &str, lang: &str, day: &str, text: &str) -> Article {
        let (lang, day) = (Language::parse(lang).unwrap(), Published::parse(day).unwrap());
        Article::builder(text).id(id).lang(lang).published(day).build()
    }

    #[test]
    fn a_toll_of_a_later_day_overtakes_another_figure_of_the_same_kind() {
        for (lang, earlier, later, expected) in [
            ("en", "The quake killed 12 people.", "The death toll rose to 31 on Tuesday.", true),
            ("en", "The quake killed 12 people.", "The quake killed at least 31 people.", true),
            ("en", "Twelve people died in the quake.", "Thirty-one people were killed.", true),
            ("en", "The quake injured 12 people.", "By Tuesday 31 people had been injured.", true),
            (
                "de",
                "12 Menschen wurden getötet.",
                "Bei dem Beben wurden 31 Menschen getötet.",
                true,
            ),
            ("fr", "Le séisme a fait 12 morts.", "Le bilan est de 31 morts.", true),
            ("es", "El sismo dejó 12 muertos.", "El sismo dejó 31 muertos.", true),
            ("en", "The quake killed 12 people.", "The quake injured 31 people.", false),
            ("en", "The quake killed 31 people.", "The quake killed 31 people in Lenn.", false),
            (
                "en",
                "The quake killed 12 people.",
                "It killed 9 people in Lenn and 22 people died in Orra.",
                false,
            ),
            (
                "en",
                "The repair costs 12 million crowns.",
                "The repair costs 31 million crowns.",
                false,
            ),
        ] {
            let articles = vec![
                report("a", lang, "2031-05-01", earlier),
                report("b", lang, "2031-05-02", later),
            ];
            let collection = Collection::build(articles);
            let place = |article: usize| Place {
                article,
                span: Span::new(0, collection.articles[article].text.len()),
            };
            assert_eq!(overtakes(&collection, place(1), place(0)), expected, "{earlier} {later}");
            assert!(!overtakes(&collection, place(0), place(1)), "{earlier} {later}");
        }
    }
}
