"""Results as Arrow tables, for data frames: a row for each article, quotation or story.

A :class:`Table` has ``__arrow_c_stream__``, so that ``polars.DataFrame(table)``, ``pyarrow.table(table)`` and, from pandas
3, ``pandas.DataFrame.from_arrow(table)`` read it without a copy through Python objects. The functions take lists and
tables like those of :mod:`nutgraf`, and :mod:`nutgraf.spark` returns the same columns.

>>> from nutgraf import tables
>>> table = tables.read([{"title": "Bridge closed", "text": "The bridge is closed.", "lang": "en"}])
>>> len(table), table.column_names[:4]
(1, ['id', 'origin', 'url', 'title'])
"""

from nutgraf._nutgraf import Table
from nutgraf._nutgraf import _articles_table as read
from nutgraf._nutgraf import _heads_table as heads
from nutgraf._nutgraf import _quotes_table as quotes
from nutgraf._nutgraf import _sketch_stories_table as stories_of_sketches
from nutgraf._nutgraf import _sketches_table as sketches
from nutgraf._nutgraf import _stories_table as stories

__all__ = ["Table", "heads", "quotes", "read", "sketches", "stories", "stories_of_sketches"]
