"""Who may see runs and proposals: the district's officers all, a supervisor what concerns her own sub-district."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.accounts.scopes import above, below
from sunward.core.refusals import NotThere
from sunward.matching.declaration import declaration_of
from sunward.matching.models import Advice, Policy, Proposal, Run, Unserved

MATCHING_ROLES = (Role.DISTRICT_OFFICER, Role.SUPERVISOR)
# Who may change what holds for the whole district.
POLICY_ROLES = (Role.DISTRICT_OFFICER,)


def scope(actor: Actor) -> tuple[str, ...]:
    return actor.paths(*MATCHING_ROLES)


def visible_policies(actor: Actor) -> QuerySet[Policy]:
    return Policy.objects.filter(is_active=True) if scope(actor) else Policy.objects.none()


def get_policy(*, actor: Actor, policy_id: UUID) -> Policy:
    policy = visible_policies(actor).filter(uid=policy_id).first()
    if policy is None:
        raise NotThere("matching.policy_not_there", _("There is no such policy."))
    return policy


def visible_runs(actor: Actor) -> QuerySet[Run]:
    """Runs that concern the actor's units; previews are kept off every list."""
    paths = scope(actor)
    return Run.objects.filter(below(paths) | Q(unit_path__in=above(paths)), is_preview=False).defer("snapshot")


def get_run(*, actor: Actor, run_id: UUID) -> Run:
    run = visible_runs(actor).select_related("version__policy", "job", "made_by").filter(uid=run_id).first()
    if run is None:
        raise run_not_there()
    return run


def get_preview(*, actor: Actor, run_id: UUID) -> Run:
    """A preview is its maker's own."""
    run = (
        Run.objects.filter(uid=run_id, is_preview=True, made_by_id=actor.user_id or None)
        .defer("snapshot")
        .select_related("version__policy", "job")
        .first()
    )
    if run is None or not actor.has(*POLICY_ROLES):
        raise run_not_there()
    return run


def run_not_there() -> NotThere:
    return NotThere("matching.run_not_there", _("There is no such matching, or it is not yours to see."))


def visible_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Proposals for those who live in the actor's units."""
    return Proposal.objects.filter(below(scope(actor)), run__is_preview=False)


def visible_unserved(actor: Actor) -> QuerySet[Unserved]:
    return Unserved.objects.filter(below(scope(actor)), run__is_preview=False)


def visible_advice(actor: Actor) -> QuerySet[Advice]:
    return Advice.objects.filter(below(scope(actor)), run__is_preview=False)


def get_proposal(*, actor: Actor, proposal_id: UUID, now: datetime) -> Proposal:
    """A proposal with its reasons; writes a look at the file of the one it is for."""
    proposal = (
        visible_proposals(actor)
        .select_related("run__version__policy", "decided_by")
        .defer("run__snapshot")
        .filter(uid=proposal_id)
        .first()
    )
    if proposal is None:
        raise proposal_not_there()
    _record_look(actor, proposal.run, proposal.left_id, proposal.unit_path, now=now)
    return proposal


def get_proposal_for_change(*, actor: Actor, proposal_id: UUID) -> Proposal:
    """The proposal, locked, inside the act's transaction."""
    proposal = visible_proposals(actor).select_for_update(of=("self",)).filter(uid=proposal_id).first()
    if proposal is None:
        raise proposal_not_there()
    return proposal


def proposal_not_there() -> NotThere:
    return NotThere("matching.proposal_not_there", _("There is no such proposal, or it is not yours to see."))


def matchable_units(actor: Actor, *, on: date) -> UnitQuerySet:
    """Units for which the actor may match: her own, and for a district its sub-districts."""
    own = scope(actor)
    return Unit.objects.existing(on=on).within(own).filter(Q(path__in=own) | Q(kind="subdistrict")).order_by("path")


def get_unit(*, actor: Actor, unit_path: str, on: date) -> Unit:
    unit = matchable_units(actor, on=on).filter(path=unit_path).first()
    if unit is None:
        raise NotThere("matching.unit_not_there", _("There is no such unit, or it is not yours to match for."))
    return unit


def _record_look(actor: Actor, run: Run, left_id: int, unit_path: str, *, now: datetime) -> None:
    subject = declaration_of(run.version.policy.programme).subject(left_id)
    record_look(
        actor=actor, code="matching.proposal_opened", now=now, subject=subject, unit_path=unit_path, purpose="matching"
    )
