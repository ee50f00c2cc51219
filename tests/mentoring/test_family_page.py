"""The families' page: who gets a card, what opens it, what a guardian sees and may do, and what shuts it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.auditing import record_look
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.audit.models import AuditEntry
from sunward.casework.access import case_subject
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.core import clock
from sunward.core.refusals import NotAllowed, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.access import get_own_match
from sunward.mentoring.actions import family_links as office
from sunward.mentoring.actions import family_words as acts
from sunward.mentoring.actions.children import close_child, end_guardian
from sunward.mentoring.enums import FamilyWordKind, MatchFollowUp, MatchState
from sunward.mentoring.family_access import PassMissing, get_link, get_passed_link
from sunward.mentoring.family_pass import make_pass
from sunward.mentoring.models import ChildProfile, FamilyLink, FamilyWord
from sunward.mentoring.queries.family_page import read_family_page, surname_of
from sunward.outreach.models import Message
from sunward.people.models import ConsentRecord, Person
from sunward.safeguarding.models import Emergency
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
)
from tests.mentoring.families import PHONE, Family, make_family, make_guardian, with_visit

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WHEN: dict[str, Any] = {"on": TODAY, "now": NOW}


@pytest.fixture
def family() -> Family:
    return make_family()


def is_open(family: Family, *, on: date = TODAY) -> bool:
    try:
        get_link(token=family.token, on=on)
    except NotThere:
        return False
    return True


def say(family: Family, kind: FamilyWordKind, words: str = "", **more: Any) -> FamilyWord:
    return acts.say_word(**{"token": family.token, "shown": family.shown, "kind": kind, "words": words} | WHEN | more)


# The card.


def test_only_the_index_of_a_card_is_kept_and_a_new_card_makes_the_old_one_worthless(family: Family) -> None:
    assert family.token not in str(list(FamilyLink.objects.values())) + str(list(AuditEntry.objects.values("detail")))
    office.make_link(
        actor=actor_of(family.worker), case_id=family.case.uid, guardianship_id=family.guardianship.pk, **WHEN
    )
    assert not is_open(family)
    assert FamilyLink.objects.filter(revoked_at=None).count() == 1


def end_it(family: Family, how: str) -> None:
    given = {"actor": actor_of(family.worker), "case_id": family.case.uid, **WHEN}
    if how == "revoked":
        office.revoke_link(link_id=family.link.uid, **given)
    elif how == "guardianship over":
        end_guardian(guardianship_id=family.guardianship.pk, **given)
    elif how == "file closed":
        close_child(version=family.case.version, reason="helped", **given)
    elif how == "refused":
        office.refuse_guardian(guardianship_id=family.guardianship.pk, words="有伤害嫌疑", **given)
    elif how == "improper":
        ChildProfile.objects.filter(case=family.case).update(guardianship="improper")
    elif how == "grown up":
        Person.objects.filter(pk=family.case.person_id).update(birth_date=TODAY.replace(year=TODAY.year - 18))
    elif how == "wrong answers":
        FamilyLink.objects.update(failures=5)


ENDS = ["revoked", "guardianship over", "file closed", "refused", "improper", "wrong answers", "grown up"]


@pytest.mark.parametrize("how", ENDS)
def test_whatever_ends_a_card_shuts_the_page_and_what_was_open_on_the_phone(family: Family, how: str) -> None:
    assert is_open(family)
    end_it(family, how)
    assert not is_open(family)
    with pytest.raises(NotThere, match="family_not_there"):
        say(family, FamilyWordKind.OBJECTION)
    assert not FamilyWord.objects.exists()


def test_a_dead_card_sends_a_grandmother_to_the_committee_and_to_no_administrator(
    phone: Client, family: Family
) -> None:
    FamilyLink.objects.filter(pk=family.link.pk).update(revoked_at=NOW)
    page = phone.get(reverse("family", args=[family.token])).content.decode()
    assert "请联系居委会" in page
    assert "系统管理员" not in page
    # She has no account: the home page would only ask her to sign in.
    assert "回首页" not in page
    assert "tel:12345" in page


@pytest.mark.parametrize("how", ["guardianship over", "file closed"])
def test_what_has_ended_does_not_open_again_by_itself(family: Family, how: str) -> None:
    end_it(family, how)
    Case.objects.update(state="open", closed_on=None)
    family.guardianship.refresh_from_db()
    family.guardianship.until_on = None
    family.guardianship.save()
    assert not is_open(family)


def test_on_the_eve_of_the_eighteenth_birthday_the_page_is_still_open(family: Family) -> None:
    Person.objects.filter(pk=family.case.person_id).update(birth_date=TODAY.replace(year=TODAY.year - 18) + DAY)
    assert is_open(family)
    assert not is_open(family, on=TODAY + DAY)
    with pytest.raises(Refusal, match="grown_up_has_no_guardian"):
        office.make_link(
            actor=actor_of(family.worker), case_id=family.case.uid, guardianship_id=family.guardianship.pk,
            on=TODAY + DAY, now=NOW,
        )  # fmt: skip


def test_a_card_is_good_until_its_day_and_not_on_it(family: Family) -> None:
    last = family.link.expires_on
    assert is_open(family, on=last - DAY)
    assert not is_open(family, on=last)


def test_where_guardianship_is_improper_a_supervisor_makes_the_card(family: Family) -> None:
    end_it(family, "improper")
    given = {"case_id": family.case.uid, "guardianship_id": family.guardianship.pk, **WHEN}
    elsewhere = make_committee("310110019001").parent
    give_post(family.worker, Role.SUPERVISOR, elsewhere)  # what she may there, she may not here
    with pytest.raises(NotAllowed, match="supervisor_decides"):
        office.make_link(actor=actor_of(family.worker), **given)
    made = office.make_link(actor=actor_of(family.supervisor), **given)
    assert get_link(token=made.token, on=TODAY).is_supervised


def test_a_guardian_who_is_refused_gets_no_card_until_a_supervisor_lifts_it(family: Family) -> None:
    end_it(family, "refused")
    given = {"case_id": family.case.uid, **WHEN}
    make = {"guardianship_id": family.guardianship.pk, **given}
    refusal = family.case.family_refusals.get()
    assert refusal.legal_basis == "statutory_duty"
    with pytest.raises(Refusal, match="guardian_refused"):
        office.make_link(actor=actor_of(family.supervisor), **make)
    with pytest.raises(NotAllowed):
        office.lift_refusal(actor=actor_of(family.worker), refusal_id=refusal.uid, **given)
    office.lift_refusal(actor=actor_of(family.supervisor), refusal_id=refusal.uid, **given)
    assert office.make_link(actor=actor_of(family.worker), **make).token


def test_nobody_makes_a_card_for_a_former_guardian_another_childs_or_one_of_whom_nothing_can_be_asked(
    family: Family,
) -> None:
    given = {"actor": actor_of(family.worker), "case_id": family.case.uid, **WHEN}
    _other, elsewhere = make_guardian(make_child(), "王外婆")
    _aunt, over = make_guardian(family.case, "陈姨")
    type(over).objects.filter(pk=over.pk).update(until_on=TODAY)
    for held in (elsewhere, over):
        with pytest.raises(NotThere):
            office.make_link(guardianship_id=held.pk, **given)
    unknown, held = make_guardian(family.case, "无名")
    Person.objects.filter(pk=unknown.pk).update(phone="", birth_date=None)
    with pytest.raises(Refusal, match="nothing_to_ask"):
        office.make_link(guardianship_id=held.pk, **given)


# The question.


@pytest.mark.parametrize("typed", ["5678", " 5678 ", "５６７８"])
def test_the_last_four_digits_open_the_page(family: Family, typed: str) -> None:
    shown = acts.answer_question(token=family.token, typed=typed, **WHEN)
    assert get_passed_link(token=family.token, shown=shown, **WHEN) == family.link


def test_without_a_telephone_the_year_of_birth_is_asked(family: Family) -> None:
    Person.objects.filter(pk=family.guardian.pk).update(phone="")
    with pytest.raises(Refusal, match="answer_wrong"):
        acts.answer_question(token=family.token, typed="5678", **WHEN)
    assert acts.answer_question(token=family.token, typed="1956", **WHEN)


def test_five_wrong_answers_close_the_page_until_the_worker_opens_it_and_a_right_one_forgets_them(
    family: Family,
) -> None:
    for _number in range(4):
        with pytest.raises(Refusal, match="answer_wrong"):
            acts.answer_question(token=family.token, typed="0000", **WHEN)
    acts.answer_question(token=family.token, typed="5678", **WHEN)
    for number in range(5):
        with pytest.raises(Refusal, match="answer_wrong" if number < 4 else "family_not_there"):
            acts.answer_question(token=family.token, typed="", **WHEN)
    with pytest.raises(NotThere):
        acts.answer_question(token=family.token, typed="5678", **WHEN)
    assert AuditEntry.objects.filter(code="mentoring.family_answer_wrong").count() == 9
    given = {"actor": actor_of(family.worker), "case_id": family.case.uid, "link_id": family.link.uid, **WHEN}
    office.let_in_again(**given)
    assert acts.answer_question(token=family.token, typed="5678", **WHEN)


def test_a_pass_is_good_for_twenty_minutes_for_its_own_card_and_cannot_be_made_up(family: Family) -> None:
    shown, given = family.shown, {"token": family.token, "on": TODAY}
    assert get_passed_link(shown=shown, now=NOW + 20 * MINUTE - timedelta(seconds=1), **given)
    _uncle, held = make_guardian(family.case, "陈舅", phone=PHONE)
    other = office.make_link(
        actor=actor_of(family.worker), case_id=family.case.uid, guardianship_id=held.pk, **WHEN
    ).link
    forged = shown.replace(shown[-1], "A" if shown[-1] != "A" else "B")
    for wrong, now in (
        (shown, NOW + 20 * MINUTE),
        (make_pass(other, now=NOW), NOW),
        (forged, NOW),
        (f"{family.link.uid.hex}.9999999999", NOW),
        ("", NOW),
    ):
        with pytest.raises(PassMissing):
            get_passed_link(shown=wrong, now=now, **given)


def test_she_sees_who_comes_and_when_and_no_telephone_and_no_note(family: Family) -> None:
    match = with_visit(family, next_on=TODAY + 2 * DAY)
    page = read_family_page(family.link, **WHEN)
    (visitor,) = page.visitors
    assert (visitor.called, visitor.name) == ("欧阳妈妈", "欧阳丽华")
    assert (visitor.last_on, visitor.next_on) == (TODAY - 3 * DAY, TODAY + 2 * DAY)
    text = str(page)
    assert match.mentor.person.phone not in text
    assert "秘密" not in text
    assert page.office_phone == "021-65000012"


@pytest.mark.parametrize(
    ("state", "is_told"),
    [("proposed", False), ("trial", True), ("active", True), ("paused", True), ("handover", True), ("closed", False)],
)
def test_of_a_match_she_hears_from_the_first_meeting_to_the_end(family: Family, state: str, is_told: bool) -> None:
    make_match(family.case, make_mentor(), state=MatchState(state))
    assert bool(read_family_page(family.link, **WHEN).visitors) is is_told


@pytest.mark.parametrize(
    ("name", "surname"), [("王丽", "王"), ("欧阳明珠", "欧阳"), ("欧阳", "欧"), ("司马光", "司马")]
)
def test_a_surname_may_have_two_characters(name: str, surname: str) -> None:
    assert surname_of(name) == surname


def test_who_looked_is_said_by_role_office_and_day_and_never_by_name(family: Family) -> None:
    match = with_visit(family)
    stranger = make_officer(Role.SUPERVISOR, make_committee().parent, name="秘密的名字")
    for user, days in ((family.worker, 0), (family.worker, 0), (stranger, 1)):
        record_look(
            actor=actor_of(user), code="mentoring.child_opened", now=NOW - days * DAY,
            subject=case_subject(family.case), unit_path=family.case.unit_path, purpose="open",
        )  # fmt: skip
    assert match.mentor.user is not None
    get_own_match(actor=actor_of(match.mentor.user), match_id=match.uid, now=NOW)
    looks = read_family_page(family.link, **WHEN).looks
    assert [(look.on, str(look.who), look.office) for look in looks] == [
        (TODAY, "邻家妈妈", "第一居委会"),
        (TODAY - DAY, "儿童督导员", "控江路街道"),
        (TODAY, "儿童主任", "第一居委会"),
    ]
    assert "秘密的名字" not in str(looks)
    assert "李社工" not in str(looks)


# What she says.


def test_an_objection_needs_no_words_is_on_the_workers_list_and_tells_her_by_reference(family: Family) -> None:
    word = say(family, FamilyWordKind.OBJECTION)
    assert say(family, FamilyWordKind.OBJECTION) == word  # pressed twice
    task = FollowUp.objects.get(kind=MatchFollowUp.OBJECTION)
    assert (task.due_on, task.role, task.state) == (TODAY, Role.WORKER, FollowUpState.DUE)
    message = Message.objects.get()
    assert (message.user_id, message.reference) == (family.worker.pk, family.case.reference)
    assert family.case.person.name not in message.body
    fact = Fact.objects.get(kind="mentoring.family_objection")
    assert (fact.actor_id, fact.attributes) == (0, {"programme": "mentoring", "link": family.link.pk})


def test_a_question_and_thanks_need_words_and_thanks_put_nothing_on_a_list(family: Family) -> None:
    for kind in (FamilyWordKind.QUESTION, FamilyWordKind.THANKS):
        with pytest.raises(Refusal, match="words_missing"):
            say(family, kind, "  ")
    say(family, FamilyWordKind.THANKS, "谢谢欧阳妈妈")
    assert not FollowUp.objects.exists()
    for number in range(9):
        say(family, FamilyWordKind.QUESTION, f"问题{number}")
    with pytest.raises(Refusal, match="words_enough"):
        say(family, FamilyWordKind.QUESTION, "再问")


def test_the_answer_stands_on_her_page_and_clears_the_list(family: Family) -> None:
    word = say(family, FamilyWordKind.QUESTION, "什么时候来？")
    given = {"actor": actor_of(family.worker), "case_id": family.case.uid, "word_id": word.uid, **WHEN}
    acts.answer_word(words="周六下午", **given)
    (shown,) = read_family_page(family.link, **WHEN).words
    assert (shown.words, shown.answer) == ("什么时候来？", "周六下午")
    assert not FollowUp.objects.filter(state=FollowUpState.DUE).exists()
    with pytest.raises(NotThere):
        acts.answer_word(words="再说一次", **given)
    neighbour = make_officer(Role.WORKER, make_committee("310110012002"))
    with pytest.raises(NotThere):
        acts.answer_word(words="别处的", **given | {"actor": actor_of(neighbour)})


def test_one_guardian_does_not_read_what_another_has_said(family: Family) -> None:
    say(family, FamilyWordKind.QUESTION, "外婆的问题")
    _uncle, held = make_guardian(family.case, "陈舅", phone="+8613800001111")
    link = office.make_link(
        actor=actor_of(family.worker), case_id=family.case.uid, guardianship_id=held.pk, **WHEN
    ).link
    assert not read_family_page(link, **WHEN).words


# Through the pages.


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return Client()


def test_a_grandmother_answers_reads_objects_and_withdraws_on_her_telephone(phone: Client, family: Family) -> None:
    with_visit(family)
    address = reverse("family", args=[family.token])
    asked = phone.get(address)
    assert "陈小雨" not in asked.content.decode()
    assert "no-store" in asked["Cache-Control"]
    wrong = phone.post(address, {"typed": "1111"})
    assert wrong.status_code == 422
    assert phone.post(reverse("family_say", args=[family.token]), {"kind": "objection"}).status_code == 302
    assert not FamilyWord.objects.exists()
    answer = phone.post(address, {"typed": "5678"})
    cookie = answer.cookies["sunward_family"]
    assert (cookie["httponly"], cookie["path"], cookie["max-age"]) == (True, address, 1200)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = phone.get(address).content.decode()
    assert len(queries) <= 22
    for wanted in ("陈小雨", "欧阳妈妈", "tel:021-65000012", "tel:12345"):
        assert wanted in page
    assert AuditEntry.objects.filter(code="mentoring.family_page_opened", subject_id=family.case.pk).count() == 1
    said = phone.post(reverse("family_say", args=[family.token]), {"kind": "objection"}, follow=True)
    assert "我不同意" in said.content.decode()
    consent = reverse("family_consent", args=[family.token, family.consent.pk])
    assert "电话和住址" in phone.get(consent).content.decode()
    assert "撤回" in phone.post(consent, follow=True).content.decode()
    undone = phone.post(reverse("family_consent_undo", args=[family.token, family.consent.pk]), follow=True)
    assert undone.status_code == 200
    assert not ConsentRecord.objects.exclude(withdrawn_on=None).exists()


def test_what_was_just_done_is_said_once_and_another_guardians_consent_leads_back(
    phone: Client, family: Family
) -> None:
    address = reverse("family", args=[family.token])
    phone.post(address, {"typed": "5678"})
    said = phone.post(reverse("family_say", args=[family.token]), {"kind": "objection"}, follow=True)
    assert said.content.decode().count("我们听到了") == 1
    gone = phone.get(reverse("family_consent", args=[family.token, 0]))
    assert (gone.status_code, f'href="{address}"' in gone.content.decode()) == (404, True)


def test_the_family_calls_for_help_with_two_taps_and_a_closed_page_calls_nobody(phone: Client, family: Family) -> None:
    address = reverse("family_help", args=[family.token])
    assert phone.post(address, {"kind": "missing"}).status_code == 302
    assert not Emergency.objects.exists()
    phone.post(reverse("family", args=[family.token]), {"typed": "5678"})
    assert "孩子" in phone.get(address).content.decode()
    for _tap in range(2):
        assert phone.post(address, {"kind": "missing"}).status_code == 302
    emergency = Emergency.objects.get()
    assert (emergency.case, emergency.kind, emergency.raised_by_id) == (family.case, "missing", None)
    page = phone.get(address).content.decode()
    assert "tel:110" in page
    assert "李社工" not in page
    end_it(family, "revoked")
    assert phone.post(address, {"kind": "violence"}).status_code == 404
    assert Emergency.objects.count() == 1


@pytest.mark.parametrize("how", [*ENDS, "never was"])
def test_every_card_that_is_not_good_gets_the_same_page(phone: Client, family: Family, how: str) -> None:
    if how == "never was":
        family.token = "x" * 43
    end_it(family, how)
    answers = [phone.get(reverse("family", args=[family.token])), phone.get(reverse("family", args=["y" * 43]))]
    texts = {re.sub(r'(value="|Token": ")[A-Za-z0-9]{64}"', "", answer.content.decode()) for answer in answers}
    texts = {text.replace(family.token, "").replace("y" * 43, "") for text in texts}
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len(texts) == 1


def test_the_card_is_made_and_shown_once_and_the_words_are_answered_at_the_office(
    phone: Client, family: Family
) -> None:
    phone.force_login(family.worker)
    desk = reverse("mentoring:child_family", args=[family.case.uid])
    make = reverse("mentoring:family_link", args=[family.case.uid, family.guardianship.pk])
    assert "021-65000012" in phone.get(make).content.decode()
    Unit.objects.filter(pk=family.case.unit_id).update(phone="021-65000077")
    assert "021-65000077" in phone.get(make).content.decode()
    card = phone.post(make, {"office_phone": "021-65000099"}).content.decode()
    token = re.findall(r"/family/([\w-]{43})/", card)[0]
    assert get_link(token=token, on=TODAY).office_phone == "021-65000099"
    assert "家人还没有说过什么" in phone.get(desk).content.decode()
    word = FamilyWord.objects.create(
        case=family.case, guardian=family.guardian, kind="question", words="能换时间吗", said_at=NOW
    )
    assert "能换时间吗" in phone.get(desk).content.decode()
    answer = reverse("mentoring:family_answer", args=[family.case.uid, word.uid])
    assert phone.post(answer, {"words": ""}).status_code == 422
    assert phone.post(answer, {"words": "可以"}).status_code == 302
    assert "可以" in phone.get(desk).content.decode()
