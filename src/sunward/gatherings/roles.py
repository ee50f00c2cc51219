"""Who has pages here: whoever plans some kind of gathering, and whoever signs people up."""

from sunward.accounts.enums import CASEWORK_ROLES, Role

PLANNERS = (*CASEWORK_ROLES, Role.EMPLOYMENT_OFFICER)
TAKING_PART = (*PLANNERS, Role.MENTOR)
