"""The entities of one document: who is named where, under which names and in which roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.entities import Alias, Entity, EntityKind, Role
from sayso.records.findings import Mention
from sayso.records.parses import Parse
from sayso.records.provenance import content_id
from sayso.steps.extract.names_candidates import FoundName
from sayso.steps.extract.names_countries import is_adjective_of
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.link.clusters import Key
from sayso.steps.link.identities import Identities, identify
from sayso.steps.link.roles import is_trade, role_span
from sayso.values.names import atoms, fold

_BODIES: tuple[EntityKind, ...] = ("armed_group", "outlet", "organisation")


def link_entities(
    analysis: Analysis, names: Sequence[FoundName], actors: Actors, *, made_by: str
) -> DocumentEntities:
    """The entities that `names` stand for, each with its aliases and roles, and their mentions.

    Names are joined only where the text or the known actors say so. Every id that an entity or a
    mention names is among the entities. Time is linear in the names.
    """
    identities = identify(analysis, names, actors)
    build = _Build(analysis, names, actors, identities, made_by)
    mentions = [build.mention(index) for index in range(len(names))]
    for index, mention in enumerate(mentions):
        build.gather(index, mention)
    for index, mention in enumerate(mentions):
        if names[index].kind == "person":
            build.add_role(index, mention)
    return DocumentEntities(build.entities(), mentions)


@dataclass
class _Draft:
    """An entity while its mentions are gathered."""

    names: list[FoundName] = field(default_factory=list)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)


class _Build:
    def __init__(
        self,
        analysis: Analysis,
        names: Sequence[FoundName],
        actors: Actors,
        identities: Identities,
        made_by: str,
    ) -> None:
        self._analysis = analysis
        self._names = names
        self._actors = actors
        self._identities = identities
        self._made_by = made_by
        self._drafts: dict[Key, _Draft] = {}
        self._unnamed: dict[str, Actor] = {}
        """Actors that no mention names: parents, and states that only an adjective tells."""
        self._states = {
            identities.top(i): name.quote for i, name in enumerate(names) if name.kind == "state"
        }
        self._firsts = {(name.parse, name.first): i for i, name in enumerate(names)}

    def mention(self, index: int) -> Mention:
        name = self._names[index]
        document = self._analysis.document.id
        return Mention(
            id=content_id("mention", document, name.span, "name"),
            document=document,
            span=name.span,
            quote=name.quote,
            entity=entity_id(self._identities.top(index)),
            form="name",
            made_by=self._made_by,
        )

    def gather(self, index: int, mention: Mention) -> None:
        draft = self._drafts.setdefault(self._identities.top(index), _Draft())
        draft.names.append(self._names[index])
        draft.aliases.setdefault(" ".join(mention.quote.split()), []).append(mention.id)

    def add_role(self, index: int, mention: Mention) -> None:
        name = self._names[index]
        parse = self._analysis.parses[name.parse]
        span = role_span(parse, name.first, name.last)
        if span is None:
            return
        first, last = parse.tokens_in(span)
        inside = [
            other
            for token in range(first, last)
            if (other := self._firsts.get((name.parse, token))) is not None
            and self._names[other].last <= last
        ]
        organisation, start, end = self._organisation(index, inside, first, last)
        words = parse.span(start, end).cut(self._analysis.text)
        draft = self._drafts[self._identities.top(index)]
        draft.roles.append(Role(" ".join(words.split()), organisation, mention.id))

    def _organisation(
        self, index: int, inside: list[int], first: int, last: int
    ) -> tuple[str | None, int, int]:
        """The body (or else the state) of a role, and the role's tokens without it."""
        parse = self._analysis.parses[self._names[index].parse]
        trade = is_trade(" ".join(parse.words[first:last]))
        for kinds in (_BODIES,) if trade else (_BODIES, ("state",)):
            for other in inside:
                name = self._names[other]
                if name.kind not in kinds:
                    continue
                if name.kind == "state" and not _owns(parse.words, name, first):
                    continue
                begin = self._possessor_start(other, first)
                start, end = _without(parse, (first, last), (begin, name.last))
                return entity_id(self._identities.top(other)), start, end
        for length in () if trade else (2, 1):
            words = atoms(" ".join(parse.words[first : first + length]))
            state = next((a for a in self._actors.adjectives.get(words) if a.kind == "state"), None)
            if state is not None and last - first > length:
                self._unnamed[state.key] = state
                return entity_id(("actor", state.key)), first + length, last
        if not trade and last - first > 1:  # "Ostrenian foreign minister", where Ostrenia is named
            for key, called in self._states.items():
                if is_adjective_of(parse.words[first], called):
                    return entity_id(key), first + 1, last
        return None, first, last

    def _possessor_start(self, index: int, first: int) -> int:
        """Where "Tarvia's Institute" begins: at its possessor, if that stands in the role."""
        name = self._names[index]
        before = self._names[index - 1] if index else None
        if before is None or before.parse != name.parse or before.first < first:
            return name.first
        between = self._analysis.parses[name.parse].tags[before.last : name.first]
        return before.first if between == ["POS"] else name.first

    def entities(self) -> Iterator[Entity]:
        named = {key[1] for key in self._drafts if key[0] == "actor"}
        for key, draft in self._drafts.items():
            yield self._entity(key, draft)
        for actor in self._above(named):
            yield self._known(actor, _Draft())

    def _entity(self, key: Key, draft: _Draft) -> Entity:
        actor = self._actors.get(key[1]) if key[0] == "actor" else None
        if actor is not None:
            return self._known(actor, draft)
        part_of = self._part_of(key)
        kind = _kind(draft.names)
        return Entity(
            id=entity_id(key),
            kind=kind,
            name=_name(draft.names),
            aliases=_aliases(draft),
            identifiers={},
            part_of=part_of,
            roles=tuple(draft.roles),
            made_by=self._made_by,
        )

    def _part_of(self, key: Key) -> str | None:
        owner = self._identities.owners.get(key)
        actor = self._actors.get(owner) if owner else None
        if actor is None:
            return None
        self._unnamed[actor.key] = actor
        return entity_id(("actor", actor.key))

    def _known(self, actor: Actor, draft: _Draft) -> Entity:
        return Entity(
            id=entity_id(("actor", actor.key)),
            kind=actor.kind,
            name=actor.name,
            aliases=_aliases(draft),
            identifiers=dict(sorted(actor.identifiers.items())),
            part_of=entity_id(("actor", actor.part_of)) if actor.part_of else None,
            roles=tuple(draft.roles),
            made_by=self._made_by,
        )

    def _above(self, named: set[str]) -> Iterator[Actor]:
        """Actors that others name as parent or owner and that no mention names."""
        waiting = [*named, *self._unnamed]
        seen = set(named)
        while waiting:
            actor = self._actors.get(waiting.pop())
            if actor is None:
                continue
            if actor.key not in seen:
                seen.add(actor.key)
                yield actor
            if actor.part_of is not None and actor.part_of not in seen:
                waiting.append(actor.part_of)


def entity_id(key: Key) -> str:
    """The id of the entity that a key stands for."""
    return content_id("entity", *key)


def _aliases(draft: _Draft) -> tuple[Alias, ...]:
    return tuple(Alias(name, tuple(mentions)) for name, mentions in draft.aliases.items())


def _name(names: Sequence[FoundName]) -> str:
    """The fullest name: the one of most words, then the first."""
    best = max(names, key=lambda name: (len(atoms(name.quote)), -name.span.start))
    words = best.quote.split()
    return " ".join(words[1:] if len(words) > 1 and fold(words[0]) == "the" else words)


def _kind(names: Sequence[FoundName]) -> EntityKind:
    """The kind that most mentions have; among equals the more telling one."""
    counts: dict[EntityKind, int] = {}
    for name in names:
        counts[name.kind] = counts.get(name.kind, 0) + 1
    return min(counts, key=lambda kind: (-counts[kind], kind))


def _owns(words: Sequence[str], name: FoundName, first: int) -> bool:
    """Whether a state in a role is whose office it is: first word of it, or behind "of"."""
    before = name.first - 1
    if before >= first and fold(words[before]) == "the":
        before -= 1
    return name.first == first or (before >= first and fold(words[before]) == "of")


def _without(parse: Parse, role: tuple[int, int], body: tuple[int, int]) -> tuple[int, int]:
    """The role's tokens without its body, where that leaves one piece."""
    first, last = role
    if body[0] == first and body[1] < last:
        start = body[1] + (parse.tags[body[1]] == "POS")
        return (start, last) if start < last else role
    if body[1] == last and body[0] > first:
        end = body[0]
        while end > first + 1 and fold(parse.words[end - 1]) in ("the", "of", "for", "at", "in"):
            end -= 1
        return (first, end)
    return role
