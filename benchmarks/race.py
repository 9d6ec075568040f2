"""The race: the same weights and the same text in bitrans and in what else could run them.

``python -m benchmarks.race`` sets up what is missing and runs everything; ``--quick`` runs it on
little text, to see that it works. ``docs/benchmarks.md`` says what is measured and how.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.race_plan import Plan
from benchmarks.race_quality import score_peers
from benchmarks.race_report import render_report, write_between
from benchmarks.race_setup import (
    ROOT,
    Text,
    lay_growth,
    lay_texts,
    list_articles,
    make_environment,
    pack_model,
)

RACERS = ROOT / "benchmarks" / "racers"
MARK = "RACE "
HEADER = "id\tkind\tarabic\tpreferred\tadmitted\tforbidden\tstatus\tflags\tlinks\tcoordinates\t"
#: A contestant's file and environment, and whether it has the glossary.
CONTESTANTS: Mapping[str, tuple[str, str, bool]] = {
    "floor": ("floor.py", "", False),
    "floor, a batch a thread": ("floor.py", "", False),
    "bitrans": ("ours.py", "", False),
    "bitrans, glossary": ("ours.py", "", True),
    "transformers": ("transformers_marian.py", "peers", False),
    "Argos Translate": ("argos.py", "peers", False),
    "LibreTranslate": ("libre.py", "libre", False),
}


#: Texts of more segments are run once, without a run to warm up.
LARGE = 500


class Lost(Exception):
    """A contestant that stopped answering; the race goes on without it."""


@dataclass
class Racer:
    """A contestant's process, ready to translate."""

    name: str
    process: subprocess.Popen[str]
    log: Path

    def ask(self, text: Text | None = None) -> dict[str, Any]:
        """The answer to a text, or, without one, that it is ready.

        :raises Lost: when it gives none.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if text is not None:
            self.process.stdin.write(f"{text.path}\n")
            self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith(MARK):
                answer: dict[str, Any] = json.loads(line.removeprefix(MARK))
                return answer
        raise Lost(f"{self.name}: {self.log.read_text(encoding='utf-8').strip()[-300:]}")


@dataclass
class Setup:
    """Where everything is, and how it runs."""

    model: Path
    cache: Path
    threads: int
    device: str
    compute_type: str
    pythons: dict[str, Path] = field(default_factory=dict)

    @contextmanager
    def start(self, name: str, beam: int) -> Iterator[Racer]:
        """A contestant's process, ended when the block is left."""
        file, environment, glossary = CONTESTANTS[name]
        settings = {
            "model": str(self.model),
            "beam": beam,
            "threads": self.threads,
            "spread": name.endswith("a batch a thread"),
            "device": self.device,
            "compute_type": self.compute_type,
            "glossary": glossary,
            "work": str(self.cache),
            "no_terms": str(self.cache / "none.tsv"),
            "argosmodel": str(self.cache / f"{self.model.name}.argosmodel"),
            "shown": 3,
        }
        log = self.cache / f"{file}.log"
        command = [str(self.pythons[environment]), str(RACERS / file), json.dumps(settings)]
        pipe = subprocess.PIPE
        surroundings = self._environment(beam, environment)
        with (
            log.open("w", encoding="utf-8") as errors,
            subprocess.Popen(
                command,
                stdin=pipe,
                stdout=pipe,
                stderr=errors,
                text=True,
                env=surroundings,
                cwd=ROOT,
            ) as process,
        ):
            try:
                yield Racer(name, process, log)
            finally:
                process.kill()

    def _environment(self, beam: int, environment: str) -> dict[str, str]:
        """Threads pinned alike, no hub asked, and each peer's files in the cache."""
        threads = str(self.threads)
        home = self.cache / f"home-{environment or 'bitrans'}"
        home.mkdir(exist_ok=True)
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OMP_NUM_THREADS": threads,
            "MKL_NUM_THREADS": threads,
            "HF_HUB_OFFLINE": "1",
            "XDG_DATA_HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "XDG_CACHE_HOME": str(home),
            "ARGOS_INTRA_THREADS": threads,
            "ARGOS_BEAM_SIZE": str(beam),
            "ARGOS_COMPUTE_TYPE": self.compute_type,
            "ARGOS_DEVICE_TYPE": self.device,
        }


@dataclass
class Race:
    """What a race is held to, and what it leaves out."""

    plan: Plan
    repeats: int
    lost: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def note(self, line: str) -> None:
        """Something that was left out, and why."""
        if line not in self.left_out:
            self.left_out.append(line)
            _say(f"left out: {line}")


def main() -> None:
    """Set up, run, print the tables, write them where wanted."""
    options = _read_options()
    setup = _set_up(options)
    plan = Plan(options.budget * 60, options.patience, beams=len(options.beams))
    race = Race(plan, options.repeats)
    report: dict[str, Any] = {
        "threads": setup.threads,
        "device": setup.device,
        "compute_type": setup.compute_type,
        "repeats": options.repeats,
        "quick": options.quick,
        "text": "the articles, repeated" if options.text is None else "a text of its own",
        "budget": options.budget,
        "lost": race.lost,
        "left_out": race.left_out,
    }
    articles = 1 if options.quick else 5
    texts = lay_texts(options.sizes, setup.cache, articles=articles, lines=options.text)
    report["texts"] = {
        text.name: {"documents": text.documents, "segments": text.segments, "words": text.words}
        for text in texts
    }
    names = [name for name in options.only if CONTESTANTS[name][1] in setup.pythons]
    report["cold"] = _race_cold(setup, names, texts[0], options.repeats, race.lost)
    report["pages"] = _time_pages(setup, list_articles(articles), options.repeats)
    growth = lay_growth(options.growth, setup.cache, articles=articles)
    report["growth"] = _measure_growth(setup, growth)
    report["warm"] = {}
    for number, beam in enumerate(options.beams, 1):
        plan.begin(number)
        report["warm"][str(beam)] = _race_warm(setup, names, texts, beam, race)
    if options.dev is not None:
        report["quality"] = score_peers(options.dev, setup.model, threads=setup.threads)
    tables = render_report(report)
    print(tables)
    if options.out is not None:
        options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    if options.docs is not None:
        write_between(options.docs, tables)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="little text, one run of each")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "ar-en-news")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "bitrans-race")
    parser.add_argument("--text", type=Path, help="Arabic segments, a line each, for larger sizes")
    parser.add_argument("--dev", type=Path, help="folder of flores.tsv and peers/*.en to score")
    parser.add_argument("--sizes", type=int, nargs="*", help="segments of the larger texts")
    parser.add_argument("--beams", type=int, nargs="+", help="beam widths")
    parser.add_argument("--repeats", type=int, help="runs of each; the median counts")
    parser.add_argument("--patience", type=float, default=420.0, help="most seconds of one run")
    parser.add_argument("--budget", type=float, default=40.0, help="minutes for all, set-up aside")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compute-type", default="auto")
    parser.add_argument("--only", nargs="+", default=list(CONTESTANTS), choices=list(CONTESTANTS))
    parser.add_argument("--out", type=Path, help="write the measurements as JSON")
    parser.add_argument("--docs", type=Path, help="put the tables into this page")
    options = parser.parse_args()
    if options.sizes is None:
        options.sizes = [20] if options.quick else [1000, 10_000]
    options.growth = [1, 2] if options.quick else [1, 2, 4, 8]
    options.beams = options.beams or ([1] if options.quick else [1, 4])
    options.repeats = options.repeats or (1 if options.quick else 3)
    return options


def _set_up(options: argparse.Namespace) -> Setup:
    cache: Path = options.cache
    cache.mkdir(parents=True, exist_ok=True)
    (cache / "none.tsv").write_text(f"{HEADER}note\tsource\n", encoding="utf-8")
    pack_model(options.model, cache)
    compute_type = options.compute_type
    if compute_type == "auto":
        from bitrans.engine.translator import choose_compute_type

        compute_type = choose_compute_type("auto", options.device)
    setup = Setup(options.model, cache, options.threads, options.device, compute_type)
    setup.pythons[""] = Path(sys.executable)
    for name in dict.fromkeys(CONTESTANTS[one][1] for one in options.only):
        python = setup.pythons.get(name) or make_environment(name, cache)
        if python is not None:
            setup.pythons[name] = python
    return setup


def _race_warm(
    setup: Setup, names: Sequence[str], texts: Sequence[Text], beam: int, race: Race
) -> dict[str, dict[str, Any]]:
    """Seconds and peak memory of each contestant on each text, the runs of all interleaved.

    One whose next run is not expected to fit what is left of the time is left out, and why is
    noted; so is one that takes longer than the patience for a text, for the larger ones.
    """
    found: dict[str, dict[str, Any]] = {name: {} for name in names}
    with ExitStack() as stack:
        racers = {}
        for name in names:
            racer = stack.enter_context(setup.start(name, beam))
            answers = [_try(racer, text, race.lost) for text in (None, texts[0])]
            if None not in answers:
                racers[name] = racer
        for text in texts:
            for name, answers in _run_text(racers, text, beam, race).items():
                if answers:
                    found[name][text.name] = _sum_up(answers)
    return found


def _run_text(
    racers: dict[str, Racer], text: Text, beam: int, race: Race
) -> dict[str, list[dict[str, Any]]]:
    """The answers that count of each contestant; those that are lost are taken out.

    The first run of a small text warms up; it counts where time is left for no other.
    """
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in racers}
    for _ in range(1 if text.segments > LARGE else race.repeats + 1):
        for name in list(racers):
            if why := race.plan.refuse(name, beam, text, again=bool(runs[name])):
                if not runs[name]:
                    race.note(f"{name}, beam {beam}, {text.name}: {why}")
                continue
            answer = _try(racers[name], text, race.lost)
            _say(f"{name}, beam {beam}, {text.name}: {_word_time(answer)}")
            if answer is None:
                del racers[name]
                continue
            race.plan.learn(name, beam, text, answer["seconds"])
            runs[name].append(answer)
    return {name: answers[1:] or answers for name, answers in runs.items()}


def _say(line: str) -> None:
    """How far the race is, for who waits for it."""
    print(line, file=sys.stderr, flush=True)


def _word_time(answer: dict[str, Any] | None) -> str:
    return "lost" if answer is None else f"{answer['seconds']:.2f} s"


def _try(racer: Racer, text: Text | None, lost: dict[str, str]) -> dict[str, Any] | None:
    try:
        return racer.ask(text)
    except (Lost, OSError) as error:
        lost[racer.name] = str(error)
        return None


def _sum_up(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "seconds": statistics.median(answer["seconds"] for answer in answers),
        "runs": [round(answer["seconds"], 4) for answer in answers],
        "peak": max(answer["peak"] for answer in answers),
        "english": answers[0]["english"][:1],
    }


def _race_cold(
    setup: Setup, names: Sequence[str], short: Text, repeats: int, lost: dict[str, str]
) -> dict[str, dict[str, float]]:
    """Seconds from the start of the process to being ready, and to the first English."""
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for _ in range(repeats):
        for name in names:
            begun = time.perf_counter()
            with setup.start(name, 4) as racer:
                if _try(racer, None, lost) is None:
                    continue
                ready = time.perf_counter() - begun
                if _try(racer, short, lost) is not None:
                    runs[name].append((ready, time.perf_counter() - begun))
    return {
        name: {
            "ready": statistics.median(ready for ready, _ in times),
            "first": statistics.median(first for _, first in times),
        }
        for name, times in runs.items()
        if times
    }


def _time_pages(setup: Setup, articles: Sequence[Path], repeats: int) -> dict[str, float]:
    """Seconds of the whole command, from process start to pages."""
    folders = {"bitrans": setup.cache / "none.tsv", "bitrans, glossary": ROOT / "glossary"}
    runs: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(repeats):
        for name, glossary in folders.items():
            with tempfile.TemporaryDirectory() as out:
                command = [sys.executable, "-m", "bitrans", "translate", *map(str, articles)]
                command += [
                    "--out",
                    out,
                    "--glossary",
                    str(glossary),
                    "--quiet",
                    "--model",
                    str(setup.model),
                ]
                command += ["--threads", str(setup.threads), "--device", setup.device]
                begun = time.perf_counter()
                subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
                runs[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in runs.items()}


def _measure_growth(setup: Setup, texts: Sequence[Text]) -> dict[str, dict[str, float]]:
    """How bitrans with its glossary grows with the number of documents, as ratios to the least."""
    with setup.start("bitrans, glossary", 1) as racer:
        racer.ask()
        racer.ask(texts[0])
        answers = [racer.ask(text) for text in texts]
    least = answers[0]["seconds"]
    return {
        text.name: {"seconds": answer["seconds"], "ratio": answer["seconds"] / least,
                    "peak": answer["peak"]}
        for text, answer in zip(texts, answers, strict=True)
    }  # fmt: skip


if __name__ == "__main__":
    main()
