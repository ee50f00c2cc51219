"""The gates of the families' page. Wrong, revoked, expired, refused and closed links are one answer."""

from datetime import date, datetime
from typing import NoReturn

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import Role
from sunward.casework.access import case_subject
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.enums import GuardianshipState
from sunward.mentoring.family_pass import is_pass_for, link_index
from sunward.mentoring.growing_up import born_for_adult
from sunward.mentoring.models import FamilyLink, FamilyRefusal
from sunward.mentoring.rules import FAMILY_TRIES
from sunward.people.models import Guardianship

_DECIDING = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)


class PassMissing(Refusal):
    """The link is good; the question behind it has to be answered, or answered again."""

    def __init__(self) -> None:
        super().__init__("mentoring.family_pass_missing", _("Some time has passed. Please answer the question again."))


def standing_links(*, on: date) -> "QuerySet[FamilyLink]":
    """Links that open something on the day: not revoked, not over, of a guardian who is one, in a file that is open.

    From the eighteenth birthday on nobody is a guardian any more, also where a file is kept because of school.
    """
    cares = Guardianship.objects.current(on=on).filter(child=OuterRef("case__person"), guardian=OuterRef("guardian"))
    refused = FamilyRefusal.objects.filter(case=OuterRef("case"), guardian=OuterRef("guardian"), lifted_at=None)
    found = FamilyLink.objects.filter(revoked_at=None, expires_on__gt=on, case__state=CaseState.OPEN)
    improper = Q(case__child__guardianship=GuardianshipState.IMPROPER, is_supervised=False)
    grown = Q(case__person__birth_date__lte=born_for_adult(on))
    return found.filter(Exists(cares)).exclude(Exists(refused)).exclude(improper).exclude(grown)


def get_link(*, token: str, on: date) -> FamilyLink:
    """The link behind the address, before any question; one that was answered wrongly too often is not there."""
    found = standing_links(on=on).filter(token_index=link_index(token), failures__lt=FAMILY_TRIES)
    link = found.select_related("case__person", "case__unit", "guardian").first()
    return link or _raise_not_there()


def get_passed_link(*, token: str, shown: str, on: date, now: datetime) -> FamilyLink:
    """The link of a guardian who has answered; `shown` is the pass from the cookie."""
    link = get_link(token=token, on=on)
    if not is_pass_for(link, shown, now=now):
        raise PassMissing
    return link


def look_at_page(link: FamilyLink, *, on: date, now: datetime) -> None:
    """The guardian's own look stands in the record like everybody's."""
    record_look(
        actor=guardian_actor(on=on), code="mentoring.family_page_opened", now=now, subject=case_subject(link.case),
        unit_path=link.case.unit_path, purpose="family",
    )  # fmt: skip


def guardian_actor(*, on: date) -> Actor:
    """Nobody's account: what a guardian does is written under these words, with the link that she came by."""
    with override(settings.LANGUAGE_CODE):
        name = gettext("A guardian, on the family's page")
    return Actor(user_id=0, name=name, on=on)


def may_decide(actor: Actor, case: Case) -> bool:
    """A supervisor's post that covers this very file, not one that she holds elsewhere."""
    return any(case.unit_path.startswith(path) for path in actor.paths(*_DECIDING))


def family_not_there() -> NotThere:
    # The heading of the page says that it is not open.
    return NotThere("mentoring.family_not_there", _("Please ask the committee; they make you a new card."))


def _raise_not_there() -> NoReturn:
    raise family_not_there()
