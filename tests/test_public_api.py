from __future__ import annotations

import inspect
from pathlib import Path

import sayso
from sayso.errors import SaysoError


def test_all_names_what_there_is_in_order() -> None:
    assert sorted(sayso.__all__) == sayso.__all__
    for name in sayso.__all__:
        assert getattr(sayso, name) is not None


def test_nothing_public_is_left_out_of_all() -> None:
    public = {
        name
        for name, value in vars(sayso).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert public == set(sayso.__all__) - {"__version__"}


def test_every_public_thing_says_what_it_is() -> None:
    for name in sayso.__all__:
        value = getattr(sayso, name)
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__, name
    for name, method in inspect.getmembers(sayso.Ledger, inspect.isfunction):
        if not name.startswith("_"):
            assert method.__doc__, name


def test_errors_have_one_root() -> None:
    errors = [
        value
        for value in (getattr(sayso, name) for name in sayso.__all__)
        if inspect.isclass(value) and issubclass(value, Exception)
    ]
    assert len(errors) > 8
    assert all(issubclass(error, SaysoError) for error in errors)


def test_the_typed_marker_is_there() -> None:
    assert (Path(inspect.getfile(sayso)).parent / "py.typed").exists()
