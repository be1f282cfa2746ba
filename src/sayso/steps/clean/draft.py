"""What reading one kind of input gives, before the fields that all kinds share are filled."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.errors import Reason
from sayso.records.documents import Dateline, Evidence, Published, Zone
from sayso.records.spans import Span
from sayso.steps.clean.mapped import Mapped

Trouble = tuple[Reason, str, str]
"""Reason, message and advice of a problem."""


@dataclass(slots=True)
class Draft:
    """The text and zones of one input, and what they and its metadata say of it."""

    content: Mapped
    zones: tuple[Zone, ...]
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    dateline: Dateline | None = None
    published: Published = field(default_factory=Published)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    repairs: dict[str, int] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    """Parts that were read in a lesser way."""
    address: tuple[str, str] | None = None
    """The date in the input's own address, and the words it stands in."""
    locked: bool = False
    """Whether the page's metadata say that the report is not free to read."""
    claimed_words: int | None = None
    """How many words the report has by the page's metadata."""

    def set(self, name: str, evidence: Evidence | None) -> None:
        """Fill a field that is still empty."""
        if evidence is not None and getattr(self, name, None) is None and evidence.quote:
            setattr(self, name, evidence.quote)
            self.evidence[name] = evidence

    def set_from_text(self, name: str, span: Span | None) -> None:
        """Fill a field from its place in the text."""
        if span is not None:
            self.set(name, Evidence("text", span.cut(self.content.text), span))
