"""Where files are: those that come with bitrans, and those it keeps to start faster."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder(name: str) -> Path:
    """The folder of shipped data, such as ``models`` or ``glossary``."""
    package = Path(__file__).parent
    installed = package / "data" / name
    return installed if installed.is_dir() else package.parent / name


def cache_folder() -> Path | None:
    """Where this user's programs keep what they can make again; None where there is no home."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given) / "bitrans"
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA")
        return Path(given) / "bitrans" / "cache" if given else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "bitrans"
