from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bitrans import documents
from bitrans.core import Document, Failure
from bitrans.documents import find_documents, read_documents
from bitrans.errors import InputError

ARTICLE = "دخل الجيش السوري مدينة حلب.\nوقال المتحدث «لن ننسحب» ثم غادر القاعة."


def read_one(path: Path) -> Document:
    (document,) = read_documents([path])
    assert isinstance(document, Document), document
    return document


def read_raw(path: Path, raw: bytes) -> Document:
    path.write_bytes(raw)
    return read_one(path)


def fail_raw(path: Path, raw: bytes) -> str:
    path.write_bytes(raw)
    (failure,) = read_documents([path])
    assert isinstance(failure, Failure), failure
    assert failure.source == str(path)
    assert failure.message.startswith(f"{path}: ")
    assert "\n" not in failure.message
    return failure.message


def set_aside(path: Path, text: str) -> list[tuple[str, str]]:
    document = read_raw(path, text.encode())
    return [(aside.span.slice(document.text), aside.reason) for aside in document.set_aside]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "article.txt"


# Finding


def test_a_folder_is_walked_in_order_for_its_articles(tmp_path: Path) -> None:
    for name in (
        "b.txt", "a.txt", "sub/c.TXT", "sub/.hidden.txt", ".hidden/d.txt", "references/a.en.txt",
        "sub/references/e.txt", "a.en.txt", "note.md", "picture.png",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(ARTICLE)
    found = [Path(source).relative_to(tmp_path).as_posix() for source in find_documents([tmp_path])]
    assert found == ["a.txt", "b.txt", "sub/c.TXT"]


def test_a_file_given_by_name_is_taken_whatever_its_name(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("note.md", ".hidden", "a.en.txt", "article.text")]
    for path in paths:
        path.write_text(ARTICLE)
    assert find_documents(paths) == [str(path) for path in paths]


def test_a_file_named_twice_is_read_once(tmp_path: Path, file: Path) -> None:
    file.write_text(ARTICLE)
    (tmp_path / "link.txt").symlink_to(file)
    assert find_documents([file, tmp_path, str(file), "-", "-"]) == [str(file), "-"]


def test_missing_paths_are_all_named_before_anything_is_read(tmp_path: Path, file: Path) -> None:
    file.write_text(ARTICLE)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as caught:
        read_documents([file, tmp_path / "absent.txt", tmp_path / "empty"])
    absent, empty = str(caught.value).split("\n")
    assert absent == f"{tmp_path}/absent.txt: no such file or folder; check the name"
    assert empty.startswith(f"{tmp_path}/empty: the folder holds no .txt file")


def test_a_folder_of_references_alone_has_nothing_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.en.txt").write_text("The army entered.")
    with pytest.raises(InputError, match=r"holds no \.txt file"):
        find_documents([tmp_path])


def test_no_paths_are_an_error() -> None:
    with pytest.raises(InputError, match="nothing to read"):
        find_documents([])


def test_a_name_that_cannot_be_shown_is_escaped(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\\nb\\u202e"):
        find_documents([tmp_path / "a\nb\u202e.txt"])


# Documents


def test_a_document_holds_the_text_exactly_as_read(file: Path) -> None:
    text = "\tدخل الجيش المدينة.\r\n\u200fوانسحب\u00a0المقاتلون.\r\u2028  \f\n"
    document = read_raw(file, text.encode())
    assert document.text == text
    assert document.encoding == "utf-8"
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (document.id, document.source, document.date) == ("article", str(file), None)


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = ARTICLE.encode("cp1256")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    (document,) = read_documents(["-"])
    assert isinstance(document, Document)
    assert (document.id, document.source, document.text) == ("stdin", "-", ARTICLE)


def test_ids_are_unique_and_blind_to_case(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("1/a.txt", "2/A.txt", "3/a-2.txt", "4/a.txt")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(ARTICLE)
    assert [d.id for d in read_documents(paths) if isinstance(d, Document)] == [
        "a", "A-2", "a-2-2", "a-3",
    ]  # fmt: skip


def test_a_bad_file_does_not_change_the_ids_of_others(tmp_path: Path) -> None:
    paths = [tmp_path / "1" / "a.txt", tmp_path / "2" / "a.txt"]
    for path in paths:
        path.parent.mkdir()
    paths[0].write_text("")
    paths[1].write_text(ARTICLE)
    failure, document = read_documents(paths)
    assert isinstance(failure, Failure)
    assert isinstance(document, Document)
    assert document.id == "a-2"


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2016-12-13.txt", "2016-12-13"),
        ("aleppo_2016-12-13_rt.txt", "2016-12-13"),
        ("2016-13-45.txt", None),
        ("12016-12-13.txt", None),
        ("aleppo.txt", None),
    ],
)
def test_the_date_is_that_of_the_file_name(tmp_path: Path, name: str, date: str | None) -> None:
    assert read_raw(tmp_path / name, ARTICLE.encode()).date == date


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (ARTICLE, "دخل الجيش السوري مدينة حلب"),
        ("Ad\n\nالمعارضة تنسحب\nدخل الجيش.", "المعارضة تنسحب"),
        ("هل سقطت مدينة حلب القديمة؟ لا أحد يعرف.", "هل سقطت مدينة حلب القديمة؟"),
        ("قال د. محمد إن الجيش دخل. ثم غادر.", "قال د. محمد إن الجيش دخل"),
        ("تقدم الجيش فى آخر الأحياء.. والمعارضة تنسحب", "تقدم الجيش فى آخر الأحياء"),
        ("المصدر: رويترز", "article"),
    ],
)
def test_the_title_is_the_first_sentence(file: Path, text: str, title: str) -> None:
    assert read_raw(file, text.encode()).title == title


def test_a_long_title_is_cut_at_a_word(file: Path) -> None:
    words = "مدينة " * 40
    title = read_raw(file, words.encode()).title
    assert title == "مدينة " * 12 + "مدينة…"
    assert len(read_raw(file, ("م" * 500).encode()).title) == 81


# Encodings


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (ARTICLE.encode(), "utf-8"),
        (ARTICLE.encode("utf-8-sig"), "utf-8-sig"),
        (b"\xff\xfe" + ARTICLE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + ARTICLE.encode("utf-16-be"), "utf-16-be"),
        (ARTICLE.encode("utf-16-le"), "utf-16-le"),
        (ARTICLE.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + ARTICLE.encode("utf-32-le"), "utf-32-le"),
        (b"\x00\x00\xfe\xff" + ARTICLE.encode("utf-32-be"), "utf-32-be"),
        (ARTICLE.encode("cp1256"), "windows-1256"),
    ],
)
def test_encodings_are_recognised(file: Path, raw: bytes, encoding: str) -> None:
    document = read_raw(file, raw)
    assert document.text == ARTICLE
    assert document.encoding == encoding
    assert document.sha256 == hashlib.sha256(raw).hexdigest()


def test_english_is_a_document_too(file: Path) -> None:
    assert read_raw(file, b"The army entered Aleppo.").encoding == "utf-8"
    assert read_raw(file, "The army entered.".encode("utf-16-le")).encoding == "utf-16-le"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\r\n ", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        ("\u200f\n***\n".encode(), "is empty"),
        (b"%PDF-1.7 text", "is a PDF, not plain text; save it as plain text"),
        (b"PK\x03\x04word/document.xml", "is a ZIP archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n", "is an image"),
        (b"\xff\xd8\xff\xe0 JFIF", "is an image"),
        (b"GIF89a", "is an image"),
        (b"{\\rtf1 text}", "is an RTF document"),
        (b"\n<!DOCTYPE HTML><html><p>text", "is a web page"),
        (b"text\0with\0\0holes and more", "is a binary file"),
        (b"\0" * 64, "is a binary file"),
        (bytes(range(1, 250)) * 4 + b"\0", "is a binary file"),
        (b"ab\x01\x02\x03\x04", "is a binary file"),
        ("café déjà vu à Alep".encode("latin-1"), "is in an unknown encoding (tried UTF-8, UTF-16"),
        (ARTICLE.encode("iso8859-6", "ignore"), "is in an unknown encoding"),
        ("Армия вошла в город Алеппо".encode("cp1251"), "is in an unknown encoding"),
        (ARTICLE.encode() + b"\xff", "is damaged UTF-8 at byte"),
        ("سلام".encode() + b"\xd9", "is damaged UTF-8 at byte 8"),
        (b"\xef\xbb\xbfabc\xff", "is damaged UTF-8 at byte 3"),
        (b"\xff\xfe" + ARTICLE.encode("utf-16-le") + b"\x06", "is damaged UTF-16-LE"),
        (b"\xff\xfe" + b"a\0\x00\xd8b\0", "is damaged UTF-16-LE"),
    ],
)
def test_what_is_no_text_fails_with_one_line(file: Path, raw: bytes, message: str) -> None:
    assert message in fail_raw(file, raw)


def test_a_file_too_large_fails(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert documents.MAX_BYTES == 20_000_000
    monkeypatch.setattr(documents, "MAX_BYTES", 1_000_000)
    assert "is larger than 1 MB" in fail_raw(file, b"a" * 1_000_001)
    assert len(read_raw(file, b"a" * 1_000_000).text) == 1_000_000


def test_a_file_that_may_not_be_opened_fails(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("os.path.exists", lambda _: True)
    (failure,) = read_documents([file])
    assert isinstance(failure, Failure)
    assert failure.message == (
        f"{file}: cannot be read (Permission denied); check that you may open it"
    )


def test_a_folder_that_may_not_be_opened_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.scandir", refuse)
    (failure,) = read_documents([tmp_path])
    assert isinstance(failure, Failure)
    assert failure.source == str(tmp_path)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    for name, raw in (("a", ARTICLE.encode()), ("b", b"\x89PNG"), ("c", ARTICLE.encode())):
        (tmp_path / f"{name}.txt").write_bytes(raw)
    (tmp_path / "d.txt").symlink_to(tmp_path / "absent.txt")
    kinds = [type(found) for found in read_documents([tmp_path])]
    assert kinds == [Document, Failure, Document, Failure]


# What is set aside

LINES = [
    ("Ad", "advertisement"),
    ("ADVERTISEMENT", "advertisement"),
    ("إعلان", "advertisement"),
    ("اعلانات", "advertisement"),
    ("[إعلان ممول]", "advertisement"),
    ("\u200fإعــلان\u200f", "advertisement"),
    ("المصدر: RT + وكالات", "source line"),
    ('المصدر : وكالة الأنباء السورية "سانا" + رويترز', "source line"),
    ("المصدر: رويترز.", "source line"),
    ("(وكالات)", "source line"),
    ("وكالات", "source line"),
    ("(أ ف ب)", "source line"),
    ("(أ.ف.ب، رويترز)", "source line"),
    ("كتب: محمد عبد الله", "by-line"),
    ("بقلم: د. محمد العلي", "by-line"),
    ("بقلم محمد العلي", "by-line"),
    ("إعداد: قسم الأخبار", "by-line"),
    ("ترجمة: محمد العلي", "by-line"),
    ("اقرأ أيضا: الجيش يدخل حلب", "read also"),
    ("إقرأ أيضاً: الجيش يدخل حلب.", "read also"),
    ("اقرأ أيضًا الجيش يدخل حلب", "read also"),
    ("طالع أيضا", "read also"),
    ("اقرأ المزيد", "read also"),
    ("للمزيد:", "read also"),
    ("للمزيد من التفاصيل اضغط هنا", "read also"),
    ("مواضيع ذات صلة", "read also"),
    ("تابعونا على فيسبوك", "share or subscribe"),
    ("تابعنا عبر تويتر", "share or subscribe"),
    ("شارك", "share or subscribe"),
    ("شارك هذا الموضوع:", "share or subscribe"),
    ("شارك الخبر على فيسبوك وتويتر", "share or subscribe"),
    ("اشترك في نشرتنا البريدية", "share or subscribe"),
    ("جميع الحقوق محفوظة © 2016", "copyright"),
    ("© 2016 الشروق", "copyright"),
    ("Copyright 2016 RT", "copyright"),
    ("https://www.example.com/a?b=c", "address"),
    ("arabic.rt.com/news/123", "address"),
    ("www.example.com http://example.org", "address"),
    ("صورة: رويترز", "photo credit"),
    ("الصورة: جنود في حلب / سانا", "photo credit"),
    ("(أرشيفية)", "photo credit"),
    ("***", "no words"),
    ("\u200f", "no words"),
    ("ـ" * 3 + "-" * 500, "no words"),
]


@pytest.mark.parametrize(("line", "reason"), LINES)
def test_lines_that_are_not_the_article_are_set_aside(file: Path, line: str, reason: str) -> None:
    text = f"دخل الجيش المدينة.\n\n \t{line}\u00a0\r\n\nوانسحب المقاتلون."
    assert set_aside(file, text) == [(line, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "المعارضة",
        "تدمر",
        "إعلان حلب",
        "إعلان الهدنة في حلب",
        "المصدر الوحيد للمياه في المدينة دمر.",
        "المصدر: لا نعرف شيئا عن مصير الجنود الذين فقدوا.",
        "مصدر: الجيش يسيطر على حلب",
        "(شرق المدينة)",
        "شارك الآلاف في مظاهرة",
        "شارك هذا الفريق في البطولة",
        "شارك على تويتر مقطعا مصورا للهجوم",
        "اشترك في الهجوم مئات المقاتلين.",
        "تابعونا حتى باب البيت",
        "للمزيد من الضغط على النظام فرضت عقوبات",
        "للمزيد من المعلومات، توجه المحققون إلى حلب.",
        "شاهد أيضا الجنود وهم يفرون من المدينة.",
        "كتب محمد رسالة إلى أهله",
        "وقال إن جميع الحقوق محفوظة للشركة.",
        "صورة قاتمة للوضع في حلب",
        "نشر على موقع www.example.com أمس",
        "ياسين بوتيتي",
        "Adopt",
    ],
)
def test_ordinary_lines_are_never_set_aside(file: Path, line: str) -> None:
    assert set_aside(file, f"دخل الجيش المدينة.\n{line}\nوانسحب المقاتلون.") == []
    assert set_aside(file, f"دخل الجيش المدينة.\nوانسحب المقاتلون.\n{line}") == []


def test_a_by_line_is_believed_only_at_an_end_of_the_document(file: Path) -> None:
    body = ["دخل الجيش المدينة."] * 4
    line = "كتب: لن نستسلم أبدا"
    assert set_aside(file, "\n".join([line, *body])) == [(line, "by-line")]
    assert set_aside(file, "\n".join([*body, line])) == [(line, "by-line")]
    assert set_aside(file, "\n".join([*body, line, *body])) == []


SOURCE = ("المصدر: رويترز", "source line")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["دخل الجيش.", "المصدر: رويترز", "ياسين بوتيتي"], [SOURCE, ("ياسين بوتيتي", "by-line")]),
        (
            ["دخل الجيش.", "المصدر: رويترز", "ياسين بوتيتي", "Ad"],
            [SOURCE, ("ياسين بوتيتي", "by-line"), ("Ad", "advertisement")],
        ),
        (["دخل الجيش.", "المصدر: رويترز", "غادر الجنود."], [SOURCE]),
        (["دخل الجيش.", "المصدر: رويترز", "الوضع في حلب"], [SOURCE]),
        (["دخل الجيش.", "المصدر: رويترز", "تدمر"], [SOURCE]),
        (["دخل الجيش.", "المصدر: رويترز", "تدمر القديمة", "سقطت المدينة."], [SOURCE]),
        (["المصدر: رويترز", "حلب تحت النار"], [SOURCE]),
    ],
)
def test_a_bare_name_is_a_by_line_only_after_the_last_source_line(
    file: Path, lines: list[str], expected: list[tuple[str, str]]
) -> None:
    assert set_aside(file, "\n\n".join(lines)) == expected
