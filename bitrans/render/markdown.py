"""An article in Markdown that reads well raw: each Arabic text on its own line, quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bitrans.core import BilingualDocument
from bitrans.render.scores import ScoreTable, list_signatures, tabulate_scores
from bitrans.render.view import (
    NO_ENGLISH,
    Aside,
    Line,
    Name,
    PageContext,
    count_totals,
    find_arabic_title,
    find_title,
    list_lines,
    list_rows,
    name_source,
)
from bitrans.render.words import one_line

BOLD = "**{}.**"
_SYNTAX = re.compile(r"([\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;))")
_OPENING = re.compile(r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=[#+=-]))")


def render_markdown(bilingual: BilingualDocument, context: PageContext | None = None) -> str:
    """The article in Markdown: totals, summary, then every segment with its Arabic."""
    context = context or PageContext()
    lines = list_lines(bilingual)
    blocks = [
        *_head(bilingual, context, lines),
        *_summary(bilingual, lines),
        *_body(bilingual, lines),
        *_scores(context),
    ]
    return "\n\n".join(blocks) + "\n"


def _head(
    bilingual: BilingualDocument, context: PageContext, lines: Sequence[Line]
) -> Iterator[str]:
    document = bilingual.document
    facts = {
        "Source": f"{escape(name_source(bilingual))} ({escape(document.encoding)})",
        "Dated": escape(document.date or ""),
        "Model": escape(context.model),
        "Glossary": escape(context.glossary),
        "Made": escape(f"{context.created}, bitrans {context.version}" if context.created else ""),
    }
    yield f"# {escape(find_title(bilingual))}"
    yield f"> {escape(find_arabic_title(bilingual))}"
    yield "Machine translation. The Arabic stands under each line."
    yield f"**{' · '.join(count_totals(bilingual, lines).words)}**"
    yield "\n".join(f"- {name}: {fact}" for name, fact in facts.items() if fact)


def _summary(bilingual: BilingualDocument, lines: Sequence[Line]) -> Iterator[str]:
    if bilingual.summary:
        yield "## Summary"
    for index in bilingual.summary:
        yield _word_line(lines[index])


def _body(bilingual: BilingualDocument, lines: Sequence[Line]) -> Iterator[str]:
    yield "## The article"
    for row in list_rows(bilingual, lines):
        if isinstance(row, Aside):
            yield _word_aside(row)
        else:
            yield _word_line(row, prefix="### {}." if row.heading else BOLD)


def _word_line(line: Line, *, prefix: str = BOLD) -> str:
    notes = [f"- **Check:** {escape(doubt.message)}" for doubt in line.pair.doubts]
    notes += [f"- Name {n.words.label}: {escape(n.change)}" for n in line.names if n.change]
    notes += [_word_unenforced(name) for name in line.unenforced]
    english = escape(line.pair.target) or NO_ENGLISH
    blocks = [
        f"{prefix.format(line.number)} {english}",
        f"> {escape(line.pair.segment.text)}",
    ]
    return "\n\n".join([*blocks, "\n".join(notes)] if notes else blocks)


def _word_unenforced(name: Name) -> str:
    return (
        f"- **Name not enforced:** {escape(name.arabic)} should be {escape(name.preferred)}; "
        "the English above may name it otherwise"
    )


def _word_aside(aside: Aside) -> str:
    return f"*Set aside: {escape(aside.reason)}*\n\n> {escape(aside.text)}"


def _scores(context: PageContext) -> Iterator[str]:
    table = tabulate_scores(context.scores)
    if table:
        yield "## Scores"
        yield _word_table(table)
        signatures = list_signatures(context.scores)
        yield "\n".join(
            f"- {escape(metric)}: `{sign.replace('`', ' ')}`" for metric, sign in signatures
        )


def _word_table(table: ScoreTable) -> str:
    rows = [["System", *table.metrics], *([system, *cells] for system, cells in table.rows)]
    texts = ["| " + " | ".join(escape(cell) for cell in row) + " |" for row in rows]
    rule = "|---|" + "---:|" * len(table.metrics)
    return "\n".join([texts[0], rule, *texts[1:]])


def escape(text: str) -> str:
    """``text`` on one line, with what Markdown or HTML would read as syntax kept as text."""
    return _OPENING.sub(r"\1\\", _SYNTAX.sub(r"\\\1", one_line(text)))
