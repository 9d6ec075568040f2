"""``bitrans glossary add``, ``edit`` and ``remove``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from bitrans.cli.options import Glossary, glossary_names
from bitrans.config import load_config
from bitrans.core import KINDS, Kind, Term
from bitrans.errors import UsageError
from bitrans.glossary.editing import (
    Change,
    Edit,
    choose_file,
    plan_additions,
    plan_changes,
    plan_removals,
)
from bitrans.glossary.rows import make_cells
from bitrans.render import write_whole
from bitrans.upkeep import find_glossary

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Write nothing; print the diff of what would change.")
]
_CELL = "COLUMN=VALUE"


def add(
    id_: Annotated[
        str, typer.Argument(help="Id: the kind, then the name: place-aleppo.", metavar="ID")
    ],
    kind: Annotated[str, typer.Option(help=f"One of {', '.join(KINDS)}.")],
    arabic: Annotated[list[str], typer.Option(help="Arabic form; the usual one first.")],
    preferred: Annotated[str, typer.Option(help="The English to use.")],
    admitted: Annotated[list[str] | None, typer.Option(help="Other right English.")] = None,
    forbidden: Annotated[list[str] | None, typer.Option(help="Wrong English.")] = None,
    cells: Annotated[
        list[str] | None,
        typer.Option("--set", help="Any other cell: --set note=town.", metavar=_CELL),
    ] = None,
    to: Annotated[Path | None, typer.Option(help="The file it goes into.")] = None,
    glossary: Glossary = None,
    dry_run: DryRun = False,
) -> None:
    """Add an entry where its id sorts; no other line changes.

    A change that would make the termbase invalid is refused with all faults.

    Exit codes: 0 done, 2 usage, 3 refused.
    """
    if kind not in KINDS:
        raise UsageError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
    paths = _find_paths(glossary)
    known: Kind = next(known for known in KINDS if known == kind)
    term = Term(id_, known, tuple(arabic), preferred, tuple(admitted or ()), tuple(forbidden or ()))
    row = make_cells(term)
    row |= {change.column: change.value for change in _parse_cells(cells, "set")}
    planned = plan_additions(paths, [row], choose_file(paths, kind, into=to))
    _finish([planned], "added", [id_], dry_run=dry_run)


def edit(
    id_: Annotated[str, typer.Argument(help="Id of the entry.", metavar="ID")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="Put this into a cell; empty clears it.", metavar=_CELL),
    ] = None,
    add_: Annotated[
        list[str] | None,
        typer.Option("--add", help="Add to a list: --add admitted='Alep'.", metavar=_CELL),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", help="Take out of a list: --drop flags=exact.", metavar=_CELL),
    ] = None,
    glossary: Glossary = None,
    dry_run: DryRun = False,
) -> None:
    """Change cells of an entry; all other bytes of the file stay.

    Columns: id, kind, arabic, preferred, admitted, forbidden, status, flags, links, coordinates,
    note, source. A change that would make the termbase invalid is refused with all faults.

    Exit codes: 0 done, 2 usage, 3 refused.
    """
    changes = [
        *_parse_cells(set_, "set"), *_parse_cells(drop, "drop"), *_parse_cells(add_, "add")
    ]  # fmt: skip
    if not changes:
        raise UsageError("say what to change: --set, --add or --drop")
    _finish(plan_changes(_find_paths(glossary), {id_: changes}), "changed", [id_], dry_run=dry_run)


def remove(
    ids: Annotated[
        list[str], typer.Argument(help="Ids of entries.", metavar="ID...", show_default=False)
    ],
    glossary: Glossary = None,
    dry_run: DryRun = False,
) -> None:
    """Take entries out; all other lines stay.

    Exit codes: 0 done, 2 no such entry, 3 bad glossary.
    """
    _finish(plan_removals(_find_paths(glossary), ids), "removed", ids, dry_run=dry_run)


def write_edits(edits: Sequence[Edit], *, dry_run: bool) -> None:
    """Write planned edits, each file whole, or print their diffs."""
    for planned in edits:
        if dry_run:
            print(planned.diff, end="")
        elif planned.after != planned.before:
            # Through a link to the file itself, which is then still a link.
            write_whole(planned.path.resolve(), planned.after, remedy="see that you may write it")


def _finish(edits: Sequence[Edit], done: str, ids: Sequence[str], *, dry_run: bool) -> None:
    write_edits(edits, dry_run=dry_run)
    if dry_run:
        return
    for planned in edits:
        if planned.after == planned.before:
            print(f"{planned.path.as_posix()}:{planned.line}: already so")
        else:
            print(f"{planned.path.as_posix()}:{planned.line}: {done} {', '.join(ids)}")


def _find_paths(glossary: Glossary) -> list[Path]:
    return find_glossary(load_config({"glossary": glossary_names(glossary)}))


def _parse_cells(
    cells: Sequence[str] | None, action: Literal["set", "add", "drop"]
) -> list[Change]:
    changes = []
    for cell in cells or ():
        column, sign, value = cell.partition("=")
        if not sign:
            raise UsageError(f"--{action} {cell}: write {_CELL}")
        changes.append(Change(action, column.strip(), value))
    return changes
