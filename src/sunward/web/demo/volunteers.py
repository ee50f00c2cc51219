"""Two who would like to become neighbour moms, and the certificate of one who has been one for long."""

from django.conf import settings
from django.urls import reverse

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.mentoring.actions.applications import (
    ApplicationDetails,
    apply_in_public,
    invite_applicant,
    write_application,
)
from sunward.mentoring.actions.certificates import issue_certificate
from sunward.mentoring.models import Mentor
from sunward.web.demo.moments import Moment

_DAYS_CERTIFIED = 60


def make_volunteers(mentor: Mentor, officer: Actor, moment: Moment) -> None:
    """One applied by herself yesterday; with the other the worker wrote it down, and she has been asked to come."""
    worker = read_actor(User.objects.get(username="worker"), on=moment.on)
    past, before = moment.earlier(1), moment.earlier(6)
    apply_in_public(
        details=ApplicationDetails(
            name="林向暖", phone="+8613900002618", unit_id=worker.unit_id or 0, occupation="退休小学教师",
            skills=("语文", "书法"), languages=("普通话", "上海话"), slots=("周六上午", "寒暑假"),
            motive="退休了时间多，喜欢和孩子在一起。",
        ),
        on=past.on, now=past.now,
    )  # fmt: skip
    written = write_application(
        actor=worker,
        details=ApplicationDetails(
            name="周晓禾", phone="+8613900003724", unit_id=worker.unit_id or 0, occupation="社区医院护士",
            skills=("急救", "烘焙"), languages=("普通话",), slots=("工作日晚上", "周日下午"), own_children=("9",),
            motive="自己的孩子九岁，想让他多个伙伴。",
        ),
        on=before.on, now=before.now,
    )  # fmt: skip
    invite_applicant(actor=worker, application_id=written.uid, on=past.on, now=past.now)
    issue_certificate(
        actor=officer, mentor_id=mentor.uid, from_on=moment.earlier(_DAYS_CERTIFIED).on, until_on=moment.on,
        address=f"{settings.SUNWARD_PUBLIC_URL or 'http://127.0.0.1:8000'}{reverse('certificate')}", on=moment.on,
        now=moment.now,
    )  # fmt: skip
