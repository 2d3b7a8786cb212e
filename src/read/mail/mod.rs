//! Email: newsletters, forwarded articles, and mailboxes.
//!
//! The HTML part is split into blocks, and its wrapping (tracking, "view in browser", the footer with the address and
//! the unsubscribe link) is removed. A newsletter that contains several articles is split into them: each starts at a
//! title with a link and text below it (`split`). A message without such a structure is one article. A plain-text
//! message is split into paragraphs (`text_part`, `text_blocks`), whose web addresses are its links (`text_links`). A
//! message that is forwarded or attached is an article with its own sender and date (`forward`); a short note before it
//! is removed. Attachments that are not read are reported. A page saved as MHTML by a browser has the form of a message
//! but is read as a page.
//!
//! Known limit: a newsletter whose headings are pictures is not split.

mod forward;
mod mbox;
mod repair;
mod text_part;
mod wrapping;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use crate::article::{Article, ArticleId, Block, Published};
use crate::read::date::{self, Hint};
use crate::read::format::is_mailbox;
use crate::read::page::{self, MailBlock};
use crate::read::{Cut, Ingested, Options, split, text_blocks};
use crate::span::Span;
use crate::warning::{Warning, counted};

use forward::{Head, Section};

/// The maximum nesting depth of messages inside messages.
const DEPTH: usize = 8;
/// The maximum number of words in a text that counts as a note before a forwarded message; a third of it for a text
/// with a header of its own.
const NOTE: usize = 60;

/// Reads a message or a mailbox.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let mut ingested = Ingested::default();
    if !is_mailbox(bytes) {
        read_mail(origin, origin, bytes, options, &mut ingested);
        return ingested;
    }
    let most = options.limits.entries;
    for (n, mail) in mbox::messages(bytes).iter().enumerate() {
        if most <= ingested.articles.len() {
            let message = format!("contains more messages than the limit of {most} articles");
            ingested.warnings.push(Warning::dropped(origin, message));
            break;
        }
        read_mail(origin, &format!("{origin}#{}", n + 1), mail, options, &mut ingested);
    }
    ingested
}

/// Reads one message; `place` identifies the message in warnings.
fn read_mail(origin: &str, place: &str, bytes: &[u8], options: &Options, ingested: &mut Ingested) {
    let repaired = repair::repaired(bytes);
    let Some(message) = MessageParser::default().parse(&repaired) else {
        ingested.warnings.push(Warning::dropped(place, "not a mail: it has no header"));
        return;
    };
    if let Some(address) = saved_page(&message) {
        let page = message.parts.iter().find(|part| matches!(part.body, PartType::Html(_)));
        let html = page.and_then(|part| repair::decoded(&message, part));
        if let Some(html) = html {
            let mut read = page::read(origin, html.text.as_bytes(), options);
            if let Some(first) = read.articles.first_mut() {
                first.url = first.url.take().or_else(|| address.clone());
            }
            ingested.extend(read);
            return;
        }
    }
    let mut reader = Reader { origin, place, options, ingested };
    let before = reader.ingested.articles.len();
    reader.message(&message, 0);
    if reader.ingested.articles.len() == before {
        reader
            .ingested
            .warnings
            .push(Warning::dropped(place, "the message has no text and no subject"));
    }
}

/// Reads a message and the messages inside it.
struct Reader<'r> {
    origin: &'r str,
    place: &'r str,
    options: &'r Options,
    ingested: &'r mut Ingested,
}

impl Reader<'_> {
    fn message(&mut self, message: &Message<'_>, depth: usize) {
        let letter = Letter::new(message, self.options);
        let body = self.body(message);
        let inner: Vec<&Message<'_>> = message.parts.iter().filter_map(inner_mail).collect();
        let mut sections = body.sections;
        // If a reply has enough text of its own, that text is the article, not the quotation.
        if sections.first().is_some_and(|own| own.head.is_none() && NOTE < words(&own.blocks)) {
            for quoted in sections.extract_if(.., |section| section.is_quoted) {
                self.cut(
                    quoted.blocks.iter().map(|b| ("quoted", b.text.clone())).collect::<Vec<_>>(),
                );
            }
        }
        let passes_on = 1 < sections.len() || !inner.is_empty();
        let last = sections.len() - usize::from(inner.is_empty() && !sections.is_empty());
        let is_note = |(n, section): (usize, &Section)| {
            let most = if section.head.is_none() { NOTE } else { NOTE / 3 };
            passes_on && n < last && words(&section.blocks) <= most
        };
        let notes: Vec<bool> = sections.iter().enumerate().map(is_note).collect();
        let mut notes = notes.iter();
        for note in sections.extract_if(.., |_| notes.next() == Some(&true)) {
            self.cut(note.blocks.iter().map(|b| ("note", b.text.clone())).collect::<Vec<_>>());
        }
        let alone = sections.len() == 1 && inner.is_empty();
        for (n, section) in sections.into_iter().enumerate() {
            let mut letter = letter.clone();
            if let Some(head) = section.head.or_else(|| body.head.clone()) {
                letter.take(head, (!alone).then_some(n + 1));
            }
            self.section(&letter, section.blocks);
        }
        for inner in inner {
            if depth < DEPTH {
                self.message(inner, depth + 1);
            } else {
                let text = "mails nested too deep were left out";
                self.ingested.warnings.push(Warning::dropped(self.place, text));
            }
        }
        self.name_attachments(message);
    }

    /// Adds the articles in a section of a message.
    fn section(&mut self, letter: &Letter, blocks: Vec<MailBlock>) {
        let wrapped = wrapping::verdicts(&blocks);
        let cuts = blocks.iter().zip(&wrapped).filter_map(|(b, v)| Some(((*v)?, b.text.clone())));
        self.cut(cuts.collect::<Vec<_>>());
        let kept = blocks.into_iter().zip(&wrapped).filter(|(_, verdict)| verdict.is_none());
        let split::Split { mut parts, introduction } =
            split::articles(kept.map(|(block, _)| block).collect());
        self.cut(introduction.into_iter().map(|block| ("introduction", block.text)));
        let most = self.options.limits.entries;
        if most < parts.len() {
            let message = format!(
                "contains {} more than the limit of {most}",
                counted(parts.len() - most, "article")
            );
            self.ingested.warnings.push(Warning::dropped(self.place, message));
            parts.truncate(most);
        }
        for part in parts {
            if let Some(mut article) = letter.article(self.origin, part) {
                if article.text.is_empty() {
                    article
                        .warnings
                        .push(Warning::kept(self.place, "the message has no text, only a subject"));
                }
                self.ingested.put(article);
            }
        }
    }

    /// Returns the text of a message: from its HTML parts, or from its text parts if it has no HTML.
    fn body(&mut self, message: &Message<'_>) -> Body {
        let hint = Hint { now: self.options.now, ..Hint::default() };
        let mut body = Body::default();
        let html: Vec<_> =
            message.html_bodies().filter_map(|part| self.text(message, part)).collect();
        let text: Vec<_> =
            message.text_bodies().filter_map(|part| self.text(message, part)).collect();
        let chosen = if html.iter().any(|(t, _)| !t.trim().is_empty()) { html } else { text };
        for (text, is_html) in chosen {
            if is_html {
                let blocks = page::mail_blocks(&text, self.options);
                body.sections.extend(forward::sections(&blocks, &hint));
            } else {
                let read = text_part::parse(&text, &hint);
                body.head = body.head.or(read.head);
                self.cut(read.cuts);
                if read.lost_quotation {
                    let text = "kept the answer only: the mail that it quotes was left out";
                    self.ingested.warnings.push(Warning::kept(self.place, text));
                }
                let mut sections = forward::sections(&read.blocks, &hint);
                for section in &mut sections {
                    section.blocks = text_blocks::unwrapped(&section.blocks);
                }
                body.sections.extend(sections);
            }
        }
        body.sections.retain(|s| !s.blocks.is_empty());
        body.join_own();
        body
    }

    /// Returns the text of a part, and whether it is HTML.
    fn text(&mut self, message: &Message<'_>, part: &MessagePart<'_>) -> Option<(String, bool)> {
        let (parsed, is_html) = match &part.body {
            PartType::Html(text) => (text, true),
            PartType::Text(text) => (text, false),
            _ => return None,
        };
        let decoded = repair::decoded(message, part);
        let doubt = decoded.as_ref().and_then(|decoded| decoded.doubt.clone());
        // A part that is both the HTML and the text of the message is decoded twice, but its warning is added only
        // once.
        let doubt = doubt.map(|doubt| Warning::kept(self.place, doubt));
        self.ingested
            .warnings
            .extend(doubt.filter(|new| self.ingested.warnings.last() != Some(new)));
        let text = decoded.map_or_else(|| parsed.clone().into_owned(), |d| d.text.into_owned());
        let start = text.trim_start().get(..5).unwrap_or("").to_ascii_lowercase();
        Some((text, is_html || start == "<html" || start == "<!doc"))
    }

    /// Reports the attachments that are not read, except pictures that belong to the text.
    fn name_attachments(&mut self, message: &Message<'_>) {
        let is_read = |part: &MessagePart<'_>| {
            matches!(part.body, PartType::Message(_) | PartType::Multipart(_))
                || part.content_id().is_some() && part.is_content_type("image", "*")
        };
        let name = |part: &MessagePart<'_>| {
            let kind = || {
                part.content_type().map(|k| format!("{}/{}", k.ctype(), k.subtype().unwrap_or("*")))
            };
            part.attachment_name()
                .map(str::to_owned)
                .or_else(kind)
                .unwrap_or_else(|| "a part without a name".to_owned())
        };
        let is_body = |id: u32| message.html_body.contains(&id) || message.text_body.contains(&id);
        // The parser counts a picture or sound without a `Content-Disposition` as part of the body.
        let is_binary = |part: &MessagePart<'_>| {
            matches!(part.body, PartType::Binary(_) | PartType::InlineBinary(_))
        };
        let ids = (0_u32..).zip(&message.parts);
        let parts = ids.filter(|(id, part)| {
            is_binary(part) || message.attachments.contains(id) && !is_body(*id)
        });
        let names: Vec<String> =
            parts.map(|(_, part)| part).filter(|part| !is_read(part)).map(name).collect();
        if !names.is_empty() {
            let text = format!(
                "attachments are not read: {}; save them as files to read them",
                names.join(", ")
            );
            self.ingested.warnings.push(Warning::kept(self.place, text));
        }
    }

    fn cut(&mut self, cuts: impl IntoIterator<Item = (&'static str, String)>) {
        if self.options.cuts {
            let origin = self.origin;
            let cut = |(reason, text): (&str, String)| Cut {
                origin: origin.to_owned(),
                reason: reason.to_owned(),
                text,
            };
            self.ingested.cuts.extend(cuts.into_iter().map(cut));
        }
    }
}

/// The text of a message, split at the headers of the messages inside it.
#[derive(Default)]
struct Body {
    sections: Vec<Section>,
    /// The header of the quoted message, if the message consists of a quotation.
    head: Option<Head>,
}

impl Body {
    /// Joins the sections before the first header, which are the message's own text, from several parts.
    fn join_own(&mut self) {
        let own = self.sections.iter().take_while(|s| s.head.is_none()).count();
        let more: Vec<Section> = self.sections.drain(own.min(1)..own).collect();
        if let Some(first) = self.sections.first_mut() {
            first.blocks.extend(more.into_iter().flat_map(|s| s.blocks));
        }
        if self.sections.is_empty() {
            self.sections.push(Section { head: None, blocks: Vec::new(), is_quoted: false });
        }
    }
}

/// If a message is a page that a browser saved as MHTML (RFC 2557), returns the page's address, or `Some(None)` if the
/// address is unknown. Returns `None` for any other message.
#[expect(clippy::option_option, reason = "a saved page may not say its address")]
fn saved_page(message: &Message<'_>) -> Option<Option<String>> {
    let header = |name: &'static str| message.header_raw(name).map(|value| value.trim().to_owned());
    let saved = header("Snapshot-Content-Location");
    let by_browser =
        || header("From").is_some_and(|from| from.to_ascii_lowercase().contains("<saved by "));
    (saved.is_some() || by_browser()).then_some(saved)
}

fn inner_mail<'m, 'x>(part: &'m MessagePart<'x>) -> Option<&'m Message<'x>> {
    match &part.body {
        PartType::Message(message) => Some(message),
        _ => None,
    }
}

fn words(blocks: &[MailBlock]) -> usize {
    blocks.iter().map(|b| b.text.split_whitespace().count()).sum()
}

/// The header fields of a message.
#[derive(Clone)]
struct Letter {
    subject: String,
    sender: Option<String>,
    id: Option<String>,
    published: Option<Published>,
    lang: Option<crate::language::Language>,
}

impl Letter {
    fn new(message: &Message<'_>, options: &Options) -> Self {
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

    /// Adopts the fields of the header of an inner message; `number` is its position, unless the message has only one
    /// section and no attached message.
    fn take(&mut self, head: Head, number: Option<usize>) {
        self.sender = head.sender.or(self.sender.take());
        self.published = head.published.or(self.published);
        if let Some(subject) = head.subject {
            self.subject = plain_subject(&subject);
        }
        self.id =
            self.id.take().map(|id| number.map_or_else(|| id.clone(), |n| format!("{id}#{n}")));
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
            (None, _) => ArticleId::from_content(self.sender.as_deref(), &title, &text),
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

/// Returns a subject without the prefixes of replies and forwarded messages.
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
