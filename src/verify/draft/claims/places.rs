//! Capitals, by which news reports refer to governments.

/// Capitals with their countries. They can only support a name that no source has.
const CAPITALS: &[(&str, &str)] = &[
    ("ankara", "turkey"),
    ("athens", "greece"),
    ("baghdad", "iraq"),
    ("beijing", "china"),
    ("berlin", "germany"),
    ("brussels", "eu"),
    ("cairo", "egypt"),
    ("canberra", "australia"),
    ("damascus", "syria"),
    ("delhi", "india"),
    ("islamabad", "pakistan"),
    ("jerusalem", "israel"),
    ("kabul", "afghanistan"),
    ("kiev", "ukraine"),
    ("kremlin", "russia"),
    ("kyiv", "ukraine"),
    ("lisbon", "portugal"),
    ("london", "britain"),
    ("madrid", "spain"),
    ("moscow", "russia"),
    ("ottawa", "canada"),
    ("paris", "france"),
    ("pyongyang", "korea"),
    ("rome", "italy"),
    ("seoul", "korea"),
    ("stockholm", "sweden"),
    ("tehran", "iran"),
    ("tokyo", "japan"),
    ("vienna", "austria"),
    ("warsaw", "poland"),
    ("washington", "us"),
];

/// Returns the country of a name that is a capital.
pub(super) fn country_of_capital(words: &[String]) -> Option<&'static str> {
    let capital = words.last()?;
    CAPITALS.iter().find(|(name, _)| name == capital).map(|(_, country)| *country)
}
