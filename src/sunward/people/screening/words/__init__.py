"""The signs of which names are made, and everyday words that look like one: a file of words each.

Extend them freely; a line that begins with # says what the file is.
"""

from importlib.resources import files


def _read(name: str) -> str:
    lines = files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def _signs(name: str) -> frozenset[str]:
    return frozenset("".join(_read(name).split()))


def _words(name: str) -> frozenset[str]:
    return frozenset(_read(name).split())


FAMILY_NAMES = _signs("family_names")
FAMILY_NAMES_OF_TWO = _words("family_names_of_two")
GIVEN = _signs("given")
UNCOMMON = _signs("uncommon")
FOREIGN = _words("foreign")
DOUBLED = _signs("doubled")
NOT_DOUBLED = _words("not_doubled")
EVERYDAY = _words("everyday")
EVERYDAY_LENGTHS = tuple(sorted({len(word) for word in EVERYDAY}, reverse=True))
NOT_LITTLE = _words("not_little")
PERHAPS_LITTLE = _words("perhaps_little")
NOT_LATIN = _words("not_latin")
