"""What the demo district's walk along the river comes by, with what is told there: from west to east."""

from sunward.accounts.access import Actor
from sunward.gatherings import actions as acts
from sunward.gatherings.actions.stops import StopDetails
from sunward.gatherings.models import Gathering
from sunward.web.demo.moments import Moment

STOPS = (
    StopDetails(
        "毛麻仓库", "杨树浦路，滨江步道旁", 20,
        "小朋友们，我们从一座老仓库出发。听名字就知道，从前这里存放的是羊毛和麻，"
        "送到厂里，就织成了布。\n\n二〇一九年，上海城市空间艺术季在这里办过展览，仓库里摆的不再是货物，而是艺术家的作品。\n\n"
        "猜一猜：为什么仓库要造在江边？想好了，走到下一站再告诉邻家妈妈。",
    ),
    StopDetails(
        "杨树浦水厂", "杨树浦路 830 号，江边栈桥上看", 30,
        "大家看，这排房子像不像故事书里的城堡？其实它是一座自来水厂，一八八三年就开始供水了，是中国最早的现代化水厂之一。\n\n"
        "在那以前，很多人家要到河里挑水，放明矾，等泥沙沉下去才能用。有了水厂，拧开龙头就有干净的水。"
        "它到今天还在工作，一百多岁了。\n\n请每个人说一件家里用水的事，再说一个省水的办法。",
    ),
    StopDetails(
        "明华糖厂旧址", "杨树浦路，滨江步道旁", 20,
        "这一站是甜的。这里从前是糖厂，留下来的老仓库现在叫“明华糖仓”，人们到这里来看展览、歇歇脚。\n\n"
        "老房子没有拆，洗干净、修结实，再派新的用场，就像一件旧衣服改一改又能穿。\n\n"
        "找一找：墙上、柱子上，哪里看得出它年纪大了？",
    ),
    StopDetails(
        "杨浦大桥", "大桥下的滨江步道", 20,
        "抬头看，这么大的桥，是谁把它拉住的？是那一根根斜斜的钢索，所以它叫斜拉桥。\n\n"
        "杨浦大桥一九九三年通车，两座高塔之间有六百零二米，刚造好的时候，是世界上跨度最大的斜拉桥。\n\n"
        "和邻家妈妈手拉手，身体往后仰一点点，是不是稳稳的？钢索就是这样拉住桥面的。",
    ),
    StopDetails(
        "国棉十七厂（上海国际时尚中心）", "杨树浦路 2866 号", 30,
        "最后一站，看屋顶：一个尖接一个尖，像锯子的牙齿。纺织厂要看清细细的纱线，屋顶就开了斜斜的天窗，让光照进来。\n\n"
        "这里从前是上海第十七棉纺织厂，许多奶奶、外婆年轻时就在这样的厂里上班。现在它是上海国际时尚中心，"
        "从做布的地方，变成了看漂亮衣服的地方。\n\n回家问一问长辈：年轻时在哪里上班，最得意的一件事是什么？",
    ),
)  # fmt: skip


def add_stops(outing: Gathering, actor: Actor, moment: Moment) -> None:
    for details in STOPS:
        acts.add_stop(actor=actor, gathering_id=outing.uid, after=0, details=details, now=moment.now)
