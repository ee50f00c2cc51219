"""Thirty job fairs and twenty interview sessions in communities, with the vacancies that employers bring to them."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from sunward.accounts.models import Unit
from sunward.employment.actions.vacancy_adding import VacancyDetails
from sunward.employment.enums import Channel, VacancyKind
from sunward.employment.models import Employer
from sunward.employment.vacancies.likeness import employer_core
from sunward.gatherings import actions as acts
from sunward.gatherings.actions.planning import GatheringDetails, SessionTime
from sunward.web.demo.sign_ins import DISTRICT
from sunward.web.demo.yangpu_2022.rows import Told, bring, open_many
from sunward.web.demo.yangpu_2022.stage import LAST, Stage, at, days_between, spread, streets

FAIRS, INTERVIEWS, POSTS = 30, 20, 6_080
VACANCIES_A_TIME, BOOTHS = 15, 5
# Trade, code of industry (GB/T 4754), posts.
_TRADES = (
    ("物业管理", "K702", ("物业客服", "工程维修工", "秩序维护员")),
    ("餐饮管理", "H621", ("面点师傅", "传菜员", "餐厅服务员")),
    ("仓储物流", "G594", ("仓库管理员", "分拣员", "叉车司机")),
    ("商业零售", "F521", ("收银员", "理货员", "导购员")),
    ("护理服务", "Q841", ("养老护理员", "康复助理", "护理站文员")),
    ("家政服务", "O801", ("家政服务员", "收纳整理师", "月嫂")),
    ("机械制造", "C348", ("装配工", "质检员", "数控操作工")),
    ("信息技术", "I651", ("软件测试员", "运维工程师", "数据标注员")),
    ("文化传播", "R871", ("新媒体运营", "活动执行", "视频剪辑员")),
    ("教育咨询", "P839", ("课程顾问", "教务助理", "保育员")),
)
_NAMES = ("云帆", "和睦", "新味", "顺达", "晨光", "安居")
_SALARIES = ("5000-7000元/月", "4500-6000元/月", "6000-9000元/月", "28元/小时", "5500-8000元/月")


@dataclass(frozen=True, slots=True)
class _Plan:
    kind: str
    title: str
    unit: Unit
    day: date


def make_fairs(stage: Stage) -> None:
    employers = _make_employers(stage)
    posts = _share(stage, POSTS, (FAIRS + INTERVIEWS) * VACANCIES_A_TIME)
    for number, plan in enumerate(_plans(), 1):
        if number % 10 == 1:
            stage.tell(f"fairs and interview sessions: {number} of {FAIRS + INTERVIEWS}")
        own = posts[(number - 1) * VACANCIES_A_TIME : number * VACANCIES_A_TIME]
        _hold(stage, plan, [employers[(number * BOOTHS + each) % len(employers)] for each in range(BOOTHS)], own)


def _plans() -> list[_Plan]:
    """Fairs of the district and of sub-districts, interview sessions of sub-districts alone."""
    district, below = Unit.objects.get(code=DISTRICT), streets()
    days = days_between(date(2022, 1, 17), LAST, can_meet=True)
    fairs = [
        _Plan("employment.job_fair", f"杨浦区专场招聘会（第{number}场）", (district, *below)[number % 13], day)
        for number, day in enumerate(spread(days, FAIRS), 1)
    ]
    sessions = [
        _Plan("employment.community_interview", f"家门口专场面试会（{unit.short_name}）", unit, day)
        for unit, day in zip(below * 2, spread(days[3:], INTERVIEWS), strict=False)
    ]
    return sorted([*fairs, *sessions], key=lambda plan: (plan.day, plan.title))


def _make_employers(stage: Stage) -> list[Employer]:
    district = Unit.objects.get(code=DISTRICT)
    made = at(date(2022, 1, 5))
    names = [(f"上海示例{name}{trade}有限公司", code) for trade, code, _posts in _TRADES for name in _NAMES]
    Employer.objects.bulk_create(
        Employer(
            name=name, name_key=employer_core(name)[:120], industry=code, unit=district, unit_path=district.path,
            made_by_id=stage.actor("employment", made.date()).user_id, made_at=made,
        )
        for name, code in names
    )  # fmt: skip
    found = list(Employer.objects.filter(name__in=[name for name, _code in names]).order_by("pk"))
    stage.random.shuffle(found)
    return found


def _share(stage: Stage, whole: int, parts: int) -> list[int]:
    """How many are wanted of each, at least two, all together the whole."""
    found = [2] * parts
    for _each in range(whole - 2 * parts):
        found[stage.random.randrange(parts)] += 1
    return found


@transaction.atomic
def _hold(stage: Stage, plan: _Plan, employers: list[Employer], posts: list[int]) -> None:
    """Planned and made known a fortnight before, its vacancies verified a week before, finished that evening."""
    known, told_on = _workday(plan.day - timedelta(days=14)), _workday(plan.day - timedelta(days=7))
    officer = stage.actor("employment", known)
    details = GatheringDetails(
        title=plan.title, host_id=plan.unit.pk, place=f"{plan.unit.name}社区文化活动中心", is_public=True,
        fields={"employers": BOOTHS},
    )  # fmt: skip
    times = [SessionTime(at(plan.day, 9, 30), at(plan.day, 12))]
    made = acts.plan_gathering(
        actor=officer, kind=plan.kind, details=details, sessions=times, on=known, now=at(known, 10)
    )
    made = acts.publish_gathering(
        actor=officer, gathering_id=made.uid, version=made.version, on=known, now=at(known, 11)
    )
    offered = [
        (employers[number % BOOTHS], places, _post(stage, employers[number % BOOTHS], number // BOOTHS))
        for number, places in enumerate(posts)
    ]
    numbers = open_many(
        [
            Told(employer, _details(stage, employer, post, places, plan), plan.day + timedelta(days=21))
            for employer, places, post in offered
        ],
        unit=plan.unit, actor=stage.actor("employment", told_on), on=told_on, now=at(told_on, 15),
    )  # fmt: skip
    brought = [(employer, number) for (employer, _places, _post), number in zip(offered, numbers, strict=True)]
    bring(made, brought, actor=officer, now=at(told_on, 16))
    acts.finish_gathering(
        actor=stage.actor("employment", plan.day), gathering_id=made.uid, version=made.version,
        summary="单位到场，现场洽谈顺利。", on=plan.day, now=at(plan.day, 18),
        reported_attendance=stage.random.randint(60, 380),
    )  # fmt: skip


def _post(stage: Stage, employer: Employer, number: int) -> str:
    posts = next(posts for trade, _code, posts in _TRADES if trade in employer.name)
    return posts[number % len(posts)]


def _details(stage: Stage, employer: Employer, post: str, places: int, plan: _Plan) -> VacancyDetails:
    title = f"{post}（{plan.day.month}月{plan.day.day}日）"
    return VacancyDetails(
        employer=employer.name, title=title, kind=VacancyKind.FULL_TIME, places=places,
        salary_text=stage.random.choice(_SALARIES), description=f"负责{post}日常工作，早晚两班，包工作餐。",
        workplace=plan.unit.name, unit_id=plan.unit.pk, channel=Channel.FAIR,
    )  # fmt: skip


def _workday(day: date) -> date:
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return max(day, date(2022, 1, 5))
