"""The stops of an outing: their numbers stay 1 to n, only its planners change them, and a copy takes them along."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere
from sunward.gatherings.actions import (
    add_stop,
    cancel_gathering,
    change_stop,
    copy_gathering,
    move_stop,
    remove_stop,
    repeat_gathering,
    save_as_template,
)
from sunward.gatherings.actions.copying import STOP_COLUMNS, Rule
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.actions.stops import NARRATION_AT_MOST, STOPS_AT_MOST, StopDetails, Towards
from sunward.gatherings.models import Gathering, Stop
from sunward.gatherings.queries.stops import read_stops
from tests.factories import NOW, TODAY, actor_of, make_officer, make_subdistrict
from tests.gatherings.builders import BEGINS, TRAINING, draft, planner, published, refused
from tests.gatherings.test_sign_ups_at_once import at_once

pytestmark = pytest.mark.django_db
WATERWORKS = StopDetails("杨树浦水厂", "杨树浦路 830 号", 30, "一八八三年开始供水。", 121.54, 31.25)


def version_of(gathering):
    return Gathering.objects.values_list("version", flat=True).get(pk=gathering.pk)


def keys(gathering, actor=None):
    return {
        "actor": actor or planner(gathering.kind), "gathering_id": gathering.uid, "version": version_of(gathering),
        "now": NOW,
    }  # fmt: skip


def add(gathering, *titles, actor=None):
    for title in titles:
        add_stop(details=StopDetails(title), **keys(gathering, actor))
    return [stop.pk for stop in gathering.stops.all()]


def order(gathering):
    return [(stop.number, stop.title) for stop in Stop.objects.filter(gathering=gathering)]


def test_stops_are_added_at_the_end_with_all_that_is_typed_in():
    outing = draft()
    add(outing, "毛麻仓库")
    made = add_stop(details=WATERWORKS, **keys(outing))
    made.refresh_from_db()
    assert order(outing) == [(1, "毛麻仓库"), (2, "杨树浦水厂")]
    assert (made.place, made.minutes, made.narration) == ("杨树浦路 830 号", 30, "一八八三年开始供水。")
    assert (made.lon, made.lat) == (121.54, 31.25)


def test_a_stop_is_changed_in_its_place():
    outing = published()
    first, _second = add(outing, "水厂", "大桥")
    change_stop(stop_id=first, details=WATERWORKS, **keys(outing))
    assert order(outing) == [(1, "杨树浦水厂"), (2, "大桥")]


@pytest.mark.parametrize(("taken", "rest"), [(0, ["乙", "丙", "丁"]), (1, ["甲", "丙", "丁"]), (3, ["甲", "乙", "丙"])])
def test_what_is_taken_out_leaves_no_gap(taken, rest):
    outing = draft()
    stops = add(outing, *"甲乙丙丁")
    remove_stop(stop_id=stops[taken], **keys(outing))
    assert order(outing) == list(enumerate(rest, start=1))
    add(outing, "戊")
    assert order(outing)[-1] == (4, "戊")


def test_the_only_stop_can_be_taken_out():
    outing = draft()
    (only,) = add(outing, "甲")
    remove_stop(stop_id=only, **keys(outing))
    assert order(outing) == []


@pytest.mark.parametrize(
    ("moved", "towards", "expected"),
    [(2, Towards.EARLIER, "甲丙乙"), (1, Towards.LATER, "甲丙乙"), (0, Towards.LATER, "乙甲丙")],
)
def test_a_stop_changes_places_with_its_neighbour(moved, towards, expected):
    outing = draft()
    stops = add(outing, *"甲乙丙")
    stop = move_stop(stop_id=stops[moved], towards=towards, **keys(outing))
    assert order(outing) == list(enumerate(expected, start=1))
    assert order(outing)[stop.number - 1][1] == "甲乙丙"[moved]


def test_the_first_goes_no_earlier_and_the_last_no_later():
    outing = draft()
    first, last = add(outing, "甲", "乙")
    for stop, towards, code in ((first, Towards.EARLIER, "first"), (last, Towards.LATER, "last")):
        refused(
            lambda stop=stop, towards=towards: move_stop(stop_id=stop, towards=towards, **keys(outing)),
            f"gatherings.stop_is_{code}",
        )
    assert order(outing) == [(1, "甲"), (2, "乙")]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": "  "}, "gatherings.stop_without_title"),
        ({"minutes": 0}, "gatherings.stop_minutes"),
        ({"minutes": 481}, "gatherings.stop_minutes"),
        ({"narration": "字" * (NARRATION_AT_MOST + 1)}, "gatherings.narration_too_long"),
        ({"lat": None}, "gatherings.stop_half_a_point"),
    ],
)
def test_what_cannot_be_is_refused(wrong, code):
    outing = draft()
    refused(lambda: add_stop(details=replace(WATERWORKS, **wrong), **keys(outing)), code)
    assert not outing.stops.exists()


def test_the_longest_narration_and_the_longest_stay_are_taken():
    outing = draft()
    made = add_stop(details=StopDetails("甲", minutes=480, narration="字" * NARRATION_AT_MOST), **keys(outing))
    assert len(made.narration) == NARRATION_AT_MOST


def test_there_are_thirty_stops_at_most():
    outing = draft()
    Stop.objects.bulk_create(Stop(gathering=outing, number=n, title="站") for n in range(1, STOPS_AT_MOST + 1))
    refused(lambda: add(outing, "多出来的"), "gatherings.stops_enough")


def test_a_training_has_no_stops():
    training = draft(TRAINING)
    refused(lambda: add(training, "甲"), "gatherings.no_stops")


def test_only_those_who_plan_it_change_its_stops():
    outing = published()
    (stop,) = add(outing, "甲")
    elsewhere = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict("310110015", name="长白新村街道")))
    for act in (
        lambda: add_stop(details=WATERWORKS, **keys(outing, elsewhere)),
        lambda: change_stop(stop_id=stop, details=WATERWORKS, **keys(outing, elsewhere)),
        lambda: move_stop(stop_id=stop, towards=Towards.LATER, **keys(outing, elsewhere)),
        lambda: remove_stop(stop_id=stop, **keys(outing, elsewhere)),
    ):
        with pytest.raises(NotThere):
            act()
    assert order(outing) == [(1, "甲")]


def test_the_stop_of_another_outing_is_not_there():
    outing, other = draft(), draft()
    (stop,) = add(other, "甲")
    refused(lambda: remove_stop(stop_id=stop, **keys(outing)), "gatherings.stop_not_there")
    assert order(other) == [(1, "甲")]


def test_nothing_is_changed_once_it_is_called_off():
    outing = published()
    add(outing, "甲")
    asked = keys(outing)
    cancel_gathering(reason="台风", on=TODAY, **asked)
    refused(lambda: add(outing, "乙"), "gatherings.over")


def test_the_same_press_again_is_a_conflict_and_no_second_stop():
    outing = draft()
    asked = keys(outing)
    add_stop(details=WATERWORKS, **asked)
    with pytest.raises(Conflict):
        add_stop(details=WATERWORKS, **asked)
    assert outing.stops.count() == 1


def test_each_act_is_in_the_audit_record_by_its_number_and_without_words():
    outing = draft()
    first, _second = add(outing, "甲", "乙")
    change_stop(stop_id=first, details=WATERWORKS, **keys(outing))
    move_stop(stop_id=first, towards=Towards.LATER, **keys(outing))
    remove_stop(stop_id=first, **keys(outing))
    entries = AuditEntry.objects.filter(code__startswith="gatherings.stop_").order_by("pk")
    assert [entry.code.removeprefix("gatherings.stop_") for entry in entries] == [
        "added", "added", "changed", "moved", "removed",
    ]  # fmt: skip
    assert entries.last().detail == {"stop": first}


def test_copies_series_and_templates_take_the_stops_along():
    host, outing = planner(), published()
    add_stop(details=WATERWORKS, **keys(outing))
    add(outing, "大桥")
    when = {"actor": host, "gathering_id": outing.uid, "on": TODAY, "now": NOW}
    copy = copy_gathering(begins_on=date(2026, 12, 19), **when)
    pattern = save_as_template(title="走一走", **when)
    repeated = repeat_gathering(rule=Rule.WEEKLY, times=2, **when)
    kept = list(outing.stops.values_list(*STOP_COLUMNS))
    for made in (copy, pattern, *(one.gathering for one in repeated)):
        assert list(made.stops.values_list(*STOP_COLUMNS)) == kept
    add(copy, "只在这一次")
    assert outing.stops.count() == 2


def test_a_column_that_is_new_is_copied_too():
    """Whoever gives a stop one more column is reminded of the copies."""
    assert {field.name for field in Stop._meta.concrete_fields} - {"id", "gathering"} == set(STOP_COLUMNS)


def test_the_minutes_of_the_stops_are_held_against_the_time_there_is():
    outing = draft(sessions=(SessionTime(BEGINS, BEGINS + timedelta(minutes=45)),))
    add(outing, "甲", "乙")
    stops = read_stops(outing, outing.sessions.all())
    assert (stops.minutes, stops.available, stops.left, stops.fits) == (40, 45, 5, True)
    add(outing, "丙")
    stops = read_stops(outing, outing.sessions.all())
    assert (stops.minutes, stops.left, stops.fits) == (60, 0, False)


def test_without_a_day_the_stops_always_fit():
    outing = draft(sessions=())
    add(outing, "甲")
    stops = read_stops(outing, outing.sessions.all())
    assert (stops.available, stops.fits) == (None, True)


@pytest.mark.django_db(transaction=True)
def test_many_who_press_at_once_leave_the_numbers_in_order():
    """Each sees the version of now; whoever is overtaken is told so, and nothing is numbered twice."""
    host, outing = planner(), published()
    stops = add(outing, *"甲乙丙丁戊己", actor=host)
    answers = at_once(
        *[lambda: add_stop(details=WATERWORKS, **keys(outing, host)) for _each in range(6)],
        *[lambda: move_stop(stop_id=stops[3], towards=Towards.EARLIER, **keys(outing, host)) for _each in range(3)],
        *[lambda stop=stop: remove_stop(stop_id=stop, **keys(outing, host)) for stop in stops[:2]],
    )
    assert [number for number, _title in order(outing)] == list(range(1, outing.stops.count() + 1))
    told = {answer for answer in answers if isinstance(answer, str)}
    assert told <= {"gatherings.gathering_changed", "gatherings.stop_is_first"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_the_same_button_at_once_one_is_told():
    host, outing = planner(), published()
    _first, second = add(outing, "甲", "乙", actor=host)
    asked = keys(outing, host)
    answers = at_once(*[lambda: remove_stop(stop_id=second, **asked) for _each in range(2)])
    assert sorted(answers, key=str) == [None, "gatherings.gathering_changed"]
    assert order(outing) == [(1, "甲")]
