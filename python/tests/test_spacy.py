"""The spaCy component."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy")
import nutgraf.spacy  # noqa: E402


def test_quotes_are_spans_of_the_document() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("nutgraf_quotes")
    doc = nlp("“The bridge stays closed,” said Mayor Ana Quill. “It is not safe.”")
    (first, *_) = doc._.quotes
    assert first.span.text.startswith("The bridge stays closed")
    assert first.speaker == "Ana Quill"
    assert nlp("")._.quotes == ()
