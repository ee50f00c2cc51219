"""Temporary care as pages show it: who could take the child in, and one entry with its after-care."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import FollowUpKind, FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.core.furniture import Fact, Text
from sunward.people.models import Guardianship, HouseholdMember
from sunward.safeguarding.declaration import helping_of
from sunward.safeguarding.enums import CareEnd
from sunward.safeguarding.models import Emergency, TemporaryCare
from sunward.safeguarding.queries.stand_by import who_comes
from sunward.safeguarding.queries.words import say_moment
from sunward.safeguarding.roles import TRIAGING
from sunward.safeguarding.rules import AFTER_CARE_AT_LEAST, AFTER_CARE_MONTHS


@dataclass(frozen=True, slots=True)
class AfterCareRow:
    due_on: date
    state: Text
    is_due: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class CarePage:
    """`shorter` are the months to which this reader may still shorten the after-care."""

    uid: UUID
    reference: str
    child_name: str
    child_path: str
    emergency_id: UUID | None
    facts: tuple[Fact, ...]
    words: str
    is_over: bool
    is_late: bool
    after_care: tuple[AfterCareRow, ...]
    shorter: tuple[int, ...]
    reason: str


def family_of(case: Case) -> list[tuple[int, str]]:
    """The child's guardians, those of before too, and whoever lives in the same home: key, and name with relation."""
    guardians = (
        Guardianship.objects.filter(child=case.person_id).select_related("guardian").order_by("-is_primary", "pk")
    )
    found = {row.guardian_id: (row.guardian.name, row.relation) for row in guardians}
    homes = HouseholdMember.objects.filter(person=case.person_id, until_on=None).values("household")
    mates = HouseholdMember.objects.filter(household__in=homes, until_on=None).exclude(person=case.person_id)
    for mate in mates.select_related("person").order_by("pk"):
        found.setdefault(mate.person_id, (mate.person.name, mate.role))
    return [(key, f"{name} · {relation}" if relation else name) for key, (name, relation) in found.items()]


def read_care(care: TemporaryCare, *, actor: Actor, now: datetime) -> CarePage:
    """`care` comes from the gate, with its case, person, carer and emergency. One query."""
    case, months = care.case, care.after_care_months
    decides = any(case.unit_path.startswith(path) for path in actor.paths(*TRIAGING))
    rows = case.follow_ups.filter(kind=FollowUpKind.AFTER_CARE, note=care.reference).order_by("due_on")
    return CarePage(
        uid=care.uid,
        reference=care.reference,
        child_name=case.person.name,
        child_path=helping_of(case).child_path(case),
        emergency_id=care.emergency.uid if care.emergency else None,
        facts=_facts(care),
        words=care.words,
        is_over=care.ended_at is not None,
        is_late=care.ended_at is None and care.expected_until_at < now,
        after_care=tuple(_after_care_row(row, on=localdate(now)) for row in rows),
        shorter=tuple(m for m in AFTER_CARE_MONTHS if months and decides and AFTER_CARE_AT_LEAST <= m < months),
        reason=care.after_care_reason,
    )


def _after_care_row(row: FollowUp, *, on: date) -> AfterCareRow:
    is_due = row.state == FollowUpState.DUE
    is_overdue = is_due and row.due_on < on
    word = _("Overdue") if is_overdue else FollowUpState(row.state).label
    return AfterCareRow(row.due_on, word, is_due, is_overdue)


def _facts(care: TemporaryCare) -> tuple[Fact, ...]:
    basis = {
        True: gettext("A guardian agreed"),
        False: gettext("Decided by civil affairs"),
        None: gettext("Neither agreed nor decided yet"),
    }
    facts = [
        Fact(_("With whom"), care.carer.name),
        Fact(_("Where the child is"), care.place),
        Fact(_("In care since"), say_moment(care.begun_at)),
        Fact(_("On what basis"), basis[care.is_agreed]),
    ]
    if care.ended_at is None:
        return (*facts, Fact(_("Expected until"), say_moment(care.expected_until_at)))
    ended = [
        Fact(_("Handed back"), say_moment(care.ended_at), note=CareEnd(care.ended_with).label),
        Fact(_("To whom"), care.handed_to),
    ]
    return (*facts, *ended)


def current_care(case: Case) -> TemporaryCare | None:
    return TemporaryCare.objects.filter(Q(case=case), ended_at=None).select_related("carer").first()


def could_take_in(emergency: Emergency, *, actor: Actor, now: datetime) -> list[tuple[UUID, str]]:
    """Those of the stand-by list who said that they come, and who are still on it now."""
    comes = set(who_comes(emergency))
    if not comes:
        return []
    found = helping_of(emergency.case).read_stand_by(actor, emergency.case, frozenset(), now)
    return [(one.uid, f"{one.name} · {one.unit_name}") for one in found.people if one.person_id in comes]
