//! Pages of few paragraphs, lists between paragraphs, and old markup: what there is of an article is read.

use crate::{PARAGRAPHS, page, read};

/// Reports of two paragraphs in many scripts, in the element that declares an article, with and without a frame.
#[test]
#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn short_reports_in_any_script() {
    let menu = "<nav><a href=/>A</a> <a href=/n>B</a></nav>";
    for (lang, title, one, two) in [
        (
            "ko",
            "항구가 닫혔다",
            "항구는 얼음 때문에 월요일부터 닫혔다고 시청이 밝혔다.",
            "배들은 이웃 마을로 가야 한다.",
        ),
        (
            "fa",
            "بندر بسته شد",
            "بندر به دلیل یخ از روز دوشنبه بسته است، شهرداری اعلام کرد.",
            "کشتی‌ها باید به شهر همسایه بروند.",
        ),
        (
            "he",
            "הנמל נסגר",
            "הנמל נסגר ביום שני בגלל הקרח, הודיעה העירייה.",
            "האוניות צריכות להפליג לעיר השכנה.",
        ),
        (
            "ja",
            "港が閉鎖",
            "港は氷のため月曜日から閉鎖されると市が発表した。",
            "船は隣の町へ向かう必要がある。",
        ),
        (
            "zh",
            "港口关闭",
            "市政府宣布，由于结冰，港口从星期一起关闭。",
            "船只必须开往邻近的城镇。",
        ),
        (
            "th",
            "ท่าเรือปิด",
            "เทศบาลประกาศว่าท่าเรือปิดตั้งแต่วันจันทร์เพราะน้ำแข็งหนามาก",
            "เรือทุกลำต้องไปยังเมืองข้างเคียงจนกว่าอากาศจะอุ่นขึ้น",
        ),
        (
            "ka",
            "ნავსადგური დაიხურა",
            "ნავსადგური ორშაბათიდან ყინულის გამო დაიხურა, განაცხადა მერიამ.",
            "გემები მეზობელ ქალაქში უნდა წავიდნენ.",
        ),
        (
            "ar",
            "إغلاق الميناء",
            "أغلق الميناء يوم الاثنين بسبب الجليد، حسبما أعلنت البلدية.",
            "على السفن أن تبحر إلى المدينة المجاورة.",
        ),
        (
            "hi",
            "बंदरगाह बंद",
            "नगर ने कहा कि बर्फ के कारण बंदरगाह सोमवार से बंद है।",
            "जहाजों को पड़ोसी शहर जाना होगा।",
        ),
        (
            "de",
            "Hafen geschlossen",
            "Der Hafen ist seit Montag wegen Eis geschlossen, teilte die Stadt mit.",
            "Schiffe müssen in den Nachbarort fahren.",
        ),
        (
            "en",
            "Harbour closed",
            "The harbour is closed because of ice, the town said on Monday.",
            "Ships have to go to the next town.",
        ),
    ] {
        for (before, after) in [("", ""), (menu, "<footer>© 2026</footer>")] {
            for (open, close) in [
                ("<article>", "</article>"),
                ("<main>", "</main>"),
                ("<div itemprop=articleBody>", "</div>"),
            ] {
                let html = format!(
                    "<!DOCTYPE html><html lang={lang}><meta charset=utf-8><title>{title}</title><body>{before}{open}<h1>{title}</h1>\
                     <p>{one}</p><p>{two}</p>{close}{after}"
                );
                let found = read(&html);
                assert_eq!(found.articles[0].text, format!("{one}\n\n{two}"), "{lang} {open}");
                assert_eq!(found.articles[0].title, title);
            }
        }
    }
}

/// A list introduced by a paragraph, in a box of its own, with text after it.
#[test]
fn announced_lists_are_kept() {
    let items = [
        "farms of less than five years, which are helped with other programmes.",
        "farms that had closed before the end of 2005.",
    ];
    let list = format!("<ul class=list><li>{}</li></ul>", items.join("</li><li>"));
    for between in [
        format!("<p>The money is not for:</p>{list}"),
        format!("<p><strong>The money is not for:</strong></p>{list}"),
        format!(
            "<div class=box><div class=inner><p><b>Kein Geld bekommen:</b></p>{list}</div></div>"
        ),
        format!("<div class=text-image><h3>L'argent n'est pas pour :</h3>{list}</div>"),
        format!("<div><div><div><p>El dinero no es para:</p>{list}</div></div></div>"),
    ] {
        let html = page().replacen("</p><p>", &format!("</p>{between}<p>"), 1);
        let text = read(&html).articles[0].text.clone();
        assert!(items.iter().all(|item| text.contains(item)), "{between}: {text}");
        assert!(
            text.starts_with(PARAGRAPHS[0]) && text.ends_with(PARAGRAPHS[3]),
            "{between}: {text}"
        );
    }
}

/// Markup without paragraphs: the author and the date are in lines of their own, which single breaks end.
#[test]
fn authors_and_dates_in_lines_of_old_markup() {
    for (lines, byline, date) in [
        ("By Ada Roe<BR>March 10, 2008", "Ada Roe", "2008-03-10"),
        ("March 10, 2008<BR>By Ada Roe", "Ada Roe", "2008-03-10"),
        ("<I>By Ada Roe</I><BR>10 March 2008", "Ada Roe", "2008-03-10"),
        ("Von Karl Braun<BR>10. März 2008", "Karl Braun", "2008-03-10"),
        ("Par Anne Petit<BR>10 mars 2008", "Anne Petit", "2008-03-10"),
        ("Di Anna Rossi<BR>10 marzo 2008", "Anna Rossi", "2008-03-10"),
        ("Por Ana Luz<BR>10 de marzo de 2008", "Ana Luz", "2008-03-10"),
    ] {
        let html = format!(
            "<HTML><HEAD><TITLE>Dam reopens after two years</TITLE></HEAD><BODY><TABLE><TR><TD><FONT SIZE=5><B>Dam reopens after \
             two years</B></FONT><BR><FONT SIZE=2>{lines}</FONT><BR><BR>{}</TD></TR></TABLE></BODY></HTML>",
            PARAGRAPHS.join("<BR><BR>")
        );
        let article = &read(&html).articles[0];
        assert_eq!(article.byline.as_deref(), Some(byline), "{lines}");
        assert_eq!(
            article
                .published
                .map(|p| p.to_string().chars().take(10).collect::<String>())
                .as_deref(),
            Some(date),
            "{lines}"
        );
        assert_eq!(article.text, PARAGRAPHS.join("\n\n"), "{lines}");
    }
}
