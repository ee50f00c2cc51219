"""Who may see children and mentors. A mentor's access follows her match: its state fixes what she may do."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.audit.chain import Subject
from sunward.casework.access import case_subject, get_case_for_change, visible_files
from sunward.casework.models import Case, CaseQuerySet
from sunward.core.refusals import NotThere
from sunward.mentoring.enums import READING_STATES, WRITING_STATES, MatchState
from sunward.mentoring.models import Match, Mentor, MentorApplication, SafeReturn, ServiceCertificate, Visit

PROGRAMME = "mentoring"
MENTOR_SUBJECT = "mentor"
APPLICATION_SUBJECT = "application"
# Who certifies service: whoever records it, above the committee.
CERTIFYING_ROLES = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)


def visible_children(actor: Actor) -> CaseQuerySet:
    return visible_files(actor, PROGRAMME)


def visible_mentors(actor: Actor) -> QuerySet[Mentor]:
    """Mentors of the actor's units; students and others without a unit belong to the whole district's officers."""
    return Mentor.objects.filter(below(actor.casework_paths()))


def mentor_subject(mentor: Mentor) -> Subject:
    return Subject(MENTOR_SUBJECT, mentor.pk)


def get_mentor(*, actor: Actor, mentor_id: UUID, purpose: str, now: datetime) -> Mentor:
    """A mentor's file for casework people; writes who looked."""
    mentor = visible_mentors(actor).select_related("person", "unit", "user").filter(uid=mentor_id).first()
    if mentor is None:
        raise NotThere("mentoring.mentor_not_there", _("There is no such neighbour mom, or she is not yours to see."))
    record_look(
        actor=actor, code="mentoring.mentor_opened", now=now, subject=mentor_subject(mentor),
        unit_path=mentor.unit_path, purpose=purpose,
    )  # fmt: skip
    return mentor


def visible_matches(actor: Actor) -> QuerySet[Match]:
    """Matches whose child is in the actor's units."""
    return Match.objects.filter(below(actor.casework_paths()))


def own_matches(actor: Actor) -> QuerySet[Match]:
    """The signed-in mentor's own matches that let her read.

    A paused or closed one is not among them, nor is a handover after its last day, whether or not the nightly job has
    closed it.
    """
    return _own(actor, READING_STATES)


def _own(actor: Actor, states: tuple[MatchState, ...]) -> QuerySet[Match]:
    if not actor.has(Role.MENTOR):
        return Match.objects.none()
    over = Q(state=MatchState.HANDOVER, handover_until_on__lt=actor.on)
    return Match.objects.filter(mentor__user_id=actor.user_id, state__in=states).exclude(over)


def get_own_match(*, actor: Actor, match_id: UUID, now: datetime) -> Match:
    """The mentor's way to her child, while the match lets her read; writes the look on the child's file."""
    match = own_matches(actor).select_related("case__person", "case__unit").filter(uid=match_id).first()
    if match is None:
        raise match_not_there()
    record_look(
        actor=actor, code="mentoring.child_opened_by_mentor", now=now, subject=case_subject(match.case),
        unit_path=match.unit_path, purpose="visit",
    )  # fmt: skip
    return match


def find_own_match(*, actor: Actor, match_id: UUID) -> Match:
    """The same for a part of a page that shows nothing of the child."""
    match = own_matches(actor).select_related("case").filter(uid=match_id).first()
    if match is None:
        raise match_not_there()
    return match


def get_own_match_for_writing(*, actor: Actor, match_id: UUID) -> Match:
    """The match, locked after its file, if its state lets the mentor write visits."""
    own = _own(actor, WRITING_STATES).filter(uid=match_id)
    Case.objects.select_for_update(of=("self",)).filter(pk__in=own.values("case_id")).first()
    match = own.select_for_update(of=("self",)).select_related("case").first()
    if match is None:
        raise match_not_there()
    return match


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """What she wrote herself, while the match lets her write."""
    found = Visit.objects.filter(match__in=_own(actor, WRITING_STATES), record__by_id=actor.user_id)
    return found.filter(record__withdrawn_at=None)


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Visits to the children of the actor's units, those struck out among them."""
    return Visit.objects.filter(match__in=visible_matches(actor))


def get_visit(*, actor: Actor, record_id: UUID, purpose: str, now: datetime) -> Visit:
    """A visit for casework people; a look at the child's file."""
    found = visible_visits(actor).filter(record__uid=record_id)
    visit = found.select_related("match__case__person", "match__mentor__person", "record__by", "read_by").first()
    if visit is None:
        raise visit_not_there()
    record_look(
        actor=actor, code="mentoring.visit_opened", now=now, subject=case_subject(visit.match.case),
        unit_path=visit.match.unit_path, purpose=purpose,
    )  # fmt: skip
    return visit


def visible_ways(actor: Actor) -> QuerySet[SafeReturn]:
    """Ways out to the children of the actor's units."""
    return SafeReturn.objects.filter(match__in=visible_matches(actor))


def get_way(*, actor: Actor, way_id: UUID, now: datetime) -> SafeReturn:
    """A way out for casework people; a look at the child's file, for its name is on the page."""
    found = visible_ways(actor).filter(uid=way_id)
    way = found.select_related("match__case__person", "match__case__unit", "match__mentor__person").first()
    if way is None:
        raise way_not_there()
    record_look(
        actor=actor, code="mentoring.way_opened", now=now, subject=case_subject(way.match.case),
        unit_path=way.match.unit_path, purpose="act",
    )  # fmt: skip
    return way


def way_not_there() -> NotThere:
    return NotThere("mentoring.way_not_there", _("There is no such way out, or it is not yours to see."))


def match_not_there() -> NotThere:
    return NotThere("mentoring.match_not_there", _("There is no such match, or it is not yours to see."))


def visit_not_there() -> NotThere:
    return NotThere("mentoring.visit_not_there", _("There is no such visit, or it is not yours to see."))


def get_match(*, actor: Actor, match_id: UUID, purpose: str, now: datetime) -> Match:
    """A match for casework people; a look at the child's file, for both names are on the page."""
    found = visible_matches(actor).select_related(
        "case__person", "case__unit", "mentor__person", "mentor__unit", "first_meeting_with"
    )
    match = found.filter(uid=match_id).first()
    if match is None:
        raise match_not_there()
    record_look(
        actor=actor, code="mentoring.match_opened", now=now, subject=case_subject(match.case),
        unit_path=match.unit_path, purpose=purpose,
    )  # fmt: skip
    return match


def child_not_there() -> NotThere:
    return NotThere("mentoring.child_not_there", _("There is no such child, or the file is not yours to see."))


def find_child(*, actor: Actor, case_id: UUID) -> Case:
    """A child's file for an act or an answer that shows nothing of it: no look is written."""
    case = visible_children(actor).select_related("person", "unit", "child").filter(uid=case_id).first()
    if case is None:
        raise child_not_there()
    return case


def get_child(*, actor: Actor, case_id: UUID, purpose: str, now: datetime) -> Case:
    """A child's file for casework people; writes who looked."""
    case = find_child(actor=actor, case_id=case_id)
    record_look(
        actor=actor, code="mentoring.child_opened", now=now, subject=case_subject(case), unit_path=case.unit_path,
        purpose=purpose,
    )  # fmt: skip
    return case


def get_child_for_change(*, actor: Actor, case_id: UUID) -> Case:
    """A child's file, locked, inside the act's transaction; a file of another programme is none."""
    return get_case_for_change(actor=actor, case_id=case_id, programme=PROGRAMME)


def visible_applications(actor: Actor) -> QuerySet[MentorApplication]:
    """Of those who live in the actor's units."""
    return MentorApplication.objects.filter(below(actor.casework_paths()))


def application_subject(application: MentorApplication) -> Subject:
    return Subject(APPLICATION_SUBJECT, application.pk)


def application_not_there() -> NotThere:
    return NotThere("mentoring.application_not_there", _("There is no such application, or it is not yours to see."))


def get_application(*, actor: Actor, application_id: UUID, purpose: str, now: datetime) -> MentorApplication:
    """An application for casework people; writes who looked."""
    found = visible_applications(actor).select_related("unit", "mentor").filter(uid=application_id).first()
    if found is None:
        raise application_not_there()
    record_look(
        actor=actor, code="mentoring.application_opened", now=now, subject=application_subject(found),
        unit_path=found.unit_path, purpose=purpose,
    )  # fmt: skip
    return found


def certifiable_mentors(actor: Actor) -> QuerySet[Mentor]:
    """Those whose service the actor may certify; a worker of their committee sees them, and certifies nothing."""
    return Mentor.objects.filter(below(actor.paths(*CERTIFYING_ROLES)))


def get_mentor_to_certify(*, actor: Actor, mentor_id: UUID, now: datetime) -> Mentor:
    """For the form: a look at her file."""
    mentor = certifiable_mentors(actor).select_related("person").filter(uid=mentor_id).first()
    if mentor is None:
        raise NotThere("mentoring.mentor_not_there", _("There is no such neighbour mom, or she is not yours to see."))
    record_look(
        actor=actor, code="mentoring.mentor_opened", now=now, subject=mentor_subject(mentor),
        unit_path=mentor.unit_path, purpose="act",
    )  # fmt: skip
    return mentor


def own_mentor(actor: Actor) -> QuerySet[Mentor]:
    """The file of whoever is signed in as a mentor."""
    found = Mentor.objects.filter(user_id=actor.user_id)
    return found if actor.has(Role.MENTOR) else found.none()


def certificate_not_there() -> NotThere:
    return NotThere("mentoring.certificate_not_there", _("There is no such certificate, or it is not yours to see."))


def get_certificate(*, actor: Actor, certificate_id: UUID, now: datetime) -> ServiceCertificate:
    """A certificate for casework people, to be downloaded; a look at the volunteer's file."""
    found = ServiceCertificate.objects.filter(mentor__in=visible_mentors(actor)).select_related("mentor")
    certificate = found.filter(uid=certificate_id).first()
    if certificate is None:
        raise certificate_not_there()
    record_look(
        actor=actor, code="mentoring.certificate_downloaded", now=now, subject=mentor_subject(certificate.mentor),
        unit_path=certificate.mentor.unit_path,
    )  # fmt: skip
    return certificate


def get_own_certificate(*, actor: Actor, certificate_id: UUID) -> ServiceCertificate:
    found = ServiceCertificate.objects.filter(mentor__in=own_mentor(actor), uid=certificate_id).first()
    if found is None:
        raise certificate_not_there()
    return found
