"""A survey of people without work becomes files; twice, in two sub-districts, undone, and beside another programme."""

from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit, User
from sunward.accounts.units import load_district
from sunward.casework.models import Case, Need
from sunward.core.refusals import NotThere, Refusal
from sunward.core.search.index import find
from sunward.employment.actions.tagging import judge_files
from sunward.employment.actions.tags import end_tag
from sunward.employment.enums import Education, Intention, Situation
from sunward.employment.intake import profiles
from sunward.employment.models import ClientTag, Jobseeker, JobWish
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.people.duplicates import find_duplicates
from sunward.people.models import ConsentRecord, Guardianship, Person
from sunward.registers.access import get_batch
from sunward.registers.actions import SameFile
from sunward.registers.models import ImportBatch
from sunward.web.command_line import main
from tests.employment.plans import bring_in, employment_officer, read, take_over, undo
from tests.employment.survey import HEADS, KONGJIANG, WUJIAOCHANG, by_subdistrict, number_of, seeker, survey
from tests.factories import NOW, actor_of, make_officer, make_unit
from tests.registers import imports
from tests.registers.imports import child, officer, supervisor, workbook

pytestmark = pytest.mark.django_db
ON = date(2022, 11, 30)
SURVEY = ("失业人员排摸表.xlsx", "失业人员排摸表_补报_殷行街道.xls")
ROSTERS = Path(__file__).resolve().parents[3] / "shared" / "rosters"


def bring_one(**cells: object) -> Case:
    bring_in(employment_officer(), survey(seeker(1, **cells)))
    return Case.objects.select_related("person", "jobseeker", "unit").get(programme="employment")


def told(batch: ImportBatch) -> list[tuple[str, list[str]]]:
    return list(batch.rows.order_by("pk").values_list("outcome", "codes"))


def test_a_row_becomes_a_person_with_a_jobseekers_file():
    case = bring_one(备注="请下午联系")
    person, profile = case.person, case.jobseeker
    assert (person.name, person.sex, person.birth_date) == ("钱小二", "M", date(1988, 2, 2))
    assert (person.id_number, person.phone) == (number_of(1), "+8613700000001")
    assert case.unit == person.unit == Unit.objects.get(code="310110012020")
    assert (case.opened_on, case.remark, case.state) == (ON, "请下午联系", "open")
    assert (profile.situation, profile.intention, profile.education) == (
        Situation.HOUSEHOLD, Intention.WORK, Education.COLLEGE,
    )  # fmt: skip
    assert (profile.registered_on, profile.registered_precision) == (date(2022, 3, 1), "month")
    assert (profile.salary_min, profile.salary_max) == (7000, None)
    assert (profile.is_elsewhere, profile.is_disabled) == (True, False)
    assert profile.skills == ["会开车(C1)", "办公软件"]
    assert list(case.job_wishes.order_by("rank").values_list("rank", "words")) == [(1, "收银员"), (2, "会计")]
    assert list(case.needs.values_list("kind", "from_on")) == [("work", ON)]


def test_the_words_of_the_survey_stay_as_delivered_beside_what_they_mean():
    profile = bring_one(就业状态="协保", 学历="职高").jobseeker
    assert profile.delivered == {
        "situation": "协保", "intention": "找工作", "education": "职高", "salary_written": "7千以上",
        "wished_posts": ["收银员", "会计"],
    }  # fmt: skip
    assert (profile.situation, profile.education) == (Situation.OTHER, Education.VOCATIONAL)
    assert (profile.surveyed_situation, profile.surveyed_intention, profile.surveyed_on) == ("", "", None)
    assert profile.situation_now == Situation.OTHER


def test_what_a_call_has_said_is_kept_apart_from_what_was_delivered():
    heads = (*HEADS, "调查后的目前状况", "调查后的当前意向", "调查日期")
    row = [*seeker(1), "已就业", "参加培训", "2022.11.3"]
    bring_in(employment_officer(), imports.workbook([row], heads=heads, title="失业人员排摸"))
    profile = Jobseeker.objects.get()
    assert (profile.situation, profile.intention) == (Situation.HOUSEHOLD, Intention.WORK)
    assert (profile.surveyed_situation, profile.surveyed_intention) == (Situation.EMPLOYED, Intention.TRAINING)
    assert (profile.surveyed_on, profile.surveyed_by) == (date(2022, 11, 3), None)
    assert list(Need.objects.values_list("kind", flat=True)) == ["training"]


def test_nothing_that_is_sealed_with_the_person_lies_open_in_the_profile():
    profile = bring_one(是否残疾="肢体二级", 备注="电话晚上打").jobseeker
    open_words = str({field.attname: getattr(profile, field.attname) for field in Jobseeker._meta.concrete_fields})
    for word in (number_of(1), "13700000001", "某路8001弄", "钱小二", "肢体", "电话晚上打"):
        assert word not in open_words
    assert profile.is_disabled is True


@pytest.mark.parametrize(
    ("meant", "needs"),
    [("就业见习", ["traineeship"]), ("自主创业", ["start_up"]), ("继续求学", []), ("暂无意愿", []), ("", [])],
)
def test_whoever_asks_for_nothing_needs_nothing_yet(meant: str, needs: list[str]):
    assert profiles.read_needs({"intention": meant}) == needs


def test_whoever_would_take_any_post_wishes_for_none_in_particular():
    case = bring_one(期望岗位="不限")
    assert not case.job_wishes.exists()
    assert case.jobseeker.delivered["wished_posts"] == ["不限"]


def test_very_long_words_are_cut_where_the_database_ends():
    case = bring_one(期望岗位="长" * 300, 就业状态="很" * 400, 备注="多" * 5000, 姓名="欧" * 60)
    assert len(case.job_wishes.get().words) == 60
    assert len(case.jobseeker.delivered["situation"]) == 200
    assert len(case.remark) == 2000


def test_we_know_a_jobseeker_by_statutory_duty_and_the_opening_is_a_fact():
    case = bring_one()
    basis = ConsentRecord.objects.get(person=case.person)
    assert (basis.purpose, basis.legal_basis, basis.given_on) == ("case_file", "statutory_duty", ON)
    fact = standing_facts().get(subject_kind="case", subject_id=case.pk)
    assert (fact.kind, fact.happened_on, fact.unit_path) == ("casework.case_opened", ON, case.unit_path)
    assert fact.attributes == {"programme": "employment", "batch": case.source_batch_id}


def test_the_same_people_in_another_file_change_nothing():
    actor = employment_officer()
    bring_in(actor, survey(seeker(1), seeker(2)))
    with pytest.raises(SameFile):
        read(actor, survey(seeker(1), seeker(2)))
    before = list(Jobseeker.objects.order_by("pk").values())
    batch = bring_in(actor, survey(seeker(1, 就业意向="参加培训"), seeker(2, 手机="13900000001"), seeker(3)))
    assert [outcome for outcome, _codes in told(batch)] == ["duplicate_of", "duplicate_of", "accepted"]
    assert list(Jobseeker.objects.order_by("pk").values())[:2] == before
    assert Person.objects.count() == 3


def test_one_person_in_two_sub_districts_is_found_explained_and_one_file():
    rows = {
        KONGJIANG: [seeker(1)],
        WUJIAOCHANG: [seeker(1, 街道=WUJIAOCHANG, 居委=""), seeker(2, 街道=WUJIAOCHANG, 居委="")],
    }
    batch = bring_in(employment_officer(), by_subdistrict(**rows))
    assert told(batch) == [("accepted", []), ("duplicate_of", ["subdistrict_differs"]), ("accepted", [])]
    again = bring_in(employment_officer(), survey(seeker(2, 街道=KONGJIANG), seeker(9)))
    assert told(again) == [("duplicate_of", ["subdistrict_differs"]), ("accepted", [])]
    assert Case.objects.count() == 3


def test_the_page_says_of_somebody_in_two_sub_districts_where_the_other_row_stands(client: Client):
    actor = employment_officer()
    rows = {KONGJIANG: [seeker(1)], WUJIAOCHANG: [seeker(1, 街道=WUJIAOCHANG, 居委="", 姓名="钱大二")]}
    batch = read(actor, by_subdistrict(**rows))
    client.force_login(User.objects.get(pk=actor.user_id))
    page = client.get(reverse("registers:batch", args=[batch.uid]), {"outcome": "duplicate_of"}).content.decode()
    for said in ("两个街道都报了这个人", f"与第 3 行（{KONGJIANG}）是同一人，这一行不作改动。", "钱大二"):
        assert said in page
    assert number_of(1) not in page


def test_whoever_has_no_number_is_known_by_name_and_phone():
    actor = employment_officer()
    bring_in(actor, survey(seeker(1, 身份证号="")))
    batch = bring_in(actor, survey(seeker(1, 身份证号="无", 备注="第二次"), seeker(1, 身份证号="", 姓名="孙二")))
    assert [outcome for outcome, _codes in told(batch)] == ["duplicate_of", "accepted_with_warning"]
    assert Case.objects.count() == 2


def test_two_imports_read_before_either_was_taken_over_make_one_file():
    actor = employment_officer()
    first, second = read(actor, survey(seeker(1))), read(actor, survey(seeker(1), seeker(2)))
    for batch in (first, second):
        take_over(actor, batch)
    assert Case.objects.count() == Person.objects.count() == 2
    assert [outcome for outcome, _codes in told(second)] == ["duplicate_of", "accepted"]


def test_undoing_takes_everything_back_and_withdraws_the_facts():
    actor = employment_officer()
    batch = undo(actor, bring_in(actor, survey(seeker(1), seeker(2))))
    assert (batch.state, batch.counts["undone"]) == ("undone", 2)
    for model in (Case, Jobseeker, JobWish, Need, ConsentRecord, Person):
        assert not model.objects.exists(), model
    assert Fact.objects.count() == 4
    assert not standing_facts().exists()
    assert bring_in(actor, survey(seeker(1), seeker(2))).counts["committed"] == 2


def test_a_file_somebody_has_worked_on_stays_when_the_batch_is_undone():
    actor = employment_officer()
    batch = bring_in(actor, survey(*(seeker(number) for number in range(1, 6))))
    called, tagged, ruled, edited, plain = Case.objects.order_by("pk")
    Jobseeker.objects.filter(case=called).update(version=2, surveyed_intention="training")
    for case, by in ((tagged, actor.user_id), (ruled, 0)):
        ClientTag.objects.create(case=case, kind="registered", from_on=ON, rule="" if by else "r1", set_by_id=by)
    Person.objects.filter(pk=edited.person_id).update(version=2)
    undo(actor, batch)
    assert set(Case.objects.all()) == {called, tagged, edited}
    kept = dict(batch.rows.exclude(kept_because="").values_list("created_id", "kept_because"))
    assert kept == {
        called.pk: "registers.kept_changed", tagged.pk: "registers.kept_in_use", edited.pk: "registers.kept_changed",
    }  # fmt: skip
    assert not ClientTag.objects.filter(case_id=plain.pk).exists()
    assert ConsentRecord.objects.count() == 3


def test_a_file_that_only_the_rules_have_judged_goes_with_its_batch_and_one_that_a_person_has_judged_stays():
    actor = employment_officer()
    batch = bring_in(actor, survey(*(seeker(number) for number in range(1, 4))))
    ruled, stated, plain = Case.objects.order_by("pk")
    Jobseeker.objects.filter(case__in=(ruled, stated)).update(situation="registered")
    assert judge_files([ruled.pk, stated.pk, plain.pk], on=ON, now=NOW).set >= 2
    tag = stated.client_tags.get(kind="registered")
    end_tag(actor=actor, case_id=stated.uid, tag_id=tag.pk, reason="mistake", on=ON, now=NOW)
    undo(actor, batch)
    assert set(Case.objects.all()) == {stated}


# Beside another programme.


def bring_child(number: int = 1, **cells: object) -> Case:
    """A child of sixteen, who may look for work."""
    cells = {"身份证号": SIXTEEN, "姓名": "周小舟"} | cells
    imports.bring_in(officer(), workbook([child(number, **cells)]))
    return Case.objects.get(programme="mentoring")


SIXTEEN = imports.resident_id(date(2010, 2, 2), order=901)


def test_a_child_who_looks_for_work_has_a_row_in_each_programme_and_nobody_hears_of_the_other():
    bring_child()
    batch = bring_in(employment_officer(), survey(seeker(1, 身份证号=SIXTEEN, 姓名="周小舟")), on=date(2026, 11, 25))
    assert told(batch) == [("accepted", [])]
    first, second = Case.objects.order_by("pk")
    assert (first.programme, second.programme) == ("mentoring", "employment")
    assert (first.person.programme, second.person.programme) == ("mentoring", "employment")
    for case in (first, second):
        assert ConsentRecord.objects.filter(person=case.person, purpose="case_file").count() == 1
    [row] = batch.rows.all()
    assert (row.created_id, row.registered, row.duplicate_id) == (second.pk, [second.person_id], None)


def test_whoever_types_in_a_childs_number_reads_nothing_but_what_she_typed():
    """Neither under the right name nor under another one: both become a jobseeker as somebody unknown would."""
    child_row = bring_child(现住址="某路8001弄1号", 电话="13800111222").person
    typed = {"身份证号": SIXTEEN, "手机": "13700009999", "现住址": "他路1号"}
    for name in ("周小舟", "钱猜猜"):
        actor = employment_officer()
        batch = bring_in(actor, survey(seeker(1, 姓名=name, **typed)), on=date(2026, 11, 25))
        assert told(batch) == [("accepted", [])]
        case = Case.objects.get(programme="employment")
        assert (case.person.name, case.person.phone) == (name, "+8613700009999")
        assert case.person.address != child_row.address
        undo(actor, batch)
    assert Person.objects.filter(programme="mentoring", pk=child_row.pk, version=child_row.version).exists()


def test_a_name_with_a_telephone_opens_nothing_that_another_sub_district_was_told():
    """There her file is closed; whoever knows both reads no number and no home that she has not typed in herself."""
    there = {"街道": WUJIAOCHANG, "居委": "", "手机": "13700009999"}
    bring_in(employment_officer(), survey(seeker(1, **there)))
    Case.objects.update(state="closed", closed_on=ON)
    told_there = Person.objects.get()
    actor, typed = employment_officer("310110012"), {"身份证号": "", "手机": "13700009999", "现住址": ""}
    bring_in(actor, survey(seeker(1, **typed)))
    case = Case.objects.open().select_related("person").get()
    assert case.person != told_there
    assert (case.person.id_number, case.person.address) == ("", "")
    assert find_duplicates([case.person_id]) == 1


def test_the_district_finds_by_name_and_telephone_whoever_a_sub_district_was_told_of():
    bring_in(employment_officer(), survey(seeker(1, 手机="13700009999")))
    Case.objects.update(state="closed", closed_on=ON)
    bring_in(employment_officer(), survey(seeker(1, 身份证号="", 手机="13700009999")))
    assert Case.objects.open().get().person == Person.objects.get()


def test_a_number_of_a_jobseeker_whose_file_is_closed_opens_nothing_under_another_name():
    case = bring_one()
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=ON)
    batch = bring_in(employment_officer(), survey(seeker(1, 姓名="钱猜猜", 手机="13700009999")))
    assert told(batch) == [("rejected", ["number_misfits"])]
    assert batch.rows.get().duplicate_id is None
    assert batch.counts["committed"] == 0
    assert list(Case.objects.all()) == [case]
    again = bring_in(employment_officer(), survey(seeker(1, 手机="13700009999")))
    assert told(again) == [("accepted", [])]
    assert Case.objects.open().get().person == case.person


def test_a_guardian_without_a_job_has_a_row_in_each_programme_and_stays_a_guardian_when_her_file_is_undone():
    case = bring_child(实际监护人="李秀芳", 电话="13800111222")
    guardian = Guardianship.objects.get(child=case.person).guardian
    actor = employment_officer()
    batch = bring_in(actor, survey(seeker(1, 姓名="李秀芳", 手机="13800111222", 身份证号="", 性别="女")))
    assert told(batch) == [("accepted_with_warning", ["id_missing"])]
    assert Case.objects.get(programme="employment").person != guardian
    Person.objects.filter(pk=guardian.pk).update(version=5)  # the other programme has put something right
    undo(actor, batch)
    assert batch.counts["undone"] == 1
    assert Guardianship.objects.get(child=case.person).guardian == guardian
    assert Case.objects.get() == case


def test_each_programme_undoes_its_own_files_alone():
    children, seekers = officer(), employment_officer()
    of_children = imports.bring_in(children, workbook([child(1, 身份证号=SIXTEEN, 姓名="周小舟")]))
    of_seekers = bring_in(seekers, survey(seeker(1, 身份证号=SIXTEEN, 姓名="周小舟")), on=date(2026, 11, 25))
    undo(children, of_children)
    left = Case.objects.get()
    assert (left.programme, left.jobseeker.intention) == ("employment", "work")
    assert ConsentRecord.objects.filter(person=left.person, purpose="case_file").exists()
    undo(seekers, of_seekers)
    assert not Case.objects.exists()


def test_undoing_the_survey_leaves_the_childs_file_and_the_basis_it_stands_on():
    seekers = employment_officer()
    batch = bring_in(seekers, survey(seeker(1, 身份证号=SIXTEEN, 姓名="周小舟")), on=date(2026, 11, 25))
    case = bring_child()
    undo(seekers, batch)
    assert Case.objects.get() == case
    assert ConsentRecord.objects.filter(person=case.person, purpose="case_file").exists()


def test_no_search_finds_a_jobseeker_by_name():
    assert not find(bring_one().person.name)


# Who may.


def test_the_survey_is_imported_by_employment_officers_alone():
    for actor in (officer(), supervisor()):
        with pytest.raises(Refusal) as refused:
            imports.upload(actor, survey(seeker(1)))
        assert refused.value.code == "registers.kind_not_yours"
    batch = read(employment_officer(), survey(seeker(1)))
    for actor in (officer(), supervisor(), employment_officer("310110019")):
        with pytest.raises(NotThere):
            get_batch(actor=actor, batch_id=batch.uid)


def test_an_officer_of_a_sub_district_opens_no_file_elsewhere_and_hears_nothing_of_one():
    bring_in(employment_officer(), survey(seeker(1, 街道=WUJIAOCHANG, 居委="")))
    actor = employment_officer("310110012")
    batch = bring_in(actor, survey(seeker(1, 姓名="钱大二"), seeker(2), seeker(3, 街道=WUJIAOCHANG, 居委="")))
    assert told(batch) == [
        ("duplicate_of", ["known_elsewhere"]), ("accepted", []), ("rejected", ["outside_your_unit"]),
    ]  # fmt: skip
    assert batch.counts["committed"] == 1


def test_a_service_point_keeps_the_files_of_its_own_sub_district():
    load_district()
    street = Unit.objects.get(name=KONGJIANG)
    point = make_unit("310110012S01", name="控江就业服务站", parent=street, kind=UnitKind.SERVICE_POINT)
    actor = actor_of(make_officer(Role.EMPLOYMENT_OFFICER, point))
    batch = bring_in(actor, survey(seeker(1), seeker(2, 街道=WUJIAOCHANG, 居委="")))
    assert told(batch) == [("accepted", []), ("rejected", ["outside_your_unit"])]
    case = Case.objects.select_related("person__unit").get()
    assert case.unit_path == point.path
    assert case.person.unit.code == "310110012020"


@pytest.mark.skipif(not ROSTERS.exists(), reason="the shared rosters are not beside the repository (../shared/rosters)")
def test_from_the_command_line_the_survey_and_its_supplement_come_in_twice_and_make_files_once(capsys):
    actor = employment_officer()
    files = [str(ROSTERS / name) for name in SURVEY]
    assert main(["import", *files, "--on", "2022-11-30"]) == 0
    counts = "accepted 4421, accepted_with_warning 200, rejected 182, duplicate_of 41, committed 4621"
    assert counts in capsys.readouterr().out
    batch = ImportBatch.objects.get()
    assert (batch.made_as, batch.made_by_id) == (Role.EMPLOYMENT_OFFICER, actor.user_id)
    before = list(Jobseeker.objects.order_by("pk").values_list("pk", "case__uid", "delivered"))
    main(["import", *files, "--on", "2022-11-30"])
    assert ImportBatch.objects.get() == batch
    assert list(Jobseeker.objects.order_by("pk").values_list("pk", "case__uid", "delivered")) == before
    assert undo(actor, batch).counts["undone"] == 4621
    assert not Person.objects.exists()


@pytest.mark.skipif(not ROSTERS.exists(), reason="the shared rosters are not beside the repository (../shared/rosters)")
def test_the_shared_survey_and_its_supplement_become_the_files_that_their_truth_counts():
    actor = employment_officer()
    batch = bring_in(actor, *((ROSTERS / name).read_bytes() for name in SURVEY))
    files = 4373 + 199 + 48 + 1
    assert Case.objects.filter(programme="employment").count() == Jobseeker.objects.count() == files
    assert Person.objects.count() == ConsentRecord.objects.count() == files
    assert batch.rows.filter(outcome="duplicate_of").count() == 36 + 5
    assert batch.rows.filter(outcome="rejected").count() == 175 + 7
    assert Jobseeker.objects.exclude(situation="").count() >= files - 6  # a cell shows an error
    assert Jobseeker.objects.filter(situation=Situation.REGISTERED).count() > 500
