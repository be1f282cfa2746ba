"""`sayso serve`: the workbench, for one person on this machine or for a team."""

from __future__ import annotations

import secrets
import socket
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import sayso
from sayso.cli.console import note
from sayso.errors import AccountsError, MissingExtra, SettingsError
from sayso.store.accounts import people
from sayso.store.accounts.file import accounts_path, opened

if TYPE_CHECKING:
    from starlette.applications import Starlette


@click.command()
@click.argument("ledger", type=click.Path())
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7171,
    show_default=True,
    help="Where to listen; 0 takes any free port.",
)
@click.option("--open/--no-open", "browse", default=True, help="Open a browser on it.")
@click.option("--team", is_flag=True, help="For several people, with accounts and roles.")
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen at; one beyond this machine needs --team.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="With --team: a name that people reach it by; may be repeated. Others are refused.",
)
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False),
    help="With --team: a TLS certificate (PEM, with its chain).",
)
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False), help="The key of the certificate (PEM)."
)
@click.option("--behind-tls", is_flag=True, help="With --team: a proxy before it speaks TLS.")
@click.option(
    "--proxy",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="With --behind-tls: where the proxy's requests come from; it alone is believed.",
)
def serve(
    ledger: str,
    port: int,
    browse: bool,
    team: bool,
    host: str,
    names: tuple[str, ...],
    certificate: str | None,
    key: str | None,
    behind_tls: bool,
    proxy: str,
) -> None:
    """Open the workbench: read, check and compare in a browser.

    Alone, it listens on this machine only, and only to who has the token in the address it prints.
    With --team it listens to who has an account ('sayso accounts add' makes the first), and --host
    says how widely. Serve it by TLS then: by --certificate and --key, or by a proxy before it that
    sends X-Forwarded-For and X-Forwarded-Proto, with --behind-tls.

    Needs the extra: pip install 'sayso[workbench]'. Ctrl-C ends it.

    \b
    sayso serve region.sayso
    sayso serve region.sayso --team --host 0.0.0.0 --name desk.example \\
        --certificate desk.pem --key desk.key
    sayso serve region.sayso --team --behind-tls --name desk.example
    """
    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtra(
            f"the workbench needs {error.name}: pip install 'sayso[workbench]'", "workbench"
        ) from error
    if not team:
        _alone(host, names, certificate, key, behind_tls)
    if bool(certificate) != bool(key):
        raise SettingsError("--certificate and --key go together: give both")
    if certificate and behind_tls:
        raise SettingsError("--behind-tls: the proxy speaks TLS; leave out --certificate and --key")
    with sayso.open(ledger, create=False):
        pass  # an error now, and not in the browser
    config: dict[str, Any] = {
        "log_level": "error",
        "access_log": False,
        "server_header": False,
        # By its own choice uvicorn believes what programs of this machine say of other addresses.
        "proxy_headers": behind_tls,
        "forwarded_allow_ips": proxy,
    }
    if certificate:
        config.update(ssl_certfile=certificate, ssl_keyfile=key)
    with listening(port, host) as own:
        port = own.getsockname()[1]
        if team:
            secure = bool(certificate) or behind_tls
            app, address = _team_app(
                ledger, host, port, names or _own_names(host), secure=secure, proxied=behind_tls
            )
        else:
            app, address = _own_app(ledger, port, host)
        note(f"The workbench is at {address}")
        note("Ctrl-C ends it.")
        if browse and not team:
            click.launch(address)
        uvicorn.Server(uvicorn.Config(app, **config)).run(sockets=[own])


def listening(port: int, host: str = "127.0.0.1") -> socket.socket:
    """A socket at an address. Raises `SettingsError` where it is none of ours, or the port is
    taken."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"--host: {host!r} is no address of this machine") from error
    family, _, _, _, where = found[0]
    # The protocol is named because asyncio sends at once only on what says that it is TCP; else
    # each answer waits 40 milliseconds for an acknowledgement (measured).
    own = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        own.bind(where)
    except OSError as error:
        own.close()
        raise SettingsError(
            f"{host}, port {port}: cannot listen there ({error.strerror}); choose another port"
            " (--port 0) or an address of this machine"
        ) from error
    return own


def _alone(
    host: str, names: tuple[str, ...], certificate: str | None, key: str | None, behind_tls: bool
) -> None:
    """Returns where all that is asked for stays on this machine. Raises `SettingsError`."""
    if not _is_loopback(host):
        raise SettingsError(
            f"--host {host}: whoever reaches this address would reach the ledger; give people"
            " accounts first ('sayso accounts add'), and serve with --team"
        )
    if names or certificate or key or behind_tls:
        raise SettingsError("--name, --certificate, --key and --behind-tls are for --team")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _own_names(host: str) -> tuple[str, ...]:
    """The names of an address where none were given. Raises `SettingsError` for all addresses."""
    try:
        everywhere = ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    if everywhere or not host:
        raise SettingsError(
            f"--host {host} is every address of this machine: say by which name people reach it,"
            " --name desk.example, for requests that name another host are refused"
        )
    return (host, "localhost") if _is_loopback(host) else (host,)


def _own_app(ledger: str, port: int, host: str) -> tuple[Starlette, str]:
    from sayso.workbench.app import create_app

    token = secrets.token_urlsafe(24)
    name = f"[{host}]" if ":" in host else host
    app = create_app(ledger, token=token, host=name, port=port)
    return app, f"http://{name}:{port}/?token={token}"


def _team_app(
    ledger: str, host: str, port: int, names: tuple[str, ...], *, secure: bool, proxied: bool
) -> tuple[Starlette, str]:
    try:
        from sayso.workbench.app import create_team_app
        from sayso.workbench.team.door import Door
        from sayso.workbench.team.guards import Served, hosts_of
    except ImportError as error:
        raise MissingExtra(
            f"accounts need {error.name}: pip install 'sayso[workbench]'", "workbench"
        ) from error
    path = accounts_path(ledger)
    with opened(path) as db:
        if not people.open_admins(db):
            raise AccountsError(
                f"{path}: there is no account of an admin; make one first: sayso accounts add"
                f" {ledger} NAME --role admin"
            )
    hosts = hosts_of(names, port=port, secure=secure, proxied=proxied)
    if not secure and not _is_loopback(host):
        note(
            "Warning: without TLS, passwords and reports can be read on their way. Give"
            " --certificate and --key, or --behind-tls and a proxy."
        )
    app = create_team_app(
        ledger, door=Door(path), served=Served(hosts=hosts, port=port, secure=secure)
    )
    first = min(hosts, key=lambda name: (len(name), name))
    note(f"Accounts: {Path(path).name}; names: {', '.join(sorted(hosts))}")
    return app, f"{'https' if secure else 'http'}://{first}/"
