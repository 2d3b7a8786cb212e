//! Discrepancies: figures, dates and times for the same thing that differ between sources.
//!
//! ```text
//! sentence ─▶ pieces ─▶ figures (value as an interval, what is counted) ─▶ claims ─▶ pairs that disagree
//! ```
//!
//! A false alarm is worse than a miss, so two figures count as a discrepancy only if all of the following are true:
//! they count the same thing (the same unit, the same kind of casualty); their intervals are disjoint (unlike `about
//! 40` and `more than 40`, or 80,000 and 82,300) but of similar size; their sentences are about the same thing and
//! contain no other figure of the same kind; and no article of the story states both figures, because an article that
//! states both distinguishes them. How many stems the sentences must share depends on the kind of figure: for counts
//! and percentages, at least three and half of the stems of the shorter sentence, two of them near the figures; for
//! days and times, at least three and three fifths of those of the longer one; for sums, two stems, one of them near
//! the figures. Of tolls, only the first one in each article is compared, if it is near the beginning. Figures in
//! quotations, negations, references to the past (`since`, `a similar`), parts (`three of them`), additions (`another
//! 12`) and names (`Flight 447`) are ignored.
//!
//! Known limits: in a language without a `figures.txt`, no discrepancies are found. Units and currencies are not
//! converted, so 5 miles and 9 km are not compared, and a time with a time zone is ignored. A figure of at least 100
//! that ends with zeros counts as rounded, so 30,000 and 32,000 agree.

mod claim;
mod claim_pairs;
mod figure_words;
mod interval;
mod over_time;
mod overtaken;
mod piece;

pub(super) use claim_pairs::{Found, differences};
pub use over_time::{FigureAt, FigureCourse, figure_courses};
pub(super) use overtaken::{overtakes, tells_toll};

#[cfg(test)]
mod tests {
    use crate::article::{Article, ArticleId, Block, BlockKind};
    use crate::language::Language;
    use crate::span::Span;
    use crate::stories::Story;
    use crate::text::Collection;

    fn article(id: &str, lang: &str, text: &str) -> Article {
        Article {
            id: ArticleId::given(id),
            source: Some(format!("{id} paper")),
            lang: Language::parse(lang).unwrap(),
            text: text.to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
            ..Article::default()
        }
    }

    /// Returns the kinds and figures of the discrepancies between two texts.
    fn differing(lang: &str, a: &str, b: &str) -> Vec<String> {
        let collection = Collection::build(vec![article("a", lang, a), article("b", lang, b)]);
        let story = Story { articles: vec![0, 1], ..Story::default() };
        let found = super::differences(&collection, &story);
        let figure = |p: &crate::quotes::Place| p.span.slice(&collection.articles[p.article].text);
        let sides = |f: &super::Found| {
            f.sides.iter().map(|(_, p)| figure(p)).collect::<Vec<_>>().join(" / ")
        };
        found.iter().map(|f| format!("{}: {}", f.kind, sides(f))).collect()
    }

    #[test]
    fn tolls_sums_dates_and_times_that_disagree_are_shown() {
        for (a, b, expected) in [
            (
                "A ferry and a freighter collided on Tuesday, leaving 34 people injured, officials said.",
                "A ferry hit a freighter in fog, injuring 31 people and closing the strait.",
                "toll: 34 people / 31 people",
            ),
            (
                "The blast killed twelve people and injured 40.",
                "Fifteen people were killed in the blast.",
                "toll: twelve people / Fifteen people",
            ),
            (
                "The new stadium will cost the city 2.1 billion crowns, the mayor said.",
                "The stadium is expected to cost the city 2.4 billion crowns.",
                "sum: 2.1 billion crowns / 2.4 billion crowns",
            ),
            (
                "The plant will shut its last furnace in Dellmark on 3 May.",
                "The last furnace of the Dellmark plant will shut on 5 May.",
                "date: 3 May / 5 May",
            ),
            (
                "The night train to Orlen left the northern station at 23:40.",
                "The night train to Orlen had left the northern station at 22:15.",
                "time: 23:40 / 22:15",
            ),
            (
                "The factory in Dell employs 4,210 workers in its paint shop.",
                "The Dell factory employs 3,870 workers in paint and repair.",
                "figure: 4,210 workers / 3,870 workers",
            ),
        ] {
            assert_eq!(differing("en", a, b), [expected], "{a} | {b}");
        }
    }

    #[test]
    fn what_agrees_in_other_words_is_not_shown() {
        for (a, b) in [
            (
                "The crash left about 40 people injured.",
                "More than 40 people were injured in the crash.",
            ),
            ("At least 12 people were killed.", "The crash killed 34 people."),
            ("Two dozen people were injured.", "Some 25 people were injured."),
            ("The crash injured 34 people.", "Thirty-four people were hurt in the crash."),
            (
                "The dam cost the state 2.1 billion crowns.",
                "The dam cost the state 2.08 billion crowns.",
            ),
            ("Between 30 and 40 people were injured.", "The crash injured 34 people."),
            (
                "Nearly 80,000 homes lost power in the storm.",
                "The storm took power from 78,400 homes.",
            ),
            ("The crash killed 12 people.", "A crash that hurt 31 killed 12 people."),
        ] {
            assert_eq!(differing("en", a, b), [""; 0], "{a} | {b}");
        }
    }

    #[test]
    fn figures_of_different_things_are_not_shown() {
        for (a, b) in [
            ("The crash injured 34 people.", "The crash killed 31 people."),
            (
                "The crash injured 34 people, three of them seriously.",
                "The crash injured 34 people, five of them badly.",
            ),
            ("The crash injured 34 people.", "Another 12 people were injured on Sunday."),
            ("The crash killed 34 people.", "A similar crash in 2004 killed 12 people."),
            (
                "The dam will cost 2.1 billion crowns.",
                "The company sold its mill for 600 million crowns.",
            ),
            (
                "The bill passed by 64 votes to 51.",
                "The bill passed by 60 votes to 51 in the upper house.",
            ),
            ("\"It killed 300 people,\" he said.", "The crash killed 31 people."),
            ("It is not true that 300 people died.", "The crash killed 31 people."),
            (
                "Rosa Hine, 71, lives near the school.",
                "Paul Reyes, 45, leads the school near the mill.",
            ),
            ("The hearing starts in Dell on Monday.", "The bridge in Dell closes on Tuesday."),
            (
                "The club sold its keeper to Orlen for 4 million crowns and its captain for 9 million crowns.",
                "The club sold its keeper to Orlen for 6 million crowns.",
            ),
            (
                "Hine scored 9 points against Dell in the first half of the final.",
                "Hine scored 31 points against Dell in the final.",
            ),
            (
                "Route 52 runs along the harbour of Dell to the mill.",
                "Route 94 runs along the harbour of Dell to the mill.",
            ),
            (
                "The wave that struck Dell harbour killed 230, 000 people in coastal towns.",
                "The wave that struck Dell harbour killed 180 people in coastal towns.",
            ),
        ] {
            assert_eq!(differing("en", a, b), [""; 0], "{a} | {b}");
        }
    }

    #[test]
    fn what_one_article_tells_apart_is_not_shown() {
        let told = [
            "The court ordered the singer to spend 90 days in a clinic near Dell.",
            "The court ordered the singer to spend 60 days in a clinic near Dell.",
            "The singer left a clinic near Dell after 60 days. The court ordered 90 days.",
        ];
        let differing = |n: usize| {
            let articles = told.iter().take(n).enumerate();
            let articles = articles.map(|(i, text)| article(&format!("a{i}"), "en", text));
            let collection = Collection::build(articles.collect());
            let story = Story { articles: (0..n).collect(), ..Story::default() };
            super::differences(&collection, &story).len()
        };
        assert_eq!((differing(2), differing(3)), (1, 0));
    }

    #[test]
    fn other_languages_count_as_well() {
        for (lang, a, b, expected) in [
            (
                "de",
                "Bei dem Unglück wurden 34 Menschen verletzt.",
                "Zwölf Menschen wurden bei dem Unglück verletzt.",
                "toll: 34 Menschen / Zwölf Menschen",
            ),
            (
                "fr",
                "L’accident a fait 34 blessés, selon la police.",
                "Au total, 31 blessés ont été soignés.",
                "toll: 34 blessés / 31 blessés",
            ),
            (
                "es",
                "El choque dejó 34 heridos en el puerto.",
                "El choque dejó doce heridos.",
                "toll: 34 heridos / doce heridos",
            ),
            (
                "de",
                "Der Umbau der Oper kostet die Stadt 2,1 Milliarden Euro.",
                "Die Stadt zahlt für den Umbau der Oper 1,6 Milliarden Euro, das kostet Kraft.",
                "sum: 2,1 Milliarden Euro / 1,6 Milliarden Euro",
            ),
        ] {
            assert_eq!(differing(lang, a, b), [expected], "{a} | {b}");
        }
        let agree = ("Rund 1.200 Menschen wurden verletzt.", "1.240 Menschen wurden verletzt.");
        assert_eq!(differing("de", agree.0, agree.1), [""; 0]);
    }

    #[test]
    fn figures_beside_quotations_count_and_those_inside_do_not() {
        for (open, close) in [
            ("\"", "\""),
            ("„", "“"),
            ("„", "”"),
            ("„", "\""),
            ("«", "»"),
            ("»", "«"),
            ("“", "”"),
            ("‚", "‘"),
        ] {
            let beside = |n: u32| {
                format!("{open}Es war laut{close}, sagte Jan Roe, {n} Menschen wurden verletzt.")
            };
            let inside =
                |n: u32| format!("{open}Es wurden {n} Menschen verletzt{close}, sagte Jan Roe.");
            let found = differing("de", &beside(12), &beside(15));
            assert_eq!(found, ["toll: 12 Menschen / 15 Menschen"], "{open}{close}");
            assert_eq!(differing("de", &inside(12), &inside(15)), [""; 0], "{open}{close}");
        }
    }

    #[test]
    fn a_later_report_of_an_outlet_replaces_its_earlier_one() {
        let report = |id: &str, outlet: &str, day: u32, toll: u32| Article {
            source: Some(outlet.to_owned()),
            published: crate::article::Published::parse(&format!("2031-05-{day:02}T08:00:00Z")),
            ..article(
                id,
                "en",
                &format!("The landslide near Lenn killed {toll} people, the police said."),
            )
        };
        for (reports, n) in [
            ([("Post", 1, 12), ("Post", 2, 15), ("Wire", 2, 15)], 0),
            ([("Post", 2, 15), ("Post", 1, 12), ("Wire", 1, 15)], 0),
            ([("Post", 1, 12), ("Post", 2, 15), ("Wire", 2, 18)], 1),
            ([("Post", 1, 12), ("Gazette", 2, 12), ("Wire", 2, 15)], 1),
            ([("Post", 1, 12), ("Post", 2, 15), ("Wire", 2, 12)], 1),
        ] {
            let articles = reports.iter().enumerate();
            let articles = articles
                .map(|(i, &(outlet, day, toll))| report(&format!("a{i}"), outlet, day, toll));
            let collection = Collection::build(articles.collect());
            let story = crate::stories::single(&collection, &crate::stories::Params::default());
            let found = super::differences(&collection, &story);
            assert_eq!(found.len(), n, "{reports:?}");
        }
    }

    #[test]
    fn days_of_statements_and_lengths_of_videos_are_no_differences() {
        for (lang, a, b) in [
            (
                "en",
                "The council of Lenn said on Monday that the bridge will stay closed for repairs.",
                "The council of Lenn said on Tuesday that the bridge will stay closed for repairs.",
            ),
            (
                "en",
                "On Monday the mayor of Lenn told the council to close the old bridge.",
                "On Tuesday the mayor of Lenn told the council to close the old bridge.",
            ),
            (
                "en",
                "In a statement on 3 May, the port of Lenn blamed the storm for the closed bridge.",
                "In a statement on 5 May, the port of Lenn blamed the storm for the closed bridge.",
            ),
            (
                "de",
                "Der Stadtrat von Lenn erklärte am Montag, die alte Brücke bleibe gesperrt.",
                "Der Stadtrat von Lenn erklärte am Dienstag, die alte Brücke bleibe gesperrt.",
            ),
            (
                "en",
                "Watch the video of the fallen bridge in Lenn harbour: 06:06.",
                "Watch the video of the fallen bridge in Lenn harbour: 08:16.",
            ),
            (
                "en",
                "Video 06:06 The fallen bridge in the harbour of Lenn seen by divers.",
                "Video 08:16 The fallen bridge in the harbour of Lenn seen by divers.",
            ),
            (
                "de",
                "Video: Die gesperrte Brücke im Hafen von Lenn (06:06).",
                "Video: Die gesperrte Brücke im Hafen von Lenn (08:16).",
            ),
        ] {
            assert_eq!(differing(lang, a, b), [""; 0], "{a} | {b}");
        }
    }
}
