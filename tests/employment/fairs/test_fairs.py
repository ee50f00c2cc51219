"""Booths and their times: who invites, who takes the last time, and what the pages lead to."""

from datetime import time
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.actions import booths as booth_acts
from sunward.employment.actions.interview_times import BoothTimes, add_interview_times, withdraw_interview_time
from sunward.employment.actions.interviews import (
    TIMES_AT_A_FAIR,
    give_own_interview_back,
    take_own_interview,
)
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.models import Booth, Interview, InterviewSlot
from sunward.employment.queries.own_consents import list_own_time_shares
from sunward.gatherings.actions.planning import SessionTime, set_sessions
from sunward.gatherings.actions.signing_up import withdraw_party
from sunward.gatherings.enums import GatheringState, SignUpState
from sunward.gatherings.models import SignUp
from sunward.outreach.models import Message
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.employment.fair_acts import (
    AT,
    DAY,
    ELSEWHERE,
    HOUR,
    MINUTE,
    TAKEN,
    answer,
    employers,
    give_back,
    officer_named,
    own,
    seeker,
    take,
    url,
    wanted,
)
from tests.employment.fair_builders import make_booth, make_fair, make_time
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db


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


# Pages.


def test_a_time_that_is_shared_stands_among_what_was_agreed_to_until_it_is_given_back(actor, slot):
    mine, others = seeker("纪求职"), seeker("另一位")
    row = take(actor, mine, slot)
    assert [(time.employer, time.is_held) for time in list_own_time_shares(mine, on=TODAY)] == [
        (slot.booth.employer.name, True)
    ]
    assert list_own_time_shares(others, on=TODAY) == ()
    assert list_own_time_shares(mine, on=TODAY + 60 * DAY) == ()
    give_back(actor, row)
    assert list_own_time_shares(mine, on=TODAY) == ()


def test_a_time_taken_without_agreeing_is_shared_with_nobody(actor, slot):
    mine = seeker("纪求职")
    take(actor, mine, slot, is_shared=False)
    assert list_own_time_shares(mine, on=TODAY) == ()


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
