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
    would be had nobody rejected anything: by them it is told where a claim would stand.

    A question of which one answer is left is no dispute any more. It is kept with that answer, so
    that whoever comes back to it sees what became of the others.
    """
    gone = {claim.id for claim, _ in rejected}
    where: dict[str, set[str]] = {}
    for dispute in with_all:
        where[dispute.id] = gone & _claims(dispute)
    there = {dispute.id for dispute in found}
    rest = [_rest(dispute, gone) for dispute in with_all if dispute.id not in there]
    marked = []
    for dispute in [*found, *(one for one in rest if one is not None)]:
        own = [(claim, held) for claim, held in rejected if claim.id in where.get(dispute.id, ())]
        if own:
            dispute = replace(
                dispute,
                left_out=tuple(claim.id for claim, _ in own),
                reasons=(*dispute.reasons, *_reasons(own)),
            )
        marked.append(dispute)
    return marked


def _claims(dispute: Dispute) -> set[str]:
    return {id for position in dispute.positions for id in position.claims}


def _rest(dispute: Dispute, gone: set[str]) -> Dispute | None:
    """The question with the answers that nobody rejected anything of; None where none is left."""
    whole = tuple(p for p in dispute.positions if not gone.intersection(p.claims))
    if not whole or len(whole) == len(dispute.positions):
        return None
    reason = "one answer is left" if len(whole) == 1 else "these answers are left"
    return replace(dispute, positions=whole, verdict="agree", reasons=(reason,))


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
