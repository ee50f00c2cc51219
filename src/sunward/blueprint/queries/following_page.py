"""What the page of a line says of how it is seen through: its light, what waits for whom, what happened, what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit, User
from sunward.blueprint.enums import Confidence, Lifecycle, LightColour, NoticeLevel, Side, StepKind
from sunward.blueprint.following.chain import CORRECTABLE
from sunward.blueprint.following.gates import Followed, answers_for, is_another_party, open_followed
from sunward.blueprint.following.steps import standing
from sunward.blueprint.lights.light import Light, Why
from sunward.blueprint.lights.wording import say
from sunward.blueprint.models import Lesson, LightReading, WorkItem, WorkStep
from sunward.blueprint.queries.follow_choices import offer_lessons
from sunward.blueprint.queries.lights import TONES, LineLight, read_lights
from sunward.core.furniture import Moment, Text, Tone
from sunward.core.wording import join_words

K = StepKind
_ICONS: Mapping[StepKind, str] = {
    K.ISSUED: "send", K.ACKNOWLEDGED: "check", K.PROGRESS: "chart-line", K.OBSTACLE: "alert-triangle",
    K.ACCEPTED: "circle-check", K.THANKED: "heart-handshake", K.COVERED: "heart-handshake",
}  # fmt: skip
_TONES: Mapping[StepKind, Tone] = {
    K.OBSTACLE: "warn", K.WENT_UP: "urgent", K.CHASED: "warn", K.NOTICED: "warn", K.RETURNED: "warn",
    K.ACCEPTED: "good", K.THANKED: "good", K.COVERED: "good",
}  # fmt: skip
LIFECYCLE_TONES: Mapping[Lifecycle, Tone] = {
    Lifecycle.DRAFT: "calm", Lifecycle.ISSUED: "warn", Lifecycle.ACKNOWLEDGED: "info", Lifecycle.SUBMITTED: "info",
    Lifecycle.RETURNED: "warn", Lifecycle.CLOSED: "off",
}  # fmt: skip
MOMENTS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ActLink:
    label: Text
    href: str


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Something that waits for somebody; `href` where it is the reader's to settle."""

    title: Text
    text: str
    who: str
    by: date | None
    is_late: bool
    href: str = ""
    action: Text = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    moment: Moment
    correct_href: str


@dataclass(frozen=True, slots=True)
class PastLight:
    """What was written down of the light; it is never repainted."""

    on: date
    word: str
    tone: Tone
    said: str


@dataclass(frozen=True, slots=True)
class FollowingPage:
    light: LineLight
    lifecycle: str
    lifecycle_tone: Tone
    acts: tuple[ActLink, ...]
    waits: tuple[WaitRow, ...]
    steps: tuple[StepRow, ...]
    past_lights: tuple[PastLight, ...]
    lessons: tuple[Lesson, ...]
    offered: tuple[Lesson, ...]
    not_acknowledged: str


def read_following(actor: Actor, item: WorkItem, *, on: date) -> FollowingPage:
    """`item` came through the gate."""
    followed = open_followed(actor=actor, item_id=item.uid)
    item = followed.item
    rows = list(item.steps.select_related("unit", "asked_unit").order_by("pk"))
    names = _names(rows)
    lifecycle = followed.course.lifecycle
    light = read_lights(actor, [item], on=on, steps={item.pk: followed.steps})[item.pk]
    if light.is_withheld:
        # What the platform counted of persons stands in the steps, too, and is for those who read the figure.
        for row in rows:
            row.number = None
    return FollowingPage(
        light=light,
        lifecycle=str(lifecycle.label),
        lifecycle_tone=LIFECYCLE_TONES[lifecycle],
        acts=tuple(_acts(followed)),
        waits=tuple(_waits(actor, followed, rows, names, on=on)),
        steps=tuple(_steps(actor, followed, rows, names)),
        past_lights=tuple(_past(item)),
        lessons=tuple(item.lessons.select_related("unit").order_by("-pk")),
        offered=tuple(offer_lessons(actor, item.text, except_for=item.pk)) if not followed.course.is_closed else (),
        not_acknowledged=_not_acknowledged(followed),
    )  # fmt: skip


def read_wait(actor: Actor, item: WorkItem, href: str, *, on: date) -> str:
    """What the page of a line says of what is settled at this address: no number that is not the reader's."""
    waits = read_following(actor, item, on=on).waits
    return next((f"{wait.title}\n{wait.text}" for wait in waits if wait.href == href), "")


def _acts(followed: Followed) -> Iterable[ActLink]:
    """What the reader may do now; each page asks its gate again."""
    told: tuple[tuple[StepKind, str, Text], ...] = (
        (K.ACKNOWLEDGED, "work_acknowledge", pgettext("act", "Acknowledge")),
        (K.PROGRESS, "work_progress", pgettext("act", "Report how it stands")),
        (K.OBSTACLE, "work_obstacle", pgettext("act", "Raise an obstacle")),
        (K.EXTENSION_ASKED, "work_extension", pgettext("act", "Ask for more time")),
        (K.CLAIMED, "work_completion", pgettext("act", "Hand in as done")),
        (K.CHASED, "work_chase", pgettext("act", "Chase")),
        (K.PUSHED, "work_own_act", pgettext("act", "Write down what you did")),
        (K.CONFIDENCE, "work_confidence", pgettext("act", "Say how sure you are")),
        (K.COVERED, "work_cover", pgettext("act", "Write down who helped out")),
    )
    for kind, name, label in told:
        if not followed.may(kind) or (kind == K.ACKNOWLEDGED and not own_unacknowledged(followed)):
            continue
        if kind == K.EXTENSION_ASKED and (followed.course.due_on is None or followed.course.extension is not None):
            continue
        yield ActLink(label, reverse(f"blueprint:{name}", args=[followed.item.uid]))
    if followed.sides - {Side.ASKED} and followed.course.lifecycle != Lifecycle.DRAFT:
        yield ActLink(
            pgettext("act", "Write down a lesson"), reverse("blueprint:work_lesson", args=[followed.item.uid])
        )
    if Side.KEEPER in followed.sides and not followed.course.is_closed:
        yield ActLink(pgettext("act", "How it is measured"), reverse("blueprint:work_gauge", args=[followed.item.uid]))
        if followed.course.lifecycle == Lifecycle.DRAFT:
            yield ActLink(
                pgettext("act", "Issue the plan"), reverse("blueprint:plan_issue", args=[followed.item.plan.uid])
            )


def own_unacknowledged(followed: Followed) -> set[int]:
    """Units for which the reader has still to acknowledge the line."""
    own = {unit.pk for unit in followed.joint_units}
    own |= {followed.item.lead_id} if Side.LEAD in followed.sides else set()
    return own - followed.course.acknowledged_by


def _not_acknowledged(followed: Followed) -> str:
    """Who has it and has not said so yet, once it was issued."""
    if followed.course.acknowledge_by is None or followed.course.is_closed:
        return ""
    units = [followed.item.lead, *(part.unit for part in followed.item.parts.select_related("unit").order_by("pk"))]
    missing = dict.fromkeys(unit.short_name for unit in units if unit.pk not in followed.course.acknowledged_by)
    return join_words(missing)


def _waits(
    actor: Actor, followed: Followed, rows: Sequence[WorkStep], names: Mapping[int, str], *, on: date
) -> Iterable[WaitRow]:
    if followed.course.is_closed:
        return
    by_key = {row.pk: row for row in rows}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[w.asked_unit_id for w in followed.course.obstacles])}
    for waiting in followed.course.obstacles:
        row, unit = by_key[waiting.step.id], units.get(waiting.asked_unit_id or 0)
        title = _("Obstacle, asked of %(unit)s") % {"unit": unit.name if unit else "—"}
        if waiting.times_up:
            title += _(" (went up, since nobody answered in time)")
        href = _href("work_answer", followed, row) if answers_for(actor, unit) and followed.may(K.ANSWERED) else ""
        yield WaitRow(
            title, row.text, _who(row, names), waiting.by, waiting.is_late(on=on), href, pgettext("act", "Answer")
        )
    extension, claim = followed.course.extension, followed.course.claim
    if extension is not None:
        row = by_key[extension.id]
        may = followed.may(K.EXTENSION_GRANTED) and is_another_party(followed, extension, actor)
        href = _href("work_extension_decide", followed, row) if may else ""
        title = _("More time is asked for, until %(day)s") % {"day": extension.day}
        yield WaitRow(title, row.text, _who(row, names), None, False, href, pgettext("act", "Decide"))
    if claim is not None and followed.course.lifecycle == Lifecycle.SUBMITTED:
        row = by_key[claim.id]
        may = followed.may(K.ACCEPTED) and is_another_party(followed, claim, actor)
        href = _href("work_completion_decide", followed, row) if may else ""
        title = _("Handed in as done on %(day)s") % {"day": claim.happened_on}
        title += f" · {_amount(row.number, followed.item)}" if row.number is not None else ""
        yield WaitRow(title, row.text, _who(row, names), None, False, href, pgettext("act", "Accept or return"))


def _steps(actor: Actor, followed: Followed, rows: Sequence[WorkStep], names: Mapping[int, str]) -> Iterable[StepRow]:
    """The newest first. What was corrected or taken back is told as such, not left out."""
    stands = {step.id for step in standing(followed.steps)}
    thanked = {step.about for step in followed.steps if step.kind == K.THANKED}
    for row in list(reversed(rows))[:MOMENTS_SHOWN]:
        kind = StepKind(row.kind)
        is_past = row.pk not in stands
        may_correct = (
            kind in CORRECTABLE and not is_past and not followed.course.is_closed
            and (row.recorded_by_id == actor.user_id or Side.KEEPER in followed.sides)
        )  # fmt: skip
        href = ""
        if kind == K.COVERED and not is_past and row.pk not in thanked and followed.may(K.THANKED):
            href = _href("work_thanks", followed, row)
        moment = Moment(
            on=row.happened_on, title=_title(row, is_past), who=_who(row, names), note=_note(row, followed.item),
            icon=_ICONS.get(kind, "note"), tone="off" if is_past else _TONES.get(kind, "calm"), href=href,
        )  # fmt: skip
        yield StepRow(moment, _href("work_correct", followed, row) if may_correct else "")


def _title(row: WorkStep, is_past: bool) -> str:
    title = str(StepKind(row.kind).label)
    if row.kind == K.COVERED and row.unit:
        title = _("%(unit)s helped out") % {"unit": row.unit.name}
    if row.is_withdrawal:
        return _("%(what)s: taken back") % {"what": title}
    if row.kind == K.NOTICED and row.level:
        title = f"{title} · {NoticeLevel(row.level).label}"
    if row.kind == K.CONFIDENCE and row.level:
        title = f"{title} · {Confidence(row.level).label}"
    return _("%(what)s (put right later)") % {"what": title} if is_past else title


def _note(row: WorkStep, item: WorkItem) -> str:
    told = [row.text] if row.text else []
    if row.number is not None:
        told.append(_("Altogether: %(amount)s") % {"amount": _amount(row.number, item)})
    if row.day is not None:
        told.append(_("By %(day)s") % {"day": row.day})
    if row.asked_unit is not None:
        told.append(_("Asked: %(unit)s") % {"unit": row.asked_unit.name})
    return "\n".join(told)


def _amount(number: Decimal, item: WorkItem) -> str:
    said = f"{number:.2f}".rstrip("0").rstrip(".")
    if item.target_number is None:
        return said
    return _("%(reached)s of %(target)s") % {
        "reached": said, "target": f"{item.target_number:.2f}".rstrip("0").rstrip(".") + item.target_unit,
    }  # fmt: skip


def _past(item: WorkItem) -> Iterable[PastLight]:
    for row in LightReading.objects.filter(item=item).order_by("-on", "-pk")[:MOMENTS_SHOWN]:
        colour = LightColour(row.colour)
        told = tuple((str(name), str(value)) for name, value in row.told)
        yield PastLight(row.on, str(colour.label), TONES[colour], _say_past(Light(colour, Why(row.why), told)))


def _say_past(light: Light) -> str:
    """Of a figure that not everybody may read, the numbers were not written down; then the colour is all."""
    try:
        return say(light)
    except KeyError:
        return ""


def _href(name: str, followed: Followed, row: WorkStep) -> str:
    return reverse(f"blueprint:{name}", args=[followed.item.uid, row.uid])


def _names(rows: Iterable[WorkStep]) -> Mapping[int, str]:
    keys = {row.recorded_by_id for row in rows}
    return {user.pk: str(user) for user in User.objects.filter(Q(pk__in=keys))}


def _who(row: WorkStep, names: Mapping[int, str]) -> str:
    if row.kind == K.COVERED:
        # The unit of the row is the one that helped, seldom that of whoever wrote it down.
        name = names.get(row.recorded_by_id, "")
        return _("written down by %(name)s") % {"name": name} if name else ""
    unit = row.unit.short_name if row.unit else ""
    return " · ".join(part for part in (unit, names.get(row.recorded_by_id, "")) if part)
