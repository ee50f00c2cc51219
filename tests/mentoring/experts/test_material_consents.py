"""A question becomes a material only in general words, and only while everybody who wrote in it agrees."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment
from sunward.audit.models import AuditEntry
from sunward.casework.actions.retention import anonymise_case
from sunward.casework.enums import CaseState
from sunward.casework.models import Case, Retention
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.actions.library import (
    change_material,
    publish_material,
    put_back_material,
    withdraw_material,
)
from sunward.mentoring.actions.material_consents import answer_consent, ask_for_consent, make_general
from sunward.mentoring.actions.questions import advise, settle_question, take_question
from sunward.mentoring.experts.clearing import StillNames
from sunward.mentoring.experts.enums import MaterialKind
from sunward.mentoring.library.access import general_questions, readable_materials
from sunward.mentoring.models import Material, MaterialConsent, Mentor, Question
from sunward.mentoring.queries.own_data import list_mentor_sheets
from sunward.outreach.models import Message
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import ask, make_team
from tests.mentoring.experts.library_builders import said as say
from tests.mentoring.experts.library_builders import write
from tests.mentoring.experts.test_library import far_committee, mom, other_district, staff

pytestmark = pytest.mark.django_db
WORDS = "问：孩子不愿意上学，怎么办？\n\n答：先听他说完。"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def team():
    return make_team()


def answered(team, words="先听他说完。"):
    question = ask(team)
    take_question(actor=team.expert, question_id=question.uid, on=TODAY, now=NOW)
    advise(actor=team.expert, question_id=question.uid, key=uuid4(), words=words, on=TODAY, now=NOW)
    return Question.objects.get(pk=question.pk)


def said(**more):
    return say(**({"kind": MaterialKind.QUESTION, "words": WORDS} | more))


def make_of(officer, question, key=None, **more):
    return make_general(actor=officer, question_id=question.uid, key=key or uuid4(), said=said(**more), now=NOW)


def asked(officer, question):
    material = make_of(officer, question)
    return ask_for_consent(actor=officer, material_id=material.uid, version=material.version, now=NOW)


def answer(actor, material, is_given):
    consent = MaterialConsent.objects.get(material=material, user_id=actor.user_id)
    return answer_consent(actor=actor, consent_id=consent.uid, is_given=is_given, now=NOW)


def publish(officer, material):
    material.refresh_from_db()
    return publish_material(actor=officer, material_id=material.uid, version=material.version, now=NOW)


def published(team, officer):
    material = asked(officer, answered(team))
    for writer in (team.mentor, team.expert):
        answer(writer, material, is_given=True)
    return publish(officer, material)


def test_whoever_asked_and_whoever_answered_is_asked_once_and_told_without_a_word_of_it(team):
    officer = staff()
    material = asked(officer, answered(team))
    ask_for_consent(actor=officer, material_id=material.uid, version=material.version, now=NOW)
    consents = MaterialConsent.objects.filter(material=material)
    assert {one.user_id for one in consents} == {team.mentor.user_id, team.expert.user_id}
    messages = Message.objects.filter(about="material_asked")
    assert {one.user_id for one in messages} == {team.mentor.user_id, team.expert.user_id}
    assert messages.count() == 2
    for message in messages:
        assert material.question.reference in message.body
        assert "上学" not in message.body
        assert team.case.person.name not in message.body
        assert "/library/asked/" in message.path


def test_it_is_published_only_once_all_agree_and_one_no_is_enough(team):
    officer = staff()
    material = asked(officer, answered(team))
    with pytest.raises(Refusal):
        publish(officer, material)
    answer(team.mentor, material, is_given=True)
    with pytest.raises(Refusal):
        publish(officer, material)
    answer(team.expert, material, is_given=False)
    with pytest.raises(Refusal):
        publish(officer, material)
    answer(team.expert, material, is_given=True)
    assert publish(officer, material).published_at == NOW
    assert readable_materials(mom()).count() == 1


def test_whoever_takes_her_consent_back_takes_it_down_at_once_and_may_change_her_mind(team):
    officer = staff()
    material = published(team, officer)
    answer(team.mentor, material, is_given=False)
    assert readable_materials(mom()).count() == 0
    with pytest.raises(Refusal):
        put_back_material(actor=officer, material_id=material.uid, now=NOW)
    answer(team.mentor, material, is_given=True)
    assert readable_materials(mom()).count() == 0
    put_back_material(actor=officer, material_id=material.uid, now=NOW)
    assert readable_materials(mom()).count() == 1
    codes = AuditEntry.objects.filter(code__startswith="mentoring.material_", actor_id=team.mentor.user_id)
    assert [code.rpartition("material_")[2] for code in codes.order_by("pk").values_list("code", flat=True)] == [
        "consent_given", "consent_refused", "withdrawn", "consent_given",
    ]  # fmt: skip


def test_whoever_has_made_it_hears_once_when_all_have_answered_and_when_a_consent_is_taken_back(team):
    officer = staff()

    def heard():
        messages = Message.objects.filter(user_id=officer.user_id, about__startswith="material_").order_by("pk")
        return [message.about for message in messages]

    material = asked(officer, answered(team))
    answer(team.mentor, material, is_given=True)
    assert heard() == []
    answer(team.expert, material, is_given=False)
    answer(team.expert, material, is_given=True)
    assert heard() == ["material_all_answered"]
    publish(officer, material)
    answer(team.expert, material, is_given=False)
    assert heard() == ["material_all_answered", "material_taken_down"]
    said_to_her = Message.objects.filter(user_id=officer.user_id).order_by("-pk")[0]
    assert team.expert.name not in said_to_her.body
    assert material.question.reference in said_to_her.body


def test_whoever_cannot_sign_in_any_more_is_told_nothing_and_it_waits(team):
    officer, question = staff(), answered(team)
    make.User.objects.filter(pk=team.mentor.user_id).update(is_active=False)
    material = asked(officer, question)
    assert {one.user_id for one in Message.objects.filter(about="material_asked")} == {team.expert.user_id}
    answer(team.expert, material, is_given=True)
    with pytest.raises(Refusal):
        publish(officer, material)


def test_the_text_that_was_asked_about_stays_and_what_was_withdrawn_asks_nobody_any_more(team):
    officer = staff()
    material = asked(officer, answered(team))
    with pytest.raises(Refusal):
        change_material(actor=officer, material_id=material.uid, version=material.version, said=said(), now=NOW)
    withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    with pytest.raises(NotThere):
        answer(team.mentor, material, is_given=True)


def test_nobody_answers_for_another(team):
    material = asked(staff(), answered(team))
    consent = MaterialConsent.objects.get(material=material, user_id=team.mentor.user_id)
    for stranger in (team.expert, team.colleague, team.worker, mom(), staff()):
        with pytest.raises(NotThere):
            answer_consent(actor=stranger, consent_id=consent.uid, is_given=True, now=NOW)
    consent.refresh_from_db()
    assert consent.is_given is None


def test_her_words_are_hers_also_when_she_works_elsewhere(team):
    material = published(team, staff())
    Assignment.objects.filter(user_id=team.mentor.user_id).delete()
    user = make.User.objects.get(pk=team.mentor.user_id)
    make.give_post(user, Role.LEADER, other_district())
    answer(make.actor_of(user), material, is_given=False)
    assert readable_materials(mom()).count() == 0


def test_what_is_known_of_the_child_stays_out_whoever_says_that_it_names_nobody(team):
    officer, question = staff(), answered(team)
    name = team.case.person.name
    for words in (f"问：{name}不上学", f"问：{name[1:]}不上学"):
        with pytest.raises(StillNames):
            make_of(officer, question, words=words, kept=frozenset({name, name[1:]}))
    material = make_of(officer, question)
    with pytest.raises(StillNames):
        change_material(
            actor=officer, material_id=material.uid, version=material.version,
            said=said(words=f"问：{name}不上学", kept=frozenset({name})), now=NOW,
        )  # fmt: skip


def test_only_an_answered_question_of_ones_own_units_becomes_a_material(team):
    question = answered(team)
    waiting = ask(team, "孩子不肯吃饭怎么办？")
    supervisor, officer = staff(Role.SUPERVISOR, make.make_subdistrict()), staff()
    for keeper in (supervisor, officer):
        assert list(general_questions(keeper)) == [question]
        with pytest.raises(NotThere):
            make_of(keeper, waiting)
    far = far_committee().parent
    strangers = (
        staff(Role.SUPERVISOR, far), staff(Role.DISTRICT_OFFICER, other_district()), team.worker, team.mentor,
        team.expert,
    )  # fmt: skip
    for stranger in strangers:
        with pytest.raises(NotThere):
            make_of(stranger, question)
    settle_question(actor=team.mentor, question_id=waiting.uid, on=TODAY, now=NOW)
    assert list(general_questions(officer)) == [question]
    assert make_of(supervisor, question).unit_path == make.make_subdistrict().path


def test_of_two_districts_it_belongs_to_that_of_the_question(team):
    user = make.make_officer(Role.DISTRICT_OFFICER, make.make_unit("310101", name="黄浦区"))
    make.give_post(user, Role.DISTRICT_OFFICER, make.make_district())
    assert make_of(make.actor_of(user), answered(team)).unit_path == make.make_district().path


def test_a_question_is_one_material_at_a_time_and_a_withdrawn_one_makes_room(team):
    officer, question, key = staff(), answered(team), uuid4()
    material = make_of(officer, question, key)
    assert make_of(officer, question, key) == material
    with pytest.raises(Conflict):
        make_of(officer, question)
    withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    anew = make_of(officer, question)
    assert anew.question == question
    material.refresh_from_db()
    assert material.question is None
    put_back_material(actor=officer, material_id=material.uid, now=NOW)
    with pytest.raises(Refusal):
        publish(officer, material)


def test_what_changed_meanwhile_and_what_is_no_question_asks_nobody(team):
    officer = staff()
    material = make_of(officer, answered(team))
    with pytest.raises(Conflict):
        ask_for_consent(actor=officer, material_id=material.uid, version=material.version + 1, now=NOW)
    article = write(officer)
    with pytest.raises(Refusal):
        ask_for_consent(actor=officer, material_id=article.uid, version=article.version, now=NOW)
    assert not MaterialConsent.objects.exists()


def test_the_material_outlives_the_file_from_which_its_question_came(team):
    material = published(team, staff())
    over = TODAY.replace(year=TODAY.year - 6)
    Case.objects.filter(pk=team.case.pk).update(state=CaseState.CLOSED, closed_on=over)
    Retention.objects.create(
        case=team.case, due_on=TODAY - timedelta(days=60), listed_on=TODAY - timedelta(days=60)
    )  # fmt: skip
    team.match.delete()
    assert anonymise_case(case_pk=team.case.pk, on=TODAY, now=NOW)
    question = Question.objects.get(pk=material.question_id)
    assert question.words == ""
    assert [material.words for material in readable_materials(mom())] == [WORDS]


def test_the_officer_walks_from_the_question_to_the_published_material_and_each_answers_on_her_own_page(client, team):
    officer, question = make.make_officer(), answered(team)
    client.force_login(officer)
    talk = client.get(reverse("mentoring:child_question", args=[team.case.uid, question.uid])).content.decode()
    page = reverse("mentoring:material_of_question", args=[question.uid])
    assert f'href="{page}"' in talk
    form = client.get(page).context["form"]
    assert form["words"].value() == WORDS
    typed = {
        "field": "law", "kind": "question", "title": "孩子不愿意上学", "words": form["words"].value(), "minutes": 5,
        "key": form["key"].value(),
    }  # fmt: skip
    assert client.post(page, typed | {"words": team.case.person.name}).status_code == 422
    made = client.post(page, typed).url
    assert client.get(page).url == made
    material = Material.objects.get()
    shown = client.get(made).context["page"]
    assert (shown.may_ask, shown.may_publish) == (True, False)
    client.post(reverse("mentoring:material_ask", args=[material.uid]), {"version": material.version})
    for actor in (team.mentor, team.expert):
        client.force_login(make.User.objects.get(pk=actor.user_id))
        assert [row.title for row in client.get(reverse("mentoring:library")).context["asked"]] == ["孩子不愿意上学"]
        consent = MaterialConsent.objects.get(user_id=actor.user_id)
        own = reverse("mentoring:material_consent", args=[consent.uid])
        assert "先听他说完。" in client.get(own).content.decode()
        assert client.post(own, {"answer": "perhaps"}).status_code == 422
        assert client.post(own, {"answer": "yes"}).url == own
        assert "撤回同意" in client.get(own).content.decode()
    client.force_login(officer)
    shown = client.get(made).context["page"]
    assert (shown.may_ask, shown.may_publish) == (False, True)
    assert {row.name for row in shown.consents} == {team.mentor.name, team.expert.name}
    client.post(reverse("mentoring:material_publish", args=[material.uid]), {"version": material.version})
    reader = mom()
    client.force_login(make.User.objects.get(pk=reader.user_id))
    read = client.get(made)
    assert "先听他说完。" in read.content.decode()
    assert read.context["page"].consents == ()
    assert team.mentor.name not in read.content.decode()


def test_a_worker_is_offered_no_material_of_a_question(client, team):
    question = answered(team)
    client.force_login(make.User.objects.get(pk=team.worker.user_id))
    talk = client.get(reverse("mentoring:child_question", args=[team.case.uid, question.uid])).content.decode()
    assert "of-question" not in talk
    assert question.reference in talk


def typed(**more):
    return {
        "field": "law", "kind": "question", "title": "孩子不愿意上学", "words": WORDS, "minutes": 5, "key": uuid4(),
    } | more  # fmt: skip


def test_the_second_keeper_of_one_question_keeps_her_text_and_finds_the_other_material(client, team):
    question = answered(team)
    made = make_of(staff(Role.SUPERVISOR, make.make_subdistrict()), question)
    client.force_login(make.make_officer())
    late = client.post(
        reverse("mentoring:material_of_question", args=[question.uid]), typed(words="问：她自己写的。\n\n答：慢慢来。")
    )
    page = late.content.decode()
    assert late.status_code == 409
    assert "问：她自己写的。\n\n答：慢慢来。</textarea>" in page
    assert "这个问题已经编成一份资料了" in page
    assert f'href="{reverse("mentoring:material", args=[made.uid])}"' in page
    assert Material.objects.count() == 1


def test_a_keeper_whose_the_other_material_is_not_gets_no_way_to_it_and_keeps_her_text(client, team):
    question = answered(team)
    made = make_of(staff(), question)
    client.force_login(make.make_officer(Role.SUPERVISOR, make.make_subdistrict()))
    late = client.post(reverse("mentoring:material_of_question", args=[question.uid]), typed())
    assert late.status_code == 409
    assert f"{WORDS}</textarea>" in late.content.decode()
    assert str(made.uid) not in late.content.decode()


def test_a_correction_of_a_question_made_general_goes_on_as_a_change_of_what_is_saved(client, team):
    question, what = answered(team), typed()
    client.force_login(make.make_officer())
    page = reverse("mentoring:material_of_question", args=[question.uid])
    assert client.post(page, what).url == client.post(page, what).url
    again = client.post(page, what | {"title": "孩子不想上学"})
    material = Material.objects.get()
    edit = reverse("mentoring:material_edit", args=[material.uid])
    assert again.status_code == 409
    assert f'action="{edit}"' in again.content.decode()
    client.post(edit, what | {"title": "孩子不想上学", "version": again.context["version"]})
    material.refresh_from_db()
    assert material.title == "孩子不想上学"


def test_the_copy_of_her_own_data_says_when_she_was_asked_and_what_she_answered_and_not_of_which_text():
    team = make_team()
    material = write(staff(Role.DISTRICT_OFFICER, make.make_district()), title="怎样陪孩子睡觉")
    for days, is_given in ((3, None), (2, False)):
        MaterialConsent.objects.filter(material=material).delete()
        MaterialConsent.objects.create(
            material=material, user_id=team.mentor.user_id, asked_at=NOW - timedelta(days=days), is_given=is_given,
            answered_at=None if is_given is None else NOW,
        )  # fmt: skip
        sheets = {sheet.name: [*sheet.rows] for sheet in list_mentor_sheets(Mentor.objects.get(), on=TODAY)}
        answer = ("", None) if is_given is None else (gettext("Does not agree"), NOW)
        assert sheets[gettext("Whether others may learn from it")] == [(NOW - timedelta(days=days), *answer)]
        assert "怎样陪孩子睡觉" not in str(sheets)
