#!/usr/bin/env python3
"""A benchmark for checkers of quotations and claims in news drafts:   benches/verify/run.py [--bin PATH] [--out FOLDER]

Builds the sources and drafts (`material.py`, seeded; invented articles and some of Wikinews), runs each system on each draft, and prints a table in Markdown:
how many honest drafts it accuses and how many forged ones it passes. With --out the drafts are kept, so that another system can be
run on them: FOLDER/sources/*.jsonl, FOLDER/drafts/*.md and FOLDER/drafts.jsonl (one {file, sources, honest, kind} a line).

Systems: nutgraf (exit status of `verify`, with --claims for claims), and two published methods written from their descriptions:
*substring*: a quotation holds if a source has it, case, punctuation and white space apart;
*parts anywhere*: the parts between ellipses and brackets each have to be somewhere in a source.
Needs Python 3.9 and nothing else.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import material

HONEST, OF_EACH_FORGERY, CLAIMED_ARTICLES = 2000, 60, 60
# The share of the forgeries that are made of Wikinews, if the kind needs no speaker.
OF_WIKINEWS = 0.3
SEEDS = pathlib.Path(__file__).parents[2] / "seeds"
# Frames for a quotation whose speaker is not known.
UNATTRIBUTED = ['"{}"', "> {}", 'The page says: "{}"', 'According to the page, "{}"', 'Note: "{}"', 'The {s} reported that "{}."']


def seed_sources():
    """The passages in quotation marks of the sample articles, as quotations without a known speaker."""
    for path in sorted(SEEDS.glob("*.txt")):
        for words in material.passages(path.read_text(encoding="utf-8")):
            yield path, words


def build(folder, r):
    """Writes sources and drafts; returns the list of drafts."""
    (folder / "sources").mkdir(parents=True)
    (folder / "drafts").mkdir()
    invented, wikinews = material.articles(120, r), list(material.wikinews())
    articles = invented + wikinews
    drafts = []

    def add(text, sources, honest, kind, part):
        ending = "html" if text.startswith("<") else "md"
        name = f"drafts/{len(drafts):05}.{ending}"
        (folder / name).write_text(text + "\n", encoding="utf-8")
        drafts.append({"file": name, "sources": sources, "honest": honest, "kind": kind, "part": part})

    def beside(n):
        """The article that is given beside another, of the same kind."""
        first, count = (0, len(invented)) if n < len(invented) else (len(invented), len(wikinews))
        return first + (n - first + 1) % count

    def sources(n):
        name = f"sources/{n:03}.jsonl"
        pair = [articles[n], articles[beside(n)]]
        (folder / name).write_text("".join(json.dumps(a.json()) + "\n" for a in pair), encoding="utf-8")
        return [name]

    files = [sources(n) for n in range(len(articles))]
    frames = list(material.FRAMES)
    of_seeds = list(seed_sources())
    for i in range(HONEST):
        frame = frames[i % len(frames)]
        if i % 10 == 9 and of_seeds:
            path, words = of_seeds[i // 10 % len(of_seeds)]
            add(r.choice(UNATTRIBUTED[:4]).format(words), [str(path)], True, "sample articles", "quotation")
            continue
        if i % 10 == 4:
            n = len(invented) + i // 10 % len(wikinews)
            words = r.choice(articles[n].quotations).words
            add(r.choice(UNATTRIBUTED).format(material.varied(words, r), s=articles[n].outlet), files[n], True, "Wikinews", "quotation")
            continue
        n = i % len(invented)
        add(material.honest(articles[n], r.choice(articles[n].quotations), frame, r), files[n], True, frame, "quotation")
    counts = collections.Counter()
    while any(counts[kind] < OF_EACH_FORGERY for kind in counts) or not counts:
        n = len(invented) + r.randrange(len(wikinews)) if r.random() < OF_WIKINEWS else r.randrange(len(invented))
        a, other = articles[n], articles[beside(n)]
        for kind, text in material.forgeries(a, r.choice(a.quotations), other, r):
            counts[kind] += 0
            if text and counts[kind] < OF_EACH_FORGERY:
                counts[kind] += 1
                add(text, files[n], False, kind, "quotation")
    for n in range(CLAIMED_ARTICLES):
        for kind, unchanged, changed in material.claims(invented[n], r):
            add(unchanged, files[n], True, kind, "claim")
            add(changed, files[n], False, kind, "claim")
    with (folder / "drafts.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(d) + "\n" for d in drafts)
    return drafts


def plain(text):
    """Letters and digits only, in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def quoted(draft):
    """The quotations of a draft, as a simple checker finds them: between marks, else a block quotation."""
    text = re.sub(r"<[^>]+>", " ", draft).replace("&ldquo;", "“").replace("&rdquo;", "”")
    found = [next(g for g in m.groups() if g) for m in material.MARKED.finditer(text)]
    block = [line[2:] for line in text.splitlines() if line.startswith("> ") and "—" not in line]
    return found or block


def texts(folder, draft):
    for name in draft["sources"]:
        path = folder / name
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in path.open(encoding="utf-8"))
        else:
            yield path.read_text(encoding="utf-8")


def substring(folder, draft):
    sources = [plain(t) for t in texts(folder, draft)]
    text = (folder / draft["file"]).read_text(encoding="utf-8")
    return not all(any(plain(q) in s for s in sources) for q in quoted(text))


def parts_anywhere(folder, draft):
    sources = [plain(t) for t in texts(folder, draft)]
    text = (folder / draft["file"]).read_text(encoding="utf-8")
    parts = [p for q in quoted(text) for p in re.split(r"…|\.\.\.|\[[^\]]*\]", q) if plain(p)]
    return not all(any(plain(p) in s for s in sources) for p in parts)


def nutgraf(binary):
    def accuses(folder, draft):
        more = ["--claims"] if draft["part"] == "claim" else []
        command = [binary, "verify", *more, folder / draft["file"], *(folder / s for s in draft["sources"]), "--now", "2031-12-31"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{draft['file']}: {done.stderr}")
        return done.returncode == 1

    return accuses


def share(wrong, total):
    return f"{100 * wrong / total:.1f} % ({wrong} of {total})" if total else "–"


def table(drafts, results):
    """The table: for each part, honest drafts accused and forged ones passed; then the kinds that a system passes."""
    lines = ["| | " + " | ".join(results) + " |", "|---|" + "---|" * len(results)]

    def row(name, chosen, wrong):
        cells = []
        for system in results.values():
            marks = [system[i] for i, d in enumerate(drafts) if chosen(d) and system[i] is not None]
            cells.append(share(sum(wrong(m) for m in marks), len(marks)))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")

    accused, passed = (lambda m: m), (lambda m: not m)
    row("honest quotations accused", lambda d: d["part"] == "quotation" and d["honest"], accused)
    row("forged quotations passed", lambda d: d["part"] == "quotation" and not d["honest"], passed)
    row("honest claims accused", lambda d: d["part"] == "claim" and d["honest"], accused)
    row("changed claims passed", lambda d: d["part"] == "claim" and not d["honest"], passed)
    kinds = dict.fromkeys((d["part"], d["honest"], d["kind"]) for d in drafts)
    for part, honest, kind in kinds:
        name = f"{'accused' if honest else 'passed'}: {kind}" + (" (claim)" if part == "claim" else "")
        row(name, lambda d: (d["part"], d["honest"], d["kind"]) == (part, honest, kind), accused if honest else passed)
    return "\n".join(lines)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--bin", default="target/release/nutgraf")
    a.add_argument("--out", type=pathlib.Path)
    a = a.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = a.out or pathlib.Path(temporary) / "benchmark"
        drafts = build(folder, random.Random(2031))
        systems = {"nutgraf": nutgraf(a.bin), "substring": substring, "parts anywhere": parts_anywhere}
        results = {}
        with ThreadPoolExecutor(2) as pool:
            for name, accuses in systems.items():
                looks = lambda d: accuses(folder, d) if name == "nutgraf" or d["part"] == "quotation" else None
                results[name] = list(pool.map(looks, drafts))
        print(table(drafts, results))


if __name__ == "__main__":
    main()
