"""A vacancy written down by hand: read and checked as an imported one is, and held if something is found."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.employment.access.vacancies import (
    VACANCY_SUBJECT,
    addable_units,
    changeable_vacancies,
    find_employer,
    vacancy_subject,
)
from sunward.employment.access.visits import get_visit_for_change
from sunward.employment.actions.likenesses import note_likenesses
from sunward.employment.enums import Channel, VacancyState
from sunward.employment.models import Employer, EmployerVisit, Vacancy, VacancySource
from sunward.employment.vacancies.findings import find_in_wording
from sunward.employment.vacancies.industry_groups import group_of
from sunward.employment.vacancies.likeness import employer_core
from sunward.employment.vacancies.salaries import SalaryFlag, read_salary
from sunward.ledger.actions import NewFact, record_fact
from sunward.people.credit_codes import read_credit_code

ADDED = "employment.vacancy_added"
PLACES_AT_MOST, LONGEST_DESCRIPTION = 2_000, 10_000
_UNFIT = {SalaryFlag.NOT_CREDIBLE, SalaryFlag.UNREADABLE, SalaryFlag.UNIT_MISSING}


@dataclass(frozen=True, slots=True)
class VacancyDetails:
    employer: str
    title: str
    kind: str
    places: int
    salary_text: str
    description: str
    workplace: str
    unit_id: int
    channel: str
    uscc: str = ""
    education: int | None = None
    valid_until: date | None = None
    contact_name: str = ""
    contact_phone: str = ""
    visit: UUID | None = None


@transaction.atomic
def add_vacancy(*, actor: Actor, key: UUID, details: VacancyDetails, on: date, now: datetime) -> Vacancy:
    """`key` is the form's own: sent twice, it is one vacancy. It waits for somebody to verify it.

    With `details.visit` it came of a visit to its employer: source and fact name the visit.
    """
    unit = addable_units(actor).select_for_update(no_key=True).filter(pk=details.unit_id).first()
    if unit is None:
        raise NotAllowed("employment.vacancy_unit", _("Choose a unit that you may add vacancies for."))
    known = changeable_vacancies(actor).filter(uid=key).first()
    if known is not None:
        return known
    if Vacancy.objects.filter(uid=key).exists():
        raise Conflict("employment.vacancy_key_taken", _("This form has been used already. Open a new one."))
    refuse_impossible(details, on)
    visit = _visit(details, actor)
    employer = _employer(details, unit, actor, now) if visit is None else visit.employer
    channel = details.channel if visit is None else _channel_of(visit)
    return keep_vacancy(
        replace(details, channel=channel), actor=actor, key=key, unit=unit, employer=employer, on=on, now=now,
        visit=visit,
    )  # fmt: skip


def keep_vacancy(
    details: VacancyDetails,
    *,
    actor: Actor,
    key: UUID,
    unit: Unit,
    employer: Employer,
    on: date,
    now: datetime,
    visit: EmployerVisit | None = None,
) -> Vacancy:
    """Within the caller's act, once everything is known to be possible: the row, its source, fact and record."""
    row = _make(details, actor=actor, key=key, unit=unit, employer=employer, now=now)
    channel = details.channel
    VacancySource.objects.create(
        vacancy=row, channel=channel, title=row.title, salary_text=row.salary_text, visit=visit, told_at=now
    )
    note_likenesses(row)
    record_fact(
        NewFact(
            kind=ADDED, subject_kind=VACANCY_SUBJECT, subject_id=row.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=unit.pk, unit_path=unit.path,
            attributes={"channel": channel, **_industry(employer), **({} if visit is None else {"visit": visit.pk})},
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=actor, code=ADDED, now=now, subject=vacancy_subject(row), unit_path=unit.path)
    return row


def _industry(employer: Employer) -> dict[str, str]:
    """The group of industries that the employer belongs to on the day, if its code says so."""
    group = group_of(employer.industry)
    return {"industry": group.value} if group else {}


def _make(
    details: VacancyDetails, *, actor: Actor, key: UUID, unit: Unit, employer: Employer, now: datetime
) -> Vacancy:
    findings = find_in_wording(details.title, details.description)
    return Vacancy.objects.create(
        uid=key, employer=employer, title=details.title.strip(), kind=details.kind, places_min=details.places,
        places_max=details.places, salary_text=details.salary_text.strip(), education=details.education,
        description=details.description.strip(), workplace=details.workplace.strip(),
        valid_until=details.valid_until, contact_name=details.contact_name.strip(),
        contact_phone=details.contact_phone.strip(), findings=findings,
        state=VacancyState.HELD if findings else VacancyState.WAITING, unit=unit, unit_path=unit.path,
        made_by_id=actor.user_id, made_at=now, **read_pay(details.salary_text),
    )  # fmt: skip


def read_pay(salary_text: str) -> dict[str, Any]:
    """The columns of a vacancy that its salary in words fills."""
    pay = read_salary(salary_text)
    return {
        "salary_min": pay.month_min, "salary_max": pay.month_max, "salary_period": pay.period or "",
        "amount_min": _amount(pay.amount_min), "amount_max": _amount(pay.amount_max), "salary_months": pay.months,
    }  # fmt: skip


def refuse_unfit_salary(salary_text: str) -> None:
    if read_salary(salary_text).flags & _UNFIT:
        raise Refusal(
            "employment.salary_unfit",
            _(
                "The salary cannot be understood or believed. Write a range a month, so much an hour, or that it is"
                " to be agreed."
            ),
        )


def _employer(details: VacancyDetails, unit: Unit, actor: Actor, now: datetime) -> Employer:
    """The one of this credit code, else of this name in the district, else a new one."""
    name, code = details.employer.strip(), _code(details)
    known = find_employer(name=employer_core(name)[:120], uscc=code, unit=unit)
    if known is not None:
        return known
    return Employer.objects.create(
        name=name, name_key=employer_core(name)[:120], uscc=code or None, unit=unit, unit_path=unit.path,
        made_by_id=actor.user_id, made_at=now,
    )  # fmt: skip


def _visit(details: VacancyDetails, actor: Actor) -> EmployerVisit | None:
    if details.visit is None:
        return None
    visit = get_visit_for_change(actor=actor, visit_id=details.visit)
    if visit.withdrawn_at is not None:
        raise Conflict("employment.visit_is_withdrawn", _("This visit has been taken back. Bring it back first."))
    code, known = _code(details), visit.employer.uscc
    is_named = employer_core(details.employer) == employer_core(visit.employer.name)
    if not is_named or (code and known and code != known):
        raise Refusal(
            "employment.visit_of_another",
            _("The visit was to another employer. Leave name and code as they are, or add the post without a visit."),
        )
    return visit


def _channel_of(visit: EmployerVisit) -> Channel:
    return Channel.ONLINE_VISIT if visit.is_online else Channel.VISIT


def _code(details: VacancyDetails) -> str:
    if not details.uscc.strip():
        return ""
    code, _why = read_credit_code(details.uscc)
    if code is None:
        raise Refusal(
            "employment.uscc_wrong",
            _("This is no unified social credit code: eighteen signs, the last one a check. Copy it from the licence,"
              " or leave it empty."),
        )  # fmt: skip
    return code


def refuse_impossible(details: VacancyDetails, on: date) -> None:
    if not 1 <= details.places <= PLACES_AT_MOST:
        raise Refusal("employment.places_impossible", _("How many are wanted cannot be right. Ask the employer."))
    if not details.description.strip():
        raise Refusal("employment.description_missing", _("Write what the work is: the law asks for it."))
    if len(details.description) > LONGEST_DESCRIPTION:
        raise Refusal("employment.description_too_long", _("Write what the work is in ten thousand signs at most."))
    if details.valid_until is not None and details.valid_until < on:
        raise Refusal("employment.valid_until_over", _("The employer's last day is over already."))
    refuse_unfit_salary(details.salary_text)
    _code(details)


def _amount(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))
