"""Spark gives the stories and the briefing of the program, whatever the number of workers and the order of the rows.

The news are invented; SPARK_ARTICLES sets their number, 2,000 without it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import invented
import nutgraf as ng
import pytest

pytest.importorskip("pyspark")
pa = pytest.importorskip("pyarrow")
import pyarrow.parquet as pq  # noqa: E402
from pyspark.errors import PythonException  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402

from nutgraf import spark as ngs  # noqa: E402

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
PAGE = ROOT / "docs" / "spark.md"
ARTICLES = int(os.environ.get("SPARK_ARTICLES", "2000"))
FILES = 4


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    # Workers need the interpreter that has nutgraf.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    # The native Snappy of Spark's default cannot be loaded where the tools of musl are installed.
    builder = builder.config("spark.sql.parquet.compression.codec", "zstd")
    session = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "4g").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same invented news as files of Parquet, and as lines of JSON."""
    folder = tmp_path_factory.mktemp("news")
    parquet, lines = folder / "news.parquet", folder / "news.jsonl"
    parquet.mkdir()
    rows = list(invented.rows(ARTICLES))
    for n in range(FILES):
        pq.write_table(pa.Table.from_pylist(rows[n::FILES]), parquet / f"{n}.parquet", compression="zstd")
    with lines.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return parquet, lines


def program(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "nutgraf", "-q", *map(str, arguments)]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def test_the_stories_are_those_of_the_program(session: SparkSession, news: tuple[Path, Path]) -> None:
    parquet, lines = news
    records = map(json.loads, program("stories", "-t", "jsonl", "--now", invented.NOW, lines).splitlines())
    expected = {r["id"]: (r["headline"], r["articles"], r["duplicates"], r["sources"], r["score"]) for r in records}
    found = ngs.stories(session.read.parquet(str(parquet)), now=invented.NOW).collect()
    got = {r.id: (r.headline, r.articles, r.duplicates, r.outlets, r.score) for r in found}
    assert len(found) == len(got)
    assert got == expected
    members = [article for story in got.values() for article in story[1]]
    assert len(members) == len(set(members)) == ARTICLES
    assert len(got) < ARTICLES
    assert any(story[2] for story in got.values())


def test_sketches_can_be_stored_and_grouped_later(
    session: SparkSession, news: tuple[Path, Path], tmp_path: Path
) -> None:
    frame = session.read.parquet(str(news[0])).limit(500).cache()
    expected = {(r.id, tuple(r.articles), r.score) for r in ngs.stories(frame, now=invented.NOW).collect()}
    stored = str(tmp_path / "sketches.parquet")
    ngs.sketches(frame.repartition(3)).write.parquet(stored)
    later = session.read.parquet(stored)
    assert later.columns == ["id", "lang", "sketch"] and later.count() == 500
    found = ngs.stories(later.unionAll(later.limit(20)), now=invented.NOW).collect()
    assert {(r.id, tuple(r.articles), r.score) for r in found} == expected
    # The program groups the same sketches.
    lines = tmp_path / "sketches.jsonl"
    lines.write_text("\n".join(row.sketch for row in later.collect()) + "\n", encoding="utf-8")
    records = program("stories", "--sketches", lines, "-t", "jsonl", "--now", invented.NOW).splitlines()
    assert {(r["id"], tuple(r["articles"])) for r in map(json.loads, records)} == {each[:2] for each in expected}


def test_the_briefing_has_the_bytes_of_the_program(session: SparkSession, news: tuple[Path, Path]) -> None:
    parquet, lines = news
    frame = session.read.parquet(str(parquet))
    expected = program("brief", "--words", "400", "--now", invented.NOW, "-t", "md", lines)
    assert ngs.brief(frame, words=400, now=invented.NOW).render("md") == expected


def test_the_examples_of_the_page_run(session: SparkSession, tmp_path: Path) -> None:
    assert session is SparkSession.getActiveSession()
    rows = pa.Table.from_pylist(list(invented.rows(60)))
    pq.write_table(rows, tmp_path / "articles.parquet", compression="zstd")
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert blocks
    names: dict[str, Any] = {}
    for block in blocks:
        # A relative path is relative to the folder in which the Java process was started.
        placed = re.sub(r'"(\w+\.parquet)"', rf'"{tmp_path}/\1"', block)
        exec(compile(placed, str(PAGE), "exec"), names)
        assert names["stories"].count() > 5
    assert names["quotes"].count() > 5


def frame_of(session: SparkSession, rows: list[dict[str, Any]]) -> DataFrame:
    return session.createDataFrame(pa.Table.from_pylist(rows))


def test_pages_are_read_as_by_the_program(session: SparkSession) -> None:
    """Pages keep their headings and lists on the way through a data frame."""
    articles = ng.read(SEEDS)
    clean = ngs.read(frame_of(session, [without_nesting(a.to_dict()) for a in articles]).repartition(3))
    texts = {r.id: r.text for r in clean.collect()}
    assert texts == {a.id: a.text for a in articles}
    for form in ("md", "json"):
        expected = ng.brief(articles, now=invented.NOW).render(form)  # type: ignore[arg-type]
        assert ngs.brief(clean, now=invented.NOW).render(form) == expected  # type: ignore[arg-type]
    found = ngs.quotes(clean).collect()
    assert {(r.id, r.text, r.speaker, r.rule) for r in found} == {
        (a.id, q.text, q.speaker, q.rule) for a in articles for q in ng.quotes(a)
    }


def without_nesting(record: dict[str, Any]) -> dict[str, Any]:
    """A row of an article with its blocks; null columns would have no type."""
    keys = ("id", "origin", "url", "title", "source", "byline", "lang", "text", "blocks")
    return {**{key: record[key] for key in keys}, "date": record["published"]}


def test_odd_data_frames(session: SparkSession) -> None:
    empty = session.createDataFrame([], "id string, text string")
    assert ngs.stories(empty).collect() == []
    assert len(ngs.brief(empty, now=invented.NOW)) == 0
    with pytest.raises(PythonException, match="no column 'text'"):
        ngs.read(session.createDataFrame([("a",)], "id string")).collect()
    with pytest.raises(PythonException, match="has no text"):
        ngs.quotes(session.createDataFrame([("a", None)], "id string, text string")).collect()
    twice = session.createDataFrame([("a", "One text."), ("a", "Another text.")], "id string, text string")
    with pytest.raises(PythonException, match='two different articles have the id "a"'):
        ngs.stories(twice).collect()
    dated = session.sql("select 'a' as id, 'A text.' as text, timestamp'2026-03-10 08:30:00 UTC' as date")
    (row,) = ngs.read(dated).collect()
    assert row.date.startswith("2026-03-10T")
