"""Who is one actor hangs on who is there, not on who came first; what keeps two apart is said."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes import FakeReader, raw

import sayso
from sayso.cli.judging import join
from sayso.engines.matching import actors
from sayso.records.matches import Joining
from sayso.settings import Settings

NAMES = (
    "Oren Vasch", "Orin Vasch", "Oran Vash", "Oren Vashch", "Ouren Vasch", "Orenn Vasch",
    "Mira Sol", "Myra Sol",
)  # fmt: skip


def matched(path: Path, batches: list[list[str]]) -> tuple[dict[str, str], object]:
    """Who stands for whom, and what was said of pairs, after matching batch by batch."""
    with sayso.open(path) as ledger:
        for batch in batches:
            for name in batch:
                text = f'"so," said {name}.\n'
                ledger._file.add(FakeReader(Settings()).read(raw(text, f"{name}.txt")), "recipe")
            ledger.match()
        standing = {e.id: e.same_as or e.id for e in ledger.entities()}
        joinings = {
            (r.entities, r.decision, r.reasons) for r in ledger.records() if isinstance(r, Joining)
        }
    return standing, joinings


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(NAMES), cuts=st.sets(st.integers(1, len(NAMES) - 1), max_size=3))
def test_the_order_in_which_names_come_makes_no_difference(
    order: list[str],
    cuts: set[int],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(actors, "HUB", 3)
    folder = tmp_path_factory.mktemp("order")
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[a:b] for a, b in pairwise(edges)]
    assert matched(folder / "one.sayso", batches) == matched(folder / "two.sayso", [list(NAMES)])


def test_a_join_that_is_barred_says_by_what_and_what_can_be_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "velm.sayso"
    matched(path, [["Oren Vasch", "Mira Sol", "Dara Tamm"]])
    with sayso.open(path) as ledger:
        one, two, three = sorted(map(ledger.find, ("Oren Vasch", "Mira Sol", "Dara Tamm")))
        assert ledger.bars(two, three) == []
        made = ledger.judge(
            one, "different", by="omar", because="namesakes", value={"other": three}
        )
        ledger.judge(one, "same", by="omar", value={"other": two})
        ledger.match()
    join.main([str(path), two, three, "--by", "ines"], standalone_mode=False)
    said = capsys.readouterr().err
    assert "They stay two." in said
    assert "omar said on" in said
    assert "namesakes" in said
    assert f"'sayso undo' with {made.id[:8]}" in said
