"""The lines of Leye Space in the menu."""

from django.utils.translation import gettext_lazy as _

from sunward.core.menu import Entry
from sunward.employment.access.fairs import SUMS_ROLES
from sunward.employment.access.interests import SUMS_ROLES as INTEREST_SUMS_ROLES
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.access.points import POINT_ROLES
from sunward.employment.access.stories import STORY_ROLES
from sunward.employment.access.vacancies import VACANCY_ROLES

TITLE = _("Leye Space")
MENU = [
    Entry(_("Jobseekers"), "employment:jobseekers", "users", roles=(*JOBSEEKER_ROLES,), is_on_phone=True),
    Entry(_("Who needs help"), "employment:who_needs_help", "heart-handshake", roles=(*JOBSEEKER_ROLES,)),
    Entry(_("Shortlists"), "employment:shortlists", "list-check", roles=(*JOBSEEKER_ROLES,)),
    Entry(_("Vacancies"), "employment:vacancies", "building-store", roles=(*VACANCY_ROLES,), is_on_phone=True),
    Entry(_("Visits to employers"), "employment:visits_next", "walk", roles=(*VACANCY_ROLES,), is_on_phone=True),
    Entry(_("Fairs and interviews"), "employment:fairs", "messages", roles=(*SUMS_ROLES,)),
    Entry(_("What people wish to learn"), "employment:interests", "school", roles=(*INTEREST_SUMS_ROLES,)),
    Entry(_("Appointments"), "employment:appointments", "calendar-event", roles=(*JOBSEEKER_ROLES,)),
    Entry(_("Stories of success"), "employment:stories", "book", roles=(*STORY_ROLES,)),
    Entry(_("Leye Spaces"), "employment:points", "map-pin", roles=(*POINT_ROLES,)),
    Entry(_("What is over"), "employment:retention", "archive", roles=(*JOBSEEKER_ROLES,)),
]
