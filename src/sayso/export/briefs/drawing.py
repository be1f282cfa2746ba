"""Which pictures a brief may hold: each is a function of the ledger and of what the brief cites."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Literal, get_args

from sayso.errors import NoSuchRecord
from sayso.export.briefs.brief import Asked, Brief, Picture, one_line
from sayso.export.briefs.over_time import over_time_of
from sayso.export.briefs.pictures import map_of, ties_of, timeline_of
from sayso.export.briefs.ranges import ranges_of
from sayso.records.entities import Entity
from sayso.records.findings import Claim, Statement
from sayso.records.matches import Dispute

PictureKind = Literal["map", "timeline", "network", "dispute"]
_OVER_TIME = "” over time"
PICTURES: tuple[PictureKind, ...] = get_args(PictureKind)
_WORDS: dict[PictureKind, str] = {
    "map": "Where the claims cited here say that it is; areas as large as that is unsure",
    "timeline": "When the claims cited here say that it was",
    "network": "Who, by the claims cited here, did what to whom or stands in which relation",
}


def drawn_of_dispute(dispute: Dispute, over_time_by: Asked | None = None) -> list[Picture]:
    """The answers on one scale, if they are numbers; and over time, of the ledger that is given."""
    found = []
    if (svg := ranges_of(dispute)) is not None:
        words = one_line(f"The answers to “{dispute.question}” on one scale")
        found.append(Picture(svg, words))
    if over_time_by is not None and (svg := over_time_of(dispute, over_time_by)) is not None:
        found.append(Picture(svg, one_line(f"The answers to “{dispute.question}{_OVER_TIME}")))
    return found


def drawn_of_claims(
    claims: list[Claim], asked: Asked, wanted: Iterable[PictureKind]
) -> list[Picture]:
    """The pictures of these kinds, as far as there is something to draw."""
    found = []
    for kind in wanted:
        svg = None
        if kind == "map":
            svg = map_of(claims)
        elif kind == "timeline":
            svg = timeline_of(claims)
        elif kind == "network":
            svg = _network(claims, asked)
        if svg is not None:
            found.append(Picture(svg, _WORDS[kind]))
    return found


def kinds_in(brief: Brief) -> list[PictureKind]:
    """The kinds of pictures that stand in a brief, by their words."""
    words = [block.words for block in brief.blocks if isinstance(block, Picture)]
    found = [kind for kind, known in _WORDS.items() if known in words]
    return [*found, "dispute"] if any(one.endswith(_OVER_TIME) for one in words) else found


def every_picture(records: Iterable[Statement | Claim | Dispute], asked: Asked) -> dict[str, str]:
    """Every picture that may stand in a brief of these: what it shows, by its drawing."""
    records = list(records)
    claims = [one for one in records if isinstance(one, Claim)]
    found = drawn_of_claims(claims, asked, PICTURES)
    for one in records:
        if isinstance(one, Dispute):
            found += drawn_of_dispute(one, asked)
    return {picture.svg: picture.words for picture in found}


def _network(claims: list[Claim], asked: Asked) -> str | None:
    lookup = asked.lookup()

    @cache
    def actor(id: str) -> str:
        try:
            record = asked.record(id)
        except NoSuchRecord:
            return id
        return (record.same_as or id) if isinstance(record, Entity) else id

    return ties_of(claims, actor, lambda id: lookup.name(id) or id)
