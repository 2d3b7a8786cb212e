//! The layering drawn in ARCHITECTURE.md and the names of files and functions, checked against the source code.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every top-level module of the library, lowest first, with the modules it may use.
///
/// A change here is a change of architecture: make it in ARCHITECTURE.md as well.
const MAY_USE: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("printable", &["span"]),
    ("catch_panic", &[]),
    ("compression", &[]),
    ("language", &[]),
    ("score", &[]),
    ("line_marker", &["span"]),
    ("parallel", &[]),
    ("budget", &[]),
    ("warning", &[]),
    ("article", &["language", "span", "warning"]),
    (
        "read",
        &[
            "article",
            "catch_panic",
            "compression",
            "language",
            "line_marker",
            "parallel",
            "printable",
            "span",
            "warning",
        ],
    ),
    ("text", &["article", "language", "line_marker", "parallel", "span"]),
    ("identity", &["article", "language", "parallel", "span", "text"]),
    (
        "stories",
        &["article", "budget", "identity", "language", "parallel", "score", "span", "text"],
    ),
    (
        "summary",
        &[
            "article", "budget", "identity", "language", "parallel", "score", "span", "stories",
            "text",
        ],
    ),
    ("quotes", &["article", "identity", "language", "score", "span", "text", "warning"]),
    ("json", &["article", "budget", "language", "quotes", "span", "stories", "summary", "text"]),
    (
        "briefing",
        &[
            "article", "budget", "identity", "language", "parallel", "quotes", "score", "span",
            "stories", "summary", "text", "warning",
        ],
    ),
    (
        "verify",
        &[
            "article", "briefing", "identity", "language", "quotes", "read", "score", "span",
            "stories", "summary", "text", "warning",
        ],
    ),
    (
        "render",
        &["article", "briefing", "budget", "identity", "language", "printable", "stories", "text"],
    ),
    (
        "archive",
        &[
            "article",
            "briefing",
            "compression",
            "identity",
            "language",
            "parallel",
            "quotes",
            "span",
            "text",
            "warning",
        ],
    ),
    ("config", &[]),
    (
        "api",
        &[
            "article", "briefing", "budget", "json", "language", "parallel", "quotes", "span",
            "stories", "summary", "text",
        ],
    ),
    ("pipeline", &["article", "briefing", "parallel", "stories", "text", "warning"]),
];

/// The dependencies that only certain modules may use. Others may be used anywhere.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("libm", &["score"]),
    ("minijinja", &["render"]),
    ("rayon", &["parallel"]),
    ("rusqlite", &["archive"]),
    ("rust_stemmers", &["text"]),
    ("unicode_segmentation", &["text"]),
];

#[test]
fn modules_use_only_what_the_architecture_allows() {
    let mut violations = BTreeSet::new();
    for file in rust_files(Path::new("src")) {
        let Some(module) = top_module(&file) else { continue };
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            violations.insert(format!("{module} is not in MAY_USE"));
            continue;
        };
        for used in crate_paths(&fs::read_to_string(&file).unwrap()) {
            if used != module && !allowed.contains(&used.as_str()) {
                violations.insert(format!("{}: {module} must not use {used}", file.display()));
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}\n\nhelp: see the map in ARCHITECTURE.md");
}

#[test]
fn every_allowance_is_used() {
    let mut used = BTreeSet::new();
    for file in rust_files(Path::new("src")) {
        let Some(module) = top_module(&file) else { continue };
        for other in crate_paths(&fs::read_to_string(&file).unwrap()) {
            used.insert((module.clone(), other));
        }
    }
    let allowances = MAY_USE.iter().flat_map(|(module, allowed)| {
        allowed.iter().map(|other| ((*module).to_owned(), (*other).to_owned()))
    });
    let unused: Vec<_> = allowances.filter(|pair| !used.contains(pair)).collect();
    assert!(unused.is_empty(), "allowed and not used: {unused:?}");
}

#[test]
fn dependencies_stay_in_their_modules() {
    let mut violations = BTreeSet::new();
    for file in rust_files(Path::new("src")) {
        let Some(module) = top_module(&file) else { continue };
        let code = without_comments(&fs::read_to_string(&file).unwrap());
        for (dependency, modules) in ONLY_IN {
            if code.contains(&format!("{dependency}::")) && !modules.contains(&module.as_str()) {
                violations
                    .insert(format!("{}: {dependency} belongs to {modules:?}", file.display()));
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}\n\nhelp: see the map in ARCHITECTURE.md");
}

#[test]
fn only_fetching_knows_the_network() {
    for file in rust_files(Path::new("src")) {
        if file.starts_with("src/cli/fetch") {
            continue;
        }
        let code = without_comments(&fs::read_to_string(&file).unwrap());
        for network in ["ureq", "std::net", "TcpStream", "UdpSocket"] {
            assert!(
                !code.contains(network),
                "{}: {network} belongs to src/cli/fetch",
                file.display()
            );
        }
    }
}

#[test]
fn every_module_uses_only_modules_listed_before_it() {
    for (index, (module, allowed)) in MAY_USE.iter().enumerate() {
        for used in *allowed {
            let lower = MAY_USE[..index].iter().any(|(name, _)| name == used);
            assert!(lower, "{module} uses {used}, which is not below it");
        }
    }
}

/// The maximum number of file names, other than `mod.rs`, that occur in more than one folder.
const MAX_REPEATED_NAMES: usize = 12;

/// The maximum number of functions named `read`: those that read an input, such as `csv::read`, the stand-ins for them in
/// a build without the format, and the method of `std::io::Read`.
const MAX_READ_FUNCTIONS: usize = 15;

#[test]
fn few_file_names_occur_in_several_folders() {
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in rust_files(Path::new("src")) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        folders.entry(name).or_default().push(file.display().to_string());
    }
    folders.retain(|name, files| name != "mod.rs" && 1 < files.len());
    assert!(
        folders.len() <= MAX_REPEATED_NAMES,
        "{} file names occur more than once, at most {MAX_REPEATED_NAMES} may: {folders:#?}\n\n\
         help: name a new file after its content (`quote_selection.rs`), not after the kind of content (`quotes.rs`)",
        folders.len()
    );
}

#[test]
fn functions_are_named_as_in_the_api_guidelines() {
    let definitions = |name: &str| {
        let definition = format!("fn {name}");
        let is_whole = |rest: &str| rest.starts_with(['(', '<']);
        let mut found = Vec::new();
        for file in rust_files(Path::new("src")) {
            for line in fs::read_to_string(&file).unwrap().lines() {
                if line.split(&definition).skip(1).any(is_whole)
                    && !line.trim_start().starts_with("//")
                {
                    found.push(format!("{}: {}", file.display(), line.trim()));
                }
            }
        }
        found
    };
    let of = definitions("of");
    assert!(
        of.is_empty(),
        "{of:#?}\n\nhelp: `new` or `from_…` for a constructor, `for_language` or `get` for a lookup, and the noun for a measure"
    );
    let read = definitions("read");
    assert!(
        read.len() <= MAX_READ_FUNCTIONS,
        "{read:#?}\n\nhelp: `parse` for a text, `from_…` for a conversion; `read` is for inputs"
    );
}

#[test]
fn crate_paths_sees_single_grouped_and_inline_paths() {
    let source = "use crate::{\n    article::{Article, ArticleId},\n    text,\n};\n\
                  use crate::span::Span;\n// crate::ghost\nfn f() { crate::render::go() }";
    let found: Vec<_> = crate_paths(source).into_iter().collect();
    assert_eq!(found, ["article", "render", "span", "text"]);
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Returns the module that a file belongs to: `text` for `src/text/token.rs` and for `src/text.rs`.
///
/// The crate root and the binary (`main.rs`, `cli/`) belong to none: they may use everything.
fn top_module(file: &Path) -> Option<String> {
    let first = file.strip_prefix("src").unwrap().iter().next()?.to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    (!matches!(name, "lib" | "main" | "cli")).then(|| name.to_owned())
}

/// Returns the `x` of every `crate::x` and `crate::{x, ..}` in the code, except in line comments.
fn crate_paths(source: &str) -> BTreeSet<String> {
    without_comments(source).split("crate::").skip(1).flat_map(first_segments).collect()
}

fn without_comments(source: &str) -> String {
    source.lines().filter(|line| !line.trim_start().starts_with("//")).collect()
}

fn first_segments(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![identifier(path)];
    };
    let mut depth = 0;
    let mut segments = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => segments.push(String::new()),
            _ if depth == 0 => segments.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    segments.iter().map(|s| identifier(s.trim())).filter(|name| !name.is_empty()).collect()
}

fn identifier(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
