"""A call as the one who called sees it: that it was heard, and who is on it. Nothing of the file."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

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
    return Emergency.objects.filter(case=case, state__in=STANDING).first()


def read_call(case: Case, *, now: datetime) -> Call | None:
    """The running call for this child, or the one that has ended of late. Two queries."""
    recent = Emergency.objects.filter(case=case).filter(Q(state__in=STANDING) | Q(over_at__gt=now - SHOWN_AFTER))
    emergency = recent.select_related("answered_by").order_by("-pk").first()
    if emergency is None:
        return None
    steps = list(
        EmergencyStep.objects.filter(emergency=emergency, kind__in=(StepKind.TOLD, StepKind.MISTAKEN))
        .select_related("to")
        .order_by("pk")
    )
    told = dict.fromkeys(str(step.to) for step in steps if step.kind == StepKind.TOLD and step.to)
    return Call(
        reference=emergency.reference, kind=EmergencyKind(emergency.kind).label, state=emergency.state,
        state_word=EmergencyState(emergency.state).label, raised_at=emergency.raised_at,
        minutes=int((now - emergency.raised_at).total_seconds() // 60), told=tuple(told),
        answered_by=str(emergency.answered_by) if emergency.answered_by else "", answered_at=emergency.answered_at,
        is_mistaken=any(step.kind == StepKind.MISTAKEN for step in steps),
    )  # fmt: skip
