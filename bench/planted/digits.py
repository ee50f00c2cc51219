"""Other shapes of digits: full width, Chinese, spoken, and numbers as they are read."""

_FULL = str.maketrans("0123456789Xx-", "０１２３４５６７８９Ｘｘ－")
_CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
_CIRCLE = str.maketrans("0123456789", "〇一二三四五六七八九")
_SPOKEN = str.maketrans("0123456789", "零幺二三四五六七八九")


def full_width(text: str) -> str:
    return text.translate(_FULL)


def chinese(text: str) -> str:
    return text.translate(_CHINESE)


def circled(text: str) -> str:
    return text.translate(_CIRCLE)


def spoken(text: str) -> str:
    return text.translate(_SPOKEN)


def read_aloud(number: int) -> str:
    """Up to 9,999, as one says it: 一千二百零三, 三十五, 十二."""
    units, said, gap = ("千", "百", "十", ""), "", False
    for place, digit in enumerate(f"{number:04}"):
        if digit == "0":
            gap = bool(said)
            continue
        said += ("零" if gap else "") + chinese(digit) + units[place]
        gap = False
    return said.removeprefix("一") if said.startswith("一十") else said or "零"


def grouped(text: str, *sizes: int, by: str = " ") -> str:
    parts, start = [], 0
    for size in sizes:
        parts.append(text[start : start + size])
        start += size
    return by.join([*parts, text[start:]] if text[start:] else parts)
