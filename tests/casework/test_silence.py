"""Silence is defined once: at the boundaries of days, through changes of risk, withdrawn records and corrections."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunward.casework.actions import record_service, withdraw_service
from sunward.casework.actions.silences import list_units_newly_silent, notice_silence
from sunward.casework.enums import ContactOutcome, RiskLevel, ServiceKind
from sunward.casework.models import SILENCE_DAYS, Case, SilenceNotice
from sunward.core import clock
from sunward.ledger.models import Fact
from tests.factories import NOW, TODAY, actor_of, make_child, make_committee, make_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def is_silent(case: Case, on: date) -> bool:
    return Case.objects.silent(on=on).filter(pk=case.pk).exists()


@pytest.mark.parametrize("level", list(RiskLevel))
def test_the_due_day_itself_is_not_silent_and_the_day_after_is(level: RiskLevel) -> None:
    case = make_child(risk=level, opened_on=TODAY)
    due = TODAY + SILENCE_DAYS[level] * DAY
    assert (is_silent(case, due), is_silent(case, due + DAY)) == (False, True)


@pytest.mark.parametrize(("utc", "silent"), [("15:59:59", False), ("16:00:00", True)])
def test_a_day_begins_at_midnight_in_shanghai(monkeypatch: pytest.MonkeyPatch, utc: str, silent: bool) -> None:
    """The last contact was so long ago that today is the last day; the day after begins at 16:00 UTC."""
    case = make_child(risk=RiskLevel.HIGH, opened_on=date(2026, 11, 18))
    moment = datetime.fromisoformat(f"2026-11-25T{utc}").replace(tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert is_silent(case, clock.today()) is silent


def test_a_risk_that_is_raised_or_lowered_moves_the_day_at_once() -> None:
    case = make_child(risk=RiskLevel.LOW, opened_on=TODAY - 8 * DAY)
    found = []
    for level in (RiskLevel.LOW, RiskLevel.HIGH, RiskLevel.MEDIUM):
        Case.objects.filter(pk=case.pk).update(risk_level=level)
        found.append(is_silent(case, TODAY))
    assert found == [False, True, False]


# A history in steps: (what, how many days ago). The slow reading keeps the list of what stands.
_STEPS = st.lists(
    st.tuples(st.sampled_from(["made", "attempted", "withdraw", "correct", "risk"]), st.integers(0, 95)), max_size=8
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS, opened=st.integers(0, 100), level=st.sampled_from(list(RiskLevel)), ahead=st.integers(0, 3))
def test_a_file_is_silent_exactly_if_its_latest_standing_contact_is_too_long_ago(
    steps: Sequence[tuple[str, int]], opened: int, level: RiskLevel, ahead: int
) -> None:
    actor = actor_of(make_officer())
    case = make_child(risk=level, opened_on=TODAY - opened * DAY, unit=make_committee())
    standing: list[tuple[object, date]] = []
    for what, ago in steps:
        day = TODAY - ago * DAY
        if what in ("made", "attempted"):
            record = _record(actor, case, day, ContactOutcome(what))
            if what == "made":
                standing.append((record, day))
        elif what == "risk":
            level = list(RiskLevel)[ago % 3]
            Case.objects.filter(pk=case.pk).update(risk_level=level)
        elif standing:
            gone, _day = standing.pop(ago % len(standing))
            _withdraw(actor, case, gone)
            if what == "correct":
                standing.append((_record(actor, case, day, ContactOutcome.MADE), day))
    on = TODAY + ahead * DAY
    last = max((day for _record, day in standing), default=TODAY - opened * DAY)
    assert is_silent(case, on) == ((on - last).days > SILENCE_DAYS[level])


def _record(actor, case, day, outcome):  # type: ignore[no-untyped-def]
    return record_service(
        actor=actor, case_id=case.uid, kind=ServiceKind.HOME_VISIT, happened_on=day, outcome=outcome, on=TODAY, now=NOW
    )


def _withdraw(actor, case, record):  # type: ignore[no-untyped-def]
    withdraw_service(actor=actor, case_id=case.uid, record_id=record.uid, reason="记错", on=TODAY, now=NOW)


def _notice(on: date) -> list[Case]:
    return [
        case
        for path in list_units_newly_silent(programme="mentoring", on=on)
        for case in notice_silence(programme="mentoring", unit_path=path, on=on, now=NOW)
    ]


def test_one_silence_gives_one_notice_whatever_the_risk_does_meanwhile() -> None:
    case = make_child(risk=RiskLevel.HIGH, opened_on=TODAY - 8 * DAY)
    make_child(opened_on=TODAY)
    assert _notice(TODAY) == [case]
    assert _notice(TODAY) == _notice(TODAY + DAY) == []
    Case.objects.filter(pk=case.pk).update(risk_level=RiskLevel.LOW)
    Case.objects.filter(pk=case.pk).update(risk_level=RiskLevel.HIGH)
    assert _notice(TODAY + 2 * DAY) == []
    fact = Fact.objects.get(kind="casework.fell_silent")
    assert (fact.happened_on, fact.subject_id) == (TODAY, case.pk)


def test_a_contact_ends_the_silence_and_the_next_one_is_told_anew_but_a_withdrawn_contact_never_ended_it() -> None:
    actor, case = actor_of(make_officer()), make_child(risk=RiskLevel.HIGH, opened_on=TODAY - 8 * DAY)
    assert _notice(TODAY) == [case]
    mistaken = _record(actor, case, TODAY, ContactOutcome.MADE)
    _withdraw(actor, case, mistaken)
    assert _notice(TODAY) == []
    _record(actor, case, TODAY, ContactOutcome.MADE)
    assert _notice(TODAY + 7 * DAY) == []
    assert _notice(TODAY + 8 * DAY) == [case]
    assert SilenceNotice.objects.count() == 2
