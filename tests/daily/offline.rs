//! Nothing opens a connection except commands that are given an address, `fetch` and `daily`.

use crate::{HASTY, PROGRAM, Reader, said};

const ARTICLE: &str = "{\"id\": \"a\", \"title\": \"Ferry\", \"url\": \"https://news.example/a\", \"text\": \
    \"The ferry Halcyon ran aground on Monday. “Nobody was hurt,” said Captain Ada Brill. A tug pulled it free.\"}\n";

#[test]
#[cfg(target_os = "linux")]
fn every_other_command_works_without_a_network_and_asks_for_none() {
    let reader = Reader::new(&format!(
        "{HASTY}[lint]\nmin_sources = 1\nmin_speakers = 0\nmax_age_days = 0\n[[feed]]\nurl = \"http://127.0.0.1:9/feed\"\n[[output]]\nfile = \"o.md\"\n"
    ));
    std::fs::write(reader.path("a.jsonl"), ARTICLE).unwrap();
    let works = |program: &str, args: &[&str]| {
        reader.command(program, args).output().is_ok_and(|o| o.status.success())
    };
    // Log every call that creates a socket; otherwise there is no network that could be reached.
    let trace = ["-f", "-qq", "-e", "trace=socket,connect", "-o", "trace"];
    let traced = works("strace", &[&trace[..], &["true"]].concat());
    let denied = works("unshare", &["-n", "true"]);
    if !traced && !denied {
        eprintln!("skipped: neither strace nor unshare -n works here");
        return;
    }
    let commands: &[&[&str]] = &[
        &["archive", "import", "a.jsonl"],
        &["archive", "stats"],
        &["archive", "search", "ferry"],
        &["archive", "export"],
        &["archive", "prune", "--days", "30"],
        &["archive", "check"],
        &["brief", "-t", "json", "-o", "b.json"],
        &["brief", "a.jsonl"],
        &["summarize", "a.jsonl"],
        &["quotes", "a.jsonl"],
        &["stories", "a.jsonl"],
        &["read", "a.jsonl"],
        &["verify", "b.json", "a.jsonl"],
        &["explain", "b.json"],
        &["lint", "b.json"],
        &["brief", "--manifest", "m.json", "a.jsonl"],
        &["brief", "--again", "m.json", "a.jsonl"],
        &["feed", "list"],
        &["template", "list"],
        &["config"],
        &["completions", "bash"],
        &["man"],
        &["daily", "--no-fetch"],
    ];
    for args in commands {
        let mut all: Vec<&str> = if traced { trace.to_vec() } else { vec!["-n"] };
        all.push(PROGRAM);
        all.extend(*args);
        let program = if traced { "strace" } else { "unshare" };
        let said = said(&reader.command(program, &all).output().unwrap());
        assert_eq!(said.code, 0, "{args:?}: {}{}", said.out, said.err);
        if traced {
            let calls = reader.read("trace");
            assert!(!calls.contains("AF_INET"), "{args:?} asks for the network: {calls}");
        }
    }
    if traced {
        let all = [&trace[..], &[PROGRAM, "fetch"]].concat();
        said(&reader.command("strace", &all).output().unwrap()).expect(1, &[]);
        assert!(reader.read("trace").contains("AF_INET"), "the trace sees nothing");
    }
}
