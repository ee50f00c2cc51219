"""Rosters of invented people in many layouts, each row with the outcome it must have.

Nothing here imports the code under test: check digits, dates and expected values are made from their definitions.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

ON = date(2022, 11, 30)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲华红建国荣志海燕梅鑫波斌宇浩凯健俊帆雪倩雨晨"
PLACES = [
    ("定海路街道", "310110001", [("定海居委会", "310110001014")]),
    ("四平路街道", "310110009", [("公交新村居委会", "310110009016"), ("控江路二零二六弄居委会", "310110009001")]),
    ("殷行街道", "310110016", [("国和一村第二居委会", "310110016051")]),
    ("长白新村街道", "310110013", [("松花新村居委会", "310110013011")]),
    ("五角场街道", "310110019", [("复旦居委会", "310110019005"), ("国权居委会", "310110019016")]),
]


@dataclass
class Row:
    """`cells` by field as typed; `values` as they must come out."""

    cells: dict[str, Any]
    values: dict[str, Any]
    outcome: str = "accepted"
    codes: set[str] = field(default_factory=set)
    original: "Row | None" = None
    place: tuple[str, str, int] = ("", "", 0)  # file, sheet, row; known once it is written


def resident_id(rng: random.Random, born: date, sex: str) -> str:
    order = rng.randrange(900, 999)
    order += (order % 2 == 0) if sex == "M" else (order % 2 == 1)
    body = f"310110{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(body))
    number = body + "10X98765432"[total % 11]
    return resident_id(rng, born, sex) if number.endswith("000") else number


def phone(rng: random.Random) -> str:
    return f"1{rng.choice('35789')}{rng.randrange(10)}00{rng.randrange(10**6):06d}"


def name(rng: random.Random) -> str:
    return rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


def _person(rng: random.Random, youngest: int, oldest: int, sex: str | None = None) -> Row:
    born = ON - timedelta(days=rng.randrange(youngest * 365 + 40, oldest * 365))
    sex = sex or rng.choice("MF")
    number, mobile = resident_id(rng, born, sex), phone(rng)
    place, code, committees = rng.choice(PLACES)
    committee, committee_code = rng.choice(committees)
    who = name(rng)
    cells = {
        "name": who,
        "sex": "男" if sex == "M" else "女",
        "id": number,
        "birth": born,
        "sub": place,
        "nb": committee,
        "phone": mobile,
        "remark": "",
    }
    values = {
        "name": who,
        "sex": sex,
        "id_number": number,
        "id_type": "resident_id",
        "birth_date": born.isoformat(),
        "subdistrict": place,
        "subdistrict_code": code,
        "neighbourhood_code": committee_code,
        "phone": "+86" + mobile,
    }
    return Row(cells, values)


def make_child(rng: random.Random) -> Row:
    row = _person(rng, 3, 17)
    guardian, needs = name(rng), rng.sample(["亲情陪伴", "学业辅导", "心理疏导", "生活照料"], rng.randrange(1, 4))
    told = {
        "guardianship": rng.choice(["正常监护", "监护缺失", "无力监护"]),
        "gname": guardian,
        "relation": rng.choice(["母亲", "祖父", "姑母"]),
        "hardship": rng.choice(["孤儿", "留守儿童", "家庭经济困难"]),
        "risk": rng.choice("高中低"),
        "school": "小学三年级",
        "lang": "普通话",
        "addr": f"控江路{rng.randrange(8000, 9999)}弄{rng.randrange(1, 60)}号",
    }
    willing = rng.choice([("愿意", True), ("否", False), ("暂不考虑", None)])
    row.cells |= {**told, "needs": "、".join(needs), "willing": willing[0]}
    row.values |= {
        "guardian_name": guardian,
        "guardianship": told["guardianship"],
        "relation": told["relation"],
        "hardship": told["hardship"],
        "risk": told["risk"],
        "needs": needs,
        "willing_to_pair": willing[1],
    }
    return row


def make_mother(rng: random.Random) -> Row:
    row = _person(rng, 25, 65, "F")
    vetted, trained, joined = (ON - timedelta(days=rng.randrange(5, 300)) for _ in range(3))
    honours, capacity = rng.sample(["三八红旗手", "五好家庭", "最美家庭"], rng.randrange(0, 3)), rng.randrange(1, 4)
    row.cells |= {
        "job": "退休教师",
        "skills": "书法、急救",
        "kids": "12岁",
        "slots": "周六上午、周日下午",
        "honour": "、".join(honours),
        "vet": vetted,
        "vetres": "未见记录",
        "train": trained,
        "capacity": capacity,
        "joined": joined,
    }
    row.values |= {
        "vetted_on": vetted.isoformat(),
        "vetting_result": "clear",
        "trained_on": trained.isoformat(),
        "capacity": capacity,
        "joined_on": joined.isoformat(),
        "honours": honours,
    }
    return row


def make_student(rng: random.Random) -> Row:
    person = _person(rng, 18, 23)
    number, school = (
        f"{rng.choice((19, 20, 21))}{rng.randrange(10**8):08d}",
        rng.choice(["复旦大学", "同济大学", "上海理工大学"]),
    )
    subjects = rng.sample(["数学", "英语", "物理", "美术"], rng.randrange(1, 4))
    cells = {key: person.cells[key] for key in ("name", "sex", "phone", "remark")}
    cells |= {
        "school": school,
        "major": "历史学",
        "sno": number,
        "subjects": "、".join(subjects),
        "slots": "周六下午",
        "grade": "2020级",
        "exp": "有",
    }
    values = {key: person.values[key] for key in ("name", "sex", "phone")}
    return Row(cells, values | {"school": school, "student_no": number, "subjects": subjects})


# Mess: each knows what must come of it ------------------------------------------------------------------------------


def _warn(row: Row, code: str) -> None:
    row.codes.add(code)
    if row.outcome == "accepted":
        row.outcome = "accepted_with_warning"


def _reject(row: Row, code: str) -> None:
    row.codes.add(code)
    row.outcome = "rejected"


def _lose_number(row: Row) -> None:
    row.values |= {"id_number": None, "id_type": None}


def checksum(row: Row, rng: random.Random) -> None:
    last = row.cells["id"][-1]
    row.cells["id"] = row.cells["id"][:-1] + ("1" if last in "X234" else "X")
    _lose_number(row)
    _reject(row, "id_checksum")


def truncated(row: Row, rng: random.Random) -> None:
    row.cells["id"] = rng.choice([row.cells["id"][:15] + "000", f"{float(row.cells['id'][:15] + '000'):.14E}"])
    _lose_number(row)
    _reject(row, "id_excel_truncated")


def no_number(row: Row, rng: random.Random) -> None:
    row.cells["id"] = rng.choice(["", "无", "—", "暂无"])
    _lose_number(row)
    _warn(row, "id_missing")


def seventeen(row: Row, rng: random.Random) -> None:
    row.cells["id"] = row.cells["id"][:8] + row.cells["id"][9:]
    _lose_number(row)
    _reject(row, "id_length")


def passport(row: Row, rng: random.Random) -> None:
    row.cells["id"] = f"E{rng.randrange(10**8):08d}"
    row.values |= {"id_number": row.cells["id"], "id_type": "passport"}
    _warn(row, "id_unverifiable")


def written_oddly(row: Row, rng: random.Random) -> None:
    """Everything that must be repaired without a word."""
    wide = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
    number = row.cells.get("id", "")
    if number:
        row.cells["id"] = rng.choice(
            [
                number.translate(wide),
                number.lower(),
                "'" + number,
                f"{number[:6]} {number[6:14]} {number[14:]}",
                number + "\u200b",
            ]
        )
    mobile = row.cells["phone"]
    row.cells["phone"] = rng.choice(
        [
            "+86 " + mobile,
            "0086" + mobile,
            mobile.translate(wide),
            f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
            f"{mobile}/13900001234",
        ]
    )
    who = row.cells["name"]
    row.cells["name"] = rng.choice(
        [who[0] + "\u3000" + who[1:], f" {who} ", who[0] + "\u00a0" + who[1:], "\ufeff" + who]
    )
    row.cells["sex"] = {"男": rng.choice(["男性", "M", "1"]), "女": rng.choice(["女性", "F", "2"])}[row.cells["sex"]]


def bad_phone(row: Row, rng: random.Random) -> None:
    row.cells["phone"] = row.cells["phone"][:-1]
    row.values["phone"] = None
    _warn(row, "phone_invalid")


def formula_name(row: Row, rng: random.Random) -> None:
    row.cells["name"] = rng.choice(['=HYPERLINK("http://example.invalid","x")', "@SUM(1+9)*9", "=1+1"])
    row.values["name"] = None
    _reject(row, "name_invalid")


def no_name(row: Row, rng: random.Random) -> None:
    row.cells["name"] = ""
    row.values["name"] = None
    _reject(row, "name_missing")


def formula_remark(row: Row, rng: random.Random) -> None:
    row.cells["remark"] = rng.choice(['=cmd|"/C calc"!A0', "+SUM(A1:A9)", "@SUM(1)", "-2+3+cmd"])
    _warn(row, "formula_text")


def old_town(row: Row, rng: random.Random) -> None:
    row.cells |= {"sub": "五角场镇", "nb": "长海一村居委"}
    row.values |= {"subdistrict": "长海路街道", "subdistrict_code": "310110021", "neighbourhood_code": "310110021013"}
    _warn(row, "subdistrict_old_name")


def outside(row: Row, rng: random.Random) -> None:
    row.cells["sub"] = rng.choice(["花木街道", "欧阳路街道", "浦东新区花木街道"])
    row.values |= {"subdistrict": None, "subdistrict_code": None, "neighbourhood_code": None}
    _reject(row, "subdistrict_outside")


def committee_elsewhere(row: Row, rng: random.Random) -> None:
    row.cells["nb"] = "香阁丽苑居委会"
    row.values["neighbourhood_code"] = None
    _warn(row, "neighbourhood_mismatch")


def committee_unknown(row: Row, rng: random.Random) -> None:
    row.cells["nb"] = "幸福里第九居委会"
    row.values["neighbourhood_code"] = None
    _warn(row, "neighbourhood_unknown")


def places_short(row: Row, rng: random.Random) -> None:
    row.cells["sub"] = {
        "定海路街道": "定海",
        "四平路街道": "四平路",
        "殷行街道": "殷行",
        "长白新村街道": "长白街道",
        "五角场街道": "五角场",
    }[row.cells["sub"]]
    row.cells["nb"] = row.cells["nb"].removesuffix("居委会") + rng.choice(["", "居委", "居民区"])
    row.cells["nb"] = row.cells["nb"].replace("二零二六", "2026")


def sex_conflict(row: Row, rng: random.Random) -> None:
    row.cells["sex"] = {"男": "女", "女": "男"}[row.cells["sex"]]
    _warn(row, "sex_conflict")


def birth_conflict(row: Row, rng: random.Random) -> None:
    row.cells["birth"] = row.cells["birth"] + timedelta(days=400)
    _warn(row, "birth_date_conflict")


def too_old(row: Row, rng: random.Random) -> None:
    born = date(2003, rng.randrange(1, 11), 15)
    sex = row.values["sex"]
    number = resident_id(rng, born, sex)
    at_school = rng.random() < 0.5
    row.cells |= {
        "id": number,
        "birth": born,
        "school": rng.choice(["高三", "大学一年级"] if at_school else ["不在校", "已工作"]),
    }
    row.values |= {"id_number": number, "birth_date": born.isoformat()}
    (_warn if at_school else _reject)(row, "child_over_18_in_school" if at_school else "child_over_18")


def unfit(row: Row, rng: random.Random) -> None:
    row.cells["vetres"] = rng.choice(["不适宜", "不合格"])
    row.values["vetting_result"] = "unfit"
    _reject(row, "vetting_unfit")


def pending(row: Row, rng: random.Random) -> None:
    row.cells |= {"vet": "", "vetres": rng.choice(["查询中", "待查询"])}
    row.values |= {"vetting_result": "pending", "vetted_on": None}
    _warn(row, "vetting_pending")


def unvetted(row: Row, rng: random.Random) -> None:
    row.cells |= {"vet": "", "vetres": ""}
    row.values |= {"vetting_result": None, "vetted_on": None}
    _warn(row, "vetting_missing")


def expired(row: Row, rng: random.Random) -> None:
    vetted = ON - timedelta(days=rng.randrange(370, 900))
    row.cells["vet"] = vetted
    row.values["vetted_on"] = vetted.isoformat()
    _warn(row, "vetting_expired")


def joined_unreadable(row: Row, rng: random.Random) -> None:
    row.cells["joined"] = rng.choice(["不详", "去年秋天", "待补"])
    row.values["joined_on"] = None
    _warn(row, "date_unreadable")


def joined_later(row: Row, rng: random.Random) -> None:
    row.cells["joined"] = "2202-10-31"
    row.values["joined_on"] = None
    _warn(row, "date_in_future")


def capacity_words(row: Row, rng: random.Random) -> None:
    number = row.values["capacity"]
    row.cells["capacity"] = rng.choice(
        [f"{number}人", f"{'一两三'[number - 1]}名", "１２３"[number - 1], f"{number} 名"]
    )


def lost_student_number(row: Row, rng: random.Random) -> None:
    row.cells["sno"] = f"{float(row.cells['sno']):.5E}"
    row.values["student_no"] = None
    _warn(row, "student_no_lost")


def school_short(row: Row, rng: random.Random) -> None:
    row.cells["school"] = {"复旦大学": "复旦", "同济大学": "同济", "上海理工大学": "上理工"}[row.cells["school"]]


PERSON_MESS = (bad_phone, formula_name, no_name, formula_remark, written_oddly)
PLACED_MESS = (
    checksum,
    truncated,
    no_number,
    seventeen,
    passport,
    old_town,
    outside,
    committee_elsewhere,
    committee_unknown,
    places_short,
    sex_conflict,
)
KINDS = {
    "children": (make_child, (*PERSON_MESS, *PLACED_MESS, birth_conflict, too_old)),
    "mothers": (
        make_mother,
        (
            *PERSON_MESS,
            *(mess for mess in PLACED_MESS if mess is not passport),
            unfit,
            pending,
            unvetted,
            expired,
            joined_unreadable,
            joined_later,
            capacity_words,
        ),
    ),
    "students": (make_student, (*PERSON_MESS, lost_student_number, school_short)),
}


_NEEDS = {
    sex_conflict: "sex",
    birth_conflict: "birth",
    old_town: "sub",
    outside: "sub",
    committee_elsewhere: "sub",
    places_short: "sub",
}


def make_rows(kind: str, count: int, seed: int, columns: set[str]) -> list[Row]:
    """Clean rows, every kind of mess that the columns can show twice, and duplicates of two sorts."""
    rng = random.Random(f"{kind}{seed}")
    make, messes = KINDS[kind]
    messes = [mess for mess in messes if _NEEDS.get(mess, "name") in columns]
    rows = [make(rng) for _ in range(count)]
    clean = iter(rng.sample(rows, len(rows)))
    for mess in (*messes, *messes):
        mess(next(clean), rng)
    same = next(clean)
    twice = Row(dict(same.cells), dict(same.values), "duplicate_of", {"name_differs"}, same)
    twice.cells["name"] = twice.values["name"] = same.values["name"] + "儿"
    rows.insert(rows.index(same) + rng.randrange(1, 9), twice)
    if kind == "students":
        return rows
    known = next(clean)
    nameless = Row(dict(known.cells) | {"id": ""}, dict(known.values), "duplicate_of", {"id_missing"}, known)
    nameless.values |= {"id_number": None, "id_type": None}
    rows.insert(rows.index(known) + rng.randrange(1, 9), nameless)
    return rows
