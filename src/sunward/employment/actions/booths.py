"""Employers at a fair: invited, coming or not, with which of their vacancies. The gathering's row locks all."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.employer_page import employer_actor, get_passed_employer_link
from sunward.employment.access.fairs import booth_not_there, employers_booths, get_fair_for_change
from sunward.employment.access.vacancies import visible_employers
from sunward.employment.actions.interviews import give_back_all
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.models import Booth, BoothVacancy, EmployerLink, Interview, Vacancy
from sunward.gatherings.access import GATHERING_SUBJECT
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering

VACANCIES_AT_MOST = 30
# Whose word it may be, and from where to where: whoever was taken off is invited anew.
FOLLOWS = {
    BoothState.INVITED: (BoothState.CONFIRMED, BoothState.DECLINED, BoothState.WITHDRAWN),
    BoothState.CONFIRMED: (BoothState.DECLINED, BoothState.WITHDRAWN),
    BoothState.DECLINED: (BoothState.CONFIRMED, BoothState.WITHDRAWN),
    BoothState.WITHDRAWN: (BoothState.INVITED,),
}
CODES = {state: f"employment.booth_{state}" for state in BoothState}


@transaction.atomic
def invite_employer(
    *, actor: Actor, gathering_id: UUID, employer_id: UUID, place: str = "", on: date, now: datetime
) -> Booth:
    """Twice is once; one that was taken off before is invited again."""
    gathering = get_fair_for_change(actor=actor, gathering_id=gathering_id)
    _refuse_over(gathering)
    employer = visible_employers(actor).filter(uid=employer_id).first()
    if employer is None:
        raise NotThere("employment.employer_not_there", _("There is no such employer, or it is not yours to see."))
    booth = Booth.objects.filter(gathering=gathering, employer=employer).select_related("employer").first()
    if booth is None:
        booth = Booth.objects.create(
            gathering=gathering, employer=employer, place=place.strip()[:20], made_by_id=actor.user_id, made_at=now
        )
        _record(booth, BoothState.INVITED, actor=actor, now=now)
    elif booth.state == BoothState.WITHDRAWN:
        _go(booth, BoothState.INVITED, actor=actor, now=now)
    return booth


@transaction.atomic
def answer_booth(
    *, actor: Actor, gathering_id: UUID, booth_id: UUID, version: int, state: BoothState, on: date, now: datetime
) -> Booth:
    """What the employer told the office, or that the office takes it off. Said twice, it is said once."""
    booth = _lock(get_fair_for_change(actor=actor, gathering_id=gathering_id), booth_id)
    return _answer(booth, state, version=version, actor=actor, now=now)


@transaction.atomic
def answer_own_booth(
    *, token: str, shown: str, booth_id: UUID, version: int, state: BoothState, on: date, now: datetime
) -> Booth:
    """On the employer's own page: it comes, or it does not."""
    link = get_passed_employer_link(token=token, shown=shown, on=on, now=now)
    if state not in (BoothState.CONFIRMED, BoothState.DECLINED):
        raise Refusal("employment.booth_answer", _("Please say whether you come."))
    booth = _lock_own(link, booth_id, on=on)
    return _answer(booth, state, version=version, actor=employer_actor(link, on=on), now=now)


@transaction.atomic
def place_booth(*, actor: Actor, gathering_id: UUID, booth_id: UUID, version: int, place: str, now: datetime) -> Booth:
    """Where it stands, in the words of the signs."""
    booth = _lock(get_fair_for_change(actor=actor, gathering_id=gathering_id), booth_id)
    place = place.strip()[:20]
    if booth.place == place:
        return booth
    _refuse_old(booth, version)
    booth.place = place
    _save(booth, "place")
    record_act(
        actor=actor, code="employment.booth_placed", now=now, subject=Subject(GATHERING_SUBJECT, booth.gathering_id),
        unit_path=booth.gathering.unit_path, booth=booth.pk,
    )  # fmt: skip
    return booth


@transaction.atomic
def choose_vacancies(
    *, actor: Actor, gathering_id: UUID, booth_id: UUID, version: int, vacancies: Collection[UUID], on: date,
    now: datetime,
) -> Booth:  # fmt: skip
    """These and no others: open and verified ones of this employer."""
    booth = _lock(get_fair_for_change(actor=actor, gathering_id=gathering_id), booth_id)
    return _choose(booth, vacancies, version=version, actor=actor, on=on, now=now)


@transaction.atomic
def choose_own_vacancies(
    *, token: str, shown: str, booth_id: UUID, version: int, vacancies: Collection[UUID], on: date, now: datetime
) -> Booth:
    link = get_passed_employer_link(token=token, shown=shown, on=on, now=now)
    booth = _lock_own(link, booth_id, on=on)
    return _choose(booth, vacancies, version=version, actor=employer_actor(link, on=on), on=on, now=now)


def bringable(booth: Booth, *, on: date) -> list[Vacancy]:
    """What the employer may bring: what is open on the day, and what stands there already."""
    own = Vacancy.objects.filter(employer=booth.employer_id)
    found = own.open(on=on) | own.filter(booth_lines__booth=booth)
    return list(found.distinct().order_by("title", "pk"))


def _choose(booth: Booth, wanted: Collection[UUID], *, version: int, actor: Actor, on: date, now: datetime) -> Booth:
    known = {row.uid: row for row in bringable(booth, on=on)}
    old = {line.vacancy_id: line for line in booth.lines.all()}
    if not set(wanted) <= set(known):
        raise Refusal(
            "employment.booth_vacancy_not_open",
            _("One of these vacancies is not open any more. Look at the list again."),
        )
    rows = {known[uid].pk for uid in wanted}
    if rows == set(old):
        return booth
    _refuse_old(booth, version)
    _refuse_over(booth.gathering)
    if len(rows) > VACANCIES_AT_MOST:
        raise Refusal("employment.booth_full", _("A booth shows thirty vacancies at most."))
    gone = set(old) - rows
    if Interview.objects.filter(slot__booth=booth, vacancy__in=gone, state=InterviewState.TAKEN).exists():
        raise Conflict(
            "employment.booth_vacancy_taken",
            _("Somebody has taken a time for one of the vacancies that you left out. It has to stay."),
        )
    booth.lines.filter(vacancy__in=gone).delete()
    BoothVacancy.objects.bulk_create(BoothVacancy(booth=booth, vacancy_id=pk) for pk in sorted(rows - set(old)))
    _save(booth)
    record_act(
        actor=actor, code="employment.booth_vacancies_chosen", now=now,
        subject=Subject(GATHERING_SUBJECT, booth.gathering_id), unit_path=booth.gathering.unit_path, booth=booth.pk,
        vacancies=len(rows),
    )  # fmt: skip
    return booth


def _answer(booth: Booth, state: BoothState, *, version: int, actor: Actor, now: datetime) -> Booth:
    if booth.state == state:
        return booth
    _refuse_old(booth, version)
    _refuse_over(booth.gathering)
    if state not in FOLLOWS[BoothState(booth.state)]:
        raise Conflict("employment.booth_order", _("This does not follow from how it stands now. Look at it again."))
    booth.answered_at = now
    _go(booth, state, actor=actor, now=now)
    if state in (BoothState.DECLINED, BoothState.WITHDRAWN):
        give_back_all(booth, actor=actor, now=now)
    return booth


def _go(booth: Booth, state: BoothState, *, actor: Actor, now: datetime) -> None:
    booth.state = state
    _save(booth, "state", "answered_at")
    _record(booth, state, actor=actor, now=now)


def _lock(gathering: Gathering, booth_id: UUID) -> Booth:
    booth = Booth.objects.filter(gathering=gathering, uid=booth_id).select_related("employer").first()
    if booth is None:
        raise booth_not_there()
    booth.gathering = gathering
    return booth


def _lock_own(link: EmployerLink, booth_id: UUID, *, on: date) -> Booth:
    among = employers_booths(link, on=on).filter(uid=booth_id).values("gathering")
    gathering = Gathering.objects.select_for_update(of=("self",)).filter(pk__in=among).first()
    # Once more under the lock: one that was taken off a moment ago is nobody's any more.
    if gathering is None or not employers_booths(link, on=on).filter(uid=booth_id).exists():
        raise booth_not_there()
    return _lock(gathering, booth_id)


def _save(booth: Booth, *fields: str) -> None:
    booth.version += 1
    booth.save(update_fields=[*fields, "version"])


def _refuse_old(booth: Booth, version: int) -> None:
    if booth.version != version:
        raise Conflict("employment.booth_changed", _("Somebody else has just changed this booth. Look at it again."))


def _refuse_over(gathering: Gathering) -> None:
    if gathering.state not in (GatheringState.DRAFT, GatheringState.PUBLISHED):
        raise Refusal("employment.fair_over", _("This gathering is over or cancelled: its booths stay as they are."))


def _record(booth: Booth, state: BoothState, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=CODES[state], now=now, subject=Subject(GATHERING_SUBJECT, booth.gathering_id),
        unit_path=booth.gathering.unit_path, booth=booth.pk, employer=booth.employer_id,
    )  # fmt: skip
