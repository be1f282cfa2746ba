"""Polarity, modality and hedges of a claim: what stands over the word that makes it.

The tree is climbed from the claim's trigger as far as the same statement goes. What the speaker's
act adds ("denied ...") comes from the statement's cue, so one denial never counts twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.lexicons import load, words
from sayso.records.findings import Cue, Modality, Polarity, Words
from sayso.records.parses import Parse
from sayso.steps.extract.scenes import Scene

_RANK: dict[Modality, int] = {
    "actual": 0,
    "possible": 1,
    "future": 2,
    "demanded": 3,
    "conditional": 4,
}
_THROUGH = frozenset(
    {"xcomp", "dobj", "pobj", "prep", "pcomp", "acl", "ccomp", "nsubjpass", "attr"}
)
"""Labels across which the governing verb still speaks of the claim ("plans to attack")."""


_OTHER_CLAUSE = frozenset({"advcl", "relcl", "parataxis", "npadvmod"})
_COMPARATIVES = frozenset({"more", "fewer", "less", "later", "earlier", "larger", "smaller"})
_KNOWN = frozenset({"the", "this", "that", "these", "those"})
_ARGUMENT = frozenset(
    {"for", "of", "against", "from", "to", "about", "on", "as", "into", "in", "behind"}
)


@dataclass(frozen=True)
class Stance:
    """How a claim is put."""

    polarity: Polarity
    modality: Modality
    hedges: tuple[Words, ...]


@cache
def _words(section: str, key: str) -> frozenset[str]:
    return frozenset(load("hedges.toml")[section][key])


def stance_of(scene: Scene, trigger: int, cue: Cue | None = None) -> Stance:
    """How the claim that hangs on token `trigger` is put; `cue` is that of its statement."""
    reading = _Reading(scene)
    reading.read(trigger)
    act = cue.act if cue is not None else None
    if act in _words("acts", "negative"):
        reading.negative = not reading.negative
    for modality in ("future", "demanded"):
        if act in _words("acts", modality) and reading.modality == "actual":
            reading.modality = modality
    hedges = tuple(scene.words(token, last) for token, last in sorted(reading.hedges.items()))
    return Stance("negative" if reading.negative else "positive", reading.modality, hedges)


def _compares(parse: Parse, token: int) -> bool:
    """Whether a "no" or "not" belongs to a number ("no more than 800", "not fewer than ten")."""
    behind = [parse.words[i].lower() for i in range(token + 1, min(token + 3, len(parse)))]
    return len(behind) == 2 and behind[0] in _COMPARATIVES and behind[1] == "than"


class _Reading:
    """What has been met on the way up."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.negative = False
        self.modality: Modality = "actual"
        self.hedges: dict[int, int] = {}

    def read(self, trigger: int) -> None:
        parse = self.scene.parse
        below: int | None = None
        for token in self.scene.climb(trigger):
            own = True
            if below is not None:
                if self._beyond_doubt(token, below) or not self._passes(below, token):
                    return
                own = self._shares(below)
            if own:
                self._purpose(token)
                self._dependents(token, below)
                self._hedge_phrases(token)
            below = token
            if parse.deps[token] == "relcl":
                return

    def _passes(self, below: int, token: int) -> bool:
        """Whether what stands over `token` is said of the claim too; what `token` says is taken."""
        parse = self.scene.parse
        dep, lemma = parse.deps[below], parse.lemmas[token].lower()
        if dep in _OTHER_CLAUSE or (dep == "appos" and parse.pos[below] in {"ADJ", "NUM"}):
            return False  # "the Front, 900 strong, has not replied"
        if dep == "prep" and parse.pos[token] in {"VERB", "AUX"}:
            # "called for an attack" speaks of the attack; "warned, at the meeting, ..." does not.
            argument = below > token and parse.words[below].lower() in _ARGUMENT
            if not argument:
                return False
        if dep in {"ccomp", "csubj", "acl", "nsubj"} and self._is_false(token):
            self.negative = not self.negative
        if dep in _THROUGH and parse.pos[token] in {"VERB", "ADJ", "NOUN", "AUX"}:
            self._govern(token, below, lemma)
        return True

    def _beyond_doubt(self, token: int, below: int) -> bool:
        """`there is no doubt that`, `it is no secret that`: said in full, and not denied."""
        parse = self.scene.parse
        if parse.deps[below] not in {"acl", "ccomp", "relcl", "csubj"}:
            return False  # "there is no question of its having men" denies
        noun = token
        if parse.lemmas[token].lower() == "be":
            attribute = self.scene.child(token, "attr")
            noun = token if attribute is None else attribute
        return parse.lemmas[noun].lower() in _words("certain", "nouns") and any(
            parse.words[kid].lower() in _words("certain", "none") for kid in parse.children[noun]
        )

    def _is_false(self, token: int) -> bool:
        """`it is a lie that`, `it is untrue that`."""
        word = self.scene.child(token, "acomp", "attr")
        return word is not None and self.scene.parse.lemmas[word].lower() in words(
            "stances.toml", "called_false"
        )

    def _shares(self, below: int) -> bool:
        """Whether negation and mood of the word above hold below too: of joined verbs only where
        the second has no form of its own ("could attack or kill", "was not seen or caught")."""
        parse = self.scene.parse
        if parse.deps[below] != "conj" or parse.pos[below] not in {"VERB", "AUX"}:
            return True
        if self.scene.child(below, "aux", "auxpass", "nsubj", "nsubjpass", "neg") is not None:
            return False
        return parse.tags[below] in {"VB", "VBN", "VBG"}

    def _purpose(self, token: int) -> None:
        """`an operation to capture a leader`: nothing says that he was."""
        parse = self.scene.parse
        to = any(parse.words[kid].lower() == "to" for kid in parse.children[token])
        if not to or parse.tags[token] != "VB":
            return
        head = parse.heads[token]
        launched = parse.lemmas[head].lower() in load("plover.toml")["holding"]["lemmas"]
        aimed = launched and self.scene.child(head, "dobj") is not None
        if parse.deps[token] in {"acl", "relcl"} or (
            aimed and parse.deps[token] in {"advcl", "xcomp"}
        ):
            self._raise("future")

    def _govern(self, token: int, below: int, lemma: str) -> None:
        if lemma == "call" and self._able(token):
            return  # "can call on 300 men" has them
        if lemma in _words("governors", "negative"):
            self.negative = not self.negative
        if lemma in _words("hedges", "verbs"):
            self._hedge(token)
            self._raise("possible")
        for modality in ("future", "demanded", "possible"):
            if lemma in _words("governors", modality) and not self._was_done(token, below, lemma):
                self._raise(modality)

    def _was_done(self, token: int, below: int, lemma: str) -> bool:
        """`ordered the attack`, `the bombing, organised by`: one that is known took place."""
        parse = self.scene.parse
        if lemma not in _words("governors", "done") or parse.tags[token] not in {"VBD", "VBN"}:
            return False
        return parse.pos[below] == "NOUN" and any(
            parse.words[kid].lower() in _KNOWN for kid in parse.children[below]
        )

    def _able(self, token: int) -> bool:
        parse = self.scene.parse
        return any(parse.words[kid].lower() in {"can", "could"} for kid in parse.children[token])

    def _dependents(self, token: int, below: int | None) -> None:
        parse = self.scene.parse
        for kid in parse.children[token]:
            if kid == below:
                continue  # read already
            word = parse.words[kid].lower()
            dep = parse.deps[kid]
            negating = (
                dep == "neg"
                or (dep in {"det", "advmod", "preconj"} and self._negates(word))
                or (word == "longer" and kid > 0 and parse.words[kid - 1].lower() == "no")
            )
            if negating and not _compares(parse, kid):
                self.negative = not self.negative
            elif dep == "aux" or parse.tags[kid] == "MD":
                self._modal(kid, word)
            elif dep in {"mark", "advmod"} and word in _words("marks", "conditional"):
                self._raise("conditional")
            elif dep in {"dobj", "nsubj", "nsubjpass", "attr"} and self._no_such(kid):
                self.negative = not self.negative
            elif dep in {"advmod", "amod", "acomp"}:
                self._beside(kid, word)
        if token > 0 and parse.words[token - 1].lower() == "without":
            self.negative = not self.negative

    def _negates(self, word: str) -> bool:
        return word in _words("negation", "words")

    def _no_such(self, noun: int) -> bool:
        """`no attack took place`, `poses no threat`."""
        parse = self.scene.parse
        return any(
            (
                (parse.deps[kid] == "det" and parse.words[kid].lower() in {"no", "neither"})
                or (parse.deps[kid] in {"preconj", "cc"} and parse.words[kid].lower() == "neither")
                or (parse.deps[kid] == "neg" and parse.words[kid].lower() == "not")
            )
            and not _compares(parse, kid)
            for kid in parse.children[noun]
        ) or parse.words[noun].lower() in {"nobody", "none", "nothing"}

    def _modal(self, kid: int, word: str) -> None:
        if word in _words("hedging_modals", "words"):
            self._hedge(kid)
        for modality in ("possible", "conditional", "future", "demanded"):
            if word in _words("modals", modality):
                self._raise(modality)

    def _beside(self, kid: int, word: str) -> None:
        if word in _words("hedges", "words"):
            self._hedge(kid)
        if word in _words("modals", "possible"):
            self._raise("possible")
        elif word in _words("modals", "future"):
            self._raise("future")

    def _hedge_phrases(self, token: int) -> None:
        """`according to our data` inside the claim's own statement."""
        parse = self.scene.parse
        for kid in parse.children[token]:
            if parse.deps[kid] != "prep" or self.scene.owners[kid] != self.scene.owners[token]:
                continue
            first, last = parse.extents[kid]
            phrase = " ".join(parse.words[first : first + 5]).lower()
            if any(phrase.startswith(start) for start in _words("hedges", "phrases")):
                while last - 1 > first and parse.pos[last - 1] == "PUNCT":
                    last -= 1
                if last - first <= 20:
                    self.hedges[first] = last

    def _hedge(self, token: int) -> None:
        self.hedges[token] = token + 1

    def _raise(self, modality: Modality) -> None:
        if _RANK[modality] > _RANK[self.modality]:
            self.modality = modality
