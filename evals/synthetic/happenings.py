"""What happens in a theatre, what is asked about it, and who answers how: the truth itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Literal

from evals.synthetic.phrasing import Bounds
from evals.synthetic.world import Group, Outlet, Person, Province, Theatre

QuestionKind = Literal[
    "fighters", "killed", "wounded", "detained", "responsibility", "present", "supports"
]
HappeningKind = Literal["strength", "attack", "arrests", "presence", "support", "meeting", "other"]
Verdict = Literal["agree", "differ", "conflict", "changed_over_time"]
FIRST_DAY = date(2031, 1, 6)
_DAYS = 500
_APART = (420, 700)
"""Days between two counts that may both be right because time has passed."""


@dataclass(frozen=True)
class Question:
    """What is asked. One question belongs to all happenings at which it is answered."""

    id: str
    kind: QuestionKind
    subject: str
    object: str | None = None
    place: str | None = None
    day: date | None = None
    """Of the attack or the arrests that it is about."""


@dataclass(frozen=True)
class Voice:
    """Who says it: a person, or an agency that tells it on its own account."""

    name: str
    person: Person | None


@dataclass(frozen=True)
class Saying:
    """One answer to one question."""

    question: Question
    bounds: Bounds | None
    """Of figures."""
    holds: bool = True
    """Of yes-or-no questions."""
    own: bool = False
    """Whether the one who answers is the very group that is asked about."""
    as_of: date | None = None


@dataclass(frozen=True)
class Occasion:
    """A voice heard on a day. However many report it, it stays one voice."""

    voice: Voice
    day: date
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Happening:
    """What reports are about."""

    id: str
    kind: HappeningKind
    theatre: Theatre
    group: Group
    province: Province
    town: str
    day: date
    occasions: tuple[Occasion, ...]
    headline: Bounds | None = None
    """A figure that the title of the first report gives and its text does not."""

    @property
    def is_one_story(self) -> bool:
        """Whether its occasions are tellings of one event; else each is an event of its own."""
        return self.kind in ("attack", "arrests", "meeting", "other")


class Planner:
    """Plans the happenings of one theatre."""

    def __init__(self, rng: Random, theatre: Theatre, number: int) -> None:
        self._rng = rng
        self._theatre = theatre
        self._number = number
        self._made = 0
        self._officials = list(theatre.officials)
        self._towns = [(p, town) for p in theatre.provinces for town in p.towns]
        rng.shuffle(self._towns)

    def happenings(self) -> list[Happening]:
        """All of a theatre, in no order."""
        plan = [
            *self._strength(self._theatre.groups[0], self._theatre.provinces[0]),
            *self._strength(self._theatre.groups[2], self._theatre.provinces[1]),
            self._attack(),
            self._attack(),
            self._arrests(),
            self._presence(),
            self._support(),
            *self._distractors(),
            self._meeting(),
            self._plain("other", self._theatre.groups[0]),
        ]
        self._rng.shuffle(plan)
        return plan

    def _strength(self, group: Group, province: Province) -> list[Happening]:
        rng = self._rng
        verdict: Verdict = rng.choices(
            ("agree", "differ", "conflict", "changed_over_time"), (2, 3, 3, 2)
        )[0]
        first, second = rival_figures(rng, verdict, rng.randrange(4, 50) * 100, 100)
        question = self._question("fighters", group.name, place=province.name)
        day = self._day()
        later = day + timedelta(rng.randint(2, 9))
        if verdict == "changed_over_time":
            later = day + timedelta(rng.randint(*_APART))
        voices = self._voices(3)
        told = [
            Occasion(voices[0], day, (Saying(question, first, as_of=day),)),
            Occasion(voices[1], later, (Saying(question, second, as_of=later),)),
        ]
        if rng.random() < 0.4 and verdict != "changed_over_time":
            third = later + timedelta(1)
            figure = rng.choice((first, second))
            told.append(Occasion(voices[2], third, (Saying(question, figure, as_of=third),)))
        town = rng.choice(province.towns)
        if verdict == "changed_over_time":
            return [
                self._happening("strength", group, (province, town), told[0].day, told[:1]),
                self._happening("strength", group, (province, town), told[1].day, told[1:]),
            ]
        headline = None
        if rng.random() < 0.25:
            base = max(first.high or 0, first.low or 0, second.high or 0, second.low or 0)
            headline = Bounds(2 * base, 2 * base)
        return [self._happening("strength", group, (province, town), day, told, headline)]

    def _attack(self) -> Happening:
        rng, theatre = self._rng, self._theatre
        group = rng.choice((theatre.groups[0], theatre.groups[2]))
        where = self._towns.pop()
        day = self._day()
        killed, wounded, blame = (
            self._question(kind, where[1], place=where[0].name, day=day)
            for kind in ("killed", "wounded", "responsibility")
        )
        blame = Question(blame.id, "responsibility", group.name, where[1], where[0].name, day)
        verdict: Verdict = rng.choices(("agree", "differ", "conflict"), (2, 2, 3))[0]
        ours, theirs = rival_figures(rng, verdict, rng.randrange(5, 60), 1)
        official, _ = self._voices(2)
        agency = Voice(theatre.agency.name, None)
        hurt = rng.randrange(70, 150)
        of_group = Voice(group.spokesman.name, group.spokesman)
        accused = rng.random() < 0.8
        occasions = [
            Occasion(agency, day, (Saying(killed, theirs),)),
            Occasion(
                official,
                day + timedelta(1),
                (
                    Saying(killed, ours),
                    Saying(wounded, Bounds(hurt, hurt)),
                    *((Saying(blame, None),) if accused else ()),
                ),
            ),
        ]
        if rng.random() < 0.75:
            answer = Saying(blame, None, holds=rng.random() < 0.4, own=True)
            occasions.append(Occasion(of_group, day + timedelta(2), (answer,)))
        return self._happening("attack", group, where, day, occasions)

    def _arrests(self) -> Happening:
        rng = self._rng
        where = self._towns.pop()
        day = self._day()
        question = self._question("detained", where[1], place=where[0].name, day=day)
        verdict: Verdict = rng.choice(("agree", "differ", "conflict"))
        one, other = rival_figures(rng, verdict, rng.randrange(12, 80), 1)
        voices = self._voices(2)
        occasions = [
            Occasion(voices[0], day, (Saying(question, one),)),
            Occasion(voices[1], day + timedelta(1), (Saying(question, other),)),
        ]
        group = self._theatre.groups[2]
        return self._happening("arrests", group, where, day, occasions)

    def _presence(self) -> Happening:
        group, province = self._theatre.groups[0], self._theatre.provinces[2]
        question = self._question("present", group.name, place=province.name)
        return self._yes_or_no("presence", group, province, question, self._voices(3))

    def _support(self) -> Happening:
        theatre = self._theatre
        group, province = theatre.groups[2], theatre.provinces[3]
        question = self._question("supports", theatre.neighbour, about=group.name)
        denier = theatre.neighbour_minister
        voices = [*self._voices(2)[:1], Voice(denier.name, denier), *self._voices(1)]
        return self._yes_or_no("support", group, province, question, voices)

    def _yes_or_no(
        self,
        kind: HappeningKind,
        group: Group,
        province: Province,
        question: Question,
        voices: list[Voice],
    ) -> Happening:
        """The first voice says yes, the second mostly no, a third one of both."""
        rng = self._rng
        day = self._day()
        denied = kind == "support" or rng.random() < 0.8
        answers = [True, not denied]
        if rng.random() < 0.5:
            answers.append(rng.choice(answers) if kind == "presence" else True)
        occasions = [
            Occasion(voice, day + timedelta(2 * n), (Saying(question, None, holds=answer),))
            for n, (voice, answer) in enumerate(zip(voices, answers, strict=False))
        ]
        town = rng.choice(province.towns)
        return self._happening(kind, group, (province, town), day, occasions)

    def _distractors(self) -> list[Happening]:
        """Lone claims that must not be laid beside others: a group with a name alike in the same
        province, and the first group in another place."""
        rng, theatre = self._rng, self._theatre
        made = []
        for group, province in (
            (theatre.groups[1], theatre.provinces[0]),
            (theatre.groups[0], theatre.provinces[3]),
        ):
            question = self._question("fighters", group.name, place=province.name)
            low = rng.randrange(3, 60) * 100
            day = self._day()
            saying = Saying(question, Bounds(low, low + rng.randrange(2, 9) * 100), as_of=day)
            occasion = Occasion(self._voices(1)[0], day, (saying,))
            where = (province, rng.choice(province.towns))
            made.append(self._happening("strength", group, where, day, [occasion]))
        return made

    def _meeting(self) -> Happening:
        return self._plain("meeting", self._theatre.groups[2])

    def _plain(self, kind: HappeningKind, group: Group) -> Happening:
        """Something about which nothing is asked."""
        day = self._day()
        occasion = Occasion(self._voices(1)[0], day, ())
        return self._happening(kind, group, self._rng.choice(self._towns), day, [occasion])

    def _question(
        self,
        kind: QuestionKind,
        subject: str,
        *,
        about: str | None = None,
        place: str | None = None,
        day: date | None = None,
    ) -> Question:
        self._made += 1
        return Question(f"q{self._number}-{self._made}", kind, subject, about, place, day)

    def _happening(
        self,
        kind: HappeningKind,
        group: Group,
        where: tuple[Province, str],
        day: date,
        occasions: list[Occasion],
        headline: Bounds | None = None,
    ) -> Happening:
        self._made += 1
        id = f"h{self._number}-{self._made}"
        province, town = where
        return Happening(
            id, kind, self._theatre, group, province, town, day, tuple(occasions), headline
        )

    def _voices(self, count: int) -> list[Voice]:
        """Officials and observers, no body twice except the state itself."""
        people = [*self._theatre.officials, *self._theatre.observers]
        return [Voice(person.name, person) for person in self._rng.sample(people, count)]

    def _day(self) -> date:
        return FIRST_DAY + timedelta(self._rng.randrange(_DAYS))


def rival_figures(rng: Random, verdict: Verdict, base: int, step: int) -> tuple[Bounds, Bounds]:
    """Two answers that stand to each other as the verdict says. `base` > 3 steps, in steps."""
    width = max(2, base // step // 3) * step
    whole = Bounds(base, base + width)
    plain = Bounds(base, base)
    if verdict == "agree":
        same = rng.choice((whole, plain, Bounds(base, base, True), Bounds(base, None)))
        return same, same
    if verdict == "differ":
        inside = base + width // 2 // step * step
        pair = rng.choice(
            (
                (whole, Bounds(inside, inside, True)),
                (whole, Bounds(inside, base + 2 * width)),
                (Bounds(base, None), Bounds(inside + step, inside + step)),
                (Bounds(None, base + width), Bounds(base, base)),
            )
        )
    else:
        far = 2 * base + width
        pair = rng.choice(
            (
                (whole, Bounds(far, far + width)),
                (plain, Bounds(far, far)),
                (Bounds(base, base, True), Bounds(far, far, True)),
                (Bounds(None, base), Bounds(far, None)),
            )
        )
    return pair if rng.random() < 0.5 else (pair[1], pair[0])


def publishers(theatre: Theatre) -> tuple[Outlet, ...]:
    """Who may print a report."""
    return (theatre.agency, *theatre.outlets)
