"""Reports in words: an occasion as one outlet tells it, first hand or after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from evals.synthetic.happenings import Happening, Occasion, Saying, Voice
from evals.synthetic.phrasing import Bounds, Phrasebook, bare, capitalised, fill, quoted
from evals.synthetic.remarks import Change, Remark, telling
from evals.synthetic.world import Outlet, Person

_WARES = (
    "plums honey wool lamps candles onions barley salt rope tiles kettles saddles apples cheese"
    " paper nails boots carpets walnuts tea soap flour bricks onions hats pots brooms cherries"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_PRONOUNS = ("he", "she")
_AS_OBJECT = re.compile(r"\b(?:to|of|cited|quoted|said|insisted|explained) \{holder\}")
"""Where a pronoun would have to be `him` or `her`, or would end a sentence."""


@dataclass(frozen=True)
class Told:
    """One answer as it stands in a report."""

    saying: Saying
    voice: str
    quote: str
    """The sentence that tells it."""
    is_headline: bool = False
    """It stands in the title and not in the text."""


@dataclass(frozen=True)
class Remarked:
    """A quotation as it stands in a report."""

    remark: Remark
    words: str
    change: Change


@dataclass(frozen=True)
class Paragraph:
    """Some sentences, with what they tell."""

    text: str
    told: tuple[Told, ...] = ()
    remarked: tuple[Remarked, ...] = ()


@dataclass(frozen=True)
class Report:
    """One page before it is written as a file."""

    title: Paragraph
    byline: str
    dateline: str | None
    paragraphs: tuple[Paragraph, ...]
    publisher: Outlet
    published: date
    top: tuple[str, ...] = ()
    end: tuple[str, ...] = ()

    def parts(self) -> tuple[Paragraph, ...]:
        """Title and paragraphs."""
        return (self.title, *self.paragraphs)


class Reporter:
    """Writes reports on one happening."""

    def __init__(self, rng: Random, book: Phrasebook, happening: Happening) -> None:
        self._rng = rng
        self._book = book
        self._happening = happening

    def original(
        self, occasions: Sequence[Occasion], publisher: Outlet, remark: Remark | None
    ) -> Report:
        """A report by somebody who was there."""
        voices = [occasion.voice for occasion in occasions]
        day = max(occasion.day for occasion in occasions)
        slots = self._slots(voices[0], publisher, day)
        body = [Paragraph(self._lead(slots))]
        slots = self._after_lead(body[0].text, slots)
        for occasion in occasions:
            body += self._sayings(occasion, slots, None)
        if remark is not None:
            body.insert(2, self._remark(remark, slots, "same"))
        body = self._with_fillers(body, slots, self._rng.randint(3, 5))
        return self._report(body, slots, publisher, day)

    def citing(
        self, occasion: Occasion, source: Outlet, publisher: Outlet, remark: Remark | None
    ) -> Report:
        """A report by somebody who read another's, in words of its own."""
        day = occasion.day + timedelta(self._rng.randint(0, 1))
        slots = self._slots(occasion.voice, publisher, occasion.day)
        body = [Paragraph(self._lead(slots))]
        slots = self._after_lead(body[0].text, slots)
        body += self._sayings(occasion, slots, source)
        if remark is not None:
            changes: tuple[Change, ...] = ("same", "shortened", "hedge_dropped", "unattributed")
            body.append(self._remark(remark, slots, self._rng.choice(changes)))
        body = self._with_fillers(body, slots, self._rng.randint(2, 4))
        return self._report(body, slots, publisher, day)

    def with_headline(self, report: Report, figure: Bounds, like: Saying) -> Report:
        """The same report under a title with a figure that its text does not hold."""
        slots = self._slots(None, report.publisher, report.published)
        slots["count"] = self._book.count(self._rng, figure)
        text = fill(self._book.pick(self._rng, "titles", "strength_figure"), slots)
        saying = Saying(like.question, figure, as_of=like.as_of)
        told = Told(saying, report.publisher.name, text, is_headline=True)
        return replace(report, title=Paragraph(text, (told,)))

    def aside(self, publisher: Outlet, day: date) -> Paragraph:
        """A paragraph about nothing in particular."""
        return Paragraph(self._filler(self._slots(None, publisher, day)))

    def _report(
        self, body: list[Paragraph], slots: dict[str, str], publisher: Outlet, day: date
    ) -> Report:
        rng = self._rng
        title = fill(self._book.pick(rng, "titles", self._happening.kind), slots)
        dateline = None
        if rng.random() < 0.6:
            month = f"{_MONTHS[day.month - 1]} {day.day}"
            place = self._happening.theatre.capital
            if self._happening.is_one_story and rng.random() < 0.5:
                place = self._happening.town
            agency = f" /{publisher.abbreviation}/." if publisher.abbreviation else " –"
            dateline = f"{place.upper()}, {month}{'.' if agency != ' –' else ''}{agency}"
        byline = rng.choice(publisher.reporters)
        return Report(Paragraph(title), byline, dateline, tuple(body), publisher, day)

    def _slots(self, voice: Voice | None, publisher: Outlet, day: date) -> dict[str, str]:
        """What any phrase may ask for. `day` is the day of the occasion."""
        happening = self._happening
        theatre, group = happening.theatre, happening.group
        person = voice.person if voice else None
        slots = {
            "group": f"the {group.name}",
            "abbreviation": group.abbreviation,
            "other": group.other,
            "place": happening.province.name,
            "town": happening.town,
            "country": theatre.country,
            "capital": theatre.capital,
            "neighbour": theatre.neighbour,
            "state": theatre.neighbour,
            "publisher": publisher.name,
            "role": person.short if person else theatre.agency.name,
            "holder": full(person) if person else f"the {theatre.agency.name}",
            "day": f"on {_WEEKDAYS[happening.day.weekday()]}",
            "day_said": f"on {_WEEKDAYS[day.weekday()]}",
            "weekday": _WEEKDAYS[day.weekday()],
            "year": str(day.year),
        }
        slots["setting"] = fill(self._book.pick(self._rng, "settings", "any"), slots)
        return slots

    def _lead(self, slots: dict[str, str]) -> str:
        return capitalised(fill(self._book.pick(self._rng, "leads", self._happening.kind), slots))

    def _sayings(
        self, occasion: Occasion, slots: dict[str, str], source: Outlet | None
    ) -> list[Paragraph]:
        made = []
        for number, saying in enumerate(occasion.sayings):
            text = self._saying(occasion.voice, saying, slots, source)
            if number == 0:
                # The first sentence names the speaker in full, later ones may do with less.
                slots = {**slots, **self._later(occasion.voice)}
            made.append(Paragraph(text, (Told(saying, occasion.voice.name, text),)))
        return made

    def _after_lead(self, lead: str, slots: dict[str, str]) -> dict[str, str]:
        """A group whose abbreviation the lead explained may be called by it."""
        short = self._happening.group.abbreviation
        if f"({short})" in lead and self._rng.random() < 0.4:
            return {**slots, "group": f"the {short}"}
        return slots

    def _later(self, voice: Voice) -> dict[str, str]:
        """How the holder is called when he or she comes up again."""
        person = voice.person
        if person is None:
            return {}
        return {"holder": self._rng.choice((person.family, person.short, person.pronoun))}

    def _saying(
        self, voice: Voice, saying: Saying, slots: dict[str, str], source: Outlet | None
    ) -> str:
        rng, book = self._rng, self._book
        if "holder" not in slots or (voice.person and slots["role"] != voice.person.short):
            slots = {**slots, **self._named(voice)}
        key = _claim_key(saying)
        if saying.own:
            return capitalised(fill(book.pick(rng, "whole", f"{key}_self"), slots))
        if saying.bounds is not None:
            slots = {**slots, "count": book.count(rng, saying.bounds)}
        if source is None and book.has("whole", key) and rng.random() < 0.4:
            return capitalised(fill(book.pick(rng, "whole", key), slots))
        clause = fill(book.pick(rng, "claims", key), slots)
        slots = {**slots, "clause": bare(clause), "clause_quoted": quoted(clause)}
        if source is not None:
            slots["agency"] = named(source)
            between = [o for o in self._happening.theatre.outlets if o != source]
            slots["outlet"] = named(rng.choice(between))
        phrase = book.pick(rng, "speech", self._form(voice, source, clause))
        if voice.person and slots["holder"] in _PRONOUNS and _AS_OBJECT.search(phrase):
            slots["holder"] = voice.person.family
        return capitalised(fill(phrase, slots))

    def _form(self, voice: Voice, source: Outlet | None, clause: str) -> str:
        if voice.person is None:
            return "own" if source is None else "own_via"
        if source is not None:
            return "via"
        if "<<" in clause and self._rng.random() < 0.6:
            return "mixed"
        return "direct" if self._rng.random() < 0.35 else "indirect"

    def _named(self, voice: Voice) -> dict[str, str]:
        if voice.person is None:
            return {"holder": f"the {voice.name}", "role": voice.name}
        return {"holder": full(voice.person), "role": voice.person.short}

    def _remark(self, remark: Remark, slots: dict[str, str], change: Change) -> Paragraph:
        words = telling(remark.template, change)
        if change == "unattributed":
            return Paragraph(f"{words}.", (), (Remarked(remark, words, change),))
        person = remark.person
        text = f"“{words},” {person.family if self._rng.random() < 0.5 else full(person)} said."
        return Paragraph(fill(text, {}), (), (Remarked(remark, words, change),))

    def _with_fillers(
        self, body: list[Paragraph], slots: dict[str, str], count: int
    ) -> list[Paragraph]:
        """Fillers go before all that is said or behind it: a passer-by in between would take the
        pronouns to himself."""
        for _ in range(count):
            where = 1 if self._rng.random() < 0.3 else len(body)
            body.insert(where, Paragraph(self._filler(slots)))
        return body

    def _filler(self, slots: dict[str, str]) -> str:
        rng, theatre = self._rng, self._happening.theatre
        sentences = []
        for _ in range(rng.randint(2, 3)):
            province = rng.choice(theatre.provinces)
            wares = rng.sample(_WARES, 2)
            passer = f"{rng.choice(_FIRST)} {rng.choice(_PASSERS)}"
            more = {
                "town": rng.choice(province.towns),
                "place": province.name,
                "ware": wares[0],
                "ware2": wares[1],
                "number": str(rng.randint(11, 95)),
                "trade": rng.choice(_TRADES),
                "season": rng.choice(_SEASONS),
                "month": rng.choice(_MONTHS),
                "weekday": rng.choice(_WEEKDAYS),
                "percent": str(rng.randint(2, 40)),
                "passer": passer,
            }
            sentences.append(fill(self._book.pick(rng, "fillers", "any"), {**slots, **more}))
        return " ".join(capitalised(sentence) for sentence in sentences)


_FIRST = "Ada Bero Cila Dorun Esk Fenna Gorl Hanno Ilse Jurn Katla Lom Mirre Nils Odda Pel".split()
_PASSERS = (
    "Ollmar Brask Venter Tummel Radick Sorvin Halst Merrin Pockel Drage Ambel Corst Dunnik Evlar"
    " Fosk Gremmel Hollick Immer Jasper Kottel Lundar Mosk Nettel Orrin Pasko Quill"
).split()
_TRADES = "baker tailor teacher miller cobbler nurse clerk carpenter farmer smith".split()
_SEASONS = "spring summer autumn winter".split()


def full(person: Person) -> str:
    """The name with its role, as at the first time: before it, or after it between commas."""
    if " of the " in person.role:
        return f"{person.name}, {person.role},"
    return f"{person.role} {person.name}"


def named(outlet: Outlet) -> str:
    """As another outlet calls it."""
    return f"the {outlet.name}"


def _claim_key(saying: Saying) -> str:
    kind = saying.question.kind
    if kind == "responsibility":
        return "responsible" if saying.holds else "not_responsible"
    if kind == "present":
        return "present" if saying.holds else "absent"
    if kind == "supports":
        return "supports" if saying.holds else "not_supports"
    return kind
