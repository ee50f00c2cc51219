"""The staff's side of the families' page: which guardian has a card, what they have said, and what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.queries import find_office_phone
from sunward.casework.models import BrokenGlass, Case
from sunward.casework.timeline import names_of
from sunward.core.furniture import Tone
from sunward.mentoring.enums import FamilyWordKind, GuardianshipState
from sunward.mentoring.family_access import may_decide, standing_links
from sunward.mentoring.models import ChildProfile, FamilyLink, FamilyRefusal, FamilyWord
from sunward.mentoring.rules import FAMILY_TRIES
from sunward.people.models import Guardianship
from sunward.people.passes import asks_for_phone

Text = str | Promise


@dataclass(frozen=True, slots=True)
class GuardianLink:
    """One guardian and the card, if there is one. `refusal_words` stand only where a refusal does."""

    guardianship_id: int
    name: str
    relation: str
    asks_for: Text
    state: Text
    tone: Tone
    link_id: UUID | None
    expires_on: date | None
    last_opened_at: datetime | None
    is_tired: bool
    refusal_id: UUID | None
    refusal_words: str
    refused_by: str


@dataclass(frozen=True, slots=True)
class FamilyWordRow:
    uid: UUID
    kind: Text
    tone: Tone
    who: str
    words: str
    said_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class FamilyDesk:
    uid: UUID
    name: str
    reference: str
    is_open: bool
    is_improper: bool
    may_decide: bool
    guardians: tuple[GuardianLink, ...]
    words: tuple[FamilyWordRow, ...]


@dataclass(frozen=True, slots=True)
class FileCounts:
    """What the child's file says of things that have pages of their own. `glasses`: how often it was opened in an
    emergency and nobody has said yet whether that was right."""

    links: int
    waiting: int
    glasses: int


_TONES: dict[str, Tone] = {
    FamilyWordKind.OBJECTION: "urgent", FamilyWordKind.QUESTION: "warn", FamilyWordKind.THANKS: "good"
}  # fmt: skip


def count_beside(case: Case, *, on: date) -> FileCounts:
    """One query."""
    waiting = FamilyWord.objects.filter(answered_at=None).exclude(kind=FamilyWordKind.THANKS)
    counted = map(_counted, (standing_links(on=on), waiting, BrokenGlass.objects.filter(reviewed_at=None)))
    return FileCounts(*Case.objects.filter(pk=case.pk).values_list(*counted)[0])


def _counted(rows: "QuerySet[Any]") -> Coalesce:
    """How many of them belong to the case of the row around."""
    each = rows.filter(case=OuterRef("pk")).order_by().values("case").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(each), 0)


def read_family_desk(case: Case, actor: Actor, *, on: date) -> FamilyDesk:
    """Of a file that came through the gate. Seven queries at most."""
    links = {link.guardian_id: link for link in case.family_links.filter(revoked_at=None).order_by("pk")}
    standing = set(standing_links(on=on).filter(case=case).values_list("pk", flat=True))
    refusals = {one.guardian_id: one for one in case.family_refusals.filter(lifted_at=None)}
    said = list(case.family_words.select_related("guardian").order_by("-said_at", "-pk")[:50])
    names = names_of([*(word.answered_by_id for word in said), *(one.decided_by_id for one in refusals.values())])
    held = Guardianship.objects.current(on=on).filter(child=case.person_id).select_related("guardian")
    profile = getattr(case, "child", None) or ChildProfile()
    return FamilyDesk(
        uid=case.uid,
        name=case.person.name,
        reference=case.reference,
        is_open=case.closed_on is None,
        is_improper=profile.guardianship == GuardianshipState.IMPROPER,
        may_decide=may_decide(actor, case),
        guardians=tuple(
            _guardian(row, links.get(row.guardian_id), refusals.get(row.guardian_id), standing, names)
            for row in held.order_by("-is_primary", "pk")
        ),
        words=tuple(
            FamilyWordRow(
                word.uid, FamilyWordKind(word.kind).label, _TONES[word.kind], word.guardian.name, word.words,
                word.said_at, word.answer, names.get(word.answered_by_id, ""), word.answered_at,
            )
            for word in said
        ),
    )  # fmt: skip


def _guardian(
    row: Guardianship,
    link: FamilyLink | None,
    refusal: FamilyRefusal | None,
    standing: set[int],
    names: Mapping[int, str],
) -> GuardianLink:
    is_tired = link is not None and link.failures >= FAMILY_TRIES
    state, tone = _say_state(link, refusal, is_tired=is_tired, stands=link is not None and link.pk in standing)
    return GuardianLink(
        guardianship_id=row.pk,
        name=row.guardian.name,
        relation=row.relation,
        asks_for=_("last four digits of the telephone") if asks_for_phone(row.guardian) else _("year of birth"),
        state=state,
        tone=tone,
        link_id=link.uid if link and not refusal else None,
        expires_on=link.expires_on if link and not refusal else None,
        last_opened_at=link.last_opened_at if link else None,
        is_tired=is_tired,
        refusal_id=refusal.uid if refusal else None,
        refusal_words=refusal.words if refusal else "",
        refused_by=names.get(refusal.decided_by_id, "") if refusal else "",
    )


def _say_state(
    link: FamilyLink | None, refusal: FamilyRefusal | None, *, is_tired: bool, stands: bool
) -> tuple[Text, Tone]:
    if refusal is not None:
        return _("Gets no page"), "off"
    if link is None:
        return _("No card yet"), "calm"
    if is_tired:
        return _("Closed after wrong answers"), "warn"
    return (_("Has a card"), "good") if stands else (_("Card is not good any more"), "off")


def known_office_phone(case: Case) -> str:
    """The office's own number; else the one that stood on the last card of this committee."""
    if case.unit.phone:
        return case.unit.phone
    found = FamilyLink.objects.filter(case__unit=case.unit_id).exclude(office_phone="").order_by("-made_at")
    return found.values_list("office_phone", flat=True).first() or find_office_phone(case.unit_path)
