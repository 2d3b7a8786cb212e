//! Newsletters and messages: their wrapping is removed, several articles are separated, and everything else stays one
//! article.

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

const STORY: &str = "The dam above the town was opened again on Wednesday after two years of work, and the first water reached the \
    lower fields before noon, officials said.\n\nFarmers had asked for an earlier date, since the dry summer forced them to sell a \
    third of their cattle at the market in Brimnes.";

/// Returns a message from Jo Roe whose body has the given content type.
fn mail(kind: &str, body: &str) -> Ingested {
    let head = "From: Jo Roe <jo@x.example>\nDate: Wed, 11 Mar 2026 09:00:00 +0100\nSubject: Fwd: Dam\nMIME-Version: 1.0\n";
    read(&format!("{head}Content-Type: {kind}\n\n{body}").replace('\n', "\r\n"))
}

fn paragraphs(text: &str) -> String {
    format!("<p>{}</p>", text.replace("\n\n", "</p><p>"))
}

#[test]
fn forwarded_mails_are_read_as_themselves() {
    let html = paragraphs(STORY);
    let quoted = STORY.replace("\n\n", "\n>\n> ");
    for (kind, before, story) in [
        (
            "text/plain; charset=utf-8",
            "Begin forwarded message:\n\nFrom: Valley Post <n@valley.example>\nSubject: Dam opens\nDate: 9 March 2026 at 18:30:00 CET\nTo: jo@x.example\n\n",
            STORY,
        ),
        (
            "text/plain; charset=utf-8",
            "Worth a read.\n\nDe : Valley Post [mailto:n@valley.example]\nEnvoyé : lundi 9 mars 2026 18:30\nÀ : Jo Roe\nObjet : Dam opens\n\n",
            STORY,
        ),
        (
            "text/plain; charset=utf-8",
            "-------- Mensaje reenviado --------\nAsunto: \tDam opens\nFecha: \tMon, 9 Mar 2026 18:30:00 +0100\nDe: \tValley Post <n@valley.example>\nPara: \tjo@x.example\n\n",
            STORY,
        ),
        (
            "text/plain; charset=utf-8",
            "*From:* Valley Post <n@valley.example>\n*Date:* Mon, 9 Mar 2026 18:30\n*To:* jo@x.example\n*Subject:* Dam opens\n\n",
            STORY,
        ),
        (
            "text/plain; charset=utf-8",
            "---------- Forwarded message ---------\n差出人: Valley Post <n@valley.example>\n日時: 2026年3月9日(月) 18:30\n件名: Dam opens\nTo: jo@x.example\n\n",
            STORY,
        ),
        (
            "text/plain; charset=utf-8",
            "Interesting!\n\n> From: Valley Post <n@valley.example>\n> Date: Mon, 9 Mar 2026 18:30\n> Subject: Dam opens\n> To: a@b.example\n>\n> ",
            &quoted,
        ),
        (
            "text/html; charset=utf-8",
            "<p>FYI</p><div><p><b>From:</b> Valley Post &lt;n@valley.example&gt;<br><b>Sent:</b> Monday, March 9, 2026 6:30 PM<br><b>To:</b> Jo<br><b>Subject:</b> Dam opens</p></div>",
            &html,
        ),
        (
            "text/html; charset=utf-8",
            "<p>FYI</p><div>-------- Weitergeleitete Nachricht --------<table><tr><th>Betreff: </th><td>Dam opens</td></tr><tr><th>Datum: </th><td>Mon, 9 Mar 2026 18:30:00 +0100</td></tr><tr><th>Von: </th><td>Valley Post &lt;n@valley.example&gt;</td></tr><tr><th>An: </th><td>jo@x.example</td></tr></table></div>",
            &html,
        ),
        (
            "text/html; charset=utf-8",
            "<div>FYI</div><div>Begin forwarded message:</div><div><b>From: </b>Valley Post &lt;n@valley.example&gt;</div><div><b>Subject: </b>Dam opens</div><div><b>Date: </b>9 March 2026 at 18:30:00 CET</div><div><b>To: </b>jo@x.example</div>",
            &html,
        ),
    ] {
        let found = mail(kind, &format!("{before}{story}"));
        assert_eq!(found.articles.len(), 1, "{before}: {:?}", found.articles);
        let article = &found.articles[0];
        assert_eq!(article.source.as_deref(), Some("Valley Post"), "{before}");
        assert_eq!(article.title, "Dam opens", "{before}");
        assert!(article.published.unwrap().to_string().starts_with("2026-03-09"), "{before}");
        assert_eq!(article.text, STORY, "{before}");
    }
}

#[test]
fn an_answer_is_read_and_what_it_quotes_is_not_unless_it_only_passes_it_on() {
    let quoted = format!("> {}", STORY.replace("\n\n", "\n>\n> "));
    let line = "On Mon, 9 Mar 2026 at 18:30, Valley Post <n@valley.example> wrote:";
    let short = mail("text/plain", &format!("Thanks.\n\n{line}\n\n{quoted}\n>\n{quoted}"));
    assert_eq!(short.articles[0].source.as_deref(), Some("Valley Post"));
    assert!(short.articles[0].text.starts_with("The dam above"));
    let own = STORY.replace("dam", "lake");
    let long = mail("text/plain", &format!("{own}\n\n{own}\n\n{line}\n\n{quoted}"));
    assert_eq!(long.articles[0].source.as_deref(), Some("Jo Roe"));
    assert_eq!(long.articles[0].text, format!("{own}\n\n{own}"));
    assert!(long.cuts.iter().any(|cut| cut.reason == "quoted"), "{:?}", long.cuts);
    let html = format!(
        "{}<div>{line}</div><blockquote>{}</blockquote>",
        paragraphs(&own).repeat(2),
        paragraphs(STORY)
    );
    let html = mail("text/html", &html.replace("<n@valley.example>", "&lt;n@valley.example&gt;"));
    assert_eq!(html.articles.len(), 1);
    assert_eq!(html.articles[0].text, format!("{own}\n\n{own}"));
}

/// Short messages that forward a quotation, or reply to one.
#[test]
fn a_short_quotation_is_the_text_unless_it_is_answered() {
    const SHORT: &str = "The ferry sails again on Friday.";
    const LONGER: &str =
        "The ferry sails again on Friday, the port said, after a week in the dock at Port Anselm.";
    let head = |from: &str, date: &str, subject: &str| {
        format!(
            "> {from}: Valley Post <n@valley.example>\n> {subject}: Ferry\n> {date}: Mon, 9 Mar 2026 18:30\n>\n> "
        )
    };
    let (english, german) = (head("From", "Date", "Subject"), head("Von", "Datum", "Betreff"));
    let french = head("De", "Date", "Objet");
    let wrote = "On Mon, 9 Mar 2026 at 18:30, Valley Post <n@valley.example> wrote:";
    for (body, text, is_passed_on) in [
        (format!("Begin forwarded message:\n\n{english}{SHORT}\n"), SHORT, true),
        (format!("Anfang der weitergeleiteten Nachricht:\n\n{german}{SHORT}\n"), SHORT, true),
        (format!("Début du message réexpédié :\n\n{french}{SHORT}\n"), SHORT, true),
        (format!("{english}{SHORT}\n"), SHORT, true),
        (
            format!("Have you seen this? I think that we should go.\n\n{english}{SHORT}\n"),
            SHORT,
            true,
        ),
        (format!("> {SHORT}\n"), SHORT, true),
        (format!("{wrote}\n\n> {SHORT}\n"), SHORT, true),
        (format!("Worth a read.\n\n> {LONGER}\n"), LONGER, true),
        (
            format!("Good to know, thank you.\n\n{wrote}\n\n> {LONGER}\n"),
            "Good to know, thank you.",
            false,
        ),
        (format!("> {SHORT}\n\nAt last!\n\n> {LONGER}\n\nWhen?\n"), "At last!\n\nWhen?", false),
    ] {
        let found = mail("text/plain; charset=utf-8", &body);
        assert_eq!(found.articles.len(), 1, "{body}");
        assert_eq!(found.articles[0].text, text, "{body}");
        assert_eq!(found.warnings.is_empty(), is_passed_on, "{body}: {:?}", found.warnings);
    }
}

#[test]
fn mails_inside_a_mail_are_articles_and_attachments_are_named() {
    let inner = |n: usize| {
        format!(
            "From: Valley Post <n@valley.example>\nSubject: Dam {n}\nDate: Mon, 9 Mar 2026 18:30:00 +0100\n\n{STORY}\n"
        )
    };
    let digest = mail(
        "multipart/digest; boundary=d",
        &format!("--d\n\n{}\n--d\n\n{}\n--d--\n", inner(1), inner(2)),
    );
    let titles: Vec<&str> = digest.articles.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(titles, ["Dam 1", "Dam 2"]);
    let mixed = mail(
        "multipart/mixed; boundary=d",
        &format!(
            "--d\nContent-Type: text/plain\n\nSee the letter.\n--d\nContent-Type: message/rfc822\n\n{}\n--d\nContent-Type: application/pdf; name=\"plan.pdf\"\n\
             Content-Disposition: attachment; filename=\"plan.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--d\nContent-Type: text/csv\n\
             Content-Disposition: attachment; filename=table.csv\n\na,b\n--d--\n",
            inner(3)
        ),
    );
    assert_eq!(mixed.articles.len(), 1, "{:?}", mixed.articles);
    assert_eq!(mixed.articles[0].title, "Dam 3");
    let said: String = mixed.warnings.iter().map(|w| w.message.as_str()).collect();
    assert!(said.contains("plan.pdf") && said.contains("table.csv"), "{said}");
}

#[test]
fn a_mailbox_is_read_also_when_it_was_cut() {
    let one = |n: usize| {
        format!(
            "From a@b.example Mon Mar  9 18:3{n}:00 2026\nFrom: Valley Post <n@valley.example>\nSubject: Dam {n}\n\n{STORY}\n>From now on it is open.\n\n"
        )
    };
    let whole: String = (0..3).map(one).collect();
    let found = read(&whole);
    assert_eq!(found.articles.len(), 3);
    assert!(
        found.articles[1].text.contains("From now on it is open."),
        "{}",
        found.articles[1].text
    );
    for cut in 0..whole.len() {
        if whole.is_char_boundary(cut) && cut % 37 == 0 {
            read(whole.get(..cut).unwrap_or(""));
        }
    }
    let half = read(whole.get(..whole.len() - 150).unwrap_or(""));
    assert_eq!(half.articles.len(), 3);
    assert!(half.articles[2].text.starts_with("The dam above"));
}

#[test]
fn charsets_are_decided_by_the_bytes() {
    let windows = |head: &str, body: &[u8]| {
        let head = format!(
            "From: Jo <jo@x.example>\r\nSubject: Dam\r\nMIME-Version: 1.0\r\n{head}\r\n\r\n"
        );
        let bytes = [head.as_bytes(), body].concat();
        mail::read("m.eml", &bytes, &Options::default())
    };
    let raw = b"The council\x92s vote was \x93final\x94, said Hanne Orvik \x96 the caf\xE9 stays shut until May.";
    let quoted = b"The council=92s vote was =93final=94, said Hanne Orvik =96 the caf=E9 stays shut until May.";
    for (head, body) in [
        ("Content-Type: text/plain", &raw[..]),
        ("Content-Type: text/plain; charset=us-ascii", raw),
        ("Content-Type: text/plain; charset=unknown-8bit", raw),
        ("Content-Type: text/plain; charset=utf-8", raw),
        ("Content-Type: text", raw),
        ("Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable", quoted),
        ("X-Other: none", raw),
    ] {
        let found = windows(head, body);
        assert!(
            found.articles[0].text.contains("The council’s vote was “final”"),
            "{head}: {:?}",
            found.articles[0].text
        );
    }
}

/// The stories of a newsletter: title, text and the last part of the address.
const STORIES: [(&str, &str, &str); 3] = [
    (
        "Council votes to close the old bridge",
        "The council voted on Monday to close the old bridge for two years because its\npiers can no longer carry the trams.",
        "bridge",
    ),
    (
        "School in Lorvik gets a new roof",
        "Pupils in Lorvik will return to their school in autumn, after workers\nfinished the roof that a storm tore off.",
        "school",
    ),
    (
        "Mayor quits",
        "Mayor Ada Holm told reporters that she would not stand in the election\nof next year. She has led the town since 2003.",
        "mayor",
    ),
];

fn plain(body: &str) -> Ingested {
    read(&format!("{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"))
}

/// Titles and links of newsletters in plain text, as different programs write them.
#[test]
fn a_newsletter_in_plain_text_falls_into_its_articles() {
    for form in [
        "{TITLE}\n\n{text}\n\n{url}\n\n",
        "{title}\n{text}\n{url}\n\n",
        "{title}\n{url}\n\n{text}\n\n",
        "** {title}\n------------------------------------------------------------\n{text}\nRead more ({url})\n\n",
        "## {title}\n\n{text} {url}\n\n",
        "### {title} ###\n\n{text}\n\n<{url}>\n\n",
        "{n}. {title}\n\n{text}\n\nRead more: {url}\n\n",
        "{title} ({url})\n\n{text}\n\n",
        "{title} [{url}]\n{text}\n\n",
        "{title}\n\n{text}\n\nWeiterlesen:\n{url}\n\n",
        "{title}\n=====================\n\n{text}\n\n→ {url}\n\n",
    ] {
        let story = |(n, (title, text, place)): (usize, &(&str, &str, &str))| {
            let title = if *title == "Mayor quits" { "Mayor quits at last" } else { title };
            form.replace("{TITLE}", &title.to_uppercase())
                .replace("{title}", title)
                .replace("{text}", text)
                .replace("{n}", &(n + 1).to_string())
                .replace("{url}", &format!("https://post.example/{place}"))
        };
        let stories: String = STORIES.iter().enumerate().map(story).collect();
        let found = plain(&format!("Good morning. Here is the news.\n\n{stories}"));
        let titles: Vec<String> = found.articles.iter().map(|a| a.title.to_lowercase()).collect();
        assert_eq!(
            titles,
            [
                "council votes to close the old bridge",
                "school in lorvik gets a new roof",
                "mayor quits at last"
            ],
            "{form}"
        );
        for (article, (_, text, place)) in found.articles.iter().zip(STORIES) {
            assert!(article.text.starts_with(&text.replace('\n', " ")), "{form}: {}", article.text);
            assert!(!article.text.contains("://"), "{form}: {}", article.text);
            let url = format!("https://post.example/{place}");
            assert_eq!(article.url.as_deref(), Some(&*url), "{form}");
        }
        let cut = found.cuts.iter().find(|cut| cut.reason == "introduction");
        assert_eq!(cut.map(|c| &*c.text), Some("Good morning. Here is the news."), "{form}");
    }
}

#[test]
fn an_article_in_plain_text_with_headings_and_links_stays_one() {
    let [(first, a, _), (second, b, _), _] = STORIES;
    for body in [
        format!("{a}\n\n{first}\n\n{b}\n\n{second}\n\n{a} Indeed.\n\nhttps://post.example/1\n"),
        format!(
            "{}\n\n{b}\n\nSources:\nhttps://post.example/1\nhttps://post.example/2\n",
            first.to_uppercase()
        ),
        format!("{a}\n\nhttps://post.example/1\n\n{b}\n\nhttps://post.example/2\n"),
        format!("{a} All is at https://post.example/1 for everybody.\n\n{b}\n"),
    ] {
        let found = plain(&body);
        assert_eq!(found.articles.len(), 1, "{body}");
        assert!(found.articles[0].text.contains("https://post.example/1"), "{body}");
    }
}

/// A short line that is a link may be a title or only lead to an article.
#[test]
fn short_titles_are_told_from_invitations() {
    for (head, foot) in [
        ("<p><b><a href=\"{url}\">{title}</a></b></p><p>{text}</p>", ""),
        ("<p><a href=\"{url}\">{title}</a><br>{text}</p>", ""),
        ("<p><b>{title}</b><br>{text}</p>", "<p><a href=\"{url}\">Read more</a></p>"),
        (
            "<p><strong>{title}</strong></p><p>{text}</p>",
            "<p><a href=\"{url}\">Zum Artikel</a></p>",
        ),
        ("<h3>{title}</h3><p>{text}</p>", "<p><a href=\"{url}\">Lees meer</a></p>"),
    ] {
        let story = |(title, text, place): &(&str, &str, &str)| {
            let title = if *title == "Mayor quits" { "Mayor Holm quits" } else { title };
            format!("{head}{foot}")
                .replace("{title}", title)
                .replace("{text}", text)
                .replace("{url}", &format!("https://post.example/{place}"))
        };
        let found = html(&STORIES.iter().map(story).collect::<String>());
        let titles: Vec<&str> = found.articles.iter().map(|a| a.title.as_str()).collect();
        assert_eq!(titles, [STORIES[0].0, STORIES[1].0, "Mayor Holm quits"], "{head}");
        for (article, (_, text, _)) in found.articles.iter().zip(STORIES) {
            assert_eq!(article.text, text.replace('\n', " "), "{head}");
        }
    }
}
