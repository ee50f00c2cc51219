"""What a writer may refer to, and what a wrong reference is told, with its place."""

from datetime import date

import pytest
from django.utils import translation

from sunward.figures.bulletins.composing import number_headings
from sunward.figures.bulletins.document import HEADING, SUBHEADING, Part
from sunward.figures.bulletins.text import Figures, Heading, Paragraph, Shape, parse, without_references
from sunward.figures.pins import Span

UNTIL = date(2026, 10, 15)
CODE = "employment.services"


def only(words):
    parsed = parse(f"共[[{words}]]人。", until=UNTIL)
    assert not parsed.problems
    return parsed.references[0]


@pytest.mark.parametrize(
    ("words", "span"),
    [
        (CODE, Span(date(2026, 10, 1), UNTIL)),
        (f"{CODE}|month", Span(date(2026, 10, 1), UNTIL)),
        (f"{CODE}｜年初以来", Span(date(2026, 1, 1), UNTIL)),
        (f"{CODE} | 2026-09", Span(date(2026, 9, 1), date(2026, 9, 30))),
        (f"{CODE} | 2026-01~2026-09", Span(date(2026, 1, 1), date(2026, 9, 30))),
        (f"{CODE} | 2026-01-05至2026-12-31", Span(date(2026, 1, 5), UNTIL)),
    ],
)
def test_a_span_is_said_in_words_or_days_and_ends_with_the_bulletin(words, span):
    assert only(words).span == span


def test_the_parts_stand_in_any_order_and_the_unit_is_known_by_its_code():
    reference = only(f"{CODE} | 310110012 | 2026-09")
    assert (reference.unit, reference.shape, reference.line) == ("310110012", Shape.NUMBER, 1)


def test_headings_paragraphs_and_tables_are_told_apart():
    parsed = parse(f"# 总体情况\n\n共[[{CODE}]]人次。\n[[{CODE}|by unit]]\n", until=UNTIL)
    assert [type(block) for block in parsed.blocks] == [Heading, Paragraph, Figures]


def test_headings_have_two_ranks_and_the_lower_one_is_numbered_anew_under_each_upper_one():
    parsed = parse("# 上\n## 一\n＃＃二\n# 下\n### 三\n", until=UNTIL)
    assert [block.is_below for block in parsed.blocks] == [False, True, True, False, True]
    parts = [Part(SUBHEADING if block.is_below else HEADING, text=block.text) for block in parsed.blocks]
    numbered = [part.text for part in number_headings(parts, "zh-hans")]
    assert numbered == ["一、上", "（一）一", "（二）二", "二、下", "（一）三"]
    assert [part.text for part in number_headings(parts, "en")] == ["上", "一", "二", "下", "三"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"[[{CODE}|2026-11]]", "lie after the last day"),
        (f"[[{CODE}|2026-13]]", "no day or month"),
        (f"[[{CODE}|2026-02-30~2026-03-01]]", "no day or month"),
        (f"[[{CODE}|2026-03~2026-02]]", "end before they begin"),
        (f"[[{CODE}|1999-03]]", "before the year 2000"),
        (f"[[{CODE}|2023-01~2026-02|by month]]", "24 months at most"),
        (f"[[{CODE}|上个星期]]", "上个星期"),
        (f"如表[[{CODE}|by unit]]", "line of its own"),
        ("[[]]", "code of a figure comes first"),
        (f"# 共[[{CODE}]]", "words alone"),
        (f"共[[{CODE}", "between [[ and ]]"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line(line, why):
    with translation.override("en"):
        (problem,) = parse(f"第一段。\n{line}", until=UNTIL).problems
        assert why in str(problem)
        assert "Line 2" in str(problem)


def test_the_words_without_references_keep_their_places():
    body = f"共[[{CODE}]]人，张小红"
    assert without_references(body).index("张小红") == body.index("张小红")
