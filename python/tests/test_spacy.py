"""The spaCy component."""

from __future__ import annotations

from typing import Any

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


TEXT = "“The bridge stays closed,” said Mayor Ana Quill. “It is not safe.”"


@pytest.fixture(scope="module")
def nlp() -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe("nutgraf_quotes")
    return nlp


def told(doc: Any) -> list[tuple[list[str], str | None, str]]:
    return [([span.text for span in quote.spans], quote.speaker, quote.rule) for quote in doc._.quotes]


def test_a_document_keeps_its_quotes_wherever_it_goes(nlp: Any) -> None:
    doc = nlp(TEXT)
    expected = told(doc)
    assert expected and expected[0][1] == "Ana Quill"
    assert told(spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())) == expected
    assert told(doc.copy()) == expected
    stored = spacy.tokens.DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (read,) = spacy.tokens.DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert told(read) == expected
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[1:3])
    assert told(doc) == expected


def test_quotes_come_back_from_other_processes(nlp: Any) -> None:
    expected = told(nlp(TEXT))
    assert [told(doc) for doc in nlp.pipe([TEXT, "Rain.", TEXT], n_process=2)] == [expected, [], expected]


def test_a_document_that_did_not_pass_has_no_quotes() -> None:
    assert spacy.blank("en")(TEXT)._.quotes == ()
