#!/usr/bin/env python3
"""Times nutgraf against extractive tools of Python on the same invented articles, in one run.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install -r benches/peers/requirements.txt
    /tmp/peers/bin/python benches/peers/run.py [--articles 60] [--write]

CPU seconds, the least of several rounds. For the peers neither the start of Python nor imports and models count; for
nutgraf the whole process counts, on one thread. --write puts the table into benches/README.md.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "benches" / "README.md"
ROUNDS = 5


def least(work):
    """The least CPU seconds of several rounds of work in this process."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def process(*arguments):
    """The least CPU seconds of a whole process, and what it printed."""
    times, printed = [], ""
    for _ in range(ROUNDS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        printed = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times), printed


def summarizers(texts):
    """LexRank and TextRank of sumy, and summa, with sentences cut by one regular expression: their best case."""
    from summa.summarizer import summarize
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    class Plain(Tokenizer):
        def __init__(self):
            self._language = "english"

        def to_sentences(self, paragraph):
            return [s for s in re.split(r"(?<=[.!?])\s+", paragraph) if s]

        def to_words(self, sentence):
            return re.findall(r"[^\W\d_]+", sentence)

    def run(summarizer):
        for text in texts:
            parser = PlaintextParser.from_string(text, Plain())
            assert len(summarizer(parser.document, 3)) == 3

    stemmer = Stemmer("english")
    yield "sumy LexRank", least(lambda: run(LexRankSummarizer(stemmer)))
    yield "sumy TextRank", least(lambda: run(TextRankSummarizer(stemmer)))
    yield "summa TextRank", least(lambda: [summarize(text, words=100) for text in texts])


def extractors(pages):
    """trafilatura, to JSON with metadata."""
    import trafilatura

    def run():
        for page in pages:
            assert trafilatura.extract(page, output_format="json", with_metadata=True)

    yield "trafilatura", least(run)


def quoters(texts):
    """textacy over spaCy, with the small English model where it is installed."""
    import spacy
    from textacy.extract import direct_quotations

    if spacy.util.is_package("en_core_web_sm"):
        name, nlp = "textacy (en_core_web_sm)", spacy.load("en_core_web_sm", disable=["ner"])
    else:
        # Components of the same architecture cost the same; untrained ones find nothing.
        name, nlp = "textacy (untrained components)", spacy.blank("en")
        for component in ["tok2vec", "tagger", "parser"]:
            nlp.add_pipe(component)
        nlp.get_pipe("tagger").add_label("NN")
        for label in ["nsubj", "ROOT", "dobj", "det", "punct", "ccomp"]:
            nlp.get_pipe("parser").add_label(label)
        nlp.initialize()

    def run():
        for text in texts:
            for paragraph in nlp.pipe(text.split("\n\n")):
                try:
                    list(direct_quotations(paragraph))
                except ValueError:
                    pass  # an odd number of marks

    yield name, least(run)


def row(task, name, seconds, own, n):
    return f"| {task} | {name} | {1000 * seconds / n:.2f} | {1000 * own / n:.3f} | {seconds / own:.0f} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--bytes", type=int, default=6000)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    build = ["cargo", "build", "--release", "--quiet", "--locked"]
    subprocess.run(build + ["--bin", "nutgraf", "--example", "invented_news"], cwd=ROOT, check=True)
    release = ROOT / "target" / "release"
    with tempfile.TemporaryDirectory() as folder:
        made = [release / "examples" / "invented_news", str(args.articles), str(args.bytes), f"--folder={folder}"]
        subprocess.run(made, check=True)
        files = {kind: sorted(Path(folder).glob(f"*.{kind}")) for kind in ("txt", "html")}
        texts = [path.read_text() for path in files["txt"]]
        pages = [path.read_text() for path in files["html"]]
        lines = Path(folder) / "all.jsonl"
        title = lambda text: text.split("\n", 1)
        lines.write_text("".join(
            json.dumps({"id": str(n), "title": title(t)[0], "text": title(t)[1], "lang": "en"}) + "\n"
            for n, t in enumerate(texts)))
        nutgraf = [str(release / "nutgraf"), "-j", "1"]
        rows, n = [], args.articles
        own, printed = process(*nutgraf, "summarize", "--each", "--sentences", "3", str(lines))
        assert len(printed) > 100 * n
        rows += [row("summary of an article", name, seconds, own, n) for name, seconds in summarizers(texts)]
        own, printed = process(*nutgraf, "read", "-t", "jsonl", *map(str, files["html"]))
        assert len(printed.splitlines()) == n
        rows += [row("article of a page", name, seconds, own, n) for name, seconds in extractors(pages)]
        own, printed = process(*nutgraf, "quotes", "-t", "jsonl", str(lines))
        assert len(printed.splitlines()) >= n
        rows += [row("quotes of an article", name, seconds, own, n) for name, seconds in quoters(texts)]
    table = "\n".join([
        f"{n} invented articles of {args.bytes} bytes; CPU milliseconds per document, the minimum of {ROUNDS} rounds.",
        "",
        "| task | peer | peer ms | nutgraf ms | times as fast |",
        "|---|---|---|---|---|",
        *rows,
    ])
    print(table)
    if args.write:
        text = README.read_text()
        start, end = "<!-- peers -->", "<!-- end of peers -->"
        before, rest = text.split(start)
        README.write_text(f"{before}{start}\n{table}\n{end}{rest.split(end)[1]}")


if __name__ == "__main__":
    main()
