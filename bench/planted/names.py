"""Names: of people whom the file does not know, and of its child, guardian and mentor."""

from pypinyin import lazy_pinyin

from bench.planted import words
from bench.planted.family import Family, Kind, mark
from bench.planted.hand import Hand


def pinyin(text: str) -> list[str]:
    return lazy_pinyin(text)


def _full(hand: Hand) -> str:
    return mark("".join(hand.person()))


def _two(hand: Hand) -> str:
    return mark(hand.surname() + hand.pick(words.GIVEN_OLD))


def _three(hand: Hand) -> str:
    return mark("".join(hand.three()))


def _elder(hand: Hand) -> str:
    return mark("".join(hand.elder()))


def _title(hand: Hand) -> str:
    return mark(hand.surname()) + hand.pick(words.TITLES)


def _full_title(hand: Hand) -> str:
    return _elder(hand) + hand.pick(words.TITLES)


def _relation(hand: Hand) -> str:
    return hand.pick(words.KIN) + hand.pick(("", "叫", "，", "是")) + _elder(hand)


def _label(hand: Hand) -> str:
    return hand.pick(("姓名：", "孩子姓名:", "姓名 ", "联系人：", "监护人：", "学生姓名：")) + _full(hand)


def _compound(hand: Hand) -> str:
    return mark(hand.pick(words.COMPOUND_SURNAMES) + hand.pick(words.GIVEN))


def _little(hand: Hand) -> str:
    return mark("小" + hand.pick((hand.surname(), hand.pick(words.GIVEN))))


def _pupil(hand: Hand) -> str:
    return mark(hand.surname()) + hand.pick(("同学", "同学", "小朋友", "小妹妹"))


def _old(hand: Hand) -> str:
    return mark("老" + hand.surname())


def _signature(hand: Hand) -> str:
    return hand.pick(("记录人：", "填表人：", "走访人:", "记录：")) + _elder(hand)


def _ah(hand: Hand) -> str:
    return mark("阿" + hand.pick(words.GIVEN_OLD))


def _doubled(hand: Hand) -> str:
    return mark(hand.pick(words.GIVEN) * 2)


def _treasure(hand: Hand) -> str:
    given = hand.pick(words.GIVEN)
    return mark(hand.pick((f"{given}宝", f"{given}囡", f"{given}儿", f"小{given}{given}")))


def _given(hand: Hand) -> str:
    return mark(hand.three()[1])


def _given_with_kin(hand: Hand) -> str:
    return mark(hand.three()[1]) + hand.pick(("妈妈", "奶奶", "外婆", "爸爸", "妹妹", "弟弟", "家长"))


def _pinyin(hand: Hand) -> str:
    surname, given = hand.three()
    first, rest = "".join(pinyin(surname)), pinyin(given)
    joined = "".join(rest)
    return mark(
        hand.pick(
            (
                f"{first.title()} {joined.title()}",
                f"{first} {' '.join(rest)}",
                f"{joined.title()} {first.title()}",
                f"{first}{joined}",
                f"{first.upper()} {joined.upper()}",
                f"{first.title()}{joined.title()}",
            )
        )
    )


def _initials(hand: Hand) -> str:
    surname, given = hand.three()
    letters = "".join(part[0] for part in pinyin(surname + given)).upper()
    return mark(hand.pick((letters, letters, f"{letters[0]}同学", f"{surname}{letters[1:]}")))


def _parted(hand: Hand) -> str:
    surname, given = hand.three()
    by = hand.pick((" ", ".", "\u3000", "-", "·", "*"))
    return mark(hand.pick((by.join(surname + given), by.join(surname + given), f"{surname}{by}{given}")))


def _masked(hand: Hand) -> str:
    surname, given = hand.three()
    return mark(hand.pick((f"{surname}某", f"{surname}*{given[-1]}", f"{surname}某某", f"{surname}x{given[-1]}")))


def _minority(hand: Hand) -> str:
    dot = hand.pick(("·", "•", "・", ".", "･", "‧"))
    return mark(hand.pick(words.MINORITY_FIRST) + dot + hand.pick(words.MINORITY_LAST))


def _minority_short(hand: Hand) -> str:
    return mark(hand.pick(words.MINORITY_FIRST))


def _english(hand: Hand) -> str:
    name = hand.pick(words.ENGLISH)
    return mark(hand.pick((name, name.lower(), name, f"{name} {''.join(pinyin(hand.surname())).title()}")))


def _household(hand: Hand) -> str:
    return mark(hand.surname()) + hand.pick(
        ("家奶奶", "家阿婆", "家姆妈", "家外婆", "家老二", "家小囡", "家里人", "家那个")
    )


def _elder_respected(hand: Hand) -> str:
    return mark(hand.surname()) + hand.pick(
        ("老", "老先生", "阿婆", "奶奶", "大姐", "伯伯", "爷叔", "嫂子", "老太", "哥")
    )


def _two_surnames(hand: Hand) -> str:
    return mark("".join(hand.rng.sample(words.SURNAMES[hand.held :: 2], 2)) + hand.three()[1])


def _spelled(hand: Hand) -> str:
    told = (
        ("弓长", "张"),
        ("木子", "李"),
        ("耳东", "陈"),
        ("双木", "林"),
        ("古月", "胡"),
        ("言午", "许"),
        ("口天", "吴"),
    )
    how, surname = hand.pick(told)
    return hand.pick(
        (f"姓{mark(surname)}，{how}{surname}", f"{mark(how + surname)}", f"姓{mark(surname)}（{how}{surname}）")
    )


def _surname_told(hand: Hand) -> str:
    return hand.pick(("姓", "外婆姓", "老师姓", "他姓", "家里姓", "妈妈姓")) + mark(hand.surname())


def _pet(hand: Hand) -> str:
    return hand.pick(("小名叫", "小名", "大家叫他", "家里都叫她", "昵称", "乳名")) + mark(hand.pick(words.PETS))


def _list(hand: Hand) -> str:
    return hand.pick(("、", " ", "，", "/", "和")).join(_full(hand) for _ in range(3))


def _rare(hand: Hand) -> str:
    return mark(hand.pick(words.RARE_SURNAMES) + hand.three()[1])


def _mention(hand: Hand) -> str:
    return hand.pick(("@", "——", "@", "—")) + _elder(hand)


def _glued(hand: Hand) -> str:
    """Two names without anything between them, as a keyboard without full stops writes them."""
    return _three(hand) + hand.pick(("妈妈", "爸爸", "奶奶", "外婆")) + _elder(hand)


def _known_full(hand: Hand) -> str:
    return mark(hand.rng.choice(hand.file.names()))


def _known_title(hand: Hand) -> str:
    surname, _given_name = hand.rng.choice((hand.file.guardian, hand.file.mentor))
    return mark(surname) + hand.pick(("阿姨", "老师", "女士", "妈妈", "奶奶", "大姐"))


def _child_given(hand: Hand) -> str:
    return mark(hand.file.child[1])


def _known_little(hand: Hand) -> str:
    surname, given = hand.file.child
    return mark("小" + hand.pick((given[-1], surname)))


def _known_doubled(hand: Hand) -> str:
    return mark(hand.file.child[1][-1] * 2)


def _known_parted(hand: Hand) -> str:
    name = hand.rng.choice(hand.file.names())
    return mark(hand.pick((" ", ".", "\u3000", "-", "、", "*")).join(name))


def _known_pinyin(hand: Hand) -> str:
    surname, given = hand.rng.choice((hand.file.child, hand.file.guardian))
    first, rest = "".join(pinyin(surname)), "".join(pinyin(given))
    return mark(
        hand.pick((f"{first.title()} {rest.title()}", f"{first}{rest}", f"{rest} {first}", f"{first.upper()} {rest}"))
    )


def _known_old(hand: Hand) -> str:
    surname, given = hand.file.mentor
    return mark(hand.pick((f"老{surname}", f"阿{given[-1]}")))


def _known_masked(hand: Hand) -> str:
    surname, given = hand.file.child
    return mark(hand.pick((f"{surname}某", f"{surname}*{given[-1]}", f"{surname}某某", f"{surname}x{given[-1]}")))


PLAIN = (
    Family(Kind.NAME, "two characters", False, _two),
    Family(Kind.NAME, "three characters", False, _three),
    Family(Kind.NAME, "surname and title", False, _title),
    Family(Kind.NAME, "full name and title", False, _full_title),
    Family(Kind.NAME, "relation and name", False, _relation),
    Family(Kind.NAME, "after a label", False, _label, ("{}", "{}，已登记", "登记{}", "{} 在册")),
    Family(Kind.NAME, "compound surname", False, _compound),
    Family(Kind.NAME, "小X", False, _little),
    Family(Kind.NAME, "老X", False, _old),
    Family(Kind.NAME, "X同学", False, _pupil),
    Family(Kind.NAME, "signature", False, _signature, ("{}",)),
    Family(Kind.KNOWN, "known: full", False, _known_full),
    Family(Kind.KNOWN, "known: surname and title", False, _known_title),
    Family(Kind.KNOWN, "known: given name", False, _child_given),
    Family(Kind.KNOWN, "known: 小X", False, _known_little),
)
UNUSUAL = (
    Family(Kind.NAME, "阿X", True, _ah),
    Family(Kind.NAME, "doubled", True, _doubled),
    Family(Kind.NAME, "X宝, X囡", True, _treasure),
    Family(Kind.NAME, "given name alone", True, _given),
    Family(Kind.NAME, "given name and 妈妈", True, _given_with_kin),
    Family(Kind.NAME, "pinyin", True, _pinyin),
    Family(Kind.NAME, "initials", True, _initials),
    Family(Kind.NAME, "characters parted", True, _parted),
    Family(Kind.NAME, "half hidden", True, _masked),
    Family(Kind.NAME, "minority, with dot", True, _minority),
    Family(Kind.NAME, "minority, first name", True, _minority_short),
    Family(Kind.NAME, "English first name", True, _english),
    Family(Kind.NAME, "X家奶奶", True, _household),
    Family(Kind.NAME, "X老, X阿婆", True, _elder_respected),
    Family(Kind.NAME, "two surnames", True, _two_surnames),
    Family(Kind.NAME, "surname spelled out", True, _spelled),
    Family(Kind.NAME, "姓X", True, _surname_told),
    Family(Kind.NAME, "pet name", True, _pet),
    Family(Kind.NAME, "a list of names", True, _list),
    Family(Kind.NAME, "rare surname", True, _rare),
    Family(Kind.NAME, "@ or dash", True, _mention, ("{}", "{} 收到请回", "{} 帮忙看看", "{} 11.20")),
    Family(Kind.NAME, "glued together", True, _glued),
    Family(Kind.KNOWN, "known: doubled", True, _known_doubled),
    Family(Kind.KNOWN, "known: parted", True, _known_parted),
    Family(Kind.KNOWN, "known: pinyin", True, _known_pinyin),
    Family(Kind.KNOWN, "known: 老X, 阿X", True, _known_old),
    Family(Kind.KNOWN, "known: half hidden", True, _known_masked),
)
