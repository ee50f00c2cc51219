"""What waits for whoever answers for lines or keeps plans: lines to acknowledge and to hand in, obstacles to answer,
time and completions to decide."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import above, below
from sunward.blueprint.access import KEEPER_ROLES, district_of, kept_paths, own_lines
from sunward.blueprint.enums import StepKind
from sunward.blueprint.following.needing import SOON
from sunward.blueprint.models import JointPart, LeadChange, Milestone, WorkItem, WorkStep

K = StepKind


def own_paths(actor: Actor) -> tuple[str, ...]:
    """The units whose lines the actor follows; whoever keeps the district's plans follows no single unit."""
    held = {post.unit_path for post in actor.posts if post.role in KEEPER_ROLES}
    return tuple(sorted(path for path in held if path != district_of(path)))


def lines_answered_for(actor: Actor) -> QuerySet[WorkItem]:
    """Open lines that the actor answers for: named, or as the plan officer of the unit that leads."""
    closed = WorkStep.objects.filter(item=OuterRef("pk"), kind=K.ACCEPTED)
    return WorkItem.objects.filter(_answers_for(actor)).exclude(Exists(closed))


def _answers_for(actor: Actor) -> Q:
    return own_lines(actor) | below(own_paths(actor))


def lines_due(actor: Actor, *, on: date) -> QuerySet[WorkItem]:
    """Of those, what was issued and is to be handed in, reviewed or shown by a milestone soon, or was to be."""
    issued = WorkStep.objects.filter(item=OuterRef("pk"), kind=K.ISSUED)
    handed_in = _open(K.CLAIMED).filter(item=OuterRef("pk"))
    rows = lines_answered_for(actor).filter(Exists(issued)).exclude(Exists(handed_in))
    return rows.alias(until=next_due()).filter(until__lte=on + SOON)


def parts_due(actor: Actor, *, on: date) -> QuerySet[JointPart]:
    """Parts of the actor's units whose day comes soon, of lines that were issued and are open."""
    steps = WorkStep.objects.filter(item=OuterRef("item"))
    rows = JointPart.objects.filter(below(own_paths(actor)), due_on__gte=on, due_on__lte=on + SOON)
    return rows.filter(Exists(steps.filter(kind=K.ISSUED))).exclude(Exists(steps.filter(kind=K.ACCEPTED)))


def to_acknowledge(actor: Actor) -> QuerySet[WorkItem]:
    """Issued, and not acknowledged by the unit that leads, or by one that joins; those that are the actor's."""
    paths = own_paths(actor)
    steps = WorkStep.objects.filter(item=OuterRef("pk"))
    said = WorkStep.objects.filter(kind=K.ACKNOWLEDGED)
    joint = JointPart.objects.filter(below(paths), item=OuterRef("pk"))
    joint = joint.exclude(Exists(said.filter(item=OuterRef("item"), unit=OuterRef("unit"))))
    # A unit that leads by a later decision had acknowledged a part of it at most.
    changed = LeadChange.objects.filter(item=OuterRef("item"), recorded_at__gte=OuterRef("recorded_at"))
    as_lead = said.filter(item=OuterRef("pk"), unit=OuterRef("lead")).exclude(Exists(changed))
    leads = _answers_for(actor) & ~Exists(as_lead)
    issued = WorkItem.objects.filter(Exists(steps.filter(kind=K.ISSUED)))
    return issued.exclude(Exists(steps.filter(kind=K.ACCEPTED))).filter(leads | Exists(joint))


def obstacles_to_answer(actor: Actor) -> QuerySet[WorkStep]:
    """Asked of the actor's unit; once they have gone up, of who keeps the plan, and once more, of the leaders of the
    district as well; of nobody else."""
    kept, own = kept_paths(actor), own_paths(actor)
    led = {post.unit_path for post in actor.posts if post.role == Role.LEADER}
    heads = tuple(sorted(path for path in led if path != district_of(path)))
    leading = tuple(sorted(led - set(heads)))
    if not kept and not own and not led:
        return WorkStep.objects.none()
    ups = WorkStep.objects.filter(about=OuterRef("pk"), kind=K.WENT_UP)
    before = WorkStep.objects.filter(about=OuterRef("about"), kind=K.WENT_UP, pk__lt=OuterRef("pk"))
    gone_up, gone_up_twice = Exists(ups), Exists(ups.filter(Exists(before)))
    asked = below((*own, *heads), "asked_unit__path") | Q(asked_unit__path__in=(*kept, *leading))
    above_them = (below(kept, "item__plan__unit_path") & gone_up) | (
        below(leading, "item__plan__unit_path") & gone_up_twice
    )
    return _open(K.OBSTACLE).filter((asked & ~gone_up) | above_them)


def acknowledge_by() -> Subquery:
    """Of a line: the day by which it is acknowledged, as it was issued last."""
    issued = WorkStep.objects.filter(item=OuterRef("pk"), kind=K.ISSUED)
    return Subquery(issued.order_by("-recorded_at", "-pk").values("day")[:1])


def next_due() -> Least:
    """Of a line: the first day on which something of it is due, by the deadline in force."""
    granted = WorkStep.objects.filter(item=OuterRef("pk"), kind=K.EXTENSION_GRANTED)
    extended = Subquery(granted.order_by("-recorded_at", "-pk").values("day")[:1])
    ahead = Milestone.objects.filter(item=OuterRef("pk"), reached_on=None).order_by("due_on").values("due_on")[:1]
    ends_on = Coalesce(extended, "due_on", "review_on")
    # SQLite takes nothing for the least of all.
    return Least(ends_on, Coalesce(Subquery(ahead), ends_on))


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
