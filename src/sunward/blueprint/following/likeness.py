"""How much two lines of work have in common: the share of pairs of neighbouring signs that both have (Dice).

Chinese is written without spaces, so that pairs of signs serve where other languages would take words.
"""

import unicodedata
from collections import Counter


def likeness(first: str, second: str) -> float:
    """0 where nothing is in common, 1 where all is. Numbers and punctuation say little about what work is like."""
    one, other = bigrams(first), bigrams(second)
    together = one.total() + other.total()
    return 2 * (one & other).total() / together if together else 0.0


def bigrams(text: str) -> Counter[str]:
    """Pairs of letters or Chinese signs, within what punctuation, space or a number leaves together."""
    folded = unicodedata.normalize("NFKC", text).lower()
    words = "".join(sign if sign.isalpha() else " " for sign in folded).split()
    return Counter(word[at : at + 2] for word in words for at in range(len(word) - 1))
