"""Users, posts and units as the administrator's pages show them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor, administered_posts, administered_units, administered_users, unit_not_there
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, User
from sunward.accounts.scopes import above
from sunward.core.furniture import Tone
from sunward.core.refusals import NotThere
from sunward.core.tables import Column

COLUMNS = (
    Column("name", _("Name"), ("name",)),
    Column("username", _("User name"), ("username",)),
    Column("posts", _("Posts")),
    Column("state", _("State"), ("-is_active",)),
    Column("last_login", _("Last sign-in"), ("-last_login",)),
)


@dataclass(frozen=True, slots=True)
class PostRow:
    """`state`: current, coming or ended."""

    id: int
    role: str
    unit_name: str
    from_on: date
    until_on: date | None
    deputy_for: str
    reason: str
    state: str
    may_have_deputy: bool


@dataclass(frozen=True, slots=True)
class UserRow:
    username: str
    name: str
    posts: tuple[str, ...]
    is_active: bool
    has_one_time_password: bool
    last_login: datetime | None

    @property
    def word(self) -> str:
        if not self.is_active:
            return str(_("Locked out"))
        return str(_("One-time password")) if self.has_one_time_password else str(_("In use"))

    @property
    def tone(self) -> Tone:
        if not self.is_active:
            return "off"
        return "info" if self.has_one_time_password else "good"


@dataclass(frozen=True, slots=True)
class UserPage:
    user: UserRow
    joined_on: date
    is_self: bool
    posts: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class UserQuestion:
    words: str = ""
    role: str = ""
    unit_path: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the tree with how many hold a post in it today, and below it."""

    code: str
    name: str
    phone: str
    kind: str
    posts: int
    posts_below: int
    units_below: int
    is_open: bool
    depth: int


def list_users(actor: Actor, asked: UserQuestion, *, on: date) -> QuerySet[User]:
    current = Assignment.objects.current(on=on)
    found = administered_users(actor).prefetch_related(
        Prefetch("assignments", current.select_related("unit").order_by("unit__path", "role"), to_attr="posts_today")
    )
    if asked.words:
        found = found.filter(Q(name__icontains=asked.words) | Q(username__icontains=asked.words))
    if asked.role or asked.unit_path:
        held = current.filter(**{"role": asked.role} if asked.role else {})
        held = held.filter(unit__path__startswith=asked.unit_path)
        found = found.filter(pk__in=held.values("user_id"))
    if asked.state == "locked":
        found = found.filter(is_active=False)
    elif asked.state == "none":
        found = found.exclude(pk__in=current.values("user_id"))
    return found


def to_row(user: User) -> UserRow:
    posts: list[Assignment] = user.posts_today  # type: ignore[attr-defined]
    return UserRow(
        username=user.username,
        name=user.name,
        posts=tuple(f"{Role(post.role).label} · {post.unit.name}" for post in posts),
        is_active=user.is_active,
        has_one_time_password=user.has_one_time_password,
        last_login=user.last_login,
    )


def read_user(actor: Actor, username: str, *, on: date) -> UserPage:
    user = list_users(actor, UserQuestion(), on=on).filter(username=username).first()
    if user is None:
        raise NotThere("accounts.user_not_there", _("There is no such user."))
    held = user.assignments.select_related("unit", "deputy_for").order_by("-from_on", "-pk")
    return UserPage(to_row(user), user.date_joined.date(), user.pk == actor.user_id, tuple(_post(p, on) for p in held))


def read_post(actor: Actor, assignment_id: int) -> tuple[str, PostRow]:
    """Whose post it is, by user name, and the post."""
    post = administered_posts(actor).select_related("user", "unit", "deputy_for").filter(pk=assignment_id).first()
    if post is None:
        raise NotThere("accounts.post_not_there", _("This post has ended already."))
    return post.user.username, _post(post, post.from_on)


def unit_choices(actor: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """Units for a form, grouped under their parent. One query."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in administered_units(actor).select_related("parent").order_by("path"):
        groups.setdefault(unit.parent.name if unit.parent else unit.name, []).append((str(unit.pk), unit.name))
    return list(groups.items())


def read_unit_tree(actor: Actor, opened: str, *, on: date) -> tuple[UnitRow, ...]:
    """The district, its departments and sub-districts, and the committees of the opened one. Two queries."""
    held = Counter(
        dict(
            administered_posts(actor).current(on=on).values_list("unit__path").annotate(count=Count("pk")).order_by()
        )
    )  # fmt: skip
    units = list(administered_units(actor).existing(on=on).order_by("path"))
    below = Counter(path for unit in units for path in _ancestors(unit.path))
    posts_below: Counter[str] = Counter()
    for path, count in held.items():
        for ancestor in _ancestors(path):
            posts_below[ancestor] += count
    shown = [unit for unit in units if unit.kind != UnitKind.COMMITTEE or unit.code.startswith(opened or "-")]
    return tuple(
        UnitRow(
            code=unit.code,
            name=unit.name,
            phone=unit.phone,
            kind=str(UnitKind(unit.kind).label),
            posts=held[unit.path],
            posts_below=posts_below[unit.path],
            units_below=below[unit.path],
            is_open=bool(opened) and unit.code == opened,
            depth=unit.path.strip("/").count("/"),
        )
        for unit in shown
    )


def get_administered_unit(actor: Actor, code: str) -> Unit:
    unit = administered_units(actor).filter(code=code).first()
    if unit is None:
        raise unit_not_there()
    return unit


def street_code_of(unit: Unit) -> str:
    """Which sub-district has to be open in the tree for the unit to be seen there."""
    codes = unit.path.strip("/").split("/")
    return codes[1] if len(codes) > 2 else ""


def find_office_phone(unit_path: str) -> str:
    """The number of the unit's office, else of the nearest above it that has one."""
    named = Unit.objects.filter(path__in=above((unit_path,))).exclude(phone="").order_by(Length("path").desc())
    return named.values_list("phone", flat=True).first() or ""


def path_of_unit(code: str) -> str:
    return Unit.objects.filter(code=code).values_list("path", flat=True).first() or ""


def filter_units(actor: Actor) -> Sequence[tuple[str, str]]:
    kinds = (UnitKind.DISTRICT, UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT)
    return [(unit.code, unit.name) for unit in administered_units(actor).filter(kind__in=kinds).order_by("path")]


def _post(post: Assignment, on: date) -> PostRow:
    state = "coming" if post.from_on > on else "ended" if post.until_on and post.until_on <= on else "current"
    return PostRow(
        id=post.pk,
        role=str(Role(post.role).label),
        unit_name=post.unit.name,
        from_on=post.from_on,
        until_on=post.until_on,
        deputy_for=str(post.deputy_for) if post.deputy_for else "",
        reason=post.reason,
        state=state,
        may_have_deputy=state == "current" and post.deputy_for is None and post.role != Role.MENTOR,
    )


def _ancestors(path: str) -> list[str]:
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:depth]) + "/" for depth in range(1, len(parts))]


def language_of(*, user_id: int) -> str:
    """The language a user reads; the house's own where there is no such user."""
    chosen = User.objects.filter(pk=user_id).values_list("language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE
