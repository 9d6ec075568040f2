"""What a run would use, and whether all is well with it."""

from __future__ import annotations

from dataclasses import dataclass

from bitrans.config import Config
from bitrans.tools import load_tools


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What would be used, as names and values, and what is wrong with it."""

    facts: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]


def diagnose(config: Config) -> Diagnosis:
    """Load everything as a run would and check it.

    :raises BitransError: when something cannot be loaded at all.
    """
    from bitrans.engine.catalogue import find_damage
    from bitrans.engine.probes import probe_alignment
    from bitrans.engine.translator import MarianTranslator

    tools = load_tools(config)
    assert isinstance(tools.engine, MarianTranslator)
    folder, engine = tools.engine.folder, tools.engine.describe()
    faults = find_damage(folder, tools.engine.hashes)
    probe = probe_alignment(tools.engine.showing_attention())
    approved = sum(term.status == "approved" for term in tools.glossary.terms)
    facts = (
        ("bitrans", tools.version),
        ("engine", engine["engine"]),
        ("model", f"{folder.id} in {folder.path}"),
        ("model files", "match the card" if not faults else "see faults"),
        ("device", engine["device"]),
        ("compute type", engine["compute_type"]),
        ("attention", probe.words),
        (
            "glossary",
            f"{approved} approved terms of {len(tools.glossary.terms)},"
            f" revision {tools.glossary.revision[:12]}",
        ),
        ("load seconds", f"{tools.timings.seconds['load']:.2f}"),
    )
    return Diagnosis(facts, tuple(faults))
