"""What the documents promise is there: commands, links, words."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from sunward.web.command_line import read_commands
from tests.house.sources import ROOT

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"\bmake ([a-z]+)\b")
SUNWARD = re.compile(r"(?:^|`|bin/|&& |\* )sunward ([a-z]+(?:-[a-z]+)*)\b", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)


def code_of(page: Path) -> str:
    return "\n".join(CODE.findall(page.read_text()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    targets = [target for target in LINK.findall(page.read_text()) if "://" not in target]
    assert not [target for target in targets if not (page.parent / target).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_in_a_document_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = code_of(page)
    assert set(MAKE.findall(code)) <= targets
    assert set(SUNWARD.findall(code)) <= {command.name for command in read_commands()}


def test_every_test_that_a_document_names_exists():
    for page in PAGES:
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", page.read_text()):
            assert f"def {name}(" in (ROOT / path).read_text(), f"{page.name} names {name}"


def test_every_document_is_reached_from_the_index():
    index = DOCS / "README.md"
    linked = {(DOCS / target).resolve() for target in LINK.findall(index.read_text())}
    assert not {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md") if page != index} - {
        page.relative_to(DOCS).as_posix() for page in linked if page.is_relative_to(DOCS)
    }


def test_every_decision_has_a_number_of_its_own():
    numbers = [page.name[:4] for page in (DOCS / "adr").glob("*.md")]
    assert all(number.isdigit() for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_every_model_stands_in_the_glossary():
    words = set(re.findall(r"`(\w+)`", (DOCS / "glossary.md").read_text()))
    ours = {model.__name__ for model in apps.get_models() if model.__module__.startswith("sunward.")}
    assert not ours - words


def test_the_two_readmes_offer_the_same_commands():
    english, chinese = (ROOT / name for name in ("README.md", "README.zh-CN.md"))
    assert set(MAKE.findall(code_of(english))) == set(MAKE.findall(code_of(chinese)))


def test_the_clean_ups_stay_few():
    assert len(re.findall(r"^\d+\. ", (DOCS / "clean-ups.md").read_text(), re.MULTILINE)) <= 7
