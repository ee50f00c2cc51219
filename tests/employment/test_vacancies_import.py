"""A list of vacancies taken over: employers, vacancies, sources; a post told twice; twice the same list; undone."""

import random
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.db import connection
from django.urls import reverse

from sunward.core.refusals import Conflict
from sunward.employment.enums import Channel, Education, VacancyKind, VacancyState
from sunward.employment.models import Employer, Vacancy, VacancySource
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.registers.actions import confirm_same, declare_another_person, repair_row
from sunward.registers.models import ImportBatch, StagedRow
from tests.employment.adverts import credit_code
from tests.employment.builders import make_vacancy
from tests.employment.plans import bring_in, employment_officer, read, take_over, undo
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ROSTER = Path(__file__).resolve().parents[3] / "shared" / "rosters" / "岗位信息.xlsx"
DUTIES = "操作数控车床加工轴类零件；按图纸检验尺寸；更换刀具并填写记录；五险一金"
USCC = "91310110MA1FLJJN83"
FIRST = {
    "单位名称": "上海鼎晟机械制造有限公司",
    "统一社会信用代码": USCC,
    "行业": "零售业",
    "岗位名称": "数控车工",
    "招聘人数": "2-3人",
    "薪资": "7千-9千",
    "学历要求": "大专及以上",
    "工作地点": "杨浦区大桥街道军工路8100弄5号301室",
    "联系方式": "张女士 13900001234",
    "有效期": "2023-01-31",
    "岗位描述": DUTIES,
    "来源渠道": "企业直报",
}
# The same post as another channel writes it.
SECOND = {
    "单位名称": "鼎晟机械制造（上海）有限公司",
    "统一社会信用代码": "",
    "岗位名称": "急聘CNC操作工",
    "薪资": "7000-9000元/月",
    "工作地点": "军工路8100弄5号",
    "岗位描述": "轴类零件的数控车床加工、尺寸按图纸检验、填写记录更换刀具",
    "来源渠道": "街道收集",
}


def advert(**cells: Any) -> list[Any]:
    return list((FIRST | cells).values())


def again(**cells: Any) -> list[Any]:
    return advert(**SECOND | cells)


def vacancies(*rows: Sequence[Any]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": NOW.replace(tzinfo=None)})
        sheet = book.add_worksheet("岗位信息")
        for number, row in enumerate(([*FIRST], *rows)):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def row_of(batch: ImportBatch, number: int) -> StagedRow:
    return batch.rows.get(row=number)


def test_a_row_becomes_an_employer_a_vacancy_waiting_to_be_verified_and_a_source():
    batch = bring_in(employment_officer(), vacancies(advert()))
    vacancy = Vacancy.objects.select_related("employer").get()
    assert (vacancy.employer.name, vacancy.employer.uscc) == ("上海鼎晟机械制造有限公司", USCC)
    assert (vacancy.employer.name_key, vacancy.employer.industry) == ("鼎晟机械制造", "F52")
    assert (vacancy.title, vacancy.kind, vacancy.state) == ("数控车工", VacancyKind.FULL_TIME, VacancyState.WAITING)
    assert (vacancy.places_min, vacancy.places_max) == (2, 3)
    assert (vacancy.salary_min, vacancy.salary_max, vacancy.salary_text) == (7000, 9000, "7千-9千")
    assert (vacancy.education, vacancy.valid_until) == (Education.COLLEGE, date(2023, 1, 31))
    assert (vacancy.contact_name, vacancy.contact_phone) == ("张女士", "+8613900001234")
    assert (vacancy.description, vacancy.findings) == (DUTIES, [])
    assert vacancy.unit.name == "大桥街道"
    assert vacancy.source_batch_id == batch.pk
    source = vacancy.sources.get()
    assert (source.channel, source.name, source.title) == (Channel.EMPLOYER, "企业直报", "数控车工")
    assert standing_facts().filter(kind="employment.vacancy_registered", subject_id=vacancy.pk).count() == 1


def test_what_the_check_finds_holds_a_vacancy_with_the_words_to_look_at():
    bring_in(employment_officer(), vacancies(advert(岗位描述="搬运货物，限男性，35岁以下。")))
    vacancy = Vacancy.objects.get()
    assert vacancy.state == VacancyState.HELD
    assert {one["rule"] for one in vacancy.findings} == {"disc_gender", "disc_age"}
    for one in vacancy.findings:
        assert vacancy.description[one["start"] : one["end"]] == one["words"]


def test_a_phone_number_is_not_readable_in_the_database():
    bring_in(employment_officer(), vacancies(advert()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact_phone FROM employment_vacancy")
        assert "13900001234" not in str(cursor.fetchone()[0])


def test_employers_are_found_by_their_code_else_by_their_name_and_two_codes_are_two_employers():
    other = credit_code(random.Random(1))
    bring_in(
        employment_officer(),
        vacancies(
            advert(岗位名称="前台"),
            advert(单位名称="鼎晟机械制造", 统一社会信用代码="", 岗位名称="会计", 岗位描述="记账报税"),
            advert(单位名称="鼎晟车间", 岗位名称="司机", 岗位描述="送货"),
            advert(统一社会信用代码=other, 岗位名称="保洁", 岗位描述="打扫"),
        ),
    )
    assert Vacancy.objects.count() == 4
    assert sorted(Employer.objects.values_list("uscc", flat=True)) == sorted([USCC, other])
    assert Employer.objects.get(uscc=other).vacancies.count() == 1


def test_a_code_that_comes_later_is_added_to_the_employer_known_by_name():
    bring_in(employment_officer(), vacancies(advert(统一社会信用代码="")))
    assert Employer.objects.get().uscc is None
    bring_in(employment_officer("310110012"), vacancies(advert(岗位名称="会计", 岗位描述="记账报税")))
    assert Employer.objects.get().uscc == "91310110MA1FLJJN83"


def test_a_post_told_twice_waits_for_a_person_and_a_confirmed_one_adds_a_source():
    officer = employment_officer()
    batch = read(officer, vacancies(advert(), again()))
    row = row_of(batch, 3)
    assert (row.outcome, row.duplicate_row) == ("duplicate_of", row_of(batch, 2))
    confirm_same(actor=officer, batch_id=batch.uid, row_id=row.uid, now=NOW)
    confirm_same(actor=officer, batch_id=batch.uid, row_id=row.uid, now=NOW)
    take_over(officer, batch)
    vacancy = Vacancy.objects.get()
    assert list(vacancy.sources.order_by("pk").values_list("channel", "title", "salary_text")) == [
        ("employer", "数控车工", "7千-9千"), ("subdistrict", "急聘CNC操作工", "7000-9000元/月"),
    ]  # fmt: skip


def test_a_post_told_twice_without_a_decision_changes_nothing():
    bring_in(employment_officer(), vacancies(advert(), again()))
    assert (Vacancy.objects.count(), VacancySource.objects.count()) == (1, 1)


def test_a_post_that_a_person_calls_another_one_becomes_a_vacancy_of_its_own():
    officer = employment_officer()
    batch = read(officer, vacancies(advert(), again()))
    row = row_of(batch, 3)
    confirm_same(actor=officer, batch_id=batch.uid, row_id=row.uid, now=NOW)
    declare_another_person(actor=officer, batch_id=batch.uid, row_id=row.uid, now=NOW)
    take_over(officer, batch)
    assert (Vacancy.objects.count(), Employer.objects.count()) == (2, 1)
    assert Vacancy.objects.get(title="急聘CNC操作工").contact_phone == "+8613900001234"


def test_a_row_that_is_like_nothing_cannot_be_called_the_same():
    officer = employment_officer()
    batch = read(officer, vacancies(advert()))
    with pytest.raises(Conflict):
        confirm_same(actor=officer, batch_id=batch.uid, row_id=row_of(batch, 2).uid, now=NOW)


def test_a_repaired_row_is_compared_with_the_others_of_its_list():
    officer = employment_officer()
    batch = read(officer, vacancies(advert(), again(岗位名称="")))
    row = row_of(batch, 3)
    assert row.outcome == "rejected"
    row = repair_row(actor=officer, batch_id=batch.uid, row_id=row.uid, cells={"title": "CNC操作工"}, now=NOW)
    assert (row.outcome, row.duplicate_row) == ("duplicate_of", row_of(batch, 2))


def test_the_same_list_in_other_bytes_changes_nothing_and_adds_no_source_even_if_confirmed():
    officer = employment_officer()
    bring_in(officer, vacancies(advert()))
    batch = read(officer, vacancies(advert(), advert(岗位名称="")))
    row = row_of(batch, 2)
    assert (row.outcome, row.duplicate_kind, row.duplicate_id) == ("duplicate_of", "vacancy", Vacancy.objects.get().pk)
    confirm_same(actor=officer, batch_id=batch.uid, row_id=row.uid, now=NOW)
    take_over(officer, batch)
    assert (Vacancy.objects.count(), VacancySource.objects.count()) == (1, 1)


def test_an_undone_list_takes_its_vacancies_and_employers_along_but_nothing_that_was_touched():
    officer = employment_officer()
    batch = bring_in(officer, vacancies(advert(), advert(单位名称="上海凯润餐饮有限公司", 统一社会信用代码="")))
    verified = Vacancy.objects.get(employer__name="上海凯润餐饮有限公司")
    Vacancy.objects.filter(pk=verified.pk).update(
        state=VacancyState.OPEN, verified_on=date(2022, 12, 1), verified_until=date(2022, 12, 31), version=2
    )
    undo(officer, batch)
    assert list(Vacancy.objects.values_list("pk", flat=True)) == [verified.pk]
    assert Employer.objects.get().name == "上海凯润餐饮有限公司"
    assert row_of(batch, 3).kept_because == "registers.kept_changed"
    assert standing_facts().filter(kind="employment.vacancy_registered").count() == 1
    assert Fact.objects.filter(is_withdrawal=True).count() == 1


def test_an_undone_list_takes_its_further_source_back_and_leaves_the_vacancy():
    officer = employment_officer()
    first = bring_in(officer, vacancies(advert()))
    second = read(officer, vacancies(again()))
    confirm_same(actor=officer, batch_id=second.uid, row_id=row_of(second, 2).uid, now=NOW)
    take_over(officer, second)
    undo(officer, first)
    assert row_of(first, 2).kept_because == "registers.kept_in_use"
    undo(officer, second)
    assert (Vacancy.objects.count(), VacancySource.objects.count()) == (1, 1)
    assert row_of(second, 2).state == "undone"


def test_a_list_whose_rows_are_one_post_is_undone_whole():
    officer = employment_officer()
    batch = read(officer, vacancies(advert(), again()))
    confirm_same(actor=officer, batch_id=batch.uid, row_id=row_of(batch, 3).uid, now=NOW)
    undo(officer, take_over(officer, batch))
    assert not Vacancy.objects.exists()
    assert not VacancySource.objects.exists()
    assert not Employer.objects.exists()
    assert set(batch.rows.values_list("state", flat=True)) == {"undone"}


def test_a_post_of_another_office_is_known_without_a_word_about_it_and_cannot_be_added_to():
    bring_in(employment_officer("310110012"), vacancies(advert(工作地点="军工路8100弄5号")))
    officer = employment_officer("310110016")
    batch = read(officer, vacancies(again()))
    row = row_of(batch, 2)
    assert (row.outcome, row.codes) == ("duplicate_of", ["known_elsewhere", "uscc_missing"])
    with pytest.raises(Conflict):
        confirm_same(actor=officer, batch_id=batch.uid, row_id=row.uid, now=NOW)


def test_the_workbench_shows_both_posts_and_takes_the_decision(client):
    officer = employment_officer()
    batch = read(officer, vacancies(advert(), again()))
    client.force_login(ImportBatch.objects.get().made_by)
    page = client.get(reverse("registers:batch", args=[batch.uid]), {"outcome": "duplicate_of"})
    text = page.content.decode()
    assert "急聘CNC操作工" in text
    assert "数控车工 · 上海鼎晟机械制造有限公司 · 7千-9千" in text
    assert "13900001234" not in text
    answer = client.post(reverse("registers:row_same", args=[batch.uid, row_of(batch, 3).uid]), {"outcome": "x"})
    assert answer.status_code == 302
    assert row_of(batch, 3).outcome == "accepted_with_warning"


def test_after_the_import_the_way_leads_to_the_vacancies(client):
    batch = bring_in(employment_officer(), vacancies(advert()))
    client.force_login(ImportBatch.objects.get().made_by)
    page = client.get(reverse("registers:batch", args=[batch.uid]))
    assert f'href="{reverse("employment:vacancies")}"' in page.content.decode()


@pytest.mark.skipif(not ROSTER.exists(), reason="the shared rosters are not beside the repository (../shared/rosters)")
def test_the_roster_comes_in_twice_as_once_and_can_be_undone():
    officer = employment_officer()
    batch = read(officer, ROSTER.read_bytes(), names=["岗位信息.xlsx"])
    assert (batch.counts["accepted"], batch.counts["accepted_with_warning"]) == (852, 245)
    assert (batch.counts["duplicate_of"], batch.counts["rejected"]) == (96, 7)
    take_over(officer, batch)
    assert Vacancy.objects.count() == VacancySource.objects.count() == 1097
    assert Vacancy.objects.filter(state=VacancyState.HELD).count() == 64
    more = read(officer, ROSTER.read_bytes() + b"\0", names=["又一次.xlsx"])
    assert (more.counts["ready"], more.counts["duplicate_of"], more.counts["rejected"]) == (0, 1193, 7)
    undo(officer, batch)
    assert not Vacancy.objects.exists()
    assert not Employer.objects.exists()


def test_the_words_of_a_vacancy_that_was_merged_still_speak_of_the_one_that_stays():
    officer = employment_officer()
    bring_in(officer, vacancies(advert()))
    stays = Vacancy.objects.get()
    goes = make_vacancy(
        stays.employer, title="急聘行政助理", workplace="长阳路100号", description="整理文件、接待来访、采购办公用品",
        salary_min=None, salary_max=None, unit=stays.unit, state=VacancyState.CLOSED, close_reason="merged",
        merged_into=stays,
    )  # fmt: skip
    VacancySource.objects.create(
        vacancy=goes, channel=Channel.SUBDISTRICT, name="街道收集", title="行政助理", salary_text="面议", told_at=NOW
    )
    words = {
        "岗位名称": "行政助理", "工作地点": "长阳路100号", "岗位描述": "整理文件、接待来访、采购办公用品",
        "薪资": "面议", "来源渠道": "街道收集",
    }  # fmt: skip
    batch = read(officer, vacancies(advert(**words)))
    row = batch.rows.get()
    confirm_same(actor=officer, batch_id=batch.uid, row_id=row.uid, now=NOW)
    take_over(officer, batch)
    assert Vacancy.objects.count() == 2
    assert VacancySource.objects.count() == 2  # told so before, by the one that was merged
