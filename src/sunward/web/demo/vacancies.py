"""Vacancies of the demo district: open, to be verified, held, soon run out, expired, told twice; and visits.

No employer exists.
"""

from datetime import timedelta
from uuid import uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import Unit, User
from sunward.employment.actions.likenesses import note_likenesses
from sunward.employment.actions.vacancies import verify_vacancy
from sunward.employment.actions.visits import VisitDetails, record_visit
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
    # The employer tells one of them once more, and another one too late.
    ("上海示例和睦物业服务有限公司", "保洁员（急招）", "25元/小时", 2, "每天四小时，负责楼道保洁和公共区域保洁。", 0),
    ("上海示例新味餐饮管理有限公司", "传菜员", "4500-5000", 2, "负责传菜、收台和清洁，做六休一。", 0),
)  # fmt: skip
_LATE = "传菜员"
# Employer, days ago, online, what was learned, when to come again counted from today.
_VISITS = (
    ("上海示例云帆信息技术有限公司", 12, True, "数据中心扩容，缺十名初级运维，愿意带教零经验青年；周三下午方便。", 48),
    ("上海示例和睦物业服务有限公司", 40, False, "保洁流动大，愿意按小时排班；答应改掉招聘里的性别和年龄要求。", 0),
)  # fmt: skip


def make_vacancies(moment: Moment) -> None:
    officer = read_actor(User.objects.get(username="employment"), on=moment.on)
    street = Unit.objects.get(code=STREET)
    for post in _POSTS:
        _make(officer, street, moment, *post)
    for visit in _VISITS:
        _visit(officer, street, moment, *visit)


def _visit(
    officer: Actor, street: Unit, moment: Moment, name: str, days: int, online: bool, words: str, again: int
) -> None:
    """Those of its posts that were told first came of it."""
    then = moment.earlier(days)
    employer = Employer.objects.get(name=name)
    visit = record_visit(
        actor=officer, key=uuid4(), employer_id=employer.uid, unit_id=street.pk,
        details=VisitDetails(then.on, online, words, moment.on + timedelta(days=again)), on=then.on, now=then.now,
    )  # fmt: skip
    if online:
        VacancySource.objects.filter(vacancy__employer=employer, channel=Channel.ONLINE_VISIT).update(visit=visit)


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
        valid_until=moment.on - timedelta(days=3) if title == _LATE else None,
    )  # fmt: skip
    channel = Channel.ONLINE_VISIT if days else Channel.EMPLOYER
    VacancySource.objects.create(
        vacancy=vacancy, channel=channel, title=title, salary_text=salary, told_at=moment.now
    )  # fmt: skip
    note_likenesses(vacancy)
    if days and not findings:
        until = moment.on + timedelta(days=days)
        verify_vacancy(
            actor=officer, vacancy_id=vacancy.uid, version=1, until=until, on=moment.on, now=moment.now
        )  # fmt: skip
