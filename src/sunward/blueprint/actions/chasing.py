"""Chasing: all that one officer owes goes into one message, and no officer is written to twice a day.

Who presses second on a day, on whichever line of whichever plan, is told so: the row of the first stands in the way,
also when both press at the same moment.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.blueprint.access import kept_work
from sunward.blueprint.actions.steps import lock_lines, write_step
from sunward.blueprint.enums import NoticeLevel, StepKind
from sunward.blueprint.following.chain import may_follow
from sunward.blueprint.following.gates import open_followed, refuse_step
from sunward.blueprint.following.needing import needs_chasing
from sunward.blueprint.models import Chase, WorkItem
from sunward.blueprint.queries.follow_choices import find_hearers
from sunward.blueprint.queries.lights import compute_lights, read_courses
from sunward.core.refusals import Refusal
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose

# Beyond this a message says how many more there are.
LINES_IN_MESSAGE = 12


@dataclass(frozen=True, slots=True)
class Chased:
    """Who was written to, and about how many lines; who had been written to today already."""

    officers: tuple[User, ...]
    lines: int
    spared: tuple[User, ...]


@transaction.atomic
def chase(*, actor: Actor, item_id: UUID, text: str, on: date, now: datetime) -> Chased:
    """The officers who answer for this line are reminded of it, and in the same message of all else that they owe.

    The rows of the officers come first, in one order, and the lines after them: who waits there holds nothing yet.
    """
    followed = open_followed(actor=actor, item_id=item_id)
    refuse_step(followed, StepKind.CHASED)
    hearers = find_hearers([followed.item], on=on)[followed.item.pk]
    if not hearers:
        raise Refusal("blueprint.chase_nobody", gettext_lazy("Nobody of this unit can be written to. Name an officer."))
    begun = begin_chases(hearers, actor=actor, on=on, now=now)
    owed = _owed(actor, followed.item, hearers, on=on)
    officers = tuple(officer for officer in hearers if officer.pk in begun)
    lines = {item.pk: (item, begun[officer.pk]) for officer in officers for item in owed[officer.pk]}
    lock_lines(lines)
    if lines:
        # What was handed in or accepted until now waits for nobody any more.
        refuse_step(open_followed(actor=actor, item_id=item_id), StepKind.CHASED)
        courses = read_courses([item for item, _row in lines.values()])
        lines = {key: line for key, line in lines.items() if may_follow(courses[key], StepKind.CHASED)}
        owed = {key: [item for item in items if item.pk in lines] for key, items in owed.items()}
    for item, row in lines.values():
        words = text.strip() if item.pk == followed.item.pk else ""
        write_step(item, StepKind.CHASED, actor=actor, on=on, now=now, unit=item.plan.unit, chase=row, text=words)
    for officer in officers:
        tell(begun[officer.pk], officer, owed[officer.pk], text=text.strip(), now=now)
    if not officers:
        raise Refusal(
            "blueprint.chased_today",
            gettext_lazy("This officer has been written to today already. One message a day is enough."),
        )
    return Chased(officers, len(lines), tuple(officer for officer in hearers if officer.pk not in begun))


def _begin(officer: User, *, actor: Actor, on: date, now: datetime) -> Chase | None:
    """None where somebody was faster: the database lets one row of a day through."""
    try:
        with transaction.atomic():
            return Chase.objects.create(officer=officer, chased_on=on, at=now, by_id=actor.user_id)
    except IntegrityError:
        return None


def begin_chases(officers: Iterable[User], *, actor: Actor, on: date, now: datetime) -> dict[int, Chase]:
    """By officer, of those who were not written to today; always in one order, so that no two wait for each other."""
    ordered = sorted(officers, key=lambda officer: officer.pk)
    begun = {officer.pk: _begin(officer, actor=actor, on=on, now=now) for officer in ordered}
    return {key: row for key, row in begun.items() if row is not None}


def _owed(actor: Actor, pressed: WorkItem, hearers: Collection[User], *, on: date) -> dict[int, list[WorkItem]]:
    """By officer: the line that was pressed first, then the others of all plans that the actor keeps."""
    kept = kept_work(actor).exclude(pk=pressed.pk).select_related("plan__meeting", "plan__unit", "lead", "gauge")
    rows = list(kept.filter(unit_path=pressed.unit_path).order_by("due_on", "pk"))
    courses, lights, heard = read_courses(rows), compute_lights(rows, on=on), find_hearers(rows, on=on)
    needing = [row for row in rows if needs_chasing(courses[row.pk], lights[row.pk], on=on)]
    return {officer.pk: [pressed, *(row for row in needing if officer in heard[row.pk])] for officer in hearers}


def tell(row: Chase, officer: User, items: Sequence[WorkItem], *, text: str, now: datetime) -> None:
    """One message in the officer's own language, whatever it is about."""
    with override(officer.language or settings.LANGUAGE_CODE):
        body = compose(items, text=text)
    write_personal(
        key=f"blueprint.chase:{row.pk}", purpose=MessagePurpose.DUTY, reference=f"{row.chased_on:%Y%m%d}-{row.pk}",
        body=body, unit_path=items[0].unit_path, now=now, user_id=officer.pk, about="blueprint", about_id=row.pk,
        path=reverse("blueprint:work", args=[items[0].uid]),
    )  # fmt: skip


def compose(items: Sequence[WorkItem], *, text: str, levels: dict[int, NoticeLevel] | None = None) -> str:
    """The words in the active language, one line of work a line; with the deadline in force, not the one before it."""
    lines = [text] if text else []
    courses = read_courses(items[:LINES_IN_MESSAGE])
    lines.append(_("These lines of work wait for you:"))
    for item in items[:LINES_IN_MESSAGE]:
        level = f"[{levels[item.pk].label}] " if levels and item.pk in levels else ""
        due_on = courses[item.pk].due_on
        due = _("by %(day)s") % {"day": due_on} if due_on else ""
        lines.append(f"· {level}{item.number}. {item.text[:60]} {due}".rstrip())
    rest = len(items) - LINES_IN_MESSAGE
    if rest > 0:
        lines.append(_("and %(number)d more") % {"number": rest})
    return "\n".join(lines)
