"""``bitrans glossary import`` and ``export``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from bitrans.cli.glossary_edit import DryRun, write_edits
from bitrans.cli.options import Glossary, glossary_names
from bitrans.cli.wrapping import wrap_text
from bitrans.config import load_config
from bitrans.core import KINDS, Kind, TermStatus
from bitrans.errors import GlossaryError, UsageError
from bitrans.glossary.editing import Change, plan_additions, plan_changes
from bitrans.glossary.exchange import READERS, WRITERS, export_terms, import_file
from bitrans.glossary.exchange.merging import Merge, list_differences, merge_terms
from bitrans.glossary.rows import make_cells
from bitrans.glossary.terms import STATUSES, list_faults, load_glossary, survey_glossary
from bitrans.render import write_whole
from bitrans.upkeep import find_glossary


def import_(
    file: Annotated[
        Path, typer.Argument(help="A glossary of another program.", show_default=False)
    ],
    to: Annotated[Path, typer.Option(help="The termbase file it goes into, made if need be.")],
    form: Annotated[
        str | None,
        typer.Option("--format", help=f"{', '.join(READERS)}. Default: by the file's name."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="Kind of entries that come without one. Default: other.")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(help="Status of what comes in: approved, candidate (to be reviewed)."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Change entries that differ, in place of refusing.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Take in a glossary: DeepL's CSV or TSV, TBX v2 or v3, OmegaT's tab-separated text.

    Entries already there are passed over. One fault stops the import: every fault is listed as
    file:line: reason and nothing is written.

    Exit codes: 0 done, 2 usage, 3 faults.
    """
    _check_words(form, kind, status)
    imported = import_file(file, form)
    _tell(f"{file.name}: left out", imported.left_out)
    if imported.faults:
        raise GlossaryError(list_faults(imported.faults))
    if not imported.terms:
        raise GlossaryError(f"{file.as_posix()}: no entry with Arabic and English in it")
    existing = survey_glossary([to]).terms if to.exists() else ()
    merged = merge_terms(imported, existing, kind=_as_kind(kind), status=_as_status(status))
    if merged.changed and not update:
        raise GlossaryError(list_faults(_describe_clashes(merged)))
    _write(merged, to, dry_run=dry_run)
    done = f"{len(merged.new)} added, {len(merged.changed)} changed, {merged.known} already there"
    print(f"{to.as_posix()}: {done}{' (nothing written)' if dry_run else ''}", file=sys.stderr)


def export(
    form: Annotated[str, typer.Option("--format", help=f"One of {', '.join(WRITERS)}.")],
    out: Annotated[
        Path | None, typer.Option(help="The file to write. Default: standard output.")
    ] = None,
    glossary: Glossary = None,
) -> None:
    """Write the termbase for another program.

    csv and tsv are as DeepL takes them, omegat is OmegaT's glossary, tbx2 is TBX v2 (martif, for
    Weblate) and tbx3 TBX v3 (TBX-Basic, DCA). What the format cannot hold is told, by field.

    Exit codes: 0 done, 2 usage, 3 bad glossary.
    """
    if form not in WRITERS:
        raise UsageError(f"unknown format {form!r}; known are {', '.join(WRITERS)}")
    terms = load_glossary(find_glossary(load_config({"glossary": glossary_names(glossary)}))).terms
    exported = export_terms(terms, form)
    if out is None:
        sys.stdout.write(exported.text)
    else:
        write_whole(out, exported.text)
    _tell(f"{form} cannot hold, of {exported.entries} entries", exported.lost)
    _tell("left out", exported.left_out)
    name = "standard output" if out is None else out.as_posix()
    print(f"{name}: {exported.entries} entries", file=sys.stderr)


def _write(merged: Merge, to: Path, *, dry_run: bool) -> None:
    """Changes and new rows in one edit, so that all of it is written or nothing."""
    paths = [to] if to.exists() else []
    edits = []
    if merged.changed:
        changes = {old.id: _list_changes(old.id, merged) for old, _ in merged.changed}
        edits = plan_changes(paths, changes)
    if merged.new:
        rows = [make_cells(term) for term in merged.new]
        draft = edits[0].after if edits else None
        edits = [plan_additions(paths, rows, to, draft=draft)]
    write_edits(edits, dry_run=dry_run)


def _list_changes(id_: str, merged: Merge) -> list[Change]:
    ((old, new),) = [pair for pair in merged.changed if pair[0].id == id_]
    cells = make_cells(new)
    return [Change("set", name, cells[name]) for name in list_differences(old, new)]


def _describe_clashes(merged: Merge) -> list[str]:
    return [
        f"{new.where if new.where != old.where else old.where}: {old.id!r} is there already with "
        f"other {', '.join(list_differences(old, new))}; --update takes what is imported"
        for old, new in merged.changed
    ]


def _check_words(form: str | None, kind: str | None, status: str | None) -> None:
    for name, value, known in (
        ("format", form, (*READERS, "tbx2", "tbx3")),
        ("kind", kind, KINDS),
        ("status", status, STATUSES),
    ):
        if value is not None and value not in known:
            raise UsageError(f"unknown {name} {value!r}; known are {', '.join(known)}")


def _as_kind(kind: str | None) -> Kind | None:
    return next((known for known in KINDS if known == kind), None)


def _as_status(status: str | None) -> TermStatus | None:
    return next((known for known in STATUSES if known == status), None)


def _tell(what: str, counts: Mapping[str, int]) -> None:
    if counts:
        told = ", ".join(f"{name} {count}" for name, count in Counter(counts).most_common())
        print(wrap_text(f"{what}: {told}"), file=sys.stderr)
