"""What a certificate of service says, how its code is made, and how both become a Word document."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from sunward.core.sealing import blind_index

# Read off paper and typed: without look-alikes. Ten of 31 signs are 49 bits.
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 10
# Where the code stands among the words that are kept: it lies sealed in a column of its own.
CODE_HERE = "{code}"
_FONT, _TITLE_FONT = "宋体", "黑体"


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """All the words of one certificate, fixed on the day of issue."""

    title: str
    body: Sequence[str]
    lines: Sequence[tuple[str, str]]
    signed: Sequence[str]
    foot: Sequence[str]


def write_words(words: CertificateWords) -> dict[str, Any]:
    return asdict(words)


def read_words(content: dict[str, Any], *, code: str) -> CertificateWords:
    return CertificateWords(
        content["title"], tuple(content["body"]), tuple((label, value) for label, value in content["lines"]),
        tuple(content["signed"]), tuple(sentence.replace(CODE_HERE, code) for sentence in content["foot"]),
    )  # fmt: skip


def new_code() -> str:
    """``ABCDE-FGHJK``."""
    code = "".join(secrets.choice(_SIGNS) for _sign in range(_CODE_LENGTH))
    return f"{code[:5]}-{code[5:]}"


def number_of(pk: int, *, on: date) -> str:
    return f"V{on.year}-{pk:06d}"


def certificate_index(number: str, code: str) -> str:
    """The blind index of both together: a code is worth nothing with another number."""
    return blind_index(f"{_plain(number)}:{_plain(code)}", purpose="mentoring.certificate")


def _plain(typed: str) -> str:
    """As typed off paper: capitals and strokes do not matter."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def mask_name(name: str) -> str:
    """张小红 → 张**: enough to recognise on the paper in one's hand."""
    return name[:1] + "*" * max(1, len(name) - 1)


def build_document(words: CertificateWords, *, issued_at: datetime) -> bytes:
    """One A4 page that an office can open in Word or WPS. The same words make the same text."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = issued_at.replace(tzinfo=None)
    document.core_properties.author, document.core_properties.title = "", words.title
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    _set_font(document.styles["Normal"], _FONT, 12)
    _paragraph(document, words.title, size=24, font=_TITLE_FONT, is_centred=True, after=24)
    for sentence in words.body:
        _paragraph(document, sentence, indent=True, after=10)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, value in words.lines:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].width, cells[1].width = Cm(4.5), Cm(10.9)
    _paragraph(document, "", after=12)
    for sentence in words.signed:
        _paragraph(document, sentence, is_right=True)
    _paragraph(document, "", after=12)
    for sentence in words.foot:
        _paragraph(document, sentence, size=10)
    cells = [cell for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)):
        for run in paragraph.runs:
            _set_east_asian(run, run.font.name or _FONT)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _paragraph(
    document: Any, text: str, *, size: int = 12, font: str = _FONT, is_centred: bool = False, is_right: bool = False,
    indent: bool = False, after: int = 4,
) -> None:  # fmt: skip
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.paragraph_format.line_spacing = 1.5
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
    if is_centred or is_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_centred else WD_ALIGN_PARAGRAPH.RIGHT


def _set_font(style: Any, font: str, size: int) -> None:
    style.font.name, style.font.size = font, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _set_east_asian(run: Any, font: str) -> None:
    """Word takes the font of Chinese signs from an attribute of its own."""
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
