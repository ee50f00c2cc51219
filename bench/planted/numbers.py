"""Telephone numbers, accounts, identity numbers and birth dates."""

from bench.planted import words
from bench.planted.digits import chinese, circled, full_width, grouped, read_aloud, spoken
from bench.planted.family import Family, Kind, mark
from bench.planted.hand import Hand


def _mobile(hand: Hand) -> str:
    return mark(hand.mobile())


def _mobile_grouped(hand: Hand) -> str:
    return mark(grouped(hand.mobile(), 3, 4, by=hand.pick((" ", "-"))))


def _landline(hand: Hand) -> str:
    return mark("021" + hand.pick(("-", "")) + hand.landline())


def _landline_bare(hand: Hand) -> str:
    return hand.pick(("电话", "座机", "家里电话：", "tel:")) + mark(hand.landline())


def _mobile_full(hand: Hand) -> str:
    return mark(full_width(hand.pick((hand.mobile(), grouped(hand.mobile(), 3, 4, by="-")))))


def _mobile_chinese(hand: Hand) -> str:
    shape = hand.pick((chinese, spoken, circled, spoken))
    return mark(shape(hand.pick((hand.mobile(), hand.mobile(), grouped(hand.mobile(), 3, 4)))))


def _mobile_abroad(hand: Hand) -> str:
    return mark(hand.pick(("+86 ", "+86", "0086-", "86-", "(+86)", "（86）")) + hand.mobile())


def _mobile_odd(hand: Hand) -> str:
    number = hand.mobile()
    ways = (
        grouped(number, 5),
        grouped(number, 3, 4, by="."),
        grouped(number, 3, 3, 3),
        " ".join(number),
        grouped(number, 4, 4, by="—"),
        grouped(number, 3, 4, by="，"),
        grouped(number, 3, 4, by="  "),
        grouped(number, 3, 4, by="/"),
    )
    return mark(hand.pick(ways))


def _mobile_letter(hand: Hand) -> str:
    number = hand.mobile()
    return mark(number.replace("0", hand.pick(("O", "o"))))


def _mobile_mixed(hand: Hand) -> str:
    number = hand.mobile()
    return mark(
        hand.pick(
            (number[:3] + chinese(number[3:]), number[:7] + full_width(number[7:]), spoken(number[:3]) + number[3:])
        )
    )


def _tail(hand: Hand) -> str:
    return hand.pick(("手机尾号", "电话尾号", "尾号是", "手机号后四位")) + mark(hand.digits(4))


def _extension(hand: Hand) -> str:
    line = hand.landline()
    ways = (
        f"{line}转{hand.number(100, 999)}",
        f"021-{line}-{hand.number(100, 899)}",
        f"{line}*{hand.number(100, 899)}",
    )
    return mark(hand.pick((*ways, f"（021）{line}转分机{hand.number(100, 899)}", f"{line} 转 {hand.number(10, 99)}")))


def _landline_odd(hand: Hand) -> str:
    line = hand.landline()
    grouped_line = grouped(line, 4, by=hand.pick((" ", "-")))
    return hand.pick(("电话", "座机", "老师办公室", "打到")) + mark(
        hand.pick(
            (
                grouped_line,
                f"021 {grouped_line}",
                full_width(line),
                chinese(line),
                f"(021){line}",
                f"０２１－{full_width(line)}",
            )
        )
    )


def _stem(hand: Hand) -> str:
    return hand.pick(words.ACCOUNT_STEMS)


def _wechat(hand: Hand) -> str:
    name = hand.pick(
        (f"{_stem(hand)}_{hand.digits(4)}", f"{_stem(hand)}{hand.digits(3)}", f"wxid_{_stem(hand)}{hand.digits(5)}")
    )
    return hand.pick(("微信号", "微信：", "微信号: ", "微信 ")) + mark(name)


def _qq(hand: Hand) -> str:
    return hand.pick(("QQ", "QQ：", "qq号 ", "QQ号是")) + mark(str(hand.number(12000000, 2999999999)))


def _wechat_odd(hand: Hand) -> str:
    name = hand.pick(
        (f"{_stem(hand)}-{hand.digits(2)}", f"{_stem(hand)}{_stem(hand)}", f"{_stem(hand)}{hand.digits(6)}")
    )
    return hand.pick(("vx：", "加V ", "wx ", "威信", "VX", "薇信号", "v信:", "加我微 ")) + mark(name)


def _qq_odd(hand: Hand) -> str:
    return hand.pick(("扣扣", "企鹅号", "Q号：", "球球号", "q:", "扣扣号 ")) + mark(
        str(hand.number(12000000, 2999999999))
    )


def _mail(hand: Hand) -> str:
    return mark(f"{_stem(hand)}{hand.digits(2)}@{hand.pick(('qq.com', '163.com', 'sina.cn', 'gmail.com'))}")


def _video(hand: Hand) -> str:
    return hand.pick(("抖音号", "小红书号：", "快手号 ", "支付宝账号")) + mark(f"{_stem(hand)}{hand.digits(5)}")


def _card(hand: Hand) -> str:
    return hand.pick(("银行卡", "卡号：", "工资卡", "低保卡号")) + mark(
        hand.pick(("6222", "6217")) + "00" + hand.digits(13)
    )


def _identity(hand: Hand) -> str:
    return mark(hand.resident_id())


def _identity_labelled(hand: Hand) -> str:
    return hand.pick(("身份证", "身份证号：", "身份证号码:", "证件号 ")) + mark(hand.resident_id())


def _identity_spaced(hand: Hand) -> str:
    return mark(grouped(hand.resident_id(), 6, 8))


def _identity_lower(hand: Hand) -> str:
    number = hand.resident_id()
    while not number.endswith("X"):
        number = hand.resident_id()
    return mark(number.lower())


def _identity_full(hand: Hand) -> str:
    return mark(full_width(hand.resident_id()))


def _identity_odd(hand: Hand) -> str:
    number = hand.resident_id()
    ways = (
        grouped(number, 4, 4, 4, 4),
        grouped(number, 6, 8, by="-"),
        grouped(number, 6, 4, 4),
        grouped(number, 3, 3, 4, 4),
        grouped(number, 6, 8, by="\u3000"),
        grouped(number, 6, 4, 4, by="."),
    )
    return mark(hand.pick(ways))


def _identity_tail(hand: Hand) -> str:
    says = ("身份证后四位", "身份证后4位是", "身份证尾号", "证件后四位：", "身份证最后四位", "身份证末四位 ")
    return hand.pick(says) + mark("9" + hand.resident_id()[-3:])


def _identity_masked(hand: Hand) -> str:
    number = hand.resident_id()
    return mark(
        hand.pick((f"{number[:6]}********{number[-4:]}", f"{number[:14]}****", f"{number[:10]}****{number[-4:]}"))
    )


def _identity_slipped(hand: Hand) -> str:
    """As a thumb types it: a digit too few, or a wrong one at the end."""
    number = hand.resident_id()
    wrong = number[:-1] + str((int(number[-1].replace("X", "5")) + 1) % 10)
    return "身份证" + mark(hand.pick((number[:9] + number[10:], wrong, number[:12] + number[13:], wrong)))


def _identity_old(hand: Hand) -> str:
    year, month, day = hand.birth()
    return mark(f"310110{year % 100:02}{month:02}{day:02}9{hand.digits(2)}")


def _pupil_number(hand: Hand) -> str:
    return hand.pick(("学籍号", "学籍号：", "全国学籍号 ", "学籍号是")) + mark(
        hand.pick(("G", "L", "g", "G")) + hand.resident_id()
    )


def _disability_number(hand: Hand) -> str:
    return hand.pick(("残疾证号", "残疾证", "残疾人证：", "残疾人证号")) + mark(
        hand.resident_id() + hand.pick(("43", "51", "62", "24"))
    )


def _passport(hand: Hand) -> str:
    return hand.pick(("护照", "护照号", "通行证号", "通行证")) + mark(
        hand.pick(("E", "G", "EJ", "H")) + "00" + hand.digits(6)
    )


def _identity_chinese(hand: Hand) -> str:
    return mark(hand.pick((chinese, circled, spoken, chinese))(hand.resident_id().replace("X", "5")))


def _birth_day(hand: Hand) -> str:
    year, month, day = hand.birth()
    ways = (
        f"{year}年{month}月{day}日",
        f"{year}-{month:02}-{day:02}",
        f"{year}.{month}.{day}",
        f"{year}/{month}/{day}",
    )
    return hand.pick(("出生日期：", "生日", "出生年月日 ", "生于")) + mark(hand.pick(ways))


def _born(hand: Hand) -> str:
    year, month, day = hand.birth()
    return mark(f"{year}年{month}月{day}{hand.pick(('日', '号'))}") + hand.pick(("出生", "生的", "出生的", "生"))


def _birth_odd(hand: Hand) -> str:
    year, month, day = hand.birth()
    spelled = f"{circled(str(year))}年{read_aloud(month)}月{read_aloud(day)}日"
    ways = (
        mark(f"{month}月{day}号") + "生日",
        mark(f"{year % 100:02}年{month}月{day}号") + "生",
        mark(f"{year}{month:02}{day:02}") + "出生",
        "农历" + mark(f"{read_aloud(month)}月{hand.pick(('初八', '初三', '十五', '廿一'))}") + "生日",
        mark(spelled) + "出生",
        "生日是" + mark(f"{month}.{day}"),
        "出生：" + mark(f"{year} {month} {day}"),
        "过生日是" + mark(f"{read_aloud(month)}月{read_aloud(day)}"),
    )
    return hand.pick(ways)


PLAIN = (
    Family(Kind.PHONE, "mobile", False, _mobile),
    Family(Kind.PHONE, "mobile in groups", False, _mobile_grouped),
    Family(Kind.PHONE, "landline", False, _landline),
    Family(Kind.PHONE, "landline, no area code", False, _landline_bare),
    Family(Kind.ACCOUNT, "WeChat", False, _wechat),
    Family(Kind.ACCOUNT, "QQ", False, _qq),
    Family(Kind.ACCOUNT, "e-mail", False, _mail),
    Family(Kind.IDENTITY, "18 characters", False, _identity),
    Family(Kind.IDENTITY, "after a label", False, _identity_labelled),
    Family(Kind.IDENTITY, "6 8 4", False, _identity_spaced),
    Family(Kind.BIRTH, "label and date", False, _birth_day),
    Family(Kind.BIRTH, "date and 出生", False, _born),
)
UNUSUAL = (
    Family(Kind.PHONE, "mobile, full width", True, _mobile_full),
    Family(Kind.PHONE, "mobile, Chinese digits", True, _mobile_chinese),
    Family(Kind.PHONE, "mobile, +86", True, _mobile_abroad),
    Family(Kind.PHONE, "mobile, odd groups", True, _mobile_odd),
    Family(Kind.PHONE, "mobile, letter O", True, _mobile_letter),
    Family(Kind.PHONE, "mobile, mixed digits", True, _mobile_mixed),
    Family(Kind.PHONE, "last four of a phone", True, _tail),
    Family(Kind.PHONE, "landline, extension", True, _extension),
    Family(Kind.PHONE, "landline, odd", True, _landline_odd),
    Family(Kind.ACCOUNT, "WeChat, slang", True, _wechat_odd),
    Family(Kind.ACCOUNT, "QQ, slang", True, _qq_odd),
    Family(Kind.ACCOUNT, "other accounts", True, _video),
    Family(Kind.ACCOUNT, "bank card", True, _card),
    Family(Kind.IDENTITY, "lower-case x", True, _identity_lower),
    Family(Kind.IDENTITY, "full width", True, _identity_full),
    Family(Kind.IDENTITY, "odd groups", True, _identity_odd),
    Family(Kind.IDENTITY, "last four", True, _identity_tail),
    Family(Kind.IDENTITY, "half hidden", True, _identity_masked),
    Family(Kind.IDENTITY, "typed wrongly", True, _identity_slipped),
    Family(Kind.IDENTITY, "15 digits", True, _identity_old),
    Family(Kind.IDENTITY, "pupil's number", True, _pupil_number),
    Family(Kind.IDENTITY, "disability card", True, _disability_number),
    Family(Kind.IDENTITY, "passport, permit", True, _passport),
    Family(Kind.IDENTITY, "Chinese digits", True, _identity_chinese),
    Family(Kind.BIRTH, "odd dates", True, _birth_odd),
)
