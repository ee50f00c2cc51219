"""A roadshow from what is asked for to the gatherings: plan, repair by hand, accept, publish, and take that back."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.audit.chain import Subject
from sunward.core.jobs.queue import enqueue
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.gatherings import jobs
from sunward.gatherings.access import GATHERING_SUBJECT, get_roadshow_for_change, roadshow_kinds
from sunward.gatherings.actions.planning import GatheringDetails, SessionTime, plan_gathering
from sunward.gatherings.actions.publishing import publish_gathering
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.enums import GatheringState, HalfDay, RoadshowState
from sunward.gatherings.models import Feedback, Gathering, Roadshow, RoadshowSlot, SignUp
from sunward.gatherings.roadshow.choices import Chooser
from sunward.gatherings.roadshow.documents import write_request
from sunward.gatherings.roadshow.shapes import Placement, Request
from sunward.gatherings.roadshow_plans import full_request, keep_plan, place, placement_of
from sunward.ledger.actions import withdraw_many

ROADSHOW_SUBJECT = "roadshow"


@dataclass(frozen=True, slots=True)
class Hours:
    """When a session begins in each half day, how many minutes it takes, and how many places it has."""

    morning: time = time(9, 30)
    afternoon: time = time(14, 0)
    minutes: int = 90
    places: int | None = 30

    def begins(self, half: HalfDay) -> time:
        return self.morning if half == HalfDay.MORNING else self.afternoon

    def write(self) -> dict[str, Any]:
        return asdict(self) | {"morning": f"{self.morning:%H:%M}", "afternoon": f"{self.afternoon:%H:%M}"}

    @classmethod
    def read(cls, said: dict[str, Any]) -> "Hours":
        morning, afternoon = (time.fromisoformat(said[key]) for key in ("morning", "afternoon"))
        return cls(morning, afternoon, said["minutes"], said["places"])


class RoadshowChanged(Conflict):
    """Somebody else has changed the roadshow since the person looked at it."""

    def __init__(self) -> None:
        super().__init__(
            "gatherings.roadshow_changed",
            _("Somebody else has just changed this roadshow. Look at it again before you go on."),
        )


@transaction.atomic
def ask_for_roadshow(
    *, actor: Actor, kind: str, unit_id: int, title: str, asked: Request, hours: Hours, on: date, now: datetime
) -> Roadshow:
    """Write down what is asked for, and let the planner begin; a job does the work."""
    declared = next((one for one in roadshow_kinds(actor) if one.code == kind), None)
    unit = Unit.objects.within(actor.paths(*declared.roles)).filter(pk=unit_id).first() if declared else None
    if declared is None or unit is None:
        raise _not_yours()
    roadshow = Roadshow(
        programme=declared.programme, kind=kind, unit=unit, unit_path=unit.path, made_by_id=actor.user_id, made_at=now
    )
    _write_down(roadshow, actor, title=title, asked=asked, hours=hours)
    roadshow.save()
    _let_plan(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_asked", now=now, sessions=asked.asked)
    return roadshow


@transaction.atomic
def ask_again(
    *,
    actor: Actor,
    roadshow_id: UUID,
    version: int,
    title: str,
    asked: Request,
    hours: Hours,
    on: date,
    now: datetime,
) -> Roadshow:
    """Change what is asked for, and plan anew; what fits the new wish stays where it is as far as possible."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    _write_down(roadshow, actor, title=title, asked=asked, hours=hours)
    _let_plan(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_asked_again", now=now, sessions=asked.asked)
    return roadshow


@transaction.atomic
def plan_again(*, actor: Actor, roadshow_id: UUID, version: int, now: datetime) -> Roadshow:
    """Plan the rest around what is fixed and what is planned elsewhere by now."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    _let_plan(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_planned_again", now=now)
    return roadshow


@transaction.atomic
def accept_plan(*, actor: Actor, roadshow_id: UUID, version: int, now: datetime) -> Roadshow:
    """Let the proposed plan stand."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    if not roadshow.proposed:
        raise Refusal("gatherings.nothing_proposed", _("There is no new plan to accept any more."))
    keep_plan(roadshow, roadshow.proposed)
    _save(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_plan_accepted", now=now)
    return roadshow


@transaction.atomic
def decline_plan(*, actor: Actor, roadshow_id: UUID, version: int, now: datetime) -> Roadshow:
    """Leave everything as it is."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    _save(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_plan_declined", now=now)
    return roadshow


@transaction.atomic
def move_slot(
    *, actor: Actor, roadshow_id: UUID, slot_id: UUID, version: int, to: Placement, on: date, now: datetime
) -> Roadshow:
    """Put a session where a person wants it and fix it there; only where no rule is broken."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    slot = _slot(roadshow, slot_id)
    if to not in read_chooser(roadshow, slot, on=on).options(slot.subdistrict.code, to.day, to.half):
        raise Conflict(
            "gatherings.slot_not_free",
            _("This is not possible any more: something else is planned there. Choose another day."),
        )
    place(slot, to, {to.subdistrict: slot.subdistrict})
    slot.is_fixed, slot.reasons = True, []
    slot.save()
    _save(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_slot_moved", now=now, slot=slot.pk)
    return roadshow


@transaction.atomic
def fix_slot(
    *, actor: Actor, roadshow_id: UUID, slot_id: UUID, version: int, is_fixed: bool, now: datetime
) -> Roadshow:
    """Fix a session where it is, or let the planner have it again."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    slot = _slot(roadshow, slot_id)
    if slot.day is None:
        raise Refusal("gatherings.slot_without_day", _("This session has no day yet. Choose one first."))
    slot.is_fixed = is_fixed
    slot.save(update_fields=["is_fixed"])
    _save(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_slot_fixed", now=now, slot=slot.pk, is_fixed=is_fixed)
    return roadshow


def read_chooser(roadshow: Roadshow, slot: RoadshowSlot, *, on: date) -> Chooser:
    """Where this session could go, with all the others where they are."""
    others = roadshow.slots.exclude(pk=slot.pk).exclude(day=None).select_related("subdistrict")
    return Chooser(full_request(roadshow, on=on), [placement_of(one) for one in others])


@transaction.atomic
def publish_roadshow(
    *, actor: Actor, roadshow_id: UUID, version: int, is_open: bool, on: date, now: datetime
) -> Roadshow:
    """Make a gathering of each session, all or none. `is_open`: published at once, else drafts to be looked at."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    slots = list(roadshow.slots.exclude(day=None).select_related("subdistrict"))
    if not slots:
        raise Refusal("gatherings.roadshow_empty", _("No session has a day yet."))
    hours = Hours.read(roadshow.request["hours"])
    for slot in slots:
        slot.gathering = _make_gathering(roadshow, slot, hours, actor=actor, is_open=is_open, on=on, now=now)
    RoadshowSlot.objects.bulk_update(slots, ["gathering"])
    roadshow.state, roadshow.published_at = RoadshowState.PUBLISHED, now
    _save(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_published", now=now, sessions=len(slots), is_open=is_open)
    return roadshow


def _make_gathering(
    roadshow: Roadshow, slot: RoadshowSlot, hours: Hours, *, actor: Actor, is_open: bool, on: date, now: datetime
) -> Gathering:
    assert slot.day is not None
    begins_at = make_aware(datetime.combine(slot.day, hours.begins(HalfDay(slot.half_day))))
    title = gettext("Short course: %(occupation)s") % {"occupation": slot.occupation}
    details = GatheringDetails(
        title=title, host_id=slot.subdistrict_id, place=slot.venue, places=hours.places, is_public=True,
        fields={"occupation": slot.occupation, "speaker": slot.speaker},
    )  # fmt: skip
    times = [SessionTime(begins_at, begins_at + timedelta(minutes=hours.minutes))]
    made = plan_gathering(actor=actor, kind=roadshow.kind, details=details, sessions=times, on=on, now=now)
    if not is_open:
        return made
    return publish_gathering(actor=actor, gathering_id=made.uid, version=made.version, on=on, now=now)


@transaction.atomic
def take_back_roadshow(*, actor: Actor, roadshow_id: UUID, version: int, on: date, now: datetime) -> Roadshow:
    """Undo the publishing while nobody has signed up: the gatherings go, the plan can be changed again."""
    roadshow = _lock(actor=actor, roadshow_id=roadshow_id, version=version)
    if roadshow.state != RoadshowState.PUBLISHED:
        raise Refusal("gatherings.roadshow_not_published", _("No gatherings have been made of this roadshow."))
    gatherings = list(
        Gathering.objects.select_for_update(of=("self",))
        .filter(pk__in=roadshow.slots.values("gathering_id"))
        .order_by("pk")
    )
    _refuse_used(gatherings)
    roadshow.slots.update(gathering=None)
    keys = [one.pk for one in gatherings]
    withdraw_many(subject_kind=GATHERING_SUBJECT, subject_ids=keys, now=now)
    Gathering.objects.filter(pk__in=keys).delete()
    roadshow.state, roadshow.published_at = RoadshowState.DRAFT, None
    _save(roadshow)
    _record(roadshow, actor=actor, code="gatherings.roadshow_taken_back", now=now, sessions=len(keys))
    return roadshow


def _refuse_used(gatherings: Iterable[Gathering]) -> None:
    """Whoever has signed up, or has come, must hear of a change: then each is cancelled by itself."""
    keys = [one.pk for one in gatherings]
    people = SignUp.objects.filter(gathering__in=keys).count()
    if people:
        raise Conflict(
            "gatherings.roadshow_signed_up",
            ngettext(
                "%(count)d person has signed up already. Change or cancel the single gatherings, so that people hear"
                " of it.",
                "%(count)d people have signed up already. Change or cancel the single gatherings, so that people hear"
                " of it.",
                people,
            )
            % {"count": people},
        )
    is_used = Feedback.objects.filter(gathering__in=keys).exists()
    if is_used or any(one.state not in {GatheringState.DRAFT, GatheringState.PUBLISHED} for one in gatherings):
        raise Conflict(
            "gatherings.roadshow_begun", _("Some of these gatherings were held or cancelled: the plan stays as it is.")
        )


@transaction.atomic
def discard_roadshow(*, actor: Actor, roadshow_id: UUID, version: int, now: datetime) -> None:
    """Throw a plan away; nobody outside has seen it."""
    roadshow = lock_roadshow(actor=actor, roadshow_id=roadshow_id, version=version)
    _record(roadshow, actor=actor, code="gatherings.roadshow_discarded", now=now)
    roadshow.delete()


def lock_roadshow(*, actor: Actor, roadshow_id: UUID, version: int) -> Roadshow:
    """The roadshow, locked, if it is still being planned. `version` is the one the person saw."""
    roadshow = _lock(actor=actor, roadshow_id=roadshow_id, version=version)
    if roadshow.state != RoadshowState.DRAFT:
        raise Refusal(
            "gatherings.roadshow_published", _("Gatherings have been made of this roadshow. Take that back first.")
        )
    return roadshow


def _lock(*, actor: Actor, roadshow_id: UUID, version: int) -> Roadshow:
    roadshow = get_roadshow_for_change(actor=actor, roadshow_id=roadshow_id)
    if version != roadshow.version:
        raise RoadshowChanged
    return roadshow


def _slot(roadshow: Roadshow, slot_id: UUID) -> RoadshowSlot:
    slot = roadshow.slots.select_related("subdistrict").filter(uid=slot_id).first()
    if slot is None:
        raise NotThere("gatherings.slot_not_there", _("There is no such session in this roadshow any more."))
    return slot


def _not_yours() -> NotAllowed:
    return NotAllowed("gatherings.roadshow_not_yours", _("You can plan only for your own unit and below it."))


def _write_down(roadshow: Roadshow, actor: Actor, *, title: str, asked: Request, hours: Hours) -> None:
    paths = actor.paths(*gathering_kinds()[roadshow.kind].roles)
    if Unit.objects.within(paths).filter(code__in=asked.subdistricts).count() < len(set(asked.subdistricts)):
        raise _not_yours()
    roadshow.title = title.strip()[:80]
    roadshow.first_month, roadshow.last_month = asked.months[0], asked.months[-1]
    roadshow.request = {"asked": write_request(asked), "hours": hours.write()}


def _let_plan(roadshow: Roadshow) -> None:
    """The answer belongs to the version that asks: whatever is changed meanwhile makes it void."""
    _save(roadshow)
    about = jobs.plan_roadshow.about(f"gatherings.roadshow:{roadshow.pk}")
    roadshow.job = enqueue(about, roadshow_id=roadshow.pk, version=roadshow.version)
    roadshow.save(update_fields=["job"])


def _save(roadshow: Roadshow) -> None:
    """Every change is a new version, and makes a plan that waits for its answer void."""
    roadshow.version += 1
    roadshow.proposed = {}
    roadshow.save()


def _record(roadshow: Roadshow, *, actor: Actor, code: str, now: datetime, **detail: Any) -> None:
    record_act(
        actor=actor, code=code, now=now, subject=Subject(ROADSHOW_SUBJECT, roadshow.pk),
        unit_path=roadshow.unit_path, **detail,
    )  # fmt: skip
