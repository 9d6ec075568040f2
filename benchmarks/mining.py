"""How many names mining finds again when the termbase is robbed of them.

``python -m benchmarks.mining seeds`` takes every entry that the documents mention out of the
termbase, mines the documents, and counts by kind which entries came back as candidates. The
candidates are printed, for a person to count those that are no names.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from bitrans.config import Config
from bitrans.core import Document
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import Glossary, compute_revision, load_glossary, normalise_form
from bitrans.segments import split_document
from bitrans.tools import load_engine
from bitrans.upkeep import find_glossary, mine_documents, read_many


def main(paths: Sequence[str]) -> None:
    """Print each candidate, and for each kind the entries removed and found again."""
    config = Config()
    terms = load_glossary(find_glossary(config)).terms
    documents = [found for found in read_many(paths) if isinstance(found, Document)]
    matcher = Matcher(terms)
    used = {
        match.term.id
        for document in documents
        for matches in matcher.find_in_document([s.text for s in split_document(document)])
        for match in matches
    }
    rest = tuple(term for term in terms if term.id not in used)
    robbed = Glossary(rest, compute_revision(rest), ())
    mined = mine_documents(documents, robbed, load_engine(config), config)
    for one in mined:
        print(f"{one.form}\t{one.kind}\t{one.count}\t{', '.join(one.spellings)}")
    forms = {normalise_form(form) for one in mined for form in one.forms}
    removed: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for term in terms:
        if term.id in used:
            removed[term.kind] += 1
            found[term.kind] += any(normalise_form(form) in forms for form in term.arabic)
    for kind, count in removed.most_common():
        print(f"{kind:8} {found[kind]:4} of {count} found again")
    print(f"{len(mined)} candidates; {found.total()} of {removed.total()} entries found again")


if __name__ == "__main__":
    main(sys.argv[1:] or ["seeds"])
