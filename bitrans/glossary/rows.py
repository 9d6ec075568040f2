"""A termbase file as lines: rows put in, changed or taken out with all other bytes as they were.

A file is never parsed and written again as a whole, so that comments, blank lines, spaces around
cells and line ends stay, and a diff shows only the rows that were touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from bitrans.core import Term
from bitrans.errors import GlossaryError
from bitrans.glossary.terms import COLUMNS, FLAGS

LISTS = {"arabic": "|", "admitted": "|", "forbidden": "|", "flags": ",", "links": " "}


class Row(NamedTuple):
    """A row's id and the place of its line, counted from 0."""

    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """The lines of a file without their LF, the columns and the line that names them."""

    lines: tuple[str, ...]
    columns: tuple[str, ...]
    header: int

    @property
    def text(self) -> str:
        """The file's text, to the last byte."""
        return "\n".join(self.lines)

    def list_rows(self) -> list[Row]:
        """The rows in order."""
        return list(_list_rows(self))


def parse_table(text: str, name: str) -> Table:
    """A file's text as a table; ``name`` stands in an error.

    :raises GlossaryError: when no line names the columns.
    """
    lines = tuple(text.split("\n"))
    for index, line in enumerate(lines):
        if _holds_cells(line):
            columns = tuple(cell.strip() for cell in _split(line))
            return Table(lines, columns, index)
    raise GlossaryError(f"{name}: no line names the columns; begin with {COLUMNS[0]}, ...")


def make_table() -> Table:
    """A new file with all columns and no row."""
    return Table(("\t".join(COLUMNS), ""), COLUMNS, 0)


def make_cells(term: Term) -> dict[str, str]:
    """A term as the cells of its row, by column.

    >>> make_cells(Term("place-x", "place", ("حلب", "الشهباء"), "Aleppo"))["arabic"]
    'حلب|الشهباء'
    """
    place = term.coordinates
    return {
        "id": term.id, "kind": term.kind, "arabic": "|".join(term.arabic),
        "preferred": term.preferred, "admitted": "|".join(term.admitted),
        "forbidden": "|".join(term.forbidden), "status": term.status,
        "flags": ",".join(flag for flag in FLAGS if flag in term.flags),
        "links": " ".join(term.links),
        "coordinates": f"{place[0]},{place[1]}" if place else "",
        "note": term.note, "source": term.source,
    }  # fmt: skip


def insert_row(table: Table, cells: Mapping[str, str]) -> tuple[Table, int]:
    """The table with one more row where its id sorts, and the place of the new line.

    In a file that is not sorted the row goes behind the last one whose id begins alike.
    """
    assert set(cells) <= set(table.columns), cells
    line = "\t".join(cells.get(column, "") for column in table.columns)
    ending = "\r" if table.lines[table.header].endswith("\r") else ""
    index = _find_place(table, cells["id"])
    lines = [*table.lines[:index], line + ending, *table.lines[index:]]
    if index == len(table.lines):
        lines.append("")
    return replace(table, lines=tuple(lines)), index


def change_row(table: Table, index: int, cells: Mapping[str, str]) -> Table:
    """The table with some cells of one row exchanged; its other cells keep their bytes."""
    line = table.lines[index]
    ending = "\r" if line.endswith("\r") else ""
    found = _split(line)
    found += [""] * (max(map(table.columns.index, cells), default=0) + 1 - len(found))
    for column, value in cells.items():
        found[table.columns.index(column)] = value
    lines = [*table.lines]
    lines[index] = "\t".join(found) + ending
    return replace(table, lines=tuple(lines))


def delete_row(table: Table, index: int) -> Table:
    """The table without one line."""
    return replace(table, lines=(*table.lines[:index], *table.lines[index + 1 :]))


def read_cells(table: Table, index: int) -> dict[str, str]:
    """The cells of one line, by column; those missing at its end are empty."""
    found = [cell.strip() for cell in _split(table.lines[index])]
    found += [""] * (len(table.columns) - len(found))
    return dict(zip(table.columns, found, strict=False))


def _list_rows(table: Table) -> Iterator[Row]:
    at = table.columns.index("id") if "id" in table.columns else 0
    for index in range(table.header + 1, len(table.lines)):
        if _holds_cells(table.lines[index]):
            cells = _split(table.lines[index])
            yield Row(cells[at].strip() if at < len(cells) else "", index)


def _find_place(table: Table, id_: str) -> int:
    rows = table.list_rows()
    ids = [row.id for row in rows]
    if not rows:
        return len(table.lines) - (not table.lines[-1])
    if ids == sorted(ids):
        before = [row for row in rows if row.id < id_]
        return before[-1].line + 1 if before else rows[0].line
    alike = max(rows, key=lambda row: (_count_common(row.id, id_), row.line))
    return alike.line + 1


def _count_common(one: str, other: str) -> int:
    """How many parts of two ids, parted by hyphens, are the same from the start."""
    count = 0
    for left, right in zip(one.split("-"), other.split("-"), strict=False):
        if left != right:
            break
        count += 1
    return count


def _holds_cells(line: str) -> bool:
    row = line.removeprefix("\ufeff")
    return bool(row.strip()) and not row.startswith("#")


def _split(line: str) -> list[str]:
    return line.removeprefix("\ufeff").removesuffix("\r").split("\t")
