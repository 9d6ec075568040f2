"""Round trips through the formats of others, and files made to do harm."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bitrans.core import KINDS, Term
from bitrans.errors import GlossaryError, UsageError
from bitrans.glossary.exchange import READERS, WRITERS, export_terms, import_file
from bitrans.glossary.exchange import values as values_module
from bitrans.glossary.exchange.merging import merge_terms
from bitrans.glossary.exchange.values import Imported
from bitrans.glossary.terms import FLAGS

ENDINGS = {"csv": ".csv", "tsv": ".tsv", "omegat": ".txt", "tbx2": ".tbx", "tbx3": ".tbx"}
FULL = Term(
    "48/lands", "place", ("أراضي 48", "عرب 48"), "1948 lands", ("48 lands", "<1948> & lands"),
    ("land \"48\"",), "candidate", frozenset({"exact", "dnt"}),
    ("wikidata:Q42", "pcode:SY02", "https://example.org/a?b=1&c"), (36.2, -37.15),
    "a note, with; signs", "press usage",
)  # fmt: skip
PLAIN = Term("place-aleppo", "place", ("حلب", "الشهباء"), "Aleppo")


def carry(terms: list[Term], form: str, folder: Path) -> Imported:
    """Terms written in a format and read again."""
    path = folder / f"x{ENDINGS[form]}"
    path.write_text(export_terms(terms, form).text, encoding="utf-8")
    imported = import_file(path, None)
    assert imported.faults == ()
    return imported


def bare(terms: object) -> list[Term]:
    return [replace(term, where="") for term in terms]  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", ["tbx2", "tbx3"])
def test_tbx_holds_everything(form: str, tmp_path: Path) -> None:
    terms = [FULL, PLAIN, replace(PLAIN, id="x", status="deprecated", forbidden=("Halep",))]
    assert bare(carry(terms, form, tmp_path).terms) == terms
    assert export_terms(terms, form).lost == {}


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_deepl_holds_forms_and_english_and_says_what_it_does_not(form: str, tmp_path: Path) -> None:
    terms = [replace(FULL, status="approved"), PLAIN]
    found = carry(terms, form, tmp_path)
    assert [(term.arabic, term.preferred) for term in found.terms] == [
        (term.arabic, term.preferred) for term in terms
    ]
    assert export_terms([*terms, replace(FULL, id="y")], form).lost == {
        "id": 2, "kind": 2, "admitted": 1, "forbidden": 1, "flags": 1, "links": 1,
        "coordinates": 1, "note": 1, "source": 1,
    }  # fmt: skip
    assert export_terms([FULL], form).left_out == {"candidate entries": 1}


def test_deepls_rows_are_as_it_takes_them() -> None:
    terms = [
        Term("a", "place", ("حلب", "حلب،", "ح" * 600), 'Aleppo, "the grey"'),
        Term("b", "place", ("حلب",), "Halab"),
    ]
    exported = export_terms(terms, "csv")
    assert exported.text == (
        'حلب,"Aleppo, ""the grey""",ar,en\nحلب،,"Aleppo, ""the grey""",ar,en\n'
    )
    assert exported.left_out == {
        "forms of more than 1024 bytes": 1, "forms that another entry has too": 1,
    }  # fmt: skip
    assert export_terms(terms[1:], "tsv").text == "حلب\tHalab\n"


def test_omegat_holds_admitted_forms_and_the_note(tmp_path: Path) -> None:
    terms = [
        Term("a", "place", ("حلب", "الشهباء"), "Aleppo", ("Halab",), note="a city"),
        Term("b", "place", ("الباب",), "al-Bab"),
    ]
    exported = export_terms(terms, "omegat")
    assert exported.text == (
        "حلب\tAleppo\ta city\nحلب\tHalab\ta city\nالشهباء\tAleppo\ta city\nالباب\tal-Bab\n"
    )
    found = carry(terms, "omegat", tmp_path).terms
    assert [(t.arabic, t.preferred, t.admitted, t.note) for t in found] == [
        (t.arabic, t.preferred, t.admitted, t.note) for t in terms
    ]


def test_entries_of_one_english_come_back_as_one_and_that_is_said(tmp_path: Path) -> None:
    terms = [PLAIN, replace(PLAIN, id="b", arabic=("مدينة حلب",))]
    assert export_terms(terms, "csv").left_out == {
        "entries that share their English with another: read again, they are one": 2
    }
    (found,) = carry(terms, "csv", tmp_path).terms
    assert found.arabic == ("حلب", "الشهباء", "مدينة حلب")


LATIN = st.text(
    st.characters(codec="ascii", categories=["L", "N", "P", "S"], exclude_characters="|#"),
    min_size=1, max_size=12,
)  # fmt: skip
ARABIC = st.text(st.sampled_from("ابتثجحخدرسشصعفقكلمنهوي ءَّ،-\"'"), max_size=12).map(
    lambda text: re.sub(" +", " ", f"ح{text}ب")
)
WORDS = st.lists(LATIN, min_size=1, max_size=3).map(" ".join)
LINKS = st.sampled_from(
    ["wikidata:Q1", "geonames:22", "pcode:SY02", "https://a.org/?x=1&y=<2>", "ocha:x"]
)
ALL = sorted(FLAGS)


@st.composite
def make_terms(draw: st.DrawFn) -> list[Term]:
    """Sound entries whose forms and English are their own."""
    count = draw(st.integers(1, 4))
    english = draw(st.lists(WORDS, min_size=4 * count, max_size=4 * count, unique=True))
    arabic = draw(st.lists(ARABIC, min_size=2 * count, max_size=2 * count, unique=True))
    ids = draw(st.lists(LATIN, min_size=count, max_size=count, unique=True))
    place = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
    return [
        Term(
            ids[n], draw(st.sampled_from(KINDS)), tuple(arabic[2 * n : 2 * n + 2]),
            english[4 * n], tuple(english[4 * n + 1 : 4 * n + 3]), (english[4 * n + 3],),
            draw(st.sampled_from(["approved", "candidate", "deprecated"])),
            frozenset(draw(st.sets(st.sampled_from(ALL)))),
            tuple(draw(st.lists(LINKS, unique=True, max_size=3))), draw(st.none() | place),
            draw(st.just("") | WORDS), draw(st.just("") | WORDS),
        )
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["tbx2", "tbx3"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(terms=make_terms())
def test_any_entries_come_back_from_tbx(form: str, tmp_path: Path, terms: list[Term]) -> None:
    assert bare(carry(terms, form, tmp_path).terms) == terms


@pytest.mark.parametrize("form", ["csv", "tsv", "omegat"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(terms=make_terms())
def test_any_pairs_come_back_from_rows(form: str, tmp_path: Path, terms: list[Term]) -> None:
    terms = [replace(term, status="approved") for term in terms]
    found = {(t.preferred, t.arabic) for t in carry(terms, form, tmp_path).terms}
    assert found == {(t.preferred, t.arabic) for t in terms}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.sampled_from(sorted(READERS)), content=st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(form: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        faults = import_file(path, form).faults
    except GlossaryError as error:
        faults = tuple(str(error).split("\n"))
    assert all(fault.startswith(path.as_posix()) for fault in faults)


def read(tmp_path: Path, name: str, content: str | bytes) -> Imported:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_file(path, None)


def test_pairs_are_turned_so_that_the_arabic_comes_first(tmp_path: Path) -> None:
    content = "\ufeffsource,target\r\nHoms,حمص\r\nHoms,حِمص,en,ar\r\nحلب,Aleppo,ar-SY,EN-GB\r\n\r\n"
    found = read(tmp_path, "x.csv", content)
    assert [(term.arabic, term.preferred) for term in found.terms] == [
        (("حمص", "حِمص"), "Homs"), (("حلب",), "Aleppo"),
    ]  # fmt: skip
    assert found.left_out == {"a first line that names the columns": 1}


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("x.csv", "حلب\n", ":1: 1 columns"),
        ("x.csv", "حلب,Aleppo,note\n", ":1: 3 columns"),
        ("x.csv", "حلب,Aleppo\n,x\n", ":2: an empty cell"),
        ("x.csv", "Homs,Homs\n", ":1: 'Homs' holds no Arabic letter"),
        ("x.csv", "حلب,حلب\n", ":1: 'حلب' holds Arabic letters, and so does its source"),
        ("x.csv", "حلب,Alep,ar,fr\n", ":1: languages ar, fr: bitrans takes ar and en"),
        ("x.csv", "حلب,a|b\n", ":1: 'a|b' holds |"),
        ("x.csv", 'حلب,Aleppo\nحمص,"Homs\n', ":2: not CSV from here on"),
        ("x.csv", "حلب," + "a" * 3000, ":1: a cell of 3000 characters"),
        ("x.csv", "حلب,a\x01b\n", ":1: holds the control character U+0001"),
        ("x.tsv", "حلب\n", ":1: 1 columns"),
        ("x.txt", "# a comment\nحلب\n", ":2: 1 columns; OmegaT has source, target, comment"),
        ("x.txt", "حلب\tAleppo\ta\tb\n", ":1: 4 columns"),
    ],
)
def test_bad_rows_are_named_with_their_line(
    tmp_path: Path, name: str, content: str, fault: str
) -> None:
    found = read(tmp_path, name, content)
    assert [f.removeprefix((tmp_path / name).as_posix())[: len(fault)] for f in found.faults] == [
        fault
    ]


def test_very_many_bad_rows_end_the_reading(tmp_path: Path) -> None:
    for name in ("x.csv", "x.tsv", "x.txt"):
        faults = read(tmp_path, name, "x\n" * 100_000).faults
        assert len(faults) == values_module.MAX_FAULTS + 1
        assert faults[-1].endswith("so many faults that the rest was not read")


MARTIF = '<martif type="TBX"><text><body>{}</body></text></martif>'
ENTRY = (
    '<termEntry id="{id}"><langSet xml:lang="ar"><tig><term>{ar}</term></tig></langSet>'
    '<langSet xml:lang="en-GB"><tig><term>{en}</term></tig></langSet></termEntry>'
)
BOMB = '<!DOCTYPE martif [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"{BOMB}]>{MARTIF.format('&j;')}", ":1: the document type declares something"),
        (
            '<!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + MARTIF.format("&x;"),
            ":1: the document type declares something",
        ),
        (
            '<!DOCTYPE martif [<!ENTITY % x SYSTEM "http://localhost:9/x"> %x;]>' + MARTIF,
            ":1: the document type declares something",
        ),
        (
            f'<!DOCTYPE martif [<!ATTLIST a b CDATA "{"x" * 9999}">]>' + MARTIF.format("<a/>" * 99),
            ":1: the document type declares something",
        ),
        ('<!DOCTYPE martif SYSTEM "file:///etc/passwd">' + MARTIF.format("&x;"),
         ":1: no well-formed XML: undefined entity"),
        ("<martif>" + "<a>" * 100_000, ":1: nested more than 40 deep"),
        (MARTIF.format("<termEntry>" + "<note/>" * 9999 + "</termEntry>"),
         ":1: an entry of endless length"),
        (MARTIF.format("<termEntry>"), ":1: no well-formed XML"),
        ("<html/>", ": <html> is no TBX"),
        ("", ":1: no well-formed XML"),
        (b"\x00\x01\x02", ":1: no well-formed XML"),
        ("<?xml version='1.0' encoding='klingon'?><martif/>", ": cannot be decoded"),
        ("حلب".encode("cp1256"), ":1: no well-formed XML"),
        (MARTIF.format(ENTRY.format(id="a", ar="x", en="y") * 300), ":1: 'x' holds no Arabic"),
    ],
)  # fmt: skip
def test_hostile_or_broken_tbx_is_refused(
    tmp_path: Path, content: str | bytes, reason: str
) -> None:
    with pytest.raises(GlossaryError) as caught:
        read(tmp_path, "x.tbx", content)
    assert str(caught.value).startswith(f"{(tmp_path / 'x.tbx').as_posix()}{reason}")


def test_a_document_type_that_only_names_itself_is_passed_over(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core//EN" "TBXcdv04.dtd">\n'
    entry = ENTRY.format(id="a", ar="حلب", en="Aleppo")
    (term,) = read(tmp_path, "x.tbx", doctype + MARTIF.format(entry)).terms
    assert (term.id, term.arabic, term.preferred, term.kind) == ("a", ("حلب",), "Aleppo", "other")
    assert term.where.endswith("x.tbx:2")


def test_what_other_programs_write_is_understood(tmp_path: Path) -> None:
    entry = """<termEntry>
      <descrip>a city</descrip><descrip type="context">seen in the news</descrip>
      <xref type="externalCrossReference" target="https://www.wikidata.org/wiki/Q41183">x</xref>
      <langSet xml:lang="en"><tig><term>Alep</term>
        <termNote type="administrativeStatus">forbidden</termNote></tig>
       <ntig><termGrp><term>Halab</term></termGrp></ntig>
       <tig><term> Aleppo
         city</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
      </langSet>
      <langSet xml:lang="ar"><tig><term>حلب</term><note from="translator">north</note>
        <termNote type="translationNote">no</termNote></tig></langSet>
      <langSet xml:lang="fr"><tig><term>Alep</term></tig></langSet></termEntry>
      <termEntry id="b"><langSet xml:lang="ar"><tig><term/></tig></langSet></termEntry>"""
    found = read(tmp_path, "x.tbx", MARTIF.format(entry))
    (term,) = found.terms
    assert (term.id, term.preferred) == ("other-aleppo-city", "Aleppo city")
    assert (term.admitted, term.forbidden) == (("Halab",), ("Alep",))
    assert (term.note, term.links, term.flags) == ("a city; north", ("wikidata:Q41183",), {"dnt"})
    assert found.left_out == {
        "terms in fr": 1, "descrip context": 1, "entries without Arabic": 1,
    }  # fmt: skip


def test_ids_that_come_twice_are_a_fault(tmp_path: Path) -> None:
    entry = ENTRY.format(id="a", ar="حلب", en="Aleppo")
    found = read(tmp_path, "x.tbx", MARTIF.format(f"{entry}\n{entry}"))
    assert [fault.rpartition(":2: ")[2] for fault in found.faults] == ["id 'a' is taken in line 1"]


def test_tbx3_is_of_the_basic_dialect() -> None:
    root = ET.fromstring(export_terms([FULL], "tbx3").text.encode())
    space = "{urn:iso:std:iso:30042:ed-2}"
    assert (root.tag, root.get("type"), root.get("style")) == (f"{space}tbx", "TBX-Basic", "dca")
    types = {(found.tag.removeprefix(space), found.get("type")) for found in root.iter()}
    assert {pair for pair in types if pair[1]} == {
        ("tbx", "TBX-Basic"), ("descrip", "subjectField"), ("descrip", "definition"),
        ("admin", "source"), ("xref", "externalCrossReference"),
        ("termNote", "administrativeStatus"),
    }  # fmt: skip
    targets = [found.get("target") for found in root.iter(f"{space}xref")]
    assert targets == ["https://www.wikidata.org/entity/Q42", "https://example.org/a?b=1&c"]


def test_large_and_missing_files_and_unknown_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bitrans.glossary.exchange.MAX_BYTES", 10)
    with pytest.raises(GlossaryError, match="which no glossary needs"):
        read(tmp_path, "x.csv", "حلب,Aleppo\n")
    with pytest.raises(GlossaryError, match="cannot be read: No such file"):
        import_file(tmp_path / "none.csv", None)
    with pytest.raises(UsageError, match="the name does not tell the format"):
        import_file(tmp_path / "x.doc", None)


@pytest.mark.parametrize("form", list(WRITERS))
def test_what_was_exported_is_known_when_it_comes_back(form: str, tmp_path: Path) -> None:
    terms = [
        PLAIN, replace(FULL, status="approved"), replace(PLAIN, id="z", arabic=("مدينة حلب",)),
    ]  # fmt: skip
    merged = merge_terms(carry(terms, form, tmp_path), terms, kind=None, status=None)
    assert (merged.new, merged.changed) == ((), ())


def test_merging_adds_changes_and_names(tmp_path: Path) -> None:
    found = read(tmp_path, "x.csv", "حلب,Aleppo\nحلب الشهباء,Aleppo\nحمص,Homs\n")
    merged = merge_terms(found, [PLAIN], kind="place", status="candidate")
    assert [(term.id, term.kind, term.status) for term in merged.new] == [
        ("place-homs", "place", "candidate")
    ]
    ((old, new),) = merged.changed
    assert (old, new.arabic) == (PLAIN, ("حلب", "الشهباء", "حلب الشهباء"))
