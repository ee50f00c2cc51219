"""Mentors share what they found out: nobody is named, an officer reads it first, and only their district reads it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.actions.sharing import Told, bring_back_note, change_note, withdraw_note
from sunward.mentoring.enums import MatchState, MentorKind, MentorState, VisitTopic
from sunward.mentoring.experts.clearing import StillNames
from sunward.mentoring.experts.enums import NoteState
from sunward.mentoring.models import ExperienceNote, Match, Mentor
from sunward.mentoring.sharing.access import judged_notes, own_notes, published_notes, reading_districts
from tests import factories
from tests.factories import NOW, TODAY
from tests.mentoring.experts.builders import Team, make_team
from tests.mentoring.experts.sharing_builders import WORDS, give_back, make_elsewhere, make_sharer, publish, write
from tests.mentoring.tutoring_arrangements import make_pupil, run_tutoring

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def supervisor():
    return factories.actor_of(factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict()))


def test_a_note_of_a_mentor_is_hers_and_waits_for_an_officer(team):
    note = write(team.mentor, topics=(VisitTopic.SCHOOL, VisitTopic.SCHOOL))
    assert (note.title, note.words, note.topics) == ("第一次上门", WORDS, ["school"])
    assert (note.state, note.unit_path) == (NoteState.WRITTEN, team.case.unit_path)
    assert AuditEntry.objects.filter(code="mentoring.experience_written").count() == 1


@pytest.mark.parametrize("name", ["陈小雨", "小雨", "徐桂珍", "张爱华"])
@pytest.mark.parametrize("where", ["title", "words"])
def test_no_name_known_around_her_child_stands_in_title_or_words(team, name, where):
    with pytest.raises(StillNames):
        write(team.mentor, **{where: f"{name}喜欢画画"}, kept=frozenset({name}))
    assert not ExperienceNote.objects.exists()


def test_her_own_home_and_numbers_are_known_as_those_of_a_family(team):
    person = Mentor.objects.get(user_id=team.mentor.user_id).person
    person.address, person.phone = "控江路一千二百弄", "+8613800001234"
    person.save()
    for told in ("控江路一千二百弄", "138 0000 1234"):
        with pytest.raises(StillNames) as refused:
            write(team.mentor, f"来找我：{told}。", kept=frozenset({told}))
        assert any(found.is_known for found in refused.value.findings)


def test_a_child_of_long_ago_is_not_named_either_nor_one_of_several(team):
    other = factories.make_child("林可可", unit=factories.make_committee("310110012002"))
    factories.make_match(other, Mentor.objects.get(user_id=team.mentor.user_id))
    Match.objects.update(state=MatchState.CLOSED, ended_on=TODAY)
    for name in ("小雨", "可可", "张爱华"):
        with pytest.raises(StillNames):
            write(team.mentor, f"{name}喜欢画画", kept=frozenset({name}))


def test_what_is_changed_gives_way_to_a_neutral_word_in_title_and_words(team):
    note = write(team.mentor, "小雨笑了。\n第二行", "陪小雨画画", changed=frozenset({"小雨"}))
    assert (note.title, note.words) == ("陪孩子画画", "孩子笑了。\n第二行")


@pytest.mark.parametrize(
    ("title", "words"), [("", WORDS), ("  ", WORDS), ("题", " "), ("题", "好" * 3100), ("题" * 81, "好")]
)
def test_an_empty_or_endless_note_is_refused(team, title, words):
    with pytest.raises(Refusal):
        write(team.mentor, words, title)


def test_a_note_may_be_longer_than_a_question(team):
    assert write(team.mentor, "好" * 2500).pk


def test_the_same_form_sent_twice_is_one_note_and_a_foreign_key_says_nothing(team):
    key = uuid4()
    assert write(team.mentor, key=key) == write(team.mentor, key=key)
    with pytest.raises(NotThere):
        write(make_sharer(factories.make_committee()), key=key)


def test_a_neighbour_reads_it_only_once_it_is_published(team, supervisor):
    neighbour = make_sharer(
        factories.make_committee("310110013001", subdistrict=factories.make_subdistrict("310110013"))
    )
    note = write(team.mentor)
    assert not published_notes(neighbour)
    note = publish(supervisor, note)
    assert {*published_notes(neighbour)} == {note}
    note = give_back(supervisor, note)
    assert not published_notes(neighbour)
    note = change_note(
        actor=team.mentor, note_id=note.uid, version=note.version, told=Told("题", "好。"), on=TODAY, now=NOW
    )
    assert (note.state, note.reason) == (NoteState.WRITTEN, "")
    publish(supervisor, note)
    withdraw_note(actor=team.mentor, note_id=note.uid, now=NOW)
    assert not published_notes(neighbour)
    assert not published_notes(supervisor)
    assert {*own_notes(team.mentor)} == {note}


def test_another_district_reads_nothing(team, supervisor):
    publish(supervisor, write(team.mentor))
    elsewhere = make_elsewhere()
    assert not published_notes(make_sharer(elsewhere))
    for role in (Role.WORKER, Role.SUPERVISOR, Role.DISTRICT_OFFICER):
        assert not published_notes(factories.actor_of(factories.make_officer(role, elsewhere)))


def test_a_mentor_who_has_left_reads_and_writes_nothing_but_what_she_published_stays(team, supervisor):
    note = publish(supervisor, write(team.mentor))
    Mentor.objects.update(state=MentorState.LEFT)
    assert not published_notes(team.mentor)
    assert not reading_districts(team.mentor)
    assert not own_notes(team.mentor)
    assert {*published_notes(make_sharer(factories.make_committee()))} == {note}
    with pytest.raises(NotThere):
        write(team.mentor)
    with pytest.raises(NotThere):
        withdraw_note(actor=team.mentor, note_id=note.uid, now=NOW)


def test_a_student_shares_and_an_expert_or_a_mentor_without_the_post_does_not(team):
    committee = factories.make_committee()
    assert write(make_sharer(committee, kind=MentorKind.STUDENT)).pk
    with pytest.raises(NotThere):
        write(make_sharer(committee, kind=MentorKind.EXPERT))
    with pytest.raises(NotThere):
        write(team.worker)


def test_a_student_names_her_pupil_no_more_than_a_neighbour_mom_her_child():
    tutoring = run_tutoring(make_pupil("欧阳安之"))
    student = factories.actor_of(tutoring.mentor.user)
    with pytest.raises(StillNames) as refused:
        write(student, "安之喜欢先看题再说话。", kept=frozenset({"安之"}))
    assert any(finding.is_known for finding in refused.value.findings)


def test_until_it_is_published_nobody_reads_it_but_whoever_wrote_it_and_whoever_judges_it(team, supervisor):
    note = write(team.mentor)
    next_door = factories.actor_of(factories.make_officer(Role.WORKER, factories.make_committee("310110012002")))
    neighbour = make_sharer(factories.make_committee())
    for actor in (team.mentor, team.worker, next_door, neighbour, team.expert, supervisor):
        assert not published_notes(actor)
    for actor in (team.mentor, team.worker, next_door, neighbour, team.expert):
        assert not judged_notes(actor)
    assert not own_notes(neighbour)
    publish(supervisor, note)
    for actor in (team.mentor, team.worker, next_door, neighbour, supervisor):
        assert {*published_notes(actor)} == {note}
    assert not published_notes(team.expert)


def test_only_supervisors_and_officers_of_the_unit_judge_and_never_their_own(team, supervisor):
    note = write(team.mentor)
    far = factories.actor_of(factories.make_officer(Role.SUPERVISOR, factories.make_subdistrict("310110013")))
    for actor in (team.worker, team.mentor, team.expert, far):
        assert not judged_notes(actor)
        with pytest.raises(NotThere):
            publish(actor, note)
        with pytest.raises(NotThere):
            give_back(actor, note)
    assert {*judged_notes(supervisor)} == {note}
    user = Mentor.objects.get(user_id=team.mentor.user_id).user
    factories.give_post(user, Role.SUPERVISOR, factories.make_subdistrict())
    assert not judged_notes(factories.actor_of(user))


def test_what_changed_meanwhile_is_neither_published_nor_changed_nor_given_back(team, supervisor):
    note = write(team.mentor)
    change_note(actor=team.mentor, note_id=note.uid, version=note.version, told=Told("题", "好。"), on=TODAY, now=NOW)
    for act in (publish, give_back):
        with pytest.raises(Conflict):
            act(supervisor, note)
    with pytest.raises(Conflict):
        change_note(
            actor=team.mentor, note_id=note.uid, version=note.version, told=Told("题", "好。"), on=TODAY, now=NOW
        )


def test_what_is_published_is_not_changed_behind_the_officers_back(team, supervisor):
    note = publish(supervisor, write(team.mentor))
    with pytest.raises(Conflict):
        change_note(
            actor=team.mentor, note_id=note.uid, version=note.version, told=Told("题", "好。"), on=TODAY, now=NOW
        )


def test_a_note_is_given_back_with_a_reason(team, supervisor):
    note = write(team.mentor)
    with pytest.raises(Refusal):
        give_back(supervisor, note, " ")
    note = give_back(supervisor, note)
    assert (note.state, note.reason, note.read_by_id) == (NoteState.RETURNED, "请写得再笼统一点。", supervisor.user_id)
    with pytest.raises(Conflict):
        publish(supervisor, note)


def test_one_mentor_neither_changes_nor_withdraws_the_note_of_another(team, supervisor):
    note = publish(supervisor, write(team.mentor))
    neighbour = make_sharer(factories.make_committee())
    with pytest.raises(NotThere):
        withdraw_note(actor=neighbour, note_id=note.uid, now=NOW)
    with pytest.raises(NotThere):
        change_note(actor=neighbour, note_id=note.uid, version=note.version, told=Told("题", "好。"), on=TODAY, now=NOW)


LATER = NOW + timedelta(minutes=5)


def bring_back(actor, note, version=None):
    return bring_back_note(actor=actor, note_id=note.uid, version=version or note.version, now=LATER)


def take_back(actor, note):
    return withdraw_note(actor=actor, note_id=note.uid, now=LATER)


def test_what_was_taken_back_comes_back_and_is_published_by_nobody_but_an_officer(team, supervisor):
    waiting = take_back(team.mentor, write(team.mentor))
    assert bring_back(team.mentor, waiting).state == NoteState.WRITTEN
    returned = take_back(team.mentor, give_back(supervisor, write(team.mentor)))
    again = bring_back(team.mentor, returned)
    assert (again.state, again.reason) == (NoteState.RETURNED, "请写得再笼统一点。")
    published = take_back(team.mentor, publish(supervisor, write(team.mentor), now=LATER))
    assert bring_back(team.mentor, published).state == NoteState.WRITTEN
    assert AuditEntry.objects.filter(code="mentoring.experience_brought_back").count() == 3


def test_what_was_changed_after_it_was_given_back_waits_again_when_it_is_brought_back(team, supervisor):
    note = give_back(supervisor, write(team.mentor))
    note = change_note(
        actor=team.mentor, note_id=note.uid, version=note.version, told=Told("题", "好。"), on=TODAY, now=LATER
    )
    assert bring_back(team.mentor, take_back(team.mentor, note)).state == NoteState.WRITTEN
    assert not published_notes(supervisor)


def test_brought_back_twice_is_brought_back_once_and_by_nobody_else(team):
    note = take_back(team.mentor, write(team.mentor))
    with pytest.raises(NotThere):
        bring_back(make_sharer(factories.make_committee()), note)
    first = bring_back(team.mentor, note)
    assert bring_back(team.mentor, note, version=note.version - 1).version == first.version
    again = take_back(team.mentor, first)
    with pytest.raises(Conflict):
        bring_back(team.mentor, again, version=note.version - 1)


def test_the_same_key_with_other_words_is_no_note_and_loses_no_word_silently(team):
    key = uuid4()
    note = write(team.mentor, key=key)
    with pytest.raises(Conflict):
        write(team.mentor, "再坐一会儿。", key=key)
    note.refresh_from_db()
    assert (note.words, ExperienceNote.objects.count()) == (WORDS, 1)


def test_a_second_reason_is_not_swallowed(team, supervisor):
    note = give_back(supervisor, write(team.mentor))
    assert give_back(supervisor, note).version == note.version
    with pytest.raises(Conflict):
        give_back(supervisor, note, "请改标题。")


def test_a_mark_at_the_end_of_the_title_does_not_reach_into_the_words(team):
    with pytest.raises(StillNames) as refused:
        write(team.mentor, "120弄门口，孩子笑了。", "去控江路")
    assert refused.value.findings
    assert not any("\n" in found.text for found in refused.value.findings)
    marked = frozenset(found.text for found in refused.value.findings)
    note = write(team.mentor, "120弄门口，孩子笑了。", "去控江路", changed=marked, kept=marked)
    assert note.words.endswith("孩子笑了。")
    assert "\n" not in note.title + note.words
