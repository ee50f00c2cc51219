"""A record whose form was sent twice is one record; other words under the same key are not lost in the first."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.casework.models import Case, ServiceRecord
from sunward.core.refusals import Refusal

SENT_BEFORE = "employment.sent_before"


def find_sent_before(case: Case, key: UUID, said: Mapping[str, Any]) -> ServiceRecord | None:
    """The record that this form has made already. The file is locked: of two at once the second finds the first."""
    record = ServiceRecord.objects.filter(uid=key).first()
    if record is None:
        return None
    if record.case_id != case.pk or any(getattr(record, column) != value for column, value in said.items()):
        raise with_other_words()
    return record


def with_other_words() -> Refusal:
    return Refusal(
        SENT_BEFORE,
        _("This form was saved already, with other words. If this was another contact, save once more; if not, go back"
          " to the file and withdraw the first."),
    )  # fmt: skip
