"""The sheets that Leye Space brings: plans of job fairs, of community interview sessions, and of courses."""

from sunward.employment.sheets.courses import COURSES
from sunward.employment.sheets.fairs import COMMUNITY_INTERVIEWS, JOB_FAIRS

SHEETS = (JOB_FAIRS, COMMUNITY_INTERVIEWS, COURSES)

__all__ = ["COMMUNITY_INTERVIEWS", "COURSES", "JOB_FAIRS", "SHEETS"]
