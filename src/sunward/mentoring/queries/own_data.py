"""What somebody may read and copy of what is kept about them, as sheets in plain words; what is left out, and why.

The right: Regulations on Protecting Minors Online, art. 34. In goes what they gave us and what was done for them. Out
stays what others said in confidence and what tells of other people; staff and volunteers are named by what they are.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from sunward.audit.chain import Subject
from sunward.audit.queries import Look, list_looks
from sunward.casework.access import case_subject
from sunward.casework.enums import CaseState, ContactOutcome, RiskLevel, ServiceKind
from sunward.casework.models import Case
from sunward.core.workbooks import Cell, Sheet
from sunward.mentoring.access import PROGRAMME, mentor_subject
from sunward.mentoring.enums import (
    ApplicationState,
    GuardianshipState,
    Hardship,
    MatchState,
    MentorKind,
    MentorState,
    NeedKind,
    VettingKind,
    VettingResult,
)
from sunward.mentoring.growing_up import is_grown_up
from sunward.mentoring.models import (
    ChildProfile,
    FamilyRefusal,
    Match,
    MaterialConsent,
    Mentor,
    MentorApplication,
    Visit,
)
from sunward.mentoring.queries.child_file import LOOK_WORDS, purpose_word
from sunward.mentoring.queries.children import label
from sunward.mentoring.queries.learning_hours import list_learnt
from sunward.mentoring.tutoring.enums import SessionState, TutoringState
from sunward.outreach.access import written_by
from sunward.outreach.enums import MessagePurpose
from sunward.outreach.models import Message
from sunward.people.enums import LegalBasis, Purpose, Sex
from sunward.people.models import Person

Rows = Iterator[tuple[Cell, ...]]
_MOST_LOOKS = 5000
ONESELF = "self"
_CONFIDENTIAL, _CONFIDENTIAL_PURPOSES = "safeguarding.", ("report", "emergency")


def list_requesters(case: Case, *, on: date) -> list[tuple[str, str]]:
    """Its guardians and the child itself; none whom a person has refused, for a guardian may be the one who harms, and
    whoever is of age asks alone."""
    if is_grown_up(case.person.birth_date, on=on):
        return [(ONESELF, case.person.name)]
    refused = FamilyRefusal.objects.filter(case=case, lifted_at=None).values("guardian")
    current = case.person.guardianships.current(on=on).exclude(guardian__in=refused)
    guardians = current.select_related("guardian").order_by("pk")
    told = [(str(one.pk), f"{one.guardian.name} · {one.relation}".rstrip(" ·")) for one in guardians]
    return [*told, (ONESELF, case.person.name)]


def list_child_sheets(case: Case, *, on: date) -> list[Sheet]:
    """For a child, or for a guardian on its behalf. A fixed number of queries, whatever the file holds."""
    return [
        _sheet(_("Person"), (_("What"), _("Entry")), [*_person(case.person), *_child(case)], on),
        _sheet(_("Contacts"), (_("Day"), _("What"), _("Outcome"), _("Minutes")), _contacts(case), on),
        _sheet(_("Neighbour moms"), (_("From"), _("Until"), _("State")), _matches_of(case), on),
        _sheet(_("Tutoring online"), (_("From"), _("Until"), _("State")), _tutorings_of(case), on),
        _consents(case.person, on),
        _messages(case.person, on),
        _looks(case_subject(case), on),
        _left_out(
            on,
            (
                _("What was written about a visit"),
                _("It may tell of other people; ask, and somebody reads it with you."),
            ),
            (
                _("How the risk was assessed, worries, reports and calls for help"),
                _("Whoever said something in confidence, and the child, could be put in danger."),
            ),
            (_("Names of staff, neighbour moms, guardians and housemates"), _("They are other people's data.")),
            (_("Notes of what is to be done"), _("They are drafts of our work; what was done stands under contacts.")),
        ),
    ]  # fmt: skip


def list_mentor_sheets(mentor: Mentor, *, on: date) -> list[Sheet]:
    """For a volunteer about herself."""
    return [
        _sheet(_("Person"), (_("What"), _("Entry")), [*_person(mentor.person), *_volunteer(mentor)], on),
        _sheet(_("Vetting"), (_("What"), _("Result"), _("Day"), _("Valid until")), _vetting(mentor), on),
        _sheet(_("Matches"), (_("Number"), _("From"), _("Until"), _("State")), _matches_by(mentor), on),
        _sheet(_("Visits"), (_("Number"), _("Day"), _("What"), _("Minutes")), _visits(mentor), on),
        _sheet(
            _("Tutoring online"),
            (_("Number"), _("From"), _("Until"), _("State"), _("Minutes")),
            _tutorings_by(mentor),
            on,
        ),
        _sheet(_("Application"), (_("What"), _("Entry")), _application(mentor), on),
        _sheet(
            _("Certificates of service"),
            (_("Number"), _("From"), _("Until"), _("Visits"), _("Minutes"), _("Day"), _("Revoked")),
            _certificates(mentor),
            on,
        ),
        _sheet(_("Learned"), (_("Day"), _("What"), _("Title"), _("Minutes")), _learnt(mentor), on),
        _sheet(
            _("Whether others may learn from it"),
            (_("Asked on"), _("Your answer"), _("Answered on")),
            _asked_about(mentor),
            on,
        ),
        _consents(mentor.person, on),
        _messages(mentor.person, on),
        _looks(mentor_subject(mentor), on),
        _left_out(
            on,
            (_("What a check has found"), _("It is never kept; only whether it was clear, and when.")),
            (_("Names of children and what you wrote about them"), _("They are other people's data.")),
            (
                _("Notes of experience: %(count)d") % {"count": mentor.notes.count()},
                _("Whoever makes this copy is not to read whose they are. You open them on your own page."),
            ),
        ),
    ]


def _sheet(name: str, heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], on: date) -> Sheet:
    note = _("As of %(day)s. For the person concerned only; keep it safe.") % {"day": on.isoformat()}
    return Sheet(name=name, title=name, note=note, heads=heads, rows=rows)


def _person(person: Person) -> Rows:
    yield _("Name"), person.name
    yield _("Sex"), label(Sex, person.sex)
    yield _("Date of birth"), person.birth_date
    yield _("Document number"), person.id_number
    yield _("Telephone"), person.phone
    yield _("Address"), person.address
    yield _("Committee or sub-district"), person.unit.name if person.unit else ""


def _child(case: Case) -> Rows:
    child = getattr(case, "child", None) or ChildProfile()
    yield _("Number of the file"), case.reference
    yield _("File opened on"), case.opened_on
    yield _("State of the file"), str(CaseState(case.state).label)
    yield _("Closed on"), case.closed_on
    yield _("Attention"), str(RiskLevel(case.risk_level).label)
    yield _("Guardianship"), label(GuardianshipState, child.guardianship)
    yield _("Hardship"), label(Hardship, child.hardship)
    yield _("Schooling"), child.school_stage
    yield _("Languages"), "、".join(map(str, child.languages))
    needs = case.needs.order_by("from_on", "pk").values_list("kind", flat=True)
    yield _("Needs"), "、".join(label(NeedKind, kind) or kind for kind in needs)


def _volunteer(mentor: Mentor) -> Rows:
    yield _("Number"), mentor.reference
    yield _("Kind"), label(MentorKind, mentor.kind)
    yield _("State"), label(MentorState, mentor.state)
    yield _("With us since"), mentor.joined_on
    yield _("Occupation"), mentor.occupation
    yield _("Languages"), "、".join(map(str, mentor.languages))
    yield _("Honours"), "、".join(map(str, mentor.honours))
    yield _("Own children's ages"), "、".join(map(str, mentor.own_children))
    yield _("University"), mentor.school
    yield _("Subject of study"), mentor.major


def _contacts(case: Case) -> Rows:
    for record in case.service_records.standing().order_by("-happened_on", "-pk"):
        kind, outcome = label(ServiceKind, record.kind), label(ContactOutcome, record.outcome)
        yield record.happened_on, kind, outcome, record.minutes or None


def _matches_of(case: Case) -> Rows:
    for match in case.matches.exclude(state=MatchState.PROPOSED).order_by("proposed_on", "pk"):
        yield match.trial_from_on, match.ended_on, label(MatchState, match.state)


def _matches_by(mentor: Mentor) -> Rows:
    found = Match.objects.filter(mentor=mentor).exclude(state=MatchState.PROPOSED).select_related("case")
    for match in found.order_by("proposed_on", "pk"):
        yield match.case.reference, match.trial_from_on, match.ended_on, label(MatchState, match.state)


def _visits(mentor: Mentor) -> Rows:
    found = Visit.objects.filter(match__mentor=mentor, record__withdrawn_at=None).select_related("record__case")
    for visit in found.order_by("-record__happened_on", "-pk"):
        record = visit.record
        yield record.case.reference, record.happened_on, label(ServiceKind, record.kind), record.minutes or None


def _tutorings_of(case: Case) -> Rows:
    """From its beginning on: of an offer that came to nothing the child has never heard."""
    for tutoring in case.tutorings.exclude(running_from_on=None).order_by("running_from_on", "pk"):
        yield tutoring.running_from_on, tutoring.ended_on, label(TutoringState, tutoring.state)


def _tutorings_by(mentor: Mentor) -> Rows:
    held = Sum("sessions__record__minutes", filter=Q(sessions__state=SessionState.HELD))
    rows: QuerySet[Any] = mentor.tutorings.annotate(held=held).order_by("proposed_on", "pk")
    for tutoring in rows:
        state = label(TutoringState, tutoring.state)
        yield tutoring.reference, tutoring.running_from_on, tutoring.ended_on, state, tutoring.held


def _application(mentor: Mentor) -> Rows:
    """As she wrote it; nothing for whoever came by a list."""
    row = MentorApplication.objects.filter(mentor=mentor).first()
    if row is None:
        return
    yield _("Number"), row.reference
    yield _("Applied on"), row.applied_at
    yield _("State"), label(ApplicationState, row.state)
    yield _("Name"), row.name
    yield _("Telephone"), row.phone
    yield _("Occupation"), row.occupation
    for words, said in (
        (_("Skills"), row.skills), (_("Languages"), row.languages), (_("Free times"), row.slots),
        (_("Own children's ages"), row.own_children),
    ):  # fmt: skip
        yield words, "、".join(map(str, said))
    yield _("Why would you like to do it?"), row.motive


def _certificates(mentor: Mentor) -> Rows:
    for row in mentor.certificates.order_by("issued_at", "pk").defer("content", "code"):
        yield row.number, row.from_on, row.until_on, row.visits, row.minutes, row.issued_at, row.revoked_at


def _learnt(mentor: Mentor) -> Rows:
    for line in list_learnt(mentor):
        yield line.on, str(line.what), line.title, line.minutes


def _asked_about(mentor: Mentor) -> Rows:
    """Not of which text: whoever makes this copy is not to read which words are hers."""
    answers = {None: "", True: _("Agrees"), False: _("Does not agree")}
    for one in MaterialConsent.objects.filter(user=mentor.user_id).order_by("asked_at", "pk"):
        yield one.asked_at, answers[one.is_given], one.answered_at


def _vetting(mentor: Mentor) -> Rows:
    for fact in mentor.vetting_facts.order_by("-happened_on", "-pk"):
        yield label(VettingKind, fact.kind), label(VettingResult, fact.result), fact.happened_on, fact.expires_on


def _consents(person: Person, on: date) -> Sheet:
    rows = [
        (label(Purpose, one.purpose), label(LegalBasis, one.legal_basis), one.given_on, one.withdrawn_on)
        for one in person.consents.order_by("given_on", "pk")
    ]
    return _sheet(_("Legal bases"), (_("For what"), _("Basis"), _("Since"), _("Withdrawn on")), rows, on)


def _messages(person: Person, on: date) -> Sheet:
    # What another programme wrote to the same person is in that programme's copy.
    found = Message.objects.filter(written_by(PROGRAMME), person=person).order_by("-made_at", "-pk")
    rows = [(one.made_at, label(MessagePurpose, one.purpose), one.reference) for one in found]
    return _sheet(_("Messages"), (_("When"), _("About"), _("Number")), rows, on)


def _looks(subject: Subject, on: date) -> Sheet:
    """Everybody who looked, by what they are: who it was, the auditor can say. That somebody called for help or
    reported is not said here either: whoever asks may be the one because of whom."""
    rows = [
        (look.at, str(LOOK_WORDS.get(look.code, "")) or _("Staff"), str(purpose_word(_told_purpose(look))))
        for look in list_looks(subject, most=_MOST_LOOKS)
    ]
    return _sheet(_("Who has looked"), (_("When"), _("By whom"), _("What for")), rows, on)


def _told_purpose(look: Look) -> str:
    return "open" if look.code.startswith(_CONFIDENTIAL) or look.purpose in _CONFIDENTIAL_PURPOSES else look.purpose


def _left_out(on: date, *reasons: tuple[str, str]) -> Sheet:
    return _sheet(_("Left out"), (_("What"), _("Why")), list(reasons), on)
