"""The emergency contacts of one gathering: who comes, and whom to call. Telephones are opened here and nowhere else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.timezone import localdate

from sunward.gatherings.access import kind_of
from sunward.gatherings.ages import age_of
from sunward.gatherings.enums import Duty, Part
from sunward.gatherings.models import ContactSheet, SignUp
from sunward.gatherings.queries.photographs import Photographs, mark_children, sum_up
from sunward.people.models import Guardianship

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. `is_here`: comes along, so is asked first."""

    name: str
    relation: Text
    phone: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One head; a child with those who answer for it, the accompanying adults first."""

    name: str
    age: int | None
    part: Text
    is_child: bool
    phone: str
    contacts: tuple[Contact, ...]
    may_be_photographed: bool | None


@dataclass(frozen=True, slots=True)
class SheetSteward:
    name: str
    duty: Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """Children first, each party together."""

    title: str
    reference: str
    place: str
    begins_at: datetime | None
    expires_at: datetime
    stewards: tuple[SheetSteward, ...]
    lines: tuple[SheetLine, ...]
    photographs: Photographs | None

    @property
    def children(self) -> int:
        return sum(line.is_child for line in self.lines)


# By child, then by guardian, the one who answers first before the others.
Guardians = dict[int, dict[int, Contact]]


def read_contact_sheet(sheet: ContactSheet) -> Sheet:
    """Six queries. `sheet` comes from the gate, which has written who looked."""
    gathering = sheet.gathering
    rows = list(gathering.sign_ups.placed().select_related("person").order_by("queue", "pk"))
    marks = mark_children(gathering, rows)
    children = set(marks)
    on = gathering.begins_on or localdate(sheet.made_at)
    guardians: Guardians = {}
    if kind_of(gathering).hosts_see_children:
        guardians = _guardians([row.person_id for row in rows if row.pk in children and row.person_id], on=on)
    parties: dict[UUID, list[SignUp]] = defaultdict(list)
    for row in rows:
        parties[row.party].append(row)
    lines = [
        _line(row, parties[row.party], marks, guardians, on=on)
        for row in sorted(rows, key=lambda row: (row.queue, row.pk not in children, row.pk))
    ]
    return Sheet(
        title=gathering.title,
        reference=gathering.reference,
        place=gathering.place,
        begins_at=gathering.sessions.values_list("begins_at", flat=True).first(),
        expires_at=sheet.expires_at,
        stewards=tuple(
            SheetSteward(str(one.user) if one.user else one.name, Duty(one.duty).label)
            for one in gathering.stewards.select_related("user").order_by("pk")
        ),
        lines=tuple(lines),
        photographs=sum_up(marks, {row.pk: _name(row) for row in rows}),
    )


def _line(row: SignUp, party: list[SignUp], marks: Mapping[int, bool], guardians: Guardians, *, on: date) -> SheetLine:
    is_a_child = row.pk in marks
    contacts: list[Contact] = []
    if is_a_child:
        contacts = [
            Contact(_name(other), Part(other.part).label, _phone(other), is_here=True)
            for other in party
            if other.pk not in marks
        ]
        here = {other.person_id for other in party}
        contacts += [one for pk, one in guardians.get(row.person_id or 0, {}).items() if pk not in here]
    return SheetLine(
        name=_name(row),
        age=age_of(row.person, row.guest_age, on=on),
        part=Part(row.part).label,
        is_child=is_a_child,
        phone=_phone(row),
        contacts=tuple(contacts),
        may_be_photographed=marks.get(row.pk),
    )


def _guardians(child_ids: Iterable[int], *, on: date) -> Guardians:
    found: Guardians = defaultdict(dict)
    rows = Guardianship.objects.current(on=on).filter(child_id__in=set(child_ids)).select_related("guardian")
    for row in rows.order_by("-is_primary", "pk"):
        found[row.child_id][row.guardian_id] = Contact(
            row.guardian.name, row.relation, row.guardian.phone, is_here=False
        )
    return found


def _name(row: SignUp) -> str:
    return row.person.name if row.person else row.guest_name


def _phone(row: SignUp) -> str:
    return str(row.person.phone if row.person else row.guest_phone)
