"""Where the service is given, by whom, and when somebody may come."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned
from sunward.employment.enums import AdviserTitle, AppointmentState, AppointmentTopic


@classified(public="name address phone hours", internal="id uid version unit unit_path is_open")
class ServicePoint(Keyed, Versioned):
    """A Leye Space (乐业空间): a place of a sub-district where people come for work."""

    name = models.CharField(_("name"), max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    address = models.CharField(_("address"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    hours = models.CharField(_("opening hours"), max_length=120, blank=True)
    is_open = models.BooleanField(_("open"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="service_point_once",
                violation_error_message=_("This sub-district already has a place of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@classified(internal="id case officer from_on until_on set_by_id")
class OfficerInCharge(models.Model):
    """Who looks after a jobseeker (专人专岗), from one day to another: one at a time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="officers")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    set_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(until_on=None), name="one_officer_in_charge")
        ]


@classified(public="title name knows", internal="id uid version point officer promised_on from_on until_on made_by_id")
class SpaceAdviser(Keyed, Versioned):
    """Who advises at a Leye Space with a title, from one day to another.

    The chief career adviser is an employment officer. A city mentor comes from a trade and has no account: she sits in
    beside an officer, sees no file, and has promised to keep what she hears to herself.
    """

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="advisers", db_index=False)
    title = models.CharField(max_length=10, choices=AdviserTitle.choices)
    officer = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=30, blank=True)
    knows = models.CharField(max_length=60)
    promised_on = models.DateField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    made_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(title="chief", officer__isnull=False, name="", promised_on=None)
                | (Q(title="mentor", officer=None, promised_on__isnull=False) & ~Q(name="")),
                name="adviser_is_officer_or_guest",
                violation_error_message=_("A chief adviser is an officer; a city mentor has a name and a promise."),
            ),
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(title="chief", until_on=None),
                name="one_chief_adviser_of_a_point",
                violation_error_message=_("This place has a chief career adviser already."),
            ),
        ]
        indexes = [models.Index(fields=["point", "title"], name="adviser_by_point")]

    def __str__(self) -> str:
        return self.name or str(self.officer)


@classified(internal="id uid point adviser mentor starts_at ends_at places made_by_id withdrawn_at")
class AppointmentSlot(Keyed):
    """A time at a service point at which up to `places` people may come to one adviser; `mentor` sits in, if any."""

    point = models.ForeignKey(ServicePoint, on_delete=models.PROTECT, related_name="slots", db_index=False)
    adviser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey(SpaceAdviser, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField(default=1)
    made_by_id = models.BigIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="slot_ends_after_it_starts",
                violation_error_message=_("The end has to be after the start."),
            ),
            models.UniqueConstraint(
                fields=["adviser", "starts_at"],
                condition=Q(withdrawn_at=None),
                name="one_slot_of_an_adviser",
                violation_error_message=_("The adviser already has a time that begins then."),
            ),
        ]
        indexes = [models.Index(fields=["point", "starts_at"], name="slot_by_point")]


@classified(internal="id uid version slot case topic state booked_at booked_by_id", sealed="note")
class Appointment(Keyed, Versioned):
    """A jobseeker's place in a slot."""

    slot = models.ForeignKey(AppointmentSlot, on_delete=models.PROTECT, related_name="appointments")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appointments")
    topic = models.CharField(max_length=10, choices=AppointmentTopic.choices)
    state = models.CharField(max_length=10, choices=AppointmentState.choices, default=AppointmentState.BOOKED)
    note = SealedTextField(blank=True)
    booked_at = models.DateTimeField()
    # 0: the jobseeker, on the own page.
    booked_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "case"],
                condition=~Q(state="cancelled"),
                name="one_appointment_in_a_slot",
                violation_error_message=_("This person already has this time."),
            )
        ]
