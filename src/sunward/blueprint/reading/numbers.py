"""Telephones and document numbers in a paper: many read a plan, so none of them is taken over from it.

Narrower than the screening of what leaves a child's file: a plan is full of sums, years and counts, and none of those
may be taken for a number of somebody's. Nor may the number of a page in a web address: eleven digits before the ending
of a document, or behind the name of a key. Where the address has a word for a telephone, or nothing but the number
behind its last slash, it is one.
"""

import re

TELEPHONE, DOCUMENT = "（电话）", "（证件号）"
_WIDE = str.maketrans("０１２３４５６７８９－＋（）", "0123456789-+()")
_GAP = r"[\s\-—]?"
_NOT_A_SUM = r"(?!\d|\.\d|\s*(?:元|万|亿|千|人次?|个|件|户|平方米|%))"
_DOCUMENT = re.compile(
    r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_TELEPHONE = re.compile(
    rf"(?<![0-9A-Za-z.])(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}{_NOT_A_SUM}"  # a mobile
    rf"|(?<!\d)\(?0\d{{2,3}}(?:[-—\s]|\)\s?)\d{{3,4}}{_GAP}\d{{4}}(?!\d)"  # with the area's code
    rf"|(?:(?<=电话)|(?<=手机)|(?<=电话[:：])|(?<=手机[:：])|(?<=电话号码[:：])|(?<=手机号[:：])|(?<=联系方式[:：]))"
    rf"\s?\d{{3,4}}{_GAP}\d{{4}}{_NOT_A_SUM}"
)  # fmt: skip
# What ends an address is what no address has unescaped: space, comma, semicolon, brackets, everything Chinese.
_ADDRESS = re.compile(
    r"(?<![0-9A-Za-z])(?:https?://|www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?"
    r"(?P<path>(?:/[a-z0-9._~%/-]*)?)(?P<asked>\?[a-z0-9._~%/=&-]*)?",
    re.IGNORECASE,
)  # fmt: skip
_DIALLED = re.compile(
    r"tel|phone|mobile|sms|call|contact|whatsapp|wa\.me|weixin|wechat|dianhua|shouji|lianxi", re.IGNORECASE
)
_PAGE = re.compile(
    r"(?<=[/_-])1\d{10}(?=(?:_\d{1,4})?\.(?:s?html?|aspx?|jspx?|php|pdf|docx?|xlsx?)\.?$)", re.IGNORECASE
)
_KEY = re.compile(
    r"(?<=[?&])(?:id|aid|nid|docid|newsid|articleid|contentid|infoid|itemid)=(1\d{10})(?=&|$)", re.IGNORECASE
)


def has_numbers(text: str) -> bool:
    return bool(_find(text.translate(_WIDE)))


def without_numbers(text: str) -> str:
    """The text with a word in the place of each; what holds none stays as it is, sign by sign."""
    for (start, end), word in sorted(_find(text.translate(_WIDE)), reverse=True):
        text = text[:start] + word + text[end:]
    return text


def _find(plain: str) -> list[tuple[tuple[int, int], str]]:
    """Where each stands, and the word for it."""
    hits = [(match.span(), DOCUMENT) for match in _DOCUMENT.finditer(plain)]
    taken = [span for span, _word in hits]
    pages = _numbers_of_pages(plain)
    hits += [
        (match.span(), TELEPHONE)
        for match in _TELEPHONE.finditer(plain)
        if match.span() not in pages and not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return hits


def _numbers_of_pages(plain: str) -> set[tuple[int, int]]:
    found = set()
    for address in _ADDRESS.finditer(plain):
        if _DIALLED.search(address.group()):
            continue
        for name, pattern, group in (("path", _PAGE, 0), ("asked", _KEY, 1)):
            begins = address.start(name)
            found |= {
                (begins + one.start(group), begins + one.end(group))
                for one in pattern.finditer(address.group(name) or "")
            }
    return found
