"""Vacancies of the demo district: open, to be verified, held for their wording, soon run out. No employer exists."""

from datetime import timedelta

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import Unit, User
from sunward.employment.actions.vacancies import verify_vacancy
from sunward.employment.enums import Channel, VacancyKind, VacancyState
from sunward.employment.models import Employer, Vacancy, VacancySource
from sunward.employment.vacancies.findings import find_in_wording
from sunward.employment.vacancies.likeness import employer_core
from sunward.employment.vacancies.salaries import read_salary
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import STREET

# Employer, post, salary as written, how many, what the work is, for how many days somebody answers (0: nobody yet).
_POSTS = (
    ("上海示例云帆信息技术有限公司", "初级运维工程师", "8千-1.2万·13薪", 10, "机房巡检和日常维护，常日班，双休。", 30),
    ("上海示例云帆信息技术有限公司", "软件测试实习岗（见习）", "4500元/月", 3, "在带教老师指导下编写测试用例。", 5),
    ("上海示例和睦物业服务有限公司", "保洁员", "25元/小时", 2, "负责楼道和公共区域保洁，每天四小时。", 0),
    ("上海示例和睦物业服务有限公司", "客服前台", "5000-6000", 1, "接待来访，限女性，35岁以下，形象气质佳。", 0),
    ("上海示例新味餐饮管理有限公司", "面点师傅", "面议", 2, "早班，负责中式面点制作，包两餐。", 0),
)  # fmt: skip


def make_vacancies(moment: Moment) -> None:
    officer = read_actor(User.objects.get(username="employment"), on=moment.on)
    street = Unit.objects.get(code=STREET)
    for post in _POSTS:
        _make(officer, street, moment, *post)


def _make(
    officer: Actor, street: Unit, moment: Moment, name: str, title: str, salary: str, places: int, words: str, days: int
) -> None:
    employer, _is_new = Employer.objects.get_or_create(
        name=name, name_key=employer_core(name),
        defaults={"unit": street, "unit_path": street.path, "made_by_id": officer.user_id, "made_at": moment.now},
    )  # fmt: skip
    pay = read_salary(salary)
    findings = find_in_wording(title, words)
    vacancy = Vacancy.objects.create(
        employer=employer, title=title, places_min=places, places_max=places, description=words, salary_text=salary,
        kind=VacancyKind.TRAINEESHIP if "见习" in title else VacancyKind.FULL_TIME,
        salary_min=pay.month_min, salary_max=pay.month_max, salary_period=pay.period or "", amount_min=pay.amount_min,
        amount_max=pay.amount_max, salary_months=pay.months, workplace=street.name, subdistrict_code=street.code,
        contact_name="示例经理", contact_phone="021-00005678", findings=findings,
        state=VacancyState.HELD if findings else VacancyState.WAITING, unit=street, unit_path=street.path,
        made_by_id=officer.user_id, made_at=moment.now,
    )  # fmt: skip
    VacancySource.objects.create(
        vacancy=vacancy, channel=Channel.ONLINE_VISIT, name="街道线上走访", title=title, salary_text=salary,
        told_at=moment.now,
    )  # fmt: skip
    if days and not findings:
        until = moment.on + timedelta(days=days)
        verify_vacancy(
            actor=officer, vacancy_id=vacancy.uid, version=1, until=until, on=moment.on, now=moment.now
        )  # fmt: skip
