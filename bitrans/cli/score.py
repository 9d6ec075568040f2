"""``bitrans score``: translations against references, and against another version."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bitrans.cli.options import AsJson, Glossary, glossary_names
from bitrans.cli.scored import FailUnder, Html, find_shortfalls, read_limits, show_evaluation
from bitrans.evaluation import score_briefs, score_paths


def score(
    hypotheses: Annotated[
        Path,
        typer.Argument(
            help="What to score: text, TSV, TMX or the JSON of translate, or a folder of them.",
            show_default=False,
        ),
    ],
    references: Annotated[
        Path, typer.Argument(help="The English references, likewise.", show_default=False)
    ],
    baseline: Annotated[
        Path | None, typer.Option(help="Another version of the same documents to compare with.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(help="The Arabic, a line for each line, where the translation lacks it."),
    ] = None,
    glossary: Glossary = None,
    fail_under: FailUnder = None,
    align: Annotated[
        bool, typer.Option("--align", help="Align lines even where both sides have as many.")
    ] = False,
    intervals: Annotated[
        int, typer.Option(help="Resamples of the 95 % intervals; 0 for none.", min=0)
    ] = 1000,
    brief: Annotated[
        bool, typer.Option("--brief", help="Score summaries: ROUGE, redundancy, coverage.")
    ] = False,
    html: Html = None,
    as_json: AsJson = False,
) -> None:
    """Score translations against references: BLEU, chrF++, TER, terms, names, numbers.

    With --baseline every difference is tested, by segment and by document.

    Exit codes: 0 done, 1 a --fail-under limit was missed, 2 usage, 3 bad input.
    """
    limits = read_limits(fail_under or [])
    if brief:
        found = score_briefs(hypotheses, references)
    else:
        found = score_paths(
            hypotheses,
            references,
            baseline=baseline,
            source=source,
            glossary=glossary_names(glossary),
            align=align,
            intervals=intervals,
        )
    shortfalls = find_shortfalls(found, limits)
    show_evaluation(found, html=html, as_json=as_json)
    for line in shortfalls:
        print(f"bitrans: {line}", file=sys.stderr)
    if shortfalls:
        raise typer.Exit(1)
