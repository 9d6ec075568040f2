"""``bitrans evaluate``: translate and score in one go, with the glossary and without."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bitrans.cli.options import (
    AsJson,
    ComputeType,
    Device,
    Glossary,
    Model,
    Threads,
    glossary_names,
)
from bitrans.cli.progress import show_progress
from bitrans.cli.scored import FailUnder, Html, find_shortfalls, read_limits, show_evaluation
from bitrans.config import load_config
from bitrans.evaluation import evaluate_paths
from bitrans.tools import load_tools


def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(help="Arabic text files or folders.", metavar="PATH...", show_default=False),
    ],
    references: Annotated[
        Path | None,
        typer.Option(
            help="Folder of English references, NAME.en.txt for NAME.txt. "
            "Default: references/ beside each document."
        ),
    ] = None,
    model: Model = None,
    glossary: Glossary = None,
    device: Device = None,
    compute_type: ComputeType = None,
    threads: Threads = None,
    beam: Annotated[int | None, typer.Option(help="Beam width; 1 is fastest. Default: 4.")] = None,
    fail_under: FailUnder = None,
    intervals: Annotated[
        int, typer.Option(help="Resamples of the 95 % intervals; 0 for none.", min=0)
    ] = 1000,
    html: Html = None,
    as_json: AsJson = False,
) -> None:
    """Translate documents and score them, with the glossary and without: what does it change?

    One decoding serves both: enforcing comes after it. Each difference is tested.

    Exit codes: 0 done, 1 a --fail-under limit was missed, 2 usage, 3 bad input or glossary,
    4 engine or model.
    """
    limits = read_limits(fail_under or [])
    config = load_config(
        {
            "model": model,
            "device": device,
            "glossary": glossary_names(glossary),
            "compute_type": compute_type,
            "threads": threads,
            "beam": beam,
        }
    )
    tools = load_tools(config)
    with show_progress(wanted=not as_json) as advance:
        found = evaluate_paths(
            paths, tools, references=references, intervals=intervals, advance=advance
        )
    shortfalls = find_shortfalls(found, limits)
    show_evaluation(found, html=html, as_json=as_json)
    for line in shortfalls:
        print(f"bitrans: {line}", file=sys.stderr)
    if shortfalls:
        raise typer.Exit(1)
