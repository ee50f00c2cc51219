"""Who keeps meetings and plans, and who reads what of them.

A plan officer of the district keeps its meetings and plans. A leader, of whichever unit, reads what was approved in the
own district. A plan officer of another unit reads the lines that the unit leads or joins, and what it proposed. Whoever
is named to answer for a line opens and serves that line, whatever post of an office it is. None of this names a person
who is served, so no look is written.
"""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, UnitQuerySet, User
from sunward.accounts.scopes import above, below
from sunward.audit.chain import Subject
from sunward.blueprint.enums import MeetingState
from sunward.blueprint.models import (
    Decision,
    DeliveryPlan,
    JointPart,
    Meeting,
    MeetingProposal,
    PaperLine,
    WorkItem,
    WorkStep,
)
from sunward.core.refusals import NotThere, Refusal

Row = TypeVar("Row")
MEETING_SUBJECT, WORK_SUBJECT = "meeting", "work_item"
KEEPER_ROLES = (Role.PLAN_OFFICER,)
READER_ROLES = (Role.PLAN_OFFICER, Role.LEADER)
# Who can answer for a line of work: posts of offices.
ANSWERING_ROLES = (
    Role.PLAN_OFFICER, Role.LEADER, Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.WORKER, Role.EMPLOYMENT_OFFICER,
)  # fmt: skip


def district_of(path: str) -> str:
    return f"/{path.strip('/').split('/')[0]}/"


def kept_paths(actor: Actor) -> tuple[str, ...]:
    """The districts whose meetings the actor keeps: a post in a department or a sub-district keeps none."""
    return tuple(path for path in actor.paths(*KEEPER_ROLES) if path == district_of(path))


def read_paths(actor: Actor) -> tuple[str, ...]:
    """The districts of which the actor reads everything that was approved."""
    return tuple(sorted({district_of(path) for path in actor.paths(Role.LEADER)}))


def own_lines(actor: Actor) -> Q:
    """Lines that the actor is named to answer for, on a day on which the actor holds an office's post in the unit that
    leads or below it: whoever has left it, or is named no longer, answers for nothing there."""
    return Q(officer=actor.user_id, unit_path__in=_answering_paths(actor))


def is_officer_of(actor: Actor, item: WorkItem) -> bool:
    """As `own_lines`, of one line."""
    return item.officer_id == actor.user_id and item.unit_path in _answering_paths(actor)


def _answering_paths(actor: Actor) -> list[str]:
    return above(tuple(post.unit_path for post in actor.posts if post.role in ANSWERING_ROLES))


def kept_units(actor: Actor) -> UnitQuerySet:
    return Unit.objects.filter(kind=UnitKind.DISTRICT, path__in=kept_paths(actor))


def units_to_charge(meeting: Meeting) -> UnitQuerySet:
    """Who can lead or join: offices and sub-districts of the meeting's district, on its day."""
    kinds = (UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT)
    return Unit.objects.existing(on=meeting.met_on).filter(path__startswith=meeting.unit_path, kind__in=kinds)


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    approved = below(read_paths(actor)) & Q(state=MeetingState.APPROVED)
    return Meeting.objects.filter(below(kept_paths(actor)) | approved)


def visible_proposals(actor: Actor) -> QuerySet[MeetingProposal]:
    """A unit sees its own proposals and what became of them, once the meeting is approved."""
    own = below(actor.paths(*KEEPER_ROLES), "speaker__unit_path") & Q(meeting__state=MeetingState.APPROVED)
    return MeetingProposal.objects.filter(Q(meeting__in=visible_meetings(actor)) | own)


def visible_work(actor: Actor) -> QuerySet[WorkItem]:
    whole = below((*kept_paths(actor), *read_paths(actor)), "plan__unit_path")
    paths = actor.paths(*KEEPER_ROLES)
    joined = JointPart.objects.filter(below(paths)).values("item")
    # Who is asked to help with an obstacle sees what it is about.
    asked = WorkStep.objects.filter(below(paths, "asked_unit__path")).values("item")
    return WorkItem.objects.filter(whole | below(paths) | own_lines(actor) | Q(pk__in=joined) | Q(pk__in=asked))


def visible_plans(actor: Actor) -> QuerySet[DeliveryPlan]:
    whole = below((*kept_paths(actor), *read_paths(actor)))
    return DeliveryPlan.objects.filter(whole | Q(pk__in=visible_work(actor).values("plan")))


def kept_meetings(actor: Actor) -> QuerySet[Meeting]:
    return Meeting.objects.filter(below(kept_paths(actor)))


def get_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    return _found(visible_meetings(actor).select_related("unit").filter(uid=meeting_id).first(), _meeting_not_there())


def get_kept_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """Locked, inside the act's transaction: all that changes a meeting waits for one another here."""
    found = Meeting.objects.filter(below(kept_paths(actor))).select_related("unit").select_for_update(of=("self",))
    return _found(found.filter(uid=meeting_id).first(), _meeting_not_there())


def open_kept_meeting(*, actor: Actor, meeting_id: UUID) -> Meeting:
    """For the page before the act: nothing is locked."""
    found = Meeting.objects.filter(below(kept_paths(actor)), uid=meeting_id).select_related("unit").first()
    return _found(found, _meeting_not_there())


def kept_lines(actor: Actor) -> QuerySet[PaperLine]:
    return PaperLine.objects.filter(below(kept_paths(actor), "meeting__unit_path"))


def open_kept_line(*, actor: Actor, line_id: UUID) -> PaperLine:
    """For the page before the act: nothing is locked."""
    found = kept_lines(actor).select_related("meeting__unit", "lead", "instead_of").filter(uid=line_id).first()
    return _found(found, _line_not_there())


def earlier_decisions(meeting: Meeting) -> QuerySet[Decision]:
    """What the meeting may decide otherwise: what the district's other meetings had decided by then."""
    found = Decision.objects.filter(meeting__unit_path=meeting.unit_path, decided_on__lte=meeting.met_on)
    return found.exclude(meeting=meeting)


def open_kept_proposal(*, actor: Actor, proposal_id: UUID) -> MeetingProposal:
    """For the page before the act: nothing is locked."""
    mine = MeetingProposal.objects.filter(below(kept_paths(actor), "meeting__unit_path"), uid=proposal_id)
    found = mine.select_related("meeting__unit", "speaker__unit", "merged_into").first()
    return _found(found, _proposal_not_there())


def get_kept_line(*, actor: Actor, line_id: UUID) -> PaperLine:
    """With its meeting locked."""
    meeting_id = kept_lines(actor).filter(uid=line_id).values_list("meeting__uid", flat=True).first()
    if meeting_id is None:
        raise _line_not_there()
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    line = PaperLine.objects.select_for_update().get(uid=line_id)
    line.meeting = meeting
    return line


def get_kept_proposal(*, actor: Actor, proposal_id: UUID) -> MeetingProposal:
    """With its meeting locked: two that are merged with each other at once wait here."""
    told = MeetingProposal.objects.filter(below(kept_paths(actor), "meeting__unit_path"), uid=proposal_id)
    meeting_id = told.values_list("meeting__uid", flat=True).first()
    if meeting_id is None:
        raise _proposal_not_there()
    meeting = get_kept_meeting(actor=actor, meeting_id=meeting_id)
    row = MeetingProposal.objects.select_for_update().get(uid=proposal_id)
    row.meeting = meeting
    return row


def get_plan(*, actor: Actor, plan_id: UUID) -> DeliveryPlan:
    row = visible_plans(actor).select_related("unit", "meeting").filter(uid=plan_id).first()
    return _found(row, _plan_not_there())


def open_kept_plan(*, actor: Actor, plan_id: UUID) -> DeliveryPlan:
    """For the page before the act: nothing is locked."""
    mine = DeliveryPlan.objects.filter(below(kept_paths(actor))).select_related("unit", "meeting")
    return _found(mine.filter(uid=plan_id).first(), _plan_not_there())


def get_kept_plan(*, actor: Actor, plan_id: UUID) -> DeliveryPlan:
    """Locked, for who keeps it."""
    mine = DeliveryPlan.objects.filter(below(kept_paths(actor))).select_for_update(of=("self",))
    return _found(mine.filter(uid=plan_id).first(), _plan_not_there())


def get_work(*, actor: Actor, item_id: UUID) -> WorkItem:
    return _found(visible_work(actor).select_related("plan", "lead").filter(uid=item_id).first(), _work_not_there())


def kept_work(actor: Actor) -> QuerySet[WorkItem]:
    """Lines of the plans that the actor keeps and lays out."""
    return WorkItem.objects.filter(below(kept_paths(actor), "plan__unit_path"))


def led_work(actor: Actor) -> QuerySet[WorkItem]:
    """Those, and the lines that the actor's own unit leads; none that it joins."""
    return WorkItem.objects.filter(below(kept_paths(actor), "plan__unit_path") | below(actor.paths(*KEEPER_ROLES)))


def open_kept_work(*, actor: Actor, item_id: UUID) -> WorkItem:
    """For the page before the act: nothing is locked."""
    return _found(kept_work(actor).select_related("plan", "lead").filter(uid=item_id).first(), _work_not_there())


def open_led_work(*, actor: Actor, item_id: UUID) -> WorkItem:
    """For the page before the act: nothing is locked."""
    return _found(led_work(actor).select_related("plan", "lead").filter(uid=item_id).first(), _work_not_there())


def get_kept_work(*, actor: Actor, item_id: UUID) -> WorkItem:
    """Locked with its plan, so that what holds for several lines (no circle) is looked at by one at a time."""
    mine = kept_work(actor)
    plan = mine.filter(uid=item_id).values_list("plan", flat=True).first()
    if plan is None:
        raise _work_not_there()
    DeliveryPlan.objects.select_for_update().get(pk=plan)
    return mine.select_related("plan", "lead").select_for_update(of=("self",)).get(uid=item_id)


def get_led_work(*, actor: Actor, item_id: UUID) -> WorkItem:
    """Locked, for who keeps the plan and for the plan officer of the unit that leads; not for one that joins."""
    row = led_work(actor).select_related("plan", "lead").select_for_update(of=("self",)).filter(uid=item_id).first()
    return _found(row, _work_not_there())


def officers_to_name(item: WorkItem, *, on: date) -> QuerySet[User]:
    """Who can answer for a line: whoever holds an office's post on the day in the unit that leads, or below it.

    Volunteers and experts have posts there as well; a plan officer learns of none of them.
    """
    posts = Assignment.objects.current(on=on).filter(unit__path__startswith=item.unit_path, role__in=ANSWERING_ROLES)
    return User.objects.filter(is_active=True, pk__in=posts.values("user"))


def meeting_subject(meeting: Meeting) -> Subject:
    return Subject(MEETING_SUBJECT, meeting.pk)


def work_subject(item: WorkItem) -> Subject:
    return Subject(WORK_SUBJECT, item.pk)


def _found(row: Row | None, refusal: Refusal) -> Row:
    if row is None:
        raise refusal
    return row


def _meeting_not_there() -> NotThere:
    return NotThere("blueprint.meeting_not_there", _("There is no such meeting, or it is not yours to see."))


def _line_not_there() -> NotThere:
    return NotThere("blueprint.line_not_there", _("There is no such line, or it is not yours to change."))


def _proposal_not_there() -> NotThere:
    return NotThere("blueprint.proposal_not_there", _("There is no such proposal, or it is not yours."))


def _plan_not_there() -> NotThere:
    return NotThere("blueprint.plan_not_there", _("There is no such plan, or it is not yours to see."))


def _work_not_there() -> NotThere:
    return NotThere("blueprint.work_not_there", _("There is no such line of work, or it is not yours to see."))
