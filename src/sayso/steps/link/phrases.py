"""Whom the phrases of a document stand for: an entity named inside them, or one of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.lexicons import words as listed
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.entities import Alias, Entity, EntityKind
from sayso.records.findings import Form, Mention
from sayso.records.parses import Parse
from sayso.records.provenance import content_id
from sayso.steps.extract import names_kinds
from sayso.steps.extract.phrases import Phrase, PhraseKind
from sayso.values.names import fold

_FITTING: dict[PhraseKind, frozenset[EntityKind]] = {
    "person": frozenset({"person"}),
    "organisation": frozenset({"organisation", "armed_group", "outlet", "state", "people"}),
    "place": frozenset({"place", "state"}),
}
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those"})
_OWNERS = frozenset({"its", "their", "his", "her", "our", "my", "your"})
_EMPTY = frozenset({"of", ",", "-", "and", "'s", "’s"})
_LONGEST_NAME = 12
"""In words: the name of a longer phrase would be no name."""


@dataclass(frozen=True)
class Phrased:
    """The mentions that phrases add, and the entities that only they stand for."""

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]


def link_phrases(
    analysis: Analysis, named: DocumentEntities, phrases: Sequence[Phrase], *, made_by: str
) -> Phrased:
    """The mentions that `phrases` are, beside the names that stand in them.

    A phrase that is no more than a name adds nothing. "The minister Ilya Marn" is one more mention
    of Ilya Marn; "the Tarvian government" is an entity of this document. Linear in the phrases.
    """
    build = _Build(analysis, named, made_by)
    for phrase in phrases:
        build.take(phrase)
    return Phrased(tuple(build.entities()), tuple(build.mentions))


class _Build:
    def __init__(self, analysis: Analysis, named: DocumentEntities, made_by: str) -> None:
        self._analysis = analysis
        self._named = named
        self._made_by = made_by
        self._made: dict[str, Entity] = {}
        self._names: dict[str, dict[str, list[str]]] = {}
        self.mentions: list[Mention] = []

    def take(self, phrase: Phrase) -> None:
        """Add the phrase's mention, and its entity if it has one of its own."""
        parse = self._analysis.parses[phrase.parse]
        first, last = _bare(parse, phrase.first, phrase.last)
        inside = self._named.within(phrase.span)
        core = parse.span(first, last)
        if any(name.span.start <= core.start and core.end <= name.span.end for name in inside):
            return
        entity = self._entity_inside(parse, phrase, inside)
        form: Form = "name" if parse.tags[parse.head_of(first, last)] in _PROPER else "nominal"
        if entity is not None:
            self._mention(phrase, entity, form)
        elif last - first <= _LONGEST_NAME:
            entity = self._own(parse, phrase, (first, last), inside)
            mention = self._mention(phrase, entity, form)
            if form == "name":
                name = " ".join(core.cut(self._analysis.text).split())
                self._names[entity].setdefault(name, []).append(mention.id)

    def entities(self) -> Iterable[Entity]:
        """The entities made, with the names they were given."""
        for entity in self._made.values():
            names = self._names[entity.id].items()
            aliases = tuple(Alias(name, tuple(mentions)) for name, mentions in names)
            yield Entity(
                id=entity.id,
                kind=entity.kind,
                name=entity.name,
                aliases=aliases,
                identifiers={},
                part_of=entity.part_of,
                roles=(),
                made_by=entity.made_by,
            )

    def _entity_inside(self, parse: Parse, phrase: Phrase, inside: Sequence[Mention]) -> str | None:
        """The entity named in the phrase that the whole phrase stands for."""
        fitting = _FITTING[phrase.kind]
        head = parse.head_of(phrase.first, phrase.last)
        heads = {head} | {kid for kid in parse.children[head] if parse.deps[kid] == "appos"}
        for name in inside:
            if self._named.entity_of(name).kind not in fitting:
                continue
            first, last = parse.tokens_in(name.span)
            if phrase.kind == "place":
                return name.entity if _says_no_more(parse, phrase, inside) else None
            if any(first <= token < last for token in heads):
                return name.entity
        return None

    def _own(
        self, parse: Parse, phrase: Phrase, bare: tuple[int, int], inside: Sequence[Mention]
    ) -> str:
        name = " ".join(parse.span(*bare).cut(self._analysis.text).split())
        kind = _kind(parse, phrase, name)
        id = content_id("entity", kind, name.casefold(), self._analysis.document.id)
        owners = {m.entity for m in inside if self._named.entity_of(m).kind in ("place", "state")}
        part_of = owners.pop() if len(owners) == 1 and phrase.kind != "person" else None
        if id not in self._made:
            self._made[id] = Entity(id, kind, name, (), {}, part_of, (), self._made_by)
            self._names[id] = {}
        return id

    def _mention(self, phrase: Phrase, entity: str, form: Form) -> Mention:
        document = self._analysis.document.id
        mention = Mention(
            id=content_id("mention", document, phrase.span, form),
            document=document,
            span=phrase.span,
            quote=phrase.span.cut(self._analysis.text),
            entity=entity,
            form=form,
            made_by=self._made_by,
        )
        self.mentions.append(mention)
        return mention


_PROPER = frozenset({"NNP", "NNPS"})


def _bare(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """The tokens without a leading article and a closing possessive."""
    while first + 1 < last and fold(parse.words[first]) in _ARTICLES | _OWNERS:
        first += 1
    while first + 1 < last and parse.tags[last - 1] == "POS":
        last -= 1
    return first, last


def _says_no_more(parse: Parse, phrase: Phrase, inside: Sequence[Mention]) -> bool:
    """Whether beside its names a place's phrase holds only what such places are ("city of")."""
    named = {i for name in inside for i in range(*parse.tokens_in(name.span))}
    places = listed("phrases.toml", "places")
    return all(
        fold(parse.words[token]) in _EMPTY | _ARTICLES or parse.lemmas[token].lower() in places
        for token in range(phrase.first, phrase.last)
        if token not in named
    )


def _kind(parse: Parse, phrase: Phrase, name: str) -> EntityKind:
    head = parse.head_of(phrase.first, phrase.last)
    plural = parse.tags[head] == "NNS" or parse.lemmas[head].lower() == "people"
    crowd = parse.lemmas[head].lower() in listed("phrases.toml", "crowds")
    if phrase.kind == "person":
        return "people" if plural else "person"
    if phrase.kind == "organisation":
        return "people" if plural and crowd else names_kinds.by_words(name) or "organisation"
    return "place"
