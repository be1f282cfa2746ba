"""Who a pronoun or a description means, from what stands before it (or after)."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.records.analyses import Analysis, DocumentEntities, DraftStatement
from sayso.records.entities import Entity, EntityKind
from sayso.records.findings import Mention
from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.link.genders import FEMALE, MALE, genders
from sayso.steps.link.holder_nouns import load_holder_nouns
from sayso.steps.link.roles import role_span
from sayso.steps.link.sightings import SUBJECTS, Sightings

_PLURAL = frozenset({"they", "them", "their", "themselves"})
_NEUTER = frozenset({"it", "its", "itself"})
_RELATIVE = frozenset({"WP", "WDT"})
_PERSONS: frozenset[EntityKind] = frozenset({"person"})
_BODIES: frozenset[EntityKind] = frozenset({"armed_group", "organisation", "state", "outlet"})
_EMPTY = frozenset({"a", "an", "the", "top", "senior", "former", "of", "for", "and", "in"})
"""Words that two descriptions share by chance."""
_SHORT = 20
"""In characters: a longer description of a state or body says more than its noun."""
_AHEAD = 1_200
"""How far ahead a description looks for the name behind it, in characters."""
_CLIMB = 40
"""Steps up the tree from a relative pronoun to its clause, at most."""
_SOMEBODY = "?"
"""Stands for holders who are no entity: "they" after them is nobody from further back."""


class Antecedents:
    """Looks up, in the document read so far, whom a later word means."""

    def __init__(
        self, analysis: Analysis, named: DocumentEntities, drafts: Sequence[DraftStatement]
    ) -> None:
        self._named = named
        self._analysis = analysis
        self._nouns = load_holder_nouns()
        self._sightings = Sightings(analysis, named, drafts)
        self._last = self._sightings.last
        self._male: dict[str, bool] = genders(analysis, named)
        self._described: dict[str, EntityKind] = {}
        self._speakers: set[str] = set()
        for parse in analysis.parses:
            if parse.zone.kind == "body":
                self._note_subjects(parse)

    def note_holder(self, entity: str | None, position: int) -> None:
        """Remember who spoke at `position` (also where no name stands there)."""
        self._speakers.add(entity or _SOMEBODY)
        self._sightings.add(entity or _SOMEBODY, position, 2)

    def note_description(self, entity: Entity) -> None:
        """Remember an entity that is only described, not named."""
        self._described[entity.id] = entity.kind

    def of_pronoun(
        self, pronoun: str, position: int, *, outside: Sequence[Span] = ()
    ) -> str | None:
        """The entity that a pronoun at `position` means; None where nothing fits.

        `outside`: what the holder says; a pronoun outside it is nobody named in it.
        """
        if pronoun in MALE or pronoun in FEMALE:
            male = pronoun in MALE
            return self._last(
                position,
                lambda e: self._kind(e) in _PERSONS and self._male.get(e, male) == male,
                outside=outside,
            )
        if pronoun in _PLURAL:
            found = self._last(position, self._is_many, outside=outside)
            return None if found == _SOMEBODY else found
        if pronoun in _NEUTER:
            return self._last(position, self._is_body, outside=outside)
        return None

    def of_relative(self, parse: Parse, token: int) -> str | None:
        """The entity that "who", "which" or "that" refers back to: the name it follows.

        None where it follows no name ("some who ...").
        """
        before = token - 1
        while before >= 0 and parse.pos[before] in ("PUNCT", "ADP"):
            before -= 1
        clause = token
        for _ in range(_CLIMB):
            if parse.deps[clause] == "relcl" or parse.heads[clause] == clause:
                break
            clause = parse.heads[clause]
        places = [parse.heads[clause]] if parse.deps[clause] == "relcl" else []
        if before >= 0 and (not places or parse.deps[before] == "conj"):
            places = [before]  # "Rowe and Dorn, who": Dorn
        mentions = (self._named.at(parse.starts[place]) for place in places)
        return next((mention.entity for mention in mentions if mention is not None), None)

    def of_description(self, parse: Parse, head: int, span: Span, *, definite: bool) -> str | None:
        """The named entity that a description means ("the paper", "a top security official")."""
        lemma = parse.lemmas[head].lower()
        if not definite:
            return self._named_next(parse, head, span)
        if parse.words[head][0].isupper():  # "the Front", "the Council": a name cut short
            word = parse.words[head].lower()
            short = self._last(span.start, lambda e: self._named_with(e, {word}))
            if short is not None:
                return short
        nouns = self._nouns
        if lemma in nouns.document:
            return self._last(span.start, lambda e: self._kind(e) == "document")
        if nouns.is_person(lemma) and parse.tags[head] in ("NN", "NNP"):
            return self._person(parse, head, span)
        return self._body(parse, head, span)

    def is_near(self, entity: str, position: int, reach: int) -> bool:
        """Whether the entity was spoken of at most `reach` characters before `position`."""
        return self._sightings.is_near(entity, position, reach)

    def names_in(self, span: Span) -> bool:
        """Whether something is named inside `span`."""
        return bool(self._named.within(span))

    # ── search ─────────────────────────────────────────────────────────────────────────────────

    def _note_subjects(self, parse: Parse) -> None:
        """Count "the president" among the places where the one who is president is spoken of."""
        for token in range(len(parse)):
            if parse.deps[token] not in SUBJECTS or parse.tags[token] != "NN":
                continue
            children = parse.children[token]
            if len(children) != 1 or parse.words[children[0]].lower() != "the":
                continue
            lemma, position = parse.lemmas[token].lower(), parse.starts[token]
            found = self._with_role(position, {lemma}) if self._nouns.is_person(lemma) else None
            if found is not None:
                self._sightings.add(found, position, 1)

    def _person(self, parse: Parse, head: int, span: Span) -> str | None:
        """The last person whose role has these words, or the next; else the last one who spoke."""
        lemma = parse.lemmas[head].lower()
        position = span.start
        said = self._content_words(parse, span)
        with_role = (
            self._with_role(position, said | {lemma})
            or (self._named_next(parse, head, span) if len(said) > 1 else None)
            or self._with_role(position, {lemma})
        )
        if with_role is not None or lemma in self._nouns.anonymous:
            return with_role
        return self._last(position, lambda e: self._kind(e) in _PERSONS, least_prominence=1)

    def _with_role(self, position: int, said: set[str]) -> str | None:
        return self._last(position, lambda e: self._has_role(e, said))

    def _body(self, parse: Parse, head: int, span: Span) -> str | None:
        lemma, position, nouns = parse.lemmas[head].lower(), span.start, self._nouns
        if lemma in nouns.outlet:
            found = self._last(position, lambda e: self._is_outlet(e, lemma))
            if found is not None:
                return found
        if lemma in nouns.group | nouns.institution | nouns.place:
            said = {lemma} | {
                parse.words[i].lower() for i in parse.children[head] if parse.deps[i] == "compound"
            }
            found = self._last(position, lambda e: self._named_with(e, said))
            if found is not None:
                return found
        if _is_qualified(parse, head, span):
            return None
        kind = self._kind_meant(lemma, span)
        return self._last(position, lambda e: self._kind(e) == kind) if kind else None

    def _kind_meant(self, lemma: str, span: Span) -> EntityKind | None:
        """The kind of entity for which the noun stands, whatever its name."""
        nouns = self._nouns
        if lemma in nouns.group:
            return "organisation" if lemma in nouns.any_body else "armed_group"
        if lemma in nouns.any_body and len(span) < _SHORT:
            return "organisation"
        if lemma in nouns.state and len(span) < _SHORT:
            return "state"
        return "place" if lemma in nouns.place else None

    def _named_next(self, parse: Parse, head: int, span: Span) -> str | None:
        """The person named soon after whose role shares two words with the description."""
        if not self._nouns.is_person(parse.lemmas[head].lower()):
            return None
        said = self._content_words(parse, span)
        for mention in self._named.within(Span(span.end, span.end + _AHEAD)):
            entity = self._named.entity_of(mention)
            if entity.kind == "person" and len(said & self._role_words(mention)) >= 2:
                return entity.id
        return None

    def _content_words(self, parse: Parse, span: Span) -> set[str]:
        first, last = parse.tokens_in(span)
        return {
            parse.words[i].lower() for i in range(first, last) if parse.pos[i] != "PUNCT"
        } - _EMPTY

    def _role_words(self, mention: Mention) -> set[str]:
        """The words of the role that stands beside a person's name, in lower case."""
        parse = self._analysis.parse_at(mention.span.start)
        if parse is None:
            return set()
        role = role_span(parse, *parse.tokens_in(mention.span))
        cut = role.cut(self._analysis.text) if role else ""
        return {word.strip(",.’'").lower() for word in cut.split()} - _EMPTY

    def _kind(self, entity: str) -> EntityKind | None:
        known = self._named.entities.get(entity)
        return known.kind if known is not None else self._described.get(entity)

    def _is_many(self, entity: str) -> bool:
        kind = self._kind(entity)
        return entity == _SOMEBODY or kind == "people" or kind in _BODIES

    def _is_body(self, entity: str) -> bool:
        kind = self._kind(entity)
        return kind in _BODIES or (kind == "place" and entity in self._speakers)

    def _is_outlet(self, entity: str, lemma: str) -> bool:
        """Whether it is an outlet whose name does not say that it is one of another kind."""
        if self._kind(entity) != "outlet":
            return False
        parts = set(self._named.entities[entity].name.lower().split())
        nouns = self._nouns
        if lemma in parts:
            return True
        other = nouns.printed if lemma in nouns.broadcast else nouns.broadcast
        return not (nouns.outlet | other) & parts

    def _named_with(self, entity: str, said: set[str]) -> bool:
        """Whether one of its names has all these words, in whatever order."""
        known = self._named.entities.get(entity)
        if known is None or known.kind not in _BODIES:
            return False
        names = [known.name, *(alias.name for alias in known.aliases)]
        return any(said <= set(name.lower().split()) for name in names)

    def _has_role(self, entity: str, said: set[str]) -> bool:
        """Whether one of its roles has all these words."""
        known = self._named.entities.get(entity)
        return known is not None and any(said <= _words(role.role) for role in known.roles)


def _words(role: str) -> set[str]:
    return {word.strip(",.’'") for word in role.lower().replace("-", " ").split()}


def _is_qualified(parse: Parse, head: int, span: Span) -> bool:
    """Whether a description names whose it is ("the Tarvian ministry"): then it is not just any."""
    first, last = parse.tokens_in(span)
    return any(parse.words[i][0].isupper() for i in range(first + 1, last) if i != head)
