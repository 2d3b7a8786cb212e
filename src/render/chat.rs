//! Renders a briefing as chat messages, split to fit the length limit of the chat.
//!
//! A story stays in one message if it fits. A longer story is split between sentences, quotes and other lines. No text
//! is truncated: a sentence that does not fit even into a message of its own is left out and reported. If the headline
//! and the first sentence of a story do not fit into one message, the whole story is left out. Each part has a name
//! that does not change when the same briefing is rendered again, so that sending can be resumed after any message.
//!
//! Limits: Slack recommends 4,000 characters and truncates at 40,000 (*chat.postMessage*), Discord accepts 2,000
//! (*Execute Webhook*), Telegram 4,096 (*sendMessage*), ntfy 4,096 bytes (*Limitations*). For the first three, the
//! length is counted in UTF-16 code units including all markup, which is never less than the length that the services
//! count.

use std::collections::BTreeSet;

use crate::briefing::{Briefing, Section};
use crate::render::escape::{Dialect, Extensions};
use crate::render::view::{Links, MarkView, QuoteView, SentenceView, StoryView, View};
use crate::render::{Error, Marks, Options};

/// A chat service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chat {
    /// Incoming webhooks of Slack, and of compatible services.
    Slack,
    /// Webhooks of Discord.
    Discord,
    /// The Bot API of Telegram.
    Telegram,
    /// A topic on an ntfy server.
    Ntfy,
}

impl Chat {
    /// The name of each chat in the configuration.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("slack", Self::Slack),
        ("discord", Self::Discord),
        ("telegram", Self::Telegram),
        ("ntfy", Self::Ntfy),
    ];

    /// Returns the chat with the given name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, chat)| *chat)
    }

    /// Returns the name of the chat in the configuration.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, chat)| *chat == self).map_or("", |(name, _)| name)
    }

    /// Returns the maximum length of a message, in the unit of [`Chat::length`].
    pub const fn limit(self) -> usize {
        match self {
            Self::Slack => 4000,
            Self::Discord => 2000,
            Self::Telegram | Self::Ntfy => 4096,
        }
    }

    /// Returns the length of a message as the service counts it, or an upper bound.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Ntfy => text.len(),
            Self::Slack | Self::Discord | Self::Telegram => text.encode_utf16().count(),
        }
    }

    const fn dialect(self) -> Dialect {
        match self {
            Self::Slack => Dialect::Slack,
            Self::Discord => Dialect::Discord,
            Self::Telegram => Dialect::Telegram,
            Self::Ntfy => Dialect::Text,
        }
    }

    fn text(self, text: &str) -> String {
        self.dialect().text(text, Extensions::default())
    }

    fn bold(self, text: &str) -> String {
        let text = self.text(text);
        match self {
            Self::Discord => format!("**{text}**"),
            Self::Telegram => format!("<b>{text}</b>"),
            Self::Slack | Self::Ntfy => text,
        }
    }

    /// Returns a name that links to a page, or only the name if there is no address or the service has no links.
    fn link(self, name: &str, url: Option<&str>) -> String {
        let text = self.text(name);
        let Some(url) = url.map(|url| self.dialect().address(url)) else { return text };
        match self {
            // A vertical bar would end the name.
            Self::Slack => format!("<{url}|{}>", text.replace('|', "¦")),
            Self::Discord => format!("[{text}]({url})"),
            Self::Telegram => format!("<a href=\"{url}\">{text}</a>"),
            Self::Ntfy => text,
        }
    }

    fn quotation(self, quoted: &str, attribution: &str) -> String {
        let quoted = self.text(quoted);
        match self {
            Self::Discord => format!("> {quoted} — {attribution}"),
            Self::Telegram => format!("<blockquote>{quoted} — {attribution}</blockquote>"),
            Self::Slack | Self::Ntfy => format!("{quoted} — {attribution}"),
        }
    }
}

/// One message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The text, escaped, within the limit of the chat.
    pub text: String,
    /// The names of the parts of the briefing that the message contains.
    pub parts: Vec<String>,
}

/// A briefing split into messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// The messages, in order.
    pub messages: Vec<Message>,
    /// One line for each sentence or story that was left out because it does not fit into any message: the headline and
    /// the reason.
    pub left_out: Vec<String>,
}

/// Renders a briefing as messages, without the parts that have already arrived.
///
/// # Errors
///
/// Returns an error if the house style is invalid.
pub fn messages(
    briefing: &Briefing,
    chat: Chat,
    options: &Options,
    arrived: &BTreeSet<String>,
) -> Result<Messages, Error> {
    let view = View::new(briefing, options, Marks::Outlets, Links::ToPages)?;
    let mut packer = Packer { chat, messages: Messages::default() };
    for group in groups(chat, briefing, &view) {
        let waiting = group.pieces.into_iter().filter(|p| !arrived.contains(&p.name)).collect();
        packer.add(&group.headline, waiting);
    }
    Ok(packer.messages)
}

/// Pieces that stay together if they fit into one message: the title, a story, or the lines at the end.
struct Group {
    headline: String,
    pieces: Vec<Piece>,
}

/// A text that is never split between messages.
struct Piece {
    name: String,
    /// The separator from the previous piece, if both are in one message.
    glue: &'static str,
    text: String,
}

fn groups(chat: Chat, briefing: &Briefing, view: &View) -> Vec<Group> {
    let mut groups = vec![opening(chat, view)];
    groups.extend(view.stories.iter().map(|story| Group {
        headline: story.headline.text.clone(),
        pieces: story_pieces(chat, briefing, view, story),
    }));
    let closing = view.outro.iter().chain(&view.notices).enumerate();
    let closing = closing.map(|(n, line)| Piece {
        name: format!("end/{n}"),
        glue: "\n\n",
        text: chat.text(line),
    });
    groups.push(Group { headline: "the lines at the end".to_owned(), pieces: closing.collect() });
    groups
}

fn opening(chat: Chat, view: &View) -> Group {
    let counts = std::iter::once(&view.date).chain(&view.counts);
    let counts: Vec<String> = counts.map(|count| chat.text(count)).collect();
    let title = format!("{}\n{}", chat.bold(&view.title), counts.join(" · "));
    let mut pieces = vec![Piece { name: "title".to_owned(), glue: "", text: title }];
    let label = view.labels.get("editor").map_or("", |label| label);
    pieces.extend(view.intro.iter().enumerate().map(|(n, line)| {
        let label = if n == 0 { format!("{}: ", chat.text(label)) } else { String::new() };
        Piece { name: format!("intro/{n}"), glue: "\n\n", text: label + &chat.text(line) }
    }));
    Group { headline: "the title".to_owned(), pieces }
}

/// Returns the pieces of a story: the headline with the first sentence, quote or other line, then each of the others.
fn story_pieces(chat: Chat, briefing: &Briefing, view: &View, story: &StoryView) -> Vec<Piece> {
    let label = |key: &str| view.labels.get(key).map_or("", |label| label).to_owned();
    let mut units: Vec<(&'static str, String)> = Vec::new();
    for section in &briefing.sections {
        match section {
            Section::Summary => units.extend(summary(chat, story)),
            Section::Quotes => {
                let quotes = story.quotes.iter().map(|q| quote(chat, q, &label("unattributed")));
                units.extend(quotes.map(|quote| ("\n", quote)));
            }
            Section::Differences => units.extend(differences(chat, story, &label("differences"))),
            Section::Also if !story.also.is_empty() => {
                let outlets = story.also.iter().map(|s| chat.link(&s.outlet, s.url.as_deref()));
                let outlets = outlets.collect::<Vec<_>>().join(", ");
                units.push(("\n", format!("{}: {outlets}", chat.text(&label("also")))));
            }
            Section::Also => {}
        }
    }
    let kicker = [story.topic.as_deref(), story.status_label.as_deref()];
    let kicker: Vec<String> = kicker.into_iter().flatten().map(|k| chat.text(k)).collect();
    let mut head = chat.bold(&story.headline.text);
    if !kicker.is_empty() {
        head = format!("{head} ({})", kicker.join(" · "));
    }
    let mut units = units.into_iter();
    if let Some((_, first)) = units.next() {
        head = format!("{head}\n{first}");
    }
    let named = std::iter::once(("\n\n", head)).chain(units).enumerate();
    named.map(|(n, (glue, text))| Piece { name: format!("{}/{n}", story.id), glue, text }).collect()
}

/// Returns the sentences of a summary. If consecutive sentences of a paragraph are from the same page, only the last of
/// them and any with a label (single source, opinion) name the outlet.
fn summary(chat: Chat, story: &StoryView) -> Vec<(&'static str, String)> {
    let mut units = Vec::new();
    for paragraph in &story.paragraphs {
        for (n, sentence) in paragraph.iter().enumerate() {
            let next = paragraph.get(n + 1);
            let is_last_of_outlet =
                next.is_none_or(|next| outlet(next) != outlet(sentence) || sentence.only.is_some());
            let mut text = chat.text(&sentence.text.text);
            if let Some(lead) = &sentence.lead {
                text = format!("{}: {text}", chat.text(lead));
            }
            if is_last_of_outlet {
                text.push_str(&format!(" ({})", mark(chat, &sentence.text.mark)));
            }
            if let Some(only) = &sentence.only {
                text.push_str(&format!(" ({})", chat.text(only)));
            }
            units.push((if n == 0 { "\n" } else { " " }, text));
        }
    }
    units
}

fn outlet(sentence: &SentenceView) -> (&str, Option<&str>) {
    (&sentence.text.mark.outlet, sentence.text.mark.url.as_deref())
}

fn mark(chat: Chat, mark: &MarkView) -> String {
    chat.link(&mark.outlet, mark.url.as_deref())
}

fn quote(chat: Chat, quote: &QuoteView, unattributed: &str) -> String {
    let speaker = match (&quote.speaker, &quote.role) {
        (Some(name), Some(role)) => format!("{}, {}", chat.text(name), chat.text(role)),
        (Some(name), None) => chat.text(name),
        (None, _) => chat.text(unattributed),
    };
    let marks: Vec<String> = quote.marks.iter().map(|m| mark(chat, m)).collect();
    chat.quotation(&quote.quoted, &format!("{speaker} ({})", marks.join(", ")))
}

fn differences(chat: Chat, story: &StoryView, label: &str) -> Vec<(&'static str, String)> {
    let lines = story.differences.iter().map(|difference| {
        let sides = difference.sides.iter();
        let sides = sides
            .map(|s| format!("{} ({})", chat.text(&s.quoted), mark(chat, &s.text.mark)))
            .collect::<Vec<_>>();
        let heading = format!("{} · {}", chat.text(label), chat.text(&difference.label));
        ("\n", format!("{heading}: {}", sides.join(" / ")))
    });
    lines.collect()
}

/// Distributes pieces to messages.
struct Packer {
    chat: Chat,
    messages: Messages,
}

impl Packer {
    /// Adds a group to the last message if it fits, otherwise to a new message if it fits there, otherwise piece by
    /// piece. If the first piece does not fit into a message of its own, the group is left out.
    fn add(&mut self, headline: &str, pieces: Vec<Piece>) {
        let fits_first = pieces.first().is_none_or(|piece| self.fits("", piece));
        if !fits_first {
            self.leave_out(headline);
            return;
        }
        if !self.fits_all(self.last(), &pieces) && self.fits_all("", &pieces) {
            self.messages.messages.push(Message::default());
        }
        for piece in pieces {
            if self.fits(self.last(), &piece) {
                self.append(piece);
            } else if self.fits("", &piece) {
                self.messages.messages.push(Message::default());
                self.append(piece);
            } else {
                self.leave_out(headline);
            }
        }
    }

    fn leave_out(&mut self, headline: &str) {
        let (limit, chat) = (self.chat.limit(), self.chat.name());
        self.messages.left_out.push(format!(
            "{headline}: a sentence is longer than a message of {chat} may be ({limit})"
        ));
    }

    /// Returns the text of the last message.
    fn last(&self) -> &str {
        self.messages.messages.last().map_or("", |message| &message.text)
    }

    fn fits(&self, before: &str, piece: &Piece) -> bool {
        let glue = if before.is_empty() { "" } else { piece.glue };
        let length = |text| self.chat.length(text);
        length(before) + length(glue) + length(&piece.text) <= self.chat.limit()
    }

    fn fits_all(&self, before: &str, pieces: &[Piece]) -> bool {
        let length = |piece: &Piece| self.chat.length(piece.glue) + self.chat.length(&piece.text);
        let all: usize = pieces.iter().map(length).sum();
        self.chat.length(before) + all <= self.chat.limit()
    }

    fn append(&mut self, piece: Piece) {
        if self.messages.messages.is_empty() {
            self.messages.messages.push(Message::default());
        }
        if let Some(message) = self.messages.messages.last_mut() {
            if !message.text.is_empty() {
                message.text.push_str(piece.glue);
            }
            message.text.push_str(&piece.text);
            message.parts.push(piece.name);
        }
    }
}
