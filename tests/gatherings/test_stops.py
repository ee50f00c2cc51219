"""The stops of an outing: their numbers stay 1 to n, only its planners change them, and a copy takes them along."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import NotThere
from sunward.gatherings.actions import (
    add_stop,
    bring_back_stop,
    cancel_gathering,
    change_stop,
    copy_gathering,
    edit_gathering,
    move_stop,
    remove_stop,
    repeat_gathering,
    save_as_template,
)
from sunward.gatherings.actions.copying import STOP_COLUMNS, Rule
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.actions.stops import (
    NARRATION_AT_MOST,
    STOPS_AT_MOST,
    StopChanged,
    StopDetails,
    TakenOut,
    Towards,
    details_of,
)
from sunward.gatherings.models import Stop
from sunward.gatherings.queries.stops import newest_stop, read_stops
from tests.factories import NOW, TODAY, actor_of, make_officer, make_subdistrict
from tests.gatherings.builders import BEGINS, TRAINING, details, draft, planner, published, refused
from tests.pressing import at_once, refusals

pytestmark = pytest.mark.django_db
WATERWORKS = StopDetails("杨树浦水厂", "杨树浦路 830 号", 30, "一八八三年开始供水。", 121.54, 31.25)


def keys(gathering, actor=None):
    return {"actor": actor or planner(gathering.kind), "gathering_id": gathering.uid, "now": NOW}


def write(gathering, details, actor=None):
    """A form that was opened now."""
    return add_stop(details=details, after=newest_stop(gathering), **keys(gathering, actor))


def add(gathering, *titles, actor=None):
    for title in titles:
        write(gathering, StopDetails(title), actor)
    return [stop.pk for stop in gathering.stops.all()]


def change(gathering, stop_id, details, actor=None, **said):
    seen = said.pop("seen", None) or details_of(Stop.objects.get(pk=stop_id))
    return change_stop(stop_id=stop_id, seen=seen, details=details, **keys(gathering, actor))


def move(gathering, stop_id, towards, actor=None):
    number = Stop.objects.values_list("number", flat=True).get(pk=stop_id)
    return move_stop(stop_id=stop_id, number=number, towards=towards, **keys(gathering, actor))


def order(gathering):
    return [(stop.number, stop.title) for stop in Stop.objects.filter(gathering=gathering)]


def test_stops_are_added_at_the_end_with_all_that_is_typed_in():
    outing = draft()
    add(outing, "毛麻仓库")
    made = write(outing, WATERWORKS)
    made.refresh_from_db()
    assert order(outing) == [(1, "毛麻仓库"), (2, "杨树浦水厂")]
    assert (made.place, made.minutes, made.narration) == ("杨树浦路 830 号", 30, "一八八三年开始供水。")
    assert (made.lon, made.lat) == (121.54, 31.25)


def test_a_stop_is_changed_in_its_place():
    outing = published()
    first, _second = add(outing, "水厂", "大桥")
    change(outing, first, WATERWORKS)
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
    stop = move(outing, stops[moved], towards)
    assert order(outing) == list(enumerate(expected, start=1))
    assert order(outing)[stop.number - 1][1] == "甲乙丙"[moved]


def test_the_first_goes_no_earlier_and_the_last_no_later():
    outing = draft()
    first, last = add(outing, "甲", "乙")
    for stop, towards, code in ((first, Towards.EARLIER, "first"), (last, Towards.LATER, "last")):
        refused(
            lambda stop=stop, towards=towards: move(outing, stop, towards),
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
    refused(lambda: write(outing, replace(WATERWORKS, **wrong)), code)
    assert not outing.stops.exists()


def test_the_longest_narration_and_the_longest_stay_are_taken():
    outing = draft()
    made = write(outing, StopDetails("甲", minutes=480, narration="字" * NARRATION_AT_MOST))
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
        lambda: write(outing, WATERWORKS, elsewhere),
        lambda: change(outing, stop, WATERWORKS, elsewhere),
        lambda: move(outing, stop, Towards.LATER, elsewhere),
        lambda: remove_stop(stop_id=stop, **keys(outing, elsewhere)),
        lambda: bring_back_stop(taken=TakenOut(stop, 1, WATERWORKS), **keys(outing, elsewhere)),
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
    cancel_gathering(reason="台风", on=TODAY, version=outing.version, **keys(outing))
    refused(lambda: add(outing, "乙"), "gatherings.over")


def test_the_same_form_sent_again_is_the_same_stop_and_another_form_another():
    outing = draft()
    add(outing, "毛麻仓库")
    asked = {"details": StopDetails("歇脚"), "after": newest_stop(outing), **keys(outing)}
    assert add_stop(**asked) == add_stop(**asked)
    write(outing, StopDetails("歇脚"))
    assert [title for _number, title in order(outing)] == ["毛麻仓库", "歇脚", "歇脚"]


def test_a_stop_is_in_nobodys_way_who_changes_the_gathering_and_the_other_way_round():
    outing = published()
    first, seen_version = write(outing, WATERWORKS), outing.version
    seen = details_of(first)
    outing = edit_gathering(version=seen_version, details=details(title="冬游"), on=TODAY, **keys(outing))
    change(outing, first.pk, replace(seen, narration="换了"), seen=seen)
    add(outing, "大桥")
    edit_gathering(version=outing.version, details=details(title="春游"), on=TODAY, **keys(outing))
    assert outing.stops.get(number=1).narration == "换了"


def test_two_who_write_at_different_fields_both_stand():
    outing = draft()
    stop = write(outing, WATERWORKS)
    seen = details_of(stop)
    change(outing, stop.pk, replace(seen, place="江边栈桥"), seen=seen)
    change(outing, stop.pk, replace(seen, narration="请听水声。\r\n好。", minutes=25), seen=seen)
    assert details_of(Stop.objects.get()) == replace(seen, place="江边栈桥", narration="请听水声。\n好。", minutes=25)


def test_what_both_have_written_is_shown_and_overwritten_by_nobody():
    outing = draft()
    stop = write(outing, WATERWORKS)
    seen = details_of(stop)
    change(outing, stop.pk, replace(seen, narration="先到的", place="江边", lon=121.0), seen=seen)
    with pytest.raises(StopChanged) as met:
        change(outing, stop.pk, replace(seen, narration="后到的", title="水厂", lat=31.0), seen=seen)
    assert met.value.disputed == ("narration", "lon", "lat")
    assert met.value.mine == replace(seen, narration="后到的", title="水厂", place="江边", lat=31.0)
    there = details_of(Stop.objects.get())
    assert met.value.there == there
    assert there.narration == "先到的"
    # With what stands there before her eyes she decides.
    change(outing, stop.pk, met.value.mine, seen=met.value.there)
    assert details_of(Stop.objects.get()).narration == "后到的"


def test_a_form_that_does_not_say_what_it_was_opened_with_overwrites_nothing_either():
    outing = draft()
    stop = write(outing, WATERWORKS)
    given = {"stop_id": stop.pk, "seen": None, **keys(outing)}
    with pytest.raises(StopChanged):
        change_stop(details=replace(WATERWORKS, narration="不同"), **given)
    assert change_stop(details=WATERWORKS, **given) == stop


def test_the_same_change_sent_again_is_one_act():
    outing = draft()
    stop = write(outing, WATERWORKS)
    seen = details_of(stop)
    for _press in range(2):
        change(outing, stop.pk, replace(seen, title="水厂"), seen=seen)
    assert AuditEntry.objects.filter(code="gatherings.stop_changed").count() == 1


def test_a_stop_that_has_moved_since_does_not_wander_on():
    outing = draft()
    stops = add(outing, *"甲乙丙")
    asked = {"stop_id": stops[2], "number": 3, "towards": Towards.EARLIER, **keys(outing)}
    move_stop(**asked)
    refused(lambda: move_stop(**asked), "gatherings.stops_reordered")
    assert [title for _number, title in order(outing)] == ["甲", "丙", "乙"]


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_what_was_taken_out_comes_back_whole_and_in_its_place(taken):
    outing = draft()
    write(outing, WATERWORKS)
    stops = [*add(outing, "乙", "丙")]
    before, key = order(outing), stops[taken]
    words = details_of(Stop.objects.get(pk=key))
    gone = remove_stop(stop_id=key, **keys(outing))
    back = bring_back_stop(taken=gone, **keys(outing))
    assert (back.pk, details_of(Stop.objects.get(pk=key)), order(outing)) == (key, words, before)
    assert bring_back_stop(taken=gone, **keys(outing)) == back
    assert order(outing) == before
    assert AuditEntry.objects.filter(code="gatherings.stop_brought_back", detail__stop=key).count() == 1


def test_where_the_place_is_gone_it_comes_back_at_the_end():
    outing = draft()
    stops = add(outing, *"甲乙丙")
    gone = [remove_stop(stop_id=stop, **keys(outing)) for stop in reversed(stops)]
    for taken in gone:
        bring_back_stop(taken=taken, **keys(outing))
    assert [number for number, _title in order(outing)] == [1, 2, 3]
    write(outing, StopDetails("丁"))
    assert order(outing)[-1] == (4, "丁")


def test_nothing_comes_back_to_thirty_stops_or_to_what_is_over():
    outing = published()
    (only,) = add(outing, "甲")
    gone = remove_stop(stop_id=only, **keys(outing))
    Stop.objects.bulk_create(Stop(gathering=outing, number=n, title="站") for n in range(1, STOPS_AT_MOST + 1))
    refused(lambda: bring_back_stop(taken=gone, **keys(outing)), "gatherings.stops_enough")
    outing.stops.all().delete()
    cancel_gathering(reason="台风", on=TODAY, version=outing.version, **keys(outing))
    refused(lambda: bring_back_stop(taken=gone, **keys(outing)), "gatherings.over")


def test_each_act_is_in_the_audit_record_by_its_number_and_without_words():
    outing = draft()
    first, _second = add(outing, "甲", "乙")
    change(outing, first, WATERWORKS)
    move(outing, first, Towards.LATER)
    remove_stop(stop_id=first, **keys(outing))
    entries = AuditEntry.objects.filter(code__startswith="gatherings.stop_").order_by("pk")
    assert [entry.code.removeprefix("gatherings.stop_") for entry in entries] == [
        "added", "added", "changed", "moved", "removed",
    ]  # fmt: skip
    assert entries.last().detail == {"stop": first}


def test_copies_series_and_templates_take_the_stops_along():
    host, outing = planner(), published()
    write(outing, WATERWORKS)
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


def times(*lasting):
    """Sessions of so many hours, each given as (day, hours)."""
    begins: dict[int, timedelta] = {}
    made = []
    for day, hours in lasting:
        start = BEGINS + timedelta(days=day) + begins.get(day, timedelta())
        made.append(SessionTime(start, start + timedelta(hours=hours)))
        begins[day] = begins.get(day, timedelta()) + timedelta(hours=hours + 1)
    return tuple(made)


@pytest.mark.parametrize(
    ("lasting", "available", "fits", "fits_over_days"),
    [
        # The same walk on two days has the time of one.
        ([(0, 2), (1, 2)], 120, False, True),
        # The longer day counts.
        ([(0, 1), (1, 4)], 240, True, True),
        # A morning and an afternoon are one walk.
        ([(0, 1), (0, 2)], 180, True, True),
        # Too long for all days together.
        ([(0, 1), (1, 1)], 60, False, False),
    ],
)
def test_the_time_there_is_is_that_of_the_longest_day(lasting, available, fits, fits_over_days):
    outing = draft(sessions=times(*lasting))
    write(outing, StopDetails("甲", minutes=170))
    stops = read_stops(outing, outing.sessions.all())
    assert (stops.available, stops.fits, stops.fits_over_days) == (available, fits, fits_over_days)


@pytest.mark.django_db(transaction=True)
def test_many_who_press_at_once_leave_the_numbers_in_order():
    """The row of the gathering is their lock; nothing is numbered twice and no stop is lost."""
    host, outing = planner(), published()
    stops = add(outing, *"甲乙丙丁戊己", actor=host)
    gone = remove_stop(stop_id=stops[5], **keys(outing, host))
    answers = at_once(
        *[lambda n=n: write(outing, StopDetails(f"新{n}"), host) for n in range(4)],
        *[lambda: move(outing, stops[3], Towards.EARLIER, host) for _each in range(3)],
        *[lambda stop=stop: remove_stop(stop_id=stop, **keys(outing, host)) for stop in stops[:2]],
        lambda: bring_back_stop(taken=gone, **keys(outing, host)),
    )
    assert [number for number, _title in order(outing)] == list(range(1, 9))
    assert {*refusals(answers)} <= {"gatherings.stops_reordered", "gatherings.stop_is_first"}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_the_same_button_at_once_one_is_told():
    host, outing = planner(), published()
    _first, second = add(outing, "甲", "乙", actor=host)
    asked = keys(outing, host)
    answers = at_once(*[lambda: remove_stop(stop_id=second, **asked) for _each in range(2)])
    assert refusals(answers) == ["gatherings.stop_not_there"]
    assert order(outing) == [(1, "甲")]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_is_one_stop():
    host, outing = planner(), published()
    asked = {"details": WATERWORKS, "after": 0, **keys(outing, host)}
    at_once(*[lambda: add_stop(**asked) for _each in range(5)])
    assert order(outing) == [(1, "杨树浦水厂")]
