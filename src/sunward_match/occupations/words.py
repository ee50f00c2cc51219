"""A text as the runs of characters in it: what two ways of saying one job have in common.

Chinese job titles need no dictionary: 铣工, 数控铣工 and 铣床操作工 share characters. A title becomes its single
characters, pairs and triples, with marks where a stretch begins and ends; a Latin word stays whole (java, ui, hr).
Digits, signs and emoji say nothing about an occupation. Levels and places need no list: they fade because they are
frequent and occur with every occupation.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

Words = Mapping[str, float]  # a run of characters → how strongly the text has it

TITLE_READ = 200  # characters of a title that are read; the longest real one seen has under 80
DESCRIPTION_READ = 2000
TITLE_RUNS = (1, 2, 3)
DESCRIPTION_RUNS = (2, 3)  # in prose single characters say nothing
SINGLE = 2.0  # how much more a single character of a title weighs than a longer run: rare titles share little else
BRACKETED = 0.5  # what stands in brackets is mostly a place, pay or hours
BEFORE_HIRING = 0.3  # what stands before "招聘" is mostly the firm

_BRACKETS = re.compile(r"[(\[【「〔《].*?[)\]】」〕》]|[(\[【「].*$")
_HIRING = re.compile(r"(?:诚聘|招聘|急聘|高薪聘|急招|直招|招)(?=[^聘].)")
_STRETCH = re.compile(r"[a-z][a-z+#.]*|[\u4e00-\u9fff]+")


def read_title(title: str) -> Words:
    """The words of a title."""
    text = _flatten(title, TITLE_READ)
    firm, hiring = "", _HIRING.search(text)
    if hiring and hiring.start() > 2 and hiring.end() < len(text) - 1:
        firm, text = text[: hiring.start()], text[hiring.end() :]
    words: defaultdict[str, float] = defaultdict(float)
    _count(words, _BRACKETS.sub(" ", text), 1.0, TITLE_RUNS)
    _count(words, " ".join(_BRACKETS.findall(text)), BRACKETED, TITLE_RUNS)
    _count(words, firm, BEFORE_HIRING, TITLE_RUNS)
    return {word: _fade(count) * (SINGLE if len(word) == 1 else 1) for word, count in words.items()}


def read_description(text: str) -> Words:
    """The words of a definition or of an advert's description."""
    words: defaultdict[str, float] = defaultdict(float)
    _count(words, _flatten(text, DESCRIPTION_READ), 1.0, DESCRIPTION_RUNS)
    return {word: _fade(count) for word, count in words.items()}


def _flatten(text: str, most: int) -> str:
    """Full-width as half-width, small letters, one space where there are several; cut before it costs anything."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text[:most]).lower())


def _count(words: defaultdict[str, float], text: str, weight: float, runs: tuple[int, ...]) -> None:
    for stretch in _STRETCH.findall(text):
        if stretch[0].isascii():
            words[f"={stretch.rstrip('.')}"] += weight  # the sign keeps the letter c apart from single characters
            continue
        marked = f"^{stretch}$"
        for run in runs:
            source = stretch if run == 1 else marked
            for start in range(len(source) - run + 1):
                words[source[start : start + run]] += weight


def _fade(count: float) -> float:
    """A run that occurs ten times does not say ten times as much."""
    return count if count <= 1 else 1 + math.log(count)
