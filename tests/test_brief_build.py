"""Briefs: what is chosen, grouped and cited, whatever the reports and their order."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitrans.brief import build_brief
from bitrans.brief.build import group_reading, read_reports
from bitrans.brief.likeness import POSTINGS, group_lines
from bitrans.core import BilingualDocument, Brief, Citation, Term
from bitrans.errors import InputError
from tests.briefing import make_report, make_terms

TERMS = make_terms(
    {
        "aleppo": ["place", "حلب", "Aleppo"],
        "army": ["group", "الجيش", "army"],
        "moscow": ["place", "موسكو", "Moscow"],
    }
)
WIRE = "سيطر الجيش اليوم على جميع أحياء مدينة حلب بعد انسحاب مقاتلي المعارضة منها إلى الريف الغربي"
OTHER = "خسر المزارعون في وادي النهر محصول القمح كله بسبب عواصف رملية لم تعرفها البلاد منذ عقود"
LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهي"
SENTENCES = (
    WIRE,
    OTHER,
    "قال مصدر عسكري إن 50 مدنيا قتلوا في حلب أمس الاثنين",
    "نفت موسكو قصف المدينة",
    "وأضاف أن نحو 130 ألف شخص نزحوا منذ عام 2011",
    "All in English here, and 20 people killed",
    "***",
    "",
    "2016",
)


def list_citations(brief: Brief) -> Iterator[Citation]:
    """Every place that a brief points to."""
    for claim in brief.claims:
        yield claim.citation
        yield from claim.denials
        yield from (carrier.citation for carrier in claim.carriers)
        for said in claim.attributions:
            yield from filter(None, (said.cue, said.speaker))
    for group in brief.figures:
        yield from (figure.citation for figure in group.figures)
    yield from (mention.first for mention in brief.names)
    yield from (moment.citation for moment in brief.moments)


@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), max_size=7), min_size=1, max_size=4),
    st.integers(1, 9),
    st.randoms(use_true_random=False),
)
def test_what_holds_for_every_brief(
    texts: list[list[str]], length: int, shuffle: random.Random
) -> None:
    reports = [
        make_report(lines, name=f"r{i}", terms=TERMS, date="2016-12-13" if i % 2 else None)
        for i, lines in enumerate(texts)
    ]
    brief = build_brief(reports, length=length)
    for citation in list_citations(brief):
        text = brief.find(citation).segment.text
        if citation.span is not None:
            assert 0 <= citation.span.start < citation.span.end <= len(text)
            assert citation.span.slice(text).strip()
    assert len(brief.claims) <= length
    assert len({claim.citation for claim in brief.claims}) == len(brief.claims)
    assert all(claim.why for claim in brief.claims)
    for claim in brief.claims:
        others = {carrier.citation.document_id for carrier in claim.carriers}
        assert claim.citation.document_id not in others
    shuffle.shuffle(reports)
    assert build_brief(reports, length=length) == brief


def test_no_report_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"no report .* name at least one article"):
        build_brief([])


@pytest.mark.parametrize("length", [0, -3])
def test_a_length_that_holds_nothing_is_an_error(length: int) -> None:
    with pytest.raises(InputError, match="ask for 1 or more"):
        build_brief([make_report([WIRE])], length=length)


def test_two_reports_of_one_name_are_an_error() -> None:
    with pytest.raises(InputError, match="two reports are called 'a'"):
        build_brief([make_report([WIRE]), make_report([OTHER])])


@pytest.mark.parametrize("lines", [[], ["***", "2016"], ["All of this is English already."]])
def test_reports_without_anything_to_translate_give_no_claims(lines: list[str]) -> None:
    brief = build_brief([make_report(lines)])
    assert brief.claims == ()
    assert brief.reports[0].document.id == "a"


def test_a_line_without_english_is_no_key_point() -> None:
    brief = build_brief([make_report([(WIRE, ""), (OTHER, "The farmers lost their wheat.")])])
    assert [claim.citation for claim in brief.claims] == [Citation("a", 1)]


def test_one_report() -> None:
    brief = build_brief([make_report([WIRE, OTHER])])
    assert brief.title == "Brief of 1 report"
    assert [claim.citation.index for claim in brief.claims] == [0, 1]
    assert all(claim.carriers == () for claim in brief.claims)


def test_the_title_given_is_the_title() -> None:
    assert build_brief([make_report([WIRE])], title="Aleppo").title == "Aleppo"


def test_headings_are_no_key_points() -> None:
    brief = build_brief([make_report([WIRE, OTHER], headings=[0])])
    assert [claim.citation.index for claim in brief.claims] == [1]


def test_copies_and_independent_reports_are_told_apart() -> None:
    own = "قتل 50 مدنيا في غارات جوية على سوق مدينة حلب صباح أمس بينهم نساء"
    reworded = "غارات على مدينة حلب صباح أمس استهدفت سوقا وأدت إلى مقتل 50 مدنيا فيها"
    reports = [
        make_report([own], name="a"),
        make_report([own.replace("أمس", "الأحد") + "."], name="b"),
        make_report([reworded], name="c"),
        make_report([OTHER], name="d"),
    ]
    brief = build_brief(reports)
    found = {c.citation.document_id: c for c in brief.claims}
    assert list(found) == ["a", "d"]
    assert {k.citation.document_id: k.copied for k in found["a"].carriers} == {
        "b": True,
        "c": False,
    }
    assert found["d"].carriers == ()
    assert "1 other report" in found["a"].why


@pytest.mark.parametrize(
    "other",
    [
        "قتل 30 مدنيا في غارات جوية على مستشفى ريف حماة مساء السبت بينهم أطفال",
        "وصلت 50 حافلة إلى سوق مدينة حلب صباح أمس لنقل الجرحى والمدنيين منها",
        "نفى الجيش مقتل 50 مدنيا في غارات جوية على سوق مدينة حلب صباح أمس",
    ],
)
def test_lines_of_one_topic_with_other_facts_are_not_one_claim(other: str) -> None:
    own = "قتل 50 مدنيا في غارات جوية على سوق مدينة حلب صباح أمس بينهم نساء"
    reading = read_reports([make_report([own], name="a"), make_report([other], name="b")])
    assert group_reading(reading).groups == ((0,), (1,))


def test_the_order_is_that_of_time_and_report() -> None:
    reports = [
        make_report([OTHER], name="a"),
        make_report([WIRE], name="b", date="2016-12-14"),
        make_report(
            ["وصلت 50 حافلة إلى المدينة لنقل الجرحى والمدنيين"], name="c", date="2016-12-13"
        ),
    ]
    brief = build_brief(reports)
    assert [report.document.id for report in brief.reports] == ["c", "b", "a"]
    assert [claim.citation.document_id for claim in brief.claims] == ["c", "b", "a"]


def test_names_are_counted_and_cited() -> None:
    reports = [
        make_report([f"{WIRE} في حلب", "موسكو"], name="a", terms=TERMS),
        make_report(["حلب"], name="b", terms=TERMS),
    ]
    found = [(m.term.id, m.count, m.documents) for m in build_brief(reports).names]
    assert found == [("aleppo", 3, 2), ("army", 1, 1), ("moscow", 1, 1)]
    first = build_brief(reports).names[0].first
    assert first.span is not None
    assert (first.index, first.span.slice(WIRE)) == (0, "حلب")


def test_a_term_given_stands_in_for_that_of_the_reports() -> None:
    placed = Term("aleppo", "place", ("حلب",), "Aleppo", coordinates=(36.2, 37.16))
    brief = build_brief([make_report([WIRE], terms=TERMS)], terms=[placed])
    assert {m.term.id: m.term.coordinates for m in brief.names}["aleppo"] == (36.2, 37.16)


def test_what_one_line_is_compared_with_is_bounded() -> None:
    """The work for one more line must not grow with the lines before it."""
    draw = random.Random(1)
    words = ["".join(draw.choices(LETTERS, k=6)) for _ in range(40)]
    texts = [
        " ".join([*draw.sample(words, 3), *("".join(draw.choices(LETTERS, k=7)) for _ in range(9))])
        for _ in range(40 * POSTINGS // 3)
    ]
    likeness = group_reading(read_reports([make_report(texts)])).likeness
    compared: list[int] = []
    measure = likeness.measure

    def count(one: int, others: list[int]) -> list[float]:
        compared.append(len(others))
        return measure(one, others)

    likeness.measure = count  # type: ignore[method-assign,assignment]
    groups = group_lines(likeness)
    assert len(groups) > len(texts) / 2
    assert max(compared) <= 24


def reports_of(names: str) -> list[BilingualDocument]:
    return [make_report([WIRE], name=name) for name in names]


def test_copies_are_counted_by_report_not_by_line() -> None:
    reports = [*reports_of("ab"), make_report([WIRE, WIRE], name="c")]
    (claim,) = build_brief(reports).claims
    assert "word for word by 2 other reports" in claim.why
    assert len(claim.carriers) == 3
