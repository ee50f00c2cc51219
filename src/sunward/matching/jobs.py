"""The matching itself, in the background. Delivered at least once; what it writes, it writes once (`JobHand.step`)."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run as JobHand
from sunward.matching.declaration import declaration_of
from sunward.matching.enums import RunState
from sunward.matching.models import Run
from sunward.matching.recording import fail_run, record, record_preview, take_snapshot
from sunward.matching.snapshots import unpack
from sunward.matching.solving import solve
from sunward_match.faults import InputError

PREVIEWS_KEPT = timedelta(days=2)

STAGES = {
    "reading": _("Reading the files."),
    "reviewing": _("Checking the policy."),
    "looking": _("Looking who lives near whom."),
    "judging": _("Applying the rules."),
    "solving": _("Finding the best matches for all together."),
    "explaining": _("Writing down the reasons."),
    "recording": _("Saving the proposals."),
}


@job()
def match(hand: JobHand, *, run_id: int) -> None:
    """One run, previews included."""
    run = Run.objects.select_related("version__policy").get(pk=run_id)
    if run.state in (RunState.DONE, RunState.FAILED):
        return
    declaration = declaration_of(run.version.policy.programme)

    def report(stage: str, share: float) -> None:
        hand.report(done=round(100 * share), total=100, code=f"matching.{stage}", sentence=STAGES[stage])

    report("reading", 0.0)
    with hand.step():
        packed = take_snapshot(run, declaration)
    snapshot = unpack(packed)
    try:
        before = solve(run.version.content, snapshot, declaration, progress=report)
        after = solve(run.draft or {}, snapshot, declaration, progress=report) if run.is_preview else before
    except InputError as error:
        with hand.step():
            fail_run(run, error, now=clock.now())
        return
    # What is shown as proven has been rechecked by something that shares nothing with the solver.
    after.verify()
    report("recording", 0.95)
    with hand.step():
        # Another worker may have finished it before this one was given up for lost.
        run.refresh_from_db(fields=["state"])
        if run.state != RunState.RUNNING:
            return
        if run.is_preview:
            record_preview(run, before, after, now=clock.now())
        else:
            record(run, snapshot, after, now=clock.now())


@job(cron="20 3 * * *")
def drop_previews(hand: JobHand) -> None:
    """A preview is for the hour in which it was asked for."""
    with hand.step(), transaction.atomic():
        Run.objects.filter(is_preview=True, made_at__lt=clock.now() - PREVIEWS_KEPT).delete()
