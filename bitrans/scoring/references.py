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
    text = read_plain_text(Path(path))
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        raise InputError(f"{path}: the reference is empty; write one English segment a line")
    return lines


def read_plain_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark.

    :raises InputError: when it cannot be read or is something else.
    """
    try:
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from error
    if "\0" in text:
        raise InputError(f"{path}: not plain text; save it as UTF-8 text")
    return text


def read_file(path: Path) -> bytes:
    """The bytes of a file.

    :raises InputError: when it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"{path}: cannot read it ({reason}); check the path and its permissions"
        ) from error
