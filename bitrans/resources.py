"""Where the files that come with bitrans are: beside the package or in its source tree."""

from __future__ import annotations

from pathlib import Path


def data_folder(name: str) -> Path:
    """The folder of shipped data, such as ``models`` or ``glossary``."""
    package = Path(__file__).parent
    installed = package / "data" / name
    return installed if installed.is_dir() else package.parent / name
