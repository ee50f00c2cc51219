"""Lists for many: drawn from the files and vacancies of the day, looked at, told once, dropped."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere
from sunward.employment.actions.recommendations import recommend
from sunward.employment.actions.shortlist_starting import drop_shortlist, start_shortlist, tell_shortlist
from sunward.employment.actions.shortlists import record_lines
from sunward.employment.enums import Intention, ShortlistState, StepKind
from sunward.employment.models import Jobseeker, JobWish, Placement, Recommendation, ShortlistRun
from sunward.employment.queries.market import read_market
from sunward.employment.shortlists.making import make_shortlists
from sunward.employment.shortlists.policy import DEFAULT
from sunward.outreach.models import Message
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
CASHIER, CODE = "收银员", "4-01-02-03"
DAY = timedelta(days=1)
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer(code=HERE):
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code)))


def seeker(name, *, code=HERE, wish=CODE, **profile):
    unit = make.make_committee(f"{code}001", subdistrict=make.make_subdistrict(code))
    case = make.make_jobseeker(name, unit=unit)
    Jobseeker.objects.create(case=case, **{"intention": Intention.WORK} | profile)
    if wish:
        JobWish.objects.create(case=case, words=CASHIER, occupation=wish)
    return case


def vacancy(**more):
    given = {"title": CASHIER, "occupation": CODE, "places_min": 3, "places_max": 3, "subdistrict_code": HERE}
    return make_vacancy(make_employer(make.make_subdistrict(HERE)), **given | more)


def market():
    return read_market(make.make_subdistrict(HERE), policy=DEFAULT, on=TODAY)


def drawn(actor, run_jobs):
    run = start_shortlist(actor=actor, unit_code=HERE, **AT)
    run_jobs()
    run.refresh_from_db()
    return run


def test_the_market_holds_whoever_looks_for_work_and_has_none_and_what_is_open_today():
    looks, post = seeker("找工作"), vacancy()
    seeker("暂无打算", intention=Intention.NONE)
    seeker("别的街道", code=ELSEWHERE)
    closed, works = seeker("已销档"), seeker("已上岗")
    Case.objects.filter(pk=closed.pk).update(state=CaseState.CLOSED, closed_on=TODAY)
    Placement.objects.create(
        case=works, employer_name="x", kind="contract", basis="said", started_on=TODAY, unit_path=works.unit_path,
        recorded_by_id=officer().user_id, recorded_at=NOW,
    )  # fmt: skip
    vacancy(state="waiting", verified_on=None, verified_until=None)
    vacancy(verified_until=TODAY - DAY)
    found = market()
    assert [one.key for one in found.seekers] == [looks.pk]
    assert [one.key for one in found.posts] == [post.pk]


def test_nobody_is_told_the_same_twice_and_what_was_told_counts_against_the_cap():
    case, post, other = seeker("找工作"), vacancy(), vacancy()
    recommend(actor=officer(), case_id=case.uid, vacancy_id=post.uid, is_told=True, **AT)
    found = market()
    assert found.known == {(case.pk, post.pk)}
    assert {one.key: (one.told, one.seen) for one in found.posts} == {post.pk: (1, 1), other.pk: (0, 0)}
    lists = make_shortlists(found)
    assert [line.post for line in lists.lines[case.pk]] == [other.pk]


def test_lists_are_drawn_looked_at_and_told_once_in_one_message_each(run_jobs):
    actor = officer()
    cases = [seeker("甲"), seeker("乙")]
    posts = [vacancy(), vacancy()]
    run = drawn(actor, run_jobs)
    assert run.state == ShortlistState.DRAWN
    assert Recommendation.objects.filter(run=run, step=StepKind.DRAWN).count() == 4
    assert not Message.objects.exists()
    for _number in range(2):
        tell_shortlist(actor=actor, shortlist_id=run.uid, **AT)
        run_jobs()
    run.refresh_from_db()
    assert run.state == ShortlistState.TOLD
    assert Recommendation.objects.filter(run=run, step=StepKind.TOLD).count() == 4
    messages = Message.objects.filter(about="employment.shortlist")
    assert {message.person_id for message in messages} == {case.person_id for case in cases}
    assert messages.count() == 2
    assert all(post.employer.name in messages[0].body for post in posts)


def test_what_is_over_meanwhile_is_not_told_and_whose_file_is_closed_hears_nothing(run_jobs):
    actor = officer()
    stays, closed, over = seeker("甲"), seeker("乙"), vacancy()
    vacancy()
    run = drawn(actor, run_jobs)
    type(over).objects.filter(pk=over.pk).update(verified_until=TODAY - DAY)
    Case.objects.filter(pk=closed.pk).update(state=CaseState.CLOSED, closed_on=TODAY)
    tell_shortlist(actor=actor, shortlist_id=run.uid, **AT)
    run_jobs()
    assert {row.case_id for row in Recommendation.objects.all()} == {stays.pk}
    assert over.pk not in {row.vacancy_id for row in Recommendation.objects.all()}


def test_dropped_lists_leave_nothing_and_told_ones_cannot_be_dropped(run_jobs):
    actor = officer()
    seeker("甲")
    vacancy()
    run = drawn(actor, run_jobs)
    drop_shortlist(actor=actor, shortlist_id=run.uid, now=NOW)
    assert not Recommendation.objects.exists()
    with pytest.raises(Conflict):
        tell_shortlist(actor=actor, shortlist_id=run.uid, **AT)
    run = drawn(actor, run_jobs)
    tell_shortlist(actor=actor, shortlist_id=run.uid, **AT)
    with pytest.raises(Conflict):
        drop_shortlist(actor=actor, shortlist_id=run.uid, now=NOW)


def test_lists_of_yesterday_are_not_told_today(run_jobs):
    actor = officer()
    seeker("甲")
    vacancy()
    run = drawn(actor, run_jobs)
    with pytest.raises(Conflict) as refused:
        tell_shortlist(actor=actor, shortlist_id=run.uid, on=TODAY + DAY, now=NOW + DAY)
    assert refused.value.code == "employment.shortlist_old"


def test_a_second_drawing_takes_the_place_of_what_was_not_told(run_jobs):
    actor = officer()
    seeker("甲")
    vacancy()
    first, second = drawn(actor, run_jobs), drawn(actor, run_jobs)
    assert set(Recommendation.objects.values_list("run", flat=True)) == {second.pk}
    assert first.pk != second.pk


def test_two_who_press_at_once_get_the_same_run_and_a_run_that_was_dropped_writes_no_lines():
    actor = officer()
    seeker("甲")
    vacancy()
    run = start_shortlist(actor=actor, unit_code=HERE, **AT)
    assert start_shortlist(actor=officer(), unit_code=HERE, **AT) == run
    drop_shortlist(actor=actor, shortlist_id=run.uid, now=NOW)
    assert not record_lines(run_pk=run.pk, lists=make_shortlists(market()), nothing=(), now=NOW)
    assert not Recommendation.objects.exists()


def test_an_officer_elsewhere_neither_draws_nor_tells_nor_drops(run_jobs):
    seeker("甲")
    vacancy()
    run = drawn(officer(), run_jobs)
    other = officer(ELSEWHERE)
    for act in (
        lambda: start_shortlist(actor=other, unit_code=HERE, **AT),
        lambda: tell_shortlist(actor=other, shortlist_id=run.uid, **AT),
        lambda: drop_shortlist(actor=other, shortlist_id=run.uid, now=NOW),
    ):
        with pytest.raises(NotThere):
            act()


def test_the_page_says_why_for_each_line_and_why_somebody_got_nothing(client, run_jobs):
    user = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(HERE))
    client.force_login(user)
    seeker("甲先生")
    seeker("乙女士", wish="2-02-10-03")
    vacancy()
    answer = client.post(reverse("employment:shortlists"), {"unit": HERE})
    run = ShortlistRun.objects.get()
    assert answer.url == reverse("employment:shortlist", args=[run.uid])
    assert client.get(answer.url).status_code == 200
    run_jobs()
    page = client.get(answer.url)
    people, nothing = page.context["people"], page.context["page"].nothing
    assert [person.name for person in people] == ["甲先生"]
    assert people[0].lines[0].why
    assert people[0].lines[0].chance
    assert [one.name for one in nothing] == ["乙女士"]
    assert nothing[0].why
    assert client.post(reverse("employment:shortlist_tell", args=[run.uid])).status_code == 302
    run_jobs()
    assert client.get(answer.url).context["page"].row.state == ShortlistState.TOLD.label
