"""Planning: drafts that only planners see, changes that nobody overwrites unseen, what has to be known first."""

from datetime import date, timedelta

import pytest

from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotAllowed, NotThere
from sunward.gatherings.actions import (
    cancel_gathering,
    check_in,
    copy_gathering,
    discard_draft,
    edit_gathering,
    name_steward,
    plan_gathering,
    publish_gathering,
    remove_steward,
    repeat_gathering,
    save_as_template,
    set_sessions,
)
from sunward.gatherings.actions.copying import Rule, days_of
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Audience, Duty, GatheringState, Mode, Part
from sunward.gatherings.models import Gathering, Session, Steward
from sunward.gatherings.news import NewsKind
from sunward.ledger.queries import standing_facts
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_committee,
    make_officer,
    make_subdistrict,
    make_user,
)
from tests.gatherings.builders import (
    BEGINS,
    DURING,
    ENDS,
    FAIR,
    OUTING,
    TRAINING,
    adult,
    bring,
    details,
    draft,
    guests,
    listening,
    planner,
    published,
    refused,
    willing_child,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHEN = {"on": TODAY, "now": NOW}


def publish(gathering, actor=None):
    return publish_gathering(
        actor=actor or planner(gathering.kind), gathering_id=gathering.uid, version=gathering.version, **WHEN
    )


def edit(gathering, *, version=None, actor=None, **said):
    return edit_gathering(
        actor=actor or planner(gathering.kind), gathering_id=gathering.uid, version=version or gathering.version,
        details=details(**said), **WHEN,
    )  # fmt: skip


def times(*days, hours=3):
    return [SessionTime(BEGINS + day * DAY, BEGINS + day * DAY + timedelta(hours=hours)) for day in days]


def move(gathering, sessions, actor=None):
    gathering.refresh_from_db()
    return set_sessions(
        actor=actor or planner(gathering.kind),
        gathering_id=gathering.uid,
        version=gathering.version,
        sessions=sessions,
        **WHEN,
    )


def test_what_is_planned_is_a_draft_with_what_its_kind_asks_for():
    gathering = draft(OUTING, fields={"meeting_point": "校门口", "bring": ""})
    assert (gathering.state, gathering.programme, gathering.audience) == (GatheringState.DRAFT, "mentoring", "pairs")
    assert (gathering.children_per_adult, gathering.fields) == (3, {"meeting_point": "校门口"})
    assert (gathering.begins_on, gathering.ends_on, gathering.month) == (
        date(2026, 12, 5),
        date(2026, 12, 5),
        "2026-12",
    )


def test_only_the_roles_of_a_kind_plan_it():
    with pytest.raises(NotThere):
        plan_gathering(actor=planner(FAIR), kind=OUTING, details=details(), **WHEN)
    with pytest.raises(NotThere):
        plan_gathering(actor=planner(OUTING), kind=FAIR, details=details(), **WHEN)
    with pytest.raises(NotThere):
        plan_gathering(actor=planner(OUTING), kind="mentoring.nothing", details=details(), **WHEN)


def test_a_worker_plans_for_her_committee_and_not_for_another():
    worker = actor_of(make_officer("worker", make_committee("310110012001")))
    assert draft(TRAINING, actor=worker, host=make_committee("310110012001")).unit_path.endswith("/310110012001/")
    with pytest.raises(NotAllowed):
        draft(TRAINING, actor=worker, host=make_committee("310110012002"))
    with pytest.raises(NotAllowed):
        draft(TRAINING, actor=worker, host=make_subdistrict())


@pytest.mark.parametrize(
    ("kind", "fields", "code"),
    [
        (FAIR, {"employers": "二十"}, "gatherings.field_not_a_number"),
        (FAIR, {"speaker": "陆一"}, "gatherings.field_unknown"),
    ],
)
def test_a_kinds_fields_are_checked(kind, fields, code):
    refused(lambda: draft(kind, fields=fields), code)


def test_numbers_of_a_kind_are_kept_as_numbers():
    assert draft(FAIR, fields={"employers": "20", "posts": 300, "sector": "餐饮"}).fields == {
        "employers": 20, "posts": 300, "sector": "餐饮",
    }  # fmt: skip


def test_a_host_may_be_stricter_than_the_kind_but_not_looser():
    assert draft(OUTING, children_per_adult=2).children_per_adult == 2
    refused(lambda: draft(OUTING, children_per_adult=4), "gatherings.ratio_too_loose")


def test_the_second_of_two_who_edit_at_once_meets_a_conflict():
    gathering = draft(TRAINING)
    assert edit(gathering, title="新名字").version == 2
    met = refused(lambda: edit(gathering, version=1, title="另一个"), "gatherings.gathering_changed")
    assert isinstance(met, Conflict)
    assert Gathering.objects.get().title == "新名字"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"sessions": ()}, "gatherings.no_time"),
        ({"place": ""}, "gatherings.no_place"),
        ({"mode": Mode.ONLINE}, "gatherings.no_link"),
        ({"mode": Mode.HYBRID}, "gatherings.no_link"),
        ({"mode": Mode.HYBRID, "place": "", "online_link": "https://meeting.example.cn/1"}, "gatherings.no_place"),
        ({"sessions": (SessionTime(NOW - DAY, NOW),)}, "gatherings.time_over"),
    ],
)
def test_what_people_have_to_know_is_known_before_it_is_published(said, code):
    gathering = draft(TRAINING, **said)
    refused(lambda: publish(gathering), code)


def test_children_are_not_invited_before_somebody_answers_for_their_safety():
    gathering = draft(OUTING)
    Steward.objects.all().delete()
    refused(lambda: publish(gathering), "gatherings.no_safety_steward")


def test_a_training_to_which_pairs_come_is_a_gathering_with_children():
    gathering = draft(TRAINING, audience=Audience.PAIRS)
    refused(lambda: publish(gathering), "gatherings.no_ratio")
    gathering = edit(gathering, audience=Audience.PAIRS, children_per_adult=3)
    refused(lambda: publish(gathering), "gatherings.no_safety_steward")


def test_who_may_see_no_child_invites_none():
    refused(lambda: draft(FAIR, audience=Audience.CHILDREN), "gatherings.not_for_children")


def test_publishing_leaves_a_fact_of_the_host():
    gathering = publish(draft(OUTING))
    fact = standing_facts().get(kind="gatherings.gathering_published")
    assert (fact.subject_id, fact.unit_path, fact.attributes["kind"]) == (gathering.pk, gathering.unit_path, OUTING)
    assert AuditEntry.objects.filter(code="gatherings.gathering_published", subject_id=gathering.pk).exists()


def test_what_is_published_is_not_published_again():
    gathering = published(TRAINING)
    refused(lambda: publish(gathering), "gatherings.not_a_draft")


def test_a_new_time_is_told_to_those_who_have_a_place_and_to_nobody_else():
    gathering, first, second = published(TRAINING, places=1), adult(), adult()
    bring(gathering, Head(first.person_id))
    bring(gathering, Head(second.person_id))
    with listening() as heard:
        move(gathering, times(7))
        move(gathering, times(7))
        move(gathering, times(14))
    assert [(news.kind, news.person_id) for news in heard] == [(NewsKind.CHANGED, first.person_id)] * 2
    assert len({news.key for news in heard}) == 2
    assert heard[0].begins_at == BEGINS + 7 * DAY


def test_in_the_middle_of_a_course_the_next_day_is_told():
    gathering, case = published(TRAINING, sessions=tuple(times(0, 7, 14))), adult()
    bring(gathering, Head(case.person_id))
    with listening() as heard:
        cancel_gathering(
            actor=planner(),
            gathering_id=gathering.uid,
            version=gathering.version,
            reason="台风",
            on=TODAY,
            now=BEGINS + DAY,
        )
    assert [news.begins_at for news in heard] == [BEGINS + 7 * DAY]


def test_a_new_place_is_told_and_a_new_title_is_not():
    gathering, case = published(TRAINING), adult()
    bring(gathering, Head(case.person_id))
    with listening() as heard:
        gathering = edit(gathering, title="换个名字")
        edit(gathering, title="换个名字", place="社区中心")
    assert [(news.kind, news.place) for news in heard] == [(NewsKind.CHANGED, "社区中心")]


def test_what_is_published_keeps_what_people_have_to_know():
    gathering = published(TRAINING)
    refused(lambda: edit(gathering, place=""), "gatherings.no_place")
    refused(lambda: move(gathering, []), "gatherings.no_time")


def test_a_time_that_stays_keeps_its_row():
    gathering = draft(TRAINING)
    kept = Session.objects.get()
    move(gathering, [SessionTime(BEGINS, ENDS, "上半场"), *times(1)])
    assert Session.objects.get(pk=kept.pk).note == "上半场"
    assert gathering.sessions.count() == 2
    gathering.refresh_from_db()
    assert (gathering.begins_on, gathering.ends_on) == (date(2026, 12, 5), date(2026, 12, 6))


@pytest.mark.parametrize(
    ("sessions", "code"),
    [
        ([SessionTime(ENDS, BEGINS)], "gatherings.ends_before_it_begins"),
        ([SessionTime(BEGINS, ENDS), SessionTime(DURING, ENDS)], "gatherings.sessions_overlap"),
    ],
)
def test_impossible_times_are_refused(sessions, code):
    gathering = draft(TRAINING)
    refused(lambda: move(gathering, sessions), code)


def test_a_time_at_which_people_were_checked_in_stays():
    host, gathering = planner(), published(TRAINING)
    (row,) = bring(gathering, *guests())
    check_in(actor=host, gathering_id=gathering.uid, sign_up_id=row.uid, now=DURING)
    refused(lambda: move(gathering, times(7)), "gatherings.session_attended")


def test_a_steward_is_of_the_house_or_from_outside():
    host, gathering, user = planner(), draft(TRAINING), make_user()
    of_us = name_steward(actor=host, gathering_id=gathering.uid, duty=Duty.LEAD, user_id=user.pk, name="不用写", **WHEN)
    again = name_steward(actor=host, gathering_id=gathering.uid, duty=Duty.LEAD, user_id=user.pk, **WHEN)
    assert (of_us.pk, of_us.name, of_us.user) == (again.pk, "", user)
    refused(
        lambda: name_steward(actor=host, gathering_id=gathering.uid, duty=Duty.LEAD, name=" ", **WHEN),
        "gatherings.steward_missing",
    )


def test_the_last_who_answers_for_safety_is_not_taken_away_from_children():
    host, gathering = planner(), published()
    safety = gathering.stewards.get()
    refused(
        lambda: remove_steward(actor=host, gathering_id=gathering.uid, steward_id=safety.pk, **WHEN),
        "gatherings.no_safety_steward",
    )


def test_a_steward_whom_the_children_need_is_not_taken_away():
    host, gathering = planner(), published()
    helper = name_steward(actor=host, gathering_id=gathering.uid, duty=Duty.HELPER, name="陆二", **WHEN)
    for _ in range(4):
        bring(gathering, Head(willing_child().person_id))
    refused(
        lambda: remove_steward(actor=host, gathering_id=gathering.uid, steward_id=helper.pk, **WHEN),
        "gatherings.steward_needed",
    )
    bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    remove_steward(actor=host, gathering_id=gathering.uid, steward_id=helper.pk, **WHEN)
    assert gathering.stewards.count() == 1


def test_everybody_signed_up_hears_that_it_is_cancelled_and_nothing_counts_any_more():
    host, gathering, first, second = planner(), published(TRAINING, places=1), adult(), adult()
    bring(gathering, Head(first.person_id))
    bring(gathering, Head(second.person_id))
    with listening() as heard:
        cancel_gathering(actor=host, gathering_id=gathering.uid, version=gathering.version, reason="台风", **WHEN)
    assert {(news.kind, news.person_id) for news in heard} == {
        (NewsKind.CANCELLED, first.person_id), (NewsKind.CANCELLED, second.person_id),
    }  # fmt: skip
    assert not standing_facts().filter(kind__startswith="gatherings.").exists()
    gathering.refresh_from_db()
    assert (gathering.state, gathering.cancel_reason) == (GatheringState.CANCELLED, "台风")


def test_a_cancellation_says_why():
    host, gathering = planner(), published(TRAINING)
    refused(
        lambda: cancel_gathering(actor=host, gathering_id=gathering.uid, version=gathering.version, reason=" ", **WHEN),
        "gatherings.reason_missing",
    )


def test_a_draft_can_be_thrown_away_and_what_is_published_cannot():
    host, plan, public = planner(), draft(TRAINING), published(TRAINING)
    discard_draft(actor=host, gathering_id=plan.uid, version=plan.version, now=NOW)
    refused(
        lambda: discard_draft(actor=host, gathering_id=public.uid, version=public.version, now=NOW),
        "gatherings.published_already",
    )
    assert list(Gathering.objects.all()) == [public]


def test_a_copy_takes_over_what_it_is_and_nobody_who_came():
    host, gathering = planner(), published(OUTING, sign_up_until=BEGINS - DAY)
    bring(gathering, Head(willing_child().person_id))
    copy = copy_gathering(actor=host, gathering_id=gathering.uid, begins_on=date(2027, 3, 6), title="春游", **WHEN)
    copy.refresh_from_db()
    assert (copy.state, copy.title, copy.places, copy.children_per_adult) == (GatheringState.DRAFT, "春游", 30, 3)
    assert (copy.begins_on, copy.month, copy.copied_from_id) == (date(2027, 3, 6), "2027-03", gathering.pk)
    assert copy.sessions.get().ends_at == ENDS + (date(2027, 3, 6) - date(2026, 12, 5))
    assert copy.sign_up_until == BEGINS - DAY + (date(2027, 3, 6) - date(2026, 12, 5))
    assert [steward.name for steward in copy.stewards.all()] == ["陆一"]
    assert copy.sign_ups.count() == 0
    assert copy.uid != gathering.uid


def test_a_template_is_a_pattern_that_is_never_published():
    host, gathering = planner(), published(TRAINING)
    template = save_as_template(actor=host, gathering_id=gathering.uid, title="培训模板", **WHEN)
    assert template.state == GatheringState.TEMPLATE
    refused(lambda: publish(template), "gatherings.not_a_draft")
    made = copy_gathering(actor=host, gathering_id=template.uid, begins_on=date(2027, 1, 9), **WHEN)
    assert publish(made).state == GatheringState.PUBLISHED


def test_a_series_is_planned_at_once_and_a_holiday_in_it_is_named():
    host, gathering = planner(), draft(TRAINING, sessions=tuple(times(12)))
    made = repeat_gathering(actor=host, gathering_id=gathering.uid, rule=Rule.FORTNIGHTLY, times=2, **WHEN)
    assert [one.gathering.begins_on for one in made] == [date(2026, 12, 31), date(2027, 1, 14)]
    gathering.refresh_from_db()
    assert {one.gathering.series for one in made} == {gathering.series}
    refused(
        lambda: repeat_gathering(actor=host, gathering_id=gathering.uid, rule=Rule.WEEKLY, times=1, **WHEN),
        "gatherings.in_a_series",
    )


def test_a_day_off_in_a_series_is_a_warning():
    host = planner()
    autumn = tuple(SessionTime(at - 70 * DAY, at - 70 * DAY + timedelta(hours=2)) for at in (BEGINS - DAY,))
    gathering = draft(TRAINING, sessions=autumn)
    (one,) = repeat_gathering(actor=host, gathering_id=gathering.uid, rule=Rule.WEEKLY, times=1, **WHEN)
    assert one.gathering.begins_on == date(2026, 10, 2)
    assert one.mark is not None
    assert one.mark.is_holiday


@pytest.mark.parametrize("times", [0, 53])
def test_a_series_has_an_end(times):
    host, gathering = planner(), draft(TRAINING)
    refused(
        lambda: repeat_gathering(actor=host, gathering_id=gathering.uid, rule=Rule.WEEKLY, times=times, **WHEN),
        "gatherings.times_out_of_range",
    )


def test_every_month_on_the_second_saturday_stays_the_second_saturday():
    found = list(days_of(date(2026, 12, 12), Rule.MONTHLY, 14))
    assert all(day.weekday() == 5 and 8 <= day.day <= 14 for day in found)
    assert [(day.year, day.month) for day in found] == [
        ((2026 * 12 + 11 + n) // 12, (11 + n) % 12 + 1) for n in range(1, 15)
    ]


def test_where_a_month_has_no_fifth_saturday_it_is_the_last():
    assert list(days_of(date(2027, 1, 30), Rule.MONTHLY, 2)) == [date(2027, 2, 27), date(2027, 3, 27)]
