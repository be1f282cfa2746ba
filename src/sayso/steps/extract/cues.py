"""The words that attribute, read from the lexicon `cues.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from sayso.lexicons import load
from sayso.records.findings import Act


@dataclass(frozen=True)
class VerbCue:
    """How one reporting verb attributes: the act that each frame stands for."""

    frames: Mapping[str, Act]
    """By frame: `clause`, `quote`, `infinitive`, `object`, `as`, or a preposition."""
    evidential: bool = False
    """Whether things do it too: "the attack shows that ..."."""

    @property
    def act(self) -> Act:
        """The act of its plainest frame."""
        for frame in ("clause", "quote"):
            if frame in self.frames:
                return self.frames[frame]
        return next(iter(self.frames.values()))


@dataclass(frozen=True)
class PhraseCue:
    """A verb that attributes only together with a noun: "claimed responsibility for"."""

    act: Act
    prepositions: frozenset[str]


@dataclass(frozen=True)
class Cues:
    """All cue words of one lexicon, by lemma."""

    verbs: Mapping[str, VerbCue]
    phrases: Mapping[tuple[str, str], PhraseCue]
    """By (verb lemma, noun lemma)."""
    phrase_verbs: frozenset[str]
    nouns: Mapping[str, Act]
    holders: frozenset[str] = field(default_factory=frozenset)
    """Common nouns that can hold what an evidential verb introduces: documents and people."""
    aspect: frozenset[str] = field(default_factory=frozenset)
    """Verbs that may stand between a holder and the cue: "continues to insist"."""


@cache
def load_cues() -> Cues:
    """The cue words that ship with sayso."""
    return parse_cues(load("cues.toml"))


def parse_cues(data: Mapping[str, Any]) -> Cues:
    """The cues of a lexicon as read from TOML. Raises KeyError where a group lacks a field."""
    verbs: dict[str, dict[str, Act]] = {}
    for group in data["verbs"]:
        act = cast(Act, group["act"])
        for lemma in group["lemmas"]:
            frames = verbs.setdefault(lemma, {})
            for frame in group["frames"]:
                frames.setdefault(frame, act)
    phrases: dict[tuple[str, str], PhraseCue] = {}
    for group in data["phrases"]:
        cue = PhraseCue(cast(Act, group["act"]), frozenset(group["prepositions"]))
        for verb in group["verbs"]:
            for noun in group["nouns"]:
                phrases.setdefault((verb, noun), cue)
    nouns: dict[str, Act] = {}
    for group in data["nouns"]:
        for lemma in group["lemmas"]:
            nouns.setdefault(lemma, cast(Act, group["act"]))
    evidential = frozenset(data["evidential"]["lemmas"])
    return Cues(
        verbs={lemma: VerbCue(frames, lemma in evidential) for lemma, frames in verbs.items()},
        phrases=phrases,
        phrase_verbs=frozenset(verb for verb, _ in phrases),
        nouns=nouns,
        holders=frozenset(data["evidential"]["holders"]),
        aspect=frozenset(data["aspect"]["lemmas"]),
    )
