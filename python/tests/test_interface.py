"""The interface, checked against the program on the sample news."""

from __future__ import annotations

import datetime
import json
import math
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import nutgraf as ng
import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
NOW = "2026-03-11T06:00:00Z"
FERRY = SEEDS / "ferry-meridian.txt"


def program(*arguments: str | Path, stdin: str | None = None) -> str:
    command = [sys.executable, "-m", "nutgraf", *map(str, arguments)]
    given = None if stdin is None else stdin.encode()
    # As bytes: a mail ends its lines with CR LF, which text streams would change.
    done = subprocess.run(command, input=given, capture_output=True, check=False, cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.decode()


def same_everywhere(seed: Path) -> bool:
    """Whether a sample is one article."""
    return len(ng.read(seed)) == 1


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


SETTINGS: list[dict[str, object]] = [
    {"words": 250, "stories": 3, "title": "The Letter"},
    {"minutes": 0.5, "quotes": 0},
    {"words": 300, "topic": ["ferry", "water"], "lang": "de"},
    {"words": 300, "topic": "water", "min_sources": 2},
    {"words": 200, "template": "hugo"},
]
FLAGS = {"lang": "labels", "min_sources": "min-sources"}


@pytest.mark.parametrize("form", ["md", "html", "text", "json", "eml", "atom"])
@pytest.mark.parametrize("settings", SETTINGS, ids=lambda settings: "-".join(settings))
def test_a_briefing_has_the_bytes_of_the_program(
    articles: list[ng.Article], form: str, settings: dict[str, object]
) -> None:
    if "template" in settings and form != "md":
        pytest.skip("a template has one format")
    flags = ["--now", NOW, "-t", form]
    for name, value in settings.items():
        for one in value if isinstance(value, list) else [value]:
            flags.append(f"--{FLAGS.get(name, name)}={one}")
    if form == "eml":
        flags += ["--mail-from", "nutgraf@localhost", "--mail-to", "nutgraf@localhost"]
    made = ng.brief(articles, now=NOW, **settings)  # type: ignore[arg-type]
    assert made.render(form) == program("brief", *flags, SEEDS)  # type: ignore[arg-type]


def test_a_template_of_ones_own_has_the_bytes_of_the_program(articles: list[ng.Article], tmp_path: Path) -> None:
    template = tmp_path / "short.md"
    template.write_text("{% for story in stories %}* {{ story.headline.text }}\n{% endfor %}")
    made = ng.brief(articles, now=NOW, template=template)
    assert made.render("md") == program("brief", "--now", NOW, "--template", template, SEEDS)
    # It runs in a process of its own: one that asks for too much ends that process, not this one.
    template.write_text("{% set s = 'x' * 1000 %}{% for n in range(99999) %}{% set s = s ~ s %}{{ s }}{% endfor %}")
    with pytest.raises(ng.NutgrafError, match="short.md"):
        ng.brief(articles, now=NOW, template=template).render("md")


BUDGETS: list[dict[str, object]] = [{}, {"sentences": 2}, {"words": 40}, {"chars": 280}, {"ratio": 0.2}, {"topic": "blame"}]


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: "-".join(budget) or "default")
def test_a_summary_has_the_sentences_of_the_program(budget: dict[str, object]) -> None:
    flags = [f"--{name}={value}" for name, value in budget.items()]
    seeds = [seed for seed in sorted(SEEDS.iterdir()) if seed.is_file() and same_everywhere(seed)]
    assert len(seeds) >= 8
    for seed in seeds:
        article = ng.read(seed)[0]
        summary = ng.summarize(article, **budget)  # type: ignore[arg-type]
        expected = json.loads(program("summarize", "-t", "json", *flags, seed) or '{"sentences": []}')
        assert len(summary) == len(expected["sentences"])
        for sentence, other in zip(summary.sentences, expected["sentences"]):
            assert (sentence.text, sentence.start, sentence.end) == (other["text"], other["start"], other["end"])
            assert sentence.text == article.text[sentence.start : sentence.end]
            assert sentence.article == article.id


def test_a_summary_of_several_articles_is_that_of_the_program() -> None:
    ferry = sorted(SEEDS.glob("ferry-*"))
    articles = [article for seed in ferry for article in ng.read(seed)]
    assert f"{ng.summarize(articles, words=80)}\n" == program("summarize", "--words", "80", *ferry)
    expected = json.loads(program("summarize", "--words", "80", "-t", "json", *ferry))
    assert [s.text for s in ng.summarize(articles, words=80).sentences] == [s["text"] for s in expected["sentences"]]


def test_quotes_are_those_of_the_program() -> None:
    checked = 0
    for seed in filter(same_everywhere, sorted(path for path in SEEDS.iterdir() if path.is_file())):
        (article,) = ng.read(seed)
        found = ng.quotes(article)
        # A file at a time, since the program joins people of all articles that report one event.
        theirs = json.loads(program("quotes", "-t", "jsonl", seed) or '{"quotes": []}')["quotes"]
        checked += len(theirs)
        assert [q.spans for q in found] == [[tuple(s) for s in q["content"]] for q in theirs]
        assert [(q.kind, q.confidence, q.rule) for q in found] == [
            (q["kind"], q["confidence"], q["rule"]) for q in theirs
        ]
        speakers = [{"name": q.speaker, "role": q.role} if q.speaker else None for q in found]
        assert speakers == [q["speaker"] for q in theirs]
        for quote in found:
            assert quote.text == " … ".join(article.text[s:e] for s, e in quote.spans)
            assert (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])
    assert checked > 20


def test_sentences_are_those_of_the_program(articles: list[ng.Article]) -> None:
    for article in articles:
        given = json.dumps({"text": article.text})
        record = json.loads(program("read", "-f", "json", "-t", "json", "-", stdin=given))
        record = record[0] if isinstance(record, list) else record
        theirs = [article.text[start:end] for start, end in record["sentences"]]
        assert ng.sentences(article.text) == theirs


def test_stories_are_those_of_the_program(articles: list[ng.Article]) -> None:
    expected = [json.loads(line) for line in program("stories", "-t", "jsonl", "--now", NOW, SEEDS).splitlines()]
    found = ng.stories(articles, now=NOW)
    assert [(s.headline, s.articles, s.duplicates, s.outlets) for s in found] == [
        (s["headline"], s["articles"], s["duplicates"], s["sources"]) for s in expected
    ]


def test_a_report_is_that_of_the_program(articles: list[ng.Article], tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        'Tomas Brandvik said: "It is far too late to speak of blame." '
        "Mayor Oswin Tarrant resigned on 3 May 1999.", encoding="utf-8"
    )
    for claims in (False, True):
        flags = ["--claims"] if claims else []
        report = ng.verify(draft.read_text(encoding="utf-8"), articles, claims=claims)
        assert report.to_dict() == json.loads(program("verify", "-t", "json", *flags, draft, SEEDS))
    kinds = [fault.kind for fault in report.faults]
    assert "altered" in kinds and "unsupported" in kinds
    assert len(report.corrections()) == len(kinds)
    text = draft.read_text(encoding="utf-8")
    assert text[report.faults[0].start : report.faults[0].end].strip('"') == report.faults[0].quotation


def test_dicts_of_articles_are_the_articles(articles: list[ng.Article]) -> None:
    dicts = [article.to_dict() for article in articles]
    assert ng.brief(dicts, now=NOW).render("json") == ng.brief(articles, now=NOW).render("json")
    dicts[0]["text"] += " More."
    with pytest.raises(ng.NutgrafError, match="blocks"):
        ng.brief(dicts, now=NOW)


def test_threads_do_not_change_a_result_and_survive_a_fork(articles: list[ng.Article]) -> None:
    made = ng.brief(articles, now=NOW).render("md")
    for threads in (1, 3, 0):
        ng.use_threads(threads)
        assert ng.brief(articles, now=NOW).render("md") == made
    code = """
import os, sys
import nutgraf as ng
ng.sentences("A text.")
child = os.fork()
if child == 0:
    os._exit(0 if ng.sentences("One. Two.", lang="en") else 1)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


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


@pytest.mark.parametrize("page", sorted(SEEDS.glob("*.html")), ids=lambda page: page.name)
def test_extract_returns_the_article_that_the_program_reads(page: Path) -> None:
    article = ng.extract(page.read_bytes())
    read = json.loads(program("read", "-t", "json", page))
    (read,) = read if isinstance(read, list) else [read]
    assert article is not None
    # Only `origin` differs: the program sets it to the file name.
    assert {**article.to_dict(), "origin": read["origin"]} == read


def test_the_report_of_a_briefing_is_that_of_the_program(articles: list[ng.Article], tmp_path: Path) -> None:
    made = ng.brief(articles, words=300, now=NOW)
    file = tmp_path / "briefing.json"
    file.write_text(made.render("json"), encoding="utf-8")
    assert ng.verify(made, articles).to_dict() == json.loads(program("verify", "-t", "json", file, SEEDS))
    # The articles of another briefing have none of its lines.
    others = [article for article in articles if article.id != made.to_dict()["articles"][0]["id"]]
    report = ng.verify(made, others)
    lines = tmp_path / "others.jsonl"
    lines.write_text("".join(json.dumps(article.to_dict()) + "\n" for article in others), encoding="utf-8")
    assert not report.ok
    assert report.to_dict() == json.loads(program("verify", "-t", "json", file, lines))


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
    [5, None, b"A text.", [5], [None], [b"x"], [{"text": 5}], [{"text": b"x"}], [{1: "x"}], [["text"]], {"title": 3.5}],
    ids=repr,
)
def test_a_wrong_type_is_a_type_error(wrong: object) -> None:
    for call in (ng.stories, ng.brief, ng.summarize, ng.quotes, lambda given: ng.verify("A draft.", given)):
        with pytest.raises(TypeError, match="expected|must be str"):
            call(wrong)  # type: ignore[arg-type]


def test_other_wrong_types_are_type_errors() -> None:
    for call in (
        lambda: ng.read(5),  # type: ignore[arg-type]
        lambda: ng.extract(None),  # type: ignore[arg-type]
        lambda: ng.sentences(b"A text."),  # type: ignore[arg-type]
        lambda: ng.Article(None),  # type: ignore[arg-type]
        lambda: ng.Article("A text.", date=5),  # type: ignore[arg-type]
        lambda: ng.summarize("A text.", words="five"),  # type: ignore[arg-type]
        lambda: ng.brief(["A text."], topic=5),  # type: ignore[arg-type]
        lambda: ng.verify(b"A draft.", ["A text."]),  # type: ignore[arg-type]
        lambda: ng.stories([{"text": "A text.", "date": 5}]),
    ):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(ng.NutgrafError, match=r"articles\[0\].*surrogates"):
        ng.stories(["\ud800"])


@pytest.mark.parametrize(
    "fields",
    [
        {"id": b"x"},
        {"id": [1]},
        {"id": True},
        {"id": 1.5},
        {"id": {"a": 1}},
        {"source": {"name": 5}},
        {"source": {"name": b"Post"}},
        {"source": {"name": ["Post", 5]}},
        {"source": [5]},
        {"source": 5},
        {"byline": [5]},
        {"byline": ["Ana Quill", b"x"]},
        {"byline": [{"name": 3.5}]},
    ],
    ids=repr,
)
def test_a_field_of_a_wrong_type_is_a_type_error(fields: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=rf"articles\[0\].*{next(iter(fields))}.*expected"):
        ng.stories([{"text": "A text of one sentence.", **fields}])


def test_ids_and_names_of_other_tools_are_taken() -> None:
    article = {
        "text": "The bridge over the Tane was closed on Tuesday. Engineers had found cracks in it.",
        "title": "Bridge closed",
        "id": 5,
        "source": {"name": "The Post"},
        "byline": ["Ana Quill", {"name": "Bo Lund"}],
    }
    assert ng.quotes(article) == []
    made = ng.brief([article], now=NOW).to_dict()["articles"][0]
    assert (made["id"], made["source"]) == ("5", "The Post")


@pytest.mark.parametrize("number", [-1, 2**40, 2**70, -(2**70)])
def test_a_number_out_of_range_is_an_error_that_names_the_argument(number: int) -> None:
    for name in ("words", "sentences", "chars"):
        with pytest.raises(ng.NutgrafError, match=rf"^{name}: .*{number}"):
            ng.summarize("A text.", **{name: number})  # type: ignore[arg-type]
    for name in ("words", "stories", "quotes", "min_sources"):
        with pytest.raises(ng.NutgrafError, match=rf"^{name}: .*{number}"):
            ng.brief(["A text."], **{name: number})  # type: ignore[arg-type]
    with pytest.raises(ng.NutgrafError, match=f"^threads: .*{number}"):
        ng.use_threads(number)
    # Far too many to be started; the limit is looked at first.
    with pytest.raises(ng.NutgrafError, match="^threads: .*4096"):
        ng.use_threads(4097)


def test_a_number_of_another_type_is_a_type_error() -> None:
    for wrong in ("five", 1.5, True, [1]):
        with pytest.raises(TypeError, match="words: expected int"):
            ng.summarize("A text.", words=wrong)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="stories: expected int"):
            ng.brief(["A text."], stories=wrong)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="threads: expected int"):
            ng.use_threads(wrong)  # type: ignore[arg-type]


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


def test_bytes_that_are_no_text() -> None:
    for content in (b"\x00\x01\x02\xff" * 50, b"%PDF-1.7 \xe2\xe3", b"PK\x03\x04broken", b"\x1f\x8bbroken"):
        with pytest.raises(ng.NutgrafError, match="bytes: "):
            ng.read(content)


def test_nothing_in_nothing_out() -> None:
    assert ng.stories([]) == []
    assert str(ng.summarize([])) == "" == str(ng.summarize(""))
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
# A shell starts its background jobs with the interrupt ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
text = " ".join(f"The town of Place{i} counted {i} votes on Monday, officials said." for i in range(400_000))
threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    ng.summarize([text], words=100)
except KeyboardInterrupt:
    # The next call does not wait for the work that was left.
    start = time.monotonic()
    ng.sentences("One. Two.")
    os._exit(7 if time.monotonic() - start < 5 else 9)
os._exit(8)
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 7


def test_the_program_ends_on_ctrl_c_and_on_a_closed_pipe(tmp_path: Path) -> None:
    text = " ".join(f"The town of Place{i} counted {i} votes on Monday, officials said." for i in range(200_000))
    (tmp_path / "long.txt").write_text(text)
    command = [sys.executable, "-m", "nutgraf", "summarize", str(tmp_path / "long.txt")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE)
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    assert running.wait(20) == -signal.SIGINT
    closed = subprocess.run(f"{shlex.quote(sys.executable)} -m nutgraf man | head -1", shell=True, check=False)
    assert closed.returncode == 0
