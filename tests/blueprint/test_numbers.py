"""No telephone and no document number of a paper is taken over; a sum of money is none of them."""

import pytest

from sunward.blueprint.reading.numbers import has_numbers, without_numbers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("联系人王平 13912345678", "联系人王平 （电话）"),
        ("王平（139 1234 5678）", "王平（（电话））"),
        ("王平：１３９１２３４５６７８，请会后联系", "王平：（电话），请会后联系"),
        ("+86-13912345678", "（电话）"),
        ("拨打021-55501234报名", "拨打（电话）报名"),
        ("联系人13912345678,2027年底前完成", "联系人（电话）,2027年底前完成"),
        ("联系电话：5550 1234。", "联系电话：（电话）。"),
        ("身份证310110197001011234", "身份证（证件号）"),
        ("https://a.example.cn/13912345678", "https://a.example.cn/（电话）"),
        ("https://wa.me/8613912345678", "https://wa.me/（电话）"),
        ("https://13912345678.example.cn/a.html", "https://（电话）.example.cn/a.html"),
        ("https://a.example.cn/tel/13912345678.html", "https://a.example.cn/tel/（电话）.html"),
        ("https://a.example.cn/?mobile=13912345678", "https://a.example.cn/?mobile=（电话）"),
        ("https://a.example.cn/?id=1&to=13912345678", "https://a.example.cn/?id=1&to=（电话）"),
        ("https://a.example.cn/139-1234-5678.html", "https://a.example.cn/（电话）.html"),
        ("https://a.example.cn/13912345678.html，13812345678", "https://a.example.cn/（电话）.html，（电话）"),
        ("https://a.example.cn/zhang_13812345678.docx", "https://a.example.cn/zhang_（电话）.docx"),
        ("https://a.example.cn/zhang13812345678.docx", "https://a.example.cn/zhang（电话）.docx"),
        ("https://a.example.cn/list?id=13812345678", "https://a.example.cn/list?id=（电话）"),
        ("https://a.example.cn/2026/art_13812345678_2.shtml", "https://a.example.cn/2026/art_（电话）_2.shtml"),
        ("https://a.example.cn/13812345678%E5%8F%B7", "https://a.example.cn/（电话）%E5%8F%B7"),
        ("https://a.example.cn/13812345678.2.docx", "https://a.example.cn/（电话）.2.docx"),
        ("https://a.example.cn/138.1234.5678/", "https://a.example.cn/（电话）/"),
        ("https://a.example.cn/#008613812345678", "https://a.example.cn/#（电话）"),
        ("微信号wang13812345678", "微信号wang（电话）"),
        ("附件13912345678.html", "附件（电话）.html"),
        ("王平/13912345678.html", "王平/（电话）.html"),
        ("https://a.example.cn/310110197001011234.html", "https://a.example.cn/（证件号）.html"),
        ("31011019700101123X、13912345678", "（证件号）、（电话）"),
    ],
)
def test_a_number_of_somebody_is_replaced_by_a_word(text, left):
    assert has_numbers(text)
    assert without_numbers(text) == left
    assert not has_numbers(left)


@pytest.mark.parametrize(
    "text",
    [
        "2027年6月底前建成12个站点",
        "投入13500000000元",
        "服务13912345678人次",
        "2022-10-31至2023-01-15",
        "沪府发〔2022〕13号，编号310110012001",
        "电话回访率不少于95%",
        "见 https://www.shyp.gov.cn/shypq/zwdt/20221103/20221103123.html",
        "依据https://www.shyp.gov.cn/art/2026/11/3/art_12012345678.shtml，2027年底前完成",
        "https://xxgk.example.gov.cn:8080/view?docId=139123456789&page=2",
        "3.13912345678",
        "走访20000户、电话5000户",
        "面积1,391,234,567平方米",
        "",
    ],
)
def test_sums_days_and_counts_are_left_as_they_are(text):
    assert not has_numbers(text)
    assert without_numbers(text) == text
