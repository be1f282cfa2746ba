"""The time that a figure holds for: "as of March", "in 2019 it had", "up from 1,500 in 2022".

The words right behind the figure say it first, then those of its clause. A word that means the
present (`currently`, `at the moment`) gives a time without a value: the day of the report is never
put in for it. What dates the saying, a report or the group ("founded in 2011") dates no figure.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.records.findings import Time
from sayso.records.spans import Span
from sayso.steps.extract.counted import listed
from sayso.steps.extract.figures import Estimate
from sayso.steps.extract.scenes import Scene
from sayso.steps.extract.whereabouts import time_near, time_within

_BETWEEN = 3
"""Tokens between a figure and a time behind it ("900 fighters as of early March")."""
_LEADS = frozenset({"as", "at", "back", "by", "during", "for", "in", "of", "on", "since", "the"})
_LONGEST = 3
"""Words in the longest phrase for the present."""
_SENTENCE = 60
"""Tokens of a clause that are searched for one."""
_ENDS = frozenset("currently date far moment now nowadays present presently time".split())
"""Last words of the phrases for the present: without one of them there is none."""
_OTHER_CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl", "parataxis"})


def as_of(scene: Scene, found: Estimate) -> Time | None:
    """When a figure holds; None where its words do not say."""
    behind = _behind(scene, found)
    if behind is not None:
        return behind
    start = found.amount.span.start
    compared = _comes_from(scene, start)
    if compared:
        return None  # "up from 1,500": what the clause dates is the other figure
    inside = _in_figure(scene, found)
    if inside is not None:
        return inside
    time = time_near(scene, found.trigger) or _at_a_point(scene, found)
    if time is not None and not (_changes(scene, found) and _follows_number(scene, time)):
        return time
    return _present(scene, found) if time is None else None


def _behind(scene: Scene, found: Estimate) -> Time | None:
    """`1,400 in 2020`, `4,000 fighters as of March`."""
    parse = scene.parse
    _, last = parse.tokens_in(found.span)
    for token in range(last, min(len(parse), last + _BETWEEN + 1)):
        if token in scene.timed:
            same = scene.owners[token] == scene.owners[found.trigger]
            return scene.timed[token] if same else None
        if parse.words[token].lower() not in _LEADS:
            return None
    return None


def _comes_from(scene: Scene, start: int) -> bool:
    """Whether a figure is what another one is compared with."""
    parse = scene.parse
    first, _ = parse.tokens_in(Span(start, start + 1))
    before = [word.lower() for word in parse.words[max(0, first - 2) : first]]
    opened = parse.words[first].lower() == "from" if first < len(parse) else False
    return opened or before[-1:] == ["from"] or before in (["compared", "with"], ["compared", "to"])


def _in_figure(scene: Scene, found: Estimate) -> Time | None:
    """`the number of fighters in 2016 was 900`."""
    if found.figure is None:
        return None
    first, last = scene.parse.extents[found.figure]
    last = min(last, first + _SENTENCE)
    return next((scene.timed[token] for token in range(first, last) if token in scene.timed), None)


def _at_a_point(scene: Scene, found: Estimate) -> Time | None:
    """`at its peak in 2014, the Front had 5,000 men`: the only time of the sentence, where it
    stands under such a word in the figure's clause."""
    parse = scene.parse
    for verb in scene.within_clause(found.trigger):
        if parse.pos[verb] not in {"VERB", "AUX"}:
            continue
        first, last = parse.sentences[parse.sentence_of[verb]]
        only = scene.only_time(first, last)
        points = listed("points", "words") | listed("frames", "figures")
        if only is not None and parse.lemmas[only[0]].lower() in points:
            return time_within(scene, verb)
    return None


def _changes(scene: Scene, found: Estimate) -> bool:
    """Whether the figure is one end of a change (`grew from 200 men in 2017 to 1,400`)."""
    return any(
        scene.parse.lemmas[token].lower() in listed("frames", "changes")
        for token in scene.within_clause(found.trigger)
    )


def _follows_number(scene: Scene, time: Time) -> bool:
    """Whether a time stands right behind another figure."""
    parse = scene.parse
    token = parse.tokens_in(time.span)[0] - 1
    while token >= 0 and parse.words[token].lower() in _LEADS:
        token -= 1
    if token < 0:
        return False
    counted = any(parse.tags[kid] == "CD" for kid in parse.children[token])
    return counted or parse.tags[token] == "CD"


def _present(scene: Scene, found: Estimate) -> Time | None:
    """`now`, `currently`, `at the moment` in the figure's own clause."""
    parse = scene.parse
    if not scene.lemmas & _ENDS:
        return None
    top = found.trigger
    for token in scene.within_clause(found.trigger):
        top = token
        if parse.pos[token] in {"VERB", "AUX"}:
            break
    for first, last in _presents(scene, top):
        span = parse.span(first, last)
        return Time(span, span.cut(scene.text), None, None, reference="present")
    return None


def _presents(scene: Scene, verb: int) -> Iterator[tuple[int, int]]:
    """Token ranges of the words for the present that hang on a verb or on what hangs there."""
    parse = scene.parse
    first, last = parse.sentences[parse.sentence_of[verb]]
    known = listed("present", "words")
    for token in range(max(first, verb - _SENTENCE), min(last, verb + _SENTENCE)):
        if scene.owners[token] != scene.owners[verb]:
            continue
        for length in range(_LONGEST, 0, -1):
            words = " ".join(parse.words[token : token + length]).lower()
            if words in known and _hangs(scene, token, verb):
                yield token, min(last, token + length)
                break


def _hangs(scene: Scene, token: int, verb: int) -> bool:
    """Whether a token stands in the verb's own clause."""
    parse = scene.parse
    for _ in range(6):
        if token == verb:
            return True
        joined = parse.deps[token] == "conj" and parse.pos[token] in {"VERB", "AUX"}
        if parse.deps[token] in _OTHER_CLAUSES or joined or parse.heads[token] == token:
            return False
        token = parse.heads[token]
    return False
