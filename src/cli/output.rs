//! Writes results to standard output or a file, and messages to standard error.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::printable;
use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::cli::args::{ListFormat, Output};

/// Whether `--quiet` was given. The flag affects only messages on standard error, never a result.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Suppresses the messages on standard error, except errors and the lines that [`insist`] prints.
pub(crate) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Returns whether `--quiet` was given.
pub(crate) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints a line on standard error unless `--quiet` was given.
pub(crate) fn say(line: &str) {
    if !is_quiet() {
        say_anyway(line);
    }
}

/// Prints an error with its causes.
pub(crate) fn report(error: &anyhow::Error) {
    say_anyway(&format!("error: {error:#}"));
}

/// Prints a line on standard error even if `--quiet` was given, such as the reason for an exit status or for not
/// deleting something.
pub(crate) fn insist(line: &str) {
    say_anyway(line);
}

fn say_anyway(line: &str) {
    complain(&format!("nutgraf: {line}\n"));
}

/// Writes to standard error, with control characters escaped. Write errors are ignored, because there is nowhere left
/// to report them.
pub(crate) fn complain(text: &str) {
    let text = without_os_errors(text);
    let shown = printable::visible(&text);
    io::stderr().lock().write_all(shown.as_bytes()).ok();
}

/// Removes the error numbers that the standard library appends to the messages of the operating system, as in `No such
/// file or directory (os error 2)`.
fn without_os_errors(text: &str) -> String {
    let mut parts = text.split(" (os error ");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix(')');
        match rest {
            Some(rest) if !part.starts_with(')') => shown.push_str(rest),
            _ => shown.extend([" (os error ", part]),
        }
    }
    shown
}

/// Returns whether an error was caused by a closed output pipe, which is not a failure.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|e| e.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes human-readable text with control characters escaped, and ends it with a line break.
pub(crate) fn write(to: &Output, text: &str) -> Result<ExitCode> {
    write_rendered(to, &printable::visible(text))
}

/// Writes a page that is already escaped for its format, and ends it with a line break.
pub(crate) fn write_rendered(to: &Output, page: &str) -> Result<ExitCode> {
    with_writer(to, |out| {
        out.write_all(page.as_bytes())?;
        if page.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
    })
}

/// Writes bytes unchanged.
pub(crate) fn write_bytes(to: &Output, bytes: &[u8]) -> Result<ExitCode> {
    with_writer(to, |out| out.write_all(bytes))
}

/// Writes one JSON value, indented.
pub(crate) fn write_json(to: &Output, value: &impl Serialize) -> Result<ExitCode> {
    with_writer(to, |out| {
        out.write_all(printable::in_json(serde_json::to_string_pretty(value)?).as_bytes())?;
        out.write_all(b"\n")
    })
}

/// Writes one JSON value per line.
pub(crate) fn write_jsonl(
    to: &Output,
    values: impl Iterator<Item = impl Serialize>,
) -> Result<ExitCode> {
    with_writer(to, |out| {
        for value in values {
            out.write_all(printable::in_json(serde_json::to_string(&value)?).as_bytes())?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })
}

/// Writes human-readable text to standard output.
pub(crate) fn print(text: &str) -> Result<ExitCode> {
    write(&Output { output: None }, text)
}

/// Returns a text on one line: white space at both ends is removed, and each other run of white space becomes one
/// space.
pub(crate) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes bytes unchanged to standard output, for another process.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<ExitCode> {
    write_bytes(&Output { output: None }, bytes)
}

/// Writes results one after another.
pub(crate) struct Results<'w> {
    out: &'w mut dyn Write,
    form: Form,
    n: usize,
}

/// How consecutive results are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// Text, with this separator between results.
    Text(&'static str),
    /// One JSON array.
    Json,
    /// One JSON value per line.
    Jsonl,
    /// Text in which each result ends with its own line break; nothing is added.
    Lines,
}

impl Form {
    /// Returns the form for a list format; in text, `separator` goes between results.
    pub(crate) const fn for_list(format: ListFormat, separator: &'static str) -> Self {
        match format {
            ListFormat::Text => Self::Text(separator),
            ListFormat::Json => Self::Json,
            ListFormat::Jsonl => Self::Jsonl,
        }
    }

    /// Formats a value; `text` returns its text form.
    pub(crate) fn write(
        self,
        value: &impl Serialize,
        text: impl FnOnce() -> String,
    ) -> Result<String> {
        Ok(match self {
            Self::Text(_) | Self::Lines => printable::visible(&text()).into_owned(),
            Self::Json => printable::in_json(serde_json::to_string_pretty(value)?),
            Self::Jsonl => printable::in_json(serde_json::to_string(value)?),
        })
    }
}

/// The output cannot be written. This error has its own type because `make` in [`stream`] can also fail with an I/O
/// error about an input, such as a missing list of addresses.
#[derive(Debug, thiserror::Error)]
#[error("cannot write")]
pub(crate) struct Unwritten(#[source] io::Error);

impl Results<'_> {
    /// Writes the next result, which must already be formatted.
    pub(crate) fn put(&mut self, result: &str) -> Result<(), Unwritten> {
        self.write(result).map_err(Unwritten)
    }

    fn write(&mut self, result: &str) -> io::Result<()> {
        let is_first = self.n == 0;
        self.n += 1;
        match self.form {
            Form::Text(separator) => {
                let before = if is_first { "" } else { separator };
                self.out.write_all(before.as_bytes())?;
                self.out.write_all(result.as_bytes())
            }
            Form::Lines => self.out.write_all(result.as_bytes()),
            Form::Jsonl => {
                self.out.write_all(result.as_bytes())?;
                self.out.write_all(b"\n")
            }
            Form::Json => {
                self.out.write_all(if is_first { b"[\n" } else { b",\n" })?;
                let mut lines = result.lines();
                self.out.write_all(b"  ")?;
                self.out.write_all(lines.next().unwrap_or_default().as_bytes())?;
                lines.try_for_each(|line| {
                    self.out.write_all(b"\n  ")?;
                    self.out.write_all(line.as_bytes())
                })
            }
        }
    }

    /// Returns the number of results written so far.
    pub(crate) const fn len(&self) -> usize {
        self.n
    }

    fn finish(&mut self) -> io::Result<()> {
        match self.form {
            Form::Text(_) => self.out.write_all(b"\n"),
            Form::Json if self.n == 0 => self.out.write_all(b"[]\n"),
            Form::Json => self.out.write_all(b"\n]\n"),
            Form::Jsonl | Form::Lines => Ok(()),
        }
    }
}

/// Writes results as they are made. If `make` fails or returns false, the output file is not created or replaced, but
/// standard output may already have received some results.
pub(crate) fn stream(
    to: &Output,
    form: Form,
    make: impl FnOnce(&mut Results<'_>) -> Result<bool>,
) -> Result<bool> {
    let mut stopped = None;
    let written = with_writer(to, |out| {
        let mut results = Results { out, form, n: 0 };
        match make(&mut results) {
            Ok(true) => return results.finish(),
            Ok(false) => stopped = Some(Ok(false)),
            Err(error) => match error.downcast::<Unwritten>() {
                Ok(Unwritten(error)) => return Err(error),
                Err(error) => stopped = Some(Err(error)),
            },
        }
        Err(io::Error::other("not complete"))
    });
    match stopped {
        Some(result) => result,
        None => written.map(|_| true),
    }
}

fn with_writer(
    to: &Output,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<ExitCode> {
    match to.output.as_deref() {
        None => {
            let mut out = BufWriter::new(io::stdout().lock());
            write(&mut out)
                .and_then(|()| out.flush())
                .context("cannot write to standard output")?;
        }
        Some(path) => {
            write_file(path, write).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a file atomically: writes a temporary file in the same folder, syncs it to disk, and renames it.
///
/// Anything that is not a regular file (a pipe, a terminal, `/dev/null`) is written to directly.
fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if target.metadata().is_ok_and(|m| !m.is_file()) {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(&target)?);
        write(&mut out)?;
        return out.flush();
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nutgraf-");
    permit_as_usual(&mut builder);
    let mut temporary = builder.tempfile_in(folder)?;
    if let Ok(existing) = target.metadata() {
        temporary.as_file().set_permissions(existing.permissions())?;
    }
    let mut out = BufWriter::new(temporary.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    temporary.as_file().sync_all()?;
    temporary.persist(&target)?;
    // Sync the folder as well, to make the rename durable; if that fails, the data itself is still safe.
    File::open(folder).and_then(|f| f.sync_all()).ok();
    Ok(())
}

/// Gives a new file the permissions allowed by the user's umask, instead of those of a private temporary file.
#[cfg(unix)]
fn permit_as_usual(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn permit_as_usual(_: &mut tempfile::Builder<'_, '_>) {}

#[cfg(test)]
mod tests {
    use super::without_os_errors;

    #[test]
    fn messages_have_no_numbers_of_system_errors() {
        for (text, shown) in [
            ("a: no such file (os error 2); b (os error 13)", "a: no such file; b"),
            ("folder (os error here)", "folder (os error here)"),
            ("cut (os error 2", "cut (os error 2"),
            ("none ( os error )(os error )", "none ( os error )(os error )"),
        ] {
            assert_eq!(without_os_errors(text), shown);
        }
    }
}
