"""What the personas knock at: an outing with a pair, a draft, and a fair with two who look for work."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sunward.gatherings import actions as acts
from sunward.gatherings.actions.planning import GatheringDetails, SessionTime
from sunward.gatherings.actions.stops import StopDetails
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Duty, Part, SignedUpBy
from sunward.gatherings.models import Gathering
from sunward.gatherings.tokens import feedback_token
from sunward.people.enums import LegalBasis, Purpose
from tests import factories
from tests.factories import NOW, TODAY

GUEST, JOBSEEKER = "来宾甲", "求职者乙"


def gatherings_of(world: Any) -> dict[str, Any]:
    supervisor = factories.actor_of(world.users["supervisor"])
    employment = factories.actor_of(world.users["employment_officer"])
    outing = _outing(world, supervisor)
    draft = _plan(supervisor, "mentoring.outing", "还在筹备的出游", begins=NOW + timedelta(days=9))
    acts.name_steward(actor=supervisor, gathering_id=draft.uid, duty=Duty.SAFETY, name="陆一", on=TODAY, now=NOW)
    fair = _fair(employment)
    child = outing.sign_ups.get(person=world.case.person)
    # For a unit: what a calendar of the sub-district gives.
    feed = acts.make_feed(actor=supervisor, unit_path=supervisor.unit_path, now=NOW)
    return {
        "outing": outing.uid,
        "outing_session": outing.sessions.get().pk,
        "outing_steward": outing.stewards.get().pk,
        "outing_stop": outing.stops.get(number=2).pk,
        "child_sign_up": child.uid,
        "child_code": child.code,
        "outing_door": acts.open_door(actor=supervisor, gathering_id=outing.uid, now=NOW).token,
        "outing_sheet": acts.make_contact_sheet(actor=supervisor, gathering_id=outing.uid, now=NOW).uid,
        "draft": draft.uid,
        "draft_version": draft.version,
        "fair": fair.uid,
        "fair_sign_up": fair.sign_ups.get(guest_name=GUEST).uid,
        "fair_session": fair.sessions.get().pk,
        "fair_feedback": feedback_token(fair.sign_ups.get(guest_name=GUEST).uid),
        "feed": feed.feed.pk,
        "feed_token": feed.token,
    }


def _plan(actor: Any, kind: str, title: str, *, begins: Any) -> Gathering:
    """The fair is for everybody: it has a page on which anybody signs up."""
    is_public = kind == "employment.job_fair"
    details = GatheringDetails(title=title, host_id=actor.unit_id, place="共青森林公园", places=30, is_public=is_public)
    times = [SessionTime(begins, begins + timedelta(hours=3))]
    return acts.plan_gathering(actor=actor, kind=kind, details=details, sessions=times, on=TODAY, now=NOW)


def _outing(world: Any, supervisor: Any) -> Gathering:
    """It begins in half an hour: the door is open, and nothing has been held yet."""
    person = world.case.person
    guardian = person.guardianships.get().guardian
    person.consents.create(
        purpose=Purpose.GATHERINGS, legal_basis=LegalBasis.CONSENT, given_by=guardian, given_on=TODAY
    )
    made = _plan(supervisor, "mentoring.outing", "秋游", begins=NOW + timedelta(minutes=30))
    acts.name_steward(actor=supervisor, gathering_id=made.uid, duty=Duty.SAFETY, name="陆一", on=TODAY, now=NOW)
    for title in ("杨树浦水厂", "杨浦大桥"):
        acts.add_stop(actor=supervisor, gathering_id=made.uid, after=0, details=StopDetails(title), now=NOW)
    made.refresh_from_db()
    made = acts.publish_gathering(actor=supervisor, gathering_id=made.uid, version=made.version, on=TODAY, now=NOW)
    heads = [Head(person.pk), Head(world.match.mentor.person_id, Part.ADULT)]
    acts.sign_up(actor=supervisor, gathering_id=made.uid, heads=heads, party=uuid4(), on=TODAY, now=NOW)
    return made


def _fair(employment: Any) -> Gathering:
    """It has been on for an hour: what people think of it may be said already."""
    before = NOW - timedelta(days=1)
    made = _plan(employment, "employment.job_fair", "招聘会", begins=NOW - timedelta(hours=1))
    made = acts.publish_gathering(actor=employment, gathering_id=made.uid, version=made.version, on=TODAY, now=before)
    seeker = factories.make_person(JOBSEEKER, birth=TODAY.replace(year=1990))
    for head in (Head(guest_name=GUEST), Head(seeker.pk)):
        acts.write_sign_up(
            actor=employment, gathering_id=made.uid, heads=[head], party=uuid4(), by=SignedUpBy.STAFF, on=TODAY,
            now=before,
        )  # fmt: skip
    return made
