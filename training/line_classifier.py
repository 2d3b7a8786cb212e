#!/usr/bin/env python3
"""Trains the classifier for the lines of page dumps, and evaluates it on pages from sites that it was not trained on.

    line_classifier.py PAGES DUMPER [--out FILE] [--trees N] [--depth N]

PAGES is a folder that contains gold.json ({id: {"articleBody", "title", "url", …}}) and text/<id>.txt, the visible text of
each page with one block per line. DUMPER is the built example `line_features`, which computes the features with the crate's
own code. Needs numpy.

The lines are labeled by aligning them with the body of the article, gradient-boosted trees learn P(body | features), and a
Viterbi pass with fixed costs selects the lines. The script prints the F1 over shingles of four words (the harmonic mean of
mean precision and mean recall) in cross-validation (five folds, all pages of a site in one fold), and then writes the trees
trained on all pages.
"""
import argparse, collections, json, random, re, statistics, subprocess, sys, urllib.parse
import numpy as np

TOKENS = re.compile(r"\w+")
BINS = 48


def tokens(text):
    return TOKENS.findall(text)


def shingles(words, n=4):
    return collections.Counter(tuple(words[i:i + n]) for i in range(max(1, len(words) - n + 1)) if words[i:i + n])


def site(url):
    host = urllib.parse.urlsplit(url or "").netloc.removeprefix("www.")
    return ".".join(host.split(".")[-2:])


def longest_increasing(pairs):
    """Returns the lines of the heaviest sequence of (line, place, weight) that increases in both line and place."""
    best = []
    for i, (line, place, weight) in enumerate(pairs):
        score, back = weight, -1
        for j in range(max(0, i - 400), i):
            if pairs[j][0] < line and pairs[j][1] < place and best[j][0] + weight > score:
                score, back = best[j][0] + weight, j
        best.append((score, back))
    if not best:
        return set()
    at = max(range(len(best)), key=lambda i: best[i][0])
    chosen = set()
    while at >= 0:
        chosen.add(pairs[at][0])
        at = best[at][1]
    return chosen


def label(lines, body):
    """Returns which lines belong to the body. They must occur in the body in the same order, each at a place of its own."""
    words = tokens(body)
    joined = " " + " ".join(words).lower() + " "
    places = {}
    at = 0
    for n, word in enumerate(words):
        places[at] = n
        at += len(word) + 1
    pairs = []
    for i, line in enumerate(lines):
        own = tokens(line)
        if not own:
            continue
        key = " " + " ".join(own).lower() + " "
        start = joined.find(key)
        found = 0
        while start >= 0 and found < 6:
            pairs.append((i, places.get(start, start), len(own)))
            found += 1
            start = joined.find(key, start + 1)
        if not found and len(own) >= 12:
            # The body may contain the line with different punctuation, or without a few of its words.
            gold = shingles([w.lower() for w in words])
            mine = shingles([w.lower() for w in own])
            if sum((gold & mine).values()) >= 0.7 * sum(mine.values()):
                first = next(s for s in mine if s in gold)
                start = joined.find(" " + " ".join(first) + " ")
                pairs.append((i, places.get(start, start), len(own)))
    pairs.sort()
    chosen = longest_increasing(pairs)
    return np.array([i in chosen for i in range(len(lines))])


def dump(dumper, files):
    output = subprocess.run([dumper, *files], capture_output=True, check=True).stdout.decode()
    return [json.loads(line) for line in output.splitlines()]


def short_forms(page, rng, folder, name):
    """Writes versions of the article with little or nothing of the page around it, like wire copy and pasted text."""
    inside = np.flatnonzero(page["y"])
    if len(inside) < 3:
        return []
    lines = page["lines"]
    forms = []
    for n, (before, after) in enumerate([(0, 0), (rng.randint(1, 6), rng.randint(0, 6))]):
        first, last = inside[0], inside[-1]
        lead = lines[max(0, first - before):first]
        keep = [i for i in range(first, last + 1) if page["y"][i] or n]
        if n == 0:
            lead = [page["gold"]["title"] or "Untitled"]
            keep = keep[:rng.randint(3, max(3, len(keep)))]
        tail = lines[last + 1:last + 1 + after] if n else []
        path = f"{folder}/{name}-{n}.txt"
        text = lead + [lines[i] for i in keep] + tail
        open(path, "w", encoding="utf-8").write("\n".join(text))
        y = [False] * len(lead) + [bool(page["y"][i]) for i in keep] + [False] * len(tail)
        forms.append((path, text, y))
    return forms


class Trees:
    def __init__(self, count, depth, rate=0.1, least=20.0, ridge=5.0, seed=7):
        self.count, self.depth, self.rate, self.least, self.ridge = count, depth, rate, least, ridge
        self.rng = np.random.default_rng(seed)
        self.trees, self.base = [], 0.0

    def fit(self, x, y, weight):
        self.cuts = [np.unique(np.quantile(x[:, f], np.linspace(0, 1, BINS + 1)[1:-1])) for f in range(x.shape[1])]
        binned = np.stack([np.searchsorted(c, x[:, f], side="left") for f, c in enumerate(self.cuts)]).astype(np.int64)
        mean = np.average(y, weights=weight)
        self.base = float(np.log(mean / (1 - mean)))
        score = np.full(len(y), self.base)
        for _ in range(self.count):
            p = 1 / (1 + np.exp(-score))
            used = self.rng.random(len(y)) < 0.7
            g, h = weight * (y - p) * used, weight * p * (1 - p) * used
            features = np.sort(self.rng.choice(x.shape[1], size=int(0.5 * x.shape[1]), replace=False))
            score += self.grow(binned, g, h, features)
        return self

    def grow(self, binned, g, h, features):
        """Grows one tree level by level; node n has the children 2n+1 and 2n+2. Returns the tree's value for every row."""
        inner = 2 ** self.depth - 1
        feature, cut = np.full(inner, -1), np.zeros(inner, dtype=np.int64)
        node = np.zeros(binned.shape[1], dtype=np.int64)
        for level in range(self.depth):
            first, width = 2 ** level - 1, 2 ** level
            here = (node - first)
            best_gain = np.full(width, 1e-3)
            for f in features:
                key = here * BINS + binned[f]
                gs = np.bincount(key, weights=g, minlength=width * BINS).reshape(width, BINS)
                hs = np.bincount(key, weights=h, minlength=width * BINS).reshape(width, BINS)
                gl, hl = gs.cumsum(1), hs.cumsum(1)
                gt, ht = gl[:, -1:], hl[:, -1:]
                gain = gl ** 2 / (hl + self.ridge) + (gt - gl) ** 2 / (ht - hl + self.ridge) - gt ** 2 / (ht + self.ridge)
                gain[(hl < self.least / 4) | (ht - hl < self.least / 4)] = -1
                at = gain.argmax(1)
                value = gain[np.arange(width), at]
                for n in np.flatnonzero(value > best_gain):
                    best_gain[n] = value[n]
                    feature[first + n], cut[first + n] = f, at[n]
            f = feature[node]
            right = np.zeros(len(node), dtype=bool)
            split = f >= 0
            rows = np.flatnonzero(split)
            right[rows] = binned[f[rows], rows] > cut[node[rows]]
            node = 2 * node + 1 + right
        leaf = node - inner
        gs = np.bincount(leaf, weights=g, minlength=inner + 1)
        hs = np.bincount(leaf, weights=h, minlength=inner + 1)
        value = self.rate * gs / (hs + self.ridge)
        limits = [float(np.inf) if feature[n] < 0 else float(self.cuts[feature[n]][min(cut[n], len(self.cuts[feature[n]]) - 1)]) for n in range(inner)]
        self.trees.append((np.maximum(feature, 0), np.array(limits, dtype=np.float32), value.astype(np.float32)))
        return value[leaf]

    def score(self, x):
        total = np.full(len(x), np.float32(self.base), dtype=np.float32)
        rows = np.arange(len(x))
        for feature, limit, value in self.trees:
            node = np.zeros(len(x), dtype=np.int64)
            for _ in range(self.depth):
                node = 2 * node + 1 + (x[rows, feature[node]] > limit[node])
            total += value[node - (2 ** self.depth - 1)]
        return total


# The costs of transitions in the Viterbi pass, in units of the score; the crate uses the same costs.
PRICES = {"enter": 2.0, "leave": 2.0, "gap": 1.0, "resume": 1.0}


def decode(score, prices=PRICES):
    """Selects the lines of the body. The states are: before the body, body, gap (an interruption of the body), and after it."""
    n = len(score)
    if n == 0:
        return np.zeros(0, dtype=bool)
    neg = -1e9
    moves = [  # from, to, price
        (0, 0, 0.0), (0, 1, prices["enter"]), (1, 1, 0.0), (1, 2, prices["gap"]), (2, 2, 0.0), (2, 1, prices["resume"]),
        (1, 3, prices["leave"]), (3, 3, 0.0)]
    best = np.array([0.0, neg, neg, neg])
    back = np.zeros((n, 4), dtype=int)
    for i in range(n):
        new = np.full(4, neg)
        for a, b, price in moves:
            value = best[a] - price + (score[i] if b == 1 else 0.0)
            if value > new[b]:
                new[b], back[i, b] = value, a
        best = new
    state = int(np.argmax(best))
    picked = np.zeros(n, dtype=bool)
    for i in range(n - 1, -1, -1):
        picked[i] = state == 1
        state = back[i, state]
    return picked


def f1(pages, picks):
    p, r = [], []
    for page, picked in zip(pages, picks):
        gold = page["shingles"]
        mine = shingles(tokens("\n".join(line for line, keep in zip(page["lines"], picked) if keep)))
        hit = sum((gold & mine).values())
        if sum(mine.values()):
            p.append(hit / sum(mine.values()))
        if sum(gold.values()):
            r.append(hit / sum(gold.values()))
    p, r = statistics.mean(p), statistics.mean(r)
    return 2 * p * r / (p + r), p, r


def weights(page):
    """Weights lines by their numbers of words, and pages equally, because F1 counts words and is averaged over pages."""
    w = np.array([min(len(tokens(line)), 80) + 2.0 for line in page["lines"]]) ** 0.6
    return page.get("weight", 1.0) * 300 * w / w.sum()


def train(pages, extra, a):
    rows = pages + extra
    return Trees(a.trees, a.depth).fit(
        np.concatenate([p["x"] for p in rows]), np.concatenate([p["y"] for p in rows]).astype(float),
        np.concatenate([weights(p) for p in rows]))


def write(model, path):
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Boosted trees that score whether a line of a page dump belongs to the body of the article.\n"
                  "# Origin: trained by training/line_classifier.py on the pages of the Web Content Extraction Benchmark\n"
                  "# (CC BY 4.0); this file contains none of their text. License: that of the project.\n"
                  "# The first line contains the depth and the base score. Each further line is a tree: `feature:limit` for\n"
                  "# each inner node (node n has the children 2n+1, taken if value <= limit, and 2n+2), `|`, and the value of\n"
                  "# each leaf.\n")
        out.write(f"{model.depth} {model.base:.5f}\n")
        for feature, limit, value in model.trees:
            nodes = " ".join(f"{f}:{'inf' if np.isinf(l) else format(float(l), '.6g')}" for f, l in zip(feature, limit))
            out.write(nodes + " | " + " ".join(f"{v:.4g}" for v in value) + "\n")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("pages"); p.add_argument("dumper"); p.add_argument("--out")
    p.add_argument("--trees", type=int, default=60); p.add_argument("--depth", type=int, default=4)
    p.add_argument("--folds", type=int, default=5); p.add_argument("--tune", action="store_true")
    p.add_argument("--work", default="/tmp")
    a = p.parse_args()
    gold = json.load(open(a.pages + "/gold.json", encoding="utf-8"))
    ids = sorted(gold)
    pages = dump(a.dumper, [f"{a.pages}/text/{k}.txt" for k in ids])
    rng = random.Random(11)
    extra_files = []
    for k, page in zip(ids, pages):
        page["gold"] = gold[k]; page["site"] = site(gold[k]["url"])
        page["x"] = np.array(page["features"], dtype=np.float32)
        page["y"] = label(page["lines"], gold[k]["articleBody"])
        page["shingles"] = shingles(tokens(gold[k]["articleBody"]))
        extra_files += [(page["site"], *form) for form in short_forms(page, rng, a.work, k)]
    extra = dump(a.dumper, [path for _, path, _, _ in extra_files])
    for page, (where, _, text, y) in zip(extra, extra_files):
        page["site"], page["weight"] = where, 0.3
        page["x"] = np.array(page["features"], dtype=np.float32)
        of_text = dict(zip(text, y))
        page["y"] = np.array([of_text.get(line, True) for line in page["lines"]])
    pages = [p for p in pages if p["lines"]]  # the dump of a page that consists of scripts is empty
    print(f"{len(pages)} pages, {sum(len(p['lines']) for p in pages)} lines, {sum(p['y'].sum() for p in pages)} of bodies")
    print("labels     F1 %.4f  P %.4f  R %.4f" % f1(pages, [p["y"] for p in pages]))
    sites = sorted({p["site"] for p in pages}); rng.shuffle(sites)
    fold = {s: i % a.folds for i, s in enumerate(sites)}
    for k in range(a.folds):
        model = train([p for p in pages if fold[p["site"]] != k], [p for p in extra if fold[p["site"]] != k], a)
        for page in pages + extra:
            if fold[page["site"]] == k:
                page["score"] = model.score(page["x"])
    if a.tune:
        tune(pages)
    print("out of fold F1 %.4f  P %.4f  R %.4f   (no Viterbi: %.4f)" % (*f1(pages, [decode(p["score"]) for p in pages]), f1(pages, [p["score"] > 0 for p in pages])[0]))
    agree = np.concatenate([decode(p["score"]) == p["y"] for p in extra])
    print(f"short forms, lines right: {agree.mean():.4f}")
    model = train(pages, extra, a)
    print("in sample   F1 %.4f  P %.4f  R %.4f" % f1(pages, [decode(model.score(p["x"])) for p in pages]))
    if a.out:
        write(model, a.out)


def tune(pages):
    found = []
    for enter in (1, 2, 3, 4):
        for leave in (1, 2, 3, 5):
            for gap in (0.3, 0.7, 1, 1.5, 2):
                for resume in (0.3, 0.7, 1, 1.5, 2):
                    prices = {"enter": enter, "leave": leave, "gap": gap, "resume": resume}
                    found.append((f1(pages, [decode(p["score"], prices) for p in pages]), prices))
    for (f, p, r), prices in sorted(found, key=lambda x: -x[0][0])[:6]:
        print(f"  {f:.4f} {p:.4f} {r:.4f} {prices}")


if __name__ == "__main__":
    main()
