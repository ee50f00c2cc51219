"""Names of persons."""

import re

from sunward.registers.normalise.text import PLACEHOLDERS, UNKNOWN_WORDS, clean_text, is_formula_like

MIDDLE_DOT = "\u00b7"

_DOTS = re.compile(
    r"[ \u3000]*[\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\u25cf\u00b7\u0387\u16eb\u2024\u2e31.]+[ \u3000]*"
)
_MARKS = re.compile(r"^[★☆*●○▲△■□※◆◇√#\d.、\s]+(?=\D)|[★☆*●○▲△■※◆◇√#\s]+$")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇]")
_LOST = re.compile(r"[?？\ufffd□]")
_NAME = re.compile(r"[^\W\d_][^\d_=@<>|{}\[\]\\\"“”/:;!%^&+~`$#]*")
_LONGEST = 60
_HAN = re.compile(r"[\u3400-\u9fff]+")  # no mark, no dot, no bracket among them: nothing of it has to be repaired


def read_name(text: str) -> tuple[str | None, str | None]:
    """The name and an outcome code: missing, invalid, or a character lost when a file was saved in GBK."""
    name = clean_text(text)
    if name in PLACEHOLDERS or name in UNKNOWN_WORDS:
        return None, "name_missing"
    if len(name) <= _LONGEST and _HAN.fullmatch(name):
        return name, None
    if is_formula_like(name) or name[0] in "=@":
        return None, "name_invalid"
    name = _MARKS.sub("", name) if len(name) > 1 else name
    name = _ASIDE.sub("", name) or name  # 王小红(小名红红)
    if _CJK.search(name):
        name = _DOTS.sub(MIDDLE_DOT, name).strip(MIDDLE_DOT)
        name = "".join(name.split())
    else:
        name = " ".join(name.split())
    lost = _LOST.sub("", name)
    if not lost or not _NAME.fullmatch(lost) or len(name) > _LONGEST:
        return None, "name_invalid"
    return name, "name_char_lost" if len(lost) != len(name) else None
