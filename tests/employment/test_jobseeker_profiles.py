"""Correcting a jobseeker's profile and wishes: nobody overwrites what they have not seen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.core.search.index import find
from sunward.employment.actions import profiles as acts
from sunward.employment.enums import Education, Shift, Situation
from sunward.employment.models import Jobseeker, JobWish
from sunward.employment.occupations import offer_occupations
from sunward.employment.queries.jobseeker_editing import version_of_profile
from sunward.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def user():
    return make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))


@pytest.fixture
def case():
    case = make.make_jobseeker("纪求职")
    Jobseeker.objects.create(case=case, situation=Situation.NOT_REGISTERED, education=Education.SENIOR)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def given(user, case):
    return {"actor": make.actor_of(user), "case_id": case.uid, "on": make.TODAY, "now": make.NOW}


PROFILE = acts.ProfileWords(
    education=Education.COLLEGE, schooling="示例职业学院 会计", graduated_on=date(2020, 6, 30), skills=("会计", "驾驶"),
    experience="收银两年", registered_on=date(2023, 3, 1), unemployed_since=date(2023, 2, 1), is_elsewhere=True,
    is_disabled=None, salary_min=5000, salary_max=7000, commute_minutes=40, shifts=(Shift.DAY,),
)  # fmt: skip
PERSON = acts.PersonWords(name="纪求职", sex="F", birth_date=date(1998, 5, 6))


def changed(words, **more):
    return type(words)(**{name: getattr(words, name) for name in words.__dataclass_fields__} | more)


def edit(given, *, version=None, person=PERSON, profile=PROFILE):
    """By whoever sees the file as it is, unless another version is said."""
    if version is None:
        case = Case.objects.select_related("person", "jobseeker").get(uid=given["case_id"])
        version = version_of_profile(case, case.jobseeker)
    return acts.edit_jobseeker(**given, version=version, person=person, profile=profile)


def wishes(case):
    return list(JobWish.objects.filter(case=case).order_by("rank").values_list("rank", "words"))


def test_a_correction_is_kept_and_told_by_columns_never_by_values(given, case):
    edit(given, person=changed(PERSON, name="纪求知", phone="+8613800138000"))

    profile = Jobseeker.objects.get(case=case)
    assert (profile.education, profile.skills, profile.shifts) == (Education.COLLEGE, ["会计", "驾驶"], ["day"])
    assert profile.situation == Situation.NOT_REGISTERED
    person = Person.objects.get(pk=case.person_id)
    assert (person.name, person.phone) == ("纪求知", "+8613800138000")
    assert find("纪求知").filter(object_id=case.pk).exists()
    told = str(AuditEntry.objects.get(code="employment.jobseeker_edited").detail)
    assert "phone" in told
    assert "13800138000" not in told
    assert "会计" not in told


def test_what_is_sealed_stays_if_nothing_is_typed_and_goes_if_asked(given, case):
    held = case.person.phone
    edit(given)
    assert Person.objects.get(pk=case.person_id).phone == held

    edit(given, person=changed(PERSON, phone=""))
    assert Person.objects.get(pk=case.person_id).phone == ""


def test_a_month_that_a_register_knew_stays_a_month_until_the_day_is_typed(given, case):
    Jobseeker.objects.filter(case=case).update(registered_on=date(2023, 3, 1), registered_precision="month")
    edit(given)
    assert Jobseeker.objects.get(case=case).registered_precision == "month"

    edit(given, profile=changed(PROFILE, registered_on=date(2023, 3, 9)))
    assert Jobseeker.objects.get(case=case).registered_precision == "day"


@pytest.mark.parametrize("whose", ["profile", "person"])
def test_whoever_saw_an_older_version_is_told_whichever_of_both_was_changed(given, case, whose):
    if whose == "profile":
        Jobseeker.objects.filter(case=case).update(version=2)
    else:
        Person.objects.filter(pk=case.person_id).update(version=2)

    with pytest.raises(Conflict) as refused:
        edit(given, version=2)
    assert refused.value.code == acts.CHANGED


@pytest.mark.parametrize(
    ("person", "profile", "code"),
    [
        ({"birth_date": make.TODAY - 15 * 365 * DAY}, {}, "employment.under_age"),
        ({"birth_date": make.TODAY + DAY}, {}, "employment.day_to_come"),
        ({}, {"unemployed_since": make.TODAY + DAY}, "employment.day_to_come"),
        ({}, {"salary_min": 8000}, "employment.wished_salary"),
        ({}, {"shifts": ("moon",)}, "employment.shift_code"),
        ({}, {"education": 11}, "employment.education_code"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(given, case, person, profile, code):
    with pytest.raises(Refusal) as refused:
        edit(given, person=changed(PERSON, **person), profile=changed(PROFILE, **profile))

    assert refused.value.code == code
    assert Jobseeker.objects.get(case=case).version == 1


def test_wishes_are_added_ordered_and_taken_out(given, case):
    for words in ("会计", "出纳", "文员"):
        acts.add_wish(**given, words=f" {words} ")
    version = Jobseeker.objects.get(case=case).version
    acts.move_wish_up(**given, words="文员", version=version)
    assert wishes(case) == [(1, "会计"), (2, "文员"), (3, "出纳")]

    acts.remove_wish(**given, words="会计")
    assert wishes(case) == [(1, "文员"), (2, "出纳")]


def test_what_is_pressed_twice_is_done_once(given, case):
    for words in ("会计", "出纳", "文员"):
        acts.add_wish(**given, words=words)
    acts.add_wish(**given, words="出纳")
    version = Jobseeker.objects.get(case=case).version
    acts.move_wish_up(**given, words="文员", version=version)
    with pytest.raises(Conflict):
        acts.move_wish_up(**given, words="文员", version=version)
    acts.remove_wish(**given, words="会计")
    acts.remove_wish(**given, words="会计")

    assert wishes(case) == [(1, "文员"), (2, "出纳")]


@pytest.mark.parametrize("words", ["", "  ", "岗" * 61])
def test_a_post_needs_words_and_not_too_many(given, words):
    with pytest.raises(Refusal):
        acts.add_wish(**given, words=words)


def test_a_ninth_post_is_refused_with_what_to_do(given, case):
    for number in range(8):
        acts.add_wish(**given, words=f"岗位{number}")
    with pytest.raises(Refusal) as refused:
        acts.add_wish(**given, words="第九")
    assert refused.value.code == "employment.wishes_enough"


def test_an_occupation_is_one_of_those_offered_or_none(given, case):
    acts.add_wish(**given, words="文员")
    offered = offer_occupations("文员")[0].code

    acts.code_wish(**given, words="文员", occupation=offered)
    assert JobWish.objects.get(case=case).occupation == offered
    with pytest.raises(Refusal):
        acts.code_wish(**given, words="文员", occupation="9-99-99-99")
    acts.code_wish(**given, words="文员", occupation="")
    assert JobWish.objects.get(case=case).occupation == ""


def test_the_order_keeps_what_each_post_means(given, case):
    acts.add_wish(**given, words="文员")
    acts.add_wish(**given, words="保洁员")
    code = offer_occupations("保洁员")[0].code
    acts.code_wish(**given, words="保洁员", occupation=code)
    acts.move_wish_up(**given, words="保洁员", version=Jobseeker.objects.get(case=case).version)

    assert JobWish.objects.get(case=case, rank=1).occupation == code


def test_a_closed_file_and_a_file_of_another_office_are_not_corrected(given, case):
    elsewhere = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110019"))
    with pytest.raises(NotThere):
        edit(given | {"actor": make.actor_of(elsewhere)})
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=make.TODAY)
    with pytest.raises(Refusal):
        edit(given)
    with pytest.raises(Refusal):
        acts.add_wish(**given, words="会计")


# The page.


def url(name, case, *more):
    return reverse(f"employment:{name}", args=[case.uid, *more])


def posted(client, case, **typed):
    """What a browser sends of the form as it was shown, with what was typed over it."""
    shown = client.get(url("jobseeker_edit", case)).context
    form, data = shown["form"], {"version": shown["version"]}
    for field in form:
        value = field.field.prepare_value(field.initial)
        data[field.html_name] = [] if value is None else value
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = data[field.html_name]
    return data | typed


def test_two_who_correct_different_things_both_stand_and_what_both_changed_is_asked(client, user, case):
    client.force_login(user)
    mine = posted(client, case, schooling="我的学校", experience="我写的")
    assert client.post(url("jobseeker_edit", case), posted(client, case, schooling="别人的学校")).status_code == 302

    shown = client.post(url("jobseeker_edit", case), mine)

    assert shown.status_code == 409
    merge = shown.context["merge"]
    assert [(one.mine, one.theirs) for one in merge.disputes] == [("我的学校", "别人的学校")]
    settled = {"version": merge.version}
    for name, value in merge.hidden:
        settled.setdefault(name, []).append(value) if name in settled else settled.update({name: [value]})
    assert client.post(url("jobseeker_edit", case), settled | {"choose-schooling": "mine"}).status_code == 302
    profile = Jobseeker.objects.get(case=case)
    assert (profile.schooling, profile.experience) == ("我的学校", "我写的")


def test_a_form_that_is_refused_keeps_what_was_typed(client, user, case):
    client.force_login(user)

    shown = client.post(url("jobseeker_edit", case), posted(client, case, birth_date="2015-01-01", experience="我写的"))

    assert shown.status_code == 422
    assert "我写的" in shown.content.decode()
    assert shown.context["form"].non_field_errors()


def test_the_form_shows_nothing_that_is_sealed(client, user, case):
    client.force_login(user)

    shown = client.get(url("jobseeker_edit", case)).content.decode()

    assert case.person.phone.removeprefix("+86") not in shown
    assert case.person.id_number not in shown


def test_a_survey_form_sent_again_with_other_words_comes_back_with_a_new_key(client, user, case):
    client.force_login(user)
    first = client.get(url("jobseeker_survey", case)).context["form"]["key"].value()
    said = {
        "key": str(first), "outcome": "made", "happened_on": make.TODAY.isoformat(), "situation": "flexible",
        "intention": "work", "note": "第一通",
    }  # fmt: skip
    assert client.post(url("jobseeker_survey", case), said).status_code == 302
    assert client.post(url("jobseeker_survey", case), said).status_code == 302

    again = client.post(url("jobseeker_survey", case), said | {"note": "第二通"})

    assert again.status_code == 422
    assert "第二通" in again.content.decode()
    fresh = again.context["form"]["key"].value()
    assert fresh != str(first)
    assert client.post(url("jobseeker_survey", case), said | {"note": "第二通", "key": fresh}).status_code == 302
    assert case.service_records.count() == 2
