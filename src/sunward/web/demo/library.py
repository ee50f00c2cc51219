"""The demo's small library: what the officer has written, one piece not published yet, and who has learned from it."""

from uuid import uuid4

from sunward.accounts.access import read_actor
from sunward.accounts.models import User
from sunward.mentoring.actions.learning import learn
from sunward.mentoring.actions.library import MaterialSaid, publish_material, write_material
from sunward.mentoring.actions.material_consents import ask_for_consent, make_general
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.library.access import general_questions
from sunward.mentoring.models import Material
from sunward.web.demo.moments import Moment

DAYS_AGO = 40

_TANTRUM = """孩子大哭、摔东西的时候，道理一句也听不进去。先做三件事：

一、先看安全。把身边会砸到、会割到的东西拿开，自己也退开半步，蹲下来，和孩子一样高。

二、先说感受，不评对错。可以说：“你现在很生气，我陪着你。”不要说：“这有什么好哭的。”

三、等。多数孩子十来分钟会慢慢安静下来。这时递一杯水、一张纸巾，比说什么都好。

等他完全平静了，再问一句：“刚才最难受的是什么？”听完就好，不急着讲道理。约好下次难受时可以怎么做，比如到阳台站一会儿、捏一捏枕头。

如果他伤害自己，或者您觉得危险，马上打 110，或者在孩子的页面上点“紧急求助”。"""

_DUTY = """您不需要先弄清楚是不是真的。怀疑，就可以说。

看到什么要说：身上有说不清来历的伤；很怕回家或者很怕某个大人；长时间没人照顾、吃不饱；说有人碰他不该碰的地方；被逼着干活、不让上学。

向谁说：有危险，先打 110。其他时候，在孩子的页面上点“强制报告”，或者直接找居委、街道。

法律怎么规定：任何人发现侵害未成年人的情形，都有权劝阻、制止，或者向公安、民政、教育等部门检举、控告；国家机关、居委会、村委会和密切接触未成年人的单位及其工作人员，在工作中发现了，必须立即报告（《未成年人保护法》第十一条）。

不要做什么：不要自己反复追问孩子细节，不要去找对方对质，不要拍照发到群里。记下孩子的原话和您看到的，交给专门的人。

说错了不会怪您。不说，孩子可能还要再等很久。"""

_FIRST = """第一次见面，目标只有一个：让孩子愿意您下次再来。

去之前：和居委约好时间，问清楚家里谁在。不用带贵的礼物，带一样能一起玩的：一副扑克、一本图画书、一盒彩泥。

见了面：先叫孩子的名字，说自己叫什么、为什么来、什么时候走。不问成绩，不问爸爸妈妈去哪儿了。

玩起来：让孩子选、让孩子当老师。他说得少没关系，您可以说说自己在做什么。

走之前：提前十分钟告诉他要走了。说好下次哪天来。做不到的不要答应；答应了的，一定做到。

回家后：当天花三分钟记一次探访。孩子说过喜欢什么，写一句，下次用得上。"""

_ONESELF = """陪伴别人的人，也会累。睡不好、老想着孩子家的事、一想到要去就心慌，都是提醒：该歇一歇了。

可以这样做：和另一位邻家妈妈说说，不提孩子的名字；告诉居委这周去不了；问一问助力团的专家。

请假不丢人。您好好的，孩子才等得到您。"""

_STOMACH = """问：孩子放学后总说肚子疼，医院查了没有毛病，怎么陪？

答：身体常常替心里说话。先不追问疼不疼，放学路上聊聊今天最开心和最难受的事。连着记一周，看看哪些日子疼得多，再想办法。疼得厉害、发烧、呕吐，还是要先去医院。"""

_WRITTEN = (
    MaterialSaid(MaterialKind.ARTICLE, ExpertField.SOCIAL_WORK, "第一次上门，怎么和孩子熟起来", _FIRST, minutes=5),
    MaterialSaid(MaterialKind.ARTICLE, ExpertField.FAMILY_EDUCATION, "孩子发脾气，先做三件事", _TANTRUM, minutes=4),
    MaterialSaid(MaterialKind.ARTICLE, ExpertField.LAW, "担心孩子受到伤害，该向谁说", _DUTY, minutes=6),
    MaterialSaid(
        MaterialKind.LINK, ExpertField.LAW, "法律原文到哪里查",
        "国家法律法规数据库，可以查到《未成年人保护法》《家庭教育促进法》的全文。在搜索框里写法律的名字就行。",
        link="https://flk.npc.gov.cn/", minutes=10,
    ),
)  # fmt: skip
_NOT_YET = MaterialSaid(MaterialKind.ARTICLE, ExpertField.HEALTH, "陪伴别人，也照顾好自己", _ONESELF, minutes=3)
# How many of them the demo's mentor has worked through.
_LEARNT = 2


def make_library(moment: Moment) -> None:
    written = [_write(said, moment.earlier(DAYS_AGO - number)) for number, said in enumerate(_WRITTEN)]
    for number, material in enumerate(written):
        at = moment.earlier(DAYS_AGO - number)
        officer = read_actor(User.objects.get(username="officer"), on=at.on)
        publish_material(actor=officer, material_id=material.uid, version=material.version, now=at.now)
    _write(_NOT_YET, moment.earlier(1))
    for number, material in enumerate(written[:_LEARNT]):
        at = moment.earlier(9 - number)
        mentor = read_actor(User.objects.get(username="mentor"), on=at.on)
        learn(actor=mentor, material_id=material.uid, on=at.on, now=at.now)


def make_consents(moment: Moment) -> None:
    """The demo mentor's answered question, made general yesterday; she and the expert have not answered yet."""
    at = moment.earlier(1)
    officer = read_actor(User.objects.get(username="officer"), on=at.on)
    question = general_questions(officer).order_by("pk")[0]
    said = MaterialSaid(
        MaterialKind.QUESTION, ExpertField(question.field), "孩子放学后总说肚子疼", _STOMACH, minutes=3
    )  # fmt: skip
    material = make_general(actor=officer, question_id=question.uid, key=uuid4(), said=said, now=at.now)
    ask_for_consent(actor=officer, material_id=material.uid, version=material.version, now=at.now)


def _write(said: MaterialSaid, at: Moment) -> Material:
    officer = read_actor(User.objects.get(username="officer"), on=at.on)
    return write_material(actor=officer, key=uuid4(), said=said, now=at.now)
