#!/usr/bin/env python3
"""Fits the weights for choosing the title of a page dump among its lines: a conditional logit model (McFadden 1974).

    dump_titles.py PAGES DUMPER

PAGES is a folder that contains gold.json ({id: {"title", "url", …}}) and text/<id>.txt. DUMPER is the built example
`dump_titles`, which computes the evidence for each line with the crate's own code. Needs numpy. The script prints the share
of pages whose title is found in cross-validation (five folds, all pages of a site in one fold), and then the weights fitted
to all pages, for `WEIGHTS` in src/read/dump/title.rs.
"""
import json, os, re, subprocess, sys, unicodedata, urllib.parse
import numpy as np

RIDGE = 0.5


def norm(text):
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text or "").lower()).strip()


def load(pages, dumper):
    gold = json.load(open(f"{pages}/gold.json"))
    files = [f"{pages}/text/{k}.txt" for k in sorted(gold)]
    groups, missing = [], 0
    for line in subprocess.run([*dumper.split(), *files], capture_output=True, check=True).stdout.decode().splitlines():
        page = json.loads(line)
        key = os.path.basename(page["file"])[:-4]
        x = np.array([evidence for _, evidence in page["candidates"]], dtype=float)
        y = np.array([norm(text) == norm(gold[key]["title"]) for text, _ in page["candidates"]], dtype=bool)
        site = ".".join(urllib.parse.urlsplit(gold[key].get("url") or "").netloc.split(".")[-2:])
        groups.append((key, site, x, y, [text for text, _ in page["candidates"]]))
        missing += not y.any()
    return groups, missing


def fit(groups, steps=400, rate=0.1):
    groups = [g for g in groups if len(g[3]) and g[3].any()]
    weights = np.zeros(groups[0][2].shape[1])
    m, v = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        gradient = -RIDGE * weights
        for _, _, x, y, _ in groups:
            score = x @ weights
            p = np.exp(score - score.max())
            right = p * y
            gradient += x.T @ (right / right.sum() - p / p.sum())
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        weights = weights + rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-9)
    return weights


def hits(groups, weights):
    return sum(bool(y[(x @ weights).argmax()]) for _, _, x, y, _ in groups if len(y))


def main():
    groups, missing = load(sys.argv[1], sys.argv[2])
    sites = sorted({g[1] for g in groups})
    fold = {site: n % 5 for n, site in enumerate(np.random.default_rng(7).permutation(sites))}
    found = 0
    for n in range(5):
        weights = fit([g for g in groups if fold[g[1]] != n])
        found += hits([g for g in groups if fold[g[1]] == n], weights)
    weights = fit(groups)
    print(f"title found: {found / len(groups):.3f} out of fold, {hits(groups, weights) / len(groups):.3f} in sample; "
          f"not among the lines: {missing} of {len(groups)}", file=sys.stderr)
    print(", ".join(f"{w:.2f}" for w in weights))


main()
