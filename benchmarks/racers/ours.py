"""bitrans: whole documents to written pages, with its glossary or without."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from protocol import Documents, Translate, serve


def load(settings: dict[str, Any]) -> Translate:
    """The tools of a run; ``alternatives`` and glossary as the settings say."""
    from bitrans.config import Config
    from bitrans.tools import load_tools

    config = Config(
        model=settings["model"],
        glossary=None if settings["glossary"] else (settings["no_terms"],),
        device=settings["device"],
        compute_type=settings["compute_type"],
        beam=settings["beam"],
        alternatives=min(4, settings["beam"]) if settings["glossary"] else 1,
        threads=settings["threads"],
    )
    tools = load_tools(config, ahead=["bitrans.publish"])
    from bitrans.publish import publish_paths

    folder = Path(tempfile.mkdtemp(prefix="pages-", dir=settings["work"]))
    laid: dict[int, list[str]] = {}

    def translate(documents: Documents) -> list[str]:
        key = hash(str(documents))
        if key not in laid:
            laid[key] = _lay(documents, folder)
        out = folder / "out"
        publish_paths(laid[key], out, tools)
        first = sorted(out.glob("*.md"))[0].read_text(encoding="utf-8")
        shutil.rmtree(out)
        return first.splitlines()[:1]

    return translate


def _lay(documents: Documents, folder: Path) -> list[str]:
    """Each document as a file, a paragraph a line."""
    paths = []
    for number, paragraphs in enumerate(documents):
        text = "\n\n".join(" ".join(lines) for lines in paragraphs) + "\n"
        name = hashlib.sha256(text.encode()).hexdigest()[:8]
        path = folder / f"{number:05}-{name}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


if __name__ == "__main__":
    serve(load)
