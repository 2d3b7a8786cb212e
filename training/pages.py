#!/usr/bin/env python3
"""Labels and scores for training the classifier of the blocks of web pages.

The blocks of a page (their texts, in reading order) are compared with the body of the article, which a person extracted from
the page. A block belongs to the body if the body contains at least half of its runs of four words. A block of fewer than four
words belongs to the body if it is a line of the body, or if the body contains it together with the end of the block before
it. If more blocks have the same text than the body contains, those nearest to other blocks of the body are chosen.
"""
import json
import re
from collections import Counter

TOKEN = re.compile(r"\w+")


def tokens(text):
    return TOKEN.findall(text or "")


def runs(words, n=4):
    return [tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)) if words[i:i + n]]


def labels(texts, gold):
    """Returns 1 for each block that belongs to the body, and 0 for the others."""
    body = tokens(gold)
    known = set(runs(body))
    lines = {tuple(tokens(line)) for line in gold.split("\n")}
    words = [tokens(text) for text in texts]
    found = []
    for i, w in enumerate(words):
        if not w:
            found.append(0)
        elif len(w) >= 4:
            r = runs(w)
            found.append(int(sum(x in known for x in r) >= 0.5 * len(r)))
        else:
            before = words[i - 1][-(4 - len(w)):] if i else []
            joined = tuple(before + w)
            found.append(int(tuple(w) in lines or (len(joined) == 4 and found[-1] and joined in known)))
    counts = Counter(runs(body))
    places = {}
    for i, w in enumerate(words):
        if found[i]:
            places.setdefault(tuple(w), []).append(i)
    long = [int(found[i] and len(words[i]) >= 8) for i in range(len(words))]
    for w, at in places.items():
        if len(at) < 2:
            continue
        wanted = sum(tuple(tokens(line)) == w for line in gold.split("\n")) or counts[w[:4]] or 1
        near = sorted(at, key=lambda i: (-sum(long[max(0, i - 6):i + 7]), i))
        for i in near[wanted:]:
            found[i] = 0
    return found


def score(pairs):
    """Returns precision, recall and F1 over runs of four words in (gold, text) pairs, and the share of exact matches."""
    ps, rs, exact = [], [], 0
    for gold, text in pairs:
        g, p = Counter(runs(tokens(gold))), Counter(runs(tokens(text)))
        both = sum((g & p).values())
        if p:
            ps.append(both / sum(p.values()))
        if g:
            rs.append(both / sum(g.values()))
        exact += tokens(gold) == tokens(text)
    p, r = sum(ps) / max(1, len(ps)), sum(rs) / max(1, len(rs))
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p + r else 0.0, "exact": exact / max(1, len(pairs))}


def read(features, gold_path):
    """Reads the output of the example `page_features` with the gold texts: (names, [(id, site, X, kinds, texts, gold)])."""
    gold = json.load(open(gold_path, encoding="utf-8"))
    pages, names = [], []
    for line in open(features, encoding="utf-8"):
        record = json.loads(line)
        if "names" in record:
            names = record["names"]
            continue
        key = re.sub(r".*/|\.html?$", "", record["path"])
        blocks = record["blocks"]
        site = re.sub(r"^https?://(www\.)?|/.*", "", gold[key].get("url") or key)
        pages.append((key, site, [b["x"] for b in blocks], [b["kind"] for b in blocks],
                      [b["text"] for b in blocks], gold[key]["articleBody"]))
    return names, pages
