"""The termbase in the formats of others: DeepL's CSV and TSV, OmegaT's glossary, TBX v2 and v3.

A writer says what its format could not hold, counted by field; a reader says what it left out and
reports every fault as ``file:line: reason``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bitrans.core import Term
from bitrans.errors import GlossaryError, UsageError
from bitrans.glossary.exchange import delimited, tbx
from bitrans.glossary.exchange.values import Exported, Imported
from bitrans.glossary.terms import MAX_BYTES

WRITERS: dict[str, Callable[[Sequence[Term]], Exported]] = {
    "csv": delimited.write_csv,
    "tsv": delimited.write_tsv,
    "omegat": delimited.write_omegat,
    "tbx2": tbx.write_martif,
    "tbx3": tbx.write_basic,
}
READERS: dict[str, Callable[[bytes, str], Imported]] = {
    "csv": delimited.read_csv,
    "tsv": delimited.read_tsv,
    "omegat": delimited.read_omegat,
    "tbx": tbx.read_tbx,
}
_BY_ENDING = {
    ".csv": "csv", ".tsv": "tsv", ".txt": "omegat", ".utf8": "omegat", ".tab": "omegat",
    ".tbx": "tbx", ".xml": "tbx", ".martif": "tbx",
}  # fmt: skip


def export_terms(terms: Iterable[Term], form: str) -> Exported:
    """Terms in a format of :data:`WRITERS`."""
    return WRITERS[form](list(terms))


def import_file(path: Path, form: str | None) -> Imported:
    """The terms of a file of another program; the format is told by its name where None.

    :raises UsageError: when the name does not tell the format.
    :raises GlossaryError: when the file cannot be read at all.
    """
    form = form or _BY_ENDING.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"{path}: the name does not tell the format; say --format {_NAMES}")
    reader = READERS["tbx" if form.startswith("tbx") else form]
    return reader(_read_bytes(path), path.as_posix())


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise GlossaryError(f"{path.as_posix()}: cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise GlossaryError(
            f"{path.as_posix()}: more than {MAX_BYTES // 1024**2} MiB, "
            "which no glossary needs; split it"
        )
    return raw


_NAMES = ", ".join(READERS)
