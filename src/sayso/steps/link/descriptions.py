"""Holders that are described, not named: the body behind them, or an entity of this document."""

from __future__ import annotations

from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.entities import Entity, EntityKind
from sayso.records.parses import Parse
from sayso.records.provenance import content_id
from sayso.records.spans import Span
from sayso.steps.link.holder_nouns import load_holder_nouns

_ARTICLES = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "its", "their", "his", "her"}
)
_BODY_KINDS: frozenset[EntityKind] = frozenset({"organisation", "armed_group", "state", "outlet"})
_LONGEST_NAME = 12
"""In words: a description longer than this is cut at its first clause or not used as a name."""


class Descriptions:
    """Finds the body behind a description, or makes an entity that lives in this document."""

    def __init__(self, analysis: Analysis, named: DocumentEntities, *, made_by: str) -> None:
        self._document = analysis.document.id
        self._text = analysis.text
        self._named = named
        self._made_by = made_by
        self._nouns = load_holder_nouns()
        self._by_head: dict[str, str] = {}
        """By head lemma: the entity described last with it."""
        self.made: dict[str, Entity] = {}
        """The entities made so far, by id."""

    def body_of(self, parse: Parse, head: int, span: Span) -> str | None:
        """The one named body that a description speaks for ("a press release from the ministry",
        "Taliban officials", "the Dawn report"); None where there is none, or more than one."""
        lemma = parse.lemmas[head].lower()
        nouns = self._nouns
        if lemma not in nouns.spokesman | nouns.collective | nouns.document | nouns.institution:
            return None
        bodies: list[str] = []
        for mention in self._named.within(span):
            if self._named.entity_of(mention).kind not in _BODY_KINDS:
                continue
            if mention.span.end <= parse.starts[head]:
                bodies.append(mention.entity)
            elif lemma in nouns.spokesman | nouns.document | nouns.collective:
                link = _linking_word(parse, mention.span)
                if link in ("for", "of", "from", "by"):
                    bodies.append(mention.entity)
                    break
        return bodies[0] if len(set(bodies)) == 1 else None

    def entity(self, parse: Parse, head: int, span: Span) -> str | None:
        """An entity of this document named by the description; None where it says too little."""
        lemma = parse.lemmas[head].lower()
        kind = self._kind(parse, head, lemma)
        first, last = parse.tokens_in(span)
        while first < last and parse.words[first].lower() in _ARTICLES:
            first += 1
        if kind is None and lemma in self._nouns.state and last - first > 1:
            kind = "organisation"  # "the Rowe administration": whoever governs, not the state
        if kind is None or first >= last or last - first > _LONGEST_NAME:
            return None
        definite = parse.words[parse.tokens_in(span)[0]].lower() == "the"
        if definite and last - first == 1 and lemma in self._by_head:
            return self._by_head[lemma]  # "the army": the one described before
        name = " ".join(parse.span(first, last).cut(self._text).split())
        id = content_id("entity", kind, name.casefold(), self._document)
        if id not in self.made:
            self.made[id] = Entity(id, kind, name, (), {}, None, (), self._made_by)
        self._by_head[lemma] = id
        return id

    def _kind(self, parse: Parse, head: int, lemma: str) -> EntityKind | None:
        nouns = self._nouns
        plural = parse.tags[head] in ("NNS", "NNPS")
        if lemma in nouns.document:
            return "document"
        if nouns.is_person(lemma):
            return "people" if plural or lemma == "people" else "person"
        if plural and lemma in nouns.state:
            return "people"
        if lemma in nouns.institution or lemma in nouns.outlet:
            return "organisation"
        if lemma in nouns.group:
            return "people" if plural else "organisation"
        return None


def _linking_word(parse: Parse, span: Span) -> str:
    """The preposition that the named body hangs on."""
    first, last = parse.tokens_in(span)
    for token in range(first, last):
        head = parse.heads[token]
        if not first <= head < last:
            return parse.words[head].lower()
    return ""
