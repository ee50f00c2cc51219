"""What single cells say: dates, names, places, lists, answers, texts."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.accounts.areas import committees, find_committees, find_subdistrict_in, read_subdistrict, subdistricts
from sunward.mentoring.sheets.children import CHILDREN, is_in_school
from sunward.mentoring.sheets.mothers import MOTHERS, read_vetting_result
from sunward.registers.normalise.answers import read_count, read_sex, read_yes_no
from sunward.registers.normalise.dates import PartialDate, read_date_text, read_number
from sunward.registers.normalise.names import read_name
from sunward.registers.normalise.schools import is_school, read_school
from sunward.registers.normalise.text import clean_text, is_formula_like, split_list
from sunward.registers.sheets.headings import HeadingIndex
from sunward.registers.sheets.staging import read_draft
from sunward.registers.workbook.cells import Cell

# Dates ---------------------------------------------------------------------------------------------------------------


@settings(deadline=None)  # a loaded machine is not a wrong day
@given(st.dates(date(1936, 1, 1), date(2035, 12, 31)))
def test_every_way_of_writing_a_day_gives_that_day(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    serial = str((day - date(1899, 12, 30)).days)
    written = [
        f"{y}.{m}.{d}",
        f"{y}/{m}/{d}",
        f"{y}-{m:02}-{d:02}",
        f"{y}年{m}月{d}日",
        f"{y}{m:02}{d:02}",
        f"{y % 100:02}.{m}.{d}",
        f"{y}.{m:02}.{d:02}".translate(wide),
        f"{y}-{m:02}-{d:02} 00:00:00",
        f"{y}年{m}月{d}号",
        f"{y}、{m}、{d}",
        f" {y} . {m} . {d} ",
        f"{y} 年 {m} 月 {d} 日",
        f"{y}。{m}。{d}",
        f"{y} {m:02} {d:02}",
        f"{y}年{m}月{d}日（补录）",
        f"{y}/{m}/{d} 8:30:00 AM",
        f"{y}年{m}月{d}日下午2点",
        f"已培训{y}.{m}.{d}",
        serial,
    ]
    for text in written:
        assert read_date_text(text).value == PartialDate(y, m, d), text
    assert read_number(float(serial)).value == PartialDate(y, m, d)
    assert read_number(float(f"{y}{m:02}{d:02}")).value == PartialDate(y, m, d)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("二〇二二年十月三十一日", "2022-10-31"),
        ("二零二二年十二月五日", "2022-12-05"),
        ("一九八七年三月十四日", "1987-03-14"),
        ("2022.10", "2022-10"),
        ("2022年10月", "2022-10"),
        ("2022-10", "2022-10"),
        ("2022/3", "2022-03"),
        ("2022年10月底", "2022-10"),
        ("202210", "2022-10"),
        ("22年3月", "2022-03"),
        ("2022 年 3 月", "2022-03"),
        ("220305", "2022-03-05"),
        ("Mar-22", "2022-03"),
        ("5-Mar-22", "2022-03-05"),
        ("2022年", "2022"),
        ("2022", "2022"),
        ("31/10/2022", "2022-10-31"),
        ("10/31/2022", "2022-10-31"),
        ("2022年10月31日出生", "2022-10-31"),
        ("2022-10-31T08:00:00", "2022-10-31"),
        ("2022.10.31.", "2022-10-31"),
        ("2022年10月31日（星期一）", "2022-10-31"),
        ("2022.1", "2022-01"),
        ("76.3.2", "1976-03-02"),
    ],
)
def test_a_day_keeps_the_precision_it_is_written_with(text: str, iso: str) -> None:
    found = read_date_text(text).value
    assert found is not None
    assert found.iso == iso
    assert PartialDate.from_iso(iso) == found


@pytest.mark.parametrize(
    "text",
    [
        "不详",
        "去年秋天",
        "待补",
        "2022-13-01",
        "2010-02-30",
        "二月",
        "10月31日",
        "2022.3.5、2022.6.1",
        "Foo-22",
        "abc",
        "2020-2022",
        "1",
    ],
)
def test_what_is_no_day_is_unreadable(text: str) -> None:
    assert read_date_text(text).problem == "date_unreadable"


def test_a_month_whose_zero_may_be_lost_is_ambiguous_where_numbers_cannot_be_told_from_text() -> None:
    assert read_number(2022.1).problem == "date_ambiguous"
    assert read_date_text("2022.1", is_typed=False).problem == "date_ambiguous"
    assert read_date_text("3/4/2022").problem == "date_ambiguous"
    assert [read_number(number).value for number in (2022.11, 2022.03, 2022.2)] == [
        PartialDate(2022, 11),
        PartialDate(2022, 3),
        PartialDate(2022, 2),
    ]


def test_a_workbook_of_the_1904_system_counts_from_there() -> None:
    assert read_number(43403.0, is_1904=True).value == PartialDate(2022, 10, 31)


def test_a_partial_date_knows_its_first_and_last_day() -> None:
    assert (PartialDate(2024, 2).first, PartialDate(2024, 2).last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert PartialDate(2024, 2).covers(date(2024, 2, 29))
    assert not PartialDate(2024, 2, 3).covers(date(2024, 2, 4))


# Names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("李　明", "李明"),
        (" 李 明 ", "李明"),
        ("李\u00a0明", "李明"),
        ("\ufeff李明", "李明"),
        ("李\u200b明", "李明"),
        ("李\n明", "李明"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("ＡＮＮＡ　ＲＵＩＺ", "ANNA RUIZ"),
        ("Anna  Ruiz", "Anna Ruiz"),
        ("王𠅤", "王𠅤"),
        ("★李明", "李明"),
        ("李明*", "李明"),
        ("O'Neil", "O'Neil"),
        ("1.李明", "李明"),
        ("上官婉儿", "上官婉儿"),
        ("王〇", "王〇"),
        ("王小红（小名红红）", "王小红"),
    ],
)
def test_a_name_loses_spaces_and_marks_and_nothing_else(text: str, name: str) -> None:
    assert read_name(text) == (name, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "name_missing"),
        ("无", "name_missing"),
        ("—", "name_missing"),
        ("不详", "name_missing"),
        ('=HYPERLINK("http://x","y")', "name_invalid"),
        ("@SUM(1+9)*9", "name_invalid"),
        ("+SUM(A1)", "name_invalid"),
        ("12345", "name_invalid"),
        ("13900012345", "name_invalid"),
        ("＝１＋１", "name_invalid"),
        ("http://example.invalid", "name_invalid"),
    ],
)
def test_what_is_no_name_is_told_apart(text: str, code: str) -> None:
    assert read_name(text) == (None, code)


@pytest.mark.parametrize("text", ["王?", "王？", "王\ufffd", "王□"])
def test_a_name_with_a_lost_character_is_kept_with_a_warning(text: str) -> None:
    name, code = read_name(text)
    assert code == "name_char_lost"
    assert name is not None
    assert name.startswith("王")


# Places --------------------------------------------------------------------------------------------------------------


def test_a_committee_is_found_behind_any_name_of_its_sub_district_and_a_number_before_a_sub_district_is_none() -> None:
    assert [area.code for area in find_committees("四平鞍山四村第二居委会")] == ["310110009004"]
    for text in ("9.四平路", "09 四平路街道"):
        reading = read_subdistrict(text)
        assert reading is not None
        assert reading.area is not None
        assert reading.area.name == "四平路街道"


def test_words_behind_the_answer_leave_it_as_it_is() -> None:
    assert [read_count(text) for text in ("可带2人", "2个家庭")] == [2, 2]
    for text, risk in (("高/红色", "高"), ("低（绿）", "低"), ("中：需关注", "中"), ("一般", "一般")):
        assert read_draft({"risk": text}, CHILDREN, on=date(2022, 11, 30)).values["risk"] == risk


def test_a_result_in_the_column_of_the_day_is_read_too() -> None:
    draft = read_draft({"vetted_on": "2022.3.8未见记录"}, MOTHERS, on=date(2022, 11, 30))
    assert (draft.values["vetted_on"], draft.values["vetting_result"]) == ("2022-03-08", "clear")


@pytest.mark.parametrize("area", subdistricts(), ids=lambda area: area.code)
def test_a_sub_district_is_known_by_its_name_its_short_names_and_with_what_stands_around_it(area) -> None:
    short = area.name.removesuffix("街道")
    for text in (
        area.name,
        short,
        f"{short}街道办事处",
        f"杨浦区{area.name}",
        f"上海市杨浦区{area.name}",
        f" {area.name}\n",
        f"{area.name}（盖章）",
    ):
        found = read_subdistrict(text)
        assert found is not None
        assert (found.area, found.is_old_name) == (area, False), text
    assert find_subdistrict_in(f"2022年{area.name}困境儿童台账") == area
    assert find_subdistrict_in(f"9{short}") == area


def test_an_old_town_is_its_successor_and_a_place_of_another_district_is_none_of_ours() -> None:
    old = read_subdistrict("五角场镇")
    assert old is not None
    assert old.area is not None
    assert (old.area.name, old.is_old_name) == ("长海路街道", True)
    for text in ("花木街道", "浦东新区花木街道", "欧阳路街道", "某某镇"):
        outside = read_subdistrict(text)
        assert outside is not None
        assert outside.area is None
    assert read_subdistrict("") is None
    assert read_subdistrict("杨浦区") is None


@pytest.mark.parametrize("text", ["Sheet1", "花名册", "五角场街道、大桥街道", "2022年汇总", "四平", ""])
def test_a_title_tells_a_sub_district_only_if_it_names_exactly_one(text: str) -> None:
    found = find_subdistrict_in(text)
    assert (found.name if found else None) == ("四平路街道" if text == "四平" else None)


def test_every_committee_is_found_under_all_its_endings_and_no_two_are_confused() -> None:
    assert len(committees()) > 290
    for area in committees():
        bare = area.name.removesuffix("居委会")
        for text in (area.name, bare, f"{bare}居委", f"{bare}居民区", f"{bare}居民委员会", f" {area.name} "):
            assert find_committees(text) == (area,), text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("控江路2026弄居委会", "控江路二零二六弄居委会"),
        ("控江路18弄", "控江路十八弄居委会"),
        ("控江路1200弄居委", "控江路一千二百弄居委会"),
        ("殷行路250弄居委会", "殷行路二百五十弄居委会"),
        ("国和一村二居委", "国和一村第二居委会"),
        ("国和1村第2居委会", "国和一村第二居委会"),
        ("四平路街道公交新村居委会", "公交新村居委会"),
        ("鞍山四村第一", "鞍山四村第一居委会"),
    ],
)
def test_lane_numbers_may_be_arabic_or_chinese(text: str, name: str) -> None:
    assert [area.name for area in find_committees(text)] == [name]


@pytest.mark.parametrize("text", ["幸福里第九居委会", "春申第三居委会", "向阳一村居委会", "控江路", ""])
def test_a_committee_that_is_not_in_the_list_is_not_guessed(text: str) -> None:
    assert find_committees(text) == ()


# Answers and lists ---------------------------------------------------------------------------------------------------


def test_answers_are_read_in_their_many_forms() -> None:
    assert {read_sex(text) for text in ("男", "男性", "M", "1", "男 ", "Ｍ", "♂")} == {"M"}
    assert {read_sex(text) for text in ("女", "女性", "F", "2", "女孩", "female")} == {"F"}
    assert read_sex("未知") is None
    assert {
        read_yes_no(text) for text in ("是", "愿意", "同意", "√", "Y", "有", " 是 ", "是，愿意", "愿意（需考察）")
    } == {True}
    assert {read_yes_no(text) for text in ("否", "不愿意", "无", "×", "N", "没有", "否（家长不同意）")} == {False}
    assert {read_yes_no(text) for text in ("", "暂不考虑", "待定", "看情况")} == {None}
    assert [read_count(text) for text in ("2", "2人", "两名", "２", "1 名", "三", "最多3个", "若干", "")] == [
        2,
        2,
        2,
        2,
        1,
        3,
        3,
        None,
        None,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "心理疏导、学业辅导",
        "心理疏导，学业辅导",
        "心理疏导\n学业辅导",
        "心理疏导/学业辅导",
        "心理疏导；学业辅导",
        "1.心理疏导\n2.学业辅导",
        "心理疏导 学业辅导",
        "心理疏导、、学业辅导、心理疏导",
    ],
)
def test_a_cell_of_several_values_is_split_at_any_separator(text: str) -> None:
    assert split_list(text) == ("心理疏导", "学业辅导")


def test_schools_are_known_by_short_and_former_names() -> None:
    told = {
        "上财": "上海财经大学",
        "上海体育学院": "上海体育大学",
        "复旦大学（邯郸校区）": "复旦大学",
        "上海版专": "上海出版印刷高等专科学校",
    }
    assert {text: read_school(text) for text in told} == told
    assert read_school("某某大学") == "某某大学"
    assert is_school("某某职业技术学院")
    assert not is_school("历史学")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("未见记录", "clear"),
        ("无违法犯罪记录", "clear"),
        ("没有违法犯罪记录", "clear"),
        ("合格", "clear"),
        ("通过", "clear"),
        ("无", "clear"),
        ("未发现异常", "clear"),
        ("未见不良记录", "clear"),
        ("无不适宜情形", "clear"),
        ("不存在从业禁止情形", "clear"),
        ("禁止从业", "unfit"),
        ("适宜", "clear"),
        ("不适宜", "unfit"),
        ("不合格", "unfit"),
        ("未通过", "unfit"),
        ("没有通过", "unfit"),
        ("有违法犯罪记录", "unfit"),
        ("存在不良记录", "unfit"),
        ("查询中", "pending"),
        ("待查询", "pending"),
        ("审核中", "pending"),
        ("已提交申请", "pending"),
        ("", None),
        ("未查询", None),
        ("尚未办理", None),
        ("无法查询", None),
        ("无需查询", None),
    ],
)
def test_a_background_check_is_clear_only_if_the_words_say_so(text: str, result: str | None) -> None:
    assert read_vetting_result(text) == result


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("有", (None, "clear", "vetting_missing")),
        ("√", (None, "clear", "vetting_missing")),
        ("无", (None, None, "vetting_missing")),
        ("未提供", (None, None, "vetting_missing")),
        ("暂无", (None, None, "vetting_missing")),
        ("办理中", (None, "pending", "vetting_pending")),
        ("有犯罪记录", (None, "unfit", "vetting_unfit")),
        ("已开具2022.3.8", ("2022-03-08", "clear", None)),
        ("有（2021年3月8日）", ("2021-03-08", "clear", "vetting_expired")),
        (date(2022, 3, 8), ("2022-03-08", "clear", None)),
        ("有，有效期至2022.6.1", (None, "clear", "vetting_missing")),
    ],
)
def test_a_certificate_of_a_clean_record_speaks_for_her_where_it_is_there(
    cell: Cell, told: tuple[str | None, str | None, str | None]
) -> None:
    assert _judge_one("无犯罪记录证明", cell) == told


@pytest.mark.parametrize(
    ("heading", "text", "result"),
    [
        ("是否通过背景审查", "是", "clear"),
        ("审查是否合格", "否", "unfit"),
        ("背审是否通过", "审核中", "pending"),
        ("有无违法犯罪记录", "有", "unfit"),
        ("有无犯罪记录", "无", "clear"),
    ],
)
def test_yes_and_no_mean_what_the_heading_asks(heading: str, text: str, result: str) -> None:
    assert _judge_one(heading, text)[1] == result


def _judge_one(heading: str, cell: Cell) -> tuple[str | None, str | None, str | None]:
    meaning = HeadingIndex(MOTHERS).meaning([heading])
    assert meaning is not None
    assert meaning.field is not None
    draft = read_draft({meaning.field.key: cell}, MOTHERS, on=date(2022, 11, 30))
    codes = [code for code in draft.codes if code.startswith("vetting")]
    day, result = (draft.values[key] for key in ("vetted_on", "vetting_result"))
    assert day is None or isinstance(day, str)
    assert result is None or isinstance(result, str)
    return day, result, codes[0] if codes else None


@pytest.mark.parametrize(
    "text",
    [
        "高三",
        "大学一年级",
        "小学三年级",
        "中专在读",
        "在校",
        "复旦大学",
        "幼儿园大班",
        "是",
        "高中二年级",
        "应届高中生在读",
        "大一",
        "初三毕业班",
    ],
)
def test_a_child_at_school_is_recognised(text: str) -> None:
    assert is_in_school(text)


@pytest.mark.parametrize(
    "text", ["不在校", "辍学", "高中毕业", "已工作", "", "无", "待业", "初中肄业", "未入学", "未上学", "无学籍"]
)
def test_a_child_that_is_not_at_school_is_recognised(text: str) -> None:
    assert not is_in_school(text)


# Texts ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(1)", "@SUM(1)", "+SUM(A1)", "-2+3+cmd", "+1+1", "-(1)", "＝１＋１", "-1|cmd"]
)
def test_texts_that_a_spreadsheet_might_run_are_seen(text: str) -> None:
    assert is_formula_like(clean_text(text))


@pytest.mark.parametrize(
    "text", ["-", "—", "-已走访", "- 已走访", "+86 13900012345", "-5", "+5.2", "已走访=好", "a@b.cn", "1+1", ""]
)
def test_bullets_numbers_and_phones_are_no_formulas(text: str) -> None:
    assert not is_formula_like(clean_text(text))


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
