#!/usr/bin/env python3
"""Counts sentences of summaries that lean on something not shown.   coherence.py [--bin PATH] [--words N] INPUT ...

Each INPUT is a folder of articles, or a JSONL file of clusters {"id", "lang", "documents": [{"title", "date", "text"}]}.
A folder is summarized as one story, and each of its articles alone; a cluster as one story, and its first article alone.
A sentence leans if it starts with a pronoun or connective, starts with "the" and a role without a name, or has an odd
number of quotation marks; it stands well where the sentence before it in the summary is the one before it in its
article. English only. Exits 1 when a summary starts with a leaning sentence, or more than one in twenty leans."""
import argparse
import glob
import json
import re
import subprocess
import sys

PRONOUNS = set("he she it they this that these those his her their its him them such both".split())
CONNECTIVES = set("but and so or however also meanwhile moreover still yet nevertheless therefore thus then instead nor "
                  "besides furthermore additionally".split())
ROLES = set("minister president chancellor secretary governor mayor senator ambassador spokesman spokeswoman "
            "spokesperson commissioner chairman chairwoman director chief leader official officials officer officers "
            "judge lawyer prosecutor suspect suspects victim victims witness witnesses driver pilot coach manager "
            "king queen prince company firm group agency organisation organization team".split())


def run(command, given=None):
    done = subprocess.run(command, capture_output=True, input=given, check=False)
    if done.returncode > 1:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode()[:300]}")
    return done.stdout.decode()


def leans(text):
    words = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", text)
    if not words:
        return None
    first = words[0].lower()
    if first in PRONOUNS and not re.match(r"(?i)this (week|year|month|morning|afternoon|evening)\b", text):
        return "pronoun"
    if first in CONNECTIVES:
        return "connective"
    if first == "the":
        role = next((i for i, w in enumerate(words[1:4], 1) if w in ROLES), None)
        between = words[1:role] if role else []
        after = words[role + 1] if role and role + 1 < len(words) else ""
        if role and not any(w[0].isupper() for w in between) and not after[:1].isupper() and after not in (
                "of", "for", "from", "who", "whose", "that", "which", "in", "at", "between", "to", "on"):
            return "role"
    if text.count('"') % 2 or ("„" not in text and text.count("“") != text.count("”")):
        return "mark"
    return None


def judge(program, arguments, given=None):
    """The sentences of one summary, how many lean on what is not shown, and whether the first does."""
    out = run([program, "summarize", "--to", "json", *arguments], given)
    if not out.strip():
        return 0, [], False
    shown, before, leaning = json.loads(out)["sentences"], None, []
    for i, s in enumerate(shown):
        why = leans(s["text"])
        follows = before is not None and before["article"] == s["article"] and 0 <= s["start"] - before["end"] <= 4
        if why and not follows:
            leaning.append((i, why, s["text"]))
        before = s
    return len(shown), leaning, any(i == 0 for i, _, _ in leaning)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="target/release/nutgraf")
    parser.add_argument("--words", type=int, nargs="*", default=[60, 100, 250])
    parser.add_argument("--show", action="store_true", help="print the sentences that lean")
    parser.add_argument("inputs", nargs="*", default=["seeds"])
    args = parser.parse_args()
    sentences, leaning, starts, summaries = 0, [], 0, 0
    for path in args.inputs:
        for words in args.words:
            for arguments, given in jobs(path):
                n, lean, start = judge(args.bin, ["--words", str(words), *arguments], given)
                sentences, summaries, starts = sentences + n, summaries + bool(n), starts + start
                leaning += lean
    if args.show:
        for _, why, text in leaning:
            print(f"{why}: {' '.join(text.split())}")
    share = 100 * len(leaning) / max(1, sentences)
    print(f"{summaries} summaries, {sentences} sentences, {len(leaning)} leaning ({share:.1f} %), {starts} at the start")
    sys.exit(starts > 0 or share > 1)


def jobs(path):
    if not path.endswith(".jsonl"):
        files = [f for f in sorted(glob.glob(path + "/*")) if not f.endswith("README.md")]
        yield files, None
        yield from (([file], None) for file in files)
        return
    for line in open(path, encoding="utf-8"):
        cluster = json.loads(line)
        keys = ("title", "source", "date", "text")
        articles = [json.dumps({"id": f"d{i:04}", "lang": cluster.get("lang", "en"), **{k: d[k] for k in keys if d.get(k)}}) + "\n"
                    for i, d in enumerate(cluster["documents"])]
        yield ["--from", "jsonl", "-"], "".join(articles).encode()
        yield ["--from", "jsonl", "-"], articles[0].encode()


main()
