"""What says whom a text is about is found, and what does not is left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunward.people.screening import FindingKind, Known, blank_out, screen

# A note, and behind the bars what in it may not leave.
TELLING = """
我是张爱华，结对的孩子叫李小雨，今年十岁。||张爱华|李小雨
小雨在打虎山路第一小学读四年级，班主任是周敏老师。||小雨|打虎山路第一小学|周敏
孩子妈妈刘芳的手机是13900450012，家住国权路500弄8号1203。||刘芳|13900450012|国权路500弄8号1203
她爸爸王强服刑，编号不清楚；身份证号码310110198503059913。||王强|310110198503059913
孩子就读于育鹰学校，六（3）班，同桌赵子涵经常欺负她。||育鹰学校|六（3）班|赵子涵
浩浩说他不想去铁岭中学，想转到存志。||浩浩|铁岭中学
陈家豪，男，12岁，住长海新村25号402室。||陈家豪|长海新村25号402室
欧阳思雨的外婆徐桂珍，座机65480045。||欧阳思雨|徐桂珍|65480045
联系人：吴建国，电话是一五九，零零四五，六六七七。||吴建国|一五九，零零四五，六六七七
孩子的微信是 zxy20140612，QQ 2450045678。||zxy20140612|2450045678
他在同济大学附属存志学校读初二2班。||同济大学附属存志学校|初二2班
居住地址：黑龙江路168号3单元502。||黑龙江路168号3单元502
母亲是买买提·古丽，父亲名叫马哈茂德。||买买提·古丽
英文名叫 Lucy，在平凉路三小上学。||Lucy|平凉路三小
孩子何雨桐每次见到志愿者钱丽都会跑过来抱她。||何雨桐|钱丽
我打了孩子姑姑孙秀英的电话（137-0045-0099），她愿意帮忙。||孙秀英|137-0045-0099
阿芳每天接送，邻居老张也帮忙。||阿芳|老张
沈一诺和沈一凡是双胞胎，读杨浦小学分校。||沈一诺|沈一凡|杨浦小学分校
她说“我叫郑佳怡”，声音很小。||郑佳怡
租住在民星一村67号楼305。||民星一村67号楼305
小芳她爸王建国昨天来过，他妈李雪梅在超市上班。||小芳|王建国|李雪梅
"""
HARMLESS = """
孩子最近情绪稳定，能主动和同学交流，作业完成得比较认真，但数学应用题还是有困难。
奶奶血压高，常常忘记吃药，家里经济主要靠低保和亲戚帮助。
上周六一起去公园放风筝，孩子玩得很开心，说好久没有这么高兴过。
她父母离异后，父亲在外地打工，很少打电话回家，母亲再婚后基本不管。
建议每周固定时间陪伴，阅读半小时，少看手机，多鼓励多表扬。
孩子晚上睡觉常做噩梦，害怕一个人待着，需要心理老师介入。
到了青春期，男孩开始顶嘴，外公打过他一次，后来很后悔。
孩子读三年级，成绩中等，语文好，英语差，喜欢画画和跳绳。
家里住房面积小，祖孙三人挤在一间房里，没有单独的书桌。
和班主任沟通后，老师安排了一位同学和他一起做作业。
春节期间，志愿者送去了新书包、围巾和一封信。
他总说自己没用，不想上学，早上赖床，奶奶叫不动。
爷爷去年中风，行动不便，全靠奶奶一个人照料，任务很重。
家访时孩子正在写作业，桌上放着妈妈的照片，她说想妈妈了。
已经申请了困境儿童基本生活保障，等待街道审批。
我们商量好周三下午放学后视频聊天，每次四十分钟。
孩子身高一米四，体重偏轻，校医建议增加营养。
希望得到家庭教育方面的指导：隔代教养怎么立规矩？
最近两次小测验都及格了，他自己也很高兴，主动要求多做几道题。
孩子对陌生人戒备心强，第一次见面时一直低头不说话。
她喜欢吃红烧肉，不喜欢青菜，奶奶总是依着她。
平时放学后一个人在小区里骑车，天黑才回家，安全让人担心。
2026年3月开始结对，到现在已经有8个月，共探访25次。
孩子说长大以后想当医生，因为想给爷爷看病。
父亲刑满释放后情绪暴躁，有时候会摔东西，孩子非常害怕。
外婆不识字，看不懂学校发的通知，常常错过家长会。
孩子和弟弟经常争吵，大人偏心小的，他觉得不公平。
这学期换了新老师，孩子有点不适应，回家就哭。
妈妈一年回来一两次，每次走的时候孩子都要难过好几天。
请问遇到孩子撒谎，应该怎么引导比较好？
家里没有电脑，上网课用的是外婆的旧手机。
暑假参加了社区的夏令营，学会了游泳，还交了两个朋友。
他的注意力只能保持十分钟左右，写字时小动作多。
孩子11岁，女，由祖父母抚养，父亲失联，母亲病故。
我们约定先从每天整理书包做起，做到了就在日历上贴一颗星星。
经过半年的陪伴，她开始愿意说心里话，笑容也多了。
学校心理老师评估为轻度焦虑，建议定期随访。
孩子沉迷手机游戏，一天玩五六个小时，眼睛近视加深到三百度。
奶奶担心自己年纪大了，将来孩子没有人管。
周围邻居都很热心，常送些水果和衣服过来。
他爸常常喝酒，她妈高兴的时候才理她，孩子爷万事不管。
"""


def covered(text, findings):
    return {place for finding in findings for place in range(finding.start, finding.end)}


@pytest.mark.parametrize("line", TELLING.split("\n")[1:-1])
def test_what_tells_whom_it_is_about_is_found(line):
    text, _, planted = line.partition("||")
    seen = covered(text, screen(text))
    for secret in planted.split("|"):
        start = text.index(secret)
        assert set(range(start, start + len(secret))) <= seen, secret


@pytest.mark.parametrize("text", HARMLESS.split("\n")[1:-1])
def test_what_tells_nothing_of_anybody_is_left_alone(text):
    assert not screen(text)


@pytest.mark.parametrize(
    "disguised",
    [
        "13800134500",
        "138 0013 4500",
        "138-0013-4500",
        "１３８００１３４５００",
        "138.0013.4500",
        "一三八零零一三四五零零",
        "幺三八零零幺三四五零零",
        "138\u200b00134500",
        "1 3 8 0 0 1 3 4 5 0 0",
    ],
)
def test_a_telephone_is_found_however_it_is_written(disguised):
    (finding,) = screen(f"请打{disguised}找她。")
    assert (finding.kind, finding.text) == (FindingKind.PHONE, disguised)


def test_a_name_with_spaces_inside_is_found_whole():
    (finding,) = screen("孩子叫陈 小 雨。")
    assert finding.text == "陈 小 雨"


@pytest.mark.parametrize("date", ["2026-11-26", "2026年11月26日", "20261126", "11月12号", "2025/3/1"])
def test_a_day_is_no_number_of_anybody(date):
    assert not screen(f"{date}第一次见面。")


def test_what_is_known_of_a_file_is_found_wherever_it_stands_and_says_what_takes_its_place():
    known = [Known(FindingKind.NAME, "高兴", "孩子"), Known(FindingKind.ADDRESS, "红房子", "家")]
    text = "今天高兴不在红房子里。"
    assert blank_out(text, screen(text, known=known)) == "今天孩子不在家里。"


def test_an_address_in_pieces_becomes_one_word():
    text = "住鞍山新村三村12号楼。"
    assert blank_out(text, screen(text)) == "住某处。"


pieces = st.sampled_from([line.partition("||")[0] for line in TELLING.split("\n")[1:-1]] + HARMLESS.split("\n")[1:-1])


@given(st.lists(pieces | st.text(max_size=30), max_size=4).map("".join))
def test_findings_stand_in_the_order_of_the_text_and_never_overlap(text):
    findings = screen(text)
    assert all(text[f.start : f.end] == f.text and f.start < f.end for f in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))


@given(st.lists(pieces, max_size=3).map("".join))
def test_nothing_that_was_found_is_left_when_it_is_blanked_out(text):
    findings = screen(text)
    left = blank_out(text, findings)
    assert not {f.text for f in findings if len(f.text) > 3} & {f.text for f in screen(left)}


@pytest.mark.parametrize(
    "said",
    [
        "13900450012", "139 0045 0012", "137-0045-0099", "+86 13900450012", "一三九零零四五零零一二", "138oo1380o0",
        "1 3 9 0 0 4 5 0 0 1 2",
        "65480045", "6548-0045", "021-65480045", "（021）65480045", "310110198503059913", "310110 19850305 9913",
        "31011019850305991X", "310110850305991", "6222 0200 1234 5678", "138****0012", "沪A12345", "E12345678",
        "１３９００４５００１２", "65480045 13900450012",
    ],
)  # fmt: skip
def test_what_has_the_shape_of_a_telephone_or_a_document_is_somebodys_own(said):
    assert any(found.is_own_number for found in screen(f"她说是{said}，记下来"))


@pytest.mark.parametrize("said", ["手机尾号3614", "学号20210304", "病历号：A12345"])
def test_a_number_with_its_label_is_somebodys_own_however_short_it_is(said):
    assert any(found.is_own_number for found in screen(f"她的{said}。"))


@pytest.mark.parametrize(
    "said",
    [
        "2019年", "2019-2020-2021", "2019 2020 2021 2022", "20240131", "欠了2000000元", "欠了65480045块", "1500000",
        "37.5 38.2 39.1", "90-95-88-92-87", "400-820-8820", "12345", "37.5 36.8 37.1 36.9 38.0 37.6",
    ],
)  # fmt: skip
def test_years_sums_marks_and_help_lines_are_nobodys_own(said):
    assert not any(found.is_own_number for found in screen(f"她说{said}，记下来"))


def test_words_that_begin_an_english_sentence_are_nobodys_name_and_a_name_among_them_is():
    text = "Since January many found work. Roadshows were held. In all, Wang Li and Mary came. The District Bulletin."
    assert [one.text for one in screen(text) if one.kind == FindingKind.NAME] == ["Wang Li", "Mary"]
