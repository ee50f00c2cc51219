"""Which figures of Neighbour Mom answer for effort, development and satisfaction."""

from django.utils.translation import gettext_lazy as _

from sunward.figures.indices import Index, IndexKind, IndexPart

INDICES = (
    Index(
        IndexKind.EFFORT,
        _("What was given to children: hours, visits, lessons, outings."),
        (
            IndexPart("mentoring.hours_given"),
            IndexPart("mentoring.visits_made"),
            IndexPart("mentoring.tutoring_held"),
            IndexPart("mentoring.outings_held"),
        ),
    ),
    Index(
        IndexKind.DEVELOPMENT,
        _("Whether children have somebody of their own, and how soon."),
        (IndexPart("mentoring.matches_running"), IndexPart("mentoring.matched_in_60_days")),
    ),
    Index(
        IndexKind.SATISFACTION,
        _("What those who came said afterwards, from 1 to 5."),
        (IndexPart("mentoring.outing_satisfaction", asked="mentoring.outing_attendances"),),
    ),
)
