//! Every example of the README and the guides is run, here or by the test that [`ELSEWHERE`] names.
//!
//! Shell examples run in a folder with the files that they name, with the program on the path and stand-ins for
//! third-party programs. Settings are loaded by `nutgraf config`. A block that no test covers fails the test.
#![cfg(all(feature = "cli", unix))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../docs/book.rs"]
#[expect(dead_code, reason = "the test calls `write` in place of `main`")]
mod book;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_nutgraf");

/// Examples that another test runs: the file, the beginning of the block, and the test.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("README.md", "cargo run -- brief", ".ci/browser"),
    ("README.md", "cargo test", ".ci/run"),
    ("README.md", "nutgraf init ", "tests/daily/first_steps.rs"),
    ("README.md", "uvx maturin build", ".ci/wheel"),
    ("docs/daily.md", "before=$(readlink", "tests/daily/mail.rs"),
    ("docs/python.md", "pip install maturin", ".ci/wheel"),
    ("docs/spark.md", "pip install dist/", ".ci/wheel"),
];

/// The languages of blocks, and the tests that run all blocks of a language.
const LANGUAGES: &[(&str, &str)] = &[
    ("console", "tests/readme.rs, tests/daily/first_steps.rs"),
    ("python", "python/tests/test_doctests.py, python/tests/test_spark.py"),
    ("ini", "tests/daily/examples.rs"),
    ("yaml", "tests/daily/examples.rs, the_action_has_its_inputs"),
    ("", "tests/daily/examples.rs"),
];

/// A draft that passes against the sample articles.
const DRAFT: &str = "The ferry Astrid Lund was on its way from Port Anselm to the island of Vester.\n\n\
                     \"Fog does not cause collisions,\" said Ines Halloran-Vik.\n";

/// A block of code of a guide.
struct Block {
    file: String,
    language: String,
    code: String,
}

fn blocks() -> Vec<Block> {
    let mut files = vec!["README.md".to_owned(), "templates/README.md".to_owned()];
    let docs = fs::read_dir("docs").unwrap().map(|entry| entry.unwrap().path());
    let docs = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    files.extend(docs.map(|path| path.to_str().unwrap().to_owned()));
    let mut blocks = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for fenced in text.split("\n```").skip(1).step_by(2) {
            let (language, code) = fenced.split_once('\n').unwrap();
            let (language, code) = (language.to_owned(), code.to_owned());
            blocks.push(Block { file: file.clone(), language, code });
        }
    }
    blocks
}

/// Returns a folder with the files named in the examples.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    let path = |name: &str| desk.path().join(name);
    let seeds = fs::canonicalize("seeds").unwrap();
    for name in ["seeds", "articles", "wires"] {
        symlink(&seeds, path(name)).unwrap();
    }
    for name in ["bin", "content"] {
        fs::create_dir(path(name)).unwrap();
    }
    symlink(PROGRAM, path("bin/nutgraf")).unwrap();
    let lines = fs::read_to_string(seeds.join("water-and-dig.jsonl")).unwrap();
    let duckdb = format!("#!/bin/sh\ncat {}\n", seeds.join("water-and-dig.jsonl").display());
    fs::write(path("bin/duckdb"), duckdb).unwrap();
    fs::set_permissions(path("bin/duckdb"), fs::Permissions::from_mode(0o755)).unwrap();
    let (first, second) = lines.split_once('\n').unwrap();
    fs::write(path("part-1.jsonl"), first).unwrap();
    fs::write(path("part-2.jsonl"), second).unwrap();
    fs::write(path("nutgraf.toml"), "[archive]\npath = \"archive.db\"\n[[feed]]\nfolder = \"seeds\"\n[[output]]\nfile = \"today.json\"\nto = \"json\"\n").unwrap();
    let prepare = "nutgraf -q brief -t json -o briefing.json seeds && \
                   nutgraf -q daily --now 2026-03-11T06:00:00Z";
    let output = shell(desk.path(), prepare);
    assert!(output.status.success(), "{}", said(&output));
    desk
}

fn shell(folder: &Path, script: &str) -> Output {
    let mut command = Command::new("sh");
    command.args(["-e", "-c", script]).current_dir(folder).env_clear().env("HOME", folder);
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", folder.join("bin").display());
    command.env("PATH", path).output().unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// Runs a shell example; the last command of some is expected to find a difference or a quotation.
fn run_shell(desk: &Path, block: &Block) {
    for name in ["letter.md", "story.md", "draft.md"] {
        fs::write(desk.join(name), DRAFT).unwrap();
    }
    fs::write(desk.join("mine.md"), "{% extends \"commonmark.md\" %}\n").unwrap();
    let story = fs::read_to_string(desk.join("today.json")).unwrap();
    let story: serde_json::Value = serde_json::from_str(&story).unwrap();
    let id = story["stories"][0]["id"].as_str().unwrap();
    let code = block.code.replace("a5b6f1ab8b5ae8e7", id);
    let code = code.replace("--speaker lindqvist", "--speaker brandvik");
    let is_diff = code.contains("\ndiff ");
    let output = shell(desk, &code);
    let expected = i32::from(is_diff);
    assert_eq!(output.status.code(), Some(expected), "{}: {code}\n{}", block.file, said(&output));
    assert!(!said(&output).contains("panicked"), "{}: {code}", block.file);
}

/// Loads settings.
fn load(block: &Block) {
    let folder = tempfile::tempdir().unwrap();
    let is_of_a_feed = block.code.starts_with("exclude");
    let head = if is_of_a_feed { "[[feed]]\nfolder = \"x\"\n" } else { "" };
    fs::write(folder.path().join("nutgraf.toml"), format!("{head}{}\n", block.code)).unwrap();
    let mut command = Command::new(PROGRAM);
    command.arg("config").current_dir(folder.path()).env("HOME", folder.path());
    for name in ["SLACK_WEBHOOK", "DISCORD_WEBHOOK", "WEBHOOK"] {
        command.env(name, "https://hook.example/x");
    }
    for name in [
        "TELEGRAM_TOKEN",
        "TELEGRAM_CHAT",
        "NTFY_TOPIC",
        "NTFY_TOKEN",
        "SMTP_USER",
        "SMTP_PASSWORD",
    ] {
        command.env(name, "value");
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}: {}\n{}", block.file, block.code, said(&output));
}

/// Checks a template, in the format of its text.
fn check_template(desk: &Path, block: &Block) {
    let name = if block.code.contains("commonmark.md") { "example.md" } else { "example.txt" };
    fs::write(desk.join(name), &block.code).unwrap();
    let output = shell(desk, &format!("nutgraf template check {name}"));
    assert!(output.status.success(), "{}: {}\n{}", block.file, block.code, said(&output));
}

/// Starts the server configured for an assistant, and closes its input.
fn serve(desk: &Path, block: &Block) {
    let json: serde_json::Value = serde_json::from_str(&block.code).unwrap();
    let server = &json["mcpServers"]["nutgraf"];
    let args: Vec<&str> =
        server["args"].as_array().unwrap().iter().map(|arg| arg.as_str().unwrap()).collect();
    let script = format!("{} {} < /dev/null", server["command"].as_str().unwrap(), args.join(" "));
    let output = shell(desk, &script);
    assert!(output.status.success(), "{}: {script}\n{}", block.file, said(&output));
}

#[test]
fn every_example_is_run() {
    let (desk, mut n_run) = (desk(), 0);
    for block in blocks() {
        let Block { file, language, code } = &block;
        let elsewhere = ELSEWHERE.iter().find(|(f, begin, _)| f == file && code.starts_with(begin));
        let all = LANGUAGES.iter().find(|(name, _)| name == language);
        if let Some(tests) = elsewhere.map(|(_, _, test)| test).or(all.map(|(_, tests)| tests)) {
            let mut names = tests.split(", ").filter(|name| name.contains('/'));
            assert!(names.all(|name| Path::new(name).exists()), "{tests}");
            continue;
        }
        match language.as_str() {
            "sh" if code.contains("pre-commit") => hook(desk.path(), code),
            "sh" => run_shell(desk.path(), &block),
            "toml" => load(&block),
            "json" => serve(desk.path(), &block),
            "jinja" => check_template(desk.path(), &block),
            _ => {
                assert!(file.is_empty(), "{file} has an example in {language:?} that no test runs");
            }
        }
        n_run += 1;
    }
    assert!(25 < n_run, "{n_run} examples were run");
}

/// Runs the hook of the example like pre-commit: the changed files follow the entry, and the variable is in the
/// environment.
fn hook(desk: &Path, code: &str) {
    let hooks = fs::read_to_string(".pre-commit-hooks.yaml").unwrap();
    let hooks: serde_json::Value = serde_saphyr::from_str(&hooks).unwrap();
    let id = code.split("run ").nth(1).unwrap().split(' ').next().unwrap();
    let hook = hooks.as_array().unwrap().iter().find(|hook| hook["id"] == id).unwrap();
    let (variable, _) = code.split_once(' ').unwrap();
    for (quoted, holds) in
        [("Fog does not cause collisions", true), ("Fog causes collisions", false)]
    {
        let draft = format!("\"{quoted},\" said Ines Halloran-Vik.\n");
        fs::write(desk.join("quoted.md"), draft).unwrap();
        let script = format!("{variable} {} quoted.md", hook["entry"].as_str().unwrap());
        let output = shell(desk, &script);
        assert_eq!(output.status.code(), Some(i32::from(!holds)), "{quoted}: {}", said(&output));
    }
    fs::write(desk.join("held.md"), DRAFT).unwrap();
    let both = format!("{variable} {} held.md quoted.md", hook["entry"].as_str().unwrap());
    assert_eq!(shell(desk, &both).status.code(), Some(1), "one of two drafts has a fault");
    let unset = format!("{} quoted.md", hook["entry"].as_str().unwrap());
    assert!(said(&shell(desk, &unset)).contains("set NUTGRAF_SOURCES"));
}

#[test]
fn the_action_has_its_inputs() {
    let guide = fs::read_to_string("docs/verify.md").unwrap();
    let block = guide.split("```yaml\n").nth(1).unwrap().split("\n```").next().unwrap();
    let steps: serde_json::Value = serde_saphyr::from_str(block).unwrap();
    let action = fs::read_to_string("action.yml").unwrap();
    let action: serde_json::Value = serde_saphyr::from_str(&action).unwrap();
    let given = steps[1]["with"].as_object().unwrap();
    assert!(given.keys().all(|name| action["inputs"].get(name).is_some()), "{action}");
}

/// The script of the action checks all drafts that its pattern names, and writes the summary of the job.
#[test]
fn the_action_checks_drafts() {
    let desk = desk();
    let script = fs::canonicalize(".github/verify.sh").unwrap();
    fs::create_dir(desk.path().join("letters")).unwrap();
    let run = |drafts: &str, sources: &str, claims: bool| {
        fs::remove_file(desk.path().join("summary")).ok();
        let call = format!(
            "DRAFTS='{drafts}' SOURCES='{sources}' CLAIMS={claims} GITHUB_STEP_SUMMARY=$PWD/summary bash {}",
            script.display()
        );
        let output = shell(desk.path(), &call);
        let summary = fs::read_to_string(desk.path().join("summary")).unwrap_or_default();
        (output.status.code(), said(&output), summary)
    };
    let write = |name: &str, text: &str| fs::write(desk.path().join(name), text).unwrap();
    write("letters/one.md", DRAFT);
    write("letters/two.md", DRAFT);
    let (code, said, summary) = run("letters/*.md", "articles/", false);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains(summary.trim()), "{summary}");
    assert!(["one.md", "two.md"].iter().all(|name| summary.contains(name)), "{summary}");
    write("letters/two.md", "\"Fog causes collisions,\" said Ines Halloran-Vik.\n");
    let (code, _, summary) = run("letters/one.md letters/two.md", "articles/", false);
    assert!(code == Some(1) && summary.contains("two.md: 1 fault"), "{summary}");
    write("letters/two.md", "The ferry was on its way to the island of Anholt.\n");
    assert_eq!(run("letters/two.md", "articles/", false).0, Some(0));
    let (code, _, summary) = run("letters/two.md", "articles/", true);
    assert!(code == Some(1) && summary.contains("Anholt"), "{summary}");
    write("letters/two.md", "");
    let (code, said, summary) = run("letters/*.md", "articles/", false);
    assert!(code == Some(2) && said.contains("two.md is empty"), "{said}");
    assert!(summary.contains("one.md"), "the others are checked: {summary}");
    for (drafts, sources) in
        [("none/*.md", "articles/"), ("letters/*.md", ""), ("letters/*.md", "none/")]
    {
        let (code, said, _) = run(drafts, sources, false);
        assert!(code == Some(2) && !said.is_empty(), "{drafts} {sources}: {said}");
    }
}

/// The action installs the program of a release for its system, if its checksum is right.
#[test]
#[cfg(target_os = "linux")]
fn the_action_takes_the_program_of_a_release() {
    let script = fs::canonicalize(".github/install.sh").unwrap();
    let name = "nutgraf-x86_64-unknown-linux-musl";
    let run = |system: &str, version: &str, is_damaged: bool, has_program: bool| {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir_all(path("bin")).unwrap();
        fs::create_dir_all(path(&format!("release/{name}"))).unwrap();
        fs::write(path(&format!("release/{name}/nutgraf")), "#!/bin/sh\necho released\n").unwrap();
        // Replaces the program of GitHub: records its arguments, and copies the files of the release.
        let gh = format!(
            "#!/bin/sh\necho \"$@\" > {0}/asked\ncp {0}/release/{name}.tar.gz* .\n",
            folder.path().display()
        );
        fs::write(path("bin/gh"), gh).unwrap();
        fs::set_permissions(path("bin/gh"), fs::Permissions::from_mode(0o755)).unwrap();
        if has_program {
            symlink(PROGRAM, path("bin/nutgraf")).unwrap();
        }
        let pack = format!(
            "cd release && tar czf {name}.tar.gz {name} && sha256sum {name}.tar.gz > {name}.tar.gz.sha256"
        );
        assert!(shell(folder.path(), &pack).status.success());
        if is_damaged {
            fs::write(path(&format!("release/{name}.tar.gz")), "x").unwrap();
        }
        let (system, machine) = system.split_once('-').unwrap();
        let call = format!(
            "RUNNER_OS={system} RUNNER_ARCH={machine} RUNNER_TEMP=$PWD VERSION={version} REPOSITORY=o/n \
             GITHUB_PATH=$PWD/path bash {}",
            script.display()
        );
        let output = shell(folder.path(), &call);
        let read = |name: &str| fs::read_to_string(path(name)).unwrap_or_default();
        (output.status.code(), read("asked"), read("path"), said(&output))
    };
    for (version, tag) in
        [("", "download --repo"), ("1.2.0", "download v1.2.0"), ("v1.2.0", "download v1.2.0")]
    {
        let (code, asked, path, said) = run("Linux-X64", version, false, false);
        assert_eq!(code, Some(0), "{said}");
        assert!(asked.contains(tag) && asked.contains(name) && asked.contains("o/n"), "{asked}");
        let program = Path::new(path.trim()).join("nutgraf");
        assert!(path.trim().ends_with(name) && program.is_absolute(), "{path}");
    }
    let (code, _, path, _) = run("Linux-X64", "", true, false);
    assert!(code != Some(0) && path.is_empty(), "a damaged archive is not used");
    let (code, asked, path, _) = run("Linux-X64", "", false, true);
    assert!(code == Some(0) && asked.is_empty() && path.is_empty(), "the program is there");
    let (code, asked, _, said) = run("Linux-RISCV64", "", false, false);
    assert!(code == Some(2) && asked.is_empty() && said.contains("RISCV64"), "{said}");
}

#[test]
fn the_book_has_every_guide_and_no_dead_link() {
    let folder = tempfile::tempdir().unwrap();
    book::write(folder.path()).unwrap();
    let page = |name: &str| fs::read_to_string(folder.path().join(name));
    for entry in fs::read_dir("docs").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let name = format!("{}.html", path.file_stem().unwrap().to_str().unwrap());
            assert!(page("index.html").unwrap().contains(&format!("href=\"{name}\"")), "{name}");
        }
    }
    let mut n_links = 0;
    for entry in fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Ok(text) = page(&name) else { continue };
        let links = text.split(" href=\"").chain(text.split(" src=\"")).skip(1);
        for link in links.filter_map(|rest| rest.split('"').next()) {
            if link.starts_with("http") || link.starts_with('<') {
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { name.as_str() } else { path };
            assert!(folder.path().join(target).exists(), "{name}: {link}");
            let id = format!("id=\"{fragment}\"");
            assert!(fragment.is_empty() || page(target).unwrap().contains(&id), "{name}: {link}");
            n_links += 1;
        }
    }
    assert!(100 < n_links);
}
