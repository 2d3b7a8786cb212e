#!/usr/bin/env python3
"""Writes the background frequencies, one file per language.

    pip install wordfreq==3.1.1
    python3 training/background_idf.py
    cargo run --example background_terms

The last command adds the term of each word, as found by the program's own stemmer, so that the program need not stem the
words at start-up. The words themselves are kept, so that the command can be run again if the stemming changes. In scripts
written without spaces, which the program splits into single characters, the frequency of a character is the sum of the
frequencies of the words that contain it.
"""
import math
import os

import wordfreq

FOLDER = os.path.join(os.path.dirname(__file__), "..", "src", "stories", "background")
# The number of words per language: many for the language of most articles, and for the others enough to cover the common words.
SIZE = {"en": 12000}
OTHERS = 1500
# Language codes of wordfreq, with the codes that articles use.
CODES = {"nb": "no", "sh": "hr"}
LEFT_OUT = {"bn", "fil", "is", "mk", "ms", "ur"}
BY_CHARACTER = {"zh", "ja"}
YEARS = range(1950, 2031)
COUNTS = range(0, 101)
LINE = 118

HEADER = """\
# Background frequencies: how common words are in general text in the language `{code}`.
# A line contains a frequency class and its words. The class is ten times the Zipf frequency, which is the decimal
# logarithm of the occurrences per 10^9 words. Words rarer than the last class are not listed.
# `polic|ing` is a form of the term `polic`, and `happy=happi` is a form of `happi`; training/background_terms.rs
# adds these terms. Made by training/background_idf.py from wordfreq {version} (Robyn Speer,
# https://github.com/rspeer/wordfreq), whose data is under CC BY-SA 4.0; so is this file: see LICENSE-background.
"""


def frequencies(code):
    """Returns the relative frequency of each listed word and of common numbers, which are written alike in all languages."""
    found = {}
    for word, p in wordfreq.get_frequency_dict(code, "best").items():
        for part in word if code in BY_CHARACTER else [word]:
            if part.isalpha() or (part.replace("'", "").isalpha() and code not in BY_CHARACTER):
                found[part] = found.get(part, 0.0) + p
    for number in [*COUNTS, *YEARS]:
        found[str(number)] = wordfreq.word_frequency(str(number), "en")
    return found


def table(code):
    """Returns the lines of a table: the most frequent words, by class, the most frequent class first."""
    ranked = sorted(frequencies(code).items(), key=lambda item: (-item[1], item[0]))
    classes = {}
    for word, p in ranked[: SIZE.get(code, OTHERS)]:
        if p > 0:
            classes.setdefault(round(10 * (math.log10(p) + 9)), []).append(word)
    lines = []
    for zipf, words in sorted(classes.items(), reverse=True):
        line = str(zipf)
        for word in sorted(words):
            if len(line) + 1 + len(word) > LINE:
                lines.append(line)
                line = str(zipf)
            line += " " + word
        lines.append(line)
    return "\n".join(lines) + "\n"


def main():
    for code in sorted(set(wordfreq.available_languages("best")) - LEFT_OUT):
        path = os.path.join(FOLDER, CODES.get(code, code) + ".txt")
        header = HEADER.format(code=CODES.get(code, code), version="3.1.1")
        with open(path, "w", encoding="utf-8") as out:
            out.write(header + table(code))


main()
