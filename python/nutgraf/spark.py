"""nutgraf over Spark data frames, with the same results as the program on one machine.

The data frames have the columns of the JSON record of an article: ``id``, ``title``, ``text`` or ``html``, ``source``,
``byline``, ``date``, ``url``, ``lang``, and optionally ``origin`` and ``blocks`` as in the output of :func:`read`.
Missing columns count as empty. Ids must be unique in the whole data frame.

Reading, quotations and sketches depend on a single article each, and run on the worker that has its row. Grouping needs
all articles of a language together, because word frequencies are counted over all of them; it uses the sketches, which
are computed on all workers.

>>> from nutgraf import spark as ngs                       # doctest: +SKIP
>>> articles = session.read.parquet("articles.parquet")    # doctest: +SKIP
>>> ngs.stories(articles).show()                           # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import nutgraf as ng
from nutgraf import tables

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

__all__ = ["brief", "quotes", "read", "sketches", "stories"]

_RANGES = "array<struct<start:int, end:int>>"
_READ_SCHEMA = (
    "id string, origin string, url string, title string, source string, byline string, date string, lang string, "
    "text string, blocks array<struct<kind:string, start:int, end:int>>, warnings array<string>"
)
_QUOTES_SCHEMA = (
    f"id string, text string, spans {_RANGES}, speaker string, role string, kind string, confidence string, rule string"
)
_HEADS_SCHEMA = (
    "id string, origin string, url string, title string, source string, byline string, date string, lang string, "
    "text string, sketch string"
)
_SKETCHES_SCHEMA = "id string, lang string, sketch string"
_STORIES_SCHEMA = (
    "id string, headline string, articles array<string>, duplicates array<array<string>>, outlets array<string>, "
    "score double"
)


def read(frame: DataFrame) -> DataFrame:
    """Clean the articles: text from pages, languages, dates in ISO 8601.

    Parameters
    ----------
    frame : DataFrame
        A row for each article.

    Returns
    -------
    DataFrame
        Columns ``id, origin, url, title, source, byline, date, lang, text, blocks, warnings``, which the other
        functions accept without reading the articles again.
    """
    return _map(frame, tables.read, _READ_SCHEMA)


def quotes(frame: DataFrame) -> DataFrame:
    """Find the quotations of each article.

    Parameters
    ----------
    frame : DataFrame
        A row for each article.

    Returns
    -------
    DataFrame
        A row for each quotation: ``id`` of the article, ``text``, ``spans`` (code points), ``speaker``, ``role``,
        ``kind``, ``confidence``, ``rule``.
    """
    return _map(frame, tables.quotes, _QUOTES_SCHEMA)


def sketches(frame: DataFrame) -> DataFrame:
    """Reduce each article to the data needed for grouping.

    Sketches can be stored, and grouped later together with those of other days.

    Parameters
    ----------
    frame : DataFrame
        A row for each article.

    Returns
    -------
    DataFrame
        A row for each article: ``id, lang, sketch``, the sketch as a line of ``nutgraf sketch``.
    """
    return _map(frame, tables.sketches, _SKETCHES_SCHEMA)


def stories(frame: DataFrame, *, now: str | None = None) -> DataFrame:
    """Group the articles into stories.

    The sketches of one language are grouped on one worker, which must have enough memory for them.

    Parameters
    ----------
    frame : DataFrame
        A row for each article, or the result of :func:`sketches`.
    now : str, optional
        The time relative to which the recency in ``score`` is measured; the time of the newest article of the language
        if it is not given.

    Returns
    -------
    DataFrame
        A row for each story: ``id, headline, articles, duplicates, outlets, score``.
    """

    def group(table: pa.Table) -> pa.Table:
        import pyarrow as pa

        _one_thread()
        return pa.table(tables.stories_of_sketches(table, now=now))

    made = frame if "sketch" in frame.columns else sketches(frame)
    return made.groupBy("lang").applyInArrow(group, _STORIES_SCHEMA)


def brief(frame: DataFrame, **settings: Any) -> ng.Briefing:
    """Make a briefing of all articles.

    The articles are read and sketched on the workers. The driver has to hold their metadata and sketches, and fetches the
    texts of the first stories only, or of all articles if a topic is given.

    Parameters
    ----------
    frame : DataFrame
        A row for each article.
    **settings
        The settings of :func:`nutgraf.brief`.

    Returns
    -------
    Briefing
    """
    from pyspark.sql.functions import col

    clean = read(frame)

    def texts(ids: list[str]) -> pa.Table:
        return clean.where(col("id").isin(ids)).toArrow()

    return ng.brief(_map(clean, tables.heads, _HEADS_SCHEMA).toArrow(), texts=texts, **settings)


def _map(frame: DataFrame, of_articles: Callable[[Any], tables.Table], schema: str) -> DataFrame:
    def map_batches(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        _one_thread()
        for batch in batches:
            yield from pa.table(of_articles(batch)).to_batches()

    return frame.mapInArrow(map_batches, schema)


def _one_thread() -> None:
    # Spark already runs one task for each core.
    ng.use_threads(1)
