"""Telephone numbers as offices write them."""

import pytest

from sunward.people.phones import read_phone


@pytest.mark.parametrize(
    "written",
    [
        "13900012345",
        "139-0001-2345",
        "139 0001 2345",
        "+86 139 0001 2345",
        "+8613900012345",
        "0086 13900012345",
        "86-13900012345",
        "１３９０００１２３４５",
        "13900012345/13800054321",
        "13900012345\n13800054321",
        "13900012345；13800054321",
        "13900012345、021-65430000",
        "65430000/13900012345",
        "13900012345 13800054321",
        "手机：13900012345",
        "13900012345（母亲）",
        "013900012345",
        "(+86)13900012345",
    ],
)
def test_the_first_mobile_number_of_a_cell_is_found(written: str) -> None:
    assert read_phone(written) == "+8613900012345"


@pytest.mark.parametrize("written", ["021-65430000", "65430000", "02165430000", "（021）65430000", "+86 21 65430000"])
def test_a_land_line_is_taken_where_there_is_no_mobile_number(written: str) -> None:
    assert read_phone(written) == "+862165430000"


@pytest.mark.parametrize(
    "written",
    [
        "1390001234",
        "139000123456",
        "12900012345",
        "无",
        "",
        "不详",
        "110",
        "见备注",
        "1390001234（10 位）",
        "1.39000123E+10",
        "1.3900012345E+10",
    ],
)
def test_what_is_no_number_is_not_taken(written: str) -> None:
    assert read_phone(written) is None
