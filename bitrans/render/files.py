"""Writing what was rendered: whole files or none."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from bitrans.errors import InputError


def write_whole(path: Path, content: str | bytes, *, remedy: str = "choose another --out") -> None:
    """Put ``content`` at ``path``, making its folders; what stood there stays until all is there.

    Text becomes UTF-8; characters that it cannot hold (undecodable bytes of a file name) are
    written as escapes.

    :param remedy: what the user can do where it cannot be written.
    :raises InputError: when it cannot be written.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    try:
        _replace(path, data)
    except OSError as fault:
        reason = _reason(path, fault, remedy)
        raise InputError(f"{path}: cannot write: {reason}") from fault


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder")
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file replaced, or those a new file gets."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _reason(path: Path, fault: OSError, remedy: str) -> str:
    if isinstance(fault, IsADirectoryError):
        return "it is a folder; name another file, or remove the folder"
    if isinstance(fault, FileExistsError | NotADirectoryError):
        return f"{_find_file_above(path)} is a file, not a folder; {remedy}"
    if isinstance(fault, PermissionError):
        return f"no permission in {path.parent}; {remedy}"
    return f"{fault.strerror or fault}; free some space or {remedy}"


def _find_file_above(path: Path) -> Path:
    return next((above for above in path.parents if above.is_file()), path.parent)
