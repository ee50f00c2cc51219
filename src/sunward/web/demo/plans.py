"""Care plans, a directory of invented resources, referrals and small wishes of the demo district."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import Unit, User
from sunward.casework import actions
from sunward.casework.enums import GoalState, ServiceKind
from sunward.casework.models import Case
from sunward.casework.queries.plans import read_plans
from sunward.casework.queries.resources import list_referable
from sunward.casework.risk_tables import Ticks, table_in_force
from sunward.mentoring.goal_suggestions import suggest
from sunward.mentoring.models import Match
from sunward.mentoring.queries.plan_page import need_word, open_needs
from sunward.mentoring.risk_tables import TABLES
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import DISTRICT, STREET

# Name, kind, provider, for whom, ages, where, office telephone, until when (days), whether the street's own.
_RESOURCES = (
    (
        "晴空心理小屋",
        "counselling",
        "晴空社工服务社",
        "情绪低落、睡不好的孩子",
        (6, 18),
        "控江路文化中心三楼",
        120,
        True,
    ),
    ("少年心声热线面谈", "counselling", "向阳青少年服务中心", "青少年及家长", (10, 18), "区青少年中心", 300, False),
    (
        "好好说话家长课",
        "family_education",
        "暖心家庭教育指导站",
        "照料孩子的老人和父母",
        (None, None),
        "社区学校二楼",
        90,
        True,
    ),
    ("四点半书桌", "study", "邻里学堂", "放学后没人辅导的小学生", (6, 12), "睦邻中心一楼", 200, True),
    ("周末数理答疑", "study", "青禾志愿者联盟", "初中生", (12, 16), "区图书馆自习室", 150, False),
    (
        "儿童体检绿色通道",
        "health",
        "社区卫生服务中心",
        "没有定期体检的孩子",
        (0, 14),
        "社区卫生服务中心儿保科",
        330,
        True,
    ),
    ("口腔义诊日", "health", "微笑口腔志愿队", "小学生", (6, 12), "社区卫生服务中心", 20, True),
    (
        "助学金申请窗口",
        "financial_aid",
        "社区事务受理中心",
        "家庭经济困难的学生",
        (6, 20),
        "受理中心五号窗口",
        250,
        True,
    ),
    (
        "少年法律援助站",
        "legal_aid",
        "同心法律服务所",
        "监护、抚养、继承等问题",
        (None, None),
        "区法律服务中心",
        320,
        False,
    ),
    ("临时托管小屋", "care", "暖阳托管服务社", "家长临时不能照看的孩子", (3, 12), "睦邻中心二楼", 12, True),
    ("周末书画班", "leisure", "邻里文化志愿队", "喜欢画画写字的孩子", (5, 16), "文化活动室", 180, True),
    ("爱心超市", "goods", "街道志愿者协会", "需要学习和生活用品的家庭", (None, None), "志愿服务站", 240, True),
)
_WISHES = ("一套彩色铅笔", "去看一次大海", "一双轮滑鞋", "和同学一起过一次生日")


def make_plans(matches: Sequence[Match], moment: Moment) -> None:
    """Plans of the first visited children; the first of them is assessed by the table, with a wish that is granted."""
    past = moment.earlier(25)
    officer = read_actor(User.objects.get(username="officer"), on=past.on)
    _fill_directory(officer, past)
    cases = [match.case for match in matches[:6]]
    for number, case in enumerate(cases):
        _plan(officer, case, past, is_settled=number == 0)
        if number < 4:
            _refer(officer, case, past, has_helped=number == 1)
    _assess(officer, cases[0], past)
    _wish(officer, cases[: len(_WISHES)], past)


def _fill_directory(officer: Actor, at: Moment) -> None:
    units = {is_street: Unit.objects.get(code=STREET if is_street else DISTRICT).pk for is_street in (True, False)}
    for name, kind, provider, audience, (young, old), place, days, is_street in _RESOURCES:
        details = actions.ResourceDetails(
            name=name, kind=kind, provider=provider, unit_id=units[is_street], audience=audience, age_from=young,
            age_until=old, place=place, hours="周二至周六 9:00–17:00", cost="免费",
            valid_until_on=at.on + timedelta(days=25 + days),
        )  # fmt: skip
        actions.add_resource(actor=officer, details=details, on=at.on, now=at.now)


def _plan(officer: Actor, case: Case, at: Moment, *, is_settled: bool) -> None:
    goals = [
        actions.GoalDetails(str(suggest(need).words), service_kind=suggest(need).service_kind, need=need)
        for need, _word in open_needs(case)
        if suggest(need).words
    ] or [actions.GoalDetails("每周有人抽时间陪伴孩子", service_kind=ServiceKind.COMPANIONSHIP)]
    actions.draw_up_plan(
        actor=officer, case_id=case.uid, review_on=at.on + timedelta(days=20 if is_settled else 90), on=at.on,
        now=at.now, agreement="外婆负责晚饭和作业时间；邻家妈妈每周六上午来；居委会帮忙申请补助。", goals=goals,
    )  # fmt: skip
    if is_settled:
        current = read_plans(case, on=at.on, need_words=need_word).current
        first = current.goals[0] if current else None
        if first is None:
            return
        actions.settle_goal(
            actor=officer, case_id=case.uid, goal_id=first.uid, version=first.version, state=GoalState.REACHED,
            result="两个多星期没有间断，孩子开始盼着周六。", on=at.on, now=at.now,
        )  # fmt: skip


def _refer(officer: Actor, case: Case, at: Moment, *, has_helped: bool) -> None:
    offered = list_referable(case, on=at.on)
    if not offered:
        return
    row = actions.send_referral(
        actor=officer, case_id=case.uid, resource_id=offered[0].uid, reason="最近睡不好，想请人聊一聊。",
        **_when(at),
    )  # fmt: skip
    if has_helped:
        given: dict[str, Any] = {
            "actor": officer,
            "case_id": case.uid,
            "referral_id": row.uid,
            "on": at.on,
            "now": at.now,
        }
        actions.answer_referral(**given, version=1, is_accepted=True)
        actions.settle_referral(**given, version=2, has_helped=True, result="谈了三次，睡得安稳多了。")


def _assess(officer: Actor, case: Case, at: Moment) -> None:
    ticks = Ticks(table_in_force(TABLES, on=at.on), ("carer_worn_out", "withdrawn", "screens"))
    actions.assess_by_table(actor=officer, case_id=case.uid, ticks=ticks, reason="家访所见", on=at.on, now=at.now)


def _wish(officer: Actor, cases: Sequence[Case], at: Moment) -> None:
    """The first is granted, the next two are on the wall, the last waits to be read."""
    written = [
        actions.add_wish(actor=officer, case_id=case.uid, words=words, on=at.on, now=at.now)
        for case, words in zip(cases, _WISHES, strict=False)
    ]
    for number, wish in enumerate(written[:-1]):
        given: dict[str, Any] = {
            "actor": officer,
            "case_id": wish.case.uid,
            "goal_id": wish.uid,
            "on": at.on,
            "now": at.now,
        }
        actions.release_wish(**given, version=1, wall_words=wish.words)
        if number == 0:
            actions.grant_wish(
                **given, version=2, granted_by="街道商会", granted_on=at.on, result="当天就画了一幅向日葵。"
            )


def _when(at: Moment) -> dict[str, Any]:
    return {"on": at.on, "now": at.now}
