#!/usr/bin/env python3
"""Writes the background frequencies of `src/text/packs/`, one file a language.

    pip install wordfreq==3.1.1
    python3 training/background_idf.py
    cargo run --example background_terms

The second command marks the term of each word with the program's own stemmer, so that a program that starts stems none
of them; the words stay as written, so that it can be run again when the stemming changes. For the scripts written without spaces, which the program
takes apart into single characters, the frequencies of the words are summed up for each character.
"""
import math
import os

import wordfreq

FOLDER = os.path.join(os.path.dirname(__file__), "..", "src", "stories", "background")
# Words a language: many for the language of most articles, enough of the others to know what is common there.
SIZE = {"en": 12000}
OTHERS = 1500
# Languages of wordfreq under the codes that articles carry.
CODES = {"nb": "no", "sh": "hr"}
LEFT_OUT = {"bn", "fil", "is", "mk", "ms", "ur"}
BY_CHARACTER = {"zh", "ja"}
YEARS = range(1950, 2031)
COUNTS = range(0, 101)
LINE = 118

HEADER = """\
# Background frequencies: how common the words of {code} are in general text.
# A class is ten times the Zipf frequency (decimal logarithm of the occurrences in 10^9 words); its words follow.
# `polic|ing` is a form of the term `polic`, `happy=happi` one of `happi`: marked by examples/background_terms.rs.
# Words below the last class are not listed. Made by training/background_idf.py from wordfreq {version}
# (Robyn Speer, https://github.com/rspeer/wordfreq), whose data is under CC BY-SA 4.0; so is this file: see LICENSE.
"""


def frequencies(code):
    """The relative frequency of each listed word, numbers among them (digits are alike in all languages)."""
    found = {}
    for word, p in wordfreq.get_frequency_dict(code, "best").items():
        for part in word if code in BY_CHARACTER else [word]:
            if part.isalpha() or (part.replace("'", "").isalpha() and code not in BY_CHARACTER):
                found[part] = found.get(part, 0.0) + p
    for number in [*COUNTS, *YEARS]:
        found[str(number)] = wordfreq.word_frequency(str(number), "en")
    return found


def table(code):
    """The most frequent words in classes, the most frequent class first."""
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
