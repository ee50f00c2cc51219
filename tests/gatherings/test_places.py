"""Who gets a place, in numbers: held against a second, slower way of saying the same law."""

from hypothesis import given
from hypothesis import strategies as st

from sunward.gatherings.places import Party, Room, choose

SIZES = st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2)).filter(any)


@st.composite
def lines(draw):
    """Parties as ``(children, adults, others)``, numbered in the order of arrival."""
    found = draw(st.lists(SIZES, max_size=8))
    return [Party(number, sum(size), size[0], size[1]) for number, size in enumerate(found)]


@st.composite
def rooms(draw):
    children, adults, others = draw(SIZES) if draw(st.booleans()) else (0, 0, 0)
    return Room(
        places=draw(st.none() | st.integers(0, 12)),
        children_per_adult=draw(st.none() | st.integers(1, 3)),
        heads=children + adults + others,
        children=children,
        adults=adults + draw(st.integers(0, 2)),
    )


def may_come(room: Room, inside: list[Party], party: Party) -> bool:
    """The law, counted from the beginning and without a word of the code's own."""
    heads = room.heads + sum(p.heads for p in inside) + party.heads
    children = room.children + sum(p.children for p in inside) + party.children
    adults = room.adults + sum(p.adults for p in inside) + party.adults
    if room.places is not None and heads > room.places:
        return False
    if room.children_per_adult is None:
        return True
    return party.children <= room.children_per_adult * party.adults or children <= room.children_per_adult * adults


def brute_force(room: Room, line: list[Party]) -> list[Party]:
    inside: list[Party] = []
    while True:
        able = [party for party in line if party not in inside and may_come(room, inside, party)]
        if not able:
            return inside
        inside.append(min(able, key=lambda party: party.queue))


@given(rooms(), lines())
def test_the_places_go_to_whom_the_law_names_in_its_order(room, line):
    assert choose(room, list(reversed(line))) == brute_force(room, line)


@given(rooms(), lines())
def test_the_places_are_never_more_than_there_are(room, line):
    taken = room.heads + sum(party.heads for party in choose(room, line))
    assert room.places is None or taken <= max(room.places, room.heads)


@given(rooms(), lines())
def test_nobody_let_in_leaves_children_with_fewer_adults_than_before(room, line):
    after = room
    for party in choose(room, line):
        after = after.holding(party)
    assert after.adults_missing <= room.adults_missing


def test_a_party_too_large_for_what_is_free_lets_a_smaller_one_pass():
    line = [Party(1, heads=3), Party(2, heads=2), Party(3, heads=1)]
    assert [party.queue for party in choose(Room(2, None), line)] == [2]


def test_a_child_alone_waits_until_an_adult_who_came_later_is_in():
    line = [Party(1, heads=1, children=1), Party(2, heads=1, adults=1)]
    assert [party.queue for party in choose(Room(2, 3), line)] == [2, 1]


def test_a_mother_with_her_child_is_welcome_where_others_have_left_too_few_adults():
    room = Room(10, 3, heads=4, children=4)
    family, alone = Party(1, heads=2, children=1, adults=1), Party(2, heads=1, children=1)
    assert room.adults_missing == 2
    assert choose(room, [alone, family]) == [family]


def test_one_adult_answers_for_as_many_children_as_the_ratio_says_and_no_more():
    room = Room(None, 3, adults=1)
    line = [Party(number, heads=1, children=1) for number in range(5)]
    assert len(choose(room, line)) == 3
