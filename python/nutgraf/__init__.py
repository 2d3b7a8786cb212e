"""Extractive news summaries and briefings, with the key quotes and who said them.

nutgraf does not generate text: every sentence that it shows is a range of an article. ``verify`` checks this, also for
texts written by people or language models.

>>> import nutgraf as ng
>>> article = ng.Article("The ferry sank on Tuesday. All 212 passengers were saved.", title="Ferry sinks")
>>> str(ng.summarize(article, sentences=1))
'The ferry sank on Tuesday.'
"""

import os as _os
import sys as _sys

from nutgraf._nutgraf import (
    Article,
    Briefing,
    Fault,
    NutgrafError,
    Quote,
    Report,
    Sentence,
    Story,
    Summary,
    __version__,
    brief,
    extract,
    quotes,
    read,
    sentences,
    stories,
    summarize,
    use_threads,
    verify,
)
from nutgraf._nutgraf import _launch_with

# Custom templates run in a separate process. It is started by the path of its script, because `python -m` would also
# import modules from the current folder.
_launch_with([_sys.executable, _os.path.join(_os.path.dirname(__file__), "__main__.py")] if _sys.executable else [])

__all__ = [
    "Article",
    "Briefing",
    "Fault",
    "NutgrafError",
    "Quote",
    "Report",
    "Sentence",
    "Story",
    "Summary",
    "__version__",
    "brief",
    "extract",
    "quotes",
    "read",
    "sentences",
    "stories",
    "summarize",
    "use_threads",
    "verify",
]
