"""What happened to a line of work, the newest first. Nothing is erased: what was corrected says so and stays."""

from django.utils.translation import gettext as _

from sunward.accounts.models import Unit, User
from sunward.blueprint.enums import Confidence, NoticeLevel, StepKind
from sunward.blueprint.models import WorkItem, WorkStep
from sunward.core.furniture import Moment, Tone
from sunward.core.wording import join_parts, say_value

_TONES: dict[str, Tone] = {
    StepKind.OBSTACLE: "warn", StepKind.WENT_UP: "urgent", StepKind.RETURNED: "warn", StepKind.NOTICED: "warn",
    StepKind.ACCEPTED: "good", StepKind.ANSWERED: "good", StepKind.THANKED: "good",
}  # fmt: skip
_LEVELS = {str(one.value): one.label for one in (*Confidence, *NoticeLevel)}


def read_history(item: WorkItem, *, with_numbers: bool) -> list[Moment]:
    """Three queries however long it is. `with_numbers`: they are the reader's to see (`LineLight.is_withheld`)."""
    steps = list(item.steps.order_by("-recorded_at", "-pk"))
    corrected = {step.corrects_id: step for step in steps if step.corrects_id}
    units = {key for step in steps for key in (step.unit_id, step.asked_unit_id) if key}
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "short_name")) if units else {}
    people = User.objects.in_bulk({step.recorded_by_id for step in steps}) if steps else {}
    return [
        Moment(
            on=step.happened_on, title=_title(step, corrected.get(step.pk)),
            who=join_parts(_who(step, names, people)), note=_note(step, names, with_numbers=with_numbers),
            tone=_TONES.get(step.kind, "calm"),
        )
        for step in steps
    ]  # fmt: skip


def _title(step: WorkStep, by: WorkStep | None) -> str:
    title = step.get_kind_display()
    if step.is_withdrawal:
        return _("%(step)s (taken back)") % {"step": title}
    return _("%(step)s (corrected later)") % {"step": title} if by else title


def _who(step: WorkStep, names: dict[int, str], people: dict[int, User]) -> list[str]:
    found = [names[step.unit_id]] if step.unit_id in names else []
    return [*found, str(people[step.recorded_by_id])] if step.recorded_by_id in people else found


def _note(step: WorkStep, names: dict[int, str], *, with_numbers: bool) -> str:
    told = [str(_LEVELS[step.level])] if step.level in _LEVELS else []
    if step.number is not None and with_numbers:
        told.append(say_value(_("Altogether"), f"{step.number.normalize():f}"))
    if step.asked_unit_id in names:
        told.append(say_value(_("Asked of"), names[step.asked_unit_id]))
    if step.day is not None:
        told.append(say_value(_("Day"), step.day.isoformat()))
    return "\n".join(filter(None, [join_parts(told), step.text]))
