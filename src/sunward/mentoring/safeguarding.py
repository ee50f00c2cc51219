"""What Neighbour Mom declares about emergencies: its ladder, who may call, and who stands by."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.casework.models import Case
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.models import Match
from sunward.mentoring.queries.stand_by import find_stand_by, read_stand_by
from sunward.safeguarding.declaration import Contact, Helping
from sunward.safeguarding.ladder import Ladder, Rung

# The committee's worker hears at once, the supervisor after five minutes, the district after ten; after fifteen all of
# them again, every five minutes.
LADDER = Ladder(
    rungs=(
        Rung(Role.WORKER, timedelta(minutes=5)),
        Rung(Role.SUPERVISOR, timedelta(minutes=5)),
        Rung(Role.DISTRICT_OFFICER, timedelta(minutes=5)),
    ),
    again=timedelta(minutes=5),
)


def contacts_of_pair(match_id: int) -> tuple[Contact, ...]:
    match = Match.objects.select_related("mentor__person").filter(pk=match_id).first()
    if match is None:
        return ()
    return (Contact(_("Neighbour mom"), match.mentor.person.name, match.mentor.person.phone),)


def child_path(case: Case) -> str:
    return reverse("mentoring:child", args=[case.uid])


def call_path(match_id: int) -> str:
    uid = Match.objects.filter(pk=match_id).values_list("uid", flat=True).first()
    return reverse("mentoring:own_call", args=[uid]) if uid else ""


def new_file_path(worry_id: UUID) -> str:
    return reverse("mentoring:child_from_worry", args=[worry_id])


HELPING = Helping(
    programme=PROGRAMME,
    ladder=LADDER,
    callers=(Role.MENTOR, *CASEWORK_ROLES),
    read_stand_by=read_stand_by,
    find_stand_by=find_stand_by,
    contacts=contacts_of_pair,
    child_path=child_path,
    call_path=call_path,
    new_file_path=new_file_path,
)
