//! What is between the headline and the first paragraph, and what the page says about itself: the signature is
//! not text; sections and sites are not part of the title; a whole article is not called a part.

use nutgraf::article::Extent;

use crate::{PARAGRAPHS, page, read};

/// Returns the page with something after its headline.
fn below_title(markup: &str) -> String {
    page().replacen("</h1>", &format!("</h1>{markup}"), 1)
}

#[test]
fn what_repeats_a_paragraph_or_leads_elsewhere_is_no_standfirst() {
    for markup in [
        format!("<h2>{}</h2>", PARAGRAPHS[1]),
        format!("<h2>{}</h2>", PARAGRAPHS[0].trim_end_matches('.')),
        "<p><a href=/x>The lake above the town is full to the brim again, engineers find</a></p>".to_owned(),
        "<figure><figcaption>The dam above the town on the day when the water came back.</figcaption></figure>".to_owned(),
        "<p class=meta>16. Mai 2008 Jane Doe Wasser, Tal, See</p>".to_owned(),
    ] {
        let found = read(&below_title(&markup));
        assert_eq!(found.articles[0].text, PARAGRAPHS.join("\n\n"), "{markup}");
    }
}

#[test]
fn signatures_are_not_text() {
    for markup in [
        "<p>Jane DOE</p>",
        "<div>Von Jane Doe</div>",
        "<div>par Jane Doe</div>",
        "<p>16. Mai 2008 Jane Doe Wasser, Tal</p>",
        "<p>postado em 13/02/2008 05:49 / atualizado em 13/02/2008 05:50</p>",
        "<p>Erstellt von Jane am Dienstag 13. Mai 2008</p>",
        "<p>Feb. 13, 2008</p>",
        "<p>Mis à jour le 13 février 2008 à 14:05 | Région</p>",
        "<p>Publicado el 13 de febrero de 2008 en Valle</p>",
        "<p>13 lutego 2008, Dolina</p>",
    ] {
        let found = read(&below_title(markup));
        assert_eq!(found.articles[0].text, PARAGRAPHS.join("\n\n"), "{markup}");
    }
}

#[test]
fn the_section_and_the_site_are_not_part_of_the_title() {
    let title = "Dam reopens after two years";
    for section in [
        "<div>Politics | </div>",
        "<span>Region</span> | ",
        "<span>Wirtschaft - </span>",
        "<b>Économie</b> – ",
        "<i>Sociedad</i> » ",
        "Valley :: ",
    ] {
        let html = page().replace(&format!("<h1>{title}"), &format!("<h1>{section}{title}"));
        assert_eq!(read(&html).articles[0].title, title, "{section}");
    }
    for suffix in [
        " | post.example | The Paper of the Valley",
        " - Post Wiki",
        " – Das Blatt im Tal",
        " · El Diario",
    ] {
        let html = page()
            .replace(&format!("content='{title}'"), &format!("content='Dam reopened{suffix}'"))
            .replace(
                &format!("<title>{title} | Daily Post"),
                &format!("<title>Dam reopened{suffix}"),
            )
            .replace(&format!("\"headline\":\"{title}\","), "")
            .replace(&format!("<h1>{title}"), "<h1>Dam reopened");
        assert_eq!(read(&html).articles[0].title, "Dam reopened", "{suffix}");
    }
}

#[test]
fn the_site_before_the_title_is_not_the_title() {
    let title = "Dam reopens after two years";
    for site in ["Talblatt.example", "Valley Wiki", "Le Lac", "El Valle"] {
        let html = page()
            .replace("<meta property=og:site_name content='Daily Post'>", "")
            .replace(&format!("<meta property=og:title content='{title}'>"), "")
            .replace(&format!("\"headline\":\"{title}\","), "")
            .replace(&format!("<title>{title} | Daily Post"), &format!("<title>{site} - {title}"))
            .replace(&format!("<h1>{title}</h1>"), &format!("<h1>{site}</h1><h2>{title}</h2>"));
        assert_eq!(read(&html).articles[0].title, title, "{site}");
    }
}

/// Outlets declare that their articles are not free on pages that have the whole text.
#[test]
fn a_long_article_is_whole_whatever_its_metadata_says() {
    let paid = page().replace(
        "\"@type\":\"NewsArticle\",",
        "\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\",",
    );
    assert_eq!(read(&paid).articles[0].extent(), Extent::Paywalled);
    let more: Vec<String> = (0..8)
        .map(|n| format!("<p>In part {n} of the valley the water reached {n} farms, the mayor of the town said, and the fields of {n} villages will be green again before the summer of this year.</p>"))
        .collect();
    let more = more.concat();
    let long = paid.replace("</div></article>", &format!("{more}</div></article>"));
    assert_eq!(read(&long).articles[0].extent(), Extent::Whole);
    let marked =
        long.replace("</div></article>", "<p>Subscribe to continue reading</p></div></article>");
    assert_eq!(read(&marked).articles[0].extent(), Extent::Paywalled);
}
