"""How rows of plans become gatherings, those of the survey of people without work files, and adverts vacancies."""

from sunward.employment.intake.events import EventsIntake
from sunward.employment.intake.unemployed import UnemployedIntake
from sunward.employment.intake.vacancies import VacanciesIntake
from sunward.employment.sheets import PLANS
from sunward.registers.intake import Intake

INTAKES: tuple[Intake, ...] = (*(EventsIntake(kind.key) for kind in PLANS), UnemployedIntake(), VacanciesIntake())
