"""Whatever people do in whatever order, the places and the line are those of a slow and simple model."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunward.core.refusals import Refusal
from sunward.gatherings.actions import edit_gathering, withdraw_party
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part, SignUpState
from sunward.gatherings.models import Gathering, SignUp
from tests.factories import NOW, TODAY
from tests.gatherings.builders import TRAINING, details, planner, published
from tests.gatherings.builders import bring as sign_up

pytestmark = pytest.mark.django_db
RATIO = 1
HEADS = {
    "child": Head(guest_name="孩子", guest_age=8),
    "adult": Head(guest_name="大人", guest_age=40, part=Part.ADULT),
    "other": Head(guest_name="大人", guest_age=40),
}

COMES = st.tuples(st.just("comes"), st.integers(0, 2), st.integers(0, 2)).filter(lambda act: act[1] + act[2] > 0)
GOES = st.tuples(st.just("goes"), st.integers(0, 9), st.just(0))
PLACES = st.tuples(st.just("places"), st.integers(1, 8), st.just(0))


@dataclass
class Model:
    """Parties as lists of "child" or "adult" in the order of arrival; the law of the places said once more, slowly."""

    places: int
    parties: list[tuple[UUID, list[str]]] = field(default_factory=list)
    inside: set[UUID] = field(default_factory=set)

    def heads(self, *also: UUID) -> list[str]:
        return [head for key, heads in self.parties if key in self.inside or key in also for head in heads]

    def missing(self, heads: list[str]) -> int:
        return max(0, -(-heads.count("child") // RATIO) - heads.count("adult"))

    def keeps_ratio(self, heads: list[str]) -> bool:
        return not self.missing(heads) or not self.missing(self.heads() + heads)

    def settle(self) -> None:
        """Let in the first who may come, again and again, until nobody more may."""
        for key, heads in self.parties:
            fits = len(self.heads()) + len(heads) <= self.places
            if key not in self.inside and fits and self.keeps_ratio(heads):
                self.inside.add(key)
                return self.settle()
        return None

    def comes(self, key: UUID, heads: list[str]) -> bool:
        if len(heads) > self.places or not self.keeps_ratio(heads):
            return False
        self.parties.append((key, heads))
        self.settle()
        return True

    def goes(self, number: int) -> None:
        key, _heads = self.parties.pop(number)
        self.inside.discard(key)
        self.settle()

    def set_places(self, places: int) -> bool:
        if len(self.heads()) > places:
            return False
        self.places = places
        self.settle()
        return True


def done(act) -> bool:
    """Whether the act was let through; a refusal leaves nothing behind."""
    try:
        with transaction.atomic():
            act()
    except Refusal:
        return False
    return True


class Desk:
    """The acts themselves, each done beside the model and agreeing with it whether it was let through."""

    def __init__(self) -> None:
        self.by, self.model = planner(), Model(places=4)
        self.gathering = published(TRAINING, audience="everybody", children_per_adult=RATIO, places=4)

    def comes(self, children: int, adults: int) -> None:
        """A guest's child comes beside an adult, as everywhere; grown-ups among themselves answer for nobody."""
        heads = ["child"] * children + ["adult"] * max(adults, 1 if children else 0)
        heads = heads if children else ["other"] * len(heads)
        key = uuid4()
        came = done(lambda: sign_up(self.gathering, *map(HEADS.__getitem__, heads), actor=self.by, party=key))
        assert came == self.model.comes(key, heads)

    def goes(self, number: int, _second: int) -> None:
        if not self.model.parties:
            return
        number %= len(self.model.parties)
        ids = {"gathering_id": self.gathering.uid, "party": self.model.parties[number][0]}
        assert done(lambda: withdraw_party(actor=self.by, on=TODAY, now=NOW, **ids))
        self.model.goes(number)

    def places(self, places: int, _second: int) -> None:
        said = details(places=places, audience="everybody", children_per_adult=RATIO)
        ids = {"gathering_id": self.gathering.uid, "version": Gathering.objects.get(pk=self.gathering.pk).version}
        changed = done(lambda: edit_gathering(actor=self.by, details=said, on=TODAY, now=NOW, **ids))
        assert changed == self.model.set_places(places)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(COMES, GOES, PLACES), max_size=12))
def test_any_sequence_of_coming_going_and_changing_places_ends_as_the_model_says(acts):
    with transaction.atomic():
        desk = Desk()
        for what, first, second in acts:
            getattr(desk, what)(first, second)
            compare(desk.gathering, desk.model)
        transaction.set_rollback(True)


def compare(gathering: Gathering, model: Model) -> None:
    rows = SignUp.objects.standing().filter(gathering=gathering).order_by("queue", "pk")
    placed = {row.party for row in rows if row.state == SignUpState.PLACED}
    assert placed == model.inside
    assert list(dict.fromkeys(row.party for row in rows)) == [key for key, _heads in model.parties]
    assert len(model.heads()) <= model.places
