"""A bulletin as a Word file in the conventional layout: A4, red masthead and line, fonts by name, tables and
charts of Word's own.

Measures after GB/T 9704-2012: margins 37, 35, 28 and 26 mm, text in 16 pt FangSong on lines of 28 pt.
"""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sunward.figures.bulletins.chart import hang_chart, is_drawn
from sunward.figures.bulletins.document import HEADING, TABLE, Document, Part

TITLE_FONT, TEXT_FONT, HEAD_FONT, KAI_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
RED = RGBColor(0xC8, 0x10, 0x10)
_TEXT, _LINE, _SMALL, _SMALL_LINE = 16, 28, 12, 18
_WIDTH = Mm(156)


def write_word(document: Document, *, at: datetime) -> bytes:
    """The same document and moment give the same bytes."""
    file = docx.Document()
    properties = file.core_properties
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.author, properties.title, properties.last_modified_by = "", document.title, ""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = TEXT_FONT, Pt(_TEXT)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TEXT_FONT)
    _Writer(file).write(document)
    held = BytesIO()
    file.save(held)
    return _undated(held.getvalue())


class _Writer:
    def __init__(self, file: Any) -> None:
        self.file = file
        self.charts = 0

    def write(self, document: Document) -> None:
        self._masthead(document)
        self._line(document.title, font=TITLE_FONT, size=22, is_centred=True, before=20, after=16, line=34)
        for part in document.parts:
            if part.kind == HEADING:
                self._line(part.text, font=HEAD_FONT, is_indented=True)
            elif part.kind == TABLE:
                self._table(part)
            else:
                self._line("".join(run.text for run in part.runs), is_indented=True)
        self._about_figures(document)
        self._end(document)

    def _masthead(self, document: Document) -> None:
        self._line(document.masthead, font=TITLE_FONT, size=42, is_centred=True, color=RED, line=56)
        if document.number:
            self._line(document.number, is_centred=True)
        line = self._line(f"{document.issued_by}\t{document.day}", font=KAI_FONT)
        line.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        _rule(line, color="C81010", size=18)

    def _about_figures(self, document: Document) -> None:
        if document.notes:
            self._line(document.headings["notes"], font=HEAD_FONT, size=_SMALL, before=12, line=_SMALL_LINE)
        for note in document.notes:
            self._small(note)
        if document.withheld:
            self._line(document.headings["withheld"], font=HEAD_FONT, size=_SMALL, before=6, line=_SMALL_LINE)
        for withheld in document.withheld:
            self._small(withheld)
        if document.meanings:
            self._line(document.headings["meanings"], font=HEAD_FONT, size=_SMALL, before=6, line=_SMALL_LINE)
        for meaning in document.meanings:
            self._small(f"{meaning.name} · {meaning.version}")
            for words in meaning.words:
                self._small(words)

    def _small(self, text: str) -> None:
        self._line(text, size=_SMALL, line=_SMALL_LINE)

    def _end(self, document: Document) -> None:
        """报/送/发, between two lines."""
        for number, words in enumerate(document.signed):
            line = self._line(words, size=14, before=18 if number == 0 else 0)
            _rule(line, edge="top" if number == 0 else "", size=8)
            if number == len(document.signed) - 1:
                _rule(line, size=8)

    def _table(self, part: Part) -> None:
        self._line(part.text, font=HEAD_FONT, size=14, is_centred=True, before=8)
        table = self.file.add_table(rows=0, cols=len(part.columns))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        rows = [part.columns, *((row.name, *(cell.text for cell in row.cells)) for row in part.rows)]
        for number, words in enumerate(rows):
            cells = table.add_row().cells
            for place, (cell, text) in enumerate(zip(cells, words, strict=True)):
                paragraph = cell.paragraphs[0]
                _run(paragraph, text, font=HEAD_FONT if number == 0 else TEXT_FONT, size=_SMALL)
                if place:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if table.rows:
            _repeat(table.rows[0])
        if is_drawn(part):
            self._chart(part)
        if part.note:
            self._small(part.note)

    def _chart(self, part: Part) -> None:
        """In a line as high as it is: the fixed height of the text would cut it."""
        paragraph = self.file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(6)
        self.charts += 1
        hang_chart(self.file, paragraph, part, number=self.charts, font=TEXT_FONT)

    def _line(
        self, text: str, *, font: str = TEXT_FONT, size: int = _TEXT, is_centred: bool = False,
        is_indented: bool = False, color: Any = None, before: int = 0, after: int = 0, line: int = _LINE,
    ) -> Any:  # fmt: skip
        paragraph = self.file.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        if is_centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if is_indented:
            shape.first_line_indent = Pt(size * 2)
        _run(paragraph, text, font=font, size=size, color=color)
        return paragraph


def _run(paragraph: Any, text: str, *, font: str, size: int, color: Any = None) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    # Word takes the font of Chinese signs from an attribute of its own.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if color is not None:
        run.font.color.rgb = color


def _rule(paragraph: Any, *, edge: str = "bottom", color: str = "000000", size: int = 8) -> None:
    """A line above or below a paragraph; `size` in eighths of a point."""
    if not edge:
        return
    shape = paragraph._element.get_or_add_pPr()
    border = shape.find(qn("w:pBdr"))
    if border is None:
        border = OxmlElement("w:pBdr")
        shape.insert_element_before(border, *_AFTER_BORDERS)
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    border.append(line)


# What may follow a paragraph's borders, in the order that Word insists on.
_AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in (
        "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
        "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
        "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId",
        "cnfStyle", "rPr", "sectPr", "pPrChange",
    )
)  # fmt: skip


def _repeat(row: Any) -> None:
    """The heads of a table stand on each of its sheets."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _undated(content: bytes) -> bytes:
    """A Word file is an archive that notes when it was packed; without that the same parts are the same bytes."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as packed, ZipFile(held, "w", ZIP_DEFLATED) as anew:
        for name in _names(packed):
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            anew.writestr(part, packed.read(name))
    return held.getvalue()


def _names(packed: ZipFile) -> Iterator[str]:
    """In the order in which they are packed: readers expect the list of parts first."""
    return (part.filename for part in packed.infolist())
