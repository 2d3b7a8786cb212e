//! Outputs other than files: webhooks, chats, commands, a mail relay, and everything that can go wrong with them.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::mpsc;
use std::time::Duration;

use serde_json::Value;

use crate::site::{Asked, Reply, Site};
use crate::{PROGRAM, Reader, Said, said};

/// Settings for quick attempts.
const QUICK: &str =
    "[fetch]\nallow_private = true\n[delivery]\npause_seconds = 0.01\ntimeout_seconds = 1\n";

const SECRET: &str = "/hook/T0K3N-which-nobody-sees";

/// Articles that each form a story.
const STORIES: [(&str, &str); 3] = [
    (
        "Ferry aground off Kelm",
        "The ferry Halcyon ran aground off Kelm on Monday with forty passengers aboard. \
         \\\"We pulled the ferry free before noon and nobody aboard was hurt,\\\" said harbour master Ilse Corvan.",
    ),
    (
        "Comet found, @everyone and <!channel>, *once*",
        "Two students discovered a comet on photographs taken by accident at Lindholm. \
         It will be visible to the naked eye in April.",
    ),
    (
        "Olive harvest fails on Sarre",
        "Olive growers on the island of Sarre expect the smallest harvest in thirty years. \
         The cooperative asked the ministry for emergency loans to replant the groves.",
    ),
];

fn reader(outputs: &str) -> Reader {
    let reader = Reader::new(&format!("{QUICK}{outputs}"));
    add(&reader, &STORIES, 2);
    reader
}

pub(crate) fn add(reader: &Reader, stories: &[(&str, &str)], day: u8) {
    import(reader, stories, day, day);
}

/// Changes the articles of the second day of the month.
pub(crate) fn change(reader: &Reader, stories: &[(&str, &str)], day: u8) {
    import(reader, stories, 2, day);
}

/// Imports articles of a day on another.
fn import(reader: &Reader, stories: &[(&str, &str)], day: u8, now: u8) {
    let line = |(n, (title, text)): (usize, &(&str, &str))| {
        format!(
            "{{\"id\": \"{day}-{n}\", \"title\": \"{title}\", \"source\": \"Gazette {n}\", \"text\": \"{text}\", \
             \"url\": \"https://gazette.example/{day}/{n}?a=1&b=2\", \"published\": \"2026-03-{day:02}T04:00:00Z\"}}\n"
        )
    };
    let lines: String = stories.iter().enumerate().map(line).collect();
    std::fs::write(reader.path("in.jsonl"), lines).unwrap();
    let now = format!("2026-03-{now:02}T05:00:00Z");
    reader.run(&["archive", "import", "--now", &now, "in.jsonl"]).expect(0, &[]);
}

pub(crate) fn daily_with(reader: &Reader, day: u8, more: &[&str]) -> Said {
    let now = format!("2026-03-{day:02}T06:00:00Z");
    let args = [&["daily", "--no-fetch", "--config", "nutgraf.toml", "--now", &now], more].concat();
    let done = reader.command(PROGRAM, &args).env("HOOK_PATH", SECRET).output().unwrap();
    let said = said(&done);
    assert!(!said.err.contains(SECRET) && !said.out.contains(SECRET), "{}{}", said.out, said.err);
    said
}

pub(crate) fn daily(reader: &Reader, day: u8) -> Said {
    daily_with(reader, day, &[])
}

fn post(site: &Site, more: &str) -> String {
    format!("[[output]]\npost = \"{}$HOOK_PATH\"\n{more}\n", site.url(""))
}

fn json(asked: &Asked) -> Value {
    serde_json::from_str(&asked.body).unwrap()
}

#[test]
fn a_webhook_gets_the_briefing_once() {
    let site = Site::new();
    site.set(SECRET, Reply::ok("ok"));
    let headers = "headers = { Authorization = \"Bearer $HOOK_PATH\" }";
    let reader = reader(&post(&site, headers));
    daily(&reader, 2).expect(0, &["delivered to"]);
    let [asked] = &site.asked()[..] else { panic!("one message") };
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.headers["content-type"], "application/json");
    assert_eq!(asked.headers["authorization"], format!("Bearer {SECRET}"));
    assert_eq!(asked.headers["idempotency-key"].len(), 32);
    let briefing = json(asked);
    assert_eq!(briefing["schema"], "nutgraf/briefing/1");
    assert_eq!(briefing["stories"].as_array().unwrap().len(), 3);
    daily(&reader, 2).expect(0, &["nothing new"]);
    assert!(site.asked().is_empty());
    let archive = std::fs::read(reader.path("archive.db")).unwrap();
    let holds = archive.windows(SECRET.len()).any(|bytes| bytes == SECRET.as_bytes());
    assert!(!holds, "the address is in the archive");
}

#[test]
fn a_webhook_may_get_a_template_or_another_format() {
    let site = Site::new();
    site.set(SECRET, Reply::ok(""));
    let reader = reader(&post(
        &site,
        "template = \"own.txt\"\nheaders = { Content-Type = \"application/json\" }",
    ));
    std::fs::write(reader.path("own.txt"), "{\"text\": {{ title | quoted }}}").unwrap();
    daily(&reader, 2).expect(0, &[]);
    let [asked] = &site.asked()[..] else { panic!("one message") };
    assert_eq!(json(asked)["text"], "Briefing 2026-03-02");
    assert_eq!(asked.headers["content-type"], "application/json");
}

#[test]
fn each_chat_gets_messages_of_its_own_form_within_its_limit() {
    for (format, key, limit, more) in [
        ("slack", "/text", 4000, ""),
        ("discord", "/content", 2000, ""),
        ("telegram", "/text", 4096, "chat = \"-100123\""),
        ("ntfy", "", 4096, ""),
    ] {
        let site = Site::new();
        site.set(SECRET, Reply::ok("{\"ok\": true}"));
        let reader = reader(&post(&site, &format!("format = \"{format}\"\n{more}")));
        daily(&reader, 2).expect(0, &[]);
        let asked = site.asked();
        assert!(!asked.is_empty(), "{format}");
        let texts: Vec<String> = asked
            .iter()
            .map(|asked| match key {
                "" => asked.body.clone(),
                key => json(asked).pointer(key).unwrap().as_str().unwrap().to_owned(),
            })
            .collect();
        let all = texts.join("\n");
        assert!(
            texts
                .iter()
                .all(|text| text.encode_utf16().count() <= limit && text.len() <= 2 * limit)
        );
        for lede in ["The ferry Halcyon", "Two students", "Olive growers"] {
            assert_eq!(all.matches(lede).count(), 1, "{format}: {lede} in {all}");
        }
        assert!(all.contains("nobody aboard was hurt") && all.contains("Ilse Corvan"), "{all}");
        match format {
            "slack" => {
                assert_eq!(json(&asked[0])["mrkdwn"], false);
                assert!(all.contains("&lt;!channel&gt;") && !all.contains("<!"), "{all}");
                assert!(
                    all.contains("<https://gazette.example/2/0?a=1&amp;b=2|Gazette 0>"),
                    "{all}"
                );
            }
            "discord" => {
                assert_eq!(json(&asked[0])["allowed_mentions"]["parse"], serde_json::json!([]));
                assert!(all.contains("\\@everyone") && all.contains("\\*once\\*"), "{all}");
            }
            "telegram" => {
                assert_eq!(json(&asked[0])["chat_id"], "-100123");
                assert_eq!(json(&asked[0])["parse_mode"], "HTML");
                assert!(all.contains("&lt;!channel&gt;") && !all.contains("@everyone"), "{all}");
            }
            _ => assert_eq!(asked[0].headers["x-title"], "Briefing 2026-03-02"),
        }
    }
}

#[test]
fn a_long_briefing_takes_several_messages_and_resumes_behind_the_last_that_arrived() {
    let site = Site::new();
    site.set(SECRET, Reply::ok(""));
    let reader = Reader::new(&format!(
        "{QUICK}[brief]\nwords = 5000\nstories = 50\nintro = \"{}\"\n{}",
        "Words of the editor. ".repeat(80),
        post(&site, "format = \"discord\"")
    ));
    // The first days of the week have the same three events, and a report common to two articles is shown once.
    let others = crate::delivery_week::DAYS.into_iter().skip(STORIES.len());
    let stories: Vec<(&str, &str)> =
        STORIES.into_iter().chain(others.map(|(_, title, text)| (title, text))).collect();
    add(&reader, &stories, 2);
    // The second message fails in every attempt.
    site.set_next(SECRET, [Reply::ok(""), Reply::new(404, "{\"message\": \"Unknown Webhook\"}")]);
    daily(&reader, 2)
        .expect(1, &["message 2", "404", "Unknown Webhook", "the next run will retry"]);
    let before = site.asked();
    assert_eq!(before.len(), 2, "404 is not tried again by the same run");
    daily(&reader, 2).expect(0, &["nothing new", "delivered"]);
    let after = site.asked();
    let texts = |asked: &[Asked]| -> Vec<String> {
        asked.iter().map(|a| json(a)["content"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts(&before)[1], texts(&after)[0], "goes on with the message that failed");
    assert_eq!(before[1].headers["idempotency-key"], after[0].headers["idempotency-key"]);
    let all = [&texts(&before)[..1], &texts(&after)].concat();
    assert!(all.len() > 1 && all.iter().all(|text| text.encode_utf16().count() <= 2000));
    for (_, text) in stories {
        let lede = text.split(['.', '\\']).next().unwrap();
        assert_eq!(all.join("\n").matches(lede).count(), 1, "{lede}");
    }
}

#[test]
fn passing_failures_are_tried_again_with_pauses() {
    let site = Site::new();
    site.set(SECRET, Reply::ok(""));
    for reply in [
        Reply::new(500, "trouble"),
        Reply::new(429, "").with("Retry-After", "1"),
        Reply::new(429, "{\"retry_after\": 0.2}"),
        Reply::new(429, "{\"ok\": false, \"parameters\": {\"retry_after\": 1}}"),
    ] {
        let reader = reader(&post(&site, "format = \"slack\""));
        site.set_next(SECRET, [reply.clone(), reply]);
        daily(&reader, 2).expect(0, &["delivered"]);
        assert_eq!(site.asked().len(), 3);
    }
    let reader = reader(&post(&site, ""));
    site.set_next(SECRET, vec![Reply::new(503, ""); 4]);
    daily(&reader, 2).expect(1, &["503", "after 4 attempts"]);
    assert_eq!(site.asked().len(), 4);
    site.set_next(SECRET, [Reply::new(429, "").with("Retry-After", "7200")]);
    daily(&reader, 2).expect(1, &["asks to wait 7200 s"]);
    assert_eq!(site.asked().len(), 1, "a long pause is left to the next run");
    daily(&reader, 2).expect(0, &["delivered"]);
}

#[test]
fn a_server_that_hangs_or_redirects_is_named() {
    let site = Site::new();
    let reader = reader(&post(&site, ""));
    for (reply, words) in [
        (Reply::ok("").after(Duration::from_secs(3)), &["no answer in time"][..]),
        (Reply::redirect(302, "https://elsewhere.example/x"), &["302", "elsewhere.example"]),
        (Reply::redirect(307, "gopher://x.example/"), &["307"]),
        (Reply::new(308, ""), &["308"]),
        (Reply::new(401, format!("no {SECRET} here")), &["401"]),
        (Reply::new(400, "<html>long page</html>"), &["400"]),
    ] {
        site.set(SECRET, reply);
        let said = daily(&reader, 2);
        said.expect(1, words);
        assert_eq!(site.asked().len(), 1, "{}", said.err);
    }
    site.set(SECRET, Reply::redirect(307, "/new"));
    site.set("/new", Reply::ok(""));
    daily(&reader, 2).expect(0, &["delivered"]);
    assert_eq!(site.paths(), [SECRET, "/new"]);
}

/// The guard is the same as for fetching; see `guard.rs` for the addresses.
#[test]
fn addresses_of_this_machine_are_refused_unless_allowed() {
    let site = Site::new();
    let reader = Reader::new(&format!("[[output]]\npost = \"{}$HOOK_PATH\"\n", site.url("")));
    daily(&reader, 2).expect(2, &["private network", "allow_private"]);
    assert!(site.asked().is_empty());
}

#[test]
fn what_is_wrong_with_an_output_is_said_before_anything_is_done() {
    let good = "post = \"https://hook.example/\"\n";
    for (output, words) in [
        ("post = \"$NO_SUCH_VARIABLE\"", &["$NO_SUCH_VARIABLE", "not set"][..]),
        ("post = \"hook.example\"", &["not a web address"]),
        ("post = \"file:///etc/passwd\"", &["not a web address"]),
        ("to = \"md\"", &["one of file, post, run and smtp"]),
        ("file = \"a\"\npost = \"https://hook.example/\"", &["one of file, post, run and smtp"]),
        (&format!("{good}format = \"irc\""), &["slack, discord, telegram, ntfy"]),
        (&format!("{good}format = \"slack\"\nto = \"json\""), &["cannot be combined with `to`"]),
        (&format!("{good}chat = \"1\""), &["telegram"]),
        (&format!("{good}headers = {{ \"A b\" = \"x\" }}"), &["header field"]),
        (&format!("{good}name = \"a\"\n[[output]]\n{good}name = \"a\""), &["two outputs", "\"a\""]),
        ("file = \"a\"\nformat = \"slack\"", &["works only with `post`"]),
        ("run = [\"\"]", &["empty"]),
        ("smtp = \"mail.example\"", &["smtps://"]),
        ("smtp = \"smtps://mail.example\"", &["mail.from"]),
        ("smtp = \"smtps://u:p@mail.example\"", &["separate keys"]),
    ] {
        let reader = Reader::new(&format!("[[output]]\n{output}\n"));
        daily(&reader, 2).expect(2, words);
        assert!(!reader.path("archive.db").exists(), "{output}");
    }
}

#[test]
fn a_dry_run_shows_what_would_be_sent_and_changes_nothing() {
    let site = Site::new();
    site.set(SECRET, Reply::ok(""));
    let outputs = format!("{}[[output]]\nfile = \"out.md\"\n", post(&site, "format = \"slack\""));
    let reader = reader(&outputs);
    let before = std::fs::read(reader.path("archive.db")).unwrap();
    for _ in 0..2 {
        let said = daily_with(&reader, 2, &["--dry-run"]);
        said.expect(0, &[]);
        for shown in
            ["slack", "message 1 of 1", "Ferry aground off Kelm", "out.md", "# Briefing 2026-03-02"]
        {
            assert!(said.out.contains(shown), "no {shown} in {}", said.out);
        }
    }
    assert_eq!(before, std::fs::read(reader.path("archive.db")).unwrap());
    assert!(site.asked().is_empty() && !reader.path("out.md").exists());
    daily(&reader, 2).expect(0, &["delivered", "wrote"]);
}

#[test]
fn a_dry_run_does_not_upgrade_an_archive() {
    let reader = Reader::new("[[output]]\nfile = \"out.md\"\n");
    let old = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/first_edition/archive.sqlite");
    std::fs::copy(old, reader.path("archive.db")).unwrap();
    let said = daily_with(&reader, 12, &["--dry-run"]);
    assert!(matches!(said.code, 0 | 1), "{}", said.err);
    assert!(std::fs::read(old).unwrap() == std::fs::read(reader.path("archive.db")).unwrap());
    let names = std::fs::read_dir(reader.folder()).unwrap().map(|f| f.unwrap().file_name());
    let more: Vec<_> = names.filter(|n| n != "archive.db" && n != "nutgraf.toml").collect();
    assert!(more.is_empty(), "{more:?}");
}

#[test]
fn a_damaged_row_costs_itself() {
    for (damage, named) in [
        ("UPDATE shown SET text = CAST(x'ff' AS TEXT) WHERE rowid = 1", "an excerpt of article"),
        ("UPDATE told SET article = CAST(x'ff' AS TEXT) WHERE article = '2-1'", "in story"),
        ("UPDATE briefing SET json = CAST(x'ff' AS TEXT)", ""),
        ("UPDATE briefing SET title = CAST(x'ff' AS TEXT)", ""),
        ("UPDATE article SET title = CAST(x'ff' AS TEXT) WHERE id = '2-2'", "article 2-2"),
        ("UPDATE speaker SET name = CAST(x'ff' AS TEXT) WHERE key = 1", ""),
    ] {
        let reader = reader("[[output]]\nfile = \"out.md\"\n");
        daily(&reader, 2).expect(0, &["wrote"]);
        let archive = reader.path("archive.db");
        rusqlite::Connection::open(&archive).unwrap().execute_batch(damage).unwrap();
        let more = (
            "Glassworks closes",
            "The last glassworks of Verrick closed. It was two centuries old.",
        );
        add(&reader, &[more], 3);
        daily(&reader, 3).expect(0, &["wrote", named]);
        assert!(reader.read("out.md").contains("glassworks of Verrick"), "{damage}");
        reader.run(&["archive", "check"]).expect(1, &[]);
        for command in ["people", "outlets", "stats"] {
            let said = reader.run(&["archive", command]);
            assert!(said.code < 2, "{damage}: {command}: {}", said.err);
        }
    }
}

pub(crate) fn script(reader: &Reader, name: &str, body: &str) {
    std::fs::write(reader.path(name), format!("#!/bin/sh\n{body}\n")).unwrap();
    std::fs::set_permissions(reader.path(name), std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_command_gets_the_briefing_on_standard_input_without_a_shell() {
    let reader =
        reader("[[output]]\nrun = [\"./take\", \"$HOME; touch x\", \"*\"]\nto = \"text\"\n");
    script(&reader, "take", "for a in \"$@\"; do echo \"$a\" >> arguments; done\ncat > letter");
    daily(&reader, 2).expect(0, &["delivered to run ./take"]);
    assert_eq!(reader.read("arguments"), "$HOME; touch x\n*\n");
    assert!(reader.read("letter").contains("Ferry aground off Kelm"));
}

#[test]
fn a_command_that_fails_is_named_and_tried_again_by_the_next_run() {
    let reader = reader("[[output]]\nrun = [\"./take\"]\n");
    daily(&reader, 2).expect(1, &["./take", "cannot be started", "the next run will retry"]);
    script(&reader, "take", "echo x >> tries; echo 'disk is full' >&2; exit 3");
    daily(&reader, 2).expect(1, &["./take", "failed", "3", "disk is full"]);
    script(&reader, "take", "sleep 60 & sleep 60");
    daily(&reader, 2).expect(1, &["did not finish within 1 seconds"]);
    // The child that it leaves behind may be noticed before its exit status.
    script(&reader, "take", "yes >&2 & exit 4");
    daily(&reader, 2).expect(1, &["./take", "the next run will retry"]);
    // Any status other than a temporary failure may mean that the work was done.
    assert_eq!(reader.read("tries").lines().count(), 1);
    script(&reader, "take", "kill -9 $$");
    daily(&reader, 2).expect(1, &["signal: 9"]);
    script(&reader, "take", "cat >> letter");
    daily(&reader, 2).expect(0, &["delivered"]);
    assert_eq!(reader.read("letter").matches("## Ferry aground off Kelm").count(), 1);
    daily(&reader, 2).expect(0, &["nothing new"]);
}

/// `EX_TEMPFAIL`, with which a mail program reports that it did nothing.
#[test]
fn a_command_that_says_to_try_again_is_tried_again_by_the_same_run() {
    let reader = reader("[[output]]\nrun = [\"./take\"]\n");
    script(&reader, "take", "echo x >> tries; exit 75");
    daily(&reader, 2).expect(1, &["./take", "75", "after 4 attempts"]);
    assert_eq!(reader.read("tries").lines().count(), 4);
    let third = "echo x >> tries; test $(wc -l < tries) -ge 7 || exit 75; cat > letter";
    script(&reader, "take", third);
    daily(&reader, 2).expect(0, &["delivered"]);
    assert_eq!(reader.read("tries").lines().count(), 7);
    assert!(reader.read("letter").contains("Ferry aground off Kelm"));
}

#[test]
fn a_token_in_the_configuration_is_not_shown_by_a_refusal() {
    for (header, answer) in [
        ("Authorization = \"Bearer T0K3N-literal\"", "no token Bearer T0K3N-literal"),
        ("Authorization = \"Bearer T0K3N-literal\"", "{\"message\": \"T0K3N-literal is bad\"}"),
        ("X-Key = \"T0K3N-literal\"", "T0K3N-literal"),
        ("Cookie = \"a=b; session=T0K3N-literal\"", "session T0K3N-literal has ended"),
    ] {
        let site = Site::new();
        site.set("/hook/T0K3N-path", Reply::new(401, answer));
        let url = site.url("/hook/T0K3N-path");
        let reader = reader(&format!("[[output]]\npost = \"{url}\"\nheaders = {{ {header} }}\n"));
        let said = daily(&reader, 2);
        said.expect(1, &["401", "…"]);
        assert!(!said.err.contains("T0K3N"), "{}", said.err);
        site.set("/hook/T0K3N-path", Reply::new(404, "nothing at T0K3N-path"));
        let said = daily(&reader, 2);
        said.expect(1, &["404", "…"]);
        assert!(!said.err.contains("T0K3N"), "{}", said.err);
    }
}

/// A folder from elsewhere may contain a configuration; its commands are not run.
#[test]
fn commands_of_a_configuration_that_was_merely_found_are_not_run() {
    let reader = reader("[[output]]\nrun = [\"touch\", \"ran\"]\n");
    let args = ["daily", "--no-fetch", "--now", "2026-03-02T06:00:00Z"];
    reader.run(&args).expect(2, &["--config"]);
    assert!(!reader.path("ran").exists());
    let own = reader.path(".config/nutgraf");
    std::fs::create_dir_all(&own).unwrap();
    let config = reader.read("nutgraf.toml").replace("archive.db", "../../archive.db");
    std::fs::write(own.join("nutgraf.toml"), config).unwrap();
    std::fs::remove_file(reader.path("nutgraf.toml")).unwrap();
    reader.run(&args).expect(0, &["delivered"]);
    assert!(reader.path("ran").exists());
}

#[test]
fn the_configuration_shows_no_address() {
    let output =
        "[[output]]\npost = \"https://hook.example/services/T0K3N\"\nheaders = { A = \"T0K3N\" }\n";
    let reader = Reader::new(output);
    let said = reader.run(&["config"]);
    said.expect(0, &[]);
    assert!(said.out.contains("hook.example") && !said.out.contains("T0K3N"), "{}", said.out);
}

/// Returns a relay that answers each command with the next line and returns everything it received.
fn relay(answers: &'static [&'static str]) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut all, mut is_data) = (String::new(), false);
        for answer in answers {
            stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 {
                    break;
                }
                all.push_str(&line);
                if !is_data || line == ".\r\n" {
                    is_data = line.starts_with("DATA");
                    break;
                }
            }
        }
        sender.send(all).ok();
    });
    (port, receiver)
}

#[test]
fn a_relay_gets_the_mail() {
    let output = |port: u16| {
        format!(
            "[mail]\nfrom = \"Desk <desk@news.example>\"\nto = \"a@x.example, b@x.example\"\n\
             [[output]]\nsmtp = \"smtp://127.0.0.1:{port}\"\n[delivery]\ntimeout_seconds = 2\nattempts = 1\n"
        )
    };
    let (port, _refused) = relay(&["554 no service"]);
    let reader = Reader::new(&output(port));
    add(&reader, &STORIES, 2);
    daily(&reader, 2).expect(1, &["smtp to 127.0.0.1", "554", "the next run will retry"]);
    let (port, letter) = relay(&[
        "220 hello",
        "250 x",
        "250 ok",
        "250 ok",
        "250 ok",
        "354 go",
        "250 taken",
        "221 bye",
    ]);
    let config = format!("[archive]\npath = \"archive.db\"\n{}", output(port));
    std::fs::write(reader.path("nutgraf.toml"), config).unwrap();
    daily(&reader, 2).expect(0, &["delivered to smtp to 127.0.0.1"]);
    let said = letter.recv_timeout(Duration::from_secs(5)).unwrap();
    for line in [
        "MAIL FROM:<desk@news.example>",
        "RCPT TO:<a@x.example>",
        "RCPT TO:<b@x.example>",
        "Subject: ",
    ] {
        assert!(said.contains(line), "no {line} in {said}");
    }
    let (_, mail) = said.split_once("DATA\r\n").unwrap();
    let mail = mail_parser::MessageParser::default().parse(mail).unwrap();
    assert!(mail.body_text(0).unwrap().contains("ran aground"));
}

/// Returns the code blocks of a language in a guide.
fn blocks(guide: &'static str, language: &str) -> Vec<&'static str> {
    let fence = format!("\n```{language}\n");
    guide.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect()
}

#[test]
fn the_examples_of_the_guides_work() {
    let delivery = include_str!("../../docs/delivery.md");
    let variables = ["SLACK_WEBHOOK", "DISCORD_WEBHOOK", "WEBHOOK"];
    let mut n = 0;
    for block in blocks(delivery, "toml") {
        let reader = Reader::new(&format!("{block}\n"));
        std::fs::write(reader.path("message.txt"), blocks(delivery, "jinja")[0]).unwrap();
        let has_output = block.contains("[[output]]");
        if has_output {
            add(&reader, &STORIES, 2);
        }
        let args = [
            "daily",
            "--no-fetch",
            "--dry-run",
            "--config",
            "nutgraf.toml",
            "--now",
            "2026-03-02T06:00:00Z",
        ];
        let args = if has_output { &args[..] } else { &["config"][..] };
        let mut command = reader.command(PROGRAM, args);
        for name in variables {
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
        let done = said(&command.output().unwrap());
        done.expect(0, &[]);
        assert!(!has_output || done.out.contains("--- "), "{block}: {}", done.out);
        if block.contains("message.txt") {
            let body = done.out.lines().find(|line| line.starts_with('{')).unwrap();
            let body: Value = serde_json::from_str(body).unwrap();
            assert_eq!(body["stories"].as_array().unwrap().len(), 3);
        }
        n += 1;
    }
    assert_eq!(n, 10);
    let ranking = include_str!("../../docs/ranking.md");
    for block in blocks(ranking, "toml") {
        let reader = Reader::new(&format!("{block}\n"));
        add(&reader, &STORIES, 2);
        let code = reader.run(&["brief", "--config", "nutgraf.toml", "in.jsonl"]).code;
        // A story of a single outlet is left out if the minimum is two.
        assert_eq!(code, i32::from(block.contains("min_sources = 2")), "{block}");
        reader.run(&["stories", "--explain", "in.jsonl"]).expect(0, &[]);
    }
}
