"""What comes by itself every night in Leye Space: who has come into a group by its rule, and who has left it."""

from django.utils.translation import gettext_lazy as _

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.employment.actions.occupation_coding import (
    code_vacancies,
    code_wishes,
    uncoded_vacancies,
    uncoded_wishes,
)
from sunward.employment.actions.tagging import BLOCK, judge_files
from sunward.employment.queries.tagging import count_files, next_block

CODED_AT_ONCE = 500


@job(cron="7-57/10 * * * *")
def code_occupations(run: Run) -> None:
    """What was imported since gets the codes that its words say plainly; what is left waits for a person.

    The titles left over are read again each time, from the memory of the worker.
    """
    todo = [
        (code, ids[start : start + CODED_AT_ONCE])
        for code, ids in (
            (code_vacancies, list(uncoded_vacancies().order_by("pk").values_list("pk", flat=True))),
            (code_wishes, list(uncoded_wishes().order_by("pk").values_list("pk", flat=True))),
        )
        for start in range(0, len(ids), CODED_AT_ONCE)
    ]
    for done, (code, ids) in enumerate(todo, start=1):
        with run.step():
            code(ids, now=clock.now())
        run.report(done=done, total=len(todo), code="employment.coding", sentence=_("Reading titles into occupations."))


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
