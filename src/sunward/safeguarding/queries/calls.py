"""A call as the one who called sees it: that it was heard, and who is on it. Nothing of the file.

Nobody learns here that somebody else has called: a neighbour mom may call because of a guardian, and a guardian because
of her.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.safeguarding.access.emergencies import STANDING
from sunward.safeguarding.enums import EmergencyKind, EmergencyState, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep

# So long after its end a call is still shown to whoever called.
SHOWN_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Call:
    """`told` are the people who were told, the latest last; `minutes` since the call."""

    reference: str
    kind: Text
    state: str
    state_word: Text
    raised_at: datetime
    minutes: int
    told: tuple[str, ...]
    answered_by: str
    answered_at: datetime | None
    is_mistaken: bool

    @property
    def is_ringing(self) -> bool:
        return self.state == EmergencyState.RINGING

    @property
    def is_over(self) -> bool:
        return self.state not in STANDING


def find_running(case: Case) -> Emergency | None:
    """For the office, which knows of every call."""
    return Emergency.objects.filter(case=case, state__in=STANDING).first()


def called_by(*, user_id: int | None = None, person_id: int | None = None) -> "QuerySet[Emergency]":
    """What this user called or joined, or this guardian, who has no sign-in."""
    own = EmergencyStep.objects.filter(emergency=OuterRef("pk"), kind=StepKind.RAISED)
    own = own.filter(by_id=user_id, about_person_id=person_id)
    return Emergency.objects.filter(Exists(own))


def read_call(
    case: Case, *, now: datetime, user_id: int | None = None, person_id: int | None = None
) -> Call | None:  # fmt: skip
    """The own running call for this child, or the one that has ended of late, as it was from the own call on. Two
    queries."""
    own = called_by(user_id=user_id, person_id=person_id).filter(case=case)
    recent = own.filter(Q(state__in=STANDING) | Q(over_at__gt=now - SHOWN_AFTER))
    emergency = recent.select_related("answered_by").order_by("-pk").first()
    if emergency is None:
        return None
    kinds = (StepKind.RAISED, StepKind.TOLD, StepKind.MISTAKEN)
    steps = list(EmergencyStep.objects.filter(emergency=emergency, kind__in=kinds).select_related("to").order_by("pk"))
    said = [step for step in steps if (step.by_id, step.about_person_id) == (user_id, person_id)]
    called = next(step for step in said if step.kind == StepKind.RAISED)
    told = dict.fromkeys(str(step.to) for step in steps if step.kind == StepKind.TOLD and step.to)
    return Call(
        reference=emergency.reference, kind=called.words or EmergencyKind(emergency.kind).label, state=emergency.state,
        state_word=EmergencyState(emergency.state).label, raised_at=called.at,
        minutes=int((now - called.at).total_seconds() // 60), told=tuple(told),
        answered_by=str(emergency.answered_by) if emergency.answered_by else "",
        answered_at=max(emergency.answered_at, called.at) if emergency.answered_at else None,
        is_mistaken=any(step.kind == StepKind.MISTAKEN for step in said),
    )  # fmt: skip
