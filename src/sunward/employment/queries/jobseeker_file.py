"""One jobseeker's file as a page shows it. Sealed values are masked here; opening one is an act of its own.

Of consents only those are here that a jobseeker alone is asked for: of others nothing says for which programme they
were given, and a jobseeker may be known to another one.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.audit.queries import list_looks
from sunward.casework.access import case_subject
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.casework.queries.plans import FilePlans
from sunward.casework.timeline import (
    FollowUpRow,
    RecordRow,
    case_moments,
    label_reason,
    list_follow_ups,
    list_records,
    newest_first,
)
from sunward.core.furniture import Fact, Look, Moment, Text
from sunward.core.wording import join_words
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.enums import (
    ClientTagKind,
    Diagnosis,
    Education,
    Intention,
    Measure,
    Shift,
    Situation,
    TagEnd,
    Trait,
)
from sunward.employment.models import ClientTag, Guidance, Jobseeker, JobWish, ServiceFeedback
from sunward.employment.queries.action_plans import plan_moments, read_file_plans
from sunward.employment.queries.guarantee import GuaranteeCard, read_guarantee
from sunward.employment.queries.jobseekers import STALLED_DAYS, label
from sunward.employment.queries.placements import PlacementRow, list_placements
from sunward.employment.queries.recommendations import RecommendationRow, list_recommendations
from sunward.gatherings.queries.timeline import gathering_moments
from sunward.people.enums import IdKind, Precision
from sunward.people.masking import mask_address, mask_number, mask_phone
from sunward.people.models import Person

FIRST_RECORDS, FIRST_MOMENTS = 10, 40
# Why somebody looks, as the audit record says it.
LOOK_PURPOSES: dict[str, Text] = {
    "open": _("Working on the file"),
    "own": _("Looked at the own page"),
    "employer": _("The person applied there"),
    "act": _("Writing something down"),
    "edit": _("Correcting the profile"),
    "looks": _("Checking who has looked"),
    "story": _("A story of success"),
    "contact_jobseeker": _("Getting in touch with the jobseeker"),
    "policy": _("Applying for a policy on their behalf"),
    "verify_identity": _("Making sure it is the right person"),
    "duplicates": _("Checking for duplicates"),
    "gathering": _("Preparing a gathering"),
    "interests": _("Planning courses by what people wish"),
    "check_in": _("Checking in at a gathering"),
    "contact_sheet": _("Emergency contacts for a gathering"),
    "other": _("Other"),
}
LOOK_WORDS: dict[str, Text] = {
    "employment.id_number_shown": _("saw the document number"),
    "employment.phone_shown": _("saw the telephone"),
    "employment.address_shown": _("saw the address"),
}


@dataclass(frozen=True, slots=True)
class SealedFact:
    """A sealed value, masked. `what` names the column for opening it; empty if there is nothing to open."""

    what: str
    label: str
    masked: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register delivered, in its own words where it kept them, beside what the person said when called."""

    label: Text
    delivered: str
    written: str
    surveyed: str


@dataclass(frozen=True, slots=True)
class TagRow:
    kind: str
    from_on: date
    until_on: date | None
    why: str
    rule: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """What a guidance talk found and what follows, in words."""

    traits: str
    diagnoses: str
    measures: str
    advice: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A contact or service; `talk` if it was career guidance, absent where the record was withdrawn.

    `points`: how content the person was, from 1 to 5; None where nobody said.
    """

    record: RecordRow
    talk: Talk | None
    points: int | None
    words: str


@dataclass(frozen=True, slots=True)
class JobseekerFile:
    uid: UUID
    reference: str
    name: str
    unit_name: str
    is_open: bool
    version: int
    close_reason: str
    closed_on: date | None
    waiting_days: int
    is_stalled: bool
    facts: tuple[Fact, ...]
    sealed: tuple[SealedFact, ...]
    answers: tuple[Answer, ...]
    surveyed_on: date | None
    surveyed_by: str
    wishes: tuple[str, ...]
    tags: tuple[TagRow, ...]
    records: tuple[ServiceRow, ...]
    follow_ups: tuple[FollowUpRow, ...]
    guarantee: GuaranteeCard
    plans: FilePlans
    recommendations: tuple[RecommendationRow, ...]
    placements: tuple[PlacementRow, ...]
    moments: tuple[Moment, ...]
    looks: tuple[Look, ...]

    @property
    def is_long(self) -> bool:
        """More than a page shows at first; the rest is one click away."""
        return len(self.records) > FIRST_RECORDS or len(self.moments) > FIRST_MOMENTS

    @property
    def first_records(self) -> tuple[ServiceRow, ...]:
        return self.records[:FIRST_RECORDS]

    @property
    def first_moments(self) -> tuple[Moment, ...]:
        return self.moments[:FIRST_MOMENTS]


def read_jobseeker_file(case: Case, *, on: date) -> JobseekerFile:
    """A fixed number of queries, whatever the file holds. `case` comes from the gate, with its profile."""
    profile = getattr(case, "jobseeker", None) or Jobseeker()
    records = list_records(case, with_page=Q(pk=0))
    follow_ups = list_follow_ups(case, on=on)
    tags = list(ClientTag.objects.filter(case=case).order_by("-from_on", "-pk"))
    moments = case_moments(case, records=records, follow_ups=follow_ups, assessments=())
    moments += [*_tag_moments(tags, on=on), *gathering_moments(case.person_id, programme=PROGRAMME)]
    if profile.surveyed_on:
        who = str(profile.surveyed_by) if profile.surveyed_by else ""
        moments.append(Moment(profile.surveyed_on, _("Answered the survey call"), who=who, icon="phone"))
    plans = read_file_plans(case, on=on)
    moments += [*_reopened(case), *plan_moments(plans)]
    waiting_days, is_open = case.silent_days(on), case.state == CaseState.OPEN
    return JobseekerFile(
        uid=case.uid,
        reference=case.reference,
        name=case.person.name,
        unit_name=case.unit.name,
        is_open=is_open,
        version=case.version,
        close_reason=str(label_reason(case.close_reason, programme=PROGRAMME)),
        closed_on=case.closed_on,
        waiting_days=waiting_days,
        is_stalled=is_open and waiting_days > STALLED_DAYS,
        facts=_facts(case, profile, on=on),
        sealed=_sealed(case.person),
        answers=_answers(profile),
        surveyed_on=profile.surveyed_on,
        surveyed_by=str(profile.surveyed_by) if profile.surveyed_by else "",
        wishes=tuple(JobWish.objects.filter(case=case).order_by("rank").values_list("words", flat=True)),
        tags=tuple(sorted((_tag(row, on) for row in tags), key=lambda row: not row.is_current)),
        records=_with_talks(case, records),
        follow_ups=follow_ups,
        guarantee=read_guarantee(case, profile, on=on),
        plans=plans,
        recommendations=list_recommendations(case, on=on),
        placements=list_placements(case),
        moments=tuple(newest_first(moments)),
        looks=read_looks(case, most=5),
    )


def read_looks(case: Case, *, most: int) -> tuple[Look, ...]:
    """Who has looked at this file, in words. One query."""
    return tuple(
        Look(
            look.at, look.actor_name or _("The system"), LOOK_WORDS.get(look.code, ""),
            LOOK_PURPOSES.get(look.purpose, look.purpose),
        )
        for look in list_looks(case_subject(case), most=most)
    )  # fmt: skip


def _with_talks(case: Case, records: tuple[RecordRow, ...]) -> tuple[ServiceRow, ...]:
    """Two queries."""
    held = Guidance.objects.filter(record__case=case, record__withdrawn_at=None).select_related("record")
    talks = {row.record.uid: _talk(row) for row in held}
    said = ServiceFeedback.objects.filter(record__case=case).select_related("record")
    content = {row.record.uid: (row.points, row.words) for row in said}
    return tuple(ServiceRow(record, talks.get(record.uid), *content.get(record.uid, (None, ""))) for record in records)


def _talk(row: Guidance) -> Talk:
    return Talk(
        traits=join_words(label(Trait, str(one)) for one in row.traits),
        diagnoses=join_words(label(Diagnosis, str(one)) for one in row.diagnoses),
        measures=join_words(label(Measure, str(one)) for one in row.measures),
        advice=row.advice,
    )


def _reopened(case: Case) -> list[Moment]:
    """Of a jobseeker no risk is assessed: what is kept as an assessment is why a file was opened again. One query."""
    return [
        Moment(
            row.assessed_on, _("File opened again"), who=str(row.assessed_by or ""), note=row.reason, icon="folder-open"
        )
        for row in case.assessments.select_related("assessed_by").order_by("pk")
    ]


def _sealed(person: Person) -> tuple[SealedFact, ...]:
    number, phone, address = person.id_number, person.phone, person.address
    kind = str(IdKind(person.id_kind).label) if person.id_kind in IdKind else gettext("Document number")
    return (
        SealedFact("phone" if phone else "", gettext("Telephone"), mask_phone(phone)),
        SealedFact("id_number" if number else "", kind, mask_number(number)),
        SealedFact("address" if address else "", gettext("Address"), mask_address(address)),
    )


def _answers(profile: Jobseeker) -> tuple[Answer, ...]:
    written = profile.delivered
    return (
        Answer(
            _("Situation"), label(Situation, profile.situation), str(written.get("situation", "")),
            label(Situation, profile.surveyed_situation),
        ),
        Answer(
            _("Intention"), label(Intention, profile.intention), str(written.get("intention", "")),
            label(Intention, profile.surveyed_intention),
        ),
    )  # fmt: skip


def _facts(case: Case, profile: Jobseeker, *, on: date) -> tuple[Fact, ...]:
    person, age = case.person, case.person.age_on(on)
    return (
        Fact(_("Sex"), person.get_sex_display() if person.sex else ""),
        Fact(
            _("Date of birth"), _day(person.birth_date),
            note=_("%(age)s years old") % {"age": age} if age is not None else "",
        ),
        Fact(_("Lives in"), case.unit.name, note=_("Registered elsewhere") if profile.is_elsewhere else ""),
        Fact(_("Registered as unemployed on"), _day(profile.registered_on, profile.registered_precision)),
        Fact(_("Without work since"), _day(profile.unemployed_since)),
        Fact(_("Education"), str(Education(profile.education).label) if profile.education else ""),
        Fact(_("School and major"), profile.schooling),
        Fact(_("Graduated on"), _day(profile.graduated_on)),
        Fact(_("Skills"), join_words(map(str, profile.skills))),
        Fact(_("Experience"), profile.experience),
        Fact(_("Wished salary"), _salary(profile), note=_("yuan a month") if _salary(profile) else ""),
        Fact(_("Way to work, at most"), _minutes(profile.commute_minutes)),
        Fact(_("Shifts"), join_words(label(Shift, str(shift)) for shift in profile.shifts)),
        Fact(_("File opened"), _day(case.opened_on)),
        Fact(_("Last contact made"), _day(case.last_contact_on)),
    )  # fmt: skip


def _day(day: date | None, precision: str = Precision.DAY) -> str:
    """No more than is known: a register often knows the month only."""
    return date_format(day, {Precision.YEAR: "Y", Precision.MONTH: "Y-m"}.get(precision, "Y-m-d")) if day else ""  # type: ignore[call-overload]


def _salary(profile: Jobseeker) -> str:
    low, high = profile.salary_min, profile.salary_max
    if low and high and low != high:
        return f"{low}–{high}"
    if low and not high:
        return gettext("from %(yuan)s") % {"yuan": low}
    if high and not low:
        return gettext("up to %(yuan)s") % {"yuan": high}
    return str(low) if low else ""


def _minutes(minutes: int | None) -> str:
    return gettext("%(minutes)s minutes") % {"minutes": minutes} if minutes else ""


def _tag(tag: ClientTag, on: date) -> TagRow:
    return TagRow(
        kind=label(ClientTagKind, tag.kind),
        from_on=tag.from_on,
        until_on=tag.until_on,
        why=label(TagEnd, tag.end_reason),
        rule=tag.rule,
        is_current=tag.from_on <= on and (tag.until_on is None or tag.until_on > on),
    )


def _tag_moments(tags: list[ClientTag], *, on: date) -> list[Moment]:
    moments = []
    for tag in tags:
        word = {"kind": label(ClientTagKind, tag.kind)}
        moments.append(Moment(tag.from_on, _("Belongs to: %(kind)s") % word, icon="flag", tone="info"))
        if tag.until_on and tag.until_on <= on:
            why = label(TagEnd, tag.end_reason)
            moments.append(Moment(tag.until_on, _("No longer: %(kind)s") % word, note=why, icon="flag", tone="off"))
    return moments
