"""How rows of plans become gatherings."""

from sunward.employment.intake.events import EventsIntake
from sunward.employment.sheets import SHEETS

INTAKES = tuple(EventsIntake(kind.key) for kind in SHEETS)
