"""What people decided. Judgements are only ever added; one that no longer holds is withdrawn."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Decision = Literal["confirm", "reject", "correct", "same", "different", "grade"]


class Judgement(Struct, frozen=True, tag_field="type", tag="judgement"):
    """One decision of one person about one record."""

    id: str
    on: str
    """Id of the record it is about."""
    decision: Decision
    value: dict[str, str | int | None]
    """By decision. `same`, `different`: `other`, the id of the other entity. `grade`: `source`
    (A to F) or `information` (1 to 6) in the Admiralty scheme. `correct`: field by field."""
    by: str
    at: str
    """RFC 3339, UTC."""
    because: str | None = None
    """The person's reason, in their words."""
    withdrawn: str | None = None
    """When it was taken back (RFC 3339, UTC); None while it holds."""
