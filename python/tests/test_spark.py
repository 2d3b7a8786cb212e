"""Spark gives what the program gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nutgraf as ng
import pytest

pyspark = pytest.importorskip("pyspark")
from pyspark.sql import SparkSession  # noqa: E402

from nutgraf import spark as ngs  # noqa: E402

SEEDS = Path(__file__).parents[2] / "seeds"
NOW = "2026-03-11T06:00:00Z"


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    session = (
        SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2").getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    keys = ("id", "url", "title", "source", "byline", "date", "lang", "text")
    records = [article.to_dict() for article in ng.read(SEEDS)]
    return [{**{key: record.get(key) for key in keys}, "date": record["published"]} for record in records]


SCHEMA = "id string, url string, title string, source string, byline string, date string, lang string, text string"


def test_stories_and_briefing(session: SparkSession, rows: list[dict[str, Any]]) -> None:
    frame = session.createDataFrame([tuple(row.values()) for row in rows], SCHEMA).repartition(3)
    found = {(r.headline, tuple(r.articles), tuple(r.outlets)) for r in ngs.stories(frame, now=NOW).collect()}
    assert found == {(s.headline, tuple(s.articles), tuple(s.outlets)) for s in ng.stories(rows, now=NOW)}
    made = ngs.brief(frame, now=NOW, words=300)
    assert made.render("md") == ng.brief(rows, now=NOW, words=300).render("md")


def test_quotes_and_read(session: SparkSession, rows: list[dict[str, Any]]) -> None:
    frame = session.createDataFrame([tuple(row.values()) for row in rows], SCHEMA)
    found = {(r.id, r.text, r.speaker) for r in ngs.quotes(frame).collect()}
    assert found == {(row["id"], q.text, q.speaker) for row in rows for q in ng.quotes(row)}
    assert {r.id for r in ngs.read(frame).collect()} == {row["id"] for row in rows}
