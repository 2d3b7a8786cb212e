//! Page dumps: the title, the author and the date among the lines above the body, and the headings within it.

use nutgraf::article::Article;
use nutgraf::read::{self, Format, Options};

fn dump(text: &str) -> Article {
    let options = Options { from: Some(Format::Text), ..Options::default() };
    let read = read::read("dump.txt", text.as_bytes(), &options);
    read.articles.into_iter().next().unwrap_or_default()
}

const MENU: &str = "Skip to content\nHome\nBusiness\nLifestyle\nFerries for tourists\nWork with us\nSearch\nMenu\n";
const FOOT: &str =
    "Share this\nRelated articles\nTen ways to cross a river\nPrivacy policy\nAll rights reserved";

/// The paragraphs of an article about a ferry, in five languages, with a heading before the last.
const BODIES: [&str; 5] = [
    "The old ferry of Varn has carried people over the river for ninety years, and this summer it will be replaced by a larger one.\n\
     The larger ferry takes sixty passengers and runs on batteries, which are charged at the pier of the town during the night.\n\
     Why the river needs a ferry\n\
     The next bridge is nine miles away, and the road to it is closed for repairs until the spring, the council of Varn says.",
    "Die alte Fähre von Varn bringt seit neunzig Jahren Menschen über den Fluss, und in diesem Sommer wird sie durch eine größere ersetzt.\n\
     Die größere Fähre fasst sechzig Fahrgäste und fährt mit Batterien, die in der Nacht am Anleger der Stadt geladen werden.\n\
     Warum der Fluss eine Fähre braucht\n\
     Die nächste Brücke ist neun Meilen entfernt, und die Straße dorthin ist bis zum Frühjahr gesperrt, wie der Rat von Varn mitteilt.",
    "Le vieux bac de Varn transporte les habitants sur le fleuve depuis quatre-vingt-dix ans, et il sera remplacé cet été par un plus grand.\n\
     Le plus grand bac accueille soixante passagers et fonctionne avec des batteries, chargées la nuit au ponton de la ville.\n\
     Pourquoi le fleuve a besoin d’un bac\n\
     Le pont le plus proche est à neuf lieues, et la route qui y mène reste fermée jusqu’au printemps, selon le conseil de Varn.",
    "El viejo transbordador de Varn lleva noventa años cruzando el río con los vecinos, y este verano será sustituido por uno más grande.\n\
     El nuevo transbordador admite sesenta pasajeros y funciona con baterías, que se cargan por la noche en el muelle de la ciudad.\n\
     Por qué el río necesita un transbordador\n\
     El puente más cercano está a nueve millas, y la carretera que lleva a él está cerrada hasta la primavera, según el consejo de Varn.",
    "Stary prom w Varn od dziewięćdziesięciu lat wozi mieszkańców przez rzekę, a tego lata zastąpi go prom większy i cichszy.\n\
     Nowy prom zabiera sześćdziesięciu pasażerów i jest napędzany bateriami, które ładuje się nocą przy nabrzeżu miasta.\n\
     Dlaczego rzeka potrzebuje promu\n\
     Najbliższy most jest oddalony o dziewięć mil, a droga do niego jest zamknięta do wiosny, jak podaje rada miasta Varn.",
];

const TITLES: [&str; 5] = [
    "A larger ferry for Varn: what changes on the river",
    "Eine größere Fähre für Varn: Was sich am Fluss ändert",
    "Un plus grand bac pour Varn : ce qui change sur le fleuve",
    "Un transbordador más grande para Varn: qué cambia en el río",
    "Większy prom dla Varn: co zmieni się na rzece",
];

/// Returns the articles of dumps in each language with these lines around `{}`, the title, above the body.
fn dumps(head: &str) -> Vec<(Article, &'static str, &'static str)> {
    let of = |(title, body): (&'static &str, &'static &str)| {
        let head = head.replace("{}", title);
        let heading = body.lines().nth(2).unwrap_or_default();
        let head = head.replace("{heading}", heading);
        (dump(&format!("{MENU}{head}\n{body}\n{FOOT}")), *title, heading)
    };
    TITLES.iter().zip(&BODIES).map(of).collect()
}

#[test]
fn the_title_is_the_line_above_the_body() {
    for head in [
        "{}",
        "{}\nBy Ada Lorne\nMay 3, 2019",
        "{}\nMay 3, 2019\nBy\nAda Lorne",
        "Ferry cards\nBuy a ticket for the ferry now\n{}\nMay 3, 2019",
        "Don't miss our offer\nYes, I want the newsletter\n{}\nBy Ada Lorne",
        "Home > Travel > {}\n{}\nBy Ada Lorne | May 3, 2019",
        "Home Ferry Reviews {}\n{}\nBy Ada Lorne | May 3, 2019",
        "{}\nBy Ada Lorne\nMay 3, 2019\nContents\nThe old ferry\n{heading}\nWhat it costs",
        "{}\nUpdated on 03/05/19\nIn This Article\n{heading}",
        "Varn Post\n{}\nby lorne | May 3, 2019",
        "Timetable of the ferry.pdf (619.83 KB)\n{}\nPublished: May 3, 2019",
    ] {
        for (article, title, heading) in dumps(head) {
            assert_eq!(article.title, title, "{head}");
            assert!(!article.text.contains(title), "{head}: {}", article.text);
            assert!(article.text.contains(heading), "{head}: {}", article.text);
        }
    }
}

/// The sentences in a menu look like the start of an article.
#[test]
fn a_title_may_follow_sentences_of_the_page() {
    let menu = "Learn what makes a good holiday on the water with our courses.\nCourses\nBlog\n";
    for (signature, title) in [
        ("Posted by Ada Lorne on August 21, 2019", TITLES[0]),
        ("By Ada Lorne\nAugust 21, 2019", TITLES[0]),
    ] {
        let article = dump(&format!("{MENU}{menu}{title}\n{signature}\n{}\n{FOOT}", BODIES[0]));
        assert_eq!(article.title, title);
        assert_eq!(article.byline.as_deref(), Some("Ada Lorne"), "{signature}");
        assert!(article.text.starts_with("The old ferry"), "{}", article.text);
    }
}

/// A sentence that follows a short headline and its date or byline is the beginning of the text.
#[test]
fn the_first_sentence_is_not_the_title() {
    let more = "\n\nThe work begins in May, the clerk said. The ferry will run until then.\n\n\
                Shopkeepers at the market said that nobody had asked them about the plan.\n";
    for headline in ["Ferry stops", "Old ferry to be replaced", "Flood", "No money for the quay"] {
        for signs in [
            "By Ada Lorne",
            "May 3, 2019",
            "By Ada Lorne\nMay 3, 2019",
            "Par Jeanne Brel",
            "Von Karin Moldau\n3. Mai 2019",
        ] {
            let lede = "The council of Varn said on Monday that it would replace the old ferry by a larger one.";
            let article = dump(&format!("{headline}\n\n{signs}\n\n{lede}{more}"));
            assert_eq!(article.title, headline, "{signs}");
            assert!(article.text.starts_with(lede), "{headline}, {signs}: {}", article.text);
        }
    }
    // A headline may be a sentence itself.
    let title = "The old ferry of Varn stops for good, and the council is not sorry.";
    let article = dump(&format!("Varn Post\nMay 3, 2019\n{title}\nBy Ada Lorne\n{}", BODIES[0]));
    assert_eq!(article.title, title);
}

#[test]
fn wrapped_lines_in_scripts_without_case_stay() {
    for (title, text) in [
        (
            "旧桥将关闭两年",
            "市政府星期一宣布，横跨河流的旧桥将从六月起\n关闭两年，因为桥墩已经无法承受新电车的重\n量。\n\n居民对此表示不满，他们想知道由谁来支付渡船\n的费用，以及工程要用多久。\n\n没有人提出申诉。",
        ),
        (
            "낡은 다리 이 년간 닫는다",
            "시는 월요일 낡은 다리를 유월부터 이 년 동안\n닫겠다고 밝혔다. 교각이 새 전차의 무게를 더는\n견디지 못하기 때문이다.\n\n주민들은 나룻배 비용을 누가 내는지 알고 싶다고\n말했다.",
        ),
        (
            "إغلاق الجسر القديم",
            "قرر مجلس المدينة يوم الاثنين إغلاق الجسر\nالقديم لمدة عامين لأن أعمدته لم تعد تتحمل\nوزن القطارات الجديدة.\n\nوقال السكان إنهم يريدون أن يعرفوا من سيدفع\nثمن العبارة.",
        ),
    ] {
        let article = dump(&format!("{title}\n\n{text}\n"));
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(letters(&article.text), letters(text), "{}", article.text);
        assert_eq!(article.text.matches("\n\n").count(), text.matches("\n\n").count());
        assert_eq!(article.title, title);
    }
}

#[test]
fn authors() {
    for line in [
        "By Ada Lorne",
        "By\nAda Lorne",
        "Written by\nAda Lorne\nAda Lorne",
        "By\nTravel\nAda Lorne",
        "ByAda Lorne UpdatedMay 3, 2019",
        "By Ada LornePublished: May 3, 2019",
        "Posted by Ada Lorne on May 3, 2019",
        "Von Ada Lorne | 3. Mai 2019",
        "Par Ada Lorne, le 3 mai 2019",
        "Ada Lorne\nMay 3, 2019",
        "A ride on the new boat, and what it costs.\nBy Ada Lorne",
    ] {
        for (article, _, _) in dumps(&format!("{{}}\n{line}")) {
            assert_eq!(article.byline.as_deref(), Some("Ada Lorne"), "{line}");
            assert!(!article.text.contains("Lorne"), "{line}: {}", article.text);
        }
    }
    for line in ["Travel Guide", "By\nthe river", "River Crossings\nRiver Crossings"] {
        for (article, _, _) in dumps(&format!("{{}}\n{line}")) {
            assert_eq!(article.byline, None, "{line}");
        }
    }
    let note = "About Ada Lorne\nAda Lorne is a reporter who covers the river and its boats for the Varn Post.";
    let head = format!("{MENU}{}\nAda Lorne\n{}\n{note}\n{FOOT}", TITLES[0], BODIES[0]);
    assert_eq!(dump(&head).byline.as_deref(), Some("Ada Lorne"));
}

#[test]
fn dates() {
    for line in [
        "Published: May 3, 2019",
        "Posted by Ada Lorne on May 3, 2019",
        "By Ada LornePublished: May 3, 2019",
        "ByAda Lorne UpdatedMay 3, 2019",
        "Updated on May 3, 2019",
        "Originally published on May 3, 2019.",
        "Reviewed by Dr. Ada Lorne on May 3, 2019",
        "Veröffentlicht am 3. Mai 2019",
        "Publié le 3 mai 2019",
        "Actualizado el 3 de mayo de 2019",
        "A ride on the new boat, and what it costs.\nPublished: May 3, 2019",
    ] {
        for (article, _, _) in dumps(&format!("{{}}\n{line}")) {
            let date = article.published.map(|date| date.to_string());
            assert_eq!(date.as_deref(), Some("2019-05-03"), "{line}");
            assert!(!article.text.contains("2019"), "{line}: {}", article.text);
        }
    }
    let below = dump(&format!(
        "{MENU}{}\n{}\nMore boats\nAsk us\nTickets\nMaps\nPress\nLast updated May 3, 2019\n{FOOT}",
        TITLES[0], BODIES[0]
    ));
    assert_eq!(below.published.map(|date| date.to_string()).as_deref(), Some("2019-05-03"));
}

#[test]
fn a_heading_above_questions_stays() {
    let questions = "How long does the crossing take?\nIt takes four minutes if the wind is calm, and up to ten minutes in a storm.\n\
                     What does a ticket cost?\nA ticket costs two crowns for adults, and children up to the age of ten cross the river for nothing.";
    for heading in [
        "FAQ",
        "FAQs",
        "Frequently Asked Questions",
        "Frequently Asked Questions (FAQ)",
        "Häufige Fragen",
        "Foire aux questions",
        "Preguntas frecuentes",
        "Domande frequenti",
        "Perguntas frequentes",
        "Veelgestelde vragen",
    ] {
        let article = dump(&format!(
            "{MENU}{}\nBy Ada Lorne\n{}\n{heading}\n{questions}\n{FOOT}",
            TITLES[0], BODIES[0]
        ));
        let kept = format!("\n\n{heading}\n\nHow long");
        assert!(article.text.contains(&kept), "{heading}: {}", article.text);
    }
    let menu = dump(&format!("{MENU}{}\n{}\nFAQ\nContact\n{FOOT}", TITLES[0], BODIES[0]));
    assert!(!menu.text.contains("FAQ"), "{}", menu.text);
}

#[test]
fn a_quotation_with_its_speaker_after_a_dash_ends_the_body() {
    let signed = [
        "\"The wall has to be built now, and the state has to pay.\" - Ana Lim, head of the union",
        "“The wall has to be built now, and the state has to pay.” –Ana Lim",
        "„Die Mauer muss jetzt gebaut werden, und der Staat muss zahlen.“ — Anna Holt, Gewerkschaft",
        "« Le mur doit être construit, et l’État doit payer. » — Anne Rioux, maire de Varn",
    ];
    for line in signed {
        let text = format!("Council votes for a wall\n\n{}\n\n{line}\n", BODIES[0]);
        assert!(dump(&text).text.ends_with(line), "{line}");
    }
}

/// A soft hyphen inside a word is invisible; at the end of a line, the word continues on the next one.
#[test]
fn soft_hyphens_are_removed() {
    let text = "The town\n\nThe council voted on Monday to re\u{ad}\nbuild the quay, and the govern\u{ad}ment said that it was \
        the re\u{ad} build of the year.\n";
    assert_eq!(
        dump(text).text,
        "The council voted on Monday to rebuild the quay, and the government said that it was the rebuild of the year."
    );
}
