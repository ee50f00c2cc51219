"""What is written down once one of our gatherings was held: the vacancies that employers brought."""

from datetime import date, datetime

from sunward.accounts.access import Actor
from sunward.employment.actions.brought import record_brought_vacancies
from sunward.employment.gatherings import BOOTH_KINDS
from sunward.gatherings.models import Gathering


def when_held(gathering: Gathering, *, actor: Actor, on: date, now: datetime) -> None:
    if gathering.kind in BOOTH_KINDS:
        record_brought_vacancies(gathering, actor=actor, on=on, now=now)
