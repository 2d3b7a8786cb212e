"""A spaCy component that sets ``doc._.quotes``: the quotations of a document with their speakers.

>>> import spacy, nutgraf.spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("nutgraf_quotes")
>>> doc = nlp('"The bridge stays closed," said Mayor Ana Quill.')
>>> [(quote.span.text, quote.speaker) for quote in doc._.quotes]
[('The bridge stays closed,', 'Ana Quill')]
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

import nutgraf as ng

__all__ = ["DocQuote", "QuotesComponent"]


@dataclass(frozen=True)
class DocQuote:
    """A quotation in a document."""

    spans: tuple[Span, ...]
    """The parts of the quotation as spans of the document."""
    speaker: str | None
    role: str | None
    kind: str
    confidence: str
    rule: str

    @property
    def span(self) -> Span:
        """The first part of the quotation."""
        return self.spans[0]


class QuotesComponent:
    """Finds the quotations of each document that passes."""

    def __init__(self, lang: str | None) -> None:
        self.lang = lang

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.quotes``."""
        doc._.quotes = tuple(
            DocQuote(
                spans=tuple(_span(doc, start, end) for start, end in quote.spans),
                speaker=quote.speaker,
                role=quote.role,
                kind=quote.kind,
                confidence=quote.confidence,
                rule=quote.rule,
            )
            for quote in ng.quotes(doc.text, lang=self.lang)
        )
        return doc


def _span(doc: Doc, start: int, end: int) -> Span:
    # A token that is cut by the border of a quotation belongs to it.
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None
    return span


@Language.factory("nutgraf_quotes", assigns=["doc._.quotes"], default_config={"lang": None})
def _create(nlp: Language, name: str, lang: str | None) -> QuotesComponent:
    if not Doc.has_extension("quotes"):
        Doc.set_extension("quotes", default=())
    # A pipeline for several languages ("xx") leaves the language to be detected.
    return QuotesComponent(lang or (nlp.lang if nlp.lang != "xx" else None))
