"""What the night counts for figures."""

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.figures.counting.rolling import drop_others, kept_of, last_settled_fact, roll_up
from sunward.figures.declared import indicators


@job(cron="15 1 * * *")
def roll_up_figures(run: Run) -> None:
    """All that is declared, a step each. A night that is left out costs time by day, and no number."""
    counts = kept_of(indicators().values())
    with run.step():
        drop_others(counts)
        until = last_settled_fact()
    for done, count in enumerate(counts, start=1):
        with run.step():
            roll_up(count, until=until, now=clock.now())
        run.report(done=done, total=len(counts))
