"""A guard behind a summarizer: whatever it writes is checked against the articles before anybody reads it.

`checked` takes any function from articles to text. The summarizer here is sumy's LexRank (pip install sumy), which takes
its sentences from nutgraf; `paraphrased` imitates a language model that mends a quotation to its liking.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import nutgraf as ng

Summarizer = Callable[[Sequence[ng.Article]], str]


def checked(summarizer: Summarizer, articles: Sequence[ng.Article]) -> str:
    """Return the summary without the sentences that are at odds with the articles."""
    draft = summarizer(articles)
    faults = ng.verify(draft, articles, claims=True).faults
    wrong = [fault.quotation for fault in faults if fault.quotation]
    kept = [sentence for sentence in ng.sentences(draft) if not any(words in sentence for words in wrong)]
    return " ".join(kept)


class Tokenizer:
    """Sentences and words for sumy, without a download of language data."""

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Split a paragraph into sentences."""
        return tuple(ng.sentences(paragraph))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Split a sentence into words."""
        return tuple(word.strip(".,;:!?“”\"'()").lower() for word in sentence.split())


def lexrank(articles: Sequence[ng.Article]) -> str:
    """Summarize articles with sumy's LexRank."""
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer

    text = "\n\n".join(article.text for article in articles)
    parser = PlaintextParser.from_string(text, Tokenizer())
    return " ".join(str(sentence) for sentence in LexRankSummarizer()(parser.document, 4))


def paraphrased(articles: Sequence[ng.Article]) -> str:
    """Return a draft with a quotation that no source has."""
    return lexrank(articles) + " Tomas Brandvik said: “It is far too late to speak of blame.”"


if __name__ == "__main__":
    print(checked(paraphrased, ng.read("seeds/ferry-meridian.txt")))
