"""The home page of an employment officer: late answers of the own files, and lists that wait to be told."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.casework.models import Case
from sunward.employment.actions.recommendations import recommend
from sunward.employment.enums import ShortlistState
from sunward.employment.models import Recommendation, ShortlistRun
from sunward.web.home_recommendations import (
    list_late_answers,
    list_unseen_applications,
    list_untold_shortlists,
    tell_late_answer,
    tell_shortlist,
    tell_unseen_application,
)
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)


def officer(code=HERE):
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code)))


def test_an_answer_is_late_from_the_day_after_it_was_due_and_only_for_whoever_keeps_the_file():
    here = officer()
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    case = make.make_jobseeker("纪求职", unit=unit)
    post = make_vacancy(make_employer(make.make_subdistrict(HERE)))
    row = recommend(actor=here, case_id=case.uid, vacancy_id=post.uid, is_told=True, on=TODAY, now=NOW)
    assert not list_late_answers(here, row.due_on)
    assert list(list_late_answers(here, row.due_on + DAY)) == [row]
    assert not list_late_answers(officer(ELSEWHERE), row.due_on + DAY)
    told = tell_late_answer(row, row.due_on + 3 * DAY)
    assert (told.title, told.person) == (case.person.name, case.person.name)
    assert post.title in str(told.note)
    assert "3" in str(told.word)


def test_only_lists_of_today_that_were_drawn_and_not_told_wait():
    here = officer()
    street = make.make_subdistrict(HERE)
    given = {
        "unit": street, "unit_path": street.path, "made_by_id": here.user_id, "made_at": NOW, "drawn_on": TODAY,
        "state": ShortlistState.DRAWN, "summary": {"lines": 7},
    }  # fmt: skip
    waits = ShortlistRun.objects.create(**given)
    for other in (
        {"drawn_on": TODAY - DAY}, {"told_at": NOW}, {"state": ShortlistState.DROPPED},
        {"state": ShortlistState.QUEUED},
    ):  # fmt: skip
        ShortlistRun.objects.create(**given | other)
    assert list(list_untold_shortlists(here, TODAY)) == [waits]
    assert not list_untold_shortlists(officer(ELSEWHERE), TODAY)
    assert "7" in str(tell_shortlist(waits, TODAY).note)


def test_a_recommendation_whose_file_went_to_another_office_is_late_there_and_nowhere_else():
    here, there = officer(), officer(ELSEWHERE)
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    case = make.make_jobseeker("纪求职", unit=unit)
    post = make_vacancy(make_employer(make.make_subdistrict(HERE)))
    row = recommend(actor=here, case_id=case.uid, vacancy_id=post.uid, is_told=True, on=TODAY, now=NOW)
    street = make.make_subdistrict(ELSEWHERE)
    Case.objects.filter(pk=case.pk).update(unit=street, unit_path=street.path)
    assert not list_late_answers(here, row.due_on + DAY)
    assert list(list_late_answers(there, row.due_on + DAY)) == [row]


def make_merged(employer):
    """A vacancy into which another employer's was merged."""
    stays = make_vacancy(employer)
    gone = make_vacancy(make_employer(make.make_subdistrict(HERE)))
    type(gone).objects.filter(pk=gone.pk).update(merged_into=stays, state="closed", close_reason="merged")
    return stays


def test_an_application_agreed_for_one_employer_and_now_with_another_waits_for_the_office_of_the_file():
    was, now = (make_employer(make.make_subdistrict(HERE)) for _ in range(2))
    case = make.make_jobseeker("纪求职", unit=make.make_subdistrict(HERE))
    given = {"case": case, "step": "applied", "step_on": TODAY, "unit_path": case.unit_path, "made_at": NOW}
    moved = Recommendation.objects.create(vacancy=make_merged(now), shared_with=was, **given)
    Recommendation.objects.create(vacancy=make_merged(now), shared_with=now, **given)
    Recommendation.objects.create(vacancy=make_merged(now), shared_with=None, **given)
    Recommendation.objects.create(vacancy=make_merged(now), shared_with=was, **given | {"step": "declined"})
    taken_up_again = Recommendation.objects.create(vacancy=make_merged(now), shared_with=None, **given)
    taken_up_again.steps.create(kind="applied", by="jobseeker", happened_on=TODAY, at=NOW)
    line = tell_unseen_application(list_unseen_applications(officer(), TODAY).get(pk=taken_up_again.pk), TODAY)
    assert now.name in line.note
    Recommendation.objects.filter(pk=taken_up_again.pk).update(step="declined")
    assert list(list_unseen_applications(officer(), TODAY)) == [moved]
    assert list(list_unseen_applications(officer(ELSEWHERE), TODAY)) == []
    line = tell_unseen_application(list_unseen_applications(officer(), TODAY).get(), TODAY)
    assert line.title == "纪求职"
    assert was.name in line.note
    assert now.name in line.note
    Case.objects.update(state="closed", closed_on=TODAY, close_reason="moved")
    assert not list_unseen_applications(officer(), TODAY).exists()
