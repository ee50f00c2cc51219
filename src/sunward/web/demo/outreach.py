"""The demo district's community groups, one of each sub-district. None has a channel: nothing can leave the house."""

from django.utils.translation import gettext as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.outreach.actions import add_group, compose_digest, write_personal
from sunward.outreach.digests import digest_sections
from sunward.outreach.enums import MessagePurpose
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import STREET


def make_groups(officer: Actor, moment: Moment) -> None:
    """Groups with every topic, one digest to look at, and a word to the officer about what is still missing."""
    topics = list(digest_sections())
    for street in Unit.objects.filter(kind=UnitKind.SUBDISTRICT).order_by("code"):
        group = add_group(
            actor=officer, unit_id=street.pk, name=f"{street.short_name}社区服务群", now=moment.now, topics=topics
        )
        if street.code == STREET:
            compose_digest(actor=officer, group_id=group.uid, on=moment.on, now=moment.now)
    write_personal(
        key="demo:groups", purpose=MessagePurpose.DUTY, reference="", unit_path=officer.unit_path, now=moment.now,
        user_id=officer.user_id,
        body=_(
            "The community groups have no channel yet.\n\nYou can compose digests and read them as they will look."
            " Before one can be sent, add the robot of the chat group under “Groups and channels”."
        ),
    )  # fmt: skip
