#!/usr/bin/env python3
"""Makes `wikinews.jsonl`: the texts of Wikinews, without annotations, out of the GUM corpus.   wikinews.py SOURCES > wikinews.jsonl

SOURCES is the folder `not-to-release/sources` of github.com/UniversalDependencies/UD_English-GUM. The articles of Wikinews are
available under CC BY 2.5 (https://creativecommons.org/licenses/by/2.5/); each line has the address of its article.
"""
import json
import pathlib
import sys


def article(path):
    """The article of a file in CoNLL-U, or nothing if it is not from Wikinews."""
    meta, paragraphs = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# meta::"):
            name, _, value = line[len("# meta::"):].partition(" = ")
            meta[name] = value
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraphs.append([])
        elif line.startswith("# text = "):
            paragraphs[-1].append(line[len("# text = "):])
    if "wikinews.org" not in meta.get("sourceURL", ""):
        return None
    text = "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)
    title = meta["title"]
    return {"id": path.stem.removeprefix("GUM_news_"), "title": title, "source": "Wikinews", "date": meta["dateCreated"], "lang": "en",
            "url": meta["sourceURL"], "text": text.removeprefix(title).strip()}


for path in sorted(pathlib.Path(sys.argv[1]).glob("GUM_news_*.conllu")):
    found = article(path)
    if found:
        print(json.dumps(found, ensure_ascii=False))
