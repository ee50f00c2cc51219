"""Who keeps results of universities and the enterprises of a district, and who reads what of them.

A plan officer of the district keeps both. A leader reads both in the own district. A plan officer of another unit reads
the results that the unit leads and the enterprises that these are with, and adds the steps. A result and an enterprise
name nobody who is served, so no look is written.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.blueprint.access import KEEPER_ROLES, district_of, kept_paths, read_paths, visible_work
from sunward.blueprint.models import DistrictEnterprise, ResearchResult, ResultStep, WorkItem
from sunward.core.refusals import NotThere

RESULT_SUBJECT, ENTERPRISE_SUBJECT = "research_result", "district_enterprise"


def visible_results(actor: Actor) -> QuerySet[ResearchResult]:
    """Whoever leads a result lies in its district: the path of the lead decides both."""
    paths = (*kept_paths(actor), *read_paths(actor), *actor.paths(*KEEPER_ROLES))
    return ResearchResult.objects.filter(below(paths))


def kept_results(actor: Actor) -> QuerySet[ResearchResult]:
    return ResearchResult.objects.filter(below(kept_paths(actor)))


def led_results(actor: Actor) -> QuerySet[ResearchResult]:
    """Those, and what the actor's own unit leads."""
    return ResearchResult.objects.filter(below(actor.paths(*KEEPER_ROLES)))


def visible_enterprises(actor: Actor) -> QuerySet[DistrictEnterprise]:
    whole = below((*kept_paths(actor), *read_paths(actor)))
    led = ResultStep.objects.filter(result__in=led_results(actor), enterprise__isnull=False)
    return DistrictEnterprise.objects.filter(whole | Q(pk__in=led.values("enterprise")))


def kept_enterprises(actor: Actor) -> QuerySet[DistrictEnterprise]:
    return DistrictEnterprise.objects.filter(below(kept_paths(actor)))


def enterprises_to_choose(result: ResearchResult) -> QuerySet[DistrictEnterprise]:
    """With whom a step can be made. Whoever leads a result of the district chooses among the names of all."""
    return DistrictEnterprise.objects.filter(unit_path=district_of(result.unit_path))


def units_to_lead(actor: Actor) -> UnitQuerySet:
    """Offices and sub-districts of the districts that the actor keeps, on the actor's day."""
    kinds = (UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT)
    return Unit.objects.existing(on=actor.on).filter(below(kept_paths(actor), "path"), kind__in=kinds)


def work_to_link(actor: Actor, result: ResearchResult) -> QuerySet[WorkItem]:
    """Lines of the same district that the actor sees."""
    return visible_work(actor).filter(plan__unit_path=district_of(result.unit_path))


def get_result(*, actor: Actor, result_id: UUID) -> ResearchResult:
    return _result(visible_results(actor), result_id)


def open_kept_result(*, actor: Actor, result_id: UUID) -> ResearchResult:
    """For the page before the act: nothing is locked."""
    return _result(kept_results(actor), result_id)


def open_led_result(*, actor: Actor, result_id: UUID) -> ResearchResult:
    """For the page before the act: nothing is locked."""
    return _result(led_results(actor), result_id)


def get_kept_result(*, actor: Actor, result_id: UUID) -> ResearchResult:
    return _result(kept_results(actor).select_for_update(of=("self",)), result_id)


def get_led_result(*, actor: Actor, result_id: UUID) -> ResearchResult:
    """Locked, so that two steps of one result wait for each other."""
    return _result(led_results(actor).select_for_update(of=("self",)), result_id)


def get_enterprise(*, actor: Actor, enterprise_id: UUID) -> DistrictEnterprise:
    return _enterprise(visible_enterprises(actor), enterprise_id)


def open_kept_enterprise(*, actor: Actor, enterprise_id: UUID) -> DistrictEnterprise:
    """For the page before the act: nothing is locked."""
    return _enterprise(kept_enterprises(actor), enterprise_id)


def get_kept_enterprise(*, actor: Actor, enterprise_id: UUID) -> DistrictEnterprise:
    return _enterprise(kept_enterprises(actor).select_for_update(of=("self",)), enterprise_id)


def keeps(actor: Actor, path: str) -> bool:
    return district_of(path) in kept_paths(actor)


def leads(actor: Actor, result: ResearchResult) -> bool:
    """Keeps it, or follows the unit that leads it."""
    return any(result.unit_path.startswith(path) for path in actor.paths(*KEEPER_ROLES))


def result_subject(result: ResearchResult) -> Subject:
    return Subject(RESULT_SUBJECT, result.pk)


def enterprise_subject(enterprise: DistrictEnterprise) -> Subject:
    return Subject(ENTERPRISE_SUBJECT, enterprise.pk)


def _result(rows: QuerySet[ResearchResult], result_id: UUID) -> ResearchResult:
    row = rows.select_related("lead").filter(uid=result_id).first()
    if row is None:
        raise NotThere("blueprint.result_not_there", _("There is no such result, or it is not yours to see."))
    return row


def _enterprise(rows: QuerySet[DistrictEnterprise], enterprise_id: UUID) -> DistrictEnterprise:
    row = rows.select_related("unit").filter(uid=enterprise_id).first()
    if row is None:
        raise NotThere("blueprint.enterprise_not_there", _("There is no such enterprise, or it is not yours to see."))
    return row
