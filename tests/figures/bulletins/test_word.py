"""A bulletin as a Word file: what GB/T 9704-2012 asks of paper, page numbers, fonts and ranks of headings."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Emu
from lxml import etree

from sunward.figures.bulletins.document import (
    HEADING,
    PARAGRAPH,
    SUBHEADING,
    TABLE,
    Cell,
    Document,
    Meaning,
    Part,
    Row,
    Run,
)  # fmt: skip
from sunward.figures.bulletins.word import write_word

AT = datetime(2022, 10, 31, tzinfo=UTC)
# The standard's sequence (ECMA-376 part 1, CT_PPr).
SHAPES = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
PARTS = (
    Part(HEADING, text="一、总体情况"),
    Part(SUBHEADING, text="（一）乐业空间"),
    Part(PARAGRAPH, runs=(Run("帮助就业"), Run("2066*", is_figure=True), Run("人，标*者暂定。*"))),
    Part(TABLE, text="表", columns=("月份", "人数"), rows=(Row("9", (Cell("9*", "9", True),)),) * 9),
)


def bulletin(*parts, language="zh-hans", masthead="工作简报", day="2022-10-31"):
    return Document(
        language, masthead, "第 1 期", "杨浦区", day, "工作情况", parts or PARTS, notes=("* 暂定。",),
        meanings=(Meaning("帮助就业人数", "第2版", ("只计一人。", "上岗第一天。")),), withheld=("走访次数",),
        signed=("报：区委办公室", "编印：杨浦区"),
        headings={"notes": "数字说明", "withheld": "未公布的数字", "meanings": "指标口径"},
    )  # fmt: skip


def packed(document=None):
    return write_word(document or bulletin(), at=AT)


def opened(document=None):
    return docx.Document(BytesIO(packed(document)))


def line(file, text):
    return next(one for one in file.paragraphs if text in one.text)


def shape_of(paragraph):
    return [child.tag.removeprefix(qn("w:")) for child in paragraph._element.pPr]


def test_pages_are_numbered_outside_right_on_odd_and_left_on_even_ones():
    file = opened()
    assert file.settings.odd_and_even_pages_header_footer
    odd, even = (footer.paragraphs[0] for footer in (file.sections[0].footer, file.sections[0].even_page_footer))
    assert [
        "".join(piece.text for piece in one._element.iter(qn("w:t"), qn("w:instrText"))) for one in (odd, even)
    ] == ["— PAGE —"] * 2
    assert [one.alignment.name for one in (odd, even)] == ["RIGHT", "LEFT"]
    assert {run.font.size.pt for run in odd.runs} == {14}
    assert [mark.get(qn("w:fldCharType")) for mark in odd._element.iter(qn("w:fldChar"))] == ["begin", "end"]


def test_twenty_two_lines_of_twenty_eight_signs_fill_the_text():
    file = opened()
    section, text = file.sections[0], line(file, "帮助就业")
    high = section.page_height - section.top_margin - section.bottom_margin
    wide = section.page_width - section.left_margin - section.right_margin
    run = text.runs[0]
    sign = run.font.size.pt + int(run._element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert (int(Emu(high).pt // text.paragraph_format.line_spacing.pt), int(Emu(wide).pt // sign)) == (22, 28)


def test_ranks_of_headings_have_their_fonts_and_stay_with_what_follows():
    file = opened()
    found = {}
    for text in ("一、", "（一）"):
        heading = line(file, text)
        assert heading.paragraph_format.keep_with_next
        fonts = heading.runs[0]._element.rPr.rFonts
        found[fonts.get(qn("w:eastAsia"))] = heading._element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
    assert found == {"黑体": "0", "楷体_GB2312": "1"}


def test_headings_in_english_are_bold_since_all_latin_signs_have_one_font():
    file = opened(bulletin(language="en"))
    assert line(file, "一、").runs[0].font.bold
    assert not line(file, "帮助就业").runs[0].font.bold
    assert line(file, "一、").runs[0]._element.rPr.rFonts.get(qn("w:ascii")) == "Times New Roman"
    assert not line(opened(), "一、").runs[0].font.bold


def test_each_font_that_a_system_may_lack_names_what_stands_in_for_it():
    with ZipFile(BytesIO(packed())) as file:
        fonts = etree.fromstring(file.read("word/fontTable.xml"))
    named = {one.get(qn("w:name")) for one in fonts if one.find(qn("w:altName")) is not None}
    assert named >= {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"}


def test_the_mark_of_a_provisional_number_stands_small_and_a_star_that_somebody_wrote_does_not():
    file = opened()
    small = {run.text for one in file.paragraphs for run in one.runs if run.font.superscript}
    assert small == {"*"}
    text = line(file, "帮助就业")
    assert [run.text for run in text.runs] == ["帮助就业", "2066", "*", "人，标*者暂定。*"]
    assert file.tables[0].cell(1, 1).text == "9*"


def test_a_day_is_written_as_papers_write_it_and_a_draft_keeps_its_word():
    assert line(opened(), "杨浦区").text == "杨浦区\t2022年10月31日"
    assert line(opened(bulletin(day="草稿")), "杨浦区").text == "杨浦区\t草稿"
    assert line(opened(bulletin(language="en")), "杨浦区").text == "杨浦区\t2022-10-31"


@pytest.mark.parametrize(("masthead", "size"), [("工作简报", 42), ("杨浦区困境儿童与就业服务工作简报", 27)])
def test_a_long_masthead_is_set_smaller_so_that_it_stands_on_one_line(masthead, size):
    assert opened(bulletin(masthead=masthead)).paragraphs[0].runs[0].font.size.pt == size


def test_no_row_is_cut_and_a_short_table_goes_to_the_next_page_whole_with_its_title():
    table = opened().tables[0]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert all(row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows[:-1])
    assert not table.rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert line(opened(), "表").paragraph_format.keep_with_next


def test_who_gets_it_stands_at_the_foot_of_the_last_page():
    table = opened().tables[-1]
    assert [row.cells[0].text for row in table.rows] == ["报：区委办公室", "编印：杨浦区"]
    assert table._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


def test_a_definition_is_one_paragraph_that_begins_with_its_name():
    assert line(opened(), "帮助就业人数").text == "帮助就业人数（第2版）：只计一人。上岗第一天。"
    assert line(opened(bulletin(language="en")), "帮助就业人数 (").text.endswith(" (第2版): 只计一人。 上岗第一天。")


def test_what_shapes_a_paragraph_stands_in_the_order_that_word_insists_on():
    file = opened()
    for paragraph in [*file.paragraphs, *(cell.paragraphs[0] for one in file.tables for cell in one._cells)]:
        places = [SHAPES.split().index(name) for name in shape_of(paragraph)]
        assert places == sorted(places), shape_of(paragraph)
