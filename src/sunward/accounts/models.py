"""Users, the dated tree of units, and who does what where, from when until when."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import AbsenceReason, Role, UnitKind
from sunward.accounts.scopes import below
from sunward.core.classification import classified
from sunward.core.models import AppendOnly


class UnitQuerySet(models.QuerySet["Unit"]):
    def existing(self, *, on: date) -> "UnitQuerySet":
        return self.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gt=on))

    def within(self, paths: tuple[str, ...]) -> "UnitQuerySet":
        """The units at or below any of the paths; no path, no unit."""
        return self.filter(below(paths, "path"))


@classified(public="id code name short_name name_key kind parent path valid_from valid_until phone lon lat")
class Unit(models.Model):
    """A node of the administrative tree. `path` holds the codes from the district down: ``/310110/310110001/``.

    `phone` is the office's own number, which families and other offices are told; never somebody's own.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=40)
    name_key = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=80, unique=True)
    valid_from = models.DateField(default=date(2000, 1, 1))
    valid_until = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # WGS-84 degrees of the unit's middle; an estimate, never used to decide residence (see data source).
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@classified(internal="id old_path new_path on reason recorded_by_id recorded_at")
class UnitSuccession(AppendOnly):
    """From the day `on`, what was at or below `old_path` belongs to `new_path`: a merger, or a move in the tree.

    Rows that belong to somebody are moved by the act; facts stay where they happened and are led on by this row.
    """

    old_path = models.CharField(max_length=80)
    new_path = models.CharField(max_length=80)
    on = models.DateField()
    reason = models.CharField(max_length=200)
    recorded_by_id = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old_path", "on"], name="unit_succeeded_once_a_day")]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"


@classified(
    internal="id username password is_active is_staff is_superuser date_joined last_login language is_large_type"
    " has_one_time_password",
    personal="first_name last_name email name",
)
class User(AbstractUser):
    """A person who signs in. Rights come from assignments alone; Django's staff and superuser flags give none."""

    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(max_length=10, default="zh-hans")
    is_large_type = models.BooleanField(default=False)
    # Given by an administrator: it opens nothing but the page on which the user chooses an own one.
    has_one_time_password = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or self.username


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self, *, on: date) -> "AssignmentQuerySet":
        return self.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))


@classified(internal="id user role unit from_on until_on deputy_for reason")
class Assignment(models.Model):
    """One role in one unit between two days; a deputy's assignment names whom it stands in for, and why."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    deputy_for = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="deputies")
    reason = models.CharField(max_length=200, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=models.F("from_on")),
                name="assignment_ends_after_it_begins",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.UniqueConstraint(fields=["user", "role", "unit", "from_on"], name="assignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.unit}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def current(self, *, on: date) -> "AbsenceQuerySet":
        return self.filter(from_on__lte=on, until_on__gt=on)


@classified(internal="id user from_on until_on reason recorded_by_id recorded_at")
class Absence(models.Model):
    """Somebody is away, with an end: meanwhile what would reach them reaches whoever stands in (`deputies`)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=10, choices=AbsenceReason.choices, default=AbsenceReason.LEAVE)
    recorded_by_id = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=models.F("from_on")),
                name="absence_ends_after_it_begins",
                violation_error_message=_("The day of return comes after the first day away."),
            ),
        ]
