"""Modules are nouns that say what is in them."""

import ast
import re

from tests.house.sources import ROOT, modules

SAYS_NOTHING = re.compile(r"(^|_)(utils?|helpers?|managers?|common|process(es|ing)?|misc|stuff|tools?)$")
# An upload handler is Django's own word.
CLASS_SAYS_NOTHING = re.compile(r"(Util|Utils|Helper|Helpers|Manager|Processor|(?<!Upload)Handler)$")


def test_no_module_has_a_name_that_says_nothing():
    everywhere = set((ROOT / "src").rglob("*.py")) | set((ROOT / "tests").rglob("*.py"))
    names = {place.relative_to(ROOT) for place in everywhere}
    assert not [str(name) for name in names if any(SAYS_NOTHING.search(part) for part in name.with_suffix("").parts)]


def test_no_class_has_a_name_that_says_nothing():
    named = [
        f"{module.place}::{node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and CLASS_SAYS_NOTHING.search(node.name)
    ]
    assert not named


def test_every_test_is_named_by_a_sentence():
    short = [
        f"{module.place}::{node.name}"
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert not short, "say what holds, e.g. test_a_paused_match_closes_the_file_to_its_mentor"
