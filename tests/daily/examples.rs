//! Runs the examples in `docs/daily.md` as printed.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use crate::{PROGRAM, Reader, said};

const GUIDE: &str = include_str!("../../docs/daily.md");

const ARTICLE: &str = "Ferry runs aground\n\nThe ferry Halcyon ran aground on Monday with forty passengers aboard, the \
                       coastguard said. A tug pulled it free before noon.\n";

/// Returns the first code block of a language under a heading.
fn example(heading: &str, language: &str) -> &'static str {
    let section = GUIDE.split("\n## ").find(|s| s.starts_with(heading)).unwrap();
    let block = section.split(&format!("\n```{language}\n")).nth(1).unwrap();
    block.split("\n```").next().unwrap()
}

/// Sets up a test reader with a folder of one article as its feed, the program on its `PATH`, and `output` at the end
/// of its configuration.
fn reader(output: &str) -> Reader {
    let reader =
        Reader::new(&format!("[[feed]]\nfolder = \"news\"\nname = \"Example News\"\n{output}\n"));
    fs::create_dir_all(reader.path("news")).unwrap();
    fs::write(reader.path("news/a.txt"), ARTICLE).unwrap();
    fs::create_dir_all(reader.path("bin")).unwrap();
    symlink(PROGRAM, reader.path("bin/nutgraf")).unwrap();
    reader
}

fn shell(reader: &Reader, script: &str) {
    let mut command = reader.command("sh", &["-e", "-c", script]);
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", reader.path("bin").display());
    said(&command.env("PATH", path).output().unwrap()).expect(0, &[]);
}

/// Returns the contents of the only file in a folder.
fn only_file(reader: &Reader, folder: &str) -> String {
    let files: Vec<_> =
        fs::read_dir(reader.path(folder)).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    fs::read_to_string(&files[0]).unwrap()
}

#[test]
fn cron_makes_the_briefing() {
    let line = example("cron", "");
    let command = line.splitn(6, ' ').nth(5).unwrap().trim();
    let reader = reader("[[output]]\nfile = \"out/%Y-%m-%d.md\"");
    // The folder that the line names is the reader's own.
    symlink(".", reader.path("news-link")).unwrap();
    shell(&reader, &command.replace("$HOME/news", "$HOME/news-link"));
    assert!(only_file(&reader, "out").contains("forty passengers"));
}

#[test]
fn systemd_takes_the_units() {
    let service = example("systemd", "ini");
    let timer =
        GUIDE.split("nutgraf.timer`\n\n```ini\n").nth(1).unwrap().split("\n```").next().unwrap();
    assert!(service.contains("ExecStart=%h/.cargo/bin/nutgraf -q daily"));
    let reader = reader("");
    let unit =
        service.replace("%h/.cargo/bin/nutgraf", &reader.path("bin/nutgraf").display().to_string());
    fs::write(reader.path("nutgraf.service"), unit).unwrap();
    fs::write(reader.path("nutgraf.timer"), timer).unwrap();
    let mut verify = reader
        .command("systemd-analyze", &["verify", "--user", "./nutgraf.service", "./nutgraf.timer"]);
    verify.env("XDG_RUNTIME_DIR", reader.folder());
    match verify.output() {
        Ok(output) => {
            let said = said(&output);
            // Problems with other units on this machine do not matter here.
            assert!(!said.err.contains("nutgraf."), "{}", said.err);
        }
        Err(_) => eprintln!("skipped: no systemd-analyze here"),
    }
}

#[test]
fn the_action_commits_the_briefings() {
    let workflow: serde_json::Value =
        serde_saphyr::from_str(example("GitHub Action", "yaml")).unwrap();
    let steps = workflow["jobs"]["daily"]["steps"].as_array().unwrap();
    let scripts: Vec<&str> = steps.iter().filter_map(|s| s["run"].as_str()).collect();
    let (install, rest) = scripts.split_first().unwrap();
    assert!(install.starts_with("cargo install"));
    let reader = reader("[[output]]\nfile = \"briefings/%Y-%m-%d.md\"");
    if said(&reader.command("git", &["init", "-q"]).output().unwrap()).code != 0 {
        eprintln!("skipped: no git here");
        return;
    }
    let pushes = rest.join("\n").replace("git push", "true");
    shell(&reader, &pushes);
    let log =
        said(&reader.command("git", &["show", "--stat", "--format=%an %s"]).output().unwrap());
    assert!(
        log.out.starts_with("briefing briefing") && log.out.contains("briefings/"),
        "{}",
        log.out
    );
    // If there is nothing new, nothing is committed, and that is not a failure.
    shell(&reader, &pushes);
    let count = said(&reader.command("git", &["rev-list", "--count", "HEAD"]).output().unwrap());
    assert_eq!(count.out.trim(), "1");
}

#[test]
fn a_site_and_a_vault_get_their_markdown() {
    for (name, folder) in [("Hugo", "site/content/briefings"), ("Obsidian", "Vault/Briefings")] {
        let reader = reader(example(name, "toml"));
        said(&reader.command(PROGRAM, &["-q", "daily"]).output().unwrap()).expect(0, &[]);
        let page = only_file(&reader, folder);
        let front = page.split("---\n").nth(1).unwrap();
        let front: serde_json::Value = serde_saphyr::from_str(front).unwrap();
        assert!(front.get("title").is_some() || front.get("date").is_some(), "{page}");
        assert!(page.contains("forty passengers"), "{name}: {page}");
    }
}
