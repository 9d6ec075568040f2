"""Briefs against a reader's annotation: figures, speakers, dates, groups, denials, key points.

``python -m benchmarks.briefs [FOLDER]`` reads the ``.json`` files that ``bitrans translate seeds/``
wrote into FOLDER (default ``out``). ROUGE needs ``pip install rouge-score``. Add ``-v`` to see each
thing missed and each thing found that the annotation lacks.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from sacrebleu.metrics import CHRF

from bitrans.bilingual import from_json
from bitrans.brief.build import Grouping, Reading, build_brief, group_reading, read_reports
from bitrans.brief.likeness import Likeness
from bitrans.core import BilingualDocument, Brief, Citation, Figure, Moment, Span

REFERENCE = Path(__file__).parent.parent / "tests" / "cases" / "brief_reference.json"
FORMAT = "bitrans-bilingual"
DRAWS = 200
TIMES = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades")

Row = dict[str, Any]
Key = tuple[str, int]


@dataclass
class Tally:
    """Found and wanted, and how many of the right ones are right in each respect."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    respects: dict[str, list[bool]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def judge(self, respect: str, good: bool, note: str = "") -> None:
        """Note whether a right one is right in a respect."""
        self.respects.setdefault(respect, []).append(good)
        if not good and note:
            self.notes.append(f"{respect}: {note}")

    def show(self, name: str, *, verbose: bool) -> None:
        """Print precision, recall and the share right in each respect."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.wanted if self.wanted else 1.0
        both = precision + recall
        f1 = 2 * precision * recall / both if both else 0.0
        more = "".join(
            f"  {key} {sum(good)}/{len(good)}" for key, good in sorted(self.respects.items())
        )
        print(
            f"{name:<18} precision {precision:.3f} ({self.found})  recall {recall:.3f} "
            f"({self.wanted})  F1 {f1:.3f}{more}"
        )
        for note in self.notes if verbose else ():
            print(f"    {note}")


def main() -> None:
    """Measure and print."""
    arguments = [word for word in sys.argv[1:] if word != "-v"]
    verbose = "-v" in sys.argv[1:]
    reports = load(Path(arguments[0] if arguments else "out"))
    reference = json.loads(REFERENCE.read_text("utf-8"))
    reading = read_reports(reports)
    add_sources(reference, {line.key: line.pair.segment.text for line in reading.lines})
    grouping = group_reading(reading)
    brief = build_brief(reports)
    measure_figures(reading, reference).show("figures", verbose=verbose)
    measure_figure_groups(brief, reference).show("figure groups", verbose=verbose)
    measure_attributions(reading, reference).show("attributions", verbose=verbose)
    measure_dates(reading, reference).show("dates", verbose=verbose)
    measure_groups(grouping, reference).show("claim groups", verbose=verbose)
    measure_denials(reading, grouping, reference).show("denials", verbose=verbose)
    print_key_points(brief, grouping.likeness, reports, reference["key_points"])


def add_sources(node: Any, texts: Mapping[Key, str]) -> None:
    """Give each row of an annotation the text of its segment."""
    if isinstance(node, dict) and "article" in node and "index" in node:
        node["source"] = texts[_key(node)]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        add_sources(child, texts)


def load(folder: Path) -> list[BilingualDocument]:
    """The documents that ``bitrans translate`` wrote into a folder."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    documents = [from_json(data) for data in found if data.get("format") == FORMAT]
    if not documents:
        sys.exit(f"{folder}: no document of `bitrans translate`; run `bitrans translate seeds/`")
    return documents


def measure_figures(reading: Reading, reference: Row) -> Tally:
    """A figure is right where place and value are; spans of time are not counted either way."""
    tally = Tally()
    rows = reference["figures"]["figures"]
    unmatched = [
        found.figure
        for line in reading.lines
        for found in reading.figures[line.key]
        if found.figure.unit not in TIMES
    ]
    for row in rows:
        match = next((f for f in unmatched if _is_figure(f, row)), None)
        if match is not None:
            unmatched.remove(match)
            _judge_figure(tally, match, row)
        elif not row.get("borderline"):
            tally.wanted += 1
            tally.notes.append(f"missed {_name(row)} {row['phrase']}")
    tally.found += len(unmatched)
    tally.notes += [f"not annotated {_at(f.citation)} {f.text} {f.low:g}" for f in unmatched]
    return tally


def _judge_figure(tally: Tally, figure: Figure, row: Row) -> None:
    tally.right += 1
    tally.found += 1
    tally.wanted += 1
    name = f"{_name(row)} {row['phrase']}:"
    tally.judge("unit", figure.unit == row["unit"], f"{name} {figure.unit} for {row['unit']}")
    same = (figure.subject or "-") in (row["subject"] or "-")
    tally.judge("subject", same, f"{name} {figure.subject!r} for {row['subject']!r}")
    hedges = (row["hedge"], "about") if row.get("vague") else (row["hedge"],)
    tally.judge("hedge", figure.hedge in hedges, f"{name} {figure.hedge} for {row['hedge']}")


def _is_figure(figure: Figure, row: Row) -> bool:
    if not _overlaps(figure.citation, row, row["text"]):
        return False
    return abs(figure.low - row["low"]) <= 0.01 * row["low"] or figure.high == row["high"]


def measure_figure_groups(brief: Brief, reference: Row) -> Tally:
    """Pairs of figures that a reader would put together."""
    tally = Tally()
    numbers = [(figure, n) for n, group in enumerate(brief.figures) for figure in group.figures]
    wanted = set()
    for row in reference["figures"]["same_thing"]:
        members = [_find_group(numbers, member) for member in row["members"]]
        for one, other in combinations(row["members"], 2):
            wanted.add(frozenset((_name_figure(one), _name_figure(other))))
        known = {n for n in members if n is not None}
        if len(known) == 1:
            differs = brief.figures[known.pop()].differs
            tally.judge("differs", differs == row["differs"], row["what"])
    rows = reference["figures"]["figures"]
    found: set[frozenset[str]] = set()
    for one, other in combinations(rows, 2):
        pair = frozenset((_name_figure(one), _name_figure(other)))
        here, there = _find_group(numbers, one), _find_group(numbers, other)
        if here is not None and here == there:
            found.add(pair)
    tally.right, tally.found, tally.wanted = len(found & wanted), len(found), len(wanted)
    tally.notes += [f"missed {sorted(pair)}" for pair in sorted(wanted - found, key=sorted)]
    tally.notes += [f"not annotated {sorted(pair)}" for pair in sorted(found - wanted, key=sorted)]
    return tally


def _find_group(numbers: Sequence[tuple[Figure, int]], row: Row) -> int | None:
    return next((n for f, n in numbers if _overlaps(f.citation, row, row["text"])), None)


def _name_figure(row: Row) -> str:
    return f"{_name(row)} {row['text']}"


def measure_attributions(reading: Reading, reference: Row) -> Tally:
    """An attribution is right where its cue is."""
    tally = Tally()
    unmatched = [said for line in reading.lines for said in reading.attributions[line.key]]
    for row in reference["attributions"]["attributions"]:
        match = next((s for s in unmatched if _overlaps(s.cue, row, row["cue"])), None)
        if match is None:
            if not row.get("borderline"):
                tally.wanted += 1
                tally.notes.append(f"missed {_name(row)} {row['cue']} {row['speaker']}")
            continue
        unmatched.remove(match)
        tally.right, tally.found, tally.wanted = tally.right + 1, tally.found + 1, tally.wanted + 1
        name = f"{_name(row)} {row['cue']}:"
        tally.judge(
            "manner", match.manner == row["manner"], f"{name} {match.manner} for {row['manner']}"
        )
        good = _is_speaker(match.speaker, row)
        tally.judge(
            "speaker", good, f"{name} {match.name or _at(match.speaker)} for {row['speaker']}"
        )
        if good and row["speaker"]:
            tally.judge("in English", bool(match.name), f"{name} {row['speaker_english']}")
    tally.found += len(unmatched)
    tally.notes += [
        f"not annotated {_at(said.cue)} {said.manner} {said.name}" for said in unmatched
    ]
    return tally


def _is_speaker(speaker: Citation | None, row: Row) -> bool:
    acceptable = [row, *_list_acceptable(row)]
    if speaker is None:
        return any(one.get("speaker") is None for one in acceptable)
    carried = row.get("carried_from")
    if carried is not None:
        index = carried["index"] if isinstance(carried, dict) else carried
        return speaker.index == index
    return any(
        one.get("speaker") and _overlaps(speaker, {**row, "at": None}, one["speaker"])
        for one in acceptable
    )


def _list_acceptable(row: Row) -> list[Row]:
    others = row.get("also_acceptable") or []
    others = others if isinstance(others, list) else [others]
    return [one if isinstance(one, dict) else {"speaker": one} for one in others]


def measure_dates(reading: Reading, reference: Row) -> Tally:
    """An expression is right where it is found; its days where both ends are."""
    tally = Tally()
    rows = reference["dates"]["dates"]
    unmatched = list(reading.moments)
    for row in rows:
        match = next((m for m in unmatched if _overlaps(m.citation, row, row["text"])), None)
        if match is None:
            tally.wanted += 1
            tally.notes.append(f"missed {_name(row)} {row['text']}")
            continue
        unmatched.remove(match)
        tally.right, tally.found, tally.wanted = tally.right + 1, tally.found + 1, tally.wanted + 1
        tally.judge("days", _has_days(match, row), f"{_name(row)} {match.text} {match.start}")
    durations = reference["dates"]["durations"]
    spurious = [
        m for m in unmatched if not any(_overlaps(m.citation, r, r["text"]) for r in durations)
    ]
    tally.found += len(unmatched)
    tally.notes += [f"not annotated {_at(m.citation)} {m.text}" for m in spurious]
    tally.notes += [
        f"a duration {_at(m.citation)} {m.text}" for m in unmatched if m not in spurious
    ]
    return tally


def _has_days(moment: Moment, row: Row) -> bool:
    return (moment.start, moment.end) == (row["start"], row["end"])


def measure_groups(grouping: Grouping, reference: Row) -> Tally:
    """Pairs of segments of two articles that say the same; partial members count neither way."""
    tally = Tally()
    keys = [line.key for line in grouping.likeness.lines]
    found = {
        frozenset((keys[one], keys[other])): (one, other)
        for group in grouping.groups
        for one, other in combinations(group, 2)
        if keys[one][0] != keys[other][0]
    }
    wanted: dict[frozenset[Key], bool] = {}
    partial: set[frozenset[Key]] = set()
    for row in reference["groups"]["groups"]:
        for one, other in combinations(row["members"], 2):
            pair = frozenset((_key(one), _key(other)))
            if one["article"] == other["article"]:
                continue
            if one.get("partial") or other.get("partial"):
                partial.add(pair)
            else:
                wanted[pair] = row["copied"]
    found = {pair: places for pair, places in found.items() if pair not in partial - set(wanted)}
    right = set(found) & set(wanted)
    tally.right, tally.found, tally.wanted = len(right), len(found), len(wanted)
    for pair in sorted(right, key=sorted):
        one, other = found[pair]
        relation = grouping.likeness.relate(one, other, grouping.likeness.measure(one, [other])[0])
        copied = relation is not None and relation.copied
        tally.judge("copied", copied == wanted[pair], str(sorted(pair)))
    tally.notes += [f"missed {sorted(pair)}" for pair in sorted(set(wanted) - right, key=sorted)]
    tally.notes += [f"not annotated {sorted(p)}" for p in sorted(set(found) - right, key=sorted)]
    return tally


def measure_denials(reading: Reading, grouping: Grouping, reference: Row) -> Tally:
    """Denials beside what they deny."""
    from bitrans.brief.denials import find_denials

    tally = Tally()
    keys = [line.key for line in grouping.likeness.lines]
    denied = find_denials(grouping.likeness, reading.attributions, grouping.numbers)
    found = {(keys[d], keys[at]) for at, denials in denied.items() for d in denials}
    wanted = {
        (_key(row), _key(other))
        for row in reference["denials"]["denials"]
        for other in row["denies"]
        if _key(row) != _key(other)
    }
    tally.right, tally.found, tally.wanted = len(found & wanted), len(found), len(wanted)
    tally.notes += [f"missed {pair}" for pair in sorted(wanted - found)]
    tally.notes += [f"not annotated {pair}" for pair in sorted(found - wanted)]
    return tally


def print_key_points(
    brief: Brief, likeness: Likeness, reports: Sequence[BilingualDocument], reference: Row
) -> None:
    """The choice, the first sentences of the articles, and chance, by one measure."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    size = len(reference["key_points"])
    keys = [line.key for line in likeness.lines if line.pair.segment.kind == "sentence"]
    ours = [(claim.citation.document_id, claim.citation.index) for claim in brief.claims]
    draws = [sorted(random.Random(seed).sample(keys, size)) for seed in range(DRAWS)]
    print("\nkey points    precision  recall  redundancy  ROUGE-1  ROUGE-2  ROUGE-L  chrF++")
    for name, choices in (("bitrans", [ours]), ("lead", [_lead(keys, size)]), ("random", draws)):
        rows = [_score(choice, likeness, brief, reference, scorer) for choice in choices]
        means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        print(f"{name:<14}" + "".join(f"{value:>9.3f}" for value in means))


def _lead(keys: Sequence[Key], size: int) -> list[Key]:
    """The first sentences of each article in turn."""
    by_article: dict[str, list[Key]] = {}
    for key in keys:
        by_article.setdefault(key[0], []).append(key)
    turns = [
        k for depth in range(size) for rows in by_article.values() for k in rows[depth : depth + 1]
    ]
    return sorted(turns[:size])


def _score(
    choice: Sequence[Key], likeness: Likeness, brief: Brief, reference: Row, scorer: Any
) -> list[float]:
    facts = [{_key(row), *map(_key, row["alternates"])} for row in reference["key_points"]]
    good = [key for key in choice if any(key in fact for fact in facts)]
    covered = [fact for fact in facts if fact & set(choice)]
    english = "\n".join(brief.find(Citation(*key)).target for key in choice)
    wanted = "\n".join(row["english"] for row in reference["brief_english"])
    rouge = scorer.score(wanted, english)
    chrf = CHRF(word_order=2).corpus_score([english], [[wanted]]).score
    return [
        len(good) / len(choice),
        len(covered) / len(facts),
        _measure_redundancy(choice, likeness),
        *(100 * rouge[name].fmeasure for name in ("rouge1", "rouge2", "rougeL")),
        chrf,
    ]


def _measure_redundancy(choice: Sequence[Key], likeness: Likeness) -> float:
    """The mean, over the chosen, of the nearness of each to the chosen one most like it."""
    places = {line.key: at for at, line in enumerate(likeness.lines)}
    chosen = [places[key] for key in choice]
    nearest = [max(likeness.measure(one, [o for o in chosen if o != one])) for one in chosen]
    return sum(nearest) / len(nearest)


def _overlaps(citation: Citation, row: Row, text: str) -> bool:
    """Whether a citation meets the words of an annotation; without ``at``, wherever they stand."""
    if (citation.document_id, citation.index) != _key(row):
        return False
    assert citation.span is not None
    starts: Iterable[int] = [row["at"]] if row.get("at") is not None else _find_all(row, text)
    return any(_meets(citation.span, Span(at, at + len(text))) for at in starts)


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _find_all(row: Row, text: str) -> list[int]:
    source: str = row["source"]
    return [at for at in range(len(source)) if source.startswith(text, at)]


def _key(row: Row) -> Key:
    return row["article"], row["index"]


def _name(row: Row) -> str:
    return f"{row['article'][:3]}/{row['index']}"


def _at(citation: Citation | None) -> str:
    return f"{citation.document_id[:3]}/{citation.index}" if citation else "nobody"


if __name__ == "__main__":
    main()
