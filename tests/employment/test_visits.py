"""Visits to employers: who reads and who writes them, the posts that come of them, and which employer is next."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.employment.access.visits import changeable_visits, visible_visits
from sunward.employment.actions.vacancy_adding import VacancyDetails, add_vacancy
from sunward.employment.actions.visits import VisitDetails, change_visit, record_visit, restore_visit, withdraw_visit
from sunward.employment.models import EmployerVisit, Recommendation, Vacancy
from sunward.employment.queries.visits import employers_to_visit
from sunward.ledger.queries import standing_facts
from sunward.web.home_vacancies import list_employers_to_visit, tell_employer_to_visit
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
DAY = timedelta(days=1)
AT = {"on": TODAY, "now": NOW}


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer(code=HERE):
    return make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code)))


@pytest.fixture
def lin():
    return officer()


@pytest.fixture
def page(client, lin):
    client.force_login(User.objects.get(pk=lin.user_id))
    return client


@pytest.fixture
def employer():
    return make_employer(make.make_subdistrict(HERE), name="上海示例云帆信息技术有限公司")


def said(**more):
    given = {"happened_on": TODAY, "is_online": True, "learned": "缺十名初级运维", "next_on": TODAY + 60 * DAY}
    return VisitDetails(**given | more)


def visit(actor, employer, **more):
    key, unit = more.pop("key", uuid4()), more.pop("unit", make.make_subdistrict(HERE))
    return record_visit(
        actor=actor, key=key, employer_id=employer.uid, unit_id=unit.pk, details=said(**more), **AT
    )  # fmt: skip


def waiting_for_an_answer(employer, *, due_on, step="applied"):
    case = make.make_jobseeker()
    return Recommendation.objects.create(
        case=case, vacancy=make_vacancy(employer), step=step, step_on=TODAY - 9 * DAY, due_on=due_on,
        unit_path=case.unit_path, made_at=NOW,
    )  # fmt: skip


def post_of(row, **more):
    return VacancyDetails(
        **{
            "employer": row.employer.name, "title": "初级运维工程师", "kind": "full_time", "places": 10,
            "salary_text": "6000-8000", "description": "机房巡检", "workplace": "大桥路1号", "unit_id": row.unit_id,
            "channel": "other", "visit": row.uid,
        } | more
    )  # fmt: skip


def facts_of(kind, number):
    return [(fact.kind, fact.happened_on, fact.attributes) for fact in standing_facts().filter(
        subject_kind=kind, subject_id=number
    )]  # fmt: skip


def test_a_visit_is_a_fact_that_says_whether_it_was_online(lin, employer):
    row = visit(lin, employer)
    assert facts_of("employer_visit", row.pk) == [
        ("employment.employer_visited", TODAY, {"employer": employer.pk, "is_online": True})
    ]


def test_a_form_that_is_sent_twice_is_one_visit(lin, employer):
    key = uuid4()
    for _press in range(2):
        visit(lin, employer, key=key)
    assert EmployerVisit.objects.count() == AuditEntry.objects.filter(code="employment.employer_visited").count() == 1


def test_the_district_reads_a_visit_and_only_its_own_office_changes_it(lin, employer):
    row, elsewhere = visit(lin, employer), officer(ELSEWHERE)
    abroad = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_unit("310109", name="虹口区")))
    assert list(visible_visits(elsewhere)) == list(changeable_visits(lin)) == [row]
    assert not changeable_visits(elsewhere).exists()
    assert not visible_visits(abroad).exists()
    for actor in (elsewhere, abroad):
        with pytest.raises(NotThere):
            change_visit(actor=actor, visit_id=row.uid, version=1, details=said(learned="别的"), **AT)
        with pytest.raises(NotThere):
            withdraw_visit(actor=actor, visit_id=row.uid, version=1, now=NOW)
        with pytest.raises(NotThere):
            add_vacancy(
                actor=actor, key=uuid4(), **AT,
                details=post_of(row, unit_id=actor.posts[0].unit_id),
            )  # fmt: skip


def test_nobody_writes_a_visit_down_for_another_office_or_at_an_employer_of_another_district(lin, employer):
    with pytest.raises(NotAllowed):
        visit(lin, employer, unit=make.make_subdistrict(ELSEWHERE))
    with pytest.raises(NotThere):
        visit(lin, make_employer(make.make_unit("310109", name="虹口区")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"happened_on": TODAY + DAY},
        {"happened_on": TODAY - 400 * DAY},
        {"learned": ""},
        {"learned": "长" * 2001},
        {"next_on": TODAY},
        {"next_on": TODAY + 400 * DAY},
    ],
)
def test_what_cannot_be_is_refused(lin, employer, wrong):
    with pytest.raises(Refusal):
        visit(lin, employer, **wrong)
    assert not EmployerVisit.objects.exists()


def test_another_day_corrects_the_fact_and_other_words_leave_it(lin, employer):
    row = visit(lin, employer)
    change_visit(actor=lin, visit_id=row.uid, version=1, details=said(learned="缺五名"), **AT)
    on_site = said(learned="缺五名", is_online=False, happened_on=TODAY - DAY)
    change_visit(actor=lin, visit_id=row.uid, version=2, details=on_site, **AT)
    assert facts_of("employer_visit", row.pk) == [
        ("employment.employer_visited", TODAY - DAY, {"employer": employer.pk, "is_online": False})
    ]
    with pytest.raises(Conflict):
        change_visit(actor=lin, visit_id=row.uid, version=2, details=said(learned="旧版本"), **AT)


def test_a_visit_that_is_taken_back_is_no_fact_any_more_and_can_be_had_again(lin, employer):
    row = visit(lin, employer)
    for _press in range(2):
        withdraw_visit(actor=lin, visit_id=row.uid, version=1, now=NOW)
    assert facts_of("employer_visit", row.pk) == []
    with pytest.raises(Conflict):
        add_vacancy(actor=lin, key=uuid4(), details=post_of(row), **AT)
    for _press in range(2):
        restore_visit(actor=lin, visit_id=row.uid, version=2, now=NOW)
    assert len(facts_of("employer_visit", row.pk)) == 1


def test_a_post_that_came_of_a_visit_names_it_in_its_source_and_its_fact(lin, employer):
    row = visit(lin, employer)
    post = add_vacancy(actor=lin, key=uuid4(), details=post_of(row), **AT)
    source = post.sources.get()
    assert (post.employer, source.visit, source.channel) == (employer, row, "online_visit")
    assert facts_of("vacancy", post.pk) == [
        ("employment.vacancy_added", TODAY, {"channel": "online_visit", "visit": row.pk})
    ]


def test_a_post_of_another_employer_did_not_come_of_the_visit(lin, employer):
    with pytest.raises(Refusal):
        add_vacancy(actor=lin, key=uuid4(), details=post_of(visit(lin, employer), employer="上海示例和睦物业"), **AT)
    assert not Vacancy.objects.exists()


def test_who_leaves_applicants_without_an_answer_comes_first_then_whose_day_has_come(lin, employer):
    unit = make.make_subdistrict(HERE)
    due, soon, late, silent = (make_employer(unit, name=name) for name in ("到期", "快到", "很远", "沉默"))
    for one, days in ((due, 1), (soon, 20), (late, 90)):
        visit(lin, one, happened_on=TODAY - 5 * DAY, next_on=TODAY + (days - 1) * DAY)
    waiting_for_an_answer(silent, due_on=TODAY - DAY)
    waiting_for_an_answer(make_employer(unit, name="还有时间"), due_on=TODAY)
    waiting_for_an_answer(make_employer(unit, name="等求职者"), due_on=TODAY - DAY, step="told")
    found = employers_to_visit(lin, on=TODAY)
    assert [row.name for row in found] == ["沉默", "到期", "快到"]
    assert [row.name for row in list_employers_to_visit(lin, TODAY)] == ["沉默", "到期"]
    assert "1" in str(tell_employer_to_visit(list_employers_to_visit(lin, TODAY)[0], TODAY).word)


def test_a_later_visit_settles_the_day_that_an_earlier_one_named(lin, employer):
    visit(lin, employer, happened_on=TODAY - 9 * DAY, next_on=TODAY)
    assert employers_to_visit(lin, on=TODAY).exists()
    last = visit(lin, employer, next_on=None)
    assert not employers_to_visit(lin, on=TODAY).exists()
    withdraw_visit(actor=lin, visit_id=last.uid, version=1, now=NOW)
    assert employers_to_visit(lin, on=TODAY).exists()


def test_the_home_page_names_only_the_employers_of_the_own_office(employer):
    visit(officer(), employer, happened_on=TODAY - 9 * DAY, next_on=TODAY)
    assert not list_employers_to_visit(officer(ELSEWHERE), TODAY).exists()


def test_nobody_who_waits_is_named_on_the_list_of_employers_to_visit(page, employer):
    row = waiting_for_an_answer(employer, due_on=TODAY - DAY)
    shown = page.get(reverse("employment:visits_next")).content.decode()
    assert employer.name in shown
    assert row.case.person.name not in shown
    shown = page.get(reverse("employment:employer", args=[employer.uid]))
    assert "1 人在等单位答复" in shown.content.decode()
    assert row.case.person.name not in shown.content.decode()
    answered = make_employer(make.make_subdistrict(HERE))
    assert page.get(reverse("employment:employer", args=[answered.uid])).context["waiting"] == ""


def test_a_visit_is_written_down_on_the_page_of_its_employer_and_its_posts_on_its_own(page, employer):
    unit = make.make_subdistrict(HERE)
    typed = {
        "key": str(uuid4()), "unit_id": unit.pk, "happened_on": TODAY.isoformat(), "is_online": "yes",
        "learned": "缺十名初级运维", "next_on": "",
    }  # fmt: skip
    answer = page.post(reverse("employment:visit_new", args=[employer.uid]), typed)
    row = EmployerVisit.objects.get()
    assert answer.url == reverse("employment:visit", args=[row.uid])
    form = page.get(reverse("employment:vacancy_new"), {"visit": row.uid}).context["form"]
    post = {name: form[name].value() or "" for name in form.fields} | {
        "title": "初级运维工程师", "places": "10", "salary_text": "6000-8000", "description": "机房巡检",
        "workplace": "大桥路1号", "kind": "full_time",
    }  # fmt: skip
    assert page.post(reverse("employment:vacancy_new"), post).url == reverse("employment:visit", args=[row.uid])
    shown = page.get(reverse("employment:visit", args=[row.uid])).context["page"]
    assert [one.title for one in shown.posts] == ["初级运维工程师"]
    assert page.get(reverse("employment:visits")).context["page"].rows[0].posts == 1


def test_two_who_change_one_visit_choose_what_shall_stand(page, lin, employer):
    row = visit(lin, employer)
    form = page.get(reverse("employment:visit_edit", args=[row.uid])).context["form"]
    shown = {name: str(form[name].value() or "") for name in form.fields}
    mine = shown | {f"initial-{name}": value for name, value in shown.items()} | {"learned": "我的", "version": "1"}
    change_visit(actor=lin, visit_id=row.uid, version=1, details=said(learned="她的"), **AT)
    screen = page.post(reverse("employment:visit_edit", args=[row.uid]), mine)
    assert screen.status_code == 409
    assert [dispute.theirs for dispute in screen.context["merge"].disputes] == ["她的"]


def test_a_visit_key_that_is_nonsense_is_not_there(page):
    assert page.get(reverse("employment:vacancy_new"), {"visit": "nonsense"}).status_code == 404


@pytest.mark.parametrize("name", ["visits", "visits_next"])
def test_a_list_of_forty_asks_no_more_than_a_list_of_four(page, lin, name):
    counts = []
    for count in (4, 36):
        for number in range(count):
            one = make_employer(make.make_subdistrict(HERE), name=f"单位{len(counts)}-{number}")
            visit(lin, one, happened_on=TODAY - DAY, next_on=TODAY)
        page.get(reverse(f"employment:{name}"))
        with CaptureQueriesContext(connection) as asked:
            page.get(reverse(f"employment:{name}"), {"size": "50"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_another_office_begins_no_post_of_a_visit_by_its_address(client, employer):
    row = visit(officer(), employer)
    client.force_login(User.objects.get(pk=officer(ELSEWHERE).user_id))
    address = reverse("employment:vacancy_new")
    assert client.get(address, {"visit": row.uid}).status_code == 404
    assert client.post(address, {"visit": row.uid}).status_code == 404
