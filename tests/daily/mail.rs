//! A briefing by email: piped to sendmail, or to a program that is called in the same way, such as msmtp.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;

use crate::{HASTY, PROGRAM, Reader, said};

const ARTICLE: &str = "{\"id\": \"a\", \"title\": \"Fähre läuft auf Grund\", \"text\": \
    \"The ferry Halcyon ran aground on Monday with forty passengers aboard. A tug pulled it free.\"}\n";

#[test]
fn the_mail_of_the_day_goes_to_sendmail() {
    let reader = Reader::new(&format!(
        "{HASTY}[mail]\nfrom = \"me@example.org\"\nto = \"you@example.org, her@example.org\"\n\
         [[output]]\nfile = \"mail/%Y-%m-%d.eml\"\nto = \"eml\"\nlatest = \"mail/latest.eml\"\n"
    ));
    let sendmail = reader.path("sendmail");
    // Takes the recipients from the message as `sendmail -t` does, and keeps the message.
    std::fs::write(&sendmail, "#!/bin/sh\necho \"$@\" > arguments\ncat > letter\n").unwrap();
    std::fs::set_permissions(&sendmail, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(reader.path("a.jsonl"), ARTICLE).unwrap();
    let script = format!(
        "'{PROGRAM}' archive import --now 2026-03-02T05:00:00Z a.jsonl && \
         '{PROGRAM}' -q daily --no-fetch --now 2026-03-02T06:00:00Z && ./sendmail -t < mail/latest.eml"
    );
    said(&reader.command("sh", &["-c", &script]).output().unwrap()).expect(0, &[]);
    assert_eq!(reader.read("arguments").trim(), "-t");
    let letter = std::fs::read(reader.path("letter")).unwrap();
    let mail = mail_parser::MessageParser::default().parse(&letter).unwrap();
    assert_eq!(mail.to().unwrap().as_list().unwrap().len(), 2);
    assert!(mail.body_text(0).unwrap().contains("ran aground"));
    assert!(mail.body_html(0).unwrap().contains("Fähre"));
    assert!(mail.message_id().is_some() && mail.date().is_some());
    // Directly from `brief`, without an intermediate file.
    let script = format!("'{PROGRAM}' brief -t eml a.jsonl | ./sendmail -t");
    said(&reader.command("sh", &["-c", &script]).output().unwrap()).expect(0, &[]);
    assert!(reader.read("letter").contains("you@example.org"));
}
