"""What is to be scored: hypotheses beside references, a baseline and the Arabic, by document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bitrans.errors import InputError
from bitrans.evaluation.formats import READERS, is_bilingual, read_renderings
from bitrans.measures import Rendering

#: So many names are listed in an error.
_LISTED = 3


@dataclass(frozen=True, slots=True)
class Task:
    """A document to score: what the system and the baseline wrote, and the reference."""

    system: Rendering
    reference: Rendering
    baseline: Rendering | None = None

    @property
    def id(self) -> str:
        """The document."""
        return self.system.id


def read_tasks(
    hypotheses: Path, references: Path, *, baseline: Path | None = None, source: Path | None = None
) -> tuple[list[Task], list[str]]:
    """The documents of these files or folders, paired by name, and notes on what was left out.

    One document on each side is a pair whatever the names. ``source`` gives the Arabic, a line
    for each line of the hypotheses, where these do not carry it.

    :raises InputError: when something cannot be read, a reference has no hypothesis or baseline,
        or line counts differ where they must not.
    """
    systems = read_side(hypotheses)
    notes: list[str] = []
    beside = _pair(systems, read_side(references), hypotheses, references)
    unmatched = [one.id for one in systems if one.id not in beside]
    if unmatched:
        notes.append(f"not scored, no reference: {_list(unmatched)}")
    systems = [one for one in systems if one.id in beside]
    others: Mapping[str, Rendering] = {}
    if baseline is not None:
        others = _pair(systems, read_side(baseline), hypotheses, baseline, every=True)
    if source is not None:
        given = _pair(systems, read_side(source), hypotheses, source, every=True)
        systems = [_add_arabic(one, given[one.id], source) for one in systems]
        others = {
            id_: _add_arabic(one, given[id_], source) if one.arabic is None else one
            for id_, one in others.items()
        }
    return [_make_task(one, beside[one.id], others.get(one.id)) for one in systems], notes


def read_side(path: Path) -> list[Rendering]:
    """The documents of a file or folder, in order of their names.

    Of a folder that holds the JSON of ``bitrans translate`` only that is read, else its text,
    TSV and TMX files; hidden files are left out.

    :raises InputError: when there is nothing to read, or two files are of one document.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; check the path")
    files = _list_files(path) if path.is_dir() else [path]
    found: dict[str, Rendering] = {}
    for file in files:
        for one in read_renderings(file):
            if one.id in found:
                raise InputError(
                    f"{one.source}: document {one.id} was read already, from "
                    f"{found[one.id].source}; give each document one file"
                )
            found[one.id] = one
    return list(found.values())


def _list_files(folder: Path) -> list[Path]:
    files = [file for file in sorted(folder.iterdir()) if file.suffix.lower() in READERS]
    files = [file for file in files if file.is_file() and not file.name.startswith(".")]
    written = [file for file in files if file.suffix.lower() == ".json" and is_bilingual(file)]
    found = written or [file for file in files if file.suffix.lower() != ".json"]
    if not found:
        raise InputError(f"{folder}: holds nothing to score; it needs {', '.join(READERS)} files")
    return found


def _pair(
    systems: Sequence[Rendering],
    others: Sequence[Rendering],
    ours: Path,
    theirs: Path,
    *,
    every: bool = False,
) -> dict[str, Rendering]:
    """The others by the id of the system's document that they belong to."""
    if len(systems) == len(others) == 1:
        return {systems[0].id: others[0]}
    known = {one.id for one in systems}
    found = {one.id: one for one in others}
    if not known & found.keys():
        raise InputError(
            f"{theirs}: no name in it matches one in {ours} ({_list(sorted(found))} beside "
            f"{_list(sorted(known))}); name the files of one document alike, "
            "as in NAME.json and NAME.en.txt"
        )
    missing = sorted(known - found.keys()) if every else sorted(found.keys() - known)
    if missing:
        place = theirs if every else ours
        raise InputError(
            f"{place}: nothing named {_list(missing)}, which the other side has; "
            "add it, or leave it out there too"
        )
    return {id_: one for id_, one in found.items() if id_ in known}


def _make_task(system: Rendering, reference: Rendering, baseline: Rendering | None) -> Task:
    """The task, the Arabic of a reference that has it taken for versions with as many lines."""

    def take(rendering: Rendering) -> Rendering:
        known = rendering.arabic is not None or reference.arabic is None
        if known or len(rendering.lines) != len(reference.lines):
            return rendering
        return replace(rendering, arabic=reference.arabic)

    return Task(take(system), reference, baseline and take(baseline))


def _add_arabic(rendering: Rendering, given: Rendering, source: Path) -> Rendering:
    if rendering.pairs is not None:
        return rendering
    arabic = given.arabic if given.arabic is not None else given.lines
    if len(arabic) != len(rendering.lines):
        raise InputError(
            f"{given.source}: {len(arabic)} lines for the {len(rendering.lines)} of "
            f"{rendering.source}; give the Arabic of each line of the translation on its own line"
        )
    return replace(rendering, arabic=tuple(arabic))


def _list(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")
