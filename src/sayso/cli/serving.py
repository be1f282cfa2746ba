"""`sayso serve`: the workbench."""

from __future__ import annotations

import secrets
import socket

import click

import sayso
from sayso.cli.console import note
from sayso.errors import MissingExtra, SettingsError


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
def serve(ledger: str, port: int, browse: bool) -> None:
    """Open the workbench: read, check and compare in a browser on this machine.

    It listens on this machine only, and only to who has the token in the address it prints. Needs
    the extra: pip install 'sayso[workbench]'. Ctrl-C ends it.

    \b
    sayso serve region.sayso
    """
    try:
        import uvicorn

        from sayso.workbench.app import create_app
    except ImportError as error:
        raise MissingExtra(
            f"the workbench needs {error.name}: pip install 'sayso[workbench]'", "workbench"
        ) from error
    with sayso.open(ledger, create=False):
        pass  # an error now, and not in the browser
    token = secrets.token_urlsafe(24)
    with _listening(port) as own:
        port = own.getsockname()[1]
        app = create_app(ledger, token=token, host="127.0.0.1", port=port)
        address = f"http://127.0.0.1:{port}/?token={token}"
        note(f"The workbench is at {address}")
        note("Ctrl-C ends it.")
        if browse:
            click.launch(address)
        config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[own])


def _listening(port: int) -> socket.socket:
    own = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        own.bind(("127.0.0.1", port))
    except OSError as error:
        own.close()
        raise SettingsError(f"port {port} is taken; choose another: --port 0") from error
    return own
