"""One child's file as a page shows it. Sealed values are masked here; opening one is an act of its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.audit.chain import Subject
from sunward.audit.queries import list_looks
from sunward.casework.access import case_subject
from sunward.casework.enums import AssessmentState, CaseState, RiskLevel
from sunward.casework.models import SILENCE_DAYS, Case, RiskAssessment
from sunward.casework.timeline import (
    FollowUpRow,
    RecordRow,
    case_moments,
    label_reason,
    list_follow_ups,
    list_records,
    newest_first,
)
from sunward.core.furniture import Fact, Look, Moment, Text, Tone
from sunward.core.wording import join_words
from sunward.gatherings.queries.timeline import gathering_moments
from sunward.mentoring.access import PROGRAMME, visible_mentors
from sunward.mentoring.enums import (
    LIVE_STATES,
    EndReason,
    GuardianshipState,
    Hardship,
    MatchState,
    NeedKind,
    PauseReason,
)
from sunward.mentoring.models import ChildProfile, Match, MatchStep, Visit
from sunward.mentoring.queries.assessing import signs_of
from sunward.mentoring.queries.categories import category_facts
from sunward.mentoring.queries.children import RISK_TONES, label
from sunward.mentoring.queries.family_links import FileCounts, count_beside
from sunward.mentoring.queries.plan_page import PlanCard, read_card
from sunward.mentoring.queries.questions import QuestionRow
from sunward.mentoring.queries.questions import read_part as read_questions
from sunward.mentoring.queries.study import StudyPart, read_study
from sunward.mentoring.queries.tutoring_page import tutoring_moments
from sunward.outreach.queries.person_pages import PersonCard, read_cards
from sunward.people.enums import CHILD_PURPOSES, IdKind, LegalBasis, Purpose
from sunward.people.masking import mask_address, mask_number, mask_phone
from sunward.people.models import ConsentRecord, Guardianship, HouseholdMember, Person
from sunward.safeguarding.queries.timeline import safeguarding_moments

MATCH_TONES: dict[str, Tone] = {
    MatchState.PROPOSED: "info", MatchState.TRIAL: "info", MatchState.ACTIVE: "good", MatchState.PAUSED: "warn",
    MatchState.HANDOVER: "info", MatchState.CLOSED: "off",
}  # fmt: skip
# A file of many years opens with its latest part.
FIRST_RECORDS, FIRST_MOMENTS = 10, 40
# Why somebody looks, as the audit record says it.
LOOK_PURPOSES = {
    "own_data": _("to give them a copy of their own data"),
    "open": _("Working on the file"),
    "edit": _("Changing the file"),
    "act": _("Writing something down"),
    "visit": _("Visit by the neighbour mom"),
    "looks": _("Checking who has looked"),
    "match": _("Working on the match"),
    "matching": _("Deciding on a proposal"),
    "export": _("Export of a list"),
    "duplicates": _("Checking for duplicates"),
    "contact_family": _("Getting in touch with the family"),
    "benefits": _("Applying for help on the child's behalf"),
    "verify_identity": _("Making sure it is the right child"),
    "report": _("Report to the authorities"),
    "emergency": _("Emergency"),
    "contact_mentor": _("Getting in touch with her"),
    "vetting": _("Vetting"),
    "verify_person": _("Making sure it is the right person"),
    "gathering": _("Preparing a gathering"),
    "check_in": _("Checking in at a gathering"),
    "contact_sheet": _("Emergency contacts for a gathering"),
    "family": _("The family's page"),
    "tutoring": _("Tutoring online"),
    "triage": _("Looking into a worry"),
    "advice": _("Answering a question as an expert"),
    "other": _("Other"),
}
# What was opened beyond the file itself.
LOOK_WORDS = {
    "mentoring.id_number_shown": _("saw the document number"),
    "mentoring.phone_shown": _("saw the telephone"),
    "mentoring.address_shown": _("saw the address"),
    "mentoring.guardian_phone_shown": _("saw a guardian's telephone"),
    "mentoring.child_opened_by_mentor": _("as neighbour mom"),
    "mentoring.child_opened_by_glass": _("in an emergency, from another office"),
    "mentoring.family_page_opened": _("on the family's own page"),
    "mentoring.pupil_opened_by_student": _("given name and hours, as the student who tutors"),
    "mentoring.visit_opened": _("Visit opened"),
    "mentoring.way_opened": _("Way to a home opened to look at"),
}


@dataclass(frozen=True, slots=True)
class SealedFact:
    """A sealed value, masked. `what` names the column for opening it; empty if there is nothing to open."""

    what: str
    label: str
    masked: str


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    id: int
    level: str
    tone: Tone
    reason: str
    on: date
    who: str
    second: str
    is_waiting: bool
    is_declined: bool
    is_emergency: bool
    is_own: bool
    signs: tuple[Text, ...]
    score: int | None
    table: str


@dataclass(frozen=True, slots=True)
class GuardianRow:
    id: int
    name: str
    relation: str
    lives_together: bool | None
    is_primary: bool
    phone: SealedFact
    until_on: date | None


@dataclass(frozen=True, slots=True)
class HousemateRow:
    id: int
    name: str
    relation: str


@dataclass(frozen=True, slots=True)
class ConsentRow:
    id: int
    purpose: str
    basis: str
    given_by: str
    given_on: date
    expires_on: date | None
    withdrawn_on: date | None
    note: str
    is_valid: bool
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A match of the child. `mentor_uid` is absent if her own file is not the actor's to see."""

    uid: str
    mentor_name: str
    mentor_uid: UUID | None
    state: str
    tone: Tone
    from_on: date
    until_on: date | None
    why: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class ChildFile:
    """Everything on the page of one child, for casework people."""

    uid: UUID
    version: int
    reference: str
    name: str
    age: int | None
    unit_name: str
    is_open: bool
    close_reason: str
    risk: str
    risk_level: int
    risk_tone: Tone
    silent_days: int
    silence_limit: int
    is_silent: bool
    facts: tuple[Fact, ...]
    sealed: tuple[SealedFact, ...]
    remark: str
    needs: tuple[str, ...]
    met_needs: tuple[str, ...]
    assessments: tuple[AssessmentRow, ...]
    guardians: tuple[GuardianRow, ...]
    household: tuple[HousemateRow, ...]
    beside: FileCounts
    consents: tuple[ConsentRow, ...]
    lacking_basis: tuple[str, ...]
    matches: tuple[MatchRow, ...]
    study: StudyPart
    questions: tuple[QuestionRow, ...]
    records: tuple[RecordRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    moments: tuple[Moment, ...]
    told: tuple[PersonCard, ...]
    looks: tuple[Look, ...]
    plan: PlanCard

    @property
    def is_long(self) -> bool:
        """More than a page shows at first; the rest is one click away."""
        return len(self.records) > FIRST_RECORDS or len(self.moments) > FIRST_MOMENTS

    @property
    def first_records(self) -> tuple[RecordRow, ...]:
        return self.records[:FIRST_RECORDS]

    @property
    def first_moments(self) -> tuple[Moment, ...]:
        return self.moments[:FIRST_MOMENTS]

    @property
    def waiting(self) -> AssessmentRow | None:
        """The lower level that waits for a second person."""
        return next((row for row in self.assessments if row.is_waiting), None)

    @property
    def lacking_text(self) -> str:
        return join_words(self.lacking_basis)

    @property
    def has_mentor(self) -> bool:
        return any(row.is_live for row in self.matches)


def read_child_file(case: Case, *, actor: Actor, on: date) -> ChildFile:
    """A fixed number of queries, whatever the file holds. `case` comes from the gate, with person, unit and child."""
    records = list_records(case, with_page=Q(Exists(Visit.objects.filter(record=OuterRef("pk")))))
    follow_ups = list_follow_ups(case, on=on)
    assessments = list(case.assessments.select_related("assessed_by", "second_by").order_by("-assessed_on", "-pk"))
    matches = list(
        case.matches.select_related("mentor__person").prefetch_related("steps").order_by("-proposed_on", "-pk")
    )
    moments = case_moments(case, records=records, follow_ups=follow_ups, assessments=assessments)
    for match in matches:
        moments += _match_moments(match, list(match.steps.all()))
    moments += gathering_moments(case.person_id, programme=PROGRAMME)
    moments += safeguarding_moments(case)
    moments += tutoring_moments(case.pk)
    plan, questions = read_card(case, actor, on=on), read_questions(case)
    moments += [*plan.moments, *questions.moments]
    consents = tuple(_consent(row, on) for row in _consents(case.person))
    silent_days = case.silent_days(on)
    needs, cares = list(case.needs.order_by("pk")), _cares(case.person)
    is_open = case.state == CaseState.OPEN
    return ChildFile(
        uid=case.uid,
        version=case.version,
        reference=case.reference,
        name=case.person.name,
        age=case.person.age_on(on),
        unit_name=case.unit.name,
        is_open=is_open,
        close_reason=str(label_reason(case.close_reason)),
        risk=str(RiskLevel(case.risk_level).label),
        risk_level=case.risk_level,
        risk_tone=RISK_TONES[case.risk_level],
        silent_days=silent_days,
        silence_limit=SILENCE_DAYS[case.risk_level],
        is_silent=is_open and silent_days > SILENCE_DAYS[case.risk_level],
        facts=_facts(case, on=on),
        sealed=sealed_facts(case.person),
        remark=case.remark,
        needs=tuple(label(NeedKind, need.kind) for need in needs if need.met_on is None),
        met_needs=tuple(dict.fromkeys(label(NeedKind, need.kind) for need in needs if need.met_on is not None)),
        assessments=tuple(_assessment(row, actor) for row in assessments),
        guardians=_guardians(cares, on=on),
        household=_household(case.person, on=on),
        beside=count_beside(case, on=on),
        consents=consents,
        lacking_basis=_lacking(case.person_id, consents),
        matches=_matches(matches, actor),
        records=records,
        follow_ups=follow_ups,
        study=read_study(case, on=on),
        questions=questions.rows,
        moments=tuple(newest_first(moments)),
        told=read_cards([case.person, *_carers(cares, on=on)], on=on),
        looks=read_looks(case, most=5),
        plan=plan,
    )


def read_looks(case: Case, *, most: int) -> tuple[Look, ...]:
    """Who has looked at this file, in words. One query."""
    return looks_at(case_subject(case), most=most)


def looks_at(subject: Subject, *, most: int) -> tuple[Look, ...]:
    return tuple(
        Look(look.at, look.actor_name or _("The system"), LOOK_WORDS.get(look.code, ""), purpose_word(look.purpose))
        for look in list_looks(subject, most=most)
    )


def purpose_word(code: str) -> Text:
    return LOOK_PURPOSES.get(code, code)


def sealed_facts(person: Person) -> tuple[SealedFact, ...]:
    number, phone, address = person.id_number, person.phone, person.address
    kind = str(IdKind(person.id_kind).label) if person.id_kind in IdKind else gettext("Document number")
    return (
        SealedFact("id_number" if number else "", kind, mask_number(number)),
        SealedFact("phone" if phone else "", gettext("Telephone"), mask_phone(phone)),
        SealedFact("address" if address else "", gettext("Address"), mask_address(address)),
    )


def _facts(case: Case, *, on: date) -> tuple[Fact, ...]:
    person, child = case.person, getattr(case, "child", None) or ChildProfile()
    birth = date_format(person.birth_date, "Y-m-d") if person.birth_date else ""
    age = person.age_on(on)
    return (
        Fact(_("Sex"), person.get_sex_display() if person.sex else ""),
        Fact(_("Date of birth"), birth, note=_("%(age)s years old") % {"age": age} if age is not None else ""),
        Fact(_("Lives in"), case.unit.name),
        Fact(_("Guardianship"), label(GuardianshipState, child.guardianship)),
        Fact(_("Hardship"), label(Hardship, child.hardship)),
        *category_facts(child, on=on),
        Fact(_("Schooling"), child.school_stage, note=_("Not in school") if child.is_studying is False else ""),
        Fact(_("Languages"), join_words(child.languages)),
        Fact(_("Wishes a neighbour mom"), _yes_no(child.willing_to_pair)),
        Fact(_("File opened"), date_format(case.opened_on, "Y-m-d")),
        Fact(_("Last contact made"), date_format(case.last_contact_on, "Y-m-d") if case.last_contact_on else ""),
    )


def _yes_no(value: bool | None) -> str:
    return {True: gettext("Yes"), False: gettext("No"), None: gettext("Not asked yet")}[value]


def _assessment(row: RiskAssessment, actor: Actor) -> AssessmentRow:
    return AssessmentRow(
        id=row.pk,
        level=str(RiskLevel(row.level).label),
        tone=RISK_TONES[row.level],
        reason=row.reason,
        on=row.assessed_on,
        who=str(row.assessed_by) if row.assessed_by else "",
        second=str(row.second_by) if row.second_by else "",
        is_waiting=row.state == AssessmentState.PROPOSED,
        is_declined=row.state == AssessmentState.DECLINED,
        is_emergency=row.is_emergency,
        is_own=row.assessed_by_id == actor.user_id,
        signs=signs_of(row),
        score=row.score,
        table=row.table,
    )


def _cares(person: Person) -> list[Guardianship]:
    found = Guardianship.objects.filter(child=person).select_related("guardian")
    return list(found.order_by("-is_primary", "pk"))


def _guardians(found: list[Guardianship], *, on: date) -> tuple[GuardianRow, ...]:
    rows = [
        GuardianRow(
            id=row.pk,
            name=row.guardian.name,
            relation=row.relation,
            lives_together=row.lives_together,
            is_primary=row.is_primary,
            phone=SealedFact(
                f"guardian_{row.pk}" if row.guardian.phone else "", gettext("Telephone"), mask_phone(row.guardian.phone)
            ),
            until_on=row.until_on if row.until_on and row.until_on <= on else None,
        )
        for row in found
    ]
    return tuple(sorted(rows, key=lambda row: row.until_on is not None))


def _carers(found: list[Guardianship], *, on: date) -> list[Person]:
    """Who is told in the child's place, whoever is to be called first foremost."""
    return [row.guardian for row in found if row.until_on is None or row.until_on > on]


def _household(person: Person, *, on: date) -> tuple[HousemateRow, ...]:
    """Who lives with the child today, each with what they are to the household."""
    found = HouseholdMember.objects.beside(person.pk, on=on).select_related("person").order_by("pk")
    return tuple(HousemateRow(row.pk, row.person.name, row.role) for row in found)


def _consents(person: Person) -> list[ConsentRecord]:
    return list(ConsentRecord.objects.filter(person=person).select_related("given_by").order_by("-given_on", "-pk"))


def _consent(row: ConsentRecord, on: date) -> ConsentRow:
    is_valid = row.withdrawn_on is None and row.given_on <= on and (row.expires_on is None or row.expires_on > on)
    return ConsentRow(
        id=row.pk,
        purpose=label(Purpose, row.purpose),
        basis=label(LegalBasis, row.legal_basis),
        given_by=row.given_by.name if row.given_by else "",
        given_on=row.given_on,
        expires_on=row.expires_on,
        withdrawn_on=row.withdrawn_on,
        note=row.note,
        is_valid=is_valid,
        may_withdraw=is_valid and row.legal_basis == LegalBasis.CONSENT,
    )


def _lacking(person_id: int, consents: tuple[ConsentRow, ...]) -> tuple[str, ...]:
    """The purposes for which nothing valid is written down. A consent to outings is owed by nobody."""
    held = {row.purpose for row in consents if row.is_valid} | {str(Purpose.GATHERINGS.label)}
    return tuple(str(purpose.label) for purpose in CHILD_PURPOSES if str(purpose.label) not in held)


def _matches(matches: list[Match], actor: Actor) -> tuple[MatchRow, ...]:
    seen = dict(visible_mentors(actor).filter(pk__in={match.mentor_id for match in matches}).values_list("pk", "uid"))
    return tuple(
        MatchRow(
            uid=str(match.uid),
            mentor_name=match.mentor.person.name,
            mentor_uid=seen.get(match.mentor_id),
            state=str(MatchState(match.state).label),
            tone=MATCH_TONES[match.state],
            from_on=match.trial_from_on or match.active_from_on or match.proposed_on,
            until_on=match.ended_on,
            why=label_step(match.end_reason or (match.pause_reason if match.state == MatchState.PAUSED else "")),
            is_live=match.state in LIVE_STATES,
        )
        for match in matches
    )


def _match_moments(match: Match, steps: list[MatchStep]) -> list[Moment]:
    return [
        Moment(
            step.happened_on,
            _("Match with %(name)s: %(state)s")
            % {"name": match.mentor.person.name, "state": MatchState(step.to_state).label},
            note=step.reason or label_step(step.code),
            icon="heart-handshake",
            tone=MATCH_TONES[step.to_state],
        )
        for step in sorted(steps, key=lambda step: (step.happened_on, step.pk))
    ]


def label_step(code: str) -> str:
    """The words for why a match ended or rests."""
    for choices in (EndReason, PauseReason):
        if code in choices:
            return str(choices(code).label)
    return code
