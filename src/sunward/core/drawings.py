"""Inline SVG: the icons (Tabler outline, MIT) and our own drawings. An unknown name raises: a page test finds it."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_OPENING = re.compile(r"<svg [^>]*?viewBox=\"([^\"]+)\"[^>]*>")


@lru_cache(maxsize=1)
def _icons() -> dict[str, tuple[str, ...]]:
    read: dict[str, list[str]] = json.loads((_HERE / "icons.json").read_text(encoding="utf-8"))
    return {name: tuple(paths) for name, paths in read.items()}


def icon_names() -> tuple[str, ...]:
    return tuple(_icons())


@cache
def icon_paths(name: str) -> str:
    """The `<path>` elements of one icon on a 24 × 24 grid."""
    return "".join(f'<path d="{d}"/>' for d in _icons()[name])


@cache
def drawing(name: str) -> tuple[str, str]:
    """View box and content of one of the files in `art/`."""
    text = (_HERE / "art" / f"{name}.svg").read_text(encoding="utf-8").strip()
    opening = _OPENING.match(text)
    if opening is None:
        raise ValueError(f"art/{name}.svg does not begin with <svg … viewBox=…>")
    return opening.group(1), text[opening.end() : -len("</svg>")]
