"""How a gathering is told in a line: when, what, in which state. Read by every page."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Fact, Tone
from sunward.gatherings.declaration import GatheringKind, gathering_kinds
from sunward.gatherings.enums import GatheringState, SignUpState
from sunward.gatherings.models import Gathering, Session, SignUp

Text = str | Promise
STATE_TONES: dict[str, Tone] = {
    GatheringState.DRAFT: "warn", GatheringState.PUBLISHED: "good", GatheringState.HELD: "calm",
    GatheringState.CANCELLED: "off", GatheringState.TEMPLATE: "info",
}  # fmt: skip
_NO_KIND = "calendar-event"


def kind_label(gathering: Gathering) -> Text:
    kind = gathering_kinds().get(gathering.kind)
    return kind.label if kind else gathering.kind


def kind_icon(gathering: Gathering) -> str:
    kind = gathering_kinds().get(gathering.kind)
    return kind.icon if kind else _NO_KIND


def state_label(gathering: Gathering) -> Text:
    return GatheringState(gathering.state).label


def say_times(session: Session) -> str:
    """``14:00–16:00``; over midnight with the day."""
    begins, ends = localtime(session.begins_at), localtime(session.ends_at)
    if begins.date() == ends.date():
        return f"{begins:%H:%M}–{ends:%H:%M}"
    return f"{begins:%H:%M}–{ends:%m-%d %H:%M}"


def say_session(session: Session) -> str:
    """``2026-11-28 14:00–16:00``."""
    return f"{localtime(session.begins_at):%Y-%m-%d} {say_times(session)}"


def say_when(gathering: Gathering) -> str:
    """The first session and how many follow; without sessions the days, the month, or what was delivered in words.

    Reads `sessions`: prefetch them.
    """
    sessions = list(gathering.sessions.all())
    if sessions:
        more = len(sessions) - 1
        rest = ngettext("and %(more)d more time", "and %(more)d more times", more) % {"more": more} if more else ""
        return f"{say_session(sessions[0])} {rest}".strip()
    if gathering.begins_on is None:
        return gathering.month or gathering.when_note or gettext("day not fixed yet")
    if gathering.ends_on is None or gathering.ends_on == gathering.begins_on:
        return gathering.begins_on.isoformat()
    return f"{gathering.begins_on.isoformat()} – {gathering.ends_on.isoformat()}"


def say_places(gathering: Gathering, placed: int) -> str:
    """``28 / 30``; without a limit only how many come."""
    return f"{placed} / {gathering.places}" if gathering.places is not None else str(placed)


def list_where(gathering: Gathering) -> Iterator[Fact]:
    """The place, and its point as a link (RFC 5870) that a phone opens in its map."""
    yield Fact(_("Place"), gathering.place)
    if gathering.point is not None:
        # Five decimals are a metre.
        degrees = [f"{one:.5f}" for one in gathering.point]
        yield Fact(_("Map point"), ", ".join(degrees), href=f"geo:{','.join(degrees)}")


def say_cost(cost: Decimal) -> Text:
    return _("free") if not cost else _("%(cost)s yuan") % {"cost": f"{cost:g}" if cost % 1 else int(cost)}


def say_fields(gathering: Gathering, kind: GatheringKind | None) -> list[tuple[Text, Text]]:
    """The kind's own fields that have a value, in its order."""
    found: list[tuple[Text, Text]] = []
    for field in kind.fields if kind else ():
        value = gathering.fields.get(field.key, "")
        if value not in ("", None):
            found.append((capfirst(str(field.label)), dict(field.choices).get(str(value), str(value))))
    return found


def say_outcome(rows: Sequence[SignUp]) -> str:
    """What came of a sign-up: places, or the waiting list."""
    count = len(rows)
    if rows[0].state == SignUpState.PLACED:
        return ngettext("%(count)d place is reserved.", "%(count)d places are reserved.", count) % {"count": count}
    return gettext("It is full: you are on the waiting list and move up by yourselves when places become free.")
