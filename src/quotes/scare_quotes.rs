//! Quotation marks around something other than a quotation: titles, terms, and words in scare quotes.
//!
//! Nearly all stretches of five or more words in quotation marks are quotations, but a quarter of the single words in
//! quotation marks are not. A stretch is therefore rejected only if its context identifies it as something else, or if
//! it is short and nobody is known to have said it.

use crate::quotes::clause::{Evidence, is_clause};
use crate::quotes::lexicon::{Class, Lexicon};
use crate::quotes::narration::{Kind, Range, Token};
use crate::quotes::rules::{self, Attribution, Context, passive};

/// The minimum number of words in a quotation without an attribution, unless its form or context shows that it is one.
const SHORT: usize = 5;
/// The same minimum in languages without a lexicon.
const SHORT_UNREAD: usize = 3;
/// The maximum number of words that may be the reporter's own term.
const FEW: usize = 2;
/// The maximum number of words between a noun for a term and the verb of meaning: `name in Old Arabic means`.
const MOST_BEFORE_MEANING: usize = 5;
/// The maximum number of words in the title of a work.
const TITLE: usize = 8;
/// The minimum number of words of four letters or more in the title of a book.
const LONG_TITLE: usize = 4;

/// Returns why a quoted stretch is not a quotation, or `None` if it is one.
pub(super) fn reason(cx: &Context<'_>, found: Option<&Attribution>) -> Option<&'static str> {
    let words = count_words(cx.inner(), TITLE + 1);
    if words == 0 {
        return Some("no_words");
    }
    let touches = found.is_some_and(touches);
    let word = cx.at > cx.before.start
        && cx.s.class(cx.at - 1).any(Class::TERM)
        && !cx.s.class(cx.at - 1).any(Class::VERB);
    if is_term(cx) && (!touches || word && words == 1) {
        return Some("term");
    }
    if is_meaning(cx) {
        return Some("term");
    }
    if is_programme(cx) || is_number_in_clause(cx) || is_attribute(cx, words) {
        return Some("title_of_work");
    }
    // In a language that capitalizes every noun, a quotation may look like a title.
    let titled = words <= TITLE && is_titled(cx.s.lexicon, cx.inner());
    let plain = found.is_some() && cx.s.lexicon.capitalizes_nouns();
    if (follows_work(cx) || titled && !plain) && !touches {
        return Some("title_of_work");
    }
    if is_book(cx) && !plain {
        return Some("title_of_work");
    }
    let label = is_label(cx) && !is_apposed_name(cx);
    if words <= TITLE && !plain && !cx.leads() && !label && is_name_of_work(cx) {
        return Some("title_of_work");
    }
    if found.is_none() && is_listed_title(cx) {
        return Some("title_of_work");
    }
    let whole = cx.leads() && cx.inner().ends_with(['.', '!', '?']);
    match found {
        None if is_fronted_title(cx) => Some("title_of_work"),
        None if is_announced(cx, words) => None,
        None if words > FEW && passive::is_agentless(cx) => None,
        None if whole && words >= SHORT_UNREAD && !is_titled(cx.s.lexicon, cx.inner()) => None,
        None if !cx.s.lexicon.is_supported() && is_marked(cx) => None,
        None if words < if cx.s.lexicon.is_supported() { SHORT } else { SHORT_UNREAD } => {
            Some(if words == 1 { "single_word" } else { "scare_quote" })
        }
        Some(found) if is_outlet(cx, found) => Some("title_of_work"),
        Some(found) if words <= FEW && !whole && is_thing(cx, found) => Some("scare_quote"),
        Some(_) if words == 1 && !touches && !whole && !is_label(cx) && !is_sentence(cx) => {
            Some("single_word")
        }
        _ => None,
    }
}

/// Returns whether the quotation contains no letter and follows a word directly; it then names something: `told KTV's
/// “20/20”`. A colon or comma before a number leaves it a statement: `The answer: “42.”`
fn is_number_in_clause(cx: &Context<'_>) -> bool {
    let follows_word =
        cx.at > cx.before.start && cx.s.tokens.get(cx.at - 1).is_some_and(Token::is_word);
    follows_word && !cx.inner().contains(char::is_alphabetic)
}

/// Returns whether the quotation is the name of a newspaper that the reporting clause mentions: `sagte Lim im Gespräch
/// mit der „Lorviker Post“`.
fn is_outlet(cx: &Context<'_>, found: &Attribution) -> bool {
    let same = found.rule.name == rules::SAME_SENTENCE.name;
    let article = cx.at > cx.before.start
        && cx.s.class(cx.at - 1).any(Class::DETERMINER)
        && found.cue.is_some_and(|cue| cx.before.start <= cue.start && cue.end < cx.at);
    same && article && is_in_capitals(cx.s.lexicon, cx.inner())
}

/// Returns whether a sentence begins with a preposition and the quotation and then continues: `After “The Ferry to
/// Lorvik” and “Salt”, she returns with “Ten Winters”`.
fn is_fronted_title(cx: &Context<'_>) -> bool {
    let s = cx.s;
    let begins = cx.at == cx.tokens.start + 1 && s.class(cx.tokens.start).any(Class::PREPOSITION);
    let capital = cx.inner().starts_with(char::is_uppercase);
    let goes_on = s.tokens.get(cx.after.start).is_some_and(Token::is_word)
        || s.kind(cx.after.start) == Kind::Comma;
    begins && capital && goes_on && !cx.inner().ends_with(['.', '!', '?', '…'])
}

/// Returns whether a colon introduces a sentence of three or more words, or of two words with an end mark: `se le
/// respondió: «Vuelva usted mañana»`.
fn is_announced(cx: &Context<'_>, words: usize) -> bool {
    let s = cx.s;
    let closes = cx.after.is_empty() || s.kind(cx.after.start) == Kind::Stop;
    let colon = cx.at > cx.before.start && s.kind(cx.at - 1) == Kind::Colon;
    let first = cx.inner().chars().find(|c| c.is_alphabetic());
    let long = words > FEW && colon && closes && first.is_some_and(char::is_uppercase);
    (long || words > 1 && is_sentence(cx)) && !is_titled(s.lexicon, cx.inner())
}

/// Returns whether a colon introduces a sentence with its own end mark: `foi mais longe: “Mentiram-nos.”`
fn is_sentence(cx: &Context<'_>) -> bool {
    let s = cx.s;
    let colon = cx.at > cx.before.start && s.kind(cx.at - 1) == Kind::Colon;
    let closes = cx.after.is_empty() || s.kind(cx.after.start) == Kind::Stop;
    let first = cx.inner().chars().find(|c| c.is_alphabetic());
    let ends = cx.inner().ends_with(['.', '!', '?', '…']);
    colon && closes && ends && first.is_some_and(char::is_uppercase)
}

/// Returns whether punctuation alone indicates speech, whatever the words are: a colon before the quotation, or a comma
/// at its end, as before a reporting clause.
fn is_marked(cx: &Context<'_>) -> bool {
    let colon = cx.at > cx.before.start && cx.s.kind(cx.at - 1) == Kind::Colon;
    colon || cx.inner().ends_with([',', '，', '、', '،'])
}

/// Returns whether the rule of the attribution requires a cue or name next to the quotation, so that the quotation must
/// be somebody's words.
fn touches(found: &Attribution) -> bool {
    let sure = [
        &rules::AFTER,
        &rules::AFTER_INVERTED,
        &rules::AFTER_UNLISTED,
        &rules::BEFORE,
        &rules::PASSIVE,
        &rules::TRANSCRIPT,
        &rules::SIGNATURE,
    ];
    sure.iter().any(|rule| rule.name == found.rule.name)
}

fn is_label(cx: &Context<'_>) -> bool {
    // The classes of the sentence are checked first, because a sentence may contain thousands of quotations.
    cx.s.sentences[cx.sentence].classes.any(Class::LABEL)
        && cx.tokens.indices().any(|i| cx.s.class(i).any(Class::LABEL))
}

/// Returns whether the quotation ends a noun phrase of the reporter: `a member of the “Band of Nine,” Lim praised …`,
/// unlike `called them the “Band of Nine,” …`.
fn is_apposed_name(cx: &Context<'_>) -> bool {
    let s = cx.s;
    let article = cx.at > cx.before.start && s.class(cx.at - 1).any(Class::DETERMINER);
    let labelled = (cx.tokens.start..cx.at).any(|i| s.class(i).any(Class::LABEL));
    article && !labelled && cx.inner().ends_with(',')
}

/// Returns whether a colon or comma directly precedes the quotation.
fn follows_mark(cx: &Context<'_>) -> bool {
    cx.at > cx.before.start && matches!(cx.s.kind(cx.at - 1), Kind::Colon | Kind::Comma)
}

/// Returns whether one or two quoted words that are not next to the verb may be the reporter's own: after `called it`
/// and `said they were`, they are the speaker's; after `backed the`, they may be the reporter's.
pub(super) fn may_be_the_reporters(cx: &Context<'_>, found: &Attribution) -> bool {
    let Some(verb) = found.cue.and_then(|cue| cue.end.checked_sub(1)) else { return false };
    let class = cx.s.class(verb);
    verb + 1 < cx.at
        && found.rule.name == rules::BEFORE.name
        && !class.any(Class::SPEECH.with(Class::LABEL))
        && !follows_mark(cx)
        && cx.s.lexicon.lists_verbs()
        && count_words(cx.inner(), FEW + 1) <= FEW
}

/// Returns whether the quotation is only a term in scare quotes after a verb that takes things as objects: `announced a
/// "compromise"`, `allowed for "waivers"`. In `announced that it was "over"`, a clause is reported.
fn is_thing(cx: &Context<'_>, found: &Attribution) -> bool {
    let before = [&rules::BEFORE, &rules::BEFORE_APART, &rules::BEFORE_SHARED];
    let Some(verb) = found.cue.and_then(|cue| cue.end.checked_sub(1)) else { return false };
    let apart = verb + 1 < cx.at && !follows_mark(cx);
    let applies = before.iter().any(|rule| rule.name == found.rule.name) && apart;
    if !applies || !cx.s.lexicon.lists_verbs() {
        return false;
    }
    let class = cx.s.class(verb);
    let says = Class::SPEECH.with(Class::OBJECT).with(Class::LABEL).with(Class::AVOWAL);
    let takes_things = class.any(Class::CLAUSE) && !class.any(says);
    // `called for checks including "universal" ones`: with a preposition, a verb of naming takes a thing.
    let calls_for = class.any(Class::LABEL) && cx.s.class(verb + 1).any(Class::LINK);
    let between = Range::new(verb + 1, cx.at);
    let that = between.indices().any(|i| cx.s.class(i).any(Class::THAT));
    (takes_things || calls_for) && !that && !is_clause(cx.s, &[between], Evidence::Possible)
}

/// Returns whether a word that introduces a term precedes the quotation: `so-called "…"`, `known as "…"`, `the word
/// "…"`.
fn is_term(cx: &Context<'_>) -> bool {
    let mut at = cx.at;
    while at > cx.before.start && matches!(cx.s.kind(at - 1), Kind::Comma | Kind::Colon) {
        at -= 1;
    }
    let near = (at.saturating_sub(3).max(cx.before.start)..at).rev();
    for i in near {
        let class = cx.s.class(i);
        if class.any(Class::TERM) && !class.any(Class::LABEL) {
            return true;
        }
        if !class.any(Class::PREPOSITION.with(Class::SUBORDINATOR).with(Class::DETERMINER)) {
            return false;
        }
    }
    false
}

/// Returns whether the quotation translates or explains a word: `whose name in Arabic means “the base”`, `the word once
/// meant “bread”`. Its subject is a noun for a term.
fn is_meaning(cx: &Context<'_>) -> bool {
    let s = cx.s;
    let Some(verb) = cx.at.checked_sub(1).filter(|&i| i > cx.before.start) else { return false };
    let class = s.class(verb);
    let finite = s.kind(verb) == Kind::Lower
        && !class.any(Class::VERB.with(Class::AUXILIARY).with(Class::PREPOSITION))
        && (class.any(Class::COMMON_VERB) || class.is_unknown());
    let from = verb.saturating_sub(MOST_BEFORE_MEANING).max(cx.before.start);
    let parted = |&i: &usize| s.tokens[i].is_word() && !s.class(i).any(Class::FINITE);
    let named = |i: usize| {
        let class = s.class(i);
        class.any(Class::TERM) && !class.any(Class::VERB) && s.kind(i) == Kind::Lower
    };
    finite && (from..verb).rev().take_while(parted).any(named)
}

/// Returns whether a noun for a creative work directly precedes the quotation: `the film "…"`.
fn follows_work(cx: &Context<'_>) -> bool {
    cx.at > cx.before.start && cx.s.class(cx.at - 1).any(Class::WORK)
}

/// Returns whether the quotation is a title directly after a noun, a possessive, a preposition or a verb with a hearer,
/// regardless of other verbs nearby: `in his book "Make Your Kid Rich," Lim suggested`, `on the station's "Morning
/// Bell."`
fn is_programme(cx: &Context<'_>) -> bool {
    if cx.at == cx.before.start {
        return false;
    }
    // `CNN's "AC360"`: a name of one word after the owner of a show.
    let inner = cx.inner();
    let named = !inner.contains(' ') && inner.starts_with(char::is_uppercase);
    let owner = cx.at - 1;
    if named && cx.s.class(owner).any(Class::POSSESSIVE) && cx.s.tokens[owner].is_name_like() {
        return true;
    }
    let bare = inner.trim_end_matches(['.', ',']);
    if !is_titled(cx.s.lexicon, bare) && !is_in_capitals(cx.s.lexicon, bare) {
        return false;
    }
    let comma = usize::from(cx.s.kind(cx.at - 1) == Kind::Comma && cx.at > cx.before.start + 1);
    let noun = cx.at - 1 - comma;
    let lower = cx.s.kind(noun) == Kind::Lower
        && cx.s.class(noun).is_unknown()
        && !cx.s.lexicon.ends_like_past(cx.s.word(noun))
        && !cx.s.lexicon.ends_like_gerund(cx.s.word(noun));
    if lower {
        return true;
    }
    let before = cx.s.class(noun);
    let preposition = before.any(Class::PREPOSITION) && !before.any(Class::SUBORDINATOR);
    // `told "Fox News Sunday"`: the show is the hearer.
    let hearer = before.any(Class::HEARER) && comma == 0 && !cx.inner().ends_with(['!', '?']);
    hearer
        || before.any(Class::WORK.with(Class::POSSESSIVE))
        || before.any(Class::DOCUMENT) && comma > 0 && !before.any(Class::VERB)
        || preposition && !before.any(Class::GENITIVE)
}

/// Returns whether the quotation is a name of at most three words between a determiner and a noun: `the "Yorkshire
/// Lass" website`.
fn is_attribute(cx: &Context<'_>, words: usize) -> bool {
    let s = cx.s;
    let article = cx.at > cx.before.start
        && s.class(cx.at - 1).any(Class::DETERMINER)
        && !s.class(cx.at - 1).any(Class::PREPOSITION);
    let noun = !cx.after.is_empty()
        && s.kind(cx.after.start) == Kind::Lower
        && (s.class(cx.after.start).is_unknown() || s.class(cx.after.start).any(Class::WORK));
    article && noun && words <= 3 && cx.inner().starts_with(char::is_uppercase)
}

/// Returns whether the quotation is a long title directly after a word, possibly with the full stop of the sentence
/// inside the marks: `a professor who wrote "The Long Bridge: Two Towns and Their River."`. Shorter titles may be
/// slogans: `chanted "Open the Bridge"`.
fn is_book(cx: &Context<'_>) -> bool {
    let title = cx.inner().trim_end_matches(['.', ',']);
    let long = title.split_whitespace().filter(|word| word.chars().count() > 3).count();
    cx.at > cx.before.start
        && cx.s.tokens[cx.at - 1].is_word()
        && LONG_TITLE <= long
        && is_titled(cx.s.lexicon, title)
}

/// Returns whether the quotation is a headline in a list of sources: it begins a sentence, has no end mark, and is
/// followed by a dash.
fn is_listed_title(cx: &Context<'_>) -> bool {
    let dash = cx.s.kind(cx.after.start) == Kind::Dash && !cx.after.is_empty();
    cx.leads()
        && dash
        && cx.s.lexicon.is_supported()
        && !cx.inner().ends_with(['.', '!', '?', '…', ','])
}

/// Returns whether a stretch within a sentence is a capitalized name without a verb of saying directly before it: `on
/// the daytime "The Jo Roe Show," she adds`, but not `said "Yes We Can"`.
fn is_name_of_work(cx: &Context<'_>) -> bool {
    let inner = cx.inner();
    if cx.at == cx.before.start || inner.ends_with(['!', '?', '…']) || !cx.s.lexicon.is_supported()
    {
        return false;
    }
    let before = cx.s.class(cx.at - 1);
    let is_spoken = before
        .any(Class::VERB.with(Class::SPEECH).with(Class::LABEL).with(Class::THAT))
        || matches!(cx.s.kind(cx.at - 1), Kind::Colon | Kind::Comma);
    let small = |word: &str| {
        cx.s.lexicon
            .class(word)
            .any(Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR))
    };
    let starts =
        |word: &str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let words = inner.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric));
    let capitals = words.clone().filter(|word| starts(word)).count();
    !is_spoken && 2 <= capitals && words.clone().all(|word| starts(word) || small(word))
}

/// Returns whether a stretch may be the title of a work: it has fewer than five words, or is written like a title.
pub(super) fn may_be_title(cx: &Context<'_>) -> bool {
    count_words(cx.inner(), SHORT) < SHORT || is_titled(cx.s.lexicon, cx.inner())
}

/// Returns whether a stretch is written like a title: one capitalized word, or several words in title case.
pub(super) fn is_title(lexicon: &Lexicon, inner: &str) -> bool {
    let one = !inner.contains(' ') && inner.starts_with(char::is_uppercase);
    one || is_titled(lexicon, inner)
}

/// Returns whether a stretch is in title case: it has at least two words of four letters or more, not counting
/// prepositions, all of them are capitalized, and it has no end mark.
fn is_titled(lexicon: &Lexicon, inner: &str) -> bool {
    let long = |w: &&str| {
        let small = lexicon.class(w).any(Class::PREPOSITION);
        w.chars().filter(|c| c.is_alphabetic()).count() > 3 && !small
    };
    let mut longer = 0;
    let mut capitals = true;
    for word in inner.split_whitespace().filter(long) {
        longer += 1;
        capitals &= word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    }
    let whole_sentence = inner.ends_with(['.', '!', '?']);
    longer >= 2 && capitals && !whole_sentence
}

/// Returns whether two or more words without punctuation begin with a capital or a digit (apart from prepositions,
/// determiners and conjunctions), which indicates a name even if the words are short: `Laudato Si`, `60 Minutes`, `KTV
/// Tonight`.
fn is_in_capitals(lexicon: &Lexicon, inner: &str) -> bool {
    let small = |word: &str| {
        lexicon.class(word).any(Class::PREPOSITION.with(Class::DETERMINER).with(Class::COORDINATOR))
    };
    let starts = |word: &str| {
        word.chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| c.is_uppercase() || c.is_numeric())
    };
    let words = || inner.split_whitespace();
    let letters = inner.chars().any(char::is_uppercase);
    let last = words().last().is_some_and(starts);
    let sentence =
        inner.ends_with(['!', '?', '…']) || inner.contains([',', '.', ';', ':', '’', '\'']);
    letters && last && !sentence && words().count() >= 2 && words().all(|w| starts(w) || small(w))
}

/// Counts the words of a quotation, that is, runs of non-space characters with a letter or digit, up to `most`.
pub(super) fn count_words(text: &str, most: usize) -> usize {
    let words = text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric));
    // A Chinese or Japanese word has about two characters.
    let n_words = |word: &str| {
        let ideographs = word.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9fff}')).count();
        (ideographs / 2).max(1)
    };
    words.take(most).map(n_words).sum::<usize>().min(most)
}
