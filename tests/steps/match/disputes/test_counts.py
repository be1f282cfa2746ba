"""Counts side by side: what is one question, what are rivals, and what the verdict says."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.steps.match.disputes.drafting import ARMY, BRANCH, FRONT, LENN, MARN, VOSS, count, side

from sayso.records.matches import Dispute
from sayso.steps.match.disputes.sides import CopyOf, DisputeClaim, Matched, Party, Scope
from sayso.steps.match.disputes.whole import disputes_among


def only(sides: Sequence[DisputeClaim], matched: Matched | None = None) -> Dispute:
    found = disputes_among(sides, matched=matched)
    assert len(found) == 1, [dispute.question for dispute in found]
    return found[0]


def values(dispute: Dispute) -> list[str]:
    return [position.value for position in dispute.positions]


def test_figures_of_one_time_that_do_not_meet_are_a_conflict() -> None:
    found = only([count(900, "a"), count(3000, "b", holder=VOSS, published="2031-03-10")])
    assert found.question == "How many fighters does the Karsk Front have in Tarvia?"
    assert (found.verdict, values(found)) == ("conflict", ["900", "3,000"])
    assert [p.holders[0].name for p in found.positions] == ["Ilya Marn", "Dara Voss"]
    assert found.positions[0].since == "2031-03-04"
    assert "of one time" in found.reasons[0]


def test_a_later_figure_does_not_contradict_an_earlier_one() -> None:
    found = only([count(900, "a"), count(3000, "b", holder=VOSS, published="2034-01-02")])
    assert found.verdict == "changed_over_time"
    assert "different times" in found.reasons[0]


def test_the_time_a_claim_names_comes_before_the_date_of_its_document() -> None:
    past = count(900, "a", time="2024", published="2031-03-04")
    assert only([past, count(3000, "b", holder=VOSS)]).verdict == "changed_over_time"


def test_a_speaker_who_says_another_number_later_has_changed_his_word() -> None:
    found = only([count(900, "a"), count(3000, "b", published="2031-03-20")])
    assert found.verdict == "changed_over_time"


def test_without_dates_nothing_is_presumed_and_the_reason_says_so() -> None:
    found = only([count(900, "a", published=None), count(3000, "b", holder=VOSS)])
    assert found.verdict == "differ"
    assert "without both dates" in found.reasons[0]
    assert found.positions[0].since is None


def test_ranges_that_share_a_number_differ() -> None:
    wide = side("a", low=2000, high=3500)
    assert only([wide, side("b", low=3000, high=4000, holder=VOSS)]).verdict == "differ"


def test_about_reaches_a_tenth_further() -> None:
    loose = count(3000, "a", approximate=True)
    assert only([loose, count(3200, "b", holder=VOSS)]).verdict == "differ"
    assert only([loose, count(3400, "b", holder=VOSS)]).verdict == "conflict"


def test_equal_figures_from_two_texts_agree_and_make_one_position() -> None:
    found = only([count(900, "a", approximate=True), count(900, "b", holder=VOSS)])
    assert (found.verdict, values(found)) == ("agree", ["900"])
    assert found.positions[0].independent_sources == 2


def test_one_voice_in_one_text_is_no_dispute_however_often_it_counts() -> None:
    assert disputes_among([count(900), count(900, at=9)]) == []
    assert disputes_among([count(900), count(3000, at=9)]) == []


def test_a_voice_of_two_minds_answers_nothing_beside_others() -> None:
    twice = [count(900), count(3000, at=9)]
    assert disputes_among([*twice, count(900, "b", holder=VOSS)]) == []
    others = [count(50, "b", holder=VOSS), count(60, "c", holder=None)]
    found = only([*twice, *others])
    assert values(found) == ["50", "60"]
    assert any("several figures" in reason for reason in found.reasons)


def test_of_two_times_in_one_text_both_answer() -> None:
    now, then = count(900), count(3000, at=9, time="2025")
    assert values(only([now, then, count(900, "b", holder=VOSS)])) == ["900", "3,000"]


def test_two_speakers_in_one_text_do_contradict_one_another() -> None:
    second = count(3000, published=None, holder=VOSS, at=9)
    found = only([count(900, published=None), second])
    assert found.verdict == "conflict"


@pytest.mark.parametrize("modality", ["conditional", "future", "demanded"])
def test_what_would_be_is_no_rival_of_what_is(modality: str) -> None:
    assert disputes_among([count(900, "a"), count(9000, "b", modality=modality)]) == []


def test_a_denied_figure_is_no_figure() -> None:
    assert disputes_among([count(900, "a"), count(9000, "b", polarity="negative")]) == []


def test_a_part_of_the_country_is_no_rival_of_the_whole() -> None:
    assert disputes_among([count(900, "a", scope=LENN), count(3000, "b", holder=VOSS)]) == []


def test_foreign_fighters_and_fighters_with_families_are_other_counts() -> None:
    sides = [
        count(3000, "a"),
        count(900, "b", counted="foreign"),
        count(9000, "c", counted="with families"),
    ]
    assert disputes_among(sides) == []


def test_words_for_fighters_are_one_count_and_the_killed_are_another() -> None:
    sides = [count(3000, "a", measure="gunmen"), count(900, "b", measure="members", holder=VOSS)]
    assert only(sides).verdict == "conflict"
    assert disputes_among([count(3000, "a"), count(900, "b", measure="tanks")]) == []


def test_another_group_is_another_question() -> None:
    other = Party("south", "Karsk Front South", "armed_group")
    assert disputes_among([count(900, "a"), count(3000, "b", subject=other)]) == []


def test_what_is_said_of_the_parent_in_its_branchs_home_stands_beside_the_branch() -> None:
    home = [count(3000, "a", subject=ARMY), count(900, "b", subject=BRANCH, holder=VOSS)]
    found = only(home)
    assert found.about.subject == "branch"
    assert any("its branch there" in reason for reason in found.reasons)
    abroad = Scope("ostrenia", "Ostrenia", basis="told")
    assert disputes_among([count(3000, "a", subject=ARMY, scope=abroad), home[1]]) == []


def test_a_branch_without_a_place_is_at_home_and_its_parent_is_not() -> None:
    placeless = count(900, "b", subject=BRANCH, holder=VOSS, scope=Scope())
    assert only([count(3000, "a", subject=BRANCH), placeless]).about.place == "tarvia"
    parent = count(30000, "c", subject=ARMY, scope=Scope())
    assert disputes_among([count(3000, "a", subject=BRANCH), parent]) == []


def test_where_reports_place_a_group_in_one_country_only_a_bare_figure_is_of_it() -> None:
    found = only([count(900, "a"), count(3000, "b", holder=VOSS, scope=Scope())])
    assert any("no other country" in reason for reason in found.reasons)
    abroad = count(50, "c", scope=Scope("ostrenia", "Ostrenia", basis="told"))
    assert disputes_among([count(900, "a"), count(3000, "b", scope=Scope()), abroad]) == []


def test_names_that_were_joined_are_one_subject() -> None:
    short = Party("kf", "KF", "armed_group")
    sides = [count(900, "a"), count(3000, "b", subject=short, holder=VOSS)]
    assert disputes_among(sides) == []
    joined = Matched(actors={"kf": "front"}, names={"front": "Karsk Front"})
    assert only(sides, joined).about.subject == "front"


def test_a_disputes_id_outlasts_further_answers_and_other_names() -> None:
    sides = [count(900, "a"), count(3000, "b", holder=VOSS)]
    more = only([*sides, count(70, "c", holder=None)])
    named = only(sides, Matched(names={"front": "Front of Karsk", "tarvia": "Tarvian Republic"}))
    assert only(sides).id == more.id == named.id
    assert named.question == "How many fighters does Front of Karsk have in the Tarvian Republic?"


def test_copies_count_once_and_an_edited_copy_is_no_position() -> None:
    copies = {"a": CopyOf("text", "a"), "b": CopyOf("text", "a")}
    copied = [count(900, "a"), count(900, "b")]
    assert disputes_among(copied, matched=Matched(copies=copies)) == []
    edited = [count(900, "a"), count(9000, "b"), count(3000, "c", holder=VOSS)]
    found = only(edited, Matched(copies=copies))
    assert values(found) == ["900", "3,000"]
    assert any("edited copy" in reason for reason in found.reasons)


def test_the_headline_stands_against_its_own_text_and_is_no_voice_beside_it() -> None:
    sides = [
        count(4000, "a", holder=None, zone="title"),
        side("a", low=2500, high=4000, at=50),
        count(6000, "b", holder=VOSS),
    ]
    headline, strength = sorted(disputes_among(sides), key=lambda d: d.about.document is None)
    assert headline.about.document == "a"
    assert (headline.verdict, values(headline)) == ("differ", ["4,000", "2,500 to 4,000"])
    assert values(strength) == ["2,500 to 4,000", "6,000"]


@pytest.mark.parametrize(("low", "high"), [(2500, 4000), (None, 4000), (2500, None)])
def test_a_headline_that_its_text_bears_out_is_no_dispute(
    low: int | None, high: int | None
) -> None:
    head = side("a", low=low, high=high, holder=None, zone="title")
    assert disputes_among([head, side("a", low=2500, high=4000, at=50)]) == []


def test_how_many_groups_there_are_in_a_country() -> None:
    groups = Party("~armed groups", "terrorist groups", "armed_group")
    sides = [
        side("a", subject=groups, measure="groups", low=20),
        side("b", subject=groups, measure="groups", low=3, high=3, holder=VOSS),
    ]
    found = only(sides)
    assert found.question == "How many armed groups are there in Tarvia?"
    assert found.verdict == "conflict"


def test_people_who_are_only_described_are_not_the_same_in_two_reports() -> None:
    gunmen = Party("~the gunmen", "the gunmen")
    assert disputes_among([count(9, "a", subject=gunmen), count(50, "b", subject=gunmen)]) == []


_SIDES = st.lists(
    st.builds(
        count,
        st.integers(0, 5),
        st.sampled_from("abc"),
        holder=st.sampled_from([MARN, VOSS, None]),
        subject=st.sampled_from([FRONT, ARMY, BRANCH]),
        published=st.sampled_from([None, "2031-03-04", "2034"]),
        scope=st.sampled_from([Scope(), LENN, Scope("tarvia", "Tarvia", basis="told")]),
        zone=st.sampled_from(["body", "title"]),
        at=st.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda side: side.claim.id,
)


@given(_SIDES, st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter_and_positions_rest_on_claims(
    sides: list[DisputeClaim], random: object
) -> None:
    shuffled = list(sides)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = disputes_among(sides)
    assert disputes_among(shuffled) == found
    known = {side.claim.id for side in sides}
    for dispute in found:
        taken = [id for position in dispute.positions for id in position.claims]
        assert set(taken) <= known
        assert len(taken) == len(set(taken))
        assert dispute.reasons
        assert all(p.independent_sources >= 1 for p in dispute.positions)
        assert len(dispute.positions) > 1 or dispute.verdict == "agree"
