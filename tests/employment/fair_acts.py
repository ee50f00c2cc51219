"""What tests of fairs do over and over: take a time, give it back, say whether two met."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.employment.actions import booths as booth_acts
from sunward.employment.actions.employer_links import make_employer_link
from sunward.employment.actions.interviews import (
    Wanted,
    give_interview_back,
    take_interview,
)
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.meetings import mark_interview
from sunward.employment.enums import InterviewState
from sunward.employment.own_pass import make_pass, token_of
from tests import factories as make
from tests.factories import NOW, TODAY

HERE, ELSEWHERE, DISTRICT = "310110012", "310110019", "310110"
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
AT = {"on": TODAY, "now": NOW}
TAKEN, MET, MISSED = InterviewState.TAKEN, InterviewState.MET, InterviewState.MISSED


def officer_named(name, code=HERE, role=Role.EMPLOYMENT_OFFICER):
    unit = make.make_subdistrict(code) if len(code) == 9 else make.make_district()
    return make.make_officer(role, unit, username=name, name=name)


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
