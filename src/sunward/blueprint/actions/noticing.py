"""What the night does: it writes down lights that have changed, lets obstacles go up, and gives notice.

Each can be run again: what was written is found there, and nobody hears of it twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from sunward.accounts.auditing import SYSTEM
from sunward.accounts.models import Unit, User
from sunward.blueprint.actions.chasing import begin_chases, compose
from sunward.blueprint.actions.obstacles import let_go_up
from sunward.blueprint.actions.steps import lock_lines, write_step
from sunward.blueprint.enums import NoticeLevel, StepKind
from sunward.blueprint.following.chain import TIMES_UP
from sunward.blueprint.following.needing import notice_due
from sunward.blueprint.lights.light import NUMBERLESS, Light
from sunward.blueprint.lights.wording import say_value
from sunward.blueprint.models import DeliveryPlan, LightReading, WorkItem, WorkStep
from sunward.blueprint.queries.follow_choices import find_hearers, find_keepers, find_leaders
from sunward.blueprint.queries.lights import compute_lights, is_protected, read_courses, read_gauge
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

_TRIES = 5


class _OvertakenError(Exception):
    """Somebody was faster: an officer for whom a message was begun has nothing to hear any more.

    The row of that day goes back with all else, or nobody could write to that officer for the rest of it.
    """


def open_plans() -> "Iterable[int]":
    """With a line that was issued and is not closed."""
    closed = WorkStep.objects.filter(kind=StepKind.ACCEPTED).values("item")
    issued = WorkItem.objects.filter(steps__kind=StepKind.ISSUED).exclude(pk__in=closed)
    return DeliveryPlan.objects.filter(pk__in=issued.values("plan")).order_by("pk").values_list("pk", flat=True)


def plans_to_light() -> "Iterable[int]":
    """Those that are open, and those with a line that was accepted since its light was last written down."""
    written = LightReading.objects.filter(item=OuterRef("item"), recorded_at__gte=OuterRef("recorded_at"))
    unwritten = WorkStep.objects.filter(~Exists(written), kind=StepKind.ACCEPTED).values("item__plan")
    plans = DeliveryPlan.objects.filter(Q(pk__in=open_plans()) | Q(pk__in=unwritten))
    return plans.order_by("pk").values_list("pk", flat=True)


@transaction.atomic
def write_lights(*, plan_id: int, on: date, now: datetime) -> int:
    """One row for each line whose light is another than the one last written; what was written is never repainted."""
    items = _items(plan_id)
    last: dict[int, tuple[str, str]] = {}
    written = LightReading.objects.filter(item__plan=plan_id).order_by("on", "pk")
    days = set(written.filter(on=on).values_list("item_id", flat=True))
    for key, colour, why in written.values_list("item_id", "colour", "why"):
        last[key] = (colour, why)
    lights = compute_lights(items, on=on)
    # Whoever looks back may read the line and not the figure: the numbers of such a figure are not written down.
    hidden = {item.pk for item in items if is_protected(read_gauge(item))}
    changed = [
        (key, light) for key, light in lights.items()
        if last.get(key) != (light.colour, light.why) and key not in days
    ]  # fmt: skip
    LightReading.objects.bulk_create(
        LightReading(
            item_id=key, on=on, colour=light.colour, why=light.why, recorded_at=now,
            told=[] if key in hidden and light.why not in NUMBERLESS else _plain(light),
        )
        for key, light in changed
    )  # fmt: skip
    return len(changed)


def _plain(light: Light) -> list[list[str]]:
    """As JSON holds it, in the words of the page."""
    return [[name, say_value(value)] for name, value in light.told]


@transaction.atomic
def raise_what_waits(*, plan_id: int, on: date, now: datetime) -> int:
    """Obstacles that nobody answered in time go up, and whoever must answer now is told."""
    told, items = 0, _items(plan_id)
    lock_lines(item.pk for item in items)
    for item in items:
        if let_go_up(item_id=item.pk, on=on, now=now):
            course = read_courses([item])[item.pk]
            for waiting in course.obstacles:
                if waiting.times_up:
                    _tell_above(item, waiting.step.id, waiting.times_up, waiting.by, on=on, now=now)
                    told += 1
    return told


def _tell_above(item: WorkItem, step_id: int, times_up: int, by: date, *, on: date, now: datetime) -> None:
    """First who keeps the plan, then the leaders of the district. Each time that it goes up is told once."""
    district = Unit.objects.get(path=item.plan.unit_path)
    hearers = find_leaders(district.path, on=on) if times_up >= TIMES_UP else find_keepers(district.path, on=on)
    for user in hearers:
        with override(user.language or settings.LANGUAGE_CODE):
            body = _(
                "Line %(number)d: nobody has answered an obstacle in time. It is asked of the district by %(day)s."
            )
            body %= {"number": item.number, "day": by}
        write_personal(
            key=f"blueprint.went_up:{step_id}:{times_up}:{user.pk}", purpose=MessagePurpose.DUTY,
            reference=f"{on:%Y%m%d}-{item.number}", body=body, unit_path=district.path, now=now, user_id=user.pk,
            about="blueprint", about_id=item.pk, path=reverse("blueprint:work", args=[item.uid]),
        )  # fmt: skip


def give_notice(*, on: date, now: datetime) -> int:
    """Over all plans: each officer gets one message with all notices of the day, which counts as the day's chase.

    Whoever was written to today already hears tomorrow: the notice is written when it is told. Overtaken again and
    again, it fails: the job is tried later, and nobody has been written to.
    """
    for _time in range(_TRIES - 1):
        try:
            with transaction.atomic():
                return _give_notice(on=on, now=now)
        except _OvertakenError:
            continue
    with transaction.atomic():
        return _give_notice(on=on, now=now)


def _give_notice(*, on: date, now: datetime) -> int:
    """The rows of the officers come first and the lines after them, as for every chase; what a line calls for is
    decided once it is locked, and by the row as it is then."""
    items = [item for plan_id in open_plans() for item in _items(plan_id)]
    due, heard = _due(items, on=on), find_hearers(items, on=on)
    officers = {user.pk: user for item in items if item.pk in due for user in heard[item.pk]}
    chases = begin_chases(officers.values(), actor=SYSTEM, on=on, now=now)
    lock_lines(due)
    locked = list(_rows().filter(pk__in=due).order_by("plan", "number"))
    due, heard = _due(locked, on=on), find_hearers(locked, on=on)
    by_officer: dict[int, list[WorkItem]] = defaultdict(list)
    for item in locked:
        for user in heard[item.pk] if item.pk in due else ():
            if user.pk in chases:
                by_officer[user.pk].append(item)
    if chases.keys() - by_officer.keys():
        raise _OvertakenError
    for item in locked:
        told = [user.pk for user in heard[item.pk] if item in by_officer.get(user.pk, ())]
        if told:
            level, day = due[item.pk]
            chase = chases[told[0]]
            write_step(item, StepKind.NOTICED, actor=SYSTEM, on=on, now=now, level=level, day=day, chase=chase)
    levels = {key: level for key, (level, _day) in due.items()}
    for key, owed in by_officer.items():
        _tell_notices(officers[key], owed, levels, chase_id=chases[key].pk, on=on, now=now)
    return len(by_officer)


def _due(items: Sequence[WorkItem], *, on: date) -> dict[int, tuple[NoticeLevel, date]]:
    """What is to be told and has not been: of each line, level and day once."""
    courses, lights = read_courses(items), compute_lights(items, on=on)
    found = {item.pk: notice_due(courses[item.pk], lights[item.pk], on=on) for item in items}
    due = {key: notice for key, notice in found.items() if notice is not None}
    written = WorkStep.objects.filter(Q(kind=StepKind.NOTICED), item__in=due)
    told = {(key, level, day) for key, level, day in written.values_list("item_id", "level", "day")}
    return {key: notice for key, notice in due.items() if (key, *notice) not in told}


def _tell_notices(
    user: User, items: list[WorkItem], levels: dict[int, NoticeLevel], *, chase_id: int, on: date, now: datetime
) -> None:
    with override(user.language or settings.LANGUAGE_CODE):
        body = compose(items, text="", levels=levels)
    write_personal(
        key=f"blueprint.chase:{chase_id}", purpose=MessagePurpose.DUTY, reference=f"{on:%Y%m%d}-{chase_id}", body=body,
        unit_path=items[0].unit_path, now=now, user_id=user.pk, about="blueprint", about_id=chase_id,
        path=reverse("blueprint:work", args=[items[0].uid]),
    )  # fmt: skip


def _items(plan_id: int) -> list[WorkItem]:
    return list(_rows().filter(plan=plan_id).order_by("number"))


def _rows() -> "QuerySet[WorkItem]":
    return WorkItem.objects.select_related("plan__meeting", "plan__unit", "lead", "officer", "gauge")
