"""Who hears of an urgent worry that nobody takes up: who answers, who is reached in her place, the district."""

from dataclasses import dataclass
from datetime import date

from sunward.accounts.deputies import find_deputies
from sunward.accounts.enums import Role
from sunward.safeguarding.access.worries import office_path, office_role, who_answers
from sunward.safeguarding.models import Worry
from sunward.safeguarding.queries.ladder_people import find_holders, find_reached


@dataclass(frozen=True, slots=True)
class WorryPeople:
    """On one day, by the unit that has the worry today. Whoever reported it need not be told of it."""

    worry: Worry
    on: date

    def on_rung(self, rung: int) -> tuple[int, ...]:
        path = self.worry.unit_path
        but = {self.worry.reporter_id} if self.worry.reporter_id else set()
        if rung == 0:
            found = who_answers(path, on=self.on)
        elif rung == 1:
            # Whoever was told and did not take it up counts as away.
            silent = {*but, *self.on_rung(0)}
            found = find_deputies(office_role(path), office_path(path), on=self.on, but=silent)
        else:
            found = find_reached(Role.DISTRICT_OFFICER, path, on=self.on)
        return tuple(user.pk for user in found if user.pk not in but)

    def up_to(self, rung: int) -> tuple[int, ...]:
        return tuple(dict.fromkeys(one for below in range(rung + 1) for one in self.on_rung(below)))

    def everybody(self) -> tuple[int, ...]:
        """If really nobody is there, whoever is away: a telephone may still ring."""
        roles, path = (Role.SUPERVISOR, Role.DISTRICT_OFFICER), self.worry.unit_path
        return self.up_to(2) or tuple(user.pk for role in roles for user in find_holders(role, path, on=self.on))
