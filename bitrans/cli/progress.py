"""A progress bar for long work, on standard error and only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def show_progress(*, wanted: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Gives a function of document, segments done and segments known that moves the bar."""
    if not wanted or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("segments"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def advance(name: str, done: int, known: int) -> None:
            progress.update(task, description=name[:40], completed=done, total=known)

        yield advance
