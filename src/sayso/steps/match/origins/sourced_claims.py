"""What is looked at to tell whose word a claim is, and through whom it came."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sayso.records.documents import Document
from sayso.records.findings import Claim, EntityRef, Statement
from sayso.values.names import atoms

_SPOKESMAN = frozenset(
    "spokesman spokeswoman spokesperson spokesmen spokespersons spokespeople spox".split()
)
_AGENT = re.compile(r"\b(?:press|media) (?:secretary|officer|service|office|aide|centre|center)\b")


@dataclass(frozen=True)
class Source:
    """Somebody through whom words came: a person, an agency, an outlet, a paper."""

    name: str
    entity: str | None = None
    """Id of the entity that stands for the actor; None where it could not be told."""


@dataclass(frozen=True)
class SourcedClaim:
    """One claim (or statement) of a position, and all that tells where it comes from."""

    claim: str
    document: str
    outlet: str | None = None
    published: str | None = None
    """EDTF."""
    origin: str | None = None
    """The first publisher that the document names."""
    agency: str | None = None
    """The agency that its dateline credits."""
    byline: str | None = None
    copies: tuple[str, ...] = ()
    """Ids of the groups of copies that the document belongs to."""
    own_voice: bool = True
    """Whether the report says it itself, attributed to nobody."""
    holder: Source | None = None
    """Who says it. None with `own_voice` False: somebody of whom nothing is known."""
    holder_is_outlet: bool = False
    """Whether the holder is an agency, a paper or a broadcaster ("Reuters reported")."""
    named: bool = True
    """Whether the holder is told by name: "officials" and "a resident" are not."""
    speaks_for: Source | None = None
    """The body whose spokesman the holder is."""
    via: tuple[Source, ...] = ()
    """The sources between the document and the holder, outermost first."""
    setting: str | None = None
    said: str | None = None
    """When it was said (EDTF)."""
    quote: str = ""
    """The words of the claim."""
    exact: tuple[str, ...] = ()
    """The speaker's own words."""

    @classmethod
    def of(
        cls,
        document: Document,
        claim: Claim | None,
        statement: Statement | None,
        *,
        copies: tuple[str, ...] = (),
        actor: Callable[[EntityRef], Source] | None = None,
        is_outlet: Callable[[str], bool] = lambda entity: False,
        speaks_for: Source | None = None,
    ) -> SourcedClaim:
        """What a claim and the statement it stands in tell; needs one of the two.

        `actor` gives the actor that words stand for (by default the words' own entity);
        `is_outlet` whether an actor is an outlet.
        """
        if claim is None and statement is None:
            raise ValueError("a claim needs a claim or a statement")
        found = actor or (lambda ref: Source(ref.quote, ref.entity))
        holder = statement.holder if statement is not None else None
        source = found(EntityRef(holder.entity, holder.span, holder.quote)) if holder else None
        record = claim if claim is not None else statement
        assert record is not None
        words = claim.quote if claim is not None else ""
        if not words and statement is not None:
            words = " ".join(part.quote for part in statement.content)
        return cls(
            claim=record.id,
            document=document.id,
            outlet=document.outlet,
            published=document.published.value,
            origin=document.origin,
            agency=document.dateline.agency if document.dateline else None,
            byline=document.byline,
            copies=copies,
            own_voice=statement is None,
            holder=source,
            holder_is_outlet=source is not None and is_outlet(source.entity or ""),
            named=holder is not None and (holder.form != "nominal" or _has_name(source)),
            speaks_for=speaks_for,
            via=tuple(found(ref) for ref in statement.via) if statement is not None else (),
            setting=statement.setting.quote if statement and statement.setting else None,
            said=statement.said.value if statement and statement.said else None,
            quote=words,
            exact=tuple(part.quote for part in statement.exact) if statement is not None else (),
        )


def _has_name(source: Source | None) -> bool:
    """Whether words that describe stand for somebody whose name is known: "the minister" may."""
    return (
        source is not None
        and source.entity is not None
        and any(letter.isupper() for letter in source.name)
    )


def is_spokesman(role: str) -> bool:
    """Whether a role is to speak for others: what is said is then the word of the body.

    >>> is_spokesman("Defence Ministry spokeswoman"), is_spokesman("Defence Minister")
    (True, False)
    """
    words = atoms(role)
    return bool(_SPOKESMAN & set(words)) or _AGENT.search(" ".join(words)) is not None
