"""Two vacancies that may be one post: offered to whoever answers for both, merged with all they have, parted again."""

from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.likenesses import decidable_likenesses, waiting_likenesses
from sunward.employment.actions.vacancies import close_vacancy, reopen_vacancy
from sunward.employment.actions.vacancy_adding import VacancyDetails, add_vacancy
from sunward.employment.actions.vacancy_changing import VacancyChanges, change_vacancy
from sunward.employment.actions.vacancy_merging import merge_vacancies, part_vacancies, tell_vacancies_apart
from sunward.employment.enums import Channel, LikenessState, VacancyState
from sunward.employment.models import Recommendation, VacancyLikeness, VacancySource
from sunward.ledger.queries import standing_facts
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "310110012", "310110019"
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


def pair(*, elsewhere=False, **more):
    """The one known first, the one known later, and the pair."""
    employer = make_employer(make.make_subdistrict(HERE))
    first = make_vacancy(employer, title="保安员", contact_phone="13800001111")
    unit = make.make_subdistrict(ELSEWHERE if elsewhere else HERE)
    second = make_vacancy(employer, title="秩序维护员", contact_phone="13800002222", unit=unit, **more)
    for row, name in ((first, "先来"), (second, "后来")):
        VacancySource.objects.create(vacancy=row, channel=Channel.VISIT, name=name, told_at=NOW)
    return first, second, VacancyLikeness.objects.create(first=first, second=second, points=80, reasons=["place"])


def merge(actor, found, keep, versions=(1, 1)):
    return merge_vacancies(actor=actor, likeness_id=found.pk, keep=keep.uid, versions=versions, **AT)


def part(actor, row, version=2):
    return part_vacancies(actor=actor, vacancy_id=row.uid, version=version, **AT)


def recommend(vacancy, case):
    return Recommendation.objects.create(
        case=case, vacancy=vacancy, step_on=TODAY, unit_path=case.unit_path, made_at=NOW
    )  # fmt: skip


def details(**more):
    given = {
        "employer": "上海示例云帆信息技术有限公司", "title": "运维工程师", "kind": "full_time", "places": 10,
        "salary_text": "8千-1.2万", "description": "机房巡检和服务器维护，处理网络故障，编写值班记录",
        "workplace": "大桥路1号", "unit_id": make.make_subdistrict(HERE).pk, "channel": Channel.VISIT,
    } | more  # fmt: skip
    return VacancyDetails(**given)


def add(actor, **more):
    return add_vacancy(actor=actor, key=uuid4(), details=details(**more), **AT)


def test_a_post_that_is_written_down_twice_is_offered_as_one_with_what_speaks_for_it(lin):
    add(lin)
    add(lin, title="初级运维工程师", description="维护服务器，机房巡检，处理网络故障")
    assert not VacancyLikeness.objects.exists()  # another grade is another post
    third = add(lin, title="运维工程师（急招）")
    found = VacancyLikeness.objects.get()
    assert (found.second, found.reasons) == (third, ["employer", "place", "title", "pay", "duties"])


def test_a_change_that_makes_two_posts_of_it_takes_the_question_back_and_a_decision_stays(lin):
    first, second = add(lin), add(lin)
    said = {name: getattr(second, name) for name in VacancyChanges.__dataclass_fields__}
    change_vacancy(
        actor=lin, vacancy_id=second.uid, version=1, changes=VacancyChanges(**said | {"workplace": "控江路9号"}), **AT
    )
    assert not VacancyLikeness.objects.exists()
    change_vacancy(actor=lin, vacancy_id=second.uid, version=2, changes=VacancyChanges(**said), **AT)
    found = VacancyLikeness.objects.get()
    tell_vacancies_apart(actor=lin, likeness_id=found.pk, **AT)
    close_vacancy(actor=lin, vacancy_id=first.uid, version=1, reason="filled", **AT)
    reopen_vacancy(actor=lin, vacancy_id=first.uid, version=2, **AT)
    found.refresh_from_db()
    assert found.state == LikenessState.DIFFERENT


def test_a_pair_of_two_sub_districts_waits_for_the_district_alone(lin):
    _first, _second, found = pair(elsewhere=True)
    district = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_district()))
    abroad = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_unit("310109", name="虹口区")))
    assert list(waiting_likenesses(district)) == [found]
    for actor in (lin, officer(ELSEWHERE), abroad):
        assert not decidable_likenesses(actor).exists()
        with pytest.raises(NotThere):
            merge(actor, found, _first)
        with pytest.raises(NotThere):
            tell_vacancies_apart(actor=actor, likeness_id=found.pk, **AT)


def test_merging_closes_the_one_and_shows_the_sources_of_both_on_the_other(lin, client):
    first, second, found = pair()
    merge(lin, found, first)
    second.refresh_from_db()
    assert (second.state, second.close_reason, second.merged_into) == (VacancyState.CLOSED, "merged", first)
    client.force_login(User.objects.get(pk=lin.user_id))
    page = client.get(reverse("employment:vacancy", args=[first.uid])).context["page"]
    assert [one.name for one in page.sources] == ["先来", "后来"]
    assert [one.uid for one in page.merged] == [second.uid]
    assert client.get(reverse("employment:vacancy", args=[second.uid])).context["page"].may_part


def test_merging_twice_with_one_press_is_one_act(lin):
    first, _second, found = pair()
    for _press in range(2):
        assert merge(lin, found, first) == first
    assert AuditEntry.objects.filter(code="employment.vacancy_merged").count() == 1


def test_recommendations_follow_and_nobody_is_followed_up_twice_for_one_post(lin):
    first, second, found = pair()
    one, both = make.make_jobseeker(), make.make_jobseeker()
    follows, stays = recommend(second, one), recommend(second, both)
    recommend(first, both)
    merge(lin, found, first)
    follows.refresh_from_db()
    stays.refresh_from_db()
    assert (follows.vacancy, stays.vacancy) == (first, second)
    part(lin, second)
    follows.refresh_from_db()
    assert follows.vacancy == second


def test_parting_puts_everything_back_and_asks_again(lin):
    first, second, found = pair()
    merge(lin, found, first)
    part(lin, second)
    second.refresh_from_db()
    found.refresh_from_db()
    assert (second.state, second.close_reason, second.merged_into) == (VacancyState.OPEN, "", None)
    assert (found.state, found.decided_at) == (LikenessState.OPEN, None)
    assert not standing_facts().filter(subject_kind="vacancy", subject_id=second.pk).exists()


def test_three_that_are_one_hang_on_the_last_that_stays_and_part_as_they_came(lin):
    first, second, found = pair()
    third = make_vacancy(first.employer, title="安保")
    other = VacancyLikeness.objects.create(first=first, second=third, points=70)
    case = make.make_jobseeker()
    told = recommend(second, case)
    merge(lin, found, first)
    merge(lin, other, third)
    second.refresh_from_db()
    told.refresh_from_db()
    assert second.merged_into == told.vacancy == third
    part(lin, first)
    second.refresh_from_db()
    told.refresh_from_db()
    assert second.merged_into == told.vacancy == first
    part(lin, second)
    told.refresh_from_db()
    assert told.vacancy == second


def test_one_that_changed_meanwhile_or_is_closed_is_looked_at_again(lin):
    first, second, found = pair()
    with pytest.raises(Conflict):
        merge(lin, found, first, versions=(1, 2))
    close_vacancy(actor=lin, vacancy_id=second.uid, version=1, reason="filled", **AT)
    with pytest.raises(Conflict):
        merge(lin, found, first, versions=(1, 2))
    assert not waiting_likenesses(lin).exists()


def test_a_pair_is_decided_once_until_it_is_parted(lin):
    first, _second, found = pair()
    tell_vacancies_apart(actor=lin, likeness_id=found.pk, **AT)
    tell_vacancies_apart(actor=lin, likeness_id=found.pk, **AT)
    assert AuditEntry.objects.filter(code="employment.vacancies_differ").count() == 1
    with pytest.raises(Conflict):
        merge(lin, found, first)


def test_neither_of_the_two_is_no_answer(lin):
    _first, _second, found = pair()
    with pytest.raises(Refusal):
        merge(lin, found, make_vacancy(_first.employer))


def test_who_answers_for_one_of_the_two_alone_does_not_part_them(lin):
    first, second, found = pair(elsewhere=True)
    district = make.actor_of(make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_district()))
    merge(district, found, first)
    with pytest.raises(NotThere):
        part(officer(ELSEWHERE), second)


def test_the_side_by_side_page_says_what_differs_and_shows_neither_telephone(lin, client):
    first, _second, found = pair()
    client.force_login(User.objects.get(pk=lin.user_id))
    assert first.title in client.get(reverse("employment:likenesses")).content.decode()
    answer = client.get(reverse("employment:likeness", args=[found.pk]))
    assert {str(line.first) for line in answer.context["page"].lines if line.differs} >= {"2026-11-25 上门走访 先来"}
    page = client.get(reverse("employment:vacancy", args=[first.uid])).context["page"]
    assert [one.id for one in page.pairs] == [found.pk]
    assert "1380000" not in answer.content.decode()
    refused = client.post(reverse("employment:likeness_same", args=[found.pk]), {})
    assert refused.status_code == 422


def test_whoever_does_not_decide_a_pair_is_not_told_of_it_on_the_page(lin, client):
    first, _second, _found = pair(elsewhere=True)
    client.force_login(User.objects.get(pk=lin.user_id))
    assert client.get(reverse("employment:vacancy", args=[first.uid])).context["page"].pairs == ()
