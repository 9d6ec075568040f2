"""What a start costs: threads that bring their errors back, and no module before it is needed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import bitrans.render
from bitrans.background import Background
from bitrans.config import Config
from bitrans.engine.catalogue import find_model, hash_files
from bitrans.engine.translator import WORKERS, EngineSettings, MarianTranslator, share_threads
from bitrans.errors import EngineError, GlossaryError
from bitrans.lazy import defer
from bitrans.tools import load_tools

ROOT = Path(__file__).parent.parent


def test_work_goes_on_beside_and_is_waited_for() -> None:
    going = threading.Event()

    def work() -> str:
        going.wait()
        return "done"

    beside = Background(work)
    going.set()
    assert [beside.wait(), beside.wait()] == ["done", "done"]


def test_what_fails_beside_fails_for_who_waits() -> None:
    beside = Background(lambda: {}["missing"])
    for _ in range(2):
        with pytest.raises(KeyError, match="missing"):
            beside.wait()


def test_a_name_is_imported_when_asked_for_and_kept() -> None:
    get = defer("bitrans.render", {"words": ("shorten",)})
    assert get("shorten") is bitrans.render.words.shorten  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"module 'bitrans\.render' has no attribute 'other'"):
        get("other")


@pytest.mark.parametrize(
    "package", ["bitrans.core", "bitrans.brief", "bitrans.render", "bitrans.scoring"]
)
def test_packages_have_all_that_they_name(package: str) -> None:
    module = __import__(package, fromlist=["x"])
    assert all(getattr(module, name) is not None for name in module.__all__)
    with pytest.raises(AttributeError):
        module.no_such_name  # noqa: B018


def test_translating_loads_nothing_of_briefs_and_scores() -> None:
    code = "import sys, bitrans.publish, bitrans.enforce; print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = found.stdout.split()
    spare = (
        "bitrans.brief.build",
        "bitrans.render.brief",
        "bitrans.measures",
        "bitrans.core.brief",
    )
    assert "bitrans.publish" in loaded
    assert not {*spare, "bitrans.scoring.scores", "jinja2", "numpy"} & {*loaded}


def test_both_kinds_of_fault_are_told_while_loading(tmp_path: Path, tiny_model: Path) -> None:
    missing = str(tmp_path / "none")
    with pytest.raises(EngineError, match="no such model"):
        load_tools(Config(model=missing))
    with pytest.raises(GlossaryError, match="cannot be read"):
        load_tools(Config(model=str(tiny_model), glossary=(missing,)))


def test_hashes_are_there_when_asked_for(tiny_model: Path) -> None:
    folder = find_model(str(tiny_model))
    assert MarianTranslator(folder).hashes == hash_files(folder)


def test_work_whose_wait_was_interrupted_still_counts_as_running() -> None:
    going = threading.Event()
    before = set(threading.enumerate())
    beside = Background(going.wait)
    (thread,) = set(threading.enumerate()) - before
    main = threading.main_thread().ident
    assert main is not None
    timer = threading.Timer(0.2, signal.pthread_kill, (main, signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            beside.wait()
        assert thread.is_alive()
    finally:
        going.set()
    assert beside.wait()


def test_threads_are_shared_among_workers() -> None:
    assert [share_threads(count, "cpu") for count in (1, 2, 4, 9)] == [
        (1, 1),
        (2, 1),
        (4, 1),
        (4, 2),
    ]
    assert share_threads(8, "cuda") == (1, 8)
    assert WORKERS == 4


def test_workers_change_no_english(tiny_model: Path) -> None:
    folder = find_model(str(tiny_model))
    texts = ["دخل الجيش حلب", "حلب", "", "قال الرئيس إن الهدنة في حلب", "الهدنة"]
    one, three = (
        MarianTranslator(folder, EngineSettings(threads=threads, batch_tokens=64)).translate(texts)
        for threads in (1, 3)
    )
    assert [found.text for found in one] == [found.text for found in three]


def test_alignment_that_is_not_wanted_is_not_given(tiny_model: Path) -> None:
    engine = MarianTranslator(find_model(str(tiny_model))).showing_attention()
    with_it, without = (engine.translate(["دخل الجيش حلب"], aligned=it)[0] for it in (True, False))
    assert with_it.alignment is not None
    assert without.alignment is None
    assert with_it.text == without.text
