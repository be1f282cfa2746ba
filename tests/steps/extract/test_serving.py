"""Whose those who are counted are: whom they serve, who has them, where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.records.findings import Claim

Find = Callable[[str], list[Claim]]


@pytest.mark.parametrize(
    "text",
    [
        "Nine hundred men in Orsk bear arms for the Ember Brigade.",
        "Nine hundred gunmen take their orders from the Ember Brigade in Orsk.",
        "An army of 900 men stands behind the Ember Brigade in Orsk.",
        "There are 900 men in Orsk who fight for the Ember Brigade.",
        "There are 900 men in Orsk under the Ember Brigade's command.",
        "Nine hundred gunmen in Orsk are loyal to the Ember Brigade.",
        "Some 900 fighters are at the disposal of the Ember Brigade in Orsk.",
        "In Orsk, 900 people have taken up arms for the Ember Brigade.",
        "Nine hundred rebels, all of them members of the Ember Brigade, are in Orsk.",
        "Units of the Ember Brigade, 900 fighters in all, are in Orsk.",
        "What the Ember Brigade has in Orsk is 900 men.",
        "The force that the Ember Brigade has in Orsk consists of 900 men.",
        "The men that the Ember Brigade has under arms in Orsk add up to 900.",
        "Nine hundred is the number of fighters that the Ember Brigade has in Orsk.",
        "The Ember Brigade can put 900 men into the field in Orsk.",
        "The Ember Brigade is down to 900 fighters in Orsk.",
        "The Ember Brigade is 900 fighters strong in Orsk.",
        "The Ember Brigade's presence in Orsk is put at 900 fighters.",
        "Ember Brigade forces in Orsk stand at 900.",
        "Ilya Marn puts the strength of the Ember Brigade in Orsk at 900 fighters.",
        "Ilya Marn's estimate for the Ember Brigade in Orsk is 900 fighters.",
        "The Ember Brigade is assessed to have 900 fighters in Orsk.",
        "In Orsk alone, the Ember Brigade has 900 fighters.",
        "The province of Orsk is where the Ember Brigade has 900 fighters.",
        "Nine hundred rebels of the Ember Brigade control parts of Orsk.",
        "Of the Ember Brigade's fighters, 900 are based in Orsk.",
        "Strength of the Ember Brigade in Orsk: 900.",
        "The Ember Brigade does not have more than 900 fighters in Orsk.",
        "How many men does the Ember Brigade have in Orsk? About 900.",
    ],
)
def test_whose_they_are_and_where(estimates: Find, text: str) -> None:
    [found] = estimates(text)
    assert 900 in (found.low, found.high)
    assert found.polarity == "positive"
    assert found.subject is not None
    assert found.subject.entity is not None
    assert found.place is not None
    assert found.place.quote == "Orsk"


@pytest.mark.parametrize(
    "text",
    [
        "Nine hundred guests took their seats from the Ember Brigade.",
        "Nine hundred letters are at the disposal of the Ember Brigade.",
        "The Ember Brigade puts 900 letters into the post.",
        "The presence of the Ember Brigade is put at three villages.",
        "The Ember Brigade's membership fee is 900.",
        "Dara Voss put the number of soldiers who left the Ember Brigade at 900.",
        "Dara Voss put the number of troops needed to hold Orsk at 900.",
        "The party put the number of its members at 900.",
        "Of the Ember Brigade's demands, 12 are in the letter.",
    ],
)
def test_what_is_no_strength(estimates: Find, text: str) -> None:
    assert estimates(text) == []


def test_men_who_fight_somebody_are_not_his(estimates: Find) -> None:
    [found] = estimates("Nine hundred soldiers fight against the Ember Brigade in Orsk.")
    assert found.subject is None


def test_no_more_than_is_a_bound_and_a_denial_stays_one(estimates: Find) -> None:
    [bounded] = estimates("The Ember Brigade does not have more than 900 fighters.")
    assert (bounded.low, bounded.high, bounded.polarity) == (None, 900, "positive")
    [denied] = estimates("The Ember Brigade does not have 900 fighters.")
    assert (denied.low, denied.high, denied.polarity) == (900, 900, "negative")


def test_what_stands_apart_is_not_denied_with_the_sentence(estimates: Find) -> None:
    [found] = estimates("The Ember Brigade, 900 strong in Orsk, has not replied.")
    assert (found.low, found.polarity) == (900, "positive")
