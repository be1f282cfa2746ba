from __future__ import annotations

from pathlib import Path

import pytest
from evals.cases import Case
from evals.floors import FloorLowered, OtherCorpus, Pinned

from evals import cases, floors, gate


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "velm.txt"
    path.write_text("Ana Dorn said the road was open.", "utf-8")
    return path


def case_of(data: Path, figures: dict[str, float]) -> Case:
    return Case("roads", (data,), lambda: figures, lower_is_better=frozenset({"wrong"}))


def pinned_of(data: Path, figures: dict[str, float]) -> Pinned:
    return gate.pin(case_of(data, figures), figures)


def test_the_same_figures_pass(data: Path) -> None:
    figures = {"f1": 0.5, "wrong": 2.0}
    assert gate.check_case("roads", case_of(data, figures), pinned_of(data, figures)) == "passed"


@pytest.mark.parametrize(
    "worse", [{"f1": 0.49, "wrong": 2.0}, {"f1": 0.5, "wrong": 3.0}, {"wrong": 2.0}]
)
def test_a_figure_that_drops_or_goes_fails(
    data: Path, worse: dict[str, float], capsys: pytest.CaptureFixture[str]
) -> None:
    pinned = pinned_of(data, {"f1": 0.5, "wrong": 2.0})
    assert gate.check_case("roads", case_of(data, worse), pinned) == "failed"
    assert "FAILED" in capsys.readouterr().out


def test_rounding_of_another_processor_does_not_fail(data: Path) -> None:
    pinned = pinned_of(data, {"f1": 0.5})
    assert gate.check_case("roads", case_of(data, {"f1": 0.4995}), pinned) == "passed"


def test_changed_data_fails(data: Path) -> None:
    pinned = pinned_of(data, {"f1": 0.5})
    data.write_text("Ana Dorn said the road was shut.", "utf-8")
    assert gate.check_case("roads", case_of(data, {"f1": 0.9}), pinned) == "failed"


def test_absent_data_is_skipped_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    case = Case("roads", (), lambda: {"f1": 0.0})
    assert gate.check_case("roads", case, Pinned("0", {"f1": 0.5})) == "skipped"
    assert "not at hand" in capsys.readouterr().out


def test_floors_without_a_module_fail() -> None:
    assert gate.check_case("roads", None, Pinned("0", {"f1": 0.5})) == "failed"


def test_only_pinned_figures_get_bounds(data: Path) -> None:
    case = Case("roads", (data,), dict, pinned=frozenset({"f1"}))
    assert gate.pin(case, {"f1": 0.5, "seconds": 3.0}).floors == {"f1": 0.5}


def test_raising_draws_every_bound_tighter_and_none_looser(data: Path) -> None:
    old = pinned_of(data, {"f1": 0.5, "wrong": 2.0})
    new = old.raised(pinned_of(data, {"f1": 0.4995, "wrong": 1.0, "recall": 0.3}))
    assert new.floors == {"f1": 0.5, "recall": 0.3}
    assert new.ceilings == {"wrong": 1.0}


def test_lowering_is_refused(data: Path) -> None:
    old = pinned_of(data, {"f1": 0.5, "wrong": 2.0})
    for worse in ({"f1": 0.4, "wrong": 1.0}, {"f1": 0.6, "wrong": 3.0}, {"wrong": 2.0}):
        with pytest.raises(FloorLowered):
            old.raised(pinned_of(data, worse))


def test_other_data_is_refused(data: Path) -> None:
    old = pinned_of(data, {"f1": 0.5})
    data.write_text("other", "utf-8")
    with pytest.raises(OtherCorpus):
        old.raised(pinned_of(data, {"f1": 0.9}))


def test_a_refused_update_leaves_the_file_as_it_was(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "floors.json"
    for figures, code in (({"f1": 0.5}, 0), ({"f1": 0.7}, 0), ({"f1": 0.6}, 1)):
        case = case_of(data, figures)
        monkeypatch.setattr(cases, "load", lambda name, case=case: case)
        assert gate.update(["roads"], new_corpus=False, path=path) == code
    assert floors.read(path)["roads"].floors == {"f1": 0.7}
    assert gate.check(["roads"], path) == 1
    monkeypatch.setattr(cases, "load", lambda name: case_of(data, {"f1": 0.8}))
    assert gate.check(["roads"], path) == 0


def test_without_the_folder_of_data_only_cases_with_files_of_their_own_run(tmp_path: Path) -> None:
    loaded = {name: cases.load(name, tmp_path) for name in cases.NAMES}
    own = {
        "dated_estimates",
        "estimates",
        "relations",
        "samples",
        "name_pairs",
        "synthetic_disputes",
        "synthetic_disputes_best",
        "plain_claims",
        "plain_answers",
        "wider_phrases",
    }
    assert {name for name, case in loaded.items() if case and case.data} == own


def test_the_hash_of_a_case_with_its_own_files_is_the_same_everywhere(tmp_path: Path) -> None:
    here, there = cases.load("estimates"), cases.load("estimates", tmp_path)
    assert here is not None
    assert there is not None
    assert here.corpus() == there.corpus() == floors.read()["estimates"].corpus


def test_every_floor_belongs_to_a_case() -> None:
    assert set(floors.read()) <= set(cases.NAMES)
