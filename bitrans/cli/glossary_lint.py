"""``bitrans glossary lint``."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Annotated

import typer

from bitrans.cli.options import AsJson, Glossary, glossary_names
from bitrans.cli.wrapping import count
from bitrans.config import load_config
from bitrans.glossary.lint import Finding, lint_glossary, lint_usage
from bitrans.upkeep import count_in_paths, find_glossary


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Texts to look the entries up in: files, folders of .txt files, or -.",
            metavar="[PATH]...",
            show_default=False,
        ),
    ] = None,
    glossary: Glossary = None,
    rule: Annotated[
        list[str] | None, typer.Option(help="Show only this rule; may be given more than once.")
    ] = None,
    unused: Annotated[
        bool, typer.Option("--unused", help="List entries that no text uses, not just count them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check the termbase: clashes, differing spellings, kinds, common words, unused entries.

    Faults stand as file:line: level: reason [rule]. With texts, entries that are common words
    there are shown with their counts, and entries that none of the texts uses are counted.

    Exit codes: 0 no errors (there may be warnings), 1 errors, 2 usage, 3 a text cannot be read.
    """
    files = find_glossary(load_config({"glossary": glossary_names(glossary)}))
    survey, findings = lint_glossary(files)
    if paths and survey.terms:
        findings += lint_usage(survey.terms, count_in_paths(paths, survey.terms))
    wanted = [found for found in findings if not rule or found.rule in rule]
    errors = sum(found.level == "error" for found in wanted)
    if as_json:
        print(_to_json(wanted, len(survey.terms)))
    else:
        shown = [found for found in wanted if unused or rule or found.rule != "unused"]
        for found in shown:
            print(found)
        _print_summary(wanted, len(survey.terms), len(survey.files))
    if errors:
        raise typer.Exit(1)


def _print_summary(findings: list[Finding], terms: int, files: int) -> None:
    levels = Counter(found.level for found in findings)
    rules = Counter(found.rule for found in findings)
    counts = ", ".join(f"{met} {name}" for name, met in sorted(rules.items()))
    entries = f"{terms} {'entry' if terms == 1 else 'entries'}"
    told = f"{count(levels['error'], 'error')}, {count(levels['warning'], 'warning')}"
    print(
        f"{entries} in {count(files, 'file')}: {told}{f' ({counts})' if counts else ''}",
        file=sys.stderr,
    )


def _to_json(findings: list[Finding], terms: int) -> str:
    return json.dumps(
        {
            "format": "bitrans-lint",
            "version": 1,
            "entries": terms,
            "findings": [
                {
                    "where": found.where,
                    "level": found.level,
                    "rule": found.rule,
                    "id": found.id or None,
                    "reason": found.reason,
                }
                for found in findings
            ],
        },
        ensure_ascii=False,
        indent=1,
    )
