"""A consent that lapses after the sign-up is shown to the host; the place stays: a person talks to the guardian."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sunward.gatherings.actions import set_sessions
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.admission import ConsentMissing, Head
from sunward.gatherings.enums import Part, SignUpState
from sunward.gatherings.models import SignUp
from sunward.gatherings.queries.consents import find_lapsed, gatherings_with_lapsed
from tests.factories import NOW, TODAY, actor_of, make_child, make_committee, make_officer
from tests.gatherings.builders import BEGINS, ENDS, adult, bring, consent, planner, published, willing_child

pytestmark = pytest.mark.django_db


def rows_of(gathering):
    return list(SignUp.objects.filter(gathering=gathering).select_related("person").order_by("pk"))


def test_a_consent_withdrawn_after_the_sign_up_is_found_and_the_place_stays():
    gathering, case = published(), willing_child()
    (row,) = bring(gathering, Head(case.person_id))
    assert find_lapsed(gathering, rows_of(gathering)) == frozenset()
    case.person.consents.update(withdrawn_on=TODAY)
    assert find_lapsed(gathering, rows_of(gathering)) == {row.pk}
    assert SignUp.objects.get().state == SignUpState.PLACED
    assert list(gatherings_with_lapsed(planner())) == [gathering]


def test_a_guardian_who_is_one_no_longer_on_the_day_has_consented_to_nothing():
    gathering, case, other = published(), willing_child(), willing_child()
    (row,) = bring(gathering, Head(case.person_id))
    case.person.guardianships.update(until_on=gathering.ends_on + timedelta(days=1))
    assert find_lapsed(gathering, rows_of(gathering)) == frozenset()
    case.person.guardianships.update(until_on=gathering.ends_on)
    other.person.guardianships.create(guardian=case.person.consents.get().given_by)
    assert find_lapsed(gathering, rows_of(gathering)) == {row.pk}
    assert list(gatherings_with_lapsed(planner())) == [gathering]
    case.person.guardianships.create(guardian=case.person.consents.get().given_by)
    assert find_lapsed(gathering, rows_of(gathering)) == frozenset()
    assert not gatherings_with_lapsed(planner()).exists()


def test_a_child_whose_guardian_is_one_no_longer_is_not_signed_up():
    gathering, case = published(), willing_child()
    case.person.guardianships.update(until_on=TODAY)
    with pytest.raises(ConsentMissing):
        bring(gathering, Head(case.person_id))


def test_another_consent_given_since_heals_it():
    gathering, case = published(), willing_child()
    bring(gathering, Head(case.person_id))
    case.person.consents.update(withdrawn_on=TODAY)
    consent(case.person)
    assert find_lapsed(gathering, rows_of(gathering)) == frozenset()
    assert not gatherings_with_lapsed(planner()).exists()


def test_a_gathering_moved_beyond_the_consents_end_shows_it():
    gathering, case = published(), make_child()
    consent(case.person, expires_on=BEGINS.date() + timedelta(days=1))
    (row,) = bring(gathering, Head(case.person_id))
    week = timedelta(days=7)
    gathering = set_sessions(
        actor=planner(), gathering_id=gathering.uid, version=gathering.version, on=TODAY, now=NOW,
        sessions=[SessionTime(BEGINS + week, ENDS + week)],
    )  # fmt: skip
    assert find_lapsed(gathering, rows_of(gathering)) == {row.pk}
    assert list(gatherings_with_lapsed(planner())) == [gathering]


def test_adults_and_guests_need_none():
    gathering, case = published(), willing_child()
    bring(
        gathering, Head(case.person_id), Head(adult().person_id, Part.ADULT),
        Head(part=Part.COMPANION, guest_name="小宝", guest_age=8),
    )  # fmt: skip
    assert find_lapsed(gathering, rows_of(gathering)) == frozenset()


def test_only_the_host_is_told():
    gathering, case = published(), willing_child(unit=make_committee())
    bring(gathering, Head(case.person_id))
    case.person.consents.update(withdrawn_on=TODAY)
    assert not gatherings_with_lapsed(actor_of(make_officer("worker", make_committee()))).exists()
    assert not gatherings_with_lapsed(planner("employment")).exists()


def test_a_long_list_is_checked_in_one_query():
    gathering = published(places=None, children_per_adult=3)
    for _ in range(3):
        bring(gathering, Head(willing_child().person_id))
    rows = rows_of(gathering)
    with CaptureQueriesContext(connection) as caught:
        find_lapsed(gathering, rows)
    assert len(caught) == 1
