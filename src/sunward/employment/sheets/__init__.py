"""What Leye Space brings: people without work, vacancies, and plans of job fairs, interview sessions and courses."""

from sunward.employment.sheets.courses import COURSES
from sunward.employment.sheets.fairs import COMMUNITY_INTERVIEWS, JOB_FAIRS
from sunward.employment.sheets.unemployed import UNEMPLOYED
from sunward.employment.sheets.vacancies import VACANCIES

PLANS = (JOB_FAIRS, COMMUNITY_INTERVIEWS, COURSES)
SHEETS = (*PLANS, UNEMPLOYED, VACANCIES)

__all__ = ["COMMUNITY_INTERVIEWS", "COURSES", "JOB_FAIRS", "PLANS", "SHEETS", "UNEMPLOYED", "VACANCIES"]
