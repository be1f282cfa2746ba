"""What a cue does: its speech act, and whether the act itself is denied, possible or to come.

    said            asserts            did not say      asserts, negative
    warned of       warns              may say          asserts, possible
    called for      demands            will announce    asserts, future
    wants           intends            declined to say  declines
    is opposed to   opposes

For cues whose words the tagger found; the rules know the act from the frame that they matched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.lexicons import words
from sayso.records.findings import Act, Modality, Polarity
from sayso.records.parses import Parse
from sayso.steps.extract.cues import Cues, VerbCue
from sayso.steps.extract.token_ranges import Tokens, has_finite_verb

_QUOTES = frozenset({'"', "“", "''", "``", "„", "«"})
_OBJECTS = ("object", "complement", "as", "figure")


@dataclass(frozen=True)
class SpeechAct:
    """The act, and how it stands itself."""

    act: Act
    polarity: Polarity = "positive"
    modality: Modality = "actual"


def speech_act(parse: Parse, cue: Tokens, contents: tuple[Tokens, ...], cues: Cues) -> SpeechAct:
    """What the cue's words do with this content."""
    around = _around(parse, cue)
    act = _act(parse, cue, contents, cues)
    return SpeechAct(act, _polarity(parse, around), _modality(parse, around))


def _act(parse: Parse, cue: Tokens, contents: tuple[Tokens, ...], cues: Cues) -> Act:
    lemmas = [parse.lemmas[i].lower() for i in range(*cue)]
    for at, lemma in enumerate(lemmas):
        for later in lemmas[at + 1 :]:
            phrase = cues.phrases.get((lemma, later))
            if phrase is not None:
                return phrase.act
    if not words("stances.toml", "declines").isdisjoint(lemmas):
        return "declines"  # whatever it is that was not said
    # The last word that attributes is the one that carries the content: "agreed to condemn".
    for lemma in reversed(lemmas):
        stance = _stances().get(lemma)
        if stance is not None:
            return stance
        verb = cues.verbs.get(lemma)
        if verb is not None:
            return _framed(parse, cue, contents, verb)
        if lemma in cues.nouns:
            return cues.nouns[lemma]
    return "asserts"


def _framed(parse: Parse, cue: Tokens, contents: tuple[Tokens, ...], verb: VerbCue) -> Act:
    """The act of the frame that the content has the form of; else that of the plainest frame."""
    if not contents:
        return verb.act
    first, last = contents[0]
    opening = parse.words[first].lower()
    governing = {parse.words[i].lower() for i in range(*cue)} | {opening}
    for frame in verb.frames:
        if frame in governing and frame != "as":
            return verb.frames[frame]
    if opening in _QUOTES and "quote" in verb.frames:
        return verb.frames["quote"]
    if opening == "to" and "infinitive" in verb.frames:
        return verb.frames["infinitive"]
    if not has_finite_verb(parse, first, last):
        for frame in _OBJECTS:
            if frame in verb.frames:
                return verb.frames[frame]
    return verb.act


@cache
def _stances() -> dict[str, Act]:
    """Verbs that tell what somebody wants, favours or will not do."""
    found: dict[str, Act] = {}
    acts: tuple[Act, ...] = ("intends", "supports", "opposes", "declines")
    for act in acts:
        found |= dict.fromkeys(words("stances.toml", act), act)
    return found


def _polarity(parse: Parse, around: set[int]) -> Polarity:
    """Negative where the cue itself is denied: "did not say", "has never claimed"."""
    denied = any(parse.deps[i] == "neg" and parse.words[i].lower() != "only" for i in around)
    return "negative" if denied else "positive"


def _modality(parse: Parse, around: set[int]) -> Modality:
    """Whether the act has taken place: "will say", "may say", "if he says", "should say"."""
    said = {parse.words[i].lower() for i in around}
    for kind in _MODALITIES:
        if said & words("stances.toml", kind):
            return kind
    return "actual"


_MODALITIES: tuple[Modality, ...] = ("conditional", "demanded", "possible", "future")


def _around(parse: Parse, cue: Tokens) -> set[int]:
    """The cue's words and what helps, denies or introduces them."""
    inside = set(range(*cue))
    for index in range(*cue):
        if parse.pos[index] in ("VERB", "AUX"):
            inside.update(
                kid for kid in parse.children[index] if parse.deps[kid] in ("aux", "neg", "mark")
            )
    return inside
