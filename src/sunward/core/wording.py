"""Words and sentences put together: Chinese has marks of its own, and no space after them."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import get_language

Text = str | Promise


def join_sentences(sentences: Iterable[Text]) -> str:
    return ("" if _is_chinese() else " ").join(map(str, sentences))


def join_words(words: Iterable[Text]) -> str:
    return ("、" if _is_chinese() else ", ").join(map(str, words))


def join_parts(parts: Iterable[Text]) -> str:
    """Parts that are lists themselves."""
    return ("；" if _is_chinese() else "; ").join(map(str, parts))


def say_value(word: Text, value: object) -> str:
    """A word and what it is: ``时长：30``, ``Minutes: 30``."""
    return f"{word}{'：' if _is_chinese() else ': '}{value}"


def say_phone(number: str) -> str:
    """As one reads it aloud and copies it: ``136 0078 1506``, ``021-65432100``; a foreign number as it is."""
    bare = number.removeprefix("+86")
    if bare == number or not bare.isdigit():
        return number
    if len(bare) == 11 and bare.startswith("1"):
        return f"{bare[:3]} {bare[3:7]} {bare[7:]}"
    # Beijing's and the cities' whose code begins with a 2 are the short ones.
    code = 2 if bare.startswith(("10", "2")) else 3
    return f"0{bare[:code]}-{bare[code:]}"


def _is_chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")
