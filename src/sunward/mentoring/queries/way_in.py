"""The way in, step by step: application, identity, background check, interview, training, agreement, available."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Text, Tone
from sunward.ledger.models import Fact
from sunward.mentoring.access import MENTOR_SUBJECT
from sunward.mentoring.enums import MentorState, VettingKind
from sunward.mentoring.models import Mentor, MentorApplication, VettingFact
from sunward.mentoring.queries.mentors import WARN_TONES
from sunward.mentoring.vetting import PROVED_BY_LISTING, REQUIRED_TO_MATCH, WARN_STEPS, VettingStanding, VettingStep

WORDS: dict[str, tuple[Text, Tone]] = {
    "clear": (_("Done"), "good"),
    "pending": (_("Under way"), "info"),
    "unfit": (_("Unfit"), "urgent"),
    "expired": (_("Expired"), "urgent"),
    "missing": (_("Not done yet"), "calm"),
}
AGREED = "mentoring.mentor_agreed"
# What the button says that does the step.
_ACTS: dict[str, Text] = {
    VettingKind.IDENTITY: _("Write down that her identity card was seen"),
    VettingKind.BACKGROUND_CHECK: _("Write down the background check"),
    VettingKind.INTERVIEW: _("Write down the interview"),
    VettingKind.TRAINING: _("Write down the training"),
}


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step. `href` and `act` only on the step that comes next: one button, never seven."""

    key: str
    label: Text
    word: Text
    tone: Tone
    is_done: bool
    is_needed: bool = False
    on: date | None = None
    until: date | None = None
    who: str = ""
    note: Text = ""
    act: Text = ""
    href: str = ""
    is_current: bool = False


def read_way_in(
    mentor: Mentor,
    standing: VettingStanding,
    facts: Sequence[VettingFact],
    names: Mapping[int, str],
    *,
    agreed_by: int = 0,
) -> tuple[WayStep, ...]:
    """One query, for the application. `facts` newest first; `names` of whoever wrote them and the agreement down."""
    steps = [
        _application(mentor),
        *(_vetting(mentor, step, facts, names, on=standing.on) for step in standing.steps),
        _agreement(mentor, names.get(agreed_by, "")),
    ]
    following = next((at for at, step in enumerate(steps) if not step.is_done), None)
    if mentor.state != MentorState.LEFT and following is not None:
        steps[following] = _make_current(mentor, steps[following])
    return (*steps, _available(mentor, standing))


def who_agreed(mentor: Mentor) -> int:
    """Who wrote down that the agreement is signed; 0 if nobody did here."""
    written = Fact.objects.filter(subject_kind=MENTOR_SUBJECT, subject_id=mentor.pk, kind=AGREED)
    return written.order_by("-pk").values_list("actor_id", flat=True).first() or 0


def _application(mentor: Mentor) -> WayStep:
    row = MentorApplication.objects.filter(mentor=mentor).only("applied_at", "recorded_by_id").first()
    label, done = _("Application"), WORDS["clear"][0]
    if row is None:
        note = _("By a roster") if mentor.source_batch_id is not None else _("File opened by hand")
        return WayStep("application", label, done, "good", is_done=True, on=mentor.joined_on, note=note)
    note = _("Written by a worker with her") if row.recorded_by_id else _("Written by herself")
    return WayStep("application", label, done, "good", is_done=True, on=localdate(row.applied_at), note=note)


def _vetting(
    mentor: Mentor, step: VettingStep, facts: Sequence[VettingFact], names: Mapping[int, str], *, on: date
) -> WayStep:
    if step.state == "missing" and step.kind in PROVED_BY_LISTING and mentor.source_batch_id is not None:
        note = _("Before she was listed")
        return WayStep(str(step.kind), step.kind.label, WORDS["clear"][0], "good", is_done=True, note=note)
    word, tone = word_of(step, on=on)
    newest = next((fact for fact in facts if fact.kind == step.kind and fact.happened_on == step.happened_on), None)
    return WayStep(
        key=str(step.kind),
        label=step.kind.label,
        word=word,
        tone=tone,
        is_done=step.is_clear,
        is_needed=step.kind in REQUIRED_TO_MATCH,
        on=step.happened_on,
        until=step.expires_on,
        who=names.get(newest.recorded_by_id, "") if newest else "",
        note=" · ".join(filter(None, (newest.authority, newest.receipt))) if newest else "",
    )


def word_of(step: VettingStep, *, on: date) -> tuple[Text, Tone]:
    """How one kind of vetting stands on the day, in a word."""
    if step.is_clear and step.expires_on is not None:
        near = [days for days in WARN_STEPS if (step.expires_on - on).days <= days]
        if near:
            return _("Expires soon"), WARN_TONES[min(near)]
    return WORDS[step.state]


def _agreement(mentor: Mentor, who: str) -> WayStep:
    is_done = mentor.agreed_on is not None
    word, tone = WORDS["clear" if is_done else "missing"]
    return WayStep("agreement", _("Agreement signed"), word, tone, is_done=is_done, on=mentor.agreed_on, who=who)


def _make_current(mentor: Mentor, step: WayStep) -> WayStep:
    if step.key == "agreement":
        act: Text = _("Print the agreement and have it signed")
        href = reverse("mentoring:mentor_agreement", args=[mentor.uid])
    else:
        act = _("Renew it") if step.word == WORDS["expired"][0] else _ACTS[step.key]
        href = f"{reverse('mentoring:mentor_vetting', args=[mentor.uid])}?kind={step.key}"
    return replace(step, href=href, act=act, is_current=True)


def _available(mentor: Mentor, standing: VettingStanding) -> WayStep:
    """As matching sees her: computed, never ticked."""
    label = _("Available")
    if mentor.state == MentorState.ACTIVE and standing.may_match:
        return WayStep("available", label, _("Yes"), "good", is_done=True, note=_("She can be matched with a child."))
    if mentor.state in (MentorState.RESTING, MentorState.LEFT):
        return WayStep("available", label, MentorState(mentor.state).label, "off", is_done=False)
    note = _("Comes by itself with the last step.")
    return WayStep("available", label, _("Not yet"), "calm", is_done=False, note=note)
