"""LibreTranslate's server with the same weights, through HTTP on this machine.

LibreTranslate is AGPL and no dependency of bitrans: the race talks to it as any client does, in a
virtual environment of its own. It is kept from fetching models, and is given the sentences as
Argos Translate is.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from argos import END, GivenSentences, forget_paragraphs
from protocol import Documents, Translate, serve

PATIENCE = 60.0


def load(settings: dict[str, Any]) -> Translate:
    """The server, started and answering."""
    from argostranslate import package, translate

    if not package.get_installed_packages():
        package.install_from_path(settings["argosmodel"])
    translate.MiniSBDSentencizer = GivenSentences
    forget_paragraphs()
    address = f"http://127.0.0.1:{_start_server()}"
    _await(address)

    def run(documents: Documents) -> list[str]:
        english = [
            _ask(address, "\n".join(END.join(lines) for lines in document))
            for document in documents
        ]
        return english[0].split("\n")[: settings["shown"]]

    return run


def _start_server() -> int:
    import libretranslate.init

    libretranslate.init.boot = lambda *_, **__: None
    from libretranslate.app import create_app
    from libretranslate.main import get_args
    from waitress import serve as serve_http

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    sys.argv = ["libretranslate", "--load-only", "ar,en", "--disable-files-translation"]
    os.environ["LT_UPDATE_MODELS"] = "false"
    app = create_app(get_args())
    options = {"host": "127.0.0.1", "port": port, "_quiet": True}
    threading.Thread(target=serve_http, args=(app,), kwargs=options, daemon=True).start()
    return port


def _await(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{address}/languages", timeout=5).read()
            return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _ask(address: str, text: str) -> str:
    body = json.dumps({"q": text, "source": "ar", "target": "en", "format": "text"}).encode()
    request = urllib.request.Request(
        f"{address}/translate", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        english: str = json.load(answer)["translatedText"]
    return english


if __name__ == "__main__":
    serve(load)
