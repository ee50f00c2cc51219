"""What comes by itself in Leye Space: groups by their rules, codes of occupations, recommendations that run out."""

from django.utils.translation import gettext_lazy as _

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.employment.actions.feed_publishing import BLOCK as PUBLISHED_AT_ONCE
from sunward.employment.actions.feed_publishing import find_differences, publish_vacancies, told_districts
from sunward.employment.actions.occupation_coding import (
    code_vacancies,
    code_wishes,
    uncoded_vacancies,
    uncoded_wishes,
)
from sunward.employment.actions.recommendations import lapse_recommendation
from sunward.employment.actions.tagging import BLOCK, judge_files
from sunward.employment.queries.recommendations import list_run_out
from sunward.employment.queries.tagging import count_files, next_block

CODED_AT_ONCE = 500
LAPSED_AT_ONCE = 500


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


@job(cron="*/5 * * * *")
def publish_vacancies_to_feeds(run: Run) -> None:
    """What feeds tell is brought up to date, a district and a block at a time; a run that is killed loses nothing."""
    on, now = clock.today(), clock.now()
    todo = [
        (district, ids[start : start + PUBLISHED_AT_ONCE])
        for district in told_districts(on=on)
        for ids in [find_differences(district, on=on)]
        for start in range(0, len(ids), PUBLISHED_AT_ONCE)
    ]
    for done, (district, ids) in enumerate(todo, start=1):
        with run.step():
            publish_vacancies(district, ids, on=on, now=now)
        run.report(done=done, total=len(todo))


@job(cron="20 0 * * *")
def end_run_out_recommendations(run: Run) -> None:
    """A vacancy that ran out yesterday ends what nobody has applied for. Run again, it finds nothing left to do."""
    on, now = clock.today(), clock.now()
    while found := list_run_out(on=on, most=LAPSED_AT_ONCE):
        for recommendation_pk in found:
            with run.step():
                lapse_recommendation(recommendation_pk=recommendation_pk, on=on, now=now)
