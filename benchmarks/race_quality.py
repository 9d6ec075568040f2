"""Quality beside speed: the model on FLORES next to stored outputs of other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bitrans.arabic import prepare
from bitrans.engine.catalogue import find_model
from bitrans.engine.translator import EngineSettings, MarianTranslator
from bitrans.scoring import score_corpus


def score_peers(folder: Path, model: Path, *, threads: int) -> dict[str, dict[str, Any]]:
    """BLEU and chrF++ of the model and of each ``peers/flores.NAME.en`` of the folder."""
    rows = (folder / "flores.tsv").read_text(encoding="utf-8").splitlines()
    sources, references = zip(*(row.split("\t")[:2] for row in rows), strict=True)
    engine = MarianTranslator(find_model(str(model)), EngineSettings(threads=threads))
    found = engine.translate([prepare(source).text for source in sources])
    outputs = {"bitrans (this model)": [one.text for one in found]}
    for path in sorted((folder / "peers").glob("flores.*.en")):
        outputs[path.name.split(".")[1]] = path.read_text(encoding="utf-8").splitlines()
    return {
        name: {
            score.metric: {"value": score.value, "signature": score.signature}
            for score in score_corpus(lines, list(references))
            if score.metric != "TER"
        }
        for name, lines in outputs.items()
    }
