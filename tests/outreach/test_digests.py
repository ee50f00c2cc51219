"""A digest: composed of public facts, looked at, approved by a person, sent as it was looked at."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, Session
from sunward.ledger.models import Fact
from sunward.outreach.actions import approve_digest, compose_digest, discard_digest, edit_intro
from sunward.outreach.actions.digests import leave_out
from sunward.outreach.digests import DigestRequest, DigestSection, digest_sections
from sunward.outreach.enums import ChannelKind, DigestState, MessageState
from sunward.outreach.models import Digest, Message
from sunward.outreach.rules import SECOND_THOUGHTS
from sunward.outreach.splitting import size
from tests.factories import NOW, TODAY, make_committee, make_district, make_subdistrict
from tests.outreach.announcements import announce
from tests.outreach.arrangements import Clock, make_channel, make_group, officer, send_everything

pytestmark = pytest.mark.django_db

EXPECTED = """【控江一群】11月25日

◆ 近期招聘会、面试会和课程
1. 社区专场面试会
   11月28日（星期六） 09:30 · 控江路街道社区文化活动中心
   30个名额 · 免费

◆ 邻家妈妈近期活动
1. 亲子阅读
   11月29日（星期日） 09:30 · 控江路街道社区文化活动中心
   30个名额 · 12元

想参加或有疑问，欢迎联系社区工作人员。"""


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def actor():
    return officer()


def compose(group, actor, *, on=TODAY):
    return compose_digest(actor=actor, group_id=group.uid, on=on, now=NOW)


def approve(digest, actor, *, on=TODAY, **more):
    said = {"version": digest.version, "fingerprint": digest.fingerprint, "now": NOW} | more
    return approve_digest(actor=actor, digest_id=digest.uid, on=on, **said)


def two_gatherings():
    announce()
    announce("亲子阅读", programme="mentoring", on=TODAY + timedelta(days=4), cost=Decimal("12.00"))


def test_what_was_looked_at_is_what_the_group_gets_byte_for_byte(group, actor, wecom):
    two_gatherings()
    digest = compose(group, actor)
    assert digest.parts == [EXPECTED]
    approve(digest, actor)
    assert send_everything(Clock(NOW + SECOND_THOUGHTS)) == 1
    assert wecom.calls[0].body == {"msgtype": "text", "text": {"content": EXPECTED}}
    assert Message.objects.get().state == MessageState.SENT


def test_a_long_digest_goes_out_in_parts_that_fit(group, actor, wecom):
    for number in range(10):
        announce(f"“乐业杨浦”第{number}场专场招聘会，现代物流、信息技术、养老护理企业同场招聘，欢迎家门口求职")
        announce(f"邻家妈妈第{number}场亲子活动，读书、手工、科普轮流来，欢迎大家带着孩子", programme="mentoring")
    digest = compose(group, actor)
    assert len(digest.parts) == 3
    assert max(map(size, digest.parts)) <= 2048
    approve(digest, actor)
    send_everything(Clock(NOW + SECOND_THOUGHTS))
    assert wecom.texts() == digest.parts


def test_every_push_is_a_fact_with_what_it_told_of(group, actor, wecom):
    two_gatherings()
    approve(compose(group, actor), actor)
    send_everything(Clock(NOW + SECOND_THOUGHTS))
    fact = Fact.objects.get(kind="outreach.push")
    fair, reading = Gathering.objects.order_by("pk")
    assert (fact.subject_id, fact.unit_path, fact.happened_on) == (group.pk, group.unit_path, TODAY)
    assert fact.attributes["bytes"] == size(EXPECTED)
    assert fact.attributes["told"] == [
        ["employment.gatherings", "gathering", fair.pk], ["mentoring.gatherings", "gathering", reading.pk],
    ]  # fmt: skip


def test_each_record_is_counted_once_however_many_parts(group, actor, wecom):
    for number in range(10):
        announce(f"第{number}场专场招聘会" + "，欢迎家门口求职" * 6)
        announce(f"第{number}场亲子活动" + "，欢迎带着孩子" * 6, programme="mentoring")
    approve(compose(group, actor), actor)
    send_everything(Clock(NOW + SECOND_THOUGHTS))
    told = [
        tuple(one) for fact in Fact.objects.filter(kind__startswith="outreach.push") for one in fact.attributes["told"]
    ]
    assert len(told) == len(set(told)) == 20
    assert Fact.objects.filter(kind="outreach.push").count() == 1


def test_a_group_hears_what_is_near_it_and_public_and_still_to_come(group, actor):
    shown = {
        announce("本街道").title,
        announce("全区", host=make_district()).title,
        announce("下面居委", host=make_committee()).title,
    }
    announce("别的街道", host=make_subdistrict("310110019", name="五角场街道"))
    announce("不公开", is_public=False)
    announce("草稿", state=GatheringState.DRAFT)
    announce("取消了", state=GatheringState.CANCELLED)
    announce("过去了", on=TODAY - timedelta(days=1))
    announce("还很远", on=TODAY + timedelta(days=60))
    lines = [line["text"] for section in compose(group, actor).sections for line in section["lines"]]
    assert {text.splitlines()[0] for text in lines} == shown


def test_a_group_hears_only_of_its_topics(group, actor):
    two_gatherings()
    group.topics = ["mentoring.gatherings"]
    group.save()
    assert [section["code"] for section in compose(group, actor).sections] == ["mentoring.gatherings"]


def test_a_group_without_topics_hears_of_everything(group, actor):
    two_gatherings()
    group.topics = []
    group.save()
    assert len(compose(group, actor).sections) == 2


@pytest.mark.parametrize("change", ["moved", "cancelled", "new", "another_day", "other_robot"])
def test_what_has_changed_since_it_was_looked_at_is_not_sent(group, actor, change):
    two_gatherings()
    digest = compose(group, actor)
    on = TODAY
    if change == "moved":
        Session.objects.update(begins_at=NOW + timedelta(days=3))
    elif change == "cancelled":
        Gathering.objects.filter(title="亲子阅读").update(state=GatheringState.CANCELLED)
    elif change == "new":
        announce("新来的")
    elif change == "another_day":
        on = TODAY + timedelta(days=1)
    else:
        group.channel = make_channel(ChannelKind.DINGTALK, address="ding-token-1")
        group.save()
    with pytest.raises(Conflict, match=r"outreach\.digest_outdated"):
        approve(digest, actor, on=on)
    assert not Message.objects.exists()
    assert approve(compose(group, actor, on=on), actor, on=on).state == DigestState.APPROVED


def test_a_page_left_open_cannot_approve_what_somebody_else_has_changed(group, actor):
    two_gatherings()
    digest = compose(group, actor)
    edit_intro(actor=actor, digest_id=digest.uid, version=digest.version, intro="各位邻居好", on=TODAY, now=NOW)
    with pytest.raises(Conflict, match=r"outreach\.digest_changed"):
        approve(digest, actor)
    with pytest.raises(Conflict, match=r"outreach\.digest_outdated"):
        approve(digest, actor, version=digest.version + 1)


def test_approving_twice_sends_once(group, actor):
    two_gatherings()
    digest = compose(group, actor)
    approve(digest, actor)
    with pytest.raises(Conflict, match=r"outreach\.digest_settled"):
        approve(digest, actor)
    assert Message.objects.count() == 1


def test_composing_again_brings_the_open_draft_up_to_date(group, actor):
    first = compose(group, actor)
    edited = edit_intro(actor=actor, digest_id=first.uid, version=first.version, intro="好", on=TODAY, now=NOW)
    announce()
    again = compose(group, actor)
    assert (again.pk, again.intro) == (first.pk, "好")
    assert again.version > edited.version
    assert Digest.objects.count() == 1


def test_a_record_that_somebody_leaves_out_stays_out(group, actor):
    two_gatherings()
    digest = compose(group, actor)
    fair = Gathering.objects.get(programme="employment")
    digest = leave_out(
        actor=actor, digest_id=digest.uid, version=digest.version, lines=[("gathering", fair.pk)], on=TODAY, now=NOW
    )
    assert "面试会" not in digest.parts[0]
    assert "面试会" not in compose(group, actor).parts[0].replace("近期招聘会、面试会和课程", "")
    approve(compose(group, actor), actor)


def test_nothing_to_tell_is_not_sent(group, actor):
    digest = compose(group, actor)
    with pytest.raises(Refusal, match=r"outreach\.nothing_to_tell"):
        approve(digest, actor)
    assert discard_digest(actor=actor, digest_id=digest.uid, version=digest.version, now=NOW).state == "discarded"
    assert compose(group, actor).pk != digest.pk


@pytest.mark.parametrize("role", [Role.WORKER, Role.MENTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_who_works_with_groups_can_compose_or_approve(group, actor, role):
    two_gatherings()
    digest = compose(group, actor)
    other = officer(role, make_committee() if role in (Role.WORKER, Role.MENTOR) else None)
    with pytest.raises(NotThere):
        compose(group, other)
    with pytest.raises(NotThere):
        approve(digest, other)


def test_an_officer_of_another_sub_district_has_no_part_in_it(group, actor):
    two_gatherings()
    digest = compose(group, actor)
    stranger = officer(Role.EMPLOYMENT_OFFICER, make_subdistrict("310110019", name="五角场街道"))
    for act in (lambda: compose(group, stranger), lambda: approve(digest, stranger)):
        with pytest.raises(NotThere):
            act()
    near = officer(Role.EMPLOYMENT_OFFICER, make_subdistrict())
    assert approve(digest, near).approved_by_id == near.user_id


def test_each_step_leaves_its_trace(group, actor):
    two_gatherings()
    digest = compose(group, actor)
    approve(digest, actor)
    codes = list(AuditEntry.objects.filter(subject_kind="digest").order_by("number").values_list("code", flat=True))
    assert codes == ["outreach.digest_composed", "outreach.digest_approved"]
    assert AuditEntry.objects.get(code="outreach.digest_approved").detail == {"fingerprint": digest.fingerprint}


def test_the_programmes_have_declared_their_sections():
    assert list(digest_sections()) == ["mentoring.gatherings", "employment.vacancies", "employment.gatherings"]


@pytest.mark.parametrize(
    "path",
    ["summary", "online_link", "host__nothing", "sign_ups__guest_name", "stewards__name", "sessions__note", "host"],
)
def test_a_section_can_speak_of_public_columns_only(path):
    from django.core.exceptions import FieldDoesNotExist

    section = DigestSection(
        "x", "x", "gathering", Gathering, {"said": path}, rows=lambda request: Gathering.objects.all(), say=str
    )
    with pytest.raises((ImproperlyConfigured, FieldDoesNotExist)):
        section.read(DigestRequest(1, "/310110/", TODAY))


def test_a_section_cannot_smuggle_a_value_in_through_its_rows():
    """An annotation of `rows` is no column of the model, and `say` is handed declared columns alone."""
    from django.db.models import F

    announce()
    seen = []
    section = DigestSection(
        "x", "x", "gathering", Gathering, {"title": "title"},
        rows=lambda request: Gathering.objects.annotate(summary_too=F("summary")),
        say=lambda values: seen.append(dict(values)) or values["title"],
    )  # fmt: skip
    section.read(DigestRequest(1, "/310110/", TODAY))
    assert seen == [{"title": "社区专场面试会"}]
