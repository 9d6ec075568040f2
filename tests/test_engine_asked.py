"""What enforcing asks of the engine, on a tiny real model: annotations, beginnings, scores."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sentencepiece

from bitrans.arabic import prepare
from bitrans.core import Annotation, Span
from bitrans.engine.catalogue import find_model
from bitrans.engine.translator import EngineSettings, MarianTranslator
from bitrans.engine.vocabulary import Markers, SourceVocabulary
from bitrans.errors import EngineError
from bitrans.oracle import SegmentOracle
from bitrans.pieces import cut_text, translate_annotated
from bitrans.segments import cut_segment
from tests.tiny import ARABIC, MARKERS, mark_alignment, write_setting, write_tiny_model

TEXT = "سيطر على مدينة حلب اليوم"
ALEPPO = Annotation(Span(15, 18), "Aleppo")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write_tiny_model(tmp_path_factory.mktemp("models") / "annotated", markers=MARKERS)
    mark_alignment(made)
    write_setting(made, "bitrans_annotations", MARKERS)
    return made


@pytest.fixture(scope="module")
def engine(folder: Path) -> MarianTranslator:
    return MarianTranslator(find_model(str(folder)), EngineSettings(threads=1))


@pytest.fixture(scope="module")
def source(folder: Path) -> SourceVocabulary:
    return SourceVocabulary(folder / "source.spm", Markers(**MARKERS))


def test_the_parts_are_encoded_by_themselves_with_the_markers_between(
    folder: Path, source: SourceVocabulary
) -> None:
    pieces = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))

    def encode(part: str) -> list[str]:
        tokens: list[str] = pieces.encode(part, out_type=str)
        return tokens

    row = source.encode(TEXT, [ALEPPO])
    before, mention, english = encode("سيطر على مدينة "), encode("حلب"), encode("Aleppo")
    assert row.tokens == [
        *before, "<extra_0>", *mention, "<extra_1>", *english, "<extra_2>", *encode(" اليوم"),
    ]  # fmt: skip
    inserted = row.spans[len(before) + 1 + len(mention) : -len(encode(" اليوم"))]
    assert set(inserted) == {ALEPPO.span}
    assert row.spans[len(before)] == ALEPPO.span
    plain = source.encode(TEXT)
    assert row.spans[: len(before)] == plain.spans[: len(before)]
    assert {span.slice(TEXT) for span in row.spans} == {
        *(span.slice(TEXT) for span in plain.spans),
        "حلب",
    }


def test_empty_parts_give_no_tokens_and_a_prefix_stays_outside(source: SourceVocabulary) -> None:
    whole = source.encode("حلب", [Annotation(Span(0, 3), "Aleppo")])
    assert (whole.tokens[0], whole.tokens[-1]) == ("<extra_0>", "<extra_2>")
    clitic = source.encode("وحلب", [Annotation(Span(1, 4), "Aleppo")])
    assert clitic.tokens[: clitic.tokens.index("<extra_0>")] == source.encode("و").tokens
    two = source.encode("حلب حلب", [Annotation(Span(at, at + 3), "Aleppo") for at in (0, 4)])
    assert two.tokens == whole.tokens * 2
    assert two.spans[-1] == Span(4, 7)


def test_an_annotation_counts_its_english_and_the_markers(engine: MarianTranslator) -> None:
    added = len(engine._source.encode(TEXT, [ALEPPO]).tokens) - engine.count_tokens(TEXT)
    assert engine.count_annotation(ALEPPO) == added


def test_markers_never_come_out(engine: MarianTranslator, folder: Path, tmp_path: Path) -> None:
    (found,) = engine.translate([TEXT], annotations=[[ALEPPO]])
    tokens = engine._run(
        [engine._source.encode(TEXT)], max_decoding_length=20
    )[0].hypotheses[0]  # fmt: skip
    assert not {*MARKERS.values()} & {*tokens}
    assert found.text
    assert found.alignment is not None
    assert {len(row) for row in found.alignment} == {len(found.source_spans)}
    plain = write_tiny_model(tmp_path / "plain", markers=MARKERS)
    other = MarianTranslator(find_model(str(plain)), EngineSettings(threads=1))
    tokens = other._run([other._source.encode(TEXT)], max_decoding_length=20)[0].hypotheses[0]
    assert {*MARKERS.values()} & {*tokens}


def test_only_the_settings_say_that_a_model_takes_annotations(
    engine: MarianTranslator, tiny_model: Path
) -> None:
    assert engine.takes_annotations
    assert not MarianTranslator(find_model(str(tiny_model))).takes_annotations


@pytest.mark.parametrize(
    "stated", [{"open": "<extra_0>"}, {**MARKERS, "close": 3}, "yes", {**MARKERS, "open": "<nix>"}]
)
def test_faulty_markers_are_one_clear_line(stated: object, tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path / "faulty", markers=MARKERS)
    write_setting(folder, "bitrans_annotations", stated)
    with pytest.raises(EngineError, match="annotation") as info:
        MarianTranslator(find_model(str(folder)))
    assert "\n" not in str(info.value)


def test_the_english_begins_as_it_must(engine: MarianTranslator) -> None:
    beginnings = ["Aleppo, Damascus", "A Syrian"]
    found = engine.translate([ARABIC[0], ARABIC[1]], beginnings=beginnings)
    for one, beginning in zip(found, beginnings, strict=True):
        assert one.text.startswith(beginning)
        assert one.alignment is not None
        assert len(one.alignment) == len(one.target_spans)


def test_a_length_bounds_the_english(engine: MarianTranslator) -> None:
    (found,) = engine.translate([ARABIC[0]], longest=3)
    assert len(found.target_spans) <= 3
    assert found.truncated


def test_scores_are_those_of_decoding(engine: MarianTranslator, tmp_path: Path) -> None:
    folder = write_tiny_model(tmp_path / "ends", end_bias=3)
    ending = MarianTranslator(find_model(str(folder)), EngineSettings(threads=1))
    text = "the army took the city"
    (scores,) = ending.score([ARABIC[0]], [text])
    assert len(scores.log_probabilities) == len(scores.spans) + 1
    assert "".join(span.slice(text) for span in scores.spans) == text.replace(" ", "")
    (found,) = ending.translate([ARABIC[0]])
    assert not found.truncated
    tokens = ending._run([ending._source.encode(ARABIC[0])], max_decoding_length=50, beam_size=4)
    assert ending._target.encode(found.text) == tokens[0].hypotheses[0][:-1]
    (again,) = ending.score([ARABIC[0]], [found.text])
    # Decoding may not end before its first token, which makes that token a little likelier.
    assert again.mean == pytest.approx(found.log_probability, abs=0.1)
    assert again.mean < found.log_probability


def test_annotations_go_to_the_piece_that_has_their_words(engine: MarianTranslator) -> None:
    text = "قال مصدر عسكري، وقال مصدر آخر، إن الجيش سيطر على مدينة حلب، ثم غادر المدينة"
    annotation = Annotation(Span(text.index("حلب"), text.index("حلب") + 3), "Aleppo")
    small = MarianTranslator(engine.folder, replace(engine.settings, max_source_tokens=40))
    (found,) = translate_annotated([prepare(text)], [[annotation]], small, cut=cut_segment)
    at = found.source_spans.index(annotation.span)
    inside = [span for span in found.source_spans[at:] if span.start < annotation.span.end]
    assert inside.count(annotation.span) >= small.count_annotation(annotation)
    assert {span.slice(text) for span in inside} - {"حلب"} <= {*"حلب", "", "حل", "لب"}
    assert len(seen_pieces(small, text)) > 1


def seen_pieces(engine: MarianTranslator, text: str) -> list[Span]:
    return cut_text(text, engine, cut_segment)


def test_no_piece_is_longer_than_the_model_takes(engine: MarianTranslator) -> None:
    text = " ، ".join(["حلب"] * 12)
    notes = [Annotation(Span(at, at + 3), "Aleppo and Damascus") for at in range(0, len(text), 6)]
    small = MarianTranslator(engine.folder, replace(engine.settings, max_source_tokens=50))
    seen: list[int] = []
    run = small._run

    def watch(rows: list, **options: object) -> list:  # type: ignore[type-arg]
        seen.extend(len(row.tokens) for row in rows)
        return run(rows, **options)

    small._run = watch  # type: ignore[method-assign, assignment]
    translate_annotated([prepare(text)], [notes], small, cut=cut_segment)
    assert len(seen) > 1
    assert max(seen) <= 50


def test_the_oracle_answers_by_number_and_not_at_all_for_what_is_cut(
    engine: MarianTranslator,
) -> None:
    small = MarianTranslator(engine.folder, replace(engine.settings, max_source_tokens=40))
    long = " ".join([TEXT] * 9)
    oracle = SegmentOracle([prepare(ARABIC[1]), prepare(long)], small, cut=cut_segment)
    cut, whole = oracle.complete([1, 0], ["Aleppo", "Homs"], 30)
    assert cut is None
    assert whole is not None
    assert whole.text.startswith("Homs")
    scores = oracle.score([1, 0, 0], ["Homs", "Homs", "cities"])
    assert scores[0] is None
    assert scores[1:] == engine.score([ARABIC[1]] * 2, ["Homs", "cities"])
    assert oracle.annotate([0], [[]], 20) == translate_annotated(
        [prepare(ARABIC[1])], [[]], small, cut=cut_segment, tokens=20
    )
