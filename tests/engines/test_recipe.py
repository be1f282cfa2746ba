from __future__ import annotations

from pathlib import Path

import pytest

from sayso.engines.recipe import recipe_of
from sayso.errors import ActorsError
from sayso.settings import CleanSettings, ExtractSettings, ReadSettings, Settings


def test_what_may_change_a_reading_changes_the_recipe(tmp_path: Path) -> None:
    actors = tmp_path / "actors.toml"
    actors.write_text("one")
    with_actors = Settings(extract=ExtractSettings(actors=(str(actors),)))
    recipes = [
        recipe_of(Settings(), "reader"),
        recipe_of(Settings(), "other reader"),
        recipe_of(Settings(clean=CleanSettings(max_depth=3)), "reader"),
        recipe_of(with_actors, "reader"),
    ]
    actors.write_text("two")
    recipes.append(recipe_of(with_actors, "reader"))
    assert len(set(recipes)) == len(recipes)


def test_how_it_is_read_does_not() -> None:
    fast = Settings(read=ReadSettings(workers=9, deadline_seconds=1, memory_mb=10))
    assert recipe_of(fast, "reader") == recipe_of(Settings(), "reader")


def test_a_missing_file_of_actors_is_named() -> None:
    settings = Settings(extract=ExtractSettings(actors=("nowhere.toml",)))
    with pytest.raises(ActorsError, match=r"nowhere\.toml"):
        recipe_of(settings, "reader")
