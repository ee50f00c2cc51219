"""Two offices and perhaps one child: both are told to talk, and neither learns what the other has."""

from itertools import product

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, User
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere
from sunward.outreach.models import Message
from sunward.safeguarding.access.worries import office_path
from sunward.safeguarding.actions.hints import compare_again, settle_hint
from sunward.safeguarding.actions.triage import tie_to_file
from sunward.safeguarding.enums import HintState
from sunward.safeguarding.hinting import POINTS, THRESHOLD, WORDS, Sketch, compare
from sunward.safeguarding.models import Hint
from sunward.safeguarding.queries.due import list_comparable_worries
from sunward.safeguarding.queries.hints import list_hints, read_hints
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.arrangements import supervisor_of, worry_of

WHEN = {"on": TODAY, "now": NOW}
NAMES = ("", "闻小远", "文晓远", "闻小院", "闻远", "闻圆", "韩雨")
SKETCHES = st.builds(
    Sketch,
    name=st.sampled_from(NAMES),
    age=st.one_of(st.none(), st.integers(0, 17)),
    phones=st.frozensets(st.sampled_from(("a", "b", "c")), max_size=2),
)


@pytest.fixture
def here():
    return factories.make_committee()


@pytest.fixture
def there():
    return factories.make_committee(
        "310110019001", subdistrict=factories.make_subdistrict("310110019", name="五角场街道")
    )


@pytest.fixture
def supervisors(here, there):
    return supervisor_of("310110012", name="督导甲"), supervisor_of("310110019", name="督导乙")


@pytest.fixture
def worker(here):
    return factories.actor_of(factories.make_officer(Role.WORKER, here))


@pytest.fixture
def worker_there(there):
    return factories.actor_of(factories.make_officer(Role.WORKER, there))


@pytest.fixture(autouse=True)
def _a_day_that_does_not_pass(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@given(SKETCHES, SKETCHES)
def test_a_likeness_is_the_same_from_both_sides(one, other):
    assert compare(one, other) == compare(other, one)


@given(SKETCHES, SKETCHES)
def test_no_pair_is_enough_without_the_same_name_or_a_shared_telephone(one, other):
    """What the search looks up by; else it could miss a pair."""
    if compare(one, other).is_enough:
        assert (one.name and one.name == other.name) or one.phones & other.phones


@given(SKETCHES, SKETCHES)
def test_no_single_sign_but_a_telephone_is_enough(one, other):
    likeness = compare(one, other)
    if likeness.is_enough and "same_phone" not in likeness.reasons:
        assert len(likeness.reasons) == 2


@given(SKETCHES, SKETCHES)
def test_only_what_speaks_for_it_is_said(one, other):
    assert all(POINTS[code] > 0 and code in WORDS for code in compare(one, other).reasons)


@pytest.mark.parametrize(
    ("one", "other", "is_enough"),
    [
        (Sketch("闻小远", 8), Sketch("闻小远", 8), True),
        (Sketch("闻小远", 8), Sketch("闻小远", 9), True),
        (Sketch("闻小远", 8), Sketch("闻小远", 10), False),
        (Sketch("闻小远"), Sketch("闻小远"), False),  # a name alone is many children's
        (Sketch("闻远", 8), Sketch("闻远", 8), False),  # a name of two characters needs a telephone
        (Sketch("闻远", 8, frozenset("a")), Sketch("闻远", 9, frozenset("a")), True),
        (Sketch("闻小远", 8), Sketch("文晓远", 8), False),
        (Sketch("闻小远", 8, frozenset("a")), Sketch("文晓远", 9, frozenset("a")), True),
        (Sketch("", None, frozenset("a")), Sketch("", None, frozenset("a")), True),
        (Sketch("闻小远", 8, frozenset("a")), Sketch("闻小雅", 8, frozenset("a")), True),
        (Sketch("闻小远", 8, frozenset("a")), Sketch("闻天明", 8, frozenset("a")), False),  # twins
        (Sketch("闻小远", 8, frozenset("a")), Sketch("闻天明", 4, frozenset("a")), False),  # a sister
    ],
)
def test_what_is_enough_to_make_two_people_talk(one, other, is_enough):
    assert compare(one, other).is_enough is is_enough


@pytest.mark.django_db
def test_both_supervisors_are_told_by_the_reference_of_their_own(here, there, supervisors, worker, worker_there):
    mine, theirs = supervisors
    case = factories.make_child("闻小远", unit=there)
    age = case.person.age_on(TODAY)
    worry = worry_of(worker, here, "闻小远", child_age=age)
    hint = Hint.objects.get()
    bodies = {
        user: " ".join(message.body for message in Message.objects.filter(user_id=user.user_id)) for user in supervisors
    }
    assert worry.reference in bodies[mine]
    assert case.reference in bodies[theirs]
    assert case.reference not in bodies[mine]
    assert worry.reference not in bodies[theirs]
    assert (hint.worry_id, hint.other_case_id) == (worry.pk, case.pk)


@pytest.mark.django_db
def test_each_side_reads_whom_to_call_and_nothing_of_the_other(client, here, there, supervisors, worker, worker_there):
    """The same page for a file and for a worry over there: not even that is told."""
    case = factories.make_child("闻小远", unit=there)
    worry = worry_of(worker, here, "闻小远", child_age=case.person.age_on(TODAY), whereabouts="控江路一弄")
    other = worry_of(worker_there, there, "闻小远", child_age=case.person.age_on(TODAY), whereabouts="国权路二弄")
    mine, theirs = supervisors
    for unit, phone in ((here, "021-00000012"), (there, "021-00000013")):
        Unit.objects.filter(path=office_path(unit.path)).update(phone=phone)
    for actor, own, foreign in (
        (
            mine,
            {worry.reference, "督导乙", "五角场街道", "tel:021-00000013"},
            {case.reference, other.reference, "国权路"},
        ),
        (
            theirs,
            {case.reference, other.reference, "督导甲", "控江路街道", "tel:021-00000012"},
            {worry.reference, "控江路一弄"},
        ),
    ):
        client.force_login(User.objects.get(pk=actor.user_id))
        page = client.get(reverse("safeguarding:hints")).content.decode()
        assert not {word for word in own if word not in page}
        assert not {word for word in foreign if word in page}
        assert "闻小远" not in page
        assert "姓名相同" in page


@pytest.mark.django_db
def test_two_of_one_sub_district_make_no_hint(here, supervisors, worker):
    next_door = factories.make_committee("310110012002")
    factories.make_child("闻小远", unit=next_door)
    worry_of(worker, here, "闻小远", child_age=12)
    worry_of(worker, next_door, "闻小远", child_age=12)
    assert not Hint.objects.exists()


@pytest.mark.django_db
def test_a_guardians_telephone_finds_the_file_without_a_name(here, there, supervisors, worker):
    case = factories.make_child("闻小远", unit=there)
    guardian = factories.make_person("闻奶奶", unit=there, phone="+8613800001234")
    case.person.guardianships.create(guardian=guardian)
    worry_of(worker, here, child_phone="138 0000 1234")
    assert Hint.objects.get().reasons == ["same_phone"]


@pytest.mark.django_db
def test_a_file_that_is_closed_or_a_worry_of_long_ago_is_no_hint(here, there, supervisors, worker, worker_there):
    case = factories.make_child("闻小远", unit=there)
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_on=TODAY)
    old = worry_of(worker_there, there, "闻小远", child_age=12)
    type(old).objects.update(seen_on=TODAY.replace(year=2025))
    worry_of(worker, here, "闻小远", child_age=12)
    assert not Hint.objects.exists()


def in_the_night():
    for worry_pk in list_comparable_worries(on=TODAY):
        compare_again(worry_pk=worry_pk, **WHEN)


@pytest.mark.django_db
def test_a_file_opened_after_the_worry_is_found_in_the_night_and_told_once(here, there, supervisors, worker):
    case = factories.make_child("闻小远", unit=there)
    age = case.person.age_on(TODAY)
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_on=TODAY)
    worry = worry_of(worker, here, "闻小远", child_age=age)
    assert not Hint.objects.exists()
    type(case).objects.filter(pk=case.pk).update(state="open", closed_on=None)
    in_the_night()
    assert (Hint.objects.get().worry_id, Hint.objects.get().other_case_id) == (worry.pk, case.pk)
    told = Message.objects.count()
    in_the_night()
    assert Message.objects.count() == told


@pytest.mark.django_db
def test_a_telephone_added_to_a_file_later_is_found_in_the_night(here, there, supervisors, worker):
    case = factories.make_child("闻小远", unit=there)
    worry_of(worker, here, child_phone="138 0000 1234")
    in_the_night()
    assert not Hint.objects.exists()
    guardian = factories.make_person("闻奶奶", unit=there, phone="+8613800001234")
    case.person.guardianships.create(guardian=guardian)
    in_the_night()
    assert Hint.objects.get().other_case_id == case.pk


@pytest.mark.django_db
@pytest.mark.parametrize("files", ["there", "both", "here"])
def test_two_who_were_told_of_a_child_are_not_told_again_when_files_are_opened_for_it(
    files, here, there, supervisors, worker, worker_there
):
    case = factories.make_child("闻小远", unit=there if files != "here" else here)
    age = case.person.age_on(TODAY)
    type(case).objects.filter(pk=case.pk).update(state="closed", closed_on=TODAY)
    mine = worry_of(worker, here, "闻小远", child_age=age)
    theirs = worry_of(worker_there, there, "闻小远", child_age=age)
    assert Hint.objects.count() == 1
    type(case).objects.filter(pk=case.pk).update(state="open", closed_on=None)
    tie_to_file(
        actor=supervisors[files != "here"], worry_id=(mine if files == "here" else theirs).uid, case_id=case.uid,
        **WHEN,
    )  # fmt: skip
    if files == "both":
        other = factories.make_child("闻小远", unit=here)
        tie_to_file(actor=supervisors[0], worry_id=mine.uid, case_id=other.uid, **WHEN)
    in_the_night()
    assert Hint.objects.count() == 1


@pytest.mark.django_db
def test_a_worry_that_belongs_to_a_file_still_finds_the_file_of_another_office(here, there, supervisors, worker):
    mine = factories.make_child("闻小远", unit=here)
    worry = worry_of(worker, here, "闻小远", child_age=mine.person.age_on(TODAY))
    tie_to_file(actor=supervisors[0], worry_id=worry.uid, case_id=mine.uid, **WHEN)
    theirs = factories.make_child("闻小远", unit=there)
    in_the_night()
    assert (Hint.objects.get().worry_id, Hint.objects.get().other_case_id) == (worry.pk, theirs.pk)


@pytest.mark.django_db
def test_settled_by_either_both_see_it_and_the_other_cannot_say_otherwise(
    here, there, supervisors, worker, worker_there
):
    worry_of(worker_there, there, "闻小远", child_age=8)
    worry_of(worker, here, "闻小远", child_age=8)
    hint = Hint.objects.get()
    mine, theirs = supervisors
    settle_hint(actor=mine, hint_id=hint.uid, verdict=HintState.SAME, **WHEN)
    settle_hint(actor=mine, hint_id=hint.uid, verdict=HintState.SAME, **WHEN)
    for actor in supervisors:
        (row,) = read_hints(list_hints(actor), actor=actor, on=TODAY)
        assert (row.state, row.is_open) == (HintState.SAME.label, False)
    with pytest.raises(Conflict):
        settle_hint(actor=theirs, hint_id=hint.uid, verdict=HintState.DIFFERENT, **WHEN)
    settle_hint(actor=theirs, hint_id=hint.uid, verdict=HintState.OPEN, **WHEN)
    third = supervisor_of("310110020")
    with pytest.raises(NotThere):
        settle_hint(actor=third, hint_id=hint.uid, verdict=HintState.SAME, **WHEN)


@pytest.mark.django_db
def test_the_search_finds_exactly_the_pairs_that_comparing_everybody_finds(
    here, there, supervisors, worker, worker_there
):
    """Brute force over names, ages and telephones on both sides."""
    phones = {"": "", "a": "13800001111", "b": "13800002222"}
    kinds = list(product(("", "闻小远", "闻远", "韩小雨"), (None, 8, 9), ("", "a")))
    others = [
        (worry_of(worker_there, there, name, child_age=age, child_phone=phones[phone]), (name, age, phone))
        for name, age, phone in kinds
    ]
    for name, age, phone in [("闻小远", 8, "a"), ("闻远", 8, ""), ("", None, "a"), ("闻小远", 9, "b")]:
        worry = worry_of(worker, here, name, child_age=age, child_phone=phones[phone])
        mine = Sketch(name, age, frozenset(phone))
        wanted = {
            other.pk for other, seen in others if compare(mine, Sketch(seen[0], seen[1], frozenset(seen[2]))).is_enough
        }
        assert set(Hint.objects.filter(worry=worry).values_list("other_worry_id", flat=True)) == wanted


@pytest.mark.django_db
def test_the_list_of_hints_costs_no_more_for_many(
    client, here, there, supervisors, worker, worker_there, django_assert_max_num_queries
):
    worry_of(worker_there, there, "闻小远", child_age=8)
    for _each in range(4):
        worry_of(worker, here, "闻小远", child_age=8)
    client.force_login(User.objects.get(pk=supervisors[1].user_id))
    with django_assert_max_num_queries(11):
        assert len(client.get(reverse("safeguarding:hints")).context["hints"]) == 4


def test_sixty_points_are_what_the_words_of_the_module_say():
    assert POINTS["same_phone"] >= THRESHOLD > max(points for code, points in POINTS.items() if code != "same_phone")
