"""What Leye Space asks of everyone."""

from sunward.accounts.enums import Role

# Who keeps the jobseekers' files, in her unit and below it. Whoever works with children keeps none of them.
FILE_ROLES = (Role.EMPLOYMENT_OFFICER,)
