"""The stand-by list beside what has been asked already, and a request as the one who was asked sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from sunward.accounts.access import Actor
from sunward.safeguarding.access.emergencies import STANDING, asked_emergencies
from sunward.safeguarding.declaration import StandBy, StandByList, helping_of
from sunward.safeguarding.enums import StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep

SHOWN_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class StandByRow:
    one: StandBy
    was_asked: bool


@dataclass(frozen=True, slots=True)
class StandByPage:
    uid: UUID
    reference: str
    is_over: bool
    found: StandByList
    rows: tuple[StandByRow, ...]

    @property
    def rest(self) -> int:
        """How many are left that the list does not show."""
        return self.found.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class AskedPage:
    """`answer` is her last word: agreed, cannot, or empty. Never whose child it is."""

    uid: UUID
    reference: str
    committee: str
    answer: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class AskedLine:
    uid: UUID
    reference: str
    committee: str
    answer: str


def read_stand_by_page(emergency: Emergency, *, actor: Actor, chosen: frozenset[str], now: datetime) -> StandByPage:
    found = helping_of(emergency.case).read_stand_by(actor, emergency.case, chosen, now)
    asked = set(
        EmergencyStep.objects.filter(emergency=emergency, kind=StepKind.ASKED).values_list("to_id", flat=True)
    )  # fmt: skip
    rows = tuple(
        StandByRow(one, one.user_id is not None and one.user_id in asked) for one in found.people[:SHOWN_AT_MOST]
    )
    return StandByPage(emergency.uid, emergency.reference, emergency.state not in STANDING, found, rows)


def read_asked(emergency: Emergency, actor: Actor) -> AskedPage:
    """`emergency` comes from the gate of the one who was asked."""
    steps = _steps_of(emergency, actor)
    asked = next(step for step in steps if step.kind == StepKind.ASKED)
    return AskedPage(
        emergency.uid, emergency.reference, emergency.case.unit.name, _last_word(steps),
        str(asked.by) if asked.by else "",
    )  # fmt: skip


def list_asked(actor: Actor) -> tuple[AskedLine, ...]:
    """What she was asked and has not declined, while it lasts. Two queries, one if there is nothing."""
    lines = []
    for emergency in asked_emergencies(actor).select_related("case__unit").order_by("pk"):
        answer = _last_word(_steps_of(emergency, actor))
        if answer != StepKind.CANNOT:
            lines.append(AskedLine(emergency.uid, emergency.reference, emergency.case.unit.name, answer))
    return tuple(lines)


def who_comes(emergency: Emergency) -> list[int]:
    """The persons of the stand-by list whose last word is yes."""
    said = EmergencyStep.objects.filter(emergency=emergency, kind__in=(StepKind.AGREED, StepKind.CANNOT))
    # Of each the last word stays.
    answers = dict(said.order_by("pk").values_list("about_person_id", "kind"))
    return [person for person, kind in answers.items() if person is not None and kind == StepKind.AGREED]


def _steps_of(emergency: Emergency, actor: Actor) -> list[EmergencyStep]:
    hers = Q(kind=StepKind.ASKED, to_id=actor.user_id)
    hers |= Q(kind__in=(StepKind.AGREED, StepKind.CANNOT), by_id=actor.user_id)
    return list(EmergencyStep.objects.filter(hers, emergency=emergency).select_related("by").order_by("pk"))


def _last_word(steps: list[EmergencyStep]) -> str:
    return next((step.kind for step in reversed(steps) if step.kind != StepKind.ASKED), "")
