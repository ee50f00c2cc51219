"""What Leye Space brings: people without work, and plans of job fairs, of interview sessions and of courses."""

from sunward.employment.sheets.courses import COURSES
from sunward.employment.sheets.fairs import COMMUNITY_INTERVIEWS, JOB_FAIRS
from sunward.employment.sheets.unemployed import UNEMPLOYED

PLANS = (JOB_FAIRS, COMMUNITY_INTERVIEWS, COURSES)
SHEETS = (*PLANS, UNEMPLOYED)

__all__ = ["COMMUNITY_INTERVIEWS", "COURSES", "JOB_FAIRS", "PLANS", "SHEETS", "UNEMPLOYED"]
