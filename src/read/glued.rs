//! Text that is glued to the start of a paragraph: a caption with its picture credit, or the time of a live-blog entry.
//!
//! ```text
//! Tractors stand on the pier. (Ken Hall/Varn Post) Farmers blocked …    caption and credit
//! The mill in 2019. Photograph: Ada Lorne/Varn Post A fire …            caption and credit
//! 14:20 Uhr: In Varn ist der Strom ausgefallen …                        time of an entry
//! ```
//!
//! A paragraph that begins with such text is divided, so that the caption or the time becomes a block and the sentence
//! after it starts a paragraph. Captions are only looked for in the first paragraph of an article. A credit ends with a
//! closing bracket, a full stop, a known agency or the name of the outlet, or before a word that cannot belong to a
//! name: a function word ("The"), a number or an opening quotation mark. Otherwise, if the credit contains a slash, the
//! sentence begins with the last capitalized word before the first lower-case word, or with an earlier word if the
//! words from there on are in the title or occur together elsewhere in the article. If no end is found, the paragraph
//! stays whole.
//!
//! Known limit: a caption without a credit stays in its paragraph.

use crate::article::{Article, Block, BlockKind};
use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::dateline::{self, AGENCIES_WITHOUT_DASH, LOWER_CASE_AGENCIES};
use crate::read::line_patterns;
use crate::read::lines;
use crate::span::{Span, slice};

/// The minimum number of paragraphs of a live blog that begin with a time. A report may contain one such paragraph.
const FEWEST_ENTRIES: usize = 2;

/// The maximum number of bytes in a caption before its credit.
const LONGEST: usize = 400;

/// The maximum number of words in a credit in brackets. For other credits, the number of words and slashes that are
/// examined.
const MOST_WORDS: usize = 16;

/// The minimum number of words in the text after a credit.
const LEAST_WORDS: usize = 4;

/// Separates the caption and its credit from the first paragraph of an article, and the times from the entries of a
/// live blog.
pub(crate) fn divide(article: &mut Article) {
    let is_paragraph = |block: &&Block| block.kind == BlockKind::Paragraph;
    let text = &article.text;
    let timed = article.blocks.iter().filter(is_paragraph);
    let is_live =
        timed.filter(|b| entry_time(b.span.slice(text)).is_some()).nth(FEWEST_ENTRIES - 1);
    let is_live = is_live.is_some();
    let mut blocks = Vec::with_capacity(article.blocks.len());
    let mut is_first = true;
    for block in &article.blocks {
        let own = block.span.slice(text);
        let mut parts = Vec::new();
        if block.kind == BlockKind::Paragraph {
            if is_live && let Some(len) = entry_time(own) {
                parts = vec![(0, len, BlockKind::Dateline), (len, own.len(), block.kind)];
            } else if is_first {
                parts = credited(own, article);
            }
            is_first = false;
        }
        if parts.is_empty() {
            blocks.push(*block);
        }
        let start = block.span.start();
        let span = |from: usize, to: usize| Span::new(start + from, start + to).trimmed(text);
        let parts = parts.into_iter().map(|(from, to, kind)| Block { kind, span: span(from, to) });
        blocks.extend(parts.filter(|part| !part.span.is_empty()));
    }
    article.blocks = blocks;
}

/// Returns the length of the time at the start of a live-blog entry, including the separator after it, if a sentence
/// follows.
fn entry_time(paragraph: &str) -> Option<usize> {
    let len = line_patterns::clock_time(paragraph)?;
    let rest = slice(paragraph, len, paragraph.len()).trim_start();
    let entry = rest.trim_start_matches([':', '–', '—', '|', '-']).trim_start();
    let begins = |c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '„' | '«' | '¿' | '¡')
    };
    entry.starts_with(begins).then(|| paragraph.len() - entry.len())
}

/// Divides a paragraph that contains a credit into parts, each with its range and kind; returns no parts if there is no
/// credit.
///
/// If the text before the credit shares at least [`LEAST_LEAD`] more words with the title than the text after it, it is
/// not a caption: the credit was inserted into the report.
fn credited(paragraph: &str, article: &Article) -> Vec<(usize, usize, BlockKind)> {
    let Some((start, end)) = credit(paragraph, article) else { return Vec::new() };
    let rest = slice(paragraph, end, paragraph.len());
    let rest_start = paragraph.len() - rest.trim_start().len();
    let title = content_words(&article.title);
    let shared = |text: &str| {
        let words = content_words(text);
        title.iter().filter(|word| words.contains(word)).count()
    };
    let before = slice(paragraph, 0, start);
    let is_inserted = LEAST_LEAD + shared(rest) <= shared(before);
    let mut parts = if is_inserted {
        vec![(0, start, BlockKind::Paragraph), (start, end, BlockKind::Caption)]
    } else {
        vec![(0, end, BlockKind::Caption)]
    };
    let filed = dateline::find(rest.trim_start()).filter(|_| !is_inserted);
    let filed = rest_start + filed.map_or(0, |filed| filed.len);
    parts.push((rest_start, filed, BlockKind::Dateline));
    parts.push((filed, paragraph.len(), BlockKind::Paragraph));
    parts
}

/// The text before a credit is part of the report if it contains at least this many more title words than the text
/// after the credit. A caption often mentions one thing that the title also mentions.
const LEAST_LEAD: usize = 2;

/// Returns the words of a text in lower case, without words of fewer than three characters and words that cannot start
/// a dateline, such as articles and prepositions.
fn content_words(text: &str) -> Vec<String> {
    let words =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().nth(2).is_some());
    words.map(str::to_lowercase).filter(|word| !boilerplate().is_no_place(word)).collect()
}

/// Returns the range of the first picture credit in a paragraph, if a sentence follows it. A credit is at the start of
/// the paragraph or after an end mark.
fn credit(paragraph: &str, article: &Article) -> Option<(usize, usize)> {
    if !paragraph.contains(['/', '©', ':', '(', '[']) && !paragraph.to_lowercase().contains(" by ")
    {
        return None;
    }
    let starts = std::iter::once(0).chain(sentence_starts(paragraph));
    let mut found = starts.take_while(|start| *start < LONGEST).filter_map(|start| {
        let rest = slice(paragraph, start, paragraph.len());
        let len = bracketed(rest).or_else(|| signed(rest)).or_else(|| {
            let from = introduced(rest)?;
            Some(from + end_of_makers(slice(rest, from, rest.len()), article)?)
        })?;
        Some((start, start + len))
    });
    let (start, end) = found.next()?;
    let rest = slice(paragraph, end, paragraph.len()).trim_start();
    let begins =
        |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '„' | '«');
    (rest.starts_with(begins) && LEAST_WORDS <= lines::n_words(rest, LEAST_WORDS))
        .then_some((start, end))
}

/// Returns the positions at which a sentence may begin: after white space that follows an end mark, a closing
/// parenthesis or a quotation mark.
fn sentence_starts(text: &str) -> impl Iterator<Item = usize> {
    let ends = text.match_indices(['.', '!', '?', '…', ')', '"', '”', '»']);
    ends.filter_map(|(at, mark)| {
        let rest = slice(text, at + mark.len(), text.len());
        let start = text.len() - rest.trim_start().len();
        rest.starts_with(char::is_whitespace).then_some(start)
    })
}

/// Returns the length of a credit in brackets: "(Ken Hall/Varn Post)", "[Photo: Ada Lorne]".
fn bracketed(text: &str) -> Option<usize> {
    if !text.starts_with(['(', '[']) {
        return None;
    }
    let close = text.find([')', ']'])?;
    let inside = slice(text, 1, close);
    let words = inside.split_whitespace().count();
    let is_credit = || {
        let lower = inside.to_lowercase();
        boilerplate().lead(&lower, Lead::Credit).is_some()
            || lower.starts_with('©')
            || lower.contains("photo/")
            || inside.split_once('/').is_some_and(|(maker, _)| is_name(maker))
    };
    (words <= MOST_WORDS && is_credit()).then_some(close + 1)
}

/// Returns whether a text has the form of a name of two to four words.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace();
    (2..=4).contains(&words.clone().count()) && words.clone().all(is_part_of_name)
}

/// Returns whether a word has the form of a part of a name: "Lorne", "J.".
fn is_part_of_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|c| c.is_lowercase() || c == '.')
}

/// Returns the length of a credit that consists of a name and a known agency: "Ada Lorne/AP", "REUTERS/Ada Lorne".
fn signed(text: &str) -> Option<usize> {
    let words = words(text);
    let at = words.iter().take(5).position(|word| word.text == "/")?;
    let is_agency = |word: &Word<'_>| is_agency(word.text.trim_end_matches('.'));
    let names = |range: &[Word<'_>]| range.iter().all(|word| is_part_of_name(word.text));
    let before = words.get(..at)?;
    let after = words.get(at + 1..)?;
    if 2 <= before.len() && names(before) {
        return after.first().filter(|word| is_agency(word)).map(|word| word.end);
    }
    let is_wire = before.len() == 1 && is_agency(&before[0]);
    let name = after.get(..2).filter(|name| is_wire && names(name))?;
    Some(name[1].end)
}

/// Returns whether a word is the name of a known agency, spelled as the agency signs its reports, or in capitals.
fn is_agency(word: &str) -> bool {
    let is_upper = word.chars().all(|c| !c.is_lowercase());
    AGENCIES_WITHOUT_DASH.contains(&word)
        || LOWER_CASE_AGENCIES.contains(&word)
        || is_upper
            && (LOWER_CASE_AGENCIES.contains(&word.to_lowercase().as_str())
                || AGENCIES_WITHOUT_DASH.iter().any(|agency| agency.eq_ignore_ascii_case(word)))
}

/// Returns the length of the label that introduces a credit, with the white space after it, if a capital follows:
/// "Photograph:", "Foto:", "©".
fn introduced(text: &str) -> Option<usize> {
    let head: String = text.chars().take_while(|c| *c != '/').take(40).collect();
    let len = if text.starts_with('©') {
        '©'.len_utf8()
    } else {
        let lower = head.to_lowercase();
        boilerplate().lead(&lower, Lead::Credit).filter(|_| lower.len() == head.len())?
    };
    let rest = slice(text, len, text.len());
    let maker = rest.trim_start_matches([' ', '\u{a0}', ':']);
    let is_capital = maker.starts_with(char::is_uppercase);
    (text.starts_with(|c: char| c == '©' || c.is_uppercase()) && is_capital)
        .then(|| text.len() - maker.len())
}

/// A word or a slash in a credit.
#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// Returns the first [`MOST_WORDS`] words of a text; each slash is a separate word.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < MOST_WORDS {
        let rest = slice(text, at, text.len());
        let trimmed = rest.trim_start();
        let start = text.len() - trimmed.len();
        let ends = |c: char| c.is_whitespace() || c == '/';
        let len =
            if trimmed.starts_with('/') { 1 } else { trimmed.find(ends).unwrap_or(trimmed.len()) };
        if len == 0 {
            break;
        }
        at = start + len;
        words.push(Word { text: slice(text, start, at), start, end: at });
    }
    words
}

/// Returns the length of the names of photographers and owners at the start of the text after a credit label; `None` if
/// their end is not found.
fn end_of_makers(text: &str, article: &Article) -> Option<usize> {
    let words = words(text);
    let is_capital = |word: &Word<'_>| {
        word.text == "/"
            || word.text.starts_with(char::is_uppercase)
            || LOWER_CASE_AGENCIES.contains(&word.text)
    };
    let joins =
        |at: usize| JOINERS.contains(&words[at].text) && words.get(at + 1).is_some_and(is_capital);
    let n = (0..words.len()).find(|&at| !is_capital(&words[at]) && !joins(at))?;
    let (run, next) = (&words[..n], &words[n]);
    let follows_maker =
        |at: usize| 0 < at && run[at - 1].text != "/" && !JOINERS.contains(&run[at - 1].text);
    // A full stop ends the credit, unless it follows an initial or a short abbreviation such as "Jr.".
    let stop =
        run.iter().position(|word| word.text.ends_with('.') && 3 < word.text.chars().count());
    if let Some(at) = stop {
        return Some(run[at].end);
    }
    let slash = run.iter().position(|word| word.text == "/");
    if let Some(outlet) = article.source.as_deref()
        && let Some(at) = slash
        && let Some(first) = run.get(at + 1)
        && slice(text, first.start, text.len()).starts_with(outlet)
    {
        return Some(first.start + outlet.len());
    }
    let agency = (1..run.len()).find(|&at| run[at - 1].text == "/" && is_agency(run[at].text));
    if let Some(at) = agency {
        return Some(run[at].end);
    }
    let opens =
        |at: &usize| follows_maker(*at) && boilerplate().is_no_place(&run[*at].text.to_lowercase());
    if let Some(at) = (1..run.len()).find(opens) {
        return Some(run[at - 1].end);
    }
    if !next.text.starts_with(char::is_lowercase) {
        return (!run.is_empty()).then(|| run[n - 1].end);
    }
    Some(run[start_of_sentence(run, slash?, article)? - 1].end)
}

/// Returns the position, in a run of capitalized words, of the word with which the sentence after a credit begins. This
/// is the last word, or an earlier one if, from there on, every two adjacent words are in the title or occur together
/// elsewhere in the article. At least one word after the slash is left for the name of the owner.
fn start_of_sentence(run: &[Word<'_>], slash: usize, article: &Article) -> Option<usize> {
    let title = content_words(&article.title);
    let is_titled = |word: &Word<'_>| title.contains(&word.text.to_lowercase());
    let mut start = run.len().checked_sub(1).filter(|start| slash + 1 < *start)?;
    while slash + 2 < start {
        let pair = format!("{} {}", run[start - 1].text, run[start].text);
        let is_name = article.text.matches(&pair).nth(1).is_some();
        let are_titled = is_titled(&run[start - 1]) && is_titled(&run[start]);
        if !(is_name || are_titled) {
            break;
        }
        start -= 1;
    }
    Some(start)
}

/// Lower-case words and signs that join the names in a credit: "Ada Lorne for Varn Post", "Jan de Roe".
const JOINERS: [&str; 24] = [
    "by", "for", "via", "and", "of", "from", "para", "pour", "per", "für", "und", "et", "y", "e",
    "de", "del", "di", "da", "van", "von", "der", "den", "|", "&",
];

#[cfg(test)]
mod tests {
    use super::divide;
    use crate::article::{Article, BlockKind};
    use crate::language::Language;

    /// Returns the kinds and texts of an article's blocks.
    fn divided(title: &str, outlet: &str, code: &str, text: &str) -> Vec<(BlockKind, String)> {
        let builder = Article::builder(text).title(title).outlet(outlet);
        let mut article = builder.lang(Language::parse(code).expect("a language")).build();
        divide(&mut article);
        let text = &article.text;
        article.blocks.iter().map(|b| (b.kind, b.span.slice(text).to_owned())).collect()
    }

    /// The language, the title, the caption with its credit, and the lede of articles.
    const GLUED: &[[&str; 4]] = &[
        [
            "en",
            "Fire destroys mill in Varn",
            "Firefighters spray water on the ruins of the mill. Photograph: Ada Lorne/Varn Post",
            "A fire destroyed the paper mill of Varn on Friday.",
        ],
        [
            "en",
            "Flood waters recede",
            "Volunteers shovel mud from a bakery. Photograph: Ken Hall/Varn Post",
            "Flood waters in Brae began to recede on Friday.",
        ],
        [
            "en",
            "Farmers block bridge",
            "Tractors stand on the pier on Friday. (Ken Hall/Coast Times)",
            "Farmers blocked the bridge of Varn with 140 tractors.",
        ],
        [
            "en",
            "Old bear dies in zoo",
            "Bear Bobo in 2019. Image: Varn Zoo/Handout",
            "The oldest bear in the country died on Friday at the age of 41.",
        ],
        [
            "en",
            "Tove Holm resigns",
            "Divers search the harbour. Photo: Ada Lorne/Coast Wire",
            "Tove Holm resigned as mayor of Varn on Friday.",
        ],
        [
            "en",
            "Six miners freed",
            "A rescuer waves to the crowd. Photo by Ada Lorne for Coast Wire.",
            "Six miners were freed on Friday after two days.",
        ],
        [
            "en",
            "Court bans sale",
            "Judges enter the court. REUTERS/Ada Lorne",
            "Residents won their case against the sale of the forest.",
        ],
        [
            "en",
            "Court bans sale",
            "Judges enter the court. Ada Lorne/AP",
            "Residents won their case against the sale of the forest.",
        ],
        [
            "de",
            "Feuer zerstört Mühle",
            "Feuerwehrleute löschen die Reste der Mühle. Foto: Jan Roe/dpa",
            "Ein Feuer hat am Freitag die Papiermühle von Varn zerstört.",
        ],
        [
            "de",
            "Brücke gesperrt",
            "Die Brücke im Mai. (Foto: Jan Roe)",
            "Risse im Pfeiler haben die Stadt zur Sperrung gezwungen.",
        ],
        [
            "fr",
            "Un fonds pour les usines",
            "La présidente Anne Roux à Varn, le 10 juillet. © Jean Roux / Le Courrier",
            "La présidente Anne Roux a annoncé vendredi un fonds pour les usines.",
        ],
        [
            "es",
            "Arde el molino",
            "Bomberos ante el molino de Varn. Foto: Ana Ruiz/EFE",
            "Un incendio destruyó el viernes el molino de papel de Varn.",
        ],
        [
            "it",
            "Ponte chiuso",
            "Il ponte di Varn a maggio. (Foto: Ada Bianchi/ANSA)",
            "Le crepe in un pilastro hanno costretto la città a chiuderlo.",
        ],
        [
            "nl",
            "Brug dicht",
            "De brug van Varn in mei. Foto: Jan Roe/ANP",
            "De gemeente heeft de brug vrijdag gesloten na scheuren.",
        ],
    ];

    #[test]
    fn a_glued_caption_and_its_credit_are_set_apart() {
        for [code, title, caption, lede] in GLUED {
            let text = format!("{caption} {lede}\n\nDamage is put at 20 million.");
            let found = divided(title, "Varn Post", code, &text);
            assert_eq!(found[0], (BlockKind::Caption, (*caption).to_owned()), "{text}");
            assert_eq!(found[1], (BlockKind::Paragraph, (*lede).to_owned()), "{text}");
        }
    }

    #[test]
    fn text_with_slashes_labels_and_brackets_stays_whole() {
        for text in [
            "A storm hit the coast. Dallas/Fort Worth airport was closed on Friday.",
            "The council met on Friday. New York/New Jersey ports were closed after it.",
            "The mayor showed a card. Photo: that was the only word on its back, she said.",
            "The film opens on Friday. Video: Mayor Ada Lorne speaks about the film at the pier.",
            "The council met (see the Varn Post/Coast Times poll) and closed the bridge.",
            "He read the label. Credit: nobody knew who had made the picture on it.",
            "The vote was close. (Lorne/Holm led the list of the party.) The mayor won.",
            "The bridge is closed. The/A dispute over its name goes on in the council.",
        ] {
            let found = divided("Council meets", "Varn Post", "en", text);
            assert_eq!(found, [(BlockKind::Paragraph, text.to_owned())]);
        }
    }

    #[test]
    fn a_credit_inserted_into_the_report_is_cut_out() {
        let text =
            "A fire destroyed the mill of Varn. Photo: Ada Lorne/AP The cause is not known yet.";
        let found = divided("Fire destroys mill of Varn", "Varn Post", "en", text);
        let kinds: Vec<BlockKind> = found.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Caption, BlockKind::Paragraph]);
        assert_eq!(found[2].1, "The cause is not known yet.");
    }

    #[test]
    fn a_dateline_may_follow_the_credit() {
        let text =
            "Judges enter the court. Ada Lorne/AP VARN, Ostland (KTV) — The court banned the sale.";
        let found = divided("Court bans sale", "KTV", "en", text);
        let kinds: Vec<BlockKind> = found.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [BlockKind::Caption, BlockKind::Dateline, BlockKind::Paragraph]);
    }

    #[test]
    fn the_times_of_a_live_blog_are_set_apart() {
        for (code, first, second) in [
            (
                "en",
                ("09:45", "Residents of Mill Lane have been told to leave."),
                ("09:20", "The river has risen."),
            ),
            (
                "en",
                ("2.31pm BST", "Tax on fuel is to rise in January."),
                ("1.58pm BST", "Holm rises to speak."),
            ),
            (
                "en",
                ("10:45 a.m.:", "The pier will stay closed."),
                ("10:12 a.m.:", "Divers arrive."),
            ),
            ("en", ("14:32 –", "A third crack was found."), ("14:10 –", "The tram stops.")),
            (
                "de",
                ("14:20 Uhr:", "In Varn ist der Strom ausgefallen."),
                ("13.50 Uhr:", "Die Fähre fährt nicht."),
            ),
            (
                "fr",
                ("14h20 -", "Le pont de Varn est fermé."),
                ("13h50 -", "Les plongeurs arrivent."),
            ),
            ("es", ("14:20", "El puente de Varn está cerrado."), ("13:50", "Llegan los buzos.")),
            (
                "it",
                ("14:20 –", "Il ponte di Varn è chiuso."),
                ("13.50 –", "Arrivano i sommozzatori."),
            ),
            ("nl", ("14:20 |", "De brug van Varn is dicht."), ("13:50 |", "Duikers komen aan.")),
            ("sv", ("14:20", "Bron i Varn är stängd."), ("13:50", "Dykare anländer.")),
        ] {
            let text = format!("{} {}\n\n{} {}", first.0, first.1, second.0, second.1);
            let found = divided("Live", "Varn Post", code, &text);
            let expected = [first.0, first.1, second.0, second.1].map(str::to_owned);
            assert_eq!(found.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>(), expected);
            assert_eq!(found[0].0, BlockKind::Dateline);
        }
        for text in [
            "7:30 p.m. is the end of the last shift.\n\nThe pier is closed.",
            "3.50 crowns is the price.\n\n3.80 crowns is the new price.",
            "14:32 The pier is closed.\n\nNobody knows for how long.",
        ] {
            assert!(
                divided("Pier", "Varn Post", "en", text)
                    .iter()
                    .all(|(k, _)| *k == BlockKind::Paragraph)
            );
        }
    }
}
