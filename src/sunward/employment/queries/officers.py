"""Who is in charge of whom: on a file, as figures by officer, and how files without anybody could be shared out.

The figures stand in the order of names and offices: nobody is ranked by them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from sunward.accounts.access import Actor
from sunward.accounts.models import Absence, Assignment, AssignmentQuerySet, User
from sunward.accounts.scopes import above
from sunward.casework.models import Case, CaseQuerySet
from sunward.employment.access.jobseekers import visible_jobseekers
from sunward.employment.access.officers import in_charge, in_charge_by_row, officer_posts, posts_around, posts_over
from sunward.employment.models import OfficerInCharge
from sunward.employment.queries.in_charge import AT_ONCE, MINE, NOBODY, Move, of_officer
from sunward.employment.queries.jobseekers import STALLED_DAYS

NAMES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Officer:
    user_id: int
    username: str
    name: str
    unit_name: str
    unit_path: str

    @property
    def words(self) -> str:
        return f"{self.name} · {self.unit_name}"


@dataclass(frozen=True, slots=True)
class Stint:
    name: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class OfficerCard:
    """`seen`: the row that stands; `has_left`: it is of somebody who has no post here any more, so nobody is in charge.
    `undo_id`: what may be taken back today, 0 if nothing."""

    name: str
    since: date | None
    seen: int
    has_left: bool
    is_mine: bool
    undo_id: int
    earlier: tuple[Stint, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Of one officer: files that are open, and of them those without a step for so long."""

    officer: Officer
    open: int
    stalled: int
    is_away: bool


@dataclass(frozen=True, slots=True)
class Caseload:
    loads: tuple[Load, ...]
    nobody: int
    nobody_stalled: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one officer would get: `now` files, `more` of those that nobody is in charge of."""

    officer: Officer
    now: int
    more: int

    @property
    def then(self) -> int:
        return self.now + self.more


@dataclass(frozen=True, slots=True)
class Plan:
    """Files and to whom they go. `mark` tells this plan from another; `left`: files to which nobody here can be put."""

    moves: tuple[Move, ...]
    names: tuple[str, ...]
    shares: tuple[Share, ...]
    left: int
    is_cut: bool

    @property
    def mark(self) -> str:
        said = [(move.case_id, move.officer_id, move.seen) for move in self.moves]
        return sha256(repr(said).encode()).hexdigest()[:24]

    @property
    def unnamed(self) -> int:
        return len(self.moves) - len(self.names)


def read_officer_card(case: Case, actor: Actor, *, on: date) -> OfficerCard:
    """Two queries."""
    rows = list(OfficerInCharge.objects.filter(case=case).select_related("officer").order_by("-pk"))
    last = rows[0] if rows else None
    held = last if last is not None and last.until_on is None else None
    valid = held is not None and in_charge(on=on).filter(pk=held.pk).exists()
    may_undo = last is not None and (last.until_on == on or (last.until_on is None and last.from_on == on))
    # What was overtaken on its first day has no day of its own.
    ended = [row for row in rows if row.until_on not in (None, row.from_on)]
    return OfficerCard(
        name=str(held.officer) if held is not None else "",
        since=held.from_on if held is not None else None,
        seen=held.pk if held is not None else 0,
        has_left=held is not None and not valid,
        is_mine=valid and held is not None and held.officer_id == actor.user_id,
        undo_id=last.pk if last is not None and may_undo else 0,
        earlier=tuple(Stint(str(row.officer), row.from_on, row.until_on) for row in ended[:3]),
    )


def standing_choice(case: Case) -> dict[str, str | int]:
    """Who stands on the file now, for its form. One query."""
    held = OfficerInCharge.objects.filter(case=case, until_on=None).select_related("officer").first()
    return {"officer": held.officer.username, "seen": held.pk} if held is not None else {}


def officers_of(case: Case, *, on: date) -> tuple[Officer, ...]:
    """Who can be in charge of this file, the nearest office first."""
    return _nearest_first(posts_over(case.unit_path, on=on))


def officers_around(actor: Actor, *, on: date) -> tuple[Officer, ...]:
    return _nearest_first(posts_around(actor, on=on))


def officer_asked(actor: Actor, asked: str, *, on: date) -> list[tuple[str, str]]:
    """The name for a link that asks for one officer's files; nothing, and no query, where it asks for none."""
    if asked in ("", MINE, NOBODY):
        return []
    return [(one.username, one.name) for one in officers_around(actor, on=on) if one.username == asked]


def read_caseload(actor: Actor, *, on: date) -> Caseload:
    """Of the files that the actor keeps. Five queries, whatever there is."""
    files = visible_jobseekers(actor).open()
    everything = _count(files, on=on)
    by_officer = _count_by_officer(files, on=on)
    away = set(Absence.objects.current(on=on).values_list("user_id", flat=True))
    loads = tuple(
        Load(one, *by_officer.get(one.user_id, (0, 0)), is_away=one.user_id in away)
        for one in sorted(officers_around(actor, on=on), key=lambda one: (one.unit_path, one.name))
    )
    held = [sum(column) for column in zip((0, 0), *by_officer.values(), strict=True)]
    return Caseload(loads, everything[0] - held[0], everything[1] - held[1])


def plan_handover(actor: Actor, *, source: str, target: str, unit_paths: tuple[str, ...], on: date) -> Plan:
    """All open files of one officer, or of nobody, to another; those of her that the other cannot keep are left."""
    files = visible_jobseekers(actor).open()
    files = files.within(unit_paths) if unit_paths else files
    # Of whoever has left, the rows stand although nobody is in charge: they are found by the row.
    held = OfficerInCharge.objects.filter(case=OuterRef("pk"), until_on=None, officer__username=source)
    files = of_officer(files, NOBODY, actor, on=on) if source == NOBODY else files.filter(Exists(held))
    posts = list(posts_around(actor, on=on).filter(user__username=target).select_related("user", "unit"))
    officers = _nearest_first_of(posts)
    if not officers:
        return Plan((), (), (), files.count(), is_cut=False)
    paths = tuple(post.unit.path for post in posts)
    fitting = files.within(paths)
    rows = list(fitting.select_related("person").order_by("unit_path", "pk")[: AT_ONCE + 1])
    left = files.count() - fitting.count()
    now = _count_by_officer(visible_jobseekers(actor).open(), on=on).get(officers[0].user_id, (0, 0))[0]
    chosen = rows[:AT_ONCE]
    return Plan(
        moves=_moves((case, officers[0].user_id) for case in chosen),
        names=tuple(case.person.name for case in chosen[:NAMES_SHOWN]),
        shares=(Share(officers[0], now, len(chosen)),),
        left=left,
        is_cut=len(rows) > AT_ONCE,
    )


def propose_balance(actor: Actor, *, on: date) -> Plan:
    """Files that nobody is in charge of, each to whoever of the nearest office has the fewest; nobody's are taken away.

    Whoever is away gets none. Files whose offices have nobody at all are left.
    """
    files = of_officer(visible_jobseekers(actor).open(), NOBODY, actor, on=on)
    rows = list(files.select_related("person").order_by("unit_path", "pk")[: AT_ONCE + 1])
    chosen = rows[:AT_ONCE]
    away = set(Absence.objects.current(on=on).values_list("user_id", flat=True))
    near: dict[str, list[Officer]] = defaultdict(list)
    for one in _each_post(posts_around(actor, on=on).select_related("user", "unit")):
        if one.user_id not in away:
            near[one.unit_path].append(one)
    load = {who: counts[0] for who, counts in _count_by_officer(visible_jobseekers(actor).open(), on=on).items()}
    begun, got, moves, names = dict(load), defaultdict[int, int](int), [], []
    known: dict[int, Officer] = {}
    for case in chosen:
        offices = (near[path] for path in reversed(above((case.unit_path,))) if near.get(path))
        candidates = next(offices, [])
        if not candidates:
            continue
        officer = min(candidates, key=lambda one: (load.get(one.user_id, 0), one.name, one.user_id))
        load[officer.user_id] = load.get(officer.user_id, 0) + 1
        got[officer.user_id] += 1
        known[officer.user_id] = officer
        moves.append((case, officer.user_id))
        names.append(case.person.name)
    shares = [Share(officer, begun.get(who, 0), got[who]) for who, officer in known.items()]
    return Plan(
        moves=_moves(moves),
        names=tuple(names[:NAMES_SHOWN]),
        shares=tuple(sorted(shares, key=lambda share: (share.officer.unit_path, share.officer.name))),
        left=len(chosen) - len(moves),
        is_cut=len(rows) > AT_ONCE,
    )


def handover_sources(actor: Actor) -> list[tuple[str, str]]:
    """Everybody whose rows stand on files that the actor keeps, also who has left. One query."""
    standing = OfficerInCharge.objects.filter(until_on=None, case__in=visible_jobseekers(actor).open())
    found = User.objects.filter(pk__in=standing.values("officer")).order_by("name", "pk")
    return [(user.username, str(user)) for user in found]


def _moves(chosen: Iterable[tuple[Case, int]]) -> tuple[Move, ...]:
    """With the row that stands on each: one query."""
    pairs = list(chosen)
    standing = OfficerInCharge.objects.filter(case__in=[case for case, _officer in pairs], until_on=None)
    held = dict(standing.values_list("case_id", "pk"))
    return tuple(Move(case.pk, officer, held.get(case.pk, 0)) for case, officer in pairs)


def _count(files: CaseQuerySet, *, on: date) -> tuple[int, int]:
    counted = files.annotate(since=Coalesce("last_contact_on", "opened_on")).aggregate(
        open=Count("pk"), stalled=Count("pk", filter=Q(since__lt=on - timedelta(days=STALLED_DAYS)))
    )
    return counted["open"], counted["stalled"]


def _count_by_officer(files: CaseQuerySet, *, on: date) -> Mapping[int, tuple[int, int]]:
    """By unit first: whether somebody holds a post is asked of a few hundred units, not of every file. Two queries."""
    posts: dict[int, list[str]] = defaultdict(list)
    for user, path in officer_posts(on=on).values_list("user", "unit__path"):
        posts[user].append(path)
    since = Coalesce("case__last_contact_on", "case__opened_on")
    counted = (
        in_charge_by_row(on=on)
        .filter(case__in=files)
        .annotate(since=since)
        .values_list("officer", "case__unit_path")
        .annotate(open=Count("pk"), stalled=Count("pk", filter=Q(since__lt=on - timedelta(days=STALLED_DAYS))))
        .order_by()
    )
    found: dict[int, tuple[int, int]] = {}
    for officer, path, count, stalled in counted:
        if any(path.startswith(own) for own in posts[officer]):
            before = found.get(officer, (0, 0))
            found[officer] = (before[0] + count, before[1] + stalled)
    return found


def _nearest_first(posts: AssignmentQuerySet) -> tuple[Officer, ...]:
    return _nearest_first_of(list(posts.select_related("user", "unit")))


def _nearest_first_of(posts: list[Assignment]) -> tuple[Officer, ...]:
    """Each person once, by the post that is nearest."""
    found: dict[int, Officer] = {}
    for one in sorted(_each_post(posts), key=lambda one: (-len(one.unit_path), one.unit_path, one.name, one.user_id)):
        found.setdefault(one.user_id, one)
    return tuple(found.values())


def _each_post(posts: Iterable[Assignment]) -> Iterable[Officer]:
    return (
        Officer(post.user_id, post.user.username, str(post.user), post.unit.short_name, post.unit.path)
        for post in posts
    )
