"""Units as papers write them."""

import pytest

from sunward.blueprint.reading.lines import charge_of, proposed_joint
from sunward.blueprint.reading.unit_names import district_names

NAMES = district_names()


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("区人社局", "区人社局"),
        ("区人力资源和社会保障局", "区人社局"),
        ("区 妇 联", "区妇联"),
        ("区妇联（牵头）", "区妇联"),
        ("杨浦区民政局", "区民政局"),
        ("上海市杨浦区教育局", "区教育局"),
        ("区团委", "团区委"),
        ("五角场镇", ""),
        ("长白", "长白新村街道"),
        ("长海路街道办事处", "长海路街道"),
        ("区科学技术委员会", "区科委"),
        ("区数字办", ""),
        ("市人社局", ""),
        ("", ""),
    ],
)
def test_a_unit_is_found_under_every_name_that_is_known_and_under_no_other(written, unit):
    assert NAMES.find(written) == unit


@pytest.mark.parametrize(
    "text",
    [
        "区民政局、区教育局",
        "区民政局，区教育局",
        "区民政局 区教育局",
        "区民政局\n区教育局",
        "区民政局；区教育局",
        "区民政局和区教育局",
        "区民政局、区教育局等",
        "区民政局（牵头、负责），区教育局",
    ],
)
def test_a_list_is_read_however_its_items_are_set_apart(text):
    assert [item.unit for item in NAMES.read_list(text)] == ["区民政局", "区教育局"]


def test_every_subdistrict_is_kept_as_a_mark_that_says_what_it_would_mean():
    (item,) = NAMES.read_list("各街道")
    assert item.is_collective
    assert len(item.expands_to) == 12
    assert not item.unit


@pytest.mark.parametrize("text", ["区相关部门", "各有关单位", "全区各专班", "5个街道", "各居委", "其他成员单位"])
def test_other_words_for_several_units_are_marks_that_only_a_person_can_expand(text):
    (item,) = NAMES.read_list(text)
    assert (item.is_collective, item.expands_to, item.unit) == (True, (), "")


def test_a_number_of_subdistricts_expands_only_if_it_is_all_of_them():
    assert len(NAMES.read_list("12个街道")[0].expands_to) == 12
    assert NAMES.read_list("3个街道")[0].expands_to == ()


def lead_of(text: str, **told: bool) -> tuple[str, set[str]]:
    charge = charge_of(NAMES.read_list(text), **told)
    return charge.lead, {entry.code for entry in charge.unsure}


def test_the_first_of_several_leads_where_the_paper_says_so_and_is_to_be_confirmed():
    assert lead_of("区科委、区商务委") == ("区科委", {"lead_multiple"})


def test_nobody_moves_up_into_the_place_of_a_lead_that_is_not_known():
    assert lead_of("区数字办、区民政局", is_list=True) == ("", {"lead_unknown", "unit_unknown"})
    assert lead_of("各街道、区民政局", is_list=True) == ("", {"lead_collective", "unit_generic"})
    assert lead_of("") == ("", {"lead_missing"})


def test_without_the_rule_the_first_of_a_list_does_not_lead():
    charge = charge_of(NAMES.read_list("区民政局、区教育局"), leads_first=False, is_list=True)
    assert (charge.lead, charge.joint) == ("", ("区民政局", "区教育局"))
    assert [entry.code for entry in charge.unsure] == ["lead_not_said"]


def test_who_leads_does_not_join_and_nobody_joins_twice():
    charge = charge_of(NAMES.read_list("大桥街道"), NAMES.read_list("区民政局、大桥、各街道、民政局、殷行街道"))
    assert charge.joint == ("区民政局", "殷行街道")
    assert len(proposed_joint(charge)) == 1 + 11
    assert "大桥街道" not in proposed_joint(charge)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("区数字办", True),
        ("区人社局、各街道", True),
        ("试行", False),
        ("见附件一", False),
        ("", False),
        ("原则同意，具体由办公室另行通知各单位后实施", False),
    ],
)
def test_a_bracket_holds_units_or_it_holds_a_remark(text, holds):
    assert NAMES.looks_like_a_list(text) is holds
