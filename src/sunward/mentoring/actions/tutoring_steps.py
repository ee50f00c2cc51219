"""The one place where a tutoring changes its state, and what its steps ask of the worker."""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sunward.accounts.enums import Role
from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.actions.said import Said
from sunward.mentoring.models import Tutoring, TutoringStep
from sunward.mentoring.models.tutoring import TutoringQuerySet
from sunward.mentoring.tutoring.access import consented, has_consent, tutoring_not_there
from sunward.mentoring.tutoring.enums import TUTORING_STEPS, TutoringFollowUp, TutoringState
from sunward.mentoring.vetting import read_standing

TUTORING_SUBJECT = "tutoring"


class TutoringChanged(Conflict):
    """Somebody else has moved the tutoring since the person looked at it."""

    def __init__(self) -> None:
        super().__init__(
            "mentoring.tutoring_changed",
            _("Somebody else has just changed this tutoring. Look at it again before you go on."),
        )


def lock_tutoring(found: TutoringQuerySet, *, tutoring_id: UUID, version: int | None = None) -> Tutoring:
    """The tutoring out of those that the actor may reach, locked after its file."""
    case_pk = found.filter(uid=tutoring_id).values_list("case_id", flat=True).first()
    if case_pk is None:
        raise tutoring_not_there()
    Case.objects.select_for_update(of=("self",)).get(pk=case_pk)
    tutoring = (
        found.select_for_update(of=("self",)).select_related("case", "mentor").filter(uid=tutoring_id).first()
    )  # fmt: skip
    if tutoring is None:
        raise tutoring_not_there()
    if version is not None and version != tutoring.version:
        raise TutoringChanged
    return tutoring


def take_tutoring_step(tutoring: Tutoring, to: TutoringState, said: Said) -> TutoringStep:
    """Move a locked tutoring. The days that the new state needs are on it already."""
    before = TutoringState(tutoring.state)
    if to not in TUTORING_STEPS[before]:
        raise step_not_possible()
    if to == TutoringState.RUNNING:
        refuse_unready(tutoring, on=said.on)
    tutoring.state = to
    tutoring.pause_reason = said.code if to == TutoringState.PAUSED else ""
    return write_tutoring_step(tutoring, before, said)


def write_tutoring_step(tutoring: Tutoring, before: str, said: Said, *, code: str = "") -> TutoringStep:
    """Save the tutoring with its step, fact and audit. `code` names a change that is no change of state."""
    if tutoring.pk:
        tutoring.version += 1
    tutoring.save()
    step = TutoringStep.objects.create(
        tutoring=tutoring, from_state=before, to_state=tutoring.state, happened_on=said.on, recorded_at=said.now,
        by_id=said.actor.user_id, code=code or said.code, reason=said.reason[:300],
    )  # fmt: skip
    record_case_act(
        tutoring.case, actor=said.actor, code=f"mentoring.tutoring_{code or tutoring.state}", on=said.on, now=said.now,
        subject=(TUTORING_SUBJECT, tutoring.pk),
        attributes={"mentor_id": tutoring.mentor_id, "from": str(before), "reason": said.code},
    )  # fmt: skip
    return step


def refuse_unready(tutoring: Tutoring, *, on: date) -> None:
    """Both have agreed, and only who is vetted on the day may meet a child, on a screen too."""
    if tutoring.student_agreed_on is None:
        raise Refusal("mentoring.student_not_agreed", _("The student has not agreed yet."))
    if not has_consent(tutoring, on=on):
        raise Refusal(
            "mentoring.tutoring_consent_missing",
            _("A guardian's consent to being tutored online is missing. Record it in the child's file first."),
        )
    if not read_standing(tutoring.mentor.vetting_facts.all(), on=on).may_match:
        raise Refusal(
            "mentoring.student_vetting_not_clear",
            _("The student's background check or training is not valid. Renew it first."),
        )


def step_not_possible() -> Refusal:
    return Refusal("mentoring.step_not_possible", _("This step is not possible from the state the tutoring is in."))


def promise(
    case: Case, kind: TutoringFollowUp, said: Said, *, days: int, role: Role = Role.WORKER
) -> None:  # fmt: skip
    """Once on the list while it is due, however often it comes up."""
    if FollowUp.objects.filter(case=case, kind=kind, state=FollowUpState.DUE).exists():
        return
    # What is stored is read by everybody, so it is written in the district's language, not in the actor's.
    with override(settings.LANGUAGE_CODE):
        note = str(kind.label)
    promise_follow_up(
        actor=said.actor, case=case, kind=kind, due_on=said.on + timedelta(days=days), on=said.on, now=said.now,
        role=role, note=note,
    )  # fmt: skip


def follow_consent(case: Case, said: Said) -> None:
    """Without a guardian's consent the student sees nothing: somebody has to ask for it, or to end the tutoring."""
    if Tutoring.objects.live().filter(~consented(said.on), case=case).exists():
        promise(case, TutoringFollowUp.CONSENT, said, days=0)
    else:
        settle(case, FollowUpState.DONE, said, TutoringFollowUp.CONSENT)


def settle(case: Case, state: FollowUpState, said: Said, *kinds: TutoringFollowUp) -> None:
    """Take what is due of these kinds off the list."""
    for follow_up in FollowUp.objects.filter(case=case, kind__in=kinds, state=FollowUpState.DUE):
        settle_follow_up(follow_up, state, case=case, actor=said.actor, on=said.on, now=said.now)
