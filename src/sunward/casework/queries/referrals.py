"""Referrals: those of one file, and on a resource's page those that the reader may see anyway."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import visible_cases
from sunward.casework.enums import OPEN_REFERRALS, ReferralState
from sunward.casework.models import Case, Referral, Resource
from sunward.core.furniture import Moment, Text, Tone

REFERRAL_TONES: dict[str, Tone] = {
    ReferralState.SENT: "info", ReferralState.ACCEPTED: "info", ReferralState.DECLINED: "warn",
    ReferralState.HELPED: "good", ReferralState.NOT_HELPED: "warn", ReferralState.WITHDRAWN: "off",
}  # fmt: skip
SHOWN_ON_RESOURCE = 20


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral on its own file. `can_undo` is false as long as it is only sent."""

    uid: UUID
    version: int
    resource: str
    resource_uid: UUID
    state: str
    state_word: Text
    tone: Tone
    sent_on: date
    answer_due_on: date
    is_answer_due: bool
    answered_on: date | None
    settled_on: date | None
    reason: str
    result: str

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REFERRALS

    @property
    def is_sent(self) -> bool:
        return self.state == ReferralState.SENT


@dataclass(frozen=True, slots=True)
class ReferredFile:
    """One line on a resource's page: a reference, no name."""

    reference: str
    case_uid: UUID
    programme: str
    state_word: Text
    tone: Tone
    sent_on: date


def list_referrals(case: Case, *, on: date) -> tuple[ReferralRow, ...]:
    """Newest first. One query."""
    found = case.referrals.select_related("resource").order_by("-sent_on", "-pk")
    return tuple(_row(referral, on=on) for referral in found)


def list_referred(resource: Resource, actor: Actor) -> tuple[ReferredFile, ...]:
    """Of the files that the reader may open anyway: nobody learns here, not even by a count, who else was sent."""
    found = Referral.objects.filter(resource=resource, case__in=visible_cases(actor)).select_related("case")
    return tuple(
        ReferredFile(
            reference=row.case.reference,
            case_uid=row.case.uid,
            programme=row.case.programme,
            state_word=ReferralState(row.state).label,
            tone=REFERRAL_TONES[row.state],
            sent_on=row.sent_on,
        )
        for row in found.order_by("-sent_on", "-pk")[:SHOWN_ON_RESOURCE]
    )


def referral_moments(referrals: tuple[ReferralRow, ...]) -> list[Moment]:
    """No query."""
    moments: list[Moment] = []
    for row in referrals:
        name = {"resource": row.resource}
        moments.append(Moment(row.sent_on, _("Referred to %(resource)s") % name, note=row.reason, icon="send"))
        if row.answered_on:
            is_declined = row.state == ReferralState.DECLINED
            title = _("%(resource)s declined") if is_declined else _("%(resource)s has taken it on")
            moments.append(
                Moment(row.answered_on, title % name, note=row.result if is_declined else "", icon="send",
                       tone="warn" if is_declined else "good")
            )  # fmt: skip
        if row.settled_on:
            words = {"resource": row.resource, "state": row.state_word}
            settled = _("Referral to %(resource)s: %(state)s") % words
            moments.append(Moment(row.settled_on, settled, note=row.result, icon="send", tone=row.tone))
    return moments


def _row(row: Referral, *, on: date) -> ReferralRow:
    return ReferralRow(
        uid=row.uid,
        version=row.version,
        resource=row.resource.name,
        resource_uid=row.resource.uid,
        state=row.state,
        state_word=ReferralState(row.state).label,
        tone=REFERRAL_TONES[row.state],
        sent_on=row.sent_on,
        answer_due_on=row.answer_due_on,
        is_answer_due=row.state == ReferralState.SENT and row.answer_due_on <= on,
        answered_on=row.answered_on,
        settled_on=row.settled_on,
        reason=row.reason,
        result=row.result,
    )
