"""What the calendar does to tutorings, as the system's own act: expired vetting pauses."""

from datetime import date, datetime

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.mentoring.actions.said import Said
from sunward.mentoring.actions.tutoring_steps import lock_tutoring, promise
from sunward.mentoring.actions.tutorings import pause_locked
from sunward.mentoring.models import Tutoring
from sunward.mentoring.tutoring.enums import TutoringFollowUp, TutoringPause, TutoringState
from sunward.mentoring.tutoring.limits import VETTING_DAYS
from sunward.mentoring.vetting import read_standing


@transaction.atomic
def pause_tutoring_for_vetting(*, tutoring_pk: int, on: date, now: datetime) -> bool:
    """False if there is no need."""
    uid = Tutoring.objects.values_list("uid", flat=True).get(pk=tutoring_pk)
    tutoring = lock_tutoring(Tutoring.objects.all(), tutoring_id=uid)
    if tutoring.state != TutoringState.RUNNING:
        return False
    if read_standing(tutoring.mentor.vetting_facts.all(), on=on).may_match:
        return False
    said = Said(Actor.system(), on, now, code=TutoringPause.VETTING)
    pause_locked(tutoring, said)
    promise(tutoring.case, TutoringFollowUp.VETTING, said, days=VETTING_DAYS, role=Role.SUPERVISOR)
    return True
