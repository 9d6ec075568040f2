"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Model = Annotated[
    str | None,
    typer.Option(help="Model id or folder. Default: the one that comes with bitrans."),
]
Glossary = Annotated[
    list[Path] | None,
    typer.Option(
        help="Glossary file or folder of .tsv files; may be given more than once. "
        "Default: the one that comes with bitrans."
    ),
]
Device = Annotated[str | None, typer.Option(help="auto, cpu or cuda. Default: auto.")]
ComputeType = Annotated[
    str | None,
    typer.Option(
        help="Number format of the engine, such as int8 or float32. "
        "Default: the fastest that the device supports."
    ),
]
Threads = Annotated[int | None, typer.Option(help="Processor threads. Default: all cores.")]
Beam = Annotated[int | None, typer.Option(help="Beam width; 1 is fastest. Default: 4.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def glossary_names(paths: list[Path] | None) -> tuple[str, ...] | None:
    """Glossary options as the settings hold them."""
    return tuple(map(str, paths)) if paths else None
