"""What comes by itself every day: vetting, handovers that are over, drafts nobody came back to."""

from datetime import timedelta

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.mentoring.actions.applications import forget_applications
from sunward.mentoring.actions.growing_up import ask_about_age
from sunward.mentoring.actions.tutoring_calendar import remind_of_session
from sunward.mentoring.actions.tutoring_vetting import pause_tutoring_for_vetting
from sunward.mentoring.actions.vetting_pauses import end_handover, pause_for_vetting, warn_or_calm
from sunward.mentoring.actions.ways import climb
from sunward.mentoring.experts.news import question_news
from sunward.mentoring.models import VisitDraft
from sunward.mentoring.queries.calendar import list_ended_handovers, list_matches_by_vetting
from sunward.mentoring.queries.growing_up import list_growing_up
from sunward.mentoring.queries.question_news import list_late_news, list_waiting_news
from sunward.mentoring.queries.renewals import list_renewals
from sunward.mentoring.queries.tutoring_calendar import list_sessions_to_remind, list_unvetted_tutorings
from sunward.mentoring.queries.ways import list_due_ways
from sunward.mentoring.renewals import renewals
from sunward.mentoring.rules import DRAFT_DAYS


@job(cron="10 0 * * *")
def check_vetting(run: Run) -> None:
    """Pause whom an expired vetting stops, warn whom it will stop soon. Run again, it finds nothing left to do."""
    on, now = clock.today(), clock.now()
    found = list_matches_by_vetting(on=on)
    for done, match_pk in enumerate((*found.stopped, *found.to_warn_or_calm), start=1):
        with run.step():
            if not pause_for_vetting(match_pk=match_pk, on=on, now=now):
                warn_or_calm(match_pk=match_pk, on=on, now=now)
        run.report(done=done, total=len(found.stopped) + len(found.to_warn_or_calm))


@job(cron="5 0 * * *")
def end_handovers(run: Run) -> None:
    """Close what was handed over yesterday or before."""
    on, now = clock.today(), clock.now()
    for match_pk in list_ended_handovers(on=on):
        with run.step():
            end_handover(match_pk=match_pk, on=on, now=now)


@job(cron="* * * * *")
def watch_ways(run: Run) -> None:
    """Who was to be back by now. Each row is locked and looked at again: two workers tell nobody twice."""
    on, now = clock.today(), clock.now()
    for way_pk in list_due_ways(now=now):
        with run.step():
            climb(way_pk=way_pk, on=on, now=now)


@job(cron="15 0 * * *")
def check_vetting_of_students(run: Run) -> None:
    """Pause the tutorings that an expired vetting stops. Run again, it finds nothing left to do."""
    on, now = clock.today(), clock.now()
    for tutoring_pk in list_unvetted_tutorings(on=on):
        with run.step():
            pause_tutoring_for_vetting(tutoring_pk=tutoring_pk, on=on, now=now)


@job(cron="*/10 * * * *")
def remind_of_sessions(run: Run) -> None:
    """Each session in a step of its own, so that a run that is killed reminds nobody twice."""
    on, now = clock.today(), clock.now()
    for session_pk in list_sessions_to_remind(now=now):
        with run.step():
            remind_of_session(session_pk=session_pk, on=on, now=now)


@job(cron="*/10 7-19 * * *")
def tell_experts(run: Run) -> None:
    """Each expert once a day at most. Run again, or by two workers at once, it is one message: its key is the day's."""
    on, now = clock.today(), clock.now()
    for news in list_waiting_news(on=on):
        with run.step():
            question_news.send(sender=None, news=news, now=now)


@job(cron="20 8 * * *")
def tell_of_late_questions(run: Run) -> None:
    """Whoever keeps the team hears in the morning of what is newly late."""
    on, now = clock.today(), clock.now()
    for news in list_late_news(on=on, now=now):
        with run.step():
            question_news.send(sender=None, news=news, now=now)


@job(cron="20 3 * * *")
def drop_old_drafts(run: Run) -> None:
    """A draft is a help for the memory of days, not a second file about a child."""
    with run.step():
        VisitDraft.objects.filter(updated_at__lt=clock.now() - timedelta(days=DRAFT_DAYS)).delete()


@job(cron="25 3 * * *")
def drop_old_applications(run: Run) -> None:
    """Declined or withdrawn long ago."""
    with run.step():
        forget_applications(on=clock.today(), now=clock.now())


@job(cron="25 0 * * *")
def ask_about_ages(run: Run) -> None:
    """Who grows up, or has: prepare, then decide, then ask again every September. Nothing closes by itself."""
    on, now = clock.today(), clock.now()
    for case_pk in list_growing_up(on=on):
        with run.step():
            ask_about_age(case_pk=case_pk, on=on, now=now)


@job(cron="30 8 * * *")
def remind_of_renewals(run: Run) -> None:
    """Ninety, thirty and seven days before vetting ends; a day missed is made up for by the next."""
    on, now = clock.today(), clock.now()
    for renewal in list_renewals(on=on):
        with run.step():
            renewals.send(sender=None, renewal=renewal, now=now)
