"""What somebody without an account reads of a gathering: facts that are public, and no person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Fact
from sunward.gatherings.access import kind_of
from sunward.gatherings.enums import Audience, Mode
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.page import say_ages
from sunward.gatherings.queries.wording import kind_label, list_where, say_cost, say_when
from sunward.gatherings.seating import is_full


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`more_page`: the name of the programme's page on which more stands, if it has one."""

    uid: UUID
    title: str
    when: str
    host: str
    facts: tuple[Fact, ...]
    has_age: bool
    is_full: bool
    is_closed: bool
    more_page: str


def read_public_page(gathering: Gathering, *, now: datetime) -> PublicPage:
    begins_at = gathering.sessions.values_list("begins_at", flat=True).first()
    until = gathering.sign_up_until or begins_at
    return PublicPage(
        uid=gathering.uid,
        title=gathering.title,
        when=say_when(gathering),
        host=gathering.host.name,
        facts=tuple(_list_facts(gathering)),
        has_age=(gathering.age_min, gathering.age_max) != (None, None),
        is_full=is_full(gathering),
        is_closed=until is not None and until <= now,
        more_page=kind_of(gathering).public_page,
    )


def _list_facts(gathering: Gathering) -> Iterator[Fact]:
    """Columns classified public; neither the online link nor the kind's own fields, which may name a speaker."""
    yield Fact(_("Kind"), kind_label(gathering))
    yield Fact(_("Host"), gathering.host.name)
    ages = say_ages(gathering.age_min, gathering.age_max)
    yield Fact(_("For whom"), Audience(gathering.audience).label, ages)
    if gathering.mode == Mode.ONLINE:
        yield Fact(_("Place"), Mode.ONLINE.label)
    else:
        yield from list_where(gathering)
    yield Fact(_("Cost"), say_cost(gathering.cost))
    if gathering.sign_up_until:
        yield Fact(_("Sign up until"), f"{localtime(gathering.sign_up_until):%Y-%m-%d %H:%M}")
