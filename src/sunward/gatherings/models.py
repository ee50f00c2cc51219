"""Gatherings: when and where people come together, who has a place, who came, and what they said."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit, User
from sunward.accounts.scopes import below
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import JobRun, Keyed, Versioned
from sunward.gatherings.enums import (
    Audience,
    CheckedInBy,
    Duty,
    GatheringState,
    HalfDay,
    Mode,
    Part,
    Presence,
    RoadshowState,
    SignedUpBy,
    SignUpState,
)
from sunward.people.models import ConsentRecord, Person


@classified(internal="id uid title rule made_by_id made_at")
class Series(Keyed):
    """Gatherings that repeat: each is one of its own, this only says that they belong together, and by which rule."""

    title = models.CharField(max_length=80)
    rule = models.CharField(max_length=20)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def within(self, paths: tuple[str, ...]) -> "GatheringQuerySet":
        """Gatherings hosted at or below any of the paths; no path, no gathering."""
        return self.filter(below(paths))

    def published(self) -> "GatheringQuerySet":
        return self.filter(state=GatheringState.PUBLISHED)

    def between(self, first: date, last: date) -> "GatheringQuerySet":
        """Whatever touches the days from `first` to `last`, both counted."""
        return self.filter(begins_on__lte=last, ends_on__gte=first)


@classified(
    public="id uid programme kind title host state mode place lon lat places begins_on ends_on month cost"
    " audience age_min age_max is_public sign_up_until",
    internal="version when_note online_link fields children_per_adult reported_attendance summary series copied_from_id"
    " source_batch_id made_by_id made_at published_at cancel_reason unit_path feedback_asked_at",
)
class Gathering(Keyed, Versioned):
    """An outing, a training, a course session, a fair: `kind` is declared by a programme, with its own `fields`.

    `places` None means as many as come. `begins_on` and `ends_on` repeat the sessions' first and last day, so that a
    calendar reads one table; a gathering whose day is not fixed yet has none, perhaps a `month` (``2022-10``), and
    `when_note` holds what was delivered in words. `children_per_adult` is the ratio that sign-ups must keep.
    """

    programme = models.CharField(max_length=30)
    kind = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=80)
    unit_path = models.CharField(max_length=80, db_index=True)
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("host"))
    state = models.CharField(max_length=10, choices=GatheringState.choices, default=GatheringState.DRAFT)
    mode = models.CharField(_("form"), max_length=10, choices=Mode.choices, default=Mode.OFFLINE)
    place = models.CharField(_("place"), max_length=120, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    online_link = models.URLField(_("online link"), max_length=300, blank=True)
    places = models.PositiveIntegerField(_("places"), null=True, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    month = models.CharField(max_length=7, blank=True)
    when_note = models.CharField(max_length=60, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=8, decimal_places=2, default=0)
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience.choices, default=Audience.EVERYBODY)
    age_min = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_max = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    children_per_adult = models.PositiveSmallIntegerField(_("children per adult"), null=True, blank=True)
    is_public = models.BooleanField(_("may be announced in groups"), default=False)
    sign_up_until = models.DateTimeField(_("sign up until"), null=True, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    reported_attendance = models.PositiveIntegerField(null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="gatherings")
    copied_from_id = models.BigIntegerField(null=True, blank=True)
    source_batch_id = models.BigIntegerField(null=True, blank=True)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    feedback_asked_at = models.DateTimeField(null=True, blank=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(begins_on=None, ends_on=None)
                | Q(begins_on__isnull=False, ends_on__gte=models.F("begins_on")),
                name="gathering_ends_after_it_begins",
                violation_error_message=_("The end must come after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(age_min=None) | Q(age_max=None) | Q(age_max__gte=models.F("age_min")),
                name="gathering_ages_in_order",
                violation_error_message=_("The oldest age must not be below the youngest."),
            ),
            models.CheckConstraint(
                condition=Q(children_per_adult=None) | Q(children_per_adult__gt=0),
                name="gathering_ratio_positive",
                violation_error_message=_("One adult answers for at least one child."),
            ),
        ]
        indexes = [
            models.Index(fields=["begins_on", "unit_path"], name="gathering_by_day"),
            models.Index(fields=["source_batch_id"], name="gathering_by_batch"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"G{self.pk:06d}"

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in WGS-84 degrees."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@classified(public="id gathering begins_at ends_at", internal="note reminded_at")
class Session(models.Model):
    """One stretch of time of a gathering. `reminded_at`: when those who have a place were reminded of it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sessions")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=80, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begins_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("begins_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("The end must come after the beginning."),
            ),
        ]
        indexes = [models.Index(fields=["begins_at"], name="session_by_time")]


@classified(public="id gathering number title place lon lat minutes narration")
class Stop(models.Model):
    """One of the places that an outing comes by, in the order of `number`, with what is told there.

    `minutes` is the planned stay; `lon` and `lat` are WGS-84 degrees, or both empty.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="stops")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("stop"), max_length=60)
    place = models.CharField(_("place"), max_length=120, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    narration = models.TextField(_("narration"), blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="stop_number_once")]


@classified(internal="id gathering user duty", personal="name")
class Steward(models.Model):
    """Who does what at a gathering: a user of the house, or somebody from outside by name."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="stewards")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    duty = models.CharField(max_length=12, choices=Duty.choices, default=Duty.HELPER)


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def standing(self) -> "SignUpQuerySet":
        return self.exclude(state=SignUpState.WITHDRAWN)

    def placed(self) -> "SignUpQuerySet":
        return self.filter(state=SignUpState.PLACED)

    def waiting(self) -> "SignUpQuerySet":
        """In the order in which they came; a group keeps one number."""
        return self.filter(state=SignUpState.WAITING).order_by("queue", "pk")


@classified(
    internal="id uid gathering person part state party queue signed_up_by by consent signed_up_at placed_at"
    " withdrawn_at unit_path code has_given_feedback guest_phone_index",
    personal="guest_name guest_age",
    sensitive="withdraw_reason",
    sealed="guest_phone",
)
class SignUp(Keyed):
    """One head that takes one place, now or when one becomes free.

    Who comes together shares a `party` and moves up together or not at all. `queue` is the place in line: the smallest
    waits longest. Either `person` is known, or a guest (a mentor's own child) is named. `code` is six digits that the
    person types at the door; `consent` is the guardian's consent that was on file when a child was signed up.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="sign_ups")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="sign_ups")
    guest_name = models.CharField(_("name"), max_length=60, blank=True)
    guest_age = models.PositiveSmallIntegerField(_("age"), null=True, blank=True)
    guest_phone = SealedTextField(blank=True)
    guest_phone_index = models.CharField(max_length=32, blank=True)
    part = models.CharField(max_length=12, choices=Part.choices, default=Part.PARTICIPANT)
    state = models.CharField(max_length=10, choices=SignUpState.choices)
    party = models.UUIDField()
    queue = models.PositiveBigIntegerField()
    signed_up_by = models.CharField(max_length=6, choices=SignedUpBy.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # Where the one who comes was at home when signed up; who may see the line is asked of the person's unit of today.
    unit_path = models.CharField(max_length=80, blank=True)
    consent = models.ForeignKey(ConsentRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    signed_up_at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=200, blank=True)
    has_given_feedback = models.BooleanField(default=False)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"],
                condition=Q(person__isnull=False) & ~Q(state="withdrawn"),
                name="signed_up_once",
                violation_error_message=_("This person is already signed up."),
            ),
            models.UniqueConstraint(fields=["gathering", "code"], name="sign_up_code_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest_name="") | (Q(person=None) & ~Q(guest_name="")),
                name="sign_up_is_a_person_or_a_guest",
                violation_error_message=_("Choose a person, or give a guest's name."),
            ),
        ]
        indexes = [
            models.Index(fields=["gathering", "state", "queue"], name="sign_up_in_line"),
            models.Index(fields=["party"], name="sign_up_by_party"),
        ]

    @property
    def home_path(self) -> str:
        """Of the person's unit today, of a guest's as it was. Reads `person`: fetch it along."""
        return (self.person.unit_path if self.person else "") or self.unit_path


@classified(internal="id sign_up session presence checked_in_at checked_in_by by_id")
class Attendance(models.Model):
    """Whether somebody came to one session."""

    sign_up = models.ForeignKey(SignUp, on_delete=models.PROTECT, related_name="attendances")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=8, choices=Presence.choices)
    checked_in_at = models.DateTimeField()
    checked_in_by = models.CharField(max_length=6, choices=CheckedInBy.choices)
    by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sign_up", "session"], name="attendance_once")]


@classified(internal="id uid gathering satisfaction given_on sign_up", sealed="words")
class Feedback(Keyed):
    """What somebody said afterwards. Anonymous where wished: then `sign_up` stays empty and nothing leads back."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="feedback")
    sign_up = models.ForeignKey(SignUp, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"))
    words = SealedTextField(_("in your words"), blank=True)
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfaction__gte=1, satisfaction__lte=5),
                name="satisfaction_one_to_five",
                violation_error_message=_("Satisfaction is between 1 and 5."),
            ),
        ]


@classified(internal="id gathering token_index opens_at closes_at made_by_id wrong_tries")
class Door(models.Model):
    """The code shown at the door; only its blind index is kept. It opens shortly before and closes with the end."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="doors")
    token_index = models.CharField(max_length=64, unique=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(default=0)
    wrong_tries = models.PositiveIntegerField(default=0)


@classified(internal="id uid gathering made_by made_at expires_at")
class ContactSheet(Keyed):
    """Permission to open the emergency contacts of one gathering, for a while; the names stay where they are."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="contact_sheets")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()


@classified(internal="id user token_index made_at revoked_at last_read_at unit_path")
class CalendarFeed(models.Model):
    """A link that a calendar program reads: only its blind index is kept, and it can be revoked."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    unit_path = models.CharField(max_length=80, blank=True)
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)


@classified(
    internal="id uid version title programme kind unit unit_path state first_month last_month request outcome proposed"
    " job made_by_id made_at published_at"
)
class Roadshow(Keyed, Versioned):
    """A plan of courses through the sub-districts: what was asked for, and the slots proposed for it.

    `request` holds what the planner was given (sub-districts, occupations, speakers with their free days, venues),
    `outcome` what it proved of the slots that stand, and `proposed` a plan that nobody has accepted yet; all three as
    `gatherings.roadshow.documents` writes them.
    """

    title = models.CharField(_("title"), max_length=80)
    programme = models.CharField(max_length=30)
    kind = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, db_index=True)
    state = models.CharField(max_length=10, choices=RoadshowState.choices, default=RoadshowState.DRAFT)
    first_month = models.CharField(max_length=7)
    last_month = models.CharField(max_length=7)
    request = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict, blank=True)
    proposed = models.JSONField(default=dict, blank=True)
    job = models.ForeignKey(JobRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)


@classified(
    internal="id uid roadshow number subdistrict month day half_day occupation speaker venue is_fixed gathering reasons"
)
class RoadshowSlot(Keyed):
    """One session of a roadshow: asked for (`subdistrict`, `month`, `occupation`), and placed if it could be.

    `is_fixed`: a person put it there and the planner leaves it; `reasons` say why it could not be placed.
    """

    roadshow = models.ForeignKey(Roadshow, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveIntegerField()
    subdistrict = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    occupation = models.CharField(max_length=60, blank=True)
    day = models.DateField(null=True, blank=True)
    half_day = models.CharField(max_length=2, choices=HalfDay.choices, blank=True)
    speaker = models.CharField(max_length=60, blank=True)
    venue = models.CharField(max_length=120, blank=True)
    is_fixed = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True)
    gathering = models.ForeignKey(Gathering, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["roadshow", "number"], name="roadshow_slot_once")]
