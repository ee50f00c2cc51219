"""Occupations of vacancies and wishes: what the words say plainly is coded, the rest is offered."""

import subprocess
import sys

import pytest

from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.employment.actions.occupation_coding import code_vacancies, code_wishes
from sunward.employment.enums import VacancyState
from sunward.employment.jobs import code_occupations
from sunward.employment.models import JobWish
from sunward.employment.occupations import (
    SURE,
    best_guesses,
    name_of,
    offer_occupations,
    read_occupation,
    sure_code,
    sure_codes,
)
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

HERE = "310110012"
KEEPER = "4-02-06-01"  # 仓储管理员
PLAIN, VAGUE = "仓库管理员", "综合岗"


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def vacancy(title=PLAIN, **more):
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), title=title, **more)


def wish(words, *, programme="employment", **more):
    unit = make.make_subdistrict(HERE)
    case = Case.objects.create(
        programme=programme, person=make.make_person(unit=unit), unit=unit, unit_path=unit.path, opened_on=TODAY, **more
    )
    return JobWish.objects.create(case=case, rank=1, words=words)


def test_a_plain_title_is_coded_and_a_vague_one_is_left_to_a_person():
    assert sure_code(PLAIN) == KEEPER
    assert sure_codes([PLAIN, VAGUE, "", PLAIN]) == {PLAIN: KEEPER, VAGUE: "", "": ""}
    guess = best_guesses([VAGUE])[VAGUE]
    assert guess is None or guess.probability < SURE


def test_words_without_a_readable_sign_are_offered_nothing():
    assert offer_occupations("") == offer_occupations("😀😀") == ()
    assert best_guesses(["", "😀"]) == {"": None, "😀": None}


def test_what_is_offered_stands_in_the_order_of_its_likelihood():
    offers = offer_occupations(PLAIN)
    assert len(offers) == 5
    assert offers[0].code == KEEPER
    assert [one.percent for one in offers] == sorted((one.percent for one in offers), reverse=True)


def test_an_occupation_is_typed_by_its_code_or_by_its_full_name():
    assert read_occupation(f" {KEEPER} ") == read_occupation(name_of(KEEPER)) == KEEPER
    assert read_occupation("9-99-99-99") == read_occupation("仓") == read_occupation("") == ""


def test_the_coder_is_not_loaded_before_it_is_asked():
    told = (
        "from django.conf import settings; settings.configure(USE_TZ=True); import sunward.employment.occupations;"
        "from sunward_match.occupations.coder import coder; print(coder.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@pytest.mark.django_db
def test_imported_vacancies_and_wishes_are_coded_in_the_background(run_jobs):
    plain, vague = vacancy(), vacancy(VAGUE)
    closed = vacancy(state=VacancyState.CLOSED, close_reason="filled")
    wished, open_to_all = wish(PLAIN), wish(VAGUE)
    enqueue(code_occupations)
    run_jobs()
    for row in (plain, vague, closed, wished, open_to_all):
        row.refresh_from_db()
    assert (plain.occupation, vague.occupation, closed.occupation) == (KEEPER, "", "")
    assert (wished.occupation, open_to_all.occupation) == (KEEPER, "")
    assert plain.version == 1, "an import has to stay undoable, and an open form savable"
    told = {one.code: one.detail for one in AuditEntry.objects.filter(code__startswith="employment.")}
    assert told == {"employment.vacancies_coded": {"rows": 1}, "employment.wishes_coded": {"rows": 1}}


@pytest.mark.django_db
def test_coding_again_changes_and_writes_nothing():
    row = vacancy()
    assert code_vacancies([row.pk], now=NOW) == 1
    assert code_vacancies([row.pk], now=NOW) == 0
    assert AuditEntry.objects.filter(code="employment.vacancies_coded").count() == 1


@pytest.mark.django_db
def test_a_wish_of_a_closed_file_or_of_another_programme_is_left_alone():
    closed = wish(PLAIN, state="closed", closed_on=TODAY, close_reason="moved")
    other = wish(PLAIN, programme="mentoring")
    assert code_wishes([closed.pk, other.pk], now=NOW) == 0
