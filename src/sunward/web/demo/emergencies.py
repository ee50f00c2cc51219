"""An emergency of the demo district that is over: called by a neighbour mom, climbed once, a night with relatives."""

from dataclasses import replace
from datetime import timedelta

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.mentoring.models import Match
from sunward.safeguarding.actions.care import CareEntry, Carer, begin_care, end_care
from sunward.safeguarding.actions.climbing import climb_emergency
from sunward.safeguarding.actions.emergencies import Caller, answer_emergency, end_emergency, raise_emergency
from sunward.safeguarding.actions.emergency_steps import add_note, record_authority
from sunward.safeguarding.enums import Authority, CareEnd, EmergencyKind
from sunward.web.demo.moments import Moment

# So long ago that the first visit of the after-care has fallen due.
DAYS_AGO = 34


def make_emergency(match: Match, moment: Moment) -> None:
    """`match` is the demo mentor's own."""
    past = moment.earlier(DAYS_AGO)
    mentor, officer = (replace(_actor(name, moment), on=past.on) for name in ("mentor", "officer"))
    case, begun = match.case, past.now

    call = raise_emergency(
        caller=Caller(mentor), case=case, kind=EmergencyKind.CARER_ILL, now=begun, about_id=match.pk
    )  # fmt: skip
    climb_emergency(emergency_pk=call.pk, now=begun + timedelta(minutes=5))
    answer_emergency(actor=officer, emergency_id=call.uid, now=begun + timedelta(minutes=7))
    record_authority(
        actor=officer, emergency_id=call.uid, authority=Authority.HOSPITAL, receipt="演示-120-0042",
        told_at=begun + timedelta(minutes=9), words="奶奶已送医，需要住院观察一晚。", now=begun + timedelta(minutes=12),
    )  # fmt: skip
    care = begin_care(
        actor=officer, case_id=case.uid, emergency_id=call.uid, now=begun + timedelta(minutes=50),
        entry=CareEntry(
            Carer(name="陶玉兰", phone="+8613800001450"), "姑姑家", begun + timedelta(minutes=45),
            begun + timedelta(hours=20), is_agreed=True, words="晚上九点前睡觉，对花生过敏。",
        ),
    )  # fmt: skip
    add_note(
        actor=officer,
        emergency_id=call.uid,
        words="孩子已在姑姑家吃了晚饭，情绪平稳。",
        now=begun + timedelta(hours=2),
    )
    back = begun + timedelta(hours=18)
    end_care(actor=officer, care_id=care.uid, ended_with=CareEnd.GUARDIAN, handed_to="奶奶", ended_at=back, now=back)
    end_emergency(
        actor=officer, emergency_id=call.uid, words="奶奶出院回家，孩子已接回。一个月后回访。",
        now=back + timedelta(minutes=30),
    )  # fmt: skip


def _actor(username: str, moment: Moment) -> Actor:
    return read_actor(User.objects.get(username=username), on=moment.on)
