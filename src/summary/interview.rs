//! Interviews: a question is shown only before its answer, and an answer only directly after its question.
//!
//! An interview is recognized by its layout: at least [`FEWEST_TURNS`] questions, which are paragraphs or headings, are
//! followed by answers of few paragraphs ([`MOST_PARAGRAPHS`]), and either two questions begin with the same label
//! (`Q:`, the name of the outlet) or at least half of the answers are spoken: they are in the first person or begin
//! with a fragment such as "For waving." or "No.". In any other article, [`FEWEST_QUESTIONS`] or more paragraphs that
//! are questions followed by answers are taken for the questions of an explainer. In an explainer, only questions of
//! one sentence are admitted, and only the first sentence of each answer depends on its question.
//!
//! Known limits: a prompt that is not a question ("Critics call it a joke.") counts as part of the answer before it. A
//! paragraph after the last answer counts as part of that answer. In an interview, answers to questions in headings are
//! unfit, because headings are not shown.

use crate::article::{Block, BlockKind};
use crate::language::Language;
use crate::summary::candidate_set::Candidate;
use crate::summary::context_dependence::Leaning;
use crate::summary::filters::{self, Unfit};
use crate::text::{Collection, Document};

/// The minimum number of answered questions in an interview.
const FEWEST_TURNS: usize = 2;

/// The minimum number of answered questions in an explainer; an ordinary report may also ask and answer one or two.
const FEWEST_QUESTIONS: usize = 3;

/// The maximum number of sentences in a question: it may begin with a remark.
const LONGEST_QUESTION: usize = 2;

/// The maximum mean number of paragraphs in a question and its answer, in an interview; in a column that asks only a
/// question or two, more paragraphs follow each question.
const MOST_PARAGRAPHS: usize = 4;

/// The maximum length in bytes of a label before a question.
const LONGEST_LABEL: usize = 48;

/// A paragraph, as the range `first..end` of candidates.
#[derive(Clone, Copy, Debug)]
struct Turn {
    first: usize,
    end: usize,
    is_question: bool,
    /// Whether the block directly before the paragraph is a heading that is a question; headings are never shown.
    is_headed: bool,
}

impl Turn {
    const fn len(self) -> usize {
        self.end - self.first
    }
}

/// Admits the questions of an interview or explainer, and makes the answers depend on them. If an article has at most
/// two candidates, its questions are admitted like any other sentence.
pub(crate) fn arrange(
    collection: &Collection,
    blocks: &[Block],
    document: &Document,
    candidates: &mut [Candidate],
) {
    let text = |c: &Candidate| collection.sentence_text(c.at.article, c.at.sentence);
    let language = document.language;
    if candidates.len() <= 2 {
        let is_question = |c: &&mut Candidate| c.unfit == Some(Unfit::Question);
        candidates.iter_mut().filter(is_question).for_each(|c| c.unfit = None);
        return;
    }
    if !candidates.iter().any(|c| is_question(text(c), language)) && !blocks.iter().any(is_heading)
    {
        return;
    }
    let turns = turns(collection, blocks, document, candidates);
    let asks = |at: usize| {
        let next = turns.get(at + 1).is_some_and(|next| !next.is_question);
        turns[at].is_question && next
    };
    let questions: Vec<usize> = (0..turns.len()).filter(|&at| asks(at)).collect();
    let headed: Vec<usize> = (0..turns.len()).filter(|&at| turns[at].is_headed).collect();
    if is_interview(collection, candidates, &turns, &questions, &headed) {
        tie_answers(&turns, candidates);
    } else if FEWEST_QUESTIONS <= questions.len() {
        for turn in questions.iter().map(|&at| turns[at]).filter(|turn| turn.len() == 1) {
            admit(&mut candidates[turn.first], None);
            candidates[turn.end].leaning = Some(Leaning::Answer);
        }
    }
}

fn is_question(text: &str, language: Language) -> bool {
    filters::is_question(text, language)
}

fn is_heading(block: &Block) -> bool {
    block.kind == BlockKind::Heading
}

/// Groups the candidates of an article by paragraph.
fn turns(
    collection: &Collection,
    blocks: &[Block],
    document: &Document,
    candidates: &[Candidate],
) -> Vec<Turn> {
    let block = |c: &Candidate| document.sentences[c.at.sentence].block as usize;
    let asks = |c: &Candidate| {
        let text = collection.sentence_text(c.at.article, c.at.sentence);
        is_question(text, document.language) && c.unfit != Some(Unfit::HalfQuotation)
    };
    let article = candidates.first().map(|c| c.at.article);
    let is_headed = |at: usize| {
        let heading =
            at.checked_sub(1).and_then(|before| blocks.get(before)).filter(|b| is_heading(b));
        let text = article.map_or("", |article| collection.articles[article].text.as_str());
        heading.is_some_and(|heading| is_question(heading.span.slice(text), document.language))
    };
    let mut turns: Vec<Turn> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let is_new = at == 0 || block(&candidates[at - 1]) != block(candidate);
        if is_new {
            let is_headed = is_headed(block(candidate));
            turns.push(Turn { first: at, end: at, is_question: false, is_headed });
        }
        if let Some(turn) = turns.last_mut() {
            turn.end = at + 1;
            turn.is_question = asks(candidate) && turn.len() <= LONGEST_QUESTION;
        }
    }
    turns
}

/// Returns whether an article is an interview. `questions` are the indices of the turns that are questions followed by
/// an answer, and `headed` those of the turns below a heading that is a question.
fn is_interview(
    collection: &Collection,
    candidates: &[Candidate],
    turns: &[Turn],
    questions: &[usize],
    headed: &[usize],
) -> bool {
    let first = questions.iter().map(|at| at + 1).chain(headed.iter().copied());
    let answers: Vec<usize> = first.collect();
    let n = answers.len();
    let begin = answers.iter().min().copied().unwrap_or(0);
    if n < FEWEST_TURNS || MOST_PARAGRAPHS * n < turns.len() - begin {
        return false;
    }
    let label = |at: &usize| {
        let at = candidates[turns[*at].first].at;
        label(collection.sentence_text(at.article, at.sentence))
    };
    let labels: Vec<&str> = questions.iter().filter_map(label).collect();
    let is_labelled =
        labels.iter().any(|label| labels.iter().filter(|l| *l == label).nth(1).is_some());
    let is_spoken = |at: &&usize| {
        let answer = &candidates[turns[**at].first..turns[**at].end];
        answer.iter().any(|c| c.form.is_first_person) || answer[0].unfit == Some(Unfit::Short)
    };
    is_labelled || n <= 2 * answers.iter().filter(is_spoken).count()
}

/// Returns the label with which a paragraph begins: `Q`, `Varn Post`.
fn label(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once(':')?;
    let is_label = label.len() <= LONGEST_LABEL
        && label.starts_with(char::is_alphabetic)
        && rest.starts_with(char::is_whitespace);
    is_label.then_some(label)
}

/// Admits the questions of an interview that are followed by an answer, and makes each sentence of an answer depend on
/// the sentence before it. A fragment directly after the question ("No.") is admitted as well. Answers to questions in
/// headings are rejected.
fn tie_answers(turns: &[Turn], candidates: &mut [Candidate]) {
    let mut is_answer = false;
    let mut is_shown = false;
    for (at, turn) in turns.iter().enumerate() {
        let own = &mut candidates[turn.first..turn.end];
        if turn.is_question {
            is_shown = turns.get(at + 1).is_some_and(|next| !next.is_question);
            is_answer = is_shown;
            for (n, candidate) in own.iter_mut().enumerate().filter(|_| is_shown) {
                admit(candidate, (0 < n).then_some(Leaning::Answer));
            }
            continue;
        }
        if turn.is_headed {
            (is_answer, is_shown) = (true, false);
        }
        let is_first = at.checked_sub(1).is_some_and(|before| turns[before].is_question);
        for (n, candidate) in own.iter_mut().enumerate().filter(|_| is_answer) {
            candidate.leaning = Some(Leaning::Answer);
            if !is_shown {
                candidate.unfit = candidate.unfit.or(Some(Unfit::Unasked));
            } else if n == 0 && is_first && candidate.unfit == Some(Unfit::Short) {
                candidate.unfit = None;
            }
        }
    }
}

/// Admits a sentence of a question, unless a reason other than its form or length makes it unfit.
fn admit(candidate: &mut Candidate, leaning: Option<Leaning>) {
    candidate.is_lead_in = true;
    candidate.leaning = leaning;
    if matches!(candidate.unfit, Some(Unfit::Question | Unfit::Short)) {
        candidate.unfit = None;
    }
}
