"""What a jobseeker does on the own page: answers the question, answers recommendations, asks for help."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.actions.follow_ups import promise_follow_up
from sunward.casework.enums import CaseState, FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.own_page import get_own_link, get_passed_own_link, own_actor, own_page_not_there
from sunward.employment.access.recommendations import recommendation_not_there
from sunward.employment.actions.step_writing import Step, withdraw_last, write_step
from sunward.employment.enums import NextStep, StepBy, StepKind
from sunward.employment.models import JobseekerLink, Recommendation, Vacancy
from sunward.employment.own_pass import TRIES, make_pass
from sunward.employment.queries.unseen_applications import applied_alone, awaits_agreement
from sunward.employment.recommendations import chain
from sunward.people.passes import is_right

# So many different wishes a day; the office calls back once.
ASKED_A_DAY = 5


def answer_question(*, token: str, typed: str, on: date, now: datetime) -> str:
    """A pass for the right answer. A wrong one is counted, also when it is refused; too many close the page."""
    link, is_passed = _try(token=token, typed=typed, on=on, now=now)
    if is_passed:
        return make_pass(link, now=now)
    if link.failures >= TRIES:
        raise own_page_not_there()
    raise Refusal("employment.own_answer_wrong", _("That is not what we have on file. Please try again."))


@transaction.atomic
def _try(*, token: str, typed: str, on: date, now: datetime) -> tuple[JobseekerLink, bool]:
    link = get_own_link(token=token, on=on)
    locked = JobseekerLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    # Under the lock once more: five at the same moment are five tries.
    link = get_own_link(token=token, on=on)
    is_passed = is_right(link.case.person, typed)
    link.failures = 0 if is_passed else locked.failures + 1
    if is_passed:
        link.last_opened_at = now
    link.save(update_fields=["failures", "last_opened_at"])
    if not is_passed:
        record_act(
            actor=own_actor(on=on), code="employment.own_answer_wrong", now=now, subject=case_subject(link.case),
            unit_path=link.case.unit_path, link=link.pk,
        )  # fmt: skip
    return link, is_passed


@transaction.atomic
def read_own(*, token: str, shown: str, recommendation_id: UUID, on: date, now: datetime) -> Recommendation:
    """Opening it is reading it, once."""
    row = _enter(token=token, shown=shown, recommendation_id=recommendation_id, on=on, now=now)
    if row.step == StepKind.TOLD:
        write_step(row, Step(StepKind.READ, StepBy.JOBSEEKER, on), actor=own_actor(on=on), on=on, now=now)
    return row


@transaction.atomic
def say_own(
    *, token: str, shown: str, recommendation_id: UUID, kind: StepKind, reason: str, on: date, now: datetime
) -> Recommendation:
    """The jobseeker's own answer. To apply is to agree that the employer learns name, schooling and experience."""
    row = _enter(token=token, shown=shown, recommendation_id=recommendation_id, on=on, now=now)
    if row.step == kind:
        return row
    if kind == StepKind.APPLIED and not row.vacancy.is_open(on):
        raise Conflict("employment.own_vacancy_over", _("This vacancy is not open any more. Sorry!"))
    if kind == StepKind.APPLIED:
        row.shared_with = row.vacancy.employer
    elif kind in chain.ENDED:
        row.shared_with = None
    write_step(row, Step(kind, StepBy.JOBSEEKER, on, reason=reason), actor=own_actor(on=on), on=on, now=now)
    return row


@transaction.atomic
def share_own(
    *, token: str, shown: str, recommendation_id: UUID, employer: UUID, on: date, now: datetime
) -> Recommendation:
    """The application stands and the vacancy is another employer's since: that one may see it as well.

    `employer` is whom the page named. Where the vacancy has gone on to a third one, nothing was agreed to.
    """
    row = _enter(token=token, shown=shown, recommendation_id=recommendation_id, on=on, now=now)
    if row.vacancy.employer.uid != employer:
        raise Conflict("employment.own_employer_moved", _("Yet another employer has this vacancy now. Look who it is."))
    if row.shared_with_id == row.vacancy.employer_id:
        return row
    if not awaits_agreement(row):
        raise Conflict("employment.own_nothing_to_share", _("There is no application of yours here any more."))
    row.shared_with = row.vacancy.employer
    row.version += 1
    row.save(update_fields=["shared_with", "version"])
    record_act(
        actor=own_actor(on=on), code="employment.application_shared", now=now, subject=case_subject(row.case),
        unit_path=row.case.unit_path, vacancy=row.vacancy_id, employer=row.vacancy.employer_id,
    )  # fmt: skip
    return row


@transaction.atomic
def take_back_own(*, token: str, shown: str, recommendation_id: UUID, on: date, now: datetime) -> Recommendation:
    """The own last answer, as long as nobody has written anything after it; said twice, it is taken back once."""
    row = _enter(token=token, shown=shown, recommendation_id=recommendation_id, on=on, now=now)
    last = row.steps.filter(withdrawn_at=None).order_by("at", "pk").last()
    if last is None or last.by != StepBy.JOBSEEKER or last.kind == StepKind.READ:
        return row
    if last.kind == StepKind.DECLINED and applied_alone(row) and not _is_merged(row.vacancy):
        row.shared_with = row.vacancy.employer
    withdraw_last(row, actor=own_actor(on=on), now=now)
    return row


@transaction.atomic
def ask_own(*, token: str, shown: str, kind: NextStep, words: str, on: date, now: datetime) -> FollowUp:
    """To be called, or to have something put right: on the office's list. The same asked twice is asked once."""
    link = get_passed_own_link(token=token, shown=shown, on=on, now=now)
    case = _open_case(link)
    words = words.strip()[:200]
    if kind == NextStep.CORRECTION and not words:
        raise Refusal("employment.own_words_missing", _("Please write down what is not right."))
    asked = case.follow_ups.filter(kind__in=(NextStep.ASKED, NextStep.CORRECTION), created_by_id=0)
    same = asked.filter(kind=kind, note=words, state=FollowUpState.DUE).first()
    if same is not None:
        return same
    if asked.filter(due_on__gt=on, state=FollowUpState.DUE).count() >= ASKED_A_DAY:
        raise Refusal("employment.own_asked_enough", _("We have your words. Please call us if it is urgent."))
    return promise_follow_up(
        actor=own_actor(on=on), case=case, kind=kind, due_on=on + timedelta(days=2), on=on, now=now, note=words
    )


def lock_own_case(*, token: str, shown: str, on: date, now: datetime) -> Case:
    """The own file of somebody who has answered, locked, inside the act's transaction."""
    return _open_case(get_passed_own_link(token=token, shown=shown, on=on, now=now))


def _is_merged(vacancy: Vacancy) -> bool:
    """Whoever it is with now may not be the one to whom the person once agreed."""
    return vacancy.merged_into_id is not None or Vacancy.objects.filter(merged_into=vacancy).exists()


def _open_case(link: JobseekerLink) -> Case:
    """The file, locked; one that was closed a moment ago is open no more."""
    found = Case.objects.select_for_update(of=("self",)).select_related("person", "unit")
    case = found.filter(pk=link.case_id, state=CaseState.OPEN).first()
    if case is None:
        raise own_page_not_there()
    return case


def _enter(*, token: str, shown: str, recommendation_id: UUID, on: date, now: datetime) -> Recommendation:
    """The recommendation of the own file, both locked; what was not told yet is not there."""
    link = get_passed_own_link(token=token, shown=shown, on=on, now=now)
    case = _open_case(link)
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("vacancy__employer")
    row = found.filter(uid=recommendation_id, case=case).exclude(step=StepKind.DRAWN).first()
    if row is None:
        raise recommendation_not_there()
    row.case = case
    return row
