from __future__ import annotations

import pytest
from tests.growth import assert_takes_at_most

from sayso.errors import MissingExtra
from sayso.learned.spacy_model import SpacyModel
from sayso.records.documents import Zone
from sayso.records.spans import Span


def zones(text: str) -> list[Zone]:
    """One body zone a line."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Zone("body", Span(start, start + len(line))))
        start += len(line) + 1
    return found


def test_tokens_cut_their_words_anywhere_in_the_text(model: SpacyModel) -> None:
    text = "😀 One line — here.\n\n  Second line: “Oren’s here,” she said.\nДа, так."
    parsed = model.parse(text, zones(text))
    assert len(parsed.parses) == 3
    for parse in parsed.parses:
        for start, end, word in zip(parse.starts, parse.ends, parse.words, strict=True):
            assert text[start:end] == word
            assert parse.zone.span.start <= start < end <= parse.zone.span.end
        assert parse.sentences[0][0] == 0
        assert parse.sentences[-1][1] == len(parse)


def test_subtrees_and_sentences_agree(model: SpacyModel) -> None:
    text = "The minister, who came late, said that the road was closed. It will open in May."
    (parse,) = model.parse(text, zones(text)).parses
    for index, (low, high) in enumerate(parse.extents):
        assert low <= index < high
        first, last = parse.sentences[parse.sentence_of[index]]
        assert first <= low < high <= last


@pytest.mark.parametrize(
    "number", ["in the region of 40", "an estimated total of 40", "as few as 30 and as many as 40"]
)
def test_the_words_of_a_number_do_not_hide_what_it_counts(model: SpacyModel, number: str) -> None:
    text = f"The doctor said {number} people were hurt. It is over."
    (parse,) = model.parse(text, zones(text)).parses
    people = parse.words.index("people")
    assert parse.words[parse.heads[people]] == "hurt"
    assert "".join(parse.words) == "".join(text.split())
    assert [parse.words[first] for first, _ in parse.sentences] == ["The", "It"]
    assert parse.sentences[0][1] == parse.sentences[1][0]
    for start, end, word in zip(parse.starts, parse.ends, parse.words, strict=True):
        assert text[start:end] == word


def test_a_sentence_may_open_with_the_words_of_a_number(model: SpacyModel) -> None:
    text = "It rained. In excess of 40 people left."
    (parse,) = model.parse(text, zones(text)).parses
    assert [parse.words[first] for first, _ in parse.sentences] == ["It", "In"]
    for index, (low, high) in enumerate(parse.extents):
        assert low <= index < high


def test_a_long_zone_comes_in_pieces_that_lose_nothing(model: SpacyModel) -> None:
    text = "The road was closed. " * 2_500
    parsed = model.parse(text, [Zone("body", Span(0, len(text)))])
    assert len(parsed.parses) > 1
    covered = sum(len(word) for parse in parsed.parses for word in parse.words)
    assert covered == len("".join(text.split()))


def test_endless_runs_are_left_out_and_named(model: SpacyModel) -> None:
    text = "Before it. " + "x" * 5_000 + " After it."
    parsed = model.parse(text, [Zone("body", Span(0, len(text)))])
    assert parsed.unread == (Span(11, 5_011),)
    assert [parse.words[0] for parse in parsed.parses] == ["Before", "After"]


def test_an_endless_run_costs_no_more_than_its_length(model: SpacyModel) -> None:
    text = '"' * 900 + " " + '"' * 1_000_000
    assert_takes_at_most(5, lambda: model.parse(text, [Zone("body", Span(0, len(text)))]))


def test_a_model_that_is_not_installed_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from sayso.learned import spacy_model

    monkeypatch.setitem(spacy_model.PACKAGES, "en-md", ("no_such_module", "no-such-package"))
    with pytest.raises(MissingExtra, match="pip install no-such-package"):
        SpacyModel("en-md")
