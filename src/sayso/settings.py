"""Settings: one frozen record a step. Doors make them; steps receive them and read nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from msgspec import Struct

ModelName = Literal["en-sm", "en-md"]
TaggerName = Literal["fast", "best"]
AttributionName = Literal["auto", "rules", "fast", "best"]


class CleanSettings(Struct, frozen=True):
    """From bytes to text."""

    max_bytes: int = 20_000_000
    """Larger inputs are set aside, in bytes."""
    max_characters: int = 2_000_000
    """Cleaned texts longer than this are set aside, in code points."""
    max_depth: int = 512
    """HTML that nests deeper is read without its structure, and the reading says so."""
    max_attributes: int = 512
    """HTML with more attributes on one tag than this is read without that tag's attributes."""


class ExtractSettings(Struct, frozen=True):
    """From text to findings."""

    model: ModelName = "en-sm"
    """The language back end's model: `en-sm` (installed with sayso) or `en-md` (extra)."""
    attribution: AttributionName = "auto"
    """Who finds statements: the rules alone, or a trained tagger (extra `tagger`), `best` or the
    smaller `fast`, with the rules for what is clear-cut. `auto`: `best` where the extra is
    installed, else the rules."""
    actors: tuple[str, ...] = ()
    """Files of known actors, read after the built-in one."""
    builtin_actors: bool = True
    """Whether the built-in file of known actors is used."""


class ReadSettings(Struct, frozen=True):
    """How a collection is read."""

    workers: int = 2
    """Worker processes; 0 reads in this process."""
    deadline_seconds: float = 60.0
    """For each document, beside what its length earns it (`seconds_per_million`)."""
    seconds_per_million: float = 600.0
    """More time for each million bytes."""
    longest_seconds: float = 1_200.0
    """No document is given more time than this, however long it is."""
    memory_mb: int = 3_000
    """Address space of one worker, in MiB."""
    keep_bytes: bool = False
    """Whether the bytes of files are kept in custody, and not only their hash."""


class Settings(Struct, frozen=True):
    """All settings of a reading."""

    clean: CleanSettings = CleanSettings()
    extract: ExtractSettings = ExtractSettings()
    read: ReadSettings = ReadSettings()


def actor_files(settings: ExtractSettings) -> list[Path]:
    """The user's files of known actors, as paths."""
    return [Path(name) for name in settings.actors]
