#!/usr/bin/env python3
"""Trains the classifier for the blocks of web pages: train_pages.py FEATURES.jsonl GOLD.json [WEIGHTS]

FEATURES.jsonl is the output of `cargo run --release --example page_features -- PAGES…`; GOLD.json maps the name of a page to
{"articleBody": …, "url": …}. The script trains boosted trees of a fixed depth with the logistic loss (Friedman, Greedy function
approximation: a gradient boosting machine, Annals of Statistics 29, 2001), evaluates them by cross-validation with all pages of
a site in one fold, and writes the trees trained on all pages to WEIGHTS. The random numbers are seeded, so the same input gives
the same file.
"""
import sys
import zlib

import numpy as np

from pages import labels, read, score, tokens

TREES, DEPTH, RATE, BINS = 80, 4, 0.13, 32
MIN_WEIGHT, RIDGE, COLUMNS, ROWS, FOLDS = 12.0, 6.0, 0.4, 0.6, 5


def bins_of(x):
    """Returns the candidate thresholds of each feature: quantiles of its values, or the midpoints between them if they are few."""
    cuts = []
    for column in x.T:
        values = np.unique(column)
        if len(values) > BINS:
            values = np.unique(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1]))
            cuts.append(values)
        else:
            cuts.append((values[1:] + values[:-1]) / 2)
    return [c.astype(np.float32) for c in cuts]


def binned(x, cuts):
    return np.stack([np.searchsorted(c, column, side="right") for c, column in zip(cuts, x.T)], 1).astype(np.int64)


def grow(b, grad, hess, cuts, rng):
    """Grows a tree of full depth. Returns (feature, threshold, bin) for each inner node, and the values of the leaves."""
    n, f = b.shape
    chosen = np.sort(rng.choice(f, max(1, int(f * COLUMNS)), replace=False))
    rows = rng.random(n) < ROWS
    sub, g, h = b[rows][:, chosen], grad[rows], hess[rows]
    offsets = np.arange(len(chosen)) * BINS
    node = np.zeros(len(g), np.int64)
    splits = []
    for depth in range(DEPTH):
        k = 2 ** depth
        key = ((node * len(chosen) * BINS)[:, None] + offsets + sub).ravel()
        size = k * len(chosen) * BINS
        hg = np.bincount(key, np.repeat(g, len(chosen)), size).reshape(k, len(chosen), BINS)
        hh = np.bincount(key, np.repeat(h, len(chosen)), size).reshape(k, len(chosen), BINS)
        gl, hl = hg.cumsum(2)[:, :, :-1], hh.cumsum(2)[:, :, :-1]
        gt, ht = hg.sum(2)[:, :1, None], hh.sum(2)[:, :1, None]
        gain = gl ** 2 / (hl + RIDGE) + (gt - gl) ** 2 / (ht - hl + RIDGE) - gt ** 2 / (ht + RIDGE)
        gain = np.where((hl < MIN_WEIGHT / 4) | (ht - hl < MIN_WEIGHT / 4), 0, gain)
        level = []
        for j in range(k):
            at = int(gain[j].argmax())
            column, cut = divmod(at, BINS - 1)
            feature = int(chosen[column])
            if gain[j].flat[at] <= 1e-9 or cut >= len(cuts[feature]):
                level.append((0, np.float32(np.inf), BINS))
            else:
                level.append((feature, cuts[feature][cut], cut))
        splits += level
        features = np.array([s[0] for s in level])
        limits = np.array([s[2] for s in level])
        values = b[rows][np.arange(len(g)), features[node]]
        node = node * 2 + (values > limits[node])
    leaves = np.array([-g[node == j].sum() / (h[node == j].sum() + RIDGE) * RATE for j in range(2 ** DEPTH)])
    return [(s[0], s[1], s[2]) for s in splits], leaves


def apply(b, tree):
    splits, leaves = tree
    node, first = np.zeros(len(b), np.int64), 0
    for depth in range(DEPTH):
        features = np.array([s[0] for s in splits[first:first + 2 ** depth]])
        limits = np.array([s[2] for s in splits[first:first + 2 ** depth]])
        values = b[np.arange(len(b)), features[node]]
        node = node * 2 + (values > limits[node])
        first += 2 ** depth
    return leaves[node]


def learn(x, y, w, seed):
    rng = np.random.default_rng(seed)
    cuts = bins_of(x)
    b = binned(x, cuts)
    bias = float(np.log((w * y).sum() / (w * (1 - y)).sum()))
    margin, trees = np.full(len(y), bias), []
    for _ in range(TREES):
        p = 1 / (1 + np.exp(-margin))
        tree = grow(b, w * (p - y), w * p * (1 - p), cuts, rng)
        margin += apply(b, tree)
        trees.append(tree)
    return bias, trees, cuts


def predict(model, x):
    bias, trees, cuts = model
    b = binned(x, cuts)
    return bias + sum(apply(b, tree) for tree in trees)


def smoothed(margins, stay):
    """Returns the best sequence of kept and cut blocks if each change between the two costs `stay` (Viterbi)."""
    if not len(margins):
        return []
    keep, cut, back = margins[0] / 2, -margins[0] / 2, []
    for m in margins[1:]:
        back.append((cut - stay > keep, keep - stay > cut))
        keep, cut = max(keep, cut - stay) + m / 2, max(cut, keep - stay) - m / 2
    state = keep >= cut
    out = [state]
    for from_cut, from_keep in reversed(back):
        state = (not from_cut) if state else from_keep
        out.append(state)
    return out[::-1]


def text_of(texts, kinds, margins, threshold=0.0, stay=0.0):
    kept = smoothed(np.asarray(margins) - threshold, stay)
    return "\n\n".join(t for t, k, kind in zip(texts, kept, kinds) if k and kind != "chrome")


def main():
    names, pages = read(sys.argv[1], sys.argv[2])
    data = []
    for key, site, x, kinds, texts, gold in pages:
        y = np.array(labels(texts, gold), float)
        size = np.array([3 + min(80, len(tokens(t))) for t in texts], float)
        w = size / max(50.0, (size * y).sum())
        data.append((np.array(x, np.float32), y, w, zlib.crc32(site.encode()) % FOLDS))
    x, y = np.concatenate([d[0] for d in data]), np.concatenate([d[1] for d in data])
    w = np.concatenate([d[2] for d in data])
    w *= len(w) / w.sum()
    fold = np.concatenate([np.full(len(d[1]), d[3]) for d in data])
    ends = np.cumsum([len(d[1]) for d in data])[:-1]

    def report(title, margins):
        parts = np.split(margins, ends)
        for threshold in (-0.6, -0.3, 0.0, 0.3):
            for stay in (0.0, 0.4, 0.8):
                s = score([(p[5], text_of(p[4], p[3], m, threshold, stay)) for p, m in zip(pages, parts)])
                print(f"{title} threshold {threshold:+.1f} stay {stay:.1f}: F1 {s['F1']:.4f} P {s['P']:.4f} R {s['R']:.4f} exact {s['exact']:.3f}", flush=True)

    if len(sys.argv) < 4 or "--judge" in sys.argv:
        margins = np.zeros(len(y))
        for f in range(FOLDS):
            model = learn(x[fold != f], y[fold != f], w[fold != f], f)
            margins[fold == f] = predict(model, x[fold == f])
        report("out of fold", margins)
    model = learn(x, y, w, 0)
    if len(sys.argv) > 3 and not sys.argv[3].startswith("-"):
        write(sys.argv[3], names, model)
    report("in sample", predict(model, x))
    gains = np.zeros(len(names))
    for splits, _ in model[1]:
        for feature, cut, _ in splits:
            gains[feature] += np.isfinite(cut)
    print("most used:", ", ".join(f"{names[i]} {int(gains[i])}" for i in np.argsort(-gains)[:40]))


def write(path, names, model):
    bias, trees, _ = model
    with open(path, "w", encoding="utf-8") as out:
        out.write("# Weights of the classifier for the blocks of web pages: boosted trees, trained by training/train_pages.py on the\n")
        out.write("# features of 198 article pages of the Web Content Extraction Benchmark (CC BY 4.0). This file contains none of their text.\n")
        out.write("# Each line after the bias is a tree: the feature and the threshold of each inner node, level by level (the right child\n")
        out.write("# is taken if the value is greater than or equal to the threshold), and then the values of the leaves.\n")
        out.write("features " + " ".join(names) + "\n")
        out.write(f"bias {bias:.5f}\n")
        for splits, leaves in trees:
            inner = " ".join(f"{names[f]}:{'inf' if not np.isfinite(t) else repr(float(t))}" for f, t, _ in splits)
            out.write(inner + " | " + " ".join(f"{v:.5f}" for v in leaves) + "\n")


main()
