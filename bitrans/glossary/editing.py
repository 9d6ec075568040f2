"""Changes to termbase files: planned as text before and after, checked before they are written.

Nothing here writes. A plan that would bring a fault into the termbase is refused with all faults
that it would bring; faults that were there before do not stand in the way of mending others.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches, unified_diff
from pathlib import Path
from typing import Literal, NamedTuple

from bitrans.errors import GlossaryError, UsageError
from bitrans.glossary.rows import (
    LISTS,
    Table,
    change_row,
    delete_row,
    insert_row,
    make_table,
    parse_table,
    read_cells,
)
from bitrans.glossary.terms import COLUMNS, MAX_BYTES, list_faults, survey_glossary

#: How a diff shows that a file's last line has no LF, so that it can be applied.
_NO_LINE_END = "\n\\ No newline at end of file\n"
_LINE_NUMBER = re.compile(r"(?<=\.tsv):\d+")


class Change(NamedTuple):
    """What to do to one cell: ``set`` all of it, ``add`` an item to its list or ``drop`` one."""

    action: Literal["set", "add", "drop"]
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One file as it stands (None: not there yet) and as it would be; ``line`` counts from 1."""

    path: Path
    before: str | None
    after: str
    line: int

    @property
    def diff(self) -> str:
        """The unified diff, empty where nothing changes."""
        name = self.path.as_posix().lstrip("/")
        lines = unified_diff(
            (self.before or "").splitlines(keepends=True),
            self.after.splitlines(keepends=True),
            f"a/{name}",
            f"b/{name}",
        )
        return "".join(line if line.endswith("\n") else f"{line}{_NO_LINE_END}" for line in lines)


def list_files(paths: Sequence[Path]) -> list[Path]:
    """The termbase files that paths name, each once, folders in sorted order."""
    found = [file for path in paths for file in _expand(path)]
    return list(dict.fromkeys(found))


def read_file(path: Path) -> str:
    """A file's text to the last byte, byte-order mark and carriage returns included.

    :raises GlossaryError: when it cannot be read, is too large or is not UTF-8.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise GlossaryError(f"{path.as_posix()}: cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise GlossaryError(f"{path.as_posix()}: larger than a termbase may be ({MAX_BYTES} bytes)")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        byte = f"0x{raw[error.start]:02x}"
        raise GlossaryError(
            f"{path.as_posix()}:{line}: byte {byte} is not UTF-8: save the file as UTF-8"
        ) from error


def choose_file(paths: Sequence[Path], kind: str, *, into: Path | None) -> Path:
    """Where a new term belongs: the file named, the only file, or the only one of its kind.

    :raises UsageError: when several files might take it.
    """
    files = list_files(paths)
    if into is not None:
        return next((file for file in files if _is_same(file, into)), into)
    fitting = files if len(files) == 1 else [file for file in files if _holds_only(file, kind)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(file.name for file in fitting or files) or "none"
    raise UsageError(f"name the file for the new {kind} with --to; there are {names}")


def plan_additions(
    paths: Sequence[Path],
    rows: Sequence[Mapping[str, str]],
    into: Path,
    *,
    draft: str | None = None,
) -> Edit:
    """Rows, given as cells by column, put into a file, which is made where there is none.

    :param draft: the file's text after other changes to it that are planned.
    :raises UsageError: when there is no such column.
    :raises GlossaryError: with every fault that they would bring in.
    """
    before = read_file(into) if into.exists() else None
    text = before if draft is None else draft
    table = make_table() if text is None else parse_table(text, into.as_posix())
    line = 0
    for row in rows:
        for column, value in row.items():
            check_cell(column, value)
        cells = {column: value.strip() for column, value in row.items() if value.strip()}
        _check_columns(cells, table, into)
        table, index = insert_row(table, cells)
        line = min(line or index + 1, index + 1)
    edit = Edit(into, before, table.text, line)
    check_edits(paths, [edit])
    return edit


def plan_changes(paths: Sequence[Path], changes: Mapping[str, Sequence[Change]]) -> list[Edit]:
    """Cells changed in the rows of some ids, each an edit of its file.

    :raises UsageError: when there is no such id, column or item.
    :raises GlossaryError: with every fault that the changes would bring in.
    """
    tables = {path: _read_table(path) for path in list_files(paths)}
    edits: dict[Path, Edit] = {}
    for id_, wanted in changes.items():
        path, index = _find_row(tables, id_)
        cells = _apply(wanted, read_cells(tables[path], index), id_)
        _check_columns(cells, tables[path], path)
        before = edits[path].before if path in edits else tables[path].text
        tables[path] = change_row(tables[path], index, cells)
        edits[path] = Edit(path, before, tables[path].text, index + 1)
    check_edits(paths, list(edits.values()))
    return list(edits.values())


def plan_removals(paths: Sequence[Path], ids: Sequence[str]) -> list[Edit]:
    """The rows of some ids taken out, each an edit of its file.

    :raises UsageError: when there is no such id.
    """
    tables = {path: _read_table(path) for path in list_files(paths)}
    edits: dict[Path, Edit] = {}
    for id_ in dict.fromkeys(ids):
        path, index = _find_row(tables, id_)
        before = edits[path].before if path in edits else tables[path].text
        tables[path] = delete_row(tables[path], index)
        edits[path] = Edit(path, before, tables[path].text, index + 1)
    check_edits(paths, list(edits.values()))
    return list(edits.values())


def check_edits(paths: Sequence[Path], edits: Sequence[Edit]) -> None:
    """See that edits bring no fault into the termbase.

    :raises GlossaryError: with each fault that was not there before.
    """
    drafts = {edit.path: edit.after for edit in edits}
    alone = [path for path in paths if path.is_file() or list_files([path])]
    known = Counter(_plain(fault) for fault in survey_glossary(alone).faults)
    new = []
    for fault in survey_glossary(alone, drafts=drafts).faults:
        if known[_plain(fault)]:
            known[_plain(fault)] -= 1
        else:
            new.append(fault)
    if new:
        raise GlossaryError(f"nothing was changed, since it would not hold:\n{list_faults(new)}")


def _expand(path: Path) -> list[Path]:
    return sorted(path.glob("*.tsv")) if path.is_dir() else [path]


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.exists() and os.path.samefile(one, other)


def _holds_only(path: Path, kind: str) -> bool:
    table = _read_table(path)
    kinds = {read_cells(table, row.line).get("kind", "") for row in table.list_rows()}
    return kinds == {kind}


def _read_table(path: Path) -> Table:
    return parse_table(read_file(path), path.as_posix())


def _find_row(tables: Mapping[Path, Table], id_: str) -> tuple[Path, int]:
    ids = []
    for path, table in tables.items():
        for row in table.list_rows():
            if row.id == id_:
                return path, row.line
            ids.append(row.id)
    close = get_close_matches(id_, ids, n=3, cutoff=0.6)
    hint = f"; did you mean {' or '.join(close)}?" if close else "; find it with glossary search"
    raise UsageError(f"no entry has the id {id_!r}{hint}")


def _apply(changes: Sequence[Change], cells: Mapping[str, str], id_: str) -> dict[str, str]:
    """The cells that change, with their new content."""
    new: dict[str, str] = {}
    for action, column, value in changes:
        check_cell(column, value)
        if action == "set":
            new[column] = value.strip()
            continue
        if column not in LISTS:
            raise UsageError(f"{column} holds one value: use --set {column}=...")
        sign = LISTS[column]
        items = [item.strip() for item in new.get(column, cells.get(column, "")).split(sign)]
        items = [item for item in items if item]
        if action == "add":
            items += [value.strip()] if value.strip() not in items else []
        elif value.strip() in items:
            items.remove(value.strip())
        else:
            raise UsageError(f"{id_}: {column} has no {value.strip()!r}; it has {items or 'none'}")
        new[column] = sign.join(items)
    return new


def check_cell(column: str, value: str) -> None:
    """See that a value can be a cell of a column.

    :raises UsageError: when there is no such column, or the value holds tabs or line ends.
    """
    if column not in COLUMNS:
        close = get_close_matches(column, COLUMNS, n=1)
        hint = f"; did you mean {close[0]}?" if close else f"; there are {', '.join(COLUMNS)}"
        raise UsageError(f"no column {column!r}{hint}")
    if re.search(r"[\t\n\r]", value):
        raise UsageError(f"{column} {value!r} holds a tab or a line end")


def _check_columns(cells: Mapping[str, str], table: Table, path: Path) -> None:
    for column in cells:
        if column not in table.columns:
            raise UsageError(
                f"{path.as_posix()}: the file has no column {column!r}; put it into the first line"
            )


def _plain(fault: str) -> str:
    """A fault without its line numbers, which an edit above it moves."""
    return _LINE_NUMBER.sub("", fault)
