//! The invariants of grouping, and near-copies of every kind.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod generator;

use generator::{Chance, sentence, text};
use nutgraf::article::{Article, ArticleId, Block, BlockKind, Published};
use nutgraf::json::StoryRecord;
use nutgraf::language::Language;
use nutgraf::span::Span;
use nutgraf::stories::topic::{self, Topic};
use nutgraf::stories::{self, Background, Params, Sketch, Story};
use nutgraf::text::Collection;
use proptest::prelude::*;

fn article(id: &str, title: &str, paragraphs: &[String]) -> Article {
    let mut article = Article {
        id: ArticleId::given(id),
        title: title.to_owned(),
        lang: Language::ENGLISH,
        ..Article::default()
    };
    for paragraph in paragraphs {
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(paragraph);
        let span = Span::new(start, article.text.len());
        article.blocks.push(Block { kind: BlockKind::Paragraph, span });
    }
    article
}

fn group(articles: Vec<Article>) -> (Collection, Vec<Story>) {
    let collection = Collection::build(articles);
    let stories = stories::group(&collection, &Params::default());
    (collection, stories)
}

/// Returns the versions of one text: its kinds of copy, each with the number of the original.
fn copies_of(chance: &mut Chance, original: &[String], event: usize) -> Vec<Vec<String>> {
    let n = original.len();
    let brief = original[..n / 3].to_vec();
    let cut = original[..n - n / 4].to_vec();
    let mut topped = vec![sentence(chance, event, 20), sentence(chance, event, 18)];
    topped.extend_from_slice(&original[2..]);
    let mut corrected = original.to_vec();
    corrected[1] = sentence(chance, event, 16);
    corrected.push("This article was corrected to give the right figure.".to_owned());
    let retyped = original.iter().map(|s| with_noise(chance, s)).collect();
    vec![brief, cut, topped, corrected, retyped]
}

/// Mistypes, omits or doubles one word in twelve.
fn with_noise(chance: &mut Chance, sentence: &str) -> String {
    let mut words = Vec::new();
    for word in sentence.split(' ') {
        match chance.below(36) {
            0 => words.push(format!("{word}x")),
            1 => {}
            2 => words.extend([word.to_owned(), word.to_owned()]),
            _ => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}

/// Texts with their copies, sixty reprints of one, and others with which they share an event, a quotation and a
/// footer.
fn newsroom() -> (Vec<Article>, Vec<usize>) {
    let mut chance = Chance::new(3);
    let mut told: Vec<(usize, Vec<String>)> = Vec::new();
    for original in 0..60 {
        let event = original / 3;
        let quotation = sentence(&mut Chance::new(event as u64 + 100), event, 30);
        let n_sentences = 9 + chance.below(12);
        let mut body = text(&mut chance, event, n_sentences);
        body.insert(3, quotation);
        told.extend(copies_of(&mut chance, &body, event).into_iter().map(|copy| (original, copy)));
        if original == 7 {
            told.extend((0..60).map(|_| (original, body.clone())));
        }
        told.push((original, body));
    }
    let footer =
        "Sign up here for our newsletter and follow us on every network that you can name.";
    let mut articles = Vec::new();
    for (n, (_, body)) in told.iter().enumerate() {
        let mut body = body.clone();
        if n % 2 == 0 {
            body.push(footer.to_owned());
        }
        let title = sentence(&mut chance, n, 8);
        articles.push(article(&format!("n{n:04}"), &title, &body));
    }
    (articles, told.into_iter().map(|(original, _)| original).collect())
}

#[test]
fn near_copies_of_every_kind_are_found_and_others_are_not() {
    let (articles, original) = newsroom();
    let n = articles.len();
    let (_, stories) = group(articles);
    let found: Vec<&Vec<usize>> = stories.iter().flat_map(|s| &s.duplicates).collect();
    let pairs =
        |sizes: &mut dyn Iterator<Item = usize>| sizes.map(|s| s * (s - 1) / 2).sum::<usize>();
    let n_found = pairs(&mut found.iter().map(|g| g.len()));
    let right: usize = found
        .iter()
        .map(|g| {
            let mut of: Vec<usize> = g.iter().map(|&a| original[a]).collect();
            of.sort_unstable();
            pairs(&mut of.chunk_by(|a, b| a == b).map(<[usize]>::len))
        })
        .sum();
    let n_gold = pairs(&mut (0..60).map(|o| (0..n).filter(|&a| original[a] == o).count()));
    let precision = right as f64 / n_found as f64;
    let recall = right as f64 / n_gold as f64;
    let f1 = 2.0 * precision * recall / (precision + recall);
    assert!(0.995 <= precision && 0.99 <= f1, "precision {precision} recall {recall} F1 {f1}");
}

#[test]
fn a_roundup_joins_nothing() {
    let mut chance = Chance::new(5);
    let briefs: Vec<Vec<String>> = (0..6).map(|event| text(&mut chance, event * 50, 4)).collect();
    let mut articles: Vec<Article> =
        briefs.iter().enumerate().map(|(n, b)| article(&format!("b{n}"), "", b)).collect();
    articles.push(article("roundup", "News in brief", &briefs.concat()));
    let (_, stories) = group(articles);
    assert!(stories.iter().all(|s| s.duplicates.is_empty()), "{stories:#?}");
}

#[test]
fn the_newest_full_version_leads() {
    let mut chance = Chance::new(9);
    let body = text(&mut chance, 1, 12);
    let mut versions: Vec<Article> =
        ["a", "b", "c"].iter().map(|id| article(id, "", &body)).collect();
    versions[2] = article("c", "", &body[..5]);
    for (version, date) in versions.iter_mut().zip(["2024-05-01", "2024-05-02", "2024-05-03"]) {
        version.published = Published::parse(date);
    }
    let (_, stories) = group(versions);
    assert_eq!(stories.len(), 1);
    assert_eq!(stories[0].duplicates, [[1, 0, 2]]);
    assert_eq!(stories[0].independent(), [1]);
    assert_eq!(stories[0].id, "a");
}

/// Returns two pairs of short articles about two events, as reported by different outlets.
fn two_events() -> Vec<Article> {
    let tell = |id: &str, title: &str, paragraphs: &[&str], outlet: &str| {
        let paragraphs: Vec<String> = paragraphs.iter().map(|p| (*p).to_owned()).collect();
        Article { source: Some(outlet.to_owned()), ..article(id, title, &paragraphs) }
    };
    vec![
        tell(
            "ferry-1",
            "Ferry runs aground off Marlow Island, 40 rescued",
            &[
                "A passenger ferry ran aground on a sandbank off Marlow Island on Tuesday night.",
                "The coastguard took all 40 passengers to safety, Captain Ines Okafor said.",
            ],
            "Harbour Post",
        ),
        tell(
            "ferry-2",
            "Coastguard saves 40 from stranded Marlow ferry",
            &[
                "Forty passengers were rescued by the coastguard after a ferry hit a sandbank near Marlow Island.",
                "Captain Ines Okafor said that the ferry's radar had failed.",
            ],
            "The Daily Tide",
        ),
        tell(
            "bank-1",
            "Central bank of Tarvia raises interest rates to 6 percent",
            &[
                "The central bank of Tarvia raised its key interest rate by half a point to 6 percent.",
                "Governor Lena Brandt said inflation remained too high.",
            ],
            "Harbour Post",
        ),
        tell(
            "bank-2",
            "Tarvia lifts key rate as inflation stays high",
            &[
                "Tarvia's central bank on Tuesday lifted its key interest rate to 6 percent.",
                "Inflation is still too high, Governor Lena Brandt said.",
            ],
            "Ledger",
        ),
    ]
}

fn ids(collection: &Collection, story: &Story) -> Vec<String> {
    story.articles.iter().map(|&a| collection.articles[a].id.to_string()).collect()
}

#[test]
fn a_handful_of_articles_groups_without_counts_to_learn_from() {
    let (collection, stories) = group(two_events());
    let mut found: Vec<Vec<String>> = stories.iter().map(|s| ids(&collection, s)).collect();
    found.sort();
    assert_eq!(found, [["bank-1", "bank-2"], ["ferry-1", "ferry-2"]]);
    let two: Vec<Article> = two_events().into_iter().step_by(2).collect();
    assert_eq!(group(two).1.len(), 2);
    let (_, same) = group(two_events().into_iter().take(2).collect());
    assert_eq!(same.len(), 1);
}

#[test]
fn every_rank_and_every_tie_is_explained() {
    let (collection, stories) = group(two_events());
    for story in &stories {
        assert_eq!(story.rank.score(), story.score);
        assert_eq!(story.witnesses, 2);
    }
    for (story, ties) in
        stories.iter().zip(stories::ties(&collection, &stories, &Params::default()))
    {
        assert_eq!(ties.len(), story.articles.len());
        for tie in ties {
            assert!(!tie.terms.is_empty() && 0.0 < tie.similarity, "{tie:?}");
            assert!(story.articles.contains(&tie.article) && story.articles.contains(&tie.nearest));
        }
    }
}

#[test]
fn stories_are_put_under_the_topics_that_they_are_about() {
    let (collection, stories) = group(two_events());
    let topics = [Topic::from_words("ferry rescue"), Topic::from_words("interest rates")];
    let assigned = topic::assign(&collection, &stories, &topics);
    for (story, assigned) in stories.iter().zip(assigned) {
        let is_ferry = ids(&collection, story)[0].starts_with("ferry");
        assert_eq!(assigned.map(|(topic, _)| topic), Some(usize::from(!is_ferry)));
    }
    let none = [Topic::from_words("football transfer")];
    assert!(topic::assign(&collection, &stories, &none).iter().all(Option::is_none));
}

#[test]
fn listed_words_and_phrases_are_alternatives() {
    let (collection, stories) = group(two_events());
    let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let sea = Topic {
        words: list(&["ferry", "trawler", "lighthouse", "harbour", "dredger"]),
        phrases: list(&["storm surge", "high tide"]),
        ..Topic::from_words("Sea")
    };
    for (story, assigned) in stories.iter().zip(topic::assign(&collection, &stories, &[sea])) {
        let is_ferry = ids(&collection, story)[0].starts_with("ferry");
        assert_eq!(assigned.is_some(), is_ferry);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (articles, _) = newsroom();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| told(articles.clone()))
    };
    assert_eq!(on(1), on(7));
}

#[test]
fn a_topic_may_exclude_and_demand() {
    let (collection, _) = group(two_events());
    let words = vec!["tarvia".to_owned(), "ferry".to_owned()];
    let topic = Topic {
        words,
        exclude: vec!["radar".to_owned()],
        must: vec!["Ines Okafor".to_owned(), "Nobody".to_owned()],
        ..Topic::from_words("here")
    };
    let relevant: Vec<bool> =
        topic::relevance(&collection, &topic).into_iter().map(|r| 0.0 < r).collect();
    assert_eq!(relevant, [true, false, false, false]);
}

#[test]
fn a_story_keeps_its_id_when_newer_articles_come_in() {
    let mut articles = two_events();
    for (article, day) in articles.iter_mut().zip(["02", "03", "02", "03"]) {
        article.published = Published::parse(&format!("2024-05-{day}"));
    }
    let (_, before) = group(vec![articles[0].clone(), articles[2].clone()]);
    let (_, after) = group(articles);
    let id = |stories: &[Story]| {
        let mut ids: Vec<String> = stories.iter().map(|s| s.id.clone()).collect();
        ids.sort();
        ids
    };
    assert_eq!(id(&before), id(&after));
}

#[test]
fn nothing_gives_nothing() {
    assert!(group(Vec::new()).1.is_empty());
    assert!(stories::single(&Collection::default(), &Params::default()).articles.is_empty());
}

/// Returns some articles of few words, so that all kinds of similarity occur; ids are distinct.
fn some_articles() -> impl Strategy<Value = Vec<Article>> {
    let word = prop::sample::select(vec![
        "storm", "Tarvia", "bank", "vote", "7", "harbour", "the", "strike", "Brandt", "rescue",
    ]);
    let words = prop::collection::vec(word, 0..12).prop_map(|w| w.join(" "));
    let lang = prop::sample::select(vec!["en", "de", "und"]);
    let one = (words.clone(), prop::collection::vec(words, 0..4), lang, 0..4_u32);
    prop::collection::vec(one, 0..24).prop_map(|all| {
        let make = |(n, (title, body, lang, day)): (usize, (String, Vec<String>, &str, u32))| {
            let body: Vec<String> = body.into_iter().filter(|p| !p.is_empty()).collect();
            Article {
                lang: Language::parse(lang).unwrap(),
                published: (0 < day).then(|| Published::parse(&format!("2024-05-0{day}")).unwrap()),
                ..article(&format!("id{n}"), &title, &body)
            }
        };
        all.into_iter().enumerate().map(make).collect()
    })
}

#[test]
fn articles_without_a_title_have_the_same_headline_in_any_order() {
    let text =
        ["The ferry Halcyon ran aground off Lenn on Monday with forty people aboard.".to_owned()];
    let mut articles: Vec<Article> = ["b", "a", "c"].map(|id| article(id, "", &text)).into();
    let first = told(articles.clone());
    assert_eq!((first.len(), first[0].2.as_str()), (1, "a"));
    articles.rotate_left(1);
    assert_eq!(told(articles), first);
}

/// Id and score, members, headline, near-copies.
type Told = (String, Vec<String>, String, Vec<Vec<String>>);

/// Returns the published facts about stories, by ids.
fn told(articles: Vec<Article>) -> Vec<Told> {
    let (collection, stories) = group(articles);
    let id = |&a: &usize| collection.articles[a].id.to_string();
    stories
        .iter()
        .map(|s| {
            let mut members = ids(&collection, s);
            members.sort();
            let mut copies: Vec<Vec<String>> =
                s.duplicates.iter().map(|g| g.iter().map(id).collect()).collect();
            copies.sort();
            (format!("{} {:?}", s.id, s.score), members, id(&s.headline), copies)
        })
        .collect()
}

/// Returns the stories as they are published.
fn published(mut sketches: Vec<Sketch>) -> String {
    stories::sort_sketches(&mut sketches);
    let stories = stories::group_sketches(&sketches, &Background::default(), &Params::default());
    let records: Vec<StoryRecord<'_>> =
        stories.iter().map(|story| StoryRecord::new(&sketches, story)).collect();
    serde_json::to_string(&records).unwrap()
}

/// Sketches articles as on another machine, and transfers the sketches as JSON.
fn sent(articles: Vec<Article>) -> Vec<Sketch> {
    let sketches = stories::sketches(&Collection::build(articles));
    let lines = sketches.iter().map(|sketch| serde_json::to_string(sketch).unwrap());
    lines.map(|line| Sketch::from_json(line.as_bytes()).unwrap()).collect()
}

#[test]
fn a_newsroom_in_shards_has_the_stories_of_the_whole() {
    let (articles, _) = newsroom();
    let whole = published(articles.iter().map(Sketch::from_article).collect());
    let mut shards: Vec<Vec<Article>> = vec![Vec::new(); 7];
    for (n, article) in articles.into_iter().enumerate() {
        shards[n * n % 7].push(article);
    }
    assert_eq!(published(shards.into_iter().rev().flat_map(sent).collect()), whole);
}

#[test]
fn other_articles_in_the_background_count() {
    let (articles, _) = newsroom();
    let sketches: Vec<Sketch> = articles.iter().map(Sketch::from_article).collect();
    let (some, rest) = sketches.split_at(sketches.len() / 2);
    let count = |sketches: &[Sketch]| {
        let mut background = Background::default();
        for sketch in sketches {
            background.add(sketch);
        }
        background
    };
    let mut sum = count(rest);
    sum.merge(&count(some));
    assert_eq!(sum, count(&sketches));
    let json = serde_json::to_string(&sum).unwrap();
    assert_eq!(serde_json::from_str::<Background>(&json).unwrap(), sum);
}

#[test]
fn a_sketch_that_is_no_sketch_is_named() {
    let good = serde_json::to_string(&Sketch::from_article(&two_events()[0])).unwrap();
    let error = |text: &str| Sketch::from_json(text.as_bytes()).unwrap_err().to_string();
    for (text, reason) in [
        (good.get(..good.len() / 2).unwrap().to_owned(), "cut off"),
        ("{\"id\": \"a\"}".to_owned(), "not a sketch"),
        ("story".to_owned(), "not a sketch"),
        (good.replace("sketch/2", "sketch/9"), "has the format"),
        (good.replace("\"settings\":\"", "\"settings\":\"9"), "with the settings"),
        (good.replace("\"marks\":[", "\"marks\":[0,"), "different lengths"),
        (good.replace("\"lang\":\"en\"", "\"lang\":\"7\""), "damaged"),
        (
            good.replace(
                "\"pairs\":{\"in_title\":",
                "\"pairs\":{\"terms\":[[9999,0]],\"in_title\":",
            ),
            "damaged",
        ),
    ] {
        assert!(error(&text).contains(reason), "{}", error(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sketches_of_any_shards_in_any_order_have_the_stories_of_the_whole(
        (articles, shuffled) in some_articles().prop_flat_map(|a| (Just(a.clone()), Just(a).prop_shuffle())),
        n_shards in 1_usize..6,
    ) {
        let whole = published(articles.iter().map(Sketch::from_article).collect());
        let size = shuffled.len().div_ceil(n_shards).max(1);
        let parts = shuffled.chunks(size).flat_map(|shard| sent(shard.to_vec())).collect();
        prop_assert_eq!(published(parts), whole);
    }

    #[test]
    fn stories_are_a_partition_and_languages_are_never_mixed(articles in some_articles()) {
        let n = articles.len();
        let (collection, stories) = group(articles);
        let mut members: Vec<usize> = stories.iter().flat_map(|s| s.articles.clone()).collect();
        members.sort_unstable();
        prop_assert_eq!(members, (0..n).collect::<Vec<_>>());
        for story in &stories {
            let lang = collection.articles[story.articles[0]].lang;
            prop_assert!(story.articles.iter().all(|&a| collection.articles[a].lang == lang));
            prop_assert!(story.articles.contains(&story.headline));
            prop_assert!(story.duplicates.iter().flatten().all(|a| story.articles.contains(a)));
        }
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(
        (articles, shuffled) in some_articles().prop_flat_map(|a| (Just(a.clone()), Just(a).prop_shuffle()))
    ) {
        prop_assert_eq!(told(articles), told(shuffled));
    }
}
