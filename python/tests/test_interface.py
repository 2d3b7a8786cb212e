"""The interface, checked against the program on the sample news."""

from __future__ import annotations

import datetime
import json
import math
import subprocess
import sys
from pathlib import Path

import nutgraf as ng
import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
NOW = "2026-03-11T06:00:00Z"
FERRY = SEEDS / "ferry-meridian.txt"


def program(*arguments: str | Path, stdin: str | None = None) -> str:
    command = [sys.executable, "-m", "nutgraf", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def articles() -> list[ng.Article]:
    return ng.read(SEEDS)


def test_the_command_is_the_program() -> None:
    assert program("--version").split()[1] == ng.__version__
    failed = subprocess.run([sys.executable, "-m", "nutgraf", "brief", "--words", "x"], capture_output=True, check=False)
    assert failed.returncode == 2


def test_articles_are_read_as_by_the_program(articles: list[ng.Article]) -> None:
    lines = program("read", "-t", "jsonl", SEEDS).splitlines()
    # The origin is the path as it was given.
    assert [article.to_dict() for article in articles] == [json.loads(line) for line in lines]


@pytest.mark.parametrize("form", ["md", "html", "text", "json", "atom"])
def test_a_briefing_has_the_bytes_of_the_program(articles: list[ng.Article], form: str) -> None:
    made = ng.brief(articles, words=250, stories=3, now=NOW, title="The Letter")
    flags = ["--words", "250", "--stories", "3", "--now", NOW, "--title", "The Letter", "-t", form]
    assert made.render(form) == program("brief", *flags, SEEDS)  # type: ignore[arg-type]


def test_a_summary_has_the_sentences_of_the_program() -> None:
    article = ng.read(FERRY)[0]
    summary = ng.summarize(article, sentences=2)
    expected = json.loads(program("summarize", "--sentences", "2", "-t", "json", FERRY))
    assert summary.text == str(summary) == expected["text"]
    for sentence, other in zip(summary.sentences, expected["sentences"]):
        assert sentence.text == other["text"] == article.text[sentence.start : sentence.end]
        assert sentence.article == article.id


def test_quotes_are_those_of_the_program() -> None:
    article = ng.read(FERRY)[0]
    expected = json.loads(program("quotes", "-t", "jsonl", FERRY))["quotes"]
    found = ng.quotes(article)
    assert [q.spans for q in found] == [[tuple(s) for s in q["content"]] for q in expected]
    assert [(q.kind, q.confidence, q.rule) for q in found] == [
        (q["kind"], q["confidence"], q["rule"]) for q in expected
    ]
    for quote in found:
        assert quote.text == " … ".join(article.text[s:e] for s, e in quote.spans)
        assert (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])


def test_stories_are_those_of_the_program(articles: list[ng.Article]) -> None:
    expected = [json.loads(line) for line in program("stories", "-t", "jsonl", "--now", NOW, SEEDS).splitlines()]
    found = ng.stories(articles, now=NOW)
    assert [(s.headline, s.articles, s.duplicates, s.outlets) for s in found] == [
        (s["headline"], s["articles"], s["duplicates"], s["sources"]) for s in expected
    ]


def test_a_briefing_verifies_and_a_forged_draft_does_not(articles: list[ng.Article]) -> None:
    made = ng.brief(articles, now=NOW)
    assert ng.verify(made, articles)
    assert ng.verify(made.render("json"), articles).ok
    draft = 'Tomas Brandvik said: "It is far too late to speak of blame."'
    report = ng.verify(draft, articles)
    assert not report.ok and not report
    assert report.faults[0].kind in {"altered", "not_found"}
    assert report.faults[0].message


def test_texts_dicts_and_objects_are_the_same_article() -> None:
    text = "The council closed the Mill Street bridge on Monday. Cracks were found in two piers."
    day = datetime.date(2026, 3, 10)
    given = [
        ng.Article(text, title="Bridge closed", outlet="Post", date=day, lang="en"),
        {"title": "Bridge closed", "source": "Post", "date": day, "lang": "en", "text": text},
        {"headline": "Bridge closed", "publisher": "Post", "published": "2026-03-10", "language": "en", "text": text},
    ]
    summaries = {str(ng.summarize([article], sentences=1)) for article in given}
    assert summaries == {"The council closed the Mill Street bridge on Monday."}
    assert ng.stories([given[1]])[0].articles == [given[0].id]  # type: ignore[union-attr]
    assert str(ng.summarize(text, sentences=1, lang="en")) in summaries


def test_extract_returns_the_article_of_a_page() -> None:
    page = (SEEDS / "dig-harbour-gazette.html").read_text()
    article = ng.extract(page, url="https://gazette.example/dig")
    assert article is not None and article.url is not None and len(article.text) > 500
    assert ng.extract("<html><body></body></html>") is None


def test_sentences() -> None:
    assert ng.sentences("Dr. Vale left at 5 p.m. on Monday. Nobody followed.") == [
        "Dr. Vale left at 5 p.m. on Monday.",
        "Nobody followed.",
    ]
    assert ng.sentences("") == []


def test_a_notebook_shows_a_briefing(articles: list[ng.Article]) -> None:
    made = ng.brief(articles, words=100, now=NOW)
    assert made._repr_html_().lstrip().lower().startswith("<!doctype html>")
    assert made._repr_markdown_() == made.render("md")
    assert made.to_dict() == json.loads(made.render("json"))


@pytest.mark.parametrize(
    "wrong",
    [5, None, [5], [None], [{"text": 5}], [{"text": b"bytes"}], [{1: "x"}], [["text"]], {"title": 3.5}],
)
def test_a_wrong_type_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError):
        ng.stories(wrong)  # type: ignore[arg-type]


def test_what_cannot_be_done_is_a_nutgraf_error(tmp_path: Path) -> None:
    with pytest.raises(ng.NutgrafError, match="no such file"):
        ng.read(tmp_path / "missing.txt")
    empty = tmp_path / "empty.txt"
    empty.touch()
    with pytest.raises(ng.NutgrafError, match="empty"):
        ng.read(empty)
    with pytest.raises(ng.NutgrafError, match="no text"):
        ng.stories([{"source": "Post"}])
    with pytest.raises(ng.NutgrafError, match="not a date"):
        ng.brief("A text of one sentence.", now="yesterdayish")
    with pytest.raises(ValueError, match="one of words"):
        ng.summarize("A text.", words=5, sentences=1)
    with pytest.raises(ValueError, match="lang"):
        ng.sentences("A text.", lang="??")
    assert issubclass(ng.NutgrafError, ValueError)


def test_missing_values_count_as_absent() -> None:
    record = {"text": "The bridge is closed.", "title": None, "source": math.nan, "date": math.nan, "lang": "en"}
    assert len(ng.stories([record])) == 1


def test_nothing_in_nothing_out() -> None:
    assert ng.stories([]) == []
    assert str(ng.summarize([])) == ""
    assert len(ng.brief([], now=NOW)) == 0
    assert ng.quotes("") == []


def test_offsets_are_those_of_python_strings() -> None:
    text = "Žižek 🙂 came. “Ça suffit, mes amis de la ville,” said Jürgen Müller on Monday. 🙂"
    for quote in ng.quotes(text, lang="en"):
        assert quote.text == text[quote.start : quote.end]


def test_a_call_ends_on_ctrl_c() -> None:
    code = """
import signal, threading, time, os
import nutgraf as ng
text = " ".join(f"The town of Place{i} counted {i} votes on Monday, officials said." for i in range(400_000))
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    ng.summarize([text], words=100)
except KeyboardInterrupt:
    os._exit(7)
os._exit(8)
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 7
