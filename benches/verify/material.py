"""The sources of the benchmark, and what can be said about them: quotations, and facts in other words.

Most are invented: every name, place and event is made up. The others are the articles of `wikinews.jsonl`, whose quotations have no
known speaker. The generator is seeded, so that each run gives the same files.
"""
import json
import pathlib
import random
import re
from dataclasses import dataclass, field

GIVEN = "Ada Bram Clara Dirk Edda Filip Greta Hanno Ines Joan Karl Lena Mark Nora Otto Petra Ralf Sonja Tom Vera".split()
FAMILY = "Aske Brask Corvin Dorn Elling Fjord Garrick Hollin Iversen Jarrow Kessel Lorne Marsh Nordby Orr Pell Quist Rook Stane Venn".split()
TOWNS = "Selm Orlen Kelmar Harrow Dell Tarnby Westmark Brennick Ostwick Linden".split()
OUTLETS = ["Selm Echo", "Kelmar Post", "Westmark Courier", "Dell Observer", "Harbour Gazette"]
WORKS = ["bridge", "library", "harbour wall", "tram line", "water tower", "museum", "school", "market hall"]
OFFICES = ["mayor", "harbour master", "council leader", "transport minister", "chief engineer", "school director"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
REASONS = ["a crack in the foundations", "the flood of last winter", "a shortage of money", "a fire in the roof", "rust in the bolts"]
# {w} a work, {t} a town, {n} a number, {m} a month: the words of quotations.
SAID = [
    "We do not want to spend {n} million crowns on a {w} that nobody in this valley has ever needed",
    "Every part of the {w} has to be looked at before a single child walks through it again in {m}",
    "Nobody in {t} can remember a winter in which the {w} was closed for more than {n} days",
    "The people of {t} have paid for this {w} twice, and they will never pay for it a third time",
    "I told the council in {m} that {n} workers are not enough to finish a {w} of this size",
    "There are {n} good reasons to keep the {w} open and only one reason to close it, which is fear",
    "If the {w} is not ready by {m}, the whole of {t} will have to take the long road around the lake",
    "My family has lived beside the {w} for {n} years, and we have seen six plans come and go",
]
NARRATED = [
    "The county opened a new office for building permits on the ground floor of the old post house.",
    "A choir of pupils sang on the steps while the members were still counting the votes.",
    "Stone for the repair is to come from a quarry on the far side of the lake.",
]


MARKED = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»')


@dataclass
class Quotation:
    words: str
    speaker: str = ""
    """Empty if it is not known."""
    office: str = ""
    other: str = ""
    """Another person whom the article quotes."""


@dataclass
class Article:
    id: str
    title: str
    outlet: str
    date: str
    text: str
    quotations: list = field(default_factory=list)
    facts: dict = field(default_factory=dict)

    def json(self):
        return {"id": self.id, "title": self.title, "source": self.outlet, "date": self.date, "lang": "en", "text": self.text,
                "url": f"https://{self.outlet.lower().replace(' ', '-')}.example/{self.id}"}


def article(n, r):
    people = r.sample([f"{g} {f}" for g, f in zip(r.sample(GIVEN, 8), r.sample(FAMILY, 8))], 4)
    town, other_town = r.sample(TOWNS, 2)
    work, offices = r.choice(WORKS), r.sample(OFFICES, 3)
    day, meeting = r.sample(DAYS, 2)
    month, later = r.sample(MONTHS, 2)
    f = {"town": town, "other_town": other_town, "work": work, "day": day, "meeting": meeting, "month": month, "date": r.randint(2, 28),
         "ayes": r.randint(21, 48), "noes": r.randint(3, 19), "cost": r.randint(12, 94) + r.choice([0.25, 0.5, 0.75]), "seats": r.randint(120, 980),
         "reason": r.choice(REASONS), "judge": people[2], "guest": people[3], "mayor": people[0], "office": offices[0]}
    said = [s.format(w=work, t=town, n=r.randint(13, 79), m=later) for s in r.sample(SAID, 3)]
    text = "\n\n".join([
        f"The council of {town} voted {f['ayes']} to {f['noes']} on {day} to close the {work} because of {f['reason']}. "
        f"The repair is to begin on {f['date']} {month} and would cost {f['cost']} million crowns.",
        f"\"{said[0]},\" said {people[0]}, the {offices[0]} of {town}. {r.choice(NARRATED)}",
        f"\"{said[1]},\" said {people[1]}, the {offices[1]}. \"{said[2]}.\"",
        f"Nearly half of the {f['seats']} seats of the {work} will be moved to {other_town}. "
        f"{people[2]} told Radio {town} that it was too early to know whether the visitors would follow.",
        f"The council will hold a closed meeting on {meeting} to discuss the contract. "
        f"{people[3]} did not sign the contract and never visited the {work}. "
        f"{people[2]} sued {people[3]} in a court of {other_town} over the delayed plans.",
    ])
    quotations = [Quotation(said[0], people[0], offices[0], people[1]), Quotation(said[1], people[1], offices[1], people[0]),
                  Quotation(said[2], people[1], offices[1], people[0])]
    return Article(f"a{n:03}", f"{town} closes its {work}", OUTLETS[n % len(OUTLETS)], f"2031-{1 + n % 12:02}-{1 + n % 28:02}", text, quotations, f)


def articles(count, r):
    return [article(n, r) for n in range(count)]


def passages(text):
    """The passages in quotation marks of a text that are long enough to be forged."""
    for found in MARKED.finditer(text):
        words = next(g for g in found.groups() if g).strip(" ,.")
        if 8 <= len(words.split()) <= 40 and not re.search(r'[\n“"…]|\.\.\.|\[', words):
            yield words


def wikinews():
    """The articles of Wikinews that quote somebody at length."""
    for line in (pathlib.Path(__file__).parent / "wikinews.jsonl").open(encoding="utf-8"):
        a = json.loads(line)
        said = [Quotation(words) for words in passages(a["text"])]
        if said:
            yield Article(a["id"], a["title"], a["source"], a["date"], a["text"], said)


# Honest frames: {q} the words, {Q} with a capital, {n} the full name, {l} the surname, {o} the office, {s} the outlet, {t} the title.
FRAMES = {
    "bare": '"{q}"',
    "said after": '"{q}," said {n}.',
    "said before": '{n} said: "{q}."',
    "surname": '"{q}," {l} said.',
    "office": '"{q}," said {n}, the {o}.',
    "told reporters": '{n} told reporters that "{q}."',
    "According to OUTLET": 'According to the {s}, "{q}."',
    "OUTLET reported": 'The {s} reported that "{q}."',
    "Label": 'Quote of the day: "{q}"',
    "the article notes": '"{q}," the article notes.',
    "block and dash": "> {q}.\n>\n> — **{n}**, {o} · *{s}*",
    "curly marks": "“{q},” {l} added.",
    "guillemets": "«{q}», {l} said.",
    "page": "<html><body><p>&ldquo;{q},&rdquo; said {n}.</p></body></html>",
    "outlet in brackets": '"{q}" ({s})',
    "list": '- {o}: "{q}"\n- the rest is silence',
}


def elided(words, r):
    w = words.split()
    k = r.randrange(3, len(w) - 4)
    gone = w[k:k + 2]
    # An ellipsis over a negation is a forgery, see below.
    return None if {"not", "never", "nobody"} & {x.lower() for x in gone} else " ".join(w[:k] + ["…"] + w[k + 2:])


def varied(q, r):
    """A quotation as it is, or as honest writers change it."""
    if r.random() < 0.75:
        return q
    w = q.split()
    return r.choice([q, elided(q, r) or q, " ".join(w[:5] + ["[sic]"] + w[5:]), q[0].lower() + q[1:] if w[0] != "I" else q, q + " [emphasis added]"])


def honest(source, quotation, frame, r):
    q = varied(quotation.words, r)
    text = FRAMES[frame].format(q=q, n=quotation.speaker, l=quotation.speaker.split()[-1], o=quotation.office, s=source.outlet, t=source.title)
    return text


NUMBER = re.compile(r"\d+")


def forgeries(source, quotation, other, r):
    """The twenty kinds: name and draft. `other` is an article that is among the sources too."""
    q = quotation.words

    def said(words, who=quotation.speaker):
        return f'"{words}," said {who}.' if who else f'According to the page, "{words}."'

    w = q.split()
    k, m = r.randrange(2, len(w) - 2), len(w) // 2
    new = r.choice(["tangerine", "parliament", "slowly", "expensive"])
    far = r.choice(other.quotations).words.split()
    number = NUMBER.search(q)
    swap = lambda words, a, b: re.sub(rf"\b{a}\b", b, words, count=1)
    narrated = source.text.split("\n\n")[0].split(". ")[0]
    month = next((x for x in MONTHS if x in q), None)
    town = next((x for x in TOWNS if x in q), None)
    negated = next((x for x in ("do not ", "are not ", "is not ", "never ") if x in q), None)
    tense = next(((a, b) for a, b in (("has", "had"), ("have", "had"), ("are", "were"), ("is", "was")) if f" {a} " in q), None)
    yield "word replaced", said(" ".join(w[:k] + [new] + w[k + 1:]))
    yield "word left out", said(" ".join(w[:k] + w[k + 1:]))
    yield "word added", said(" ".join(w[:k] + [new] + w[k:]))
    yield "two words exchanged", said(" ".join(w[:k] + [w[k + 1], w[k]] + w[k + 2:])) if w[k] != w[k + 1] else None
    yield "halves reversed", said(" ".join(w[m:] + ["…"] + w[:m]))
    yield "number changed", said(q[:number.start()] + str(int(number[0]) + 9) + q[number.end():]) if number else None
    yield "number in brackets", said(q[:number.start()] + f"[{int(number[0]) + 9}]" + q[number.end():]) if number else None
    yield "month in brackets", said(q.replace(month, f"[{MONTHS[(MONTHS.index(month) + 5) % 12]}]")) if month else None
    yield "place replaced", said(q.replace(town, "Harrowgate")) if town else None
    yield "negation added", said(swap(q, tense[0], tense[0] + " not")) if tense else None
    yield "negation left out", said(q.replace(negated, {"never ": ""}.get(negated, negated.replace("not ", "")))) if negated else None
    yield "negation behind an ellipsis", said(q.replace(negated, negated.replace("not ", "… ").replace("never ", "… "))) if negated else None
    yield "tense", said(swap(q, *tense)) if tense else None
    yield "two quotations as one", said(" ".join(w[:m]) + " and " + " ".join(far[-6:]))
    head, tail = " ".join(w[:m]), " ".join(far[-6:])
    # If the first source continues with the same words, leaving out the words between is honest.
    yield "two sources with an ellipsis", None if tail in source.text else said(f"{head} … {tail}")
    yield "joined with the reporter's words", said(" ".join(w[:m]) + " … " + " ".join(narrated.split()[-6:]))
    yield "speaker exchanged", said(q, quotation.other) if quotation.other else None
    yield "speaker invented", said(q, "Boris Fjellmann") if quotation.speaker else None
    yield "paraphrase in marks", said(r.choice(["It was high time that somebody told the people the truth about the", "We shall simply have to find another way to save the"]) + f" {source.facts.get('work', 'harbour')}")
    by = f"\n>\n> — {quotation.speaker}" if quotation.speaker else ""
    yield "in markup", f"> {' '.join(w[:k] + [new] + w[k + 1:])}.{by}"


# Claims outside quotation marks: kind, unchanged, changed.
def claims(a, r):
    f = a.facts
    other_town = r.choice([t for t in TOWNS if t not in a.text])
    stranger = r.choice([f"{g} {s}" for g in GIVEN for s in FAMILY if s not in a.text and g not in a.text])
    wrong_day = DAYS[(DAYS.index(f["day"]) + 3) % 7] if DAYS[(DAYS.index(f["day"]) + 3) % 7] != f["meeting"] else DAYS[(DAYS.index(f["day"]) + 2) % 7]
    opening = f"{f['town']}'s council voted {{a}} to {f['noes']} to close the {f['work']}."
    yield "number", opening.format(a=f["ayes"]), opening.format(a=f["ayes"] + 11)
    yield "amount", f"The repair will cost about {f['cost']:.0f} million crowns.", f"The repair will cost {f['cost'] + 7} million crowns."
    yield "date", f"Work begins on {f['month']} {f['date']}.", f"Work begins on {f['month']} {f['date'] % 28 + 1}."
    yield "day", f"On {f['day']} the council voted to close the {f['work']}.", f"On {wrong_day} the council voted to close the {f['work']}."
    yield "place", f"Almost half of the {f['seats']} seats are going to {f['other_town']}.", f"Almost half of the {f['seats']} seats are going to {other_town}."
    yield "name", f"{f['guest']} has not signed the contract.", f"{stranger} has not signed the contract."
    yield "exchanged", f"{f['guest']} was sued by {f['judge']} over the delayed plans.", f"{f['guest']} sued {f['judge']} in a court of {f['other_town']} over the delayed plans."
    yield "negation", f"{f['guest']} has never visited the {f['work']}.", f"{f['guest']} signed the contract and visited the {f['work']}."
    yield "attribution", f"It is too early to say whether the visitors will follow, {f['judge']} told Radio {f['town']}.", f"{f['mayor']} told Radio {f['town']} that it was too early to know whether the visitors would follow."
    yield "tense", f"On {f['meeting']} the council is to discuss the contract in private.", "The council has held a closed meeting to discuss the contract."
    yield "part for whole", f"Hardly half of the {f['seats']} seats will move.", f"All of the {f['seats']} seats of the {f['work']} will be moved to {f['other_town']}."
