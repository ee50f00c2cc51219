"""Nothing asks for a value that the platform holds.

Every page that opens in the matrix of addresses is read so (`tests/test_access_matrix.py`), over all programmes; here
is shown that the reading fails where a form asks again.
"""

from datetime import date

import pytest

from sunward.people.models import Person
from tests.blueprint.plans import make_plan
from tests.factories import make_district
from tests.house.asked_again import ASKED_AGAIN
from tests.house.asking import asks_again, read_asked

NAME, BORN = "mentoring:planted", date(2015, 3, 1)


def form(inner: str) -> str:
    return f'<p>Search</p><form method="post" action="/x/">{inner}</form>'


def told(page: str) -> list[tuple[str, bool]]:
    return [(one.name, one.is_answered) for one in read_asked(page)]


def test_what_is_visible_and_empty_asks_and_what_is_hidden_or_filled_in_does_not():
    page = form(
        '<input type="hidden" name="version" value=""><input name="phone" value=""><input name="name" value="陈一">'
        '<textarea name="remark">\n</textarea><textarea name="note">\n已写</textarea>'
        '<select name="unit"><option value="" selected>-</option><option value="1">甲</option></select>'
        '<select name="street"><option value="1" selected>甲</option></select>'
        '<input type="radio" name="sex" value="f"><input type="radio" name="sex" value="m" checked>'
    )
    assert told(page) == [
        ("phone", False), ("name", True), ("remark", False), ("note", True), ("unit", False), ("street", True),
        ("sex", True),
    ]  # fmt: skip
    assert told('<form method="get"><input name="q"></form>') == []


def test_a_further_row_of_a_table_that_grows_asks_for_nothing_that_is_there():
    page = form(
        '<input type="hidden" name="lines-INITIAL_FORMS" value="1"><input name="lines-0-birth_date" value="">'
        '<input name="lines-1-birth_date" value="">'
    )
    assert told(page) == [("birth_date", False)]


def person(**columns: date) -> Person:
    district = make_district()
    return Person.objects.create(name="陈一", unit=district, unit_path=district.path, **columns)


@pytest.mark.django_db
def test_a_form_that_asks_for_a_column_which_is_filled_is_found():
    row = person(birth_date=BORN)
    asked = form('<label for="a">出生日期</label><input id="a" name="birth_date" value="">')
    keys = {"person_id": row.uid}
    assert asks_again(NAME, asked, keys, lambda: asked) == {"birth_date": "Person.birth_date"}
    assert asks_again(NAME, form('<input name="birth_date" value="2015-03-01">'), keys, lambda: "") == {}
    assert asks_again(NAME, form('<input name="reason" value="">'), keys, lambda: "") == {}


@pytest.mark.django_db
def test_a_form_that_would_ask_again_once_somebody_has_told_it_is_found():
    row, asked = person(), form('<input name="birth_date" value="">')
    keys = {"person_id": row.uid}
    assert asks_again(NAME, asked, keys, lambda: asked) == {"birth_date": "Person.birth_date"}
    filled = form('<input name="birth_date" value="2026-11-20">')
    assert asks_again(NAME, asked, {"person_id": person().uid}, lambda: filled) == {}


@pytest.mark.django_db
def test_an_edit_page_brings_even_what_other_acts_tell_anew():
    """Of a line of work its words: what a report says is new, what is edited is there."""
    keys, asked = {"item_id": make_plan(lines=1).items.get().uid}, form('<textarea name="text"></textarea>')
    assert asks_again(NAME, asked, keys, lambda: asked) == {}
    assert asks_again("mentoring:planted_edit", asked, keys, lambda: asked) == {"text": "WorkItem.text"}


@pytest.mark.django_db
def test_a_question_that_must_be_answered_and_has_one_answer_is_found():
    answers = '<option value="">-</option><option value="1">甲</option>'
    must = form(f'<label for="u">街道<span>必填</span></label><select id="u" name="where">{answers}</select>')
    may = form(f'<label for="u">街道</label><select id="u" name="where">{answers}</select>')
    assert asks_again(NAME, must, {}, lambda: must) == {"where": "has one answer: 1"}
    assert asks_again(NAME, may, {}, lambda: may) == {}


def test_what_is_asked_again_on_purpose_says_why():
    assert not [key for key, reason in ASKED_AGAIN.items() if len(reason.split()) < 4]
