"""What an approved meeting leaves in the ledger: that it was held, who spoke, what it asked and what it decided."""

from datetime import date, datetime

from sunward.accounts.access import Actor
from sunward.blueprint.access import MEETING_SUBJECT, WORK_SUBJECT
from sunward.blueprint.models import Meeting, WorkItem
from sunward.ledger.actions import NewFact, record_many

HELD, HEARD, ASKED = "blueprint.meeting_held", "blueprint.speaker_heard", "blueprint.question_asked"
DECIDED, BEGUN = "blueprint.decided", "blueprint.work_begun"


def record_approval(meeting: Meeting, items: list[WorkItem], *, actor: Actor, on: date, now: datetime) -> None:
    """Of the meeting's own day and unit; each line of work of the day of approval and of the unit that leads it."""
    told = [
        (HELD, MEETING_SUBJECT, [meeting.pk]),
        (HEARD, "speaker", list(meeting.speakers.order_by("number").values_list("pk", flat=True))),
        (ASKED, "meeting_question", list(meeting.questions.order_by("number").values_list("pk", flat=True))),
        (DECIDED, "decision", list(meeting.decisions.order_by("number").values_list("pk", flat=True))),
    ]
    facts = [
        NewFact(
            kind=kind, subject_kind=subject, subject_id=key, happened_on=meeting.met_on, actor_id=actor.user_id,
            unit_id=meeting.unit_id, unit_path=meeting.unit_path, attributes={"meeting": meeting.pk},
        )
        for kind, subject, keys in told
        for key in keys
    ]  # fmt: skip
    facts += [
        NewFact(
            kind=BEGUN, subject_kind=WORK_SUBJECT, subject_id=item.pk, happened_on=on, actor_id=actor.user_id,
            unit_id=item.lead_id, unit_path=item.unit_path,
        )
        for item in items
    ]  # fmt: skip
    record_many(facts, now=now)
