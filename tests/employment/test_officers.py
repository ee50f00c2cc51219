"""Who is in charge of a jobseeker: one at a time, only who keeps the file, and nobody once the post has ended."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, Assignment, User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.officers import in_charge
from sunward.employment.actions.officers import move_files, put_in_charge, take_back_officer
from sunward.employment.models import OfficerInCharge
from sunward.employment.queries.officers import plan_handover, propose_balance, read_caseload, read_officer_card
from tests import factories as make
from tests.employment.point_builders import put
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer_named(name, code=HERE):
    unit = make.make_subdistrict(code) if len(code) == 9 else make.make_district()
    return make.make_officer(Role.EMPLOYMENT_OFFICER, unit, username=name, name=name)


@pytest.fixture
def gu():
    return officer_named("gu")


@pytest.fixture
def ni():
    return officer_named("ni")


@pytest.fixture
def actor(gu):
    return make.actor_of(gu)


@pytest.fixture
def page(client, gu):
    client.force_login(gu)
    return client


def seeker(name="", code=HERE):
    return make.make_jobseeker(name, unit=make.make_committee(f"{code}001", subdistrict=make.make_subdistrict(code)))


def say(actor, case, officer, seen=0, on=TODAY):
    return put_in_charge(actor=actor, case_id=case.uid, officer=officer, seen=seen, on=on, now=NOW)


def names(on=TODAY):
    return sorted(row.officer.username for row in in_charge(on=on).select_related("officer"))


def test_one_officer_at_a_time_is_in_charge_and_what_was_keeps_its_days(actor, gu, ni):
    case = seeker()
    first = put(case, gu)
    second = say(actor, case, "ni", first.pk)
    assert names() == ["ni"]
    first.refresh_from_db()
    assert (first.until_on, second.from_on, second.until_on) == (TODAY, TODAY, None)
    assert [one.name for one in read_officer_card(case, actor, on=TODAY).earlier] == ["gu"]


def test_the_same_said_twice_is_one_row_and_one_entry(actor, ni):
    case = seeker()
    for _press in range(2):
        say(actor, case, "ni")
    assert OfficerInCharge.objects.count() == 1
    assert AuditEntry.objects.filter(code="employment.officer_put_in_charge").count() == 1


def test_two_who_choose_different_officers_at_once_do_not_overrule_each_other_unseen(actor, gu, ni):
    case = seeker()
    say(actor, case, "ni")
    with pytest.raises(Conflict, match="officer_changed"):
        say(actor, case, "gu")
    assert names() == ["ni"]


@pytest.mark.parametrize("who", ["elsewhere", "supervisor", "left", "locked", "nobody_of_this_name"])
def test_only_who_keeps_the_file_can_be_in_charge_of_it(actor, who):
    officer_named("elsewhere", ELSEWHERE)
    make.make_officer(Role.SUPERVISOR, make.make_subdistrict(HERE), username="supervisor")
    Assignment.objects.filter(user=officer_named("left")).update(until_on=TODAY)
    User.objects.filter(pk=officer_named("locked").pk).update(is_active=False)
    with pytest.raises(Refusal, match="officer_cannot_be"):
        say(actor, seeker(), who)


def test_an_officer_of_another_sub_district_puts_nobody_in_charge_here(gu):
    other = make.actor_of(officer_named("elsewhere", ELSEWHERE))
    with pytest.raises(NotThere):
        say(other, seeker(), "gu")


@pytest.mark.parametrize("how", ["post_ends", "locked", "moved_away"])
def test_whoever_leaves_is_in_charge_of_nobody_whatever_the_row_says(page, actor, ni, how):
    case = seeker("纪无人")
    put(case, ni)
    assert names() == ["ni"]
    if how == "locked":
        User.objects.filter(pk=ni.pk).update(is_active=False)
    else:
        Assignment.objects.filter(user=ni).update(until_on=TODAY)
    if how == "moved_away":
        make.give_post(ni, Role.EMPLOYMENT_OFFICER, make.make_subdistrict(ELSEWHERE))
    assert names() == []
    assert read_officer_card(case, actor, on=TODAY).has_left
    assert read_caseload(actor, on=TODAY).nobody == 1
    rows = page.get(reverse("employment:jobseekers"), {"officer": "nobody"}).context["page"].rows
    assert [(row.name, row.officer) for row in rows] == [("纪无人", "")]


def test_the_last_word_of_today_is_taken_back_once_and_an_older_one_is_not(actor, gu, ni):
    case = seeker()
    first = put(case, gu)
    second = say(actor, case, "ni", first.pk)
    for _press in range(2):
        take_back_officer(actor=actor, case_id=case.uid, row_id=second.pk, **AT)
    assert names() == ["gu"]
    with pytest.raises(Conflict, match="not_of_today"):
        take_back_officer(actor=actor, case_id=case.uid, row_id=first.pk, **AT)
    say(actor, case, "", first.pk)
    assert names() == []
    take_back_officer(actor=actor, case_id=case.uid, row_id=first.pk, **AT)
    assert names() == ["gu"]


def test_changed_twice_in_one_day_what_was_overtaken_counts_for_nothing_and_comes_back(actor, gu, ni):
    case = seeker()
    first = say(actor, case, "gu")
    second = say(actor, case, "ni", first.pk)
    card = read_officer_card(case, actor, on=TODAY)
    assert (names(), card.earlier) == (["ni"], ())
    take_back_officer(actor=actor, case_id=case.uid, row_id=second.pk, **AT)
    assert names() == ["gu"]


def test_figures_stand_in_the_order_of_offices_and_names_and_count_what_has_stalled(actor, gu, ni):
    for _one in range(2):
        put(seeker(), ni)
    stalled = seeker()
    stalled.opened_on = TODAY - 31 * DAY
    stalled.save()
    put(stalled, ni)
    seeker()
    page = read_caseload(actor, on=TODAY)
    assert [(load.officer.name, load.open, load.stalled) for load in page.loads] == [("gu", 0, 0), ("ni", 3, 1)]
    assert (page.nobody, page.nobody_stalled) == (1, 0)


def test_figures_count_no_file_that_the_reader_does_not_keep(actor, ni):
    make.give_post(ni, Role.EMPLOYMENT_OFFICER, make.make_subdistrict(ELSEWHERE))
    put(seeker(code=ELSEWHERE), ni)
    assert [load.open for load in read_caseload(actor, on=TODAY).loads] == [0, 0]


def test_the_proposal_takes_from_nobody_and_gives_to_whoever_has_fewest_and_is_there(actor, gu, ni):
    officer_named("away")
    Absence.objects.create(user=User.objects.get(username="away"), from_on=TODAY, until_on=TODAY + DAY, recorded_at=NOW)
    officer_named("of_district", "310110")
    for _one in range(3):
        put(seeker(), ni)
    for _one in range(5):
        seeker()
    plan = propose_balance(actor, on=TODAY)
    assert [(share.officer.name, share.now, share.more) for share in plan.shares] == [("gu", 0, 4), ("ni", 3, 1)]
    assert move_files(actor=actor, moves=plan.moves, **AT) == 5
    assert names() == ["gu"] * 4 + ["ni"] * 4


def test_files_of_an_office_without_anybody_go_to_the_office_above_it(actor):
    officer_named("of_district", "310110")
    district = make.actor_of(User.objects.get(username="of_district"))
    seeker(code=ELSEWHERE)
    assert [share.officer.name for share in propose_balance(district, on=TODAY).shares] == ["of_district"]
    seeker()
    assert [share.officer.name for share in propose_balance(district, on=TODAY).shares] == ["of_district", "gu"]


def test_a_plan_is_carried_out_as_it_was_shown_or_not_at_all(actor, page, gu, ni):
    case, other = seeker("纪甲"), seeker("纪乙")
    asked = {"source": "nobody", "target": "ni"}
    shown = page.get(reverse("employment:officers_handover"), asked)
    assert shown.context["plan"].names == ("纪甲", "纪乙")
    say(actor, case, "gu")
    address = shown.wsgi_request.get_full_path()
    page.post(address, {"mark": shown.context["plan"].mark})
    assert names() == ["gu"]
    anew = page.get(address)
    page.post(address, {"mark": anew.context["plan"].mark})
    assert names() == ["gu", "ni"]
    with pytest.raises(Conflict, match="officers_changed"):
        move_files(actor=actor, moves=shown.context["plan"].moves, **AT)
    assert in_charge(on=TODAY).get(case=other).officer == ni


def test_whoever_hands_over_reaches_no_file_of_others(actor, ni):
    make.give_post(ni, Role.EMPLOYMENT_OFFICER, make.make_subdistrict(ELSEWHERE))
    officer_named("of_district", "310110")
    put(seeker("外街", code=ELSEWHERE), ni)
    put(seeker("本街"), ni)
    plan = plan_handover(actor, source="ni", target="of_district", unit_paths=(), on=TODAY)
    assert (plan.names, plan.left) == (("本街",), 0)


def test_files_that_the_other_cannot_keep_stay_and_are_counted(ni):
    district = make.actor_of(officer_named("of_district", "310110"))
    officer_named("elsewhere", ELSEWHERE)
    put(seeker(), ni)
    plan = plan_handover(district, source="ni", target="elsewhere", unit_paths=(), on=TODAY)
    assert (plan.moves, plan.left) == ((), 1)


def test_the_list_shows_whose_files_and_mine_alone_where_asked(page, gu, ni):
    put(seeker("我的"), gu)
    put(seeker("她的"), ni)
    url = reverse("employment:jobseekers")
    mine = page.get(url, {"officer": "mine"}).context["page"].rows
    assert [(row.name, row.officer) for row in mine] == [("我的", "gu")]
    assert [row.name for row in page.get(url, {"officer": "ni"}).context["page"].rows] == ["她的"]


def test_the_file_names_the_officer_and_the_form_puts_another_in_charge(page, gu, ni):
    case = seeker()
    put(case, gu)
    address = reverse("employment:jobseeker_officer", args=[case.uid])
    form = page.get(address).context["form"]
    assert [code for code, _word in form.fields["officer"].choices] == ["", "gu", "ni"]
    page.post(address, {"officer": "ni", "seen": form.initial["seen"]})
    shown = page.get(reverse("employment:jobseeker", args=[case.uid]))
    assert shown.context["officer"].name == "ni"
