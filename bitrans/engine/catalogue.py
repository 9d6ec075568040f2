"""Where models are, what they are and whether their files are whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bitrans.errors import EngineError
from bitrans.resources import data_folder

DEFAULT_MODEL = "ar-en-news"
FILES = (
    "model.bin",
    "config.json",
    "source.spm",
    "target.spm",
    "source_vocabulary.json",
    "target_vocabulary.json",
)
#: Bytes read at once for a hash.
_PART = 1 << 22
_HASH = re.compile(r"`([\w.-]+)`[^\n]*?\b([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that holds a converted model."""

    id: str
    path: Path

    @property
    def card(self) -> Path:
        """The model card."""
        return self.path / "README.md"


def find_model(name: str | None = None) -> ModelFolder:
    """The model of this id or in this folder; the default where no name is given.

    :raises EngineError: when there is none, or it lacks files.
    """
    name = name or DEFAULT_MODEL
    path = Path(name)
    if not path.is_dir():
        path = data_folder("models") / name
    if not path.is_dir():
        raise EngineError(f"model {name}: no such model or folder{_suggest(name)}")
    missing = [file for file in FILES if not (path / file).is_file()]
    if missing:
        raise EngineError(f"model {path}: missing {', '.join(missing)}: install the model again")
    return ModelFolder(path.resolve().name, path)


def list_models() -> Iterator[ModelFolder]:
    """The models that come with bitrans, by id."""
    root = data_folder("models")
    for path in sorted(root.iterdir()) if root.is_dir() else ():
        if (path / "model.bin").is_file():
            yield ModelFolder(path.name, path)


def hash_files(folder: ModelFolder) -> dict[str, str]:
    """SHA-256 of each file of a model, by file name."""
    return {name: _hash_file(folder.path / name) for name in FILES}


def _hash_file(path: Path) -> str:
    """In parts so large that a thread that computes beside is seldom asked for its turn."""
    digest, part = hashlib.sha256(), bytearray(_PART)
    with path.open("rb", buffering=0) as handle, memoryview(part) as view:
        while read := handle.readinto(view):
            digest.update(view[:read])
    return digest.hexdigest()


def find_damage(folder: ModelFolder, hashes: dict[str, str]) -> list[str]:
    """How a model's files differ from its card, one line each; empty when all is well."""
    if not folder.card.is_file():
        return [f"model {folder.id}: no card (README.md), so its files cannot be checked"]
    wanted = dict(_HASH.findall(folder.card.read_text(encoding="utf-8")))
    faults = [
        f"model {folder.id}: {name} is not listed in the card"
        for name in FILES
        if name not in wanted
    ]
    faults += [
        f"model {folder.id}: {name} differs from the card's SHA-256: install it again"
        for name in FILES
        if wanted.get(name, hashes[name]) != hashes[name]
    ]
    return faults


def _suggest(name: str) -> str:
    from difflib import get_close_matches

    known = [model.id for model in list_models()]
    close = get_close_matches(name, known, n=1)
    if close:
        return f"; did you mean {close[0]}?"
    return f"; known: {', '.join(known)}" if known else "; none are installed"
