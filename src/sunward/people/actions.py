"""Acts on persons: registering many at once, and deciding whether two are one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.bulk import insert_rows, new_uids, reserve_ids
from sunward.core.refusals import Conflict
from sunward.people.access import get_duplicate_for_change
from sunward.people.enums import DuplicateState
from sunward.people.households import join_homes
from sunward.people.merging import merging
from sunward.people.models import Person, PossibleDuplicate
from sunward.people.names import name_key
from sunward.people.queries import find_by_id_index, find_by_name_and_phone, names_of
from sunward.people.registering import PersonDetails, id_indexes, new_pseudonyms, phone_indexes

PERSON_SUBJECT = "person"
_COLUMNS = (
    "id", "uid", "programme", "name", "name_key", "sex", "birth_date", "birth_precision", "id_kind", "id_number",
    "id_index", "phone", "phone_index", "address", "unit_id", "unit_path", "lon", "lat", "pseudonym",
)  # fmt: skip

# What the one who stays is told by the one who goes, where it was not known.
COMPLETED = ("sex", "birth_date", "phone", "phone_index", "address")


class Registered(NamedTuple):
    """A person by number; `is_new` tells whether this call made them known. `misfits`: the document number is that of
    somebody with another name, so that nobody was found and nobody made (`id` is 0)."""

    id: int
    is_new: bool
    misfits: bool = False


def register_persons(details: Sequence[PersonDetails], *, programme: str, living_in: str = "") -> list[Registered]:
    """Find or add each person among those of the programme, in order; inside the caller's transaction.

    Found by document number together with the name, or without a number by name and phone; never by one of them alone:
    a number that was guessed, or mistyped, opens nobody's values. With `living_in`, name and phone alone find nobody
    outside this path. Who is found stays as is. Two of the `details` that are the same person become one.
    """
    numbers = id_indexes(person.id_number for person in details)
    phones = phone_indexes(person.phone for person in details)
    by_number = find_by_id_index((number for number in numbers if number), programme=programme)
    names = names_of(by_number.values())
    without = {
        (person.name, phone)
        for person, number, phone in zip(details, numbers, phones, strict=True)
        if phone and not number
    }
    by_phone = find_by_name_and_phone(without, programme=programme, living_in=living_in)
    found: list[Registered] = []
    rows: list[tuple[object, ...]] = []
    count = len(details)
    free = iter(zip(reserve_ids(Person, count), new_uids(count), new_pseudonyms(count), strict=True))
    for person, number, phone in zip(details, numbers, phones, strict=True):
        named = (person.name, phone)
        held = by_number.get(number) if number else by_phone.get(named) if phone else None
        if held is not None:
            fits = not number or person.name in names[held]
            found.append(Registered(held, is_new=False) if fits else Registered(0, is_new=False, misfits=True))
            continue
        new, uid, pseudonym = next(free)
        rows.append(_row(new, uid, programme, pseudonym, person, number, phone))
        found.append(Registered(new, is_new=True))
        if number:
            by_number[number], names[new] = new, frozenset({person.name})
        if phone:
            by_phone.setdefault(named, new)
    insert_rows(Person, _COLUMNS, rows)
    return found


def _row(
    new: int, uid: str, programme: str, pseudonym: str, person: PersonDetails, number: str | None, phone: str
) -> tuple[object, ...]:
    return (
        new, uid, programme, person.name, name_key(person.name), person.sex, person.birth_date, person.birth_precision,
        person.id_kind, person.id_number, number, person.phone, phone, person.address, person.unit_id,
        person.unit_path, person.lon, person.lat, pseudonym,
    )  # fmt: skip


@transaction.atomic
def declare_two_persons(*, actor: Actor, duplicate_id: int, now: datetime) -> PossibleDuplicate:
    """Settle that the two are not one; the pair is not shown again."""
    pair = get_duplicate_for_change(actor=actor, duplicate_id=duplicate_id)
    _settle(pair, DuplicateState.DIFFERENT, actor=actor, now=now)
    return pair


@transaction.atomic
def merge_persons(*, actor: Actor, duplicate_id: int, now: datetime) -> PossibleDuplicate:
    """Settle that the two are one: everything of the one is hung on the other; its row stays and points there.

    What can exist only once per person (an open file in one programme, a volunteer's file) is not decided here: if both
    have it, the act is refused. What a floor above can decide it does before (`merging`).
    """
    pair = get_duplicate_for_change(actor=actor, duplicate_id=duplicate_id)
    person_ids = (pair.first_id, pair.second_id)
    answers: list[tuple[Any, Any]] = merging.send(sender=Person, person_ids=person_ids, actor=actor, now=now)
    keep, gone = sorted(Person.objects.select_for_update().filter(pk__in=person_ids), key=worth_keeping, reverse=True)
    try:
        with transaction.atomic():
            join_homes(gone=gone, keep=keep)
            _hang_over(gone, keep)
    except IntegrityError as error:
        raise Conflict(
            "people.both_have_a_file",
            _("Both have a file of the same kind that is open. Close one of the two first, then merge."),
        ) from error
    _complete(keep, gone)
    _settle(pair, DuplicateState.SAME, actor=actor, now=now, kept=keep.pk, merged=gone.pk)
    for _receiver, write in answers:
        if write is not None:
            write()
    return pair


def worth_keeping(person: Person) -> tuple[bool, int]:
    """Who stays: the one with a document number, else the one known first."""
    return (bool(person.id_index), -person.pk)


def _hang_over(gone: Person, keep: Person) -> None:
    """Every row of every floor that points to `gone` points to `keep` from now on."""
    for relation in Person._meta.related_objects:
        model, column = relation.related_model, relation.field.name
        if model in (Person, PossibleDuplicate) or not isinstance(model, type):
            continue
        model._base_manager.filter(**{column: gone}).update(**{column: keep})
    Person.objects.filter(merged_into=gone).update(merged_into=keep)


def _complete(keep: Person, gone: Person) -> None:
    """What only the merged row knew is kept."""
    for column in COMPLETED:
        if not getattr(keep, column):
            setattr(keep, column, getattr(gone, column))
    keep.version += 1
    keep.save()
    gone.merged_into = keep
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])
    PossibleDuplicate.objects.filter(models.Q(first=gone) | models.Q(second=gone), state=DuplicateState.OPEN).exclude(
        models.Q(first=keep) | models.Q(second=keep)
    ).delete()


def _settle(pair: PossibleDuplicate, state: DuplicateState, *, actor: Actor, now: datetime, **detail: int) -> None:
    pair.state, pair.decided_by_id, pair.decided_at = state, actor.user_id, now
    pair.save(update_fields=["state", "decided_by_id", "decided_at"])
    record_act(
        actor=actor, code=f"people.duplicate_{state}", now=now, subject=Subject(PERSON_SUBJECT, pair.first_id),
        unit_path=pair.unit_path, other=pair.second_id, points=pair.points, **detail,
    )  # fmt: skip


def forget_persons(ids: Iterable[int]) -> int:
    """Take away persons to whom nothing points any more; whoever is still spoken of stays. Returns how many went.

    Only for undoing what made them known: no act on a person known otherwise may come here.
    """
    left = set(ids)
    for relation in Person._meta.related_objects:
        model, column = relation.related_model, relation.field.attname
        if model is PossibleDuplicate or not isinstance(model, type):
            continue
        left -= set(model._base_manager.filter(**{f"{column}__in": left}).values_list(column, flat=True))
    gone, _by_kind = Person.objects.filter(pk__in=left).delete()
    return gone
