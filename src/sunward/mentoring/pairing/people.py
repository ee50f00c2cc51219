"""Children and neighbour moms in words, for whoever may see them. Whoever may not, gets no name to hide."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Case, Need
from sunward.matching.declaration import Described, People
from sunward.mentoring.access import visible_children, visible_mentors
from sunward.mentoring.enums import NeedKind
from sunward.mentoring.models import Match, Mentor
from sunward.mentoring.pairing.reading import part_of


def describe(actor: Actor, left: Iterable[int], right: Iterable[int], on: date) -> People:
    """Those of the children and neighbour moms whom the actor may see."""
    children = {child.id: child for child in _describe_children(actor, sorted(set(left)), on)}
    mentors = {mentor.id: mentor for mentor in _describe_mentors(actor, sorted(set(right)))}
    return People(children, mentors)


def find_mentors(actor: Actor, words: str) -> set[int]:
    """Those whom the actor may see; with words, whose name, work or unit holds them."""
    found = visible_mentors(actor)
    if words:
        found = found.filter(
            Q(person__name__icontains=words) | Q(occupation__icontains=words) | Q(unit__name__icontains=words)
        )
    return set(found.values_list("pk", flat=True))


def _describe_children(actor: Actor, ids: list[int], on: date) -> Iterable[Described]:
    open_needs = Need.objects.filter(Q(met_on=None) | Q(met_on__gt=on))
    cases = (
        visible_children(actor)
        .filter(pk__in=ids)
        .select_related("person", "unit", "child")
        .prefetch_related(Prefetch("needs", queryset=open_needs, to_attr="open_needs"))
    )
    return (_child(case, on) for case in cases) if ids else ()


def _child(case: Case, on: date) -> Described:
    age = case.person.age_on(on)
    profile = getattr(case, "child", None)
    needs = [NeedKind(need.kind).label for need in case.open_needs if need.kind in NeedKind.values]  # type: ignore[attr-defined]
    return Described(
        id=case.pk,
        name=case.person.name,
        reference=case.reference,
        unit_code=part_of(case.unit_path, 2) or part_of(case.unit_path, 1),
        unit_name=case.unit.name,
        note=say_age(age),
        href=reverse("mentoring:child", args=[case.uid]),
        details=(
            (_("Age"), say_age(age)),
            (_("Risk"), str(RiskLevel(case.risk_level).label)),
            (_("Needs"), gettext(", ").join(map(str, needs))),
            (_("Languages"), gettext(", ").join(map(str, profile.languages)) if profile else ""),
            (_("Schooling"), profile.school_stage if profile else ""),
            (_("Lives in"), case.unit.name),
        ),
    )


def _describe_mentors(actor: Actor, ids: list[int]) -> Iterable[Described]:
    if not ids:
        return
    taken: dict[int, int] = defaultdict(int)
    for mentor in Match.objects.live().filter(mentor__in=ids).values_list("mentor_id", flat=True):
        taken[mentor] += 1
    for found in visible_mentors(actor).filter(pk__in=ids).select_related("person", "unit"):
        yield _mentor(found, taken[found.pk])


def _mentor(mentor: Mentor, taken: int) -> Described:
    places = ngettext("%(taken)d of %(places)d place taken", "%(taken)d of %(places)d places taken", mentor.capacity)
    return Described(
        id=mentor.pk,
        name=mentor.person.name,
        reference=mentor.reference,
        unit_code=part_of(mentor.unit_path, 2) or part_of(mentor.unit_path, 1),
        unit_name=mentor.unit.name if mentor.unit else "",
        note=mentor.occupation,
        href=reverse("mentoring:mentor", args=[mentor.uid]),
        details=(
            (_("Occupation"), mentor.occupation),
            (_("Skills"), gettext(", ").join(map(str, mentor.skills))),
            (_("Free times"), gettext(", ").join(map(str, mentor.slots))),
            (_("Own children"), gettext(", ").join(map(str, mentor.own_children))),
            (_("Places"), places % {"taken": taken, "places": mentor.capacity}),
            (_("Lives in"), mentor.unit.name if mentor.unit else ""),
        ),
    )


def say_age(age: int | None) -> str:
    return "" if age is None else gettext("%(age)d years") % {"age": age}
