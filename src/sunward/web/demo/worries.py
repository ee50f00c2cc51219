"""Worries of the demo district: one in danger, one of a school, one that another sub-district may know, one report."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import Unit, User
from sunward.mentoring.models import Match
from sunward.safeguarding.actions.links import make_link
from sunward.safeguarding.actions.reports import About, ReportDetails, add_receipt, write_report
from sunward.safeguarding.actions.triage import tie_to_file
from sunward.safeguarding.actions.worries import WorryDetails, report_by_link, report_worry
from sunward.safeguarding.enums import Authority, ReportKind, WorrySign
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import STREET


def make_worries(match: Match, moment: Moment) -> None:
    """`match` is the demo mentor's own: her child is the one of the report."""
    on = moment.on
    mentor, worker, supervisor = (_actor(name, moment) for name in ("mentor", "worker", "supervisor"))
    street = Unit.objects.get(code=STREET)
    alone = WorryDetails(
        signs=(WorrySign.ALONE, WorrySign.HUNGRY), seen_on=on - timedelta(days=1), child_name="闻小远", child_age=8,
        whereabouts="控江路一带，五楼", words="晚上常常一个人在楼道里写作业，说家里没有大人。",
    )  # fmt: skip
    hurt = WorryDetails(
        signs=(WorrySign.INJURED,), seen_on=on, child_age=11, whereabouts="社区图书馆",
        words="手臂上有几处旧伤，问起来就低头不说话。", is_urgent=True,
    )  # fmt: skip
    _report(worker, street, alone, moment)
    _report(mentor, street, hurt, moment)
    _report_of_school(supervisor, street, moment)
    _report_elsewhere(alone, moment)
    past = moment.earlier(20)
    tied = report_worry(
        actor=worker, worry_id=uuid4(), unit_id=match.case.unit_id, on=past.on, now=past.now,
        details=WorryDetails(signs=(WorrySign.SAD,), seen_on=past.on, words="最近不爱说话，也不下楼玩。"),
    )  # fmt: skip
    answering = _actor("officer", past)
    tie_to_file(actor=answering, worry_id=tied.uid, case_id=match.case.uid, on=past.on, now=past.now)
    _report_by_law(mentor, match, moment)


def _actor(username: str, moment: Moment) -> Actor:
    return read_actor(User.objects.get(username=username), on=moment.on)


def _report(actor: Actor, unit: Unit, details: WorryDetails, moment: Moment) -> None:
    report_worry(
        actor=actor, worry_id=uuid4(), unit_id=unit.pk, details=details, on=moment.on,
        now=moment.now - timedelta(hours=1),
    )  # fmt: skip


def _report_of_school(supervisor: Actor, street: Unit, moment: Moment) -> None:
    made = make_link(
        actor=supervisor, unit_id=street.pk, label="向阳小学", expires_on=moment.on + timedelta(days=180),
        on=moment.on, now=moment.now,
    )  # fmt: skip
    report_by_link(
        link=made.link, worry_id=uuid4(), unit_id=street.pk, name="顾老师", phone="13800001190", on=moment.on,
        now=moment.now,
        details=WorryDetails(
            signs=(WorrySign.SCHOOL, WorrySign.PARENT), seen_on=moment.on, child_name="韩一诺", child_age=10,
            child_phone="13800001191", whereabouts="四年级（2）班", words="已经三天没有来校，电话没有人接。",
        ),
    )  # fmt: skip


def _report_elsewhere(known: WorryDetails, moment: Moment) -> None:
    """The same name and age in the next sub-district: the two supervisors are told to talk."""
    other = Unit.objects.filter(kind="subdistrict").exclude(code=STREET).order_by("code").first()
    if other is not None:
        there = replace(known, words="在小区门口徘徊，说来找奶奶。", whereabouts="小区门口")
        _report(_actor("officer", moment), other, there, moment)


def _report_by_law(mentor: Actor, match: Match, moment: Moment) -> None:
    past = moment.earlier(12)
    actor = replace(mentor, on=past.on)
    details = ReportDetails(
        kinds=(ReportKind.ABUSE,), authority=Authority.POLICE, found_at=past.now - timedelta(minutes=25),
        to_whom="值班民警", words="探访时见到手臂有多处淤青，孩子说是摔的，说法前后不一。",
    )  # fmt: skip
    report = write_report(
        actor=actor, report_id=uuid4(), about=About.of_case(match.case), details=details, on=past.on, now=past.now
    )
    add_receipt(actor=actor, report_id=report.uid, receipt="演示-2026-0117", on=past.on, now=past.now)
