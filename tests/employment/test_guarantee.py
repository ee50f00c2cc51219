"""The service guarantee 1131: what counts, in which cycle, and that the database counts as the rule does."""

from datetime import date, timedelta
from random import Random

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import Case, ServiceRecord
from sunward.core import clock
from sunward.core.months import add_months
from sunward.employment.enums import StepBy, StepKind
from sunward.employment.guarantee import GUARANTEE, Cycle, CycleRule, cycle_of, first_beginning, read_lines
from sunward.employment.models import Jobseeker, Recommendation, RecommendationStep
from sunward.employment.queries.guarantee import read_guarantee, with_gaps
from tests import factories as make
from tests.employment.builders import make_employer, make_vacancy

DAY = timedelta(days=1)
YEAR, MONTHS = CycleRule(), CycleRule(6)
NEW_YEAR = date(make.TODAY.year, 1, 1)


def test_a_calendar_year_begins_on_its_first_day_and_ends_on_its_last():
    cycle = cycle_of(began_on=date(2020, 5, 1), on=date(2026, 7, 1))

    assert cycle == Cycle(date(2026, 1, 1), date(2027, 1, 1))
    assert date(2026, 12, 31) in cycle
    assert date(2027, 1, 1) not in cycle
    assert date(2025, 12, 31) not in cycle


def test_months_run_from_the_registration_and_end():
    began = date(2026, 1, 31)

    assert cycle_of(began_on=began, on=began, rule=CycleRule(1)) == Cycle(began, date(2026, 2, 28))
    assert cycle_of(began_on=began, on=date(2026, 2, 27), rule=CycleRule(1))
    assert cycle_of(began_on=began, on=date(2026, 2, 28), rule=CycleRule(1)) is None
    assert cycle_of(began_on=began, on=began - DAY, rule=CycleRule(1)) is None


@pytest.mark.parametrize("months", [1, 6, 12])
def test_the_first_beginning_parts_those_to_whom_something_is_owed_from_the_others(months):
    """By its definition, on every day around the ends of months."""
    on, rule = date(2026, 2, 28), CycleRule(months)
    first = first_beginning(on=on, rule=rule)
    for back in range(500):
        began = on - back * DAY
        assert (began > first) == (add_months(began, months) > on)


def test_a_line_says_what_is_missing_and_never_less_than_nothing():
    cycle = Cycle(date(2026, 1, 1), date(2027, 1, 1))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1), date(2026, 2, 1), date(2026, 4, 1)]

    lines = {line.entitlement.code: line for line in read_lines({"referral": days[:3], "briefing": days}, cycle)}

    assert (lines["referral"].given, lines["referral"].missing, lines["referral"].last_on) == (2, 1, date(2026, 3, 1))
    assert (lines["briefing"].given, lines["briefing"].missing) == (4, 0)
    assert (lines["guidance"].given, lines["guidance"].missing, lines["guidance"].last_on) == (0, 1, None)


def file(**profile):
    case = make.make_jobseeker("纪求职")
    Jobseeker.objects.create(case=case, **profile)
    return case


def give(case, kind, *, on=make.TODAY, outcome=ContactOutcome.MADE, withdrawn=False):
    ServiceRecord.objects.create(
        case=case, kind=kind, happened_on=on, outcome=outcome, recorded_at=make.NOW,
        withdrawn_at=make.NOW if withdrawn else None,
    )  # fmt: skip


def tell(case, vacancy, *, on=make.TODAY, kind=StepKind.TOLD, withdrawn=False):
    row = Recommendation.objects.create(
        case=case, vacancy=vacancy, step=kind, step_on=on, unit_path=case.unit_path, made_at=make.NOW
    )
    RecommendationStep.objects.create(
        recommendation=row, kind=kind, happened_on=on, at=make.NOW, by=StepBy.OFFICER,
        withdrawn_at=make.NOW if withdrawn else None,
    )  # fmt: skip


def given(case, code):
    card = read_guarantee(case, case.jobseeker, on=make.TODAY)
    return next(line.given for line in card.lines if line.entitlement.code == code)


@pytest.mark.django_db
def test_only_what_was_made_and_stands_in_this_cycle_counts():
    case = file()
    give(case, ServiceKind.POLICY_BRIEFING, outcome=ContactOutcome.ATTEMPTED)
    give(case, ServiceKind.POLICY_BRIEFING, withdrawn=True)
    give(case, ServiceKind.POLICY_BRIEFING, on=NEW_YEAR - DAY)
    give(case, ServiceKind.PHONE_CALL)
    assert given(case, "briefing") == 0

    give(case, ServiceKind.POLICY_BRIEFING, on=NEW_YEAR)
    assert given(case, "briefing") == 1


@pytest.mark.django_db
def test_a_vacancy_counts_once_it_was_told_and_not_while_it_is_on_a_list():
    case, employer = file(), make_employer()
    tell(case, make_vacancy(employer, title="甲"), kind=StepKind.DRAWN)
    tell(case, make_vacancy(employer, title="乙"), withdrawn=True)
    tell(case, make_vacancy(employer, title="丙"))

    assert given(case, "referral") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("rule", [YEAR, MONTHS], ids=["year", "months"])
def test_the_database_finds_the_same_gaps_as_the_rule(rule):
    """Held against the lines of each file, whatever was given, told or taken back, and whenever they registered."""
    random = Random(20261127)
    employer = make_employer()
    vacancies = [make_vacancy(employer, title=f"岗位{number}") for number in range(6)]
    kinds = [ServiceKind.POLICY_BRIEFING, ServiceKind.CAREER_GUIDANCE, ServiceKind.TRAINING_OFFER]
    cases = []
    for _each in range(40):
        registered = random.choice([None, make.TODAY - random.randrange(400) * DAY])
        case = file(registered_on=registered)
        Case.objects.filter(pk=case.pk).update(opened_on=make.TODAY - random.randrange(400) * DAY)
        for kind in kinds:
            for _time in range(random.choice([0, 1, 1, 2])):
                give(
                    case, kind, on=make.TODAY - random.randrange(300) * DAY, withdrawn=random.random() < 0.1,
                    outcome=random.choice([ContactOutcome.MADE] * 4 + [ContactOutcome.ATTEMPTED]),
                )  # fmt: skip
        for vacancy in random.sample(vacancies, random.randrange(6)):
            tell(case, vacancy, on=make.TODAY - random.randrange(300) * DAY, withdrawn=random.random() < 0.1)
        cases.append(Case.objects.select_related("jobseeker").get(pk=case.pk))
    Case.objects.filter(pk=cases[0].pk).update(state="closed", closed_on=make.TODAY)

    for of in (GUARANTEE, *((one,) for one in GUARANTEE)):
        wanted = set()
        for case in cases[1:]:
            card = read_guarantee(case, case.jobseeker, on=make.TODAY, rule=rule)
            if any(line.missing for line in card.lines if line.entitlement in of):
                wanted.add(case.pk)
        found = with_gaps(Case.objects.all(), on=make.TODAY, of=of, rule=rule)
        assert set(found.values_list("pk", flat=True)) == wanted
        assert found.count() == len(wanted)
        assert 0 < len(wanted) < len(cases) or of == GUARANTEE


@pytest.mark.django_db
def test_the_list_finds_those_to_whom_one_service_or_anything_is_still_owed(client):
    user = make.make_officer(Role.EMPLOYMENT_OFFICER, make.make_subdistrict("310110012"))
    client.force_login(user)
    briefed, nothing = file(), make.make_jobseeker("别人")
    give(briefed, ServiceKind.POLICY_BRIEFING, on=clock.today())

    def found(owed):
        rows = client.get(reverse("employment:jobseekers"), {"owed": owed}).context["page"].rows
        return {row.uid for row in rows}

    assert found("briefing") == {str(nothing.uid)}
    assert found("guidance") == found("any") == found("") == {str(briefed.uid), str(nothing.uid)}
