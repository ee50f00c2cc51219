"""Telephones and document numbers in a paper: many read a plan, so none of them is taken over from it.

Narrower than the screening of what leaves a child's file: a plan is full of sums, years and counts, and none of those
may be taken for a number of somebody's. In a web address eleven digits that look like a mobile number are one, whatever
stands beside them: nobody can tell the number of a page from somebody's, and a link can be said in words.
"""

import re

Hit = tuple[tuple[int, int], str]
TELEPHONE, DOCUMENT = "（电话）", "（证件号）"
_WIDE = str.maketrans("０１２３４５６７８９－＋（）", "0123456789-+()")
_GAP = r"[\s\-—]?"
_NOT_A_SUM = r"(?!\d|\.\d|\s*(?:元|万|亿|千|人次?|个|件|户|平方米|%))"
_DOCUMENT = re.compile(
    r"(?<![0-9A-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_TELEPHONE = re.compile(
    rf"(?<!\d)(?<!\d\.)(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}{_NOT_A_SUM}"  # a mobile
    rf"|(?<!\d)\(?0\d{{2,3}}(?:[-—\s]|\)\s?)\d{{3,4}}{_GAP}\d{{4}}(?!\d)"  # with the area's code
    rf"|(?:(?<=电话)|(?<=手机)|(?<=电话[:：])|(?<=手机[:：])|(?<=电话号码[:：])|(?<=手机号[:：])|(?<=联系方式[:：]))"
    rf"\s?\d{{3,4}}{_GAP}\d{{4}}{_NOT_A_SUM}"
)  # fmt: skip
# What ends an address is what no address has unescaped: space, comma, semicolon, brackets, everything Chinese.
_ADDRESS = re.compile(r"(?<![0-9A-Za-z])(?:https?://|www\.)[a-z0-9._~:/?#@!$&'*+=%-]+", re.IGNORECASE)
# No sum stands in an address: neither a point nor a sign of escaping behind the digits makes them one.
_IN_ADDRESS = re.compile(r"(?<!\d)(?:(?:\+|00)?86-?)?1[3-9]\d[-._]?\d{4}[-._]?\d{4}(?!\d)")


def has_numbers(text: str) -> bool:
    return bool(_find(text.translate(_WIDE)))


def has_address(text: str) -> bool:
    return bool(_ADDRESS.search(text.translate(_WIDE)))


def without_numbers(text: str) -> str:
    """The text with a word in the place of each; what holds none stays as it is, sign by sign."""
    for (start, end), word in sorted(_find(text.translate(_WIDE)), reverse=True):
        text = text[:start] + word + text[end:]
    return text


def _find(plain: str) -> list[Hit]:
    """Where each stands, and the word for it."""
    hits = [(match.span(), DOCUMENT) for match in _DOCUMENT.finditer(plain)]
    for one in _ADDRESS.finditer(plain):
        begins, found = one.start(), _IN_ADDRESS.finditer(one.group())
        hits += _apart([((begins + each.start(), begins + each.end()), TELEPHONE) for each in found], hits)
    return hits + _apart([(match.span(), TELEPHONE) for match in _TELEPHONE.finditer(plain)], hits)


def _apart(found: list[Hit], hits: list[Hit]) -> list[Hit]:
    """Those that lie within none that is known."""
    return [
        ((start, end), word)
        for (start, end), word in found
        if not any(first < end and start < last for (first, last), _word in hits)
    ]
