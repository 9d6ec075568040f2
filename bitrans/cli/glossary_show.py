"""``bitrans glossary show`` and ``search``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from bitrans.cli.options import AsJson, Glossary, glossary_names
from bitrans.cli.wrapping import pad, wrap_field
from bitrans.config import load_config
from bitrans.core import Term
from bitrans.glossary.rows import make_cells
from bitrans.glossary.searching import find_ids, search_terms
from bitrans.glossary.terms import load_glossary
from bitrans.upkeep import find_glossary


def show(
    ids: Annotated[
        list[str], typer.Argument(help="Ids of entries.", metavar="ID...", show_default=False)
    ],
    glossary: Glossary = None,
    as_json: AsJson = False,
) -> None:
    """Show entries whole, with the file and line where they stand.

    Exit codes: 0 done, 2 no such entry, 3 bad glossary.
    """
    terms = find_ids(_load(glossary), ids)
    if as_json:
        print(_to_json(terms))
        return
    for number, term in enumerate(terms):
        print(f"{chr(10) if number else ''}{term.id}  ({term.where})")
        for column, cell in make_cells(term).items():
            if cell and column != "id":
                print(wrap_field(column, cell.replace("|", " | "), indent=2, column=12))


def search(
    words: Annotated[
        str, typer.Argument(help="Arabic, English or part of an id.", show_default=False)
    ],
    glossary: Glossary = None,
    kind: Annotated[str | None, typer.Option(help="Only entries of this kind.")] = None,
    limit: Annotated[int, typer.Option(help="How many entries at most.", min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """Find entries: Arabic however it is spelt, English with its misspellings, ids.

    Exit codes: 0 found, 1 nothing found, 2 usage, 3 bad glossary.
    """
    terms = search_terms(_load(glossary), words, kind=kind)
    if as_json:
        print(_to_json(terms[:limit]))
    else:
        for term in terms[:limit]:
            print(f"{pad(term.id, 34)} {pad(term.preferred, 28)} {term.arabic[0]}")
        if len(terms) > limit:
            print(f"... and {len(terms) - limit} more: raise --limit or say more")
    if not terms:
        print(f"bitrans: nothing found for {words}", file=sys.stderr)
        raise typer.Exit(1)


def _load(glossary: Glossary) -> Sequence[Term]:
    return load_glossary(find_glossary(load_config({"glossary": glossary_names(glossary)}))).terms


def _to_json(terms: Sequence[Term]) -> str:
    cells = [{**make_cells(term), "where": term.where} for term in terms]
    return json.dumps(cells, ensure_ascii=False, indent=1)
