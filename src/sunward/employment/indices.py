"""Which figures of Leye Space answer for effort, development and satisfaction."""

from django.utils.translation import gettext_lazy as _

from sunward.figures.indices import Index, IndexKind, IndexPart

INDICES = (
    Index(
        IndexKind.EFFORT,
        _("What was done for jobseekers: services, fairs, sessions in communities."),
        (
            IndexPart("employment.services"),
            IndexPart("employment.fairs_held"),
            IndexPart("employment.interview_sessions_held"),
        ),
    ),
    Index(
        IndexKind.DEVELOPMENT,
        _("Whether people found work, and whether it lasts."),
        (
            IndexPart("employment.helped_into_work"),
            IndexPart("employment.youths_into_work"),
            IndexPart("employment.stayed"),
        ),
    ),
    Index(
        IndexKind.SATISFACTION,
        _("What those who came said afterwards, from 1 to 5."),
        (IndexPart("employment.course_satisfaction", asked="employment.course_attendances"),),
    ),
)
