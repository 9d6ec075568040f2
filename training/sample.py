"""The whole recipe on a small sample: every step runs, in a minute or two, on any machine.

``python -m training.sample OUT`` makes a corpus of the sentence pairs in ``seeds/`` and their
references, runs each command of ``training/README.md`` on it, and leaves the model in
``OUT/model``. The model is good for nothing but to show that the steps fit together.
"""

from __future__ import annotations

import argparse
import gzip
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bitrans.core import Document
from bitrans.documents import read_documents
from bitrans.glossary.terms import load_glossary
from bitrans.scoring import find_reference, read_reference
from bitrans.segments import split_document

HELD_OUT = 8
#: Lists of names that the steps read, with the kinds of term that stand in for them here.
LISTS = {
    "wikidata_person_names": "person",
    "syria_pcodes_syrianarchive_api": "place",
    "geonames_cities500": "place",
    "cldr_iso_countries": "place",
}
Pair = tuple[str, str]


def read_sample(articles: Path) -> Iterator[Pair]:
    """Segments of the articles beside the lines of their references."""
    for document in read_documents([str(articles)]):
        assert isinstance(document, Document), document
        reference = find_reference(document.source)
        if reference is not None:
            segments = [segment.text for segment in split_document(document)]
            yield from zip(segments, read_reference(reference), strict=True)


def write_corpora(folder: Path, pairs: list[Pair], glossary: Path) -> None:
    """The sample as the folder of text that the steps expect."""
    held_out, rest = pairs[:HELD_OUT], pairs[HELD_OUT:]
    for name in ("dev/peers", "train", "mono", "names"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in ("news", "flores"):
        lines = [f"{arabic}\t{english}\n" for arabic, english in held_out]
        (folder / "dev" / f"{name}.tsv").write_text("".join(lines), encoding="utf-8")
    peer = "".join(f"{english}\n" for _, english in held_out)
    (folder / "dev" / "peers" / "flores.copy.en").write_text(peer, encoding="utf-8")
    _write_table(folder / "train" / "news.tsv.gz", rest)
    _write_table(folder / "mono" / "news.ar.txt.gz", [(arabic,) for arabic, _ in rest])
    terms = load_glossary([glossary]).terms
    for name, kind in LISTS.items():
        found = [(t.arabic[0], t.preferred, kind) for t in terms if t.kind == kind]
        _write_table(folder / "names" / f"{name}.tsv.gz", found[:1000])


def list_commands(corpora: Path, out: Path, glossary: Path) -> list[list[str]]:
    """The steps of the recipe, small, in order."""
    work, run, model = str(out / "work"), out / "run", str(out / "model")
    names = ["--names", str(corpora / "names")]
    train = ["training.train", work, str(run), *names, "--minutes", "0.15", "--frozen", "2"]
    evaluated = ["--out", str(out / "scores.json")]
    small = ["--tokens", "800", "--warmup", "5", "--show", "1"]
    return [
        ["training.prepare", str(corpora), work],
        ["training.vocabulary", work, "--source-size", "1500", "--target-size", "700"],
        ["training.links", work, "--glossary", str(glossary)],
        ["training.features", work, *names, "--tokens", "1000"],
        [*train, *small],
        [*train, *small, "--cooldown"],
        ["training.average", str(run / "mean.pt"), "STEPS"],
        ["training.export", work, str(run / "mean.pt"), model],
        ["training.evaluate", str(corpora), model, *evaluated, "--noised", "--limit", "3"],
        ["training.transliteration", names[1], str(out / "names.gz"), "--most", "5"],
        ["training.card", model, str(out / "scores.json"), "--notes", "training/card-notes.md"],
        *list_added(out, work, model, small),
        ["training.links", work, "--glossary", str(glossary)],
    ]


def list_added(out: Path, work: str, model: str, small: list[str]) -> list[list[str]]:
    """The steps that make more training data: a reverse model, and what both models add."""
    reverse, run, back = str(out / "reverse"), str(out / "reverse-run"), str(out / "reverse-model")
    sizes = ["--source-size", "1500", "--target-size", "700"]
    begun = ["--begin-with", f"{reverse}/begin.pt", "--frozen", "0", "--minutes", "0.1"]
    return [
        ["training.reverse", work, reverse, "--model", model, *sizes],
        ["training.train", reverse, run, *begun, *small],
        ["training.export", reverse, f"{run}/state.pt", back],
        ["training.synthetic", "render", work, "--model", model, "--lines", "20"],
        ["training.synthetic", "choose", work, "--reverse", back],
        ["training.synthetic", "back", work, "--reverse", back, "--lines", "20"],
    ]


def run_recipe(out: Path, articles: Path, glossary: Path) -> None:
    """Run every step; the first that fails ends the run with its own message."""
    corpora = out / "corpora"
    write_corpora(corpora, list(read_sample(articles)), glossary)
    for command in list_commands(corpora, out, glossary):
        if command[-1] == "STEPS":
            command[-1:] = [str(path) for path in sorted((out / "run").glob("step-*.pt"))]
        begun = time.monotonic()
        print("$ python -m", *command, flush=True)
        subprocess.run([sys.executable, "-m", *command], check=True)
        print(f"{command[0]}: {time.monotonic() - begun:.0f} s", flush=True)


def main() -> None:
    """Parse the command line and run the recipe."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=Path, default=Path("seeds"))
    parser.add_argument("--glossary", type=Path, default=Path("glossary"))
    options = parser.parse_args()
    try:
        run_recipe(options.out, options.articles, options.glossary)
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"training.sample: {error.cmd[2]} failed: see above") from None


def _write_table(path: Path, rows: list[tuple[str, ...]] | list[Pair]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
