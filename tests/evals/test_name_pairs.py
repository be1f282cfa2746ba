"""The pairs of names are what they are said to be, and each kind of error lowers its figure."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from evals.cases import SHARED
from evals.name_pairs import NamePair, best_threshold, judged, pairs, score

from evals import listed_names


def test_there_are_enough_pairs_and_half_are_near_misses() -> None:
    found = pairs()
    assert len(found) >= 300
    assert 0.45 <= sum(pair.same for pair in found) / len(found) <= 0.55
    names = [(pair.left, pair.right, pair.left_roles, pair.right_roles) for pair in found]
    assert len(set(names)) == len(names)
    assert len(pairs(0)) + len(pairs(1)) == len(found)
    assert min(len(pairs(0)), len(pairs(1))) > len(found) * 0.4


def test_a_wrong_joining_lowers_precision_and_a_missed_one_recall() -> None:
    gold = [True, True, False, False]
    assert (score(gold, gold).precision, score(gold, gold).recall) == (1.0, 1.0)
    assert score(gold, [True, True, True, False]).precision == pytest.approx(2 / 3)
    assert score(gold, [True, False, False, False]).recall == 0.5
    assert score(gold, [False] * 4).f1 == 0


def test_the_best_threshold() -> None:
    threshold, best = best_threshold([True, True, False], [0.9, 0.6, 0.5])
    assert (threshold, round(best.f1, 6)) == (0.6, 1.0)


def test_a_known_actor_is_one_only_with_the_list() -> None:
    pair = NamePair("armed_group", "ISIS-K", "Wilayat Khorasan", True)
    assert judged(pair).decision == "same"
    assert judged(pair, known=False).decision != "same"
    part = NamePair("armed_group", "ISIS", "ISIS-K", False)
    assert "part of" in judged(part).reasons[0]


def _write(path: Path, *names: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["full_name"])
        writer.writerows([name] for name in names)


def test_listed_pairs_are_built_of_positives_and_hard_negatives(tmp_path: Path) -> None:
    _write(tmp_path / "positives_un_untreated.csv", "Ilya Marn", "Ilya Marnov", "Olga Velm")
    _write(tmp_path / "positives_un_treated.csv", "Marn, Ilya", "Ilya Marnov", "Oga Velm")
    _write(tmp_path / "positives_us_congress_untreated.csv", "Ada B. Orsk", "Ben Velm", "Ben Velm")
    found = listed_names.pairs(folder=tmp_path)
    same = {(pair.left, pair.right) for pair in found if pair.same}
    assert same == {
        ("Ilya Marn", "Marn, Ilya"),
        ("Olga Velm", "Oga Velm"),
        ("Ada B. Orsk", "Ada Orsk"),
    }
    assert listed_names.ListedPair("Ilya Marn", "Ilya Marnov", False) in found
    assert found == listed_names.pairs(folder=tmp_path)
    assert not any(pair.left == pair.right for pair in found)


@pytest.mark.skipif(
    not (SHARED / "data" / "names").is_dir(),
    reason="the folder of data is not at hand",
)
def test_the_shared_lists_are_at_hand_and_aligned() -> None:
    found = listed_names.pairs()
    assert sum(pair.same for pair in found) > 400
    assert {pair.half for pair in found} == {0, 1}
