"""Vacancies as a machine reads and writes them: the keys, what was told to others, and what others have told."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed
from sunward.employment.enums import FeedDirection
from sunward.employment.models.vacancies import Vacancy


@classified(
    internal="id uid direction name unit unit_path key_index made_by_id made_at expires_on revoked_at last_used_at"
    " uses items minute minute_uses position snapshot outcome failure decided_at decided_by_id",
    sealed="address remote_key",
)
class VacancyFeed(Keyed):
    """One party with whom a district exchanges vacancies, in one direction. A lost key is renewed: the feed stays.

    Only the blind index of the key is kept. A feed that we fetch has no key of ours, but an `address` and perhaps a
    `remote_key`, which the other side has given. `position` is where it goes on, `snapshot` the whole list that is
    being told at present, `outcome` what came of the last delivery, in numbers. `minute_uses` counts within `minute`.
    """

    direction = models.CharField(max_length=3, choices=FeedDirection.choices)
    name = models.CharField(_("name"), max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, db_index=True)
    key_index = models.CharField(max_length=64, unique=True, null=True, blank=True)
    address = SealedTextField(blank=True)
    remote_key = SealedTextField(blank=True)
    made_by_id = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_on = models.DateField(_("valid until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    uses = models.PositiveIntegerField(default=0)
    items = models.PositiveIntegerField(default=0)
    minute = models.DateTimeField(null=True, blank=True)
    minute_uses = models.PositiveIntegerField(default=0)
    position = models.CharField(max_length=300, blank=True)
    snapshot = models.CharField(max_length=40, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    failure = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            # A source of a vacancy is known by the channel's name and its reference.
            models.UniqueConstraint(
                fields=["name"], condition=Q(direction=FeedDirection.IN), name="incoming_feed_has_its_own_name",
                violation_error_message=_("Another incoming feed is called that. Add the district to its name."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def is_valid(self, *, on: date) -> bool:
        return self.revoked_at is None and self.expires_on >= on

    @property
    def is_fetched(self) -> bool:
        return bool(self.address)


@classified(internal="id unit vacancy number mark version is_open content told_at")
class PublishedVacancy(models.Model):
    """What of a vacancy a district has told outside, and when in the order of all its changes (`number`).

    `content` holds public columns only (`employment.feeds.telling`), and is empty once it has ended. `mark` says of
    which state of the vacancy and its employer it was made, `version` of which version of the vacancy.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="published")
    number = models.BigIntegerField()
    mark = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    is_open = models.BooleanField(default=True)
    content = models.JSONField(default=dict, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "vacancy"], name="published_once_in_a_district"),
            models.UniqueConstraint(fields=["unit", "number"], name="published_in_one_order"),
        ]


@classified(
    internal="id uid feed reference vacancy digest snapshot told_at ended_at missing_since is_kept", sealed="told"
)
class FeedItem(Keyed):
    """What a channel calls a vacancy, and what it said last (`told`; it may name a contact).

    `missing_since`: the channel tells it no more, and a person has to say whether it shall end. `is_kept`: a person
    has said that it shall not. `snapshot`: the whole list in which it stood last.
    """

    feed = models.ForeignKey(VacancyFeed, on_delete=models.PROTECT, related_name="told_items")
    reference = models.CharField(max_length=80)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    told = SealedTextField(blank=True)
    snapshot = models.CharField(max_length=40, blank=True)
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    missing_since = models.DateTimeField(null=True, blank=True)
    is_kept = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "reference"], name="feed_tells_a_reference_once")]
        indexes = [
            models.Index(fields=["feed"], condition=Q(missing_since__isnull=False), name="feed_item_missing"),
        ]  # fmt: skip
