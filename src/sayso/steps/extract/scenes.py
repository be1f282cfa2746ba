"""One parsed paragraph as the claim finders see it: whose a token is, and what hangs where."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from heapq import heappop, heappush
from typing import TypeVar

from sayso.lexicons import load
from sayso.lexicons import words as lexicon
from sayso.records.analyses import DocumentEntities
from sayso.records.entities import EntityKind
from sayso.records.findings import EntityRef, Mention, Place, Statement, Time, Words
from sayso.records.parses import Parse

Found = TypeVar("Found", Time, Place)
_AUXILIARIES = 7
"""Tokens between a name and its verb ("has not yet been able to")."""
_QUOTES = frozenset("\"“”„«»‘’'") | {"``", "''"}
_DEPTH = 40
"""Steps up a tree after which a finder gives up; keeps a chain of any length linear."""
_CLAUSES = frozenset({"ccomp", "advcl", "parataxis", "ROOT", "csubj"})
_DESCRIBES = frozenset({"amod", "compound", "nmod", "det", "nummod", "punct", "quantmod", "advmod"})
_MORE = frozenset(
    {"how", "more", "other", "additional", "further", "another", "many", "several", "some"}
)
_PHRASE = 24
"""Tokens that a noun phrase may spread over before its noun."""
_PREPOSITIONS = frozenset({"IN", "TO"})
_WE = frozenset({"we", "us", "our", "ours"})
_IT = frozenset({"it", "they", "its", "their"})
SPEAKING = frozenset({"armed_group", "organisation", "state", "people"})
"""Kinds of entities that speak of themselves as `it` and `we`."""


@cache
def bearers(which: str) -> frozenset[str]:
    """Lemmas of nouns that stand for the group whose name is before them: `groups` ("the ISIS
    branch"), `people` ("Taliban fighters")."""
    return frozenset(load("measures.toml")["bearers"][which])


@dataclass(frozen=True)
class Scene:
    """A parse, the mentions, statements, times and places in it. Made by `scene_of`."""

    text: str
    parse: Parse
    entities: DocumentEntities
    owners: list[int]
    """For each token, the index of the innermost statement whose content covers it, or -1."""
    times: dict[int, list[Time]] = field(default_factory=dict)
    """By the token that the time hangs on."""
    places: dict[int, list[Place]] = field(default_factory=dict)
    """By the token that the place hangs on."""
    timed: dict[int, Time] = field(default_factory=dict)
    """By the tokens of the time's own words."""
    placed: dict[int, Place] = field(default_factory=dict)
    """By the tokens of the place's own words."""
    speakers: dict[int, str] = field(default_factory=dict)
    """By index of a statement: the group, body or state that says it."""
    spoken_for: dict[int, str] = field(default_factory=dict)
    """By index of a statement of a person: the group or body whose spokesman that is."""
    countries: dict[int, str] = field(default_factory=dict)
    """By index of a statement of a person: the state whose office that person holds."""
    persons: dict[int, str] = field(default_factory=dict)
    """By index of a statement: the person who says it."""

    def mention_at(self, token: int) -> Mention | None:
        """The mention that covers this token."""
        return self.entities.at(self.parse.starts[token])

    def only_time(self, first: int, last: int) -> tuple[int, Time] | None:
        """The one time that hangs on tokens `[first, last)`, with its token; None where none or
        several do."""
        order = self.timed_order
        low, high = bisect_left(order, first), bisect_left(order, last)
        if high - low != 1 or len(self.times[order[low]]) != 1:
            return None
        return order[low], self.times[order[low]][0]

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of the paragraph, lower case."""
        return frozenset(lemma.lower() for lemma in self.parse.lemmas)

    @cached_property
    def placed_order(self) -> list[int]:
        """The tokens that places hang on, in order."""
        return sorted(self.places)

    @cached_property
    def timed_order(self) -> list[int]:
        """The tokens that times hang on, in order."""
        return sorted(self.times)

    def kind_at(self, token: int) -> EntityKind | None:
        """The kind of the entity that this token names."""
        mention = self.mention_at(token)
        return self.entities.entity_of(mention).kind if mention is not None else None

    def speaker_meant(self, token: int) -> str | None:
        """The group, body or state that speaks, where it means itself: "The Front denied that it
        is active", "We have 900 men," the Front said. `it` and `they` only where the statement
        has named nobody else before."""
        word = self.parse.words[token].lower()
        speaker = self.speakers.get(self.owners[token])
        if word in _WE and speaker is None:
            return self.spoken_for.get(self.owners[token])
        if speaker is None or word not in _WE | _IT:
            return None
        if word in _WE:
            return speaker
        start = token
        while start and self.owners[start - 1] == self.owners[token]:
            start -= 1
        if start == token:
            return speaker
        named = self.entities.within(self.parse.span(start, token))
        others = (self.entities.entity_of(m) for m in named if m.entity != speaker)
        return None if any(other.kind in SPEAKING for other in others) else speaker

    def own_country(self, token: int) -> str | None:
        """The state of the minister who speaks of "his country", "our government"."""
        parse = self.parse
        if parse.lemmas[token].lower() not in {"country", "government", "nation"}:
            return None
        owner = self.child(token, "poss")
        if owner is None or parse.tags[owner] != "PRP$":
            return None
        if parse.words[owner].lower() not in {"his", "her", "our", "my"}:
            return None
        return self.countries.get(self.owners[token])

    def voice_meant(self, token: int) -> EntityRef | None:
        """The person who speaks, where `I` says so inside the words of a known one."""
        person = self.persons.get(self.owners[token])
        if person is None:
            return None
        own = self.words(token, token + 1)
        return EntityRef(person, own.span, own.quote)

    def climb(self, token: int) -> Iterator[int]:
        """The token and its heads, as far as they belong to the same statement or to none."""
        owner = self.owners[token]
        for _ in range(_DEPTH):
            yield token
            head = self.parse.heads[token]
            if head == token or self.owners[head] != owner:
                return
            token = head

    def within_clause(self, token: int) -> Iterator[int]:
        """As `climb`, up to the verb of the token's own clause; out of a relative clause to what
        it describes."""
        for index in self.climb(token):
            yield index
            if self.parse.deps[index] in _CLAUSES:
                return

    def asks(self, token: int) -> bool:
        """Whether the token's sentence is a question."""
        first, last = self.parse.sentences[self.parse.sentence_of[token]]
        return "?" in self.parse.words[max(first, last - 3) : last]

    def child(self, token: int, *deps: str) -> int | None:
        """The first dependent with one of these labels."""
        labels = self.parse.deps
        for kid in self.parse.children[token]:
            if labels[kid] in deps:
                return kid
        return None

    def object_of(self, token: int, prepositions: Sequence[str]) -> int | None:
        """The noun under one of these prepositions that hang on the token; of several "by" that of
        the doer."""
        if "by" in prepositions:
            agent = self.child(token, "agent")
            noun = self.child(agent, "pobj") if agent is not None else None
            if noun is not None:
                return noun
        for kid in self.parse.children[token]:
            if self.parse.deps[kid] in {"prep", "agent", "dative"} and (
                self.parse.words[kid].lower() in prepositions
            ):
                noun = self.child(kid, "pobj")
                if noun is not None:
                    return noun
        return None

    def subject_of(self, verb: int) -> int | None:
        """The subject of a verb: its own, that of the verb it is joined to, or the noun that its
        relative clause describes."""
        for _ in range(_DEPTH):
            found = self.child(verb, "nsubj", "nsubjpass")
            if found is None:
                found = self._misread_name(verb, range(max(0, verb - 3), verb))
            if found is not None:
                return self.antecedent(found)
            if self.parse.deps[verb] in {"acl", "relcl"}:
                infinitive = self.parse.tags[verb] == "VB" and self.parse.deps[verb] == "acl"
                return None if infinitive else self.parse.heads[verb]
            carries = self.parse.deps[verb] in {"conj", "xcomp"} or self._is_raised(verb)
            if not carries or self.parse.heads[verb] == verb:
                return None
            verb = self.parse.heads[verb]
        return None

    def _is_raised(self, verb: int) -> bool:
        """`is assessed to have 900 men`, where the tree takes the infinitive for an adverb."""
        parse = self.parse
        infinitive = parse.tags[verb] == "VB" and any(
            parse.words[kid].lower() == "to" for kid in parse.children[verb]
        )
        over = parse.heads[verb]
        known = parse.lemmas[over].lower() in lexicon("hedges.toml", "raising")
        passive = known and self.child(over, "auxpass") is not None
        return parse.deps[verb] == "advcl" and infinitive and passive

    def subject_beside(self, verb: int) -> int | None:
        """The name of a group or body right before the verb and its auxiliaries, where the tree
        gives the verb no subject or one of another clause: "According to the minister, the Karsk
        Front has gathered ..."."""
        parse = self.parse
        index = verb - 1
        while (
            index >= 0
            and verb - index <= _AUXILIARIES
            and (
                parse.pos[index] in {"AUX", "PART"}
                or parse.tags[index] in {"MD", "RB"}
                or parse.words[index] in _QUOTES
            )
        ):
            index -= 1
        if index < 0 or self.kind_at(index) not in {"armed_group", "organisation"}:
            return None
        subject = self.child(verb, "nsubj", "nsubjpass")
        if subject is None or subject == index:
            return index
        first, last = parse.extents[subject]
        apart = any(parse.words[i] == "," for i in range(subject, index))
        inside = first <= index < last
        person = self.kind_at(subject) == "person"
        return index if apart and (not inside or person) else None

    def direct_object(self, verb: int) -> int | None:
        """The direct object of a verb."""
        found = self.child(verb, "dobj")
        if found is not None:
            return found
        return self._misread_name(verb, range(verb + 1, min(len(self.parse), verb + 4)))

    def _misread_name(self, verb: int, near: range) -> int | None:
        """A name beside the verb that the parser took for an adverb, as it does with names it
        has never seen."""
        for index in near:
            if (
                self.parse.heads[index] == verb
                and self.parse.deps[index] == "advmod"
                and self.parse.words[index][:1].isupper()
                and self.mention_at(index) is not None
            ):
                return index
        return None

    def antecedent(self, token: int) -> int:
        """What a relative pronoun stands for; the token itself if it is none."""
        if self.parse.tags[token] not in {"WDT", "WP"}:
            return token
        for index in self.climb(token):
            if self.parse.deps[index] == "relcl":
                return self.parse.heads[index]
        return token

    def words(self, first: int, last: int) -> Words:
        """The words of tokens `[first, last)`."""
        span = self.parse.span(first, last)
        return Words(span, span.cut(self.text))

    def noun_phrase(self, noun: int) -> tuple[int, int]:
        """The token range of a noun with what describes it before it; articles, numbers and
        owners left out."""
        parse = self.parse
        first = noun
        for kid in reversed(parse.children[noun]):
            if kid > noun:
                continue
            low, high = parse.extents[kid]
            if parse.deps[kid] not in _DESCRIBES or high != first or noun - low > _PHRASE:
                break
            if self.owners[low] != self.owners[noun]:
                break
            first = low
        counted = [
            index
            for index in range(first, noun)
            if parse.pos[index] == "NUM"
            or parse.deps[index] in {"det", "nummod"}
            or parse.lemmas[index].lower() in {"dozen", "hundred", "thousand", "million"}
        ]
        if counted:
            first = counted[-1] + 1
        while first < noun and (
            parse.pos[first] in {"PUNCT", "DET"} or parse.words[first].lower() in _MORE
        ):
            first += 1
        return first, noun + 1

    def ref(self, token: int) -> EntityRef:
        """The entity that a noun names or describes; its words alone where it is not known which.

        A noun that is no name itself ("group", "fighters") takes the armed group, organisation or
        people whose name stands before it.
        """
        mention = self.mention_at(token)
        if mention is None and self.bears(token):
            mention = self.name_before(token)
        if mention is not None:
            return EntityRef(mention.entity, mention.span, mention.quote)
        speaker = self.speaker_meant(token) or self.own_country(token)
        if speaker is not None:
            own = self.words(token, token + 1)
            return EntityRef(speaker, own.span, own.quote)
        words = self.words(*self.noun_phrase(token))
        return EntityRef(None, words.span, words.quote)

    def bears(self, token: int) -> bool:
        """Whether a noun stands for the group named before it: "Taliban fighters", not "the
        Taliban commander"."""
        lemma = self.parse.lemmas[token].lower()
        plural = self.parse.tags[token] == "NNS" and lemma in bearers("people")
        return plural or lemma in bearers("groups")

    def name_before(self, noun: int) -> Mention | None:
        """The name of an armed group, organisation or people inside the noun's phrase."""
        first, last = self.noun_phrase(noun)
        named = self.name_in(first, last)
        if (
            named is None
            and first > 0
            and self.parse.ends[first - 1] + 1 == self.parse.starts[first]
        ):
            # "hundreds of IS militants": the tree at times hangs the two nouns side by side.
            beside = self.mention_at(first - 1)
            if beside is not None and self.entities.entity_of(beside).kind == "armed_group":
                return beside
        return named

    def name_in(self, first: int, last: int) -> Mention | None:
        """As `name_before`, in tokens `[first, last)`; armed groups before others."""
        if first >= last:
            return None
        others: Mention | None = None
        for mention in self.entities.within(self.parse.span(first, last)):
            kind = self.entities.entity_of(mention).kind
            if kind == "armed_group":
                return mention
            if kind in {"organisation", "people"} and others is None:
                others = mention
        return others

    def owner_at(self, token: int) -> int | None:
        """The index of the statement that the token belongs to; None in the report's own voice."""
        return self.owners[token] if self.owners[token] >= 0 else None


class Owners:
    """Says for each token which statement's content covers it most narrowly; n log n in all.

    Parses must be asked for in text order.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._contents = sorted(
            (words.span, index)
            for index, statement in enumerate(statements)
            for words in statement.content
        )
        self._next = 0
        self._open: list[tuple[int, int, int]] = []

    def of(self, parse: Parse) -> list[int]:
        """For each token the index of the smallest content over it, or -1."""
        return [self._at(start) for start in parse.starts]

    def _at(self, position: int) -> int:
        while self._next < len(self._contents):
            span, index = self._contents[self._next]
            if span.start > position:
                break
            heappush(self._open, (len(span), span.end, index))
            self._next += 1
        # An ended span may lie below the top; it is dropped when it comes up.
        while self._open and self._open[0][1] <= position:
            heappop(self._open)
        return self._open[0][2] if self._open else -1


def covered(parse: Parse, found: Iterable[Found]) -> dict[int, Found]:
    """By token: the time or place whose words cover it."""
    table: dict[int, Found] = {}
    for item in found:
        for token in range(*parse.tokens_in(item.span)):
            table.setdefault(token, item)
    return table


def hang(parse: Parse, found: Iterable[Found]) -> Iterator[tuple[int, Found]]:
    """Each time or place with the token that it hangs on."""
    for item in found:
        first, last = parse.tokens_in(item.span)
        if first < last:
            yield governor(parse, first, last), item


def governor(parse: Parse, first: int, last: int) -> int:
    """The verb or noun that tokens `[first, last)` modify, seen through prepositions and
    appositions (`in Idlib, Syria`)."""
    token = next((i for i in range(first, last) if not first <= parse.heads[i] < last), last - 1)
    for _ in range(_DEPTH):
        head = parse.heads[token]
        if head == token:
            return token
        through_name = parse.deps[token] in {"appos", "conj"} and parse.pos[head] == "PROPN"
        whole = (  # "in the hills of Brailo"
            parse.words[token].lower() == "of"
            and parse.lemmas[head].lower() in lexicon("places.toml", "wholes")
            and parse.deps[head] == "pobj"
        )
        if not through_name and not whole and parse.tags[head] not in _PREPOSITIONS:
            return head
        token = head
    return token


def grouped(pairs: Iterable[tuple[int, Found]]) -> dict[int, list[Found]]:
    """The items by their token."""
    table: dict[int, list[Found]] = defaultdict(list)
    for token, item in pairs:
        table[token].append(item)
    return dict(table)
