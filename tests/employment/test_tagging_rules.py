"""The rules of who needs help, against their definition: every day that an unknown one may be is tried."""

from calendar import isleap, monthrange
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sunward.employment.enums import ClientTagKind, Education, Situation, TagEnd
from sunward.employment.tagging.answers import Missing, Verdict, Why
from sunward.employment.tagging.conditions import AT_WORK, WITHOUT_WORK, Aged, Basis, WithoutWorkFor
from sunward.employment.tagging.days import last_birth_of, last_start
from sunward.employment.tagging.facts import ProfileFacts, Span, span_of
from sunward.employment.tagging.rules import RULED_KINDS, RULES, STATED_KINDS, Rule, find_rule, rules_on
from sunward.people.enums import Precision
from sunward.people.models import Person

DAY = timedelta(days=1)
ON = date(2026, 11, 27)
YOUTH = find_rule("ltu_youth.2022")
HARD = find_rule("hard_to_place.2025")
GRADUATE = find_rule("graduate.2021")
days = st.dates(date(1960, 1, 1), date(2030, 12, 31))


# The definition, with nothing of the rules' own arithmetic.


def years_of(born: date, on: date) -> int:
    """How many birthdays have been reached; born on 29 February, the day comes on 1 March of other years."""
    count = 0
    for year in range(born.year + 1, on.year + 1):
        leaps_away = (born.month, born.day) == (2, 29) and not isleap(year)
        birthday = date(year, 3, 1) if leaps_away else date(year, born.month, born.day)
        count += birthday <= on
    return count


def months_end(since: date, months: int) -> date:
    year, month = since.year, since.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(since.day, monthrange(year, month)[1]))


def is_long(since: date, on: date, months: int, is_over: bool) -> bool:
    return on > months_end(since, months) if is_over else on >= months_end(since, months)


def days_of(span: Span) -> list[date]:
    return [span.first + number * DAY for number in range((span.last - span.first).days + 1)]


def definition(rule: Rule, facts: ProfileFacts, on: date) -> Verdict:
    """Caught if so whatever the unknown turns out to be, not if never, else unknown."""
    aged, _situation, length = rule.conditions
    assert isinstance(aged, Aged)
    assert isinstance(length, WithoutWorkFor)
    births = days_of(facts.birth) if facts.birth else [on - 366 * years * DAY for years in (5, 25, 50)]
    of_age = {aged.youngest <= years_of(born, on) <= aged.oldest for born in births}
    unsure = facts.situation in ("", Situation.OTHER)
    tried = [on - number * DAY for number in (1, 250, 900)]
    # What is unknown may also have been on the very days that are known.
    tried += [day for known in (facts.registered, facts.unemployed_since) if known for day in known]
    registrations = [*days_of(facts.registered)] if facts.registered else [*tried, None]
    starts = days_of(facts.unemployed_since) if facts.unemployed_since else tried
    rest = set()
    for situation in Situation if unsure else [Situation(facts.situation)]:
        for registered in registrations:
            for since in starts:
                if length.basis is not Basis.CONTINUOUS and registered is not None and since > registered:
                    continue  # nobody registers before the work is gone
                stands = registered is not None and situation != Situation.NOT_REGISTERED
                by_registration = stands and is_long(registered, on, length.months, length.is_over)
                by_break = is_long(since, on, length.months, length.is_over)
                counted = {
                    Basis.REGISTERED: by_registration, Basis.CONTINUOUS: by_break,
                    Basis.EITHER: by_registration or by_break,
                }[length.basis]  # fmt: skip
                rest.add(situation in WITHOUT_WORK and counted)
    assume(rest)  # a registration before the loss of the work is judged as it stands, see below
    outcomes = {one and other for one in of_age for other in rest}
    return Verdict.UNKNOWN if len(outcomes) == 2 else Verdict.CAUGHT if outcomes == {True} else Verdict.NOT


@st.composite
def profiles(draw: st.DrawFn, on: date = ON) -> ProfileFacts:
    def day(far: int) -> date:
        # Around the thresholds far more often than elsewhere.
        near = draw(st.sampled_from([0, 182, 183, 184, 185, 364, 365, 366, 366 * 16, 366 * 35 + 9, 366 * 36]))
        return max(on - timedelta(days=min(near, far) + draw(st.integers(-40, 40))), date(1950, 1, 2))

    def span(far: int, precisions: list[str]) -> Span | None:
        return draw(st.none()) if draw(st.integers(0, 3)) == 0 else span_of(day(far), draw(st.sampled_from(precisions)))

    return ProfileFacts(
        birth=span(20_000, [Precision.DAY, Precision.MONTH, Precision.YEAR]),
        situation=draw(st.sampled_from(["", *Situation.values])),
        registered=span(500, [Precision.DAY, Precision.MONTH]),
        unemployed_since=span(500, [Precision.DAY]),
        education=draw(st.sampled_from([None, *Education.values])),
        is_disabled=draw(st.sampled_from([None, False, True])),
        stated=frozenset(draw(st.sets(st.sampled_from(ClientTagKind.values), max_size=2))),
    )


@pytest.mark.parametrize("key", ["ltu_youth.2012", "ltu_youth.2022", "ltu_youth.2025"])
def test_a_youth_is_judged_as_every_possible_day_would_be(key):
    rule = find_rule(key)

    @given(facts=profiles())
    def ask(facts: ProfileFacts) -> None:
        assert rule.judge(facts, on=ON).verdict == definition(rule, facts, ON)

    ask()


@given(born=days, on=days, age=st.integers(0, 60))
@example(born=date(2000, 2, 29), on=date(2035, 2, 28), age=35)
@example(born=date(2000, 2, 29), on=date(2035, 3, 1), age=35)
@example(born=date(2000, 2, 29), on=date(2036, 2, 29), age=36)
@example(born=date(2001, 2, 28), on=date(2036, 2, 29), age=35)
def test_the_day_of_birth_that_makes_somebody_so_old_is_a_persons_own_age(born, on, age):
    person = Person(birth_date=born)
    assume(born <= on)
    assert (born <= last_birth_of(age, on=on)) == (person.age_on(on) >= age) == (years_of(born, on) >= age)


@given(since=days, on=days, months=st.integers(1, 24), is_over=st.booleans())
@example(since=date(2026, 8, 31), on=date(2027, 2, 28), months=6, is_over=True)
@example(since=date(2026, 8, 31), on=date(2027, 3, 1), months=6, is_over=True)
@example(since=date(2027, 8, 31), on=date(2028, 2, 29), months=6, is_over=False)
@example(since=date(2026, 5, 31), on=date(2026, 11, 30), months=6, is_over=False)
def test_the_day_that_has_lasted_so_many_months_is_found_at_month_ends_too(since, on, months, is_over):
    assert (since <= last_start(months, is_over=is_over, on=on)) == is_long(since, on, months, is_over)


def youth(**more) -> ProfileFacts:
    known = {
        "birth": span_of(date(1998, 5, 6)), "situation": Situation.REGISTERED,
        "registered": span_of(date(2026, 1, 5)), "unemployed_since": span_of(date(2026, 1, 1)),
    }  # fmt: skip
    return ProfileFacts(**(known | more))


@pytest.mark.parametrize(
    ("born", "verdict"),
    [
        (date(1990, 11, 28), Verdict.CAUGHT),  # 36 tomorrow
        (date(1990, 11, 27), Verdict.NOT),  # 36 today
        (date(2010, 11, 27), Verdict.CAUGHT),  # 16 today
        (date(2010, 11, 28), Verdict.NOT),  # 16 tomorrow
    ],
)
def test_a_youth_is_one_from_the_sixteenth_birthday_to_the_day_before_the_thirty_sixth(born, verdict):
    assert YOUTH.judge(youth(birth=span_of(born)), on=ON).verdict == verdict


@pytest.mark.parametrize(("since", "verdict"), [(date(2026, 5, 26), Verdict.CAUGHT), (date(2026, 5, 27), Verdict.NOT)])
def test_six_months_to_the_day_are_not_more_than_six_months(since, verdict):
    assert YOUTH.judge(youth(registered=None, unemployed_since=span_of(since)), on=ON).verdict == verdict


def test_a_registration_that_is_over_counts_for_nobody():
    facts = youth(situation=Situation.NOT_REGISTERED, unemployed_since=span_of(date(2026, 10, 1)))
    assert YOUTH.judge(facts, on=ON).why == (Why.TOO_SHORT,)
    assert find_rule("ltu_youth.2012").judge(facts, on=ON).why == (Why.NOT_REGISTERED,)


def test_a_registration_before_the_loss_of_the_work_is_counted_as_it_stands():
    assert YOUTH.judge(youth(unemployed_since=span_of(date(2026, 10, 1))), on=ON).verdict == Verdict.CAUGHT


def test_a_year_of_birth_decides_unless_the_threshold_lies_in_it():
    for year, verdict in ((1989, Verdict.NOT), (1990, Verdict.UNKNOWN), (1991, Verdict.CAUGHT)):
        judged = YOUTH.judge(youth(birth=span_of(date(year, 7, 1), Precision.YEAR)), on=ON)
        assert judged.verdict == verdict
    assert YOUTH.judge(youth(birth=None), on=ON).missing == (Missing.BIRTH_DATE,)


@pytest.mark.parametrize("situation", AT_WORK)
def test_whoever_works_leaves_for_work_whatever_the_age(situation):
    judged = YOUTH.judge(youth(situation=situation, birth=span_of(date(1980, 1, 1))), on=ON)
    assert judged.end_reason == TagEnd.AT_WORK


def test_whoever_grows_too_old_leaves_for_age_and_all_others_by_the_rule():
    assert YOUTH.judge(youth(birth=span_of(date(1980, 1, 1))), on=ON).end_reason == TagEnd.AGE
    assert YOUTH.judge(youth(situation=Situation.STUDYING), on=ON).end_reason == TagEnd.RULE


def test_nobody_is_hard_to_place_without_a_stated_ground():
    long = youth(unemployed_since=span_of(date(2025, 1, 1)))
    assert HARD.judge(long, on=ON).why == (Why.NO_GROUND,)
    stated = frozenset({ClientTagKind.ZERO_EMPLOYMENT.value})
    assert HARD.judge(youth(stated=stated), on=ON).verdict == Verdict.CAUGHT


def test_a_disability_of_unknown_grade_is_asked_about_and_never_guessed():
    assert HARD.judge(youth(is_disabled=True), on=ON).missing == (Missing.DISABILITY_GRADE,)


def test_six_months_to_the_day_are_enough_where_six_months_are_asked_for():
    stated = frozenset({ClientTagKind.ZERO_EMPLOYMENT.value})
    for since, verdict in ((date(2026, 5, 27), Verdict.CAUGHT), (date(2026, 5, 28), Verdict.NOT)):
        assert HARD.judge(youth(unemployed_since=span_of(since), stated=stated), on=ON).verdict == verdict


def test_a_graduate_without_a_day_of_graduation_is_not_known():
    assert GRADUATE.judge(youth(education=Education.COLLEGE), on=ON).missing == (Missing.GRADUATED_ON,)
    assert GRADUATE.judge(youth(education=Education.SENIOR), on=ON).why == (Why.SCHOOLING,)


@pytest.mark.parametrize(("day", "verdict"), [(date(2024, 11, 27), Verdict.CAUGHT), (date(2024, 11, 26), Verdict.NOT)])
def test_a_graduate_is_one_up_to_the_second_anniversary(day, verdict):
    facts = youth(education=Education.MASTER, graduated=span_of(day))
    assert GRADUATE.judge(facts, on=ON).verdict == verdict


@given(facts=profiles())
def test_a_verdict_says_why_or_what_is_missing_and_nothing_else(facts):
    for rule in RULES:
        judged = rule.judge(facts, on=ON)
        assert bool(judged.why) == (judged.verdict is Verdict.NOT)
        assert bool(judged.missing) == (judged.verdict is Verdict.UNKNOWN)


def test_every_version_of_a_rule_has_a_key_of_its_own_that_a_tag_can_hold():
    keys = [rule.key for rule in RULES]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 30
    assert all(rule.lines and str(rule.source) for rule in RULES)


def test_of_each_group_the_latest_version_in_force_on_the_day_holds():
    assert find_rule("ltu_youth.2022") in rules_on(ON)
    assert find_rule("ltu_youth.2012") in rules_on(date(2021, 12, 31))
    assert find_rule("ltu_youth.2025") not in rules_on(date(2099, 1, 1)), "declared without a day"
    assert len({rule.kind for rule in rules_on(ON)}) == len(rules_on(ON))
    assert not rules_on(date(2000, 1, 1))


def test_every_group_has_a_rule_or_is_stated_by_a_person():
    assert set(RULED_KINDS) | set(STATED_KINDS) == set(ClientTagKind)
