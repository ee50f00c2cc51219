"""The online visit of a summer's day in 殷行: one employer, ten posts in information technology."""

from datetime import date, timedelta
from uuid import uuid4

from sunward.accounts.models import Unit
from sunward.employment.actions.vacancy_adding import VacancyDetails, add_vacancy
from sunward.employment.actions.visits import VisitDetails, record_visit
from sunward.employment.enums import Channel, VacancyKind
from sunward.employment.models import Employer
from sunward.employment.vacancies.likeness import employer_core
from sunward.web.demo.yangpu_2022.stage import Stage, at

DAY = date(2022, 8, 18)
YINHANG = "310110016"
NAME = "上海示例星图数据科技有限公司"
POSTS = (
    "初级运维工程师", "软件测试工程师", "前端开发工程师", "后端开发工程师", "数据标注专员", "数据分析助理",
    "网络管理员", "技术支持工程师", "产品助理", "信息安全专员",
)  # fmt: skip


def make_visit(stage: Stage) -> None:
    """By the acts: the visit first, then each post from its page."""
    stage.tell("the online visit in Yinhang")
    officer, unit = stage.actor("employment", DAY), Unit.objects.get(code=YINHANG)
    employer = Employer.objects.create(
        name=NAME, name_key=employer_core(NAME)[:120], industry="I653", unit=unit, unit_path=unit.path,
        made_by_id=officer.user_id, made_at=at(DAY, 9),
    )  # fmt: skip
    visit = record_visit(
        actor=officer, key=uuid4(), employer_id=employer.uid, unit_id=unit.pk, on=DAY, now=at(DAY, 11),
        details=VisitDetails(DAY, True, "线上走访：愿意带教零经验青年，十个岗位可以先见习。", DAY + timedelta(days=60)),
    )  # fmt: skip
    for title in POSTS:
        add_vacancy(
            actor=officer, key=uuid4(), on=DAY, now=at(DAY, 12),
            details=VacancyDetails(
                employer=NAME, title=title, kind=VacancyKind.FULL_TIME, places=1, salary_text="6000-9000元/月",
                description=f"{title}，常日班，双休，有带教老师。", workplace=unit.name, unit_id=unit.pk,
                channel=Channel.ONLINE_VISIT, visit=visit.uid,
            ),
        )  # fmt: skip
