"""The command line: `sayso COMMAND`. Errors become one line and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

import click

from sayso import __version__
from sayso.cli import (
    accounts,
    acting,
    answering,
    briefing,
    collecting,
    correcting,
    disputing,
    following,
    judging,
    keeping,
    leaving,
    matching,
    reading,
    serving,
    showing,
    verifying,
)
from sayso.cli.console import note
from sayso.errors import SaysoError

EXIT_ERROR = 1
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141

_EPILOG = """\b
Exit status: 0 fine; 1 an error; 2 wrong usage; 3 read to the end, but some input was set aside;
130 interrupted. Every option can be set in the environment, too: SAYSO_READ_WORKERS=1 stands for
'sayso read --workers 1'. SAYSO_DEBUG=1 shows where an error came from.
"""


class _App(click.Group):
    """A group whose every way out is one line of explanation and a documented exit status."""

    def main(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,
    ) -> None:
        extra.pop("standalone_mode", None)
        sys.exit(self._run(args, prog_name or "sayso", extra))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # click would make it status 1, like an error
            _silence_stdout()
            ctx.exit(EXIT_BROKEN_PIPE)

    def _run(self, args: Sequence[str] | None, name: str, extra: dict[str, Any]) -> int:
        try:
            status = super().main(args, name, standalone_mode=False, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except (KeyboardInterrupt, click.Abort):
            note("sayso: interrupted; what was finished is kept")
            return EXIT_INTERRUPTED
        except BrokenPipeError:
            _silence_stdout()
            return EXIT_BROKEN_PIPE
        except SaysoError as error:
            return _explain(str(error))
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            return _explain(f"{where}{error.strerror or error}")
        # The last line of defence: a defect must not look like a result. One line unless asked.
        except Exception as error:  # noqa: BLE001
            what = f"{type(error).__name__}: {error}"
            return _explain(f"a defect ({what}); SAYSO_DEBUG=1 shows where, please report it")
        return status if isinstance(status, int) else 0


@click.group(
    cls=_App,
    epilog=_EPILOG,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "auto_envvar_prefix": "SAYSO",
        "max_content_width": 100,
    },
)
@click.version_option(__version__, prog_name="sayso")
def cli() -> None:
    """Reads news reports and keeps a ledger of who said what, in which words.

    \b
    sayso read reports/ --ledger region.sayso        text, pages, PDF, DOCX, letters, WARC
    sayso statements region.sayso --holder "Karsk Front"
    sayso claims region.sayso --kind estimate
    sayso disputes region.sayso                      where the accounts part
    sayso serve region.sayso                         read, check and compare in a browser
    sayso show region.sayso 3f2a91c0                 one record, marked in its text
    sayso report region.sayso -o region.html         everything on one page
    """


for command in (
    reading.read,
    collecting.collect,
    collecting.watch,
    answering.statements,
    answering.claims,
    answering.entities,
    matching.match,
    disputing.disputes,
    following.journeys,
    following.silent,
    matching.copies,
    matching.stories,
    showing.show,
    judging.why,
    judging.join,
    judging.part,
    judging.grade,
    judging.judge,
    correcting.correct,
    judging.undo,
    judging.judgements,
    serving.serve,
    accounts.accounts,
    briefing.brief,
    briefing.check_brief,
    briefing.review,
    leaving.report,
    leaving.export,
    leaving.import_,
    answering.problems,
    keeping.backup,
    keeping.check,
    verifying.verify_command,
    acting.actors,
    keeping.doctor,
):
    cli.add_command(command)


def main() -> None:
    """Runs the command line and ends the process with its exit status."""
    cli.main()


def _explain(message: str) -> int:
    if os.environ.get("SAYSO_DEBUG"):
        traceback.print_exc()
    note(f"sayso: {' '.join(message.split())}")
    return EXIT_ERROR


def _silence_stdout() -> None:
    """Nobody listens any more; without this, Python complains once more while it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
