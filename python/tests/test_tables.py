"""Articles in tables: the Arrow stream of pandas, polars, pyarrow and DuckDB."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import invented
import nutgraf as ng
import pytest
from nutgraf import tables

SEEDS = Path(__file__).parents[2] / "seeds"

# Of a large table: a million in the full run, with the wheel in release.
ROWS = int(os.environ.get("TABLE_ROWS", "20000"))
NEWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "title": "Ferry and freighter collide",
        "source": "Post",
        "date": datetime.datetime(2026, 3, 10, 8, 30),
        "lang": "en",
        "text": "A ferry and a freighter collided in Kelmar Strait on Tuesday. The ferry Astrid Lund carried 212 people.",
    },
    {
        "id": "b",
        "title": "All safe after ferry collision",
        "source": "Wire",
        "date": None,
        "lang": "en",
        "text": "The ferry Astrid Lund collided with a freighter in Kelmar Strait. All 212 people aboard are safe.",
    },
]


def expected() -> list[str]:
    return [story.headline for story in ng.stories(NEWS, now="2026-03-11")]


def test_pyarrow() -> None:
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pylist(NEWS)
    assert [s.headline for s in ng.stories(table, now="2026-03-11")] == expected()
    text = pa.array([row["text"] for row in NEWS])
    encoded = pa.table({"id": [1, 2], "text": text.dictionary_encode(), "views": [3, 4]})
    assert sorted(ng.stories(encoded)[0].articles) == ["1", "2"]
    large = pa.table({"text": text.cast(pa.large_string())})
    assert len(ng.stories(large)[0].articles) == 2


def test_pandas() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(NEWS)
    assert [s.headline for s in ng.stories(frame, now="2026-03-11")] == expected()
    assert [s.headline for s in ng.stories(frame.to_dict("records"), now="2026-03-11")] == expected()


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    assert [s.headline for s in ng.stories(pl.DataFrame(NEWS), now="2026-03-11")] == expected()


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pylist(NEWS)
    relation = duckdb.from_arrow(table).filter("id = 'a'")
    assert ng.stories(relation)[0].articles == ["a"]


def test_what_a_table_lacks_is_named() -> None:
    pa = pytest.importorskip("pyarrow")
    with pytest.raises(ng.NutgrafError, match="no column 'text'"):
        ng.stories(pa.table({"id": ["a"]}))
    with pytest.raises(TypeError, match="column \"text\""):
        ng.stories(pa.table({"text": [5]}))
    with pytest.raises(ng.NutgrafError, match="row 1"):
        ng.stories(pa.table({"text": ["A text.", None], "source": ["x", "y"]}))
    assert ng.stories(pa.table({"text": pa.array([], pa.string())})) == []


def test_a_single_column_of_texts_is_a_list_of_texts() -> None:
    pl = pytest.importorskip("polars")
    pd = pytest.importorskip("pandas")
    texts = [row["text"] for row in NEWS]
    for column in (pl.Series(texts), pd.Series(texts)):
        assert len(ng.stories(column)[0].articles) == 2


def test_dates_of_tables_are_those_of_dicts() -> None:
    pd = pytest.importorskip("pandas")
    pl = pytest.importorskip("polars")
    zone = "Europe/Berlin"
    moments = [pd.Timestamp("2026-07-01 09:30", tz=zone), pd.Timestamp("2026-01-10", tz="UTC"), pd.NaT]
    expected = ["2026-07-01T09:30:00+02:00", None]
    texts = ["One text of words.", "Another text of words."]
    frame = pd.DataFrame({"text": texts, "date": pd.Series([moments[0], moments[2]]).astype(f"datetime64[ns, {zone}]")})
    assert read(frame, "date") == expected
    assert [a["published"] for a in map(as_article, frame.to_dict("records"))] == expected
    assert read(pl.from_pandas(frame), "date") == expected
    plain = pd.DataFrame({"text": texts, "date": [pd.Timestamp("2026-07-01"), pd.NaT]})
    assert read(plain, "date") == [as_article(plain.to_dict("records")[0])["published"], None]
    days = pl.DataFrame({"text": texts, "date": [datetime.date(2026, 7, 1), None]})
    assert read(days, "date") == ["2026-07-01", None]


def as_article(record: dict[str, Any]) -> dict[str, Any]:
    import pyarrow as pa

    (row,) = pa.table(tables.read([record])).to_pylist()
    return {**row, "published": row["date"]}


def read(frame: Any, column: str) -> list[Any]:
    import pyarrow as pa

    return list(pa.table(tables.read(frame)).column(column).to_pylist())


def test_results_are_tables_that_all_of_them_read() -> None:
    pa = pytest.importorskip("pyarrow")
    pl = pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    articles = ng.read(SEEDS)
    found = tables.quotes(articles)
    rows = pa.table(found).to_pylist()
    flat = [(a.id, q.text, q.speaker, q.role, q.kind, q.confidence, q.rule) for a in articles for q in ng.quotes(a)]
    keys = ("id", "text", "speaker", "role", "kind", "confidence", "rule")
    assert [tuple(row[key] for key in keys) for row in rows] == flat
    spans = [[(s["start"], s["end"]) for s in row["spans"]] for row in rows]
    assert spans == [q.spans for a in articles for q in ng.quotes(a)]
    assert len(pl.DataFrame(found)) == len(found) == len(flat)
    theirs = pa.table(found)
    assert duckdb.sql("select count(*) from theirs").fetchall() == [(len(flat),)]
    stories = pa.table(tables.stories(articles, now="2026-03-11")).to_pylist()
    assert [(s["id"], s["articles"], s["duplicates"], s["outlets"], s["score"]) for s in stories] == [
        (s.id, s.articles, s.duplicates, s.outlets, s.score) for s in ng.stories(articles, now="2026-03-11")
    ]


def test_a_table_that_was_read_is_the_same_articles() -> None:
    """Pages have headings and lists, which their text alone does not show."""
    articles = ng.read(SEEDS)
    table = tables.read(articles)
    now = "2026-03-11T06:00:00Z"
    for form in ("md", "json"):
        assert ng.brief(table, now=now).render(form) == ng.brief(articles, now=now).render(form)  # type: ignore[arg-type]
    pa = pytest.importorskip("pyarrow")
    assert pa.table(tables.read(table)).drop_columns("warnings") == pa.table(table).drop_columns("warnings")


def test_sketches_are_those_of_the_program() -> None:
    pa = pytest.importorskip("pyarrow")
    command = [sys.executable, "-m", "nutgraf", "-q", "sketch", str(SEEDS)]
    lines = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout.splitlines()
    made = pa.table(tables.sketches(ng.read(SEEDS)))
    assert sorted(made.column("sketch").to_pylist()) == sorted(lines)
    assert [json.loads(line)["id"] for line in made.column("sketch").to_pylist()] == made.column("id").to_pylist()


def test_sketches_made_in_parts_are_grouped_like_their_articles() -> None:
    pa = pytest.importorskip("pyarrow")
    rows = list(invented.rows(300))
    expected = pa.table(tables.stories(rows, now=invented.NOW))
    parts = [pa.table(tables.sketches(rows[n::7])) for n in (3, 0, 6, 1, 5, 2, 4)]
    assert pa.table(tables.stories_of_sketches(pa.concat_tables(parts), now=invented.NOW)) == expected
    # A row that was given twice counts once.
    again = pa.concat_tables([*parts, parts[2]])
    assert pa.table(tables.stories_of_sketches(again, now=invented.NOW)) == expected
    nothing = pa.concat_tables(parts).slice(0, 0)
    assert len(tables.stories_of_sketches(nothing)) == len(tables.stories_of_sketches(tables.sketches([]))) == 0


def test_a_briefing_of_heads_is_that_of_the_articles() -> None:
    rows = list(invented.rows(2_000))
    asked: list[str] = []

    def texts(ids: list[str]) -> list[dict[str, Any]]:
        asked.extend(ids)
        return [row for row in rows if row["id"] in ids]

    heads = tables.heads(rows)
    for form in ("md", "json"):
        asked.clear()
        expected = ng.brief(rows, words=200, now=invented.NOW).render(form)  # type: ignore[arg-type]
        assert ng.brief(heads, words=200, now=invented.NOW, texts=texts).render(form) == expected  # type: ignore[arg-type]
        assert 0 < len(set(asked)) == len(asked) < len(rows)
    with pytest.raises(ng.NutgrafError, match="texts: returned no row with the id"):
        ng.brief(heads, now=invented.NOW, texts=lambda ids: texts(ids)[1:])
    with pytest.raises(KeyError, match="unreachable"):
        ng.brief(heads, now=invented.NOW, texts=lambda ids: {}["unreachable"])
    with pytest.raises(TypeError, match="articles: expected a table"):
        ng.brief(rows, texts=texts)
    assert len(ng.brief(tables.heads([]), now=invented.NOW, texts=texts)) == 0


def test_tables_that_are_not_sketches() -> None:
    pa = pytest.importorskip("pyarrow")
    made = pa.table(tables.sketches(["A text of one sentence.", "Another text."]))
    with pytest.raises(ng.NutgrafError, match="no column 'sketch'"):
        tables.stories_of_sketches(made.drop_columns("sketch"))
    with pytest.raises(TypeError, match='column "sketch": expected text, not Int64'):
        tables.stories_of_sketches(pa.table({"sketch": [5]}))
    for wrong in ([], None, "sketch", [{"sketch": "{}"}], made.column("sketch")):
        with pytest.raises(TypeError, match="expected a table"):
            tables.stories_of_sketches(wrong)  # type: ignore[arg-type]
    good = made.column("sketch")[0].as_py()
    for bad, reason in (
        (None, "has no sketch"),
        ("", "cut off"),
        (good[:50], "cut off"),
        ("[1]", "not a sketch"),
        (good.replace("nutgraf/sketch/", "nutgraf/sketch/9"), "version"),
    ):
        with pytest.raises(ng.NutgrafError, match=f"row 1: .*{reason}"):
            tables.stories_of_sketches(pa.table({"sketch": [good, bad]}))
    same_id = tables.sketches([{"id": "a", "text": "A text."}, {"id": "a", "text": "Another text."}])
    with pytest.raises(ng.NutgrafError, match="""two different articles have the id "a\""""):
        tables.stories_of_sketches(same_id)


def test_the_schema_of_the_tables_is_the_documented_one() -> None:
    pa = pytest.importorskip("pyarrow")
    page = (Path(__file__).parents[2] / "docs" / "python.md").read_text(encoding="utf-8")
    for table in (tables.read([]), tables.quotes([]), tables.sketches([]), tables.stories([])):
        for column in pa.table(table).schema:
            kind = str(column.type).replace("element: ", "").replace("item: ", "")
            assert f"`{column.name}` {kind}" in page, (column.name, kind)


def test_odd_tables() -> None:
    pd = pytest.importorskip("pandas")
    pa = pytest.importorskip("pyarrow")
    assert ng.stories(pd.DataFrame({"text": []}).astype(str)) == []
    with pytest.raises(ng.NutgrafError, match="no column 'text'"):
        ng.stories(pd.DataFrame())
    missing = pd.DataFrame({"text": ["A text.", float("nan")]})
    with pytest.raises(ng.NutgrafError, match="row 1: has no text"):
        ng.stories(missing)
    assert len(ng.stories(missing.dropna())) == 1
    # A column without any value has the type of a number in pandas.
    frame = pd.DataFrame({"text": ["A text."], "byline": [float("nan")], "lang": [None], "title": [pd.NA]})
    assert len(ng.stories(frame)) == 1
    with pytest.raises((TypeError, ng.NutgrafError, pa.ArrowException)):
        ng.stories(pd.DataFrame({"text": ["A text.", 5]}))
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        ng.stories(OldFrame())  # type: ignore[arg-type]
    chunks = pa.chunked_array([["One text."], ["Another text."]])
    named = ng.stories(pa.table({"text": chunks, "id": [2**40, 7]}))
    assert sorted(article for story in named for article in story.articles) == [str(2**40), "7"]


def test_columns_of_other_types_are_refused_by_name() -> None:
    pa = pytest.importorskip("pyarrow")
    pd = pytest.importorskip("pandas")
    text = ["A text.", "Another text."]
    for name, values in (
        ("text", [b"A text.", None]),
        ("text", [1.5, None]),
        ("text", [True, False]),
        ("text", [["A text."], None]),
        ("title", [{"a": 1}, None]),
        ("source", [1, 2]),
        ("lang", [b"en", b"de"]),
        ("date", [20260310, 20260311]),
        ("date", [1.5, float("nan")]),
        ("id", [1.5, 2.5]),
    ):
        with pytest.raises(TypeError, match=f'column "{name}": expected text, not '):
            ng.stories(pa.table({"text": text, name: values}))
    # Without the Arrow interface of the table, its cells are checked one by one.
    mixed = pd.DataFrame({"text": pd.Series(["A text.", 5], dtype=object)})
    with pytest.raises(TypeError, match=r"articles\[1\]\[\"text\"\]: expected str or None, not int"):
        ng.stories(mixed.to_dict("records"))


@pytest.mark.parametrize("call", [ng.stories, ng.brief, ng.summarize, tables.read, tables.quotes, tables.sketches])
def test_a_table_without_rows_gives_nothing(call: Any) -> None:
    pa = pytest.importorskip("pyarrow")
    for schema in ({"text": pa.string()}, {"id": pa.int64(), "title": pa.large_string(), "date": pa.timestamp("ns")}):
        table = pa.schema(list(schema.items())).empty_table()
        made = call(table, now="2026-03-11") if call is ng.brief else call(table)
        assert len(made) == 0


class OldFrame:
    """A data frame of the time before the Arrow interface; its items are the names of its columns."""

    columns = ("text",)

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)


def test_any_number_of_rows_is_read() -> None:
    """A column of one batch can hold 2 GiB of text, so results come in several."""
    pa = pytest.importorskip("pyarrow")
    text = "Town seven counted nine votes on Monday, officials said."
    given = pa.table({"id": list(range(ROWS)), "text": pa.array([text]).take(pa.array([0] * ROWS))})
    read = pa.table(tables.read(given, lang="en"))
    assert read.num_rows == ROWS and read.column("text").num_chunks > 1
    assert read.column("id").to_pylist() == [str(n) for n in range(ROWS)]


def test_a_million_rows_end_on_ctrl_c() -> None:
    pytest.importorskip("pyarrow")
    code = """
import os, signal, threading
import pyarrow as pa
import nutgraf as ng
table = pa.table({"text": [f"Town {n} counted {n} votes on Monday, officials said." for n in range(1_000_000)]})
threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    ng.stories(table)
except KeyboardInterrupt:
    os._exit(7)
os._exit(8)
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == 7
