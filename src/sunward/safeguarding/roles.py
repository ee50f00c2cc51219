"""Who reports, who looks into it, and who hears of an emergency."""

from sunward.accounts.enums import CASEWORK_ROLES, Role

# Everybody on duty may say that they are worried.
REPORTING = (*CASEWORK_ROLES, Role.MENTOR, Role.EMPLOYMENT_OFFICER)
# Who decides what becomes of a worry in her units.
TRIAGING = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)
