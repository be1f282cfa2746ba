"""Origins: how many independent voices stand behind some claims, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_grows_by_at_most
from tests.steps.match.articles import PORT, report

from sayso.records.findings import Cue, EntityRef, Holder, Statement, Words
from sayso.records.matches import Origin
from sayso.records.spans import Span
from sayso.steps.match.origins.counting import independent_origins
from sayso.steps.match.origins.sourced_claims import Source, SourcedClaim, is_spokesman
from sayso.steps.match.outlets import OutletNames, is_agency, outlet_key

MARN = Source("Ilya Marn", "e-marn")
DORN = Source("Ana Dorn", "e-dorn")
WIRE = Source("Velm Wire", "e-wire")
MINISTRY = Source("Tarvian Defence Ministry", "e-ministry")


def own(number: int, outlet: str | None = None, **more: Any) -> SourcedClaim:
    """A report that says it itself."""
    made = SourcedClaim(f"c{number}", f"d{number}", outlet=outlet or f"Paper {number}")
    return replace(made, **more)


def by(holder: Source | None, number: int, **more: Any) -> SourcedClaim:
    """A report in which somebody says it."""
    return own(number, own_voice=False, holder=holder, **more)


def reasons(origins: tuple[Origin, ...]) -> str:
    return " | ".join(reason for origin in origins for reason in origin.reasons)


def test_ten_pages_with_one_interview_are_one_origin() -> None:
    told = independent_origins(
        by(MARN, n, setting="an interview", said="2031-05-01") for n in range(10)
    )
    assert len(told) == 1
    assert told[0].name == "Ilya Marn"
    assert len(told[0].documents) == 10
    assert reasons(told) == "one speaker, Ilya Marn, in 10 documents (an interview, 2031-05-01)"


def test_a_speaker_who_repeats_himself_corroborates_nothing() -> None:
    told = independent_origins([by(MARN, 1, said="2031-05-01"), by(MARN, 2, said="2031-06-01")])
    assert len(told) == 1
    assert "on 2 occasions (2031-05-01; 2031-06-01): to repeat oneself is not" in reasons(told)


def test_two_speakers_in_two_reports_are_two_origins() -> None:
    told = independent_origins([by(MARN, 1), by(DORN, 2)])
    assert [origin.name for origin in told] == ["Ana Dorn", "Ilya Marn"]
    assert reasons(told) == ""


def test_two_speakers_in_one_report_are_one_origin() -> None:
    told = independent_origins([by(MARN, 1), replace(by(DORN, 2), document="d1")])
    assert len(told) == 1
    assert "told in the same text as" in reasons(told)


def test_each_voice_gets_a_text_of_its_own_where_there_are_enough() -> None:
    told = independent_origins(
        [
            by(MARN, 1),
            replace(by(DORN, 2), document="d1"),
            by(MARN, 3),
            by(DORN, 4),
        ]
    )
    assert len(told) == 2


def test_copies_count_once_whoever_speaks_in_them() -> None:
    told = independent_origins(
        [
            own(1, copies=("g",)),
            own(2, copies=("g",)),
            by(MARN, 3, copies=("g",)),
        ]
    )
    assert len(told) == 1
    assert "3 documents are copies of one text" in reasons(told)


def test_a_page_of_two_reports_joins_neither_to_the_other() -> None:
    fire, talks = "two cranes and a store of grain were destroyed", "no agreement on prisoners"
    told = independent_origins(
        [
            own(1, copies=("g",), quote=fire),
            own(2, copies=("h",), quote=talks),
            own(3, copies=("g", "h"), quote=fire),
            replace(own(4, copies=("g", "h"), quote=talks), document="d3", outlet="Paper 3"),
        ]
    )
    assert len(told) == 2


def test_reports_that_credit_one_agency_are_one_origin() -> None:
    told = independent_origins(
        [own(1, agency="Velm Wire"), own(2, origin="velmwire.example"), own(3, outlet="Velm Wire")]
    )
    assert len(told) == 1
    assert told[0].name == "Velm Wire"
    assert "2 of them cite or credit it" in reasons(told)


def test_an_agency_and_its_letters_are_one_voice() -> None:
    told = independent_origins([own(1, agency="VNA"), own(2, outlet="Velm News Agency")])
    assert len(told) == 1


def test_an_outlet_that_is_cited_and_is_not_there_is_one_origin() -> None:
    told = independent_origins(by(WIRE, n, holder_is_outlet=True) for n in range(3))
    assert [origin.name for origin in told] == ["Velm Wire"]


def test_citing_a_report_adds_nothing_to_what_that_report_rests_on() -> None:
    told = independent_origins(
        [by(MARN, 1, outlet="Velm Wire"), by(WIRE, 2, holder_is_outlet=True)]
    )
    assert len(told) == 1
    assert "cites Velm Wire, whose own report rests on Ilya Marn" in reasons(told)


def test_citing_an_outlet_of_two_voices_joins_them_not() -> None:
    told = independent_origins(
        [
            by(MARN, 1, outlet="Velm Wire", published="2031-05-01"),
            by(DORN, 2, outlet="Velm Wire", published="2031-05-09"),
            by(WIRE, 3, holder_is_outlet=True, published="2031-05-09"),
        ]
    )
    assert sorted(origin.documents for origin in told) == [("d1",), ("d2", "d3")]


def test_a_spokesman_speaks_for_his_ministry() -> None:
    told = independent_origins(
        [by(MARN, 1, speaks_for=MINISTRY), by(DORN, 2, speaks_for=MINISTRY), by(MINISTRY, 3)]
    )
    assert [origin.name for origin in told] == ["Tarvian Defence Ministry"]


def test_officials_not_named_are_told_apart_by_who_heard_them() -> None:
    officials = Source("officials")
    told = independent_origins(
        [
            by(officials, 1, named=False, via=(WIRE,)),
            by(officials, 2, named=False, via=(WIRE,)),
            by(officials, 3, named=False),
        ]
    )
    assert sorted(len(origin.documents) for origin in told) == [1, 2]


def test_unnamed_sources_of_one_day_may_be_one() -> None:
    told = independent_origins(
        by(Source("a harbour official"), n, named=False, said="2031-05-01") for n in (1, 2)
    )
    assert len(told) == 1
    assert "not named, may be one" in reasons(told)


def test_the_same_quoted_words_are_one_utterance() -> None:
    words = ("a week without the harbour would cost us dearly",)
    told = independent_origins(
        [by(MARN, 1, exact=words), by(Source("a shipper"), 2, named=False, exact=words)]
    )
    assert len(told) == 1
    assert "are quoted with the same words: “a week without the harbour would …”" in reasons(told)


def test_a_phrase_shared_by_two_named_speakers_is_no_utterance() -> None:
    words = ("at the end of the day we",)
    assert len(independent_origins([by(MARN, 1, exact=words), by(DORN, 2, exact=words)])) == 2


def test_one_author_for_two_papers_is_one_origin() -> None:
    told = independent_origins(
        [
            own(1, byline="By Ena Torvik"),
            own(2, byline="Ena Torvik"),
            own(3, byline="Staff Reporter"),
            own(4, byline="Staff Reporter"),
        ]
    )
    assert len(told) == 3


def test_pages_of_no_known_outlet_are_told_apart() -> None:
    unknown = [replace(own(n), outlet=None) for n in range(3)]
    assert len(independent_origins(unknown)) == 3


def test_nothing_rests_on_nothing() -> None:
    assert independent_origins([]) == ()


PAGES = [
    {"outlet": "Velm Wire", "published": "2031-05-01"},
    {"outlet": "Karsk Post", "agency": "Velm Wire", "copies": ("g",)},
    {"outlet": "Herald", "copies": ("g",), "published": "2031-05"},
    {"outlet": None, "copies": ("h",)},
    {"outlet": "Gazette", "copies": ("g", "h")},
    {"outlet": None},
]
"""What documents d0 to d5 say of themselves."""
SOME = st.lists(
    st.builds(
        lambda number, page, **said: SourcedClaim(f"c{number}", f"d{page}", **PAGES[page], **said),
        number=st.integers(0, 30),
        page=st.integers(0, len(PAGES) - 1),
        own_voice=st.booleans(),
        holder=st.sampled_from([None, MARN, DORN, WIRE]),
        holder_is_outlet=st.booleans(),
        exact=st.sampled_from([(), ("one two three four five six seven",)]),
    ),
    unique_by=lambda one: one.claim,
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(SOME, st.randoms())
def test_every_claim_has_one_origin_and_order_is_nothing(
    given_: list[SourcedClaim], chance: object
) -> None:
    told = independent_origins(given_)
    assert sorted(claim for origin in told for claim in origin.claims) == sorted(
        one.claim for one in given_
    )
    assert len(told) <= len({one.document for one in given_})
    mixed = list(given_)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert independent_origins(mixed) == told


def test_many_claims_take_no_quadratic_time() -> None:
    def told(count: int) -> list[SourcedClaim]:
        words = "one same long quotation that everybody has"
        return [by(Source(f"Person {n}", f"e{n % 500}"), n, exact=(words,)) for n in range(count)]

    few, many = told(2_000), told(8_000)
    assert_grows_by_at_most(
        16, lambda: independent_origins(few), lambda: independent_origins(many), least=0.05
    )


def test_a_claim_is_read_from_records() -> None:
    document = report("d", PORT, outlet="Karsk Post", published="2031-05-01")
    start = PORT.index("Ilya Marn")
    ref = Holder("e-marn", Span(start, start + 9), "Ilya Marn", "name")
    said = Words(Span(start, start + 20), PORT[start : start + 20])
    wire = EntityRef("e-wire", Span(0, 9), PORT[:9])
    statement = Statement(
        "s",
        "d",
        "indirect",
        ref,
        Cue(Span(0, 1), "H", "asserts"),
        (said,),
        (),
        (wire,),
        None,
        None,
        1.0,
        "test",
    )
    read = SourcedClaim.of(document, None, statement, copies=("g",))
    assert (read.holder, read.own_voice, read.named) == (MARN, False, True)
    assert read.via == (Source(PORT[:9], "e-wire"),)
    assert (read.outlet, read.published, read.quote) == ("Karsk Post", "2031-05-01", said.quote)


def test_who_speaks_for_others() -> None:
    assert is_spokesman("Ministry of Ports spokesman")
    assert is_spokesman("the governor's press secretary")
    assert not is_spokesman("Minister of Ports")


def test_outlets_by_their_names() -> None:
    assert outlet_key("www.karskpost.example/a") == outlet_key("The Karsk Post") == "karskpost"
    assert outlet_key("Velm News Agency") == outlet_key("velm") != outlet_key("Velm News")
    assert outlet_key("") is outlet_key(None) is outlet_key(" – ") is None


def test_letters_that_may_stand_for_two_outlets_stay_alone() -> None:
    one = OutletNames(["VNA", "Velm News Agency", "Karsk Post", None, ""])
    assert one.key("VNA") == one.key("Velm News Agency") == "velm"
    two = OutletNames(["VNA", "Velm News Agency", "Vardan National Assembly"])
    assert two.key("VNA") == "vna"


def test_agencies_by_their_names() -> None:
    assert is_agency("Velm News Agency")
    assert is_agency("Reuters")
    assert not is_agency("Karsk Post")
    assert not is_agency(None)
