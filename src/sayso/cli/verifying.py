"""`sayso verify`: was anything altered or lost since it came in?"""

from __future__ import annotations

import click

from sayso.cli.console import note
from sayso.store.custody.verifying import last_hash, verify


@click.command(name="verify")
@click.argument("ledger", type=click.Path())
@click.option(
    "--known",
    metavar="HASH",
    help="A hash that an earlier 'sayso verify' ended with: it must still be in the log.",
)
def verify_command(ledger: str, known: str | None) -> int:
    """Prove that nothing was altered or lost since it came in.

    Checks the log of custody beside the ledger line by line, the bytes that are kept, and that the
    log tells of every document in the ledger how its bytes came. Ends with status 1 if anything
    does not fit. The hash it prints last stands for the whole log: noted down elsewhere and given
    as --known later, it shows even a log that was written anew as a whole.

    \b
    sayso verify region.sayso
    """
    faults = verify(ledger, known=known)
    for fault in faults:
        note(fault)
    if faults:
        note(f"{ledger}: {len(faults)} faults")
        return 1
    entries, last = last_hash(ledger)
    click.echo(f"{ledger}: nothing altered or lost in {entries:,} entries; the last is {last}")
    return 0
