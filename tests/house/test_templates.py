"""Templates: nothing inline, so that the content policy can be strict."""

import re

import pytest

from tests.house.sources import ROOT, templates

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script written inline": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an hx-on attribute": re.compile(r"<[^>]*\shx-on\b", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a host from outside": re.compile(r"""(src|href)\s*=\s*["'](https?:)?//""", re.IGNORECASE),
    # Django's own help texts are lists in HTML, written by Django and by us.
    "a value marked safe": re.compile(r"(?<!help_text)\|\s*safe\b|{%\s*autoescape\s+off"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}"
        for path in templates()
        for text in [path.read_text()]
        for match in FORBIDDEN[what].finditer(text)
    ]
    assert not found


def test_fragments_begin_with_an_underscore():
    """What extends nothing and opens no document is a fragment, and its name says so."""
    pages = ("{% extends", "<!doctype", "<!DOCTYPE")
    full = [
        str(path.relative_to(ROOT))
        for path in templates()
        if not path.name.startswith("_")
        and not any(sign in path.read_text() for sign in pages)
        # allauth asks for these by their own names.
        and not {"account", "mfa", "allauth", "django", "elements", "widgets"} & set(path.parts)
    ]
    assert not full
