"""Two jobseekers turn out to be one person: their files become one with all records, and can be parted again.

The file that was there first stays. What hung on the other hangs on it from then on; what both have (the same wish, the
same group) stays with the other, which is closed. All that was moved is noted in the ledger, so that parting puts every
row back where it was; whatever has come since stays where it is.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import CASE_SUBJECT, case_subject
from sunward.casework.actions.services import write_last_contact
from sunward.casework.enums import CaseState
from sunward.casework.finding import findable_case
from sunward.casework.models import Case, Retention
from sunward.casework.recording import withdraw_facts
from sunward.core.refusals import Conflict, NotThere
from sunward.core.search.index import index
from sunward.employment.access.jobseekers import PROGRAMME, get_jobseeker_for_change, kept_files
from sunward.employment.actions.stories import end_releases
from sunward.employment.enums import JobseekerCloseReason
from sunward.employment.models import Jobseeker, JobseekerLink, JobWish
from sunward.employment.queries.joined_files import JOINED, latest_joining
from sunward.ledger.actions import NewFact, record_fact
from sunward.people.actions import COMPLETED, worth_keeping
from sunward.people.duplicates import find_duplicates
from sunward.people.enums import DuplicateState
from sunward.people.merging import merging, take_back_for
from sunward.people.models import Person, PossibleDuplicate

PARTED = "employment.files_parted"
# A link is on somebody's phone: should the two be two persons after all, it must not have opened the other's file.
_STAY_BEHIND = (JobWish, JobseekerLink)
# Of a profile, what is filled in where nothing is known; the first of each line says whether anything is.
_PROFILE = (
    ("education",), ("situation",), ("intention",), ("unemployed_since",), ("is_elsewhere",), ("is_disabled",),
    ("registered_on", "registered_precision"), ("skills",), ("schooling",), ("graduated_on",), ("experience",),
    ("surveyed_on", "surveyed_by_id", "surveyed_situation", "surveyed_intention"),
    ("salary_min", "salary_max"), ("commute_minutes",), ("shifts",),
)  # fmt: skip

Rows = dict[str, list[int]]
take_back_for(PROGRAMME)


@receiver(merging)
def join_files(
    sender: object, *, person_ids: tuple[int, int], actor: Actor, now: datetime, **more: Any
) -> Callable[[], None] | None:
    """Before two persons are merged. Returns what is to be written into the audit record, if both had a file."""
    files = Case.objects.select_for_update(of=("self",)).filter(programme=PROGRAMME, person__in=person_ids)
    cases = list(files.order_by("pk"))
    persons = Person.objects.select_for_update(of=("self",)).filter(pk__in=person_ids).order_by("pk")
    keep, gone = sorted(persons, key=worth_keeping, reverse=True)
    if {case.person_id for case in cases} != {keep.pk, gone.pk}:
        return None
    brought: dict[str, Any] = {
        "persons": [keep.pk, gone.pk],
        "person_rows": _pointing(gone, leave=(Person, PossibleDuplicate)),
        "merged_before": list(Person.objects.filter(merged_into=gone).values_list("pk", flat=True)),
        "completed": [column for column in COMPLETED if not getattr(keep, column) and getattr(gone, column)],
    }
    opened = sorted(
        (case for case in cases if case.state == CaseState.OPEN), key=lambda case: (case.opened_on, case.pk)
    )
    stays = opened[0] if opened else cases[0]
    goes = next((case for case in opened if case.person_id != stays.person_id), None)
    # Of both persons, whichever of them stays: whoever parts them has to keep them all.
    brought["files"] = [case.pk for case in cases if case.pk != stays.pk]
    end_releases([case.pk for case in cases], now=now)
    if goes is not None:
        brought |= {"joined": goes.pk} | _join(goes, stays, now)
    return partial(_record, stays, goes, brought, actor=actor, now=now)


@transaction.atomic
def part_files(*, actor: Actor, case_id: UUID, now: datetime) -> Case:
    """Two persons after all: every row goes back where it was. Only whoever keeps both files may; twice is once."""
    stays = get_jobseeker_for_change(actor=actor, case_id=case_id)
    fact = latest_joining(stays)
    if fact is None:
        return stays
    brought = fact.attributes
    files = list(kept_files(actor).select_for_update(of=("self",)).filter(pk__in=brought["files"]).order_by("pk"))
    keep_id, gone_id = brought["persons"]
    if len(files) != len(brought["files"]):
        raise NotThere("employment.joined_not_there", _("There is no such file, or it is not yours to see."))
    if Retention.objects.filter(case__in=[stays, *files], anonymised_on__isnull=False).exists():
        raise Conflict(
            "employment.joined_emptied", _("What was in these files was emptied for good: there is nothing to part.")
        )
    persons = {row.pk: row for row in Person.objects.select_for_update(of=("self",)).filter(pk__in=(keep_id, gone_id))}
    keep, gone = persons[keep_id], persons[gone_id]
    if keep.merged_into_id is not None or gone.merged_into_id != keep.pk:
        raise Conflict(
            "employment.joined_again",
            _("This person has been merged once more since. Part what was merged last first."),
        )
    # The person may have agreed as the other one; the consents stay where they were written, and a story does not.
    end_releases([stays.pk, *brought["files"]], now=now)
    _part_persons(keep, gone, brought)
    goes = Case.objects.filter(pk=brought.get("joined", 0)).first()
    if goes is not None:
        _part(goes, stays, brought)
    PossibleDuplicate.objects.filter(first__in=persons, second__in=persons).update(
        state=DuplicateState.OPEN, decided_by_id=0, decided_at=None
    )
    find_duplicates([gone.pk])
    withdraw_facts(subject=(CASE_SUBJECT, stays.pk), kinds=(JOINED,), now=now, pk=fact.pk)
    _record_act(PARTED, stays, goes or files[0], actor=actor, now=now)
    return stays


def _join(goes: Case, stays: Case, now: datetime) -> dict[str, Any]:
    """Everything of the one file on the other; returns what was moved."""
    noted: dict[str, Any] = {"wishes": _move_wishes(goes, stays), "rows": _move(goes, stays)}
    noted["profile"] = _fill_profile(goes, stays)
    goes.state, goes.closed_on, goes.close_reason = (
        CaseState.CLOSED,
        timezone.localdate(now),
        JobseekerCloseReason.JOINED,
    )
    goes.version += 1
    goes.save(update_fields=["state", "closed_on", "close_reason", "version"])
    stays.version += 1
    stays.save(update_fields=["version"])
    write_last_contact(stays)
    write_last_contact(goes)
    return noted


def _part(goes: Case, stays: Case, brought: dict[str, Any]) -> None:
    _send_back(brought["rows"], Case, away=stays.pk, home=goes.pk)
    for pk, rank in brought["wishes"]:
        JobWish.objects.filter(pk=pk, case=stays).update(case=goes, rank=rank)
    profiles = {profile.case_id: profile for profile in Jobseeker.objects.filter(case__in=(goes, stays))}
    if brought["profile"] and len(profiles) == 2:
        own, other = profiles[stays.pk], profiles[goes.pk]
        _empty(own, (column for column in brought["profile"] if getattr(own, column) == getattr(other, column)))
    goes.refresh_from_db()
    goes.state, goes.closed_on, goes.close_reason = CaseState.OPEN, None, ""
    goes.version += 1
    goes.save(update_fields=["state", "closed_on", "close_reason", "version"])
    stays.version += 1
    stays.save(update_fields=["version"])
    write_last_contact(stays)
    write_last_contact(goes)
    index([findable_case(case) for case in Case.objects.filter(pk__in=(stays.pk, goes.pk)).select_related("person")])


def _part_persons(keep: Person, gone: Person, brought: dict[str, Any]) -> None:
    _empty(keep, (column for column in brought["completed"] if getattr(keep, column) == getattr(gone, column)))
    gone.merged_into = None
    gone.version += 1
    gone.save(update_fields=["merged_into", "version"])
    Person.objects.filter(pk__in=brought["merged_before"], merged_into=keep).update(merged_into=gone)
    # The joined file is opened again only after it is the other person's: a person has one open file.
    _send_back(brought["person_rows"], Person, away=keep.pk, home=gone.pk)


def _pointing(to: models.Model, *, leave: Iterable[type[models.Model]]) -> Rows:
    """The rows of every floor that point there: ``app.model.column`` to their keys."""
    found: Rows = {}
    for relation in to._meta.related_objects:
        model: Any = relation.related_model
        if model in leave:
            continue
        column = relation.field.attname
        keys = list(model._base_manager.filter(**{column: to.pk}).order_by("pk").values_list("pk", flat=True))
        if keys:
            found[f"{model._meta.label_lower}.{column}"] = keys
    return found


def _move(goes: Case, stays: Case) -> Rows:
    """Row by row: what the other file has as well may not be there twice, and stays behind."""
    moved: Rows = {}
    for name, keys in _pointing(goes, leave=_STAY_BEHIND).items():
        for key in keys:
            try:
                with transaction.atomic():
                    _redirect(name, Case, [key], away=goes.pk, home=stays.pk)
            except IntegrityError:
                continue
            moved.setdefault(name, []).append(key)
    return moved


def _send_back(rows: Rows, to: type[models.Model], *, away: int, home: int) -> None:
    for name, keys in rows.items():
        _redirect(name, to, keys, away=away, home=home)


def _redirect(name: str, to: type[models.Model], keys: list[int], *, away: int, home: int) -> None:
    """Only columns that point to `to`, by their names: what is in the ledger is never a table's name by itself."""
    for relation in to._meta.related_objects:
        model: Any = relation.related_model
        column = relation.field.attname
        if f"{model._meta.label_lower}.{column}" == name:
            model._base_manager.filter(pk__in=keys, **{column: away}).update(**{column: home})


def _move_wishes(goes: Case, stays: Case) -> list[tuple[int, int]]:
    """Behind those of the other file, each once; with the rank that each had."""
    known = list(JobWish.objects.filter(case=stays).order_by("rank"))
    words, last = {wish.words for wish in known}, max((wish.rank for wish in known), default=0)
    moved = []
    for wish in JobWish.objects.filter(case=goes).order_by("rank"):
        if wish.words in words:
            continue
        last += 1
        moved.append((wish.pk, wish.rank))
        JobWish.objects.filter(pk=wish.pk).update(case=stays, rank=last)
    return moved


def _fill_profile(goes: Case, stays: Case) -> list[str]:
    """What only the other profile knows. The words as delivered stay where they were delivered."""
    profiles = {profile.case_id: profile for profile in Jobseeker.objects.filter(case__in=(goes, stays))}
    if len(profiles) < 2:
        return []
    own, other = profiles[stays.pk], profiles[goes.pk]
    filled = [
        column
        for columns in _PROFILE
        if _is_empty(getattr(own, columns[0])) and not _is_empty(getattr(other, columns[0]))
        for column in columns
    ]
    for column in filled:
        setattr(own, column, getattr(other, column))
    if filled:
        own.version += 1
        own.save()
    return filled


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [])


def _empty(row: Person | Jobseeker, columns: Iterable[str]) -> None:
    for column in columns:
        field = row._meta.get_field(column.removesuffix("_id"))
        setattr(row, column, None if field.null else field.get_default())  # type: ignore[union-attr]
    row.version += 1
    row.save()


def _record(stays: Case, goes: Case | None, brought: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    person_id = brought["persons"][0]
    record_fact(
        NewFact(
            kind=JOINED, subject_kind=CASE_SUBJECT, subject_id=stays.pk, happened_on=timezone.localdate(now),
            actor_id=actor.user_id, person_id=person_id, unit_id=stays.unit_id, unit_path=stays.unit_path,
            attributes=brought,
        ),
        now=now,
    )  # fmt: skip
    index([findable_case(case) for case in Case.objects.filter(person=person_id).select_related("person")])
    other = goes or Case.objects.get(pk=brought["files"][0])
    _record_act(JOINED, stays, other, actor=actor, now=now)


def _record_act(code: str, stays: Case, other: Case, *, actor: Actor, now: datetime) -> None:
    for one, beside in ((stays, other), (other, stays)):
        if one.pk != beside.pk:
            record_act(
                actor=actor, code=code, now=now, subject=case_subject(one), unit_path=one.unit_path,
                other_file=beside.reference,
            )  # fmt: skip
