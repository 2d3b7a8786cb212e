//! Replaces quotation marks of rare shapes with common ones of the same length in bytes, so that offsets stay valid.
//!
//! A draft may use other marks than its sources. A mark that looks the same on both sides (`＂`, `″`, `״`) becomes an
//! opening mark at the start of a word if no quotation is open, and a closing mark otherwise. In the Finnish `»…»`,
//! only the first mark is replaced.
//!
//! Known limit: `»…»` around several paragraphs is recognized only if each paragraph has both marks.

/// Replaces the marks in a text from `start` on.
pub(crate) fn normalize(text: &mut String, start: usize) {
    let tail = text.get(start..).unwrap_or("");
    if !tail.contains(is_rare) {
        return;
    }
    let usual = replaced(tail);
    debug_assert_eq!(usual.len(), tail.len(), "marks of another length");
    text.truncate(start);
    text.push_str(&usual);
}

const fn is_rare(c: char) -> bool {
    matches!(c, '『' | '』' | '《' | '》' | '〝' | '〞' | '〟' | '❝' | '❞' | '＂' | '″' | '״' | '»')
}

fn replaced(text: &str) -> String {
    let mut usual = String::with_capacity(text.len());
    let mut rest = text.chars();
    let mut before = ' ';
    // The open quotations in marks that look the same on both sides.
    let mut open = Open::default();
    while let Some(c) = rest.next() {
        let after = rest.clone().next().unwrap_or(' ');
        let opens = !before.is_alphanumeric() && !is_closing(before) && !after.is_whitespace();
        usual.push(match c {
            '『' | '《' => '「',
            '』' | '》' => '」',
            '〝' | '❝' => '“',
            '〞' | '〟' | '❞' => '”',
            // `15″` is a measurement unless a quotation is open; in a Hebrew abbreviation, the mark is between two
            // letters.
            '″' if before.is_ascii_digit() && !open.high => c,
            '״' if before.is_alphabetic() && after.is_alphabetic() => c,
            '＂' | '″' => open.turn(opens, Mark::High),
            '״' => open.turn(opens, Mark::Angle),
            '»' if opens && closes_finnish(rest.as_str()) => '«',
            c => c,
        });
        before = c;
    }
    usual
}

/// The open quotations in marks that look the same on both sides.
#[derive(Default)]
struct Open {
    high: bool,
    angle: bool,
}

#[derive(Clone, Copy)]
enum Mark {
    High,
    Angle,
}

impl Open {
    /// Opens a quotation or closes the open one, and returns the mark to write.
    fn turn(&mut self, opens: bool, mark: Mark) -> char {
        let (open, marks) = match mark {
            Mark::High => (&mut self.high, ['“', '”']),
            Mark::Angle => (&mut self.angle, ['«', '»']),
        };
        let is_first = opens && !*open;
        *open = is_first;
        marks[usize::from(!is_first)]
    }
}

/// Returns whether the next angle mark is a `»` that does not follow white space, so that it closes the quotation that
/// the current `»` opens. In German `»…«`, the next angle mark is `«`.
fn closes_finnish(rest: &str) -> bool {
    let next = rest.char_indices().find(|(_, c)| matches!(c, '»' | '«'));
    next.is_some_and(|(at, c)| {
        let before = rest.get(..at).and_then(|t| t.chars().next_back()).unwrap_or(' ');
        c == '»' && !before.is_whitespace()
    })
}

const fn is_closing(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…' | '%')
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn marks_without_a_direction_get_one() {
        for (rare, usual) in [
            ("He said ＂we wait＂, twice: ＂no.＂", "He said “we wait”, twice: “no.”"),
            ("She said ″we wait.″ (A 15″ pipe.)", "She said “we wait.” (A 15″ pipe.)"),
            ("Quist: ″It has 15″", "Quist: “It has 15”"),
            ("הוא אמר ״נחכה״, ארה״ב", "הוא אמר «נחכה», ארה״ב"),
            ("Hän sanoi: »Me odotamme.» Ja »ei»!", "Hän sanoi: «Me odotamme.» Ja «ei»!"),
            ("Er sagte: »Wir warten.« Und »nein«.", "Er sagte: »Wir warten.« Und »nein«."),
            ("Il dit « on attend » et «non»", "Il dit « on attend » et «non»"),
            ("〝we wait〟 〝no〞 ❝yes❞", "“we wait” “no” “yes”"),
            ("『橋』と《河》", "「橋」と「河」"),
        ] {
            assert_eq!(replaced(rare), usual);
            assert_eq!(usual.len(), rare.len());
        }
    }
}
