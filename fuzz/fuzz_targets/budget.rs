//! Checks that no summary, by any method, and no briefing exceeds its budget, for any articles. The first byte is the
//! budget; the rest are articles.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::article::Published;
use nutgraf::budget::{self, Budget};
use nutgraf::pipeline;
use nutgraf::stories;
use nutgraf::summary::{self, Method, summarize};
use nutgraf::text::Collection;
use nutgraf_fuzz::articles;

fuzz_target!(|bytes: &[u8]| {
    let Some((limit, rest)) = bytes.split_first() else { return };
    let limit = usize::from(*limit);
    let given = articles(rest);
    if given.is_empty() {
        return;
    }
    let now = Published::parse("2008-02-14T06:00:00Z").expect("a time");
    let params = pipeline::Params { words: limit, ..pipeline::Params::default() };
    let briefing = pipeline::brief(given.clone(), &params, now).briefing;
    assert!(briefing.words <= limit, "{} of {limit} words", briefing.words);
    let collection = Collection::build(given);
    let story = stories::single(&collection, &stories::Params::default());
    for method in [Method::Auto, Method::TfIdf, Method::LexRank, Method::Lead] {
        for budget in [Budget::Words(limit), Budget::Sentences(limit % 8), Budget::Chars(4 * limit)] {
            let params = summary::Params { method, ..summary::Params::default() };
            let extract = summarize(&collection, &story, budget, &params);
            let sentence = |c: &summary::Chosen| collection.sentence_text(c.at.article, c.at.sentence);
            let shown: Vec<&str> = extract.sentences.iter().map(sentence).collect();
            let used = match budget {
                Budget::Words(_) | Budget::Ratio(_) => budget::words(&shown.join(" ")),
                Budget::Sentences(_) => shown.len(),
                Budget::Chars(_) => shown.join(" ").chars().count(),
            };
            assert!(used <= budget.limit(), "{used} of {budget:?}: {shown:?}");
            assert_eq!(used, extract.used);
        }
    }
});
