"""Drawings of lists as they are shown: the runs of a unit, one of them with its figures, and everybody's lines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.furniture import Fact, Text, Tone
from sunward.core.tables import Column
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.access.shortlists import visible_shortlists
from sunward.employment.enums import ShortlistState, StepKind
from sunward.employment.models import EmptyList, Recommendation, ShortlistRun
from sunward.employment.shortlists.making import Line, Shortlists
from sunward.employment.shortlists.policy import read_policy
from sunward.employment.shortlists.prospects import Door, Prospects, Step
from sunward.employment.shortlists.wording import say_chance, say_nothing, say_step, say_steps, say_why

RUNS_SHOWN, STEPS_SHOWN = 30, 2
COLUMNS = (
    Column("name", _("Jobseeker"), ("person__name_key",)),
    Column("lines", pgettext_lazy("shortlists", "Vacancies"), ("-n_lines", "pk"), "number"),
    Column("list", _("Vacancies, and why")),
)
_TONES: Mapping[str, Tone] = {
    ShortlistState.QUEUED: "info", ShortlistState.DRAWN: "warn", ShortlistState.TOLD: "good",
    ShortlistState.DROPPED: "off", ShortlistState.FAILED: "urgent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunRow:
    uid: UUID
    unit_name: str
    made_at: datetime
    made_by: str
    state: Text
    tone: Tone
    people: int
    lines: int
    with_nothing: int


@dataclass(frozen=True, slots=True)
class RunPage:
    row: RunRow
    facts: tuple[Fact, ...]
    is_under_way: bool
    is_telling: bool
    may_tell: bool
    may_drop: bool
    failure: str
    nothing: tuple["Nothing", ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Somebody for whom there was no vacancy, why, and what would open doors."""

    case_uid: UUID
    name: str
    why: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListLine:
    vacancy_uid: UUID
    title: str
    employer: str
    why: tuple[str, ...]
    chance: str
    state: Text


@dataclass(frozen=True, slots=True)
class PersonList:
    uid: UUID
    name: str
    reference: str
    lines: tuple[ListLine, ...]
    steps: tuple[str, ...]


def list_shortlists(actor: Actor) -> tuple[RunRow, ...]:
    """The newest first. One query."""
    found = visible_shortlists(actor).select_related("unit", "made_by").defer("policy")
    return tuple(_row(run) for run in found[:RUNS_SHOWN])


def read_shortlist(run: ShortlistRun, actor: Actor, *, on: date) -> RunPage:
    said = run.summary
    is_told = run.told_at is not None
    return RunPage(
        row=_row(run),
        facts=_facts(said) if said else (),
        is_under_way=run.state == ShortlistState.QUEUED,
        is_telling=is_told and run.state == ShortlistState.DRAWN,
        may_tell=run.state == ShortlistState.DRAWN and not is_told and run.drawn_on == on,
        may_drop=run.state in (ShortlistState.QUEUED, ShortlistState.DRAWN) and not is_told,
        failure=run.failure,
        nothing=tuple(_nothing(run, actor)),
    )


def ask_people(actor: Actor, run: ShortlistRun) -> CaseQuerySet:
    """Whose lists are in this run, of those whose files the actor may see."""
    lines = Recommendation.objects.filter(run=run)
    found = visible_jobseekers(actor).filter(pk__in=lines.values("case")).select_related("person")
    return found.annotate(n_lines=_count_lines(run))


def shape_people(cases: list[Case], run: ShortlistRun) -> dict[int, PersonList]:
    """The lists of one page of people, in two queries."""
    policy = read_policy(run.policy)
    rows: dict[int, list[Recommendation]] = defaultdict(list)
    found = Recommendation.objects.filter(run=run, case__in=cases).select_related("vacancy__employer")
    for row in found.defer("vacancy__contact_phone", "vacancy__description").order_by("rank", "pk"):
        rows[row.case_id].append(row)
    return {
        case.pk: PersonList(
            uid=case.uid, name=case.person.name, reference=case.reference,
            lines=tuple(_line(row, policy=policy) for row in rows[case.pk]),
            steps=tuple(_steps(rows[case.pk])),
        )
        for case in cases
    }  # fmt: skip


# What the jobs ask.


def find_queued_shortlist(run_pk: int) -> ShortlistRun | None:
    return ShortlistRun.objects.select_related("unit").filter(pk=run_pk, state=ShortlistState.QUEUED).first()


def list_untold_cases(run_pk: int) -> list[int]:
    found = Recommendation.objects.filter(run=run_pk, step=StepKind.DRAWN)
    return list(found.order_by("case").values_list("case", flat=True).distinct())


def teller_of(run_pk: int, *, on: date) -> Actor:
    """Who said that everybody be told."""
    run = ShortlistRun.objects.get(pk=run_pk)
    return read_actor(User.objects.get(pk=run.told_by_id), on=on)


def say_who_has_nothing(lists: Shortlists) -> Iterator[dict[str, Any]]:
    """In codes and numbers, said later in the reader's language."""
    for key in lists.empty:
        yield {"case_id": key, "prospects": asdict(lists.prospects[key])}


def _count_lines(run: ShortlistRun) -> Subquery:
    lines = Recommendation.objects.filter(run=run, case=OuterRef("pk")).order_by().values("case")
    return Subquery(lines.annotate(count=Count("pk")).values("count"), output_field=IntegerField())


def _row(run: ShortlistRun) -> RunRow:
    said = run.summary
    is_telling = run.told_at is not None and run.state == ShortlistState.DRAWN
    return RunRow(
        uid=run.uid, unit_name=run.unit.name, made_at=run.made_at, made_by=str(run.made_by),
        state=_("People are being told") if is_telling else ShortlistState(run.state).label,
        tone="info" if is_telling else _TONES[run.state],
        people=said.get("people", 0), lines=said.get("lines", 0), with_nothing=said.get("with_nothing", 0),
    )  # fmt: skip


def _facts(said: Mapping[str, Any]) -> tuple[Fact, ...]:
    return (
        Fact(_("People who look for work"), said["people"]),
        Fact(_("Open vacancies"), said["vacancies"]),
        Fact(_("Lines on all lists"), said["lines"]),
        Fact(_("With nothing on the list"), said["with_nothing"]),
        Fact(_("Of the vacancies, somebody is told of"), f"{100 * said['coverage']:.0f} %"),
        Fact(_("Most people told of one vacancy"), said["most_told"]),
    )


def _nothing(run: ShortlistRun, actor: Actor) -> Iterator[Nothing]:
    """Nobody whose file was emptied since: nothing is known of them any more."""
    found = EmptyList.objects.filter(run=run, case__in=visible_jobseekers(actor)).exclude(prospects={})
    for row in found.select_related("case__person"):
        prospects = _prospects(row.prospects)
        yield Nothing(row.case.uid, row.case.person.name, say_nothing(prospects), say_steps(prospects))


def _prospects(said: Mapping[str, Any]) -> Prospects:
    doors, steps = (Door(**one) for one in said["doors"]), (Step(**one) for one in said["steps"])
    return Prospects(**{**said, "doors": tuple(doors), "steps": tuple(steps)})


def _line(row: Recommendation, *, policy: Any) -> ListLine:
    line = _read_line(row.reasons)
    return ListLine(
        vacancy_uid=row.vacancy.uid, title=row.vacancy.title, employer=row.vacancy.employer.name,
        why=say_why(line, policy=policy) if line else (), chance=say_chance(line) if line else "",
        state=StepKind(row.step).label,
    )  # fmt: skip


def _read_line(said: Any) -> Line | None:
    if not isinstance(said, dict) or "line" not in said:
        return None
    return Line(**{**said["line"], "words": tuple(said["line"]["words"])})


def _steps(rows: list[Recommendation]) -> Iterator[str]:
    """What would open more doors; it stands with the first line."""
    for row in rows:
        if isinstance(row.reasons, dict):
            yield from (say_step(Step(**one)) for one in row.reasons.get("steps", ())[:STEPS_SHOWN])
