"""Events that a verb tells by what stands beside it: `lifted the curfew`, `refused to meet`.

Where `verb_events` wants a named actor or a victim, the words of `plover_acts.toml` want an
object or a complement of a class: to cut is an event where aid or ties are cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from sayso.lexicons import load
from sayso.records.findings import EntityRef, Place, Plover
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.triggers import ACTORS, Happening, is_place, is_somebody, is_time, refs
from sayso.steps.extract.verb_events import is_passive, place_of_occasion
from sayso.steps.extract.whereabouts import place_near, time_near, time_within

_FILE = "plover_acts.toml"
_REACH = 8
"""Tokens of an object's phrase that are read on either side of its noun."""
_COMPLEMENTS = frozenset({"xcomp", "ccomp"})
_WORDS = frozenset({"AGREE", "CONCEDE", "REJECT", "REQUEST", "THREATEN"})
"""Types that are words about other deeds: those deeds are no events beside them."""
_TOWARDS = ("to", "against", "with", "for")
_THINGS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


@cache
def act_entries() -> dict[str, list[dict[str, Any]]]:
    """Lexicon entries by lemma of the trigger, in the file's order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in load(_FILE)["act"]:
        for lemma in entry["verbs"]:
            found.setdefault(lemma, []).append(entry)
    return found


@cache
def _words(names: tuple[str, ...]) -> frozenset[str]:
    """The words of these classes (`@aid`); what has no sign stands for itself."""
    classes = load(_FILE)["class"]
    return frozenset(
        word for name in names for word in (classes[name[1:]] if name.startswith("@") else (name,))
    )


def told_by_act(scene: Scene, token: int) -> tuple[Happening, int] | None:
    """The event that this verb or adjective tells, and the end of what it speaks about: the tokens
    up to there are said to be agreed, refused, demanded or threatened."""
    entries = act_entries().get(scene.parse.lemmas[token].lower(), ())
    saying = scene.parse.lemmas[token].lower() in _list("saying", "verbs")
    if not entries and not saying:
        return None
    act = _Act(scene, token)
    entry = next((entry for entry in entries if act.fits(entry)), None)
    if entry is None and saying:
        entry = act.word_given()
    if entry is None:
        return None
    told = Happening(
        trigger=token,
        span=scene.parse.span(token, token + 1),
        plover=Plover(entry["type"], entry.get("mode")),
        actors=act.actors(),
        targets=act.targets(entry),
        time=time_near(scene, token, through=frozenset()) or time_within(scene, token),
        place=place_near(scene, token, through=frozenset()) or _occasion(scene, token, entry),
        outcome=scene.words(token, token + 1) if entry.get("outcome") else None,
        name=None,
        points_back=False,
    )
    return told, act.end() if entry["type"] in _WORDS else token + 1


def _occasion(scene: Scene, token: int, entry: dict[str, Any]) -> Place | None:
    """Where people were "taken into custody after the raids in Orsk"."""
    return place_of_occasion(scene, token) if entry["type"] == "COERCE" else None


@cache
def _list(section: str, key: str) -> frozenset[str]:
    return frozenset(load(_FILE)[section][key])


class _Act:
    """A verb or adjective with its subject, objects and complement."""

    def __init__(self, scene: Scene, token: int) -> None:
        self.scene = scene
        self.token = token
        lemma = scene.parse.lemmas[token].lower()
        self.passive = is_passive(scene, token) and lemma not in load(_FILE)["stative"]
        governor = self._governor()
        subject = scene.subject_of(governor)
        self.subject = scene.object_of(token, ("by",)) if self.passive else subject
        self.direct = subject if self.passive else scene.direct_object(token)
        self.complement = self._complement()

    def fits(self, entry: dict[str, Any]) -> bool:
        """Whether the event of this entry is told here."""
        return self._by(entry) and self._what(entry)

    def actors(self) -> tuple[EntityRef, ...]:
        """Who does it."""
        if self.subject is None or not _acts(self.scene, self.subject):
            return ()
        return refs(self.scene, self.subject)

    def targets(self, entry: dict[str, Any]) -> tuple[EntityRef, ...]:
        """To whom it is done: people and places among the objects."""
        if entry.get("whom") and self.direct is not None:
            return (*refs(self.scene, self.direct), *refs(self.scene, self._along_with()))
        for thing in self._things((*entry.get("after", ()), *_TOWARDS)):
            if is_somebody(self.scene, thing) or is_place(self.scene, thing):
                return refs(self.scene, thing)
        if self.direct is not None:  # "aid to the rebels"
            return refs(self.scene, self.scene.object_of(self.direct, _TOWARDS))
        return ()

    def _along_with(self) -> int | None:
        """`captured a leader along with two insurgents`: the insurgents."""
        parse = self.scene.parse
        for over in (self.token, self.direct):
            for kid in parse.children[over] if over is not None else ():
                if parse.words[kid].lower() in {"along", "together"}:
                    return self.scene.object_of(kid, ("with",))
        return None

    def _governor(self) -> int:
        """The verb whose subject acts: of "is ready to", "is"."""
        parse = self.scene.parse
        if parse.deps[self.token] in {"acomp", "attr", "oprd"}:
            return parse.heads[self.token]
        return self.token

    def _by(self, entry: dict[str, Any]) -> bool:
        if "by" in entry:
            return self._subject_is(entry["by"])
        if "by_not" in entry and self._subject_is(entry["by_not"]):
            return False
        if not entry.get("actor", True):
            return True
        common = "any" in (*entry.get("object", ()), *entry.get("clause", ()))
        if self.passive and self.subject is None:
            return not common
        if common:
            return self.subject is not None and _is_public(self.scene, self.subject)
        return self.subject is not None and _acts(self.scene, self.subject)

    def word_given(self) -> dict[str, Any] | None:
        """An entry for what is said to be done, not done or wanted later: `said it would send
        food`, `said the troops must leave`."""
        parse, verb = self.scene.parse, self.complement
        if verb is None or self.subject is None or not _acts(self.scene, self.subject):
            return None
        if not _acts(self.scene, self.scene.subject_of(verb)):
            return None
        beside = {parse.words[kid].lower() for kid in parse.children[verb]}
        if beside & _list("saying", "wants"):
            return {"type": "REQUEST"}
        if not beside & _list("saying", "intends"):
            return None
        lemma = parse.lemmas[verb].lower()
        if beside & _list("saying", "refuses"):
            return {"type": "THREATEN" if lemma in _words(("@tolerate",)) else "REJECT"}
        if lemma in _words(("@friendly",)):
            return {"type": "AGREE"}
        return {"type": "THREATEN"} if lemma in _words(("@hostile",)) else None

    def end(self) -> int:
        """The token after the last of its objects and complements."""
        parse = self.scene.parse
        parts = _COMPLEMENTS | {"dobj", "prep", "dative", "nsubj"}
        return max(
            (
                parse.extents[kid][1]
                for kid in parse.children[self.token]
                if kid > self.token and parse.deps[kid] in parts
            ),
            default=self.token + 1,
        )

    def _subject_is(self, classes: list[str]) -> bool:
        subject = self.subject
        return subject is not None and not self._lemmas(subject).isdisjoint(_words(tuple(classes)))

    def _what(self, entry: dict[str, Any]) -> bool:
        if entry.get("alone"):
            return True
        if "particle" in entry and not self._has_particle(entry["particle"]):
            return False
        if entry.get("given_to") and self.scene.object_of(self.token, ("to",)) is None:
            return False
        if "clause" in entry:
            wrong = self._complement_is(entry.get("not_clause", []))
            return self._complement_is(entry["clause"]) and not wrong
        wanted = _words(tuple(entry["object"]))
        for thing in self._things(entry.get("after", ())):
            words = self._lemmas(thing)
            if not words.isdisjoint(_words(tuple(entry.get("not_object", ())))):
                continue
            if "any" in wanted or not words.isdisjoint(wanted):
                return True
            if "somebody" in wanted and is_somebody(self.scene, thing):
                return True
            if "somewhere" in wanted and is_place(self.scene, thing):
                return True
        return False

    def _has_particle(self, words: list[str]) -> bool:
        parse = self.scene.parse
        return any(parse.words[kid].lower() in words for kid in parse.children[self.token])

    def _complement_is(self, classes: list[str]) -> bool:
        if self.complement is None:
            return False
        lemma = self.scene.parse.lemmas[self.complement].lower()
        return "any" in classes or lemma in _words(tuple(classes))

    def _complement(self) -> int | None:
        """The verb that is agreed, refused, demanded: of a clause, or under "to" ("committed to
        opening")."""
        parse = self.scene.parse
        for kid in parse.children[self.token]:
            if kid < self.token:
                continue
            if parse.deps[kid] in _COMPLEMENTS:
                return kid
            if parse.deps[kid] == "prep" and parse.words[kid].lower() == "to":
                verb = self.scene.child(kid, "pcomp")
                if verb is not None:
                    return verb
        return None

    def _things(self, prepositions: Iterator[str] | list[str] | tuple[str, ...]) -> Iterator[int]:
        """The direct object, then the objects of these prepositions and particles."""
        parse = self.scene.parse
        if self.direct is not None and not is_time(self.scene, self.direct):
            yield self.direct
        words = frozenset(prepositions)
        for kid in parse.children[self.token]:
            if parse.deps[kid] not in {"prep", "agent", "dative"}:
                continue
            noun = self.scene.child(kid, "pobj")
            if noun is None or parse.words[kid].lower() not in words:
                continue
            if parse.pos[noun] in _THINGS and not is_time(self.scene, noun):
                yield noun

    def _lemmas(self, noun: int) -> set[str]:
        """The lemmas of a noun's phrase, near it."""
        parse = self.scene.parse
        low, high = parse.extents[noun]
        near = range(max(low, noun - _REACH), min(high, noun + _REACH))
        return {parse.lemmas[index].lower() for index in near}


def _acts(scene: Scene, token: int | None) -> bool:
    """Whether a noun or pronoun may be somebody who acts: not a report, a storm, a war."""
    if token is None:
        return False
    parse = scene.parse
    if parse.pos[token] not in _THINGS:
        return False
    if parse.tags[token] == "PRP" or scene.kind_at(token) in ACTORS or is_place(scene, token):
        return True
    return parse.lemmas[token].lower() not in _words(("@things",))


def _is_public(scene: Scene, token: int) -> bool:
    """Whether a noun is a name, an office, a body or a crowd: the nouns for which a word as common
    as "ask" or "allow" may be an event."""
    if scene.kind_at(token) in ACTORS or is_place(scene, token) or is_somebody(scene, token):
        return True
    if scene.parse.tags[token] in {"NNP", "NNPS"}:
        return True
    return scene.parse.lemmas[token].lower() in _words(
        ("@officials", "@crowd", "@forces", "@people", "@fighters")
    )
