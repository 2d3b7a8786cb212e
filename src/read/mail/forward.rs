//! Finds messages inside the text of a message: forwarded ones, and those quoted in a reply.
//!
//! ```text
//! Worth a read. Jo                                        a note
//! ---------- Forwarded message ---------                  a rule or a short line
//! From: Harbour Letter <letter@harbour.example>           the header: sender, date, subject
//! Date: Mon, 9 Mar 2026 at 18:30
//! Subject: Council votes to rebuild
//!
//! The harbour council …                                   the text
//! ```
//!
//! A header is a block of lines of the form `Name: value`, in any language, with an address and a date among the
//! values, or with at least three names from [`LABELS`], one of them that of a date or a subject. If the lines were
//! joined into one, as happens in HTML, they are split at the field names in [`LABELS`].
//!
//! Known limit: if the lines were joined and the language is not in [`LABELS`], the header stays in the text.

use crate::article::{BlockKind, Published};
use crate::read::date::{self, Hint};
use crate::read::page::MailBlock;
use crate::span::slice;

/// The fields of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    From,
    Date,
    To,
    Subject,
}

/// The names of the fields in email programs in many languages, in lower case.
const LABELS: &[(Field, &str)] = &[
    (
        Field::From,
        "from von de da van od от від fra från lähettäjä mittente expéditeur remitente remetente gönderen kimden feladó \
         nadawca odesílatel odosielateľ pošiljatelj din expeditor από afzender absender 差出人 发件人 寄件者 寄件人 \
         보낸사람 보낸이 từ dari من מאת प्रेषक",
    ),
    (
        Field::Date,
        "date sent datum gesendet envoyé fecha enviado enviada data inviato verzonden dátum wysłano odesláno odoslané \
         poslano skickat sendt dato päivämäärä lähetetty дата отправлено надіслано tarih gönderilme küldve ημερομηνία \
         日時 日付 送信日時 日期 发送时间 寄件日期 날짜 보낸날짜 ngày tanggal التاريخ תאריך दिनांक",
    ),
    (
        Field::To,
        "to an à a para aan do кому til till vastaanottaja destinatario destinataire címzett kime alıcı naar komu za προς cc \
         bcc cci kopie copie copia kopia reply-to antwort répondre 宛先 收件人 收件者 받는사람 đến kepada إلى אל",
    ),
    (
        Field::Subject,
        "subject betreff objet asunto oggetto onderwerp assunto temat předmět predmet zadeva тема ämne emne aihe konu \
         tárgy subiect θέμα 件名 主题 主旨 제목 subjek subyek الموضوع נושא विषय",
    ),
];

/// The header of a message inside a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    pub(super) sender: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) subject: Option<String>,
}

/// A message inside a text, or the text before the first one.
#[derive(Debug)]
pub(super) struct Section {
    /// The header of the message; `None` if the blocks belong to the outer message.
    pub(super) head: Option<Head>,
    pub(super) blocks: Vec<MailBlock>,
    /// Whether it was quoted in a reply rather than forwarded.
    pub(super) is_quoted: bool,
}

/// The maximum number of words in a line that introduces a forwarded message.
const ANNOUNCEMENT: usize = 8;
/// The maximum number of bytes in a header.
const LONGEST: usize = 3000;
/// The maximum number of lines in a header whose lines are separate blocks.
const LINES: usize = 10;

/// Splits blocks at the headers of inner messages; the headers are removed.
pub(super) fn sections(mut blocks: &[MailBlock], hint: &Hint) -> Vec<Section> {
    let mut sections = vec![Section { head: None, blocks: Vec::new(), is_quoted: false }];
    while let Some((first, rest)) = blocks.split_first() {
        let found = head_at(blocks, hint);
        let Some(last) = sections.last_mut() else { break };
        if let Some((head, n)) = found {
            if last.blocks.last().is_some_and(|b| is_announcement(&b.text)) {
                last.blocks.pop();
            }
            sections.push(Section { head: Some(head), blocks: Vec::new(), is_quoted: false });
            blocks = &blocks[n..];
            continue;
        }
        if let Some(head) = attribution(&first.text, hint).filter(|_| is_quoted(rest)) {
            let quoted = rest.iter().take_while(|b| b.kind == BlockKind::Blockquote).count();
            let plain = |b: &MailBlock| MailBlock { kind: BlockKind::Paragraph, ..b.clone() };
            let quoted_blocks = rest[..quoted].iter().map(plain).collect();
            sections.push(Section { head: Some(head), blocks: quoted_blocks, is_quoted: true });
            blocks = &rest[quoted..];
            continue;
        }
        last.blocks.push(first.clone());
        blocks = rest;
    }
    sections
}

/// Returns the header with which the blocks begin, and the number of blocks that it occupies: one, or one per line.
fn head_at(blocks: &[MailBlock], hint: &Hint) -> Option<(Head, usize)> {
    let first = blocks.first()?;
    if let Some(head) = find(&first.text, hint) {
        return Some((head, 1));
    }
    let is_line = |b: &&MailBlock| {
        b.text.len() <= LONGEST / LINES
            && !b.text.contains('\n')
            && b.text.split_once([':', '：']).is_some_and(|(name, _)| is_name(name))
    };
    let n = blocks.iter().take(LINES).take_while(is_line).count();
    if n < 3 {
        return None;
    }
    let lines: Vec<&str> = blocks[..n].iter().map(|b| b.text.as_str()).collect();
    find(&lines.join("\n"), hint).map(|head| (head, n))
}

/// Returns whether the blocks begin with a quotation and at most two other blocks follow it.
fn is_quoted(blocks: &[MailBlock]) -> bool {
    let quoted = blocks.iter().take_while(|b| b.kind == BlockKind::Blockquote).count();
    0 < quoted && blocks.len() <= quoted + 2
}

/// Returns whether a short line only introduces a forwarded message: it begins with dashes or underscores, or ends with
/// a colon.
pub(super) fn is_announcement(text: &str) -> bool {
    let text = text.trim();
    text.split_whitespace().count() <= ANNOUNCEMENT
        && (text.ends_with(':') || text.starts_with("--") || text.starts_with("__"))
}

/// Returns whether a block of text is the header of a message.
pub(super) fn is_head(text: &str, hint: &Hint) -> bool {
    find(text, hint).is_some()
}

/// Parses a block of text as a header.
fn find(text: &str, hint: &Hint) -> Option<Head> {
    if LONGEST < text.len() || !text.contains([':', '：']) {
        return None;
    }
    let lines: Vec<&str> =
        text.lines().map(|l| l.trim().trim_start_matches('>').trim_start()).collect();
    let lines: Vec<&str> = lines.into_iter().filter(|l| !l.is_empty()).collect();
    let from = lines.iter().position(|l| !is_announcement(l)).filter(|from| *from <= 1)?;
    let fields: Vec<(Option<Field>, String)> =
        if lines.len() - from < 2 { joined_fields(text) } else { fields(&lines[from..])? };
    head(&fields, hint)
}

/// Returns the fields of a header with one field per line; a line without a name continues the previous one if it looks
/// like part of a list of addresses. Returns `None` if any other line has no name.
fn fields(lines: &[&str]) -> Option<Vec<(Option<Field>, String)>> {
    let mut fields: Vec<(Option<Field>, String)> = Vec::new();
    for line in lines {
        let named = line.split_once([':', '：']).filter(|(name, _)| is_name(name));
        match (named, fields.last_mut()) {
            (Some((name, value)), _) => fields
                .push((field(name), value.trim_matches(['*', ' ', '\u{a0}', '\t']).to_owned())),
            (None, Some((_, value))) if value.ends_with([',', ';', '>']) || line.contains('@') => {
                value.push(' ');
                value.push_str(line);
            }
            _ => return None,
        }
    }
    Some(fields)
}

/// Returns whether the text before a colon may be a field name: a few words without digits.
fn is_name(name: &str) -> bool {
    let name = name.trim_matches(['*', ' ', '\u{a0}']);
    !name.is_empty()
        && name.chars().count() <= 24
        && name.split_whitespace().count() <= 3
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\u{a0}' | '\'' | '’'))
}

/// Returns the field that a name refers to.
fn field(name: &str) -> Option<Field> {
    let name: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '*')
        .flat_map(char::to_lowercase)
        .collect();
    LABELS
        .iter()
        .find_map(|(field, names)| names.split_whitespace().any(|n| n == name).then_some(*field))
}

/// Returns the fields of a header whose lines were joined: each begins with a known name and a colon.
fn joined_fields(text: &str) -> Vec<(Option<Field>, String)> {
    let mut starts: Vec<(usize, usize, Field)> = Vec::new();
    for (colon, mark) in text.match_indices([':', '：']) {
        let before = slice(text, 0, colon).trim_end();
        let at = before.rfind(|c: char| c.is_whitespace() || c == '*').map_or(0, |at| {
            at + slice(before, at, before.len()).chars().next().map_or(1, char::len_utf8)
        });
        let name = slice(before, at, before.len());
        let set_off = name.starts_with(|c: char| !c.is_lowercase());
        if let Some(field) = field(name).filter(|_| set_off) {
            starts.push((at, colon + mark.len(), field));
        }
    }
    let in_front = starts.first().map_or("", |(at, ..)| slice(text, 0, *at));
    if !in_front.trim().is_empty() && !is_announcement(&format!("{}:", in_front.trim())) {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).map(|(at, ..)| *at).chain([text.len()]);
    let field = |((_, start, field), end): (&(usize, usize, Field), usize)| {
        (Some(*field), slice(text, *start, end).trim_matches(['*', ' ']).to_owned())
    };
    starts.iter().zip(ends).map(field).collect()
}

/// Builds the header from its fields. At least three fields are required, including a sender or an address. In
/// addition, either three of them must be known fields, one of which is a date or a subject, or there must be both a
/// date and an address.
fn head(fields: &[(Option<Field>, String)], hint: &Hint) -> Option<Head> {
    let of = |wanted: Field| {
        fields.iter().find(|(field, _)| *field == Some(wanted)).map(|(_, value)| value.as_str())
    };
    let dated = fields.iter().find_map(|(field, value)| {
        let may_be = field.is_none_or(|field| field == Field::Date);
        date::parse(value, hint).filter(|_| may_be)
    });
    let address = || fields.iter().map(|(_, v)| v.as_str()).find(|v| v.contains('@'));
    let known = fields.iter().filter(|(field, _)| field.is_some()).count();
    let from = of(Field::From).or_else(address)?;
    let subject = of(Field::Subject);
    let is_head = 3 <= fields.len()
        && (3 <= known && (of(Field::Date).is_some() || subject.is_some())
            || dated.is_some() && address().is_some());
    is_head.then(|| Head {
        sender: sender(from),
        published: dated,
        subject: subject.map(str::to_owned).filter(|s| !s.is_empty()),
    })
}

/// Returns the name of a sender or, if there is none, the host of the address: `Ada Lorne <ada@varn.example>`, `Ada
/// [mailto:ada@varn.example]`.
fn sender(value: &str) -> Option<String> {
    let name = value.split(['<', '[', '(']).next().unwrap_or("");
    let name = name.trim_matches(['"', '\'', '*', ' ', '\u{a0}', ',']);
    if !name.is_empty() && !name.contains('@') {
        return Some(name.to_owned());
    }
    let host = value.split('@').nth(1)?;
    let end = host.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-'));
    Some(slice(host, 0, end.unwrap_or(host.len())).to_owned()).filter(|host| !host.is_empty())
}

/// Returns the sender and date in a line that introduces a quoted message: `On Mon, 9 Mar 2026, Ada Lorne
/// <ada@varn.example> wrote:`.
pub(super) fn attribution(line: &str, hint: &Hint) -> Option<Head> {
    let line = line.trim();
    if !line.ends_with([':', '：']) || 300 < line.len() {
        return None;
    }
    let published = date::find(line, hint).map(|(_, date)| date);
    let named = line.find(['<', '[']).map(|end| slice(line, 0, end));
    let words = || named.unwrap_or("").split_whitespace().rev();
    let mut name: Vec<&str> = words()
        .take_while(|w| {
            w.starts_with(char::is_uppercase)
                && !w.ends_with(',')
                && !w.contains(|c: char| c.is_ascii_digit())
        })
        .collect();
    name.reverse();
    let address = line.contains('@');
    if published.is_none() && !address {
        return None;
    }
    let sender = if name.is_empty() {
        sender(named.map_or("", |n| slice(line, n.len(), line.len())))
    } else {
        Some(name.join(" "))
    };
    Some(Head { sender, published, subject: None })
}

#[cfg(test)]
mod tests {
    use super::{Hint, attribution, find};

    #[test]
    fn heads_of_many_programs_and_languages() {
        for (text, sender, date, subject) in [
            (
                "From: Varn Post <n@varn.example>\nDate: Mon, 4 May 2015 at 18:30\nSubject: Bridge to close\nTo: <a@b.example>",
                "Varn Post",
                "2015-05-04",
                Some("Bridge to close"),
            ),
            (
                "-----Original Message-----\nFrom: Varn Post [mailto:n@varn.example]\nSent: Monday, May 4, 2015 6:30 PM\nTo: Ada\nSubject: Bridge",
                "Varn Post",
                "2015-05-04",
                Some("Bridge"),
            ),
            (
                "Von: Varner Blatt <n@varn.example>\nGesendet: Montag, 4. Mai 2015 18:30\nAn: Ada\nBetreff: Brücke",
                "Varner Blatt",
                "2015-05-04",
                Some("Brücke"),
            ),
            (
                "De : Le Courrier <n@varn.example>\nEnvoyé : lundi 4 mai 2015 18:30\nÀ : Ada\nObjet : Le pont",
                "Le Courrier",
                "2015-05-04",
                Some("Le pont"),
            ),
            (
                "寄件者: 瓦恩報 <n@varn.example>\n日期: 2015-05-04 18:30\n主旨: 橋",
                "瓦恩報",
                "2015-05-04",
                Some("橋"),
            ),
            // A language whose field names are not in the list, with one field per line.
            (
                "Sumber : <n@varn.example>\nWaktu : 2015-05-04 18:30\nPerihal : Jambatan",
                "varn.example",
                "2015-05-04",
                None,
            ),
            // Lines joined by HTML.
            (
                "---------- Forwarded message --------- From: Varn Post <n@varn.example> Date: Mon, 4 May 2015 at 18:30 Subject: Bridge to close To: <a@b.example>",
                "Varn Post",
                "2015-05-04",
                Some("Bridge to close"),
            ),
            (
                "Da: Il Corriere <n@varn.example> Inviato: lunedì 4 maggio 2015 18:30 A: Ada Oggetto: Il ponte",
                "Il Corriere",
                "2015-05-04",
                Some("Il ponte"),
            ),
        ] {
            let head = find(text, &Hint::default()).unwrap_or_default();
            assert_eq!(head.sender.as_deref(), Some(sender), "{text}");
            let found = head.published.map(|p| p.to_string()).unwrap_or_default();
            assert!(found.starts_with(date), "{text}: {found}");
            assert_eq!(head.subject.as_deref(), subject, "{text}");
        }
    }

    #[test]
    fn lines_with_colons_are_no_head() {
        for text in [
            "Chair: Ada Lorne\nClerk: Karl Braun\nMayor: Ilse Marten",
            "Place: Varn\nTime: 4 May 2015\nPrice: free",
            "From: the harbour to the market: a walk",
            "The council met: it voted. Date: to be set. Subject: the wall.",
        ] {
            assert_eq!(find(text, &Hint::default()), None, "{text}");
        }
    }

    #[test]
    fn attributions() {
        for (line, sender) in [
            ("On Mon, 4 May 2015 at 18:30, Ada Lorne <ada@varn.example> wrote:", "Ada Lorne"),
            ("Am 04.05.2015 um 18:30 schrieb Anna Weiss <anna@varn.example>:", "Anna Weiss"),
            ("Le lun. 4 mai 2015 à 18:30, Anne Blanc <a@varn.example> a écrit :", "Anne Blanc"),
        ] {
            let head = attribution(line, &Hint::default()).unwrap_or_default();
            assert_eq!(head.sender.as_deref(), Some(sender));
            assert!(head.published.is_some(), "{line}");
        }
        assert_eq!(attribution("The mayor said on 4 May 2015.", &Hint::default()), None);
    }
}
