"""Which disputes are meant, and which come first."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.records.matches import Dispute, Verdict
from sayso.values.names import key

VERDICTS: dict[Verdict, str] = {
    "conflict": "They contradict one another",
    "differ": "They differ",
    "changed_over_time": "It changed over time",
    "agree": "They agree",
}
"""The verdicts in words, the gravest first."""


def in_order(disputes: Iterable[Dispute]) -> list[Dispute]:
    """The gravest verdict first, then what most voices speak to, then by question."""
    rank = {verdict: number for number, verdict in enumerate(VERDICTS)}
    return sorted(
        disputes,
        key=lambda dispute: (
            rank[dispute.verdict],
            -sum(position.independent_sources for position in dispute.positions),
            dispute.question,
            dispute.id,
        ),
    )


def is_about(dispute: Dispute, name: str) -> bool:
    """Whether a name, or words of it, is the subject, object or place of a dispute or one of its
    holders. Case, accents and hyphens do not matter."""
    wanted = key(name)
    about = dispute.about
    names = [about.subject_name, about.object_name, about.place_name, dispute.question]
    names += [holder.name for position in dispute.positions for holder in position.holders]
    return bool(wanted) and any(f" {wanted} " in f" {key(named)} " for named in names if named)
