"""Listing closed files whose time is over, keeping one longer, and emptying it for good: in two steps, never in one."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM
from sunward.casework.anonymising import belongings, blank_of, emptied_columns, empty
from sunward.casework.enums import CaseState, KeepReason
from sunward.casework.finding import findable_case
from sunward.casework.models import Case, Retention
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotThere, Refusal
from sunward.core.search.index import index
from sunward.gatherings.models import SignUp
from sunward.mentoring.access import visible_children
from sunward.mentoring.models import Mentor
from sunward.mentoring.queries.retention import RETAINING_ROLES, due_on, list_ripe
from sunward.mentoring.rules import RETENTION_EXTENSION_DAYS
from sunward.people.enums import Precision
from sunward.people.models import ConsentRecord, Guardianship, HouseholdMember, Person
from sunward.registers.models import StagedRow
from sunward.safeguarding.models import TemporaryCare


@transaction.atomic
def put_on_list(*, case_pk: int, on: date, now: datetime) -> bool:
    """The first step: from today it stands on the list of whoever supervises it, for thirty days at least."""
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_pk, state=CaseState.CLOSED).first()
    if case is None or case.closed_on is None or Retention.objects.filter(case=case).exists():
        return False
    Retention.objects.create(case=case, due_on=due_on(case.closed_on, case.close_reason), listed_on=on)
    record_case_act(case, actor=SYSTEM, code="casework.retention_listed", on=on, now=now)
    return True


@transaction.atomic
def take_off_list(*, on: date) -> int:
    """What was opened again is no longer over."""
    return Retention.objects.filter(case__state=CaseState.OPEN, anonymised_on=None).delete()[0]


@transaction.atomic
def keep_longer(
    *, actor: Actor, case_id: UUID, because: KeepReason, until_on: date, on: date, now: datetime
) -> Retention:
    mine = visible_children(actor).within(actor.paths(*RETAINING_ROLES))
    case = mine.select_for_update(of=("self",)).filter(uid=case_id, state=CaseState.CLOSED).first()
    row = Retention.objects.filter(case=case, anonymised_on=None).first() if case else None
    if case is None or row is None:
        raise NotThere("mentoring.not_on_the_list", _("This file does not stand on the list."))
    if not on < until_on <= on + timedelta(days=RETENTION_EXTENSION_DAYS):
        raise Refusal(
            "mentoring.kept_too_long", _("A file is kept longer by a year at most; afterwards it is asked again.")
        )
    row.kept_until_on, row.kept_because, row.kept_by_id = until_on, because, actor.user_id
    row.save(update_fields=["kept_until_on", "kept_because", "kept_by_id"])
    record_case_act(
        case, actor=actor, code="casework.kept_longer", on=on, now=now,
        attributes={"because": str(because), "until": until_on.isoformat()},
    )  # fmt: skip
    return row


@transaction.atomic
def anonymise_case(*, case_pk: int, on: date, now: datetime) -> bool:
    """The second step, and no way back: what is left says how many, never who. Looks again whether it may be.

    Figures, facts and the record of acts stay as they are: they hold numbers and codes.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case_pk)
    if case_pk not in list_ripe(on=on):
        return False
    _empty_file(case)
    people = _nobody_needs(case)
    _empty_people(people)
    Retention.objects.filter(case=case).update(anonymised_on=on)
    case.refresh_from_db()
    index([findable_case(case)])
    record_case_act(
        case, actor=SYSTEM, code="casework.case_anonymised", on=on, now=now, attributes={"people": len(people)}
    )
    return True


def _empty_file(case: Case) -> None:
    empty(belongings(Case), [case.pk])
    Case.objects.filter(pk=case.pk).update(**_blanks(Case))
    about = Q(created_kind="case", created_id=case.pk) | Q(duplicate_kind="case", duplicate_id=case.pk)
    StagedRow.objects.filter(about).update(raw="", record="")


def _nobody_needs(case: Case) -> list[int]:
    """The child, and whoever is known only because of it: guardians and housemates without a part of their own."""
    near = {case.person_id, *case.person.guardianships.values_list("guardian_id", flat=True)}
    homes = HouseholdMember.objects.filter(person=case.person_id).values("household")
    near |= set(HouseholdMember.objects.filter(household__in=homes).values_list("person_id", flat=True))
    near |= set(Person.objects.filter(merged_into__in=near).values_list("pk", flat=True))
    alive = Case.objects.exclude(pk=case.pk).exclude(retention__anonymised_on__isnull=False)
    needed = set(alive.filter(person__in=near).values_list("person_id", flat=True))
    needed |= set(Mentor.objects.filter(person__in=near).values_list("person_id", flat=True))
    others = Guardianship.objects.filter(guardian__in=near, child__cases__in=alive)
    needed |= set(others.values_list("guardian_id", flat=True))
    live_homes = HouseholdMember.objects.filter(person__cases__in=alive).values("household")
    mates = HouseholdMember.objects.filter(household__in=live_homes, person__in=near - {case.person_id})
    needed |= set(mates.values_list("person_id", flat=True))
    # Who has another child in her care, or has answered for one, is needed there, guardian or not.
    caring = TemporaryCare.objects.filter(carer__in=near, case__in=alive)
    needed |= set(caring.values_list("carer_id", flat=True))
    given = ConsentRecord.objects.filter(given_by__in=near, person__cases__in=alive)
    needed |= set(given.values_list("given_by_id", flat=True))
    signed = SignUp.objects.filter(person__in=near - {case.person_id})
    needed |= set(signed.values_list("person_id", flat=True))
    return sorted(near - needed)


def _empty_people(keys: list[int]) -> None:
    """Rows stay for the sake of the figures, under their pseudonyms; of the birth only the year is left."""
    if not keys:
        return
    empty(belongings(Person, (Case, Mentor)), keys)
    for person in Person.objects.filter(pk__in=keys):
        blanks = _blanks(Person) | {
            "name": person.pseudonym, "name_key": "", "id_kind": "", "id_index": None, "phone_index": "", "lon": None,
            "lat": None, "birth_date": person.birth_date.replace(month=1, day=1) if person.birth_date else None,
            "birth_precision": Precision.YEAR,
        }  # fmt: skip
        Person.objects.filter(pk=person.pk).update(**blanks)


def _blanks(model: type[Case] | type[Person]) -> dict[str, object]:
    return {column: blank_of(model._meta.get_field(column)) for column in emptied_columns(model)}  # type: ignore[arg-type]
