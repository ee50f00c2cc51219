"""The roadshow of the demo district."""

from sunward.accounts.access import read_actor
from sunward.accounts.models import Unit, User
from sunward.gatherings.actions.roadshows import Hours, ask_for_roadshow
from sunward.gatherings.models import Roadshow
from sunward.web.demo.moments import Moment
from sunward.web.demo.roadshow import TITLE, ask
from sunward.web.demo.sign_ins import DISTRICT


def make_roadshow(moment: Moment) -> Roadshow:
    """Asked for by the demo's employment officer; the first worker that starts plans it."""
    officer = read_actor(User.objects.get(username="employment"), on=moment.on)
    unit = Unit.objects.get(code=DISTRICT)
    return ask_for_roadshow(
        actor=officer, kind="employment.course_session", unit_id=unit.pk, title=TITLE, asked=ask(), hours=Hours(),
        on=moment.on, now=moment.now,
    )  # fmt: skip
