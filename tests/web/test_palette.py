"""The colours, read from the style sheet: every pair that carries words keeps WCAG's 4.5 : 1 (AA)."""

import re
from pathlib import Path

import pytest

from sunward import web

CSS = Path(web.__file__).parent / "static" / "web" / "css"
WORDS_ON = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "petal"),
    ("ink", "petal-pale"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunken"),
    ("ink-soft", "petal-pale"),
    ("leaf", "paper"),
    ("leaf", "surface"),
    ("leaf-deep", "leaf-pale"),
    ("leaf-deep", "petal-pale"),
    ("amber", "petal-pale"),
    ("clay", "paper"),
    ("clay", "surface"),
    ("clay", "clay-pale"),
    ("clay-deep", "clay-pale"),
    ("sky", "sky-pale"),
    ("seed", "paper"),
    ("surface", "leaf"),
    ("surface", "leaf-deep"),
    ("surface", "clay"),
]


def read(name: str) -> str:
    return (CSS / name).read_text(encoding="utf-8")


def colours() -> dict[str, str]:
    return dict(re.findall(r"--sun-([a-z-]+):\s*(#[0-9a-f]{6});", read("palette.css")))


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("words", "ground"), WORDS_ON)
def test_words_stand_out_from_their_ground(words, ground):
    assert contrast(colours()[words], colours()[ground]) >= 4.5


def test_the_edge_of_a_field_can_be_seen():
    rule = re.search(r"\.form-control,\n\.form-select \{[^}]*?border-color: var\(--sun-([a-z-]+)\)", read("forms.css"))
    assert contrast(colours()[rule.group(1)], colours()["surface"]) >= 3


def test_colours_are_named_in_the_palette_and_used_by_name():
    """Plain colours elsewhere would escape a change of the palette; buttons and paper are the known exceptions."""
    stray = {
        path.name: found
        for path in CSS.glob("*.css")
        if path.name not in {"palette.css", "print.css"}
        for found in [set(re.findall(r"#[0-9a-f]{3,6}\b", path.read_text())) - set(colours().values())]
        if found
    }
    assert stray == {"forms.css": {"#fff", "#cdc1a4"}}
