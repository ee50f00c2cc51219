"""Vacancies merged, parted and changed at the same moment: each press is done or told in a clear sentence."""

from functools import partial

import pytest

from sunward.accounts.enums import Role
from sunward.employment.actions.vacancy_changing import VacancyChanges, change_vacancy
from sunward.employment.actions.vacancy_merging import merge_vacancies, part_vacancies
from sunward.employment.models import Vacancy, VacancyLikeness
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db(transaction=True)
AT = {"on": TODAY, "now": NOW}
ROUNDS = 6


@pytest.fixture
def lin():
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_district()))


def three():
    employer = make_employer()
    rows = [make_vacancy(employer, title=title) for title in ("保安员", "秩序维护员", "门卫")]
    pairs = [
        VacancyLikeness.objects.create(first=rows[one], second=rows[other], points=80, reasons=["place"])
        for one, other in ((0, 1), (1, 2))
    ]
    return rows, pairs


def merge(actor, pair, keep, versions):
    return merge_vacancies(actor=actor, likeness_id=pair.pk, keep=keep.uid, versions=versions, **AT)


def fresh(*rows):
    return [Vacancy.objects.get(pk=row.pk) for row in rows]


def test_parting_one_while_the_other_is_merged_further_ends_in_done_or_a_sentence(lin):
    """The one that is parted has the first key, the one it follows the second, the third takes both."""
    for _round in range(ROUNDS):
        (first, second, third), (pair, next_pair) = three()
        merge(lin, pair, second, (1, 1))
        first, second, third = fresh(first, second, third)
        answers = at_once(
            partial(part_vacancies, actor=lin, vacancy_id=first.uid, version=first.version, **AT),
            partial(merge, lin, next_pair, third, (second.version, third.version)),
        )
        assert len(refusals(answers)) <= 1
        first, second, third = fresh(first, second, third)
        assert second.merged_into_id == third.pk
        # Parted, or gone along with the one it was part of: never left pointing at what is closed.
        assert first.merged_into_id in (None, third.pk)
        assert (first.state == "closed") is (first.merged_into_id is not None)


def test_the_same_pair_merged_both_ways_and_parted_at_once_is_one_of_them(lin):
    for _round in range(ROUNDS):
        (first, second, _third), (pair, _next) = three()
        merge(lin, pair, second, (1, 1))
        first, second = fresh(first, second)
        at_once(
            partial(part_vacancies, actor=lin, vacancy_id=first.uid, version=first.version, **AT),
            partial(merge, lin, pair, second, (first.version, second.version)),
            partial(merge, lin, pair, first, (first.version, second.version)),
        )
        first, second = fresh(first, second)
        pair.refresh_from_db()
        assert (pair.state == "same") is (first.merged_into_id is not None or second.merged_into_id is not None)
        assert not (first.merged_into_id and second.merged_into_id)


def test_two_alike_that_are_changed_at_once_are_both_changed_and_still_one_question(lin):
    for number in range(ROUNDS):
        (first, second, _third), _pairs = three()

        def change(row, number=number):
            said = {name: getattr(row, name) for name in VacancyChanges.__dataclass_fields__}
            said |= {"title": f"保安员{number}", "description": "看守大门，登记来访"}
            return change_vacancy(
                actor=lin, vacancy_id=row.uid, version=row.version, changes=VacancyChanges(**said), **AT
            )

        assert not refusals(at_once(partial(change, first), partial(change, second)))
        assert [row.title for row in fresh(first, second)] == [f"保安员{number}"] * 2
        assert VacancyLikeness.objects.filter(first=first, second=second).count() <= 1
