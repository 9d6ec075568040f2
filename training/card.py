"""Step 10: the model card, with hashes, scores and what the attention is worth.

``python -m training.card MODEL SCORES.json --notes NOTES.md`` measures whether the attention is a
usable alignment, says so in ``config.json``, and writes ``MODEL/README.md``: the notes (data,
settings, weaknesses), then tables made from the measurements.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bitrans.engine.catalogue import FILES, find_model, hash_files
from bitrans.engine.probes import AlignmentProbe, probe_alignment
from bitrans.engine.translator import MarianTranslator

_METRICS = ("BLEU", "chrF++", "TER")


def mark_alignment(folder: Path) -> AlignmentProbe:
    """Measure the attention and write into ``config.json`` whether it is an alignment."""
    probe = probe_alignment(MarianTranslator(find_model(str(folder))).showing_attention())
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["bitrans_alignment"] = probe.usable
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return probe


def write_card(folder: Path, scores: dict[str, Any], notes: str) -> str:
    """The card's text."""
    probe = mark_alignment(folder)
    lines = [notes.rstrip(), "", "## Scores", "", *_tabulate_scores(scores), "", "## Attention", ""]
    lines += [f"{probe.words[0].upper()}{probe.words[1:]}, as `bitrans doctor` measures it.", ""]
    lines += ["## Files", "", "| file | bytes | SHA-256 |", "|---|---|---|"]
    hashes = hash_files(find_model(str(folder)))
    lines += [
        f"| `{name}` | {(folder / name).stat().st_size:,} | {hashes[name]} |" for name in FILES
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("scores", type=Path)
    parser.add_argument("--notes", type=Path, required=True)
    options = parser.parse_args()
    scores = json.loads(options.scores.read_text(encoding="utf-8"))
    text = write_card(options.model, scores, options.notes.read_text(encoding="utf-8"))
    (options.model / "README.md").write_text(text, encoding="utf-8")


def _tabulate_scores(report: dict[str, Any]) -> Iterator[str]:
    yield "| text | lines | BLEU | chrF++ | TER | degenerate % | numbers lost % |"
    yield "|---|---|---|---|---|---|---|"
    for name, words in (("news", "dev/news"), ("flores", "FLORES dev")):
        yield _row(words, report[name])
    for noise, measured in report.get("noised", {}).items():
        yield _row(f"dev/news, {noise.replace('_', ' ')}", measured)
    for peer, values in report.get("peers", {}).items():
        shown = " | ".join(f"{values[metric]['value']:.1f}" for metric in _METRICS)
        yield f"| FLORES dev by {peer} (stored output) | | {shown} | | |"
    yield ""
    yield from (
        f"{metric}: `{report['news']['scores'][metric]['signature']}`  " for metric in _METRICS
    )


def _row(words: str, measured: dict[str, Any]) -> str:
    shown = " | ".join(f"{measured['scores'][metric]['value']:.1f}" for metric in _METRICS)
    return (
        f"| {words} | {measured['lines']} | {shown} | {measured['degenerate_per_cent']}"
        f" | {measured['lost_number_per_cent']} |"
    )


if __name__ == "__main__":
    main()
