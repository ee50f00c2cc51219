"""One neighbour mom's file as a page shows it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.timeline import names_of
from sunward.core.furniture import Fact, Look, Tone
from sunward.core.wording import join_words
from sunward.mentoring.access import CERTIFYING_ROLES, mentor_subject, visible_children
from sunward.mentoring.enums import (
    LIVE_STATES,
    LeaveReason,
    MatchState,
    MentorKind,
    MentorState,
    VettingKind,
    VettingResult,
)
from sunward.mentoring.models import Mentor
from sunward.mentoring.queries.certificates import CertificateRow, list_certificates
from sunward.mentoring.queries.child_file import MATCH_TONES, SealedFact, label_step, looks_at, sealed_facts
from sunward.mentoring.queries.children import label
from sunward.mentoring.queries.learning_hours import LearningHours, LearntLine, list_learnt, sum_up
from sunward.mentoring.queries.leaving import latest_leave, may_undo_leave
from sunward.mentoring.queries.mentors import STATE_TONES, WARN_TONES, judge
from sunward.mentoring.queries.way_in import WayStep, read_way_in, who_agreed
from sunward.mentoring.vetting import read_standing

LEARNT_SHOWN = 5


@dataclass(frozen=True, slots=True)
class VettingFactRow:
    kind: str
    result: str
    happened_on: date
    expires_on: date | None
    authority: str
    receipt: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class HerChild:
    """A match of hers. Name and way to the child's file are absent if that file is not the actor's to see."""

    name: str
    reference: str
    case_uid: UUID | None
    match_uid: UUID
    state: str
    tone: Tone
    from_on: date
    until_on: date | None
    why: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class MentorFile:
    """Everything on the page of one neighbour mom, for casework people."""

    uid: UUID
    version: int
    reference: str
    name: str
    unit_name: str
    kind: str
    state: str
    state_tone: Tone
    capacity: int
    used: int
    may_match: bool
    vetting_word: str
    vetting_tone: Tone
    expires_on: date | None
    is_expiring: bool
    expiry_tone: Tone
    is_left: bool
    leave_reason: str
    left_on: date | None
    may_undo_leave: bool
    facts: tuple[Fact, ...]
    sealed: tuple[SealedFact, ...]
    way_in: tuple[WayStep, ...]
    vetting_facts: tuple[VettingFactRow, ...]
    children: tuple[HerChild, ...]
    certificates: tuple[CertificateRow, ...]
    may_certify: bool
    learnt_this_year: LearningHours
    learnt: tuple[LearntLine, ...]
    looks: tuple[Look, ...]
    username: str

    @property
    def free_places(self) -> int:
        return max(0, self.capacity - self.used)


def read_mentor_file(mentor: Mentor, *, actor: Actor, on: date) -> MentorFile:
    """A fixed number of queries. `mentor` comes from the gate, with person and unit."""
    vetting_facts = list(mentor.vetting_facts.order_by("-happened_on", "-pk"))
    standing = read_standing(vetting_facts, on=on)
    agreed_by = who_agreed(mentor) if mentor.agreed_on else 0
    names = names_of((agreed_by, *(fact.recorded_by_id for fact in vetting_facts)))
    children = _children(mentor, actor)
    left = latest_leave(mentor) if mentor.state == MentorState.LEFT else None
    word, tone = judge(mentor, standing)
    learnt = list_learnt(mentor)
    return MentorFile(
        uid=mentor.uid,
        version=mentor.version,
        reference=mentor.reference,
        name=mentor.person.name,
        unit_name=mentor.unit.name if mentor.unit else "",
        kind=label(MentorKind, mentor.kind),
        state=label(MentorState, mentor.state),
        state_tone=STATE_TONES[mentor.state],
        capacity=mentor.capacity,
        used=sum(child.is_live for child in children),
        may_match=standing.may_match,
        vetting_word=word,
        vetting_tone=tone,
        expires_on=standing.expires_first_on,
        is_expiring=standing.may_match and standing.is_expiring,
        expiry_tone=WARN_TONES[standing.warn_step] if standing.warn_step else "calm",
        is_left=mentor.state == MentorState.LEFT,
        leave_reason=label(LeaveReason, mentor.leave_reason),
        left_on=mentor.left_on,
        may_undo_leave=left is not None and may_undo_leave(left, user_id=actor.user_id, on=on),
        facts=_facts(mentor, on=on),
        sealed=sealed_facts(mentor.person),
        way_in=read_way_in(mentor, standing, vetting_facts, names, agreed_by=agreed_by),
        vetting_facts=tuple(
            VettingFactRow(
                kind=label(VettingKind, fact.kind),
                result=label(VettingResult, fact.result),
                happened_on=fact.happened_on,
                expires_on=fact.expires_on,
                authority=fact.authority,
                receipt=fact.receipt,
                recorded_by=names.get(fact.recorded_by_id, ""),
            )
            for fact in vetting_facts
        ),
        children=children,
        certificates=list_certificates(mentor),
        may_certify=any(mentor.unit_path.startswith(path) for path in actor.paths(*CERTIFYING_ROLES)),
        learnt_this_year=sum_up(learnt, from_on=date(on.year, 1, 1), until_on=on),
        learnt=tuple(learnt[:LEARNT_SHOWN]),
        looks=looks_at(mentor_subject(mentor), most=5),
        username=mentor.user.username if mentor.user else "",
    )


def _facts(mentor: Mentor, *, on: date) -> tuple[Fact, ...]:
    person = mentor.person
    facts = [
        Fact(_("Sex"), person.get_sex_display() if person.sex else ""),
        Fact(_("Age"), person.age_on(on)),
        Fact(_("Lives in"), mentor.unit.name if mentor.unit else ""),
        Fact(_("Occupation"), mentor.occupation),
        Fact(_("Skills"), _words(mentor.skills)),
        Fact(_("Languages"), _words(mentor.languages)),
        Fact(_("Free times"), _words(mentor.slots)),
        Fact(_("Own children's ages"), _words(mentor.own_children)),
        Fact(_("Honours"), _words(mentor.honours)),
        Fact(_("Joined"), date_format(mentor.joined_on, "Y-m-d") if mentor.joined_on else ""),
    ]
    if mentor.kind == MentorKind.STUDENT:
        facts += [
            Fact(_("University"), mentor.school),
            Fact(_("Major"), mentor.major),
            Fact(_("Subjects"), _words(mentor.subjects)),
        ]
    if mentor.left_on:
        facts.append(Fact(_("Left"), date_format(mentor.left_on, "Y-m-d")))
    return tuple(facts)


def _words(words: list[str]) -> str:
    return join_words(words)


def _children(mentor: Mentor, actor: Actor) -> tuple[HerChild, ...]:
    matches = list(mentor.matches.select_related("case__person").order_by("-proposed_on", "-pk"))
    seen = set(visible_children(actor).filter(pk__in={match.case_id for match in matches}).values_list("pk", flat=True))
    return tuple(
        HerChild(
            name=match.case.person.name if match.case_id in seen else "",
            reference=match.case.reference,
            case_uid=match.case.uid if match.case_id in seen else None,
            match_uid=match.uid,
            state=str(MatchState(match.state).label),
            tone=MATCH_TONES[match.state],
            from_on=match.trial_from_on or match.active_from_on or match.proposed_on,
            until_on=match.ended_on,
            why=label_step(match.end_reason or (match.pause_reason if match.state == MatchState.PAUSED else "")),
            is_live=match.state in LIVE_STATES,
        )
        for match in matches
    )
