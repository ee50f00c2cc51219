"""Nothing that names a person enters a group message, whoever wrote it and however."""

import pytest

from sunward.core.refusals import Refusal
from sunward.outreach.actions import compose_digest, edit_intro, write_group
from sunward.outreach.actions.digests import approve_digest
from sunward.outreach.guarding import FindingKind, look_for_persons
from sunward.outreach.models import Message
from tests.factories import NOW, TODAY, make_child, make_committee, make_person, resident_id
from tests.outreach.announcements import announce
from tests.outreach.arrangements import make_group, officer

pytestmark = pytest.mark.django_db


def found(text):
    return {(finding.kind, finding.text) for finding in look_for_persons(text)}


@pytest.fixture
def known():
    """A child and a guardian as the house knows them."""
    child = make_child("欧阳晓雯", unit=make_committee(name="凤城三村第三居委会"))
    guardian = make_person("阿依古丽·买买提", phone="+862165001234")
    make_person("李明", phone="+8613800005678")
    return child.person, guardian


@pytest.mark.parametrize(
    "text",
    [
        "欢迎欧阳晓雯参加",
        "欢迎欧 阳 晓 雯参加",
        "欢迎欧\u200b阳晓雯参加",
        "欢迎欧　阳晓雯参加",
        "请李明联系我们",
        "阿依古丽·买买提女士",
        "阿依古丽•买买提女士",
    ],
)
def test_the_name_of_a_person_we_know_is_found(known, text):
    assert {kind for kind, _said in found(text)} == {FindingKind.NAME}


def test_a_name_that_nobody_here_has_is_no_name(known):
    assert found("主讲人王小波，欢迎提问") == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"身份证{resident_id(__import__('datetime').date(2014, 5, 6))}", FindingKind.ID_NUMBER),
        ("证号 310110 20140506 900 X", FindingKind.ID_NUMBER),
        ("联系13800005678", FindingKind.PHONE),
        ("联系138 0000 5678", FindingKind.PHONE),
        ("联系１３８００００５６７８", FindingKind.PHONE),
        ("联系138-0000-5679（谁也不认识）", FindingKind.PHONE),
        ("联系+8613900001111", FindingKind.PHONE),
        ("家里电话65001234", FindingKind.PHONE),
        ("家里电话021-65001234", FindingKind.PHONE),
        ("控江路100弄5号集合", FindingKind.ADDRESS),
        ("五号三零一室", FindingKind.ADDRESS),
        ("12号楼301室", FindingKind.ADDRESS),
        ("凤城三村第三居委会门口集合", FindingKind.COMMITTEE),
    ],
)
def test_numbers_homes_and_committees_are_found(known, text, kind):
    assert kind in {kind for kind, _said in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "11月28日（星期六） 09:30 · 控江路街道社区文化活动中心",
        "控江路1200号3楼会议室，30个名额",
        "2026年11月28日至12月3日，提供岗位1204个，月薪6000-8000元",
        "政务服务热线12345，人社热线12333，街道咨询65009999",
        "会议号 836 2210，上午9时至11:30",
        "凤城三村文化活动室",
    ],
)
def test_what_a_fair_needs_to_say_can_be_said(known, text):
    assert found(text) == set()


def test_a_document_number_of_somebody_we_know_is_found_whatever_its_kind(known):
    from sunward.people.registering import id_index

    person, _guardian = known
    person.id_number, person.id_index = "E12345678", id_index("E12345678")
    person.save()
    assert found("护照e12345678") == {(FindingKind.ID_NUMBER, "E12345678")} or found("护照 E12345678") == {
        (FindingKind.ID_NUMBER, "E12345678")
    }


def test_a_group_message_that_names_somebody_is_refused_and_says_what_was_found(known):
    with pytest.raises(Refusal, match=r"outreach\.names_a_person") as refused:
        write_group(key="g", group=make_group(), body="招聘会，找李明报名", now=NOW)
    assert "“李明”" in str(refused.value.sentence)
    assert not Message.objects.exists()


def test_neither_the_opening_words_nor_a_title_nor_a_place_can_name_somebody(known):
    actor, group = officer(), make_group()
    announce("李明创业分享会")
    digest = compose_digest(actor=actor, group_id=group.uid, on=TODAY, now=NOW)
    with pytest.raises(Refusal, match=r"outreach\.names_a_person"):
        approve_digest(
            actor=actor, digest_id=digest.uid, version=digest.version, fingerprint=digest.fingerprint, on=TODAY, now=NOW
        )
    with pytest.raises(Refusal, match=r"outreach\.names_a_person"):
        edit_intro(actor=actor, digest_id=digest.uid, version=digest.version, intro="祝贺欧阳晓雯", on=TODAY, now=NOW)
    assert not Message.objects.exists()


def test_a_word_that_is_somebodys_name_stops_the_message_until_it_is_changed():
    make_person("高兴")
    with pytest.raises(Refusal, match=r"outreach\.names_a_person") as refused:
        write_group(key="g", group=make_group(), body="很高兴邀请您", now=NOW)
    assert "“高兴”" in str(refused.value.sentence)
    assert write_group(key="g", group=make_group("二群"), body="诚挚邀请您", now=NOW)


def test_somebody_registered_between_looking_and_approving_is_protected_too():
    actor, group = officer(), make_group()
    announce("陈静雅读书会")
    digest = compose_digest(actor=actor, group_id=group.uid, on=TODAY, now=NOW)
    make_person("陈静雅")
    with pytest.raises(Refusal, match=r"outreach\.names_a_person"):
        approve_digest(
            actor=actor, digest_id=digest.uid, version=digest.version, fingerprint=digest.fingerprint, on=TODAY, now=NOW
        )


def test_the_name_of_a_sub_district_is_nobodys_name():
    """长白新村街道 has 白新 in it; 大桥街道 has 大桥, which somebody may be called."""
    from tests.factories import make_subdistrict

    make_subdistrict("310110018", name="长白新村街道")
    make_subdistrict("310110008", name="大桥街道")
    make_person("白新")
    make_person("大桥")
    assert found("长白新村街道和大桥街道") == set()
    assert found("请白新来") == {(FindingKind.NAME, "白新")}
    assert found("请大桥来") == {(FindingKind.NAME, "大桥")}


@pytest.mark.parametrize("name", ["周一", "会和", "人员"])
def test_the_houses_own_words_never_stop_a_digest(name):
    make_person(name)
    actor, group = officer(), make_group()
    announce(on=TODAY.replace(day=30))  # a Monday
    digest = compose_digest(actor=actor, group_id=group.uid, on=TODAY, now=NOW)
    assert approve_digest(
        actor=actor, digest_id=digest.uid, version=digest.version, fingerprint=digest.fingerprint, on=TODAY, now=NOW
    )
