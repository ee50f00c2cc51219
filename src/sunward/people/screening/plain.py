"""A text without its disguises (wide signs, signs nobody sees, spaces inside a word), and the way back to it."""

import re
import unicodedata
from dataclasses import dataclass

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_UNSEEN = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_DOTS = re.compile("[•・‧∙⋅･]")
_IS_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is searched; `at[i]` is where its sign `i` stands in the original."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.at[start], self.at[end - 1] + 1


def make_plain(original: str) -> Plain:
    """NFKC sign by sign, without what nobody sees and without spaces between two Chinese signs (陈 小 雨)."""
    signs: list[tuple[str, int]] = []
    for place, sign in enumerate(original):
        shown = _DOTS.sub("·", _UNSEEN.sub("", unicodedata.normalize("NFKC", sign)))
        signs.extend((plain, place) for plain in shown)
    kept = [pair for index, pair in enumerate(signs) if not _is_gap(signs, index)]
    return Plain("".join(sign for sign, _ in kept), tuple(place for _, place in kept))


def _is_gap(signs: list[tuple[str, int]], index: int) -> bool:
    """A space that somebody put inside a word of Chinese signs; a new line parts words."""
    if not signs[index][0].isspace() or signs[index][0] == "\n":
        return False
    before = next((sign for sign, _ in reversed(signs[:index][-4:]) if not sign.isspace()), "")
    after = next((sign for sign, _ in signs[index + 1 : index + 5] if not sign.isspace()), "")
    return bool(_IS_HAN.match(before) and _IS_HAN.match(after))
