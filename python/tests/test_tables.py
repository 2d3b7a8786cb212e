"""Articles in tables: the Arrow stream of pandas, polars, pyarrow and DuckDB."""

from __future__ import annotations

import datetime
from typing import Any

import nutgraf as ng
import pytest

ROWS: list[dict[str, Any]] = [
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
    return [story.headline for story in ng.stories(ROWS, now="2026-03-11")]


def test_pyarrow() -> None:
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pylist(ROWS)
    assert [s.headline for s in ng.stories(table, now="2026-03-11")] == expected()
    text = pa.array([row["text"] for row in ROWS])
    encoded = pa.table({"id": [1, 2], "text": text.dictionary_encode(), "views": [3, 4]})
    assert sorted(ng.stories(encoded)[0].articles) == ["1", "2"]
    large = pa.table({"text": text.cast(pa.large_string())})
    assert len(ng.stories(large)[0].articles) == 2


def test_pandas() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(ROWS)
    assert [s.headline for s in ng.stories(frame, now="2026-03-11")] == expected()
    assert [s.headline for s in ng.stories(frame.to_dict("records"), now="2026-03-11")] == expected()


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    assert [s.headline for s in ng.stories(pl.DataFrame(ROWS), now="2026-03-11")] == expected()


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    pa = pytest.importorskip("pyarrow")
    table = pa.Table.from_pylist(ROWS)
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
