"""The office recommends a vacancy to a jobseeker, and writes down what came of it."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.access.recommendations import recommendation_not_there
from sunward.employment.access.vacancies import get_vacancy
from sunward.employment.actions.placements import NewWork, end_placement_of, place, say_still_there, take_back_placement
from sunward.employment.actions.step_writing import (
    Step,
    refuse_old,
    withdraw_last,
    write_step,
)
from sunward.employment.actions.telling import tell_of_vacancy
from sunward.employment.enums import PlacementEnd, StepBy, StepKind, StepReason
from sunward.employment.models import Recommendation, Vacancy
from sunward.employment.recommendations import chain

WORKING_AGE = 16


@transaction.atomic
def recommend(
    *, actor: Actor, case_id: UUID, vacancy_id: UUID, is_told: bool, on: date, now: datetime
) -> Recommendation:
    """By hand. `is_told`: the officer has told the person already; otherwise a message goes out. Once per vacancy."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    vacancy = get_vacancy(actor=actor, vacancy_id=vacancy_id)
    _refuse_vacancy(case, vacancy, on=on)
    row = Recommendation.objects.select_for_update(of=("self",)).filter(case=case, vacancy=vacancy).first()
    if row is not None and row.step != StepKind.DRAWN:
        return row
    if row is None:
        row = Recommendation.objects.create(
            case=case, vacancy=vacancy, step_on=on, unit_path=case.unit_path, made_by_id=actor.user_id, made_at=now
        )
    row.case = case
    write_step(row, Step(StepKind.TOLD, StepBy.OFFICER, on), actor=actor, on=on, now=now)
    if not is_told:
        tell_of_vacancy(row, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def record_step(
    *, actor: Actor, case_id: UUID, recommendation_id: UUID, version: int, said: Step, on: date, now: datetime,
    work: NewWork | None = None,
) -> Recommendation:  # fmt: skip
    """What the office was told. Hired wants to know into what `work`; said twice, it is one step."""
    row = _get(actor, case_id, recommendation_id)
    if row.step == said.kind and row.step_on == said.happened_on:
        return row
    refuse_old(row, version)
    refuse_closed(row.case)
    if said.kind == StepKind.TOLD:
        raise Refusal("employment.told_by_recommending", _("Recommend the vacancy on the person's file."))
    if said.kind == StepKind.HIRED:
        return _hire(row, said, work, actor=actor, on=on, now=now)
    write_step(row, said, actor=actor, on=on, now=now)
    if said.kind == StepKind.STAYED:
        say_still_there(row, actor=actor, checked_on=said.happened_on, now=now)
    if said.kind == StepKind.LEFT:
        end_placement_of(row, actor=actor, ended_on=said.happened_on, reason=PlacementEnd.OTHER, now=now)
    return row


@transaction.atomic
def withdraw_step(
    *, actor: Actor, case_id: UUID, recommendation_id: UUID, version: int, on: date, now: datetime
) -> Recommendation:
    row = _get(actor, case_id, recommendation_id)
    refuse_old(row, version)
    last = withdraw_last(row, actor=actor, now=now)
    take_back_placement(row, StepKind(last.kind), actor=actor, on=on, now=now)
    return row


@transaction.atomic
def lapse_recommendation(*, recommendation_pk: int, on: date, now: datetime) -> bool:
    """Its vacancy ran out or closed before anybody applied; False if that is not so any more."""
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("case", "vacancy")
    row = found.filter(pk=recommendation_pk).first()
    if row is None or row.step not in chain.BEFORE_APPLYING or row.vacancy.is_open(on):
        return False
    said = Step(StepKind.LAPSED, StepBy.SYSTEM, on, reason=StepReason.RAN_OUT)
    write_step(row, said, actor=Actor.system(), on=on, now=now)
    return True


def _hire(
    row: Recommendation, said: Step, work: NewWork | None, *, actor: Actor, on: date, now: datetime
) -> Recommendation:
    if work is None:
        raise Refusal("employment.work_unsaid", _("Say into what kind of work, and how you know."))
    write_step(row, replace(said, expected_on=work.started_on), actor=actor, on=on, now=now)
    place(row.case, work, actor=actor, on=on, now=now, recommendation=row)
    return row


def _get(actor: Actor, case_id: UUID, recommendation_id: UUID) -> Recommendation:
    """The recommendation of this file, both locked."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("vacancy__employer")
    row = found.filter(uid=recommendation_id, case=case).first()
    if row is None:
        raise recommendation_not_there()
    row.case = case
    return row


def _refuse_vacancy(case: Case, vacancy: Vacancy, *, on: date) -> None:
    if not vacancy.is_open(on):
        raise Conflict(
            "employment.vacancy_not_open", _("Nobody answers for this vacancy today. Have it verified first.")
        )
    refuse_under_working_age(case, on=on)


def refuse_under_working_age(case: Case, *, on: date) -> None:
    age = case.person.age_on(on)
    if age is not None and age < WORKING_AGE:
        raise Refusal(
            "employment.under_working_age", _("Nobody under sixteen may be recommended for work (Labour Law, art. 15).")
        )
