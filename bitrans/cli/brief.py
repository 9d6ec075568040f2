"""``bitrans brief``: one page in English over many Arabic reports."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from bitrans.briefing import BriefResult, BriefSettings, parse_formats, publish_brief
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
from bitrans.config import load_config
from bitrans.errors import InputError
from bitrans.render import BRIEF_RENDERERS, view_brief
from bitrans.tools import load_tools


def brief(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Arabic documents, folders of them, or - for standard input; "
            "or .json files that translate wrote, and folders of them.",
            metavar="PATH...",
            show_default=False,
        ),
    ],
    length: Annotated[int, typer.Option(help="Key points.", metavar="N")] = 8,
    title: Annotated[str | None, typer.Option(help="Title. Default: from the reports.")] = None,
    formats: Annotated[
        str, typer.Option("--format", help="Which files to write, separated by commas.")
    ] = "html,docx,md,json",
    out: Annotated[Path | None, typer.Option(help="Folder for the brief. Default: out.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Leave out reports before this day.", metavar="YYYY-MM-DD")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Leave out reports after this day.", metavar="YYYY-MM-DD")
    ] = None,
    model: Model = None,
    glossary: Glossary = None,
    device: Device = None,
    compute_type: ComputeType = None,
    threads: Threads = None,
    beam: Beam = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Make one brief in English over Arabic reports, every line beside its Arabic.

    Writes brief.html, brief.docx, brief.md and brief.json. Documents are translated, and their
    side-by-side pages written beside the brief; JSON that translate wrote is used as it is.

    Exit codes: 0 done, 2 usage, 3 bad input or glossary, 4 engine or model.
    """
    begun = time.monotonic()
    settings = BriefSettings(length, title, parse_formats(formats), since, until)
    config = load_config(
        {
            "out": None if out is None else str(out),
            "model": model,
            "device": device,
            "glossary": glossary_names(glossary),
            "compute_type": compute_type,
            "threads": threads,
            "beam": beam,
        }
    )
    with show_progress(wanted=not (quiet or as_json)) as advance:
        result = publish_brief(
            paths, Path(config.out), lambda: load_tools(config), settings, advance=advance
        )
    for line in (*(failure.message for failure in result.failures), *result.notes):
        print(f"bitrans: {line}", file=sys.stderr)
    if as_json:
        print(BRIEF_RENDERERS["json"](result.brief, result.context), end="")
    elif not quiet:
        _print_account(result, seconds=time.monotonic() - begun)
    if result.failures:
        raise typer.Exit(InputError.exit_code)


def _print_account(result: BriefResult, *, seconds: float) -> None:
    brief, view = result.brief, view_brief(result.brief)
    figures = sum(len(group.figures) for group in brief.figures)
    rows = [
        ("reports", f"{len(brief.reports)}, of which {result.translated} translated now"),
        ("sentences", str(sum(len(report.pairs) for report in brief.reports))),
        ("key points", str(len(brief.claims))),
        ("figures", f"{figures} of {len(brief.figures)} things; {len(view.differing)} differ"),
        ("names", str(len(brief.names))),
        ("dates", str(len(brief.moments))),
        ("to check", f"{len(view.flagged)} of {view.flaggable} lines"),
        ("seconds", f"{seconds:.1f}"),
        ("brief", " ".join(map(str, result.files))),
    ]
    if result.failures:
        rows.insert(1, ("not read", str(len(result.failures))))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")
