"""What a run needs, loaded once: the engine in the background, the termbase meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bitrans import __version__
from bitrans.background import Background
from bitrans.config import Config
from bitrans.core import Translator
from bitrans.resources import cache_folder, data_folder

if TYPE_CHECKING:
    from bitrans.engine.translator import MarianTranslator
    from bitrans.glossary.matching import Matcher
    from bitrans.glossary.mining.unshown import NameChecker
    from bitrans.glossary.terms import Glossary


@dataclass
class Timings:
    """Seconds spent in each stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Add the time inside the ``with`` block to a stage."""
        begun = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begun


@dataclass(frozen=True)
class Tools:
    """What a run needs, loaded once."""

    engine: Translator
    glossary: Glossary
    matcher: Matcher
    config: Config
    timings: Timings = field(default_factory=Timings)
    version: str = __version__
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    @cached_property
    def names(self) -> NameChecker:
        """Doubts names that the termbase does not have."""
        from bitrans.glossary.mining.unshown import NameChecker

        return NameChecker(self.glossary.terms, self.matcher.first_names)


def load_tools(config: Config, *, ahead: Sequence[str] = ()) -> Tools:
    """Load glossary and model as the settings say.

    :param ahead: modules that the run will need; they are imported while the engine loads.
    :raises GlossaryError: when the termbase has faults.
    :raises EngineError: when the model cannot be used.
    """
    timings = Timings()
    with timings.measure("load"):
        engine = Background(partial(load_engine, config))
        glossary, matcher = _load_glossary(config)
        for name in (*ahead, *["bitrans.enforce"] * bool(len(glossary.terms))):
            import_module(name)
        loaded = engine.wait()
    return Tools(loaded, glossary, matcher, config, timings)


def _load_glossary(config: Config) -> tuple[Glossary, Matcher]:
    """Imported here so that the engine loads meanwhile."""
    from bitrans.glossary.stored import load_matching

    names = config.glossary
    paths = [data_folder("glossary")] if names is None else [Path(name) for name in names]
    return load_matching(paths, cache_folder())


def load_engine(config: Config) -> MarianTranslator:
    """The engine of the settings; imported here because it is heavy."""
    from bitrans.engine.catalogue import find_model
    from bitrans.engine.translator import EngineSettings, MarianTranslator

    settings = EngineSettings(
        config.device, config.compute_type, config.beam, config.threads, config.batch_tokens
    )
    return MarianTranslator(find_model(config.model), settings)
