"""Bytes to text: which encoding it is, or why it is no text."""

from __future__ import annotations

import re

from bitrans.errors import InputError

_AS_TEXT = "save it as plain text in UTF-8"
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
)
# The mark of UTF-32 begins with that of UTF-16, so the longer stands first.
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_ARABIC = re.compile(r"[\u0620-\u063f\u0641-\u064a\u066e-\u06d3]")
_OTHER_LETTER = re.compile(r"(?![\u0620-\u06d3])[^\W\d_]")
_SAMPLE = 100_000


def decode(raw: bytes) -> tuple[str, str]:
    """The text without its byte order mark, and the name of the encoding.

    Nothing else is changed: line ends, spaces and invisible signs stay. A legacy encoding is
    believed only where it gives Arabic, for a wrong guess reads as letters all the same.

    :raises InputError: when it is no text, or in no encoding known here; it does not say where.
    """
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise InputError(f"is {what}, not plain text; {_AS_TEXT}")
    if raw[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        raise InputError(f"is a web page, not plain text; {_AS_TEXT}")
    text, encoding = _decode_marked(raw) or _decode_unmarked(raw)
    if len(_CONTROL.findall(text[:_SAMPLE])) * 100 > min(len(text), _SAMPLE) or "\0" in text:
        raise InputError(f"is a binary file, not text; {_AS_TEXT}")
    if not any(map(str.isalnum, text)):
        raise InputError("is empty: it holds no words; give a file that has text")
    return text, encoding


def _decode_marked(raw: bytes) -> tuple[str, str] | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            codec = "utf-8" if encoding == "utf-8-sig" else encoding
            return _decode_strictly(raw[len(mark) :], codec), encoding
    return None


def _decode_strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"is damaged {encoding.upper()} at byte {error.start}; {_AS_TEXT}"
        ) from error


def _decode_unmarked(raw: bytes) -> tuple[str, str]:
    wide = _guess_utf16(raw)
    if wide:
        return _decode_strictly(raw, wide), wide
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            raise InputError(f"is a binary file, not text; {_AS_TEXT}") from error
        if _is_damaged_utf8(raw):
            raise InputError(f"is damaged UTF-8 at byte {error.start}; {_AS_TEXT}") from error
    text = raw.decode("cp1256")
    if _reads_as_arabic(text):
        return text, "windows-1256"
    tried = "UTF-8, UTF-16 and Windows-1256"
    raise InputError(f"is in an unknown encoding (tried {tried}); convert it to UTF-8 with iconv")


def _guess_utf16(raw: bytes) -> str | None:
    """UTF-16 without its mark: in Arabic and ASCII one byte of each pair is 0 or 6."""
    if len(raw) < 2 or len(raw) % 2:
        return None
    high, low = ((half.count(0) + half.count(6)) / len(half) for half in (raw[1::2], raw[0::2]))
    if high > 0.7 and low < 0.3:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 and high < 0.3 else None


def _is_damaged_utf8(raw: bytes) -> bool:
    """Whether most of it is UTF-8 all the same; read as Windows-1256 that would be rubbish."""
    text = raw.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 2 < sum(character > "\x7f" for character in text)


def _reads_as_arabic(text: str) -> bool:
    """Whether a guess at Windows-1256 holds: a wrong one mixes in accented Latin letters."""
    sample = text[:_SAMPLE]
    arabic = len(_ARABIC.findall(sample))
    others = _OTHER_LETTER.findall(sample)
    accented = sum(not letter.isascii() for letter in others)
    return arabic > len(others) and arabic > 20 * accented
