"""Persons, who lives with whom, who cares for whom, and on what legal basis we know it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import Unit
from sunward.core.classification import classified
from sunward.core.fields import SealedTextField
from sunward.core.models import Keyed, Versioned
from sunward.people.enums import DuplicateState, IdKind, LegalBasis, Precision, Purpose, Sex


@classified(
    internal="id uid version programme unit unit_path pseudonym id_kind id_index phone_index merged_into"
    " birth_precision lon lat",
    personal="name name_key sex birth_date",
    sealed="id_number phone address",
)
class Person(Keyed, Versioned):
    """A natural person as one programme knows them. The number, the phone and the address are sealed; blind indexes
    beside them find them again.

    Whoever is known to two programmes has a row in each, and no row leads to the other: neither programme reads, nor
    overwrites, what was told to the other.

    `unit` is where the person lives: the committee where known, else the sub-district. `unit_path` repeats its path
    so that a scope is one prefix. `pseudonym` stands in wherever a name must not; its 55 random bits need no index to
    be one person's alone. Whoever has no papers is found by name and phone together.
    """

    programme = models.CharField(max_length=30, blank=True)
    name = models.CharField(_("name"), max_length=80)
    name_key = models.CharField(max_length=160, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    birth_precision = models.CharField(max_length=5, choices=Precision.choices, default=Precision.DAY)
    id_kind = models.CharField(max_length=24, choices=IdKind.choices, blank=True)
    id_number = SealedTextField(blank=True)
    id_index = models.CharField(max_length=32, null=True, blank=True)
    phone = SealedTextField(blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    address = SealedTextField(blank=True)
    # A person is reached through a file, a volunteer, a number, a phone or a name, never by the unit; few are merged.
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = models.CharField(max_length=80, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    pseudonym = models.CharField(max_length=24)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )

    class Meta:
        constraints = [
            # The number first: whoever guards a text asks for it in all programmes at once.
            models.UniqueConstraint(
                fields=["id_index", "programme"],
                name="one_person_of_a_number",
                violation_error_message=_("This document number belongs to another person."),
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="person_by_name"),
            # The lists that are sorted by name.
            models.Index(fields=["name_key"], name="person_by_sound"),
            models.Index(fields=["phone_index", "name"], name="person_by_phone"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged"),
        ]

    def __str__(self) -> str:
        return self.name

    def age_on(self, on: date) -> int | None:
        """Full years by the calendar; the birthday itself counts."""
        if self.birth_date is None:
            return None
        had_birthday = (on.month, on.day) >= (self.birth_date.month, self.birth_date.day)
        return on.year - self.birth_date.year - (0 if had_birthday else 1)


@classified(internal="id uid unit unit_path", personal="note")
class Household(Keyed):
    """People who live together."""

    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=80, blank=True, db_index=True)
    note = models.CharField(max_length=200, blank=True)


class HouseholdMemberQuerySet(models.QuerySet["HouseholdMember"]):
    def current(self, *, on: date) -> "HouseholdMemberQuerySet":
        return self.filter(Q(until_on=None) | Q(until_on__gt=on))

    def beside(self, person_id: int, *, on: date) -> "HouseholdMemberQuerySet":
        """Who lives with this person on the day, themselves left out."""
        homes = HouseholdMember.objects.current(on=on).filter(person=person_id).values("household")
        return self.current(on=on).filter(household__in=homes).exclude(person=person_id)


@classified(internal="id household person from_on until_on", personal="role")
class HouseholdMember(models.Model):
    """Who lives in a household, from when until when: a person in one at a time."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = HouseholdMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(until_on__isnull=True), name="one_home_at_a_time")
        ]


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def current(self, *, on: date) -> "GuardianshipQuerySet":
        return self.filter(Q(until_on=None) | Q(until_on__gt=on))


@classified(internal="id child guardian from_on until_on is_primary", personal="relation lives_together")
class Guardianship(models.Model):
    """Who cares for a child, from when until when."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardianships")
    guardian = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wardships")
    relation = models.CharField(_("relation"), max_length=20, blank=True)
    lives_together = models.BooleanField(null=True)
    is_primary = models.BooleanField(default=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(child=models.F("guardian")),
                name="nobody_is_own_guardian",
                violation_error_message=_("A person cannot be their own guardian."),
            ),
        ]


class ConsentQuerySet(models.QuerySet["ConsentRecord"]):
    def valid(self, *, on: date) -> "ConsentQuerySet":
        return self.filter(given_on__lte=on, withdrawn_on=None).filter(Q(expires_on=None) | Q(expires_on__gt=on))

    def by_guardian(self, *, on: date) -> "ConsentQuerySet":
        """Given by whoever cares for the child on the day: not the child's own word, nor a former guardian's."""
        still = Q(given_by__wardships__until_on=None) | Q(given_by__wardships__until_on__gt=on)
        return self.filter(still, legal_basis=LegalBasis.CONSENT, given_by__wardships__child=F("person"))


@classified(
    internal="id person purpose legal_basis given_by given_on expires_on withdrawn_on recorded_by_id", personal="note"
)
class ConsentRecord(models.Model):
    """A legal basis for one purpose, with dates; consent also says who gave it. Withdrawal keeps the row."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents", db_index=False)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    legal_basis = models.CharField(max_length=20, choices=LegalBasis.choices)
    given_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="consents_given", db_index=False
    )
    given_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    recorded_by_id = models.BigIntegerField(default=0)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "purpose"], name="consent_by_person"),
            models.Index(fields=["given_by"], condition=Q(given_by__isnull=False), name="consent_by_giver"),
        ]


@classified(internal="id first second points reasons state decided_by_id decided_at unit_path")
class PossibleDuplicate(models.Model):
    """Two rows that may be one person, with the points that say so; a person decides."""

    first = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN)
    decided_by_id = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    unit_path = models.CharField(max_length=80, blank=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once")]
