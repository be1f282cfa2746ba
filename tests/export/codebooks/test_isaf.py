"""Invented releases in the fields of the ISAF code book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.export.codebooks.isaf import FIELDS, isaf_record
from sayso.export.codebooks.isaf_dates import in_data
from sayso.learned.spacy_model import SpacyModel
from sayso.pipeline import Reader
from sayso.records.documents import RawDocument

Write = Callable[[str], dict[str, Any]]
HEAD = "2031-03-S-014\nFor Immediate Release\n\nKABUL, Afghanistan (March 12, 2031)\n"


@pytest.fixture
def write(model: SpacyModel) -> Write:
    reader = Reader(model=model)

    def record(text: str) -> dict[str, Any]:
        raw = RawDocument("r.txt", text.encode(), "text/plain", "2031-04-01T00:00:00Z")
        return isaf_record(reader.read(raw))

    return record


def test_a_capture(write: Write) -> None:
    found = write(
        f"{HEAD}A combined patrol captured a Taliban commander and several armed insurgents during"
        " a search in Velmabad district, Helmand province, yesterday. The unit did not fire their"
        " weapons.\n"
    )
    assert found == {
        "start_date": "2031-03-11",
        "event_type": ["detention"],
        "province": ["helmand"],
        "target_group": ["taliban"],
        "min_killed": 0,
        "min_captured": 4,
        "killq": False,
        "captureq": True,
        "killcaptureraid": True,
        "airstrike": False,
        "noshotsfired": True,
        "min_leaders_killed": 0,
        "min_leaders_captured": 1,
    }
    assert tuple(found) == FIELDS


def test_a_killing_from_the_air(write: Write) -> None:
    found = write(
        f"{HEAD}An airstrike killed more than 20 Haqqani fighters in Paktiya province on Monday.\n"
    )
    assert found["event_type"] == ["airstrike"]
    assert (found["min_killed"], found["airstrike"]) == (21, True)
    assert found["province"] == ["paktya"]
    assert found["target_group"] == ["haqqani"]
    assert found["start_date"] == "2031-03-10"


@pytest.mark.parametrize(
    ("sentence", "captured"),
    [
        ("The force detained numerous insurgents. The insurgents were detained at a farm.", 4),
        ("The force detained several insurgents. It detained five insurgents at the farm.", 5),
        ("The force detained two insurgents. It also detained three militants at a farm.", 5),
        ("The force captured a facilitator. It then detained two insurgents in a field.", 3),
        ("The force began a search to capture a leader. Nobody was found.", 0),
        ("Insurgents captured two soldiers at the bridge.", 0),
        ("No insurgents were detained.", 0),
    ],
)
def test_who_is_counted_once(write: Write, sentence: str, captured: int) -> None:
    assert write(f"{HEAD}{sentence}\n")["min_captured"] == captured


def test_civilians_killed(write: Write) -> None:
    found = write(f"{HEAD}A mortar round killed three civilians in Kunar province.\n")
    assert found["event_type"] == ["civiliancasualty"]
    assert found["min_killed"] == 3


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2011-03-01", "2011-02-28"),
        ("2010-11-13", "2010-11-12"),
        ("2011-01-10", "2011-01-10"),
        ("2010-12-01", "2010-12-01"),
        (None, None),
    ],
)
def test_days_as_the_data_set_writes_them(day: str | None, written: str | None) -> None:
    assert in_data(day) == written


def test_records_go_by_the_text_unless_asked(model: SpacyModel) -> None:
    text = "KABUL, Afghanistan (Feb. 8, 2011)\nA patrol captured a Taliban commander in Helmand"
    raw = RawDocument(
        "r.txt", f"{text} province, today.\n".encode(), "text/plain", "2031-04-01T00:00:00Z"
    )
    reading = Reader(model=model).read(raw)
    assert isaf_record(reading)["start_date"] == "2011-02-08"
    assert isaf_record(reading, as_in_data=True)["start_date"] == "2011-02-07"


def test_unknown_day_is_null(write: Write) -> None:
    assert (
        write("The force detained two insurgents in Logar province today.\n")["start_date"] is None
    )


@pytest.mark.parametrize("text", ["The x.", "KABUL, Afghanistan (Feb. 30, 2031)\nNothing.\n"])
def test_anything_gives_a_record(write: Write, text: str) -> None:
    assert tuple(write(text)) == FIELDS


PIECES = st.sampled_from(
    ["captured", "killed", "detained", "the", "a leader", "and", "several", "9999999", "insurgents",
     "one of his", "yesterday", "overnight", "(Feb. 30)", "Feb. 29", ". ", "\n", "No", "over 5",
     "Kunar province", "in Sangin", "along with", "Taliban", "airstrike", ":", "“", "civilians"]
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PIECES, max_size=25))
def test_any_words_give_sound_fields(write: Write, pieces: list[str]) -> None:
    found = write(f"{HEAD}The patrol left. {' '.join(pieces)}.\n")
    assert tuple(found) == FIELDS
    assert found["min_killed"] >= found["min_leaders_killed"] >= 0
    assert found["min_captured"] >= found["min_leaders_captured"] >= 0
