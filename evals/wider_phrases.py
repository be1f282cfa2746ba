"""Each phrase of the third set of `evals/synthetic`, alone behind a lead: is its answer read?

    python -m evals.wider_phrases             the figures of both halves
    python -m evals.wider_phrases --errors    and what is missed in the half tuned on
    python -m evals.wider_phrases --rounds    and read and wrong of each round's halves
    python -m evals.wider_phrases --kind present absent --round wider_4    of these alone

Each phrase is filled in with names of an invented world and put in speech of the same half; a
report of two paragraphs is read by the rules, from bare text to the sides that disputes are made
of. An answer is right if some side gives it: the bounds and the group and province for a strength;
the bounds and what befell them for a toll; the group and whether it did it for an attack; the
group, province, and yes or no for presence; both ends and yes or no for support. `wrong`: phrases
that were read as another answer to the same question (other bounds, a yes for a no).

    wider_read, held_read       share of the phrases' answers that are right
    wider_wrong, held_wrong     share that are told wrongly
    held_KIND                   of one kind
    wider_N_HALF_read, _wrong   of the claims and whole sentences of round N that its hashes put in
                                that half (of earlier rounds both halves were tuned on since);
                                the speech around them is of all rounds

Of `held` no errors can be printed: it was written by the same hand as the rules, and only counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from evals.plain_documents import plain_document
from evals.synthetic.collection import theatres
from evals.synthetic.phrasing import (
    Bounds,
    Phrasebook,
    PhrasingName,
    bare,
    capitalised,
    choose,
    fill,
    quoted,
    rounds,
)
from evals.synthetic.reports import full, named
from evals.synthetic.world import Theatre
from sayso.pipeline import Reader
from sayso.settings import ExtractSettings, Settings
from sayso.steps.match.disputes.gathering import sides_of_reading
from sayso.steps.match.disputes.happenings import behind
from sayso.steps.match.disputes.measures import family
from sayso.steps.match.disputes.sides import DisputeClaim
from sayso.steps.match.disputes.states import says

DATA: tuple[str, ...] = ()
FILES = tuple(sorted((Path(__file__).resolve().parent / "synthetic").glob("wider_*.toml")))
PINNED = ("wider_read", "held_read", "wider_wrong", "held_wrong")
LOWER_IS_BETTER = ("wider_wrong", "held_wrong")
SEED = 11
TIMES = 3
"""How often each phrase is told, each time with other names, figures and speech."""
_FIGURES = ("fighters", "killed", "wounded", "detained")
_YES = ("responsible", "present", "supports")
_NO = {"not_responsible": "responsible", "absent": "present", "not_supports": "supports"}


@dataclass(frozen=True)
class Told:
    """A phrase as it was told, and what it says."""

    key: str
    phrase: str
    lead: str
    sentence: str
    group: str
    province: str
    state: str
    bounds: Bounds | None

    @property
    def asked(self) -> str:
        """The kind of question, whatever the answer."""
        return _NO.get(self.key, self.key)


def tellings(name: PhrasingName) -> Iterator[Told]:
    """Each phrase of a half, `TIMES` times."""
    rng, book = Random(SEED), Phrasebook(name)
    world = theatres(SEED, 6)
    for section in ("claims", "whole"):
        for key, phrases in book.section(section).items():
            for phrase in phrases:
                for _ in range(TIMES):
                    yield _tell(rng, book, rng.choice(world), section, key, phrase)


def _tell(
    rng: Random, book: Phrasebook, world: Theatre, section: str, key: str, phrase: str
) -> Told:
    kind = key.removesuffix("_self")
    group, province = world.groups[0], rng.choice(world.provinces)
    town = rng.choice(province.towns)
    person = rng.choice((*world.officials, *world.observers))
    if kind == "not_supports":
        person = world.neighbour_minister
    slots = {
        "group": f"the {group.name}",
        "abbreviation": group.abbreviation,
        "other": group.other,
        "place": province.name,
        "town": town,
        "country": world.country,
        "capital": world.capital,
        "neighbour": world.neighbour,
        "state": world.neighbour,
        "holder": full(person),
        "agency": named(world.agency),
        "outlet": named(rng.choice(world.outlets)),
        "publisher": world.outlets[0].name,
        "day": "on Tuesday",
        "day_said": "on Wednesday",
        "weekday": "Thursday",
    }
    slots["setting"] = fill("{holder} met reporters in {capital}", slots)
    about = {"fighters": "strength", "present": "presence", "supports": "support"}
    lead_key = about.get(_NO.get(kind, kind), "attack")
    lead = fill(book.pick(rng, "leads", "arrests" if kind == "detained" else lead_key), slots)
    bounds = _bounds(rng, kind) if kind in _FIGURES else None
    if bounds is not None:
        slots["count"] = book.count(rng, bounds)
    clause = fill(choose(rng, phrase), slots)
    if section == "claims":
        forms = ["indirect", "direct", "via", "own", "own_via"]
        form = rng.choice([*forms, "mixed"] if "<<" in clause else forms)
        slots |= {"clause": bare(clause), "clause_quoted": quoted(clause)}
        clause = fill(book.pick(rng, "speech", form), slots)
    return Told(
        kind,
        phrase,
        capitalised(lead),
        capitalised(bare(clause)),
        group.name,
        province.name,
        world.neighbour,
        bounds,
    )


def _bounds(rng: Random, kind: str) -> Bounds:
    low = rng.randrange(3, 60) * 100 if kind == "fighters" else rng.randrange(11, 90)
    high = low + (rng.randrange(2, 9) * 100 if kind == "fighters" else rng.randrange(3, 30))
    return rng.choice(
        (
            Bounds(low, low),
            Bounds(low, high),
            Bounds(low, None),
            Bounds(None, high),
            Bounds(low, low, approximate=True),
        )
    )


def answers(told: Told, sides: Sequence[DisputeClaim]) -> list[bool]:
    """Each answer that is read to the question of the phrase, and whether it is the right one."""
    found = []
    for side in sides:
        if side.claim.span.start < len(told.lead):
            continue
        if told.key in _FIGURES:
            found += _figure(told, side)
        elif told.asked == "responsible":
            yes = told.key == "responsible"
            found += [done == yes for party, done in behind(side) if _is(party.name, told.group)]
        elif told.asked == "present" and side.claim.kind == "status":
            said = says(side, "active")
            if said is not None and side.subject and _is(side.subject.name, told.group):
                place = told.province in (side.scope.part_name, side.scope.country_name)
                found.append(place and said == (told.key == "present"))
        elif told.asked == "supports" and side.claim.kind == "relation":
            ends = side.subject, side.object
            names = [end.name if end is not None else "" for end in ends]
            both = _is(names[0], told.state) and _is(names[1], told.group)
            if side.claim.relation == "supports" and both:
                found.append((side.polarity == "positive") == (told.key == "supports"))
    return found


def _figure(told: Told, side: DisputeClaim) -> list[bool]:
    claim, bounds = side.claim, told.bounds
    measure = family(claim.measure)
    wanted = "strength" if told.key == "fighters" else told.key
    if claim.kind != "estimate" or measure != wanted or bounds is None:
        return []
    same = (claim.low or 0) == (bounds.low or 0) and claim.high == bounds.high
    if told.key == "fighters":
        where = (side.scope.part_name, side.scope.country_name)
        whose = side.subject is not None and _is(side.subject.name, told.group)
        return [same and whose and told.province in where and side.polarity == "positive"]
    return [same and side.polarity == "positive"]


def _is(name: str, wanted: str) -> bool:
    return name.removeprefix("the ").removeprefix("The ") == wanted


def results(
    name: PhrasingName, kinds: Sequence[str] = (), rounds_told: Sequence[str] = ()
) -> Iterator[tuple[Told, list[bool]]]:
    """Each telling of a half with the answers read; of some kinds and rounds only, if named."""
    reader, origin = Reader(Settings(extract=ExtractSettings(attribution="rules"))), rounds()
    for told in tellings(name):
        if kinds and told.key not in kinds:
            continue
        if rounds_told and origin[told.phrase][0] not in rounds_told:
            continue
        document = plain_document(f"{told.lead}\n\n{told.sentence}")
        yield told, answers(told, sides_of_reading(reader.read_document(document)))


def figures(name: PhrasingName, found: Sequence[tuple[Told, list[bool]]]) -> dict[str, float]:
    """The figures of a half."""
    right, wrong, total = Counter[str](), 0, Counter[str]()
    for told, read in found:
        total[told.key] += 1
        right[told.key] += any(read)
        wrong += bool(read) and not any(read)
    return {
        f"{name}_read": right.total() / max(1, total.total()),
        f"{name}_wrong": wrong / max(1, total.total()),
        **{f"{name}_{key}": right[key] / total[key] for key in sorted(total)},
    }


def by_round(found: Sequence[tuple[Told, list[bool]]]) -> dict[str, float]:
    """Read and wrong of each round and its half, of the phrases that are told here."""
    origin = rounds()
    parts: dict[str, list[list[bool]]] = {}
    for told, read in found:
        parts.setdefault("_".join(origin[told.phrase]), []).append(read)
    made: dict[str, float] = {}
    for part, reads in sorted(parts.items()):
        made[f"{part}_read"] = sum(map(any, reads)) / len(reads)
        made[f"{part}_wrong"] = sum(bool(read) and not any(read) for read in reads) / len(reads)
    return made


def measure() -> dict[str, float]:
    """The figures of both halves."""
    made: dict[str, float] = {}
    for name in ("wider", "held"):
        made |= figures(name, list(results(name)))
    return made


def main() -> None:
    """Print the figures, with `--errors` what is missed in the half that rules were tuned on."""
    parser = argparse.ArgumentParser(description="Phrases of the third set, one by one.")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--rounds", action="store_true")
    parser.add_argument("--half", choices=("wider", "held"))
    parser.add_argument("--kind", nargs="+", default=(), help="only these kinds")
    parser.add_argument("--round", nargs="+", default=(), help="only these rounds, as wider_4")
    given = parser.parse_args()
    halves: tuple[PhrasingName, ...] = (given.half,) if given.half else ("wider", "held")
    for name in halves:
        found = list(results(name, given.kind, given.round))
        for told, read in found if given.errors and name == "wider" else ():
            if not any(read):
                print(f"{told.key:16} {'WRONG' if read else 'missed'} {told.sentence}")
        shown = figures(name, found) | (by_round(found) if given.rounds else {})
        for figure, value in shown.items():
            print(f"{figure:28} {value:.3f}")


if __name__ == "__main__":
    main()
