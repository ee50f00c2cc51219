"""Whom one may sign up: searched by name among those whose files one sees, and told with what is still missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.refusals import Refusal
from sunward.core.wording import join_words
from sunward.gatherings.access import persons_to_sign_up
from sunward.gatherings.admission import Head, valid_consents
from sunward.gatherings.ages import CHILD_AUDIENCES, FULL_AGE, age_of, counts_as_child
from sunward.gatherings.declaration import pairs_among
from sunward.gatherings.enums import Part
from sunward.gatherings.models import Gathering, SignUp
from sunward.people.models import Person

FOUND_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody to sign up. `has_consent` is None where none is asked for; `pair_of`: with whom she is matched."""

    uid: str
    name: str
    age: int | None
    unit: str
    is_child: bool
    has_consent: bool | None
    is_signed_up: bool
    is_chosen: bool = False
    pair_of: str = ""


def find_candidates(
    gathering: Gathering, actor: Actor, *, words: str = "", chosen: Collection[UUID] = ()
) -> tuple[Candidate, ...]:
    """Those chosen before, then whoever answers to the words. Without words only those chosen.

    Where children come with their neighbour moms, the other one of a pair stands right below. Six queries at most.
    """
    among = persons_to_sign_up(actor).select_related("unit")
    kept = list(among.filter(uid__in=chosen).order_by("name_key", "pk")) if chosen else []
    found: list[Person] = []
    if words.strip():
        matching = among.filter(name__icontains=words.strip()).exclude(pk__in=[one.pk for one in kept])
        found = list(matching.order_by("name_key", "pk")[:FOUND_AT_MOST])
    persons, pairs = [*kept, *found], dict[int, str]()
    if gathering.audience in CHILD_AUDIENCES and persons:
        persons, pairs = _with_pairs(persons, actor, among)
    return _to_candidates(gathering, persons, chosen={one.pk for one in kept}, pairs=pairs)


def _with_pairs(persons: list[Person], actor: Actor, among: QuerySet[Person]) -> tuple[list[Person], dict[int, str]]:
    """Each person followed by whom she is matched with, unless already there; and by key the name of the other."""
    names = {person.pk: person.name for person in persons}
    others: dict[int, list[int]] = {}
    for child, volunteer in pairs_among(actor, list(names)):
        others.setdefault(child, []).append(volunteer)
        others.setdefault(volunteer, []).append(child)
    wanted = {other for key in names for other in others.get(key, ())} - set(names)
    more = {person.pk: person for person in among.filter(pk__in=wanted)} if wanted else {}
    names |= {key: person.name for key, person in more.items()}
    ordered: list[Person] = []
    for person in persons:
        ordered.append(person)
        ordered += [more.pop(other) for other in others.get(person.pk, ()) if other in more]
    told = {key: [names[other] for other in found if other in names] for key, found in others.items()}
    return ordered, {key: join_words(found) for key, found in told.items() if found}


def _to_candidates(
    gathering: Gathering, persons: list[Person], *, chosen: set[int], pairs: dict[int, str]
) -> tuple[Candidate, ...]:
    keys = [person.pk for person in persons]
    coming = set(gathering.sign_ups.standing().filter(person__in=keys).values_list("person_id", flat=True))
    agreed: set[int] = set()
    if gathering.ends_on and persons:
        agreed = set(
            valid_consents(on=gathering.ends_on).filter(person_id__in=keys).values_list("person_id", flat=True)
        )
    return tuple(
        _to_candidate(
            gathering, person, is_signed_up=person.pk in coming, has_consent=person.pk in agreed,
            is_chosen=person.pk in chosen, pair_of=pairs.get(person.pk, ""),
        )
        for person in persons
    )  # fmt: skip


def _to_candidate(
    gathering: Gathering, person: Person, *, is_signed_up: bool, has_consent: bool, is_chosen: bool, pair_of: str
) -> Candidate:
    age = age_of(person, None, on=gathering.begins_on)
    is_child = counts_as_child(age, part_of(gathering, age), gathering.audience)
    unit: Unit | None = person.unit
    return Candidate(
        uid=str(person.uid),
        name=person.name,
        age=age,
        unit=unit.short_name if unit else "",
        is_child=is_child,
        has_consent=has_consent if is_child else None,
        is_signed_up=is_signed_up,
        is_chosen=is_chosen,
        pair_of=pair_of,
    )


def part_of(gathering: Gathering, age: int | None) -> Part:
    """Where children come, adults come with them; elsewhere whoever is named takes part."""
    return Part.ADULT if gathering.audience in CHILD_AUDIENCES and (age or 0) >= FULL_AGE else Part.PARTICIPANT


def heads_of(gathering: Gathering, persons: Iterable[Person]) -> list[Head]:
    return [Head(one.pk, part_of(gathering, age_of(one, None, on=gathering.begins_on))) for one in persons]


def read_heads(gathering: Gathering, actor: Actor, chosen: Collection[UUID]) -> list[Head]:
    """The persons whom the actor chose, each in the part that its age gives. Refused where she may not sign up one of
    them any more: who comes together was chosen together, and a child is not signed up without its adult in silence."""
    persons = list(persons_to_sign_up(actor).filter(uid__in=chosen).order_by("pk"))
    if len(persons) < len(set(chosen)):
        raise Refusal(
            "gatherings.chosen_out_of_reach",
            _("Somebody you chose is no longer on your list: nobody was signed up. Look at who is left, then go on."),
        )
    return heads_of(gathering, persons)


def party_size(row: SignUp) -> int:
    return SignUp.objects.standing().filter(party=row.party).count()
