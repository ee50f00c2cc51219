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


def _is_chinese() -> bool:
    return (get_language() or "zh-hans").startswith("zh")
