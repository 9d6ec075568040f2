"""Reference translations: where they stand beside a source, and how they are read."""

from __future__ import annotations

from pathlib import Path

from bitrans.errors import InputError

FOLDER = "references"
SUFFIX = ".en.txt"


def find_reference(source: str | Path) -> Path | None:
    """The reference beside a source, or None: ``references/<stem>.en.txt``, then beside it.

    Standard input (``-``) has none.
    """
    if str(source) == "-":
        return None
    path = Path(source)
    name = path.stem + SUFFIX
    places = (path.parent / FOLDER / name, path.parent / name)
    return next((place for place in places if place.is_file() and place != path), None)


def read_reference(path: str | Path) -> list[str]:
    """The lines of a reference that are not blank, without the white space around them.

    :raises InputError: when the file cannot be read, is not UTF-8 text or holds no line.
    """
    text = _decode(_read(Path(path)), path)
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        raise InputError(f"{path}: the reference is empty; write one English segment a line")
    return lines


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"{path}: cannot read the reference ({reason}); check the path and its permissions"
        ) from error


def _decode(data: bytes, path: str | Path) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} of the reference is not UTF-8; save the file as UTF-8"
        ) from error
    if "\0" in text:
        raise InputError(f"{path}: the reference is not plain text; save it as UTF-8 text")
    return text
