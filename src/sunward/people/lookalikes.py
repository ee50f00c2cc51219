"""Who a person being typed in may already be: each likeness with the signs that an officer can check."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.people.duplicates import THRESHOLD, Sketch, compare
from sunward.people.models import Person
from sunward.people.names import name_key
from sunward.people.registering import PersonDetails, id_index, phone_index

SAME_NUMBER = "same_number"
SIGNS: dict[str, Promise] = {
    SAME_NUMBER: _("same document number"),
    "same_name": _("same name"),
    "same_sound": _("name sounds the same"),
    "similar_name": _("similar name"),
    "same_birth_date": _("same date of birth"),
    "birth_date_mistyped": _("date of birth differs in one digit"),
    "same_phone": _("same telephone"),
    "number_mistyped": _("document number differs in one digit"),
    "same_subdistrict": _("same sub-district"),
    "sex_differs": _("other sex"),
    "birth_date_differs": _("other date of birth"),
    "numbers_differ": _("other document number"),
}
_CERTAIN = 200


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A person who may be the same; `signs` are keys of `SIGNS`."""

    person: Person
    points: int
    signs: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """A document number belongs to one person only."""
        return SAME_NUMBER in self.signs


def find_lookalikes(details: PersonDetails, *, among: Q, besides: int = 0, most: int = 5) -> tuple[Lookalike, ...]:
    """The likest first of those `among` whom one looks: a programme's own persons. One query. Scope what is shown of
    them: whoever is found may be another office's."""
    typed = _sketch(details)
    like = Q(name=details.name)
    if typed.id_index:
        like |= Q(id_index=typed.id_index)
    if typed.phone_index:
        like |= Q(phone_index=typed.phone_index)
    if details.birth_date:
        like |= Q(birth_date=details.birth_date)
    found = (
        Person.objects.filter(like, among, merged_into=None)
        .exclude(pk=besides)
        .select_related("unit__parent")
        .order_by("pk")[:500]
    )
    alike = (judged for person in found if (judged := _judge(person, typed, details)))
    return tuple(sorted(alike, key=lambda one: (-one.points, one.person.pk)))[:most]


def _judge(person: Person, typed: Sketch, details: PersonDetails) -> Lookalike | None:
    if typed.id_index and person.id_index == typed.id_index:
        return Lookalike(person, _CERTAIN, (SAME_NUMBER,))
    held = Sketch(
        person.pk, person.name, person.name_key, person.sex, person.birth_date, person.phone_index, person.id_index,
        person.unit_path,
    )  # fmt: skip
    likeness = compare(typed, held)
    if likeness.points < THRESHOLD:
        return None
    return Lookalike(person, likeness.points, tuple(sign for sign, _points in likeness.reasons))


def _sketch(details: PersonDetails) -> Sketch:
    return Sketch(
        0, details.name, name_key(details.name), details.sex, details.birth_date, phone_index(details.phone),
        id_index(details.id_number), details.unit_path,
    )  # fmt: skip
