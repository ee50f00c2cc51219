"""A child's file is closed when nothing of it lives any more."""

from datetime import timedelta

import pytest

from sunward.casework.enums import CloseReason
from sunward.core.refusals import Conflict
from sunward.mentoring.actions.children import close_child
from sunward.safeguarding.actions.care import CareEntry, Carer, begin_care
from sunward.safeguarding.actions.emergencies import Caller, raise_emergency
from sunward.safeguarding.enums import EmergencyKind, EmergencyState
from sunward.safeguarding.models import Emergency
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_file_is_not_closed_while_a_call_for_help_goes_on_or_the_child_is_in_care():
    officer = make.actor_of(make.make_officer())
    case, closing = make.make_child(), {"reason": CloseReason.HELPED, "on": make.TODAY, "now": make.NOW}
    call = raise_emergency(caller=Caller(officer), case=case, kind=EmergencyKind.ILLNESS, now=make.NOW)
    with pytest.raises(Conflict, match="emergency_lives"):
        close_child(actor=officer, case_id=case.uid, version=1, **closing)
    Emergency.objects.filter(pk=call.pk).update(state=EmergencyState.OVER)
    entry = CareEntry(Carer(name="外婆", phone="+8613800001111"), "外婆家", make.NOW, make.NOW + timedelta(hours=12))
    begin_care(actor=officer, case_id=case.uid, entry=entry, now=make.NOW)
    with pytest.raises(Conflict, match="care_lives"):
        close_child(actor=officer, case_id=case.uid, version=1, **closing)
