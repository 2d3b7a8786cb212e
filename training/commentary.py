#!/usr/bin/env python3
"""Learns the weights that distinguish commentary from reports (src/stories/commentary.rs), and evaluates them on unseen outlets.

    commentary.py LABELS ARTICLES FEATURES

LABELS contains a line `id<TAB>letter` for each article. The letters are N (report), P (preview), A (analysis), O (opinion),
F (feature) and L (several stories in one article). ARTICLES contains JSON Lines with `id` and `source`. FEATURES is the
output of the example `commentary_features` for the same articles. Needs numpy.

The logistic regression is fitted by Newton's method with an L2 penalty. The script prints the area under the ROC curve in
cross-validation (eight folds, all articles of an outlet in one fold), the precision and recall at several thresholds, and
the weights fitted to all articles, in the order of `FEATURES`, with the intercept last.
"""
import json, sys, zlib
import numpy as np

RIDGE = 3.0
FOLDS = 8


def fit(x, y):
    """Fits weights to the standardized traits and returns them in the scale of the raw traits, with the intercept last."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    penalty = np.diag([RIDGE] * x.shape[1] + [0.0])
    w = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        hessian = (z * (p * (1 - p))[:, None]).T @ z + penalty
        w += np.linalg.solve(hessian, z.T @ (y - p) - penalty @ w)
    raw = w[:-1] / scale
    return np.append(raw, w[-1] - raw @ mean)


def predict(x, w):
    return 1 / (1 + np.exp(-(x @ w[:-1] + w[-1])))


def area(y, p):
    """Returns the probability that a random positive is ranked above a random negative, which is the area under the ROC curve."""
    order = np.argsort(p)
    ranks = np.empty(len(p))
    ranks[order] = np.arange(1, len(p) + 1)
    n = y.sum()
    return (ranks[y == 1].sum() - n * (n + 1) / 2) / (n * (len(y) - n))


def main():
    labels_file, articles, features = sys.argv[1:4]
    labels = dict(line.rstrip("\n").split("\t") for line in open(labels_file))
    outlet = {}
    for line in open(articles):
        article = json.loads(line)
        outlet[article["id"]] = article.get("source") or "?"
    rows = [json.loads(line) for line in open(features)]
    rows = [row for row in rows if row["id"] in labels]
    x = np.array([row["x"] for row in rows])
    fold = np.array([zlib.crc32(outlet.get(row["id"], "?").encode()) % FOLDS for row in rows])
    for name, letters in (("opinion", "O"), ("not a report", "AOFL")):
        y = np.array([labels[row["id"]] in letters for row in rows], float)
        p = np.zeros(len(y))
        for f in range(FOLDS):
            if (fold == f).any():
                p[fold == f] = predict(x[fold == f], fit(x[fold != f], y[fold != f]))
        print(f"{name}: {int(y.sum())} of {len(y)}, area out of fold {area(y, p):.3f}")
        for t in (0.5, 0.7, 0.8):
            hit = (p >= t) & (y == 1)
            print(f"  at {t}: precision {hit.sum() / max(1, (p >= t).sum()):.2f}, recall {hit.sum() / y.sum():.2f}")
        print("  weights", [round(float(v), 2) for v in fit(x, y)])


if __name__ == "__main__":
    main()
