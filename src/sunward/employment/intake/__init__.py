"""How rows of plans become gatherings, and those of the survey of people without work files."""

from sunward.employment.intake.events import EventsIntake
from sunward.employment.intake.unemployed import UnemployedIntake
from sunward.employment.sheets import PLANS
from sunward.registers.intake import Intake

INTAKES: tuple[Intake, ...] = (*(EventsIntake(kind.key) for kind in PLANS), UnemployedIntake())
