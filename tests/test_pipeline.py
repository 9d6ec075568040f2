"""The stages together, with a fake engine and small glossaries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bitrans.arabic import prepare
from bitrans.config import Config
from bitrans.core import BilingualDocument, Failure, Hypothesis, Span, replay
from bitrans.errors import GlossaryError
from bitrans.fake import FakeTranslator
from bitrans.glossary.matching import Matcher
from bitrans.glossary.terms import load_glossary
from bitrans.pieces import join_hypotheses
from bitrans.pipeline import (
    read_referenced,
    translate_paths,
    translate_twice,
)
from bitrans.segments import uncovered
from bitrans.tools import Tools, load_engine

HEADER = (
    "id\tkind\tarabic\tpreferred\tadmitted\tforbidden\tstatus\tflags\tlinks\tcoordinates"
    "\tnote\tsource\n"
)
ROWS = (
    "place-aleppo\tplace\tحلب\tAleppo\t\tHaleb\tapproved\t\t\t\t\t\n"
    "agency-un\tagency\tالأمم المتحدة\tUnited Nations\tU.N.|UN\t\tapproved\t\t\t\t\t\n"
)


@pytest.fixture
def glossary(tmp_path: Path) -> Path:
    path = tmp_path / "names.tsv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def make_tools(engine: FakeTranslator, glossary: Path, **settings: object) -> Tools:
    loaded = load_glossary([glossary])
    return Tools(engine, loaded, Matcher(loaded.terms), Config(**settings))  # type: ignore[arg-type]


def translate_text(text: str, engine: FakeTranslator, glossary: Path) -> BilingualDocument:
    path = glossary.parent / "article.txt"
    path.write_text(text, encoding="utf-8")
    (found,) = translate_paths([str(path)], make_tools(engine, glossary))
    assert isinstance(found, BilingualDocument)
    return found


def test_each_segment_gets_its_own_english_in_order(glossary: Path) -> None:
    engine = FakeTranslator(lambda text: f"<{text}>")
    found = translate_text("وصل الوفد. غادر الوفد؟\nعاد الوفد!", engine, glossary)
    assert [pair.target for pair in found.pairs] == [
        "<وصل الوفد.>",
        "<غادر الوفد؟>",
        "<عاد الوفد!>",
    ]
    assert [pair.segment.paragraph for pair in found.pairs] == [0, 0, 1]


def test_a_forbidden_form_is_rewritten_and_the_step_replays(glossary: Path) -> None:
    engine = FakeTranslator({"دخل الجيش إلى حلب.": "The army entered Haleb."})
    (pair,) = translate_text("دخل الجيش إلى حلب.", engine, glossary).pairs
    assert pair.target == "The army entered Aleppo."
    assert [step.method for step in pair.steps] == ["rewritten"]
    assert pair.steps[0].target == Span(17, 23)
    assert replay(pair.raw, pair.steps) == pair.target


def test_a_name_that_is_lost_is_said_to_be_lost(glossary: Path) -> None:
    engine = FakeTranslator({"دخل الجيش إلى حلب.": "The army came in."})
    (pair,) = translate_text("دخل الجيش إلى حلب.", engine, glossary).pairs
    assert [step.method for step in pair.steps] == ["not-enforced"]
    assert pair.steps[0].target is None
    assert pair.target == pair.raw


def test_another_hypothesis_is_taken_for_the_sake_of_a_name(glossary: Path) -> None:
    other = Hypothesis("The army entered Aleppo.", -0.4)
    engine = FakeTranslator(
        {"دخل الجيش إلى حلب.": Hypothesis("The army entered Halabja.", -0.3, alternatives=(other,))}
    )
    (pair,) = translate_text("دخل الجيش إلى حلب.", engine, glossary).pairs
    assert pair.target == "The army entered Aleppo."
    assert [step.method for step in pair.steps] == ["n-best"]


def test_words_run_together_reach_the_model_apart(glossary: Path) -> None:
    engine = FakeTranslator(lambda text: "The United Nations said so.")
    (pair,) = translate_text("قالت الأممالمتحدة ذلك.", engine, glossary).pairs
    assert engine.seen == ["قالت الأمم المتحدة ذلك."]
    assert "run-together" in {change.rule for change in pair.changes}
    assert [match.text for match in pair.matches] == ["الأممالمتحدة"]


def test_a_sign_without_width_between_spaces_is_no_fault(glossary: Path) -> None:
    engine = FakeTranslator(lambda text: "He said so.")
    (pair,) = translate_text("قال \u200f ذلك في المدينة.", engine, glossary).pairs
    assert engine.seen == ["قال ذلك في المدينة."]
    assert len(pair.changes) == 2


def test_the_habit_of_the_whole_document_decides_on_final_ya(glossary: Path) -> None:
    engine = FakeTranslator(lambda text: text)
    translate_text("وقع ذلك فى الصباح. تقدم الجيش السورى.", engine, glossary)
    assert engine.seen == ["وقع ذلك في الصباح.", "تقدم الجيش السوري."]


def test_what_is_too_long_is_cut_translated_and_joined(glossary: Path) -> None:
    text = "دخل الجيش المدينة صباحا، وخرج المقاتلون منها مساء، وعاد السكان إليها في اليوم التالي."
    engine = FakeTranslator(lambda part: f"[{len(part.split())}]", longest=6)
    (pair,) = translate_text(text, engine, glossary).pairs
    assert len(engine.seen) >= 2
    assert all(len(part.split()) <= 6 for part in engine.seen)
    assert " ".join(" ".join(engine.seen).split()) == text
    assert pair.raw == " ".join(f"[{len(part.split())}]" for part in engine.seen)


def test_a_joined_hypothesis_keeps_its_places() -> None:
    first = Hypothesis(
        "One two",
        -1.0,
        (Span(0, 3), Span(4, 7)),
        (Span(0, 2),),
        ((1.0,), (1.0,)),
        alternatives=(Hypothesis("Uno", -2.0),),
    )
    second = Hypothesis("three", -4.0, (Span(0, 5),), (Span(1, 3), Span(3, 4)), ((0.25, 0.75),))
    joined = join_hypotheses([first, second], [Span(0, 3), Span(3, 8)])
    assert joined.text == "One two three"
    assert [span.slice(joined.text) for span in joined.target_spans] == ["One", "two", "three"]
    assert joined.source_spans == (Span(0, 2), Span(4, 6), Span(6, 7))
    assert joined.alignment == ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.25, 0.75))
    unknown = join_hypotheses([first, replace(second, alignment=((),))], [Span(0, 3), Span(3, 8)])
    assert unknown.alignment == ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0), ())
    assert joined.log_probability == pytest.approx(-2.0)
    assert [other.text for other in joined.alternatives] == ["Uno three"]


def test_one_bad_file_does_not_stop_the_others(glossary: Path) -> None:
    folder = glossary.parent / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("وصل الوفد.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    (folder / "c.txt").write_text("غادر الوفد.", encoding="utf-8")
    found = list(translate_paths([str(folder)], make_tools(FakeTranslator({}), glossary)))
    assert [isinstance(one, Failure) for one in found] == [False, True, False]


def test_a_lost_number_is_a_doubt_on_its_line(glossary: Path) -> None:
    engine = FakeTranslator({"قتل 62 طفلا.": "Children were killed."})
    (pair,) = translate_text("قتل 62 طفلا.", engine, glossary).pairs
    assert [doubt.code for doubt in pair.doubts] == ["number-lost"]


def test_an_unknown_name_is_a_doubt_with_a_spelling_and_stays_as_it_was(glossary: Path) -> None:
    text, english = "قال الجنرال ناركيس ذلك.", "Gen. Nankkis said so."
    (pair,) = translate_text(text, FakeTranslator({text: english}), glossary).pairs
    assert [doubt.code for doubt in pair.doubts] == ["name-unsure"]
    assert "“ناركيس” may be “Narkis" in pair.doubts[0].message
    assert pair.target == english


def test_a_broken_reference_is_a_failure_not_a_crash(glossary: Path) -> None:
    bilingual = translate_text("وصل الوفد.", FakeTranslator({}), glossary)
    assert read_referenced(bilingual) is None
    references = glossary.parent / "references"
    references.mkdir()
    (references / "article.en.txt").write_bytes(b"\xff\xfe\x00")
    assert isinstance(read_referenced(bilingual), Failure)


def test_a_broken_glossary_lists_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(
        HEADER + "a\tplanet\tحلب\tAleppo" + "\t" * 8 + "\nb\tplace\t\tHoms" + "\t" * 8 + "\n",
        encoding="utf-8",
    )
    with pytest.raises(GlossaryError) as info:
        load_glossary([path])
    assert f"{path}:2:" in str(info.value)
    assert f"{path}:3:" in str(info.value)


def test_the_articles_are_accounted_for_to_the_last_character(seeds: Path, glossary: Path) -> None:
    tools = make_tools(FakeTranslator(lambda text: "x"), glossary)
    found = [
        one for one in translate_paths([str(seeds)], tools) if isinstance(one, BilingualDocument)
    ]
    assert len(found) == 5
    for bilingual in found:
        document = bilingual.document
        spans = [
            *(pair.segment.span for pair in bilingual.pairs),
            *(aside.span for aside in document.set_aside),
            *uncovered(document, [pair.segment for pair in bilingual.pairs]),
        ]
        assert "".join(span.slice(document.text) for span in sorted(spans)) == document.text


def test_what_runs_in_circles_is_decoded_again_and_says_so(glossary: Path) -> None:
    class Circling(FakeTranslator):
        def translate(
            self, texts: Sequence[str], *, avoid_repeats: bool = False, **options: object
        ) -> list[Hypothesis]:
            better = Hypothesis("The army advanced.")
            circling = Hypothesis("The army the army the army the army")
            return [better if avoid_repeats else circling for _ in texts]

    (pair,) = translate_text("تقدم الجيش.", Circling({}), glossary).pairs
    assert pair.target == "The army advanced."
    assert [doubt.code for doubt in pair.doubts] == ["second-attempt"]


def test_a_second_attempt_that_is_no_better_is_not_taken(glossary: Path) -> None:
    engine = FakeTranslator(lambda text: "the army the army the army the army")
    (pair,) = translate_text("تقدم الجيش.", engine, glossary).pairs
    assert engine.seen == ["تقدم الجيش."] * 2
    assert "second-attempt" not in {doubt.code for doubt in pair.doubts}
    assert "repeated" in {doubt.code for doubt in pair.doubts}


def test_what_is_left_out_is_doubted_but_not_a_name_again(glossary: Path) -> None:
    text = "قتل مدنيون جراء القصف العنيف قرب الأمم المتحدة."
    spans = tuple(Span(*found.span()) for found in re.finditer(r"\w+", text))
    rows = tuple([float(at == seen) for at in range(len(spans))] for seen in (0, 1))
    killed = Hypothesis("Civilians died.", -0.1, (Span(0, 9), Span(10, 14)), spans, rows)
    (pair,) = translate_text(text, FakeTranslator({text: killed}), glossary).pairs
    assert [step.method for step in pair.steps] == ["not-enforced"]
    (left_out,) = (doubt for doubt in pair.doubts if doubt.code == "left-out")
    assert left_out.message == "Part of the Arabic may be left out: “جراء القصف العنيف قرب”."


def test_a_model_that_takes_annotations_is_asked_for_the_name(glossary: Path) -> None:
    engine = FakeTranslator(
        {
            "دخل الجيش إلى حلب.": "The army came in.",
            "دخل الجيش إلى حلب [Aleppo].": "The army entered Aleppo.",
        },
        takes_annotations=True,
    )
    (pair,) = translate_text("دخل الجيش إلى حلب.", engine, glossary).pairs
    assert pair.raw == "The army came in."
    assert pair.target == "The army entered Aleppo."
    assert [step.method for step in pair.steps] == ["annotated"]
    assert replay(pair.raw, pair.steps) == pair.target


def test_a_model_that_takes_none_is_never_given_annotations(glossary: Path) -> None:
    engine = FakeTranslator({"دخل الجيش إلى حلب.": "The army came in."})
    translate_text("دخل الجيش إلى حلب.", engine, glossary)
    assert engine.seen == ["دخل الجيش إلى حلب."]


def test_annotations_stand_at_the_words_of_the_prepared_text(glossary: Path) -> None:
    engine = FakeTranslator(lambda text: "It said so.", takes_annotations=True)
    translate_text("قالت الأممالمتحدة  في حـلب ذلك.", engine, glossary)
    assert "قالت الأمم المتحدة [United Nations] في حلب [Aleppo] ذلك." in engine.seen


def test_an_annotated_rendering_that_raises_a_doubt_is_not_taken(glossary: Path) -> None:
    engine = FakeTranslator(
        {
            "قتل 62 طفلا في حلب.": "62 children were killed there.",
            "قتل 62 طفلا في حلب [Aleppo].": "Children were killed in Aleppo.",
        },
        takes_annotations=True,
    )
    (pair,) = translate_text("قتل 62 طفلا في حلب.", engine, glossary).pairs
    assert pair.target == pair.raw
    assert pair.doubts == ()
    assert [step.method for step in pair.steps] == ["not-enforced"]


def test_an_annotated_rendering_that_settles_more_doubts_than_it_raises_is_taken(
    glossary: Path,
) -> None:
    stutter = "In Aleppo 62 children were killed, nonononono."
    engine = FakeTranslator(
        {
            "قتل 62 طفلا في حلب.": "There 97 children were killed.",
            "قتل 62 طفلا في حلب [Aleppo].": stutter,
        },
        takes_annotations=True,
    )
    (pair,) = translate_text("قتل 62 طفلا في حلب.", engine, glossary).pairs
    assert pair.target == stutter
    assert [doubt.code for doubt in pair.doubts] == ["repeated"]


def test_english_goes_on_from_a_name_put_where_the_attention_has_it(glossary: Path) -> None:
    arabic = (Span(0, 3), Span(4, 9), Span(10, 13), Span(14, 17))
    english = (Span(0, 2), Span(3, 7), Span(8, 11), Span(12, 17))
    diagonal = tuple(tuple(float(i == j) for j in range(4)) for i in range(4))
    plain = Hypothesis("It took the place", -0.5, english, arabic, diagonal)
    engine = FakeTranslator({"دخل الجيش إلى حلب": plain, "It took Aleppo": "It took Aleppo today"})
    (pair,) = translate_text("دخل الجيش إلى حلب", engine, glossary).pairs
    assert pair.target == "It took Aleppo today"
    assert [step.method for step in pair.steps] == ["forced"]
    assert replay(pair.raw, pair.steps) == pair.target


@pytest.mark.parametrize(("beam", "wanted"), [(1, 1), (2, 2), (4, 4), (8, 4)])
def test_no_more_hypotheses_are_asked_for_than_the_beam_is_wide(beam: int, wanted: int) -> None:
    assert Config(beam=beam).hypotheses == wanted


@pytest.mark.model
def test_a_beam_of_one_decodes_greedily() -> None:
    text = "أعلنت قوات النظام السوري سيطرتها على مدينة حلب"
    engine = load_engine(Config(beam=1))
    (found,) = translate_twice([prepare(text)], engine, Config(beam=1).hypotheses)
    assert found.text
    assert found.alternatives == ()
