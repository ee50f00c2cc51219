"""A chart of Word's own beside a table of months: the table's numbers, and no column where one is hidden."""

from datetime import UTC, datetime
from io import BytesIO
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


def test_elements_stand_in_the_order_of_the_standard():
    (chart,) = charts(written(months("1", "2", "3")))

    def order(path):
        return [child.tag.removeprefix(C) for child in chart.find(path)]

    assert [child.tag.removeprefix(C) for child in chart] == [
        "date1904", "roundedCorners", "chart", "txPr", "externalData",
    ]  # fmt: skip
    assert order(f"{C}chart") == ["autoTitleDeleted", "plotArea", "plotVisOnly", "dispBlanksAs"]
    assert order(f"{C}chart/{C}plotArea/{C}barChart") == [
        "barDir", "grouping", "varyColors", "ser", "dLbls", "gapWidth", "axId", "axId",
    ]  # fmt: skip
    assert order(f".//{C}ser") == ["idx", "order", "tx", "spPr", "invertIfNegative", "cat", "val"]
    assert order(f".//{C}numCache")[:2] == ["formatCode", "ptCount"]
