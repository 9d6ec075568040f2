"""The bilingual document: what is checked when it is made, and its JSON.

``golden/sample.json`` is the JSON of the document made here; the renderers are tested with it.
``BITRANS_REFRESH_GOLDEN=1 pytest`` writes it, and the other golden files, anew.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bitrans.bilingual import FORMAT, VERSION, build_bilingual, from_json, to_json
from bitrans.core import (
    BilingualDocument,
    Change,
    Document,
    Doubt,
    Match,
    Method,
    Pair,
    Segment,
    SetAside,
    Span,
    Step,
    Term,
)
from bitrans.errors import InputError

GOLDEN = Path(__file__).parent / "golden" / "sample.json"
RUN = {"bitrans": "0.0.0", "created": "2016-12-13 09:00 UTC", "model": "toy", "glossary": "abc123"}

LINES = (
    "\ufeffسقوط أحياء حلب",
    "انسحب المقاتلون من كرم الدعدع والكلاسة وجسر الحج، وسقط 90 % من الأحياء.",
    "وأعلن المرصد ذلك أمس.",
    "Ad",
    "المعارضة",
    'قال رامى عبدالرحمن <script>alert("x")</script> & إن | *روسيا* \u202eقصفت\u202c المدينة.',
    "صمت.",
    "المصدر: RT + وكالات",
)
TEXT = "\n\n".join(LINES) + "\n"

ALEPPO = Term(
    id="aleppo", kind="place", arabic=("حلب",), preferred="Aleppo", admitted=("Halab",),
    flags=frozenset({"prefixes", "capital"}), links=("https://www.wikidata.org/wiki/Q41183",),
    coordinates=(36.2, 37.16), note="the city", source="hand", where="places.tsv:2",
)  # fmt: skip
DAADAA = Term("karm-al-daadaa", "place", ("كرم الدعدع",), "Karm al-Daadaa")
KALLASA = Term("kallasa", "place", ("الكلاسة",), "al-Kallasa", forbidden=("Kallaseh",))
BRIDGE = Term("jisr-al-haj", "place", ("جسر الحج",), "Jisr al-Haj", status="candidate")
OBSERVATORY = Term(
    "sohr", "agency", ("المرصد", "المرصد السوري"), "the Syrian Observatory for Human Rights"
)
RAMI = Term("rami", "person", ("رامي عبدالرحمن",), 'Rami "Abu" <b>Abdulrahman</b>')
RUSSIA = Term("russia", "place", ("روسيا",), "Russia")


def test_sample_is_golden() -> None:
    text = json.dumps(to_json(build_sample(), run=RUN), ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("BITRANS_REFRESH_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == text


def test_json_gives_back_the_same_document() -> None:
    sample = build_sample()
    again = from_json(json.loads(json.dumps(to_json(sample, run=RUN))))
    assert again == sample


def test_json_of_a_document_without_pairs_comes_back() -> None:
    document = Document("empty", "", "-", None, " \n", "0")
    assert from_json(to_json(build_bilingual(document, ()))) == BilingualDocument(document, ())


def test_json_says_what_made_it() -> None:
    data = to_json(build_sample(), run=RUN)
    assert (data["format"], data["version"], data["run"]) == (FORMAT, VERSION, RUN)


def test_json_holds_each_term_once() -> None:
    data = to_json(build_sample())
    used = {match["term"] for pair in data["pairs"] for match in pair["matches"]}
    assert set(data["terms"]) == used


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_unknown_version_says_what_to_do(version: object) -> None:
    with pytest.raises(InputError, match=r"a\.json: format version .* translate the article again"):
        from_json({"format": FORMAT, "version": version}, source="a.json")


@pytest.mark.parametrize("data", [None, [], "text", {}, {"format": "bitrans-report", "version": 1}])
def test_other_json_is_refused(data: object) -> None:
    with pytest.raises(InputError, match="not a bilingual document"):
        from_json(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("document", "text"), "something else"),
        (("document", "title"), 5),
        (("document", "set_aside"), [{"span": [0], "reason": "x"}]),
        (("terms",), []),
        (("terms", "aleppo", "kind"), "planet"),
        (("pairs", 0, "index"), 1),
        (("pairs", 0, "index"), True),
        (("pairs", 0, "span"), [5, 2]),
        (("pairs", 0, "english"), "Not what the steps give"),
        (("pairs", 0, "matches", 0, "term"), "no-such-term"),
        (("pairs", 0, "steps", 0, "method"), "magic"),
        (("pairs", 0, "steps", 0, "match"), 9),
        (("pairs", 0, "doubts"), None),
        (("pairs",), [{}]),
        (("summary",), [99]),
    ],
)
def test_damaged_json_is_refused(path: tuple[str | int, ...], value: object) -> None:
    data: Any = json.loads(json.dumps(to_json(build_sample())))
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(InputError, match=r"a\.json: damaged .* translate the article again"):
        from_json(data, source="a.json")


def test_text_in_no_segment_and_not_set_aside_is_refused() -> None:
    sample = build_sample()
    fewer = replace(sample.document, set_aside=sample.document.set_aside[:-1])
    with pytest.raises(AssertionError, match="lost at"):
        build_bilingual(fewer, sample.pairs)


def test_segments_out_of_order_are_refused() -> None:
    sample = build_sample()
    with pytest.raises(AssertionError):
        build_bilingual(sample.document, sample.pairs[::-1])


def test_segment_of_another_document_is_refused() -> None:
    sample = build_sample()
    with pytest.raises(AssertionError, match="another document"):
        build_bilingual(replace(sample.document, id="other"), sample.pairs)


@pytest.mark.parametrize("summary", [(2, 1), (1, 1), (-1,), (99,)])
def test_summary_that_does_not_fit_is_refused(summary: tuple[int, ...]) -> None:
    sample = build_sample()
    with pytest.raises(AssertionError):
        build_bilingual(sample.document, sample.pairs, summary)


def test_steps_that_do_not_replay_are_refused() -> None:
    sample = build_sample()
    with pytest.raises(ValueError, match="does not fit"):
        replace_pair(sample, 1, raw="Something shorter.")


def test_match_that_is_elsewhere_is_refused() -> None:
    sample = build_sample()
    match = replace(sample.pairs[0].matches[0], span=Span(0, 3))
    with pytest.raises(AssertionError):
        replace_pair(sample, 0, matches=(match,), steps=())


def replace_pair(bilingual: BilingualDocument, index: int, **values: Any) -> BilingualDocument:
    pairs = list(bilingual.pairs)
    pairs[index] = replace(pairs[index], **values)
    return build_bilingual(bilingual.document, pairs, bilingual.summary)


def build_sample() -> BilingualDocument:
    """A document with every value: methods, doubts, parts set aside, hostile text."""
    document = Document(
        id="sample",
        title="سقوط أحياء حلب",
        source="some folder/sample <1>.txt",
        date="2016-12-13",
        text=TEXT,
        sha256="5a" * 32,
        set_aside=(
            SetAside(Span(0, 1), "byte-order mark"),
            SetAside(span_of(LINES[3]), "advertisement line"),
            SetAside(span_of(LINES[7]), "source line"),
        ),
        encoding="utf-8-sig",
    )
    pairs = (title_pair(), districts_pair(), agency_pair(), heading_pair(), hostile_pair(), last())
    return build_bilingual(document, pairs, (0, 1, 4))


def title_pair() -> Pair:
    segment = make_segment(0, 0, LINES[0].lstrip("\ufeff"), "heading")
    match = make_match(ALEPPO, segment)
    english = "The fall of the neighbourhoods of Aleppo"
    step = note(match, "already-right", "the model wrote it so", Span(34, 40))
    return Pair(segment, english, english, (match,), (step,), log_probability=-0.25)


def districts_pair() -> Pair:
    """Two rewritten, the second after the first has moved it; one not enforced."""
    segment = make_segment(1, 1, LINES[1])
    daadaa = make_match(DAADAA, segment)
    kallasa = make_match(KALLASA, segment, prefix="و")
    bridge = make_match(BRIDGE, segment, prefix="و")
    raw = "The fighters left the vineyard, Kallaseh and Haj Bridge; the districts fell."
    target = "The fighters left the vineyard, al-Kallasa and Jisr al-Haj; the districts fell."
    steps = (
        Step(kallasa, "rewritten", Span(32, 40), "Kallaseh", "al-Kallasa",
             "“Kallaseh” is a form the glossary forbids", Span(32, 42)),
        Step(bridge, "rewritten", Span(47, 57), "Haj Bridge", "Jisr al-Haj",
             "“Haj Bridge” is another spelling", Span(47, 58)),
        note(daadaa, "not-enforced", "nothing in the English resembles “كرم الدعدع”"),
    )  # fmt: skip
    doubts = (
        Doubt("number-lost", "In the Arabic but not in the English: 90."),
        Doubt("untranslated", "The Arabic “المقاتلون” may be | <fighters>."),
    )
    return Pair(segment, raw, target, (daadaa, kallasa, bridge), steps, doubts)


def agency_pair() -> Pair:
    segment = make_segment(2, 2, LINES[2])
    match = make_match(OBSERVATORY, segment, evidence="context")
    raw = "The lookout announced that yesterday."
    target = "The Syrian Observatory for Human Rights announced it yesterday."
    why = "another hypothesis of the model has it"
    step = Step(match, "n-best", Span(0, len(raw)), raw, target, why, Span(0, 39))
    return Pair(segment, raw, target, (match,), (step,), log_probability=-0.5)


def heading_pair() -> Pair:
    segment = make_segment(3, 4, LINES[4], "heading")
    return Pair(segment, "The opposition", "The opposition")


def hostile_pair() -> Pair:
    """Markup, Markdown and bidi overrides in the Arabic, the English and the glossary."""
    segment = make_segment(4, 5, LINES[5])
    rami = make_match(RAMI, segment, text="رامى عبدالرحمن")
    russia = make_match(RUSSIA, segment)
    raw = 'X <script>alert("x")</script> & said | *Russia* \u202ebombed\u202c the city. [a](b)'
    steps = (
        note(rami, "not-enforced", "nothing in the English is close <enough>"),
        note(russia, "already-right", "the model wrote it so", Span(40, 46)),
    )
    ya = LINES[5].index("ى")
    changes = (Change("final-ya", Span(ya, ya + 1), "ى", "ي"),) * 2
    return Pair(segment, raw, raw, (rami, russia), steps, (), changes, -1.75)


def last() -> Pair:
    segment = make_segment(5, 6, LINES[6])
    return Pair(segment, "", "", doubts=(Doubt("empty", "The model gave no English."),))


def make_segment(index: int, paragraph: int, text: str, kind: Any = "sentence") -> Segment:
    return Segment("sample", paragraph, index, span_of(text), text, kind)


def make_match(term: Term, segment: Segment, *, text: str = "", **values: str) -> Match:
    text = text or term.arabic[0]
    start = segment.text.index(text)
    return Match(term, Span(start, start + len(text)), text, term.arabic[0], **values)


def note(match: Match, method: Method, why: str, target: Span | None = None) -> Step:
    return Step(match, method, Span(0, 0), "", "", why, target)


def span_of(text: str) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text))
