"""What a vacancy pays and how many it wants, in words, and what a community group reads of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from sunward.employment.enums import VacancyState
from sunward.employment.vacancies.wording import Pay, write_places
from sunward.outreach.digests import DigestRequest, digest_sections
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import TODAY, make_district, make_subdistrict, make_unit

SECTION = "employment.vacancies"


def lines(unit, *, on=TODAY):
    request = DigestRequest(unit_id=unit.pk, unit_path=unit.path, on=on)
    return [line.text for line in digest_sections()[SECTION].read(request)]


@pytest.mark.parametrize(
    ("pay", "chinese", "english"),
    [
        (Pay(8000, 12000), "8000–12000元/月", "8000–12000 yuan a month"),
        (Pay(8000, 12000, months=13), "8000–12000元/月（13薪）", "8000–12000 yuan a month, 13 times a year"),
        (Pay(6000, 6000), "6000元/月", "6000 yuan a month"),
        (Pay(5000, None), "5000元/月起", "from 5000 yuan a month"),
        (Pay(None, 5000), "不超过5000元/月", "up to 5000 yuan a month"),
        (Pay(None, None, "hour", Decimal("25.00"), Decimal("27.50")), "25–27.5元/小时", "25–27.5 yuan an hour"),
        (Pay(None, None, "day", Decimal("200.00"), Decimal("200.00")), "200元/天", "200 yuan a day"),
        (Pay(None, None, ""), "薪资面议", "salary to be agreed"),
    ],
)  # fmt: skip
def test_a_salary_is_said_as_people_say_it(pay, chinese, english):
    with override("zh-hans"):
        assert pay.words() == chinese
    with override("en"):
        assert pay.words() == english


def test_places_are_said_where_somebody_said_how_many():
    with override("zh-hans"):
        assert [write_places(2, 2), write_places(2, 3), write_places(None, None)] == ["招2人", "招2至3人", ""]


@pytest.mark.django_db
def test_a_group_reads_what_is_open_and_first_what_its_own_unit_found():
    district, kongjiang = make_district(), make_subdistrict()
    other = make_subdistrict("310110016")
    make_vacancy(make_employer(district, name="上海甲物流有限公司"), title="分拣员", verified_on=TODAY)
    make_vacancy(
        make_employer(kongjiang, name="上海乙超市有限公司"), title="收银员", verified_on=TODAY - timedelta(days=9)
    )
    make_vacancy(make_employer(other, name="上海丙餐饮有限公司"), title="服务员", verified_on=TODAY - timedelta(days=1))
    with override("zh-hans"):
        found = lines(kongjiang)
    assert [text.splitlines()[0] for text in found] == [
        "收银员 · 上海乙超市有限公司", "分拣员 · 上海甲物流有限公司", "服务员 · 上海丙餐饮有限公司"
    ]  # fmt: skip
    assert found[0].splitlines()[1] == "   5000–7000元/月 · 控江路街道 · 招2人"


@pytest.mark.django_db
@pytest.mark.parametrize("state", [state for state in VacancyState if state != VacancyState.OPEN])
def test_no_group_reads_of_a_vacancy_that_nobody_answers_for(state):
    make_vacancy(state=state, close_reason="other" if state == VacancyState.CLOSED else "")
    assert lines(make_district()) == []


@pytest.mark.django_db
def test_a_vacancy_is_told_of_until_the_last_day_on_which_it_is_verified_and_not_a_day_longer():
    make_vacancy(verified_until=TODAY)
    assert len(lines(make_district(), on=TODAY)) == 1
    assert lines(make_district(), on=TODAY + timedelta(days=1)) == []


@pytest.mark.django_db
def test_no_group_reads_of_another_districts_vacancies():
    elsewhere = make_unit("310115", name="浦东新区")
    make_vacancy(make_employer(elsewhere))
    assert lines(make_district()) == []
