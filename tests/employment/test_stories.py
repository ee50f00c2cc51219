"""Stories of success: names nobody, released by a second officer, read only as long as the person agrees."""

from datetime import date, timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.anonymising import belongings, empty
from sunward.casework.enums import CaseState
from sunward.casework.models import Case, Retention
from sunward.core import clock
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.employment.access.stories import kept_stories, shown_stories
from sunward.employment.actions.consents import record_consent, withdraw_consent, withdraw_own_consent
from sunward.employment.actions.file_joining import part_files
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.stories import (
    Incomplete,
    bring_back_story,
    change_story,
    return_story,
    withdraw_story,
    write_story,
)
from sunward.employment.keeping import KEEPING
from sunward.employment.models import Placement, Story
from sunward.employment.own_pass import make_pass, token_of
from sunward.employment.stories.enums import AgeBand, Helped, StoryState
from sunward.ledger.queries import standing_facts
from sunward.people.actions import merge_persons
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord, Household, PossibleDuplicate
from sunward.people.screening.clearing import StillNames
from tests import factories as make
from tests.employment.builders import make_employer
from tests.employment.story_builders import AT, agree, make_released, make_story, release, told
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, THERE, DISTRICT, OTHER = "310110012", "310110019", "310110", "310104"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def officer_of(name, unit):
    user = make.make_user(name)
    make.give_post(user, Role.EMPLOYMENT_OFFICER, unit)
    return make.actor_of(user)


@pytest.fixture
def writer():
    return officer_of("writer", make.make_subdistrict(HERE))


@pytest.fixture
def second():
    return officer_of("second", make.make_subdistrict(HERE))


@pytest.fixture
def next_door():
    return officer_of("next_door", make.make_subdistrict(THERE))


@pytest.fixture
def case():
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    return make.make_jobseeker("纪求职", unit=unit)


def acts():
    codes = AuditEntry.objects.filter(kind="act", code__startswith="employment.story_").order_by("number")
    return [code.removeprefix("employment.story_") for code in codes.values_list("code", flat=True)]


def of(actor, story, **more):
    return {"actor": actor, "case_id": story.case.uid, "story_id": story.uid} | AT | more


def read_by(actor, *, on=TODAY):
    return list(shown_stories(actor, on=on))


def test_a_story_is_written_read_by_a_second_officer_and_then_read_in_the_whole_district(
    writer, second, next_door, case
):
    story = make_story(writer, case)
    assert story.state == StoryState.WRITTEN
    assert story.written_by_ids == [writer.user_id]
    assert not read_by(next_door)
    assert not read_by(second)
    assert list(kept_stories(second)) == [story]
    assert not kept_stories(next_door)
    agree(writer, case)
    assert not read_by(next_door)
    assert release(second, story).state == StoryState.RELEASED
    assert read_by(next_door) == [story]
    assert read_by(writer) == [story]
    assert acts() == ["written", "released"]
    fact = standing_facts().get(kind="employment.story_released")
    assert (fact.subject_id, fact.attributes["helped"]) == (story.pk, ["guidance", "company"])


def test_the_next_district_reads_no_story_of_this_one(writer, second, case):
    make_released(writer, second, case)
    assert not read_by(officer_of("far", make.make_unit(OTHER, name="徐汇区")))
    assert len(read_by(officer_of("above", make.make_district()))) == 1


def test_nobody_releases_what_they_wrote_any_of(writer, second, case):
    agree(writer, case)
    story = make_story(writer, case)
    with pytest.raises(NotAllowed):
        release(writer, story)
    changed = change_story(**of(second, story, version=story.version, told=told(title="另一个题目")))
    for hand in (writer, second):
        with pytest.raises(NotAllowed):
            release(hand, changed)
    third = officer_of("third", make.make_district())
    assert release(third, changed).released_by_id == third.user_id


def test_who_does_not_keep_the_file_neither_writes_nor_changes_nor_releases(writer, second, next_door, case):
    agree(writer, case)
    story = make_story(writer, case)
    for act in (
        lambda: make_story(next_door, case),
        lambda: change_story(**of(next_door, story, version=1, told=told(title="新的"))),
        lambda: release(next_door, story),
        lambda: return_story(**of(next_door, story, version=1, reason="因为")),
        lambda: withdraw_story(**of(next_door, story)),
        lambda: bring_back_story(**of(next_door, story, version=1)),
    ):
        with pytest.raises(NotThere):
            act()
    assert Story.objects.get().state == StoryState.WRITTEN


def test_a_story_is_reached_only_through_its_own_file(writer, second, case):
    other = make.make_jobseeker("别人", unit=case.unit)
    story = make_story(writer, case)
    with pytest.raises(NotThere):
        withdraw_story(actor=second, case_id=other.uid, story_id=story.uid, **AT)


def test_without_the_persons_consent_no_story_is_released(writer, second, case):
    story = make_story(writer, case)
    with pytest.raises(Refusal) as refused:
        release(second, story)
    assert refused.value.code == "employment.story_not_agreed"
    agree(writer, case)
    assert release(second, story)


@pytest.mark.parametrize("how", ["office", "own page"])
def test_a_withdrawn_consent_hides_the_story_at_once(writer, second, next_door, case, how):
    story = make_released(writer, second, case)
    if how == "office":
        withdraw_consent(actor=writer, case_id=case.uid, purpose=Purpose.STORY, **AT)
    else:
        link = make_jobseeker_link(actor=writer, case_id=case.uid, **AT)
        withdraw_own_consent(token=token_of(link), shown=make_pass(link, now=NOW), purpose=Purpose.STORY, **AT)
    assert not read_by(next_door)
    assert not read_by(writer)
    assert list(kept_stories(writer)) == [story]


def test_a_consent_that_has_run_out_hides_the_story_on_its_very_day(writer, second, next_door, case):
    agree(writer, case, expires_on=TODAY + 5 * DAY)
    story = release(second, make_story(writer, case))
    assert read_by(next_door, on=TODAY + 4 * DAY) == [story]
    assert not read_by(next_door, on=TODAY + 5 * DAY)


def test_the_consent_of_somebody_else_or_for_something_else_shows_no_story(writer, second, next_door, case):
    make_released(writer, second, case)
    ConsentRecord.objects.update(purpose=Purpose.GATHERINGS)
    assert not read_by(next_door)
    ConsentRecord.objects.update(purpose=Purpose.STORY, legal_basis="statutory_duty")
    assert not read_by(next_door)
    ConsentRecord.objects.update(legal_basis="consent", person=make.make_person("别人"))
    assert not read_by(next_door)


def test_two_who_press_at_once_release_it_once(writer, second, case):
    agree(writer, case)
    story = make_story(writer, case)
    first = release(second, story)
    third = officer_of("third", make.make_district())
    again = release(third, story)
    assert (again.released_by_id, again.version) == (second.user_id, first.version)
    assert standing_facts().filter(kind="employment.story_released").count() == 1


def test_what_was_released_is_what_was_read(writer, second, case):
    agree(writer, case)
    story = make_story(writer, case)
    change_story(**of(writer, story, version=story.version, told=told(words="又写了别的话。")))
    with pytest.raises(Conflict):
        release(second, story)


def test_what_was_given_back_says_why_and_waits_anew_once_it_is_changed(writer, second, next_door, case):
    story = make_released(writer, second, case)
    back = return_story(**of(second, story, version=story.version, reason=" 店名  太具体 "))
    assert (back.state, back.reason) == (StoryState.RETURNED, "店名 太具体")
    assert not read_by(next_door)
    assert not standing_facts().filter(kind="employment.story_released")
    anew = change_story(**of(writer, back, version=back.version, told=told()))
    assert (anew.state, anew.reason) == (StoryState.WRITTEN, "")


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_giving_back_needs_a_short_reason(writer, second, case, reason):
    story = make_story(writer, case)
    with pytest.raises(Refusal):
        return_story(**of(second, story, version=story.version, reason=reason))


def test_what_is_taken_back_is_read_by_nobody_and_can_be_had_again(writer, second, next_door, case):
    story = make_released(writer, second, case)
    gone = withdraw_story(**of(writer, story))
    assert not read_by(next_door)
    assert gone.state == StoryState.WITHDRAWN
    assert withdraw_story(**of(writer, story)).version == gone.version
    again = bring_back_story(**of(writer, gone, version=gone.version))
    assert again.state == StoryState.WRITTEN
    assert not read_by(next_door)
    assert release(second, again).state == StoryState.RELEASED


def test_a_released_story_is_changed_only_after_it_was_taken_back_or_given_back(writer, second, case):
    story = make_released(writer, second, case)
    with pytest.raises(Conflict):
        change_story(**of(writer, story, version=story.version, told=told(title="悄悄换掉")))
    assert Story.objects.get().title == told().title


def test_sent_twice_it_is_one_story_and_other_words_are_not_taken_for_it(writer, case):
    given = {"actor": writer, "case_id": case.uid, "key": make_story(writer, case).uid} | AT
    write_story(**given, told=told())
    with pytest.raises(Conflict):
        write_story(**given, told=told(words="完全不同的话。"))
    assert Story.objects.count() == 1
    assert acts() == ["written"]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("title", "纪求职的故事"), ("words", "纪求职很努力。"), ("outcome", "老纪现在上班了。"), ("pseudonym", "小纪"),
        ("obstacle", "电话13800123456没人接。"),
    ],
)  # fmt: skip
def test_neither_name_nor_number_of_the_person_stands_in_any_field(writer, case, field, said):
    with pytest.raises(StillNames):
        make_story(writer, case, **{field: said}, kept=frozenset({said, "纪求职", "老纪", "小纪"}))
    assert not Story.objects.exists()


def test_the_other_name_does_not_begin_with_the_persons_family_name(writer, case):
    with pytest.raises(Incomplete) as refused:
        make_story(writer, case, pseudonym="纪禾")
    assert refused.value.field == "pseudonym"


def test_where_a_name_is_changed_the_other_name_stands(writer, case):
    story = make_story(writer, case, words="纪求职先来了一次。", changed=frozenset({"纪求职"}))
    assert story.words == "小禾先来了一次。"


def test_names_of_the_household_of_officers_and_of_employers_do_not_go_out(writer, second, case):
    mother = make.make_person("林秀芳", unit=case.unit)
    home = Household.objects.create(unit=case.unit)
    for person in (case.person, mother):
        home.members.create(person=person)
    User.objects.filter(pk=writer.user_id).update(name="高明月")
    employer = make_employer(make.make_subdistrict(HERE), name="上海澍桉曜商贸有限公司")
    Placement.objects.create(
        case=case, employer=employer, kind="contract", basis="said", started_on=TODAY, unit_path=case.unit_path,
        recorded_at=NOW,
    )  # fmt: skip
    Placement.objects.create(
        case=case, employer_name="宝禾物流", kind="contract", basis="said", started_on=TODAY - 9 * DAY,
        unit_path=case.unit_path, recorded_at=NOW,
    )  # fmt: skip
    for said in ("林秀芳", "高明月", "澍桉曜商贸", "宝禾物流", case.unit.name):
        with pytest.raises(StillNames) as refused:
            make_story(writer, case, words=f"后来{said}帮了忙。", kept=frozenset({said}))
        assert any(found.is_known and said in found.text for found in refused.value.findings), said


def test_what_the_file_has_come_to_know_since_stops_the_release(writer, second, case):
    agree(writer, case)
    story = make_story(writer, case, outcome="在宝禾物流做到现在。", kept=frozenset({"宝禾物流", "宝禾"}))
    Placement.objects.create(
        case=case, employer_name="宝禾物流", kind="contract", basis="said", started_on=TODAY, unit_path=case.unit_path,
        recorded_at=NOW,
    )  # fmt: skip
    with pytest.raises(StillNames):
        release(second, story)
    assert Story.objects.get().state == StoryState.WRITTEN


def test_a_word_that_names_nobody_may_be_kept_and_is_remembered_for_the_second_officer(writer, second, case):
    agree(writer, case)
    words = "邻居王建国路过，聊了几句。"
    with pytest.raises(StillNames):
        make_story(writer, case, words=words)
    story = make_story(writer, case, words=words, kept=frozenset({"王建国"}))
    assert story.kept == ["王建国"]
    assert release(second, story)


@pytest.mark.parametrize("field", ["pseudonym", "title", "obstacle", "words", "outcome"])
@pytest.mark.parametrize("said", ["", " \n ", "长" * 3001])
def test_no_field_is_empty_or_too_long(writer, case, field, said):
    with pytest.raises(Incomplete) as refused:
        make_story(writer, case, **{field: said})
    assert refused.value.field == field


def test_something_has_helped(writer, case):
    with pytest.raises(Incomplete) as refused:
        make_story(writer, case, helped=())
    assert refused.value.field == "helped"


def test_what_helped_is_kept_in_the_order_of_the_list(writer, case):
    story = make_story(writer, case, helped=(Helped.FAIR, Helped.SURVEY_CALL, Helped.FAIR))
    assert story.helped == ["survey_call", "fair"]


def test_a_story_is_told_of_a_closed_file_and_of_none_that_became_part_of_another(writer, case):
    Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, closed_on=TODAY, close_reason="at_work")
    make_story(writer, case)
    Case.objects.filter(pk=case.pk).update(close_reason="joined")
    with pytest.raises(NotThere):
        make_story(writer, case)
    assert not kept_stories(writer)


def test_with_the_file_its_stories_are_emptied_and_end(writer, second, next_door, case):
    story = make_released(writer, second, case)
    KEEPING.empty_rest(case, TODAY)
    empty(belongings(Case), [case.pk])
    story.refresh_from_db()
    assert story.state == StoryState.WITHDRAWN
    assert [story.title, story.pseudonym, story.words, story.obstacle, story.outcome, story.age_band] == [""] * 6
    assert (story.client_tags, story.kept, story.helped) == ([], [], ["guidance", "company"])
    with pytest.raises(NotThere):
        bring_back_story(**of(writer, story, version=story.version))


def test_a_file_that_was_emptied_shows_no_story_whatever_its_row_says(writer, second, next_door, case):
    make_released(writer, second, case)
    Retention.objects.create(case=case, due_on=TODAY, listed_on=TODAY, anonymised_on=TODAY)
    assert not read_by(next_door)


def test_when_two_files_become_one_every_story_is_released_anew(writer, second, next_door, case):
    story = make_released(writer, second, case)
    twin = make.make_jobseeker(
        "纪求职", unit=make.make_committee(f"{THERE}001", subdistrict=make.make_subdistrict(THERE))
    )
    other = make_released(next_door, officer_of("fourth", make.make_subdistrict(THERE)), twin, title="另一个故事")
    withdraw_consent(actor=writer, case_id=case.uid, purpose=Purpose.STORY, **AT)
    above = officer_of("above", make.make_district())
    first, last = sorted((case.person_id, twin.person_id))
    merge_persons(
        actor=above,
        duplicate_id=PossibleDuplicate.objects.create(first_id=first, second_id=last, points=90).pk,
        now=NOW,
    )
    assert not read_by(above)
    assert {one.state for one in Story.objects.all()} == {StoryState.WRITTEN}
    assert {one.case_id for one in (Story.objects.get(pk=story.pk), Story.objects.get(pk=other.pk))} == {case.pk}
    assert not standing_facts().filter(kind="employment.story_released")


def test_when_two_files_are_parted_every_story_is_released_anew(writer, second, case):
    """What was agreed to in between may be the other one's word: the district reads nothing until it was asked anew."""
    place = make.make_committee(f"{THERE}001", subdistrict=make.make_subdistrict(THERE))
    twin = make.make_jobseeker("纪求职", unit=place)
    above = officer_of("above", make.make_district())
    first, last = sorted((case.person_id, twin.person_id))
    pair = PossibleDuplicate.objects.create(first_id=first, second_id=last, points=90)
    merge_persons(actor=above, duplicate_id=pair.pk, now=NOW)
    make_released(writer, second, Case.objects.get(pk=case.pk))
    assert read_by(above)
    part_files(actor=above, case_id=case.uid, now=NOW)
    assert not read_by(above)
    assert Story.objects.get().state == StoryState.WRITTEN


def test_an_age_belongs_to_one_band():
    assert [AgeBand.of(age) for age in (15, 16, 24, 25, 35, 36, 55, 56, None)] == [
        None, AgeBand.TO_24, AgeBand.TO_24, AgeBand.TO_35, AgeBand.TO_35, AgeBand.TO_45, AgeBand.TO_55, AgeBand.OVER_55,
        None,
    ]  # fmt: skip
    first, last = AgeBand.TO_35.births(on=date(2026, 2, 28))
    assert (first, last) == (date(1990, 3, 1), date(2001, 2, 28))


def test_a_new_consent_shows_a_released_story_again(writer, second, next_door, case):
    story = make_released(writer, second, case)
    withdraw_consent(actor=writer, case_id=case.uid, purpose=Purpose.STORY, **AT)
    record_consent(actor=writer, case_id=case.uid, purpose=Purpose.STORY, given_on=TODAY, **AT)
    assert read_by(next_door) == [story]
