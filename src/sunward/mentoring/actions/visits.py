"""A mentor's visits. Each act goes through her own match, so that it ends with her access."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.actions.services import RECORD_SUBJECT, strike_service, write_service
from sunward.casework.enums import ContactOutcome
from sunward.casework.models import ServiceRecord
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.actions import NewFact, record_fact
from sunward.mentoring.access import get_own_match_for_writing, visit_not_there
from sunward.mentoring.actions.needs_noticed import drop_needs, promise_needs
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import NeedKind, VisitCompany, VisitMood
from sunward.mentoring.models import Match, Visit, VisitDraft
from sunward.mentoring.rules import (
    MENTOR_SERVICE_KINDS,
    MINUTES_AT_MOST,
    NEXT_VISIT_DAYS_AT_MOST,
    NOTE_LENGTH,
    VISIT_TOPICS,
)
from sunward.mentoring.visiting import (
    DraftText,
    VisitEntry,
    draft_mark,
    entry_of,
    is_draft_of,
    may_correct,
    write_draft,
)


class VisitAlreadySaved(Conflict):
    """The same form was sent before with other words: another window was faster."""

    def __init__(self) -> None:
        super().__init__(
            "mentoring.visit_already_saved",
            _("A visit was saved from another window. Save this one too only if it is another visit."),
        )


class DraftElsewhere(Conflict):
    """Another window has a newer draft."""

    def __init__(self) -> None:
        super().__init__(
            "mentoring.draft_elsewhere",
            _("You are writing this visit in another window too. Choose which words to keep."),
        )


@transaction.atomic
def record_visit(*, actor: Actor, match_id: UUID, key: UUID, entry: VisitEntry, on: date, now: datetime) -> Visit:
    """Save a visit and remove its draft. The same key and words again give the visit that is there."""
    match = get_own_match_for_writing(actor=actor, match_id=match_id)
    saved = _find_saved(match, actor, key)
    if saved is not None:
        if entry_of(saved) != entry:
            raise VisitAlreadySaved
        return saved
    visit = _write(match, entry, actor=actor, key=key, on=on, now=now)
    # What arrives late from a phone without network leaves the words alone that were begun since.
    for draft in VisitDraft.objects.filter(match=match, author_id=actor.user_id):
        if is_draft_of(draft, key):
            draft.delete()
    return visit


@transaction.atomic
def correct_visit(*, actor: Actor, record_id: UUID, entry: VisitEntry, on: date, now: datetime) -> Visit:
    """Put a new record in the place of her own of the last day; the old one stays, struck out."""
    found = Visit.objects.filter(record__uid=record_id, record__by_id=actor.user_id).select_related("match").first()
    if found is None:
        raise visit_not_there()
    match = get_own_match_for_writing(actor=actor, match_id=found.match.uid)
    visit = Visit.objects.select_related("record", "corrects").get(pk=found.pk)
    key = uuid5(record_id, "correction")
    saved = _find_saved(match, actor, key)
    if saved is not None:
        if entry_of(saved) != entry:
            raise VisitAlreadySaved
        return saved
    if not may_correct(visit, user_id=actor.user_id, now=now):
        raise Refusal(
            "mentoring.too_late_to_correct",
            _("A visit can be corrected within 24 hours. Tell the committee what was wrong; they can strike it out."),
        )
    strike_service(actor=actor, case=match.case, record_id=record_id, reason="corrected", on=on, now=now)
    return _write(match, entry, actor=actor, key=key, on=on, now=now, corrects=visit)


def _find_saved(match: Match, actor: Actor, key: UUID) -> Visit | None:
    """Under the match's lock. A key that belongs to somebody else's record is nobody's business here."""
    record = ServiceRecord.objects.filter(uid=key).first()
    if record is None:
        return None
    visit = Visit.objects.select_related("record").filter(record=record, match=match).first()
    if visit is None or record.by_id != actor.user_id:
        raise visit_not_there()
    return visit


def _write(
    match: Match, entry: VisitEntry, *, actor: Actor, key: UUID, on: date, now: datetime, corrects: Visit | None = None
) -> Visit:
    _refuse_impossible(match, entry)
    record = write_service(
        actor=actor, case=match.case, kind=entry.kind, happened_on=entry.happened_on, outcome=entry.outcome, on=on,
        now=now, minutes=entry.minutes, topics=entry.topics, note=entry.note, uid=key,
    )  # fmt: skip
    visit = Visit.objects.create(
        match=match, record=record, corrects=corrects, company=list(entry.company), mood=entry.mood,
        needs_noticed=list(entry.needs_noticed), next_on=entry.next_on,
    )  # fmt: skip
    said = Said(actor, on, now)
    if corrects is not None:
        drop_needs(corrects, said, but=entry.needs_noticed)
    promise_needs(visit, said)
    record_fact(_fact_of(visit, entry, actor), now=now)
    code = "mentoring.visit_corrected" if corrects else "mentoring.visit_recorded"
    record_act(
        actor=actor, code=code, now=now, subject=case_subject(match.case), unit_path=match.unit_path, match=match.pk,
        visit=visit.pk, outcome=str(entry.outcome),
    )  # fmt: skip
    return visit


def _fact_of(visit: Visit, entry: VisitEntry, actor: Actor) -> NewFact:
    """Its subject is the service record, so that whoever strikes the record withdraws this fact with it."""
    match = visit.match
    return NewFact(
        kind=f"mentoring.visit_{entry.outcome}", subject_kind=RECORD_SUBJECT, subject_id=visit.record_id,
        happened_on=entry.happened_on, actor_id=actor.user_id, person_id=match.case.person_id,
        unit_id=match.case.unit_id, unit_path=match.unit_path,
        attributes={"match_id": match.pk, "mentor_id": match.mentor_id, "minutes": entry.minutes},
    )  # fmt: skip


def _refuse_impossible(match: Match, entry: VisitEntry) -> None:
    if not _is_in_our_words(entry):
        raise Refusal("mentoring.not_a_visit", _("Choose what it was from the list."))
    if entry.happened_on < match.proposed_on:
        raise Refusal("mentoring.visit_before_match", _("This day is before you were matched with the child."))
    if len(entry.note) > NOTE_LENGTH:
        raise Refusal("mentoring.note_too_long", _("The note is too long. Shorten it a little."))
    if entry.outcome == ContactOutcome.MADE and not 0 < entry.minutes <= MINUTES_AT_MOST:
        raise Refusal("mentoring.minutes_out_of_range", _("Say how long it was: up to ten hours."))
    if entry.outcome == ContactOutcome.ATTEMPTED and (entry.minutes or entry.topics or entry.company or entry.mood):
        raise Refusal("mentoring.attempt_has_no_minutes", _("If you met nobody there are no minutes and no topics."))
    latest = entry.happened_on + timedelta(days=NEXT_VISIT_DAYS_AT_MOST)
    if entry.next_on is not None and not entry.happened_on < entry.next_on <= latest:
        raise Refusal("mentoring.next_visit_impossible", _("The next visit is after this one, within three months."))


def _is_in_our_words(entry: VisitEntry) -> bool:
    return (
        entry.kind in MENTOR_SERVICE_KINDS
        and entry.mood in ("", *VisitMood.values)
        and set(entry.topics) <= set(VISIT_TOPICS)
        and set(entry.company) <= set(VisitCompany.values)
        and set(entry.needs_noticed) <= set(NeedKind.values)
    )


@transaction.atomic
def save_draft(
    *, actor: Actor, match_id: UUID, key: UUID, text: DraftText, seen: str, now: datetime, is_forced: bool = False
) -> str:
    """Keep what has been typed; returns the mark of this state, which the next saving has to show as `seen`.

    A window that shows an older mark does not overwrite the newer words unless it `is_forced`. A draft that arrives
    after its visit was saved is dropped, and the mark is empty.
    """
    match = get_own_match_for_writing(actor=actor, match_id=match_id)
    if _find_saved(match, actor, key) is not None:
        return ""
    draft = VisitDraft.objects.filter(match=match, author_id=actor.user_id).first()
    if draft is not None and draft_mark(draft) != seen and not is_forced:
        raise DraftElsewhere
    if draft is None:
        draft = VisitDraft(match=match, author_id=actor.user_id)
    draft.body = write_draft(text, key=key)
    draft.updated_at = now
    draft.save()
    return draft_mark(draft)


@transaction.atomic
def discard_draft(*, actor: Actor, match_id: UUID) -> None:
    match = get_own_match_for_writing(actor=actor, match_id=match_id)
    VisitDraft.objects.filter(match=match, author_id=actor.user_id).delete()
