"""``bitrans glossary mine``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bitrans.cli.options import AsJson, Device, Glossary, Model, glossary_names
from bitrans.cli.wrapping import count, wrap_field
from bitrans.config import load_config
from bitrans.errors import InputError
from bitrans.glossary.editing import plan_additions
from bitrans.glossary.mining import Mined
from bitrans.glossary.mining.candidates import choose_english, make_rows
from bitrans.glossary.terms import load_glossary
from bitrans.render import write_whole
from bitrans.tools import load_engine
from bitrans.upkeep import find_glossary, mine_documents, read_many


def mine(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Documents, folders of .txt files, .json files that translate wrote, or -.",
            metavar="PATH...",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(help="Write candidate rows to this new .tsv file, ready to review."),
    ] = None,
    least: Annotated[int, typer.Option(help="Leave out names met less often.", min=1)] = 1,
    limit: Annotated[int | None, typer.Option(help="Show so many names at most.", min=1)] = None,
    glossary: Glossary = None,
    model: Model = None,
    device: Device = None,
    no_translate: Annotated[
        bool, typer.Option("--no-translate", help="Leave the English out; needs no model.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Find names that have no entry: kind, counts, spellings the model wrote, a suggestion.

    The most useful come first. Rows have status candidate: nothing is enforced until you approve
    it with: bitrans glossary edit ID --set status=approved

    Exit codes: 0 done, 2 usage, 3 bad input or glossary, 4 engine or model.
    """
    config = load_config({"glossary": glossary_names(glossary), "model": model, "device": device})
    termbase = load_glossary(find_glossary(config))
    if out is not None and out.exists():
        raise InputError(f"{out}: is there already; name another file or move it away")
    documents = list(read_many(paths))
    engine = None if no_translate else load_engine(config)
    found = mine_documents(documents, termbase, engine, config)
    found = [mined for mined in found if mined.count >= least][:limit]
    rows = list(make_rows(found, (term.id for term in termbase.terms)))
    if as_json:
        print(json.dumps(_to_json(found, rows), ensure_ascii=False, indent=1))
    else:
        _print(found)
    if out is not None and rows:
        planned = plan_additions([], rows, out)
        write_whole(out, planned.after)
        print(f"{out}: {count(len(rows), 'candidate row')} to review", file=sys.stderr)


def _print(found: Sequence[Mined]) -> None:
    for mined in found:
        forms = " | ".join(form for form, _ in mined.forms.most_common())
        print(f"{forms}  {choose_english(mined)}  ({mined.kind}, {mined.count})")
        if mined.cues:
            cues = (f"{cue} {met}" for cue, met in mined.cues.most_common(3))
            print(wrap_field("after", ", ".join(cues)))
        if mined.spellings:
            spellings = (f"{text} {met}" for text, met in mined.spellings.most_common(5))
            print(wrap_field("written", ", ".join(spellings)))
        print(wrap_field("suggested", f"{mined.suggestion} (vowels guessed)"))
        for context in mined.contexts[:2]:
            print(wrap_field("in", context))
    print(f"{count(len(found), 'name')} without an entry")


def _to_json(found: Sequence[Mined], rows: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {
        "format": "bitrans-mined",
        "version": 1,
        "names": [
            {
                "row": row,
                "forms": dict(mined.forms),
                "count": mined.count,
                "documents": sorted(mined.documents),
                "cues": dict(mined.cues),
                "spellings": dict(mined.spellings),
                "suggestion": mined.suggestion,
                "contexts": mined.contexts,
            }
            for mined, row in zip(found, rows, strict=True)
        ],
    }
