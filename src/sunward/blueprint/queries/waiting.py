"""What waits for whoever follows plans: lines to acknowledge, obstacles to answer, time and completions to decide."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sunward.accounts.access import Actor
from sunward.accounts.scopes import above, below
from sunward.blueprint.access import KEEPER_ROLES, district_of, kept_paths
from sunward.blueprint.enums import StepKind
from sunward.blueprint.models import JointPart, LeadChange, WorkItem, WorkStep

K = StepKind


def own_paths(actor: Actor) -> tuple[str, ...]:
    """The units whose lines the actor follows; whoever keeps the district's plans follows no single unit."""
    held = {post.unit_path for post in actor.posts if post.role in KEEPER_ROLES}
    return tuple(sorted(path for path in held if path != district_of(path)))


def to_acknowledge(actor: Actor) -> QuerySet[WorkItem]:
    """Issued, and not acknowledged by the unit that leads, or by one that joins; those that are the actor's."""
    paths = own_paths(actor)
    if not paths:
        return WorkItem.objects.none()
    steps = WorkStep.objects.filter(item=OuterRef("pk"))
    said = WorkStep.objects.filter(kind=K.ACKNOWLEDGED)
    joint = JointPart.objects.filter(below(paths), item=OuterRef("pk"))
    joint = joint.exclude(Exists(said.filter(item=OuterRef("item"), unit=OuterRef("unit"))))
    # A unit that leads by a later decision had acknowledged a part of it at most.
    changed = LeadChange.objects.filter(item=OuterRef("item"), recorded_at__gte=OuterRef("recorded_at"))
    as_lead = said.filter(item=OuterRef("pk"), unit=OuterRef("lead")).exclude(Exists(changed))
    leads = below(paths) & ~Exists(as_lead)
    issued = WorkItem.objects.filter(Exists(steps.filter(kind=K.ISSUED)))
    return issued.exclude(Exists(steps.filter(kind=K.ACCEPTED))).filter(leads | Exists(joint))


def obstacles_to_answer(actor: Actor) -> QuerySet[WorkStep]:
    """Asked of the actor's unit; once they have gone up, of the district and of nobody else."""
    kept, own = kept_paths(actor), own_paths(actor)
    if not kept and not own:
        return WorkStep.objects.none()
    gone_up = Exists(WorkStep.objects.filter(about=OuterRef("pk"), kind=K.WENT_UP))
    asked = below(own, "asked_unit__path") | Q(asked_unit__path__in=kept)
    mine = (asked & ~gone_up) | (below(kept, "item__plan__unit_path") & gone_up)
    return _open(K.OBSTACLE).filter(mine)


def acknowledge_by() -> Subquery:
    """Of a line: the day by which it is acknowledged, as it was issued last."""
    issued = WorkStep.objects.filter(item=OuterRef("pk"), kind=K.ISSUED)
    return Subquery(issued.order_by("-recorded_at", "-pk").values("day")[:1])


def answer_by() -> Coalesce:
    """Of an obstacle: the day by which it is answered now, as it went up last."""
    ups = WorkStep.objects.filter(about=OuterRef("pk"), kind=K.WENT_UP)
    return Coalesce(Subquery(ups.order_by("-recorded_at", "-pk").values("day")[:1]), "day")


def extensions_to_decide(actor: Actor) -> QuerySet[WorkStep]:
    return _kept(actor, K.EXTENSION_ASKED)


def completions_to_accept(actor: Actor) -> QuerySet[WorkStep]:
    """Not those that the actor, or the actor's own unit, has handed in."""
    return _kept(actor, K.CLAIMED)


def _kept(actor: Actor, kind: StepKind) -> QuerySet[WorkStep]:
    kept = kept_paths(actor)
    if not kept:
        return WorkStep.objects.none()
    own = set(above(tuple(post.unit_path for post in actor.posts))) - {district_of(path) for path in kept}
    rows = _open(kind).filter(below(kept, "item__plan__unit_path")).exclude(recorded_by_id=actor.user_id)
    return rows.exclude(item__unit_path__in=own).exclude(unit__path__in=own)


def _open(kind: StepKind) -> QuerySet[WorkStep]:
    """Rows that nobody has settled, of lines that are not closed."""
    settled = WorkStep.objects.filter(about=OuterRef("pk")).exclude(kind=K.WENT_UP)
    closed = WorkStep.objects.filter(item=OuterRef("item"), kind=K.ACCEPTED)
    return WorkStep.objects.filter(kind=kind).exclude(Exists(settled)).exclude(Exists(closed))
