"""What comes by itself: the ladder of an emergency that nobody answers, care that should have ended, and hints of
files that were opened after a worry."""

from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.safeguarding.actions.care import tell_of_overdue
from sunward.safeguarding.actions.climbing import climb_emergency
from sunward.safeguarding.actions.hints import compare_again
from sunward.safeguarding.actions.worry_clock import climb_worry
from sunward.safeguarding.queries.due import (
    list_comparable_worries,
    list_due_emergencies,
    list_due_worries,
    list_overdue_care,
)


@job()
def climb_one(run: Run, *, emergency_pk: int) -> None:
    """Put in the queue for the moment at which one emergency climbs."""
    with run.step():
        climb_emergency(emergency_pk=emergency_pk, now=clock.now())


@job(cron="* * * * *")
def climb_ladders(run: Run) -> None:
    """Whatever is due and was missed: each in a step of its own, and each looks again under its lock."""
    now = clock.now()
    for emergency_pk in list_due_emergencies(now=now):
        with run.step():
            climb_emergency(emergency_pk=emergency_pk, now=now)
    for worry_pk in list_due_worries(now=now):
        with run.step():
            climb_worry(worry_pk=worry_pk, now=now)


@job(cron="5,35 * * * *")
def tell_of_care(run: Run) -> None:
    """Children who should have been handed back by now."""
    now = clock.now()
    for care_pk in list_overdue_care(now=now):
        with run.step():
            tell_of_overdue(care_pk=care_pk, now=now)


@job(cron="40 3 * * *")
def compare_worries(run: Run) -> None:
    """Every night: a file opened since, or a telephone added to one, may be about a child of another office."""
    on, now = clock.today(), clock.now()
    for worry_pk in list_comparable_worries(on=on):
        with run.step():
            compare_again(worry_pk=worry_pk, on=on, now=now)
