"""What Blueprint puts into a district's bulletin."""

from django.utils.translation import gettext_lazy as _

BULLETIN = _(
    "# Blueprint\n"
    "Since January [[blueprint.meetings | year]] meetings asked [[blueprint.questions | year]] questions and heard"
    " [[blueprint.speakers | year]] speakers. They took [[blueprint.decisions | year]] decisions, of which came"
    " [[blueprint.work_begun | year]] lines of work; [[blueprint.proposals_answered | year]] answers were given to"
    " proposals."
)
