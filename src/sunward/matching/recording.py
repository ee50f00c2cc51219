"""What a run takes in and leaves behind: its snapshot; proposals, the unserved and the advice, in bulk.

Everything here runs inside the caller's transaction.
"""

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sunward.accounts.models import Unit
from sunward.matching.declaration import Declaration, Snapshot
from sunward.matching.enums import RunState
from sunward.matching.models import Advice, Proposal, Run, Unserved
from sunward.matching.queries.rejections import list_declined
from sunward.matching.snapshots import digest, pack
from sunward.matching.solving import Outcome
from sunward_match.faults import InputError
from sunward_match.pairing import Proposal as Found
from sunward_match.pairing import ProposedPair, RunnerUp, Unmatched, compare

MOST_ADVICE = 40
BATCH = 500


def take_snapshot(run: Run, declaration: Declaration) -> bytes:
    """The run's input, taken once: whoever takes the run over works on the same."""
    if run.snapshot is not None:
        return bytes(run.snapshot)
    declined = list_declined(declaration.code, on=run.matched_on)
    run.snapshot = pack(declaration.read_snapshot(run.unit_path, run.matched_on, declined))
    run.snapshot_digest = digest(run.snapshot)
    run.state = RunState.RUNNING
    run.save(update_fields=["snapshot", "snapshot_digest", "state"])
    return run.snapshot


def fail_run(run: Run, error: InputError, *, now: datetime) -> None:
    """What is wrong is kept as codes, and said in the reader's language."""
    run.state, run.finished_at = RunState.FAILED, now
    run.failure = error.codes[0]
    run.summary = {"findings": [{"code": fault.code, "data": dict(fault.data)} for fault in error.faults]}
    run.save(update_fields=["state", "finished_at", "failure", "summary"])


def record(run: Run, snapshot: Snapshot, outcome: Outcome, *, now: datetime) -> None:
    """Everything of one run."""
    paths = dict(zip(snapshot.left.ids, snapshot.left["path"].tolist(), strict=True))
    found = outcome.proposal
    # A match that is kept, or that won again, asks for no decision.
    asked = sorted((pair for pair in found.pairs if pair.origin == "new"), key=lambda pair: (-pair.tier, -pair.fit))
    Proposal.objects.bulk_create(
        [_proposal(run, pair, rank, paths) for rank, pair in enumerate(asked, start=1)], batch_size=BATCH
    )
    Unserved.objects.bulk_create([_unserved(run, one, paths) for one in found.unmatched], batch_size=BATCH)
    Advice.objects.bulk_create(_advice(run, outcome), batch_size=BATCH)
    run.summary = summarise(found)
    run.state, run.finished_at = RunState.DONE, now
    run.save(update_fields=["summary", "state", "finished_at"])


def record_preview(run: Run, before: Outcome, after: Outcome, *, now: datetime) -> None:
    """What would change; a preview leaves no proposal behind."""
    old = {pair.child: pair for pair in before.proposal.pairs}
    new = {pair.child: pair for pair in after.proposal.pairs}
    tier = {pair.child: pair.tier for pair in (*before.proposal.pairs, *after.proposal.pairs)}
    changes = [
        {
            "left": one.child,
            "before": one.before,
            "after": one.after,
            "tier": tier[one.child],
            "fit_before": old[one.child].fit if one.before is not None else None,
            "fit_after": new[one.child].fit if one.after is not None else None,
        }
        for one in sorted(compare(before.proposal, after.proposal), key=lambda one: (-tier[one.child], int(one.child)))
    ]
    run.summary = {
        "before": summarise(before.proposal),
        "after": summarise(after.proposal),
        "changes": changes,
        "same": sum(1 for child, pair in new.items() if child in old and old[child].mentor == pair.mentor),
    }
    run.state, run.finished_at = RunState.DONE, now
    run.save(update_fields=["summary", "state", "finished_at"])


def summarise(found: Found) -> dict[str, Any]:
    """The run in numbers, the proof, and what has to be said about it."""
    figures = asdict(found.figures)
    # Bounds are exact integers beyond what JSON readers keep.
    figures |= {"primal": str(found.figures.primal), "dual": str(found.figures.dual)}
    return {
        "figures": figures,
        "unserved": dict(Counter(one.reason.code for one in found.unmatched)),
        "findings": [{"code": fault.code, "data": dict(fault.data)} for fault in found.warnings],
    }


def _proposal(run: Run, pair: ProposedPair, rank: int, paths: dict[Any, str]) -> Proposal:
    return Proposal(
        run=run,
        left_id=pair.child,
        right_id=pair.mentor,
        unit_path=paths[pair.child],
        tier=pair.tier,
        rank=rank,
        fit=pair.fit,
        distance_km=pair.distance_km,
        reasons={
            "parts": [[part.criterion, round(part.score, 4), round(part.points, 2)] for part in pair.contributions],
            "others": [write_runner_up(other) for other in pair.runners_up],
        },
    )


def _unserved(run: Run, one: Unmatched, paths: dict[Any, str]) -> Unserved:
    return Unserved(
        run=run,
        left_id=one.child,
        unit_path=paths[one.child],
        tier=one.tier,
        code=one.reason.code,
        reasons={
            "data": dict(one.reason.data),
            "permitted": one.permitted,
            "is_counted": one.is_counted,
            "counts": [asdict(count) for count in one.rule_counts],
            "changes": [{"code": change.code, **change.data} for change in one.changes],
            "others": [write_runner_up(other) for other in one.runners_up],
        },
    )


def write_runner_up(other: RunnerUp) -> dict[str, Any]:
    return {
        "right": other.mentor,
        "fit": round(other.fit, 2),
        "km": other.distance_km,
        "code": other.reason.code,
        "data": dict(other.reason.data),
        "rules": list(other.rules),
    }


def _advice(run: Run, outcome: Outcome) -> list[Advice]:
    """Only what helps; places without a unit of ours are left out."""
    codes = {one.newcomer.unit_code for one in outcome.advice}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    helpful = [one for one in outcome.advice if one.newcomer.unit_code in units][:MOST_ADVICE]
    return [
        Advice(
            run=run,
            place=units[one.newcomer.unit_code].name,
            unit_path=units[one.newcomer.unit_code].path,
            skill=one.newcomer.skill,
            tier=one.tier,
            served_gain=1 if one.steps > 0 else 0,
            fit_gain=one.points,
            rank=rank,
        )
        for rank, one in enumerate(helpful, start=1)
    ]
