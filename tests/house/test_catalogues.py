"""Chinese is complete: every sentence in the source has its translation, and the catalogues hold nothing else."""

import re
import shutil
from functools import cache

import polib
import pytest
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext

from sunward.web import catalogues
from tests.house.sources import ROOT

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def entries() -> tuple[tuple[str, polib.POEntry], ...]:
    return tuple(
        (path.relative_to(ROOT).as_posix(), entry)
        for path in catalogues.catalogues()
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    )


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.fixture(scope="module")
def collected() -> set[catalogues.Key]:
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed, so sentences cannot be collected")
    return {sentence.key for sentence in catalogues.collect()}


def test_every_sentence_of_the_source_stands_in_a_catalogue(collected):
    known = {catalogues.key_of(entry) for _place, entry in entries()}
    assert not sorted(text for _context, text, _plural in collected - known), "make messages adds them"


def test_the_catalogues_hold_nothing_that_no_source_says(collected):
    known = {catalogues.key_of(entry) for _place, entry in entries()} - catalogues.read_borrowed()
    assert not sorted(text for _context, text, _plural in known - collected), "make messages takes them out"


def test_every_sentence_has_its_chinese():
    missing = [f"{place}: {entry.msgid}" for place, entry in entries() if entry.fuzzy or not all(translations(entry))]
    assert not missing


def test_the_placeholders_of_a_translation_are_those_of_the_sentence():
    wrong = [
        f"{place}: {entry.msgid}"
        for place, entry in entries()
        for text in translations(entry)
        if text and set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    ]
    assert not wrong


def test_one_sentence_has_one_translation_in_all_catalogues():
    """Django lays the catalogues over each other: the last would win, in whatever order the apps stand."""
    seen: dict[catalogues.Key, tuple[str, list[str]]] = {}
    torn = []
    for place, entry in entries():
        first_place, first = seen.setdefault(catalogues.key_of(entry), (place, translations(entry)))
        if first != translations(entry):
            torn.append(f"{entry.msgid}: {first_place} {first} against {place} {translations(entry)}")
    assert not torn, "agree on one, or give one of them a context (pgettext)"


def test_what_a_catalogue_says_is_what_a_page_shows():
    """A library whose app stands before ours would overrule it."""
    with override("zh-hans"):
        wrong = [entry.msgid for _place, entry in entries() if shown(entry) != translations(entry)[0]]
    assert not wrong


def shown(entry: polib.POEntry) -> str:
    if entry.msgid_plural:
        if entry.msgctxt:
            return npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, 1)
        return ngettext(entry.msgid, entry.msgid_plural, 1)
    return pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else gettext(entry.msgid)


def test_the_source_language_is_english():
    assert not [entry.msgid for _place, entry in entries() if CHINESE.search(entry.msgid)]
