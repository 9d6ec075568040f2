"""``bitrans glossary explain``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from bitrans.cli.options import AsJson, Device, Glossary, Model, glossary_names
from bitrans.cli.wrapping import count, wrap_field, wrap_text
from bitrans.config import load_config
from bitrans.core import BilingualDocument
from bitrans.glossary.explaining import Account
from bitrans.glossary.terms import load_glossary
from bitrans.tools import load_tools
from bitrans.upkeep import Explained, explain_subject, find_glossary, read_subject

_OUTCOMES = {
    "found": ("+", "found"),
    "turned-down": ("-", "no name here"),
    "not-approved": ("?", "not matched"),
    "near": ("~", "near miss"),
}


def explain(
    subject: Annotated[
        str,
        typer.Argument(
            help="A document, a .json file that translate wrote, - for standard input, or an "
            "Arabic text itself.",
            metavar="FILE|TEXT",
            show_default=False,
        ),
    ],
    glossary: Glossary = None,
    model: Model = None,
    device: Device = None,
    no_translate: Annotated[
        bool, typer.Option("--no-translate", help="Leave the English out; needs no model.")
    ] = False,
    entry: Annotated[
        list[str] | None, typer.Option(help="Only this entry's id; may be given more than once.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say for each name why it was found or turned down, and what it became in English.

    Marks: + found, - a look-alike that a rule turned down, ? an entry that is not approved,
    ~ one letter from a name, after a word of its kind.

    Exit codes: 0 done, 2 usage, 3 bad input or glossary, 4 engine or model.
    """
    config = load_config({"glossary": glossary_names(glossary), "model": model, "device": device})
    termbase = load_glossary(find_glossary(config))
    found = read_subject(subject)
    translated = isinstance(found, BilingualDocument)
    tools = None if translated or no_translate else load_tools(config)
    explained = explain_subject(found, termbase, tools)
    if as_json:
        print(json.dumps(_to_json(explained, entry), ensure_ascii=False, indent=1))
    else:
        _print(explained, entry)


def _print(explained: Sequence[Explained], ids: list[str] | None) -> None:
    counts: Counter[str] = Counter()
    for one in explained:
        accounts = _select(one, ids)
        counts.update(account.outcome for account in accounts)
        if not accounts:
            continue
        print(wrap_text(f"{one.segment.index + 1}. {one.segment.text}"))
        if one.pair is not None:
            print(wrap_text(one.pair.target, indent="   "))
        for account in accounts:
            _print_account(one, account)
        print()
    told = ", ".join(
        f"{counts[outcome]} {words}" for outcome, (_, words) in _OUTCOMES.items() if counts[outcome]
    )
    segments = count(len(explained), "segment")
    print(f"{segments}: {told or 'no name of the termbase, nor anything like one'}")


def _print_account(one: Explained, account: Account) -> None:
    match = account.match
    sign, words = _OUTCOMES[account.outcome]
    print(f"  {sign} {match.text}  {match.term.preferred}  ({match.term.id})")
    print(wrap_field(words, account.why, column=14))
    if match.form != match.text:
        print(wrap_field("form", match.form, column=14))
    if match.prefix:
        print(wrap_field("taken off", match.prefix, column=14))
    if account.outcome != "found" or one.pair is None:
        return
    step = one.find_step(account)
    if step is None:
        print(wrap_field("English", "unknown: translated with another glossary", column=14))
    else:
        stands = f"“{step.target.slice(one.pair.target)}”, " if step.target else ""
        print(wrap_field("English", f"{stands}{step.method}: {step.why}", column=14))


def _select(one: Explained, ids: list[str] | None) -> list[Account]:
    return [account for account in one.accounts if not ids or account.match.term.id in ids]


def _to_json(explained: Sequence[Explained], ids: list[str] | None) -> dict[str, Any]:
    return {
        "format": "bitrans-explain",
        "version": 1,
        "segments": [
            {
                "index": one.segment.index,
                "arabic": one.segment.text,
                "english": one.pair and one.pair.target,
                "names": [_account_to_json(one, account) for account in _select(one, ids)],
            }
            for one in explained
        ],
    }


def _account_to_json(one: Explained, account: Account) -> dict[str, Any]:
    match, step = account.match, one.find_step(account)
    return {
        "outcome": account.outcome,
        "why": account.why,
        "entry": match.term.id,
        "preferred": match.term.preferred,
        "span": list(match.span),
        "text": match.text,
        "form": match.form,
        "prefix": match.prefix,
        "evidence": match.evidence,
        "method": step and step.method,
        "method_why": step and step.why,
        "target": step and step.target and list(step.target),
    }
