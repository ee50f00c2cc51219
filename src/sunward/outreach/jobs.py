"""The worker's part: emptying the outbox, and asking gateways what became of text messages."""

from datetime import datetime, timedelta

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.models import JobRun, RunState
from sunward.core.jobs.queue import enqueue
from sunward.core.jobs.run import Run
from sunward.outreach.actions.receipts import ask_for_receipt, list_awaited
from sunward.outreach.actions.sending import Claimed, channels_with_work, claim_next, reap_lost, record_answer

# After so long another job has its turn; what is left is taken up again at once.
_LONGEST = timedelta(seconds=40)
# Whatever waits longer is found by the schedule.
_SOON = timedelta(seconds=60)
_A_MOMENT = timedelta(seconds=1)


@job(cron="* * * * *")
def send_due(run: Run) -> None:
    """Send what is due, one channel after the other in turn, as fast as the channels allow; then come back in time."""
    worker = JobRun.objects.values_list("worker", flat=True).get(pk=run.id)
    started = clock.now()
    reap_lost(now=started, worker=worker)
    upcoming = send_round(worker=worker, until=started + _LONGEST)
    # One who comes back sends what all of them have left.
    if upcoming is not None and upcoming <= clock.now() + _SOON:
        _come_back(upcoming)


def send_round(*, worker: str, until: datetime) -> datetime | None:
    """Send until nothing is left that may go out now, or `until`. Returns when there is more, if that is known."""
    waits: list[datetime] = []
    waiting: set[int] = set()
    is_moving = True
    while is_moving and (channels := [pk for pk in channels_with_work(now=clock.now()) if pk not in waiting]):
        is_moving = False
        for channel_id in channels:
            now = clock.now()
            if now >= until:
                return now
            found = claim_next(channel_id=channel_id, worker=worker, now=now)
            if isinstance(found, Claimed):
                record_answer(found, found.send(now=now), now=clock.now())
                is_moving = True
            elif found.is_taken:
                waits.append(now + _A_MOMENT)
            else:
                waiting.add(channel_id)
                waits.extend([found.until] if found.until is not None else [])
    return min(waits, default=None)


def _come_back(moment: datetime) -> None:
    if not JobRun.objects.filter(name=send_due.module_path, state=RunState.WAITING).exists():
        enqueue(send_due.using(run_after=moment))


@job(cron="*/5 * * * *")
def collect_receipts(run: Run) -> None:
    """Ask the gateways what became of the text messages of the last days."""
    for message_id in list_awaited(now=clock.now()):
        ask_for_receipt(message_id=message_id, now=clock.now())
