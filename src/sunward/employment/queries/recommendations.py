"""Recommendations as they are shown: those of one file, one of them, what could be recommended, what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.accounts.scopes import below
from sunward.casework.models import Case
from sunward.core.furniture import Fact, Moment, Text, Tone
from sunward.core.tables import Column
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, PROGRAMME
from sunward.employment.access.recommendations import recommendation_not_there
from sunward.employment.access.vacancies import visible_vacancies
from sunward.employment.enums import StepBy, StepKind, StepReason
from sunward.employment.models import JobWish, Recommendation, RecommendationStep, Vacancy, VacancyQuerySet
from sunward.employment.queries.vacancies import VacancyRow, to_row
from sunward.employment.recommendations import chain

COLUMNS = (
    Column("post", _("post"), ("title", "pk")),
    Column("employer", _("employer"), ("employer__name", "pk")),
    Column("pay", _("salary"), ("-salary_min", "pk")),
    Column("workplace", _("place of work")),
    Column("until", _("Stands until"), ("verified_until", "pk")),
    Column("acts", _("Recommend"), ("-is_wished", "-verified_on", "pk"), kind="acts"),
)
DEFAULT_ORDER = "acts"
# What the office writes down about each step, in the words of a button.
SAY: Mapping[StepKind, Text] = {
    StepKind.READ: _("Has read it"),
    StepKind.LIKED: _("Would like it"),
    StepKind.DISMISSED: _("Does not want it"),
    StepKind.APPLIED: _("Has applied"),
    StepKind.INVITED: _("Is invited to an interview"),
    StepKind.REFUSED: _("Was refused"),
    StepKind.INTERVIEWED: _("Was at the interview"),
    StepKind.HIRED: _("Is hired"),
    StepKind.DECLINED: _("Declines"),
    StepKind.STAYED: _("Is still there"),
    StepKind.LEFT: _("Has left"),
    StepKind.LAPSED: _("Nothing came of it"),
}
# For whom the next step waits, as one sentence: a name put into the middle of one keeps its capital.
WAITING: Mapping[StepBy, Text] = {
    StepBy.JOBSEEKER: _("Waits for the jobseeker"),
    StepBy.EMPLOYER: _("Waits for the employer"),
    StepBy.OFFICER: _("Waits for the office"),
}
_TONES: Mapping[StepKind, Tone] = {
    StepKind.LIKED: "info", StepKind.APPLIED: "info", StepKind.INVITED: "info", StepKind.HIRED: "good",
    StepKind.STAYED: "good", StepKind.DISMISSED: "off", StepKind.REFUSED: "off", StepKind.DECLINED: "off",
    StepKind.LEFT: "off", StepKind.LAPSED: "off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    uid: UUID
    title: str
    employer: str
    state: Text
    tone: Tone
    step_on: date
    due_on: date | None
    is_late: bool
    waiting: Text
    is_over: bool


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that may be written down now. `is_main`: the way forward, as against an end."""

    kind: str
    label: Text
    is_main: bool


@dataclass(frozen=True, slots=True)
class RecommendationPage:
    row: RecommendationRow
    version: int
    vacancy: VacancyRow
    facts: tuple[Fact, ...]
    steps: tuple[Moment, ...]
    following: tuple[NextStep, ...]
    may_withdraw: bool


def list_recommendations(case: Case, *, on: date) -> tuple[RecommendationRow, ...]:
    """Of one file, what goes on before what is over, the latest first. One query."""
    found = _with_vacancy(Recommendation.objects.filter(case=case).exclude(step=StepKind.DRAWN))
    rows = [_row(one, on=on) for one in found.order_by("-step_on", "-pk")]
    return tuple(sorted(rows, key=lambda row: row.is_over))


def find_recommendation(case: Case, recommendation_id: UUID) -> Recommendation:
    """`case` comes from the gate."""
    found = _with_vacancy(Recommendation.objects.filter(case=case, uid=recommendation_id)).first()
    if found is None or found.step == StepKind.DRAWN:
        raise recommendation_not_there()
    found.case = case
    return found


def read_recommendation(row: Recommendation, *, on: date) -> RecommendationPage:
    steps = list(row.steps.order_by("-at", "-pk"))
    names = _names(steps)
    standing = [step for step in steps if step.withdrawn_at is None]
    is_open = row.case.state == "open"
    return RecommendationPage(
        row=_row(row, on=on),
        version=row.version,
        vacancy=to_row(row.vacancy, on=on),
        facts=_facts(row),
        steps=tuple(_moment(step, names) for step in steps),
        following=following(StepKind(row.step)) if is_open else (),
        may_withdraw=is_open and len(standing) > 1,
    )


def following(step: StepKind) -> tuple[NextStep, ...]:
    """What the office may say now: the ways forward first, then the ends."""
    kinds = [kind for kind in chain.NEXT[step] if kind in SAY]
    ends = [kind for kind in kinds if kind in chain.ENDED and kind != StepKind.STAYED]
    return tuple(
        NextStep(kind.value, SAY[kind], is_main=kind not in ends)
        for kind in (*(kind for kind in kinds if kind not in ends), *ends)
    )


def ask_fitting(actor: Actor, case: Case, words: str, *, on: date) -> VacancyQuerySet:
    """Open vacancies that this person was not told of, those of a wished occupation first."""
    told = Recommendation.objects.filter(case=case).exclude(step=StepKind.DRAWN).values("vacancy")
    found = visible_vacancies(actor).open(on=on).exclude(pk__in=told)
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word) | Q(employer__name__icontains=word) | Q(workplace__icontains=word)
        )
    wished = Q(pk__in=[])
    for wish in JobWish.objects.filter(case=case):
        wished |= Q(title__icontains=wish.words)
        if wish.occupation:
            wished |= Q(occupation=wish.occupation)
    found = found.annotate(is_wished=ExpressionWrapper(wished, output_field=BooleanField()))
    return found.select_related("employer", "unit").defer("contact_phone", "description")


def to_fitting(vacancy: Vacancy, *, on: date) -> tuple[VacancyRow, bool]:
    return to_row(vacancy, on=on), bool(vacancy.is_wished)  # type: ignore[attr-defined]


def late_recommendations(actor: Actor, *, on: date) -> QuerySet[Recommendation]:
    """Of the actor's own files: the next step was expected before today."""
    mine = below(actor.paths(*JOBSEEKER_ROLES), "case__unit_path")
    return Recommendation.objects.filter(mine, due_on__lt=on, case__state="open", case__programme=PROGRAMME)


def list_run_out(*, on: date, most: int) -> list[int]:
    """What nobody has applied for of a vacancy that ran out or closed."""
    waiting = Recommendation.objects.filter(step__in=sorted(chain.BEFORE_APPLYING))
    found = waiting.exclude(vacancy__in=Vacancy.objects.open(on=on))
    return list(found.order_by("pk").values_list("pk", flat=True)[:most])


def waiting_for(step: StepKind) -> Text:
    """Empty where it is over."""
    waits_for = chain.WAITS_FOR.get(step)
    return WAITING[waits_for] if waits_for else ""


def _with_vacancy(found: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    return found.select_related("vacancy__employer", "vacancy__unit").defer(
        "vacancy__contact_phone", "vacancy__description"
    )


def _row(row: Recommendation, *, on: date) -> RecommendationRow:
    step = StepKind(row.step)
    return RecommendationRow(
        uid=row.uid,
        title=row.vacancy.title,
        employer=row.vacancy.employer.name,
        state=step.label,
        tone=_TONES.get(step, "calm"),
        step_on=row.step_on,
        due_on=row.due_on,
        is_late=row.due_on is not None and row.due_on < on,
        waiting=waiting_for(step),
        is_over=step in chain.ENDED,
    )


def _facts(row: Recommendation) -> tuple[Fact, ...]:
    waits_for = chain.WAITS_FOR.get(StepKind(row.step))
    return (
        Fact(
            pgettext_lazy("recommendation", "Where it stands"),
            StepKind(row.step).label,
            note=date_format(row.step_on, "Y-m-d"),
        ),
        Fact(_("Waits for"), waits_for.label if waits_for else ""),
        Fact(_("Next step by"), row.due_on),
        Fact(_("How many more people are told"), row.others or None),
    )


def _names(steps: list[RecommendationStep]) -> dict[int, str]:
    numbers = {step.by_id for step in steps} | {step.withdrawn_by_id for step in steps}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=numbers - {0})}


def _moment(step: RecommendationStep, names: Mapping[int, str]) -> Moment:
    who = names.get(step.by_id) or str(StepBy(step.by).label)
    said = [str(StepReason(step.reason).label) if step.reason else "", step.note]
    if step.expected_on:
        said.insert(0, date_format(step.expected_on, "Y-m-d"))
    is_struck = step.withdrawn_at is not None
    title = StepKind(step.kind).label
    if is_struck:
        said.append(str(_("Taken back")))
    return Moment(
        step.happened_on, title, who=who, note=" · ".join(filter(None, said)), icon="x" if is_struck else "arrow-right",
        tone="off" if is_struck else _TONES.get(StepKind(step.kind), "calm"),
    )  # fmt: skip
