import datetime
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, Protocol, Union, final

__version__: str

class _ArrowTable(Protocol):
    def __arrow_c_stream__(self, requested_schema: object = ...) -> object: ...

_OneArticle = Union[str, Mapping[str, Any], "Article"]
_Articles = Union[_OneArticle, Iterable[_OneArticle], _ArrowTable]
_Time = Union[str, datetime.date, datetime.datetime]

class NutgrafError(ValueError):
    """Raised for input that cannot be read, and for invalid settings."""

@final
class Article:
    """An article: its verbatim text, and its metadata.

    Parameters
    ----------
    text : str
        The text of record; every excerpt is a range of it.
    title : str, optional
        The headline.
    outlet : str, optional
        The name of the outlet that published the article.
    date : str, datetime.date or datetime.datetime, optional
        The date of publication.
    url : str, optional
        The URL.
    lang : str, optional
        The language code; detected if it is not given.

    Examples
    --------
    >>> import nutgraf as ng
    >>> article = ng.Article("Il traghetto è affondato.", outlet="Il Faro", date="2026-03-10", lang="it")
    >>> article.outlet, article.published
    ('Il Faro', '2026-03-10')
    """

    def __new__(
        cls,
        text: str,
        *,
        title: str | None = None,
        outlet: str | None = None,
        date: _Time | None = None,
        url: str | None = None,
        lang: str | None = None,
    ) -> Article: ...
    @property
    def id(self) -> str:
        """The id: the one given in the input, or a hash of outlet, title and text."""
    @property
    def text(self) -> str:
        """The text of record; every excerpt is a range of it."""
    @property
    def title(self) -> str:
        """The headline; empty if the source has none."""
    @property
    def byline(self) -> str | None:
        """The author or authors, without "By"."""
    @property
    def outlet(self) -> str | None:
        """The name of the outlet, or otherwise the host of the URL."""
    @property
    def published(self) -> str | None:
        """The date of publication in ISO 8601: a day, or a date and time with a UTC offset."""
    @property
    def url(self) -> str | None:
        """The URL."""
    @property
    def lang(self) -> str:
        """The language code; "und" if the language is unknown."""
    @property
    def warnings(self) -> list[str]:
        """The repairs made and the problems found when the article was read."""
    def to_dict(self) -> dict[str, Any]:
        """Return the article in the form that `nutgraf read -t json` writes.

        Returns
        -------
        dict
            The text, metadata, blocks and sentences. The dict can be passed wherever an article can.

        Examples
        --------
        >>> import nutgraf as ng
        >>> ng.Article("The ferry sank. All were saved.", lang="en").to_dict()["sentences"]
        [[0, 15], [16, 31]]
        """

@final
class Sentence:
    """A sentence of a summary: its text, the id of its article, and its range in code points."""

    @property
    def text(self) -> str:
        """The sentence, verbatim."""
    @property
    def article(self) -> str:
        """The id of the article."""
    @property
    def start(self) -> int:
        """The start of the sentence in its article, in code points."""
    @property
    def end(self) -> int:
        """The end of the sentence in its article, exclusive."""

@final
class Summary:
    """A summary; `str(summary)` is its text."""

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences, in reading order."""
    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
    @property
    def words(self) -> int:
        """The number of words."""
    def __len__(self) -> int: ...

@final
class Quote:
    """A quotation: its words, its speaker, and its ranges in code points."""

    @property
    def text(self) -> str:
        """The words inside the outermost quotation marks; several parts are joined by " … "."""
    @property
    def spans(self) -> list[tuple[int, int]]:
        """The range of each part in code points."""
    @property
    def start(self) -> int:
        """The start of the first part, in code points."""
    @property
    def end(self) -> int:
        """The end of the last part, exclusive."""
    @property
    def speaker(self) -> str | None:
        """The name of the speaker; None if no rule identifies one."""
    @property
    def role(self) -> str | None:
        """The role of the speaker."""
    @property
    def kind(self) -> Literal["direct", "mixed", "indirect"]:
        """"direct", "mixed" or "indirect"."""
    @property
    def confidence(self) -> Literal["high", "medium", "low"]:
        """"high", "medium" or "low": the confidence in the attribution."""
    @property
    def rule(self) -> str:
        """The rule that identified the speaker, or the reason why none did."""

@final
class Story:
    """The articles that report one event."""

    @property
    def id(self) -> str:
        """The id of the story."""
    @property
    def headline(self) -> str:
        """The best headline among the titles of the articles."""
    @property
    def articles(self) -> list[str]:
        """The ids of all articles, near-copies included."""
    @property
    def duplicates(self) -> list[list[str]]:
        """Groups of near-copies; the first of a group represents the others."""
    @property
    def outlets(self) -> list[str]:
        """The outlets, sorted."""
    @property
    def score(self) -> float:
        """The importance of the story."""
    def __len__(self) -> int: ...

@final
class Briefing:
    """A briefing: stories with their key sentences and quotes.

    `str(briefing)` is its plain text; notebooks display it as HTML.
    """

    @property
    def title(self) -> str:
        """The title of the briefing."""
    @property
    def words(self) -> int:
        """The number of words in the body."""
    @property
    def warnings(self) -> list[str]:
        """The omissions from the briefing, with their reasons."""
    def render(
        self,
        format: Literal["md", "html", "text", "json", "eml", "atom"] = "md",
        *,
        mail_from: str | None = None,
        mail_to: str | None = None,
    ) -> str:
        """Render the briefing.

        Parameters
        ----------
        format : {"md", "html", "text", "json", "eml", "atom"}
            The format: Markdown, HTML, plain text, the JSON record, an email, or an Atom feed.
        mail_from, mail_to : str, optional
            The sender and the recipients of the email; recipients are separated by commas. The default for both is
            "nutgraf@localhost".

        Returns
        -------
        str
            The output of `nutgraf brief` for the same articles and settings.

        Examples
        --------
        >>> import nutgraf as ng
        >>> article = ng.Article("The ferry sank on Tuesday. All were saved.", title="Ferry sinks", lang="en")
        >>> briefing = ng.brief([article], words=50, title="The Letter", now="2026-03-11T06:00:00Z")
        >>> briefing.render("text").splitlines()[0]
        'The Letter'
        """
    def to_dict(self) -> dict[str, Any]:
        """Return the briefing in the form that `nutgraf brief -t json` writes.

        Examples
        --------
        >>> import nutgraf as ng
        >>> article = ng.Article("The ferry sank on Tuesday. All were saved.", title="Ferry sinks", lang="en")
        >>> briefing = ng.brief([article], words=50, now="2026-03-11T06:00:00Z").to_dict()
        >>> briefing["schema"], briefing["stories"][0]["headline"]["text"]
        ('nutgraf/briefing/1', 'Ferry sinks')
        """
    def _repr_html_(self) -> str: ...
    def _repr_markdown_(self) -> str: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...

@final
class Fault:
    """A finding of a check."""

    @property
    def kind(self) -> str:
        """The kind of finding, such as "altered" or "speaker"."""
    @property
    def code(self) -> str:
        """The rule that found it; `nutgraf verify --explain CODE` explains it."""
    @property
    def message(self) -> str:
        """The problem as a sentence."""
    @property
    def quotation(self) -> str | None:
        """The words of the draft."""
    @property
    def source(self) -> str | None:
        """The words of the source with which the draft was compared."""
    @property
    def start(self) -> int | None:
        """The start of the finding in the draft, in code points; None in a briefing."""
    @property
    def end(self) -> int | None:
        """The end of the finding in the draft, exclusive; None in a briefing."""

@final
class Report:
    """The result of a check; true if there are no faults."""

    @property
    def ok(self) -> bool:
        """Whether the check found no faults."""
    @property
    def faults(self) -> list[Fault]:
        """The faults, in the order of the draft."""
    @property
    def notes(self) -> list[Fault]:
        """The findings that are not faults but should be reviewed."""
    def corrections(self) -> list[str]:
        """Return an instruction for each fault, for the person or model that corrects the draft.

        Examples
        --------
        >>> import nutgraf as ng
        >>> source = ng.Article('"The bridge stays closed," said Mayor Ana Quill on Monday.', lang="en")
        >>> report = ng.verify('Mayor Ana Quill said: "The bridge stays open."', [source])
        >>> len(report.corrections())
        1
        """
    def to_dict(self) -> dict[str, Any]:
        """Return the report in the form that `nutgraf verify -t json` writes.

        Examples
        --------
        >>> import nutgraf as ng
        >>> source = ng.Article('"The bridge stays closed," said Mayor Ana Quill on Monday.', lang="en")
        >>> report = ng.verify('Mayor Ana Quill said: "The bridge stays open."', [source]).to_dict()
        >>> report["findings"][0]["kind"]
        'altered'
        """
    def __bool__(self) -> bool: ...

@final
class Table:
    """A table of results with `__arrow_c_stream__`, which pandas, polars, pyarrow and DuckDB read.

    Examples
    --------
    >>> import nutgraf as ng
    >>> from nutgraf import tables
    >>> table = tables.quotes(['"The bridge stays closed," said Mayor Ana Quill on Monday.'])
    >>> len(table), table.column_names[:2]
    (1, ['id', 'text'])
    """

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

def read(
    source: str | os.PathLike[str] | bytes,
    *,
    format: str | None = None,
    url: str | None = None,
    lang: str | None = None,
) -> list[Article]:
    """Read a file, a folder, or bytes, in any supported format.

    This opens no network connections.

    Parameters
    ----------
    source : str, os.PathLike or bytes
        A path, or the contents as bytes.
    format : str, optional
        "text", "html", "md", "json", "jsonl", "csv", "feed" or "eml"; detected if it is not given.
    url : str, optional
        The URL of articles that do not state their own.
    lang : str, optional
        The language of articles that do not state their own.

    Returns
    -------
    list of Article

    Raises
    ------
    NutgrafError
        If the source contains no article; the message gives the reason.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.read(b'{"title": "Bridge closed", "text": "The bridge is closed."}')[0].title
    'Bridge closed'
    """

def extract(html: str | bytes, *, url: str | None = None) -> Article | None:
    """Extract the article from one web page.

    Parameters
    ----------
    html : str or bytes
        The page.
    url : str, optional
        The URL of the page.

    Returns
    -------
    Article or None
        None if the page has no article.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.extract("<html><body></body></html>") is None
    True
    """

def sentences(text: str, *, lang: str | None = None) -> list[str]:
    """Split a text into sentences.

    Parameters
    ----------
    text : str
        The text.
    lang : str, optional
        The code of the text's language; detected if it is not given.

    Returns
    -------
    list of str

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
    """Choose the sentences that summarize one article, or several articles about one event.

    The budget is never exceeded, and no sentence is shortened; the summary is empty if no sentence fits.

    Parameters
    ----------
    articles_or_text : str, dict, Article, list of them, or table
        The article or articles.
    words, sentences, chars : int, optional
        The budget. Give one of the three, or `ratio`; the default is 100 words.
    ratio : float, optional
        The budget as a share of the words of the articles, above 0 and up to 1.
    topic : str, optional
        Words of a topic that the summary should favor.
    lang : str, optional
        The language of articles that do not state their own.

    Returns
    -------
    Summary
        ``str(summary)`` is its text.

    Examples
    --------
    >>> import nutgraf as ng
    >>> text = "The ferry sank on Tuesday, the coast guard said. The sea was calm."
    >>> str(ng.summarize(text, sentences=1))
    'The ferry sank on Tuesday, the coast guard said.'
    """

def quotes(article_or_text: _OneArticle, *, lang: str | None = None) -> list[Quote]:
    """Find the quotations in an article and who said them.

    Parameters
    ----------
    article_or_text : str, dict or Article
        The article.
    lang : str, optional
        The language of an article that does not state its own.

    Returns
    -------
    list of Quote

    Examples
    --------
    >>> import nutgraf as ng
    >>> quote = ng.quotes('"The bridge stays closed," said Mayor Ana Quill.', lang="en")[0]
    >>> quote.speaker, quote.confidence
    ('Ana Quill', 'high')
    """

def stories(articles: _Articles, *, now: _Time | None = None) -> list[Story]:
    """Group articles into stories. A story consists of the articles that report one event.

    Parameters
    ----------
    articles : list or table
        Texts, dicts or articles, or the rows of a table.
    now : str, datetime.date or datetime.datetime, optional
        The time relative to which recency is measured; the time of the newest article if it is not given.

    Returns
    -------
    list of Story
        The most important story comes first.

    Examples
    --------
    >>> import nutgraf as ng
    >>> texts = [
    ...     "A ferry and a freighter collided in Kelmar Strait on Tuesday. The ferry carried 212 people.",
    ...     "The ferry collided with a freighter in Kelmar Strait. All 212 people aboard are safe.",
    ... ]
    >>> [len(story) for story in ng.stories(texts)]
    [2]
    """

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
    template: str | os.PathLike[str] | None = None,
    lang: str | None = None,
    min_sources: int | None = None,
    texts: Callable[[list[str]], _Articles] | None = None,
) -> Briefing:
    """Make a briefing: ranked stories with their key sentences and quotes, within a budget.

    A rendered briefing equals the output of ``nutgraf brief`` with the flags of the same names. The user's
    configuration and environment variables are not read.

    Parameters
    ----------
    articles : list or table
        Texts, dicts or articles, or the rows of a table.
    words : int, optional
        The budget in words.
    minutes : float, optional
        The budget as reading time, in minutes.
    stories, quotes : int, optional
        The maximum number of stories, and of quotes for each story.
    topic : str or list of str, optional
        Words of a topic; the briefing contains only stories about the topic, in a section of that name.
    now : str, datetime.date or datetime.datetime, optional
        The date of the briefing; the current time if it is not given.
    title : str, optional
        The title of the briefing.
    template : str, optional
        The name of a built-in template, or the path to your own.
    lang : str, optional
        The language of headings and dates.
    min_sources : int, optional
        The minimum number of outlets for each story.
    texts : callable, optional
        A function for articles whose texts are stored elsewhere: it takes a list of ids and returns the articles in the
        form that :func:`nutgraf.tables.read` makes. ``articles`` is then a table of heads
        (:func:`nutgraf.tables.heads`). Only the articles of the first stories are requested, or all articles if a topic
        is given.

    Returns
    -------
    Briefing

    Examples
    --------
    >>> import nutgraf as ng
    >>> article = ng.Article("The ferry sank on Tuesday. All 212 passengers were saved.", title="Ferry sinks", lang="en")
    >>> briefing = ng.brief([article], words=50, now="2026-03-11T06:00:00Z")
    >>> print(briefing.render("md").splitlines()[0])
    # Briefing 2026-03-11
    """

def verify(draft: str | Briefing, articles: _Articles, *, claims: bool = False) -> Report:
    """Check every quotation of a draft, or every line of a briefing, against its sources.

    Parameters
    ----------
    draft : str or Briefing
        A text (Markdown, HTML or plain text), or a briefing.
    articles : list or table
        The sources: texts, dicts or articles, or the rows of a table.
    claims : bool
        Also compare the numbers, dates and names outside quotation marks.

    Returns
    -------
    Report
        True if there are no faults; ``report.corrections()`` lists the corrections that the draft needs.

    Examples
    --------
    >>> import nutgraf as ng
    >>> source = ng.Article('"The bridge stays closed," said Mayor Ana Quill on Monday.', lang="en")
    >>> ng.verify('Mayor Ana Quill said: "The bridge stays closed."', [source]).ok
    True
    >>> ng.verify('Mayor Ana Quill said: "The bridge stays open."', [source]).faults[0].kind
    'altered'
    """

def use_threads(threads: int) -> None:
    """Set the number of threads for later calls.

    Parameters
    ----------
    threads : int
        The number of threads, up to 4096; 0 means one for each processor. Results do not depend on the number.

    Examples
    --------
    >>> import nutgraf as ng
    >>> ng.use_threads(1)
    >>> ng.use_threads(0)
    """

def _articles_table(articles: _Articles, *, lang: str | None = None) -> Table: ...
def _quotes_table(articles: _Articles, *, lang: str | None = None) -> Table: ...
def _heads_table(articles: _Articles, *, lang: str | None = None) -> Table: ...
def _sketches_table(articles: _Articles, *, lang: str | None = None) -> Table: ...
def _stories_table(articles: _Articles, *, now: _Time | None = None) -> Table: ...
def _sketch_stories_table(sketches: _ArrowTable, *, now: _Time | None = None) -> Table: ...
def _run(arguments: Sequence[str]) -> int: ...
def _launch_with(launcher: Sequence[str]) -> None: ...
