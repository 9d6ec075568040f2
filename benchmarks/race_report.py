"""The measurements of the race as tables of ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

#: Where the tables go in a page.
BEGIN, END = "<!-- race: begin -->", "<!-- race: end -->"
FLOOR = "floor"

Json = Mapping[str, Any]


def render_report(report: Json) -> str:
    """The tables as Markdown."""
    parts = [_about(report)]
    for beam, warm in report["warm"].items():
        parts.append(_table_speed(report, warm, beam))
        parts.append(_table_memory(report, warm, beam))
    parts += [_table_cold(report), _table_growth(report["growth"])]
    if "quality" in report:
        parts.append(_table_quality(report["quality"]))
    if report.get("left_out"):
        lines = "\n".join(f"- {line}" for line in report["left_out"])
        parts.append(f"**Left out**, shown as —:\n\n{lines}")
    for name, why in report["lost"].items():
        parts.append(f"{name} did not finish: {' '.join(why.split())[-200:]}")
    return "\n\n".join(part for part in parts if part)


def write_between(page: Path, tables: str) -> None:
    """Put the tables between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"{page}: has no {BEGIN} and {END}")
    page.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


def _about(report: Json) -> str:
    quick = " A quick run on little text: it shows that the race works, no more." * report["quick"]
    return (
        f"{report['threads']} threads, {report['device']}, {report['compute_type']}; medians of "
        f"{report['repeats']} interleaved runs (one of the larger texts: {report['text']}).{quick}"
    )


def _table_speed(report: Json, warm: Json, beam: str) -> str:
    texts = list(report["texts"])
    rows = []
    for name, runs in warm.items():
        cells = []
        for text in texts:
            words = report["texts"][text]["words"]
            own, floor = runs.get(text), warm.get(FLOOR, {}).get(text)
            cells.append(_word_speed(words, own, floor))
        rows.append([name, *cells])
    head = f"**Warm, beam {beam}**: source words a second, and the share of the floor's speed."
    return f"{head}\n\n{_table(['', *texts], rows)}"


def _word_speed(words: int, own: Json | None, floor: Json | None) -> str:
    if own is None:
        return "—"
    speed = f"{words / own['seconds']:,.0f}"
    return f"{speed} ({floor['seconds'] / own['seconds']:.2f})" if floor else speed


def _table_memory(report: Json, warm: Json, beam: str) -> str:
    texts = list(report["texts"])
    rows = []
    for name, runs in warm.items():
        cells = []
        for text in texts:
            own, floor = runs.get(text), warm.get(FLOOR, {}).get(text)
            peak = f"{own['peak'] / 1024:,.0f}" if own else "—"
            cells.append(f"{peak} ({own['peak'] / floor['peak']:.2f})" if own and floor else peak)
        rows.append([name, *cells])
    head = f"**Peak memory, beam {beam}**, in MiB so far, and as a multiple of the floor's."
    return f"{head}\n\n{_table(['', *texts], rows)}"


def _table_cold(report: Json) -> str:
    cold = report["cold"]
    floor = cold.get(FLOOR)
    rows = [
        [
            name,
            f"{times['ready']:.2f}",
            f"{times['first']:.2f}",
            f"{times['first'] / floor['first']:.2f}" if floor else "—",
            f"{report['pages'][name]:.1f}" if name in report["pages"] else "—",
        ]
        for name, times in cold.items()
    ]
    head = "**Cold**: seconds from the start of the process."
    names = ["", "ready", "first English", "floors", "articles to pages"]
    return f"{head}\n\n{_table(names, rows)}"


def _table_growth(growth: Json) -> str:
    rows = [
        ["time", *(f"{one['ratio']:.2f}" for one in growth.values())],
        ["peak memory, MiB", *(f"{one['peak'] / 1024:,.0f}" for one in growth.values())],
    ]
    head = "**Growth** of bitrans with its glossary over the articles, repeated."
    return f"{head}\n\n{_table(['', *growth], rows)}"


def _table_quality(quality: Json) -> str:
    rows = [
        [name, *(f"{scores[metric]['value']:.1f}" for metric in ("BLEU", "chrF++"))]
        for name, scores in sorted(quality.items(), key=lambda it: -it[1]["chrF++"]["value"])
    ]
    own = next(iter(quality.values()))
    signatures = "; ".join(f"{name} `{one['signature']}`" for name, one in own.items())
    head = "**FLORES dev**, stored outputs of other systems beside this model."
    return f"{head}\n\n{_table(['', 'BLEU', 'chrF++'], rows)}\n\nSignatures: {signatures}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
