//! Newsletters and mails: the wrapping is cut, several articles fall apart, the rest stays one.

use nutgraf::read::{Ingested, Options, mail};

const HEAD: &str = "From: =?utf-8?Q?T=C3=A4gliche_Post?= <news@post.example>\r\nTo: me@example.org\r\nSubject: Fwd: The morning\r\n\
    Date: Wed, 13 Feb 2008 07:00:00 +0100\r\nMessage-ID: <m1@post.example>\r\nMIME-Version: 1.0\r\n";

const PROSE: &str = "The dam above the town was opened again on Wednesday after two years of work, and the first water reached \
    the lower fields before noon, officials said.";

fn read(mail: &str) -> Ingested {
    mail::read("m.eml", mail.as_bytes(), &Options { cuts: true, ..Options::default() })
}

fn html(body: &str) -> Ingested {
    read(&format!("{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n{body}"))
}

#[test]
fn a_newsletter_falls_into_its_articles() {
    let story = |n: usize| {
        format!(
            "<h2><a href=\"https://post.example/{n}\">Story number {n} of today</a></h2><p>{PROSE}</p><p><a href=x>Read more</a></p>"
        )
    };
    let body = format!(
        "<p><a href=x>View in browser</a></p><p>Good morning, here is the news.</p>{}{}{}\
         <p>You are receiving this because you signed up.</p><p><a href=u>Unsubscribe</a></p><p>1 Main Street</p>",
        story(1),
        story(2),
        story(3)
    );
    let found = html(&body);
    let titles: Vec<&str> = found.articles.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(
        titles,
        ["Story number 1 of today", "Story number 2 of today", "Story number 3 of today"]
    );
    let second = &found.articles[1];
    assert_eq!(second.url.as_deref(), Some("https://post.example/2"));
    assert_eq!(second.text, PROSE);
    assert_eq!(second.source.as_deref(), Some("Tägliche Post"));
    assert_eq!(second.published.unwrap().to_string(), "2008-02-13T07:00:00+01:00");
    assert_eq!(second.id.as_str(), "m1@post.example#2");
    assert!(second.teaser);
    let cut: Vec<&str> = found.cuts.iter().map(|c| c.text.as_str()).collect();
    for line in ["View in browser", "Unsubscribe", "1 Main Street"] {
        assert!(cut.contains(&line), "{cut:?}");
    }
}

#[test]
fn a_letter_stays_one_article() {
    let found = html(&format!(
        "<h2>The dam</h2><p>{PROSE}</p><h2>The fields</h2><p>{PROSE}</p><p>Unsubscribe here</p>"
    ));
    assert_eq!(found.articles.len(), 1);
    let article = &found.articles[0];
    assert_eq!((article.title.as_str(), article.blocks.len()), ("The morning", 4));
    assert_eq!(article.id.as_str(), "m1@post.example");
}

#[test]
fn plain_text_is_read_as_paragraphs() {
    let found = read(&format!(
        "{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\nThe dam was opened\r\nagain on Wednesday.\r\n\r\n> an older mail\r\n\r\nWater reached the fields.\r\n-- \r\nJane\r\n"
    ));
    assert_eq!(
        found.articles[0].text,
        "The dam was opened again on Wednesday.\n\nWater reached the fields."
    );
}

#[test]
fn parts_and_encodings() {
    let found = read(&format!(
        "{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n\
         --b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         <p>Gr=F6=DFe z=E4hlt.</p>\r\n--b--\r\n"
    ));
    assert_eq!(found.articles[0].text, "Größe zählt.");
    for mail in
        ["", "\r\n", "no mail", "Subject:", "Content-Type: multipart/mixed; boundary=\r\n\r\n--"]
    {
        let found = read(mail);
        assert!(
            found.articles.iter().all(|a| !a.title.is_empty() || !a.text.is_empty()),
            "{mail:?}"
        );
    }
}
