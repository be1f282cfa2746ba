from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most

from sayso.records.analyses import Analysis
from sayso.records.documents import Zone
from sayso.records.parses import Name, Parse
from sayso.records.spans import Span
from sayso.steps.extract.names import FoundName, find_names
from sayso.steps.extract.names_candidates import Candidate, Rank, settle
from sayso.steps.link.actors import Actors

Analyse = Callable[[str], Analysis]


@cache
def _builtin() -> Actors:
    return Actors.load([], builtin=True)


@pytest.fixture(scope="module")
def actors() -> Actors:
    return _builtin()


def _found(analysis: Analysis, actors: Actors) -> list[FoundName]:
    return find_names(analysis, actors)


def _kinds(analysis: Analysis, actors: Actors) -> dict[str, str]:
    return {name.quote: name.kind for name in _found(analysis, actors)}


def _keys(analysis: Analysis, actors: Actors) -> dict[str, str | None]:
    return {name.quote: name.actor for name in _found(analysis, actors)}


def test_known_names_in_their_spellings(analyse: Analyse, actors: Actors) -> None:
    text = (
        "Envoys of the Taliban’s office met officials on Monday. Later ISIS-K and the Khorasan "
        'branch of "Daesh" were named beside the Pakistani Taliban (TTP), as Kun.uz reported.'
    )
    found = _keys(analyse(text), actors)
    assert found["Taliban"] == "taliban"
    assert found["ISIS-K"] == "islamic-state-khorasan"
    assert found['Khorasan branch of "Daesh"'] == "islamic-state-khorasan"
    assert found["Pakistani Taliban"] == found["TTP"] == "ttp"
    assert found["Kun.uz"] == "kun-uz"


def test_a_doubtful_name_needs_its_context(analyse: Analyse, actors: Actors) -> None:
    plain = analyse("Dawn broke over the hills of Velm, and the port WAS CLOSED.")
    assert "dawn" not in _keys(plain, actors).values()
    paper = analyse("The strikes were planned abroad, the newspaper Dawn reported on Friday.")
    assert _keys(paper, actors).get("Dawn") == "dawn"


def test_a_context_once_given_holds_for_the_document(analyse: Analyse, actors: Actors) -> None:
    text = (
        "The Islamic State (IS) lost the town of Velm in spring, officials said.\n\n"
        "Nobody knows where IS went after that winter."
    )
    found = [name.actor for name in _found(analyse(text), actors) if name.quote == "IS"]
    assert found == ["islamic-state", "islamic-state"]


def test_bodies_are_read_whole(analyse: Analyse, actors: Actors) -> None:
    text = (
        "She heads the Velm Institute for Strategic and Political Studies. A press release of "
        "the Ministry of Trade and Ports said so, and Tarvia's Council of Elders agreed."
    )
    found = _kinds(analyse(text), actors)
    assert found.get("Velm Institute for Strategic and Political Studies") == "organisation"
    assert found.get("Ministry of Trade and Ports") == "organisation"
    assert found.get("Council of Elders") == "organisation"


def test_a_name_in_quotation_marks_is_a_group(analyse: Analyse, actors: Actors) -> None:
    text = (
        "Another armed group in the hills, “Sons of Karsk,” has 300 fighters, he said. "
        "The “Sons of Karsk” militants left."
    )
    names = [n for n in _found(analyse(text), actors) if n.quote == "Sons of Karsk"]
    assert [name.kind for name in names] == ["armed_group", "armed_group"]


def test_titles_and_adjectives_are_no_names(analyse: Analyse, actors: Actors) -> None:
    text = "Professor Oren Halvick said that Afghan forces held. Many Afghans agreed with Halvick."
    found = _kinds(analyse(text), actors)
    assert found.get("Oren Halvick") == "person"
    assert found.get("Halvick") == "person"
    assert found.get("Afghans") == "people"
    assert not {"Afghan", "Professor", "Professor Oren Halvick"} & found.keys()


def test_a_hyphened_name_is_one_person(analyse: Analyse, actors: Actors) -> None:
    text = "The bomb killed Khalid-ur-Rahman Ostrani, the minister of refugees, on Friday."
    assert _kinds(analyse(text), actors).get("Khalid-ur-Rahman Ostrani") == "person"


def test_a_heading_in_title_case_adds_no_names(analyse: Analyse, actors: Actors) -> None:
    text = (
        "Officials Warn Of Growing Danger In Border Regions As Halvick Visits Kabul\n\n"
        "Oren Halvick visited the garrison on Monday. Halvick said nothing."
    )
    names = [name for name in _found(analyse(text), actors) if name.span.start < 74]
    assert {name.quote for name in names} == {"Halvick", "Kabul"}


def test_a_reference_mark_is_cut_off() -> None:
    text = "It ended at Velm.[3 Nothing was left."
    words = ["It", "ended", "at", "Velm.[3", "Nothing", "was", "left", "."]
    tags = ["PRP", "VBD", "IN", "NNP", "NN", "VBD", "VBN", "."]
    analysis = _handmade(text, words, tags, [Name(3, 4, "GPE")])
    assert [n.quote for n in find_names(analysis, Actors([]))] == ["Velm"]


def _handmade(text: str, words: list[str], tags: list[str], names: list[Name]) -> Analysis:
    from tests.fakes import raw

    from sayso.settings import CleanSettings
    from sayso.steps.clean.clean import clean

    document = clean(raw("placeholder text that is long enough."), CleanSettings()).document
    document = type(document)(
        **{field: getattr(document, field) for field in document.__struct_fields__} | {"text": text}
    )
    starts, at = [], 0
    for word in words:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    size = len(words)
    parse = Parse(
        zone=Zone("body", Span(0, len(text))),
        starts=starts,
        ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
        words=words,
        lemmas=[word.lower() for word in words],
        tags=tags,
        pos=["PROPN" if tag.startswith("NNP") else "X" for tag in tags],
        deps=["dep"] * size,
        heads=list(range(size)),
        sentences=[(0, size)],
        names=names,
    )
    return Analysis(document, (parse,))


_PIECES = st.sampled_from(
    "Taliban TTP ISIS - K the of and ( ) [ ] “ ” \" ' 's , . Khorasan branch Mr Oren Halvick al ur "
    "Karsk Front Council for Ministry group militants Dawn IS or also known as 24.kg U.S.".split()
)
_TAGS = {"the": "DT", "of": "IN", "and": "CC", "'s": "POS", ",": ",", ".": ".", "-": "HYPH"}


@given(words=st.lists(_PIECES, min_size=1, max_size=40), data=st.data())
@settings(max_examples=150, deadline=None)
def test_names_cut_their_quotes_and_never_overlap(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    tags = [_TAGS.get(w, "NNP" if w[0].isupper() else "NN") for w in words]
    names, start = [], 0
    while start < len(words) and len(names) < 6:
        first = data.draw(st.integers(start, len(words) - 1))
        last = data.draw(st.integers(first + 1, min(len(words), first + 6)))
        label = data.draw(st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "DATE"]))
        names.append(Name(first, last, label))
        start = last
    found = find_names(_handmade(text, words, tags, names), _builtin())
    end = 0
    for name in found:
        assert name.span.cut(text) == name.quote
        assert name.quote.strip() == name.quote != ""
        assert name.span.start >= end
        end = name.span.end


def test_settling_prefers_rank_then_length() -> None:
    names = [
        Candidate(0, 5, "organisation", Rank.GUESS),
        Candidate(1, 2, "place", Rank.KNOWN),
        Candidate(3, 5, "person", Rank.NAME),
        Candidate(4, 5, "person", Rank.NAME),
    ]
    assert [(c.first, c.last) for c in settle(names, 5)] == [(1, 2), (3, 5)]


@pytest.mark.parametrize(
    "unit",
    ["Council of ", "Mr Karsk - ", '" ', "Khorasan branch of ", "Islamic State of Iraq and ", "( "],
)
def test_time_grows_with_the_text(unit: str) -> None:
    actors = _builtin()
    few, many = _repeated(unit, 4_000), _repeated(unit, 16_000)
    assert_grows_by_at_most(12, lambda: find_names(few, actors), lambda: find_names(many, actors))


def _repeated(unit: str, count: int) -> Analysis:
    words = (unit * (count // len(unit.split()))).split()
    text = " ".join(words)
    tags = [_TAGS.get(w, "NNP" if w[0].isupper() else "NN") for w in words]
    return _handmade(text, words, tags, [Name(i, i + 1, "ORG") for i in range(0, len(words), 3)])


def test_persons_and_groups_of_the_real_reports(
    shared: Path, analyse: Analyse, actors: Actors
) -> None:
    """All persons that the two reports with gold name, and no others."""
    expected = {
        "001": {"Nikolai Patrushev", "Ali Shamkhani", "Hamdullah Mohib", "Patrushev", "Mohib"},
        "004": {"Khalil-ur-Rahman Haqqani", "Haqqani"},
    }
    for number, persons in expected.items():
        path = next(shared.glob(f"seeds/{number}_*.txt"))
        found = _kinds(analyse(path.read_text("utf-8")), actors)
        assert {name for name, kind in found.items() if kind == "person"} == persons
