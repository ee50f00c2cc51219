"""Who may plan a gathering, who may see that there is one, and whose names each of them sees.

A kind's own roles plan it and see everybody who comes to what their units host. Everybody else sees of the open ones
the facts, and of those who come only her own. "Not yours" and "not there" are the same answer.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_looks
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.accounts.scopes import above, below
from sunward.audit.chain import Subject
from sunward.casework.access import case_subject, visible_cases
from sunward.casework.models import Case
from sunward.casework.programmes import family_programmes
from sunward.core.refusals import NotThere
from sunward.gatherings.ages import CHILD_AUDIENCES
from sunward.gatherings.declaration import (
    GatheringKind,
    gathering_kinds,
    kinds_planned_by,
    own_person_ids,
    volunteer_keys,
)
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import (
    CalendarFeed,
    ContactSheet,
    Gathering,
    GatheringQuerySet,
    Roadshow,
    SignUp,
    SignUpQuerySet,
)
from sunward.gatherings.roles import PLANNERS, TAKING_PART
from sunward.gatherings.tokens import token_index
from sunward.people.models import Guardianship, Person

GATHERING_SUBJECT = "gathering"
PERSON_SUBJECT = "person"
OPEN_STATES = (GatheringState.PUBLISHED, GatheringState.HELD, GatheringState.CANCELLED)


def planned_gatherings(actor: Actor) -> GatheringQuerySet:
    """What the actor plans: of kinds that her posts plan, hosted at or below the units of those posts."""
    kinds_by_paths: dict[tuple[str, ...], list[str]] = {}
    for kind in gathering_kinds().values():
        kinds_by_paths.setdefault(actor.paths(*kind.roles), []).append(kind.code)
    planned = Q(pk__in=[])
    for paths, kinds in kinds_by_paths.items():
        planned |= below(paths) & Q(kind__in=kinds)
    return Gathering.objects.filter(planned)


def open_gatherings(actor: Actor) -> GatheringQuerySet:
    """Published ones, as facts without persons, hosted at, above or below the units of the actor's posts.

    Where children come, an employment officer has nobody to bring and nothing to see.
    """
    everywhere = _around(actor.paths(*TAKING_PART)) & ~Q(audience__in=CHILD_AUDIENCES)
    with_children = _around(actor.paths(*CASEWORK_ROLES, Role.MENTOR))
    return Gathering.objects.filter(everywhere | with_children, state__in=OPEN_STATES, published_at__isnull=False)


def _around(paths: tuple[str, ...]) -> Q:
    return below(paths) | Q(unit_path__in=above(paths))


def seen_gatherings(actor: Actor) -> GatheringQuerySet:
    """What the actor plans together with what is open to her."""
    return planned_gatherings(actor) | open_gatherings(actor)


def public_gatherings() -> GatheringQuerySet:
    """Where anybody may sign up without an account: announced to everybody, of a kind that is for everybody and lets
    people do it themselves, and never where children come."""
    kinds = [kind.code for kind in gathering_kinds().values() if kind.self_sign_up and kind.is_public]
    open_ones = Gathering.objects.published().filter(is_public=True, kind__in=kinds, begins_on__isnull=False)
    return open_ones.exclude(audience__in=CHILD_AUDIENCES)


def get_public_gathering(*, gathering_id: UUID) -> Gathering:
    return _found(public_gatherings().select_related("host"), gathering_id)


def get_planned_gathering(*, actor: Actor, gathering_id: UUID) -> Gathering:
    return _found(planned_gatherings(actor).select_related("host", "series"), gathering_id)


def get_open_gathering(*, actor: Actor, gathering_id: UUID) -> Gathering:
    """An open one, or one that the actor plans herself."""
    return _found(seen_gatherings(actor).select_related("host", "series"), gathering_id)


def get_gathering_for_change(*, actor: Actor, gathering_id: UUID) -> Gathering:
    """The planned gathering, locked, inside the act's transaction. Its row is the lock of all its places."""
    return _found(planned_gatherings(actor).select_for_update(of=("self",)), gathering_id)


def get_gathering_to_join(*, actor: Actor, gathering_id: UUID) -> Gathering:
    """The gathering, locked, for whoever may sign somebody up or take somebody off."""
    return _found(seen_gatherings(actor).select_for_update(of=("self",)), gathering_id)


def _found(among: QuerySet[Gathering], gathering_id: UUID) -> Gathering:
    gathering = among.filter(uid=gathering_id).first()
    if gathering is None:
        raise gathering_not_there()
    return gathering


def gathering_not_there() -> NotThere:
    return NotThere("gatherings.gathering_not_there", _("There is no such gathering, or it is not yours to see."))


def sign_up_not_there() -> NotThere:
    return NotThere("gatherings.sign_up_not_there", _("There is no such sign-up, or it is not yours to see."))


def kind_of(gathering: Gathering) -> GatheringKind:
    """What its programme declares of its kind; a kind that is declared no longer is nobody's."""
    kind = gathering_kinds().get(gathering.kind)
    if kind is None:
        raise gathering_not_there()
    return kind


def hosts(actor: Actor, gathering: Gathering) -> bool:
    """Whether the actor is one of those who plan it and know who comes."""
    return gathering.unit_path.startswith(actor.paths(*kind_of(gathering).roles) or ("\0",))


def visible_sign_ups(actor: Actor, gathering: Gathering) -> SignUpQuerySet:
    """The host sees everybody. Staff see those of their own units, of the gathering's own programme, and whom they
    brought; a mentor her own pair."""
    everybody = SignUp.objects.filter(gathering=gathering)
    if hosts(actor, gathering):
        return everybody
    known = Q(person=None) | Q(person__programme=gathering.programme)
    seen = _coming_from(actor.paths(*kind_of(gathering).roles)) & known
    seen |= _coming_from(actor.paths(*PLANNERS)) & Q(by_id=actor.user_id)
    return everybody.filter(seen | _own(actor))


def _coming_from(paths: tuple[str, ...]) -> Q:
    """Who lives there today: whoever has moved since they were signed up is the new office's to see."""
    return below(paths, "person__unit_path") | (Q(person=None) | Q(person__unit_path="")) & below(paths)


def own_sign_ups(actor: Actor) -> SignUpQuerySet:
    """A mentor's own and those of the children entrusted to her today, with the guests she brings."""
    return SignUp.objects.filter(_own(actor))


def _own(actor: Actor) -> Q:
    if not actor.has(Role.MENTOR):
        return Q(pk__in=[])
    return Q(person_id__in=own_person_ids(actor)) | Q(person=None, by_id=actor.user_id)


def persons_to_sign_up(actor: Actor) -> QuerySet[Person]:
    """Persons whose open file the actor may see, who cares for them today, and her programme's volunteers."""
    own = visible_cases(actor).open()
    children = own.filter(programme__in=family_programmes())
    carers = Guardianship.objects.current(on=actor.on).filter(child__in=children.values("person_id"))
    found = Q(pk__in=own.values("person_id")) | Q(pk__in=carers.values("guardian_id"))
    for volunteers in volunteer_keys(actor):
        found |= Q(pk__in=volunteers)
    return Person.objects.filter(found)


def get_sign_up(*, actor: Actor, gathering_id: UUID, sign_up_id: UUID) -> tuple[Gathering, SignUp]:
    """One head that stands and that the actor sees, with the gathering."""
    gathering = get_open_gathering(actor=actor, gathering_id=gathering_id)
    row = visible_sign_ups(actor, gathering).standing().select_related("person").filter(uid=sign_up_id).first()
    if row is None:
        raise sign_up_not_there()
    return gathering, row


def open_list(*, actor: Actor, gathering_id: UUID, purpose: str, now: datetime) -> tuple[Gathering, list[SignUp]]:
    """The gathering with those who come, as far as the actor sees them; writes a look at each."""
    gathering = get_open_gathering(actor=actor, gathering_id=gathering_id)
    rows = list(visible_sign_ups(actor, gathering).standing().select_related("person").order_by("queue", "pk"))
    record_list_look(actor=actor, gathering=gathering, sign_ups=rows, purpose=purpose, now=now)
    return gathering, rows


def record_list_look(
    *,
    actor: Actor,
    gathering: Gathering,
    sign_ups: Iterable[SignUp],
    purpose: str,
    now: datetime,
    code: str = "gatherings.list_opened",
) -> None:
    """A look at each person's file in the gathering's programme, else at a child's; who has none is named by person,
    under the unit of today. A jobseeker's file does not tell that she was at an outing. Reads `person`: fetch it along.
    """
    named = {row.person_id: row.home_path for row in sign_ups if row.person_id}
    told = {gathering.programme, *family_programmes()}
    files = Case.objects.filter(person_id__in=named, programme__in=told).order_by("opened_on", "pk")
    nearest = sorted(files, key=lambda case: case.programme == gathering.programme)
    subjects = {case.person_id: (case_subject(case), case.unit_path) for case in nearest}
    at = [subjects.get(pk, (Subject(PERSON_SUBJECT, pk), path)) for pk, path in named.items()]
    record_looks(actor=actor, code=code, now=now, at=at, purpose=purpose)


def get_contact_sheet(*, actor: Actor, sheet_id: UUID, now: datetime) -> ContactSheet:
    """A sheet that has not expired, of a gathering that the actor plans; writes a look at each who is on it."""
    sheets = ContactSheet.objects.filter(uid=sheet_id, expires_at__gt=now).select_related("gathering__host")
    sheet = sheets.filter(gathering__in=planned_gatherings(actor)).first()
    if sheet is None:
        raise NotThere("gatherings.sheet_not_there", _("There is no such sheet, or it has expired."))
    record_list_look(
        actor=actor, gathering=sheet.gathering, now=now, code="gatherings.sheet_opened", purpose="contact_sheet",
        sign_ups=sheet.gathering.sign_ups.placed().select_related("person").order_by("queue", "pk"),
    )  # fmt: skip
    return sheet


def get_feed(*, token: str) -> CalendarFeed:
    """The feed behind a link; a wrong link and a revoked one are the same answer. Its user's posts decide the rest."""
    feed = CalendarFeed.objects.filter(token_index=token_index(token), revoked_at=None).select_related("user").first()
    if feed is None or not feed.user.is_active:
        raise NotThere("gatherings.feed_not_there", _("This calendar link is not valid any more."))
    return feed


def roadshow_kinds(actor: Actor) -> tuple[GatheringKind, ...]:
    """The kinds that can go on a roadshow and that the actor plans: those with an occupation and a speaker."""
    return tuple(kind for kind in kinds_planned_by(actor) if {"occupation", "speaker"} <= {f.key for f in kind.fields})


def planned_roadshows(actor: Actor) -> QuerySet[Roadshow]:
    """Roadshows of the actor's units and of kinds that her posts there plan."""
    planned = Q(pk__in=[])
    for kind in roadshow_kinds(actor):
        planned |= below(actor.paths(*kind.roles)) & Q(kind=kind.code)
    return Roadshow.objects.filter(planned)


def get_roadshow(*, actor: Actor, roadshow_id: UUID) -> Roadshow:
    return _found_roadshow(planned_roadshows(actor).select_related("unit", "job"), roadshow_id)


def get_roadshow_for_change(*, actor: Actor, roadshow_id: UUID) -> Roadshow:
    """The roadshow, locked, inside the act's transaction."""
    return _found_roadshow(planned_roadshows(actor).select_for_update(of=("self",)), roadshow_id)


def _found_roadshow(among: QuerySet[Roadshow], roadshow_id: UUID) -> Roadshow:
    roadshow = among.filter(uid=roadshow_id).first()
    if roadshow is None:
        raise NotThere("gatherings.roadshow_not_there", _("There is no such roadshow, or it is not yours to see."))
    return roadshow
