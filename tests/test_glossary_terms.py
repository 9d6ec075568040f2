from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitrans.core import KINDS
from bitrans.errors import GlossaryError
from bitrans.glossary import terms as terms_module
from bitrans.glossary.terms import (
    COLUMNS,
    FLAGS,
    LINK_SCHEMES,
    STATUSES,
    compute_revision,
    has_arabic,
    load_glossary,
    normalise_form,
)

HEADER = "id\tkind\tarabic\tpreferred\tadmitted\tforbidden\tstatus\tflags\tlinks\tcoordinates"
ALEPPO = "place-aleppo\tplace\tحلب\tAleppo"
KALLASEH = "place-kallaseh\tplace\tالكلاسة\tKallaseh"


def write(folder: Path, *rows: str, name: str = "terms.tsv", header: str = HEADER) -> Path:
    path = folder / name
    path.write_bytes("\n".join([header, *rows, ""]).encode())
    return path


def fail(*paths: Path) -> list[str]:
    with pytest.raises(GlossaryError) as caught:
        load_glossary(paths)
    return str(caught.value).split("\n")


def reasons(*paths: Path) -> list[str]:
    return [fault.split(": ", 1)[1] for fault in fail(*paths)]


def make_row(**cells: str) -> str:
    row = {"id": "x", "kind": "place", "arabic": "حلب", "preferred": "Aleppo"} | cells
    return "\t".join(row.get(name, "") for name in HEADER.split("\t")).rstrip("\t")


def test_reads_every_column(tmp_path: Path) -> None:
    header = "\t".join(COLUMNS)
    row = "\t".join(
        [
            "person-x", "person", "أبو فلان | فلان", "Abu Fulan", "Fulan|the man", "Abu Someone",
            "candidate", "needs-evidence, no-clitic", "wikidata:Q42 https://example.org/x",
            "36.2, -37.15", "a note", "press usage",
        ]
    )  # fmt: skip
    path = write(tmp_path, row, header=header)
    (term,) = load_glossary([path]).terms

    assert term.id == "person-x"
    assert term.kind == "person"
    assert term.arabic == ("أبو فلان", "فلان")
    assert term.preferred == "Abu Fulan"
    assert term.admitted == ("Fulan", "the man")
    assert term.forbidden == ("Abu Someone",)
    assert term.status == "candidate"
    assert term.flags == {"needs-evidence", "no-clitic"}
    assert term.links == ("wikidata:Q42", "https://example.org/x")
    assert term.coordinates == (36.2, -37.15)
    assert term.note == "a note"
    assert term.source == "press usage"
    assert term.where == f"{path.as_posix()}:2"


def test_columns_may_be_few_and_in_any_order(tmp_path: Path) -> None:
    path = write(tmp_path, "Aleppo\tplace-aleppo\tحلب\tplace", header="preferred\tid\tarabic\tkind")
    (term,) = load_glossary([path]).terms

    assert (term.id, term.kind, term.arabic, term.preferred) == (
        "place-aleppo", "place", ("حلب",), "Aleppo",
    )  # fmt: skip
    assert term.status == "approved"
    assert term.flags == frozenset()
    assert term.coordinates is None


def test_blank_lines_comments_and_missing_last_cells_are_tolerated(tmp_path: Path) -> None:
    path = write(tmp_path, "", "# districts", ALEPPO, "  \t ", f"{KALLASEH}\t\t\t\t\t\t\t\t")
    terms = load_glossary([path]).terms

    assert [(term.id, term.where.rsplit(":", 1)[1]) for term in terms] == [
        ("place-aleppo", "4"), ("place-kallaseh", "6"),
    ]  # fmt: skip


def test_comment_before_the_header_is_tolerated(tmp_path: Path) -> None:
    path = write(tmp_path, ALEPPO, header=f"# places\n\n{HEADER}")

    assert load_glossary([path]).terms[0].where.endswith(":4")


def test_byte_order_mark_and_cr_lf_are_tolerated(tmp_path: Path) -> None:
    plain = write(tmp_path, ALEPPO, KALLASEH)
    windows = tmp_path / "windows.tsv"
    windows.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes().replace(b"\n", b"\r\n"))

    assert load_glossary([windows]).revision == load_glossary([plain]).revision


def test_line_separators_inside_a_cell_do_not_end_the_row(tmp_path: Path) -> None:
    path = write(tmp_path, make_row(id="a", forbidden="one\u2028two"), KALLASEH)

    assert load_glossary([path]).terms[1].where.endswith(":3")


def test_folder_is_its_tsv_files_in_order(tmp_path: Path) -> None:
    write(tmp_path, KALLASEH, name="b.tsv")
    write(tmp_path, ALEPPO, name="a.tsv")
    (tmp_path / "notes.txt").write_text("no termbase")
    glossary = load_glossary([tmp_path])

    assert [term.id for term in glossary.terms] == ["place-aleppo", "place-kallaseh"]
    assert [Path(name).name for name in glossary.files] == ["a.tsv", "b.tsv"]


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, ALEPPO)

    assert len(load_glossary([tmp_path, path]).terms) == 1


def test_no_paths_make_an_empty_glossary() -> None:
    glossary = load_glossary([])

    assert glossary.terms == ()
    assert glossary.files == ()


def test_revision_depends_on_content_alone(tmp_path: Path) -> None:
    one = write(tmp_path, ALEPPO, KALLASEH, name="one.tsv")
    other = write(tmp_path, "# moved", KALLASEH, "", ALEPPO, name="other.tsv")
    changed = write(tmp_path, ALEPPO + "\tHaleb", KALLASEH, name="changed.tsv")
    revision = load_glossary([one]).revision

    assert len(revision) == 64
    assert load_glossary([other]).revision == revision
    assert load_glossary([changed]).revision != revision


@pytest.mark.parametrize(
    "cells",
    [
        {"id": "y"}, {"kind": "group"}, {"arabic": "حلب الشهباء"}, {"preferred": "Halab"},
        {"admitted": "Haleb"}, {"forbidden": "Alep"}, {"status": "candidate"}, {"flags": "exact"},
        {"links": "wikidata:Q41183"}, {"coordinates": "36.2,37.1"},
    ],
)  # fmt: skip
def test_revision_sees_every_cell(tmp_path: Path, cells: dict[str, str]) -> None:
    one = load_glossary([write(tmp_path, make_row(), name="one.tsv")])
    other = load_glossary([write(tmp_path, make_row(**cells), name="other.tsv")])

    assert one.revision != other.revision


def test_all_faults_are_listed_at_once_with_file_and_line(tmp_path: Path) -> None:
    first = write(tmp_path, make_row(id=""), make_row(id="a", kind="plaza"), name="a.tsv")
    second = write(tmp_path, make_row(id="b", arabic="Aleppo"), name="b.tsv", header=HEADER)

    assert fail(first, second) == [
        f"{first.as_posix()}:2: id is empty",
        f"{first.as_posix()}:3: unknown kind 'plaza': did you mean 'place'?",
        f"{second.as_posix()}:2: arabic form 'Aleppo' holds no Arabic letter",
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": ""}, "id is empty"),
        ({"arabic": ""}, "arabic is empty"),
        ({"arabic": " | "}, "arabic is empty"),
        ({"preferred": ""}, "preferred is empty"),
        ({"kind": ""}, "kind is empty"),
        ({"id": "a b"}, "id 'a b' holds white space"),
        ({"kind": "persn"}, "unknown kind 'persn': did you mean 'person'?"),
        ({"kind": "Place"}, "unknown kind 'Place': did you mean 'place'?"),
        ({"kind": "zzz"}, f"unknown kind 'zzz'; known are {', '.join(KINDS)}"),
        ({"status": "aproved"}, "unknown status 'aproved': did you mean 'approved'?"),
        ({"status": "ok"}, f"unknown status 'ok'; known are {', '.join(STATUSES)}"),
        ({"flags": "exact,noclitic"}, "unknown flag 'noclitic': did you mean 'no-clitic'?"),
        ({"flags": "??"}, f"unknown flag '??'; known are {', '.join(FLAGS)}"),
        ({"arabic": "حلب|Aleppo"}, "arabic form 'Aleppo' holds no Arabic letter"),
        ({"arabic": "١٢٣"}, "arabic form '١٢٣' holds no Arabic letter"),
        ({"preferred": "Aleppo حلب"}, "preferred 'Aleppo حلب' holds Arabic letters"),
        ({"admitted": "Alep|حلب"}, "admitted 'حلب' holds Arabic letters"),
        ({"preferred": "A|B"}, "preferred is one form: put the others into admitted"),
        ({"preferred": "Alep\u200fpo"}, "preferred holds the invisible character U+200F"),
        ({"admitted": "Alep\x07"}, "admitted holds the invisible character U+0007"),
        ({"forbidden": "Halab|Aleppo"}, "preferred 'Aleppo' is listed as forbidden too"),
        ({"admitted": "Alep", "forbidden": "Alep"}, "admitted 'Alep' is listed as forbidden too"),
        ({"coordinates": "36.2"},
         "coordinates '36.2' are not written as latitude,longitude (36.2,37.15)"),
        ({"coordinates": "36.2;37.1"},
         "coordinates '36.2;37.1' are not written as latitude,longitude (36.2,37.15)"),
        ({"coordinates": "nan,inf"},
         "coordinates 'nan,inf' are not written as latitude,longitude (36.2,37.15)"),
        ({"coordinates": "91,0"}, "coordinates '91,0' lie outside -90..90, -180..180"),
        ({"coordinates": "0,-181"}, "coordinates '0,-181' lie outside -90..90, -180..180"),
        ({"links": "Q41183"}, "link 'Q41183' has no scheme (wikidata:Q41183, https://...)"),
        ({"links": "wikidta:Q4"}, "link 'wikidta:Q4': unknown scheme: did you mean 'wikidata'?"),
        ({"links": "javascript:alert(1)"},
         f"link 'javascript:alert(1)': unknown scheme; known are {', '.join(LINK_SCHEMES)}"),
    ],
)  # fmt: skip
def test_bad_cell_is_named(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    path = write(tmp_path, ALEPPO.replace("حلب", "عفرين"), make_row(**cells))

    assert fail(path) == [f"{path.as_posix()}:3: {reason}"]


@pytest.mark.parametrize(
    "cells",
    [
        {"coordinates": "-90,180"}, {"coordinates": "36 , 37"}, {"flags": "exact, dnt"},
        {"links": "geonames:170063 https://www.wikidata.org/wiki/Q41183"},
        {"status": "deprecated"}, {"flags": ","}, {"admitted": "|Alep|"}, {"preferred": "Café"},
        {"forbidden": "aleppo"},
    ],
)  # fmt: skip
def test_good_cell_is_taken(tmp_path: Path, cells: dict[str, str]) -> None:
    assert len(load_glossary([write(tmp_path, make_row(**cells))]).terms) == 1


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("id\tkind\tarabic\tprefered",
         ["unknown column 'prefered': did you mean 'preferred'?", "missing column 'preferred'"]),
        ("id\tkind\tarabic", ["missing column 'preferred'"]),
        ("id\tid\tkind\tarabic\tpreferred", ["column 'id' stands 2 times"]),
        ("id\tkind\tarabic\tpreferred\tcolour",
         [f"unknown column 'colour'; known are {', '.join(COLUMNS)}"]),
        ("id,kind,arabic,preferred",
         [f"unknown column 'id,kind,arabic,preferred'; known are {', '.join(COLUMNS)}",
          "missing column 'id'", "missing column 'kind'", "missing column 'arabic'",
          "missing column 'preferred'"]),
        ("id\tkind\t\tarabic\tpreferred",
         [f"unknown column ''; known are {', '.join(COLUMNS)}"]),
    ],
)  # fmt: skip
def test_bad_header_is_named(tmp_path: Path, header: str, expected: list[str]) -> None:
    path = write(tmp_path, ALEPPO, header=header)

    assert fail(path) == [f"{path.as_posix()}:1: {reason}" for reason in expected]


def test_empty_columns_at_the_end_are_tolerated(tmp_path: Path) -> None:
    path = write(tmp_path, f"{ALEPPO}\t\t\t", header="id\tkind\tarabic\tpreferred\t\t")

    assert load_glossary([path]).terms[0].preferred == "Aleppo"


def test_more_cells_than_columns(tmp_path: Path) -> None:
    path = write(tmp_path, f"{ALEPPO}\tAlep", header="id\tkind\tarabic\tpreferred")

    assert fail(path) == [f"{path.as_posix()}:2: 5 cells, but the header names 4 columns"]


def test_same_id_in_two_files_names_both_places(tmp_path: Path) -> None:
    one = write(tmp_path, ALEPPO, name="one.tsv")
    other = write(tmp_path, KALLASEH, ALEPPO.replace("حلب", "الشهباء"), name="other.tsv")

    assert fail(one, other) == [
        f"{other.as_posix()}:3: id 'place-aleppo' is taken: {one.as_posix()}:2"
    ]


@pytest.mark.parametrize("other", ["ادلب", "إدلب", "أدلب", "إِدْلِب", "إدلـــب", "ﺇﺩﻟﺐ"])
def test_one_form_in_two_terms_is_a_conflict(tmp_path: Path, other: str) -> None:
    path = write(
        tmp_path,
        make_row(id="a", arabic="إدلب"),
        make_row(id="b", arabic=f"حمص|{other}", preferred="Idlib"),
    )

    assert fail(path) == [
        f"{path.as_posix()}:3: 'ادلب' of 'b' is claimed by 'a' too ({path.as_posix()}:2): "
        "merge them, drop one form, or flag needs-evidence"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"flags": "needs-evidence"}, {"flags": "needs-evidence,no-clitic"}),
        ({"flags": "needs-evidence"}, {"kind": "outlet"}),
        ({"status": "candidate"}, {}),
        ({"status": "deprecated"}, {}),
        ({}, {"arabic": "حلب القديمة"}),
        ({"arabic": "الحلب"}, {}),
        ({"arabic": "حلب|حلَب"}, {"arabic": "حمص"}),
    ],
)
def test_no_conflict(tmp_path: Path, one: dict[str, str], other: dict[str, str]) -> None:
    path = write(tmp_path, make_row(**{"id": "a"} | one), make_row(**{"id": "b"} | other))

    assert len(load_glossary([path]).terms) == 2


def test_one_flag_is_not_enough_for_homographs_of_one_kind(tmp_path: Path) -> None:
    path = write(tmp_path, make_row(id="a", flags="needs-evidence"), make_row(id="b"))

    assert len(fail(path)) == 1


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", "", "the file is empty: its first line must name the columns"),
        (b"\xef\xbb\xbf\n\n# nothing\n", "",
         "the file is empty: its first line must name the columns"),
        (b"id\tkind\nx\xff", ":2", "byte 0xff is not UTF-8: save the file as UTF-8"),
        ("id\tkind".encode("utf-16"), ":1", "a NUL byte: this is no text file in UTF-8"),
        (b"id\n\n\0", ":3", "a NUL byte: this is no text file in UTF-8"),
        ("حلب".encode("cp1256"), ":1", "byte 0xcd is not UTF-8: save the file as UTF-8"),
        (b"PK\x03\x04\0\0", ":1", "a NUL byte: this is no text file in UTF-8"),
    ],
)  # fmt: skip
def test_file_that_is_no_text(tmp_path: Path, content: bytes, line: str, reason: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_bytes(content)

    assert fail(path) == [f"{path.as_posix()}{line}: {reason}"]


def test_carriage_return_inside_a_line(tmp_path: Path) -> None:
    path = write(tmp_path, ALEPPO, f"{KALLASEH}\r{ALEPPO}")

    assert fail(path) == [
        f"{path.as_posix()}:3: a carriage return inside the line: end lines with LF or CR LF"
    ]


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    missing = tmp_path / "no.tsv"

    assert fail(missing, tmp_path) == [
        f"{tmp_path.as_posix()}: the folder holds no .tsv file",
        f"{missing.as_posix()}: cannot be read: No such file or directory",
    ]


def test_file_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, ALEPPO)
    size = path.stat().st_size
    monkeypatch.setattr(terms_module, "MAX_BYTES", size)
    assert len(load_glossary([path]).terms) == 1

    monkeypatch.setattr(terms_module, "MAX_BYTES", size - 1)
    assert reasons(path) == [f"{size} bytes is more than a termbase may have ({size - 1})"]


def test_very_many_faults_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, *["x\ty\tz"] * 1000)
    faults = fail(path)

    assert len(faults) == terms_module.MAX_FAULTS + 1
    assert faults[-1].startswith("... and ")


def test_faults_of_one_file_do_not_hide_those_of_another(tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_bytes(b"\0")
    path = write(tmp_path, make_row(kind="town"))

    assert len(fail(bad, path)) == 2


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("إدلب", "ادلب"), ("  حلب   القديمة ", "حلب القديمه"), ("سوریا", "سوريا"),
        ("بان كى مون", "بان كي مون"), ("حَـلَب", "حلب"), ("حلب\u00a0القديمة", "حلب القديمه"),
    ],
)  # fmt: skip
def test_normalises_forms(form: str, expected: str) -> None:
    assert normalise_form(form) == expected
    assert normalise_form(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("حلب", True), ("Aleppo", False), ("١٢", False), ("،", False), ("a ی", True), ("", False)],
)
def test_knows_arabic_letters(text: str, expected: bool) -> None:
    assert has_arabic(text) is expected


@given(st.binary(max_size=200))
def test_any_bytes_load_or_fail_with_a_glossary_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "any.tsv"
    path.write_bytes(HEADER.encode() + b"\n" + content)
    faults: list[str] = []
    try:
        terms = load_glossary([path]).terms
    except GlossaryError as error:
        faults, terms = str(error).split("\n"), ()

    assert all(fault.startswith((path.as_posix(), "...")) for fault in faults)
    assert all(term.id and term.arabic for term in terms)


CELL = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="|#"), min_size=1)


@given(st.lists(st.tuples(CELL, CELL), max_size=5, unique_by=lambda cells: cells[0]))
def test_revision_does_not_depend_on_the_order_of_rows(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    rows = [
        make_row(id=name, arabic=f"حلب{number}", preferred=f"x{number}", note=note)
        for number, (name, note) in enumerate(cells)
    ]
    one = load_glossary([write(folder, *rows, name="one.tsv")])
    other = load_glossary([write(folder, *reversed(rows), name="other.tsv")])

    assert one.revision == other.revision == compute_revision(reversed(one.terms))
