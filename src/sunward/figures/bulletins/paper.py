"""The paper of a bulletin: its size, margins, page numbers and fonts, after GB/T 9704-2012.

A4; above 37, below 35, left 28, right 26 mm; 22 lines of 28 signs; page numbers 7 mm below the text, outside.
"""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

TITLE_FONT, TEXT_FONT, HEAD_FONT, KAI_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
_PAGE_FONT = "宋体"
# Two of the four come with no system: what stands in for them, the nearest first.
_STAND_INS = {
    TITLE_FONT: "方正小标宋_GBK,方正小标宋,华文中宋,宋体",
    TEXT_FONT: "仿宋,FangSong,华文仿宋",
    KAI_FONT: "楷体,KaiTi,华文楷体",
    HEAD_FONT: "SimHei,华文黑体,微软雅黑",
}
LATIN = "Times New Roman"
TEXT, LINE = 16, 28
WIDTH = Mm(156)
# 28 signs of 16 pt are 2 mm wider than the text may be; each stands a quarter of a point closer, in twentieths.
CLOSER = -5


def lay_paper(file: Any, *, is_chinese: bool) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(22)
    _number_pages(file, section)
    normal = file.styles["Normal"]
    normal.font.size = Pt(TEXT)
    shape = normal.element.get_or_add_rPr()
    name_font(shape, TEXT_FONT, is_chinese=is_chinese)
    for language in file.styles.element.iterfind(f".//{qn('w:rPrDefault')}//{qn('w:lang')}"):
        language.set(qn("w:eastAsia"), "zh-CN")
    _stand_in(file)


def name_font(shape: Any, font: str, *, is_chinese: bool) -> None:
    """Word takes the font of Chinese signs from an attribute of its own."""
    fonts = shape.get_or_add_rFonts()
    latin = font if is_chinese else LATIN
    for signs, name in (("ascii", latin), ("hAnsi", latin), ("eastAsia", font)):
        fonts.set(qn(f"w:{signs}"), name)


def _number_pages(file: Any, section: Any) -> None:
    """— 1 —, right on odd pages and left on even ones, one sign from the edge."""
    file.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):  # fmt: skip
        paragraph = footer.paragraphs[0]
        shape = paragraph.paragraph_format
        paragraph.alignment = side
        shape.left_indent = shape.right_indent = Pt(14)
        shape.space_before = shape.space_after = Pt(0)
        for piece in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if piece == "PAGE" else piece)
            run.font.size = Pt(14)
            name_font(run._element.get_or_add_rPr(), _PAGE_FONT, is_chinese=True)
            if piece == "PAGE":
                _page(run)


def _page(run: Any) -> None:
    """The number that Word puts there itself."""
    for kind in ("begin", "", "end"):
        if not kind:
            asked = OxmlElement("w:instrText")
            asked.text = "PAGE"
            run._element.append(asked)
            continue
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._element.append(mark)


def _stand_in(file: Any) -> None:
    """Into the list of fonts: whoever lacks one sees its neighbour, and the lines stay as long as they were."""
    (fonts,) = [part for part in file.part.package.iter_parts() if part.partname == "/word/fontTable.xml"]
    table = parse_xml(fonts.blob)
    for name, others in _STAND_INS.items():
        table.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
                '<w:family w:val="auto"/><w:pitch w:val="fixed"/></w:font>'
            )
        )
    fonts._blob = serialize_part_xml(table)
