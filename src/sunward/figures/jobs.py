"""What the night counts for figures."""

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.figures.counting.rolling import counts_of, drop_others, last_settled_fact, roll_up
from sunward.figures.declared import indicators


@job(cron="15 1 * * *")
def roll_up_figures(run: Run) -> None:
    """Every declared count, a step each. A night that is left out costs time by day, and no number."""
    counts = counts_of(indicators().values())
    with run.step():
        drop_others(counts)
        until = last_settled_fact()
    for done, count in enumerate(counts, start=1):
        with run.step():
            roll_up(count, until=until, now=clock.now())
        run.report(done=done, total=len(counts))
