"""The short account of a run that ends it on the terminal."""

from __future__ import annotations

from pathlib import Path

from bitrans.core import RunReport

_METRICS = ("BLEU", "chrF++", "TER")


def print_summary(report: RunReport, out: Path, *, seconds: float) -> None:
    """Documents, segments, names, doubts, scores, seconds and where the pages are."""
    rows = [
        ("documents", str(report.documents)),
        ("segments", str(report.segments)),
        ("names enforced", _word_names(report)),
        ("doubts", _word_counts(report.doubts)),
        *_score_rows(report),
        ("seconds", f"{seconds:.1f}"),
        ("pages", str(out / "index.html") if report.documents else "none: nothing could be read"),
    ]
    if report.failures:
        rows.insert(1, ("not read", str(len(report.failures))))
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"{name:<{width}}  {value}")


def _word_names(report: RunReport) -> str:
    if not report.names_found:
        return "none found"
    return f"{report.names_enforced} of {report.names_found} found ({_word_counts(report.methods)})"


def _word_counts(counts: object) -> str:
    items = sorted(dict(counts).items(), key=lambda item: (-item[1], item[0]))  # type: ignore[call-overload]
    if not items:
        return "none"
    total = "" if len(items) == 1 else f"{sum(count for _, count in items)}: "
    return total + ", ".join(f"{count} {name}" for name, count in items)


def _score_rows(report: RunReport) -> list[tuple[str, str]]:
    overall = [row for row in report.scores if row.document_id is None]
    return [
        (
            row.system,
            "  ".join(f"{s.metric} {s.value:.1f}" for s in row.scores if s.metric in _METRICS),
        )
        for row in overall
    ] or [("scores", "no references beside the documents")]
