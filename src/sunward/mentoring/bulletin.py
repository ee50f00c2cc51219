"""What Neighbour Mom puts into a district's bulletin."""

from django.utils.translation import gettext_lazy as _

BULLETIN = _(
    "# Neighbour Mom\n"
    "On the last day [[mentoring.moms_with_child]] neighbour moms were there for [[mentoring.matches_running]] children"
    " of whom each has one of her own. Since January they were with them [[mentoring.visits_made | year]] times."
)
