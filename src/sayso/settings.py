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


class FetchSettings(Struct, frozen=True):
    """How the network is used. Only `sayso collect` and `sayso watch` use it."""

    user_agent: str = "sayso/0.1 (collects news reports)"
    """Who asks, on every request. Its first word, up to `/`, is what robots.txt is asked for."""
    contact: str | None = None
    """An address for complaints, sent as `From`. Best set to one that is read."""
    allowed_networks: tuple[str, ...] = ()
    """DANGER. Networks in CIDR that may be connected to although they are not public, as
    `10.20.0.0/16` for an intranet. Whatever is named here can be reached by any feed or redirect
    that anybody writes. Empty: only public addresses."""
    allowed_ports: tuple[int, ...] = (80, 443)
    """No other port is connected to."""
    hosts_at_once: int = 8
    """Hosts that are visited at the same time; one connection to each."""
    seconds_between: float = 5.0
    """Between the end of one request to a host and the start of the next. A longer crawl delay of
    its robots.txt holds instead."""
    longest_delay: float = 120.0
    """A host whose robots.txt or Retry-After asks for a longer wait is left for a later run."""
    retries: int = 2
    """After a refused connection, a cut answer, 429, 500, 502, 503 or 504."""
    host_failures: int = 5
    """After so many failures in a row a host is left alone for an hour."""
    connect_seconds: float = 15.0
    read_seconds: float = 20.0
    """Of silence."""
    total_seconds: float = 90.0
    """For one answer, from the resolving of its name to its last byte, however it drips."""
    max_redirects: int = 5
    max_body: int = 20_000_000
    """Bytes as received; the rest is not read, and the capture says so."""
    max_content: int = 60_000_000
    """Bytes unpacked."""
    max_ratio: int = 200
    """Bytes unpacked for each received, past the first million."""


class Settings(Struct, frozen=True):
    """All settings of a reading."""

    clean: CleanSettings = CleanSettings()
    extract: ExtractSettings = ExtractSettings()
    read: ReadSettings = ReadSettings()


def actor_files(settings: ExtractSettings) -> list[Path]:
    """The user's files of known actors, as paths."""
    return [Path(name) for name in settings.actors]
