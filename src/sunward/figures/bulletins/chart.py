"""A chart of Word's own beside a table of months: Word draws it, and whoever opens it finds its numbers in a sheet.

It shows what the table says and nothing else: a number that is hidden has no column. ECMA-376, part 1, 21.2 (DrawingML
charts); the order of the elements is the standard's, and Word refuses another.
"""

import re
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackedPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm

from sunward.figures.bulletins.document import PROVISIONAL, Part, Row

LEAST_COLUMNS = 3
_WIDTH, _HEIGHT = Mm(150), Mm(68)
_MONTH = re.compile(r"\d{4}-\d{2}")
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_CHART, _MAIN, _IN_WORD = f"{_DRAWING}/chart", f"{_DRAWING}/main", f"{_DRAWING}/wordprocessingDrawing"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CATEGORIES, _VALUES = "10010", "10020"
_COLOR = "3F7D58"
# A workbook says when it was made; ours says always the same, so that the same bulletin is the same bytes.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - no moment, a constant


def is_drawn(part: Part) -> bool:
    """A row of months of which some are told."""
    names = all(_MONTH.fullmatch(row.name) for row in part.rows)
    return names and sum(bool(row.cells[0].number) for row in part.rows) >= LEAST_COLUMNS


def hang_chart(file: Any, paragraph: Any, part: Part, *, number: int, font: str) -> None:
    """Into a paragraph of the Word file; `number` is the chart's own within it."""
    package = file.part.package
    sheet = PackedPart(PackURI(f"/word/embeddings/chart{number}.xlsx"), _SHEET_TYPE, _sheet(part), package)
    chart = PackedPart(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    numbers = chart.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    chart._blob = serialize_part_xml(_space(part, numbers, font))
    paragraph.add_run()._element.append(_frame(file.part.relate_to(chart, RELATIONSHIP_TYPE.CHART), part, number))


def _sheet(part: Part) -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, part.columns[:2])
        for row, line in enumerate(part.rows, 1):
            sheet.write_string(row, 0, _name(line))
            if line.cells[0].number:
                sheet.write_number(row, 1, float(line.cells[0].number))
    return held.getvalue()


def _space(part: Part, numbers: str, font: str) -> Any:
    """The chart, from the outside in."""
    plot = _c("plotArea", _c("layout"), _bars(part), _category_axis(), _value_axis())
    named = (_title(part.text, font), _val("autoTitleDeleted", "0"))
    chart = _c("chart", *named, plot, _val("plotVisOnly", "1"), _val("dispBlanksAs", "gap"))
    related = _c("externalData", _val("autoUpdate", "0"))
    related.set(qn("r:id"), numbers)
    return _c("chartSpace", _val("date1904", "0"), _val("roundedCorners", "0"), chart, _letters(font), related)


def _title(text: str, font: str) -> Any:
    """It stands by itself where somebody copies it out of the text."""
    words = _a("r", _a("rPr", _a("latin", typeface=font), _a("ea", typeface=font), sz="1100", b="0"), _a("t", text))
    rich = _c("rich", _a("bodyPr"), _a("lstStyle"), _a("p", words))
    return _c("title", _c("tx", rich), _val("overlay", "0"))


def _name(row: Row) -> str:
    """A month that may still change says so below its column."""
    return f"{row.name}{PROVISIONAL}" if row.cells[0].is_provisional else row.name


def _bars(part: Part) -> Any:
    rows = part.rows
    names = [(place, _name(row)) for place, row in enumerate(rows)]
    told = [(place, row.cells[0].number) for place, row in enumerate(rows) if row.cells[0].number]
    last = len(rows) + 1
    series = _c("ser",
        _val("idx", "0"), _val("order", "0"),
        _c("tx", _c("strRef", _c("f", "Sheet1!$B$1"), _points("strCache", [(0, part.columns[1])], 1))),
        _c("spPr", _a("solidFill", _a("srgbClr", val=_COLOR))), _val("invertIfNegative", "0"),
        *(_hatched(place) for place, row in enumerate(rows) if row.cells[0].is_provisional and row.cells[0].number),
        _c("cat", _c("strRef", _c("f", f"Sheet1!$A$2:$A${last}"), _points("strCache", names, len(rows)))),
        _c("val", _c("numRef", _c("f", f"Sheet1!$B$2:$B${last}"), _points("numCache", told, len(rows)))),
    )  # fmt: skip
    labels = _c("dLbls", *(_val(f"show{what}", "1" if what == "Val" else "0") for what in (
        "LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize",
    )))  # fmt: skip
    return _c("barChart",
        _val("barDir", "col"), _val("grouping", "clustered"), _val("varyColors", "0"), series, labels,
        _val("gapWidth", "60"), _val("axId", _CATEGORIES), _val("axId", _VALUES),
    )  # fmt: skip


def _hatched(place: int) -> Any:
    """A column that may still change: told apart without colour."""
    front, back = _a("fgClr", _a("srgbClr", val=_COLOR)), _a("bgClr", _a("srgbClr", val="FFFFFF"))
    line = _a("ln", _a("solidFill", _a("srgbClr", val=_COLOR)), w="9525")
    shape = _c("spPr", _a("pattFill", front, back, prst="wdUpDiag"), line)
    return _c("dPt", _val("idx", f"{place}"), _val("invertIfNegative", "0"), _val("bubble3D", "0"), shape)


def _points(kind: str, told: list[tuple[int, str]], count: int) -> Any:
    points = [_c("pt", _c("v", text), idx=f"{place}") for place, text in told]
    form = [_c("formatCode", "General")] if kind == "numCache" else []
    return _c(kind, *form, _val("ptCount", f"{count}"), *points)


def _category_axis() -> Any:
    return _c("catAx",
        _val("axId", _CATEGORIES), _c("scaling", _val("orientation", "minMax")), _val("delete", "0"),
        _val("axPos", "b"), _val("majorTickMark", "none"), _val("minorTickMark", "none"),
        _val("tickLblPos", "low"), _val("crossAx", _VALUES), _val("crosses", "autoZero"), _val("auto", "0"),
        _val("lblAlgn", "ctr"), _val("lblOffset", "100"), _val("noMultiLvlLbl", "1"),
    )  # fmt: skip


def _value_axis() -> Any:
    lines = _c("majorGridlines", _c("spPr", _a("ln", _a("solidFill", _a("srgbClr", val="D9D9D9")), w="6350")))
    return _c("valAx",
        _val("axId", _VALUES), _c("scaling", _val("orientation", "minMax"), _val("min", "0")), _val("delete", "0"),
        _val("axPos", "l"), lines, _c("numFmt", formatCode="General", sourceLinked="0"),
        _val("majorTickMark", "none"), _val("minorTickMark", "none"), _val("tickLblPos", "nextTo"),
        _val("crossAx", _CATEGORIES), _val("crosses", "autoZero"), _val("crossBetween", "between"),
    )  # fmt: skip


def _letters(font: str) -> Any:
    """Fonts by name, as everywhere in the file; size in hundredths of a point."""
    shape = _a("defRPr", _a("latin", typeface=font), _a("ea", typeface=font), sz="850")
    return _c("txPr", _a("bodyPr"), _a("lstStyle"), _a("p", _a("pPr", shape), _a("endParaRPr", lang="zh-CN")))


def _c(name: str, *children: Any, **attributes: str) -> Any:
    """An element of the chart; a child that is a text is what it says."""
    return _element(f"c:{name}", children, attributes)


def _a(name: str, *children: Any, **attributes: str) -> Any:
    """An element of drawing in general."""
    return _element(f"a:{name}", children, attributes)


def _element(name: str, children: tuple[Any, ...], attributes: dict[str, str]) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(key, value)
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def _val(name: str, value: str) -> Any:
    return _c(name, val=value)


def _frame(related: str, part: Part, number: int) -> Any:
    """Where the chart stands in the text, with the words that a screen reader says."""
    drawn = parse_xml(
        f'<w:drawing xmlns:w="{_WORD}" xmlns:wp="{_IN_WORD}" xmlns:a="{_MAIN}" xmlns:c="{_CHART}"'
        f' xmlns:r="{_RELATED}"><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_WIDTH}" cy="{_HEIGHT}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_CHART}"><c:chart r:id="{related}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    drawn.find(f".//{qn('wp:docPr')}").set("descr", part.text)
    return drawn
