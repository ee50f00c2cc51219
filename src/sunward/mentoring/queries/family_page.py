"""What a guardian sees of the own child: few words, and nobody's telephone but the committee's."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.models import Assignment
from sunward.audit.queries import Look, list_looks
from sunward.casework.access import case_subject
from sunward.casework.enums import ContactOutcome
from sunward.casework.models import Case
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Session, SignUp
from sunward.gatherings.queries.wording import say_times
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import FamilyWordKind, MatchState
from sunward.mentoring.models import FamilyLink, Match, Visit
from sunward.mentoring.queries.visits import agreed_day, next_visit_on
from sunward.mentoring.queries.withdrawals import find_withdrawal
from sunward.mentoring.rules import FAMILY_UNDO_MINUTES
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord

Text = str | Promise
LOOKS_SHOWN, LOOKS_READ, WORDS_SHOWN, GATHERINGS_SHOWN = 8, 80, 10, 5
# A proposal may come to nothing: the family hears of it when the first meeting is arranged.
_TOLD = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.PAUSED, MatchState.HANDOVER)
_TWO_CHARACTERS = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "端木",
        "长孙",
        "宇文",
        "南宫",
        "西门",
        "轩辕",
        "独孤",
        "钟离",
        "闻人",
        "澹台",
        "太史",
        "申屠",
        "呼延",
        "万俟",
    ]
)
# What ends with each consent, said before it ends.
FOLLOWS: dict[str, Text] = {
    Purpose.CASE_FILE: _(
        "The committee keeps only what the law obliges it to keep. The worker talks with you about it."
    ),
    Purpose.MATCHING: _("No new neighbour mom is looked for. If one comes already, the supervisor looks at it today."),
    Purpose.SHARING: _("From this moment the neighbour mom no longer sees your telephone and your address."),
    Purpose.GATHERINGS: _(
        "The child is not signed up for outings and courses any more; hosts see that you do not agree."
    ),
    Purpose.TUTORING: _("From this moment the student no longer sees the child. The worker talks with you about it."),
    Purpose.PHOTOGRAPHS: _("From this moment the child is not photographed any more; hosts see it at once."),
}


@dataclass(frozen=True, slots=True)
class Visitor:
    """`called` as a child calls her, `name` as it stands on the agreement. No telephone, no address."""

    called: str
    name: str
    note: Text
    last_on: date | None
    next_on: date | None
    is_first: bool
    is_coming: bool


@dataclass(frozen=True, slots=True)
class ComingGathering:
    title: str
    on: date
    times: str
    place: str


@dataclass(frozen=True, slots=True)
class OfficeLook:
    """Who looked, by role and office; never a name."""

    on: date
    who: Text
    office: str


@dataclass(frozen=True, slots=True)
class OwnWord:
    kind: Text
    is_objection: bool
    words: str
    said_on: date
    answer: str
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class OwnConsent:
    id: int
    purpose: Text
    follows: Text
    given_on: date
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class FamilyPage:
    child: str
    office: str
    office_phone: str
    visitors: tuple[Visitor, ...]
    gatherings: tuple[ComingGathering, ...]
    looks: tuple[OfficeLook, ...]
    words: tuple[OwnWord, ...]
    consents: tuple[OwnConsent, ...]


def read_family_page(link: FamilyLink, *, on: date, now: datetime) -> FamilyPage:
    """Of a link that came through the gate. Nine queries at most, and one for each consent withdrawn just now."""
    case = link.case
    return FamilyPage(
        child=case.person.name,
        office=case.unit.name,
        office_phone=link.office_phone,
        visitors=_visitors(link, on=on),
        gatherings=_gatherings(case.person_id, now=now),
        looks=read_office_looks(link),
        words=_words(link),
        consents=list_own_consents(link, on=on, now=now),
    )


def _visitors(link: FamilyLink, *, on: date) -> tuple[Visitor, ...]:
    made = Visit.objects.filter(match=OuterRef("pk"), record__outcome=ContactOutcome.MADE, record__withdrawn_at=None)
    latest = made.order_by("-record__happened_on", "-pk")
    found = Match.objects.filter(case=link.case_id, state__in=_TOLD).select_related("mentor__person", "case")
    found = found.exclude(state=MatchState.HANDOVER, handover_until_on__lt=on)
    rows = found.annotate(
        last_visit_on=Subquery(latest.values("record__happened_on")[:1]),
        agreed_on=agreed_day(),
    )
    return tuple(_visitor(match, on=on) for match in rows.order_by("pk"))


def _visitor(match: Any, *, on: date) -> Visitor:
    name, state, last = match.mentor.person.name, MatchState(match.state), match.last_visit_on
    coming = match.agreed_on if match.agreed_on and match.agreed_on >= on else None
    if coming is None and state in (MatchState.TRIAL, MatchState.ACTIVE):
        usual = next_visit_on(match, last_visit_on=last, risk_level=match.case.risk_level)
        coming = usual if usual >= on else None
    return Visitor(
        called=f"{surname_of(name)}妈妈",
        name=name,
        note=_say_state(match, state),
        last_on=last,
        next_on=None if state == MatchState.PAUSED else coming,
        is_first=last is None,
        is_coming=state in (MatchState.TRIAL, MatchState.ACTIVE),
    )


def _say_state(match: Any, state: MatchState) -> Text:
    if state == MatchState.PAUSED:
        return _("The visits rest at the moment. The committee tells you when they go on.")
    if state == MatchState.HANDOVER:
        return _("She says goodbye soon, and another neighbour mom takes over.")
    if state == MatchState.TRIAL:
        return _("You are getting to know each other.")
    return str(match.agreed_times)


def surname_of(name: str) -> str:
    """欧阳明珠 → 欧阳; the first character of a name, or the first two where they are one surname."""
    return name[:2] if name[:2] in _TWO_CHARACTERS and len(name) > 2 else name[:1]


def _gatherings(person_id: int, *, now: datetime) -> tuple[ComingGathering, ...]:
    """Where the child has a place, the next first; nothing of what came by another file of the same person."""
    others = Case.objects.filter(person=person_id).exclude(programme=PROGRAMME)
    places = SignUp.objects.filter(person=person_id, gathering__state=GatheringState.PUBLISHED).placed()
    places = places.exclude(gathering__programme__in=others.values("programme"))
    sessions = Session.objects.filter(gathering__in=places.values("gathering"), ends_at__gt=now)
    found: dict[int, ComingGathering] = {}
    for session in sessions.select_related("gathering").order_by("begins_at"):
        on, times = localdate(session.begins_at), say_times(session)
        one = ComingGathering(session.gathering.title, on, times, session.gathering.place)
        found.setdefault(session.gathering_id, one)
    return tuple(found.values())[:GATHERINGS_SHOWN]


def read_office_looks(link: FamilyLink) -> tuple[OfficeLook, ...]:
    """Each office once a day, the latest first; the guardian's own looks are left out. Two queries."""
    looks = [look for look in list_looks(case_subject(link.case), most=LOOKS_READ) if look.actor_id]
    posts: dict[int, list[Assignment]] = defaultdict(list)
    for post in Assignment.objects.filter(user__in={look.actor_id for look in looks}).select_related("unit"):
        posts[post.user_id].append(post)
    rows = dict.fromkeys(_office_look(look, posts[look.actor_id]) for look in looks)
    return tuple(rows)[:LOOKS_SHOWN]


def _office_look(look: Look, posts: list[Assignment]) -> OfficeLook:
    on = localdate(look.at)
    wanted = (Role.MENTOR,) if look.code == "mentoring.child_opened_by_mentor" else CASEWORK_ROLES
    held = [post for post in posts if post.from_on <= on and (post.until_on is None or post.until_on > on)]
    fitting = [post for post in held if post.role in wanted] or held
    if not fitting:
        return OfficeLook(on, _("Staff"), "")
    post = max(fitting, key=lambda one: len(one.unit.path))
    return OfficeLook(on, Role(post.role).label, post.unit.name)


def _words(link: FamilyLink) -> tuple[OwnWord, ...]:
    said = link.case.family_words.filter(guardian=link.guardian_id).order_by("-said_at", "-pk")[:WORDS_SHOWN]
    return tuple(
        OwnWord(
            kind=FamilyWordKind(word.kind).label,
            is_objection=word.kind == FamilyWordKind.OBJECTION,
            words=word.words,
            said_on=localdate(word.said_at),
            answer=word.answer,
            answered_on=localdate(word.answered_at) if word.answered_at else None,
        )
        for word in said
    )


def list_own_consents(link: FamilyLink, *, on: date, now: datetime) -> tuple[OwnConsent, ...]:
    """What she herself has consented to and still does, and what she withdrew so lately that it can be taken back.

    One line for each purpose, however many papers say it: they are withdrawn and taken back together.
    """
    own = ConsentRecord.objects.filter(
        person=link.case.person_id, given_by=link.guardian_id, legal_basis=LegalBasis.CONSENT
    )
    since = now - timedelta(minutes=FAMILY_UNDO_MINUTES)
    valid = list(own.valid(on=on).order_by("pk"))
    lately = own.filter(withdrawn_on__gte=localdate(since)).order_by("pk")
    taken = [consent for consent in lately if find_withdrawal(consent, since=since) is not None]
    held = {consent.purpose: consent for consent in reversed(valid)}
    lost = {consent.purpose: consent for consent in reversed(taken) if consent.purpose not in held}
    return tuple(_consent(consent) for consent in sorted(lost.values(), key=_key) + sorted(held.values(), key=_key))


def _key(consent: ConsentRecord) -> int:
    return consent.pk


def _consent(consent: ConsentRecord) -> OwnConsent:
    purpose = Purpose(consent.purpose)
    return OwnConsent(
        consent.pk, purpose.label, FOLLOWS.get(purpose, ""), consent.given_on, consent.withdrawn_on is not None
    )


def find_own_consent(link: FamilyLink, consent_id: int, *, on: date, now: datetime) -> OwnConsent | None:
    return next((one for one in list_own_consents(link, on=on, now=now) if one.id == consent_id), None)
