"""Polarity, modality and hedges of a claim: what stands over the word that makes it.

The tree is climbed from the claim's trigger as far as the same statement goes. What the speaker's
act adds ("denied ...") comes from the statement's cue, so one denial never counts twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.lexicons import load
from sayso.records.findings import Cue, Modality, Polarity, Words
from sayso.steps.extract.asked import is_asked, reply_to
from sayso.steps.extract.clefts import denied_cleft, denied_description
from sayso.steps.extract.negation import (
    called_false,
    denies_below,
    impossible,
    label,
    negates,
    no_question,
    no_such,
    nor,
    undoubted,
    unproved,
    wrong_to_say,
)
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
_COMPLETE = frozenset({"ccomp", "csubj", "acl"})
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
    reply = reply_to(scene, trigger)
    reading = _Reading(scene, replied=reply is not None)
    reading.read(trigger)
    if reply is not None and not reply.yes:
        reading.negative = not reading.negative
    act = cue.act if cue is not None else None
    if act in _words("acts", "negative"):
        reading.negative = not reading.negative
    if act == "warns" and reading.infinitive and reading.modality == "actual":
        reading.modality = "future"  # "threatened to move into Velm"
    for modality in ("future", "demanded"):
        if act in _words("acts", modality) and reading.modality == "actual":
            reading.modality = modality
    hedges = tuple(scene.words(token, last) for token, last in sorted(reading.hedges.items()))
    return Stance("negative" if reading.negative else "positive", reading.modality, hedges)


class _Reading:
    """What has been met on the way up."""

    def __init__(self, scene: Scene, *, replied: bool = False) -> None:
        self.scene = scene
        self.replied = replied
        """Whether it is asked about and the reply is known: then nothing is left open."""
        self.negative = False
        self.modality: Modality = "actual"
        self.hedges: dict[int, int] = {}
        self.infinitive = False
        """Whether the last verb met is one ("to move")."""
        self.inner = True
        """Whether no clause has been left on the way up."""

    def read(self, trigger: int) -> None:
        parse = self.scene.parse
        below: int | None = None
        for token in self.scene.climb(trigger):
            own = True
            if parse.pos[token] in {"VERB", "AUX"}:
                self.infinitive = parse.tags[token] == "VB" and any(
                    parse.tags[kid] == "TO" for kid in parse.children[token]
                )
            if below is not None:
                if undoubted(parse, token, below) or not self._passes(below, token):
                    return
                if denies_below(parse, token, below):
                    self.negative = not self.negative
                self.inner = self.inner and parse.deps[below] not in _COMPLETE
                if wrong_to_say(parse, token, below):
                    return
                if unproved(parse, token, below):
                    self._raise("possible")
                    return
                if no_question(parse, token, below):
                    self.negative = not self.negative
                    return
                joined = nor(parse, below, token)
                self.negative = self.negative != joined
                own = not joined and self._shares(below)
            if own:
                self._purpose(token)
                self._dependents(token, below)
                self._hedge_phrases(token)
            below = token
            if self.replied and is_asked(self.scene, token):
                return
            if label(parse, token) == "relcl":
                self.negative = self.negative != (
                    denied_cleft(self.scene, token) or denied_description(self.scene, token)
                )
                return

    def _passes(self, below: int, token: int) -> bool:
        """Whether what stands over `token` is said of the claim too; what `token` says is taken."""
        parse = self.scene.parse
        dep, lemma = label(parse, below), parse.lemmas[token].lower()
        if dep in _OTHER_CLAUSE or (dep == "appos" and parse.pos[below] in {"ADJ", "NUM"}):
            return False  # "the Front, 900 strong, has not replied"
        if dep == "prep" and parse.pos[token] in {"VERB", "AUX"}:
            # "called for an attack" speaks of the attack; "warned, at the meeting, ..." does not.
            argument = below > token and parse.words[below].lower() in _ARGUMENT
            if not argument:
                return False
        if called_false(parse, token, below):
            self.negative = not self.negative
        if dep in _THROUGH and parse.pos[token] in {"VERB", "ADJ", "NOUN", "AUX"}:
            self._govern(token, below, lemma)
        return True

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
        parse = self.scene.parse
        if wrong_to_say(parse, parse.heads[token], token):
            return
        if parse.pos[token] == "NOUN" and called_false(parse, parse.heads[token], token):
            return  # "rumours that ... are false" leave nothing open
        if lemma == "call" and (self._able(token) or self._names(token)):
            return  # "can call on 300 men" has them; "called it a crime" wants nothing
        if lemma in _words("governors", "negative"):
            self.negative = not self.negative
        if lemma in _words("hedges", "verbs"):
            self._hedge(token)
            if not self._own_view(token, lemma):
                self._raise("possible")
        if lemma in _words("governors", "known") and self.scene.child(token, "neg") is not None:
            self.negative = not self.negative  # undoes its own "not"
            self._raise("possible")
        for modality in ("future", "demanded", "possible"):
            if lemma in _words("governors", modality) and not self._was_done(token, below, lemma):
                self._raise(modality)

    def _own_view(self, token: int, lemma: str) -> bool:
        """`we believe that`, `I think`: the speaker's own word for it, however weakened."""
        subject = self.scene.child(token, "nsubj")
        first = subject is not None and self.scene.parse.words[subject].lower() in {"i", "we"}
        return first and lemma in _words("hedges", "views")

    def _was_done(self, token: int, below: int, lemma: str) -> bool:
        """`ordered the attack`, `the bombing, organised by`, `the order for the attack`: one that
        is known took place."""
        parse = self.scene.parse
        if lemma not in _words("governors", "done"):
            return False
        done: int | None = below
        if parse.pos[token] == "NOUN" and parse.deps[below] == "prep":
            done = self.scene.child(below, "pobj")
        elif parse.tags[token] not in {"VBD", "VBN"} and not self._did(token):
            return False
        return (
            done is not None
            and parse.pos[done] == "NOUN"
            and any(parse.words[kid].lower() in _KNOWN for kid in parse.children[done])
        )

    def _did(self, verb: int) -> bool:
        """`did not order the attack`."""
        parse = self.scene.parse
        return any(parse.words[kid].lower() == "did" for kid in parse.children[verb])

    def _names(self, verb: int) -> bool:
        """`called Tarvia the backer`: whether a verb has an object and what it is said to be."""
        parse = self.scene.parse
        objects = [k for k in parse.children[verb] if parse.deps[k] in {"dobj", "oprd"}]
        return len(objects) > 1

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
            if negates(parse, kid):
                self.negative = not self.negative
            elif dep == "aux" or parse.tags[kid] == "MD":
                self._modal(kid, word)
            elif dep in {"mark", "advmod"} and word in _words("marks", "conditional"):
                if not self.replied:
                    self._raise("conditional")
            elif dep in {"dobj", "nsubj", "nsubjpass", "attr", "acomp"} and no_such(parse, kid):
                self.negative = not self.negative
            elif dep in {"advmod", "amod", "acomp"}:
                self._beside(kid, word)
        if token > 0 and parse.words[token - 1].lower() == "without":
            self.negative = not self.negative

    def _modal(self, kid: int, word: str) -> None:
        if self.inner and impossible(self.scene.parse, kid):
            return
        verb = self.scene.parse.heads[kid]
        met = self.scene.parse.lemmas[verb].lower() in _words("governors", "met")
        if word == "can" and met and self.scene.child(verb, "auxpass") is not None:
            return  # "can be found in Velm" is there
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
