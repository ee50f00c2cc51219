"""How long Neighbour Mom keeps a child's closed file, what holds it, and who is forgotten with it."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import Role
from sunward.casework.keeping import Keeping
from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.gatherings.models import SignUp
from sunward.mentoring.enums import FamilyWordKind
from sunward.mentoring.models import FamilyWord, Mentor
from sunward.mentoring.rules import RETENTION_YEARS, RETENTION_YEARS_BY_REASON
from sunward.people.models import ConsentRecord, Guardianship, HouseholdMember, Person
from sunward.registers.emptying import empty_rows
from sunward.safeguarding.models import MandatoryReport, TemporaryCare

# Who says that a file is kept longer, and answers for what is emptied.
RETAINING_ROLES = (Role.SUPERVISOR, Role.DISTRICT_OFFICER)
# Why a file waits although its time is over; the first that holds is told.
REPORT = _("There is a mandatory report")
OBJECTION = _("An objection of the family is open")
CARE = _("Temporary care has not ended")


def find_holds(keys: Collection[int]) -> Mapping[int, Text]:
    """Three queries."""
    held: dict[int, Text] = {}
    care = TemporaryCare.objects.filter(case__in=keys, ended_at=None).values_list("case_id", flat=True)
    words = FamilyWord.objects.filter(case__in=keys, kind=FamilyWordKind.OBJECTION, answered_at=None)
    for hold, found in ((CARE, care), (OBJECTION, words.values_list("case_id", flat=True))):
        held |= dict.fromkeys(found, hold)
    about = Q(case__in=keys) | Q(worry__case__in=keys) | Q(emergency__case__in=keys)
    reports = MandatoryReport.objects.filter(about).values_list("case_id", "worry__case_id", "emergency__case_id")
    wanted = set(keys)
    return held | {key: REPORT for row in reports for key in row if key in wanted}


def find_people(case: Case) -> list[int]:
    """The child, and whoever is known only because of it: guardians and housemates without a part of their own."""
    near = {case.person_id, *case.person.guardianships.values_list("guardian_id", flat=True)}
    homes = HouseholdMember.objects.filter(person=case.person_id).values("household")
    near |= set(HouseholdMember.objects.filter(household__in=homes).values_list("person_id", flat=True))
    near |= set(Person.objects.filter(merged_into__in=near).values_list("pk", flat=True))
    alive = Case.objects.exclude(pk=case.pk).exclude(retention__anonymised_on__isnull=False)
    needed = set(alive.filter(person__in=near).values_list("person_id", flat=True))
    needed |= set(Mentor.objects.filter(person__in=near).values_list("person_id", flat=True))
    others = Guardianship.objects.filter(guardian__in=near, child__cases__in=alive)
    needed |= set(others.values_list("guardian_id", flat=True))
    live_homes = HouseholdMember.objects.filter(person__cases__in=alive).values("household")
    mates = HouseholdMember.objects.filter(household__in=live_homes, person__in=near - {case.person_id})
    needed |= set(mates.values_list("person_id", flat=True))
    # Who has another child in her care, or has answered for one, is needed there, guardian or not.
    caring = TemporaryCare.objects.filter(carer__in=near, case__in=alive)
    needed |= set(caring.values_list("carer_id", flat=True))
    given = ConsentRecord.objects.filter(given_by__in=near, person__cases__in=alive)
    needed |= set(given.values_list("given_by_id", flat=True))
    signed = SignUp.objects.filter(person__in=near - {case.person_id})
    needed |= set(signed.values_list("person_id", flat=True))
    return sorted(near - needed)


def empty_rest(case: Case, on: date) -> None:
    empty_rows("case", case.pk)


KEEPING = Keeping(
    programme="mentoring", years=RETENTION_YEARS, years_by_reason=RETENTION_YEARS_BY_REASON, roles=RETAINING_ROLES,
    find_holds=find_holds, find_people=find_people, empty_rest=empty_rest, standing=(Mentor,),
)  # fmt: skip
