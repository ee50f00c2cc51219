"""Free text, lists and the marks that stand for nothing."""

import re
import unicodedata
from functools import lru_cache

# What people put into a cell to say that there is nothing.
PLACEHOLDERS = frozenset(
    [
        "",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "//",
        "无",
        "空",
        "暂无",
        "没有",
        "无。",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "0000-00-00",
        "*",
        ".",
    ]
)
UNKNOWN_WORDS = frozenset(
    ["不详", "未知", "不清楚", "不明", "待补", "待补充", "待定", "待核实", "未提供", "未填", "?", "??"]
)
ERROR_VALUES = frozenset(
    [
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
        "#BLOCKED!",
    ]
)

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufff9-\ufffb]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATOR = re.compile(r"[、,;/|┋\n\r\t·]+|(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])")
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[.)、]|[①-⑳])\s*(?=\D)")
# +/- start a formula only before an operand; a dash before words is a bullet, before digits a number.
_FORMULA = re.compile(r"^(?:[=@]|[+\-]\s*(?:[A-Za-z(@=]|[\d.,]+\s*[-+*/^&(|!]))")


def clean_text(text: str) -> str:
    """NFKC, invisible and control characters removed, edges trimmed. Line breaks inside are kept."""
    # No control, no invisible and no foreign space is printable, and most cells hold none.
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        return text.strip()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _CONTROL.sub("", _INVISIBLE.sub("", text)).replace("\r\n", "\n").strip()


def is_placeholder(text: str) -> bool:
    """Whether a cleaned text says that there is nothing."""
    return text in PLACEHOLDERS or (len(text) < 5 and text.casefold() in PLACEHOLDERS)


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet might run a cleaned text as a formula (CSV injection)."""
    return bool(text) and text[0] in "=+-@" and bool(_FORMULA.match(text))


def squeeze(text: str) -> str:
    """A cleaned text on one line: white space inside shrunk to one blank."""
    return " ".join(clean_text(text).split())


@lru_cache(maxsize=4096)
def split_list(text: str) -> tuple[str, ...]:
    """The items of a cell that holds several, in the order written, each once."""
    pieces = (_NUMBERING.sub("", piece.strip()).strip(" .。;；") for piece in _SEPARATOR.split(clean_text(text)))
    return tuple(dict.fromkeys(piece for piece in pieces if piece and not is_placeholder(piece)))
