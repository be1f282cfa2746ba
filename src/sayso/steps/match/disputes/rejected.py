"""What people rejected takes no position; the dispute says so."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from sayso.records.findings import Claim
from sayso.records.judgements import Standing
from sayso.records.matches import Dispute

_SHOWN = 5
"""So many are named one by one; the rest is counted."""


def left_out(
    found: Sequence[Dispute],
    with_all: Sequence[Dispute],
    rejected: Sequence[tuple[Claim, Standing]],
) -> list[Dispute]:
    """The disputes with what was left out of each, and why. `with_all` are the disputes as they
    would be had nobody rejected anything: by them it is told where a claim would stand."""
    where: dict[str, set[str]] = {}
    for dispute in with_all:
        claims = {id for position in dispute.positions for id in position.claims}
        where.setdefault(dispute.id, set()).update(claims)
    marked = []
    for dispute in found:
        there = where.get(dispute.id, set())
        own = [(claim, held) for claim, held in rejected if claim.id in there]
        if own:
            dispute = replace(
                dispute,
                left_out=tuple(claim.id for claim, _ in own),
                reasons=(*dispute.reasons, *_reasons(own)),
            )
        marked.append(dispute)
    return marked


def _reasons(rejected: Sequence[tuple[Claim, Standing]]) -> list[str]:
    lines = []
    for claim, held in rejected[:_SHOWN]:
        because = f": {held.because}" if held.because else ""
        lines.append(
            f"“{claim.quote}” ({claim.id[:8]}) is left out: {held.by} rejected it on"
            f" {held.at[:10]}{because}"
        )
    if len(rejected) > _SHOWN:
        lines.append(f"and {len(rejected) - _SHOWN:,} more that people rejected are left out")
    return lines
