"""The page "Who needs help": every figure is its list, cut to what the reader keeps, by the definition."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sunward.accounts.enums import Role
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.core.jobs.worker import drain
from sunward.employment import jobs
from sunward.employment.actions.help_figures import keep_help_figures
from sunward.employment.actions.tagging import judge_files
from sunward.employment.enums import ClientTagKind, Situation, TagEnd
from sunward.employment.models import ClientTag, HelpFigures, Jobseeker
from sunward.employment.queries import help_counts
from sunward.employment.queries.tagging import read_block
from sunward.employment.tagging.answers import Missing, Verdict
from sunward.employment.tagging.rules import find_rule
from sunward.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, NOW, DAY = make.TODAY, make.NOW, timedelta(days=1)
HERE, NEXT_DOOR, ELSEWHERE = "310110012001", "310110012002", "310110019001"
LONG_AGO = ON - 400 * DAY


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: ON)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def officer(client):
    user = make.make_user("employment")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    client.force_login(user)
    return user


def seeker(name="求职", *, at=HERE, born=date(1998, 5, 6), situation=Situation.REGISTERED, since=LONG_AGO):
    unit = make.make_committee(at, subdistrict=make.make_subdistrict(at[:9]))
    case = make.make_jobseeker(name, unit=unit, birth=born or date(1998, 5, 6))
    if born is None:
        Person.objects.filter(pk=case.person_id).update(birth_date=None)
    Jobseeker.objects.create(case=case, situation=situation, registered_on=since, unemployed_since=since)
    return case


def judge(on=ON):
    judge_files(list(Case.objects.values_list("pk", flat=True)), on=on, now=NOW)


def page_of(client, **asked):
    return client.get(reverse("employment:who_needs_help"), asked).context["page"]


def card_of(page, kind="ltu_youth"):
    return next(card for card in page.cards if card.rule.kind == kind)


def names(response):
    return sorted(row.name for row in response.context["page"].rows)


def lacking(client, kind="ltu_youth", **asked):
    return client.get(reverse("employment:rule_lacking", args=[kind]), asked)


def compared(client, version, kind="ltu_youth", **asked):
    return client.get(reverse("employment:rule_compare", args=[kind, version]), asked)


def test_a_card_says_the_rule_with_its_parameters_and_its_source(client, officer):
    rule, other = find_rule("ltu_youth.2022"), find_rule("ltu_youth.2012")
    for address, told in (("who-needs-help/", (rule,)), ("who-needs-help/ltu_youth/2012/", (rule, other))):
        shown = client.get(f"/employment/{address}").content.decode()
        with override("zh-hans"):
            assert all(words in shown for one in told for words in (*one.lines, str(one.source)))
            assert "35" in one_line(rule)
            assert "12" in one_line(other)


def one_line(rule):
    return "".join(rule.lines)


def test_a_card_counts_who_is_in_the_group_and_for_want_of_what_others_cannot_be_judged(client, officer):
    seeker("甲")
    seeker("乙", born=None)
    seeker("丙", born=None, situation="")
    seeker("丁", situation=Situation.EMPLOYED, born=None)  # certainly not: nothing has to be asked
    judge()
    card = card_of(page_of(client))
    assert (card.group.in_group, card.group.by_hand, card.unknown) == (1, 0, 2)
    assert [(lack.what, lack.count) for lack in card.lacks] == [(Missing.BIRTH_DATE, 2), (Missing.SITUATION, 1)]


def test_every_figure_of_what_is_not_known_opens_its_list(client, officer):
    seeker("乙", born=None)
    seeker("丙", born=None, situation="")
    seeker("戊", since=None, situation=Situation.NOT_REGISTERED)
    page = page_of(client)
    for card in page.cards:
        for lack in card.lacks:
            rows = lacking(client, card.rule.kind, what=lack.what).context["page"].rows
            assert len(rows) == lack.count
            assert all(str(lack.word) in row.because for row in rows)
    assert names(lacking(client, what="situation")) == ["丙"]
    assert names(lacking(client, what="unemployed_since")) == ["戊"]


def test_nobody_of_another_office_is_counted_or_listed(client, officer):
    seeker("邻街", at=ELSEWHERE, born=None)
    other = seeker("邻街二", at=ELSEWHERE)
    ClientTag.objects.create(case=other, kind=ClientTagKind.VETERAN, from_on=ON)
    judge()
    page = page_of(client)
    assert page.files == 0
    assert all((card.group.in_group, card.group.came, card.unknown) == (0, 0, 0) for card in page.cards)
    assert all((group.in_group, group.came) == (0, 0) for group in page.stated)
    assert names(lacking(client, what="birth_date")) == []
    assert names(lacking(client, what="birth_date", unit="310110019")) == []
    assert names(compared(client, "2025", change="stays")) == []
    assert page_of(client, unit="310110019").files == 0


def test_a_childs_file_is_in_no_figure(client, officer):
    make.make_child("陈童")
    assert page_of(client).files == 0


def test_one_unit_alone_can_be_asked_for(client, officer):
    seeker("这里", born=None)
    seeker("隔壁", at=NEXT_DOOR, born=None)
    assert card_of(page_of(client)).unknown == 2
    assert card_of(page_of(client, unit=NEXT_DOOR)).unknown == 1
    assert names(lacking(client, what="birth_date", unit=NEXT_DOOR)) == ["隔壁"]


def test_a_month_tells_who_came_in_who_left_and_why(client, officer):
    stays, works, ages = seeker("留"), seeker("工"), seeker("龄")
    judge(on=ON - 40 * DAY)
    for case, until, reason in ((works, ON, TagEnd.AT_WORK), (ages, ON - DAY, TagEnd.AGE)):
        ClientTag.objects.filter(case=case, kind="ltu_youth").update(until_on=until, end_reason=reason)
    ClientTag.objects.create(case=works, kind=ClientTagKind.VETERAN, from_on=ON - 2 * DAY, set_by_id=7)
    card = card_of(page_of(client))
    assert (card.group.in_group, card.group.came, card.group.left_count) == (1, 0, 2)
    assert {departure.count for departure in card.group.left} == {1}
    before = card_of(page_of(client, month=f"{ON - 40 * DAY:%Y-%m}"))
    assert (before.group.came, before.group.left_count) == (3, 0)
    veterans = next(group for group in page_of(client).stated if group.kind == "veteran")
    assert (veterans.in_group, veterans.by_hand, veterans.came) == (1, 1, 1)
    assert stays.pk


def test_a_closed_file_is_in_no_group_and_still_in_the_month_in_which_it_left(client, officer):
    case = seeker()
    judge()
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=ON, close_reason="at_work")
    judge()
    card = card_of(page_of(client))
    assert (card.group.in_group, card.group.came, card.group.left_count, card.unknown) == (0, 1, 1, 0)


def test_another_version_shows_who_would_come_in_and_who_would_leave_and_changes_nothing(client, officer):
    seeker("一年多", since=ON - 400 * DAY)
    seeker("八个月", since=ON - 240 * DAY)
    seeker("不知道", since=None)
    seeker("未登记", since=ON - 400 * DAY, situation=Situation.NOT_REGISTERED)
    judge()
    before = ClientTag.objects.count()
    old, new = find_rule("ltu_youth.2022"), find_rule("ltu_youth.2012")
    for change in ("comes", "leaves", "unsure", "stays"):
        shown = compared(client, "2012", change=change)
        expected = []
        for file in read_block(list(Case.objects.values_list("pk", flat=True))):
            was, would = (rule.judge(file.facts, on=ON).verdict for rule in (old, new))
            said = {
                (False, Verdict.CAUGHT): "comes", (True, Verdict.NOT): "leaves", (True, Verdict.UNKNOWN): "unsure",
                (True, Verdict.CAUGHT): "stays",
            }.get((was is Verdict.CAUGHT, would))  # fmt: skip
            if said == change:
                expected.append(Person.objects.get(pk=file.person_id).name)
        assert names(shown) == sorted(expected)
        assert [tab.count for tab in shown.context["tabs"] if tab.is_current] == [len(expected)]
    assert names(compared(client, "2012", change="leaves")) == ["八个月", "未登记"]
    assert ClientTag.objects.count() == before


def test_whoever_would_leave_is_told_why(client, officer):
    seeker("八个月", since=ON - 240 * DAY)
    [row] = compared(client, "2012", change="leaves").context["page"].rows
    assert row.because


def test_whom_a_person_has_put_into_the_group_no_version_moves(client, officer):
    case = seeker("八个月", since=ON - 240 * DAY)
    ClientTag.objects.create(case=case, kind=ClientTagKind.LTU_YOUTH, from_on=ON, set_by_id=7)
    assert names(compared(client, "2012", change="leaves")) == []


@pytest.mark.parametrize(
    "address", ["who-needs-help/nobody/", "who-needs-help/veteran/", "who-needs-help/ltu_youth/1999/"]
)
def test_a_rule_that_is_not_there_is_not_there(client, officer, address):
    assert client.get(f"/employment/{address}").status_code == 404


@pytest.mark.parametrize("asked", [{"month": "1-1"}, {"unit": "nowhere"}, {"what": "moon"}, {"change": "moon"}])
def test_a_link_that_cannot_be_understood_opens_all_the_same(client, officer, asked):
    for name, *args in (("who_needs_help",), ("rule_lacking", "graduate"), ("rule_compare", "ltu_youth", "2025")):
        assert client.get(reverse(f"employment:{name}", args=args), asked).status_code == 200


def test_the_pages_ask_as_many_questions_for_thirty_files_as_for_one(client, officer):
    addresses = [
        reverse("employment:who_needs_help"),
        reverse("employment:rule_lacking", args=["ltu_youth"]) + "?what=birth_date&size=50",
        reverse("employment:rule_compare", args=["ltu_youth", "2012"]) + "?change=stays&size=50",
    ]

    def count():
        counted = []
        for address in addresses:
            with CaptureQueriesContext(connection) as caught:
                client.get(address)
            counted.append(len(caught))
        return counted

    def fill():
        seeker("无", born=None)
        seeker("久")
        judge()

    fill()
    count()
    few = count()
    for _ in range(15):
        fill()
    assert count() == few


@pytest.fixture
def large(monkeypatch):
    """Every unit with two files is a large one."""
    monkeypatch.setattr(help_counts, "LARGE", 2)


def count_in_the_night():
    for unit in help_counts.large_units():
        keep_help_figures(unit=unit, on=ON, now=NOW)


def figures(page):
    return (page.files, page.cards, page.stated)


def test_what_the_night_counted_is_what_counting_now_says(client, officer, large):
    works, ages = seeker("工"), seeker("龄", at=NEXT_DOOR)
    seeker("甲"), seeker("乙", born=None), seeker("丙", born=None, situation="", at=NEXT_DOOR)
    seeker("邻街", at=ELSEWHERE), seeker("邻街二", at=ELSEWHERE, born=None)
    make.make_child("陈童")
    joined = seeker("并")
    judge(on=ON - 40 * DAY)
    Case.objects.filter(pk=joined.pk).update(state=CaseState.CLOSED, closed_on=ON, close_reason="joined")
    ClientTag.objects.filter(case=works, kind="ltu_youth").update(until_on=ON, end_reason=TagEnd.AT_WORK)
    ClientTag.objects.filter(case=ages, kind="ltu_youth").update(until_on=ON - 35 * DAY, end_reason=TagEnd.AGE)
    ClientTag.objects.create(case=works, kind=ClientTagKind.VETERAN, from_on=ON - 2 * DAY, set_by_id=7)
    count_in_the_night()
    for asked in ({}, {"unit": "310110012"}, {"month": f"{ON - 40 * DAY:%Y-%m}"}):
        kept, counted = page_of(client, **asked), page_of(client, now="yes", **asked)
        assert (kept.counted_at, counted.counted_at) == (NOW, None)
        assert figures(kept) == figures(counted)
    assert page_of(client).files == 5


def test_figures_of_the_night_say_when_and_what_was_done_since_is_in_them_when_counted_now(client, officer, large):
    seeker("甲"), seeker("乙", born=None)
    count_in_the_night()
    seeker("丙", born=None)
    shown = client.get(reverse("employment:who_needs_help"))
    assert (shown.context["page"].files, page_of(client, now="yes").files) == (2, 3)
    assert "now=yes" in shown.content.decode()
    assert f"{NOW.astimezone():%Y-%m-%d}" in shown.content.decode()


def test_figures_of_the_night_are_for_nobody_who_keeps_more_or_less_than_that_unit(client, officer, large):
    seeker("甲"), seeker("乙", at=NEXT_DOOR)
    seeker("邻街", at=ELSEWHERE), seeker("邻街二", at=ELSEWHERE), seeker("邻街三", at=ELSEWHERE)
    count_in_the_night()
    assert page_of(client).counted_at == NOW
    assert page_of(client, unit=HERE).counted_at is None  # a committee is small
    assert page_of(client, unit="310110019").files == 2  # not hers: her own instead
    make.give_post(officer, Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110019"))
    both = page_of(client)
    assert (both.files, both.counted_at) == (5, None)


def test_figures_that_are_old_or_of_other_rules_are_not_shown(client, officer, large):
    seeker("甲"), seeker("乙")
    count_in_the_night()
    for counted_on, is_shown in ((ON - DAY, True), (ON - 2 * DAY, False)):
        HelpFigures.objects.update(counted_on=counted_on)
        assert (page_of(client).counted_at is not None) == is_shown
    row = HelpFigures.objects.first()
    HelpFigures.objects.update(counted_on=ON, figures={**row.figures, "rules": ["ltu_youth.2012"]})
    assert page_of(client).counted_at is None


def test_the_nightly_job_counts_large_units_and_forgets_those_that_have_become_small(officer, large, monkeypatch):
    seeker("甲"), seeker("乙")
    enqueue(jobs.judge_who_needs_help)
    drain()
    assert set(HelpFigures.objects.values_list("unit__code", flat=True)) == {"310110", "310110012"}
    monkeypatch.setattr(help_counts, "LARGE", 3)
    enqueue(jobs.judge_who_needs_help)
    drain()
    assert not HelpFigures.objects.exists()


def test_figures_of_the_night_take_one_query_whatever_they_count(client, officer, large):
    seeker("甲"), seeker("乙")
    count_in_the_night()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page_of(client)
        return [one["sql"] for one in captured if "casework_case" in one["sql"]]

    assert queries() == []
