"""What a child's file shows of gatherings: that the child was there, not that anybody was in touch with the family."""

from datetime import date

import pytest

from sunward.casework.models import Case
from sunward.gatherings.actions import check_in, undo_check_in
from sunward.gatherings.admission import Head
from sunward.mentoring.queries.child_file import read_child_file
from tests.factories import TODAY
from tests.gatherings.builders import DURING, bring, planner, published, willing_child

pytestmark = pytest.mark.django_db


def moments_of(case):
    fresh = Case.objects.select_related("person", "unit", "child").get(pk=case.pk)
    return [(moment.on, str(moment.title)) for moment in read_child_file(fresh, actor=planner(), on=TODAY).moments]


def test_a_gathering_stands_in_the_childs_line_of_time_once_the_child_was_there():
    gathering, case = published(), willing_child()
    (row,) = bring(gathering, Head(case.person_id))
    came = (date(2026, 12, 5), "参加了：秋游")
    assert came not in moments_of(case)
    check_in(actor=planner(), gathering_id=gathering.uid, sign_up_id=row.uid, now=DURING)
    assert came in moments_of(case)
    undo_check_in(actor=planner(), gathering_id=gathering.uid, sign_up_id=row.uid, now=DURING)
    assert came not in moments_of(case)


def test_being_on_a_bus_with_thirty_others_ends_no_silence():
    gathering, case = published(), willing_child()
    (row,) = bring(gathering, Head(case.person_id))
    check_in(actor=planner(), gathering_id=gathering.uid, sign_up_id=row.uid, now=DURING)
    assert Case.objects.get(pk=case.pk).last_contact_on is None
