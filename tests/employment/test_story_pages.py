"""Pages of stories of success: what each shows, finds and hides, and how a story is written on them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.employment.actions.consents import withdraw_consent
from sunward.employment.actions.jobseeker_links import make_jobseeker_link
from sunward.employment.actions.stories import change_story
from sunward.employment.enums import ClientTagKind
from sunward.employment.models import ClientTag, Story
from sunward.employment.own_pass import token_of
from sunward.employment.queries.stories import read_shown
from sunward.employment.stories.enums import AgeBand, Helped, StoryState
from sunward.ledger.queries import standing_facts
from sunward.people.enums import Purpose
from sunward.people.models import ConsentRecord
from tests import factories as make
from tests.employment.story_builders import AT, agree, make_released, make_story, told
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
HERE, THERE = "310110012", "310110019"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def user_of(name, code):
    user = make.make_user(name, name=f"经办{name}")
    make.give_post(user, Role.EMPLOYMENT_OFFICER, make.make_subdistrict(code))
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def users():
    return {name: user_of(name, code) for name, code in (("writer", HERE), ("second", HERE), ("next_door", THERE))}


@pytest.fixture
def writer(users):
    return make.actor_of(users["writer"])


@pytest.fixture
def second(users):
    return make.actor_of(users["second"])


@pytest.fixture
def case():
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    case = make.make_jobseeker("纪求职", unit=unit)
    ClientTag.objects.create(case=case, kind=ClientTagKind.LTU_YOUTH, from_on=TODAY - 300 * DAY)
    return case


def typed(**more):
    return {
        "key": uuid4(), "pseudonym": "小禾", "title": "站稳柜台", "obstacle": "一到面试就说不出话。",
        "words": "陪着练了三次面试。", "outcome": "三个月后还在。", "helped": ["guidance", "company"],
        "age_band": "25-35", "client_tags": ["ltu_youth"],
    } | more  # fmt: skip


def page(client, name, *args, **asked):
    return client.get(reverse(f"employment:{name}", args=args), asked)


def listed(client, **asked):
    return [row.title for row in page(client, "stories", **asked).context["page"].rows]


def test_a_story_is_written_on_the_file_with_what_the_file_says_already(users, case):
    client = signed_in(users["writer"])
    form = page(client, "jobseeker_story_new", case.uid).context["form"]
    assert form["age_band"].value() == AgeBand.TO_35
    assert [value for value, _label in form.fields["client_tags"].choices] == ["ltu_youth"]
    answer = client.post(reverse("employment:jobseeker_story_new", args=[case.uid]), typed())
    story = Story.objects.get()
    assert answer.url == reverse("employment:jobseeker_story", args=[case.uid, story.uid])
    assert (story.helped, story.client_tags, story.age_band) == (["guidance", "company"], ["ltu_youth"], "25-35")


def test_names_are_marked_in_the_text_each_with_its_field_and_nothing_typed_is_lost(users, case):
    client, address = signed_in(users["writer"]), reverse("employment:jobseeker_story_new", args=[case.uid])
    answer = client.post(address, typed(words="纪求职和邻居王建国一起来的。"))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert {(one.words, one.is_known) for one in form.marked.marks} == {("纪求职", True), ("王建国", False)}
    assert form["words"].value() == "纪求职和邻居王建国一起来的。"
    assert "<mark>王建国" in answer.content.decode()
    again = client.post(
        address, typed(words="纪求职和邻居王建国一起来的。") | {"mark-1": "change:纪求职", "mark-2": "keep:王建国"}
    )
    assert again.status_code == 302
    story = Story.objects.get()
    assert (story.words, story.kept) == ("小禾和邻居王建国一起来的。", ["王建国"])


def test_the_other_name_is_not_asked_about(users, case):
    client, address = signed_in(users["writer"]), reverse("employment:jobseeker_story_new", args=[case.uid])
    answer = client.post(address, typed(pseudonym="林晓禾", words="邻居王建国陪林晓禾一起来的。"))
    assert [one.words for one in answer.context["form"].marked.marks] == ["王建国"]


@pytest.mark.parametrize("field", ["pseudonym", "title", "obstacle", "words", "outcome", "helped"])
def test_what_is_missing_is_said_at_its_field(users, case, field):
    client = signed_in(users["writer"])
    answer = client.post(reverse("employment:jobseeker_story_new", args=[case.uid]), typed(**{field: ""}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


def test_a_group_that_is_told_stays_told_although_the_file_says_it_no_more(users, writer, case):
    story = make_story(writer, case)
    ClientTag.objects.all().delete()
    form = page(signed_in(users["writer"]), "jobseeker_story_edit", case.uid, story.uid).context["form"]
    assert [value for value, _label in form.fields["client_tags"].choices] == ["ltu_youth"]
    assert form["client_tags"].value() == ["ltu_youth"]


def test_two_who_change_one_story_choose_between_their_words(users, writer, second, case):
    story = make_story(writer, case)
    client, address = signed_in(users["writer"]), reverse("employment:jobseeker_story_edit", args=[case.uid, story.uid])
    form = client.get(address).context["form"]
    before = {f"initial-{field.name}": field.value() for field in form if field.field.show_hidden_initial}
    change_story(
        actor=second, case_id=case.uid, story_id=story.uid, version=1, told=told(title="别人的题目"), **AT
    )  # fmt: skip
    mine = typed(version=1, title="我的题目", words=told().words) | before
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert "别人的题目" in answer.content.decode()
    assert "我的题目" in answer.content.decode()


def test_what_was_typed_after_a_release_is_kept_and_changes_nothing(users, writer, second, case):
    story = make_released(writer, second, case)
    address = reverse("employment:jobseeker_story_edit", args=[case.uid, story.uid])
    answer = signed_in(users["writer"]).post(address, typed(version=1, title="太晚的题目"))
    assert answer.status_code == 409
    assert "太晚的题目" in answer.content.decode()
    assert Story.objects.get().title == told().title


def test_a_second_officer_releases_it_on_its_page_and_the_writer_finds_no_button(users, writer, case):
    agree(writer, case)
    story = make_story(writer, case)
    address = reverse("employment:jobseeker_story_release", args=[case.uid, story.uid])
    assert address not in page(signed_in(users["writer"]), "jobseeker_story", case.uid, story.uid).content.decode()
    assert signed_in(users["writer"]).post(address, {"version": 1}).status_code == 403
    client = signed_in(users["second"])
    assert address in page(client, "jobseeker_story", case.uid, story.uid).content.decode()
    assert client.post(address, {"version": 1}).status_code == 302
    assert Story.objects.get().state == StoryState.RELEASED


def test_a_release_without_consent_or_of_an_older_version_says_why(users, writer, case):
    story = make_story(writer, case)
    client = signed_in(users["second"])
    address = reverse("employment:jobseeker_story_release", args=[case.uid, story.uid])
    assert client.post(address, {"version": 1}).status_code == 422
    agree(writer, case)
    assert client.post(address, {"version": 7}).status_code == 409
    assert Story.objects.get().state == StoryState.WRITTEN


def test_a_released_story_names_neither_person_nor_file_nor_writer_nor_day(users, writer, second, case):
    story = make_released(writer, second, case)
    for client in (signed_in(users["next_door"]), signed_in(users["writer"])):
        for answer in (page(client, "story", story.uid), page(client, "stories")):
            shown = answer.content.decode().split("<main")[1]
            assert told().title in shown
            for hidden in ("纪求职", str(case.uid), case.reference, "经办second", "2026-11-25", "控江路街道"):
                assert hidden not in shown, hidden
            assert "2026-11" in shown


def people_like(count, *, unit, birth=date(1995, 3, 4), kinds=(ClientTagKind.LTU_YOUTH,)):
    for _number in range(count):
        case = make.make_jobseeker(unit=unit, birth=birth)
        for kind in kinds:
            ClientTag.objects.create(case=case, kind=kind, from_on=TODAY)


def test_the_sub_district_is_said_only_where_ten_people_share_age_and_groups(users, writer, second, case):
    story = make_released(writer, second, case)
    people_like(8, unit=case.unit)
    people_like(5, unit=case.unit, birth=date(1970, 3, 4))
    people_like(5, unit=case.unit, kinds=())
    people_like(5, unit=case.unit, kinds=(ClientTagKind.VETERAN,))
    people_like(5, unit=make.make_committee(f"{THERE}001", subdistrict=make.make_subdistrict(THERE)))
    assert read_shown(story, on=TODAY).place == ""
    people_like(1, unit=case.unit)
    assert read_shown(story, on=TODAY).place == "控江路街道"
    assert "控江路街道" in page(signed_in(users["next_door"]), "story", story.uid).content.decode()


def test_without_an_age_no_place_is_told(users, writer, second, case):
    people_like(20, unit=case.unit)
    story = make_released(writer, second, case, age_band=None)
    assert read_shown(story, on=TODAY).place == ""


def test_stories_are_found_by_what_helped_by_group_by_age_and_by_words(users, writer, second, case):
    make_released(writer, second, case)
    other = make.make_jobseeker("别的人", unit=case.unit)
    make_released(
        writer, second, other, title="学了手艺", words="先参加了电工培训。", helped=(Helped.TRAINING,),
        age_band=AgeBand.TO_45, client_tags=(ClientTagKind.VETERAN,),
    )  # fmt: skip
    client = signed_in(users["next_door"])
    one, two = told().title, "学了手艺"
    assert set(listed(client)) == {one, two}
    assert listed(client, helped="training") == [two]
    assert listed(client, tag="ltu_youth") == [one]
    assert listed(client, age="36-45") == [two]
    assert listed(client, q="电工 培训") == [two]
    assert listed(client, q="简历，面试") == [one]
    assert listed(client, q="没有的话") == []


@pytest.mark.parametrize("end", ["withdrawn", "run out"])
def test_when_the_consent_ends_no_search_finds_it_and_the_keeper_reads_why(users, writer, second, case, end):
    story = make_released(writer, second, case)
    client = signed_in(users["next_door"])
    assert listed(client, q="面试") == [story.title]
    if end == "withdrawn":
        withdraw_consent(actor=writer, case_id=case.uid, purpose=Purpose.STORY, **AT)
    else:
        ConsentRecord.objects.update(expires_on=TODAY)
    assert listed(client) == listed(client, q="面试") == listed(client, helped="guidance") == []
    assert page(client, "story", story.uid).status_code == 404
    keeper = signed_in(users["writer"])
    why = f"{TODAY:%Y-%m-%d}"
    kept = page(keeper, "jobseeker_story", case.uid, story.uid)
    assert why in str(kept.context["story"].hidden)
    assert why in page(keeper, "stories_waiting").content.decode()
    assert why in page(keeper, "jobseeker", case.uid).content.decode()


def test_the_jobseeker_hides_the_story_on_the_own_page(users, writer, second, case):
    story = make_released(writer, second, case)
    token = token_of(make_jobseeker_link(actor=writer, case_id=case.uid, **AT))
    own = Client()
    own.post(reverse("own_page", args=[token]), {"typed": case.person.phone[-4:]})
    assert reverse("own_consent_withdraw", args=[token, "story"]) in own.get(
        reverse("own_page", args=[token])
    ).content.decode()  # fmt: skip
    own.post(reverse("own_consent_withdraw", args=[token, "story"]))
    client = signed_in(users["next_door"])
    assert listed(client) == []
    assert page(client, "story", story.uid).status_code == 404
    own.post(reverse("own_consent_give", args=[token, "story"]))
    assert listed(client) == [story.title]


def test_what_waits_is_listed_for_whoever_keeps_the_file_alone(users, writer, second, case):
    make_story(writer, case)
    for name, expected in (("writer", 1), ("second", 1), ("next_door", 0)):
        answer = page(signed_in(users[name]), "stories_waiting")
        assert len(answer.context["rows"]) == expected, name
        assert ("纪求职" in answer.content.decode()) is bool(expected)


def test_an_officer_writes_a_consent_down_and_withdraws_it(users, writer, case):
    client, address = signed_in(users["writer"]), reverse("employment:jobseeker_consents", args=[case.uid])
    said = {"purpose": "story", "given_on": "2026-11-20", "expires_on": "2027-11-20", "note": "签了纸"}
    assert client.post(address, said).status_code == 302
    shown = client.get(address).content.decode()
    assert "2027-11-20" in shown
    assert "签了纸" in shown
    client.post(reverse("employment:jobseeker_consent_withdraw", args=[case.uid, "story"]))
    consent = ConsentRecord.objects.get(purpose="story")
    assert (consent.withdrawn_on, consent.given_by_id) == (TODAY, case.person_id)


@pytest.mark.parametrize(
    "said", [{"given_on": "2026-12-24"}, {"expires_on": "2026-11-20"}, {"given_on": ""}, {"purpose": "photographs"}]
)
def test_a_consent_that_cannot_be_is_not_written_and_the_form_says_so(users, case, said):
    address = reverse("employment:jobseeker_consents", args=[case.uid])
    whole = {"purpose": "story", "given_on": "2026-11-20"} | said
    assert signed_in(users["writer"]).post(address, whole).status_code == 422
    assert not ConsentRecord.objects.filter(purpose__in=("story", "photographs"))


def count_queries(django_assert_max_num_queries, client, name, *args):
    with django_assert_max_num_queries(60) as counted:
        assert page(client, name, *args).status_code == 200
    return len(counted)


@pytest.mark.parametrize("name", ["stories", "stories_waiting"])
def test_a_list_asks_as_much_for_many_stories_as_for_one(users, writer, second, name, django_assert_max_num_queries):
    unit = make.make_committee(f"{HERE}001", subdistrict=make.make_subdistrict(HERE))
    client = signed_in(users["writer"])

    def make_one():
        case = make.make_jobseeker(unit=unit)
        return make_released(writer, second, case) if name == "stories" else make_story(writer, case)

    make_one()
    page(client, name)
    one = count_queries(django_assert_max_num_queries, client, name)
    for _number in range(7):
        make_one()
    assert count_queries(django_assert_max_num_queries, client, name) == one


def test_a_word_that_looks_like_a_pattern_finds_itself_only(users, writer, second, case):
    make_released(writer, second, case)
    assert listed(signed_in(users["next_door"]), q="%") == []
    assert listed(signed_in(users["next_door"]), q="_") == []


def test_what_cannot_be_understood_in_a_link_is_left_out(users, writer, second, case):
    make_released(writer, second, case)
    assert len(listed(signed_in(users["next_door"]), helped="nonsense", age="1-2", q="x" * 500)) == 1


def test_a_second_press_releases_nothing_anew(users, writer, case):
    agree(writer, case)
    story = make_story(writer, case)
    address = reverse("employment:jobseeker_story_release", args=[case.uid, story.uid])
    client = signed_in(users["second"])
    assert {client.post(address, {"version": 1}).status_code for _press in range(2)} == {302}
    assert standing_facts().filter(kind="employment.story_released").count() == 1
