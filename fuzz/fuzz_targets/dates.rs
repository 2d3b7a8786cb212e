//! Parses any text as a date: no panic, and a date that is found is a range of the text that gives the same date when
//! parsed alone.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::read::date::{self, Hint};

fuzz_target!(|text: &str| {
    for locale in ["", "en-US", "de", "th"] {
        let now = "2008-02-13T12:00:00Z".parse().ok();
        let hint = Hint { now, ..Hint::from_locale(locale) };
        if let Some((span, published)) = date::find(text, &hint) {
            let found = span.get(text).expect("a range of the text");
            assert_eq!(date::parse(found, &hint), Some(published), "{found:?}");
        }
        let _ = date::is_date_line(text, &hint);
    }
    let _ = date::in_url(text);
});
