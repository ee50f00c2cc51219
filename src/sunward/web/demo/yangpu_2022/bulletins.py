"""The bulletin that Leye Space published on the last evening: written by one officer, read and published by another."""

from datetime import date
from uuid import uuid4

from django.utils import translation

from sunward.accounts.models import Unit
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.bulletin import BULLETIN
from sunward.figures.actions.bulletins import Written, publish_bulletin, write_bulletin
from sunward.web.demo.sign_ins import DISTRICT
from sunward.web.demo.yangpu_2022.stage import LAST, Stage, at

SECOND = ("employment2", "蒋思远")


def make_bulletin(stage: Stage, day: date = LAST) -> None:
    stage.tell(f"the bulletin of {day}")
    with translation.override("zh-hans"):
        body = str(BULLETIN)
    told = Written(
        name="乐业空间简报", issue=10, issue_total=22, title="2022年1至10月工作情况", until_on=day, body=body,
        report_to="区委办公室、区政府办公室", send_to="各街道",
    )  # fmt: skip
    bulletin = write_bulletin(
        actor=stage.actor("employment", day), key=uuid4(), programme=PROGRAMME,
        unit_id=Unit.objects.get(code=DISTRICT).pk, written=told, now=at(day, 19),
    )  # fmt: skip
    publish_bulletin(
        actor=stage.actor(SECOND[0], day), bulletin_id=bulletin.uid, version=bulletin.version, on=day,
        now=at(day, 21),
    )  # fmt: skip
