from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import sayso
from sayso.cli.acting import actors


@dataclass(frozen=True)
class Kept:
    name: str
    actors: int
    sha256: str


@dataclass(frozen=True)
class Loaded:
    actors: int
    known: int
    set_aside: int
    problems: list[tuple[int, str]]


@dataclass
class Keeper:
    """A ledger that keeps lists of actors, and nothing else."""

    lists: dict[str, Kept] = field(default_factory=dict)
    problems: list[tuple[int, str]] = field(default_factory=list)

    def __enter__(self) -> Keeper:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def load_actors(self, path: Path) -> Loaded:
        self.lists[path.name] = Kept(path.name, 2, "ab" * 32)
        return Loaded(2, 1, len(self.problems), self.problems)

    def actor_lists(self) -> list[Kept]:
        return list(self.lists.values())

    def drop_actors(self, name: str) -> bool:
        return self.lists.pop(name, None) is not None


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> Keeper:
    made = Keeper()
    monkeypatch.setattr(sayso, "open", lambda *_, **__: made)
    return made


def _run(*args: str) -> Result:
    result = CliRunner().invoke(actors, list(args), standalone_mode=False)
    assert result.exception is None, result.exception
    return result


def test_load_list_and_drop(keeper: Keeper, tmp_path: Path) -> None:
    file = tmp_path / "public.ftm.json"
    file.write_text("{}")
    loaded = _run("load", str(file), "--ledger", "x.sayso")
    assert loaded.return_value == 0
    assert "2 actors from public.ftm.json, 1 of them known already" in loaded.output
    assert "public.ftm.json" in _run("list", "--ledger", "x.sayso").output
    assert _run("drop", "public.ftm.json", "--ledger", "x.sayso").return_value == 0
    assert not keeper.lists
    assert _run("drop", "public.ftm.json", "--ledger", "x.sayso").return_value == 1
    assert "no lists are kept" in _run("list", "--ledger", "x.sayso").output


def test_what_is_set_aside_is_said_and_hidden_controls_are_shown(
    keeper: Keeper, tmp_path: Path
) -> None:
    keeper.problems = [(n, f"no name \x1b[2J {n}") for n in range(1, 26)]
    file = tmp_path / "public.ftm.json"
    file.write_text("{}")
    loaded: Any = _run("load", str(file), "--ledger", "x.sayso")
    assert loaded.return_value == 3
    assert "\x1b" not in loaded.output
    assert "entry 20" in loaded.output
    assert "entry 21:" not in loaded.output
    assert "and 5 more" in loaded.output
