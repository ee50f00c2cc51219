"""What is not there, or not yours to see, is said in one way."""

from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import NotThere


def recommendation_not_there() -> NotThere:
    return NotThere(
        "employment.recommendation_not_there", _("There is no such recommendation, or it is not yours to see.")
    )


def placement_not_there() -> NotThere:
    return NotThere("employment.placement_not_there", _("There is no such work on this file."))
