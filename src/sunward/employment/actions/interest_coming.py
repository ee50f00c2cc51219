"""A jobseeker comes to a course that came of a wish: a place is taken, and given back, on the own page.

Always in the same order: the file is locked, then the gathering, whose places are counted by one at a time.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.interests import wished_courses
from sunward.employment.access.own_page import own_actor
from sunward.employment.actions.own_page import lock_own_case
from sunward.gatherings.access import gathering_not_there
from sunward.gatherings.actions.signing_up import write_heads
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import GatheringState, Presence, SignedUpBy
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.recording import record_gathering_act
from sunward.gatherings.withdrawals import take_off


@transaction.atomic
def come_to_own_course(
    *, token: str, shown: str, survey_id: UUID, gathering_id: UUID, on: date, now: datetime
) -> SignUp:
    """A place, or one in the queue where all are taken. Pressed twice, it is one."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    gathering = _lock_course(case, survey_id, gathering_id)
    standing = SignUp.objects.standing().filter(gathering=gathering, person=case.person_id).first()
    if standing is not None:
        return standing
    heads = [Head(case.person_id)]
    return write_heads(gathering, heads, actor=own_actor(on=on), party=uuid4(), by=SignedUpBy.SELF, on=on, now=now)[0]


@transaction.atomic
def give_own_course_back(
    *, token: str, shown: str, survey_id: UUID, gathering_id: UUID, on: date, now: datetime
) -> None:
    """Whoever waits moves up. Given back twice is given back once."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    gathering = _lock_course(case, survey_id, gathering_id)
    rows = list(SignUp.objects.standing().filter(gathering=gathering, person=case.person_id))
    if not rows:
        return
    if Attendance.objects.filter(sign_up__in=rows, presence=Presence.CAME).exists():
        raise Conflict(
            "employment.interest_course_attended", _("You were there already: your place stays written down.")
        )
    take_off(gathering, rows, now=now, reason="")
    record_gathering_act(
        gathering, actor=own_actor(on=on), code="gatherings.withdrawn", now=now, heads=len(rows), queue=rows[0].queue
    )


def _lock_course(case: Case, survey_id: UUID, gathering_id: UUID) -> Gathering:
    """Of what the person wished, or of what the office answered; a draft is not there."""
    found = Gathering.objects.select_for_update(of=("self",)).filter(
        uid=gathering_id, published_at__isnull=False,
        pk__in=wished_courses(case).filter(topic__survey__uid=survey_id).values("gathering"),
    )  # fmt: skip
    gathering = found.first()
    if gathering is None:
        raise gathering_not_there()
    if gathering.state != GatheringState.PUBLISHED:
        raise Refusal("employment.interest_course_over", _("This course is over or cancelled."))
    return gathering
