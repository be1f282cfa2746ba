"""Tolls: people named by what befell them, and what befell them in other words than a verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.records.findings import Claim

Find = Callable[[str], list[Claim]]


@pytest.mark.parametrize(
    ("text", "measure", "low", "high"),
    [
        ("Deaths in Orsk number 14.", "killed", 14, 14),
        ("The wounded in the Orsk shelling number at least 30.", "wounded", 30, None),
        ("Those held under arrest in Orsk are many; those arrested number 9.", "detained", 9, 9),
        ("Arrests in Orsk have reached 50.", "detained", 50, 50),
        ("The confirmed dead in Orsk now stand at 12.", "killed", 12, 12),
        ("Dara Voss put the death toll of the shelling at 14.", "killed", 14, 14),
        ("Officials raised the death toll from the flood to 14.", "killed", 14, 14),
        ("Dara Voss put the number of villagers arrested at 40.", "detained", 40, 40),
        ("Dara Voss gave the number of soldiers wounded as 40.", "wounded", 40, 40),
        ("The number killed in Orsk stands at 14.", "killed", 14, 14),
        ("Asked about the wounded, Dara Voss put their number at 30.", "wounded", 30, 30),
        ("Fourteen miners did not survive the fire.", "killed", 14, 14),
        ("Fourteen miners survived the fire with burns.", "wounded", 14, 14),
        ("The fire proved fatal to 14 miners.", "killed", 14, 14),
        ("The fire inflicted injuries on 14 miners.", "wounded", 14, 14),
        ("Fourteen miners with burns were flown to Velm.", "wounded", 14, 14),
        ("Fourteen miners succumbed to their wounds.", "killed", 14, 14),
        ("Killed in the fire were 14 miners.", "killed", 14, 14),
        ("It was 14 miners that the fire killed.", "killed", 14, 14),
        (
            "Soldiers who had surrendered were seen: 14 fighters who had died lay there.",
            "killed",
            14,
            14,
        ),
        ("The loss of 14 lives was confirmed.", "killed", 14, 14),
        ("Fourteen traders were deprived of their liberty.", "detained", 14, 14),
        ("The police have 14 traders in custody.", "detained", 14, 14),
        ("Soldiers led 14 traders away.", "detained", 14, 14),
        ("Soldiers took 14 traders prisoner.", "detained", 14, 14),
        ("The army captured 14 smugglers.", "detained", 14, 14),
        ("Thirty remain in detention.", "detained", 30, 30),
        ("In the region of 14 miners sustained burns.", "wounded", 14, 14),
        ("How many miners died? About 14.", "killed", 14, 14),
    ],
)
def test_a_toll(
    estimates: Find, text: str, measure: str, low: int | None, high: int | None
) -> None:
    [found] = estimates(text)
    assert (found.measure, found.low, found.high) == (measure, low, high)
    assert found.polarity == "positive"


def test_a_list_of_losses(estimates: Find) -> None:
    found = estimates("Dead: 12. Injured: 30.")
    assert [(claim.measure, claim.low) for claim in found] == [("killed", 12), ("wounded", 30)]


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen miners survived the fire.",
        "The wounded included the number two of the police.",
        "Teachers led 30 children away from the fire.",
        "The coach took 30 players away for a week.",
        "The exam was deadly boring for 12 students.",
        "A letter to 12 traders was fatal to his career.",
        "Thirty villagers took part in a search.",
        "The party picked up 30 seats in the raids on the north.",
        "Thirty remain in the race.",
        "Score: 30.",
        "Chapter: 12.",
        "The number of miners hired in Orsk stands at 14.",
        "Asked about the dead and the wounded, Dara Voss put their number at 30.",
        "How many goals did he score? About 14.",
        "The fire brought hope to 12 villages.",
    ],
)
def test_what_is_no_toll(estimates: Find, text: str) -> None:
    assert estimates(text) == []


def test_a_denial_that_people_did_not_survive_is_one(estimates: Find) -> None:
    [told] = estimates("Fourteen miners did not survive the fire.")
    assert told.polarity == "positive"
    [unsure] = estimates("It is untrue that fourteen miners did not survive the fire.")
    assert unsure.polarity == "negative"
