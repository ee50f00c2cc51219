"""What comes by itself for closed files, whichever programme keeps them."""

from sunward.casework.actions.retention import anonymise_case, put_on_list, take_off_list
from sunward.casework.queries.retention import list_ripe, list_to_put_on_list
from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run


@job(cron="30 2 * * *")
def empty_what_is_over(run: Run) -> None:
    """Both steps of retention: list what will be over within a month, empty what has stood there long enough."""
    on, now = clock.today(), clock.now()
    with run.step():
        take_off_list(on=on)
    for case_pk in list_to_put_on_list(on=on):
        with run.step():
            put_on_list(case_pk=case_pk, on=on, now=now)
    for case_pk in list_ripe(on=on):
        with run.step():
            anonymise_case(case_pk=case_pk, on=on, now=now)
