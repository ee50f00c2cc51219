"""A full district for Leye Space, all synthetic: files, vacancies, recommendations, appointments and the ledger.

People, files, employers and vacancies are made here and sealed; what hangs on them is made in the database itself, from
the numbers of their rows, which is many times faster. For PostgreSQL.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from psycopg.sql import Literal

from bench.district import Size as ChildrenSize
from bench.district import fill as fill_children
from bench.employment_rows import RULES_OF_ROWS
from bench.imports import credit_code, resident_id
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, User
from sunward.casework.finding import case_kind, case_text
from sunward.casework.models import Case
from sunward.core.bulk import insert_rows, new_uids, reserve_ids
from sunward.core.search.index import Findable, add
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.enums import Education, Intention, Shift, Situation
from sunward.employment.models import Employer, Jobseeker, ServicePoint, Vacancy
from sunward.employment.vacancies.likeness import employer_core
from sunward.people.models import Person
from sunward.people.names import name_key
from sunward.people.registering import id_indexes, new_pseudonyms, phone_indexes

AT_ONCE = 10_000
POSTS_OF_ONE = 5
# Officers of the district and of three of its sub-districts.
DISTRICT, STREETS = "310110", ("310110016", "310110020", "310110013")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文辉力梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉"
    "晨曦宇轩浩然子涵欣怡梓萱一诺思远博文俊熙雨桐诗语若晴嘉豪志强国庆海涛德福永康"
)
_PREFIXES = ("138", "139", "136", "158", "186", "199", "177", "151")
_SITUATIONS = (
    *[Situation.REGISTERED] * 5, *[Situation.NOT_REGISTERED] * 3, Situation.FLEXIBLE, Situation.EMPLOYED, "",
)  # fmt: skip
_TITLES = (
    ("保洁员", "4-14-01-01"), ("收银员", "4-01-02-01"), ("叉车司机", "6-30-05-02"), ("会计", "2-06-03-00"),
    ("前台接待", "3-01-02-05"), ("养老护理员", "4-10-01-05"), ("软件测试工程师", "4-04-05-02"), ("电工", "6-31-01-03"),
    ("厨师", "4-03-02-01"), ("快递员", "4-02-07-08"), ("仓库管理员", "4-02-06-01"), ("客服专员", ""), ("驾驶员", ""),
    ("面点师傅", "4-03-02-02"), ("运营助理", ""), ("行政文员", "3-01-02-02"), ("保安员", "4-07-05-01"), ("分拣员", ""),
    ("营业员", "4-01-02-01"), ("家政服务员", "4-10-01-06"),
)  # fmt: skip
_QUALIFIERS = ("", "（急招）", "（早班）", "（常日班）", "助理", "组长", "（周末双休）", "学徒")


@dataclass(frozen=True, slots=True)
class Size:
    """How large the district is to be."""

    jobseekers: int = 500_000
    vacancies: int = 100_000
    facts: int = 5_000_000


def fill(size: Size, *, on: date) -> None:
    """Fill an empty, migrated database; a small children's programme stands beside it."""
    now = datetime.now(UTC)
    fill_children(ChildrenSize(children=2000, mentors=500, facts=20_000), on=on)
    _make_users(on)
    committees = list(Unit.objects.filter(kind=UnitKind.COMMITTEE).order_by("code"))
    _timed("jobseekers", lambda: _fill_jobseekers(size.jobseekers, committees, on))
    _timed("vacancies", lambda: _fill_vacancies(size.vacancies, on, now))
    _fill_points(on, now)
    _write_defaults()
    given = {"on": on, "now": now, "facts": size.facts}
    for name, statement in RULES_OF_ROWS:
        _timed(name, lambda: _execute(statement, given))  # noqa: B023 - called at once


def _timed(name: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    print(f"  {name:<28}{time.perf_counter() - started:6.0f} s", flush=True)


def _execute(statement: str, given: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)


def _write_defaults() -> None:
    """Columns that a statement leaves out get what the model says, as if Django wrote the row."""
    with connection.cursor() as cursor:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if field.null or field.primary_key or field.generated or field.is_relation or callable(field.default):
                    continue
                value = field.get_db_prep_save(field.get_default(), connection)
                if value is not None:
                    column = f'"{model._meta.db_table}" ALTER COLUMN "{field.column}"'
                    cursor.execute(f"ALTER TABLE {column} SET DEFAULT {Literal(value).as_string(cursor.cursor)}")


def _make_users(on: date) -> None:
    """`employment` is of the district, `employment1` and so on of sub-districts; each sub-district has two officers."""
    posts = [("employment", DISTRICT), *((f"employment{number}", code) for number, code in enumerate(STREETS, 1))]
    others = Unit.objects.filter(kind=UnitKind.SUBDISTRICT).order_by("code").values_list("code", flat=True)
    posts += [(f"officer_{code}_{number}", code) for code in others for number in (1, 2)]
    for username, code in posts:
        user = User.objects.create(username=username, name=username)
        Assignment.objects.create(
            user=user, role=Role.EMPLOYMENT_OFFICER, unit=Unit.objects.get(code=code), from_on=on - timedelta(days=400)
        )


def _fill_jobseekers(count: int, committees: list[Unit], on: date) -> None:
    random = Random(2)
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        with transaction.atomic():
            _insert_jobseekers(numbers, [random.choice(committees) for _ in numbers], random, on)


def _insert_jobseekers(numbers: range, homes: list[Unit], random: Random, on: date) -> None:
    count = len(numbers)
    persons, cases = list(reserve_ids(Person, count)), list(reserve_ids(Case, count))
    names = [_name(random) for _ in numbers]
    births = [on - timedelta(days=17 * 365 + number * 7919 % 15_000) for number in numbers]
    documents = [
        resident_id(birth, 900 + number // 15_000, "310110") for number, birth in zip(numbers, births, strict=True)
    ]
    phones = [f"+86{_PREFIXES[number % 8]}00{number * 7 % 1_000_000:06d}" for number in numbers]
    insert_rows(
        Person,
        (
            "id", "uid", "programme", "name", "name_key", "sex", "birth_date", "id_kind", "id_number", "id_index",
            "phone", "phone_index", "unit_id", "unit_path", "pseudonym",
        ),
        [
            (
                pk, uid, PROGRAMME, name, name_key(name), "M" if int(document[16]) % 2 else "F", birth, "resident_id",
                document, index, phone, phone_index, unit.pk, unit.path, pseudonym,
            )
            for pk, uid, name, birth, document, index, phone, phone_index, unit, pseudonym in zip(
                persons, new_uids(count), names, births, documents, id_indexes(documents), phones,
                phone_indexes(phones), homes, new_pseudonyms(count), strict=True,
            )
        ],
    )  # fmt: skip
    insert_rows(
        Case,
        (
            "id", "uid", "programme", "person_id", "unit_id", "unit_path", "state", "opened_on", "closed_on",
            "close_reason", "last_contact_on",
        ),
        [
            (pk, uid, PROGRAMME, person, unit.pk, unit.path, *_course(random, on))
            for pk, uid, person, unit in zip(cases, new_uids(count), persons, homes, strict=True)
        ],
    )  # fmt: skip
    insert_rows(Jobseeker, _PROFILE, [(pk, *_profile(random, on)) for pk in cases])
    add(
        Findable(case_kind(PROGRAMME), pk, unit.path, case_text(name, f"C{pk:06d}"))
        for pk, unit, name in zip(cases, homes, names, strict=True)
    )


def _name(random: Random) -> str:
    return random.choice(_SURNAMES) + "".join(random.choices(_GIVEN, k=2 if random.random() < 0.85 else 1))


def _course(random: Random, on: date) -> tuple[str, date, date | None, str, date | None]:
    """Six in seven are open; most were spoken to within the last months."""
    opened = on - timedelta(days=random.randrange(1, 1000))
    spoken = on - timedelta(days=int(random.expovariate(1 / 60))) if random.random() < 0.85 else None
    spoken = max(spoken, opened) if spoken else None
    if random.random() < 0.86:
        return "open", opened, None, "", spoken
    return "closed", opened, on - timedelta(days=random.randrange(0, 300)), "at_work", spoken


_PROFILE = (
    "case_id", "situation", "intention", "surveyed_situation", "surveyed_on", "registered_on", "unemployed_since",
    "education", "is_disabled", "skills", "experience", "salary_min", "commute_minutes", "shifts", "graduated_on",
)  # fmt: skip


def _profile(random: Random, on: date) -> tuple[Any, ...]:
    since = on - timedelta(days=random.randrange(1, 700))
    situation, is_called = random.choice(_SITUATIONS), random.random() < 0.3
    return (
        situation, random.choice(Intention.values), random.choice(Situation.values) if is_called else "",
        on - timedelta(days=random.randrange(200)) if is_called else None,
        since if situation == Situation.REGISTERED and random.random() < 0.9 else None,
        since if random.random() < 0.8 else None,
        random.choice(Education.values) if random.random() < 0.95 else None,
        random.choice((True, *[False] * 8, None)), random.sample(("叉车证", "办公软件", "健康证", "电工证"), 2),
        random.choice(("", "在超市做过两年收银", "做过三年物业保洁", "有五年仓库工作经验")),
        random.choice((None, *range(3000, 9000, 500))), random.choice((None, 20, 30, 45, 60)),
        random.choice(([], [Shift.DAY.value])),
        on - timedelta(days=random.randrange(1500)) if random.random() < 0.1 else None,
    )  # fmt: skip


def _fill_vacancies(count: int, on: date, now: datetime) -> None:
    random, streets = Random(3), list(Unit.objects.filter(kind=UnitKind.SUBDISTRICT).order_by("code"))
    employers = list(_employers(count // POSTS_OF_ONE, streets, random, now))
    for start in range(0, count, AT_ONCE):
        some = min(AT_ONCE, count - start)
        with transaction.atomic():
            insert_rows(
                Vacancy, ("uid", *_VACANCY),
                [
                    (uid, *_vacancy(start + number, employers[(start + number) % len(employers)], random, on, now))
                    for number, uid in enumerate(new_uids(some))
                ],
            )  # fmt: skip


def _employers(count: int, streets: list[Unit], random: Random, now: datetime) -> Iterator[tuple[int, Unit]]:
    with transaction.atomic():
        keys, homes = list(reserve_ids(Employer, count)), [random.choice(streets) for _ in range(count)]
        names = [
            f"上海示例{_SURNAMES[n % 50]}{_GIVEN[n // 50 % 50]}{_GIVEN[n // 2500 % 50]}"
            f"{random.choice(('商贸', '餐饮管理', '物业服务', '信息技术'))}有限公司"
            for n in range(count)
        ]  # fmt: skip
        insert_rows(
            Employer,
            ("id", "uid", "name", "name_key", "uscc", "unit_id", "unit_path", "made_at"),
            [
                (pk, uid, name, employer_core(name), credit_code(number), unit.pk, unit.path, now)
                for number, (pk, uid, name, unit) in enumerate(zip(keys, new_uids(count), names, homes, strict=True))
            ],
        )
    yield from zip(keys, homes, strict=True)


_VACANCY = (
    "employer_id", "title", "occupation", "places_min", "places_max", "salary_text", "salary_min", "salary_max",
    "salary_period", "amount_min", "amount_max", "education", "description", "workplace", "subdistrict_code",
    "contact_name", "contact_phone", "state", "close_reason", "verified_on", "verified_until", "unit_id", "unit_path",
    "valid_until", "made_at", "findings",
)  # fmt: skip


def _vacancy(number: int, employer: tuple[int, Unit], random: Random, on: date, now: datetime) -> tuple[Any, ...]:
    (title, code), (employer_id, unit) = random.choice(_TITLES), employer
    low, places = random.randrange(30, 95) * 100, random.choice((1, 2, 3, 5, 10))
    state = random.choices(("open", "waiting", "held", "closed"), (60, 6, 1, 33))[0]
    verified = on - timedelta(days=random.randrange(25)) if state == "open" else None
    found = [{"rule": "age", "words": "35岁以下", "level": "warn"}] if state == "held" else []
    return (
        employer_id, f"{title}{random.choice(_QUALIFIERS)}", code, places, places, f"{low}-{low + 2000}元/月", low,
        low + 2000, "month", low, low + 2000, random.choice((None, 20, 30, 40)),
        f"{title}，负责日常工作，服从安排，做五休二，五险一金，提供工作餐。" * 2,
        f"杨浦区平凉路{8000 + number % 1900}弄{number % 97 + 1}号", unit.code, f"{random.choice(_SURNAMES)}女士",
        f"+86{_PREFIXES[number % 8]}00{number % 1_000_000:06d}", state, "filled" if state == "closed" else "",
        verified, verified + timedelta(days=30) if verified else None, unit.pk, unit.path,
        on + timedelta(days=random.randrange(-5, 200)), now - timedelta(days=random.randrange(200)), found,
    )  # fmt: skip


def _fill_points(on: date, now: datetime) -> None:
    """Three Leye Spaces in every sub-district."""
    for unit in Unit.objects.filter(kind=UnitKind.SUBDISTRICT):
        for number in (1, 2, 3):
            ServicePoint.objects.create(
                name=f"{unit.short_name}乐业空间{number}", unit=unit, unit_path=unit.path,
                address=f"平凉路{8000 + unit.pk}弄{number}号", phone="021-00000000", hours="周一至周五 9:00–17:00",
            )  # fmt: skip
