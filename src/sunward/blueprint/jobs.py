"""What comes by itself for Blueprint: names that nobody needs any more are forgotten; before the working day the lights
are written down and notice is given."""

from sunward.blueprint.actions.forgetting import forget_names
from sunward.blueprint.actions.noticing import (
    give_notice,
    open_plans,
    plans_to_light,
    raise_what_waits,
    write_lights,
)
from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run


@job(cron="20 6 * * *")
def follow_up(run: Run) -> None:
    """Plan by plan; run again, nothing is written or told twice."""
    on, now = clock.today(), clock.now()
    for plan_id in plans_to_light():
        with run.step():
            write_lights(plan_id=plan_id, on=on, now=now)
    for plan_id in open_plans():
        with run.step():
            raise_what_waits(plan_id=plan_id, on=on, now=now)
    with run.step():
        give_notice(on=on, now=now)


@job(cron="55 2 * * *")
def forget_names_of_results(run: Run) -> None:
    """Whom to ask about a result that nobody has worked on for years."""
    with run.step():
        forget_names(on=clock.today(), now=clock.now())
