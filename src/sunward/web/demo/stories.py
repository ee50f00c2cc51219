"""Stories of success of the demo: two that the district reads, and one that waits for a second officer. Invented."""

from dataclasses import replace
from itertools import islice
from uuid import uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.casework.models import Case
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions.consents import record_consent
from sunward.employment.actions.stories import Told, release_story, write_story
from sunward.employment.enums import ClientTagKind
from sunward.employment.models import Story
from sunward.employment.queries.stories import tags_of
from sunward.employment.stories.enums import AgeBand, Helped
from sunward.people.enums import Purpose
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import STREET

_RELEASED = (
    Told(
        pseudonym="小禾", title="从不敢面试到站稳柜台", obstacle="毕业两年没上过班，一到面试就说不出话。",
        words="第一次通话只聊了十分钟，没提岗位，约好下周同一时间再打。\n第二次请来做职业指导，发现不是没本事，是怕被问“这两年在做什么”。"
        "我们一起把这段时间如实写进简历，再练了三次面试，角色互换着练。\n前两次面试有人陪到门口，第三次是自己去的。",
        outcome="做了收银，三个月后还在，开始带新人。", helped=(Helped.SURVEY_CALL, Helped.GUIDANCE, Helped.COMPANY),
        age_band=AgeBand.TO_35,
    ),
    Told(
        pseudonym="老槐", title="五十岁，换一门手艺", obstacle="原来的行当没有了，年纪一报就被挂电话。",
        words="先不投简历，先算账：还要做多少年、身体能做什么。选定电工，报了有补贴的培训，晚上上课，白天继续打零工。\n"
        "拿到证以后由我们陪着走访用人单位，请对方先看手艺、再看年纪。",
        outcome="签了一年合同，做设备维护。", helped=(Helped.PLAN, Helped.POLICY, Helped.TRAINING, Helped.VISIT),
        age_band=AgeBand.TO_55,
    ),
)  # fmt: skip
_WAITING = Told(
    pseudonym="小满", title="先把作息调回来", obstacle="昼夜颠倒半年多，上午的面试从来赶不上。",
    words="没有劝，先约下午两点的课，一周一次。三周以后改成上午十点半，再三周改成九点。\n作息回来了，投简历是自己提出来的。",
    outcome="做了早班分拣，每天六点出门。", helped=(Helped.COURSE, Helped.COMPANY), age_band=AgeBand.TO_35,
)  # fmt: skip


def make_stories(moment: Moment) -> None:
    """Told by the colleague of the sub-district; who signs in as employment officer is the second one."""
    writer, second = _actor("employment_street", moment), _actor("employment", moment)
    here = Case.objects.open().filter(programme=PROGRAMME, unit_path__contains=f"/{STREET}/").order_by("-pk")
    cases = list(islice(here, len(_RELEASED) + 1))
    for number, (case, told) in enumerate(zip(cases, (*_RELEASED, _WAITING), strict=False)):
        story = _write(writer, case, told, moment.earlier(16 - 4 * number))
        if told is not _WAITING:
            then = moment.earlier(14 - 4 * number)
            release_story(
                actor=second, case_id=case.uid, story_id=story.uid, version=story.version, on=then.on, now=then.now
            )


def _write(writer: Actor, case: Case, told: Told, at: Moment) -> Story:
    """In groups to which the person belongs."""
    record_consent(
        actor=writer, case_id=case.uid, purpose=Purpose.STORY, given_on=at.on, on=at.on, now=at.now,
        note="签了纸质同意书，存街道档案夹",
    )  # fmt: skip
    own = replace(told, client_tags=tuple(ClientTagKind(code) for code, _word in tags_of(case)[:1]))
    return write_story(actor=writer, case_id=case.uid, key=uuid4(), told=own, on=at.on, now=at.now)


def _actor(username: str, moment: Moment) -> Actor:
    return read_actor(User.objects.get(username=username), on=moment.on)
