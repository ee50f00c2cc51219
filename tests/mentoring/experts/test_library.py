"""The small library: who reads and keeps what, what counts as learned, and that the hours are the sum they say."""

import random
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate, make_aware

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.gatherings.enums import CheckedInBy, GatheringState, Presence, SignedUpBy, SignUpState
from sunward.gatherings.models import Attendance, Gathering, Session, SignUp
from sunward.mentoring.actions.learning import learn, unlearn
from sunward.mentoring.actions.library import (
    MaterialSaid,
    change_material,
    publish_material,
    put_back_material,
    withdraw_material,
    write_material,
)
from sunward.mentoring.enums import MentorKind, MentorState
from sunward.mentoring.experts.clearing import StillNames
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.library.access import kept_materials, learnable_materials, readable_materials
from sunward.mentoring.models import Expert, Learning, Material, Mentor
from sunward.mentoring.queries.learning_hours import list_learnt, sum_up
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import make_expert

pytestmark = pytest.mark.django_db
WORDS = "先听孩子说完，再说自己的看法。"
DAY = timedelta(days=1)


def said(kind=MaterialKind.ARTICLE, **more):
    return MaterialSaid(kind, ExpertField.LAW, **({"title": "怎样听孩子说话", "words": WORDS} | more))


def staff(role=Role.DISTRICT_OFFICER, unit=None):
    return make.actor_of(make.make_officer(role, unit))


def mom(unit=None, **more):
    unit = unit or make.make_committee()
    user = make.make_officer(Role.MENTOR, unit)
    make.make_mentor(unit=unit, user=user, **more)
    return make.actor_of(user)


def write(actor, key=None, **more):
    return write_material(actor=actor, key=key or uuid4(), said=said(**more), now=NOW)


def publish(actor, material):
    return publish_material(actor=actor, material_id=material.uid, version=material.version, now=NOW)


def published(actor, **more):
    return publish(actor, write(actor, **more))


def press(actor, material, on=TODAY):
    return learn(actor=actor, material_id=material.uid, on=on, now=NOW)


def in_subdistrict():
    return published(staff(Role.SUPERVISOR, make.make_subdistrict()))


def far_committee():
    return make.make_committee("310110013001", subdistrict=make.make_subdistrict("310110013", name="长白新村街道"))


def other_district():
    return make.make_unit("310109001001", parent=make.make_unit("310109001", parent=make.make_unit("310109")))


def test_a_material_of_the_district_is_read_by_all_below_once_published_and_until_withdrawn():
    officer, near, far = staff(), mom(), mom(far_committee())
    worker = staff(Role.WORKER, make.make_committee())
    supervisor = staff(Role.SUPERVISOR, make.make_subdistrict())
    expert, readers = make_expert(ExpertField.LAW), (near, far, worker, supervisor)
    material = write(officer)
    assert [bool(readable_materials(one)) for one in (*readers, expert)] == [False] * 5
    publish(officer, material)
    assert [bool(readable_materials(one)) for one in (*readers, expert)] == [True] * 5
    withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    assert [bool(readable_materials(one)) for one in (*readers, expert)] == [False] * 5
    put_back_material(actor=officer, material_id=material.uid, now=NOW)
    assert [bool(readable_materials(one)) for one in readers] == [True] * 4
    codes = AuditEntry.objects.filter(code__startswith="mentoring.material_").order_by("pk").values_list("code")
    assert [code.rpartition("material_")[2] for (code,) in codes] == ["written", "published", "withdrawn", "put_back"]


def test_a_material_of_one_subdistrict_is_nothing_to_another_nor_to_an_expert_or_an_employment_officer():
    in_subdistrict()
    assert readable_materials(mom())
    assert readable_materials(staff(Role.WORKER, make.make_committee()))
    strangers = (
        mom(far_committee()), staff(Role.WORKER, far_committee()), staff(Role.EMPLOYMENT_OFFICER),
        make_expert(ExpertField.LAW), staff(Role.LEADER), staff(Role.ADMINISTRATOR),
    )  # fmt: skip
    assert [readable_materials(one).count() for one in strangers] == [0] * 6
    assert [learnable_materials(one).count() for one in strangers] == [0] * 6


def test_another_district_reads_nothing_of_ours():
    published(staff())
    elsewhere = other_district()
    assert not readable_materials(mom(elsewhere))
    for role in (Role.WORKER, Role.SUPERVISOR, Role.DISTRICT_OFFICER):
        assert not readable_materials(staff(role, elsewhere))


def test_whoever_has_left_and_an_expert_with_another_post_read_nothing():
    material, actor = published(staff()), mom()
    Mentor.objects.update(state=MentorState.LEFT)
    assert not readable_materials(actor)
    with pytest.raises(NotThere):
        press(actor, material)
    user = make.make_officer(Role.EXPERT, other_district())
    Expert.objects.create(user=user, unit_path=make.make_district().path, fields=["law"], joined_on=TODAY - DAY)
    assert not readable_materials(make.actor_of(user))


def test_a_student_learns_what_is_her_districts_and_staff_and_experts_learn_nothing():
    material = published(staff())
    student = mom(make.make_district(), kind=MentorKind.STUDENT)
    assert press(student, material).minutes == material.minutes
    for actor in (staff(), staff(Role.WORKER, make.make_committee()), make_expert(ExpertField.LAW)):
        with pytest.raises(NotThere):
            press(actor, material)


def test_a_supervisor_keeps_her_own_and_never_the_districts_or_a_neighbours():
    officer, supervisor = staff(), staff(Role.SUPERVISOR, make.make_subdistrict())
    neighbour = staff(Role.SUPERVISOR, far_committee().parent)
    of_district, own = published(officer), published(supervisor)
    assert {*kept_materials(supervisor)} == {own}
    assert {*kept_materials(officer)} == {own, of_district}
    for actor, material in ((supervisor, of_district), (neighbour, own), (mom(), own)):
        told = {"actor": actor, "material_id": material.uid, "now": NOW}
        for act in (
            lambda told=told: withdraw_material(**told),
            lambda told=told: put_back_material(**told),
            lambda told=told: publish_material(**told, version=2),
            lambda told=told: change_material(**told, version=2, said=said()),
        ):
            with pytest.raises(NotThere):
                act()
    for actor in (mom(), staff(Role.WORKER, make.make_committee()), make_expert(ExpertField.LAW)):
        with pytest.raises(NotThere):
            write(actor)


def test_the_same_form_twice_is_one_material_and_a_foreign_key_says_nothing():
    officer, key = staff(), uuid4()
    assert write(officer, key) == write(officer, key)
    with pytest.raises(NotThere):
        write(staff(), key)


def test_what_changed_meanwhile_is_neither_changed_nor_published():
    officer = staff()
    material = write(officer)
    change_material(actor=officer, material_id=material.uid, version=material.version, said=said(title="新题"), now=NOW)
    with pytest.raises(Conflict):
        publish(officer, material)
    with pytest.raises(Conflict):
        change_material(actor=officer, material_id=material.uid, version=material.version, said=said(), now=NOW)


def test_an_article_names_nobody_but_may_cite_whom_the_writer_keeps():
    officer, words = staff(), "王小明说：先陪孩子玩。"
    with pytest.raises(StillNames) as refused:
        write(officer, words=words)
    marks = frozenset(found.text for found in refused.value.findings)
    assert write(officer, words=words, kept=marks).words == words
    assert "王小明" not in write(officer, words=words, changed=marks).words


@pytest.mark.parametrize("where", ["title", "words"])
def test_a_telephone_goes_out_of_title_and_words(where):
    number = "13800001234"
    with pytest.raises(StillNames):
        write(staff(), **{where: f"请打{number}"})
    material = write(staff(), **{where: f"请打{number}"}, changed=frozenset({number}))
    assert number not in material.title + material.words


def test_a_mark_at_the_end_of_the_title_does_not_reach_into_the_words():
    officer, said = staff(), {"title": "去控江路", "words": "120弄门口，孩子笑了。"}
    with pytest.raises(StillNames) as refused:
        write(officer, **said)
    marked = frozenset(found.text for found in refused.value.findings)
    assert not any("\n" in found for found in marked)
    material = write(officer, **said, changed=marked, kept=marked)
    assert material.words.endswith("孩子笑了。")
    assert "\n" not in material.title + material.words


def test_a_link_that_holds_a_telephone_is_refused():
    with pytest.raises(Refusal) as refused:
        write(staff(), kind=MaterialKind.LINK, words="", link="https://www.example.org/a?tel=13800001234")
    assert refused.value.code == "mentoring.material_link_numbers"


@pytest.mark.parametrize(
    "link",
    ["", "http://example.org/a", "javascript:alert(1)", "https://", "https://a@example.org/", "https://127.0.0.1/",
     "https://localhost/", "https://example.org:8443/", "https://example.org/a b", "//example.org", "https://[x/",
     f"https://example.org/{'a' * 200}"],
)  # fmt: skip
def test_a_link_that_is_not_plainly_a_page_is_refused(link):
    with pytest.raises(Refusal) as refused:
        write(staff(), kind=MaterialKind.LINK, words="", link=link)
    assert refused.value.code == "mentoring.material_link"


def test_a_link_needs_no_words_and_an_article_holds_no_link():
    officer, link = staff(), "https://www.example.org/read?id=7"
    assert write(officer, kind=MaterialKind.LINK, words="", link=link).link == link
    assert write(officer, link="javascript:alert(1)").link == ""


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"words": " "}, {"minutes": 0}, {"minutes": 121}, {"title": "题" * 81}, {"words": "好" * 8100}],
)
def test_what_is_empty_or_endless_is_refused(wrong):
    with pytest.raises(Refusal):
        write(staff(), **wrong)
    assert not Material.objects.exists()


def test_a_question_is_published_only_while_all_have_agreed_and_its_text_stays():
    officer = staff()
    material = write(officer, kind=MaterialKind.QUESTION)
    with pytest.raises(Refusal):
        publish(officer, material)
    consents = [material.consents.create(user=make.make_user(), asked_at=NOW) for _number in range(2)]
    for answer in (None, False):
        consents[0].is_given, consents[1].is_given = True, answer
        for consent in consents:
            consent.save()
        with pytest.raises(Refusal):
            publish(officer, material)
    material.consents.update(is_given=True)
    material = publish(officer, material)
    with pytest.raises(Refusal):
        change_material(
            actor=officer, material_id=material.uid, version=material.version,
            said=said(kind=MaterialKind.QUESTION), now=NOW,
        )  # fmt: skip
    withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    material.consents.filter(pk=consents[0].pk).update(is_given=False)
    with pytest.raises(Refusal):
        put_back_material(actor=officer, material_id=material.uid, now=NOW)


def test_worked_through_twice_counts_once_and_is_taken_back_on_the_same_day_only():
    officer, actor = staff(), mom()
    material = published(officer, minutes=25)
    assert press(actor, material) == press(actor, material, on=TODAY + DAY)
    with pytest.raises(Refusal):
        unlearn(actor=actor, material_id=material.uid, on=TODAY + DAY, now=NOW)
    withdraw_material(actor=officer, material_id=material.uid, now=NOW)
    unlearn(actor=actor, material_id=material.uid, on=TODAY, now=NOW)
    assert not Learning.objects.exists()
    with pytest.raises(NotThere):
        press(actor, material)


def test_what_a_colleague_learned_is_not_hers_to_take_back():
    material, one, other = published(staff()), mom(), mom()
    press(one, material)
    unlearn(actor=other, material_id=material.uid, on=TODAY, now=NOW)
    assert Learning.objects.count() == 1


def make_session(kind, begins_at, minutes):
    unit = make.make_district()
    gathering = Gathering.objects.create(
        programme="mentoring", kind=kind, title="课", host=unit, unit_path=unit.path, state=GatheringState.HELD,
        made_at=NOW,
    )  # fmt: skip
    return Session.objects.create(
        gathering=gathering, begins_at=begins_at, ends_at=begins_at + timedelta(minutes=minutes)
    )


def attend(session, person, presence, state=SignUpState.PLACED):
    number = SignUp.objects.count() + 1
    row = SignUp.objects.create(
        gathering=session.gathering, person=person, state=state, party=uuid4(), queue=number, code=f"{number:06d}",
        signed_up_by=SignedUpBy.STAFF, signed_up_at=NOW,
    )  # fmt: skip
    Attendance.objects.create(
        sign_up=row, session=session, presence=presence, checked_in_at=NOW, checked_in_by=CheckedInBy.LIST
    )


@pytest.mark.parametrize("seed", range(6))
def test_the_hours_are_the_sum_of_what_was_worked_through_and_the_sessions_attended(seed):
    chance, officer = random.Random(seed), staff()
    mentors = [Mentor.objects.get(user_id=mom().user_id) for _number in range(2)]
    from_on, until_on = TODAY - 5 * DAY, TODAY + 5 * DAY
    expected = {mentor.pk: [0, 0, 0] for mentor in mentors}
    for _number in range(12):
        mentor, on, minutes = chance.choice(mentors), TODAY + chance.randint(-8, 8) * DAY, chance.randint(1, 120)
        material = write(officer, minutes=minutes)
        Learning.objects.create(mentor=mentor, material=material, minutes=minutes, learnt_on=on)
        if from_on <= on <= until_on:
            expected[mentor.pk][0] += 1
            expected[mentor.pk][2] += minutes
    for _number in range(25):
        kind = chance.choice(["mentoring.training", "mentoring.salon", "mentoring.outing", "employment.job_fair"])
        day = TODAY + chance.randint(-8, 8) * DAY
        begins_at = make_aware(datetime.combine(day, time(chance.choice((0, 7, 14, 23)), 5)))
        minutes, presence = chance.randint(20, 300), chance.choice([Presence.CAME, Presence.ABSENT])
        session = make_session(kind, begins_at, minutes)
        mentor = chance.choice(mentors)
        attend(session, mentor.person, presence)
        if chance.random() < 0.3:
            attend(session, mentor.person, presence, SignUpState.WITHDRAWN)
        is_learning = kind in ("mentoring.training", "mentoring.salon") and presence == Presence.CAME
        if is_learning and from_on <= localdate(begins_at) <= until_on:
            expected[mentor.pk][1] += 1
            expected[mentor.pk][2] += minutes
    for mentor in mentors:
        found = sum_up(list_learnt(mentor), from_on=from_on, until_on=until_on)
        assert [found.materials, found.sessions, found.minutes] == expected[mentor.pk]


def test_a_mentor_without_learning_has_none_and_an_hour_and_a_half_is_said_so(django_assert_num_queries):
    mentor = Mentor.objects.get(user_id=mom().user_id)
    with django_assert_num_queries(2):
        assert sum_up(list_learnt(mentor), from_on=TODAY, until_on=TODAY).hours == "0"
    Learning.objects.create(mentor=mentor, material=write(staff(), minutes=90), minutes=90, learnt_on=TODAY)
    assert sum_up(list_learnt(mentor), from_on=TODAY, until_on=TODAY).hours == "1.5"


@pytest.mark.parametrize(
    "other",
    [
        {"title": "怎样跟孩子说话"}, {"words": "先说完。"}, {"minutes": 12}, {"field": ExpertField.FAMILY_EDUCATION},
        {"kind": MaterialKind.LINK, "link": "https://example.org/a"},
    ],
)  # fmt: skip
def test_the_same_key_with_anything_else_in_it_is_not_taken_for_what_is_saved(other):
    officer, key = staff(), uuid4()
    first = {"kind": MaterialKind.ARTICLE, "field": ExpertField.LAW, "title": "怎样听孩子说话", "words": WORDS}

    def send(**more):
        return write_material(actor=officer, key=key, said=MaterialSaid(**(first | more)), now=NOW)

    saved = send()
    assert send() == saved
    with pytest.raises(Conflict):
        send(**other)
    assert [one.version for one in Material.objects.all()] == [1]


def test_the_same_key_for_another_unit_is_not_taken_for_what_is_saved():
    user = make.make_officer(Role.SUPERVISOR, make.make_subdistrict())
    far = far_committee().parent
    make.give_post(user, Role.SUPERVISOR, far)
    actor, key = make.actor_of(user), uuid4()
    for path in (make.make_subdistrict().path, make.make_subdistrict().path):
        write_material(actor=actor, key=key, said=said(), unit_path=path, now=NOW)
    with pytest.raises(Refusal):
        write_material(actor=actor, key=key, said=said(), unit_path=far.path, now=NOW)
    assert Material.objects.count() == 1
