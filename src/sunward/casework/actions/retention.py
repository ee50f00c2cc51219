"""Listing closed files whose time is over, keeping one longer, and emptying it for good: in two steps, never in one."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM
from sunward.casework.anonymising import belongings, blank_of, emptied_columns, empty
from sunward.casework.enums import JOINED, CaseState, KeepReason
from sunward.casework.finding import findable_case
from sunward.casework.keeping import EXTENSION, Keeping, keepings
from sunward.casework.models import Case, Retention
from sunward.casework.queries.retention import list_ripe, read_holds, retainable_files
from sunward.casework.recording import record_case_act
from sunward.core.refusals import NotThere, Refusal
from sunward.core.search.index import index
from sunward.people.enums import Precision
from sunward.people.models import Household, HouseholdMember, Person


@transaction.atomic
def put_on_list(*, case_pk: int, on: date, now: datetime) -> bool:
    """The first step: from today it stands on the list of whoever answers for it, for thirty days at least."""
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_pk, state=CaseState.CLOSED).first()
    if case is None or case.closed_on is None or Retention.objects.filter(case=case).exists():
        return False
    due_on = keepings()[case.programme].due_on(case.closed_on, case.close_reason)
    Retention.objects.create(case=case, due_on=due_on, listed_on=on)
    record_case_act(case, actor=SYSTEM, code="casework.retention_listed", on=on, now=now)
    return True


@transaction.atomic
def take_off_list(*, on: date) -> int:
    """What was opened again is no longer over, and its time begins anew if it was closed once more."""
    again = Q(case__state=CaseState.OPEN) | Q(case__closed_on__gte=F("listed_on"))
    return Retention.objects.filter(again, anonymised_on=None).delete()[0]


@transaction.atomic
def keep_longer(
    *, actor: Actor, programme: str, case_id: UUID, because: KeepReason, until_on: date, on: date, now: datetime
) -> Retention:
    mine = retainable_files(actor, keepings()[programme])
    case = mine.select_for_update(of=("self",)).filter(uid=case_id, state=CaseState.CLOSED).first()
    row = Retention.objects.filter(case=case, anonymised_on=None).first() if case else None
    if case is None or row is None:
        raise NotThere("casework.not_on_the_list", _("This file does not stand on the list."))
    if not on < until_on <= on + EXTENSION:
        raise Refusal(
            "casework.kept_too_long", _("A file is kept longer by a year at most; afterwards it is asked again.")
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
    if not list_ripe(on=on, only=case_pk):
        return False
    # Whoever opens a file for the same person waits, and finds the person forgotten.
    Person.objects.select_for_update(of=("self",)).get(pk=case.person_id)
    keeping = keepings()[case.programme]
    parts = _parts_of(case)
    if read_holds(keeping, [part.pk for part in parts]):
        return False
    files = [*parts, case]
    for file in files:
        _empty_file(file, keeping, on)
    people = keeping.find_people(case)
    _empty_people(people, keeping)
    done = {"anonymised_on": on}
    for file in files:
        first = {"due_on": on, "listed_on": on} | done
        Retention.objects.update_or_create(case=file, defaults=done, create_defaults=first)
    emptied = Case.objects.filter(pk__in=[file.pk for file in files]).select_related("person")
    index([findable_case(file) for file in emptied])
    record_case_act(
        case, actor=SYSTEM, code="casework.case_anonymised", on=on, now=now, attributes={"people": len(people)}
    )
    return True


def _parts_of(case: Case) -> list[Case]:
    """Files that became part of this one while it was open: what had no room in it lies in them still."""
    parts = Case.objects.select_for_update(of=("self",)).filter(
        programme=case.programme, person=case.person_id, state=CaseState.CLOSED, close_reason=JOINED,
        closed_on__lte=case.closed_on,
    )  # fmt: skip
    return list(parts.exclude(retention__anonymised_on__isnull=False).order_by("pk"))


def _empty_file(case: Case, keeping: Keeping, on: date) -> None:
    keeping.empty_rest(case, on)
    empty(belongings(Case), [case.pk])
    Case.objects.filter(pk=case.pk).update(**_blanks(Case))


def _empty_people(keys: list[int], keeping: Keeping) -> None:
    """Rows stay for the sake of the figures, under their pseudonyms; of the birth only the year is left."""
    if not keys:
        return
    empty(belongings(Person, (Case, *keeping.standing)), keys)
    for person in Person.objects.filter(pk__in=keys):
        blanks = _blanks(Person) | {
            "name": person.pseudonym, "name_key": "", "id_kind": "", "id_index": None, "phone_index": "", "lon": None,
            "lat": None, "birth_date": person.birth_date.replace(month=1, day=1) if person.birth_date else None,
            "birth_precision": Precision.YEAR,
        }  # fmt: skip
        Person.objects.filter(pk=person.pk).update(**blanks)
    _empty_homes(keys)


def _empty_homes(keys: list[int]) -> None:
    """What was noted of a home in which nobody is left who may be known. An emptied person is found by no name."""
    homes = HouseholdMember.objects.filter(person__in=keys).values("household")
    known = HouseholdMember.objects.filter(household__in=homes).exclude(person__name_key="").values("household")
    Household.objects.filter(pk__in=homes).exclude(pk__in=known).update(note="")


def _blanks(model: type[Case] | type[Person]) -> dict[str, object]:
    return {column: blank_of(model._meta.get_field(column)) for column in emptied_columns(model)}  # type: ignore[arg-type]
