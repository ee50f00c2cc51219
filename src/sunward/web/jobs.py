"""What comes by itself and speaks of several floors at once: new silences, and the Monday message."""

from sunward.accounts.deputies import find_deputies
from sunward.accounts.enums import Role
from sunward.casework.actions.silences import list_units_newly_silent, notice_silence
from sunward.core import clock
from sunward.core.jobs.declaration import job
from sunward.core.jobs.run import Run
from sunward.mentoring.access import PROGRAMME
from sunward.web.week.letters import list_recipients, write_letter
from sunward.web.week.silences import tell_of_silence


@job(cron="5 8 * * *")
def tell_new_silences(run: Run) -> None:
    """Each silence is told once, to whoever works with the file; run again, there is nothing left to tell."""
    on, now = clock.today(), clock.now()
    for path in list_units_newly_silent(programme=PROGRAMME, on=on):
        with run.step():
            cases = notice_silence(programme=PROGRAMME, unit_path=path, on=on, now=now)
            for user in find_deputies(Role.WORKER, path, on=on) if cases else ():
                tell_of_silence(user, cases, unit_path=path, on=on, now=now)


@job(cron="0 8 * * 1")
def write_week_letters(run: Run) -> None:
    """One message for each supervisor and ISO week. Made up for later in the week if the house was down on Monday."""
    on, now = clock.today(), clock.now()
    for recipient in list_recipients(on=on):
        with run.step():
            write_letter(recipient, on=on, now=now)
