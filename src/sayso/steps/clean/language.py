"""Which language a text is in, and which of its blocks are in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import sqrt

from msgspec.structs import replace

from sayso.records.documents import Zone

_SAMPLE = 1000
"""Code points shown to the identifier: it reads 0.4 MB/s, and more shows it nothing new."""
_LEAST = 12
"""Letters below which no language is told."""
_BLOCK_LEAST = 40
"""Letters below which a block's own language is not asked: names and labels have none."""
_BLOCK_SAMPLE = 300
_OWN_WORDS = 40
"""So many of a text's most frequent words are taken for those of its language."""
_OWN_SHARE = 0.15
"""A block with this share of them is in the text's language: nobody needs to be asked."""
_MOST_ASKED = 500
"""So many blocks of a text are shown to the identifier, which takes 0.7 ms for each."""
_MARGIN = 2.5
"""By how much the other language must be likelier: logarithm of the odds by the root of the bytes,
which makes long and short blocks comparable. Tuned on pages in eight languages, evals/languages."""
_KINDS = frozenset({"title", "body", "caption", "comment"})
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, zones: Sequence[Zone]) -> str | None:
    """The BCP 47 tag of the body's language, by py3langid; None where there is too little text."""
    parts: list[str] = []
    length = 0
    for zone in zones:
        if zone.kind != "body":
            continue
        parts.append(text[zone.span.start : min(zone.span.end, zone.span.start + _SAMPLE - length)])
        length += len(parts[-1])
        if length >= _SAMPLE:
            break
    sample = " ".join(parts)
    if sum(map(str.isalpha, sample)) < _LEAST:
        return None
    import py3langid

    return str(py3langid.classify(sample)[0])


def with_languages(text: str, zones: Sequence[Zone], language: str | None) -> tuple[Zone, ...]:
    """The zones, those in another language than `language` marked with their own."""
    if language is None:
        return tuple(zones)
    own = _frequent_words(text, zones)
    marked: list[Zone] = []
    asked = 0
    for zone in zones:
        sample = zone.span.cut(text)[:_BLOCK_SAMPLE] if zone.kind in _KINDS else ""
        if asked < _MOST_ASKED and _may_be_other(sample, own):
            asked += 1
            other = _other(sample, language)
            marked.append(replace(zone, language=other) if other else zone)
        else:
            marked.append(zone)
    return tuple(marked)


def _frequent_words(text: str, zones: Sequence[Zone]) -> frozenset[str]:
    counts: Counter[str] = Counter()  # in how many blocks: one block has no vote of its own
    for zone in zones:
        if zone.kind == "body":
            counts.update(set(_WORD.findall(zone.span.cut(text).lower())))
    return frozenset(word for word, count in counts.most_common(_OWN_WORDS) if count > 1)


def _may_be_other(sample: str, own: frozenset[str]) -> bool:
    """Whether a block has letters enough, and few of the words of its text."""
    if sum(map(str.isalpha, sample)) < _BLOCK_LEAST:
        return False
    words = _WORD.findall(sample.lower())
    return sum(word in own for word in words) < _OWN_SHARE * len(words)


def _other(sample: str, language: str) -> str | None:
    """The language of a block where it is surely not `language`."""
    import py3langid

    ranked = py3langid.rank(sample)
    best, score = ranked[0]
    ours = dict(ranked).get(language)
    if best == language or ours is None:
        return None
    margin = (score - ours) / sqrt(len(sample.encode("utf-8", "replace")))
    return str(best) if margin >= _MARGIN else None
