"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from bitrans.errors import InputError
from bitrans.render import write_whole


def test_file_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "صفحة.html"
    write_whole(path, "حلب\r\n")
    assert path.read_bytes() == "حلب\r\n".encode()


def test_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    data = b"PK\x00\xff\r\n"
    write_whole(tmp_path / "brief.docx", data)
    assert (tmp_path / "brief.docx").read_bytes() == data
    assert os.listdir(tmp_path) == ["brief.docx"]


def test_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["page.html"]


def test_new_file_has_usual_permissions(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write_whole(tmp_path / "page.html", "text")
    assert (tmp_path / "page.html").stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("broken", ["os.replace", "os.fsync"])
def test_old_file_stays_when_writing_fails(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "page.html"
    path.write_text("old")
    monkeypatch.setattr(broken, fail)
    with pytest.raises(InputError, match=r"page\.html: cannot write: No space left .*; free"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["page.html"]


def test_interrupted_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "page.html", "new")
    assert not os.listdir(tmp_path)


def test_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(InputError, match="it is a folder"):
        write_whole(tmp_path / "page.html", "text")


def test_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    for path in (tmp_path / "out" / "page.html", tmp_path / "out" / "deep" / "page.html"):
        with pytest.raises(InputError, match="out is a file, not a folder"):
            write_whole(path, "text")


def test_missing_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(InputError, match="no permission in"):
        write_whole(tmp_path / "page.html", "text")


def test_undecodable_file_name_is_escaped(tmp_path: Path) -> None:
    write_whole(tmp_path / "page.html", "from \udcc8.txt")
    assert (tmp_path / "page.html").read_text() == "from \\udcc8.txt"
