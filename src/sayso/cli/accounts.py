"""`sayso accounts`: who may come into a workbench that is served to a team."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

import sayso
from sayso.cli.console import Column, note, show_table
from sayso.errors import AccountsError, MissingExtra
from sayso.judging import now as stamp
from sayso.records.accounts import ROLES, Happening, Noted, Role, lesser
from sayso.store.accounts import log, people, visits
from sayso.store.accounts.file import accounts_path, changing, opened

if TYPE_CHECKING:
    import apsw

    from sayso.workbench.team.passwords import Passwords

_F = TypeVar("_F", bound=Callable[..., Any])
_DAY = 86_400


@click.group()
def accounts() -> None:
    """Who may come into a workbench that is served to a team, and what they may do there.

    A reader reads and exports; a reviewer judges, grades and adds, too; an admin looks after
    accounts, too. They are kept beside the ledger, in LEDGER.accounts, which only you can read: the
    ledger can be handed on without them.

    \b
    sayso accounts add region.sayso ada --role admin
    sayso serve region.sayso --team
    """


def _named(command: _F) -> _F:
    command = click.argument("name")(command)
    return click.argument("ledger", type=click.Path(exists=True, dir_okay=False))(command)


_ledger = click.argument("ledger", type=click.Path(exists=True, dir_okay=False))
_role = click.Choice(list(ROLES))
_stdin = click.option(
    "--password-stdin",
    is_flag=True,
    help="Read the password from standard input, one line; else it is asked for.",
)


@accounts.command()
@_named
@click.option("--role", type=_role, default="reader", show_default=True, help="What they may do.")
@_stdin
def add(ledger: str, name: str, role: Role, password_stdin: bool) -> None:
    """Make an account. NAME stands under each of its judgements, and cannot be changed later.

    \b
    sayso accounts add region.sayso ada --role admin
    """
    passwords, check_new = _passwords()
    with sayso.open(ledger, create=False):
        pass  # accounts of something else are of no use
    name = people.checked_name(name)
    given = _asked(password_stdin, name, check_new)
    path = accounts_path(ledger)
    with changing(path, create=True) as db:
        made = people.add(db, name, role, passwords.hash(given), at=stamp())
        _log(db, "added", made.name)
    note(f"{made.name} may come in as {made.role}. Accounts: {path}")


@accounts.command("list")
@_ledger
def list_all(ledger: str) -> None:
    """List the accounts.

    \b
    sayso accounts list region.sayso
    """
    columns = (
        Column("name", share=1),
        Column("role", width=9),
        Column("made", width=11),
        Column("state", width=22),
    )
    with opened(accounts_path(ledger)) as db:
        found = list(people.everybody(db))
    rows = []
    for one in found:
        state = f"closed {one.disabled[:10]}" if one.disabled else "open"
        if one.must_change and not one.disabled:
            state = "to choose a password"
        rows.append((one.name, one.role, one.created[:10], state))
    if not show_table(columns, rows):
        note("no accounts yet: 'sayso accounts add' makes one")


@accounts.command()
@_named
@click.argument("role", type=_role)
def role(ledger: str, name: str, role: Role) -> None:
    """Give an account another role. It holds from the next page on.

    \b
    sayso accounts role region.sayso bela reviewer
    """
    with changing(accounts_path(ledger)) as db:
        changed = people.set_role(db, name, role)
        _log(db, "role", changed.name)
    note(f"{changed.name} is now {changed.role}.")


@accounts.command()
@_named
@_stdin
def password(ledger: str, name: str, password_stdin: bool) -> None:
    """Give an account another password. All its sessions end.

    \b
    sayso accounts password region.sayso ada
    """
    passwords, check_new = _passwords()
    path = accounts_path(ledger)
    with opened(path) as db:
        name = people.known(db, name).account.name
    given = _asked(password_stdin, name, check_new)
    with changing(path) as db:
        people.set_password(db, name, passwords.hash(given))
        _log(db, "password", name)
    note(f"{name} has a new password; all sessions are ended.")


@accounts.command()
@_named
def disable(ledger: str, name: str) -> None:
    """Close an account at once: its sessions and tokens end. Its judgements stay.

    \b
    sayso accounts disable region.sayso bela
    """
    with changing(accounts_path(ledger)) as db:
        changed = people.disable(db, name, at=stamp())
        _log(db, "disabled", changed.name)
    note(f"{changed.name} is closed. 'sayso accounts enable' opens it again.")


@accounts.command()
@_named
def enable(ledger: str, name: str) -> None:
    """Open an account again, with the password that it had.

    \b
    sayso accounts enable region.sayso bela
    """
    with changing(accounts_path(ledger)) as db:
        changed = people.enable(db, name)
        _log(db, "enabled", changed.name)
    note(f"{changed.name} is open.")


@accounts.command()
@_named
@click.option(
    "--role",
    type=click.Choice([one for one in ROLES if one != "admin"]),
    default="reader",
    show_default=True,
    help="What the program may do; never more than the account.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 366),
    default=90,
    show_default=True,
    help="How long the token holds.",
)
@click.option("--drop", is_flag=True, help="End all tokens of the account, and make none.")
def token(ledger: str, name: str, role: Role, days: int, drop: bool) -> None:
    """Make a token by which a program acts for an account. It is printed once.

    The program sends it along as 'Authorization: Bearer TOKEN'.

    \b
    sayso accounts token region.sayso bela --days 30
    """
    made = secrets.token_urlsafe(32)
    now = int(time.time())
    with changing(accounts_path(ledger)) as db:
        kept = people.known(db, name)
        if kept.account.disabled:
            raise AccountsError(f"{kept.account.name}: is closed; open it first")
        if drop:
            gone = visits.drop_tokens(db, kept.number)
        else:
            held = lesser(role, kept.account.role)
            visits.add_token(db, kept.number, made, held, now=now, ends=now + days * _DAY)
        _log(db, "token", kept.account.name)
    if drop:
        note(f"{gone} tokens of {kept.account.name} are ended.")
        return
    click.echo(made)
    note(f"It acts for {kept.account.name} as {held}, for {days} days. It is not shown again.")


@accounts.command("log")
@_ledger
@click.option(
    "--last", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many lines."
)
def show_log(ledger: str, last: int) -> None:
    """Show who came in, who was refused and who changed what, the latest first.

    failed: a wrong name or password; slowed: a try that was not looked at, for too many went before
    it; stale: the right password of an account that is closed.

    \b
    sayso accounts log region.sayso
    """
    columns = (
        Column("when", width=20),
        Column("what", width=10),
        Column("account", share=1),
        Column("by", share=1),
        Column("from", share=1),
    )
    with opened(accounts_path(ledger)) as db:
        lines = list(log.latest(db, last))
    show_table(
        columns,
        (
            (n.at[:19], n.what, n.name or "(an unknown name)", n.by or "", n.address or "")
            for n in lines
        ),
    )


def _log(db: apsw.Connection, what: Happening, name: str) -> None:
    log.note(db, Noted(stamp(), what, name, None, None))


def _passwords() -> tuple[Passwords, Callable[[str, str], None]]:
    try:
        from sayso.workbench.team.passwords import Passwords, check_new
    except ImportError as error:
        raise MissingExtra(
            f"accounts need {error.name}: pip install 'sayso[workbench]'", "workbench"
        ) from error
    return Passwords(), check_new


def _asked(from_stdin: bool, name: str, check_new: Callable[[str, str], None]) -> str:
    """The new password, from a terminal without echo, or from standard input."""
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
        check_new(given, name)
        return given
    if not _on_terminal():
        raise AccountsError(
            "a password is asked for on a terminal; a script gives one by --password-stdin"
        )
    while True:
        given = click.prompt(
            f"Password for {name}", hide_input=True, confirmation_prompt=True, err=True
        )
        try:
            check_new(given, name)
        except AccountsError as error:
            note(str(error))
        else:
            return str(given)


def _on_terminal() -> bool:
    return sys.stdin.isatty()
