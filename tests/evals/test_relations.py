"""How relations are scored."""

from __future__ import annotations

from evals.relations import Gold, Read, Sentence, figures, sentences
from msgspec.structs import replace

from sayso.records.findings import Claim, EntityRef
from sayso.records.spans import Span

_TEXT = "The Karsk Front is not part of the Ember Brigade."
_GOLD = Gold("Karsk Front", "part_of", "Ember Brigade", "negative", "actual", None, None)


def _claim() -> Claim:
    def end(words: str) -> EntityRef:
        start = _TEXT.index(words)
        return EntityRef(words, Span(start, start + len(words)), words)

    return Claim(
        id="c",
        statement=None,
        document="d",
        span=Span(0, len(_TEXT)),
        quote=_TEXT,
        kind="relation",
        polarity="negative",
        modality="actual",
        hedges=(),
        time=None,
        place=None,
        confidence=0.5,
        made_by="test",
        subject=end("Karsk Front"),
        relation="part_of",
        object=end("Ember Brigade"),
    )


def _figures(*found: Claim) -> dict[str, float]:
    return figures([Read(Sentence(_TEXT, [_GOLD]), found, (), {})])


def test_kind_ends_and_polarity_make_a_right_one() -> None:
    assert _figures(_claim())["f1"] == 1.0


def test_a_wrong_polarity_is_no_right_one() -> None:
    got = _figures(replace(_claim(), polarity="positive"))
    assert (got["precision"], got["recall"], got["polarity"]) == (0.0, 0.0, 0.0)


def test_ends_that_change_places_are_wrong_where_the_relation_has_a_direction() -> None:
    claim = _claim()
    assert _figures(replace(claim, subject=claim.object, object=claim.subject))["f1"] == 0.0


def test_one_gold_is_found_once() -> None:
    got = _figures(_claim(), replace(_claim(), id="c2"))
    assert (got["precision"], got["recall"]) == (0.5, 1.0)


def test_the_sentences_hold_the_words_of_their_relations() -> None:
    for sentence in sentences():
        for gold in sentence.relations:
            assert gold.subject in sentence.text
            assert gold.object in sentence.text
