#!/usr/bin/env python3
"""A year of daily briefings, and the site that they make: benches/year.py [FOLDER] [--days 365] [--articles 60000]

Writes invented news day by day into a folder that is a feed, runs `nutgraf daily` for each day, and checks what is there in
the end: the time of the last run, which briefs one day and writes the site of all days, and the size of every page. An
event lasts for one to five days and is reported by three to eight outlets. Among the news are titles that would like to be
markup, and names that differ only in case and accents.

The news are the same for the same numbers. Known limit: thirteen sentence patterns, so that texts are more alike than real news.
"""

import argparse
import datetime
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

START = datetime.date(2025, 3, 11)
LONGEST_RUN = 60.0
LARGEST_PAGE = 200_000

OUTLETS = [f"{place} {paper}" for place in ("Harbour", "Northern", "Meridian", "Capital", "Westmark", "Valley") for paper in ("Post", "Gazette", "Wire", "Courier")]
SYLLABLES = "an bel cor dar el fen gar hol is jor kel lim mar nor os pel quen ros sel tor ul ven wes yar zel".split()
GIVEN = "Ada Bruno Clara Dario Elin Felix Greta Hugo Ines Jonas Karla Leon Mira Nils Olga Pavel Rosa Stefan Tilda Viktor".split()
ROLES = ["Mayor", "Minister", "Governor", "Judge", "Professor", "Commissioner"]
SUBJECTS = ["bridge", "hospital", "school", "railway", "harbour", "power plant", "library", "stadium", "reservoir", "airport", "museum", "factory"]
EVENTS = ["closed", "reopened", "flooded", "sold", "inspected", "evacuated", "extended", "rebuilt"]
CAUSES = ["a storm", "a burst pipe", "a vote of the council", "a strike", "a fire in the roof", "an inspection", "a ruling of the court", "a lack of money"]
FACTS = [
    "The {subject} of {place} was {event} on {weekday} after {cause}, officials said.",
    "About {number} people in {place}, {hall} and {club} are affected, the council said in a statement.",
    "Repairs to the {detail} of the {subject} will cost {money} million crowns and take until {month}, the {firm} group said.",
    "Engineers of {firm} had warned of the {detail} at the {subject} in {place} two years ago.",
    "Neighbours of the {subject} brought {goods} to {hall} in the evening, where the {club} had opened its rooms.",
    "The opposition in {place} demanded an inquiry into how {cause} could have such effects.",
    "Trains and buses to {place} were diverted through {hall} for the rest of {weekday}.",
    "The last time the {detail} failed, in {year}, {firm} needed {weeks} weeks to return to normal.",
    "Insurers expect {firm} and the {club} to claim {money} million crowns.",
    "A report on the {detail} and on the part of {firm} is to be published within {weeks} weeks.",
]
QUOTES = [
    "\u201cThe {subject} will not stay {event} for longer than {weeks} weeks,\u201d {role} {name} said on {weekday}.",
    "\u201cNobody in {place} expected {cause}, and nobody was ready for it,\u201d said {role} {name}.",
    "{role} {name} said: \u201cWe owe the {number} people of {place} an answer, and they will have it.\u201d",
]
HOSTILE = [
    "</script><script>document.title='run'</script> {subject} of {place} {event}",
    "<img src=x onerror=\"document.title='run'\"> {place} and its {subject}",
    "{place}: the {subject} is {event} \u202e]]> --> '\"&amp;",
]


def name(chance, parts=2):
    return "".join(chance.choice(SYLLABLES) for _ in range(parts)).capitalize()


def event(chance):
    """An event: what its sentences are filled with, the sentences, and the days that it lasts."""
    surname = name(chance)
    given = chance.choice(GIVEN)
    if chance.random() < 0.02:
        # Names that collide.
        given, surname = chance.choice([("Zo\u00eb", "Belcor"), ("Zoe", "Belcor"), ("ZOE", "BELCOR")])
    facts = dict(
        detail=name(chance).lower(), firm=name(chance), goods=name(chance).lower(), club=name(chance, 3),
        subject=chance.choice(SUBJECTS), event=chance.choice(EVENTS), cause=chance.choice(CAUSES), place=name(chance), hall=name(chance),
        number=chance.randrange(200, 90_000), money=chance.randrange(2, 400), weeks=chance.randrange(2, 30), year=chance.randrange(1931, 2020),
        month=chance.choice(["May", "July", "October", "December"]), role=chance.choice(ROLES), name=f"{given} {surname}",
    )
    title = "{place} {subject} {event} after {cause}".format(**facts)
    if chance.random() < 0.15:
        title = chance.choice(HOSTILE).format(**facts)
    return facts, title, chance.choice([1, 1, 1, 2, 3, 5])


def articles(chance, day, events, count):
    """The articles of a day, `count` in all, from the events that are on."""
    for number in range(count):
        facts, title, left = events[number % len(events)]
        facts = {**facts, "weekday": day.strftime("%A")}
        lede = FACTS[0] if left[0] == left[1] else chance.choice(FACTS[1:])
        body = [lede, *chance.sample(FACTS[1:], 5)]
        body.insert(chance.randrange(1, 5), chance.choice(QUOTES))
        outlet = OUTLETS[(number // len(events) * 5 + number) % len(OUTLETS)]
        yield {
            "id": f"{day}-{number}", "title": title, "source": outlet, "lang": "en",
            "url": f"https://{outlet.lower().replace(' ', '-')}.example/{day}/{number}",
            "date": f"{day}T0{number % 6}:00:00Z",
            "text": "\n\n".join(dict.fromkeys(sentence.format(**facts) for sentence in body)),
        }


def run_year(folder, program, days, count):
    """Runs every day; returns the seconds of the last run."""
    chance = random.Random(7)
    (folder / "nutgraf.toml").write_text(
        'title = "The Year"\n[archive]\npath = "archive.db"\n[brief]\nwords = 600\n[[feed]]\nfolder = "news"\n'
        '[[output]]\nfile = "site/%Y-%m-%d.html"\nto = "html"\n'
    )
    news = folder / "news"
    events, seconds = [], 0.0
    for number in range(days):
        day = START + datetime.timedelta(days=number)
        per_day = count * (number + 1) // days - count * number // days
        events = [(f, t, [left[0] - 1, left[1]]) for f, t, left in events if 1 < left[0]]
        while len(events) < max(1, per_day // 5):
            facts, title, length = event(chance)
            events.append((facts, title, [length, length]))
        shutil.rmtree(news, ignore_errors=True)
        news.mkdir()
        lines = [json.dumps(article) for article in articles(chance, day, events, per_day)]
        (news / f"{day}.jsonl").write_text("\n".join(lines) + "\n")
        began = time.monotonic()
        done = subprocess.run([program, "daily", "--now", f"{day}T06:00:00Z"], cwd=folder, capture_output=True, text=True, check=False)
        seconds = time.monotonic() - began
        if done.returncode != 0:
            sys.exit(f"{day}: status {done.returncode}\n{done.stderr}")
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--program", default="target/release/nutgraf")
    arguments = parser.parse_args()
    folder = arguments.folder or pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    last = run_year(folder, str(pathlib.Path(arguments.program).resolve()), arguments.days, arguments.articles)
    pages = sorted(folder.glob("site/*.html"), key=lambda page: page.stat().st_size)
    index = (folder / "site" / "search-index.js").stat().st_size
    print(f"{arguments.days} days, {arguments.articles} articles: {time.monotonic() - began:.0f} s in all, the last run {last:.2f} s")
    print(f"{folder}/site: {len(pages)} pages, the largest {pages[-1].name} with {pages[-1].stat().st_size} bytes; search index {index} bytes")
    assert last < LONGEST_RUN, f"the last run took {last:.1f} s"
    assert pages[-1].stat().st_size < LARGEST_PAGE, pages[-1]


if __name__ == "__main__":
    main()
