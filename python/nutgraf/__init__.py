"""Extractive news summaries and briefings, with the key quotes and who said them.

nutgraf never writes a sentence about the news: every line that it shows is a range of an article, and ``verify``
proves it, also for text that somebody else or a language model wrote.

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

# A template of the user runs in a process of its own. It is started by the path of its script, since `python -m` would
# also import modules of the current folder.
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
