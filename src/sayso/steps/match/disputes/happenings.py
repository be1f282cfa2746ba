"""Where accounts of one happening part: its dead, who did it, where and when it was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from sayso.records.findings import Responsibility
from sayso.records.matches import About, Dispute, Verdict
from sayso.steps.match.disputes.answers import Answer, View, dispute_id, first_hand
from sayso.steps.match.disputes.estimates import compared, usable
from sayso.steps.match.disputes.measures import TOLLS, family
from sayso.steps.match.disputes.rivals import Rivalry, gravest, rivalries
from sayso.steps.match.disputes.sides import DisputeClaim, Party
from sayso.steps.match.disputes.words import how_many_fell, the

_EXACT = frozenset(("point", "city", "district"))
_DONE = frozenset(("claimed", "accused", "accused_by_authorities", "reported"))


def of_an_event(sides: Sequence[DisputeClaim], view: View) -> Iterator[Dispute]:
    """The disputes about one happening."""
    if not sides:
        return
    asking = _Asking(sides, view)
    yield from asking.tolls()
    yield from asking.responsibility()
    yield from asking.places()
    yield from asking.dates()


class _Asking:
    def __init__(self, sides: Sequence[DisputeClaim], view: View) -> None:
        self._view = view
        self._sides = sides
        event = next(side.event for side in sides if side.event is not None)
        self._event = view.matched.event(event)
        names = Counter(side.event_name for side in sides if side.event_name)
        # The fullest of the commonest names: "attack in Velm (2031-03-14)" before "attack".
        self._name = max(names, key=lambda n: (names[n], len(n), n)) if names else "event"
        actor = view.matched.actor
        places = Counter(
            (actor(side.scope.part or side.scope.country or ""), side.scope.name)
            for side in sides
            if side.claim.kind == "event" and side.scope.name is not None
        )
        self._place: tuple[str | None, str | None] = (None, None)
        if places:
            self._place = min(places, key=lambda place: (-places[place], str(place)))
        self._tellings = [
            side
            for side in sides
            if side.claim.kind == "event"
            and side.polarity == "positive"
            and side.claim.modality == "actual"
        ]

    def tolls(self) -> Iterator[Dispute]:
        groups: dict[tuple[str, str], list[DisputeClaim]] = defaultdict(list)
        for side in usable(self._sides):
            if family(side.claim.measure) in TOLLS:
                groups[family(side.claim.measure), side.counted].append(side)
        for (measure, counted), sides in groups.items():
            answers, found, dropped = compared(sides, self._view)
            about = self._about(measure, f"{counted} {measure}".strip())
            question = how_many_fell(measure, counted, self._name)
            rose = _rose(found)
            verdict = _toll_verdict(found, rose=rose)
            reasons = [_toll_told(rivalry, rose=rose) for rivalry in gravest(found)]
            yield from self._made(about, question, answers, found, verdict, (*reasons, *dropped))

    def responsibility(self) -> Iterator[Dispute]:
        """Who did it: a rival answer is another actor, or a denial of the same."""
        answers: dict[tuple[str, bool], Answer] = {}
        for side, party, done in self._blamed():
            actor = self._view.matched.actor(party.id)
            name = the(self._view.matched.name_of(party))
            value = name if done else f"not {name}"
            found = answers.setdefault((actor, done), Answer(value))
            found.sides.append(side)
        ordered = [answers[key] for key in sorted(answers, key=lambda key: (key[0], not key[1]))]
        keys = sorted(answers, key=lambda key: (key[0], not key[1]))
        excluding = {
            (id(answers[a]), id(answers[b]))
            for a in keys
            for b in keys
            if (a[0] == b[0] and a[1] != b[1]) or (a[0] != b[0] and a[1] and b[1])
        }
        pairs = rivalries(ordered, self._view.matched, overlap=lambda a, b: False)
        pairs = [p for p in pairs if (id(p.first), id(p.second)) in excluding]
        if not pairs and len(ordered) > 1:
            return
        about = self._about("responsibility", None)
        question = f"Who is behind the {self._name}?"
        reasons = [_blame_told(rivalry) for rivalry in pairs[:2]]
        # One happening has one doer, whenever it is told.
        verdict: Verdict = "conflict" if pairs else "agree"
        yield from self._made(about, question, ordered, pairs, verdict, tuple(reasons))

    def _blamed(self) -> Iterator[tuple[DisputeClaim, Party, bool]]:
        for side in self._sides:
            yield from ((side, party, done) for party, done in behind(side))

    def places(self) -> Iterator[Dispute]:
        def where(side: DisputeClaim) -> tuple[str, str] | None:
            place, scope = side.claim.place, side.scope
            if place is None or place.precision not in _EXACT or scope.part is None:
                return None
            return self._view.matched.actor(scope.part), scope.name or place.quote

        yield from self._told("place", f"Where was the {self._name}?", where)

    def dates(self) -> Iterator[Dispute]:
        def when(side: DisputeClaim) -> tuple[str, str] | None:
            time = side.claim.time
            if time is None or time.value is None or time.kind != "date" or len(time.value) != 10:
                return None
            return time.value, time.value

        yield from self._told("date", f"When was the {self._name}?", when)

    def _told(
        self, what: str, question: str, read: Callable[[DisputeClaim], tuple[str, str] | None]
    ) -> Iterator[Dispute]:
        kept, dropped = first_hand(
            [side for side in self._tellings if read(side)], self._view.matched, read
        )
        answers: dict[str, Answer] = {}
        for side in kept:
            key, value = read(side) or ("", "")
            answers.setdefault(key, Answer(value)).sides.append(side)
        ordered = [answers[key] for key in sorted(answers)]
        pairs = rivalries(ordered, self._view.matched, overlap=lambda a, b: False)
        # That two reports give one place or day is what made them one happening: no finding.
        if not pairs:
            return
        reasons = [_differently(rivalry, what) for rivalry in pairs[:2]]
        yield from self._made(
            self._about(what, None), question, ordered, pairs, "conflict", (*reasons, *dropped)
        )

    def _about(self, what: str, measure: str | None) -> About:
        place, name = self._place
        return About(
            kind="event",
            predicate=what,
            measure=measure,
            place=None if place is None or place.startswith("~") else place,
            place_name=name,
            event=self._event,
        )

    def _made(
        self,
        about: About,
        question: str,
        answers: Sequence[Answer],
        pairs: Sequence[Rivalry],
        verdict: Verdict,
        reasons: tuple[str, ...],
    ) -> Iterator[Dispute]:
        if not answers or (not pairs and len(answers) > 1):
            return
        positions = tuple(self._view.position(answer) for answer in answers)
        if not pairs:
            if positions[0].independent_sources < 2:
                return
            count = positions[0].independent_sources
            reasons = (f"{count} independent sources say the same", *reasons)
        yield Dispute(
            id=dispute_id(about),
            about=about,
            question=question,
            positions=positions,
            verdict=verdict,
            reasons=reasons,
            made_by=self._view.made_by,
        )


def behind(side: DisputeClaim) -> Iterator[tuple[Party, bool]]:
    """Who is said to have done what a side tells of (True), or not to have (False)."""
    told = zip(side.claim.responsibility, side.answering, strict=True)
    for answer, party in told:
        done = _is_done(side, answer)
        if done is not None and party is not None and not party.id.startswith("~"):
            yield party, done
    if side.denier is not None and not side.claim.responsibility and not side.cleared:
        yield side.denier, False
    for parties, done in ((side.blamed, True), (side.cleared, False)):
        for party in parties:
            yield party, done


def _is_done(side: DisputeClaim, answer: Responsibility) -> bool | None:
    if side.claim.modality != "actual":
        return None
    if answer.how == "denied":
        return False
    return True if answer.how in _DONE else None


def _rose(found: Sequence[Rivalry]) -> bool:
    """Whether every higher figure is later and nobody's rival word: a toll that was brought up to
    date. What says that the toll "has risen", the reports' own voices and one speaker's successive
    words do that; two speakers who give different figures do not."""
    told = [rivalry for rivalry in found if rivalry.standing != "overlap"]
    for rivalry in told:
        low, high = rivalry.voices
        same = low.speaker == high.speaker
        own = low.speaker.startswith("=") and high.speaker.startswith("=")
        if low.time is None or high.time is None:
            return False
        first, second = low.time.first, high.time.first
        if first is None or second is None or first > second:
            return False
        if not (high.updates or ((same or own) and first < second)):
            return False
    return bool(told)


def _toll_verdict(found: Sequence[Rivalry], *, rose: bool) -> Verdict:
    excluding = [rivalry for rivalry in found if rivalry.standing != "overlap"]
    if rose:
        return "changed_over_time"
    # The dead of one happening are counted once and for all, so time does not excuse a difference.
    return "conflict" if excluding else "differ" if found else "agree"


def _toll_told(rivalry: Rivalry, *, rose: bool) -> str:
    one, other = rivalry.voices
    pair = f"{one.told()}: {rivalry.first.value}; {other.told()}: {rivalry.second.value}"
    if rivalry.standing == "overlap":
        return f"the figures differ but share a range: {pair}"
    if rose:
        return f"the later report has the higher figure, as a toll rises: {pair}"
    return f"the figures are of one happening and do not meet: {pair}"


def _blame_told(rivalry: Rivalry) -> str:
    one, other = rivalry.voices
    return f"{one.told()}: {rivalry.first.value}; {other.told()}: {rivalry.second.value}"


def _differently(rivalry: Rivalry, what: str) -> str:
    one, other = rivalry.voices
    pair = f"{one.told()}: {rivalry.first.value}; {other.told()}: {rivalry.second.value}"
    return f"one happening is given another {what}: {pair}"
