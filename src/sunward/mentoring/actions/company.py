"""Whether a neighbour mom has a child of her own: a fact when she gets the first, and when the last one has left."""

from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match, MatchStep

MOM_SUBJECT = "mentor"
HAS_CHILD, HAS_NONE = "mentoring.mom_has_child", "mentoring.mom_has_no_child"
# The states in which the two are together, as the figure of running matches has it.
TOGETHER = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.PAUSED, MatchState.HANDOVER)


def note_company(match: Match, step: MatchStep, said: Said) -> None:
    """After a step: what the ledger says of her, brought in line with her matches.

    Whoever ends a match holds the mentor's row, so that of two that end at once the second sees the first.
    """
    told = standing_facts().filter(subject_kind=MOM_SUBJECT, subject_id=match.mentor_id, kind__in=(HAS_CHILD, HAS_NONE))
    last = told.order_by("-happened_on", "-recorded_at", "-pk").first()
    has_child = Match.objects.filter(mentor=match.mentor_id, state__in=TOGETHER).exists()
    if has_child == (last is not None and last.kind == HAS_CHILD):
        return
    record_fact(
        NewFact(
            kind=HAS_CHILD if has_child else HAS_NONE, subject_kind=MOM_SUBJECT, subject_id=match.mentor_id,
            happened_on=max(step.happened_on, last.happened_on) if last else step.happened_on,
            actor_id=said.actor.user_id, unit_id=match.mentor.unit_id, unit_path=match.mentor.unit_path,
            attributes={"match": match.pk, "step": step.pk},
        ),
        now=said.now,
    )  # fmt: skip


def take_back_company(match: Match, step: MatchStep, said: Said) -> None:
    """What the undone step said of her goes with it; what her other matches say is brought in line."""
    told = standing_facts().filter(subject_kind=MOM_SUBJECT, subject_id=match.mentor_id)
    for fact in told.filter(kind__in=(HAS_CHILD, HAS_NONE), attributes__step=step.pk):
        correct_fact(old=fact, new=None, now=said.now)
    note_company(match, step, said)
