"""How the rows of Neighbour Mom's registers become files."""

from sunward.mentoring.intake.children import ChildrenIntake
from sunward.mentoring.intake.mentors import MothersIntake, StudentsIntake
from sunward.registers.intake import Intake

INTAKES: tuple[Intake, ...] = (ChildrenIntake(), MothersIntake(), StudentsIntake())
