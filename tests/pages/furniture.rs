//! Boilerplate between the paragraphs of an article, in many words and languages, is not read as part of it.

use crate::{PARAGRAPHS, page, read};

/// Returns the page with something after the first paragraph of its article.
fn with(furniture: &str) -> String {
    page().replacen("</p><p>", &format!("</p>{furniture}<p>"), 1)
}

/// Inserts each item after the first paragraph, and returns the texts that differ from the article's.
fn intruders(all: &[&str]) -> Vec<String> {
    let text = |furniture: &&str| {
        let found = read(&with(furniture));
        let text = found.articles[0].text.clone();
        (text != PARAGRAPHS.join("\n\n")).then(|| format!("{furniture}: {text}"))
    };
    all.iter().filter_map(text).collect()
}

#[test]
fn labels_of_advertisements() {
    let found = intruders(&[
        "<div>Advertisement</div>",
        "<p>ADVERTISEMENT</p>",
        "<div class=zz>Anzeige</div>",
        "<p>Story continues below advertisement</p>",
        "<p>Article continues after ad</p>",
        "<div><aside><div>Publicité</div></aside></div>",
        "<p>La suite après cette publicité</p>",
        "<p>Tekst loopt door onder de advertentie</p>",
        "<div>Publicidad</div>",
        "<p>L'articolo continua dopo la pubblicità</p>",
        "<p>Continua depois da publicidade</p>",
        "<div>Реклама</div>",
        "<p>Oglas</p>",
    ]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn links_to_other_articles() {
    let found = intruders(&[
        "<p>Read more: <a href=/x>Bakery wins prize</a></p>",
        "<p>Related: <a href=/x>The lake is full</a></p>",
        "<p><b>Lesen Sie auch:</b> <a href=/x>Der See ist voll</a></p>",
        "<p>À lire aussi : <a href=/x>Le lac est plein</a></p>",
        "<div>Lees ook: <a href=/x>Het meer is vol</a></div>",
        "<p>Leggi anche: <a href=/x>Il lago è pieno</a></p>",
        "<p>Lea también: <a href=/x>El lago está lleno</a></p>",
        "<p>Leia também: <a href=/x>O lago está cheio</a></p>",
        "<p>Читайте также: <a href=/x>Озеро полно</a></p>",
        "<p>Preberite tudi: <a href=/x>Jezero je polno</a></p>",
        "<h3>Most read</h3>",
    ]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The label is in no list; the evidence is that the line consists of it and a link.
#[test]
fn labels_with_a_link() {
    let found = intruders(&[
        "<p>Lea aquí: <a href=/x>El lago está lleno otra vez</a></p>",
        "<p>Nota relacionada: <a href=/x>La secretaria que vio el lago</a></p>",
        "<p><strong>Más sobre esto:</strong> <a href=/x>El lago está lleno otra vez</a></p>",
        "<p>LIRE AUSSI SUR LAC.EXAMPLE &gt;&gt; <a href=/x>Cinq raisons de remplir le lac</a></p>",
        "<p>Notre dossier : <a href=/x>Le lac est plein, enfin</a></p>",
        "<p>Czytaj więcej: <a href=/x>Jezioro jest znów całkiem pełne</a></p>",
        "<p>Dowiedz się więcej: <a href=/x>Kto zapłaci za wodę z jeziora?</a></p>",
        "<p>Zum Thema: <a href=/x>Der See ist wieder ganz voll</a></p>",
        "<p>Saiba mais: <a href=/x>O lago está cheio outra vez</a></p>",
        "<p>Approfondimento → <a href=/x>Il lago è di nuovo pieno</a></p>",
        "<p><a href=/x>Der See: Wie gefährlich ist das neue Wasser?</a></p>",
    ]);
    assert!(found.is_empty(), "{}", found.join("\n"));
    for kept in [
        "<p>The mayor said: <a href=/x>the lake will be full by the summer.</a></p>",
        "<p>Website: <a href=/x>Lake Office</a></p>",
        "<p>The report on the lake and its two dams, which was published in 2006: <a href=/x>Report of the engineers of Norvia</a></p>",
    ] {
        let text = read(&with(kept)).articles[0].text.clone();
        assert_ne!(text, PARAGRAPHS.join("\n\n"), "{kept}");
    }
}

#[test]
fn controls_of_the_page() {
    let found = intruders(&[
        "<div><span>Share</span><span>Copy link</span></div>",
        "<div>Listen</div><div>Share</div>",
        "<div>5 min read · Mar 10, 2008</div>",
        "<div><span>Teilen</span> <span>Drucken</span> <span>Merken</span></div>",
        "<div>3 Minuten Lesezeit</div>",
        "<div>Écouter | Partager | Imprimer</div>",
        "<div>Temps de lecture : 4 min</div>",
        "<div>Escuchar · 2 min de lectura</div>",
        "<div><span>Ascolta</span><span>Condividi</span></div>",
        "<div>Luister Delen Bewaren</div>",
        "<div>Ouvir Compartilhar</div>",
        "<div>Слушать Поделиться</div>",
    ]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn offers_to_subscribe() {
    let found = intruders(&[
        "<div class=paywall><h3>This article is for subscribers only</h3><p>Subscribe now and read on for 1 crown a month. \
         You can cancel at any time.</p><p>Already a subscriber? <a href=/login>Log in</a></p></div>",
        "<p>Sign up for our newsletter</p>",
        "<p>Get the best of the week delivered to your inbox.</p>",
        "<p>Sie sind bereits Abonnent? <a href=/l>Hier anmelden</a></p>",
        "<p>Jetzt abonnieren und weiterlesen. Jederzeit kündbar.</p>",
        "<p>Cet article est réservé aux abonnés.</p>",
        "<p>Déjà abonné ? <a href=/l>Connectez-vous</a></p>",
        "<p>¿Ya eres suscriptor? <a href=/l>Inicia sesión</a></p>",
        "<p>Contenuto riservato agli abbonati.</p>",
        "<p>Conteúdo exclusivo para assinantes.</p>",
        "<p>Dit artikel is alleen voor abonnees.</p>",
        "<p>Материал доступен только для подписчиков.</p>",
    ]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Short sentences of an article that use the words of boilerplate.
#[test]
fn sentences_that_only_sound_like_furniture_are_kept() {
    for sentence in [
        "Share prices fell by a third.",
        "In this article of the law nothing had changed.",
        "Advertising had paid for half of the work.",
        "“Subscribe now,” said a sign on the wall.",
        "Read more slowly, the teacher had told them.",
        "More about the dam is known to the police.",
        "Follow the water, said the guide.",
        "Nobody was hurt.",
        "See all of it, she said, and then decide.",
        "At 14:32 the gate was opened.",
    ] {
        let found = read(&with(&format!("<p>{sentence}</p>")));
        assert!(
            found.articles[0].text.contains(sentence),
            "{sentence}: {}",
            found.articles[0].text
        );
    }
}

#[test]
fn consent_dialogs() {
    for dialog in [
        "<div id=onetrust-consent-sdk role=dialog><h2>We value your privacy</h2><p>We and our 842 partners keep and read data \
         on your device, such as cookies, to show you advertisements that fit you.</p></div>",
        "<div class=cookie-banner><p>This site uses cookies to measure how often its pages are read and to show you \
         advertisements of its partners.</p><a href=/p>Settings</a></div>",
        "<dialog open><p>Wir und unsere 95 Partner speichern Daten auf Ihrem Gerät, damit wir Ihnen Werbung zeigen können, die \
         zu Ihnen passt.</p></dialog>",
        "<section class='gdpr modal'><p>Nous et nos partenaires gardons des données sur votre appareil pour vous montrer des \
         publicités qui vous conviennent.</p></section>",
        "<div role=alertdialog><p>Nosotros y nuestros socios guardamos datos en su aparato para mostrarle anuncios que le \
         convienen, y usted puede negarse.</p></div>",
    ] {
        for html in [
            page().replace("<nav class=menu>", &format!("{dialog}<nav class=menu>")),
            page().replace("<footer>", &format!("{dialog}<footer>")),
        ] {
            assert_eq!(read(&html).articles[0].text, PARAGRAPHS.join("\n\n"), "{dialog}");
        }
    }
    // A page that consists entirely of one dialog is read.
    let all = page().replace("<article>", "<div class=modal><article>");
    assert_eq!(read(&all).articles[0].text, PARAGRAPHS.join("\n\n"));
}

#[test]
fn tables_of_contents() {
    let sections = page().replacen("</p><p>", "</p><h2>The work</h2><p>", 1);
    let sections = sections.replace("<p>The work cost", "<h2>What it cost</h2><p>The work cost");
    for contents in [
        "<div id=toc><h2>Contents</h2><ul><li>1 The work</li><li>2 What it cost</li></ul></div>",
        "<h2>Contents</h2><ol><li><a href=#a>The work</a></li><li><a href=#b>What it cost</a></li></ol>",
        "<p>In this article</p><ul><li>The work</li><li>What it cost</li></ul>",
        "<b>Inhalt</b><ul><li>1. The work</li><li>2. What it cost</li></ul>",
        "<div>Sommaire</div><ul><li><a href=#a>1) The work</a></li><li><a href=#b>2) What it cost</a></li></ul>",
    ] {
        let html = sections
            .replace("<div class=article-body>", &format!("<div class=article-body>{contents}"));
        let text = read(&html).articles[0].text.clone();
        assert!(
            text.starts_with(PARAGRAPHS[0]) && text.ends_with(PARAGRAPHS[3]),
            "{contents}: {text}"
        );
    }
}

/// The article for wide screens, and again for narrow ones.
#[test]
fn second_copies() {
    let body = format!("<p>{}</p>", PARAGRAPHS.join("</p><p>"));
    let short = format!(
        "<p>{}</p><p>It was loud.</p><p>{}</p>",
        PARAGRAPHS[0],
        PARAGRAPHS[1..].join("</p><p>")
    );
    let whole = page();
    let copies = |a: &str, b: &str, body: &str| {
        let main = format!(
            "<div class=article-body>{}",
            whole.split("<div class=article-body>").nth(1).unwrap()
        );
        let (old, rest) = main.split_once("</div>").unwrap();
        assert!(old.contains(PARAGRAPHS[0]));
        format!("{}{a}{body}{b}{rest}", whole.split("<div class=article-body>").next().unwrap())
    };
    for (first, second) in [
        ("<div class=desktop>", "<div class=mobile>"),
        ("<section class=wide>", "<section class=small>"),
        ("<div>", "<div>"),
    ] {
        for (body, expected) in [
            (&body, PARAGRAPHS.join("\n\n")),
            (
                &short,
                format!("{}\n\nIt was loud.\n\n{}", PARAGRAPHS[0], PARAGRAPHS[1..].join("\n\n")),
            ),
        ] {
            let close =
                format!("</{}>", first.trim_start_matches('<').split([' ', '>']).next().unwrap());
            let html = copies(first, &format!("{close}{second}{body}{close}"), body);
            assert_eq!(read(&html).articles[0].text, expected, "{first} {second}");
        }
    }
}

#[test]
fn times_of_the_entries_of_a_live_blog() {
    for (one, two) in [
        ("<time>14:32</time>", "<time>14:05</time>"),
        ("<span>2.32 pm</span>", "<span>2.05 pm</span>"),
        ("<div>14:32 Uhr</div>", "<div>14.05 Uhr</div>"),
        ("<div>14h32</div>", "<div>14h05</div>"),
        ("<p>2:32 p.m. ET</p>", "<p>2:05 p.m. ET</p>"),
        ("<h4>14:32 GMT</h4>", "<h4>14:05 GMT</h4>"),
    ] {
        let entries = [one, two, one, two].iter().zip(PARAGRAPHS).map(|(time, text)| {
            format!("<div class=block><div>{time}</div><h2>Water reaches field</h2><p>{text}</p></div>")
        }).collect::<Vec<_>>().concat();
        let (before, rest) = page()
            .split_once("<div class=article-body>")
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        let html = format!(
            "{before}<div class=article-body>{entries}{}",
            rest.split_once("</div>").unwrap().1
        );
        let text = read(&html).articles[0].text.clone();
        assert!(PARAGRAPHS.iter().all(|p| text.contains(p)), "{one}: {text}");
        assert!(
            !text.lines().any(|line| line.starts_with(|c: char| c.is_ascii_digit())),
            "{one}: {text}"
        );
    }
}
