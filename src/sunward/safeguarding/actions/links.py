"""A link for those on duty without an account: it can only report. Of the token only a blind index is kept."""

import logging
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import NotThere, Refusal
from sunward.core.sealing import blind_index
from sunward.safeguarding.access.worries import LINK_SUBJECT, linkable_units, visible_links
from sunward.safeguarding.models import ReportingLink
from sunward.safeguarding.rules import LINK_DAYS_AT_MOST

_log = logging.getLogger(__name__)
_COUNTED_HOURS = 1
_WRONG_WORTH_TELLING = 50


@dataclass(frozen=True, slots=True)
class NewLink:
    """The token is shown once: what is kept opens nothing."""

    link: ReportingLink
    token: str


def token_index(token: str) -> str:
    return blind_index(token, purpose="safeguarding.reporting_link")


@transaction.atomic
def make_link(*, actor: Actor, unit_id: int, label: str, expires_on: date, on: date, now: datetime) -> NewLink:
    """For a school, a clinic, a shop: `label` says for whom, so that it is known which one to revoke."""
    unit = linkable_units(actor).filter(pk=unit_id).first()
    if unit is None:
        raise Refusal("safeguarding.unit_not_yours", _("You can make links only for your own units."))
    if not on < expires_on <= on + timedelta(days=LINK_DAYS_AT_MOST):
        raise Refusal("safeguarding.link_too_long", _("A link ends after one year at the latest. Choose a nearer day."))
    token = secrets.token_urlsafe(32)
    link = ReportingLink.objects.create(
        unit=unit, unit_path=unit.path, label=label.strip(), token_index=token_index(token), made_at=now,
        made_by_id=actor.user_id, expires_on=expires_on,
    )  # fmt: skip
    record_act(
        actor=actor, code="safeguarding.link_made", now=now, subject=Subject(LINK_SUBJECT, link.pk),
        unit_path=unit.path,
    )  # fmt: skip
    return NewLink(link, token)


@transaction.atomic
def revoke_link(*, actor: Actor, link_id: int, now: datetime) -> None:
    """From this moment it leads nowhere; revoked twice is revoked once."""
    link = visible_links(actor).select_for_update(of=("self",)).filter(pk=link_id).first()
    if link is None:
        raise link_not_there()
    if link.revoked_at is not None:
        return
    link.revoked_at = now
    link.save(update_fields=["revoked_at"])
    record_act(
        actor=actor, code="safeguarding.link_revoked", now=now, subject=Subject(LINK_SUBJECT, link.pk),
        unit_path=link.unit_path,
    )  # fmt: skip


def find_link(*, token: str, on: date, now: datetime) -> ReportingLink:
    """A link that holds today. Wrong, revoked and expired are the same answer; each wrong try is counted."""
    held = ReportingLink.objects.filter(token_index=token_index(token), revoked_at=None, expires_on__gt=on)
    link = held.select_related("unit").first()
    if link is None:
        _count_wrong_try(now)
        raise link_not_there()
    return link


def link_not_there() -> NotThere:
    return NotThere("safeguarding.link_not_there", _("This link does not work. Ask whoever gave it to you."))


def _count_wrong_try(now: datetime) -> None:
    """256 random bits are not guessed; many wrong tries say that somebody tries, or that a poster has grown old."""
    key = f"safeguarding.wrong_links:{now:%Y%m%d%H}"
    tries = (cache.get(key) or 0) + 1
    cache.set(key, tries, timeout=_COUNTED_HOURS * 3600)
    if tries % _WRONG_WORTH_TELLING == 0:
        _log.warning("%d wrong reporting links within the hour", tries)
