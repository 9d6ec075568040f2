"""Changes to termbase files touch only the rows meant, and never break the termbase."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.core import Term
from bitrans.errors import GlossaryError, UsageError
from bitrans.glossary.editing import (
    Change,
    choose_file,
    plan_additions,
    plan_changes,
    plan_removals,
)
from bitrans.glossary.rows import insert_row, make_cells, parse_table
from bitrans.glossary.terms import COLUMNS, load_glossary

#: A file with everything that must survive: a byte-order mark, comments, blanks, spaces, CR LF.
ODD = (
    "\ufeff# places of Aleppo\r\n"
    "id\tkind\tarabic\tpreferred\tadmitted\tnote\r\n"
    "\r\n"
    "place-b \t place\tالباب\t al-Bab \t\tx\r\n"
    "# the next has few cells\r\n"
    "place-d\tplace\tدمشق\tDamascus\r\n"
    "place-f\tplace\tحمص\tHoms\tHims|Emesa\t"
)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.tsv"
    path.write_bytes(ODD.encode())
    return path


def make_row(id_: str, arabic: str = "إدلب", preferred: str = "Idlib") -> dict[str, str]:
    cells = make_cells(Term(id_, "place", (arabic,), preferred))
    return {name: cell for name, cell in cells.items() if name != "status"}


@pytest.mark.parametrize(
    ("id_", "line"), [("place-a", 4), ("place-c", 5), ("place-e", 7), ("place-g", 8)]
)
def test_a_new_row_goes_where_its_id_sorts_and_nothing_else_changes(
    odd: Path, id_: str, line: int
) -> None:
    edit = plan_additions([odd], [make_row(id_)], odd)
    row = f"{id_}\tplace\tإدلب\tIdlib\t\t\r"
    before, after = ODD.split("\n"), edit.after.split("\n")
    assert edit.line == line
    assert after[line - 1] == row
    assert [*after[: line - 1], *after[line:]] == (before if id_ != "place-g" else [*before, ""])
    assert load_glossary([odd])  # planning writes nothing
    assert odd.read_bytes().decode() == ODD


def test_in_a_file_that_is_not_sorted_a_row_goes_behind_those_like_it() -> None:
    table = parse_table("id\tkind\nplace-z\tx\nperson-a\tx\nplace-b\tx\nperson-c\tx\n", "t")
    after, index = insert_row(table, {"id": "place-a", "kind": "x"})
    assert index == 4
    assert after.text == (
        "id\tkind\nplace-z\tx\nperson-a\tx\nplace-b\tx\nplace-a\tx\nperson-c\tx\n"
    )


def test_a_file_that_is_not_there_is_begun_with_all_columns(tmp_path: Path) -> None:
    path = tmp_path / "new.tsv"
    edit = plan_additions([], [make_row("place-b"), make_row("place-a", "حلب", "Aleppo")], path)
    assert edit.before is None
    assert edit.after.split("\n")[0].split("\t") == list(COLUMNS)
    assert [line.split("\t")[0] for line in edit.after.split("\n")[1:]] == [
        "place-a",
        "place-b",
        "",
    ]


def test_changing_a_cell_keeps_all_other_bytes(odd: Path) -> None:
    changes = [
        Change("set", "preferred", "Bab"), Change("add", "admitted", "Al Bab"),
    ]  # fmt: skip
    (edit,) = plan_changes([odd], {"place-b": changes})
    assert edit.after == ODD.replace("\t al-Bab \t\tx", "\tBab\tAl Bab\tx")
    (short,) = plan_changes([odd], {"place-d": [Change("set", "note", "capital")]})
    assert short.after == ODD.replace("Damascus\r", "Damascus\t\tcapital\r")


def test_items_are_added_once_and_dropped(odd: Path) -> None:
    (edit,) = plan_changes([odd], {"place-f": [Change("add", "admitted", "Hims")]})
    assert edit.after == ODD
    assert edit.diff == ""
    changes = [Change("drop", "admitted", "Hims"), Change("add", "admitted", "Hums")]
    (edit,) = plan_changes([odd], {"place-f": changes})
    assert edit.after == ODD.replace("Hims|Emesa", "Emesa|Hums")


def test_removing_takes_one_line_out(odd: Path) -> None:
    (edit,) = plan_removals([odd], ["place-d"])
    assert edit.after == ODD.replace("place-d\tplace\tدمشق\tDamascus\r\n", "")
    assert [line for line in edit.diff.split("\n") if line[:1] == "-"][1:] == [
        "-place-d\tplace\tدمشق\tDamascus\r"
    ]


def test_a_diff_can_be_applied(odd: Path) -> None:
    (edit,) = plan_changes([odd], {"place-f": [Change("set", "note", "x")]})
    assert edit.diff.endswith(
        "-place-f\tplace\tحمص\tHoms\tHims|Emesa\t\n\\ No newline at end of file\n"
        "+place-f\tplace\tحمص\tHoms\tHims|Emesa\tx\n\\ No newline at end of file\n"
    )
    assert edit.diff.startswith(f"--- a{odd.as_posix()}\n+++ b{odd.as_posix()}\n@@")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (make_row("place-x", "البَاب"), "claimed by 'place-b'"),
        (make_row("place-b"), "id 'place-b' is taken"),
        (make_row("place-x", "Latin"), "holds no Arabic letter"),
        (make_row("place x"), "holds white space"),
        ({**make_row("place-x"), "kind": "town"}, "unknown kind 'town'"),
    ],
)
def test_what_would_break_the_termbase_is_refused(
    odd: Path, row: dict[str, str], reason: str
) -> None:
    with pytest.raises(GlossaryError, match=reason):
        plan_additions([odd], [row], odd)


@pytest.mark.parametrize(
    ("id_", "change", "reason"),
    [
        ("place-q", Change("set", "note", "x"), "no entry has the id 'place-q'; did you mean"),
        ("place-b", Change("set", "notes", "x"), "no column 'notes'; did you mean note"),
        ("place-b", Change("set", "links", "x:y"), "the file has no column 'links'"),
        ("place-b", Change("set", "note", "a\tb"), "holds a tab or a line end"),
        ("place-b", Change("add", "note", "x"), "note holds one value"),
        ("place-f", Change("drop", "admitted", "Homs"), "admitted has no 'Homs'"),
    ],
)
def test_what_cannot_be_done_is_said(odd: Path, id_: str, change: Change, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        plan_changes([odd], {id_: [change]})


def test_faults_that_were_there_do_not_stand_in_the_way_of_mending(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text("id\tkind\tarabic\tpreferred\na\ttown\tحلب\tAleppo\nb\tcity\tحمص\tHoms\n")
    (edit,) = plan_changes([path], {"a": [Change("set", "kind", "place")]})
    assert "a\tplace" in edit.after
    with pytest.raises(GlossaryError, match="nothing was changed"):
        plan_changes([path], {"a": [Change("set", "preferred", "")]})


def test_the_file_for_a_new_entry(tmp_path: Path) -> None:
    header = "id\tkind\tarabic\tpreferred\n"
    (tmp_path / "people.tsv").write_text(header + "p\tperson\tفلان\tFulan\n", encoding="utf-8")
    (tmp_path / "places.tsv").write_text(header + "q\tplace\tحلب\tAleppo\n", encoding="utf-8")
    assert choose_file([tmp_path], "person", into=None) == tmp_path / "people.tsv"
    with pytest.raises(UsageError, match="name the file for the new event with --to"):
        choose_file([tmp_path], "event", into=None)
    assert choose_file([tmp_path], "event", into=tmp_path / "x.tsv") == tmp_path / "x.tsv"
    assert choose_file([tmp_path / "people.tsv"], "event", into=None) == tmp_path / "people.tsv"


CELL = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|#"), min_size=1)


@given(st.lists(CELL, min_size=1, max_size=6, unique=True), CELL)
def test_a_row_put_in_and_taken_out_leaves_the_file_as_it_was(ids: list[str], new: str) -> None:
    rows = "".join(f"{id_}\tx\n" for id_ in sorted(ids))
    table = parse_table(f"id\tkind\n{rows}", "t")
    after, index = insert_row(table, {"id": new, "kind": "x"})
    found = [row.id for row in after.list_rows()]
    assert found == sorted(found)
    lines = after.text.split("\n")
    assert "\n".join([*lines[:index], *lines[index + 1 :]]) == table.text
