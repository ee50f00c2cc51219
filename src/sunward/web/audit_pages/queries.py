"""Acts and looks as the auditor reads them: by reference, never by a child's name."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.audit.enums import AuditKind
from sunward.audit.jobs import CHAIN_SUBJECT, INTACT, check_chain
from sunward.audit.models import AuditEntry, AuditHead
from sunward.core.jobs.models import JobRun, RunState
from sunward.core.jobs.queue import enqueue
from sunward.core.tables import Column
from sunward.web.audit_pages.details import say_details
from sunward.web.audit_pages.words import word_of

COLUMNS = (
    Column("number", _("No."), ("-number",), "number"),
    Column("at", _("When")),
    Column("who", _("Who")),
    Column("kind", _("Kind")),
    Column("code", _("What")),
    Column("subject", _("On what")),
    Column("detail", _("Details")),
)
# The everyday letter before a number, as the pages write it: C000012 is a file, M000003 a neighbour mom's.
LETTERS = {
    "case": "C", "mentor": "M", "user": "U", "person": "P", "worry": "W", "report": "R", "emergency": "E",
    "gathering": "G", "application": "A", "question": "Q", "vacancy": "V", "interest_survey": "I",
}  # fmt: skip
SUBJECT_WORDS = {
    "import_batch": _("Import"),
    "matching_run": _("Matching"),
    "matching_policy": _("Policy"),
    "match": _("Match"),
    "proposal": _("Proposal"),
    "follow_up": _("To do"),
    "service_record": _("Contact"),
    "channel": _("Channel"),
    "group": _("Community group"),
    "digest": _("Digest"),
    "message": _("Message"),
    "attendance": _("Check-in at a gathering"),
    "interest_reply": _("What somebody wishes to learn"),
    "interest_wish": _("Wish to learn something"),
    "broken_glass": _("Look in an emergency"),
    "calendar_feed": _("Calendar link"),
    "recommendation": _("Recommendation"),
    "placement": _("Work of a jobseeker"),
    "shortlist": _("Shortlists"),
    "employer": _("Employer"),
    "service_point": _("Leye Space"),
    "story": _("Story of success"),
    "appointment": _("Appointment"),
    "interview": pgettext_lazy("subject of an entry", "Interview at a booth"),
    "care_plan": _("Care plan"),
    "consent": _("Consent"),
    "expert": _("Expert"),
    "family_link": _("Link to a family's page"),
    "family_word": _("A family's word"),
    "feedback": _("Feedback on a gathering"),
    "goal": _("Goal"),
    "hint": _("Hint: perhaps the same child"),
    "material": _("Learning material"),
    "note": _("Note of experience"),
    "referral": _("Referral"),
    "reporting_link": _("Reporting link"),
    "resource": _("Resource"),
    "roadshow": _("Roadshow"),
    "sign_up": _("Sign-up"),
    "temporary_care": _("Temporary care"),
    "tutoring": _("Tutoring online"),
    "unit": _("Unit"),
    "employer_visit": _("Visit to an employer"),
    "vacancy_feed": _("Data feed of vacancies"),
    "meeting": _("Meeting"),
    "meeting_proposal": _("Proposal of a meeting"),
    "work_item": _("Line of work"),
    "research_result": _("Result of a university"),
    "district_enterprise": _("Enterprise of the district"),
}
_KINDS = {letter: kind for kind, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class EntryRow:
    number: int
    at: datetime
    who: str
    kind: str
    is_look: bool
    code: str
    word: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class EntryQuestion:
    kind: str = ""
    code: str = ""
    who: str = ""
    subject: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class ChainState:
    """The end of the chain as it stands, and what the last check found. `digest` pins the whole chain."""

    entries: int
    digest: str
    checked_at: datetime | None
    is_checking: bool
    is_intact: bool | None
    sentence: str


def list_entries(actor: Actor, asked: EntryQuestion) -> QuerySet[AuditEntry]:
    """What happened in the auditor's district, and what the system did on its own that is about nobody."""
    if not actor.has(Role.AUDITOR):
        return AuditEntry.objects.none()
    found = AuditEntry.objects.filter(below(actor.paths(Role.AUDITOR)) | Q(unit_path="", subject_id=None))
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.code:
        found = found.filter(code=asked.code)
    if asked.who:
        found = found.filter(actor_name__contains=asked.who)
    if asked.subject:
        kind, number = read_reference(asked.subject)
        found = found.filter(subject_kind=kind, subject_id=number) if kind else found.none()
    if asked.from_on:
        found = found.filter(at__gte=_begin(asked.from_on))
    if asked.until_on:
        found = found.filter(at__lt=_begin(asked.until_on + timedelta(days=1)))
    return found


def to_row(entry: AuditEntry) -> EntryRow:
    return EntryRow(
        number=entry.number,
        at=entry.at,
        who=entry.actor_name or str(_("The system")),
        kind=str(AuditKind(entry.kind).label),
        is_look=entry.kind == AuditKind.LOOK,
        code=entry.code,
        word=word_of(entry.code),
        subject=write_reference(entry.subject_kind, entry.subject_id),
        detail=say_details(entry.detail),
    )


def read_reference(text: str) -> tuple[str, int]:
    """``C000012`` → ("case", 12); ("", 0) if it is none."""
    letter, number = text.strip()[:1].upper(), text.strip()[1:]
    if letter not in _KINDS or not number.isascii() or not number.isdigit() or len(number) > 18:
        return "", 0
    return _KINDS[letter], int(number)


def write_reference(kind: str, number: int | None) -> str:
    if number is None:
        return ""
    return f"{LETTERS[kind]}{number:06d}" if kind in LETTERS else f"{SUBJECT_WORDS.get(kind, kind)} {number}"


def read_chain_state() -> ChainState:
    """Two queries."""
    head = AuditHead.objects.filter(pk=1).first()
    runs = list(JobRun.objects.about(CHAIN_SUBJECT).order_by("-pk")[:5])
    last = next((run for run in runs if run.state == RunState.DONE), None)
    language = get_language() or "zh-hans"
    return ChainState(
        entries=head.number if head else 0,
        digest=head.digest if head else "",
        checked_at=last.finished_at if last else None,
        is_checking=any(run.state in (RunState.WAITING, RunState.RUNNING) for run in runs),
        is_intact=last.message_code == INTACT if last else None,
        sentence=str(last.sentences.get(language, "")) if last else "",
    )


def ask_for_check(actor: Actor, *, now: datetime) -> None:
    """One check at a time; that it was asked for is an act too."""
    record_act(actor=actor, code="audit.check_asked", now=now)
    if not JobRun.objects.about(CHAIN_SUBJECT).open().exists():
        enqueue(check_chain.about(CHAIN_SUBJECT))


def _begin(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
