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
from typing import Any

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
    """Finds the quotations of each document in the pipeline."""

    def __init__(self, lang: str | None) -> None:
        self.lang = lang

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.quotes``."""
        # Plain values, unlike spans, can be copied, written to disk and sent to another process.
        doc.user_data[_KEY] = [
            {
                "spans": [list(span) for span in quote.spans],
                "speaker": quote.speaker,
                "role": quote.role,
                "kind": quote.kind,
                "confidence": quote.confidence,
                "rule": quote.rule,
            }
            for quote in ng.quotes(doc.text, lang=self.lang)
        ]
        return doc


_KEY = "nutgraf_quotes"


def _quotes(doc: Doc) -> tuple[DocQuote, ...]:
    def quote(stored: dict[str, Any]) -> DocQuote:
        spans = tuple(_span(doc, start, end) for start, end in stored["spans"])
        return DocQuote(**{**stored, "spans": spans})

    return tuple(quote(stored) for stored in doc.user_data.get(_KEY, ()))


if not Doc.has_extension("quotes"):
    Doc.set_extension("quotes", getter=_quotes)


def _span(doc: Doc, start: int, end: int) -> Span:
    # A token that is partly inside a quotation belongs to it.
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None
    return span


@Language.factory("nutgraf_quotes", assigns=["doc._.quotes"], default_config={"lang": None})
def _create(nlp: Language, name: str, lang: str | None) -> QuotesComponent:
    # In a pipeline for several languages ("xx"), the language is detected.
    return QuotesComponent(lang or (nlp.lang if nlp.lang != "xx" else None))
