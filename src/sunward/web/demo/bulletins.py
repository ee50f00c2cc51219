"""Bulletins of the demo: a sub-district's that is published, the next as a draft. Invented words, counted numbers."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.core import clock
from sunward.core.jobs.queue import enqueue
from sunward.core.months import add_months
from sunward.figures.actions.bulletins import Written, publish_bulletin, write_bulletin
from sunward.figures.jobs import publish_months
from sunward.mentoring.access import PROGRAMME
from sunward.web.demo.moments import Moment

_BODY = """# 总体情况
到统计截止日，在册儿童[[mentoring.files_open]]名，邻家妈妈正在结对[[mentoring.matches_running]]对。今年以来上门或线上陪伴\
[[mentoring.visits_made|年初以来]]次，近三个月如下。
[[mentoring.visits_made|{span}|按月]]
# 活动情况
今年以来组织外出活动[[mentoring.outings_held|年初以来]]场。
# 下一步
入冬前再走访一遍，看看取暖和作业辅导还缺什么。"""


def make_bulletins(moment: Moment) -> None:
    """Written by the supervisor of the sub-district, published by the officer of the district."""
    writer, second = _actor("supervisor", moment), _actor("officer", moment)
    unit, month, first = writer.unit_id or 0, moment.on.month, add_months(moment.on.replace(day=1), -2)
    told = Written(
        name="邻家妈妈简报", issue=month, issue_total=month + 12, title="近期邻家妈妈工作情况", until_on=moment.on,
        body=_BODY.format(span=f"{first:%Y-%m}~{moment.on:%Y-%m}"), report_to="区未成年人保护办公室",
        send_to="各居委会",
    )  # fmt: skip
    before = moment.now - timedelta(days=1)
    bulletin = write_bulletin(
        actor=writer, key=uuid4(), programme=PROGRAMME, unit_id=unit, written=told, now=before
    )  # fmt: skip
    publish_bulletin(
        actor=second, bulletin_id=bulletin.uid, version=bulletin.version, on=moment.on, now=moment.now
    )  # fmt: skip
    body = "# 陪伴情况\n本月到今天，共陪伴[[mentoring.visits_made|本月]]次。"
    draft = replace(told, issue=month + 1, issue_total=month + 13, title="下一期：本月陪伴情况", body=body)
    write_bulletin(
        actor=writer, key=uuid4(), programme=PROGRAMME, unit_id=unit, written=draft, now=moment.now
    )  # fmt: skip
    # Months on dashboards wait for no night here: whoever looks at the demo looks at it now. Once it has started.
    enqueue(publish_months.using(run_after=clock.now() + timedelta(minutes=1)))


def _actor(username: str, moment: Moment) -> Actor:
    return read_actor(User.objects.get(username=username), on=moment.on)
