"""A digest: composed, looked at, approved by a person, sent. What is sent is what was looked at, byte for byte."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import User
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, Refusal
from sunward.outreach.access import get_digest_for_change, get_group_for_change
from sunward.outreach.actions.writing import write_group
from sunward.outreach.composing import Composed, LeftOut, compose, left_out_of
from sunward.outreach.enums import DigestState
from sunward.outreach.guarding import refuse_persons
from sunward.outreach.models import Digest
from sunward.outreach.rules import SECOND_THOUGHTS


@transaction.atomic
def compose_digest(*, actor: Actor, group_id: UUID, on: date, now: datetime) -> Digest:
    """Read anew what the group has to be told. A draft that is open is brought up to date; there is never a second."""
    group = get_group_for_change(actor=actor, group_id=group_id)
    digest = Digest.objects.select_for_update().filter(group=group, state=DigestState.DRAFT).first()
    if digest is None:
        digest = Digest(group=group, unit_path=group.unit_path, composed_on=on, composed_at=now, version=0)
    digest.group = group
    _put(digest, _compose(digest, on=on), on=on, actor=actor, now=now)
    _record(digest, "outreach.digest_composed", actor=actor, now=now)
    return digest


@transaction.atomic
def edit_intro(*, actor: Actor, digest_id: UUID, version: int, intro: str, on: date, now: datetime) -> Digest:
    """Change the opening words; everything else is read anew."""
    digest = _locked_draft(actor, digest_id, version)
    refuse_persons(intro)
    digest.intro = intro.strip()[:200]
    return _put(digest, _compose(digest, on=on), on=on, actor=actor, now=now)


@transaction.atomic
def leave_out(
    *, actor: Actor, digest_id: UUID, version: int, lines: Sequence[LeftOut], on: date, now: datetime
) -> Digest:
    """Leave these records out of this digest, ``(kind, id)``, and no others."""
    digest = _locked_draft(actor, digest_id, version)
    digest.left_out = [[kind, number] for kind, number in dict.fromkeys(lines)]
    return _put(digest, _compose(digest, on=on), on=on, actor=actor, now=now)


@transaction.atomic
def approve_digest(*, actor: Actor, digest_id: UUID, version: int, fingerprint: str, on: date, now: datetime) -> Digest:
    """Send exactly what was looked at (`fingerprint` is of the preview). Refused if the facts have changed since."""
    digest = _locked_draft(actor, digest_id, version)
    composed = _compose(digest, on=on)
    if not composed.sections and not digest.intro:
        raise Refusal("outreach.nothing_to_tell", _("There is nothing to tell."))
    if digest.composed_on != on or not fingerprint == digest.fingerprint == composed.fingerprint:
        raise Conflict(
            "outreach.digest_outdated",
            _("Something has changed since this was composed. Bring it up to date and look at it again."),
        )
    digest.state, digest.approved_at, digest.version = DigestState.APPROVED, now, digest.version + 1
    digest.approved_by = User.objects.get(pk=actor.user_id)
    digest.save()
    write_group(
        key=f"digest:{digest.uid}", group=digest.group, body=composed.text, now=now, digest=digest, actor=actor,
        ours=composed.ours, waits=SECOND_THOUGHTS,
    )  # fmt: skip
    _record(digest, "outreach.digest_approved", actor=actor, now=now, fingerprint=fingerprint)
    return digest


@transaction.atomic
def discard_digest(*, actor: Actor, digest_id: UUID, version: int, now: datetime) -> Digest:
    digest = _locked_draft(actor, digest_id, version)
    digest.state, digest.discarded_at, digest.version = DigestState.DISCARDED, now, digest.version + 1
    digest.save(update_fields=["state", "discarded_at", "version"])
    _record(digest, "outreach.digest_discarded", actor=actor, now=now)
    return digest


def _locked_draft(actor: Actor, digest_id: UUID, version: int) -> Digest:
    digest = get_digest_for_change(actor=actor, digest_id=digest_id)
    if digest.state != DigestState.DRAFT:
        raise Conflict("outreach.digest_settled", _("This digest was approved or discarded already."))
    if digest.version != version:
        raise Conflict("outreach.digest_changed", _("Somebody else has just changed this digest. Look at it again."))
    return digest


def _compose(digest: Digest, *, on: date) -> Composed:
    return compose(digest.group, intro=digest.intro, left_out=left_out_of(digest), on=on)


def _put(digest: Digest, composed: Composed, *, on: date, actor: Actor, now: datetime) -> Digest:
    digest.sections, digest.parts = composed.as_json(), list(composed.parts)
    digest.fingerprint = composed.fingerprint
    digest.composed_on, digest.composed_at, digest.composed_by_id = on, now, actor.user_id
    digest.version += 1
    digest.save()
    return digest


def _record(digest: Digest, code: str, *, actor: Actor, now: datetime, **detail: str) -> None:
    record_act(
        actor=actor, code=code, now=now, subject=Subject("digest", digest.pk), unit_path=digest.unit_path, **detail
    )
