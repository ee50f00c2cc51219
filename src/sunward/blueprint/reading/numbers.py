"""Telephones and document numbers in a paper: many read a plan, so none of them is taken over from it.

Narrower than the screening of what leaves a child's file: a plan is full of sums, years and counts, and none of those
may be taken for a number of somebody's.
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


def has_numbers(text: str) -> bool:
    plain = text.translate(_WIDE)
    return bool(_DOCUMENT.search(plain) or _TELEPHONE.search(plain))


def without_numbers(text: str) -> str:
    """The text with a word in the place of each; what holds none stays as it is, sign by sign."""
    plain = text.translate(_WIDE)
    hits = [(match.span(), DOCUMENT) for match in _DOCUMENT.finditer(plain)]
    taken = [span for span, _word in hits]
    hits += [
        (match.span(), TELEPHONE)
        for match in _TELEPHONE.finditer(plain)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    for (start, end), word in sorted(hits, reverse=True):
        text = text[:start] + word + text[end:]
    return text
