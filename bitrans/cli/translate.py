"""``bitrans translate``: Arabic documents to side-by-side pages."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from bitrans.cli.options import (
    AsJson,
    Beam,
    ComputeType,
    Device,
    Glossary,
    Model,
    Quiet,
    Threads,
    glossary_names,
)
from bitrans.cli.progress import show_progress
from bitrans.cli.table import print_summary
from bitrans.config import load_config
from bitrans.core import Failure
from bitrans.errors import InputError
from bitrans.tools import load_tools


def translate(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Text files, folders of .txt files, or - for standard input.",
            metavar="PATH...",
            show_default=False,
        ),
    ],
    out: Annotated[Path | None, typer.Option(help="Folder for the pages. Default: out.")] = None,
    model: Model = None,
    glossary: Glossary = None,
    device: Device = None,
    compute_type: ComputeType = None,
    threads: Threads = None,
    beam: Beam = None,
    summary: Annotated[
        int | None, typer.Option(help="Segments in each summary. Default: 5.")
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict", help="Exit with 1 when a name is not enforced or a line is doubtful."
        ),
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Translate Arabic documents into side-by-side pages with names enforced.

    Writes a page in HTML, Markdown and JSON for each document, an index.html over all and
    report.json. A reference in references/NAME.en.txt beside NAME.txt is scored against.

    Exit codes: 0 done, 1 done with violations under --strict, 2 usage, 3 bad input or glossary,
    4 engine or model.
    """
    begun = time.monotonic()
    config = load_config(
        {
            "out": None if out is None else str(out),
            "model": model,
            "device": device,
            "glossary": glossary_names(glossary),
            "compute_type": compute_type,
            "threads": threads,
            "beam": beam,
            "summary": summary,
            "strict": strict or None,
        }
    )
    tools = load_tools(config, ahead=["bitrans.publish"])
    from bitrans.publish import publish_paths

    with show_progress(wanted=not (quiet or as_json)) as advance:
        report = publish_paths(paths, Path(config.out), tools, advance=advance)
    for failure in report.failures:
        print(f"bitrans: {failure.message}", file=sys.stderr)
    if as_json:
        from bitrans.render import render_report

        print(render_report(report), end="")
    elif not quiet:
        print_summary(report, Path(config.out), seconds=time.monotonic() - begun)
    _leave(
        report.failures,
        violated=config.strict and bool(report.doubts or report.methods.get("not-enforced")),
    )


def _leave(failures: tuple[Failure, ...], *, violated: bool) -> None:
    if failures:
        raise typer.Exit(InputError.exit_code)
    if violated:
        raise typer.Exit(1)
