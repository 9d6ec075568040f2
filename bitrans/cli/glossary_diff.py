"""``bitrans glossary diff``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bitrans.cli.options import AsJson, Device, Model
from bitrans.cli.wrapping import count, wrap_field, wrap_text
from bitrans.config import load_config
from bitrans.core import Term
from bitrans.glossary.comparing import Comparison, compare_terms
from bitrans.glossary.exchange.merging import list_differences
from bitrans.glossary.rows import make_cells
from bitrans.glossary.terms import load_glossary
from bitrans.tools import load_engine
from bitrans.upkeep import Impact, find_impact


def diff(
    old: Annotated[Path, typer.Argument(help="Termbase file or folder.", show_default=False)],
    new: Annotated[Path, typer.Argument(help="Termbase file or folder.", show_default=False)],
    impact: Annotated[
        list[str] | None,
        typer.Option(help="Show which sentences of this file or folder would change."),
    ] = None,
    model: Model = None,
    device: Device = None,
    as_json: AsJson = False,
) -> None:
    """Compare two termbases, field by field, and what the change does to documents.

    With --impact the documents are translated once and the names enforced with both termbases.

    Exit codes: 0 done, same or not, 2 usage, 3 bad input or glossary, 4 engine or model.
    """
    before, after = load_glossary([old]), load_glossary([new])
    found = compare_terms(before.terms, after.terms)
    impacts: list[Impact] | None = None
    if impact:
        config = load_config({"model": model, "device": device})
        engine = load_engine(config)
        impacts = list(find_impact(before, after, impact, config, engine))
    if as_json:
        print(json.dumps(_to_json(found, impacts), ensure_ascii=False, indent=1))
        return
    _print_terms(found)
    if impacts is not None:
        _print_impacts(impacts)


def _print_terms(found: Comparison) -> None:
    for term in found.added:
        print(f"+ {term.id}: {' | '.join(term.arabic)} = {term.preferred}")
    for term in found.removed:
        print(f"- {term.id}: {' | '.join(term.arabic)} = {term.preferred}")
    for old, new in found.changed:
        print(f"~ {new.id}")
        for column, before, after in _list_cells(old, new):
            print(wrap_field(column, f"{before or '(empty)'} -> {after or '(empty)'}", column=13))
    print(f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed")


def _print_impacts(impacts: Sequence[Impact]) -> None:
    print()
    for one in impacts:
        print(f"{one.document_id}, segment {one.segment.index + 1}  ({', '.join(one.ids)})")
        print(wrap_text(one.segment.text, indent="    "))
        print(wrap_field("-", one.before, indent=2, column=2))
        print(wrap_field("+", one.after, indent=2, column=2))
        print()
    print(f"{count(len(impacts), 'sentence')} would change")


def _list_cells(old: Term, new: Term) -> list[tuple[str, str, str]]:
    before, after = make_cells(old), make_cells(new)
    return [(name, before[name], after[name]) for name in list_differences(old, new)]


def _to_json(found: Comparison, impacts: Sequence[Impact] | None) -> dict[str, Any]:
    return {
        "format": "bitrans-glossary-diff",
        "version": 1,
        "added": [make_cells(term) for term in found.added],
        "removed": [make_cells(term) for term in found.removed],
        "changed": [
            {"id": new.id, "fields": {name: [a, b] for name, a, b in _list_cells(old, new)}}
            for old, new in found.changed
        ],
        "impact": impacts
        and [
            {
                "document": one.document_id,
                "segment": one.segment.index,
                "entries": list(one.ids),
                "arabic": one.segment.text,
                "before": one.before,
                "after": one.after,
            }
            for one in impacts
        ],
    }
