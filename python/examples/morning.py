"""A morning's briefing: python morning.py FOLDER [OUTPUT.html]

Reads every article of a folder, whatever its format, and writes the briefing as a page; prints who said what.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nutgraf as ng


def brief(folder: Path, output: Path | None) -> ng.Briefing:
    """Make the briefing of a folder and write it to a file."""
    articles = ng.read(folder)
    briefing = ng.brief(articles, minutes=2, title="The morning")
    if output is not None:
        output.write_text(briefing.render("html"), encoding="utf-8")
    for article in articles:
        for quote in ng.quotes(article):
            if quote.speaker is not None and quote.confidence == "high":
                print(f"{article.outlet}: {quote.speaker}: {quote.text}")
    return briefing


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print(brief(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
