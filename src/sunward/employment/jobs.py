"""What comes by itself in Leye Space: groups by their rules, codes of occupations, recommendations that run out."""

from django.utils.translation import gettext_lazy as _

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.employment.actions.appointment_reminders import list_to_remind, remind_of_appointment
from sunward.employment.actions.feed_fetching import feeds_to_fetch, fetch_feed
from sunward.employment.actions.feed_publishing import BLOCK as PUBLISHED_AT_ONCE
from sunward.employment.actions.feed_publishing import find_differences, publish_vacancies, told_districts
from sunward.employment.actions.forgetting import AT_ONCE as FORGOTTEN_AT_ONCE
from sunward.employment.actions.forgetting import forget_contacts, forget_visit_words
from sunward.employment.actions.help_figures import drop_help_figures, keep_help_figures
from sunward.employment.actions.interest_telling import tell_of_survey
from sunward.employment.actions.occupation_coding import (
    code_vacancies,
    code_wishes,
    uncoded_vacancies,
    uncoded_wishes,
)
from sunward.employment.actions.recommendations import lapse_recommendation
from sunward.employment.actions.shortlists import fail_shortlist, finish_telling, record_lines, tell_case
from sunward.employment.actions.tagging import BLOCK, judge_files
from sunward.employment.queries.help_counts import large_units
from sunward.employment.queries.interest_telling import list_to_tell, surveys_to_tell, teller_of_survey
from sunward.employment.queries.market import read_market
from sunward.employment.queries.recommendations import list_run_out
from sunward.employment.queries.shortlists import (
    find_queued_shortlist,
    list_untold_cases,
    say_who_has_nothing,
    teller_of,
)
from sunward.employment.queries.tagging import count_files, next_block
from sunward.employment.shortlists.making import make_shortlists
from sunward.employment.shortlists.policy import read_policy
from sunward.matching.shortlisting import EngineError

CODED_AT_ONCE = 500
LAPSED_AT_ONCE = 500
STAGES = {
    "reading": _("Reading the files and the vacancies."),
    "drawing": _("Looking what could suit whom."),
    "scoring": _("Weighing wish and chance."),
    "solving": _("Giving lists so that nobody is flooded."),
    "explaining": _("Writing down the reasons."),
    "prospects": _("Looking what would open more doors."),
    "done": _("Saving the lists."),
}


@job(cron="40 0 * * *")
def judge_who_needs_help(run: Run) -> None:
    """Every file in blocks, a step each: a run that is killed keeps its whole blocks, and the next begins anew.

    At the end the large units are counted, whose officers could not wait for it.
    """
    on, now = clock.today(), clock.now()
    total, done, last = count_files(), 0, 0
    while block := next_block(after=last, size=BLOCK):
        with run.step():
            judge_files(block, on=on, now=now)
        done, last = done + len(block), block[-1]
        run.report(done=done, total=total)
    units = large_units()
    for unit in units:
        with run.step():
            keep_help_figures(unit=unit, on=on, now=clock.now())
    with run.step():
        drop_help_figures(units=units)


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


@job()
def draw_shortlist(run: Run, *, run_id: int) -> None:
    """Lists for a unit, every one proven anew before it is written. Run again, it finds them written."""
    found = find_queued_shortlist(run_id)
    if found is None:
        return
    policy = read_policy(found.policy)

    def report(stage: str, share: float) -> None:
        run.report(done=round(100 * share), total=100, code=f"employment.{stage}", sentence=STAGES[stage])

    report("reading", 0.0)
    market = read_market(found.unit, policy=policy, on=found.drawn_on)
    try:
        lists = make_shortlists(market, policy=policy, progress=report)
    except EngineError as error:
        with run.step():
            fail_shortlist(run_pk=run_id, sentence=type(error).__name__)
        raise
    with run.step():
        record_lines(run_pk=run_id, lists=lists, nothing=say_who_has_nothing(lists), now=clock.now())


@job()
def tell_shortlist(run: Run, *, run_id: int) -> None:
    """One person after the other, a step each: a run that is killed goes on where it stopped."""
    on, now, actor = clock.today(), clock.now(), teller_of(run_id, on=clock.today())
    waiting = list_untold_cases(run_id)
    for done, case_pk in enumerate(waiting, start=1):
        with run.step():
            tell_case(run_pk=run_id, case_pk=case_pk, actor=actor, on=on, now=now)
        run.report(done=done, total=len(waiting))
    with run.step():
        finish_telling(run_pk=run_id)


@job()
def tell_interest_survey(run: Run, *, survey_id: int) -> None:
    """One person after the other, a step each; whoever was told is not told again."""
    on, now, actor = clock.today(), clock.now(), teller_of_survey(survey_id, on=clock.today())
    waiting = list_to_tell(survey_id, on=on)
    for done, case_pk in enumerate(waiting, start=1):
        with run.step():
            tell_of_survey(survey_pk=survey_id, case_pk=case_pk, actor=actor, on=on, now=now)
        run.report(done=done, total=len(waiting))


@job(cron="15 9 * * *")
def tell_open_interest_surveys(run: Run) -> None:
    """Surveys that open today, and whoever has come to the office since one was told."""
    on = clock.today()
    for survey_id in surveys_to_tell(on=on):
        actor = teller_of_survey(survey_id, on=on)
        for case_pk in list_to_tell(survey_id, on=on):
            with run.step():
                tell_of_survey(survey_pk=survey_id, case_pk=case_pk, actor=actor, on=on, now=clock.now())


@job(cron="5 9 * * *")
def remind_of_appointments(run: Run) -> None:
    """The day before, in the morning; each in a step of its own, so that a run that is killed reminds nobody twice."""
    now = clock.now()
    due = list_to_remind(on=clock.today())
    for done, appointment_pk in enumerate(due, start=1):
        with run.step():
            remind_of_appointment(appointment_pk=appointment_pk, now=now)
        run.report(done=done, total=len(due))


@job(cron="13,43 * * * *")
def fetch_vacancies_from_feeds(run: Run) -> None:
    """What other systems offer at their own address; one that does not answer holds no other up."""
    on, feeds = clock.today(), feeds_to_fetch(on=clock.today())
    for done, feed in enumerate(feeds, start=1):
        fetch_feed(feed, step=run.step, on=on, now=clock.now())
        run.report(done=done, total=len(feeds))


@job(cron="50 2 * * *")
def forget_words_of_employers(run: Run) -> None:
    """Whom to call about a post that is years over, and words of old visits. A block in a step of its own."""
    on, forgotten = clock.today(), FORGOTTEN_AT_ONCE
    with run.step():
        forget_visit_words(on=on)
    while forgotten == FORGOTTEN_AT_ONCE:
        with run.step():
            forgotten = forget_contacts(on=on)
