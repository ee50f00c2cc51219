"""What people say afterwards: one to five, and words. Anonymous where they wish: then nothing leads back to them."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.gatherings.access import get_gathering_for_change, sign_up_not_there
from sunward.gatherings.enums import GatheringState, SignUpState
from sunward.gatherings.models import Feedback, Gathering, SignUp
from sunward.gatherings.recording import FEEDBACK_SUBJECT, record_gathering_act, record_gathering_fact
from sunward.gatherings.tokens import read_feedback_token

FEEDBACK_DAYS = 30
WORDS_AT_MOST = 1000


def find_by_feedback_token(*, token: str, now: datetime) -> SignUp:
    """Behind the link of a message, until thirty days after the last day; otherwise there is nothing."""
    uid = read_feedback_token(token)
    row = SignUp.objects.placed().filter(uid=uid).select_related("gathering").first() if uid else None
    if row is None or not _is_open(row.gathering, now=now):
        raise NotThere("gatherings.feedback_not_there", _("This link is not valid any more. Thank you all the same."))
    return row


@transaction.atomic
def give_feedback(
    *, token: str, satisfaction: int, on: date, now: datetime, words: str = "", is_anonymous: bool = True
) -> None:
    """By the person, through the link of a message; once."""
    row = find_by_feedback_token(token=token, now=now)
    gathering = Gathering.objects.select_for_update(of=("self",)).get(pk=row.gathering_id)
    _write(gathering, row, Actor.system(), satisfaction=satisfaction, words=words, is_anonymous=is_anonymous, now=now)


@transaction.atomic
def record_feedback(
    *,
    actor: Actor,
    gathering_id: UUID,
    satisfaction: int,
    on: date,
    now: datetime,
    words: str = "",
    sign_up_id: UUID | None = None,
    is_anonymous: bool = False,
) -> None:
    """By the host, from a slip of paper or a call. Without a sign-up it is nobody's."""
    gathering = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    row = SignUp.objects.placed().filter(gathering=gathering, uid=sign_up_id).first() if sign_up_id else None
    if sign_up_id and row is None:
        raise sign_up_not_there()
    if not _is_open(gathering, now=now):
        raise Refusal("gatherings.feedback_closed", _("Feedback is taken from the beginning until thirty days after."))
    _write(gathering, row, actor, satisfaction=satisfaction, words=words, is_anonymous=is_anonymous, now=now)


def _is_open(gathering: Gathering, *, now: datetime) -> bool:
    if gathering.state not in {GatheringState.PUBLISHED, GatheringState.HELD} or gathering.ends_on is None:
        return False
    begun = gathering.sessions.filter(begins_at__lte=now).exists()
    return begun and localdate(now) <= gathering.ends_on + timedelta(days=FEEDBACK_DAYS)


def _write(
    gathering: Gathering,
    row: SignUp | None,
    actor: Actor,
    *,
    satisfaction: int,
    words: str,
    is_anonymous: bool,
    now: datetime,
) -> None:
    if not 1 <= satisfaction <= 5:
        raise Refusal("gatherings.satisfaction_out_of_range", _("Choose between one and five."))
    if len(words) > WORDS_AT_MOST:
        raise Refusal("gatherings.words_too_long", _("That is too long. Shorten it a little."))
    if row is not None and not _take_turn(row):
        raise Conflict("gatherings.feedback_given", _("You have told us already. Thank you!"))
    feedback = Feedback.objects.create(
        gathering=gathering, sign_up=None if is_anonymous else row, satisfaction=satisfaction, words=words.strip(),
        given_on=localdate(now),
    )  # fmt: skip
    record_gathering_fact(
        gathering, actor=actor, kind="gatherings.satisfaction", on=localdate(now), now=now,
        quantity=Decimal(satisfaction), subject=(FEEDBACK_SUBJECT, feedback.pk),
    )  # fmt: skip
    # Nothing here says who it was, and for somebody anonymous not even the moment's company does.
    record_gathering_act(gathering, actor=actor, code="gatherings.feedback_given", now=now, satisfaction=satisfaction)


def _take_turn(row: SignUp) -> bool:
    """Once for each, however often the button is pressed."""
    unsaid = SignUp.objects.filter(pk=row.pk, has_given_feedback=False).exclude(state=SignUpState.WITHDRAWN)
    return bool(unsaid.update(has_given_feedback=True))
