"""A chart of Word's own beside a table of months: the table's numbers, and no column where one is hidden."""

import posixpath
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from openpyxl import load_workbook

from sunward.figures.bulletins.document import TABLE, Cell, Document, Part, Row
from sunward.figures.bulletins.word import write_word

AT = datetime(2022, 10, 31, tzinfo=UTC)
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def months(*numbers, names=None):
    names = names or [f"2022-{month:02}" for month in range(1, len(numbers) + 1)]
    rows = tuple(Row(name, (Cell(number or "不公开", number),)) for name, number in zip(names, numbers, strict=True))
    return Part(TABLE, text="帮助就业人数 · 杨浦区 & <1>", columns=("月份", "帮助就业人数"), rows=rows)


def written(*parts):
    document = Document("zh-hans", "简报", "", "杨浦区", "2022-10-31", "工作情况", parts, headings={})
    return write_word(document, at=AT)


def charts(file):
    with ZipFile(BytesIO(file)) as packed:
        names = sorted(name for name in packed.namelist() if name.startswith("word/charts/chart"))
        return [etree.fromstring(packed.read(name)) for name in names]


def points(chart, within):
    return {int(one.get("idx")): one.findtext(f"{C}v") for one in chart.iterfind(f".//{C}{within}//{C}pt")}


def test_each_month_that_is_told_is_a_column_and_a_hidden_one_is_a_gap():
    (chart,) = charts(written(months("190", "", "170", "90")))
    assert points(chart, "val") == {0: "190", 2: "170", 3: "90"}
    assert list(points(chart, "cat").values()) == ["2022-01", "2022-02", "2022-03", "2022-04"]
    assert chart.find(f".//{C}dispBlanksAs").get("val") == "gap"


def test_whoever_opens_it_finds_the_same_numbers_in_its_sheet():
    with ZipFile(BytesIO(written(months("190", "", "170.5", "90")))) as packed:
        sheet = load_workbook(BytesIO(packed.read("word/embeddings/chart1.xlsx")))["Sheet1"]
    assert [tuple(row) for row in sheet.iter_rows(values_only=True)] == [
        ("月份", "帮助就业人数"), ("2022-01", 190), ("2022-02", None), ("2022-03", 170.5), ("2022-04", 90),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "part",
    [
        months("190", "", "170"),
        months("1", "2", "3", "4", names=["杨浦区", "殷行街道", "控江路街道", "五角场街道"]),
    ],
    ids=["fewer than three are told", "units"],
)
def test_what_makes_no_row_of_months_is_a_table_alone(part):
    assert charts(written(part)) == []


def test_the_same_document_is_the_same_bytes_and_each_chart_has_parts_of_its_own():
    parts = (months("1", "2", "3"), months("4", "5", "6"))
    assert written(*parts) == written(*parts)
    assert [points(chart, "val")[0] for chart in charts(written(*parts))] == ["1", "4"]


def test_word_finds_every_part_that_the_text_refers_to_with_the_words_for_whoever_does_not_see_it():
    file = docx.Document(BytesIO(written(months("1", "2", "3"))))
    (drawn,) = file.element.body.iterfind(".//{*}docPr")
    assert drawn.get("descr") == "帮助就业人数 · 杨浦区 & <1>"
    (named,) = file.element.body.iterfind(f".//{C}chart")
    related = file.part.rels[named.values()[0]].target_part
    assert related.content_type.endswith("drawingml.chart+xml")
    (held,) = related.rels.values()
    assert held.target_part.content_type.endswith("spreadsheetml.sheet")
    assert etree.fromstring(related.blob).find(f"{C}externalData").values() == [held.rId]


# ECMA-376, part 1, 21.2.2: what each element may hold, in its order. Others read any order, Word refuses the file.
SEQUENCES = {
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "title": "tx layout overlay spPr txPr",
    "tx": "strRef rich",
    "rich": "bodyPr lstStyle p",
    "txPr": "bodyPr lstStyle p",
    "plotArea": "layout barChart catAx valAx dTable spPr",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "ser": "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr",
    "dLbls": "delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
    "catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark"
    " tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark"
    " tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits",
    "scaling": "logBase orientation max min",
    "strRef": "f strCache", "numRef": "f numCache", "cat": "strRef", "val": "numRef", "pt": "v",
    "strCache": "ptCount pt", "numCache": "formatCode ptCount pt",
    "spPr": "noFill solidFill gradFill blipFill pattFill grpFill ln",
    "pattFill": "fgClr bgClr", "ln": "noFill solidFill", "solidFill": "srgbClr", "fgClr": "srgbClr", "bgClr": "srgbClr",
    "majorGridlines": "spPr", "externalData": "autoUpdate",
    "p": "pPr r endParaRPr", "r": "rPr t", "pPr": "defRPr", "rPr": "latin ea", "defRPr": "latin ea",
}  # fmt: skip
MUST = {
    "chart": {"plotArea"}, "barChart": {"barDir", "axId"}, "ser": {"idx", "order"}, "dPt": {"idx"},
    "catAx": {"axId", "scaling", "delete", "axPos", "crossAx"},
    "valAx": {"axId", "scaling", "delete", "axPos", "crossAx", "crossBetween"}, "strCache": {"ptCount"},
}  # fmt: skip


def name_of(element):
    return etree.QName(element).localname


@pytest.mark.parametrize("is_provisional", [False, True], ids=["all over", "one may still change"])
def test_every_element_stands_in_the_order_of_the_standard_and_none_is_missing(is_provisional):
    part = months("1", "2", "3")
    last = Row("2022-03", (Cell("3*", "3", is_provisional),))
    (chart,) = charts(written(replace(part, rows=(*part.rows[:-1], last))))
    for element in chart.iter():
        names = [name_of(child) for child in element]
        allowed = SEQUENCES.get(name_of(element), "").split()
        assert set(names) <= set(allowed), name_of(element)
        assert sorted(names, key=allowed.index) == names, name_of(element)
        assert MUST.get(name_of(element), set()) <= set(names), name_of(element)


def test_a_month_that_may_still_change_is_hatched_and_marked_below_its_column():
    part = months("1", "2", "3")
    last = Row("2022-03", (Cell("3*", "3", True),))
    file = written(replace(part, rows=(*part.rows[:-1], last)))
    (chart,) = charts(file)
    (point,) = chart.iterfind(f".//{C}dPt")
    assert point.find(f"{C}idx").get("val") == "2"
    assert points(chart, "cat")[2] == "2022-03*"
    with ZipFile(BytesIO(file)) as packed:
        sheet = load_workbook(BytesIO(packed.read("word/embeddings/chart1.xlsx")))["Sheet1"]
    assert sheet["A4"].value == "2022-03*"


def test_the_chart_bears_the_name_of_its_table():
    (chart,) = charts(written(months("1", "2", "3")))
    assert "".join(chart.find(f"{C}chart/{C}title").itertext()) == "帮助就业人数 · 杨浦区 & <1>"


def test_every_part_of_the_file_has_a_type_and_every_tie_leads_to_a_part():
    with ZipFile(BytesIO(written(months("1", "2", "3"), months("4", "5", "6")))) as packed:
        names = set(packed.namelist())
        types = etree.fromstring(packed.read("[Content_Types].xml"))
        ties = {name: etree.fromstring(packed.read(name)) for name in names if name.endswith(".rels")}
    named = {one.get("PartName", "").lstrip("/") for one in types}
    by_end = {one.get("Extension") for one in types}
    assert {name for name in names if name not in named and name.rsplit(".", 1)[-1] not in by_end} == set()
    for name, held in ties.items():
        folder = PurePosixPath(name).parent.parent
        for tie in held:
            assert posixpath.normpath(posixpath.join("/", folder, tie.get("Target"))).lstrip("/") in names
