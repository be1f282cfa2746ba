from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_takes_at_most

from sayso.records.entities import Alias, Entity, EntityKind, Role
from sayso.steps.link.actors import Actor, KnownAlias
from sayso.steps.match.actors.blocking import MOST_KEYS, blocking_keys
from sayso.steps.match.actors.comparing import Comparison, compare
from sayso.steps.match.actors.joining import Joined, Judged, Pair, explain, join
from sayso.steps.match.actors.likeness import fit_names
from sayso.steps.match.actors.names import body_words, person_words
from sayso.steps.match.actors.profiles import ActorProfile, Office, profile
from sayso.steps.match.actors.romanising import romanised
from sayso.steps.match.actors.spellings import likeness, sound


def _of(
    id: str,
    name: str,
    kind: EntityKind = "person",
    *,
    offices: tuple[Office, ...] = (),
    known: str | None = None,
    above: tuple[str, ...] = (),
    documents: int = 1,
    also: tuple[str, ...] = (),
) -> ActorProfile:
    return ActorProfile(
        id,
        kind,
        name,
        (name, *also),
        known=known,
        part_of=above[0] if above else None,
        above=above,
        offices=offices,
        documents=documents,
    )


def _office(role: str, body: str, year: str | None) -> Office:
    return Office(role, None, body, (), year, year)


def _compared(profiles: Sequence[ActorProfile]) -> list[Comparison]:
    """The comparisons of all that share a key."""
    pairs = combinations(profiles, 2)
    return [compare(a, b) for a, b in pairs if blocking_keys(a) & blocking_keys(b)]


def _joined(*profiles: ActorProfile, judgements: dict[Pair, Judged] | None = None) -> Joined:
    return join(profiles, _compared(profiles), judgements, made_by="test")


def _groups(joined: Joined) -> set[tuple[str, ...]]:
    return {group.members for group in joined.groups}


# --- spelling ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Ҷамшед Қурбонов", "Jamshed Qurbonov"),
        ("Ғафур Ӯроқ", "Ghafur Uroq"),
        ("Щукин", "Shchukin"),
        ("Orsk", "Orsk"),
        ("王", "王"),
        ("", ""),
    ],
)
def test_letters_are_romanised(text: str, latin: str) -> None:
    assert romanised(text) == latin


def test_letters_in_two_code_points_are_one_letter() -> None:
    assert romanised("и\u0306") == "y"


@pytest.mark.parametrize(
    "names",
    [
        ("Abdul Qodir Velmi", "Abdulqadir Velmi", "Abd al-Qader Velmi", "Abdel Kader Velmi"),
        ("Siraj-ud-Din Orski", "Sirajuddin Orski", "Сироҷиддин Орски"),
        ("Khalil ur Rahman Orski", "Khalilurrahman Orski"),
        ("Yusuf Karskzoda", "Yousef Karskzada", "Юсуф Карскзода"),
        ("Abu Musab al-Velmi", "Abu Mus'ab Velmi", "Abumusab al-Velmi"),
        ("Sergei Marnov", "Sergey Marnoff", "Сергей Марнов", "MARNOV, Sergei"),
        ("Hamdullah Orsk", "Hamdollah Orsk", "Hamdulloh Orsk"),
        ("Rustam Orskov", "Рустами Орсков"),
    ],
)
def test_usual_spellings_of_a_name_are_one(names: tuple[str, ...]) -> None:
    for left, right in permutations(names, 2):
        assert fit_names(left, right, "person").fit in ("equal", "alike"), (left, right)
        keys = [blocking_keys(_of("x", name)) for name in (left, right)]
        assert keys[0] & keys[1], (left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hasan Velmi", "Husain Velmi"),
        ("Ilya Marn", "Olga Marn"),
        ("Abdul Rahman Orski", "Abdul Rahim Orski"),
        ("George H. W. Marn", "George W. Marn"),
        ("Ali Karimi", "Ali Karami"),
        ("Ilya Marn", "Ilya Marn Jr"),
        ("Ahmad Velmi", "Ahmad Shah Velmi"),
    ],
)
def test_near_names_are_not_joined(left: str, right: str) -> None:
    assert compare(_of("a", left), _of("b", right)).decision != "same"


def test_a_patronymic_and_an_honorific_may_be_left_out() -> None:
    for longer in ("Ilya Petrovich Marn", "Sayed Ilya Marn", "President Ilya Marn"):
        assert compare(_of("a", "Ilya Marn"), _of("b", longer)).decision == "same", longer


def test_a_script_without_vowels_leaves_it_open() -> None:
    assert compare(_of("a", "حسن اورسک"), _of("b", "Husain Orsk")).decision == "unsure"


def test_two_letters_that_changed_places_are_a_slip() -> None:
    assert compare(_of("a", "Jamil Orskulu"), _of("b", "Jamli Orskulu")).decision == "same"


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_fitting_is_symmetric_and_bounded_for_any_text(left: str, right: str) -> None:
    for kind in ("person", "armed_group"):
        here = fit_names(left, right, kind)
        there = fit_names(right, left, kind)
        assert here == there
        assert 0.0 <= here.score <= 1.0


@given(
    st.text(alphabet="abdehiklmnoqrsuyz", max_size=20), st.text(alphabet="abdehiklmno", max_size=20)
)
@settings(max_examples=200, deadline=None)
def test_likeness_is_symmetric(left: str, right: str) -> None:
    assert likeness(left, right) == pytest.approx(likeness(right, left))
    assert likeness(left, left) == 1.0


@given(st.text(alphabet="abcdeghijklmnoqrstuvwyz", max_size=24))
@settings(max_examples=300, deadline=None)
def test_a_sound_has_no_double_letters(word: str) -> None:
    heard = sound(word)
    assert len(word) < 2 or all(a != b for a, b in pairwise(heard))


def test_hostile_names_take_no_time() -> None:
    names = [
        "a" * 100_000,
        "abdul " * 20_000,
        "\u0301" * 5_000,
        ", " * 9_000,
        "ا" * 50_000,
        "l" * 90_000,
    ]

    def fitting() -> None:
        for left in names:
            for right in names:
                fit_names(left, right, "person")
                fit_names(left, right, "organisation")

    assert_takes_at_most(5, fitting)


# --- bodies -----------------------------------------------------------------------------------


def test_a_states_adjective_is_the_state() -> None:
    assert sorted(body_words("Tajik Foreign Ministry").sounds) == sorted(
        body_words("Ministry of Foreign Affairs of Tajikistan").sounds
    )


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Lashkar-e-Velm", "Lashkar-i-Velm", True),
        ("Hizbul Orsk", "Hizb-ul-Orsk", True),
        ("Velm Defence Centre", "Velm Defense Center", True),
        ("Karsk network", "Karsk group", True),
        ("Orsk Liberation Movement Union", "OLMU", True),
        ("Karsk Front", "Velm Front", False),
        ("Karsk Front", "Karsk Liberation Front", False),
        ("Karsk Liberation Front", "Karsk Liberation Army", False),
        ("First Karsk Brigade", "Second Karsk Brigade", False),
        ("201st Base of Orsk", "202nd Base of Orsk", False),
        ("Karsk Front", "KF", False),
        ("Orsk Liberation Movement", "OLM", True),
        ("KLF", "KLA", False),
    ],
)
def test_bodies(left: str, right: str, same: bool) -> None:
    found = compare(_of("a", left, "armed_group"), _of("b", right, "armed_group"))
    assert (found.decision == "same") == same, found


def test_an_abbreviation_that_is_explained_otherwise_is_not_joined() -> None:
    one = _of("a", "Orsk Development Bank", "organisation", also=("ODBX",))
    two = _of("b", "Orlan Dunes Border Xenon", "organisation")
    assert compare(one, two).decision != "same"


def test_letters_that_two_explain_differently_join_nothing() -> None:
    one = _of("a", "Orsk Development Bank", "organisation", also=("ODBX",))
    two = _of("b", "Orlan Dunes Border Xenon", "organisation", also=("ODBX",))
    assert compare(one, two).decision == "different"


@pytest.mark.parametrize(
    ("left", "right", "decision"),
    [
        ("Orsk Department", "Department of Orsk", "same"),
        ("Defense Ministry", "Ministry of Defence", "unsure"),
        ("Supreme Court", "Supreme Court", "unsure"),
        ("Uzbek Supreme Council", "Supreme Council of Uzbekistan", "same"),
        ("University of Orsk", "Orsk University", "unsure"),
        ("Uzbek University", "University of Uzbekistan", "unsure"),
        ("Orsk Liberation Movement", "OLM", "unsure"),
    ],
)
def test_order_of_words_and_letters_of_bodies(left: str, right: str, decision: str) -> None:
    found = compare(_of("a", left, "organisation"), _of("b", right, "organisation"))
    assert found.decision == decision, found


def test_an_office_of_any_state_is_one_where_the_state_is() -> None:
    found = [
        ActorProfile(id, "organisation", name, (name,), part_of=state, part_of_name=state)
        for id, name, state in (
            ("a", "Defense Ministry", "Tarvia"),
            ("b", "Ministry of Defence", "Tarvia"),
            ("c", "Ministry of Defence", "Velm"),
        )
    ]
    assert compare(found[0], found[1]).decision == "same"
    assert compare(found[0], found[2]).decision == "unsure"


def test_two_states_of_one_name_are_one_though_no_list_knows_where_they_lie() -> None:
    one, two = _of("a", "Brenoria", "state"), _of("b", "Brenoria", "state")
    assert compare(one, two).decision == "same"
    assert compare(one, _of("c", "Ulkava", "state")).decision != "same"


def test_a_country_told_by_its_ministers_is_what_other_reports_make_of_its_word() -> None:
    country = _of("a", "Brenoria", "state")
    assert compare(country, _of("b", "Brenoria", "organisation")).decision == "same"
    assert compare(country, _place("c", "Brenoria", None)).decision == "same"
    assert compare(country, _place("d", "Brenoria", (1.0, 2.0))).decision != "same"
    assert compare(country, _of("e", "Brenoria Steel", "organisation")).decision == "different"
    listed = _of("f", "Brenoria", "state", known="brenoria")
    assert compare(listed, _of("g", "Brenoria", "organisation")).decision == "different"


def test_a_branch_is_never_its_whole() -> None:
    whole = _of("a", "Karsk Front", "armed_group", known="karsk-front")
    part = _of("b", "Karsk Front", "armed_group", known="karsk-velm", above=("a",))
    found = compare(whole, part)
    assert (found.decision, found.binding) == ("different", True)
    same = {("a", "b"): Judged("same", "Ada")}
    joined = join([whole, part], [found], same, made_by="t")
    assert not joined.groups
    assert joined.refused[0][0] == ("a", "b")


def test_two_known_actors_are_two() -> None:
    one = _of("a", "Orsk Guard", "armed_group", known="guard-1")
    two = _of("b", "Orsk Guard", "armed_group", known="guard-2")
    assert compare(one, two).decision == "different"


def test_a_person_is_no_place() -> None:
    assert compare(_of("a", "Ilya Marn"), _of("b", "Ilya Marn", "place")).decision == "different"


# --- roles ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "decision"),
    [
        (("minister", "Tarvia", "2006"), ("adviser", "Velm", "2016"), "same"),
        (("minister", "Tarvia", "2006"), ("adviser", "Velm", "2006"), "unsure"),
        (("minister", "Tarvia", None), ("adviser", "Velm", None), "unsure"),
        (("minister", "Tarvia", "2006"), ("cyclist", "Velm Wheelers", "2006"), "different"),
        (("minister", "Tarvia", "2006"), ("cyclist", "Velm Wheelers", "1986"), "unsure"),
        (("minister", "Tarvia", "2006"), ("former minister", "Tarvia", "2020"), "same"),
        (("interior minister", "Tarvia", "2006"), ("speaker", "Tarvia", "2006"), "same"),
    ],
)
def test_roles_and_their_time(
    left: tuple[str, str, str | None], right: tuple[str, str, str | None], decision: str
) -> None:
    one = _of("a", "Sergei Marnov", offices=(_office(*left),))
    two = _of("b", "Sergey Marnov", offices=(_office(*right),))
    assert compare(one, two).decision == decision


def test_a_surname_is_joined_only_where_office_and_body_agree() -> None:
    full = _of("a", "Ilya Marnov", offices=(_office("secretary", "Velm Council", "2019"),))
    bare = _of("b", "Marnov", offices=(_office("secretary", "Velm Council", "2017"),))
    other = _of("c", "Marnov", offices=(_office("farmer", "Orsk", "2017"),))
    nobody = _of("d", "Marnov")
    joined = _joined(full, bare, other, nobody)
    assert _groups(joined) == {("a", "b")}


def test_a_surname_that_fits_two_is_joined_to_neither() -> None:
    office = (_office("secretary", "Velm Council", "2019"),)
    joined = _joined(
        _of("a", "Ilya Marnov", offices=office),
        _of("b", "Pavel Marnov", offices=office),
        _of("c", "Marnov", offices=office),
    )
    assert not joined.groups


# --- joining ----------------------------------------------------------------------------------


def test_who_stands_for_an_actor() -> None:
    joined = _joined(
        _of("a", "Orskul Front", "armed_group", documents=9),
        _of("b", "Orskuul Front", "armed_group", known="orskul"),
        _of("c", "Orskull Front", "armed_group", documents=9),
    )
    assert joined.standing == {"a": "b", "b": "b", "c": "b"}
    alone = _joined(
        _of("b", "Ilya Marn", documents=2),
        _of("a", "Ilia Marn"),
        _of("c", "Ilya Marnn", documents=2),
    )
    assert set(alone.standing.values()) == {"b"}


def test_a_person_wins_over_the_comparison_both_ways() -> None:
    one, two, three = _of("a", "Ilya Marn"), _of("b", "Ilia Marn"), _of("c", "Abu Orsk")
    judged = {
        ("b", "a"): Judged("different", "Ada", "two cousins"),
        ("a", "c"): Judged("same", "Ada"),
    }
    joined = _joined(one, two, three, judgements=judged)
    assert _groups(joined) == {("a", "c")}
    by_pair = {joining.entities: joining for joining in joined.joinings}
    assert by_pair["a", "b"].decision == "different"
    assert "two cousins" in by_pair["a", "b"].reasons[0]
    assert _groups(_joined(one, two, three)) == {("a", "b")}


def test_who_is_the_same_as_one_of_two_that_a_person_joined_joins_both() -> None:
    people = (_of("a", "Ilya Marn"), _of("b", "Abu Orsk al-Velmi"), _of("c", "Ilia Marn"))
    found = [
        compare(x, y)
        for x, y in ((people[0], people[1]), (people[0], people[2]), (people[1], people[2]))
    ]
    joined = join(people, found, {("a", "b"): Judged("same", "Ada")}, made_by="t")
    assert _groups(joined) == {("a", "b", "c")}


def test_a_different_holds_against_a_way_round() -> None:
    people = [_of(id, "Ilya Marn") for id in "abc"]
    judged = {
        ("a", "b"): Judged("same", "Ada"),
        ("b", "c"): Judged("same", "Ada"),
        ("a", "c"): Judged("different", "Ben"),
    }
    joined = _joined(*people, judgements=judged)
    assert _groups(joined) == {("a", "b")}
    assert [pair for pair, _ in joined.refused] == [("b", "c")]


def test_judgements_on_absent_entities_wait() -> None:
    joined = _joined(_of("a", "Ilya Marn"), judgements={("a", "z"): Judged("same", "Ada")})
    assert not joined.groups
    assert not joined.refused


def test_every_joining_is_explained() -> None:
    people = [
        _of("a", "Ilya Marn"),
        _of("b", "Ilia Marn"),
        _of("c", "Abu Orsk"),
        _of("d", "Olga Velm"),
    ]
    joined = _joined(*people, judgements={("b", "c"): Judged("same", "Ada", "his own words")})
    way = explain(joined, "a", "c")
    assert [joining.entities for joining in way] == [("a", "b"), ("b", "c")]
    assert "his own words" in way[1].reasons[0]
    assert explain(joined, "a", "d") == ()


_WORDS = st.sampled_from(
    "Ilya Ilia Marn Marnn Olga Abdul Qodir Qadir Velmi Velmy Orski Hasan Husain Mohammad"
    " Muhammad".split()
)
_PEOPLE = st.lists(st.lists(_WORDS, min_size=1, max_size=4), min_size=2, max_size=9)


@given(_PEOPLE, st.randoms(use_true_random=False), st.data())
@settings(max_examples=80, deadline=None)
def test_the_order_makes_no_difference_and_bars_hold(
    names: list[list[str]], chance: random.Random, data: st.DataObject
) -> None:
    people = [
        _of(f"{n:02}", " ".join(words), known="k" if n == 0 else "m" if n == 1 else None)
        for n, words in enumerate(names)
    ]
    pairs = st.tuples(*[st.sampled_from([p.id for p in people])] * 2).filter(lambda p: p[0] != p[1])
    judged: dict[Pair, Judged] = {}
    for (a, b), decision in data.draw(
        st.lists(st.tuples(pairs, st.sampled_from(["same", "different"])), max_size=4)
    ):
        judged[min(a, b), max(a, b)] = Judged(decision, "Ada")
    found = _compared(people)
    first = join(people, found, judged, made_by="t")
    shuffled, others, turned = people[:], found[:], list(judged.items())
    for listed in (shuffled, others, turned):
        chance.shuffle(listed)
    second = join(shuffled, others, {(b, a): j for (a, b), j in turned}, made_by="t")
    assert first == second
    refused = {pair for pair, _ in first.refused}
    for (a, b), judgement in judged.items():
        one = first.standing.get(a, a) == first.standing.get(b, b)
        if judgement.decision == "different":
            assert not one
        elif (a, b) not in refused:
            assert one
    assert first.standing.get("00", "00") != first.standing.get("01", "01")


# --- candidates -------------------------------------------------------------------------------


def test_what_many_bear_leads_to_no_key_where_there_is_another_word() -> None:
    one, two = _of("a", "Mohammad Orskzai"), _of("b", "Mohammad Velmzai")
    assert not blocking_keys(one) & blocking_keys(two)
    assert blocking_keys(_of("a", "Mohammad Khan")) & blocking_keys(_of("b", "Muhammad Khan"))


def test_a_description_has_no_keys_and_is_nobody() -> None:
    described = profile(Entity("d", "people", "rebel commanders", (), {}, None, (), "made"))
    assert described.names == ()
    assert not blocking_keys(described)
    named = _of("e", "rebel commanders", "people")
    assert compare(described, named).decision == "different"
    joined = _joined(described, named, judgements={("d", "e"): Judged("same", "Ada")})
    assert _groups(joined) == {("d", "e")}


def test_keys_are_bounded() -> None:
    many = _of(
        "a",
        "x",
        also=tuple(f"{chr(97 + n)}orsk {chr(98 + n)}elm Marn{n} Tarv Qul" for n in range(16)),
    )
    assert len(blocking_keys(many)) <= MOST_KEYS


# --- profiles ---------------------------------------------------------------------------------


def test_a_profile_of_an_entity() -> None:
    entity = Entity(
        "e",
        "person",
        "Ilya Marn",
        (Alias("Marn", ("m1",)), Alias("Ilya Marn", ("m2",)), Alias("Ilya P. Marn", ("m3",))),
        {},
        None,
        (Role("Secretary", "council", "m2"), Role("secretary", "council", "m3")),
        "made",
    )
    made = profile(
        entity,
        names={"council": "Velm Council"},
        above={"council": "velm"},
        dates={"m2": "2019-05-01", "m3": "2020-01-01"},
        documents=2,
    )
    assert made.names == ("Ilya Marn", "Ilya P. Marn")
    assert made.offices == (
        Office("secretary", "council", "Velm Council", ("velm",), "2019-05-01", "2020-01-01"),
    )


def test_a_known_actor_brings_its_sure_names() -> None:
    actor = Actor(
        "karsk",
        "armed_group",
        "Karsk Front",
        "invented",
        aliases=("Front of Karsk", KnownAlias("KF", case="exact", context=("fighters",))),
    )
    entity = Entity("e", "armed_group", "Karsk Front", (), {}, None, (), "made")
    made = profile(entity, known=actor)
    assert made.names == ("Karsk Front", "Front of Karsk")
    assert made.known == "karsk"


def test_words_of_a_name_in_any_order_and_title() -> None:
    assert person_words("MARN, Ilya").sounds == person_words("President Ilya Marn").sounds


def test_a_comparison_names_the_smaller_id_first() -> None:
    found = compare(_of("b", "Ilya Marn"), _of("a", "Ilya Marn"))
    assert isinstance(found, Comparison)
    assert (found.left, found.right) == ("a", "b")


# --- what running text brings -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "same"),
    [
        ("Union", "organisation", False),
        ("Senate", "organisation", False),
        ("TVX", "organisation", False),
        ("TVXK", "organisation", True),
        ("Orskullah", "armed_group", True),
        ("Resistance", "armed_group", False),
        ("Orskherald", "outlet", True),
    ],
)
def test_one_word_names_a_body_only_where_it_is_telling(
    name: str, kind: EntityKind, same: bool
) -> None:
    assert (compare(_of("a", name, kind), _of("b", name, kind)).decision == "same") == same


def test_a_word_of_kind_is_not_enough_beside_one_word() -> None:
    party = _of("a", "Marnov Organization", "organisation"), _of("b", "Marnov", "organisation")
    assert compare(*party).decision != "same"


def test_an_article_makes_no_full_name() -> None:
    assert compare(_of("a", "Al Marn"), _of("b", "Marn")).decision != "same"
    assert compare(_of("a", "al-Velmi"), _of("b", "Velmi")).decision != "same"


def test_a_shorter_alias_does_not_make_one_of_two() -> None:
    """ "George Marn" fits both George A. and George B. Marn."""
    one, two = _of("a", "George A. Marn", also=("George Marn",)), _of("b", "George B. Marn")
    assert compare(one, two).decision != "same"
    short = _of("c", "George Marn")
    assert not _joined(_of("a", "George A. Marn"), two, short).groups
    assert _groups(_joined(two, short)) == {("b", "c")}


def test_a_nom_de_guerre_that_a_report_gives_joins() -> None:
    one = _of("a", "Ilya Marn", also=("Abu Orsk al-Velmi",))
    assert compare(one, _of("b", "Abu Orsk Velmi")).decision == "same"


def test_an_alias_that_is_likelier_somebody_elses_is_left_out() -> None:
    aliases = tuple(Alias(name, ()) for name in ("John Marn", "John Velm", "Marn", "Abu Orsk"))
    entity = Entity("e", "person", "John Marn", aliases, {}, None, (), "made")
    assert profile(entity).names == ("John Marn", "Abu Orsk")


def _place(id: str, name: str, where: tuple[float, float] | None) -> ActorProfile:
    latitude, longitude = where or (None, None)
    return ActorProfile(id, "place", name, (name,), latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("where", "decision"), [((36.8, 68.8), "same"), ((34.0, 62.0), "different"), (None, "unsure")]
)
def test_places_of_one_name_must_lie_together(
    where: tuple[float, float] | None, decision: str
) -> None:
    found = compare(_place("a", "Qorsk", (36.7, 68.9)), _place("b", "Korsk", where))
    assert found.decision == decision


def test_an_id_of_a_register_decides() -> None:
    one = ActorProfile("a", "person", "Ilya Marn", ("Ilya Marn",), identifiers={"wikidata": "Q9"})
    two = ActorProfile("b", "person", "Olga Velm", ("Olga Velm",), identifiers={"wikidata": "Q9"})
    three = ActorProfile("c", "person", "Ilya Marn", ("Ilya Marn",), identifiers={"wikidata": "Q8"})
    assert compare(one, two).decision == "same"
    assert compare(one, three).decision == "different"


def test_what_nobody_compared_is_compared_before_it_is_joined() -> None:
    people = [_of("a", "Hasan Orski Velm"), _of("b", "Hasan Orski"), _of("c", "Husain Orski Velm")]
    given = [
        Comparison("a", "b", "same", 0.95, ("given",)),
        Comparison("b", "c", "same", 0.94, ("given",)),
    ]
    assert _groups(join(people, given, made_by="t")) == {("a", "b")}


def test_an_open_question_between_two_actors_is_asked_once() -> None:
    velms = [_of(f"a{n}", "Ahmad Velmi") for n in range(3)]
    shahs = [_of(f"b{n}", "Ahmad Shah Velmi") for n in range(3)]
    joined = _joined(*velms, *shahs)
    assert len(joined.groups) == 2
    assert sum(joining.decision == "unsure" for joining in joined.joinings) == 1
