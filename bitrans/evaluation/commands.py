"""The three jobs: score files, score briefs, translate and score."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bitrans import __version__
from bitrans.core import BilingualDocument, Failure, ScoreRow
from bitrans.errors import InputError
from bitrans.evaluation.inputs import Task, read_side, read_tasks
from bitrans.evaluation.measuring import INTERVALS, evaluate_tasks
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from bitrans.measures import Evaluation, Rendering
from bitrans.pipeline import translate_paths
from bitrans.resources import data_folder
from bitrans.scoring import find_reference, read_reference
from bitrans.scoring.summaries import score_summaries
from bitrans.tools import Tools

WITH, WITHOUT = "with glossary", "without glossary"
_SUFFIX = ".en.txt"


def score_paths(
    hypotheses: Path,
    references: Path,
    *,
    baseline: Path | None = None,
    source: Path | None = None,
    glossary: Sequence[str] | None = None,
    align: bool = False,
    intervals: int = INTERVALS,
) -> Evaluation:
    """The evaluation of files or folders; see :func:`bitrans.evaluation.inputs.read_tasks`.

    :param glossary: files or folders whose names are looked for in the Arabic. None: the matches
        that documents bring, or else the glossary that comes with bitrans.
    :raises InputError: when something cannot be read or paired.
    :raises GlossaryError: when the glossary has faults.
    """
    tasks, notes = read_tasks(hypotheses, references, baseline=baseline, source=source)
    names = _name_sides(hypotheses, baseline)
    matcher, about = _load_matcher(tasks, glossary)
    found = evaluate_tasks(tasks, names=names, matcher=matcher, align=align, intervals=intervals)
    about = {
        "bitrans": __version__,
        "hypotheses": hypotheses.name,
        "references": references.name,
        **({"baseline": baseline.name} if baseline else {}),
        **about,
    }
    return replace(found, notes=(*notes, *found.notes), about=about)


def score_briefs(hypotheses: Path, references: Path) -> Evaluation:
    """The evaluation of summaries: text, a line a claim, or the JSON of a brief.

    :raises InputError: when something cannot be read or paired.
    :raises MissingExtraError: when rouge-score is not installed.
    """
    ours, theirs = (_read_briefs(path) for path in (hypotheses, references))
    if len(ours) == len(theirs) == 1:
        theirs = {next(iter(ours)): next(iter(theirs.values()))}
    if ours.keys() != theirs.keys():
        odd = sorted(ours.keys() ^ theirs.keys())
        raise InputError(
            f"{hypotheses}, {references}: {', '.join(odd[:3])} is on one side only; "
            "name a brief and its reference alike"
        )
    name = hypotheses.name
    rows = [
        ScoreRow(id_, name, score_summaries([lines], [theirs[id_]])) for id_, lines in ours.items()
    ]
    together = score_summaries(list(ours.values()), [theirs[id_] for id_ in ours])
    return Evaluation(
        name,
        None,
        (*rows, ScoreRow(None, name, together)),
        (),
        about={"bitrans": __version__, "briefs": name, "references": references.name},
    )


def evaluate_paths(
    paths: Sequence[str],
    tools: Tools,
    *,
    references: Path | None = None,
    intervals: int = INTERVALS,
    advance: Callable[[str, int, int], None] = lambda *_: None,
) -> Evaluation:
    """Documents translated once and scored as the glossary left them and as it found them.

    :param references: where ``NAME.en.txt`` stands for ``NAME.txt``; None: beside each document.
    :raises InputError: when no document can be read, or none has a reference.
    """
    tasks: list[Task] = []
    notes: list[str] = []
    for found in translate_paths(paths, tools, advance=advance):
        if isinstance(found, Failure):
            notes.append(f"not read: {found.message}")
            continue
        place = _find_reference(found, references)
        if place is None:
            notes.append(f"{found.document.id}: not scored, it has no reference")
        else:
            tasks.append(_make_task(found, place))
    if not tasks:
        where = references or "references/ beside the documents"
        raise InputError(f"{where}: no reference for any document; NAME.en.txt goes with NAME.txt")
    evaluation = evaluate_tasks(tasks, names=(WITH, WITHOUT), intervals=intervals)
    about = {
        "bitrans": tools.version,
        "model": tools.engine.id,
        "glossary": tools.glossary.revision[:12],
        "beam": str(tools.config.beam),
    }
    return replace(evaluation, notes=(*notes, *evaluation.notes), about=about)


def _name_sides(hypotheses: Path, baseline: Path | None) -> tuple[str, str | None]:
    """What the two are called: their names, or whole paths where these are the same."""
    if baseline is None:
        return hypotheses.name, None
    if hypotheses.name != baseline.name:
        return hypotheses.name, baseline.name
    return str(hypotheses), f"{baseline}" if hypotheses != baseline else f"{baseline} (again)"


def _load_matcher(
    tasks: Sequence[Task], glossary: Sequence[str] | None
) -> tuple[Matcher | None, dict[str, str]]:
    """A matcher where names have to be looked for, and the revision of its glossary."""
    sides = [side for task in tasks for side in (task.system, task.baseline) if side]
    lacking = any(side.arabic is not None and side.pairs is None for side in sides)
    if glossary is None and not lacking:
        return None, {}
    paths = [Path(name) for name in glossary or [str(data_folder("glossary"))]]
    loaded = load_glossary(paths)
    return Matcher(loaded.terms), {"glossary": loaded.revision[:12]}


def _find_reference(found: BilingualDocument, references: Path | None) -> Path | None:
    if references is None:
        return find_reference(found.document.source)
    if not references.is_dir():
        raise InputError(f"{references}: no such folder; give the folder of the NAME.en.txt files")
    stem = Path(found.document.source).stem
    places = (references / f"{stem}{_SUFFIX}", references / f"{stem}.txt")
    return next((place for place in places if place.is_file()), None)


def _make_task(found: BilingualDocument, place: Path) -> Task:
    """The document with what it was before enforcing as the baseline."""
    arabic = tuple(pair.segment.text for pair in found.pairs)
    plain = tuple(replace(pair, target=pair.raw, steps=()) for pair in found.pairs)
    source, id_ = found.document.source, found.document.id
    ours, theirs = (
        Rendering(id_, source, tuple(pair.target for pair in pairs), arabic, pairs)
        for pairs in (found.pairs, plain)
    )
    return Task(ours, Rendering(id_, str(place), tuple(read_reference(place))), theirs)


def _read_briefs(path: Path) -> dict[str, list[str]]:
    files = [path]
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if file.suffix in (".json", ".txt")]
    if not files:
        raise InputError(f"{path}: holds no brief; it needs .txt or .json files")
    found: dict[str, list[str]] = {}
    for file in files:
        if file.suffix == ".json":
            found[file.stem] = _read_claims(file)
        else:
            found |= {one.id: list(filter(None, one.lines)) for one in read_side(file)}
    return found


def _read_claims(path: Path) -> list[str]:
    """The English of each point of a brief's JSON, or of each of ``claims`` in simpler JSON."""
    try:
        data = json.loads(path.read_bytes())
        points = data["points"] if "points" in data else data["claims"]
        lines = [_find_english(point, data.get("lines", {})) for point in points]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: not a brief that can be read ({type(error).__name__}: {error}); "
            "give text, or JSON with `points` or `claims`"
        ) from error
    return [line for line in lines if line]


def _find_english(point: str | dict[str, Any], lines: Mapping[str, dict[str, Any]]) -> str:
    """The English of a point: itself, its own, or that of the line it cites."""
    if isinstance(point, str):
        return point
    english = point["english"] if "english" in point else lines[point["line"]]["english"]
    if not isinstance(english, str):
        raise TypeError(f"{english!r} is not text")
    return english
