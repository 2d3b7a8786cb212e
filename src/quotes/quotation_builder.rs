//! Builds quotations from attributed regions: rejects scare quotes, joins parts, and decides on kind and confidence.

use crate::quotes::indirect::Reported;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Skeleton};
use crate::quotes::rules::{self, Attribution, Context};
use crate::quotes::speakers::Identity;
use crate::quotes::speakers::mention::{self, Mention};
use crate::quotes::{Confidence, LeftOut, Quote, QuoteKind, scare_quotes};

/// The rule name of a quotation without attribution.
const NO_RULE: &str = "no_rule";

/// Returns the quotations of an article in text order, and the stretches in quotation marks that are not quotations.
pub(super) fn quotes(
    s: &Skeleton<'_>,
    found: &[Option<Attribution>],
    reported: &[Reported],
    identities: &[Identity],
) -> (Vec<Quote>, Vec<LeftOut>) {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut left_out = Vec::new();
    let mut last: Option<usize> = None;
    for region in 0..s.regions.len() {
        let cx = Context::new(s, region, found);
        let attribution = found[region].as_ref();
        let inner = s.regions[region].inner;
        if let Some(reason) = scare_quotes::reason(&cx, attribution) {
            left_out.push(LeftOut { span: inner, reason });
            // `“…”, said Lim to the “Lorvik Post”. “…”`: a title in the attribution does not prevent the quotation from
            // continuing.
            let title = reason == "title_of_work" || reason == "single_word";
            last = last.filter(|&last| title && s.place[last].0 == cx.sentence && !cx.leads());
            continue;
        }
        let goes_on = last.is_some_and(|last| goes_on(&cx, attribution, last, found));
        last = Some(region);
        match quotes.last_mut() {
            Some(quote) if goes_on && may_go_on(quote, attribution) => {
                quote.content.push(inner);
                // A quotation is as uncertain as its least certain part.
                let own = confidence(&cx, attribution, &identities[region]);
                quote.confidence = quote.confidence.max(own);
            }
            _ => quotes.push(quote(&cx, attribution, &identities[region])),
        }
    }
    let identities = identities.iter().skip(s.regions.len());
    let listed = reported.iter().zip(identities).filter(|(r, _)| r.listed);
    quotes.extend(listed.map(|(r, identity)| indirect(s, r, identity)));
    quotes.sort_by_key(|q| q.content.first().map(|c| (c.start(), c.end())));
    (quotes, left_out)
}

fn indirect(s: &Skeleton<'_>, reported: &Reported, identity: &Identity) -> Quote {
    let Attribution { source, cue, rule, weak } = reported.attribution;
    Quote {
        kind: QuoteKind::Indirect,
        content: reported.content.iter().map(|r| s.span(*r)).collect(),
        cue: cue.map(|c| s.span(c)),
        source: Some(s.span(source)),
        speaker: identity.speaker.clone(),
        rule: rule.name,
        confidence: identity.confidence.map_or(Confidence::Low, |c| {
            let graded = s.lexicon.is_graded() && !weak;
            let rule =
                if graded { rule.confidence } else { rule.confidence.max(Confidence::Medium) };
            c.max(rule)
        }),
    }
}

fn quote(cx: &Context<'_>, attribution: Option<&Attribution>, identity: &Identity) -> Quote {
    let span = |range| cx.s.span(range);
    Quote {
        kind: if is_direct(cx, attribution) { QuoteKind::Direct } else { QuoteKind::Mixed },
        content: vec![cx.s.regions[cx.region].inner],
        cue: attribution.and_then(|a| a.cue).map(span),
        source: attribution.map(|a| span(a.source)),
        speaker: identity.speaker.clone(),
        rule: attribution.map_or(NO_RULE, |a| a.rule.name),
        confidence: confidence(cx, attribution, identity),
    }
}

/// Returns the confidence of one part of a quotation.
fn confidence(
    cx: &Context<'_>,
    attribution: Option<&Attribution>,
    identity: &Identity,
) -> Confidence {
    match (attribution, identity.confidence) {
        (Some(a), Some(c)) => grade(cx, a).max(c),
        _ => Confidence::Low,
    }
}

/// Returns the confidence of an attribution, regardless of how certain it is to whom the source refers.
fn grade(cx: &Context<'_>, attribution: &Attribution) -> Confidence {
    let rule = attribution.rule.confidence;
    let guessed = !cx.s.regions[cx.region].closed && !cx.is_continued();
    let doubtful = scare_quotes::may_be_the_reporters(cx, attribution);
    if rules::is_modal(cx.s, attribution) {
        return Confidence::Low;
    }
    let graded = cx.s.lexicon.is_graded() || is_plain_inversion(cx.s, attribution);
    if attribution.weak || guessed || doubtful || !graded {
        rule.max(Confidence::Medium)
    } else {
        rule
    }
}

/// Returns whether a verb of saying and the full name of a person follow the quotation, in a language in which the
/// grade of this form was measured: `« … », a déclaré la maire Ana Lim`.
fn is_plain_inversion(s: &Skeleton<'_>, attribution: &Attribution) -> bool {
    let inverted = attribution.rule.name == rules::AFTER_INVERTED.name;
    let full = || match mention::parse(s, attribution.source) {
        Mention::Named(named) => named.person && named.name.end > named.name.start + 1,
        _ => false,
    };
    inverted && s.lexicon.grades_inversion() && full()
}

/// Returns whether a region continues the quotation before it: after the attribution, or in the next paragraph.
fn goes_on(
    cx: &Context<'_>,
    attribution: Option<&Attribution>,
    last: usize,
    found: &[Option<Attribution>],
) -> bool {
    let (sentence, at) = cx.s.place[last];
    // In a quotation of several paragraphs, each paragraph begins with a mark, but only the last ends with one.
    let unclosed =
        !cx.s.regions[last].closed && cx.begins_paragraph() && cx.follows_paragraph_of(sentence);
    let (Some(mine), Some(before)) = (attribution, found[last].as_ref()) else {
        return unclosed && attribution.is_none() && found[last].is_none();
    };
    if mine.source != before.source {
        return false;
    }
    if unclosed && before.rule.name == rules::CARRIED_BACK.name {
        return true;
    }
    let cue_between =
        sentence == cx.sentence && mine.cue.is_some_and(|cue| cue.start > at && cue.end <= cx.at);
    mine.rule.name == rules::CONTINUATION.name
        || mine.rule.name == rules::CARRIED_OVER.name
        || cue_between && mine.cue == before.cue
        || cue_between
            && mine.rule.name == rules::BEFORE.name
            && before.cue.is_some_and(|c| Some(c.end) == mine.cue.map(|m| m.end))
}

/// Returns whether a quotation can be continued: a whole clause can, and so can a quotation that the preceding
/// paragraph left open. Any other fragment inside the reporter's sentence is a quotation of its own.
fn may_go_on(quote: &Quote, attribution: Option<&Attribution>) -> bool {
    quote.kind == QuoteKind::Direct
        || attribution.is_some_and(|a| a.rule.name == rules::CARRIED_OVER.name)
}

/// Returns whether a whole clause or sentence is quoted, rather than a part of the reporter's sentence.
fn is_direct(cx: &Context<'_>, attribution: Option<&Attribution>) -> bool {
    let s = cx.s;
    let first = cx.inner().chars().find(|c| c.is_alphabetic());
    let lower = first.is_some_and(char::is_lowercase);
    let mark_before =
        cx.at > cx.before.start && matches!(s.kind(cx.at - 1), Kind::Colon | Kind::Comma);
    let verb_before = cx.at > cx.before.start && s.class(cx.at - 1).any(Class::VERB);
    let cue_before = attribution
        .and_then(|a| a.cue)
        .is_some_and(|cue| cue.end <= cx.at && cue.start >= cx.before.start);
    let introduced = cue_before
        && (mark_before
            || verb_before
            || !lower
                && scare_quotes::count_words(cx.inner(), 3) > 2
                && attribution.is_some_and(|a| a.rule.name == rules::BEFORE.name));
    let label = cue_before
        && attribution
            .and_then(|a| a.cue)
            .is_some_and(|cue| s.class(cue.start).any(Class::LABEL.with(Class::OBJECT)));
    let begins = cx.leads() && !lower || introduced && !label;
    begins && ends_clause(cx, attribution)
}

/// Returns whether the quotation ends a clause of the sentence: nothing follows it, or it is followed by punctuation
/// (unless the reporter's own words then complete the clause), by its attribution or by a coordinating conjunction.
fn ends_clause(cx: &Context<'_>, attribution: Option<&Attribution>) -> bool {
    let s = cx.s;
    if cx.after.is_empty() {
        return true;
    }
    if matches!(
        s.kind(cx.after.start),
        Kind::Stop | Kind::Comma | Kind::Dash | Kind::Colon | Kind::Semicolon | Kind::Open
    ) {
        return attribution.is_none_or(|a| a.rule.name != rules::REMAINDER.name);
    }
    let start = cx.after_start();
    attribution
        .is_some_and(|a| a.source.start == start || a.cue.is_some_and(|cue| cue.start == start))
        || s.class(start).any(Class::COORDINATOR)
}
