"""The command line: options to settings, one call, printed results, errors to exit codes."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bitrans import __version__
from bitrans.cli.commands import Commands
from bitrans.errors import BitransError

app = typer.Typer(
    name="bitrans",
    cls=Commands,
    help="Arabic news into English that a reader without Arabic can trust, on your own machine.",
    epilog="Start with: bitrans translate seeds/",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"bitrans {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and leave.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Arabic news into English that a reader without Arabic can trust, on your own machine."""


#: With this code Typer leaves when it is interrupted.
INTERRUPTED = 130


def main() -> None:
    """Run the command line; errors a user can mend become one line and an exit code."""
    try:
        app()
    except BitransError as error:
        print(f"bitrans: {error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:
            print("bitrans: stopped; pages already written are whole", file=sys.stderr)
        raise
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
