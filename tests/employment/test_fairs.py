"""Booths and their times: who invites, who takes the last time, who sees whom, and what a meeting leads to."""

from datetime import time, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions import booths as booth_acts
from sunward.employment.actions.employer_links import make_employer_link
from sunward.employment.actions.interview_times import BoothTimes, add_interview_times, withdraw_interview_time
from sunward.employment.actions.interviews import (
    TIMES_AT_A_FAIR,
    Wanted,
    give_interview_back,
    give_own_interview_back,
    take_interview,
    take_own_interview,
)
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.meetings import mark_interview, mark_own_interview
from sunward.employment.actions.recommendations import recommend, record_step
from sunward.employment.actions.step_writing import Step
from sunward.employment.enums import BoothState, InterviewState, RecommendationSource, StepBy, StepKind
from sunward.employment.models import Booth, BoothVacancy, Interview, InterviewSlot, Recommendation
from sunward.employment.own_pass import make_pass, token_of
from sunward.employment.queries.fairs import count_fairs
from sunward.employment.recommendations import chain
from sunward.gatherings.actions.planning import SessionTime, set_sessions
from sunward.gatherings.actions.signing_up import withdraw_party
from sunward.gatherings.enums import GatheringState, SignUpState
from sunward.gatherings.models import Attendance, SignUp
from sunward.outreach.models import Message
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.employment.fair_builders import make_booth, make_fair, make_interview, make_time
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE, DISTRICT = "310110012", "310110019", "310110"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
AT = {"on": TODAY, "now": NOW}
TAKEN, MET, MISSED = InterviewState.TAKEN, InterviewState.MET, InterviewState.MISSED


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer_named(name, code=HERE, role=Role.EMPLOYMENT_OFFICER):
    unit = make.make_subdistrict(code) if len(code) == 9 else make.make_district()
    return make.make_officer(role, unit, username=name, name=name)


@pytest.fixture
def user():
    return officer_named("gu")


@pytest.fixture
def actor(user):
    return make.actor_of(user)


@pytest.fixture
def page(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def fair():
    return make_fair()


@pytest.fixture
def booth(fair):
    return make_booth(fair)


@pytest.fixture
def slot(booth):
    return make_time(booth)


def seeker(name="", code=HERE):
    return make.make_jobseeker(name, unit=make.make_committee(f"{code}001", subdistrict=make.make_subdistrict(code)))


def wanted(slot, *, is_shared=True, vacancy=None):
    return Wanted(slot.uid, (vacancy or slot.booth.vacancies.get()).uid, is_shared)


def take(actor, case, slot, **more):
    key = more.pop("key", None) or uuid4()
    return take_interview(actor=actor, case_id=case.uid, key=key, wanted=wanted(slot, **more), **AT)


def give_back(actor, row, version=1):
    return give_interview_back(actor=actor, case_id=row.case.uid, interview_id=row.uid, version=version, **AT)


def mark(actor, row, state, version=1, **more):
    fair_id = row.slot.booth.gathering.uid
    return mark_interview(
        actor=actor, gathering_id=fair_id, interview_id=row.uid, version=version, state=state, **AT | more
    )


def own(case, officer):
    """The pass of somebody who has answered on the own page."""
    link = make_jobseeker_link(actor=officer, case_id=case.uid, **AT)
    return {"token": token_of(link), "shown": make_pass(link, now=NOW)} | AT


def employers(booth, officer):
    made = make_employer_link(actor=officer, employer_id=booth.employer.uid, **AT)
    return {"token": token_of(made.link), "shown": make_pass(made.link, now=NOW)} | AT


def answer(actor, booth, state, version=1):
    return booth_acts.answer_booth(
        actor=actor, gathering_id=booth.gathering.uid, booth_id=booth.uid, version=version, state=state, **AT
    )


def url(name, *args):
    return reverse(f"employment:{name}", args=args)


# Booths.


def test_an_employer_that_is_invited_twice_has_one_booth_and_comes_back_where_it_was_taken_off(actor, fair):
    employer = make_employer(fair.host)
    invite = {"actor": actor, "gathering_id": fair.uid, "employer_id": employer.uid, **AT}
    first = booth_acts.invite_employer(**invite)
    assert booth_acts.invite_employer(**invite) == first
    answer(actor, first, BoothState.WITHDRAWN)
    again = booth_acts.invite_employer(**invite)
    assert (again.pk, again.state, again.version) == (first.pk, BoothState.INVITED, 3)
    assert Booth.objects.count() == 1


def test_another_office_neither_invites_to_this_fair_nor_answers_for_its_booths(fair, booth):
    other = make.actor_of(officer_named("elsewhere", ELSEWHERE))
    with pytest.raises(NotThere):
        booth_acts.invite_employer(actor=other, gathering_id=fair.uid, employer_id=booth.employer.uid, **AT)
    with pytest.raises(NotThere):
        answer(other, booth, BoothState.WITHDRAWN)


def test_two_who_answer_for_one_booth_do_not_overrule_each_other_unseen(actor, booth):
    answer(actor, booth, BoothState.DECLINED)
    with pytest.raises(Conflict):
        answer(actor, booth, BoothState.WITHDRAWN)
    assert answer(actor, booth, BoothState.DECLINED).version == 2


def test_only_open_vacancies_of_the_employer_itself_stand_at_its_booth(actor, booth):
    mine, foreign = make_vacancy(booth.employer), make_vacancy()
    over = make_vacancy(booth.employer, verified_until=TODAY - DAY)
    chosen = {"actor": actor, "gathering_id": booth.gathering.uid, "booth_id": booth.uid, "version": 1, **AT}
    for wrong in (foreign, over):
        with pytest.raises(Refusal, match="booth_vacancy_not_open"):
            booth_acts.choose_vacancies(vacancies=[mine.uid, wrong.uid], **chosen)
    booth_acts.choose_vacancies(vacancies=[mine.uid], **chosen)
    assert [row.pk for row in booth.vacancies.all()] == [mine.pk]


def test_a_vacancy_for_which_somebody_has_a_time_stays_at_the_booth(actor, booth, slot):
    take(actor, seeker(), slot)
    with pytest.raises(Conflict, match="booth_vacancy_taken"):
        booth_acts.choose_vacancies(
            actor=actor, gathering_id=booth.gathering.uid, booth_id=booth.uid, version=1, vacancies=[], **AT
        )


def test_when_an_employer_does_not_come_whoever_had_a_time_is_told_once_and_free_to_take_another(actor, booth, slot):
    row = take(actor, seeker("纪求职"), slot)
    Message.objects.all().delete()
    for _press in range(2):
        answer(actor, booth, BoothState.DECLINED)
    row.refresh_from_db()
    assert (row.state, row.shared_with) == (InterviewState.GIVEN_BACK, None)
    told = Message.objects.get()
    assert (told.person_id, booth.employer.name in told.body) == (row.case.person_id, True)
    assert "纪求职" not in told.body


def test_an_employer_answers_and_chooses_for_its_own_booth_alone(actor, fair, booth):
    other = make_booth(fair)
    given = employers(booth, actor)
    booth_acts.answer_own_booth(booth_id=booth.uid, version=1, state=BoothState.DECLINED, **given)
    assert Booth.objects.get(pk=booth.pk).state == BoothState.DECLINED
    with pytest.raises(NotThere):
        booth_acts.answer_own_booth(booth_id=other.uid, version=1, state=BoothState.DECLINED, **given)
    with pytest.raises(NotThere):
        booth_acts.choose_own_vacancies(booth_id=other.uid, version=1, vacancies=[], **given)
    with pytest.raises(Refusal, match="booth_answer"):
        booth_acts.answer_own_booth(booth_id=booth.uid, version=2, state=BoothState.WITHDRAWN, **given)


# Times.


def add(actor, booth, key=None, **more):
    times = BoothTimes(**{"day": TODAY + DAY, "begins": time(9), "ends": time(10), "minutes": 20} | more)
    return add_interview_times(
        actor=actor, gathering_id=booth.gathering.uid, booth_id=booth.uid, key=key or uuid4(), times=times, **AT
    )


def test_times_are_cut_into_pieces_within_the_gathering_and_sent_twice_are_there_once(actor, booth):
    key = uuid4()
    for _press in range(2):
        made = add(actor, booth, key)
    assert [one.ends_at - one.starts_at for one in made] == [20 * MINUTE] * 3
    assert InterviewSlot.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"ends": time(8)}, "interview_times_too_many"),
        ({"minutes": 1}, "interview_time_impossible"),
        ({"minutes": 0}, "interview_time_impossible"),
        ({"places": 0}, "interview_time_impossible"),
        ({"begins": time(8), "ends": time(9)}, "interview_time_outside"),
        ({"day": TODAY - DAY}, "interview_time_passed"),
    ],
)
def test_times_that_cannot_be_are_refused(actor, booth, wrong, code):
    with pytest.raises(Refusal, match=code):
        add(actor, booth, **wrong)
    assert not InterviewSlot.objects.exists()


def test_two_times_of_one_booth_do_not_overlap_and_a_taken_one_is_not_withdrawn(actor, booth):
    made = add(actor, booth)
    with pytest.raises(Refusal, match="interview_times_clash"):
        add(actor, booth, begins=time(9, 50), ends=time(10, 30))
    row = take(actor, seeker(), made[0])
    given = {"actor": actor, "gathering_id": booth.gathering.uid, "booth_id": booth.uid, "now": NOW}
    with pytest.raises(Conflict, match="interview_time_is_taken"):
        withdraw_interview_time(slot_id=made[0].uid, **given)
    give_back(actor, row)
    withdraw_interview_time(slot_id=made[0].uid, **given)
    assert InterviewSlot.objects.filter(withdrawn_at=None).count() == 2


# Taking and giving back.


def test_whoever_takes_a_time_comes_to_the_gathering_and_giving_it_back_frees_both(actor, fair, slot):
    case = seeker()
    row = take(actor, case, slot)
    assert SignUp.objects.get(gathering=fair).state == SignUpState.PLACED
    assert [one.about for one in Message.objects.filter(about="employment.interview")] == ["employment.interview"]
    for _press in range(2):
        give_back(actor, row)
    assert SignUp.objects.get(gathering=fair).state == SignUpState.WITHDRAWN
    take(actor, seeker(), slot)


def test_whoever_was_signed_up_before_stays_signed_up_after_giving_a_time_back(actor, fair, slot):
    case = seeker()
    SignUp.objects.create(
        gathering=fair, person=case.person, state=SignUpState.PLACED, party=uuid4(), queue=1, signed_up_by="staff",
        signed_up_at=NOW, unit_path=case.unit_path, code="123456",
    )  # fmt: skip
    give_back(actor, take(actor, case, slot))
    assert SignUp.objects.get().state == SignUpState.PLACED


def test_whoever_does_not_come_to_the_gathering_any_more_gives_the_time_back_with_the_place(actor, fair, slot):
    row = take(actor, seeker(), slot)
    withdraw_party(actor=actor, gathering_id=fair.uid, party=row.uid, **AT)
    row.refresh_from_db()
    assert row.state == InterviewState.GIVEN_BACK


def test_the_same_form_sent_twice_is_one_time_and_the_last_place_goes_to_one(actor, slot):
    case, key = seeker(), uuid4()
    for _press in range(2):
        take(actor, case, slot, key=key)
    assert Interview.objects.count() == 1
    with pytest.raises(Refusal, match="interview_taken_by_another"):
        take(actor, seeker(), slot)


def test_a_full_gathering_gives_no_time_and_leaves_nobody_on_its_list(actor, booth):
    booth.gathering.places = 1
    booth.gathering.save()
    slot = make_time(booth, places=5)
    take(actor, seeker(), slot)
    with pytest.raises(Refusal, match="fair_is_full"):
        take(actor, seeker(), slot)
    assert SignUp.objects.count() == 1


def test_nobody_has_two_times_at_once_two_at_a_booth_or_all_times_of_a_fair(actor, fair):
    case = seeker()
    begins = fair.sessions.get().begins_at
    for number in range(TIMES_AT_A_FAIR):
        first = make_booth(fair)
        take(actor, case, make_time(first, starts_at=begins + number * 15 * MINUTE))
    with pytest.raises(Refusal, match="interview_at_booth_already"):
        take(actor, case, make_time(first, starts_at=begins + 2 * HOUR))
    with pytest.raises(Refusal, match="interview_at_once"):
        take(actor, case, make_time(make_booth(fair), starts_at=begins))
    with pytest.raises(Refusal, match="interviews_enough"):
        take(actor, case, make_time(make_booth(fair), starts_at=begins + 150 * MINUTE))


@pytest.mark.parametrize("how", ["draft", "invited", "withdrawn", "moved", "over", "elsewhere"])
def test_a_time_that_is_not_offered_to_this_person_is_taken_by_nobody(actor, how):
    fair = make_fair(make.make_subdistrict(ELSEWHERE) if how == "elsewhere" else None)
    booth = make_booth(fair)
    slot = make_time(booth)
    if how == "draft":
        fair.state = GatheringState.DRAFT
        fair.save()
    elif how == "invited":
        Booth.objects.update(state=BoothState.INVITED)
    elif how == "withdrawn":
        InterviewSlot.objects.update(withdrawn_at=NOW)
    elif how == "moved":
        times = [SessionTime(NOW + 5 * DAY, NOW + 5 * DAY + HOUR)]
        set_sessions(actor=actor, gathering_id=fair.uid, version=1, sessions=times, **AT)
    elif how == "over":
        InterviewSlot.objects.update(starts_at=NOW - HOUR, ends_at=NOW)
    with pytest.raises(Refusal, match="interview_not_offered"):
        take(actor, seeker(), slot)


def test_a_fair_elsewhere_in_the_district_is_offered_once_it_is_for_everybody(actor):
    fair = make_fair(make.make_subdistrict(ELSEWHERE), is_public=True)
    assert take(actor, seeker(), make_time(make_booth(fair))).state == TAKEN


def test_nobody_under_sixteen_has_a_time_and_no_vacancy_that_has_run_out(actor, slot):
    child = seeker()
    child.person.birth_date = TODAY.replace(year=TODAY.year - 15)
    child.person.save()
    with pytest.raises(Refusal, match="under_working_age"):
        take(actor, child, slot)
    vacancy = slot.booth.vacancies.get()
    vacancy.verified_until = TODAY - DAY
    vacancy.save()
    with pytest.raises(Refusal, match="interview_vacancy"):
        take(actor, seeker(), slot)


def test_an_officer_takes_a_time_for_nobody_whose_file_she_does_not_keep(actor, slot):
    with pytest.raises(NotThere):
        take(actor, seeker(code=ELSEWHERE), slot)


def test_a_jobseeker_takes_and_gives_back_the_own_time_and_nobody_elses(actor, slot):
    case, other = seeker(), seeker()
    mine, theirs = own(case, actor), own(other, actor)
    row = take_own_interview(key=uuid4(), wanted=wanted(slot), **mine)
    assert (row.case, row.taken_by_id) == (case, 0)
    with pytest.raises(NotThere):
        give_own_interview_back(interview_id=row.uid, **theirs)
    assert give_own_interview_back(interview_id=row.uid, **mine).state == InterviewState.GIVEN_BACK


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


# Pages.


def test_the_pages_lead_from_inviting_to_a_time_and_back(page, fair):
    employer = make_employer(fair.host)
    vacancy = make_vacancy(employer)
    assert employer.name in page.get(url("fair_invite", fair.uid)).content.decode()
    assert page.post(url("fair_invite", fair.uid), {"employer": employer.uid}).status_code == 302
    booth = Booth.objects.get()
    assert page.post(url("booth_confirm", fair.uid, booth.uid), {"version": 1}).status_code == 302
    chosen = {"version": 2, "vacancies": [vacancy.uid]}
    assert page.post(url("booth_vacancies", fair.uid, booth.uid), chosen).status_code == 302
    form = page.get(url("booth_times_new", fair.uid, booth.uid)).context["form"]
    begins = {name: form[name].value() for name in ("key", "day", "begins", "ends")}
    assert (
        page.post(url("booth_times_new", fair.uid, booth.uid), begins | {"minutes": 60, "places": 1}).status_code == 302
    )
    case = seeker()
    assert employer.name in page.get(url("jobseeker_fairs", case.uid)).content.decode()
    address = url("jobseeker_interview", case.uid, booth.uid)
    form = page.get(address).context["form"]
    typed = {"key": form["key"].value(), "slot": form.fields["slot"].choices[1][0], "vacancy": vacancy.uid}
    assert page.post(address, typed).status_code == 302
    row = Interview.objects.get()
    assert row.shared_with is None
    given = url("jobseeker_interview_give_back", case.uid, row.uid)
    assert page.post(given, {"version": 1}).status_code == 302


def test_a_jobseekers_own_page_leads_to_the_times_and_keeps_what_was_chosen_when_one_is_gone(actor, slot):
    case = seeker()
    given = own(case, actor)
    client = Client()
    client.cookies["sunward_work"] = given["shown"]
    text = client.get(reverse("own_page", args=[given["token"]])).content.decode()
    assert reverse("own_fairs", args=[given["token"]]) in text
    make_time(slot.booth, starts_at=slot.ends_at)
    address = reverse("own_interview", args=[given["token"], slot.booth.uid])
    form = client.get(address).context["form"]
    take(actor, seeker(), slot)
    typed = {"key": form["key"].value(), "slot": slot.uid, "vacancy": slot.booth.vacancies.get().uid, "is_shared": "on"}
    answered = client.post(address, typed)
    assert answered.status_code == 422
    assert "checked" in answered.content.decode()
    assert client.get(reverse("own_fairs", args=[given["token"]])).status_code == 200
