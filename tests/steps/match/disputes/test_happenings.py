"""One happening in several reports: its dead, who did it, where and when."""

from __future__ import annotations

from tests.steps.match.disputes.drafting import BRIGADE, FRONT, MARN, VOSS, side
from tests.steps.match.disputes.test_counts import only, values

from sayso.steps.match.disputes.sides import DisputeClaim, Matched, Scope
from sayso.steps.match.disputes.whole import disputes_among

ONE = Matched(events={"e1": "e", "e2": "e"})
NAME = "attack in Velm (2031-04-02)"


def dead(number: int, document: str, event: str = "e1", **more: object) -> DisputeClaim:
    parts = {"measure": "killed", "subject": None, "scope": Scope(), "event_name": NAME}
    return side(document, low=number, high=number, event=event, **(parts | more))  # type: ignore[arg-type]


def told(document: str, event: str = "e1", **more: object) -> DisputeClaim:
    parts = {"kind": "event", "subject": None, "scope": Scope(), "event_name": NAME}
    return side(document, event=event, **(parts | more))  # type: ignore[arg-type]


def test_the_dead_of_one_happening_are_counted_against_one_another() -> None:
    found = only([dead(12, "a"), dead(19, "b", "e2", holder=VOSS)], ONE)
    assert found.question == "How many people were killed in the attack in Velm (2031-04-02)?"
    assert (found.verdict, values(found)) == ("conflict", ["12", "19"])
    assert found.about.event == "e"


def test_the_dead_of_two_happenings_are_not() -> None:
    assert disputes_among([dead(12, "a"), dead(19, "b", "e2", holder=VOSS)]) == []


def test_a_toll_that_rises_from_report_to_report_has_changed() -> None:
    first = dead(12, "a", holder=None, published="2031-04-02")
    later = dead(19, "b", "e2", holder=None, published="2031-04-03")
    assert only([first, later], ONE).verdict == "changed_over_time"
    fell = dead(9, "c", "e2", holder=None, published="2031-04-04")
    assert only([first, fell], ONE).verdict == "conflict"


def test_two_speakers_with_two_tolls_contradict_one_another_on_any_day() -> None:
    late = dead(40, "b", "e2", holder=VOSS, published="2031-05-01")
    assert only([dead(12, "a"), late], ONE).verdict == "conflict"


def test_a_toll_that_has_risen_takes_the_place_of_another_speakers() -> None:
    later = dead(19, "b", "e2", holder=VOSS, published="2031-03-05", updates=True)
    assert only([dead(12, "a"), later], ONE).verdict == "changed_over_time"
    earlier = dead(19, "b", "e2", holder=VOSS, published="2031-03-01", updates=True)
    assert only([dead(12, "a"), earlier], ONE).verdict == "conflict"


def test_a_denied_number_stands_against_who_gives_it_and_against_no_other() -> None:
    denied = dead(12, "b", "e2", holder=VOSS, polarity="negative")
    found = only([dead(12, "a"), denied], ONE)
    assert (found.verdict, values(found)) == ("conflict", ["12", "not 12"])
    assert disputes_among([dead(13, "a"), denied], matched=ONE) == []
    assert disputes_among([denied], matched=ONE) == []


def test_the_headlines_dead_against_the_texts() -> None:
    head = dead(20, "a", holder=None, zone="title")
    found = only([head, dead(12, "a", at=50)])
    assert found.about.document == "a"
    assert values(found) == ["20", "12"]


def test_civilians_are_not_all_people() -> None:
    sides = [dead(12, "a"), dead(5, "b", "e2", counted="civilians", holder=VOSS)]
    assert disputes_among(sides, matched=ONE) == []


def test_who_did_it_claimed_and_denied() -> None:
    claimed = told("a", blamed=FRONT, how="claimed", holder=FRONT)
    denied = told("b", "e2", blamed=FRONT, how="denied", holder=VOSS)
    found = only([claimed, denied], ONE)
    assert found.question == "Who is behind the attack in Velm (2031-04-02)?"
    assert values(found) == ["the Karsk Front", "not the Karsk Front"]
    assert found.verdict == "conflict"


def test_two_groups_are_blamed() -> None:
    one = told("a", blamed=FRONT, how="accused", holder=MARN)
    other = told("b", "e2", blamed=BRIGADE, how="accused", holder=VOSS)
    assert only([one, other], ONE).verdict == "conflict"


def test_what_is_only_possible_blames_nobody() -> None:
    one = told("a", blamed=FRONT, how="possible", holder=MARN)
    other = told("b", "e2", blamed=BRIGADE, how="accused", holder=VOSS)
    assert disputes_among([one, other], matched=ONE) == []


def test_a_denial_of_one_group_does_not_contradict_the_blame_of_another() -> None:
    denied = told("a", blamed=FRONT, how="denied", holder=FRONT)
    blamed = told("b", "e2", blamed=BRIGADE, how="accused", holder=VOSS)
    assert disputes_among([denied, blamed], matched=ONE) == []


def test_one_happening_on_two_days() -> None:
    found = only(
        [told("a", time="2031-04-02"), told("b", "e2", time="2031-04-03", holder=VOSS)], ONE
    )
    assert (found.about.predicate, values(found)) == ("date", ["2031-04-02", "2031-04-03"])
    vague = told("b", "e2", time="2031-04", holder=VOSS)
    assert disputes_among([told("a", time="2031-04-02"), vague], matched=ONE) == []
