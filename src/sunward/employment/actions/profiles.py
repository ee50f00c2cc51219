"""Correcting what a jobseeker's file says of the person, and the posts they wish for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.finding import findable_case
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, Refusal
from sunward.core.search.index import index
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.enums import Education, Shift
from sunward.employment.models import Jobseeker, JobWish
from sunward.employment.occupations import offer_occupations, sure_code
from sunward.employment.queries.jobseeker_editing import version_of_profile
from sunward.employment.rules import LONGEST_WISH, MOST_WISHES
from sunward.people.enums import Precision
from sunward.people.models import Person
from sunward.people.revising import read_details, revise_person

CHANGED = "employment.jobseeker_changed"
WORKING_AGE = 16  # Labour Law, art. 15


@dataclass(frozen=True, slots=True)
class PersonWords:
    """A person as typed; None leaves what is sealed, an empty text takes it away."""

    name: str
    sex: str
    birth_date: date | None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileWords:
    """A profile as typed. Salaries are yuan a month, `commute_minutes` one way."""

    education: int | None
    schooling: str
    graduated_on: date | None
    skills: tuple[str, ...]
    experience: str
    registered_on: date | None
    unemployed_since: date | None
    is_elsewhere: bool | None
    is_disabled: bool | None
    salary_min: int | None
    salary_max: int | None
    commute_minutes: int | None
    shifts: tuple[str, ...]


class Wish(NamedTuple):
    words: str
    occupation: str


@transaction.atomic
def edit_jobseeker(
    *, actor: Actor, case_id: UUID, version: int, person: PersonWords, profile: ProfileWords, on: date, now: datetime
) -> Case:
    """Correct the file. `version` is the one the person saw; a newer one is a conflict to be merged.

    What the register delivered, and what was said when called, stays: both have acts of their own.
    """
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    row = Person.objects.select_for_update(of=("self",)).get(pk=case.person_id)
    case.person, held = row, get_profile(case)
    if version != version_of_profile(case, held):
        raise _changed()
    _refuse_impossible(person, profile, on)
    before = _columns(case, held)
    _write_person(row, person)
    _write_profile(held, profile)
    index([findable_case(case)])
    changed = sorted(name for name, value in _columns(case, held).items() if before[name] != value)
    record_case_act(case, actor=actor, code="employment.jobseeker_edited", on=on, now=now,
                    attributes={"columns": changed})  # fmt: skip
    return case


@transaction.atomic
def add_wish(*, actor: Actor, case_id: UUID, words: str, on: date, now: datetime) -> None:
    """One more post, after those named before. What says its occupation plainly is coded at once."""
    said = words.strip()
    if not said or len(said) > LONGEST_WISH:
        raise Refusal("employment.wish_words", _("Write the post in sixty signs at most."))

    def add(wishes: list[Wish]) -> list[Wish]:
        if any(wish.words == said for wish in wishes):
            return wishes
        if len(wishes) >= MOST_WISHES:
            raise Refusal("employment.wishes_enough", _("Eight posts are named already. Take one out first."))
        return [*wishes, Wish(said, sure_code(said))]

    _change_wishes(add, "employment.wish_added", actor=actor, case_id=case_id, on=on, now=now)


@transaction.atomic
def remove_wish(*, actor: Actor, case_id: UUID, words: str, on: date, now: datetime) -> None:
    def remove(wishes: list[Wish]) -> list[Wish]:
        return [wish for wish in wishes if wish.words != words]

    _change_wishes(remove, "employment.wish_removed", actor=actor, case_id=case_id, on=on, now=now)


@transaction.atomic
def move_wish_up(*, actor: Actor, case_id: UUID, words: str, version: int, on: date, now: datetime) -> None:
    """Before the one that stood before it. Pressed twice it moves once: `version` is the one the person saw."""

    def move(wishes: list[Wish]) -> list[Wish]:
        place = _place_of(words, wishes)
        if place == 0:
            return wishes
        return [*wishes[: place - 1], wishes[place], wishes[place - 1], *wishes[place + 1 :]]

    _change_wishes(move, "employment.wishes_ordered", actor=actor, case_id=case_id, on=on, now=now, version=version)


@transaction.atomic
def code_wish(*, actor: Actor, case_id: UUID, words: str, occupation: str, on: date, now: datetime) -> None:
    """Which occupation is meant: one of those offered for the words, or none of them."""

    def code(wishes: list[Wish]) -> list[Wish]:
        place = _place_of(words, wishes)
        offered = {offer.code for offer in offer_occupations(words)} | {"", wishes[place].occupation}
        if occupation not in offered:
            raise Refusal("employment.wish_occupation", _("Choose one of the occupations offered, or none of them."))
        return [*wishes[:place], Wish(words, occupation), *wishes[place + 1 :]]

    _change_wishes(code, "employment.wish_coded", actor=actor, case_id=case_id, on=on, now=now)


def get_profile(case: Case) -> Jobseeker:
    """The profile of a locked file; an empty one where a register brought none."""
    return Jobseeker.objects.get_or_create(case=case)[0]


def _change_wishes(
    change: Callable[[list[Wish]], list[Wish]],
    code: str,
    *,
    actor: Actor,
    case_id: UUID,
    on: date,
    now: datetime,
    version: int | None = None,
) -> None:
    """Ranks are unique, so a new order is written anew. What changes nothing is no act: pressed twice, done once."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    profile = get_profile(case)
    if version is not None and version != profile.version:
        raise _changed()
    held = [Wish(*row) for row in JobWish.objects.filter(case=case).order_by("rank").values_list("words", "occupation")]
    wished = change(held)
    if wished == held:
        return
    JobWish.objects.filter(case=case).delete()
    JobWish.objects.bulk_create(
        [JobWish(case=case, rank=rank, **wish._asdict()) for rank, wish in enumerate(wished, start=1)]
    )
    profile.version += 1
    profile.save(update_fields=["version"])
    record_case_act(case, actor=actor, code=code, on=on, now=now)


def _place_of(words: str, wishes: Sequence[Wish]) -> int:
    for place, wish in enumerate(wishes):
        if wish.words == words:
            return place
    raise _changed()


def _write_person(row: Person, person: PersonWords) -> None:
    old = read_details(row)
    details = old._replace(
        name=person.name, sex=person.sex, birth_date=person.birth_date,
        phone=old.phone if person.phone is None else person.phone,
        address=old.address if person.address is None else person.address,
    )  # fmt: skip
    if details.birth_date != old.birth_date:
        details = details._replace(birth_precision=Precision.DAY)
    if details != old:
        revise_person(row, details)
        row.save()


def _write_profile(row: Jobseeker, profile: ProfileWords) -> None:
    if profile.registered_on != row.registered_on:
        row.registered_precision = Precision.DAY
    for name in ProfileWords.__dataclass_fields__:
        value = getattr(profile, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.version += 1
    row.save()


def _refuse_impossible(person: PersonWords, profile: ProfileWords, on: date) -> None:
    days = (person.birth_date, profile.registered_on, profile.unemployed_since)
    if any(day is not None and day > on for day in days):
        raise Refusal("employment.day_to_come", _("One of the days has not come yet. Check it."))
    if profile.education is not None and profile.education not in Education.values:
        raise Refusal("employment.education_code", _("Choose from what is offered."))
    if any(shift not in Shift.values for shift in profile.shifts):
        raise Refusal("employment.shift_code", _("Choose from what is offered."))
    low, high = profile.salary_min, profile.salary_max
    if low is not None and high is not None and low > high:
        raise Refusal("employment.wished_salary", _("The wished salary begins above where it ends. Check both."))
    birth = person.birth_date
    if birth is not None and (on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))) < WORKING_AGE:
        raise Refusal(
            "employment.under_age",
            _("Nobody under sixteen may be placed in work. Check the date of birth; if it is right, close the file."),
        )


def _columns(case: Case, profile: Jobseeker) -> dict[str, Any]:
    """What the edit may change, by column: the audit record names columns, never values."""
    person = case.person
    return {
        "name": person.name, "sex": person.sex, "birth_date": person.birth_date, "phone": person.phone_index,
        "address": person.address,
    } | {name: getattr(profile, name) for name in ProfileWords.__dataclass_fields__}  # fmt: skip


def _changed() -> Conflict:
    return Conflict(CHANGED, _("Somebody else has just changed this file. Look at it again."))
