"""The sheets that Neighbour Mom brings."""

from sunward.mentoring.sheets.children import CHILDREN
from sunward.mentoring.sheets.mothers import MOTHERS
from sunward.mentoring.sheets.students import STUDENTS

SHEETS = (CHILDREN, MOTHERS, STUDENTS)

__all__ = ["CHILDREN", "MOTHERS", "SHEETS", "STUDENTS"]
