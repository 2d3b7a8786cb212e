//! Reads timed speech: subtitles (`WebVTT`, `SubRip`) and transcripts with a time on each line.
//!
//! ```text
//! 00:00:01.000 --> 00:00:04.000      [00:12:31] Ada Lorne: We cannot wait.      0:04
//! <v Ada Lorne>We cannot             [00:12:40] Another winter will come.       we cannot wait another winter
//! ```
//!
//! Times, numbers, positions and tags are removed, cues are joined into paragraphs, and a line that a rolling caption
//! repeats is read once. A new speaker (`<v Ada>`, `>> ADA:`, `- `) starts a paragraph. A paragraph also ends at the
//! end of a sentence if a pause follows or the paragraph is long. In subtitles without punctuation, a pause ends it. The
//! formats are those of the W3C's `WebVTT` (2019) and of the program `SubRip`.
//!
//! Known limit: speakers marked only by a dash have no names, because the file does not give any.

use std::borrow::Cow;

use crate::read::lines;
use crate::span::slice;

/// The minimum length in milliseconds of a pause that ends a paragraph, if a sentence has ended.
const PAUSE: u64 = 3000;
/// The number of bytes from which a paragraph ends at the next end of a sentence, even without a pause, or at the end
/// of a line if the paragraph has no end marks.
const LONG: usize = 600;
/// The characters that end sentences.
const MARKS: [char; 8] = ['.', '!', '?', '…', '。', '؟', '।', '։'];
/// A text has hardly any end marks if there are fewer than one for this many words.
const UNMARKED: usize = 60;
/// The minimum number of lines with times in a transcript.
const TIMED: usize = 3;
/// The minimum number of lines with times in a transcript if every time is in brackets or is followed by an end time.
const BRACKETED: usize = 2;
/// The minimum share of lines with times in a transcript: one in this many.
const SHARE: usize = 3;
/// The maximum number of characters in the name of a speaker.
const LONGEST_NAME: usize = 40;
/// The maximum first time, in milliseconds, of a transcript whose times could also be times of day; the times of a
/// recording start near zero.
const EARLY: u64 = 5 * 60 * 1000;

/// The spoken text without its times.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Speech {
    /// The lines of a transcript before the first time.
    pub(crate) head: String,
    /// The paragraphs, separated by blank lines.
    pub(crate) text: String,
}

/// Returns the speech in subtitles or in a transcript with times; `None` for any other text.
pub(crate) fn speech(text: &str) -> Option<Speech> {
    if is_subtitles(text) {
        Some(Speech { text: of_cues(text), head: String::new() })
    } else {
        of_transcript(text)
    }
}

/// Returns whether a text is `WebVTT` or `SubRip`, judging by its first lines.
pub(crate) fn is_subtitles(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let mut lines = text.lines().map(str::trim);
    let first = lines.next().unwrap_or("");
    if first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t") {
        return true;
    }
    let is_number = !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit());
    is_timing(first) || is_number && lines.find(|l| !l.is_empty()).is_some_and(is_timing)
}

fn is_timing(line: &str) -> bool {
    timing(line).is_some()
}

/// Parses the start and end of a cue, in milliseconds: `00:00:01,000 --> 00:00:04,000 align:start`.
fn timing(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some((time(start.trim())?, time(end)?))
}

/// Parses a time, in milliseconds: `1:02:03.456`, `02:03`, `02:03,456`.
fn time(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut seconds = 0_u64;
    let mut parts = 0;
    for part in clock.split(':') {
        let digits =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok().filter(|_| digits)?)?;
        parts += 1;
    }
    let thousandths: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    ((2..=3).contains(&parts)).then(|| seconds * 1000 + thousandths)
}

/// Paragraphs of speech under construction.
#[derive(Default)]
struct Joined {
    out: String,
    /// The position in `out` at which the open paragraph begins.
    open: usize,
    speaker: String,
    last_line: String,
    ended_at: u64,
    /// Whether the text has hardly any end marks, as automatic captions do.
    lacks_marks: bool,
}

impl Joined {
    fn new(text: &str) -> Self {
        let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
        let marked = |word: &str| word.ends_with(MARKS);
        let (all, ended) =
            words.fold((0, 0), |(all, ended), word| (all + 1, ended + usize::from(marked(word))));
        Self { lacks_marks: ended * UNMARKED < all, ..Self::default() }
    }
}

impl Joined {
    /// Adds a line that is spoken from `start` to `end`, in milliseconds.
    fn take(&mut self, line: &str, start: u64, end: u64) {
        let (speaker, words) = speaker_of(line);
        let words = words.trim();
        if words.is_empty() || words == self.last_line {
            // A rolling caption repeats its last line.
            self.ended_at = self.ended_at.max(end);
            return;
        }
        let turn = match &speaker {
            Some(Cow::Borrowed("")) => true,
            Some(name) => **name != self.speaker,
            None => false,
        };
        let open = slice(&self.out, self.open, self.out.len());
        let pause = PAUSE <= start.saturating_sub(self.ended_at) || LONG <= open.len();
        // Speech without punctuation is split at the end of a line instead.
        let unmarked = LONG <= open.len() && !open.contains(MARKS);
        let ends = lines::ends_sentence(open) || self.lacks_marks;
        if !open.is_empty() && (turn || unmarked || pause && ends) {
            self.out.push_str("\n\n");
            self.open = self.out.len();
        } else if !open.is_empty() {
            self.out.push(' ');
        }
        if let Some(name) = speaker.filter(|name| turn && !name.is_empty()) {
            self.out.push_str(&name);
            self.out.push_str(": ");
            self.speaker = name.into_owned();
        }
        self.out.push_str(words);
        words.clone_into(&mut self.last_line);
        self.ended_at = end;
    }
}

/// Joins the cues of subtitles. A truncated file is read up to its end.
fn of_cues(text: &str) -> String {
    let mut speech = Joined::new(text);
    let mut cue: Option<(u64, u64)> = None;
    for line in text.lines().map(str::trim) {
        if let Some(times) = timing(line) {
            cue = Some(times);
        } else if line.is_empty() {
            cue = None;
        } else if let Some((start, end)) = cue {
            speech.take(&without_tags(line), start, end);
        }
    }
    speech.out
}

/// Returns the speaker at the beginning of a line, if any, and the rest. The name is empty if the line only marks a
/// change of speaker (`- `, `>>`); [`without_tags`] has already turned `<v Ada>` into `Ada: `.
fn speaker_of(line: &str) -> (Option<Cow<'_, str>>, &str) {
    let rest = line.trim_start();
    if let Some(rest) = rest.strip_prefix(">>").map(|r| r.trim_start_matches('>').trim_start()) {
        let (name, words) = named(rest).unwrap_or(("", rest));
        return (Some(Cow::Borrowed(name)), words);
    }
    if let Some(rest) =
        rest.strip_prefix(['-', '–', '—']).filter(|r| r.starts_with(char::is_whitespace))
    {
        return (Some(Cow::Borrowed("")), rest);
    }
    match named(rest) {
        Some((name, words)) => (Some(Cow::Borrowed(name)), words),
        None => (None, rest),
    }
}

/// Returns the name of a speaker before a colon, and the words after it. A name has few words, all of them capitalized
/// or in a script without capitals.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, words) = line.split_once([':', '：'])?;
    let spaced = words.is_empty() || words.starts_with(char::is_whitespace) || line.contains('：');
    (spaced && is_speaker(name)).then_some((name.trim(), words))
}

/// Returns whether a line ends inside a tag because the file is truncated: `<v Ada Lor`.
fn is_cut_tag(tag: &str) -> bool {
    const TAGS: [&str; 8] = ["v", "c", "i", "b", "u", "lang", "ruby", "font"];
    let inside = tag.strip_prefix("</").or_else(|| tag.strip_prefix('<')).unwrap_or("");
    let name = inside.split([' ', '.']).next().unwrap_or("");
    tag.starts_with('<') && !tag.contains('>') && TAGS.contains(&name)
}

/// Decodes the entities in a line and removes its tags: `<i>`, `<c.yellow>`, `<00:01.000>`, `{\an8}`; `<v Ada>` becomes
/// `Ada: `.
fn without_tags(line: &str) -> Cow<'_, str> {
    if !line.contains(['<', '{', '&']) {
        return Cow::Borrowed(line);
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(slice(rest, 0, at));
        let tag = slice(rest, at, rest.len());
        let close = if tag.starts_with('<') { '>' } else { '}' };
        let is_tag = tag.starts_with("{\\")
            || tag.starts_with('<')
                && tag.chars().nth(1).is_some_and(|c| c.is_alphanumeric() || c == '/');
        if is_tag && is_cut_tag(tag) {
            rest = "";
            break;
        }
        let Some(end) = tag.find(close).filter(|_| is_tag) else {
            out.push_str(slice(tag, 0, 1));
            rest = slice(tag, 1, tag.len());
            continue;
        };
        let inside = slice(tag, 1, end);
        let voice = inside.strip_prefix('v').filter(|v| v.starts_with([' ', '.']));
        if let Some((_, name)) = voice.and_then(|v| v.split_once(' ')) {
            out.push_str(name.trim());
            out.push_str(": ");
        }
        rest = slice(tag, end + 1, tag.len());
    }
    out.push_str(rest);
    Cow::Owned(html_escape::decode_html_entities(&out).into_owned())
}

/// Joins the lines of a transcript that have times before or between them; returns `None` if the text is not a
/// transcript.
fn of_transcript(text: &str) -> Option<Speech> {
    if !text.as_bytes().windows(2).any(|w| w[0].is_ascii_digit() && w[1] == b':') {
        return None;
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let stamps: Vec<Option<Stamp<'_>>> = lines.iter().map(|line| stamped(line)).collect();
    let timed: Vec<Stamp<'_>> = stamps.iter().flatten().copied().collect();
    let first = timed.first()?.at;
    let rising = timed.windows(2).filter(|w| w[0].at <= w[1].at).count();
    let are_sure = timed.iter().all(|stamp| stamp.is_bracketed);
    let is_transcript = if are_sure { BRACKETED } else { TIMED } <= timed.len()
        && (are_sure || first <= EARLY || timed.iter().all(|stamp| stamp.words.is_empty()))
        && lines.len() <= SHARE * timed.len()
        && timed.len() * 9 <= (rising + 1) * 10;
    if !is_transcript {
        return None;
    }
    let start = stamps.iter().position(Option::is_some)?;
    let mut speech = Joined::default();
    let (mut at, mut speaker) = (first, "");
    for (line, timed) in lines.iter().zip(&stamps).skip(start) {
        let mut words = *line;
        if let Some(stamp) = timed {
            (at, words) = (stamp.at, stamp.words);
            speaker = if stamp.speaker.is_empty() { speaker } else { stamp.speaker };
        }
        // The time is the start of the line; the duration of the line is unknown.
        if !speaker.is_empty() && !words.is_empty() {
            speech.take(&format!("{speaker}: {words}"), at, at);
            speaker = "";
        } else {
            speech.take(words, at, at);
        }
        speech.ended_at = at;
    }
    Some(Speech { head: lines[..start].join("\n"), text: speech.out })
}

/// The parts of a line with a time.
#[derive(Clone, Copy)]
struct Stamp<'t> {
    at: u64,
    /// The rest of the line.
    words: &'t str,
    /// The name of the speaker, if it precedes the time: `Ada Lorne  00:01`.
    speaker: &'t str,
    /// Whether the time is in brackets, or an end time is given as well.
    is_bracketed: bool,
}

/// Parses the time of a line, which precedes its words or follows a speaker's name that has the line to itself.
fn stamped(line: &str) -> Option<Stamp<'_>> {
    stamped_before(line).or_else(|| {
        let at = line.rfind(|c: char| c.is_whitespace())?;
        let stamp = stamped_before(slice(line, at, line.len()).trim_start())?;
        let name =
            slice(line, 0, at).trim_end().trim_end_matches([':', '-', '–', '|', ',']).trim_end();
        (stamp.words.is_empty() && is_speaker(name)).then_some(Stamp { speaker: name, ..stamp })
    })
}

/// Parses the time at the beginning of a line, with or without brackets: `[00:01]`, `(0:01)`, `00:01 -`,
/// `[00:01.000 --> 00:02.000]`.
fn stamped_before(line: &str) -> Option<Stamp<'_>> {
    let open = line.strip_prefix(['[', '(']);
    let (at, mut rest) = leading_time(open.unwrap_or(line))?;
    let after = rest.trim_start();
    let end = ["-->", "->"]
        .iter()
        .find_map(|arrow| leading_time(after.strip_prefix(*arrow)?.trim_start()));
    if let Some((_, after)) = end {
        rest = after;
    }
    let rest = if open.is_some() { rest.strip_prefix([']', ')'])? } else { rest };
    let is_bracketed = open.is_some() || end.is_some();
    let set_off = rest.is_empty() || is_bracketed || rest.starts_with([' ', '\t', '-', '–']);
    let words = rest.trim_start_matches([' ', '\t', '-', '–', '|', ':']);
    set_off.then_some(Stamp { at, words, speaker: "", is_bracketed })
}

/// Returns the time that a text begins with, and the rest.
fn leading_time(text: &str) -> Option<(u64, &str)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    Some((time(slice(text, 0, end))?, slice(text, end, text.len())))
}

/// Returns whether a text is the name or number of a speaker: `Ada Lorne`, `Speaker 1`.
fn is_speaker(name: &str) -> bool {
    let is_word =
        |w: &str| w.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    name.contains(char::is_alphabetic)
        && name.chars().count() <= LONGEST_NAME
        && (1..=4).contains(&name.split_whitespace().count())
        && name.split_whitespace().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::speech as read;

    fn speech(text: &str) -> Option<String> {
        read(text)
            .map(|s| if s.head.is_empty() { s.text } else { format!("{}\n\n{}", s.head, s.text) })
    }

    #[test]
    fn subtitles_are_read_as_speech() {
        for (file, said) in [
            (
                "WEBVTT - Talk\nKind: captions\n\nNOTE made by hand\n\n1\n00:01.000 --> 00:04.000 align:start\n<v Ada Lorne>We cannot <i>wait</i>\n\n\
                 00:04.000 --> 00:06.000\n<v Ada Lorne>another winter.\n\n00:06.000 --> 00:09.000\n<v.loud Karl>It&nbsp;falls.",
                "Ada Lorne: We cannot wait another winter.\n\nKarl: It\u{a0}falls.",
            ),
            (
                "1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}The wall of the town\r\nhas come down.\r\n\r\n2\r\n00:00:09,000 --> 00:00:12,000\r\nNobody was there.",
                "The wall of the town has come down.\n\nNobody was there.",
            ),
            (
                "WEBVTT\n\n00:00.000 --> 00:02.000\nso the<00:01.000><c> wall</c>\n\n00:02.000 --> 00:04.000\nso the wall\nhas come down\n",
                "so the wall has come down",
            ),
            (
                "WEBVTT\n\n00:00.000 --> 00:02.000\n>> ADA: Who pays?\n\n00:02.000 --> 00:04.000\n>> The state.\n\n00:04.0",
                "ADA: Who pays?\n\nThe state.",
            ),
            (
                "1\n00:00:01,000 --> 00:00:02,500\n- Wer zahlt?\n- Der Staat.\n",
                "Wer zahlt?\n\nDer Staat.",
            ),
        ] {
            assert_eq!(speech(file).as_deref(), Some(said));
        }
    }

    /// Automatic captions have no punctuation, so a pause is the only sign that a sentence has ended.
    #[test]
    fn speech_without_punctuation_is_split_at_pauses() {
        let cue = |from: u64, words: &str| {
            format!("00:{from:02}.000 --> 00:{:02}.000\n{words}\n\n", from + 3)
        };
        let text = [
            "WEBVTT\n\n",
            &cue(0, "so the council voted on monday"),
            &cue(3, "and nobody was against it"),
            &cue(12, "the mayor was not there"),
        ]
        .concat();
        assert_eq!(
            speech(&text).as_deref(),
            Some(
                "so the council voted on monday and nobody was against it\n\nthe mayor was not there"
            )
        );
        let marked = "[00:12] The council voted on\n[00:19] Monday. The mayor was not there.\n";
        assert_eq!(
            speech(marked).as_deref(),
            Some("The council voted on Monday. The mayor was not there.")
        );
    }

    #[test]
    fn transcripts_lose_their_times() {
        for text in [
            "0:00\nwelcome to the council\n0:04\nwe begin with the wall\n0:09\nthat fell in January\n0:12\nand is closed",
            "[00:00:00] welcome to the council\n[00:00:04] we begin with the wall\n[00:00:09] that fell in January\n[00:00:12] and is closed",
            "00:00 - welcome to the council\n00:04 - we begin with the wall\n00:09 - that fell in January\n00:12 - and is closed",
        ] {
            assert_eq!(
                speech(text).as_deref(),
                Some(
                    "welcome to the council we begin with the wall that fell in January and is closed"
                )
            );
        }
        let named = "Session of May\n(0:01) Ada: Who pays?\n(0:03) Karl: The state.\n(0:05) Nobody else.\n(0:09) Ada: Good.";
        assert_eq!(
            speech(named).as_deref(),
            Some("Session of May\n\nAda: Who pays?\n\nKarl: The state. Nobody else.\n\nAda: Good.")
        );
        for text in [
            "0:01\nWho pays?\n0:03\nThe state, the clerk said.\n0:05\nGood.",
            "(0:01) Who pays?\n(0:05) The state, the clerk said. Good.",
            "[00:00:01] Who pays?\n[00:00:05] The state, the clerk said. Good.",
            "[00:00:01.000 --> 00:00:03.000]  Who pays?\n[00:00:03.000 --> 00:00:05.000]  The state, the clerk said. Good.",
            "00:01 --> 00:03\nWho pays?\n00:03 --> 00:05\nThe state, the clerk said. Good.",
        ] {
            let said = speech(text).unwrap_or_default().replace("\n\n", " ");
            assert_eq!(said, "Who pays? The state, the clerk said. Good.", "{text}");
        }
        for text in [
            "Speaker 1  00:01\nWho pays?\n\nSpeaker 2  00:03\nThe state.\n\nSpeaker 1  00:05\nGood.",
            "Speaker 1 (0:01)\nWho pays?\nSpeaker 2 (0:03)\nThe state.\nSpeaker 1 (0:05)\nGood.",
            "[00:00:01] Speaker 1: Who pays?\n[00:00:03] Speaker 2: The state.\n[00:00:05] Speaker 1: Good.",
        ] {
            let said = "Speaker 1: Who pays?\n\nSpeaker 2: The state.\n\nSpeaker 1: Good.";
            assert_eq!(speech(text).as_deref(), Some(said), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_speech() {
        for text in [
            "9:00 The day begins.\nThe council met.\nIt voted.\nNobody came.\nThe wall fell.",
            "At 9:00 the council met.\n\nIt voted at 10:30.",
            "9:00 Opening\n10:30 The wall\n12:00 Lunch\n13:30 The port\n15:00 End",
            "The council met (9:00).\nIt voted (10:30).\nThe wall fell [11:00].",
            "12:40 Wien\n11:20 Graz\n10:00 Linz\n9:15 Ulm\n8:00 Bonn",
            "1\n2\n3",
            "",
        ] {
            assert_eq!(speech(text), None, "{text}");
        }
    }
}
