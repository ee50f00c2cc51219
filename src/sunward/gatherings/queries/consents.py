"""Children who have a place and whose guardian's consent does not hold on the day any more.

It is shown to the host and stops nobody at the door: a child that came is written down as having come.
"""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.db.models import Exists, OuterRef

from sunward.accounts.access import Actor
from sunward.gatherings.access import planned_gatherings
from sunward.gatherings.admission import valid_consents
from sunward.gatherings.ages import is_child
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, GatheringQuerySet, SignUp, SignUpQuerySet


def find_lapsed(gathering: Gathering, rows: Iterable[SignUp]) -> frozenset[int]:
    """Of these sign-ups (with `person`), the numbers of children whose consent has lapsed. One query.

    Where hosts may not know who has a child's file, they are told of none.
    """
    kind = gathering_kinds().get(gathering.kind)
    if kind is None or not kind.hosts_see_children:
        return frozenset()
    children = {row.person_id: row.pk for row in rows if row.person_id and is_child(row, gathering)}
    if not children or gathering.ends_on is None:
        return frozenset()
    held = valid_consents(on=gathering.ends_on).filter(person_id__in=children).values_list("person_id", flat=True)
    return frozenset(children[person_id] for person_id in set(children) - set(held))


def lapsed_sign_ups() -> SignUpQuerySet:
    """Children with a place whose consent was on file when they were signed up and does not hold on the day."""
    on = cast("date", OuterRef("gathering__ends_on"))
    held = valid_consents(on=on).filter(person=OuterRef("person"))
    return SignUp.objects.placed().filter(~Exists(held), consent__isnull=False)


def gatherings_with_lapsed(actor: Actor) -> GatheringQuerySet:
    """What the actor plans and is still to come, where such a child has a place."""
    kinds = [kind.code for kind in gathering_kinds().values() if kind.hosts_see_children]
    coming = planned_gatherings(actor).filter(kind__in=kinds, state=GatheringState.PUBLISHED, ends_on__gte=actor.on)
    return coming.filter(Exists(lapsed_sign_ups().filter(gathering=OuterRef("pk"))))
