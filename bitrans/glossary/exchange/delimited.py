"""Glossaries as lines of cells: DeepL's CSV and TSV, OmegaT's tab-separated text.

DeepL takes `source,target` or `source,target,source_lang,target_lang` in CSV and two columns in
TSV, no header, each source once and at most 1024 bytes a cell
(https://developers.deepl.com/docs/customize/managing-glossaries). OmegaT takes source, target and
a comment parted by tabs in UTF-8, without quoting; lines that begin with # are passed over.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bitrans.core import Term
from bitrans.glossary.exchange.values import (
    Exported,
    Imported,
    clean_cell,
    count_lost,
    decode_text,
    find_cell_fault,
    make_id,
    stop_at_many,
)
from bitrans.glossary.terms import has_arabic

#: What DeepL allows for one cell, in bytes of UTF-8.
DEEPL_BYTES = 1024
_PAIR = frozenset({"arabic", "preferred"})
_OMEGAT = _PAIR | {"admitted", "note"}
_HEADERS = frozenset({"source", "target", "arabic", "english", "ar", "en", "term", "translation"})
_SHARED = "entries that share their English with another: read again, they are one"
_TAKEN = "forms that another entry has too"


class Line(NamedTuple):
    """One pair of a file, turned so that the Arabic comes first."""

    where: str
    arabic: str
    english: str
    comment: str = ""


def write_csv(terms: Sequence[Term]) -> Exported:
    """DeepL's CSV with language codes: a line for each Arabic form of each approved entry."""
    return _write_deepl(terms, ",", ("ar", "en"))


def write_tsv(terms: Sequence[Term]) -> Exported:
    """DeepL's TSV: a line for each Arabic form of each approved entry."""
    return _write_deepl(terms, "\t", ())


def write_omegat(terms: Sequence[Term]) -> Exported:
    """OmegaT's glossary: the preferred English of each form, admitted English after the first."""
    live = [term for term in terms if term.status == "approved"]
    left_out = _count_statuses(terms)
    taken: set[tuple[str, str]] = set()
    lines = []
    for term in live:
        admitted = term.admitted
        for form in term.arabic:
            if form.startswith("#"):
                left_out["forms that begin with #"] += 1
            elif (form, term.note) in taken:
                left_out[_TAKEN] += 1
            else:
                taken.add((form, term.note))
                for english in (term.preferred, *admitted):
                    lines.append("\t".join((form, english, term.note)).rstrip("\t"))
                admitted = ()
    left_out[_SHARED] += _count_shared([(term.preferred, term.note) for term in live])
    text = "".join(f"{line}\n" for line in lines)
    return Exported(text, len(live), count_lost(live, _OMEGAT), _drop_zeros(left_out))


def read_csv(raw: bytes, name: str) -> Imported:
    """DeepL's CSV, in either direction; lines of one English are one concept.

    :raises GlossaryError: when the bytes are not UTF-8.
    """
    return _read_deepl(raw, name, ",")


def read_tsv(raw: bytes, name: str) -> Imported:
    """DeepL's TSV, in either direction; lines of one English are one concept.

    :raises GlossaryError: when the bytes are not UTF-8.
    """
    return _read_deepl(raw, name, "\t")


def read_omegat(raw: bytes, name: str) -> Imported:
    """OmegaT's glossary: of a form's targets the first is preferred, the others are admitted.

    :raises GlossaryError: when the bytes are not UTF-8.
    """
    faults: list[str] = []
    lines = []
    for number, text in enumerate(decode_text(raw, name).split("\n"), 1):
        if stop_at_many(name, faults):
            break
        row = text.removesuffix("\r")
        if not row.strip() or row.startswith("#"):
            continue
        cells = row.split("\t")
        where = f"{name}:{number}"
        if not 2 <= len(cells) <= 3:
            faults.append(f"{where}: {len(cells)} columns; OmegaT has source, target, comment")
        elif line := _make_line(where, cells[:2], cells[2:3], (), faults):
            lines.append(line)
    return Imported(tuple(_join_targets(lines)), frozenset(_OMEGAT), {}, tuple(faults))


def _write_deepl(terms: Sequence[Term], separator: str, more: tuple[str, ...]) -> Exported:
    live = [term for term in terms if term.status == "approved"]
    left_out = _count_statuses(terms)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    if separator == "\t":
        writer = csv.writer(
            out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
        )
    taken: set[str] = set()
    for term in live:
        for form in term.arabic:
            if max(len(cell.encode()) for cell in (form, term.preferred)) > DEEPL_BYTES:
                left_out[f"forms of more than {DEEPL_BYTES} bytes"] += 1
            elif form in taken:
                left_out[_TAKEN] += 1
            else:
                taken.add(form)
                writer.writerow((form, term.preferred, *more))
    left_out[_SHARED] += _count_shared([(term.preferred, "") for term in live])
    return Exported(out.getvalue(), len(live), count_lost(live, _PAIR), _drop_zeros(left_out))


def _read_deepl(raw: bytes, name: str, separator: str) -> Imported:
    faults: list[str] = []
    left_out: Counter[str] = Counter()
    lines = []
    for where, cells in _split_lines(decode_text(raw, name), name, separator, faults):
        if stop_at_many(name, faults):
            break
        if where == f"{name}:1" and {cell.strip().lower() for cell in cells[:2]} <= _HEADERS:
            left_out["a first line that names the columns"] += 1
        elif len(cells) not in (2, 4):
            faults.append(
                f"{where}: {len(cells)} columns; there must be source,target or "
                "source,target,source_lang,target_lang"
            )
        elif line := _make_line(where, cells[:2], (), cells[2:], faults):
            lines.append(line)
    return Imported(tuple(_join_forms(lines)), _PAIR, dict(left_out), tuple(faults))


def _split_lines(
    text: str, name: str, separator: str, faults: list[str]
) -> Iterator[tuple[str, list[str]]]:
    if separator == "\t":
        for number, row in enumerate(text.split("\n"), 1):
            if row.strip():
                yield f"{name}:{number}", row.removesuffix("\r").split("\t")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        begun = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            faults.append(f"{name}:{begun}: not CSV from here on ({error}); check the quotes")
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield f"{name}:{begun}", cells


def _make_line(
    where: str,
    pair: Sequence[str],
    comment: Sequence[str],
    languages: Sequence[str],
    faults: list[str],
) -> Line | None:
    """A pair with its Arabic first, or None where there is a fault."""
    source, target = map(clean_cell, pair)
    codes = tuple(code.strip().lower().partition("-")[0] for code in languages)
    turned = codes == ("en", "ar") or (not codes and has_arabic(target) and not has_arabic(source))
    arabic, english = (target, source) if turned else (source, target)
    fault = _find_fault(arabic, english, codes)
    note = clean_cell("".join(comment))
    fault = fault or next(filter(None, map(find_cell_fault, (arabic, english, *comment))), "")
    if fault:
        faults.append(f"{where}: {fault}")
        return None
    return Line(where, arabic, english, note)


def _find_fault(arabic: str, english: str, codes: tuple[str, ...]) -> str:
    if codes and codes not in (("ar", "en"), ("en", "ar")):
        return f"languages {', '.join(codes)}: bitrans takes ar and en"
    if not arabic or not english:
        return "an empty cell: source and target must both stand there"
    if not has_arabic(arabic):
        return f"{arabic!r} holds no Arabic letter"
    if has_arabic(english):
        return f"{english!r} holds Arabic letters, and so does its source"
    return ""


def _join_targets(lines: Sequence[Line]) -> Iterator[Term]:
    """Lines of one source and comment as one entry; the first target is preferred."""
    targets: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        targets[line.arabic, line.comment].append(line)
    concepts: dict[tuple[str, str], list[list[Line]]] = defaultdict(list)
    for group in targets.values():
        concepts[group[0].english, group[0].comment].append(group)
    taken: set[str] = set()
    for (preferred, comment), groups in concepts.items():
        others = [line.english for group in groups for line in group if line.english != preferred]
        yield _make_term(
            [group[0] for group in groups], preferred, taken, tuple(dict.fromkeys(others)), comment
        )


def _join_forms(lines: Sequence[Line]) -> Iterator[Term]:
    """Lines of one English as one entry."""
    concepts: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        concepts[line.english].append(line)
    taken: set[str] = set()
    for english, group in concepts.items():
        yield _make_term(group, english, taken)


def _make_term(
    lines: Sequence[Line],
    preferred: str,
    taken: set[str],
    admitted: tuple[str, ...] = (),
    note: str = "",
) -> Term:
    id_ = make_id("other", preferred, taken)
    taken.add(id_)
    forms = tuple(dict.fromkeys(line.arabic for line in lines))
    return Term(id_, "other", forms, preferred, admitted, note=note, where=lines[0].where)


def _count_statuses(terms: Sequence[Term]) -> Counter[str]:
    """Entries that are not enforced and so are not handed on as a glossary."""
    return Counter(f"{term.status} entries" for term in terms if term.status != "approved")


def _count_shared(keys: Sequence[tuple[str, str]]) -> int:
    return sum(count for count in Counter(keys).values() if count > 1)


def _drop_zeros(counts: Counter[str]) -> dict[str, int]:
    return {reason: count for reason, count in counts.items() if count}
