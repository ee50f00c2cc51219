"""How fast a register comes in: read and staged, taken over, undone; rows a second and the highest memory.

    python -m bench.imports [--kind children unemployed vacancies] [--rows 100000] [--undo] [--profile]

Runs on a database of its own in a temporary folder (or SUNWARD_TEST_DATABASE_URL's server), in a process of its own.

100,000 children on SQLite took 10 s to read and 18 s to take over on a quiet machine with two slow cores, 3,500 rows a
second end to end. Beside other work compare the processor's time.
"""

import argparse
import cProfile
import os
import pstats
import random
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

ON = date(2026, 11, 25)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_HEADS = (
    "序号", "姓名", "性别", "身份证号", "出生日期", "所属街道", "居委", "住址", "监护状况", "实际监护人", "关系",
    "电话", "困境类型", "风险等级", "需求", "是否愿意结对", "语言/方言", "就学情况", "备注",
)  # fmt: skip
_SEEKER_HEADS = (
    "序号", "姓名", "性别", "身份证号", "出生日期", "所属街道", "居委", "现住址", "手机", "就业状态", "就业意向",
    "学历", "期望岗位", "期望薪资", "技能证书", "失业登记日期", "人户分离", "是否残疾", "备注",
)  # fmt: skip
_POSTS = ("收银员", "保安", "文员", "快递员", "电工", "厨师", "养老护理员", "驾驶员")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉力梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉"
)
_NEEDS = ("亲情陪伴", "学业辅导", "心理疏导", "生活照料", "经济救助", "兴趣培养")


def resident_id(birth: date, order: int, region: str) -> str:
    """Synthetic: the order code is between 900 and 999."""
    body = f"{region}{birth:%Y%m%d}{order:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def _born(number: int, first: date) -> tuple[date, int, str]:
    """Day of birth, order and region: each hundred has a day and a region of its own, so no number comes twice."""
    block = number // 100
    region = ("310110", "310104", "310105", "310106", "310107", "310109", "310112", "310113")[block // 4000]
    return first + timedelta(days=block % 4000), 900 + number % 100, region


def _committees() -> list[tuple[str, str]]:
    from sunward.accounts.models import Unit

    return list(Unit.objects.filter(kind="committee").values_list("name", "parent__name"))


def make_children(count: int) -> Iterator[list[object]]:
    """Children with their own numbers; one in fifty has something to be warned of, one in a hundred is wrong."""
    dice, committees = random.Random(20261125), _committees()
    for number in range(count):
        birth, order, region = _born(number, date(2012, 1, 1))
        committee, subdistrict = dice.choice(committees)
        guardian = dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, 2))
        yield [
            number + 1,
            guardian[0] + "".join(dice.sample(_GIVEN, 2)),
            "男" if order % 2 else "女",
            resident_id(birth, order, region) if number % 100 else "31011020150101900",
            f"{birth:%Y.%m.%d}",
            subdistrict,
            committee if number % 50 else "幸福里第九居委会",
            f"平凉路{8000 + number % 900}弄{number % 90 + 1}号{number % 20 + 1}01室",
            dice.choice(("监护缺失", "监护不当", "无力监护", "隔代照料")),
            guardian,
            dice.choice(("母亲", "祖母", "外祖父")),
            f"13{dice.randrange(4, 10)}00{dice.randrange(10**6):06d}",
            dice.choice(("家庭经济困难", "流动儿童", "事实无人抚养")),
            dice.choice("低低中高"),
            "、".join(dice.sample(_NEEDS, 3)),
            dice.choice(("是", "否", "愿意")),
            "上海话",
            f"小学{dice.choice('一二三四五六')}年级",
            "" if number % 10 else "已电话联系",
        ]


def make_unemployed(count: int) -> Iterator[list[object]]:
    """People without work, as often with something to be warned of and as often wrong."""
    dice, committees = random.Random(20261127), _committees()
    for number in range(count):
        birth, order, region = _born(number, date(1975, 1, 1))
        committee, subdistrict = dice.choice(committees)
        yield [
            number + 1,
            dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, 2)),
            "男" if order % 2 else "女",
            resident_id(birth, order, region) if number % 100 else "31011019850101900",
            f"{birth:%Y.%m.%d}",
            subdistrict,
            committee if number % 50 else "幸福里第九居委会",
            f"平凉路{8000 + number % 900}弄{number % 90 + 1}号{number % 20 + 1}01室",
            f"13{dice.randrange(4, 10)}00{dice.randrange(10**6):06d}",
            dice.choice(("登记失业", "灵活就业", "料理家务", "参加培训", "无业", "在外地就业", "协保")),
            dice.choice(("找工作", "自主创业", "参加培训", "就业见习", "暂无意愿", "继续求学")),
            dice.choice(("初中", "高中", "职高", "大专", "大学本科", "研究生")),
            "、".join(dice.sample(_POSTS, 2)),
            dice.choice(("7千以上", "6000左右", "5500-6500", "面议", "4500元/月", "")),
            "、".join(dice.sample(("叉车证", "办公软件", "健康证", "电工证", "英语四级"), 2)),
            f"{2024 + number % 2}.{number % 12 + 1}.{number % 28 + 1}",
            dice.choice("是否"),
            dice.choice("否否否是"),
            "" if number % 10 else "已电话联系",
        ]


_ADVERT_HEADS = (
    "序号", "单位名称", "统一社会信用代码", "行业", "岗位名称", "招聘人数", "薪资", "学历要求", "年龄要求", "工作地点",
    "联系方式", "有效期", "岗位描述", "来源渠道",
)  # fmt: skip
_ADVERTS = (
    ("保洁员", "公共区域保洁，垃圾分类清运，工具保养，检查消毒记录"),
    ("收银员", "收银结账，核对当日款项，开具发票，整理货架"),
    ("叉车工", "驾驶叉车装卸货物，核对出库单据，日常点检，保持通道畅通"),
    ("会计", "账务处理，纳税申报，编制报表，票据归档"),
    ("前台接待", "接听总机，登记访客，收发快递，预订会议室"),
    ("养老护理员", "协助老人洗漱进食，记录血压体温，夜间巡视房间，陪同就医"),
)
_BENEFITS = ("五险一金", "做五休二", "提供工作餐", "带薪年假", "包住", "节日福利")
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(number: int) -> str:
    """Synthetic, with the right check character."""
    signs = []
    for _place in range(7):
        number, sign = divmod(number, 31)
        signs.append(_CODE_SIGNS[sign])
    body = "91310110MA" + "".join(signs)
    total = sum(_CODE_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + _CODE_SIGNS[(31 - total % 31) % 31]


def make_vacancies(count: int) -> Iterator[list[object]]:
    """Five posts of each employer; one in thirty is told twice, one in fifty says what it may not, as often wrong."""
    dice = random.Random(20261128)
    row: list[object] = []
    for number in range(count):
        if number % 30 == 29:  # the post before it, by another channel
            row = [number + 1, *row[1:]]
            row[4], row[9], row[13] = f"急聘{row[4]}", str(row[9]).removeprefix("杨浦区"), "街道收集"
            yield row
            continue
        firm, (title, duties) = number // 5, dice.choice(_ADVERTS)
        low, part = dice.randrange(35, 90) * 100, dice.choice(("", "大桥街道", "殷行街道"))
        row = [
            number + 1,
            f"上海{_SURNAMES[firm % 20]}{_GIVEN[firm // 20 % 50]}{_GIVEN[firm // 1000 % 50]}商贸有限公司",
            credit_code(firm) if number % 50 else "",
            dice.choice(("零售业", "餐饮业", "商务服务业")),
            title if number % 100 else "",
            dice.choice((1, 2, 5, "3人", "2-3人", "若干")),
            dice.choice((f"{low}-{low + 2000}元/月", f"{low / 1000:g}-{low / 1000 + 2:g}K", "面议", f"{low}元以上")),
            dice.choice(("不限", "高中及以上", "大专")),
            "" if number % 50 else "35岁以下",
            f"杨浦区{part}平凉路{8000 + number % 1900}弄{number % 97 + 1}号{number % 20 + 1}01室",
            f"{dice.choice(_SURNAMES)}女士 13{dice.randrange(4, 10)}00{dice.randrange(10**6):06d}",
            f"2027-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            f"{duties}，{'，'.join(dice.sample(_BENEFITS, 2))}。",
            dice.choice(("企业直报", "招聘会", "区公共招聘")),
        ]
        yield row


@dataclass(frozen=True)
class Register:
    """A register to be made: what its sheet is called, its headings, its rows, and who imports it."""

    title: str
    heads: tuple[str, ...]
    make: Callable[[int], Iterator[list[object]]]
    role: str


REGISTERS = {
    "children": Register("困境儿童台账", _HEADS, make_children, "district_officer"),
    "vacancies": Register("企业招聘岗位信息汇总表", _ADVERT_HEADS, make_vacancies, "employment_officer"),
    "unemployed": Register("失业人员排摸表", _SEEKER_HEADS, make_unemployed, "employment_officer"),
}


def write_workbook(path: Path, register: Register, count: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_string(0, 0, f"杨浦区{register.title}")
        sheet.write_row(1, 0, register.heads)
        for number, row in enumerate(register.make(count), start=2):
            sheet.write_row(number, 0, row)


def set_up(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunward.config.settings.development")
    os.environ["SUNWARD_HOME"] = str(folder)
    import django

    django.setup()


def prepare_database(folder: Path) -> None:
    """A fresh database with the district's units."""
    set_up(folder)
    from django.core.management import call_command

    from sunward.accounts.units import load_district

    call_command("migrate", verbosity=0)
    load_district()


def measure(name: str, rows: int, work: Callable[[], object], *, profile: bool) -> float:
    begun, worked = time.perf_counter(), time.process_time()
    if profile:
        profiler = cProfile.Profile()
        profiler.runcall(work)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(45)
    else:
        work()
    took, cpu = time.perf_counter() - begun, time.process_time() - worked
    print(
        f"{name:<22}{took:8.1f} s{rows / took:10.0f} rows/s   ({cpu:.1f} s of processor, peak {_peak():.0f} MB)",
        flush=True,
    )
    return took


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(work: Callable[[], object]) -> bool:
    """In a process of its own, so that its memory is not counted here. Whether it went through."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except Exception:  # noqa: BLE001 - the child ends here, whatever it was
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] == 0


def run(kind: str, rows: int, *, undo: bool, profile: bool) -> None:
    """In a process of its own for each kind, on a database of its own."""
    print(f"{kind}, {rows:,} rows", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook = folder / f"{kind}.xlsx"

        def prepare() -> None:
            prepare_database(folder)
            write_workbook(workbook, REGISTERS[kind], rows)

        _apart(prepare)
        set_up(folder)
        took = _import(workbook, REGISTERS[kind].role, rows, undo=undo, profile=profile)
    print(f"{'end to end':<22}{took:8.1f} s{rows / took:10.0f} rows/s   peak {_peak():.0f} MB", flush=True)


def _import(workbook: Path, role: str, rows: int, *, undo: bool, profile: bool) -> float:
    from django.utils import timezone

    from sunward.accounts.access import read_actor
    from sunward.accounts.models import Assignment, Unit, User
    from sunward.registers.actions import (
        Upload,
        commit_batch,
        request_commit,
        request_undo,
        stage_batch,
        start_batch,
        undo_batch,
    )
    from sunward.registers.conducting import TerminalConductor

    officer = User.objects.create_user("bench", name="压测")
    Assignment.objects.create(user=officer, role=role, unit=Unit.objects.get(code="310110"), from_on=date(2020, 1, 1))
    actor, now, conductor = read_actor(officer, on=ON), timezone.now(), TerminalConductor()
    batch = start_batch(actor=actor, uploads=[Upload.of_file(workbook)], judged_on=ON, now=now, is_background=False)
    staging = measure(
        "read and stage", rows, lambda: stage_batch(batch_id=batch.pk, conductor=conductor, now=now), profile=profile
    )
    request_commit(actor=actor, batch_id=batch.uid, now=now, is_background=False)
    taking = measure(
        "take over", rows, lambda: commit_batch(batch_id=batch.pk, conductor=conductor, on=ON, now=now), profile=profile
    )
    batch.refresh_from_db()
    print("  " + ", ".join(f"{name} {count}" for name, count in batch.counts.items() if count))
    if undo:
        request_undo(actor=actor, batch_id=batch.uid, now=now, is_background=False)
        measure("undo", rows, lambda: undo_batch(batch_id=batch.pk, conductor=conductor, now=now), profile=profile)
    return staging + taking


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", nargs="+", choices=REGISTERS, default=list(REGISTERS), dest="kinds")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--undo", action="store_true", help="measure the undoing, too")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    given = parser.parse_args()
    for kind in given.kinds:
        work = partial(run, kind, given.rows, undo=given.undo, profile=given.profile)
        if not _apart(work):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
