"""Events as a coder of PLOVER would write them.

The ledger says of an event what it is and how it is put: an attack, planned; a meeting, refused.
PLOVER has types of their own for words: what somebody undertakes to do for another is AGREE, what
he means to do against another THREATEN, what he will not do REJECT, what he wants done REQUEST.
"""

from __future__ import annotations

from sayso.records.findings import Claim

FRIENDLY = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
"""Types that cooperate. AGREE itself stands for the word given, whatever its mood."""
HOSTILE = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
"""Types of conflict in deeds."""


def coded(claim: Claim) -> str | None:
    """The PLOVER type that a coder gives this claim; None for no event, and for what is said not
    to have happened."""
    if claim.plover is None:
        return None
    type = claim.plover.type
    if type not in FRIENDLY | HOSTILE or claim.modality == "possible":
        return type
    if claim.polarity == "negative":
        return "REJECT" if claim.modality == "future" else None
    if claim.modality == "demanded":
        return "REQUEST"
    if claim.modality in {"future", "conditional"}:
        return "AGREE" if type in FRIENDLY else "THREATEN"
    return type
