"""What stands beside a person: words before and after a name, strong ones and weak ones."""

import re

TITLES = (
    "老师|同学|阿姨|叔叔|奶奶|爷爷|妈妈|爸爸|外婆|外公|阿婆|阿公|伯伯|婶婶|姐姐|哥哥|妹妹|弟弟|姐|哥|姨|婆婆|医生|护士|大夫|先生|女士|小姐|小朋友|主任|书记|校长|园长|警官|律师|"
    "社工|师傅|教练|教授|班主任|站长|科长|所长|队长|经理|老板|志愿者|妈|爸|家长|辅导员|督导|干事|护工|保姆|大姐|大哥|大爷|大妈|大娘|老先生|老太太|老太|老伯|老人家|爷叔|嫂子|嫂|姆妈|大伯|"
    "小妹妹|小弟弟|小姑娘|小妹|小弟|组长|委员|民警|片警|法官|检察官|博士|心理师|咨询师|治疗师|阿妹|老爷子"
)
# Beside a person: strong on the one side is enough, weak on both.
STRONG_BEFORE = re.compile(
    r"(?:名叫|叫做|叫|名字是|名字|姓名|名为|大名|本名|真名|孩子|学生|同学|女儿|儿子|外孙女|外孙|孙女|孙子|妹妹|弟弟|姐姐|哥哥|母亲|父亲|妈妈|爸爸|奶奶|爷爷|外婆|外公|"
    r"姑姑|姑妈|舅舅|舅妈|阿姨|叔叔|伯父|邻居|志愿者|居民|朋友|班主任|老师|男孩|女孩|男生|女生|儿童|案主|受助人|监护人|生母|生父|继父|继母|养父|养母|堂姐|表哥|表姐|表弟|表妹|堂弟|同桌|本人|当事人|"
    r"联系人|家长|社工|医生|律师|教练|对象|患儿|[录表访签办责告件送记养护]人|签名|签字|署名|落款|走访|记录)(?:是|叫|为|:|,|“|\"|\(|、|和|·|\s)*$"
)
WEAK_BEFORE = re.compile(
    r"(?:^|[\s,。、;:!?“”\"'()《》…\-—~@/\]】]|[和跟与给对找问带陪被让把帮是为请见接送约教夸骂打告诉联系陪同看望得知据由向叫及同了着过说称问劝请于读看听到醒烦等谢托替代劳"
    r"天晨午晚刚才后外里但可就还也因果里另遇碰约请去来的])$"
)
STRONG_AFTER = re.compile(
    rf"^(?:{TITLES}|的(?:妈妈|爸爸|母亲|父亲|奶奶|爷爷|外婆|外公|家|家里|家长|班主任|老师|监护人|同学|成绩|情况|病|学校|生日|手机|电话|父母|弟弟|妹妹|哥哥|姐姐)|"
    r"\(|,?(?:男|女)[,。)]|,?今年|,?\d{1,2}岁|,?[一二三四五六七八九十]{1,3}岁|(?:小朋友)|说|告诉|表示|回答|哭|笑|问|觉得|喜欢|就读|出生|住在|家里|家住|自述|从小|患有|曾被|跟着|搬|"
    r"[他她](?:爸|妈|爷|奶|姑|姨|舅|叔|伯|哥|姐|弟|妹|家)|答应|讲|电话|那边|聊|多留意|肯|约好)"
)
WEAK_AFTER = re.compile(
    r"^(?:$|[\s,。、;:!?“”\"'()《》…\-—~\[【/@]|[的在住读因家是去来已很不也都把被和与跟给对从到有没又还就才想要能会一两这那"
    r"今昨明上下讲多答打发帮带周最总真爱喜愿肯回做画写吃睡先现每刚正比太更让叫请])"
)
KIN_BEFORE = re.compile(
    "(?:母亲|父亲|妈妈|爸爸|奶奶|爷爷|外婆|外公|姑姑|姑妈|舅舅|舅妈|阿姨|叔叔|生母|生父|继父|继母"
    "|(?:[他她我你娃]|孩子)(?:爸|妈|爷|奶|姑|姨|舅|叔|伯|哥|姐|弟|妹))$"
)
# What only somebody does.
ACTS = re.compile("[在不很也是说从没有今已就上读住和跟去来]")
_NEAR, _FAR = 8, 6


def before(text: str, place: int) -> str:
    return text[max(0, place - _NEAR) : place]


def after(text: str, place: int) -> str:
    return text[place : place + _FAR]


def may_precede(text: str, place: int) -> bool:
    said = before(text, place)
    return bool(WEAK_BEFORE.search(said) or STRONG_BEFORE.search(said))


def may_follow(text: str, place: int) -> bool:
    said = after(text, place)
    return bool(WEAK_AFTER.match(said) or STRONG_AFTER.match(said))


def stands_alone(text: str, start: int, end: int) -> bool:
    return may_precede(text, start) and may_follow(text, end)
