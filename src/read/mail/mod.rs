//! Mails: newsletters and articles sent on.
//!
//! The HTML part is read into blocks, its wrapping (tracking, "view in browser", the footer with the address and the way to
//! unsubscribe) is cut, and a newsletter that carries several articles falls into them: each heading that is a link, or is
//! followed by a link of its own, with text after it, begins one. A mail without such structure is one article. A mail
//! of plain text alone is read as its paragraphs.
//!
//! Known limits: mailboxes of several mails (mbox) are not read; a newsletter whose headings are pictures stays whole.

mod split;
mod wrapping;

use mail_parser::{Message, MessageParser, PartType};

use crate::article::{Article, ArticleId, Block, BlockKind, Published};
use crate::read::date::{self, Hint};
use crate::read::page::{self, MailBlock};
use crate::read::{Cut, Ingested, Options};
use crate::span::Span;
use crate::warning::Warning;

/// Reads a mail.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let mut ingested = Ingested::default();
    let Some(message) = MessageParser::default().parse(bytes) else {
        ingested.warnings.push(Warning::dropped(origin, "is no mail: it has no header"));
        return ingested;
    };
    let letter = Letter::of(&message, options);
    let blocks = blocks(&message, options);
    let wrapped = wrapping::verdicts(&blocks);
    if options.cuts {
        ingested.cuts.extend(blocks.iter().zip(&wrapped).filter_map(|(block, verdict)| {
            let reason = (*verdict)?.to_owned();
            Some(Cut { origin: origin.to_owned(), reason, text: block.text.clone() })
        }));
    }
    let kept: Vec<MailBlock> = blocks
        .into_iter()
        .zip(&wrapped)
        .filter(|(_, verdict)| verdict.is_none())
        .map(|(block, _)| block)
        .collect();
    let mut parts = split::articles(kept);
    let most = options.limits.entries;
    if most < parts.len() {
        let message =
            format!("holds {} articles more than the limit of {most}", parts.len() - most);
        ingested.warnings.push(Warning::dropped(origin, message));
        parts.truncate(most);
    }
    for part in parts {
        if let Some(article) = letter.article(origin, part) {
            ingested.put(article);
        }
    }
    if ingested.articles.is_empty() {
        ingested.warnings.push(Warning::dropped(origin, "the mail has no text and no subject"));
    }
    ingested
}

/// What the head of a mail says.
struct Letter {
    subject: String,
    sender: Option<String>,
    id: Option<String>,
    published: Option<Published>,
    lang: Option<crate::language::Language>,
}

impl Letter {
    fn of(message: &Message<'_>, options: &Options) -> Self {
        let from = message.from().and_then(|from| from.first());
        let sender = from.and_then(|from| {
            let name = from.name.as_deref().map(str::trim).filter(|n| !n.is_empty());
            name.or_else(|| from.address.as_deref()?.split('@').nth(1)).map(str::to_owned)
        });
        let hint = Hint { now: options.now, ..Hint::default() };
        Self {
            subject: plain_subject(message.subject().unwrap_or_default()),
            sender,
            id: message.message_id().map(str::to_owned),
            published: message.date().and_then(|d| date::parse(&d.to_rfc3339(), &hint)),
            lang: options.lang,
        }
    }

    fn article(&self, origin: &str, part: split::Part) -> Option<Article> {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for block in part.blocks {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(&block.text);
            blocks.push(Block { kind: block.kind, span: Span::new(start, text.len()) });
        }
        let title = part.title.unwrap_or_else(|| self.subject.clone());
        if title.is_empty() && text.is_empty() {
            return None;
        }
        let id = match (&self.id, part.number) {
            (Some(id), None) => ArticleId::given(id.clone()),
            (Some(id), Some(n)) => ArticleId::given(format!("{id}#{n}")),
            (None, _) => ArticleId::of_content(self.sender.as_deref(), &title, &text),
        };
        Some(Article {
            id,
            origin: origin.to_owned(),
            url: part.url,
            title,
            source: self.sender.clone(),
            published: self.published,
            lang: self.lang.unwrap_or_default(),
            teaser: part.is_teaser,
            text,
            blocks,
            ..Article::default()
        })
    }
}

/// A subject without the marks of replies and forwards.
fn plain_subject(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':')
        && ["re", "fw", "fwd", "aw", "wg", "sv", "tr", "rv"]
            .contains(&mark.trim().to_lowercase().as_str())
    {
        rest = after.trim_start();
    }
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The blocks of the HTML part, or of the text part where there is none.
fn blocks(message: &Message<'_>, options: &Options) -> Vec<MailBlock> {
    let html = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(html) if !html.trim().is_empty() => Some(html),
        _ => None,
    });
    if let Some(html) = html {
        return page::mail_blocks(html, options);
    }
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text),
        _ => None,
    });
    text.map_or_else(Vec::new, |text| paragraphs(text))
}

/// The paragraphs of a plain text: hard-wrapped lines joined, the signature and quoted lines left out.
fn paragraphs(text: &str) -> Vec<MailBlock> {
    let mut blocks = Vec::new();
    let mut paragraph = String::new();
    let mut flush = |paragraph: &mut String| {
        let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        paragraph.clear();
        if !text.is_empty() {
            blocks.push(MailBlock { text, kind: BlockKind::Paragraph, link: None, linked: 0.0 });
        }
    };
    for line in text.lines() {
        // RFC 3676: the mark before a signature.
        if line == "-- " || line == "--" {
            break;
        }
        if line.starts_with('>') {
            continue;
        }
        let is_rule =
            line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | ' '));
        if line.trim().is_empty() || is_rule {
            flush(&mut paragraph);
        } else {
            paragraph.push_str(line);
            paragraph.push(' ');
        }
    }
    flush(&mut paragraph);
    blocks
}
