"""Writes `cli.md`: what `--help` says, for every command. Run it after changing an option."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sayso.cli.main import cli

PAGE = Path(__file__).with_name("cli.md")
WIDTH = 88
"""Characters of a line, whatever the terminal."""
_HEAD = """# The command line

Written by `write_cli.py` from what `sayso COMMAND --help` says; do not edit it by hand.
"""


def page() -> str:
    """The page as it should stand."""
    parts = [_HEAD]
    for title, text in _helps():
        parts.append(f"## {title}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def _helps() -> Iterator[tuple[str, str]]:
    with _context(cli, "sayso", None) as top:
        yield "sayso", cli.get_help(top)
        for name in cli.list_commands(top):
            command = cli.get_command(top, name)
            assert command is not None
            with _context(command, name, top) as inner:
                yield f"sayso {name}", command.get_help(inner)


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    settings = {**cli.context_settings, "max_content_width": WIDTH, "terminal_width": WIDTH}
    return click.Context(command, info_name=name, parent=parent, **settings)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
