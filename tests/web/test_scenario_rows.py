"""What the scenario writes many at once is, to the column, what the acts write one by one; and where it refuses."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.core.refusals import Refusal
from sunward.employment.actions.placements import NewWork, record_placement
from sunward.employment.actions.vacancies import verify_vacancy
from sunward.employment.actions.vacancy_adding import VacancyDetails, add_vacancy
from sunward.employment.enums import Channel, ClientTagKind, PlacementBasis, PlacementKind, TagEnd, VacancyKind
from sunward.employment.models import ClientTag, Placement, Vacancy, VacancySource
from sunward.employment.vacancies.likeness import employer_core
from sunward.gatherings.actions import check_in, finish_gathering, sign_up
from sunward.gatherings.actions.signing_up import Head
from sunward.gatherings.models import Attendance, SignUp
from sunward.ledger.models import Fact
from sunward.web.command_line import main
from sunward.web.demo.yangpu_2022 import build
from sunward.web.demo.yangpu_2022.build import build_yangpu_2022
from sunward.web.demo.yangpu_2022.rows import Told, bring, come_many, open_many, place_many
from tests.employment.builders import make_employer
from tests.employment.fair_builders import make_booth, make_fair
from tests.factories import NOW, TODAY, actor_of, make_district, make_jobseeker, make_officer, make_user

pytestmark = pytest.mark.django_db
# What is its own in every row.
OWN = {"id", "uid", "case", "vacancy", "party", "queue", "code", "sign_up", "booth", "booths", "vacancies"}


@pytest.fixture
def actor():
    return actor_of(make_officer(Role.EMPLOYMENT_OFFICER, make_district()))


def row(one):
    """All columns but its own; those that no form may change among them."""
    return {field.name: getattr(one, field.attname) for field in one._meta.concrete_fields if field.name not in OWN}


def facts(subject, key, *, without=()):
    told = Fact.objects.filter(subject_kind=subject, subject_id=key).order_by("kind")
    return [
        (one.kind, one.person_id is None, one.actor_id, one.unit_id, one.unit_path, one.happened_on, one.recorded_at,
         one.quantity, {name: value for name, value in one.attributes.items() if name not in without})
        for one in told
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [PlacementKind.CONTRACT, PlacementKind.START_UP])
def test_work_found_is_the_row_and_the_fact_that_the_act_leaves(actor, kind):
    cases = [make_jobseeker(unit=actor_unit(actor)) for _case in range(2)]
    for case in cases:
        began, over = TODAY - timedelta(days=90), TODAY - timedelta(days=9)
        ClientTag.objects.create(case=case, kind=ClientTagKind.LTU_YOUTH, from_on=began)
        ClientTag.objects.create(
            case=case, kind=ClientTagKind.ZERO_EMPLOYMENT, from_on=began, until_on=over, end_reason=TagEnd.MOVED
        )
    work = NewWork(
        kind, PlacementBasis.CONTRACT, TODAY - timedelta(days=3),
        "" if kind == PlacementKind.START_UP else "上海示例和睦物业有限公司", "客服",
    )  # fmt: skip
    by_act = record_placement(actor=actor, case_id=cases[0].uid, work=work, on=TODAY, now=NOW)
    with transaction.atomic():
        place_many([(cases[1], work)], actor=actor, now=NOW)
    at_once = Placement.objects.get(case=cases[1])
    assert row(at_once) == row(Placement.objects.get(pk=by_act.pk))
    assert facts("placement", at_once.pk) == facts("placement", by_act.pk) != []


def test_a_vacancy_is_what_adding_and_verifying_leave(actor):
    unit, until = actor_unit(actor), TODAY + timedelta(days=21)
    employers = [
        make_employer(unit, name=name, name_key=employer_core(name), industry="I651")
        for name in ("上海示例云帆信息技术有限公司", "上海示例晨光信息技术有限公司")
    ]
    details = [
        VacancyDetails(
            employer=employer.name, title="测试员", kind=VacancyKind.FULL_TIME, places=4, salary_text="5000-7000元/月",
            description="负责测试日常工作，包工作餐。", workplace="控江路", unit_id=unit.pk, channel=Channel.FAIR,
        )
        for employer in employers
    ]  # fmt: skip
    by_act = add_vacancy(actor=actor, key=uuid4(), details=details[0], on=TODAY, now=NOW)
    assert by_act.employer == employers[0]
    verify_vacancy(actor=actor, vacancy_id=by_act.uid, version=1, until=until, on=TODAY, now=NOW)
    with transaction.atomic():
        (number,) = open_many([Told(employers[1], details[1], until)], unit=unit, actor=actor, on=TODAY, now=NOW)
    one, other = Vacancy.objects.get(pk=number), Vacancy.objects.get(pk=by_act.pk)
    assert row(one) | {"employer": 0} == row(other) | {"employer": 0}
    assert row(VacancySource.objects.get(vacancy=one)) == row(VacancySource.objects.get(vacancy=other))
    assert facts("vacancy", one.pk) == facts("vacancy", other.pk) != []


def test_who_comes_is_what_signing_up_checking_in_and_finishing_leave(actor):
    begins = NOW - timedelta(hours=3)
    fairs = [make_fair(actor_unit(actor), begins_at=begins, is_public=True) for _fair in range(2)]
    before = begins - timedelta(hours=2)
    (by_act,) = sign_up(
        actor=actor, gathering_id=fairs[0].uid, heads=[Head(guest_name="王小兰", guest_phone="+8613800000001")],
        party=uuid4(), on=TODAY, now=before,
    )  # fmt: skip
    session = fairs[0].sessions.get()
    check_in(actor=actor, gathering_id=fairs[0].uid, sign_up_id=by_act.uid, now=begins, session_id=session.pk)
    with transaction.atomic():
        come_many(
            fairs[1], fairs[1].sessions.get(), [("王小兰", "+8613800000001")], actor=actor, on=TODAY, now=before,
            at_the_door=begins,
        )  # fmt: skip
    for fair in fairs:
        finish_gathering(
            actor=actor, gathering_id=fair.uid, version=fair.version, summary="办得好。", on=TODAY, now=NOW
        )
    heads = [SignUp.objects.get(gathering=fair) for fair in fairs]
    same = {"gathering": 0, "session": 0}
    assert row(heads[1]) | same == row(heads[0]) | same
    came = [row(Attendance.objects.get(sign_up=head)) | same for head in heads]
    assert came[0] == came[1]
    told = [
        [one for kind in ("sign_up", "attendance") for one in facts(kind, head.pk, without=("gathering_id",))]
        for head in heads
    ]
    assert told[0] == told[1]
    assert {one[0] for one in told[0]} == {"gatherings.signed_up", "gatherings.attended", "gatherings.hours"}


def test_booths_stand_as_after_their_employers_answered(actor):
    fair = make_fair(actor_unit(actor))
    by_hand = make_booth(fair)
    other = make_fair(actor_unit(actor))
    vacancy = by_hand.vacancies.get()
    with transaction.atomic():
        bring(other, [(by_hand.employer, vacancy.pk)], actor=actor, now=NOW)
    booth = other.booths.get()
    assert (booth.state, [one.pk for one in booth.vacancies.all()]) == (by_hand.state, [vacancy.pk])


def test_a_database_in_which_anybody_is_gets_no_scenario(actor, capsys):
    with pytest.raises(Refusal):
        build_yangpu_2022(lambda words: None)
    assert main(["demo", "--scenario", "yangpu-2022"]) == 2
    assert capsys.readouterr().err.strip()
    assert not Placement.objects.exists()


@pytest.mark.parametrize("is_shared", [True, False])
def test_no_sign_in_is_written_down_where_somebody_came_while_the_scenario_was_built(monkeypatch, is_shared):
    """All parts but the officers are left out; who comes in the meantime comes with the last of them."""
    parts = [name for name in vars(build) if name.startswith("make_") and name != "make_sign_in"]
    for part in parts:
        monkeypatch.setattr(build, part, lambda stage: None)
    written = []
    monkeypatch.setattr(build, "write_sign_ins", written.append)
    monkeypatch.setattr(build, "make_corrections", lambda stage: make_user() if is_shared else None)
    if is_shared:
        with pytest.raises(Refusal):
            build.build_yangpu_2022(lambda words: None)
    else:
        build.build_yangpu_2022(lambda words: None)
    assert len(written) == (not is_shared)


def test_another_scenario_than_those_there_are_is_refused():
    with pytest.raises(SystemExit):
        main(["demo", "--scenario", f"yangpu-{date(2023, 1, 1):%Y}"])


def actor_unit(actor):
    return Unit.objects.get(pk=actor.unit_id)
