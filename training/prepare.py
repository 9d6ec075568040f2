"""Step 1: clean, filter and group the sentence pairs; keep the held-out texts out.

``python -m training.prepare CORPORA WORK --seeds seeds`` writes ``WORK/pairs.tsv.gz`` (domain,
Arabic, English), ``WORK/mono.txt.gz`` and ``WORK/prepare.json`` with the counts of every rule.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

from bitrans.arabic import normalise_for_model
from training.corpus import (
    SentencePair,
    collect_runs,
    explain_rejection,
    read_lines,
    read_pairs,
    word_runs,
)

RUN_LENGTH = 8
MINIMUM_WORDS = {"interface": 4, "chat": 3}
DOMAINS = {
    "news": ("news", "ud_pud"),
    "reports": (
        "syrian_archive",
        "syrian_archive_2017",
        "syrian_archive_incidents",
        "tico19",
        "un_sdg_translations",
        "vote_gov",
        "xquad",
        "mlqa_dev_answer_sentences",
        "mlqa_questions",
    ),
    "titles": ("syrian_archive_video_titles", "syrian_archive_site_old"),
    "chat": ("khaled_arabic_english_csv", "laser_tatoeba", "tatoeba_manythings"),
    "prose": (
        "debian_handbook",
        "react_docs",
        "opensource_guide",
        "monero_site",
        "mozilla_www_l10n",
        "scratch_l10n",
    ),
    "manuals": ("ms_dynamics_operations", "ms_project_operations"),
    "interface": (
        "bayanat",
        "primero_unicef",
        "deb_chromium",
        "deb_wordpress",
        "deb_mediawiki",
        "deb_libreoffice_ui",
        "deb_gettext_misc",
        "pypi_kolibri",
        "pypi_pretix",
    ),
}


def held_out_runs(corpora: Path, seeds: Path | None) -> set[tuple[str, ...]]:
    """Word runs of the dev sets and of the seed articles, in both languages."""
    texts = [
        side
        for path in sorted((corpora / "dev").glob("*.tsv"))
        for pair in read_pairs(path)
        for side in pair
    ]
    if seeds:
        texts += [
            normalise_for_model(path.read_text(encoding="utf-8"))
            for path in sorted(seeds.rglob("*.txt"))
        ]
    return collect_runs(texts, RUN_LENGTH)


def select_pairs(
    corpora: Path, held_out: set[tuple[str, ...]], counts: Counter[str]
) -> list[tuple[str, SentencePair]]:
    """Pairs fit for training with their domain; ``counts`` receives what each rule dropped."""
    kept: list[tuple[str, SentencePair]] = []
    seen: set[str] = set()
    for domain, names in DOMAINS.items():
        for name in names:
            path = corpora / "train" / f"{name}.tsv.gz"
            for pair in read_pairs(path) if path.exists() else ():
                reason = explain_rejection(pair)
                if reason is None and len(pair.arabic.split()) < MINIMUM_WORDS.get(domain, 1):
                    reason = "too short for its domain"
                if reason is None and pair.arabic in seen:
                    reason = "duplicate"
                if reason is None and _touches(pair, held_out):
                    reason = "shares a run with held-out text"
                counts[f"{domain}: {reason or 'kept'}"] += 1
                if reason is None:
                    seen.add(pair.arabic)
                    kept.append((domain, pair))
    return kept


def write_mono(corpora: Path, work: Path, held_out: set[tuple[str, ...]]) -> int:
    """Write the Arabic sentences that have no English, held-out runs left out."""
    count = 0
    with gzip.open(work / "mono.txt.gz", "wt", encoding="utf-8") as out:
        for path in sorted((corpora / "mono").glob("*.gz")):
            for line in read_lines(path):
                text = normalise_for_model(line)
                if text and not any(run in held_out for run in word_runs(text, RUN_LENGTH)):
                    out.write(text + "\n")
                    count += 1
    return count


def main() -> None:
    """Parse the command line and run the step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--seeds", type=Path, help="articles and references to keep out")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    held_out = held_out_runs(options.corpora, options.seeds)
    kept = select_pairs(options.corpora, held_out, counts)
    with gzip.open(options.work / "pairs.tsv.gz", "wt", encoding="utf-8") as out:
        out.writelines(f"{domain}\t{pair.arabic}\t{pair.english}\n" for domain, pair in kept)
    counts["mono: kept"] = write_mono(options.corpora, options.work, held_out)
    report = json.dumps(dict(sorted(counts.items())), indent=1)
    (options.work / "prepare.json").write_text(report + "\n", encoding="utf-8")
    print(report)


def _touches(pair: SentencePair, held_out: set[tuple[str, ...]]) -> bool:
    return any(run in held_out for side in pair for run in word_runs(side, RUN_LENGTH))


if __name__ == "__main__":
    main()
