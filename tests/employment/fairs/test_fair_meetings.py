"""Who met whom at a fair and what came of it, and who reads which names."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions.meetings import mark_own_interview
from sunward.employment.actions.recommendations import recommend, record_step
from sunward.employment.actions.step_writing import Step
from sunward.employment.enums import BoothState, InterviewState, RecommendationSource, StepBy, StepKind
from sunward.employment.models import BoothVacancy, Recommendation
from sunward.employment.queries.fairs import count_fairs
from sunward.employment.recommendations import chain
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Attendance
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.employment.fair_acts import (
    AT,
    DAY,
    DISTRICT,
    ELSEWHERE,
    HERE,
    HOUR,
    MET,
    MINUTE,
    MISSED,
    TAKEN,
    employers,
    mark,
    officer_named,
    seeker,
    take,
    url,
)
from tests.employment.fair_builders import make_booth, make_fair, make_interview, make_time
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


# Who met whom.


@pytest.fixture
def begun():
    """A fair that is on: its first time began half an hour ago."""
    fair = make_fair(begins_at=NOW - 30 * MINUTE)
    return make_time(make_booth(fair))


def steps_of(row):
    return [step.kind for step in row.steps.filter(withdrawn_at=None).order_by("at", "pk")]


def test_a_meeting_makes_a_recommendation_that_stands_at_the_interview_and_goes_on_to_hired(actor, begun):
    row = mark(actor, make_interview(seeker(), begun), MET)
    made = Recommendation.objects.get()
    assert (made.source, made.step, made.shared_with) == (
        RecommendationSource.FAIR, StepKind.INTERVIEWED, begun.booth.employer,
    )  # fmt: skip
    assert steps_of(made) == [StepKind.TOLD, StepKind.APPLIED, StepKind.INVITED, StepKind.INTERVIEWED]
    assert row.recommendation == made
    assert chain.may_follow(StepKind(made.step), StepKind.HIRED)


def test_a_meeting_finds_the_recommendation_that_is_there_and_adds_what_is_missing(actor, begun):
    case, vacancy = seeker(), begun.booth.vacancies.get()
    known = recommend(actor=actor, case_id=case.uid, vacancy_id=vacancy.uid, is_told=True, **AT)
    mark(actor, make_interview(case, begun), MET)
    known.refresh_from_db()
    assert (known.source, known.step) == (RecommendationSource.OFFICE, StepKind.INTERVIEWED)
    assert Recommendation.objects.count() == 1


def test_what_has_ended_before_stays_as_it_ended(actor, begun):
    case, vacancy = seeker(), begun.booth.vacancies.get()
    known = recommend(actor=actor, case_id=case.uid, vacancy_id=vacancy.uid, is_told=True, **AT)
    said = Step(StepKind.DISMISSED, StepBy.OFFICER, TODAY, reason="pay")
    record_step(actor=actor, case_id=case.uid, recommendation_id=known.uid, version=known.version, said=said, **AT)
    mark(actor, make_interview(case, begun), MET)
    known.refresh_from_db()
    assert (known.step, known.shared_with) == (StepKind.DISMISSED, None)


@pytest.mark.parametrize("step", list(StepKind))
def test_the_steps_to_an_interview_follow_each_other_wherever_somebody_stands(step):
    path = (step, *chain.steps_to_interview(step))
    assert all(chain.may_follow(before, after) for before, after in pairwise(path))
    assert path[-1] == StepKind.INTERVIEWED or len(path) == 1


def test_a_mark_made_by_mistake_takes_back_its_own_steps_and_no_others(actor, begun):
    case, vacancy = seeker(), begun.booth.vacancies.get()
    known = recommend(actor=actor, case_id=case.uid, vacancy_id=vacancy.uid, is_told=True, on=TODAY, now=NOW - HOUR)
    row = mark(actor, make_interview(case, begun), MET)
    row = mark(actor, row, TAKEN, version=2)
    known.refresh_from_db()
    assert (row.state, row.recommendation, known.step) == (TAKEN, None, StepKind.TOLD)
    mark(actor, row, MET, version=3, now=NOW + MINUTE)
    known.refresh_from_db()
    assert known.step == StepKind.INTERVIEWED


def test_a_mark_is_not_taken_back_once_more_has_come_of_the_meeting(actor, begun):
    case = seeker()
    row = mark(actor, make_interview(case, begun), MET)
    said = Step(StepKind.REFUSED, StepBy.OFFICER, TODAY, reason="experience")
    made = Recommendation.objects.get()
    later = {"on": TODAY, "now": NOW + MINUTE}
    record_step(actor=actor, case_id=case.uid, recommendation_id=made.uid, version=made.version, said=said, **later)
    with pytest.raises(Conflict, match="interview_went_on"):
        mark(actor, row, TAKEN, version=2)


def test_whoever_did_not_come_has_no_recommendation_of_it(actor, begun):
    mark(actor, make_interview(seeker(), begun), MISSED)
    assert not Recommendation.objects.exists()


def test_nobody_has_met_before_the_time_or_where_the_gathering_was_cancelled(actor, slot, begun):
    with pytest.raises(Refusal, match="interview_not_yet"):
        mark(actor, make_interview(seeker(), slot), MET)
    row = make_interview(seeker(), begun)
    begun.booth.gathering.state = GatheringState.CANCELLED
    begun.booth.gathering.save()
    with pytest.raises(Refusal, match="fair_cancelled"):
        mark(actor, row, MET)


def test_whoever_met_an_employer_was_there_and_need_not_be_checked_in(actor, begun):
    row = take(actor, seeker(), make_time(begun.booth, starts_at=NOW - 5 * MINUTE))
    mark(actor, row, MET)
    assert Attendance.objects.get().sign_up.person_id == row.case.person_id


# Who sees whom.


def test_an_employer_sees_and_marks_whoever_agreed_and_of_others_only_that_the_time_is_taken(actor, begun):
    second = make_time(begun.booth, starts_at=begun.ends_at)
    shared = make_interview(seeker("同意甲"), begun)
    silent = make_interview(seeker("不愿乙"), second, is_shared=False)
    given = employers(begun.booth, actor)
    client = Client()
    client.cookies["sunward_employer"] = given["shown"]
    text = client.get(reverse("employer_page", args=[given["token"]])).content.decode()
    assert "同意甲" in text
    assert "不愿乙" not in text
    looks = AuditEntry.objects.filter(code="employment.candidate_shown").values_list("subject_id", flat=True)
    assert set(looks) == {shared.case_id}
    mark_own_interview(interview_id=shared.uid, version=1, state=MET, **given)
    assert Recommendation.objects.get().case == shared.case
    with pytest.raises(NotThere):
        mark_own_interview(interview_id=silent.uid, version=1, state=MET, **given)
    with pytest.raises(NotThere):
        mark_own_interview(
            interview_id=shared.uid, version=2, state=TAKEN, **employers(make_booth(begun.booth.gathering), actor)
        )


def test_an_employer_sees_nobody_whose_file_is_closed_or_who_gave_the_time_back(actor, begun):
    closed, gone = seeker("已结案"), seeker("已放弃")
    make_interview(closed, begun)
    Case.objects.filter(pk=closed.pk).update(state="closed", closed_on=TODAY)
    make_interview(gone, begun, state=InterviewState.GIVEN_BACK)
    given = employers(begun.booth, actor)
    client = Client()
    client.cookies["sunward_employer"] = given["shown"]
    text = client.get(reverse("employer_page", args=[given["token"]])).content.decode()
    assert "已结案" not in text
    assert "已放弃" not in text


def test_the_host_reads_who_comes_and_other_officers_only_whose_files_they_keep(client, user, actor):
    fair = make_fair(make.make_district(), begins_at=NOW - 30 * MINUTE)
    booth = make_booth(fair)
    make_interview(seeker("本街甲"), make_time(booth))
    make_interview(seeker("外街乙", ELSEWHERE), make_time(booth, starts_at=NOW))
    client.force_login(user)
    shown = client.get(url("booth", fair.uid, booth.uid))
    text = shown.content.decode()
    assert "本街甲" in text
    assert "外街乙" not in text
    assert [slot.hidden for slot in shown.context["page"].slots] == [0, 1]
    client.force_login(officer_named("district", DISTRICT))
    assert "外街乙" in client.get(url("booth", fair.uid, booth.uid)).content.decode()


def test_the_host_knows_who_comes_from_elsewhere_and_not_what_came_of_it(page, user):
    fair = make_fair(begins_at=NOW - 30 * MINUTE, is_public=True)
    booth = make_booth(fair)
    foreign = seeker("外街乙", ELSEWHERE)
    row = make_interview(foreign, make_time(booth))
    mark(make.actor_of(user), row, MET)
    text = page.get(url("booth", fair.uid, booth.uid)).content.decode()
    assert "外街乙" in text
    assert str(foreign.uid) not in text
    looks = AuditEntry.objects.filter(code="employment.booth_opened")
    assert [(look.subject_id, look.unit_path) for look in looks] == [(foreign.pk, foreign.unit_path)]


def test_the_public_page_names_employers_and_open_vacancies_and_nobody(client, actor):
    fair = make_fair(is_public=True)
    booth = make_booth(fair)
    make_booth(fair, make_employer(fair.host, name="还没答应的单位"), state=BoothState.INVITED)
    BoothVacancy.objects.create(
        booth=booth, vacancy=make_vacancy(booth.employer, title="已过期岗位", verified_until=TODAY - DAY)
    )
    last_day = make_vacancy(booth.employer, title="今天到期岗位", verified_until=TODAY)
    BoothVacancy.objects.create(booth=booth, vacancy=last_day)
    make_interview(seeker("纪求职"), make_time(booth), vacancy=last_day)
    text = client.get(reverse("fair_public", args=[fair.uid])).content.decode()
    assert booth.employer.name in text
    assert "今天到期岗位" in text
    assert "已过期岗位" not in text
    assert "还没答应的单位" not in text
    assert "纪求职" not in text
    fair.is_public = False
    fair.save()
    assert client.get(reverse("fair_public", args=[fair.uid])).status_code == 404


def test_a_leader_reads_sums_and_opens_no_fair(client, actor, begun):
    mark(actor, make_interview(seeker("纪求职"), begun), MET)
    client.force_login(officer_named("leader", HERE, Role.LEADER))
    shown = client.get(url("fairs"))
    [row] = shown.context["rows"]
    assert (row.uid, row.sums.met, row.sums.booths) == (None, 1, 1)
    assert "纪求职" not in shown.content.decode()
    assert client.get(url("fair", begun.booth.gathering.uid)).status_code == 403


def test_a_leader_elsewhere_reads_none_of_it(client, begun):
    client.force_login(officer_named("leader", ELSEWHERE, Role.LEADER))
    assert client.get(url("fairs")).context["rows"] == ()


def test_sums_count_booths_that_come_places_meetings_and_each_person_who_found_work_once(actor, begun):
    fair, case = begun.booth.gathering, seeker()
    make_booth(fair, state=BoothState.INVITED)
    second = make_booth(fair)
    make_time(second, starts_at=NOW, places=3)
    rows = [make_interview(case, begun), make_interview(case, second.slots.get())]
    for row in rows:
        mark(actor, row, MET)
    Recommendation.objects.update(step=StepKind.HIRED)
    sums = count_fairs([fair.pk])[fair.pk]
    assert (sums.booths, sums.vacancies, sums.slots, sums.taken, sums.met, sums.hired) == (2, 2, 4, 2, 2, 1)


def test_the_pages_ask_as_many_questions_for_one_booth_as_for_many(page, fair, actor):
    counts = []
    # The first round pays for what is asked once in a process.
    for more in (1, 1, 5):
        for _number in range(more):
            booth = make_booth(fair)
            make_interview(seeker(), make_time(booth))
        with CaptureQueriesContext(connection) as queries:
            for address in (url("fairs"), url("fair", fair.uid), url("booth", fair.uid, booth.uid)):
                assert page.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]
