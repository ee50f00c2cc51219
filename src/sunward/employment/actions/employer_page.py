"""What an employer does on its own page: says the code, offers posts, answers candidates."""

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from hmac import compare_digest
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.employer_page import (
    employer_actor,
    employer_page_not_there,
    get_employer_link,
    get_passed_employer_link,
    visible_candidates,
)
from sunward.employment.access.recommendations import recommendation_not_there
from sunward.employment.actions.employer_links import EMPLOYER_SUBJECT, code_index
from sunward.employment.actions.placements import NewWork, place
from sunward.employment.actions.step_writing import Step, write_step
from sunward.employment.actions.vacancy_adding import VacancyDetails, keep_vacancy, refuse_impossible
from sunward.employment.enums import Channel, PlacementBasis, PlacementKind, StepBy, StepKind, VacancyState
from sunward.employment.models import Employer, EmployerLink, Recommendation, Vacancy
from sunward.employment.own_pass import TRIES, make_pass

# More than these wait for nobody: the office reads each.
WAITING_AT_MOST = 50


def answer_code(*, token: str, typed: str, on: date, now: datetime) -> str:
    """A pass for the right code. A wrong one is counted, also when it is refused; too many close the page."""
    link, is_passed = _try(token=token, typed=typed, on=on, now=now)
    if is_passed:
        return make_pass(link, now=now)
    if link.failures >= TRIES:
        raise employer_page_not_there()
    raise Refusal("employment.employer_code_wrong", _("That is not the code that we told you. Please try again."))


@transaction.atomic
def _try(*, token: str, typed: str, on: date, now: datetime) -> tuple[EmployerLink, bool]:
    link = get_employer_link(token=token, on=on)
    locked = EmployerLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    # Under the lock once more: five at the same moment are five tries.
    link = get_employer_link(token=token, on=on)
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isdigit())
    is_passed = compare_digest(code_index(digits), link.code_index)
    link.failures = 0 if is_passed else locked.failures + 1
    if is_passed:
        link.last_opened_at = now
    link.save(update_fields=["failures", "last_opened_at"])
    record_act(
        actor=employer_actor(link, on=on),
        code="employment.employer_page_opened" if is_passed else "employment.employer_code_wrong", now=now,
        subject=Subject(EMPLOYER_SUBJECT, link.employer_id), unit_path=link.employer.unit_path, link=link.pk,
    )  # fmt: skip
    return link, is_passed


@transaction.atomic
def answer_candidate(
    *, token: str, shown: str, recommendation_id: UUID, said: Step, on: date, now: datetime
) -> Recommendation:
    """Invited, refused or hired, of somebody who agreed to be known. Said twice, it is one answer."""
    link = get_passed_employer_link(token=token, shown=shown, on=on, now=now)
    known = visible_candidates(link, on=on).filter(uid=recommendation_id).values_list("case", flat=True).first()
    if known is None:
        raise recommendation_not_there()
    # The file first, then its row, as the office locks them.
    case = Case.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=known)
    found = visible_candidates(link, on=on).select_for_update(of=("self",)).select_related("vacancy__employer")
    row = found.filter(uid=recommendation_id).first()
    if row is None:
        raise recommendation_not_there()
    row.case = case
    if row.step == said.kind:
        return row
    actor = employer_actor(link, on=on)
    write_step(row, replace(said, by=StepBy.EMPLOYER), actor=actor, on=on, now=now)
    if said.kind == StepKind.HIRED:
        work = NewWork(PlacementKind.CONTRACT, PlacementBasis.EMPLOYER, said.expected_on or on)
        _place(row, work, actor=actor, on=on, now=now)
    return row


def _place(row: Recommendation, work: NewWork, *, actor: Actor, on: date, now: datetime) -> None:
    """Why it cannot be is the person's own matter: the employer hears nothing of other work."""
    try:
        place(row.case, work, actor=actor, on=on, now=now, recommendation=row)
    except Refusal as refusal:
        raise Refusal(
            "employment.employer_cannot_hire", _("This cannot be written down here. Please call us.")
        ) from refusal


@transaction.atomic
def offer_vacancy(*, token: str, shown: str, key: UUID, details: VacancyDetails, on: date, now: datetime) -> Vacancy:
    """A post of the employer's own; it waits for the office. `key` is the form's own: sent twice, it is one vacancy."""
    link = get_passed_employer_link(token=token, shown=shown, on=on, now=now)
    employer = Employer.objects.select_for_update(of=("self",)).select_related("unit").get(pk=link.employer_id)
    known = Vacancy.objects.filter(uid=key).first()
    if known is not None:
        if known.employer_id != employer.pk:
            raise Conflict("employment.vacancy_key_taken", _("This form has been used already. Open a new one."))
        return known
    waiting = employer.vacancies.filter(state__in=(VacancyState.WAITING, VacancyState.HELD)).count()
    if waiting >= WAITING_AT_MOST:
        raise Refusal("employment.offered_enough", _("Many of your posts wait for the office already. Please call us."))
    refuse_impossible(details, on)
    return keep_vacancy(
        replace(details, channel=Channel.EMPLOYER, unit_id=employer.unit_id), actor=employer_actor(link, on=on),
        key=key, unit=employer.unit, employer=employer, on=on, now=now,
    )  # fmt: skip
