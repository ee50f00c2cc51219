"""What the community groups hear from Neighbour Mom."""

from django.utils.translation import gettext_lazy as _

from sunward.gatherings.announcing import ANNOUNCED_COLUMNS, describe
from sunward.gatherings.models import Gathering, GatheringQuerySet
from sunward.gatherings.queries.announcing import announced
from sunward.mentoring.gatherings import PROGRAMME
from sunward.outreach.digests import DigestRequest, DigestSection


def _gatherings(request: DigestRequest) -> GatheringQuerySet:
    return announced(programme=PROGRAMME, unit_path=request.unit_path, on=request.on)


SECTIONS = (
    DigestSection(
        "mentoring.gatherings", _("Next with the neighbour moms"), "gathering", Gathering, ANNOUNCED_COLUMNS,
        rows=_gatherings, say=describe, page="gatherings:gathering",
    ),
)  # fmt: skip
