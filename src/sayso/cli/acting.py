"""`sayso actors`: lists of known actors that are kept in a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

import click

import sayso
from sayso.cli.console import Column, note, show_table

EXIT_SET_ASIDE = 3
_SHOWN = 20
"""Entries set aside that are named; the rest is counted."""


class KeptActors(Protocol):
    """A list of known actors in a ledger."""

    @property
    def name(self) -> str:
        """Name of the file it came from."""

    @property
    def actors(self) -> int:
        """How many actors it has."""

    @property
    def sha256(self) -> str:
        """Of its bytes as they are kept."""


class LoadedActors(Protocol):
    """What a file gave."""

    @property
    def actors(self) -> int:
        """How many actors were taken over."""

    @property
    def known(self) -> int:
        """How many of them were known before."""

    @property
    def set_aside(self) -> int:
        """How many entries could not be used."""

    @property
    def problems(self) -> Sequence[tuple[int, str]]:
        """The first of them: line or number of the entry, and the reason."""


class ActorsKeeper(Protocol):
    """What this door asks of a ledger."""

    def load_actors(self, path: Path) -> LoadedActors:
        """Reads a list and keeps it, in the place of one of the same name."""

    def actor_lists(self) -> Sequence[KeptActors]:
        """All lists that are kept, by name."""

    def drop_actors(self, name: str) -> bool:
        """Forgets a list; False where there is none of that name."""


@click.group()
def actors() -> None:
    """Lists of known actors that a ledger reads with.

    \b
    sayso actors load sanctions.ftm.json --ledger region.sayso
    sayso actors list --ledger region.sayso
    """


_ledger = click.option(
    "--ledger",
    required=True,
    type=click.Path(dir_okay=False),
    envvar="SAYSO_LEDGER",
    show_envvar=True,
    help="The ledger that keeps the list.",
)


@actors.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@_ledger
def load(file: str, ledger: str) -> int:
    """Keep a list of known actors in a ledger.

    FILE is FollowTheMoney JSON (a list or an entity a line, as public lists are published), or
    sayso's own TOML or JSON. From then on `sayso read` of this ledger uses it, and reads again what
    was read without it. Entries that cannot be used are set aside with their reason. Of persons,
    names and public offices are kept; no addresses, birth dates or numbers of passports.

    \b
    sayso actors load sanctions.ftm.json --ledger region.sayso
    """
    with sayso.open(ledger) as opened:
        found = cast("ActorsKeeper", opened).load_actors(Path(file))
    for number, reason in list(found.problems)[:_SHOWN]:
        note(f"set aside: entry {number}: {reason}")
    if found.set_aside > _SHOWN:
        note(f"... and {found.set_aside - _SHOWN:,} more")
    note(
        f"{found.actors:,} actors from {Path(file).name}, {found.known:,} of them known already;"
        f" {found.set_aside:,} entries set aside. Ledger: {ledger}"
    )
    return EXIT_SET_ASIDE if found.set_aside else 0


@actors.command("list")
@_ledger
def list_kept(ledger: str) -> None:
    """Say which lists of known actors a ledger keeps.

    \b
    sayso actors list --ledger region.sayso
    """
    columns = (Column("list", share=1), Column("actors", width=9), Column("sha256", width=16))
    with sayso.open(ledger, create=False) as opened:
        kept = cast("ActorsKeeper", opened).actor_lists()
        shown = show_table(columns, ([k.name, f"{k.actors:,}", k.sha256[:16]] for k in kept))
    if not shown:
        note("no lists are kept; the built-in actors are used")


@actors.command()
@click.argument("name")
@_ledger
def drop(name: str, ledger: str) -> int:
    """Forget a list of known actors.

    What was read with it is read again by the next `sayso read`.

    \b
    sayso actors drop sanctions.ftm.json --ledger region.sayso
    """
    with sayso.open(ledger, create=False) as opened:
        dropped = cast("ActorsKeeper", opened).drop_actors(name)
    note(f"forgotten: {name}" if dropped else f"no list of this name is kept: {name}")
    return 0 if dropped else 1
