"""What a drawing of lists writes: its lines, and once the office says so, what everybody is told."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.employment.access.shortlists import shortlist_subject
from sunward.employment.actions.step_writing import Step, write_step
from sunward.employment.actions.telling import tell_of_list
from sunward.employment.enums import RecommendationSource, ShortlistState, StepBy, StepKind
from sunward.employment.models import EmptyList, Recommendation, ShortlistRun
from sunward.employment.shortlists.making import Line, Shortlists

# Nobody reads why hundreds are left with nothing, one by one; the count says how many.
NOTHING_KEPT = 300


@transaction.atomic
def record_lines(*, run_pk: int, lists: Shortlists, nothing: Iterable[dict[str, Any]], now: datetime) -> bool:
    """The lines, not told yet; False if somebody has dropped the run meanwhile. Untold lines of an earlier run go."""
    run = ShortlistRun.objects.select_for_update(of=("self",)).get(pk=run_pk)
    if run.state != ShortlistState.QUEUED:
        return False
    drawn = [line for lines in lists.lines.values() for line in lines]
    cases = [key for key, lines in lists.lines.items() if lines]
    for start in range(0, len(cases), 500):
        Recommendation.objects.filter(case__in=cases[start : start + 500], step=StepKind.DRAWN).delete()
    paths = dict(Case.objects.within((run.unit_path,)).values_list("pk", "unit_path"))
    rows = (_row(run, line, lists, paths[line.seeker], now) for line in drawn if line.seeker in paths)
    Recommendation.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    run.state = ShortlistState.DRAWN
    run.summary = {
        "people": len(lists.lines), "vacancies": len(lists.exposure), "lines": len(drawn),
        "with_nothing": len(lists.empty), "coverage": round(lists.coverage, 4), "gini": round(lists.gini, 4),
        "most_told": max(lists.exposure.values(), default=0), "gap": round(lists.gap, 6),
    }  # fmt: skip
    run.save(update_fields=["state", "summary"])
    without = (EmptyList(run=run, **one) for one in islice(nothing, NOTHING_KEPT) if one["case_id"] in paths)
    EmptyList.objects.bulk_create(without, batch_size=500)
    record_act(
        actor=Actor.system(), code="employment.shortlist_drawn", now=now, subject=shortlist_subject(run),
        unit_path=run.unit_path, lines=len(drawn), people=len(lists.lines),
    )  # fmt: skip
    return True


@transaction.atomic
def fail_shortlist(*, run_pk: int, sentence: str) -> None:
    ShortlistRun.objects.filter(pk=run_pk, state=ShortlistState.QUEUED).update(
        state=ShortlistState.FAILED, failure=sentence[:300]
    )


@transaction.atomic
def tell_case(*, run_pk: int, case_pk: int, actor: Actor, on: date, now: datetime) -> int:
    """One person's list in one message; of how many vacancies. What is over meanwhile is left out; twice is once."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=case_pk)
    found = Recommendation.objects.select_for_update(of=("self",)).select_related("vacancy__employer")
    rows = list(found.filter(run=run_pk, case=case, step=StepKind.DRAWN).order_by("rank", "pk"))
    told = []
    for row in rows:
        row.case = case
        if case.state != CaseState.OPEN or not row.vacancy.is_open(on):
            row.delete()
            continue
        write_step(row, Step(StepKind.TOLD, StepBy.OFFICER, on), actor=actor, on=on, now=now)
        told.append(row)
    if told:
        tell_of_list(told, run_pk=run_pk, actor=actor, on=on, now=now)
    return len(told)


@transaction.atomic
def finish_telling(*, run_pk: int) -> None:
    ShortlistRun.objects.filter(pk=run_pk, state=ShortlistState.DRAWN).update(state=ShortlistState.TOLD)


def _row(run: ShortlistRun, line: Line, lists: Shortlists, unit_path: str, now: datetime) -> Recommendation:
    return Recommendation(
        case_id=line.seeker, vacancy_id=line.post, source=RecommendationSource.LIST, run=run,
        rank=line.place, fit=round(1000 * line.wish),
        chance=round(1000 * line.chance), others=line.others, reasons=_reasons(line, lists), step_on=run.drawn_on,
        unit_path=unit_path, made_by_id=run.made_by_id, made_at=now,
    )  # fmt: skip


def _reasons(line: Line, lists: Shortlists) -> dict[str, Any]:
    """The line as it is said later in each reader's language; with the first also what would open more doors."""
    said: dict[str, Any] = {"line": asdict(line)}
    if line.place == 1:
        said["steps"] = [asdict(step) for step in lists.prospects[line.seeker].steps]
    return said
