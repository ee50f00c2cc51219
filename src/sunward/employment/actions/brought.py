"""What a fair brought: the vacancies of the employers who came, counted once it has been held."""

from datetime import date, datetime
from decimal import Decimal

from sunward.accounts.access import Actor
from sunward.employment.access.vacancies import VACANCY_SUBJECT
from sunward.employment.enums import BoothState
from sunward.employment.models import BoothVacancy
from sunward.gatherings.models import Gathering
from sunward.ledger.actions import NewFact, record_many

BROUGHT = "employment.vacancy_brought"


def record_brought_vacancies(gathering: Gathering, *, actor: Actor, on: date, now: datetime) -> int:
    """A fact for each vacancy at a booth whose employer said that it comes; its quantity is how many posts it has.

    Within the act by which the gathering was held: from then on its booths stay as they are. Where nobody said how
    many are wanted, it is one. Returns how many vacancies there were.
    """
    lines = BoothVacancy.objects.filter(booth__gathering=gathering, booth__state=BoothState.CONFIRMED)
    told = lines.order_by("pk").values_list("vacancy", "vacancy__places_min", "booth")
    facts = [
        NewFact(
            kind=BROUGHT, subject_kind=VACANCY_SUBJECT, subject_id=vacancy, happened_on=on, actor_id=actor.user_id,
            unit_id=gathering.host_id, unit_path=gathering.unit_path, quantity=Decimal(places or 1),
            attributes={"kind": gathering.kind, "gathering_id": gathering.pk, "booth": booth},
        )
        for vacancy, places, booth in told
    ]  # fmt: skip
    record_many(facts, now=now)
    return len(facts)
