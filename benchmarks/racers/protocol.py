"""How the race talks to a contestant: a line of JSON for each run, on standard input and output.

A contestant's file is run by the Python it is installed in, which need not have bitrans, so this
module imports the standard library alone and lies beside those files.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Begins the lines that are for the race; a library may print others.
MARK = "RACE "

Documents = list[list[list[str]]]
Translate = Callable[[Documents], list[str]]


def serve(load: Callable[[dict[str, Any]], Translate]) -> None:
    """Load once, then translate and time the text of each line that asks for it.

    A text is a file of JSON: documents of paragraphs of segments. Reading it is not timed.

    :param load: makes the translating function from the settings given as the first argument.
    """
    translate = load(json.loads(sys.argv[1]))
    _answer({"ready": True})
    for line in sys.stdin:
        documents: Documents = json.loads(Path(line.strip()).read_text(encoding="utf-8"))
        begun = time.perf_counter()
        english = translate(documents)
        spent = time.perf_counter() - begun
        _answer({"seconds": spent, "peak": _peak(), "english": english})


def _peak() -> int:
    """The most memory the process has held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _answer(value: dict[str, Any]) -> None:
    print(MARK + json.dumps(value), flush=True)
