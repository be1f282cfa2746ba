from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.learned.spacy_model import SpacyModel
from sayso.records.analyses import Analysis, DocumentEntities
from sayso.records.documents import RawDocument
from sayso.records.entities import Entity
from sayso.records.provenance import content_id
from sayso.settings import CleanSettings
from sayso.steps.clean.clean import clean
from sayso.steps.extract.names import find_names
from sayso.steps.link.actors import Actor, Actors
from sayso.steps.link.clusters import Clusters
from sayso.steps.link.entities import link_entities

Link = Callable[[str], DocumentEntities]
Analyse = Callable[[str], Analysis]


@pytest.fixture(scope="module")
def actors() -> Actors:
    tarvia = Actor("tarvia", "state", "Tarvia", "invented", adjectives=("Tarvian",))
    return Actors([*(a for a in Actors.load([], builtin=True) if "-people" not in a.key), tarvia])


@pytest.fixture
def link(analyse: Analyse, actors: Actors) -> Link:
    def from_text(text: str) -> DocumentEntities:
        analysis = analyse(text)
        return link_entities(analysis, find_names(analysis, actors), actors, made_by="test")

    return from_text


def _named(found: DocumentEntities, quote: str) -> Entity:
    """The one entity that all mentions with these words name."""
    ids = {mention.entity for mention in found.mentions if mention.quote == quote}
    assert len(ids) == 1, (quote, [m.quote for m in found.mentions])
    return found.entities[ids.pop()]


def test_a_surname_goes_to_a_known_person(analyse: Analyse) -> None:
    known = Actors([Actor("halvick", "person", "Oren Halvick", "invented")])
    analysis = analyse("Oren Halvick, the mayor of Velm, came at noon. Then Halvick left.")
    found = link_entities(analysis, find_names(analysis, known), known, made_by="test")
    entity = _named(found, "Halvick")
    assert entity == _named(found, "Oren Halvick")
    assert [alias.name for alias in entity.aliases] == ["Oren Halvick", "Halvick"]


def test_a_surname_that_two_known_persons_bear_goes_to_neither(analyse: Analyse) -> None:
    known = Actors(
        Actor(name.lower(), "person", f"{name} Halvick", "invented") for name in ("Oren", "Ilya")
    )
    analysis = analyse("Oren Halvick met Ilya Halvick at noon in Velm. Then Halvick left.")
    found = link_entities(analysis, find_names(analysis, known), known, made_by="test")
    assert _named(found, "Halvick").name == "Halvick"


def test_a_surname_goes_to_its_full_name_wherever_it_stands(link: Link) -> None:
    found = link(
        "Halvick was late, officials said on Monday.\n\n"
        "Oren Halvick, the mayor of Velm, came at noon. Then Halvick left."
    )
    entity = _named(found, "Halvick")
    assert entity == _named(found, "Oren Halvick")
    assert entity.name == "Oren Halvick"
    assert {alias.name: len(alias.mentions) for alias in entity.aliases} == {
        "Oren Halvick": 1,
        "Halvick": 2,
    }


def test_a_surname_of_two_persons_is_neither(link: Link) -> None:
    found = link(
        "Oren Halvick met Mira Halvick in Velm on Friday.\n\nLater Halvick said it was over."
    )
    ids = {m.quote: m.entity for m in found.mentions}
    assert len({ids["Oren Halvick"], ids["Mira Halvick"], ids["Halvick"]}) == 3


def test_ids_do_not_depend_on_the_document_for_full_names_only(link: Link) -> None:
    one = link("Oren Halvick spoke in Velm on Monday, officials said.")
    other = link("On Tuesday the reporters met Oren Halvick again in Karsk.")
    assert _named(one, "Oren Halvick").id == _named(other, "Oren Halvick").id
    assert _named(one, "Oren Halvick").id == content_id("entity", "person", "oren halvick")
    lone = link("Mr. Halvick spoke on Monday, officials said.")
    again = link("Reporters met Mr. Halvick again on Tuesday.")
    assert _named(lone, "Halvick").id != _named(again, "Halvick").id


def test_abbreviations_and_other_names_are_read_from_the_text(link: Link) -> None:
    found = link(
        "The Karsk Liberation Front (KLF) attacked the port. Fighters of the KLF withdrew. "
        "The Tarvian Defence Council, also known as the Council of Nine, met in Velm."
    )
    assert _named(found, "KLF") == _named(found, "Karsk Liberation Front")
    assert _named(found, "KLF").name == "Karsk Liberation Front"
    assert _named(found, "Council of Nine") == _named(found, "Tarvian Defence Council")


def test_a_plain_or_joins_nothing(link: Link) -> None:
    found = link("They spoke of the Karsk Liberation Front or the Velm Defence Union all day.")
    ids = {mention.entity for mention in found.mentions}
    assert len(ids) == len(found.mentions) == 2


def test_a_body_is_the_same_with_and_without_its_state(link: Link) -> None:
    found = link(
        "The Tarvian Security Council met. The Security Council of Tarvia agreed, and Tarvia's "
        "Security Council published it."
    )
    bodies = {m.entity for m in found.mentions if "Council" in m.quote}
    assert len(bodies) == 1
    (body,) = (found.entities[id] for id in bodies)
    assert body.part_of is not None
    assert found.entities[body.part_of].name == "Tarvia"


@pytest.mark.parametrize(
    ("text", "person", "role", "organisation"),
    [
        (
            "Tarvian Security Council Secretary Oren Halvick said so.",
            "Oren Halvick",
            "Secretary",
            "Tarvian Security Council",
        ),
        (
            "Secretary of the Supreme Defence Council of Tarvia Oren Halvick said so.",
            "Oren Halvick",
            "Secretary",
            "Supreme Defence Council of Tarvia",
        ),
        (
            "Tarvia's former spy chief, Oren Halvick, said so.",
            "Oren Halvick",
            "former spy chief",
            "Tarvia",
        ),
        (
            "Oren Halvick, the acting head of Tarvia's Institute for Political Studies, said so.",
            "Oren Halvick",
            "acting head",
            "Institute for Political Studies",
        ),
        (
            "Mira Sandow, a military analyst based in the port of Velm, said so.",
            "Mira Sandow",
            "military analyst based in the port of Velm",
            None,
        ),
        ("Tarvian expert Oren Halvick said so.", "Oren Halvick", "Tarvian expert", None),
    ],
)
def test_roles(link: Link, text: str, person: str, role: str, organisation: str | None) -> None:
    found = link(text)
    (read,) = _named(found, person).roles
    assert read.role == role
    named = found.entities[read.organisation].name if read.organisation else None
    assert named == organisation
    assert found.entities[_named(found, person).id].roles[0].mention in {
        mention.id for mention in found.mentions
    }


def test_no_role_is_made_up(link: Link) -> None:
    found = link("On Monday Oren Halvick went home, and the villagers slept.")
    assert _named(found, "Oren Halvick").roles == ()


def test_parents_are_among_the_entities(link: Link) -> None:
    found = link("ISIS-K claimed the attack on Friday.")
    parent = _named(found, "ISIS-K").part_of
    assert parent is not None
    assert found.entities[parent].name == "Islamic State"
    assert found.entities[parent].aliases == ()


_OPENING = "Officials of several countries met in the port on Monday and spoke of many groups."
_SENTENCES = (
    "The Taliban, also known as the TTP, denied it.",
    "The Tehreek-e-Taliban Pakistan (Taliban) attacked the post.",
    "ISIS (ISIS-K) claimed the attack.",
    "ISIS-K, also known as the Islamic State, has 300 fighters.",
    "The Karsk Front, also known as the Taliban, spoke.",
    "The Karsk Front, also known as the TTP, fled.",
    "The Karsk Front (ISIS) and the Karsk Front (ISKP) met.",
    "Daesh, or Islamic State Khorasan Province, lost men.",
    "The Pakistani Taliban and the Afghan Taliban talked.",
    "Oren Halvick, the Taliban's minister of ports, met Mira Halvick.",
    "Halvick of the Tarvian Security Council (TSC) said nothing.",
)


@given(chosen=st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=8, unique=True))
@settings(max_examples=30, deadline=None)
def test_whatever_the_order_of_the_text(chosen: list[str]) -> None:
    analysis, found = _linked("\n\n".join((_OPENING, *chosen)))
    keys = ("taliban", "ttp", "islamic-state", "islamic-state-khorasan")
    ids = {key: content_id("entity", "actor", key) for key in keys}
    for mention in found.mentions:
        assert mention.span.cut(analysis.text) == mention.quote
        assert mention.entity in found.entities
        for key, words in (
            ("taliban", ("Taliban", "Afghan Taliban")),
            ("ttp", ("TTP", "Tehreek-e-Taliban Pakistan", "Pakistani Taliban")),
            ("islamic-state", ("ISIS", "Daesh", "Islamic State")),
            ("islamic-state-khorasan", ("ISIS-K", "ISKP")),
        ):
            if mention.quote in words:
                assert mention.entity == ids[key], mention.quote
    _assert_whole(found)


def _assert_whole(found: DocumentEntities) -> None:
    ends = 0
    for mention in found.mentions:
        assert mention.span.start >= ends
        ends = mention.span.end
    mentions = {mention.id for mention in found.mentions}
    assert len(mentions) == len(found.mentions)
    told: list[str] = []
    for entity in found.entities.values():
        assert entity.part_of is None or entity.part_of in found.entities
        for role in entity.roles:
            assert role.organisation is None or role.organisation in found.entities
            assert role.mention in mentions
        for alias in entity.aliases:
            told.extend(alias.mentions)
    assert sorted(told) == sorted(mentions)


@cache
def _model() -> SpacyModel:
    return SpacyModel()


@cache
def _builtin() -> Actors:
    return Actors.load([], builtin=True)


def _linked(text: str) -> tuple[Analysis, DocumentEntities]:
    raw = RawDocument("a.txt", text.encode(), "text/plain", "2031-03-14T00:00:00Z")
    document = clean(raw, CleanSettings()).document
    zones = [zone for zone in document.zones if zone.kind in ("title", "body")]
    analysis = Analysis(document, _model().parse(document.text, zones).parses)
    known = _builtin()
    return analysis, link_entities(analysis, find_names(analysis, known), known, made_by="test")


_KEYS = st.sampled_from([("actor", "a"), ("actor", "b"), ("organisation", "x"), ("person", "y")])


@given(st.lists(st.tuples(_KEYS, _KEYS), max_size=30))
def test_two_known_actors_are_never_joined(pairs: list[tuple[tuple[str, str], ...]]) -> None:
    clusters = Clusters()
    for key in (("actor", "a"), ("actor", "b"), ("organisation", "x"), ("person", "y")):
        clusters.add(key)
    for one, other in pairs:
        clusters.join(one, other)
    assert clusters.top(("actor", "a")) == ("actor", "a")
    assert clusters.top(("actor", "b")) == ("actor", "b")
