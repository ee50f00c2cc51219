"""What a family has of its own: the page behind its link, and what it says there."""

from django.db import models
from django.db.models import Q

from sunward.casework.models import Case
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed
from sunward.mentoring.enums import FamilyWordKind
from sunward.people.enums import LegalBasis
from sunward.people.models import Person


@classified(
    public="office_phone",
    internal="id uid case guardian token_index made_at made_by_id is_supervised expires_on revoked_at last_opened_at"
    " failures",
)
class FamilyLink(Keyed):
    """A guardian's way to the page about the own child, without an account: a link and something only they know.

    Only the blind index of the link is kept. It ends with the guardianship, with the file, on its day, or when somebody
    revokes it; `failures` counts wrong answers to the question behind it. `is_supervised`: made by a supervisor, as it
    has to be where guardianship is improper. `office_phone` is the committee's own number for the button on the page.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="family_links")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="family_links")
    token_index = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField()
    is_supervised = models.BooleanField(default=False)
    office_phone = models.CharField(max_length=20, blank=True)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["case"], condition=Q(revoked_at=None), name="family_link_open")]


@classified(internal="id uid case guardian decided_at decided_by_id lifted_at lifted_by_id legal_basis", sealed="words")
class FamilyRefusal(Keyed):
    """A guardian who gets no link: decided by a person, with words, until it is lifted.

    The basis is the statutory duty to protect the child: a guardian may be the one who harms (Personal Information
    Protection Law, art. 13 and 31).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_refusals")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="family_refusals")
    legal_basis = models.CharField(max_length=20, choices=LegalBasis.choices, default=LegalBasis.STATUTORY_DUTY)
    words = SealedTextField()
    decided_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_id = models.BigIntegerField(default=0)


@classified(internal="id uid case guardian kind said_at answered_at answered_by_id", sealed="words answer")
class FamilyWord(Keyed):
    """An objection, a question or a thank-you of a guardian, and what was answered."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_words")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="family_words")
    kind = models.CharField(max_length=10, choices=FamilyWordKind.choices)
    words = SealedTextField(blank=True)
    said_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.BigIntegerField(default=0)
    answer = SealedTextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["case"], condition=Q(answered_at=None), name="family_word_waiting")]
