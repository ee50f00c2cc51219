"""How a jobseeker found work, told under another name."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import JOINED
from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.models import Keyed, Versioned
from sunward.employment.stories.enums import AgeBand, StoryState
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord


class StoryQuerySet(models.QuerySet["Story"]):
    def agreed(self, *, on: date) -> "StoryQuerySet":
        """Whose person agrees on the day to its being told."""
        consents = ConsentRecord.objects.valid(on=on).filter(
            person=OuterRef("case__person"), purpose=Purpose.STORY, legal_basis=LegalBasis.CONSENT
        )
        return self.filter(Exists(consents))

    def not_by(self, user_id: int) -> "StoryQuerySet":
        """Of which the user wrote nothing. The list of keys is searched as text: SQLite knows no other way."""
        told: StoryQuerySet = self.alias(writers=Cast("written_by_ids", models.TextField()))
        return told.exclude(Q(("writers__regex", rf"(^|[^0-9]){user_id}([^0-9]|$)")))

    def shown(self, *, on: date) -> "StoryQuerySet":
        """What others may read on the day: released and agreed to, of a file that still is one."""
        kept = self.filter(state=StoryState.RELEASED, case__retention__anonymised_on=None)
        return kept.exclude(case__close_reason=JOINED).agreed(on=on)


@classified(
    internal="id uid version case state helped written_by_ids written_at released_by_id released_at",
    personal="pseudonym title obstacle words outcome age_band kept reason",
    sensitive="client_tags",
)
class Story(Keyed, Versioned):
    """A story of success (成功案例): what stood in the way, what helped, what came of it.

    `helped` and `client_tags` hold codes; `kept` the words that look like a name and name nobody; `written_by_ids` all
    who wrote any of it, none of whom may release it. `reason`: why it was given back.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stories")
    pseudonym = models.CharField(_("other name"), max_length=12)
    title = models.CharField(_("title"), max_length=60)
    obstacle = models.CharField(_("what stood in the way"), max_length=300)
    words = models.TextField(_("what was done and what helped"))
    outcome = models.CharField(_("what came of it"), max_length=300)
    helped = models.JSONField(_("what helped"), default=list)
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand.choices, blank=True)
    client_tags = models.JSONField(default=list, blank=True)
    kept = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=StoryState.choices, default=StoryState.WRITTEN)
    reason = models.CharField(max_length=200, blank=True)
    written_by_ids = models.JSONField(default=list)
    written_at = models.DateTimeField()
    released_by_id = models.BigIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False) & ~Q(released_by_id=0),
                name="story_released_by_somebody",
                violation_error_message=_("A released story needs whoever released it."),
            )
        ]
        indexes = [
            models.Index(fields=["released_at", "id"], condition=Q(state="released"), name="story_released"),
            models.Index(fields=["written_at"], condition=Q(state="written"), name="story_waiting"),
        ]
