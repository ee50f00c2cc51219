"""What stands on the agreement of the three: who they are, what is agreed, and nothing of the child's troubles."""

from dataclasses import dataclass
from datetime import date

from sunward.mentoring.models import Match
from sunward.people.models import Guardianship


@dataclass(frozen=True, slots=True)
class Paper:
    """Blank lines where nothing is known yet: it is filled in by hand."""

    back: str
    child: str
    mentor: str
    mentor_reference: str
    guardian: str
    relation: str
    committee: str
    times: str
    first_meeting_on: date | None
    trial_until_on: date | None
    signed_on: date | None


def read_paper(match: Match, *, on: date) -> Paper:
    """Of a match that came through the gate. One query more."""
    carers = Guardianship.objects.current(on=on).filter(child=match.case.person_id).select_related("guardian")
    carer = carers.order_by("-is_primary", "pk").first()
    return Paper(
        back=str(match.uid),
        child=match.case.person.name,
        mentor=match.mentor.person.name,
        mentor_reference=match.mentor.reference,
        guardian=carer.guardian.name if carer else "",
        relation=carer.relation if carer else "",
        committee=match.case.unit.name,
        times=match.agreed_times,
        first_meeting_on=match.trial_from_on,
        trial_until_on=match.trial_until_on,
        signed_on=match.agreement_signed_on,
    )
