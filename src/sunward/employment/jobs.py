"""What comes by itself every night in Leye Space: who has come into a group by its rule, and who has left it."""

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.employment.actions.tagging import BLOCK, judge_files
from sunward.employment.queries.tagging import count_files, next_block


@job(cron="40 0 * * *")
def judge_who_needs_help(run: Run) -> None:
    """Every file in blocks, a step each: a run that is killed keeps its whole blocks, and the next begins anew."""
    on, now = clock.today(), clock.now()
    total, done, last = count_files(), 0, 0
    while block := next_block(after=last, size=BLOCK):
        with run.step():
            judge_files(block, on=on, now=now)
        done, last = done + len(block), block[-1]
        run.report(done=done, total=total)
