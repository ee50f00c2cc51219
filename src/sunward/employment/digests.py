"""What the community groups hear from Leye Space."""

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from sunward.employment.gatherings import PROGRAMME
from sunward.employment.models import Vacancy, VacancyQuerySet
from sunward.employment.vacancies import wording
from sunward.gatherings.announcing import ANNOUNCED_COLUMNS, describe
from sunward.gatherings.models import Gathering, GatheringQuerySet
from sunward.gatherings.queries.announcing import announced
from sunward.outreach.digests import DigestRequest, DigestSection


def _gatherings(request: DigestRequest) -> GatheringQuerySet:
    return announced(programme=PROGRAMME, unit_path=request.unit_path, on=request.on)


def _vacancies(request: DigestRequest) -> VacancyQuerySet:
    """What is open in the group's district; first what its own unit found, then what was verified last."""
    district = f"/{request.unit_path.strip('/').split('/')[0]}/"
    is_own = ExpressionWrapper(Q(unit_path__startswith=request.unit_path), output_field=BooleanField())
    found = Vacancy.objects.open(on=request.on).filter(unit_path__startswith=district)
    return found.order_by(is_own.desc(), "-verified_on", "-pk")


SECTIONS = (
    DigestSection(
        "employment.vacancies", _("Vacancies"), "vacancy", Vacancy, wording.ANNOUNCED_COLUMNS,
        rows=_vacancies, say=wording.describe,
    ),
    DigestSection(
        "employment.gatherings", _("Next fairs, interviews and courses"), "gathering", Gathering, ANNOUNCED_COLUMNS,
        rows=_gatherings, say=describe, page="gatherings:gathering",
    ),
)  # fmt: skip
