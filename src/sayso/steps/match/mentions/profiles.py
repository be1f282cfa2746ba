"""What of a mention says whom or what it means: its words, its name, what it does."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sayso.records.parses import Parse
from sayso.records.spans import Span
from sayso.steps.match.events.profiles import stem_of
from sayso.values.names import atoms, key

Look = Literal["name", "nominal", "pronoun", "time"]
_PRONOUNS = {
    "he": "him his himself he",
    "she": "she her hers herself",
    "it": "it its itself",
    "they": "they them their theirs themselves",
    "we": "we us our ours ourselves",
    "i": "i me my mine myself",
    "you": "you your yours yourself",
    "who": "who whom whose which that",
}
_CLASSES = {form: name for name, forms in _PRONOUNS.items() for form in forms.split()}
_TIMES = frozenset({"DATE", "TIME"})
_SKIPPED = frozenset({"DET", "ADP", "PUNCT", "PART", "CCONJ", "SCONJ", "AUX", "SPACE"})


class MentionProfile(Struct, frozen=True):
    """One mention of a person, group, thing, place or time."""

    id: str
    document: str
    span: Span
    sentence: int
    """The number of its sentence in the document, as far as the caller counts."""
    look: Look
    pronoun: str | None
    """`he`, `she`, `it`, `they`, ...: of which pronoun it is a form."""
    head: str
    """The stem of its head word."""
    words: tuple[str, ...]
    """The folded words of the mention in order, articles left out."""
    modifiers: tuple[str, ...]
    """Stems of its words but the head, sorted."""
    name: str
    """Of a name: its key (`values.names.key`); else empty."""
    entity: str
    """What the document's own reading takes it for: the key of that entity's name, or empty."""
    kind: str
    """The kind of that entity, or what the language model calls the name; or empty."""
    governor: str
    """The stem of the word it hangs on, prepositions left out."""
    role: str
    """How it hangs on it: `subject`, `object`, `prep`, `poss`, `other`."""
    beside: str
    """Stem of the noun it stands in apposition to or is said to be; or empty."""
    plural: bool
    around: tuple[str, ...]
    """Stems of the sentence, sorted."""


def mention_at(
    parse: Parse, span: Span, document: str, *, id: str, sentence: int, entity: tuple[str, str]
) -> MentionProfile | None:
    """The profile of the mention at `span`; None where no word of the parse stands there.

    `entity`: name and kind of the entity that the reading of the document sees there, or empty.
    """
    first, last = parse.tokens_in(span)
    if first >= last:
        return None
    head = parse.head_of(first, last)
    label = next(
        (n.label for n in parse.names if n.start <= head < n.end),
        "",
    )
    words = tuple(w for t in range(first, last) for w in atoms(parse.words[t]) if w != "s")
    if words[:1] in {("the",), ("a",), ("an",)} and len(words) > 1:
        words = words[1:]
    pronoun = _CLASSES.get(" ".join(words)) if parse.pos[head] in {"PRON", "DET"} else None
    look: Look = (
        "pronoun"
        if pronoun
        else "time"
        if label in _TIMES
        else "name"
        if parse.pos[head] == "PROPN" or label
        else "nominal"
    )
    governor, role = _governor(parse, head)
    bounds = parse.sentences[parse.sentence_of[head]]
    return MentionProfile(
        id=id,
        document=document,
        span=span,
        sentence=sentence,
        look=look,
        pronoun=pronoun,
        head=stem_of(parse, head),
        words=words,
        modifiers=tuple(
            sorted(
                {
                    stem_of(parse, t)
                    for t in range(first, last)
                    if t != head and parse.pos[t] not in _SKIPPED
                }
            )
        ),
        name=key(" ".join(words)) if look == "name" else "",
        entity=key(entity[0]) if entity[0] else "",
        kind=entity[1] or label,
        governor=stem_of(parse, governor) if governor is not None else "",
        role=role,
        beside=_beside(parse, head),
        plural=parse.tags[head] in {"NNS", "NNPS"} or pronoun in {"they", "we"},
        around=tuple(
            sorted(
                {
                    stem_of(parse, t)
                    for t in range(*bounds)
                    if not first <= t < last and parse.pos[t] in {"NOUN", "VERB", "PROPN", "NUM"}
                }
            )
        ),
    )


def _governor(parse: Parse, head: int) -> tuple[int | None, str]:
    dep = parse.deps[head]
    above = parse.heads[head]
    if above == head:
        return None, "other"
    role = "other"
    if dep in {"nsubj", "csubj"}:
        role = "subject"
    elif dep in {"dobj", "nsubjpass", "dative", "obj"}:
        role = "object"
    elif dep in {"poss", "compound", "amod", "nmod"}:
        role = "poss"
    elif dep == "pobj":
        role = "subject" if parse.deps[above] == "agent" else "prep"
        above = parse.heads[above]
    return above, role


def _beside(parse: Parse, head: int) -> str:
    """`Hugh Jackman, the actor`: the other noun of an apposition or a copula."""
    above = parse.heads[head]
    if parse.deps[head] == "appos":
        return stem_of(parse, above)
    for child in parse.children[head]:
        if parse.deps[child] == "appos":
            return stem_of(parse, child)
    if parse.lemmas[above].lower() == "be" and parse.deps[head] in {"nsubj", "attr"}:
        for child in parse.children[above]:
            if child != head and parse.deps[child] in {"nsubj", "attr"}:
                return stem_of(parse, child)
    return ""
