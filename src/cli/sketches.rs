//! Reads the files that `nutgraf sketch` writes.
//!
//! A line that cannot be parsed, a file without sketches, a sketch from another version, or an article that occurs
//! twice is an error, because stories that silently lack some of their articles would be wrong.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use rustc_hash::FxHashMap;

use nutgraf::parallel;
use nutgraf::stories::Sketch;

/// The number of lines parsed at a time.
const BATCH: usize = 4096;

/// Reads all sketches in the given files.
pub(crate) fn load(files: &[PathBuf]) -> Result<Vec<Sketch>> {
    let mut sketches: Vec<Sketch> = Vec::new();
    // For each file, the line numbers of its sketches, to find the line of a sketch by its index in `sketches`.
    let mut places: Vec<(&Path, Vec<usize>)> = Vec::new();
    for file in files {
        let n_lines = read_file(file, &mut sketches)?;
        if n_lines.is_empty() {
            bail!("{}: contains no sketches", file.display());
        }
        places.push((file, n_lines));
    }
    let place = |nth: usize| {
        let mut left = nth;
        for (file, lines) in &places {
            match lines.get(left) {
                Some(line) => return format!("{}:{line}", file.display()),
                None => left -= lines.len(),
            }
        }
        String::new()
    };
    let mut known: FxHashMap<&str, usize> = FxHashMap::default();
    for (n, sketch) in sketches.iter().enumerate() {
        if let Some(first) = known.insert(sketch.id().as_str(), n) {
            let (id, first) = (sketch.id(), place(first));
            bail!("{}: the article {id} occurs twice; its first sketch is {first}", place(n));
        }
    }
    Ok(sketches)
}

/// Appends the sketches in one file to `sketches`, and returns the line number of each.
fn read_file(path: &Path, sketches: &mut Vec<Sketch>) -> Result<Vec<usize>> {
    let name = path.display();
    let unreadable = || format!("{name}: cannot be read");
    let mut input: Box<dyn BufRead> = if path == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(path).with_context(unreadable)?))
    };
    let mut numbers = Vec::new();
    let mut n = 0;
    loop {
        let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
        while lines.len() < BATCH {
            let mut line = Vec::new();
            if input.read_until(b'\n', &mut line).with_context(unreadable)? == 0 {
                break;
            }
            n += 1;
            if !line.trim_ascii().is_empty() {
                lines.push((n, line));
            }
        }
        if lines.is_empty() {
            return Ok(numbers);
        }
        let parsed = parallel::map_in_order(&lines, |(_, line)| Sketch::from_json(line));
        for ((n, _), sketch) in lines.iter().zip(parsed) {
            sketches.push(sketch.with_context(|| format!("{name}:{n}"))?);
            numbers.push(*n);
        }
    }
}
