"""nutgraf over Spark data frames, with the same results as the program on one machine.

The data frames have the columns of the JSON record of an article: ``id``, ``title``, ``text`` or ``html``, ``source``,
``byline``, ``date``, ``url``, ``lang``; columns that are missing are treated as empty. Ids must be unique.

>>> from nutgraf import spark as ngs                       # doctest: +SKIP
>>> articles = session.read.parquet("articles.parquet")    # doctest: +SKIP
>>> ngs.stories(articles).show()                           # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import nutgraf as ng
from nutgraf._nutgraf import _articles as _of_table

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["brief", "quotes", "read", "stories"]

_READ_SCHEMA = (
    "id string, url string, title string, source string, byline string, date string, lang string, text string"
)
_QUOTES_SCHEMA = (
    "id string, text string, spans array<struct<start:int, end:int>>, speaker string, role string, kind string, "
    "confidence string, rule string"
)
_STORIES_SCHEMA = (
    "id string, headline string, articles array<string>, duplicates array<array<string>>, outlets array<string>"
)


def read(frame: DataFrame) -> DataFrame:
    """Clean the articles: pages to text, languages detected, dates in ISO 8601.

    Returns
    -------
    DataFrame
        Columns ``id, url, title, source, byline, date, lang, text``.
    """

    def of_batch(batch: pa.RecordBatch) -> list[dict[str, Any]]:
        return [_record(article) for article in _articles(batch)]

    return _map(frame, of_batch, _READ_SCHEMA)


def quotes(frame: DataFrame) -> DataFrame:
    """Find the quotations of each article.

    Returns
    -------
    DataFrame
        A row a quotation: ``id`` of the article, ``text``, ``spans`` (code points), ``speaker``, ``role``, ``kind``,
        ``confidence``, ``rule``.
    """

    def of_batch(batch: pa.RecordBatch) -> list[dict[str, Any]]:
        return [
            {
                "id": article.id,
                "text": quote.text,
                "spans": [{"start": start, "end": end} for start, end in quote.spans],
                "speaker": quote.speaker,
                "role": quote.role,
                "kind": quote.kind,
                "confidence": quote.confidence,
                "rule": quote.rule,
            }
            for article in _articles(batch)
            for quote in ng.quotes(article)
        ]

    return _map(frame, of_batch, _QUOTES_SCHEMA)


def stories(frame: DataFrame, *, now: str | None = None) -> DataFrame:
    """Group the articles into stories: the articles of each language are grouped on one worker.

    Returns
    -------
    DataFrame
        A row a story: ``id, headline, articles, duplicates, outlets``.
    """
    import pyarrow as pa

    def group(table: pa.Table) -> pa.Table:
        rows = [
            {
                "id": story.id,
                "headline": story.headline,
                "articles": story.articles,
                "duplicates": story.duplicates,
                "outlets": story.outlets,
            }
            for story in ng.stories(_whole(table), now=now)
        ]
        return pa.Table.from_pylist(rows, schema=_arrow_schema(_STORIES_SCHEMA))

    return read(frame).groupBy("lang").applyInArrow(group, _STORIES_SCHEMA)


def brief(frame: DataFrame, **settings: Any) -> ng.Briefing:
    """Make a briefing of all articles; the settings are those of :func:`nutgraf.brief`.

    The articles are cleaned on the workers; the briefing is made on the driver.
    """
    return ng.brief(_whole(read(frame).toArrow()), **settings)


def _map(frame: DataFrame, of_batch: Any, schema: str) -> DataFrame:
    def map_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        # Spark runs a task for each core already.
        _one_thread()
        target = _arrow_schema(schema)
        for batch in batches:
            yield pa.RecordBatch.from_pylist(of_batch(batch), schema=target)

    return frame.mapInArrow(map_batches, schema)


def _one_thread() -> None:
    try:
        ng.use_threads(1)
    except ng.NutgrafError:
        pass  # this worker has set it before


def _articles(batch: pa.RecordBatch) -> list[ng.Article]:
    import pyarrow as pa

    return _of_table(pa.Table.from_batches([batch]))


def _record(article: ng.Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "source": article.outlet,
        "byline": article.byline,
        "date": article.published,
        "lang": article.lang,
        "text": article.text,
    }


def _whole(table: pa.Table) -> pa.Table:
    return table.sort_by("id")


def _arrow_schema(schema: str) -> pa.Schema:
    from pyspark.sql.pandas.types import to_arrow_schema
    from pyspark.sql.types import StructType

    return to_arrow_schema(StructType.fromDDL(schema))
