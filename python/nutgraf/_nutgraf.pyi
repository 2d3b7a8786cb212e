import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, Union

__version__: str

class _ArrowTable(Protocol):
    def __arrow_c_stream__(self, requested_schema: object = ...) -> object: ...

_OneArticle = Union[str, Mapping[str, Any], "Article"]
_Articles = Union[_OneArticle, Iterable[_OneArticle], _ArrowTable]
_Time = Union[str, datetime.date, datetime.datetime]

class NutgrafError(ValueError):
    """What was asked cannot be done: an input that cannot be read, a setting that is refused."""

class Article:
    """An article: its text to the letter, and what is known about it.

    Parameters
    ----------
    text : str
        The text of record; every excerpt is a range of it.
    title, outlet, url : str, optional
        The headline, the outlet that published the article, and its address.
    date : str, datetime.date or datetime.datetime, optional
        The date of publication.
    lang : str, optional
        The code of the language; detected if it is not given.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.Article("Il traghetto è affondato.", outlet="Il Faro", lang="it").outlet
    'Il Faro'
    """

    def __init__(
        self,
        text: str,
        *,
        title: str | None = None,
        outlet: str | None = None,
        date: _Time | None = None,
        url: str | None = None,
        lang: str | None = None,
    ) -> None: ...
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def byline(self) -> str | None: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def lang(self) -> str: ...
    @property
    def warnings(self) -> list[str]: ...
    def to_dict(self) -> dict[str, Any]: ...

class Sentence:
    """A sentence of a summary: its text, its article, and its range in code points."""

    @property
    def text(self) -> str: ...
    @property
    def article(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...

class Summary:
    """A summary; ``str(summary)`` is its text."""

    @property
    def sentences(self) -> list[Sentence]: ...
    @property
    def text(self) -> str: ...
    @property
    def words(self) -> int: ...
    def __len__(self) -> int: ...

class Quote:
    """A quotation: its words, its speaker, and its place."""

    @property
    def text(self) -> str: ...
    @property
    def spans(self) -> list[tuple[int, int]]: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def speaker(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def kind(self) -> Literal["direct", "mixed", "indirect"]: ...
    @property
    def confidence(self) -> Literal["high", "medium", "low"]: ...
    @property
    def rule(self) -> str: ...

class Story:
    """The articles that report one event."""

    @property
    def id(self) -> str: ...
    @property
    def headline(self) -> str: ...
    @property
    def articles(self) -> list[str]: ...
    @property
    def duplicates(self) -> list[list[str]]: ...
    @property
    def outlets(self) -> list[str]: ...
    @property
    def score(self) -> float: ...
    def __len__(self) -> int: ...

class Briefing:
    """A briefing; notebooks show it as HTML."""

    @property
    def title(self) -> str: ...
    @property
    def words(self) -> int: ...
    @property
    def warnings(self) -> list[str]: ...
    def render(
        self, format: Literal["md", "html", "text", "json", "eml", "atom"] = "md"
    ) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def _repr_html_(self) -> str: ...
    def _repr_markdown_(self) -> str: ...
    def __len__(self) -> int: ...

class Fault:
    """One finding of a check."""

    @property
    def kind(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def quotation(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...

class Report:
    """What a check found; a report is true if there is no fault."""

    @property
    def ok(self) -> bool: ...
    @property
    def faults(self) -> list[Fault]: ...
    @property
    def notes(self) -> list[Fault]: ...
    def __bool__(self) -> bool: ...

def read(
    source: str | os.PathLike[str] | bytes,
    *,
    format: str | None = None,
    url: str | None = None,
    lang: str | None = None,
) -> list[Article]:
    """Read a file, a folder, or bytes, in any format that the program reads. No connection is opened.

    Parameters
    ----------
    source : str, os.PathLike or bytes
        A path, or the contents themselves.
    format : str, optional
        "text", "html", "md", "json", "jsonl", "csv", "feed" or "eml"; detected if it is not given.
    url : str, optional
        The address of articles that do not give their own.
    lang : str, optional
        The language of articles that do not give their own.

    Raises
    ------
    NutgrafError
        If there is no article in it, with the reason.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.read(b'{"title": "Bridge closed", "text": "The bridge is closed."}')[0].title
    'Bridge closed'
    """

def extract(html: str | bytes, *, url: str | None = None) -> Article | None:
    """Extract the article of one web page; None if the page holds none."""

def sentences(text: str, *, lang: str | None = None) -> list[str]:
    """Split a text into sentences.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.sentences("Dr. Vale left at 5 p.m. on Monday. Nobody followed.")
    ['Dr. Vale left at 5 p.m. on Monday.', 'Nobody followed.']
    """

def summarize(
    articles_or_text: _Articles,
    *,
    words: int | None = None,
    sentences: int | None = None,
    chars: int | None = None,
    ratio: float | None = None,
    topic: str | None = None,
    lang: str | None = None,
) -> Summary:
    """Choose the sentences that stand for one article, or for several articles of one event.

    Give one of `words`, `sentences`, `chars` and `ratio`; 100 words if none is given. A budget is never exceeded and
    no sentence is cut; the summary is empty if no sentence fits.
    """

def quotes(article_or_text: _OneArticle, *, lang: str | None = None) -> list[Quote]:
    """Find the quotations of an article and who said them.

    Examples
    --------
    >>> import nutgraf as ng
    >>> quote = ng.quotes('"The bridge stays closed," said Mayor Ana Quill.', lang="en")[0]
    >>> quote.speaker, quote.confidence
    ('Ana Quill', 'high')
    """

def stories(articles: _Articles, *, now: _Time | None = None) -> list[Story]:
    """Group articles into stories; the most important story comes first."""

def brief(
    articles: _Articles,
    *,
    words: int | None = None,
    minutes: float | None = None,
    stories: int | None = None,
    quotes: int | None = None,
    topic: str | Sequence[str] | None = None,
    now: _Time | None = None,
    title: str | None = None,
    template: str | None = None,
    lang: str | None = None,
    min_sources: int | None = None,
) -> Briefing:
    """Make a briefing: stories with their key sentences and quotes, ranked, within a budget.

    The bytes of a rendered briefing are those of ``nutgraf brief`` with the flags of the same names; `lang` is the
    language of headings and dates. `now` is the clock's time if it is not given.
    """

def verify(draft: str | Briefing, articles: _Articles) -> Report:
    """Check every quotation of a draft (Markdown, HTML or text), or every line of a briefing, against its articles."""

def use_threads(threads: int) -> None:
    """Use this many threads for all calls; 0 means one for each processor. Call it before anything else."""

def _articles(given: _Articles) -> list[Article]: ...
def _run(launcher: Sequence[str], arguments: Sequence[str]) -> int: ...
