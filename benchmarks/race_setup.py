"""What the race needs beside bitrans: environments for its peers, the model packed, the texts."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bitrans.core import Document
from bitrans.documents import read_documents
from bitrans.segments import split_document

ROOT = Path(__file__).parent.parent
#: The packages of each environment; bitrans itself runs in the one that runs the race.
ENVIRONMENTS = {
    "peers": ("argostranslate", "transformers", "sentencepiece", "numpy"),
    "libre": ("libretranslate",),
}
#: Segments of one document where the text comes as lines.
DOCUMENT = 20

Documents = list[list[list[str]]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the race: its file, and how much it holds."""

    name: str
    path: Path
    documents: int
    segments: int
    words: int


def make_environment(name: str, cache: Path) -> Path | None:
    """The Python of a peer's environment, made where it is not there yet; None where it fails."""
    python = cache / name / "bin" / "python"
    done = cache / name / "installed"
    if done.is_file():
        return python
    print(f"installing {', '.join(ENVIRONMENTS[name])} into {cache / name}", file=sys.stderr)
    steps = (
        [sys.executable, "-m", "venv", str(cache / name)],
        [str(python), "-m", "pip", "install", "-q", *ENVIRONMENTS[name]],
    )
    for step in steps:
        made = subprocess.run(step, capture_output=True, text=True)
        if made.returncode:
            print(f"{name}: cannot be installed: {made.stderr.strip()[-300:]}", file=sys.stderr)
            return None
    done.touch()
    return python


def pack_model(model: Path, cache: Path) -> Path:
    """The model as an ``.argosmodel``: a zip of its folder, a SentencePiece model and metadata."""
    path = cache / f"{model.name}.argosmodel"
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.9",
        "from_code": "ar",
        "from_name": "Arabic",
        "to_code": "en",
        "to_name": "English",
    }
    cache.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("ar_en/metadata.json", json.dumps(metadata))
        packed.write(model / "source.spm", "ar_en/sentencepiece.model")
        for file in sorted(model.iterdir()):
            if file.suffix in (".bin", ".json"):
                packed.write(file, f"ar_en/model/{file.name}")
    return path


def list_articles(count: int) -> list[Path]:
    """The first articles of ``seeds/``."""
    return sorted((ROOT / "seeds").glob("*.txt"))[:count]


def lay_texts(
    sizes: Sequence[int], cache: Path, *, articles: int = 5, lines: Path | None = None
) -> list[Text]:
    """The short text, the articles and one text for each size, as files of JSON.

    :param sizes: segments of each larger text. They come from ``lines`` (a segment a line, or its
        first column; may be gzip'd), else from the articles again and again.
    """
    read = _read_articles(list_articles(articles))
    segments = [one for document in read for paragraph in document for one in paragraph]
    given = _read_lines(lines) if lines else segments
    texts = {"short": [[[min(segments[:20], key=lambda one: abs(len(one) - 100))]]]}
    texts["article" if articles == 1 else f"{articles} articles"] = read
    for size in sizes:
        texts[f"{size:,} segments"] = _group(islice(cycle(given), size))
    return [_write(name, documents, cache) for name, documents in texts.items()]


def lay_growth(times: Sequence[int], cache: Path, *, articles: int = 5) -> list[Text]:
    """The articles so many times over."""
    read = _read_articles(list_articles(articles))
    return [_write(f"x{number}", read * number, cache) for number in times]


def _read_articles(paths: Sequence[Path]) -> Documents:
    """Documents of paragraphs of segments, cut as bitrans cuts them."""
    documents: Documents = []
    for found in read_documents(paths):
        assert isinstance(found, Document), found
        paragraphs: dict[int, list[str]] = {}
        for segment in split_document(found):
            paragraphs.setdefault(segment.paragraph, []).append(" ".join(segment.text.split()))
        documents.append(list(paragraphs.values()))
    return documents


def _read_lines(path: Path) -> list[str]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    lines = (line.split("\t")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def _group(segments: Iterable[str]) -> Documents:
    left = list(segments)
    return [
        [[one] for one in left[start : start + DOCUMENT]] for start in range(0, len(left), DOCUMENT)
    ]


def _write(name: str, documents: Documents, cache: Path) -> Text:
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"text-{name.replace(' ', '-').replace(',', '')}.json"
    path.write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    segments = [one for document in documents for paragraph in document for one in paragraph]
    words = sum(len(one.split()) for one in segments)
    return Text(name, path, len(documents), len(segments), words)
