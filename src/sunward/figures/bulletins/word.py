"""A bulletin as a Word file in the conventional layout: red masthead and line, headings of their ranks, tables and
charts of Word's own, the notes in small print, and 报/送 between two lines at the foot of the last page.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sunward.figures.bulletins.chart import hang_chart, is_drawn
from sunward.figures.bulletins.document import (
    HEADING,
    PROVISIONAL,
    SUBHEADING,
    TABLE,
    Document,
    Meaning,
    Part,
    Run,
)  # fmt: skip
from sunward.figures.bulletins.paper import (
    CLOSER,
    HEAD_FONT,
    KAI_FONT,
    LINE,
    TEXT,
    TEXT_FONT,
    TITLE_FONT,
    WIDTH,
    lay_paper,
    name_font,
)  # fmt: skip

RED = RGBColor(0xC8, 0x10, 0x10)
_SMALL, _SMALL_LINE, _IN_TABLE = 12, 18, 12
_MASTHEAD, _LEAST_MASTHEAD = 42, 22
_HEADING_FONTS = (TITLE_FONT, HEAD_FONT, KAI_FONT)
# A table of no more rows moves to the next page rather than being cut.
_KEPT_WHOLE = 14
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_word(document: Document, *, at: datetime) -> bytes:
    """The same document and moment give the same bytes."""
    file = docx.Document()
    properties = file.core_properties
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.author, properties.title, properties.last_modified_by = "", document.title, ""
    is_chinese = document.language.startswith("zh")
    lay_paper(file, is_chinese=is_chinese)
    _Writer(file, is_chinese).write(document)
    held = BytesIO()
    file.save(held)
    return _undated(held.getvalue())


class _Writer:
    def __init__(self, file: Any, is_chinese: bool) -> None:
        self.file = file
        self.is_chinese = is_chinese
        self.charts = 0
        self.is_after_table = False

    def write(self, document: Document) -> None:
        self._masthead(document)
        self._line(document.title, font=TITLE_FONT, size=22 if self.is_chinese else 18, is_centred=True,
                   before=20, after=16, line=34)  # fmt: skip
        for part in document.parts:
            self._part(part)
        self._about_figures(document)
        self._end(document)

    def _part(self, part: Part) -> None:
        if part.kind == TABLE:
            self._table(part)
            return
        before = 10 if self.is_after_table else 0
        self.is_after_table = False
        if part.kind == HEADING:
            self._heading(part.text, font=HEAD_FONT, rank=1, before=before)
        elif part.kind == SUBHEADING:
            self._heading(part.text, font=KAI_FONT, rank=2, before=before)
        else:
            self._line(*part.runs, is_indented=True, before=before)

    def _heading(self, text: str, *, font: str, rank: int, before: int) -> None:
        """Never the last line of a page; its rank is what a reader's list of headings goes by."""
        line = self._line(text, font=font, is_indented=self.is_chinese, before=before)
        line.paragraph_format.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), f"{rank - 1}")
        line._element.get_or_add_pPr().insert_element_before(level, *_after("outlineLvl"))

    def _masthead(self, document: Document) -> None:
        size = _size_of(document.masthead)
        self._line(document.masthead, font=TITLE_FONT, size=size, is_centred=True, color=RED, line=size + 14)
        if document.number:
            self._line(document.number, is_centred=True)
        line = self._line(f"{document.issued_by}\t{self._day(document.day)}", font=KAI_FONT)
        line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        _rule(line, color="C81010", size=18)

    def _day(self, text: str) -> str:
        """As papers write it: 2022年10月31日. A draft has words there."""
        if not self.is_chinese or not _DAY.fullmatch(text):
            return text
        day = date.fromisoformat(text)
        return f"{day.year}年{day.month}月{day.day}日"

    def _about_figures(self, document: Document) -> None:
        for key, words in (("notes", document.notes), ("withheld", document.withheld)):
            self._small_heading(document.headings[key] if words else "")
            for one in words:
                self._small(one)
        self._small_heading(document.headings["meanings"] if document.meanings else "")
        for meaning in document.meanings:
            self._meaning(meaning)

    def _small_heading(self, text: str) -> None:
        if text:
            line = self._line(text, font=HEAD_FONT, size=_SMALL, before=8, after=2, line=_SMALL_LINE)
            line.paragraph_format.keep_with_next = True

    def _meaning(self, meaning: Meaning) -> None:
        """A definition is one paragraph that begins with its name, on one page."""
        between, after = ("（{}）：", "") if self.is_chinese else (" ({}): ", " ")
        line = self._small(meaning.name, font=HEAD_FONT)
        line.paragraph_format.keep_together = True
        self._run(line, between.format(meaning.version) + after.join(meaning.words), font=TEXT_FONT, size=_SMALL)

    def _small(self, text: str, *, font: str = TEXT_FONT) -> Any:
        return self._line(text, font=font, size=_SMALL, line=_SMALL_LINE)

    def _end(self, document: Document) -> None:
        """报/送/发, between two lines at the foot of the last page: a table that hangs on the line after it."""
        if not document.signed:
            return
        self._line("", size=_SMALL, line=_SMALL_LINE)
        table = self.file.add_table(rows=0, cols=1)
        for words in document.signed:
            row = table.add_row()
            row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(8)
            row.cells[0].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            _keep_whole(row)
            paragraph = row.cells[0].paragraphs[0]
            _tighten(paragraph.paragraph_format)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
            self._run(paragraph, words, font=TEXT_FONT, size=14)
        _hang_at_foot(table)
        self._line("", size=1, line=1)

    def _table(self, part: Part) -> None:
        title = self._line(part.text, font=HEAD_FONT, size=14, is_centred=True, before=8, after=2)
        title.paragraph_format.keep_with_next = True
        table = self.file.add_table(rows=0, cols=len(part.columns))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        self._row(table, [Run(text) for text in part.columns], font=HEAD_FONT)
        _repeat(table.rows[0])
        for row in part.rows:
            self._row(table, [Run(row.name), *(Run(cell.text, is_figure=True) for cell in row.cells)])
        if len(part.rows) <= _KEPT_WHOLE:
            _keep_together(table)
        if is_drawn(part):
            self._chart(part)
        self.is_after_table = not is_drawn(part)
        if part.note:
            self._small(part.note)

    def _row(self, table: Any, words: list[Run], *, font: str = TEXT_FONT) -> None:
        row = table.add_row()
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(7)
        _keep_whole(row)
        for place, (cell, run) in enumerate(zip(row.cells, words, strict=True)):
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            _tighten(paragraph.paragraph_format)
            if place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._words(paragraph, run, font=font, size=_IN_TABLE)

    def _chart(self, part: Part) -> None:
        """In a line as high as it is: the fixed height of the text would cut it."""
        paragraph = self.file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.space_after = Pt(6)
        self.charts += 1
        hang_chart(self.file, paragraph, part, number=self.charts, font=TEXT_FONT)

    def _line(
        self, *words: str | Run, font: str = TEXT_FONT, size: int = TEXT, is_centred: bool = False,
        is_indented: bool = False, color: Any = None, before: int = 0, after: int = 0, line: int = LINE,
    ) -> Any:  # fmt: skip
        paragraph = self.file.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
        if is_centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if is_indented:
            shape.first_line_indent = Pt(size * 2)
        for one in words:
            self._words(paragraph, one, font=font, size=size, color=color)
        return paragraph

    def _words(self, paragraph: Any, words: str | Run, *, font: str, size: int, color: Any = None) -> None:
        """A figure's mark of being provisional stands small beside it, as the number of a note does."""
        run = Run(words) if isinstance(words, str) else words
        is_marked = run.is_figure and run.text.endswith(PROVISIONAL)
        text = run.text.removesuffix(PROVISIONAL) if is_marked else run.text
        self._run(paragraph, text, font=font, size=size, color=color)
        if is_marked:
            self._run(paragraph, PROVISIONAL, font=font, size=size).font.superscript = True

    def _run(self, paragraph: Any, text: str, *, font: str, size: int, color: Any = None) -> Any:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        shape = run._element.get_or_add_rPr()
        name_font(shape, font, is_chinese=self.is_chinese)
        if self.is_chinese and size == TEXT:
            closer = OxmlElement("w:spacing")
            closer.set(qn("w:val"), f"{CLOSER}")
            shape.insert_element_before(closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:vertAlign")
        if not self.is_chinese and font in _HEADING_FONTS:
            # What tells a heading in Chinese is its font; Latin signs have one for all.
            run.font.bold = True
        if color is not None:
            run.font.color.rgb = color
        return run


def _size_of(masthead: str) -> int:
    """In points, so that it stands on one line if it can."""
    signs = sum(1.0 if ord(sign) > 0x2E80 else 0.55 for sign in masthead)
    return max(_LEAST_MASTHEAD, min(_MASTHEAD, int(WIDTH.pt / max(signs, 1))))


def _tighten(shape: Any) -> None:
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _hang_at_foot(table: Any) -> None:
    """As wide as the text, on its lower edge, between two lines of 0.35 mm with thinner ones within."""
    shape = table._tbl.tblPr
    place, width, borders = (OxmlElement(f"w:{name}") for name in ("tblpPr", "tblW", "tblBorders"))
    for name, value in (("vertAnchor", "margin"), ("horzAnchor", "margin"), ("tblpXSpec", "left"),
                        ("tblpYSpec", "bottom")):  # fmt: skip
        place.set(qn(f"w:{name}"), value)
    for name, value in (("w", f"{int(WIDTH.twips)}"), ("type", "dxa")):
        width.set(qn(f"w:{name}"), value)
    for edge, size in (("top", "8"), ("bottom", "8"), ("insideH", "6")):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for known in shape.findall(qn("w:tblW")):
        shape.remove(known)
    for made, later in ((place, _AFTER_PLACE), (width, _AFTER_PLACE[5:]), (borders, _AFTER_PLACE[9:])):
        shape.insert_element_before(made, *later)


# What follows where a table hangs, in Word's order.
_AFTER_PLACE = tuple(
    f"w:{name}"
    for name in (
        "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing",
        "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook",
    )
)  # fmt: skip


def _rule(paragraph: Any, *, edge: str = "bottom", color: str = "000000", size: int = 8) -> None:
    """A line above or below a paragraph; `size` in eighths of a point."""
    shape = paragraph._element.get_or_add_pPr()
    border = shape.find(qn("w:pBdr"))
    if border is None:
        border = OxmlElement("w:pBdr")
        shape.insert_element_before(border, *_after("pBdr"))
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", "single"), ("sz", str(size)), ("space", "4"), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    border.append(line)


# What stands in a paragraph's shape, in the order that Word insists on.
_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
    "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
    "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
)  # fmt: skip


def _after(name: str) -> tuple[str, ...]:
    return tuple(f"w:{one}" for one in _ORDER[_ORDER.index(name) + 1 :])


def _repeat(row: Any) -> None:
    """The heads of a table stand on each of its sheets."""
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _keep_together(table: Any) -> None:
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _keep_whole(row: Any) -> None:
    """No row is cut by the end of a page."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))


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
