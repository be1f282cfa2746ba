"""What people decided. Judgements are only ever added; one that no longer holds is withdrawn."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sayso.records.findings import Claim, Statement

Decision = Literal["confirm", "reject", "correct", "same", "different", "grade"]


class Judgement(Struct, frozen=True, tag_field="type", tag="judgement"):
    """One decision of one person about one record."""

    id: str
    on: str
    """Id of the record it is about."""
    decision: Decision
    value: dict[str, str | int | None]
    """By decision. `same`, `different`: `other`, the id of the other entity. `grade`: `source`
    (A to F) or `information` (1 to 6) in the Admiralty scheme. `correct`: field by field, see
    `values.corrections`; of a document, with `start` and `end`: a statement that was missed."""
    by: str
    at: str
    """RFC 3339, UTC."""
    because: str | None = None
    """The person's reason, in their words."""
    withdrawn: str | None = None
    """When it was taken back (RFC 3339, UTC); None while it holds."""


Held = Literal["confirm", "reject", "correct", "add"]
"""A decision that holds of a finding; `add`: a person found it and the machine missed it."""


class Standing(Struct, frozen=True, tag_field="type", tag="standing"):
    """What holds of a finding after what people decided. A view: the finding is as it was found."""

    id: str
    on: str
    """Id of the statement or claim."""
    decision: Held
    by: str
    at: str
    """RFC 3339, UTC."""
    judgement: str
    because: str | None = None
    people: dict[str, Held] = {}
    """What each person holds of it, the last to decide last."""
    differing: tuple[str, ...] = ()
    """People who decided otherwise and did not take it back."""
    finding: Statement | Claim | None = None
    """The finding as people have it; None where they changed nothing."""
    holder_name: str | None = None
    """The holder in the person's words, where the text has none."""
