"""Who lives together: moving in with somebody, and moving out. A person has one home at a time; an old one is kept.

Inside the caller's act, which decides who may and keeps the record.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q

from sunward.people.models import Guardianship, GuardianshipQuerySet, Household, HouseholdMember, Person


@transaction.atomic
def share_household(*, person: Person, other: Person, role: str, on: date) -> HouseholdMember:
    """From the day on `other` lives with `person`, and is `role` there. Returns the membership of `other`.

    They meet in the home that is known: the one of `person`, else of `other`, else a new one. Whoever lives elsewhere
    leaves there that day.
    """
    homes = _hold_homes(person, other, on=on)
    lived_in, moved_from = homes.get(person.pk), homes.get(other.pk)
    known = lived_in or moved_from
    home_id = known.household_id if known else _new_home(person).pk
    if lived_in is None:
        HouseholdMember.objects.create(household_id=home_id, person=person, from_on=on)
    if moved_from is None or moved_from.household_id != home_id:
        if moved_from is not None:
            _leave(moved_from, on=on)
        moved_from = HouseholdMember(household_id=home_id, person=other, from_on=on)
    moved_from.role = moved_from.role or role[:40]
    moved_from.save()
    _care_between(other.pk, [person.pk], on=on).update(lives_together=True)
    return moved_from


@transaction.atomic
def leave_household(*, member_id: int, on: date) -> bool:
    """From the day on this member lives there no longer; the row stays with its last day. False if they had left."""
    member = HouseholdMember.objects.current(on=on).filter(pk=member_id).select_related("person").first()
    if member is None:
        return False
    held = _hold_homes(member.person, on=on).get(member.person_id)
    if held is None or held.pk != member_id:
        return False
    _leave(held, on=on)
    return True


def join_homes(*, gone: Person, keep: Person) -> None:
    """Two rows turn out to be one person: who lives with the one lives with the other, in the home of `keep`."""
    # A membership that has ended is a memory; only the open ones compete for the one home.
    held = {row.person_id: row for row in HouseholdMember.objects.filter(person__in=(gone, keep), until_on=None)}
    if len(held) < 2:
        return
    old = held[gone.pk]
    old.delete()
    HouseholdMember.objects.filter(household_id=old.household_id, until_on=None).update(
        household_id=held[keep.pk].household_id
    )


def _hold_homes(*persons: Person, on: date) -> dict[int, HouseholdMember]:
    """Where each lives on the day, by person. The persons are held, so that two who press at once come one by one."""
    ids = [person.pk for person in persons]
    list(Person.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    return {row.person_id: row for row in HouseholdMember.objects.current(on=on).filter(person__in=ids)}


def _new_home(person: Person) -> Household:
    return Household.objects.create(unit_id=person.unit_id, unit_path=person.unit_path)


def _leave(member: HouseholdMember, *, on: date) -> None:
    """Nobody who stays behind lives together with whoever cares, or is cared for, elsewhere."""
    member.until_on = on
    member.save(update_fields=["until_on"])
    left = HouseholdMember.objects.current(on=on).filter(household_id=member.household_id)
    _care_between(member.person_id, list(left.values_list("person_id", flat=True)), on=on).update(lives_together=False)


def _care_between(person_id: int, others: list[int], *, on: date) -> GuardianshipQuerySet:
    return Guardianship.objects.current(on=on).filter(
        Q(guardian=person_id, child__in=others) | Q(child=person_id, guardian__in=others)
    )
