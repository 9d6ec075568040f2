"""An evaluation as a table for a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitrans.core import Score, ScoreRow
from bitrans.measures import Comparison, Evaluation, SignificanceTest, TermRow
from bitrans.render.scores_words import word_difference, word_interval, word_p, words_of
from bitrans.render.words import count, one_line

WIDTH = 80
#: So many terms and documents are listed; the JSON and the page have all.
LISTED = 12
_LABEL, _CELL = 25, 21


def render_scores_text(evaluation: Evaluation) -> str:
    """What was measured, as lines of at most 80 columns."""
    parts = [
        _head(evaluation),
        _list_scores(evaluation),
        _list_tests(evaluation.comparisons),
        _list_terms(evaluation),
        _list_documents(evaluation),
        _list_notes(evaluation),
        _list_signatures(evaluation),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _head(evaluation: Evaluation) -> list[str]:
    beads = sum(it.beads for it in evaluation.alignments)
    lines = sum(it.lines for it in evaluation.alignments)
    references = sum(it.references for it in evaluation.alignments)
    documents = count(len(evaluation.alignments), "document")
    if not evaluation.alignments:
        return []
    if all(it.one_to_one for it in evaluation.alignments):
        return [f"{documents}, {count(lines, 'line')} beside as many of the reference"]
    return [
        f"{documents}: {count(lines, 'line')} aligned with {references} of the reference, "
        f"{count(beads, 'bead')}"
    ]


def _list_scores(evaluation: Evaluation) -> list[str]:
    row = evaluation.find_row(evaluation.system)
    other = evaluation.find_row(evaluation.baseline) if evaluation.baseline else None
    if row is None:
        return []
    head = f"{'':<{_LABEL}}{_fit(evaluation.system, _CELL)}"
    if other:
        head += f"{_fit(evaluation.baseline or '', _CELL)}difference"
    known = {score.metric: score for score in other.scores} if other else {}
    lines = [head.rstrip()]
    for score in row.scores:
        line = f"{words_of(score.metric).label:<{_LABEL}}{word_interval(score):<{_CELL}}"
        if beside := known.get(score.metric):
            difference = word_difference(score.value - beside.value)
            line += f"{word_interval(beside):<{_CELL}}{difference}"
        lines.append(line.rstrip())
    return lines


def _list_tests(comparisons: Sequence[Comparison]) -> list[str]:
    if not any(it.tests for it in comparisons):
        return []
    head = f"{'p: bootstrap / exchange':<{_LABEL}}{'by segment':<34}by document"
    return [head, *(_test_line(it) for it in comparisons)]


def _test_line(comparison: Comparison) -> str:
    cells = []
    for unit in ("segment", "document"):
        drawn = comparison.find_test(unit, "paired-bootstrap")
        exchanged = comparison.find_test(unit, "approximate-randomisation")
        cell = f"{_word_test(drawn)} / {_word_test(exchanged)}"
        if drawn and drawn.interval and unit == "segment":
            low, high = map(word_difference, drawn.interval)
            cell += f" ({low} to {high})"
        cells.append(cell)
    label = f"{comparison.metric} {word_difference(comparison.difference)}"
    return f"{label:<{_LABEL}}{cells[0]:<34}{cells[1]}"


def _word_test(test: SignificanceTest | None) -> str:
    return word_p(test.p if test else None)


def _list_terms(evaluation: Evaluation) -> list[str]:
    wrong = [row for row in evaluation.terms if row.missing or row.unsupported]
    if not wrong:
        return []
    before = {row.term_id: row for row in evaluation.baseline_terms}
    names = ("right", "before" if before else "", "forbidden", "not in ref.")
    lines = [f"{'Terms that went wrong':<32}{names[0]:>9}{names[1]:>9}{names[2]:>11}{names[3]:>13}"]
    lines += [_term_line(row, before.get(row.term_id)) for row in wrong[:LISTED]]
    if len(wrong) > LISTED:
        lines.append(f"and {len(wrong) - LISTED} more")
    return lines


def _term_line(row: TermRow, before: TermRow | None) -> str:
    was = f"{before.admitted} of {before.mentions}" if before else ""
    right = f"{row.admitted} of {row.mentions}"
    return (
        f"{_fit(row.wanted, 32)}{right:>9}{was:>9}{row.forbidden or '':>11}"
        f"{row.unsupported or '':>13}"
    ).rstrip()


def _list_documents(evaluation: Evaluation) -> list[str]:
    rows = [row for row in evaluation.rows if row.system == evaluation.system and row.document_id]
    if len(rows) < 2:
        return []
    metrics = ("BLEU", "chrF++", "TER", "terms-admitted")
    names = ("BLEU", "chrF++", "TER", "terms %")
    lines = [f"{'By document':<32}" + "".join(f"{name:>12}" for name in names)]
    for row in rows[:LISTED]:
        values = [_find(row, metric) for metric in metrics]
        cells = "".join(f"{f'{it.value:.1f}' if it else '—':>12}" for it in values)
        lines.append(f"{_fit(row.document_id or '', 32)}{cells}")
    if len(rows) > LISTED:
        lines.append(f"and {len(rows) - LISTED} more")
    return lines


def _list_notes(evaluation: Evaluation) -> list[str]:
    return [line for note in evaluation.notes for line in _wrap(f"Note: {note}", " ", "  ")]


def _list_signatures(evaluation: Evaluation) -> list[str]:
    row = evaluation.find_row(evaluation.system)
    tests = [test for it in evaluation.comparisons[:1] for test in it.tests]
    named = [(score.metric, score.signature) for score in (row.scores if row else ())]
    named += [(f"p, {test.method} by {test.unit}", test.signature) for test in tests]
    lines = ["Signatures"]
    for name, signature in named:
        lines += _wrap(f"{name}: {signature}", "|", "  ")
    return lines


def _wrap(text: str, at: str, indent: str) -> Iterator[str]:
    """``text`` in lines that fit, broken after ``at``, the later ones indented."""
    line = ""
    for piece in text.replace(at, at + "\0").split("\0"):
        if line.strip() and len(line + piece.rstrip()) > WIDTH:
            yield line.rstrip()
            line = indent
        line += piece
    yield line.rstrip()


def _find(row: ScoreRow, metric: str) -> Score | None:
    return next((score for score in row.scores if score.metric == metric), None)


def _fit(text: str, width: int) -> str:
    """``text`` on one line in a column of ``width``, a space after it."""
    line = one_line(text)
    return f"{line if len(line) < width else line[: width - 2] + '…':<{width}}"
