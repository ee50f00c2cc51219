"""Runs in words: the list, the head of one run, what has to be said about it, and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.furniture import Tone
from sunward.core.jobs.models import RunState as JobState
from sunward.core.wording import join_sentences
from sunward.matching.access import scope, visible_advice, visible_proposals, visible_runs, visible_unserved
from sunward.matching.declaration import Declaration, declaration_of
from sunward.matching.enums import ProposalState, RunState
from sunward.matching.models import Run
from sunward.matching.words import QUIET, name_unserved, say_finding, say_version

Text = str | Promise

TONES: dict[str, Tone] = {
    RunState.QUEUED: "info",
    RunState.RUNNING: "info",
    RunState.DONE: "good",
    RunState.FAILED: "urgent",
}


@dataclass(frozen=True, slots=True)
class RunRow:
    """One line of the list of runs. The counts are of what the actor may see."""

    uid: UUID
    made_at: datetime
    matched_on: date
    unit_name: str
    policy: str
    made_by: str
    state: str
    state_word: Text
    tone: Tone
    proposals: int
    open: int
    unserved: int
    is_newest: bool


@dataclass(frozen=True, slots=True)
class TierLine:
    label: Text
    served: int
    children: int


@dataclass(frozen=True, slots=True)
class RunHead:
    """What stands above every tab of a run. `tiers`, `findings` and `mean_fit` are of the whole run: who sees a part of
    it does not get them, for one child of high risk elsewhere is a number that names it."""

    uid: UUID
    name: str
    unit_name: str
    unit_path: str
    matched_on: date
    made_at: datetime
    made_by: str
    policy: str
    policy_uid: UUID
    version: int
    state: str
    failure: Text
    findings: tuple[str, ...]
    proposals: int
    open: int
    approved: int
    unserved: int
    asked_not: int
    reasons: tuple[tuple[str, str, int], ...]  # code, words and number of those without anybody, most frequent first
    advice: int
    tiers: tuple[TierLine, ...]
    is_proven: bool
    mean_fit: float | None
    newer: UUID | None

    @property
    def is_done(self) -> bool:
        return self.state == RunState.DONE

    @property
    def has_failed(self) -> bool:
        return self.state == RunState.FAILED


def state_of(run: Run) -> str:
    """A run whose job has died is failed, whatever it had come to itself."""
    if run.state in (RunState.QUEUED, RunState.RUNNING) and (run.job is None or run.job.state == JobState.DEAD):
        return RunState.FAILED
    return run.state


def list_runs(actor: Actor, *, most: int = 30) -> tuple[RunRow, ...]:
    """The newest runs that concern the actor. Four queries."""
    runs = list(visible_runs(actor).select_related("version__policy", "job", "made_by")[:most])
    ids = [run.pk for run in runs]
    proposals = {
        row["run"]: row
        for row in visible_proposals(actor)
        .filter(run__in=ids)
        .values("run")
        .annotate(all=Count("pk"), open=Count("pk", filter=Q(state=ProposalState.OPEN)))
    }
    unserved = _count_by_run(visible_unserved(actor).filter(run__in=ids).exclude(code="child_rule"))
    names = unit_names({run.unit_path for run in runs})
    newest: set[str] = set()
    rows = []
    for run in runs:
        found = proposals.get(run.pk, {"all": 0, "open": 0})
        state = state_of(run)
        is_newest = state == RunState.DONE and run.unit_path not in newest
        if is_newest:
            newest.add(run.unit_path)
        rows.append(
            RunRow(
                uid=run.uid,
                made_at=run.made_at,
                matched_on=run.matched_on,
                unit_name=names.get(run.unit_path, run.unit_path),
                policy=say_version(run.version.policy.name, run.version.number),
                made_by=str(run.made_by or ""),
                state=state,
                state_word=RunState(state).label,
                tone=TONES[state],
                proposals=found["all"],
                open=found["open"],
                unserved=unserved.get(run.pk, 0),
                is_newest=is_newest,
            )
        )
    return tuple(rows)


def read_head(actor: Actor, run: Run) -> RunHead:
    """Six queries, however much the run found."""
    sees_whole = run.unit_path.startswith(scope(actor))
    declaration = declaration_of(run.version.policy.programme)
    states = dict(visible_proposals(actor).filter(run=run).values_list("state").annotate(Count("pk")))
    codes = dict(visible_unserved(actor).filter(run=run).values_list("code").annotate(Count("pk")))
    newer = (
        visible_runs(actor)
        .filter(
            version__policy__programme=run.version.policy.programme,
            unit_path=run.unit_path,
            made_at__gt=run.made_at,
            state=RunState.DONE,
        )
        .values_list("uid", flat=True)
        .first()
    )
    figures = run.summary.get("figures", {}) if sees_whole else {}
    names = unit_names({run.unit_path})
    return RunHead(
        uid=run.uid,
        name=str(declaration.name),
        unit_name=names.get(run.unit_path, run.unit_path),
        unit_path=run.unit_path,
        matched_on=run.matched_on,
        made_at=run.made_at,
        made_by=str(run.made_by or ""),
        policy=run.version.policy.name,
        policy_uid=run.version.policy.uid,
        version=run.version.number,
        state=state_of(run),
        failure=say_failure(run, declaration),
        findings=say_findings(run.summary, declaration) if sees_whole else (),
        proposals=sum(states.values()),
        open=states.get(ProposalState.OPEN, 0),
        approved=states.get(ProposalState.APPROVED, 0) + states.get(ProposalState.REPLACED, 0),
        unserved=sum(count for code, count in codes.items() if code != "child_rule"),
        asked_not=codes.get("child_rule", 0),
        reasons=tuple(
            (code, name_unserved(code), count)
            for code, count in sorted(codes.items(), key=lambda found: (-found[1], found[0]))
        ),
        advice=visible_advice(actor).filter(run=run).count(),
        tiers=tuple(
            TierLine(declaration.tiers.get(tier["tier"], ""), tier["served"], tier["children"])
            for tier in figures.get("by_tier", [])
            if declaration.tiers.get(tier["tier"])
        ),
        is_proven=run.summary.get("figures", {}).get("gap") == 0,
        mean_fit=figures.get("mean_fit"),
        newer=newer,
    )


def say_failure(run: Run, declaration: Declaration) -> Text:
    """Why a run failed: what was wrong with its input, or that the work itself broke off."""
    if state_of(run) != RunState.FAILED:
        return ""
    findings = run.summary.get("findings", [])
    if run.state == RunState.FAILED and findings:
        return join_sentences(say_finding(found["code"], found["data"], declaration) for found in findings)
    if run.job is not None and run.job.sentence:
        return run.job.sentence
    return _("The matching broke off; nothing was half-written. Start it again, or tell the administrator.")


def say_findings(summary: dict[str, Any], declaration: Declaration) -> tuple[str, ...]:
    """What the officer should know before believing the result; each sentence once."""
    findings: Sequence[dict[str, Any]] = summary.get("findings", [])
    figures = summary.get("figures", {})
    found = [(one["code"], one["data"]) for one in findings if one["code"] not in QUIET | declaration.quiet]
    if figures.get("mentors") and not figures.get("places"):
        found.insert(0, ("no_places", {}))
    said = [_say_place(code, data) or say_finding(code, data, declaration) for code, data in found]
    return tuple(dict.fromkeys(said))


def _say_place(code: str, data: dict[str, Any]) -> str:
    """Missing places are told apart by side: a child without a place and a volunteer without one are two tasks."""
    if code != "coordinates_missing":
        return ""
    count = int(data["count"])
    if data.get("side") == "children":
        return ngettext(
            "For %(count)d child no exact place is known: only the sub-district and the committee count.",
            "For %(count)d children no exact place is known: only the sub-district and the committee count.",
            count,
        ) % {"count": count}
    return ngettext(
        "For %(count)d volunteer no exact place is known: only the sub-district and the committee count.",
        "For %(count)d volunteers no exact place is known: only the sub-district and the committee count.",
        count,
    ) % {"count": count}


def unit_names(paths: set[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(path__in=paths).values_list("path", "name"))


def _count_by_run(rows: QuerySet[Any]) -> dict[int, int]:
    return dict(rows.values_list("run").annotate(Count("pk")))
