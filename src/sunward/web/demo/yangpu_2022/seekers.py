"""People without work as four lists deliver them, and who of them found work: 2,066, among them 679 youths."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction

from sunward.casework.models import Case
from sunward.core.months import add_months
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions.placements import NewWork
from sunward.employment.actions.tagging import judge_files
from sunward.employment.enums import ClientTagKind, PlacementBasis, PlacementKind
from sunward.employment.models import ClientTag
from sunward.registers.actions import Upload, carry_through, start_batch
from sunward.registers.conducting import TerminalConductor
from sunward.web.demo.yangpu_2022.rows import place_many
from sunward.web.demo.yangpu_2022.stage import FIRST, LAST, Stage, at, days_between, recorded_on

HEADINGS = (
    "序号", "姓名", "性别", "身份证号", "街道", "居委", "手机", "就业状态", "就业意向", "学历", "期望岗位",
    "失业登记日期", "人户分离", "是否残疾",
)  # fmt: skip
# Of each month: how many found work, and how many of them were youths without work for long.
FOUND_WORK = (190, 150, 170, 90, 80, 220, 300, 310, 290, 266)
YOUTHS = (60, 48, 56, 30, 26, 70, 100, 105, 96, 88)
# On which day a list arrives, and the months in which those on it find work.
LISTS = ((FIRST, (1, 2, 3)), (date(2022, 3, 28), (4, 5)), (date(2022, 6, 1), (6, 7, 8)), (date(2022, 8, 29), (9, 10)))
# How many more stand on a list than find work, of a hundred.
STILL_SEEKING = 14
_WISHES = ("收银员", "仓库管理员", "保洁员", "物业客服", "养老护理员", "软件测试", "会计", "面点师傅", "分拣员", "前台")
_SCHOOLS = ("初中", "高中", "中专", "高职", "大专", "本科")
_TRADES = ("和睦物业", "新味餐饮", "顺达仓储", "晨光超市", "云帆信息", "康宁护理", "安居家政", "精工机械")
_TITLES = ("客服", "服务员", "仓库管理员", "收银员", "测试员", "护理员", "家政服务员", "装配工")


@dataclass(frozen=True, slots=True)
class _Row:
    is_youth: bool
    cells: tuple[object, ...]


def make_seekers(stage: Stage) -> None:
    for number, (day, months) in enumerate(LISTS, 1):
        others, youths = _take_list(stage, number, day, months)
        for month in months:
            placed_youths = YOUTHS[month - 1]
            placed = [*islice(youths, placed_youths), *islice(others, FOUND_WORK[month - 1] - placed_youths)]
            _find_work(stage, placed, month, after=day)


def _take_list(stage: Stage, number: int, day: date, months: tuple[int, ...]) -> tuple[Iterator[Case], Iterator[Case]]:
    """Import it and judge the files by the rules of the day; who is a youth without work for long, these say."""
    youths = sum(YOUTHS[month - 1] for month in months)
    others = sum(FOUND_WORK[month - 1] for month in months) - youths
    path = Path(settings.HOME) / "demo-workbooks" / f"失业人员排摸表（第{number}批）.csv"
    stage.tell(f"list {number} of {len(LISTS)}: people without work, {day}")
    _write(path, stage, day, _more(youths), _more(others))
    officer, last = stage.actor("employment", day), Case.objects.order_by("-pk").values_list("pk", flat=True).first()
    batch = start_batch(
        actor=officer, uploads=[Upload.of_file(path)], judged_on=day, now=at(day, 9), is_background=False
    )
    carry_through(actor=officer, batch=batch, conductor=TerminalConductor(), on=day, now=at(day, 9))
    cases = list(Case.objects.filter(programme=PROGRAMME, pk__gt=last or 0).order_by("pk"))
    for start in range(0, len(cases), 500):
        judge_files([case.pk for case in cases[start : start + 500]], on=day, now=at(day, 23))
    tagged = set(
        ClientTag.objects.filter(case__in=cases, kind=ClientTagKind.LTU_YOUTH, until_on=None).values_list(
            "case", flat=True
        )
    )
    return (
        iter([case for case in cases if case.pk not in tagged]),
        iter([case for case in cases if case.pk in tagged]),
    )


def _more(count: int) -> int:
    return count + count * STILL_SEEKING // 100


def _write(path: Path, stage: Stage, day: date, youths: int, others: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds = [True] * youths + [False] * others
    stage.random.shuffle(kinds)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["失业人员排摸表（演示数据，均为虚构）"])
        out.writerow(HEADINGS)
        out.writerows(_row(stage, number, day, is_youth=kind) for number, kind in enumerate(kinds, 1))


def _row(stage: Stage, number: int, day: date, *, is_youth: bool) -> tuple[object, ...]:
    """A youth has been registered for long; of the others some are young and have lost their work of late."""
    random = stage.random
    is_young = is_youth or random.random() < 0.25
    make = stage.people.woman if random.random() < 0.5 else stage.people.man
    person = make(day, youngest=19 if is_young else 37, oldest=33 if is_young else 57)
    months = random.randint(8, 20) if is_youth else random.randint(1, 3) if is_young else random.randint(1, 16)
    since = add_months(day, -months) - timedelta(days=random.randint(0, 20))
    return (
        number, person.name, "女" if person.sex == "F" else "男", person.number, person.committee.subdistrict,
        person.committee.name, person.phone, "登记失业", "找工作", random.choice(_SCHOOLS), random.choice(_WISHES),
        since.isoformat(), random.choice(("是", "否", "否")), "否",
    )  # fmt: skip


def _find_work(stage: Stage, cases: list[Case], month: int, *, after: date) -> None:
    """Spread over the working days of a month, written down within a week."""
    random = stage.random
    first = max(date(2022, month, 1), after + timedelta(days=1))
    days = days_between(first, min(add_months(date(2022, month, 1), 1) - timedelta(days=1), LAST))
    told: dict[date, list[tuple[Case, NewWork]]] = {}
    for case in cases:
        day = random.choice(days)
        told.setdefault(recorded_on(day, random.randint(0, 6)), []).append((case, _work(stage, day)))
    with transaction.atomic():
        for day, work in sorted(told.items()):
            place_many(work, actor=stage.actor("employment", day), now=at(day, 16))


def _work(stage: Stage, day: date) -> NewWork:
    random = stage.random
    number = random.randrange(len(_TRADES))
    kind = random.choices(list(PlacementKind), (70, 18, 5, 7))[0]
    return NewWork(
        kind, random.choices(list(PlacementBasis), (35, 15, 30, 20))[0], day,
        employer_name="" if kind == PlacementKind.START_UP else f"上海示例{_TRADES[number]}有限公司",
        title=_TITLES[number],
    )  # fmt: skip
