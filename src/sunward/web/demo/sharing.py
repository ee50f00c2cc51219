"""The demo's notes of experience: some published, one that waits, one given back with a reason."""

from collections.abc import Sequence
from uuid import uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.mentoring.actions.sharing import Told, publish_note, return_note, write_note
from sunward.mentoring.enums import VisitTopic
from sunward.mentoring.models import ExperienceNote, Match
from sunward.web.demo.moments import Moment

DAYS_AGO = 20
_PUBLISHED = (
    Told(
        "作业前先玩十分钟",
        "一进门就催作业，孩子总是躲。后来我先陪着下一盘五子棋，说好十分钟，闹钟一响就收。"
        "现在是孩子自己去拿书包。\n要紧的是说话算话：闹钟响了，大人也不能再讲别的。",
        (VisitTopic.SCHOOL, VisitTopic.PLAY),
    ),
    Told(
        "孩子不说话的时候",
        "头三次上门，孩子一句话也不讲。我不再问问题，带了毛线去，坐在旁边织。第四次孩子问我：这个怎么起头？\n"
        "不急着要回答，手上有事做，话会自己来。",
        (VisitTopic.FEELINGS,),
    ),
    Told(
        "和老人家商量规矩",
        "老人心疼孩子，手机一直给。我没有讲道理，先请老人讲讲自己带大儿女的办法，再一起定了三条，写大字贴在冰箱上。\n"
        "规矩是老人自己定的，就守得住。",
        (VisitTopic.FAMILY, VisitTopic.DAILY_LIFE),
    ),
)
_WAITING = Told(
    "一起读同一本书",
    "我和孩子各读一章，下次见面互相讲。讲不完整没关系，讲错了更好，可以一起翻书找。",
    (VisitTopic.READING,),
)
_RETURNED = Told(
    "带孩子去看牙",
    "孩子怕看牙。我们先去门口看了看，第二次坐了坐椅子，第三次才张嘴。去的是菜场对面那家小诊所，院长会变魔术。",
    (VisitTopic.HEALTH,),
)
_REASON = "写得真好。诊所在哪里、院长会什么，邻居一看就知道是谁家，请改成“一家诊所”，再交一次。"


def make_notes(visiting: Sequence[Match], moment: Moment) -> None:
    """The demo's own mentor has one of each; the others have published theirs."""
    officer, past = _actor("officer", moment), moment.earlier(DAYS_AGO)
    for days, (match, told) in enumerate(zip(visiting, _PUBLISHED, strict=False)):
        read = moment.earlier(DAYS_AGO - 3 - 4 * days)
        note = _write(match, told, past)
        publish_note(actor=officer, note_id=note.uid, version=note.version, now=read.now)
    read = moment.earlier(2)
    returned = _write(visiting[0], _RETURNED, moment.earlier(5))
    return_note(actor=officer, note_id=returned.uid, version=returned.version, reason=_REASON, now=read.now)
    _write(visiting[0], _WAITING, moment.earlier(1))


def _write(match: Match, told: Told, at: Moment) -> ExperienceNote:
    actor = read_actor(User.objects.get(mentor=match.mentor_id), on=at.on)
    return write_note(actor=actor, key=uuid4(), told=told, on=at.on, now=at.now)


def _actor(username: str, at: Moment) -> Actor:
    return read_actor(User.objects.get(username=username), on=at.on)
