"""Enterprises of a district from a workbook: what becomes of each row, twice, undone, and for whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.blueprint.enums import ResultStepKind
from sunward.blueprint.models import DistrictEnterprise
from sunward.core.refusals import NotAllowed, Refusal
from sunward.registers.access import importable_kinds, visible_batches
from sunward.registers.actions import repair_row
from tests.blueprint.meetings import make_keeper, unit_of
from tests.blueprint.results import go_on, lead_unit, make_enterprise, make_grade, make_result
from tests.employment.plans import employment_officer, read, take_over, undo
from tests.factories import NOW, TODAY, actor_of, make_officer
from tests.registers.imports import workbook

pytestmark = pytest.mark.django_db
HEADS = ("序号", "企业名称", "统一社会信用代码", "企业类别", "备注")
FIRST, SECOND = "91310110MA1FLJJN83", "91310110MA1FLJKABM"


@pytest.fixture(autouse=True)
def _units():
    lead_unit()


def listed(*rows: tuple[object, ...]) -> bytes:
    table = [[number, *row, ""] for number, row in enumerate(rows, start=1)]
    return workbook(table, heads=HEADS, title="重点科技企业名单")


def bring(actor, *rows):
    return take_over(actor, read(actor, listed(*rows), on=TODAY))


def there() -> list[tuple[str, str, str]]:
    return list(DistrictEnterprise.objects.order_by("pk").values_list("name", "credit_code", "kind"))


def outcomes(batch) -> list[tuple[str, list[str]]]:
    return [(row.outcome, row.codes) for row in batch.rows.order_by("row")]


def test_rows_become_enterprises_and_what_is_unsure_is_left_blank_or_waits_to_be_repaired():
    keeper = make_keeper()
    rows = [
        ("示例光电公司", FIRST, "关键核心技术类"), ("示例贸易公司", FIRST[:-1] + "?", "全球市场"),
        ("示例软件公司", "", "本土成长"), ("示例两可公司", "", "全球市场、本土成长"), ("", SECOND, "本土成长"),
        ("联系人13800001111", "", "本土成长"), ("很长" * 41, "", "本土成长"),
    ]  # fmt: skip
    batch = read(keeper, listed(*rows), on=TODAY)
    assert outcomes(batch) == [
        ("accepted", []), ("accepted_with_warning", ["uscc_checksum"]), ("accepted", []),
        ("rejected", ["enterprise_kind_missing"]), ("rejected", ["enterprise_name_missing"]),
        ("rejected", ["enterprise_name_invalid"]), ("rejected", ["enterprise_name_invalid"]),
    ]  # fmt: skip
    assert there() == []
    unsure = batch.rows.order_by("row")[3]
    repair_row(actor=keeper, batch_id=batch.uid, row_id=unsure.uid, cells={"kind": "全球市场"}, now=NOW)
    take_over(keeper, batch)
    assert there() == [
        ("示例光电公司", FIRST, "key_technology"), ("示例贸易公司", "", "global_market"),
        ("示例软件公司", "", "grown_here"), ("示例两可公司", "", "global_market"),
    ]  # fmt: skip
    made = DistrictEnterprise.objects.first()
    assert (made.unit, made.unit_path, made.made_by_id) == (unit_of("310110"), "/310110/", keeper.user_id)


def test_what_is_there_under_its_name_or_code_is_left_as_it_is():
    keeper = make_keeper()
    make_enterprise(keeper, name="示例光电公司", credit_code=FIRST)
    batch = bring(
        keeper, ("示例光电公司", "", "本土成长"), ("改了名的公司", FIRST, "本土成长"),
        ("新来的公司", SECOND, "本土成长"), ("新来的公司", "", "全球市场"),
    )  # fmt: skip
    known = "duplicate_of"
    assert [outcome for outcome, _codes in outcomes(batch)] == [known, known, "accepted", known]
    assert [name for name, _code, _kind in there()] == ["示例光电公司", "新来的公司"]
    assert outcomes(read(keeper, listed(("新来的公司", "", "全球市场")), on=TODAY)) == [(known, [])]


def test_what_somebody_wrote_down_between_reading_and_taking_over_is_left_as_it_is():
    keeper = make_keeper()
    batch = read(keeper, listed(("示例光电公司", FIRST, "本土成长"), ("新来的公司", "", "本土成长")), on=TODAY)
    by_hand = make_enterprise(keeper, name="示例光电公司")
    take_over(keeper, batch)
    assert there() == [("示例光电公司", "", by_hand.kind), ("新来的公司", "", "grown_here")]
    undo(keeper, batch)
    assert [name for name, _code, _kind in there()] == ["示例光电公司"]


def test_another_district_has_its_own_and_neither_is_told_of_the_others():
    elsewhere = actor_of(make_officer(Role.PLAN_OFFICER, unit_of("310109")))
    bring(elsewhere, ("示例光电公司", FIRST, "本土成长"))
    batch = bring(make_keeper(), ("示例光电公司", FIRST, "本土成长"))
    assert outcomes(batch) == [("accepted", [])]
    assert DistrictEnterprise.objects.count() == 2


def test_an_undo_takes_away_what_nobody_has_worked_with_since():
    keeper = make_keeper()
    names = ("无人动过", "改过名称", "评了等级", "有了成果")
    batch = bring(keeper, *((name, "", "本土成长") for name in names))
    firms = {row.name: row for row in DistrictEnterprise.objects.all()}
    DistrictEnterprise.objects.filter(name="改过名称").update(version=2)
    make_grade(firms["评了等级"], keeper)
    go_on(make_result(keeper=keeper), ResultStepKind.NEED_MATCHED, TODAY, keeper=keeper, firm=firms["有了成果"])
    undo(keeper, batch)
    assert [name for name, _code, _kind in there()] == ["改过名称", "评了等级", "有了成果"]


def test_only_who_keeps_a_districts_plans_imports_them_or_sees_the_import():
    keeper = make_keeper()
    batch = bring(keeper, ("示例光电公司", FIRST, "本土成长"))
    unit = actor_of(make_officer(Role.PLAN_OFFICER, lead_unit()))
    leader = actor_of(make_officer(Role.LEADER))
    elsewhere = actor_of(make_officer(Role.PLAN_OFFICER, unit_of("310109")))
    assert list(visible_batches(keeper)) == [batch]
    for other in (unit, leader, elsewhere, employment_officer()):
        assert not visible_batches(other).exists()
    assert [kind.key for kind in importable_kinds(keeper)] == ["district_enterprise"]
    for other in (unit, leader):
        assert importable_kinds(other) == ()
        with pytest.raises(NotAllowed):
            read(other, listed(("示例光电公司", "", "本土成长")), on=TODAY)
    with pytest.raises(Refusal):
        read(employment_officer(), listed(("示例光电公司", "", "本土成长")), on=TODAY)


def test_the_way_to_the_import_stands_beside_the_list_for_who_may_and_nobody_else():
    address = reverse("registers:batches")
    for role, code, expected in (
        (Role.PLAN_OFFICER, "310110", 200), (Role.PLAN_OFFICER, lead_unit().code, 403), (Role.LEADER, "310110", 403),
    ):  # fmt: skip
        client = Client()
        client.force_login(make_officer(role, unit_of(code)))
        page = client.get(reverse("blueprint:enterprises")).content.decode()
        assert (f'href="{address}"' in page) == (expected == 200)
        assert client.get(address).status_code == expected


def test_a_hundred_rows_are_looked_for_in_as_many_queries_as_two():
    keeper = make_keeper()

    def ask(number: int, mark: str) -> int:
        rows = [(f"示例{mark}{place}公司", "", "本土成长") for place in range(number)]
        with CaptureQueriesContext(connection) as asked:
            read(keeper, listed(*rows), on=TODAY)
        return len([one for one in asked if "blueprint_districtenterprise" in one["sql"]])

    assert ask(100, "甲") == ask(2, "乙") <= 2
