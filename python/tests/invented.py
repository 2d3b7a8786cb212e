"""Invented news of any size: events over five days, reported by several outlets in three languages, some of them copies.

The same number of articles is always the same news.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator

Row = dict[str, "str | None"]

FIRST_DAY = datetime.datetime(2026, 3, 6, tzinfo=datetime.timezone.utc)
NOW = "2026-03-11T06:00:00Z"
ARTICLES_OF_A_LANGUAGE = {"en": 7, "de": 2, "fr": 1}

SENTENCES = {
    "en": (
        "{Name} in {Place} {verb} the {thing} of {other} on {day}, officials said.",
        "The {thing} cost {number} crowns and had been planned since {year}.",
        "Residents of {Place} said the {thing} came as a surprise to them.",
        "A report on the {thing} will be published in {Other} within {small} weeks.",
        "“The {thing} of {Place} was never in danger,” said {Person} on {day}.",
        "{Person}, who leads the council of {Place}, defended the {thing} and the {other}.",
        "About {number} people live near the {thing}, according to the {other}.",
        "The {other} was closed for {small} hours while the {thing} was examined.",
    ),
    "de": (
        "{Name} in {Place} hat am {day} das {thing} von {other} beschlossen, wie die Behörden mitteilten.",
        "Das {thing} kostete {number} Kronen und war seit {year} geplant.",
        "Die Bewohner von {Place} sagten, das {thing} habe sie überrascht.",
        "„Das {thing} von {Place} war nie in Gefahr“, sagte {Person} am {day}.",
        "Rund {number} Menschen leben in der Nähe des {thing}, teilte das {other} mit.",
        "Das {other} blieb für {small} Stunden geschlossen, während das {thing} geprüft wurde.",
    ),
    "fr": (
        "{Name} à {Place} a voté le {thing} de {other} ce {day}, ont annoncé les autorités.",
        "Le {thing} a coûté {number} couronnes et était prévu depuis {year}.",
        "Les habitants de {Place} ont dit que le {thing} les avait surpris.",
        "« Le {thing} de {Place} n'a jamais été en danger », a déclaré {Person} ce {day}.",
        "Environ {number} personnes vivent près du {thing}, selon le {other}.",
        "Le {other} est resté fermé {small} heures pendant l'examen du {thing}.",
    ),
}
DAYS = {
    "en": ("Friday", "Saturday", "Sunday", "Monday", "Tuesday"),
    "de": ("Freitag", "Samstag", "Sonntag", "Montag", "Dienstag"),
    "fr": ("vendredi", "samedi", "dimanche", "lundi", "mardi"),
}
VERBS = ("approved", "rejected", "opened", "closed", "flooded", "bought", "lost", "sold")
SYLLABLES = ("ba", "del", "kor", "mi", "nav", "or", "pel", "ra", "sen", "tam", "ul", "vor", "wes", "yl", "zan", "hol")


class Event:
    """What the articles of one story have in common."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.lang = chance.choices(list(ARTICLES_OF_A_LANGUAGE), list(ARTICLES_OF_A_LANGUAGE.values()))[0]
        self.day = chance.randrange(5)
        self.words = {
            "Name": "The " + self._word().title() if self.lang == "en" else self._word().title(),
            "Place": self._word().title(),
            "Other": self._word().title(),
            "Person": f"{self._word().title()} {self._word().title()}",
            "thing": self._word(),
            "other": self._word(),
            "verb": chance.choice(VERBS),
            "number": str(chance.randrange(200, 90_000)),
            "small": str(chance.randrange(2, 30)),
            "year": str(chance.randrange(2001, 2025)),
            "day": DAYS[self.lang][self.day],
        }

    def _word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.choice((3, 3, 4))))

    def title(self) -> str:
        """Return a headline that names the event."""
        form = self.chance.choice(("{Place}: {thing} {verb}", "{thing} and {other} in {Place}", "{Person}: {thing}"))
        title = form.format(**self.words)
        return title[0].upper() + title[1:]

    def text(self) -> str:
        """Return a report of the event: its first sentence and some of the others, in paragraphs."""
        first, *others = SENTENCES[self.lang]
        chosen = [first, *self.chance.sample(others, self.chance.randint(3, len(others)))]
        paragraphs = [" ".join(chosen[n : n + 2]) for n in range(0, len(chosen), 2)]
        return "\n\n".join(paragraphs).format(**self.words)


def rows(number: int) -> Iterator[Row]:
    """Return so many articles, in an order that does not follow the events."""
    chance = random.Random(20260311)
    made: list[Row] = []
    while len(made) < number:
        event = Event(chance)
        copy = None
        for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 8))):
            text = event.text()
            if copy is not None and chance.random() < 0.2:
                text = copy
            copy = text
            hours = 24 * event.day + chance.randrange(24)
            outlet = f"Outlet {chance.randrange(300)}"
            made.append(
                {
                    "id": f"a{len(made):07}",
                    "url": f"https://news{outlet[7:]}.example/{len(made)}",
                    "title": event.title(),
                    "source": outlet,
                    "byline": None,
                    "date": (FIRST_DAY + datetime.timedelta(hours=hours)).isoformat(),
                    "lang": event.lang,
                    "text": text,
                }
            )
    made = made[:number]
    chance.shuffle(made)
    yield from made
