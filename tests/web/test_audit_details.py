"""What an auditor reads about an entry is said in words, in the language of the page."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import override

import sunward
from sunward.employment.queries.jobseeker_file import LOOK_PURPOSES as JOBSEEKER_PURPOSES
from sunward.mentoring.queries.child_file import LOOK_PURPOSES
from sunward.web.audit_pages.details import DETAILS, say_details
from sunward.web.audit_pages.queries import LETTERS, SUBJECT_WORDS, read_reference, write_reference
from tests.house.sources import read_module

VISIT = {"minutes": 30, "kind": "home_visit", "match": 8}


def test_codes_become_words_and_the_telling_ones_come_first():
    with override("zh-hans"):
        assert say_details(VISIT) == "类别：上门探访；时长（分钟）：30；结对编号：8"
    with override("en"):
        assert say_details(VISIT) == "Kind: Home visit; Minutes: 30; Match no.: 8"


def test_what_is_empty_is_not_told():
    assert say_details({"reason": "", "failed": False, "minutes": 0}) == ""


def test_an_unknown_code_is_shown_as_it_is():
    assert "soon" in say_details({"before": "soon"})


@pytest.mark.parametrize("key", sorted(DETAILS))
def test_every_detail_has_a_chinese_name(key: str):
    with override("zh-hans"):
        assert not str(DETAILS[key][0]).isascii()


def test_every_detail_that_an_act_writes_has_a_name():
    """Acts name their details as keywords, or as the keys of `attributes`."""
    written = {key for path in Path(sunward.__file__).parent.glob("**/*.py") for key in _written_details(path)}
    assert len(written) > 15
    assert written <= set(DETAILS)


def _written_details(path: Path) -> set[str]:
    own = {"actor", "code", "now", "on", "subject", "unit_path", "case", "mentor", "attributes", "happened_on", "post"}
    own |= {"counted_by"}  # stands in the fact alone
    found: set[str] = set()
    for node in ast.walk(read_module(path).tree):
        name = _name_of(node) if isinstance(node, ast.Call) else ""
        if name in ("record_act", "record_case_act", "record_mentor_act", "record_gathering_act"):
            found |= {word.arg for word in node.keywords if word.arg} - own
            for word in node.keywords:
                if word.arg == "attributes" and isinstance(word.value, ast.Dict):
                    found |= {key.value for key in word.value.keys if key is not None}
    return found


def test_every_purpose_of_a_look_is_said_in_words():
    """The auditor reads it, the child's file shows it, and a copy of somebody's own data hands it out."""
    written = {
        word.value.value
        for node in _calls()
        # The purpose of a seal is another thing: it keeps two indexes of the same words apart.
        if not _name_of(node).startswith("blind_index")
        for word in node.keywords
        if word.arg == "purpose" and isinstance(word.value, ast.Constant)
    }
    assert len(written) > 15
    assert written <= set(LOOK_PURPOSES) | set(JOBSEEKER_PURPOSES)


def test_everything_an_entry_can_be_about_has_a_letter_or_a_word():
    written = {
        node.value.value
        for path in _sources()
        for node in ast.walk(read_module(path).tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        if getattr(node.targets[0], "id", "").endswith("_SUBJECT")
    }
    assert len(written) > 25
    # The chain is what is checked, never what an entry is about.
    assert written - {"audit.chain"} <= set(LETTERS) | set(SUBJECT_WORDS)


def test_a_worry_is_written_as_its_page_writes_it_and_found_by_it():
    assert write_reference("worry", 2) == "W000002"
    assert read_reference("w000002") == ("worry", 2)
    with override("zh-hans"):
        assert write_reference("reporting_link", 3) == "报告链接 3"


def _sources() -> list[Path]:
    return list(Path(sunward.__file__).parent.glob("**/*.py"))


def _calls() -> list[ast.Call]:
    trees = [read_module(path).tree for path in _sources()]
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))
