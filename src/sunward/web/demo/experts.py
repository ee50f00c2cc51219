"""The demo's expert team: one who signs in, a colleague, a question answered and one that waits."""

from uuid import UUID, uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, Unit, User
from sunward.mentoring.actions.expert_team import put_on_team
from sunward.mentoring.actions.questions import Asked, advise, ask_about_own_child, take_question
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.models import Match
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import DISTRICT, SignIn, make_sign_in

DAYS_AGO = 12


def make_experts(match: Match, moment: Moment) -> SignIn:
    """`match` is the demo mentor's own. Returns the sign-in of the expert who has answered her."""
    district, past, yesterday = Unit.objects.get(code=DISTRICT), moment.earlier(DAYS_AGO), moment.earlier(1)
    user, sign_in = make_sign_in(Role.EXPERT, unit=district, on=moment.on)
    lawyer = User.objects.create_user("expert2", name="范正则")
    Assignment.objects.create(user=lawyer, role=Role.EXPERT, unit=district, from_on=past.on)
    team = (
        (user, (ExpertField.FAMILY_EDUCATION, ExpertField.DEVELOPMENT), "师范大学，做家庭教育指导二十年"),
        (lawyer, (ExpertField.LAW,), "律师事务所，常接监护权案件"),
    )
    for one, fields, about in team:
        put_on_team(actor=_actor("officer", past), user_id=one.pk, fields=fields, about=about, on=past.on, now=past.now)
    answered = _ask(match, "孩子放学后总说肚子疼，去医院查了没有毛病。我该怎么陪她？", past)
    told, expert = moment.earlier(DAYS_AGO - 2), read_actor(user, on=past.on)
    take_question(actor=expert, question_id=answered, on=told.on, now=told.now)
    advise(
        actor=expert, question_id=answered, key=uuid4(), on=told.on, now=told.now,
        words="身体在替心里说话。先不追问疼不疼，放学路上聊聊今天最开心和最难受的事，连着记一周，看看什么日子疼得多。",
    )  # fmt: skip
    _ask(match, "奶奶总说“不听话就不要你了”，我怎么劝她比较好？", yesterday)
    return sign_in


def _ask(match: Match, words: str, at: Moment) -> UUID:
    asked = Asked(key=uuid4(), field=ExpertField.FAMILY_EDUCATION, words=words)
    return ask_about_own_child(actor=_actor("mentor", at), match_id=match.uid, asked=asked, on=at.on, now=at.now).uid


def _actor(username: str, at: Moment) -> Actor:
    return read_actor(User.objects.get(username=username), on=at.on)
