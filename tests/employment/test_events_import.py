"""Plans of events taken over: what becomes of each row, twice, undone, in whose name."""

import uuid
from datetime import date, time
from pathlib import Path

import pytest
from django.utils.timezone import localtime

from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit
from sunward.accounts.units import load_district
from sunward.employment.intake.reading import USUAL_LENGTH
from sunward.gatherings.enums import GatheringState, Mode, SignedUpBy, SignUpState
from sunward.gatherings.models import Gathering, Session, SignUp
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.registers.actions import SameFile, repair_row
from tests.employment.plans import (
    KONGJIANG_CENTRE,
    bring_in,
    course,
    courses,
    employment_officer,
    fair,
    fairs,
    read,
    take_over,
    undo,
)
from tests.factories import NOW, actor_of, make_officer, make_person, make_unit

pytestmark = pytest.mark.django_db
ROSTER = Path(__file__).resolve().parents[3] / "shared" / "rosters" / "招聘会与小课式安排.xlsx"


def only() -> Gathering:
    return Gathering.objects.get()


def clock(session: Session) -> tuple[str, str]:
    return f"{localtime(session.begins_at):%Y-%m-%d %H:%M}", f"{localtime(session.ends_at):%H:%M}"


def test_a_row_becomes_a_gathering_with_its_sessions_in_the_time_of_the_district():
    batch = bring_in(employment_officer(), fairs(fair(形式="线上线下同步", 日期="9月6日-7日", 时间="13:30-16:00")))
    gathering = only()
    assert (gathering.kind, gathering.programme) == ("employment.job_fair", "employment")
    assert (gathering.mode, gathering.place) == (Mode.HYBRID, KONGJIANG_CENTRE)
    assert (gathering.begins_on, gathering.ends_on) == (date(2022, 9, 6), date(2022, 9, 7))
    assert gathering.fields == {"employers": 20, "posts": 100, "sector": "综合", "organiser": "区人社局"}
    assert (gathering.reported_attendance, gathering.source_batch_id) == (50, batch.pk)
    assert [clock(session) for session in gathering.sessions.all()] == [
        ("2022-09-06 13:30", "16:00"),
        ("2022-09-07 13:30", "16:00"),
    ]


def test_days_and_times_that_the_spreadsheet_knows_as_such_are_read_and_can_be_repaired():
    actor = employment_officer()
    typed = {"日期": date(2022, 9, 6), "时间": time(13, 30), "参加人数": "待统计"}
    batch = read(actor, fairs(fair(1, **typed), fair(2, **{**typed, "时间": 0.5625}), fair(3, 活动名称="", 日期="")))
    empty = batch.rows.get(outcome="rejected")
    cells = {"name": "第3场专场", "date": "2022.9.8"}
    repaired = repair_row(actor=actor, batch_id=batch.uid, row_id=empty.uid, cells=cells, now=NOW)
    assert (repaired.outcome, repaired.codes) == ("accepted", [])
    warned = batch.rows.get(row=3)
    repaired = repair_row(actor=actor, batch_id=batch.uid, row_id=warned.uid, cells={"participants": "40人"}, now=NOW)
    assert (repaired.outcome, repaired.codes) == ("accepted", [])
    take_over(actor, batch)
    told = {gathering.title: clock(gathering.sessions.all()[0])[0] for gathering in Gathering.objects.all()}
    assert told == {
        "第1场专场": "2022-09-06 13:30",
        "第2场专场": "2022-09-06 13:30",
        "第3场专场": "2022-09-08 09:00",
    }


def test_whoever_is_named_hosts_it_else_where_it_takes_place_else_who_imports():
    rows = [
        fair(1),
        fair(2, 主办单位="五角场街道"),
        fair(3, 主办单位="某某公司"),
        fair(4, 主办单位="", 地点="直播间", 形式="线上"),
    ]
    bring_in(employment_officer(), fairs(*rows))
    hosts = Gathering.objects.order_by("pk").values_list("host__name", "unit_path")
    names = ["区人社局", "五角场街道", "控江路街道", "杨浦区"]
    assert list(hosts) == [(name, Unit.objects.get(name=name).path) for name in names]


def test_only_what_lies_behind_the_day_of_judgement_was_held_and_leaves_facts():
    rows = [
        fair(1),
        fair(2, 日期="11月30日"),
        fair(3, 日期="12月5日"),
        fair(4, 备注="因故取消"),
        fair(5, 日期="9月中旬"),
        fair(6, 日期="待定"),
    ]
    bring_in(employment_officer(), fairs(*rows))
    gatherings = {gathering.title: gathering for gathering in Gathering.objects.all()}
    states = {title: gathering.state for title, gathering in gatherings.items()}
    assert states == {
        "第1场专场": GatheringState.HELD,
        "第2场专场": GatheringState.DRAFT,
        "第3场专场": GatheringState.DRAFT,
        "第4场专场": GatheringState.CANCELLED,
        "第5场专场": GatheringState.HELD,
        "第6场专场": GatheringState.DRAFT,
    }
    assert gatherings["第4场专场"].cancel_reason == "因故取消"
    assert [(g.when_note, g.month, g.begins_on) for g in map(gatherings.get, ("第5场专场", "第6场专场")) if g] == [
        ("9月中旬", "2022-09", None),
        ("待定", "", None),
    ]
    counted = {title: gathering.reported_attendance for title, gathering in gatherings.items()}
    assert counted == {
        "第1场专场": 50,
        "第2场专场": None,
        "第3场专场": None,
        "第4场专场": None,
        "第5场专场": 50,
        "第6场专场": 50,
    }
    held = standing_facts().filter(kind="gatherings.gathering_held")
    assert set(held.values_list("subject_id", "happened_on")) == {
        (gatherings["第1场专场"].pk, date(2022, 9, 6)),
        (gatherings["第5场专场"].pk, date(2022, 9, 20)),
    }
    reported = standing_facts().filter(kind="gatherings.attendance_reported")
    assert sorted(reported.values_list("quantity", flat=True)) == [50, 50]


def test_a_course_of_a_month_has_no_session_and_was_held_where_heads_were_counted():
    rows = [
        course(1),
        course(2, 月份="11月"),
        course(3, 月份="11月", 参加人数="待统计"),
        course(4, 月份="12月"),
    ]
    bring_in(employment_officer(), courses(*rows))
    told = Gathering.objects.order_by("pk").values_list("month", "state", "begins_on")
    assert list(told) == [
        ("2022-09", GatheringState.HELD, None),
        ("2022-11", GatheringState.HELD, None),
        ("2022-11", GatheringState.DRAFT, None),
        ("2022-12", GatheringState.DRAFT, None),
    ]
    assert not Session.objects.exists()
    gathering = Gathering.objects.earliest("pk")
    assert gathering.fields == {"occupation": "收银员", "speaker": "王一"}
    assert "王一" not in f"{gathering.title}{gathering.summary}{gathering.place}"


def test_where_only_the_beginning_is_told_the_session_says_that_its_end_is_assumed():
    bring_in(employment_officer(), fairs(fair(时间="上午9时")))
    session = only().sessions.get()
    assert session.ends_at - session.begins_at == USUAL_LENGTH
    assert session.note


def test_the_same_file_and_the_same_events_in_another_file_change_nothing():
    actor = employment_officer()
    bring_in(actor, fairs(fair(1), fair(2, 日期="待定"), fair(3, 时间="")), courses(course()))
    before = list(Gathering.objects.order_by("pk").values_list("pk", "title"))
    with pytest.raises(SameFile):
        read(actor, fairs(fair(1), fair(2, 日期="待定"), fair(3, 时间="")))
    anew = [fair(1, 参加人数=51), fair(2, 日期="待定", 备注="照旧"), fair(3, 时间=""), fair(4)]
    batch = bring_in(actor, fairs(*anew), courses(course(备注="照旧")))
    outcomes = sorted(batch.rows.values_list("outcome", flat=True))
    assert outcomes == ["accepted", *["duplicate_of"] * 4]
    assert list(Gathering.objects.order_by("pk").values_list("pk", "title")) == [
        *before,
        (before[-1][0] + 1, "第4场专场"),
    ]


def test_a_plan_that_cancels_what_is_there_already_says_so_and_changes_nothing():
    actor = employment_officer()
    bring_in(actor, fairs(fair(1), fair(2, 备注="因故取消"), fair(3, 备注="因故取消")))
    anew = [fair(1, 备注="因故取消"), fair(2), fair(3, 备注="因故取消"), fair(4), fair(4, 备注="取消")]
    batch = read(actor, fairs(*anew))
    told = list(batch.rows.order_by("row").values_list("outcome", "codes"))
    assert told == [
        ("duplicate_of", ["event_cancelled", "status_differs"]),
        ("duplicate_of", ["status_differs"]),
        ("duplicate_of", ["event_cancelled"]),
        ("accepted", []),
        ("duplicate_of", ["event_cancelled", "status_differs"]),
    ]
    take_over(actor, batch)
    assert Gathering.objects.get(title="第1场专场").state == GatheringState.HELD


def test_of_two_imports_that_were_read_before_either_was_taken_over_the_second_changes_nothing():
    actor = employment_officer()
    first, second = read(actor, fairs(fair(1), fair(2))), read(actor, fairs(fair(2), fair(3)))
    for batch in (first, second):
        take_over(actor, batch)
    assert sorted(Gathering.objects.values_list("title", flat=True)) == ["第1场专场", "第2场专场", "第3场专场"]
    known = second.rows.get(outcome="duplicate_of")
    assert (known.duplicate_kind, known.duplicate_id) == ("gathering", Gathering.objects.get(title="第2场专场").pk)


def test_what_was_planned_by_hand_is_known_when_its_plan_comes():
    actor = employment_officer()
    host = Unit.objects.get(name="控江路街道")
    Gathering.objects.create(
        programme="employment", kind="employment.job_fair", title="第1场专场", host=host, unit_path=host.path,
        place=KONGJIANG_CENTRE, begins_on=date(2022, 9, 6), ends_on=date(2022, 9, 6), made_at=NOW,
    )  # fmt: skip
    batch = bring_in(actor, fairs(fair(1), fair(2)))
    assert batch.counts["committed"] == 1
    assert Gathering.objects.count() == 2


def test_of_two_sessions_on_one_day_both_are_taken_and_known_again():
    actor = employment_officer()
    rows = [fair(1, 时间="9:00-11:30"), fair(1, 时间="13:30-16:00")]
    bring_in(actor, fairs(*rows))
    assert Gathering.objects.count() == 2
    batch = bring_in(actor, fairs(*rows, fair(1, 时间="18:00-20:00"), fair(1, 时间="")))
    assert Gathering.objects.count() == 3
    assert batch.rows.filter(outcome="duplicate_of").count() == 3


def test_undoing_takes_the_gatherings_away_and_withdraws_their_facts():
    actor = employment_officer()
    batch = undo(actor, bring_in(actor, fairs(fair(1), fair(2)), courses(course())))
    assert batch.state == "undone"
    assert not Gathering.objects.exists()
    assert not Session.objects.exists()
    assert not standing_facts().filter(subject_kind="gathering").exists()
    assert Fact.objects.filter(subject_kind="gathering").count() == 12  # six, and each withdrawn
    assert bring_in(actor, fairs(fair(1), fair(2))).counts["committed"] == 2


def test_a_gathering_somebody_has_signed_up_for_stays_and_says_so():
    actor = employment_officer()
    batch = bring_in(actor, fairs(fair(1, 日期="12月5日"), fair(2, 日期="12月6日"), fair(3, 日期="12月7日")))
    wanted, changed, gone = Gathering.objects.order_by("pk")
    sign_up(wanted)
    Gathering.objects.filter(pk=changed.pk).update(version=2)
    undo(actor, batch)
    assert set(Gathering.objects.values_list("pk", flat=True)) == {wanted.pk, changed.pk}
    kept = dict(batch.rows.exclude(kept_because="").values_list("created_id", "kept_because"))
    assert kept == {wanted.pk: "registers.kept_signed_up", changed.pk: "registers.kept_changed"}
    assert batch.rows.get(created_id=gone.pk).state == "undone"
    assert wanted.sessions.exists()


def sign_up(gathering: Gathering) -> None:
    SignUp.objects.create(
        gathering=gathering, person=make_person("王一"), state=SignUpState.PLACED, party=uuid.uuid4(), queue=1,
        signed_up_by=SignedUpBy.STAFF, code="123456", signed_up_at=NOW,
    )  # fmt: skip


def test_an_officer_of_a_subdistrict_takes_over_what_her_subdistrict_hosts_and_no_more():
    rows = [fair(1, 主办单位="控江路街道"), fair(2), fair(3, 主办单位="五角场街道", 地点="五角场街道党群服务中心")]
    batch = bring_in(employment_officer("310110012"), fairs(*rows))
    assert [gathering.host.name for gathering in Gathering.objects.all()] == ["控江路街道"]
    told = list(batch.rows.order_by("pk").values_list("outcome", "codes"))
    assert told == [("accepted", []), ("rejected", ["outside_your_unit"]), ("rejected", ["outside_your_unit"])]


def test_a_service_point_hosts_what_its_own_plan_holds():
    load_district()
    street = Unit.objects.get(name="控江路街道")
    point = make_unit("310110012S01", name="控江就业服务站", parent=street, kind=UnitKind.SERVICE_POINT)
    actor = actor_of(make_officer(Role.EMPLOYMENT_OFFICER, point))
    rows = [fair(1, 主办单位="控江就业服务站"), fair(2, 主办单位=""), fair(3)]
    batch = bring_in(actor, fairs(*rows))
    assert set(Gathering.objects.values_list("title", "host__name")) == {
        ("第1场专场", "控江就业服务站"),
        ("第2场专场", "控江就业服务站"),
    }
    assert batch.rows.get(outcome="rejected").codes == ["outside_your_unit"]


@pytest.mark.skipif(not ROSTER.exists(), reason="the shared rosters are not beside the repository (../shared/rosters)")
def test_the_shared_plan_becomes_129_gatherings_of_all_three_kinds():
    batch = bring_in(employment_officer(), ROSTER.read_bytes())
    assert batch.counts["committed"] == Gathering.objects.count() == 129
    by_kind = {kind: Gathering.objects.filter(kind=f"employment.{kind}") for kind in KINDS}
    assert {kind: found.count() for kind, found in by_kind.items()} == KINDS
    first = by_kind["job_fair"].earliest("pk")
    assert (first.title, clock(first.sessions.all()[0])) == ("大学生就业见习专场", ("2022-09-03 09:00", "11:30"))
    assert by_kind["course_session"].filter(host__name="殷行街道", month="2022-12").count() == 1
    assert Gathering.objects.filter(state=GatheringState.CANCELLED).count() == 4
    assert not Gathering.objects.filter(begins_on__gte=date(2022, 11, 30), state=GatheringState.HELD).exists()


KINDS = {"job_fair": 30, "community_interview": 36, "course_session": 63}
