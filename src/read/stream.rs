//! Reads inputs piece by piece, so that the memory needed does not grow with their number and size.
//!
//! A large file with one JSON object per line is read in chunks of whole lines. Other large files are read one by one,
//! and small files in parallel batches. The pieces are passed on in the order of the inputs.
//!
//! Known limits: files of other formats and compressed files are kept in memory as a whole. Web pages, and everything
//! after the first of them, are held back until the last input has been read, because text that recurs across the pages
//! of a site is removed from all of them.

use std::io::Read;

use crate::parallel;
use crate::read::format::{self, Format};
use crate::read::{Ingested, Options, json, read, refused};
use crate::warning::Warning;

/// The bytes of one input.
#[expect(missing_debug_implementations, reason = "a reader has none")]
pub struct Source<'s> {
    /// The reader of the bytes.
    pub bytes: Box<dyn Read + Send + 's>,
    /// The number of bytes, if known.
    pub size: Option<u64>,
}

/// The number of bytes read at a time, and the size from which an input is not read in a batch; small in tests, so that
/// their inputs have several pieces.
const PIECE: usize = if cfg!(test) { 16 << 10 } else { 4 << 20 };
/// The maximum number of inputs open at a time.
const OPEN: usize = 128;

/// Reads many inputs and passes on the results, piece by piece, in the order of the inputs; `open` opens an input, or
/// returns the reason why it cannot be opened.
///
/// Articles with the same id are not merged; see [`Seen`](super::Seen).
///
/// # Errors
///
/// Returns the first error of `pass_on`, which ends the reading.
pub fn read_pieces<'s, E>(
    origins: &[String],
    open: impl Fn(&str) -> Result<Source<'s>, String>,
    options: &Options,
    pass_on: impl FnMut(Ingested) -> Result<(), E>,
) -> Result<(), E> {
    let mut pieces = Pieces { options, pass_on, waiting: None };
    let mut batch: Vec<Opened<'_, 's>> = Vec::new();
    let mut held = 0;
    for origin in origins {
        let source = open(origin);
        let size = source.as_ref().map_or(Some(0), |source| source.size);
        let Some(size) = size.filter(|size| *size < PIECE as u64) else {
            pieces.small(&mut batch)?;
            held = 0;
            if let Ok(source) = source {
                pieces.large(origin, source.bytes)?;
            }
            continue;
        };
        batch.push(Opened { origin, source: Some(source), read: None });
        held += size;
        if PIECE as u64 <= held || OPEN <= batch.len() {
            pieces.small(&mut batch)?;
            held = 0;
        }
    }
    pieces.small(&mut batch)?;
    pieces.finish()
}

/// An input in a batch.
struct Opened<'o, 's> {
    origin: &'o str,
    source: Option<Result<Source<'s>, String>>,
    read: Option<Ingested>,
}

struct Pieces<'o, F> {
    options: &'o Options,
    pass_on: F,
    /// Everything read since the first web page, including that page; held back until text that recurs across pages has
    /// been removed.
    waiting: Option<Ingested>,
}

impl<E, F: FnMut(Ingested) -> Result<(), E>> Pieces<'_, F> {
    /// Reads a batch of small inputs in parallel.
    fn small(&mut self, batch: &mut Vec<Opened<'_, '_>>) -> Result<(), E> {
        let options = self.options;
        parallel::change_each(batch, |opened| {
            opened.read = opened.source.take().map(|source| match source {
                Ok(source) => whole(opened.origin, source.bytes, Vec::new(), options),
                Err(why) => Ingested::from_warning(Warning::unread(opened.origin, why)),
            });
        });
        batch.drain(..).filter_map(|opened| opened.read).try_for_each(|read| self.put(read))
    }

    /// Reads a large input, in chunks if it has one JSON object per line.
    fn large(&mut self, origin: &str, mut bytes: impl Read) -> Result<(), E> {
        let options = self.options;
        let mut part = Vec::new();
        let mut has_ended = match more(&mut bytes, &mut part) {
            Ok(has_ended) => has_ended,
            Err(error) => return self.put(Ingested::from_warning(unreadable(origin, &error))),
        };
        if has_ended || !has_lines(origin, &part, options) {
            return self.put(whole(origin, bytes, part, options));
        }
        let mut lines = json::Lines::new(origin, options);
        let mut left = options.limits.bytes;
        let mut failed = None;
        loop {
            if left < part.len() as u64 {
                let limit = options.limits.bytes;
                let message =
                    format!("is larger than the limit of {limit} bytes; the rest was left out");
                failed = Some(Warning::dropped(origin, message));
                part.truncate(usize::try_from(left).unwrap_or_default());
                part.truncate(end_of_lines(&part));
                has_ended = true;
            }
            // An incomplete last line is kept until its end is read.
            let end = if has_ended { part.len() } else { end_of_lines(&part) };
            let mut read = lines.read_chunk(&part[..end]);
            read.complete();
            self.put(read)?;
            part.drain(..end);
            left -= end as u64;
            if has_ended {
                break;
            }
            has_ended = more(&mut bytes, &mut part).unwrap_or_else(|error| {
                failed = Some(unreadable(origin, &error));
                true
            });
        }
        let warnings = lines.finish().into_iter().chain(failed).collect();
        self.put(Ingested { warnings, ..Ingested::default() })
    }

    /// Passes on a result, or holds it back if a web page has been read.
    fn put(&mut self, read: Ingested) -> Result<(), E> {
        match &mut self.waiting {
            Some(waiting) => waiting.extend(read),
            None if read.pages.is_empty() => (self.pass_on)(read)?,
            None => self.waiting = Some(read),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), E> {
        let Some(mut waiting) = self.waiting.take() else { return Ok(()) };
        waiting.drop_repeated(self.options);
        (self.pass_on)(waiting)
    }
}

/// Reads one input to its end; `beginning` contains the bytes that have already been read.
fn whole(origin: &str, bytes: impl Read, mut beginning: Vec<u8>, options: &Options) -> Ingested {
    // Reading one byte more than the limit is enough to detect that it is exceeded.
    let most = options.limits.bytes.saturating_add(1).saturating_sub(beginning.len() as u64);
    match bytes.take(most).read_to_end(&mut beginning) {
        Ok(_) => read(origin, &beginning, options),
        Err(error) => Ingested::from_warning(unreadable(origin, &error)),
    }
}

/// Appends the next bytes; returns whether the input has ended.
fn more(bytes: &mut impl Read, part: &mut Vec<u8>) -> std::io::Result<bool> {
    Ok(bytes.take(PIECE as u64).read_to_end(part)? < PIECE)
}

/// Returns whether an input has one JSON object per line, in UTF-8.
fn has_lines(origin: &str, head: &[u8], options: &Options) -> bool {
    let is_wide = head.iter().take(4).any(|byte| matches!(byte, 0 | 0xFE | 0xFF));
    !is_wide
        && format::packing(head).is_none()
        && refused::reason(head).is_none()
        && options.from.unwrap_or_else(|| format::detect(origin, head)) == Format::Jsonl
}

/// Returns the end of the last complete line.
fn end_of_lines(part: &[u8]) -> usize {
    memchr::memrchr(b'\n', part).map_or(0, |at| at + 1)
}

fn unreadable(origin: &str, error: &std::io::Error) -> Warning {
    Warning::unread(origin, format!("cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::{PIECE, Source, read_pieces};
    use crate::article::Article;
    use crate::read::{Limits, Options};
    use crate::warning::Warning;

    fn stream(
        inputs: &[(String, Vec<u8>)],
        options: &Options,
        is_known: bool,
    ) -> (Vec<Article>, Vec<Warning>, usize) {
        let origins: Vec<String> = inputs.iter().map(|(name, _)| name.clone()).collect();
        let open = |origin: &str| {
            let found = inputs.iter().find(|(name, _)| name == origin);
            let (_, bytes) = found.ok_or("is missing")?;
            let size = is_known.then_some(bytes.len() as u64);
            Ok(Source { bytes: Box::new(&bytes[..]), size })
        };
        let (mut articles, mut warnings, mut pieces) = (Vec::new(), Vec::new(), 0);
        let Ok(()) = read_pieces::<Infallible>(&origins, open, options, |read| {
            articles.extend(read.articles);
            warnings.extend(read.warnings);
            pieces += 1;
            Ok(())
        });
        (articles, warnings, pieces)
    }

    fn lines(name: &str, n: usize) -> (String, Vec<u8>) {
        let line = |i| {
            let text = format!("The harbour of {name} was closed for {i} days. ").repeat(40);
            format!("{{\"id\": \"{name}-{i}\", \"text\": \"{text}\"}}\n")
        };
        (format!("{name}.jsonl"), (0..n).map(line).collect::<String>().into_bytes())
    }

    #[test]
    fn pieces_are_the_whole_in_order() {
        let n_long = 5 * PIECE / 2_000;
        let mut inputs: Vec<(String, Vec<u8>)> =
            (0..300).map(|n| lines(&format!("s{n}"), 2)).collect();
        inputs.insert(150, lines("long", n_long));
        inputs.push(("empty.txt".to_owned(), Vec::new()));
        let (articles, warnings, pieces) = stream(&inputs, &Options::default(), true);
        assert!(3 < pieces);
        let short = |from, to| (from..to).flat_map(|n| (0..2).map(move |i| format!("s{n}-{i}")));
        let long = (0..n_long).map(|i| format!("long-{i}"));
        let expected = short(0, 150).chain(long).chain(short(150, 300));
        assert!(articles.iter().map(|a| a.id.to_string()).eq(expected));
        assert_eq!(warnings.len(), 1);
        assert_eq!(stream(&inputs, &Options::default(), false).0, articles);
    }

    #[test]
    fn a_fault_in_a_part_names_its_line_and_the_limit_its_rest() {
        let (name, mut bytes) = lines("long", 3 * PIECE / 2_000);
        bytes.extend_from_slice(b"{\"id\": \"last");
        let n = bytes.split(|b| *b == b'\n').count();
        let inputs = [(name, bytes)];
        let (articles, warnings, _) = stream(&inputs, &Options::default(), false);
        assert_eq!(articles.len(), n - 1);
        assert!(warnings[0].origin.ends_with(&format!(":{n}")), "{}", warnings[0]);
        let limits = Limits { bytes: PIECE as u64 + 9_000, ..Limits::default() };
        let options = Options { limits, ..Options::default() };
        let (fewer, warnings, _) = stream(&inputs, &options, false);
        assert!(!fewer.is_empty() && fewer.len() < articles.len());
        assert!(warnings[0].dropped && warnings[0].message.contains("limit"));
    }
}
