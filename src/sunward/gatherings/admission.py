"""Whether these heads may come to this gathering: ages, audience, the guardian's consent. Places are another matter."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.casework.models import Case
from sunward.casework.programmes import family_programmes
from sunward.core.refusals import Refusal
from sunward.gatherings.access import kind_of
from sunward.gatherings.ages import CHILD_AUDIENCES, FULL_AGE, age_of, counts_as_child
from sunward.gatherings.enums import Audience, Part
from sunward.gatherings.models import Gathering
from sunward.gatherings.places import Party
from sunward.people.enums import Purpose
from sunward.people.models import ConsentQuerySet, ConsentRecord, Guardianship, Person

# From this age on people may work (Labour Law, art. 15).
WORKING_AGE = 16
HEADS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Head:
    """One who is to come: a person of ours (its number), or a guest by name."""

    person_id: int | None = None
    part: Part = Part.PARTICIPANT
    guest_name: str = ""
    guest_age: int | None = None
    guest_phone: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A head that may come, with what was found out about it."""

    head: Head
    person: Person | None
    age: int | None
    is_child: bool
    consent: ConsentRecord | None = None


class ConsentMissing(Refusal):
    """Whose guardian's consent is missing, so that a page can lead there."""

    def __init__(self, person_ids: Sequence[int]) -> None:
        self.person_ids = tuple(person_ids)
        super().__init__(
            "gatherings.consent_missing",
            _(
                "A guardian's consent to gatherings that is valid on the day is not on file. Ask the guardian, write it"
                " into the child's file, and sign up again."
            ),
        )


def admit(gathering: Gathering, heads: Sequence[Head]) -> list[Arrival]:
    """The heads with their persons, or a refusal that says what is in the way."""
    _refuse_odd_party(gathering, heads)
    persons = {row.pk: row for row in Person.objects.filter(pk__in=[h.person_id for h in heads if h.person_id])}
    if len(persons) < sum(head.person_id is not None for head in heads):
        raise Refusal("gatherings.person_gone", _("One of these persons is not there any more. Choose again."))
    arrivals = [_arrive(gathering, head, persons) for head in heads]
    _refuse_strange_hosts(gathering, arrivals)
    for arrival in arrivals:
        _refuse_wrong_age(gathering, arrival)
    if any(a.is_child and a.person is None for a in arrivals) and all(a.is_child for a in arrivals):
        raise Refusal(
            "gatherings.guest_child_alone", _("A child that comes as a guest needs an accompanying adult beside it.")
        )
    return _with_consents(gathering, arrivals)


def party_of(queue: int, heads: Iterable[tuple[bool, str]]) -> Party:
    """Counts heads given as ``(is a child, part)``."""
    counted = Counter("child" if is_child else part for is_child, part in heads)
    return Party(queue, heads=counted.total(), children=counted["child"], adults=counted[Part.ADULT])


def valid_consents(*, on: date, purpose: Purpose = Purpose.GATHERINGS) -> ConsentQuerySet:
    """A guardian's consent, valid on the day. The child's own word does not do here."""
    return ConsentRecord.objects.valid(on=on).by_guardian(on=on).filter(purpose=purpose)


def _refuse_odd_party(gathering: Gathering, heads: Sequence[Head]) -> None:
    known = [head.person_id for head in heads if head.person_id is not None]
    if not any(head.part == Part.PARTICIPANT for head in heads):
        raise Refusal("gatherings.nobody_takes_part", _("Choose who takes part."))
    if len(known) != len(set(known)):
        raise Refusal("gatherings.named_twice", _("The same person is named twice."))
    if any(head.person_id is None and not head.guest_name.strip() for head in heads):
        raise Refusal("gatherings.guest_without_name", _("Write the guest's name."))
    most = HEADS_AT_MOST if gathering.places is None else min(HEADS_AT_MOST, gathering.places)
    if len(heads) > most:
        raise Refusal(
            "gatherings.party_too_large",
            ngettext("At most %(count)d can come together.", "At most %(count)d can come together.", most)
            % {"count": most},
        )


def _arrive(gathering: Gathering, head: Head, persons: dict[int, Person]) -> Arrival:
    person = persons[head.person_id] if head.person_id is not None else None
    age = age_of(person, head.guest_age, on=gathering.begins_on)
    return Arrival(head, person, age, counts_as_child(age, head.part, gathering.audience))


def _refuse_strange_hosts(gathering: Gathering, arrivals: Sequence[Arrival]) -> None:
    """A host who may see no child's file does not read a child's name on the list either."""
    if kind_of(gathering).hosts_see_children:
        return
    ours = [(a.person, a.age) for a in arrivals if a.person is not None]
    unknown = [person.pk for person, age in ours if age is None]
    if any(age is not None and age < WORKING_AGE for _person, age in ours) or _children_among(unknown, gathering):
        raise Refusal("gatherings.not_for_children", _("This kind of gathering is not for children."))


def _children_among(person_ids: Sequence[int], gathering: Gathering) -> bool:
    """Whether somebody of unknown age may be a child: one who has, or had, a guardian or a child's file.

    Whoever has a file of the host's own programme is known there: a refusal would tell of the other file.
    """
    own = Case.objects.filter(person_id__in=person_ids, programme=gathering.programme)
    unknown = set(person_ids) - set(own.values_list("person_id", flat=True)) if person_ids else set()
    if not unknown:
        return False
    files = Case.objects.filter(person_id__in=unknown, programme__in=family_programmes())
    return Guardianship.objects.filter(child_id__in=unknown).exists() or files.exists()


def _refuse_wrong_age(gathering: Gathering, arrival: Arrival) -> None:
    age, part = arrival.age, arrival.head.part
    if part == Part.ADULT and age is not None and age < FULL_AGE:
        raise Refusal("gatherings.adult_too_young", _("Whoever accompanies children has to be eighteen."))
    if part != Part.PARTICIPANT:
        return
    limits = gathering.age_min, gathering.age_max
    if limits != (None, None):
        if age is None:
            raise Refusal("gatherings.age_unknown", _("This gathering has an age limit, and the age is not known."))
        if not (limits[0] or 0) <= age <= (limits[1] if limits[1] is not None else age):
            raise Refusal(
                "gatherings.age_out_of_range", _("On the day of the gathering this person is not of the age it is for.")
            )
    if gathering.audience in CHILD_AUDIENCES and not arrival.is_child:
        raise Refusal("gatherings.for_children", _("Children take part in this; adults come as accompanying adults."))
    youngest = {Audience.MENTORS: FULL_AGE, Audience.JOBSEEKERS: WORKING_AGE}.get(Audience(gathering.audience), 0)
    if age is not None and age < youngest:
        raise Refusal("gatherings.too_young", _("This gathering is for adults."))


def _with_consents(gathering: Gathering, arrivals: list[Arrival]) -> list[Arrival]:
    """Every child of ours needs consent that is valid on the last day; a guest's parent stands beside it.

    Whoever is old enough to look for work answers for herself at what is hosted for her (Civil Code, art. 18).
    """
    own = "" if kind_of(gathering).hosts_see_children else gathering.programme
    children = [a.person.pk for a in arrivals if a.is_child and a.person and a.person.programme != own]
    if not children or gathering.ends_on is None:
        return arrivals
    found = {row.person_id: row for row in valid_consents(on=gathering.ends_on).filter(person_id__in=children)}
    missing = [pk for pk in children if pk not in found]
    if missing:
        raise ConsentMissing(missing)
    return [
        Arrival(a.head, a.person, a.age, a.is_child, found.get(a.person.pk) if a.person and a.is_child else None)
        for a in arrivals
    ]
