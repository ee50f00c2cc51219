"""Which two adverts are one post: held against adverts whose employers, trades and wordings the rule has never seen."""

from datetime import date
from typing import Any

import pytest

from sunward.employment.sheets import VACANCIES
from sunward.employment.vacancies.likeness import employer_core, likeness, place_core, read_titles, sketch_of
from sunward.registers.enums import Outcome
from sunward.registers.sheets.identities import MemoryIdentities
from sunward.registers.sheets.nearness import ANOTHER, DECISION, SAME, SAME_CODE
from sunward.registers.sheets.staging import StagedRow, read_draft, settle
from tests.employment.adverts import KEYS, Advert, make_adverts

ON = date(2022, 11, 30)
POST = {
    "employer": "上海鼎晟机械制造有限公司", "uscc": None, "title": "数控车工", "salary_min": 7000, "salary_max": 9000,
    "salary_period": "month", "place": "杨浦区军工路8100弄5号301室",
    "description": "操作数控车床加工轴类零件，按图纸检验尺寸，更换刀具并填写记录，保持机床清洁，五险一金。",
}  # fmt: skip


def stage(adverts: list[Advert]) -> list[StagedRow]:
    drafts = [
        (advert.number, read_draft(dict(zip(KEYS, advert.cells, strict=True)), VACANCIES, on=ON))  # type: ignore[arg-type]
        for advert in adverts
    ]
    return list(settle(drafts, VACANCIES, MemoryIdentities(), file="f", sheet="s"))


@pytest.mark.parametrize("seed", [401, 402, 403])
def test_of_unseen_adverts_97_of_100_likenesses_are_right_and_95_of_100_are_found(seed: int) -> None:
    adverts = make_adverts(seed, posts=400)
    told = {row.row: row.duplicate_of.row for row in stage(adverts) if row.duplicate_of}
    wanted = {advert.number: advert.same_as.number for advert in adverts if advert.same_as}
    right = sum(wanted.get(number) == original for number, original in told.items())
    assert len(wanted) > 60
    assert right / len(told) >= 0.97
    assert right / len(wanted) >= 0.95


def alike(**changed: Any) -> float:
    return likeness(sketch_of(POST), sketch_of({**POST, **changed}))


def test_the_employer_may_be_written_without_its_town_and_its_form() -> None:
    for name in (
        "鼎晟机械制造（上海）有限公司",
        "鼎晟机械制造有限公司",
        "上海市鼎晟机械制造",
        "上海鼎晟机械制造有限责任公司",
    ):
        assert employer_core(name) == "鼎晟机械制造"
        assert alike(employer=name) > 0.9


def test_another_house_another_employer_other_pay_and_another_grade_are_another_post() -> None:
    assert alike() == 1.0
    assert alike(place="杨浦区军工路8100弄6号") == 0.0
    assert alike(place="浦东新区张江") == 0.0
    assert alike(employer="上海凯润机械制造有限公司") == 0.0
    assert alike(salary_min=12_000, salary_max=15_000) == 0.0
    for title in ("数控车工组长", "高级数控车工", "数控车工（夜班）"):
        assert alike(title=title) == 0.0


def test_two_valid_credit_codes_decide_whatever_the_names_say() -> None:
    one = sketch_of({**POST, "uscc": "91310110MA1FLJJN83"})
    assert likeness(one, sketch_of({**POST, "uscc": "91310110MAGQ6UQ263"})) == 0.0
    assert likeness(one, sketch_of({**POST, "uscc": "91310110MA1FLJJN83", "employer": "鼎晟车工坊"})) > 0.9
    assert likeness(one, sketch_of(POST)) > 0.9


def test_the_same_work_is_known_under_a_name_that_shares_no_sign_with_the_first() -> None:
    duties = "轴类零件的车床加工；尺寸按图纸检验；填写记录，更换刀具；机床清洁；做五休二"
    assert alike(title="CNC操作员", description=duties) > 0.0
    assert alike(title="CNC操作员", description="接听来电，登记访客，收发快递，预订会议室，五险一金，做五休二") == 0.0


def test_benefits_that_every_advert_promises_make_no_likeness() -> None:
    benefits = "五险一金、做五休二、带薪年假、提供工作餐、节日福利"
    one = sketch_of({**POST, "title": "仓管", "description": benefits})
    assert likeness(one, sketch_of({**POST, "title": "前台", "description": benefits})) == 0.0


def test_an_advert_without_a_workplace_is_the_same_only_if_all_else_is() -> None:
    assert alike(place="") > 0.0
    assert alike(place="", salary_max=9500) == 0.0
    assert alike(place="", title="铣工") == 0.0


def test_places_and_titles_are_compared_without_what_adorns_them() -> None:
    assert place_core("上海市杨浦区大桥街道军工路8100弄5号301室") == place_core("军工路8100弄5号") == "军工路8100弄5"
    assert read_titles("急聘数控车工/CNC操作工（包吃住）3名")[0] == ("数控车工", "cnc操作工")


def test_a_decision_of_a_person_holds_whenever_the_row_is_judged_again() -> None:
    first, again = stage_pair({})
    assert (first.outcome, again.outcome) == (Outcome.ACCEPTED, Outcome.DUPLICATE)
    _first, another = stage_pair({DECISION: ANOTHER})
    assert (another.outcome, another.duplicate_of) == (Outcome.ACCEPTED, None)
    _first, same = stage_pair({DECISION: SAME})
    assert same.outcome == Outcome.WARNED
    assert SAME_CODE in same.codes
    assert same.duplicate_of is not None
    assert same.duplicate_of.row == 1


def stage_pair(decided: dict[str, str]) -> list[StagedRow]:
    pair = next([one, other] for one, other in _pairs())
    cells = [dict(zip(KEYS, advert.cells, strict=True)) for advert in pair]
    cells[1] |= decided
    drafts = [(number, read_draft(row, VACANCIES, on=ON)) for number, row in enumerate(cells, 1)]  # type: ignore[arg-type]
    return list(settle(drafts, VACANCIES, MemoryIdentities(), file="f", sheet="s"))


def _pairs() -> list[tuple[Advert, Advert]]:
    return [
        (advert.same_as, advert) for advert in make_adverts(7, posts=60) if advert.same_as is not None and advert.uscc
    ]
