"""Synthetic people: names from lists of common characters, numbers that are marked as synthetic."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤"
)
_GIRLS = "欣怡雨萱梓涵诗琪语桐思妍若曦可馨佳宁子晴一诺静雅婉清晓彤心悦芷若"
_BOYS = "浩宇子轩宇航俊杰明轩博文天佑子墨嘉豪睿泽承泽立诚致远家宝晨阳景行"
_WOMEN = "慧敏丽华秀英雪梅建芳玉兰晓燕桂芬美玲文静海燕春梅红霞淑珍佩芳凤英"
_MEN = "建国志强伟国华明德军永福海涛文斌长林庆荣宝根世杰学民"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PREFIXES = ("138", "139", "136", "158", "186", "199", "177", "151")


@dataclass(frozen=True, slots=True)
class Committee:
    """Where somebody lives, in the words of a roster."""

    subdistrict: str
    name: str


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    name: str
    sex: str
    birth: date
    number: str
    phone: str
    committee: Committee


class PersonMaker:
    """Makes people who never repeat a number or a name; the same seed makes the same people."""

    def __init__(self, random: Random, committees: tuple[Committee, ...]) -> None:
        self._random = random
        self._committees = committees
        self._numbers: set[str] = set()
        self._names: set[str] = set()

    def make(self, *, sex: str, born_from: date, born_until: date, given: str) -> SyntheticPerson:
        birth = born_from + timedelta(days=self._random.randrange((born_until - born_from).days))
        return SyntheticPerson(
            name=self._name(given),
            sex=sex,
            birth=birth,
            number=self._number(birth, sex),
            phone=self.phone(),
            committee=self._random.choice(self._committees),
        )

    def child(self, on: date) -> SyntheticPerson:
        sex = self._random.choice("FM")
        given = _GIRLS if sex == "F" else _BOYS
        return self.make(sex=sex, born_from=_years_before(on, 17), born_until=_years_before(on, 4), given=given)

    def student(self, on: date) -> SyntheticPerson:
        sex = self._random.choice("FM")
        given = _GIRLS if sex == "F" else _BOYS
        return self.make(sex=sex, born_from=_years_before(on, 22), born_until=_years_before(on, 19), given=given)

    def woman(self, on: date, *, youngest: int = 28, oldest: int = 66) -> SyntheticPerson:
        return self.make(
            sex="F", born_from=_years_before(on, oldest), born_until=_years_before(on, youngest), given=_WOMEN
        )

    def man(self, on: date, *, youngest: int, oldest: int) -> SyntheticPerson:
        return self.make(
            sex="M", born_from=_years_before(on, oldest), born_until=_years_before(on, youngest), given=_MEN
        )

    def phone(self) -> str:
        return f"{self._random.choice(_PREFIXES)}00{self._random.randrange(10**6):06d}"

    def _name(self, given: str) -> str:
        while True:
            length = 2 if self._random.random() < 0.9 else 1
            name = self._random.choice(_SURNAMES) + "".join(self._random.choice(given) for _ in range(length))
            if name not in self._names:
                self._names.add(name)
                return name

    def _number(self, birth: date, sex: str) -> str:
        while True:
            order = 900 + 2 * self._random.randrange(50) + (1 if sex == "M" else 0)
            body = f"310110{birth:%Y%m%d}{order}"
            total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
            number = body + "10X98765432"[total % 11]
            if number not in self._numbers:
                self._numbers.add(number)
                return number
            birth += timedelta(days=1)


def _years_before(on: date, years: int) -> date:
    return date(on.year - years, on.month, min(on.day, 28))
