"""The Monday message: one for each supervisor and week, in her language, with numbers and references and no name.

Whoever is away gets hers too; whoever stands in finds the absent one's units in the own message, marked.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sunward.accounts.access import Actor, Post
from sunward.accounts.deputies import list_absent_posts
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, User
from sunward.outreach.actions.writing import write_personal
from sunward.outreach.enums import MessagePurpose
from sunward.outreach.models import Message
from sunward.web.week.queries import Week, WeekPart, address_of, read_week

# References of one kind that stand in the message; the page has the others.
_REFERENCES = 12
# Only these are told one by one; of everything else the number is enough.
_TOLD_ONE_BY_ONE = ("silent_high", "silent_medium", "silent_low", "expiring")


@dataclass(frozen=True, slots=True)
class Charge:
    """One unit of which somebody hears; `absent` are those for whom she stands in there."""

    post: Post
    unit_code: str
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    user: User
    charges: tuple[Charge, ...]


def list_recipients(*, on: date) -> tuple[Recipient, ...]:
    """Who supervises, and who stands in for somebody who does. Each once, whatever she has to look after."""
    users: dict[int, User] = {}
    posts: dict[int, dict[str, Post]] = defaultdict(dict)
    absent: dict[tuple[int, str], list[str]] = defaultdict(list)
    for held in _supervisors(on):
        users[held.user_id] = held.user
        posts[held.user_id][held.unit.path] = Post(Role.SUPERVISOR, held.unit_id, held.unit.path, held.unit.name)
    for away in list_absent_posts(Role.SUPERVISOR, on=on):
        for deputy in away.deputies:
            users[deputy.pk] = deputy
            posts[deputy.pk].setdefault(away.post.unit_path, away.post)
            absent[deputy.pk, away.post.unit_path].append(str(away.absent))
    return tuple(
        Recipient(
            users[pk],
            tuple(Charge(post, _code(post), tuple(absent[pk, path])) for path, post in sorted(posts[pk].items())),
        )
        for pk in sorted(users)
    )


def write_letter(recipient: Recipient, *, on: date, now: datetime) -> Message:
    """Hers for this week; a second worker, or the same one again, finds it there."""
    year, week, _day = on.isocalendar()
    with override(recipient.user.language or settings.LANGUAGE_CODE):
        body = compose(recipient, on=on)
    only = recipient.charges[0].unit_code if len(recipient.charges) == 1 else ""
    return write_personal(
        key=f"week:{year}-W{week:02d}:{recipient.user.pk}", purpose=MessagePurpose.DUTY,
        reference=f"{year}-W{week:02d}", body=body, unit_path=recipient.charges[0].post.unit_path, now=now,
        user_id=recipient.user.pk, about="week", path=address_of(only),
    )  # fmt: skip


def compose(recipient: Recipient, *, on: date) -> str:
    """The words in the active language: a part for each unit."""
    lines: list[str] = []
    for charge in recipient.charges:
        actor = Actor(recipient.user.pk, str(recipient.user), on, (charge.post,))
        lines += [*_head(charge), *_tell(read_week(actor, on=on)), ""]
    if settings.SUNWARD_PUBLIC_URL:
        lines.append(settings.SUNWARD_PUBLIC_URL + address_of())
    return "\n".join(lines).strip()


def _head(charge: Charge) -> Iterator[str]:
    yield _("This week in %(unit)s") % {"unit": charge.post.unit_name}
    for name in charge.absent:
        yield _("(You stand in for %(name)s.)") % {"name": name}


def _tell(week: Week) -> Iterator[str]:
    if week.is_quiet:
        yield _("Nobody is waiting. Thank you for the good week; have another one.")
    for part in week.parts:
        yield _("%(title)s: %(count)d") % {"title": part.title, "count": part.count}
        if part.key in _TOLD_ONE_BY_ONE:
            yield from _one_by_one(part)


def _one_by_one(part: WeekPart) -> Iterator[str]:
    for line in part.lines[:_REFERENCES]:
        if line.days is not None:
            days = ngettext("%(days)d day without contact", "%(days)d days without contact", line.days)
            yield f"  {line.reference} · {days % {'days': line.days}}"
        elif line.expires_on is not None:
            until = _("valid until %(day)s") % {"day": date_format(line.expires_on, "Y-m-d")}
            yield f"  {line.reference} · {until}"
    rest = part.count - _REFERENCES
    if rest > 0:
        yield "  " + ngettext("and %(rest)d more", "and %(rest)d more", rest) % {"rest": rest}


def _supervisors(on: date) -> list[Assignment]:
    held = Assignment.objects.current(on=on).filter(role=Role.SUPERVISOR, user__is_active=True)
    return list(held.select_related("user", "unit").order_by("user_id", "unit__path"))


def _code(post: Post) -> str:
    """The unit's own code is the last part of its path."""
    return post.unit_path.strip("/").rpartition("/")[2]
