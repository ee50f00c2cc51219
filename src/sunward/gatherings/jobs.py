"""What comes by itself: reminders the day before, and the question how it was; and the planning of a roadshow."""

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.gatherings.actions.reminders import ask_for_feedback, remind_of_session
from sunward.gatherings.models import Roadshow
from sunward.gatherings.queries.reminders import list_feedback_due, list_reminders_due
from sunward.gatherings.roadshow_plans import full_request, keep_answer, work_out


@job(cron="*/10 * * * *")
def remind(run: Run) -> None:
    """Each session in a step of its own, so that a run that is killed reminds nobody twice."""
    now = clock.now()
    due = list_reminders_due(now=now)
    for done, session_pk in enumerate(due, start=1):
        with run.step():
            remind_of_session(session_pk=session_pk, now=now)
        run.report(done=done, total=len(due))


@job(cron="25 * * * *")
def ask_how_it_was(run: Run) -> None:
    now = clock.now()
    due = list_feedback_due(now=now)
    for done, gathering_pk in enumerate(due, start=1):
        with run.step():
            ask_for_feedback(gathering_pk=gathering_pk, now=now)
        run.report(done=done, total=len(due))


@job()
def plan_roadshow(run: Run, *, roadshow_id: int, version: int) -> None:
    """Ask the planner. A first plan is kept at once; another waits until somebody has looked at what it changes."""
    roadshow = Roadshow.objects.select_related("unit").get(pk=roadshow_id)
    document = work_out(full_request(roadshow, on=clock.today()), run.report)
    with run.step():
        keep_answer(roadshow_pk=roadshow_id, version=version, document=document)
