"""The details of an entry in words. A key or a code that is missing here is shown as it is, and a test asks for it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.enums import LockReason, Role
from sunward.blueprint.enums import Answer, GaugeShape, Grade, ResultStepKind
from sunward.casework.enums import CloseReason, ContactOutcome, FollowUpKind, KeepReason, RiskLevel, ServiceKind
from sunward.core.wording import join_parts, join_words, say_value
from sunward.employment.enums import (
    AdviserTitle,
    AppointmentTopic,
    FeedDirection,
    JobseekerCloseReason,
    NextStep,
    ReleaseReason,
    StepKind,
    VacancyCloseReason,
)
from sunward.employment.packages import PackageKind
from sunward.employment.queries.jobseeker_file import LOOK_PURPOSES as JOBSEEKER_PURPOSES
from sunward.gatherings.enums import Duty, SignUpState
from sunward.matching.enums import ProposalState
from sunward.mentoring.enums import (
    DeclineReason,
    EndReason,
    IdentityCheck,
    LeaveReason,
    MatchFollowUp,
    MatchState,
    MentorState,
    NeedKind,
    PauseReason,
    VettingKind,
    VettingResult,
)
from sunward.mentoring.queries.child_file import LOOK_PURPOSES
from sunward.mentoring.tutoring.enums import TutoringState
from sunward.outreach.enums import ChannelKind, MessageState
from sunward.people.enums import LegalBasis, Purpose
from sunward.registers.enums import BatchState, Outcome
from sunward.web.audit_pages.words import COLUMN_WORDS

Text = str | Promise
Kinds = tuple[type[Choices], ...]

# What an entry's detail is called, in the order in which it is told, and the codes its value may be.
DETAILS: dict[str, tuple[Text, Kinds]] = {
    "purpose": (_("Purpose"), (Purpose,)),
    "basis": (_("Basis"), (LegalBasis,)),
    "kind": (_("Kind"), (ServiceKind, FollowUpKind, NextStep, MatchFollowUp, ChannelKind)),
    "title": (_("Advises as"), (AdviserTitle,)),
    "set": (_("Put into groups"), ()),
    "ended": (_("Taken out of groups"), ()),
    "other_file": (_("The other file"), ()),
    "outcome": (_("Outcome"), (ContactOutcome, Outcome)),
    "minutes": (_("Minutes"), ()),
    "need": (_("Need"), (NeedKind,)),
    "level": (_("Level"), (RiskLevel,)),
    "risk_level": (_("Level"), (RiskLevel,)),
    "vetting": (_("Vetting"), (VettingKind,)),
    "result": (_("Result"), (VettingResult,)),
    "before": (_("Before"), (MatchState, ProposalState, MessageState, MentorState)),
    "state": (_("State"), (BatchState, SignUpState, MentorState)),
    "reason": (
        _("Reason"),
        (
            EndReason,
            PauseReason,
            CloseReason,
            LockReason,
            LeaveReason,
            DeclineReason,
            ReleaseReason,
            VacancyCloseReason,
            JobseekerCloseReason,
        ),
    ),
    "role": (_("Role"), (Role,)),
    "duty": (_("Duty"), (Duty,)),
    "answer": (_("Answer"), (Answer,)),
    "heads": (_("Heads"), ()),
    "queue": (_("Number in line"), ()),
    "came": (_("Came"), ()),
    "changed": (_("Lines changed"), ()),
    "satisfaction": (_("Satisfaction"), ()),
    "sessions": (_("Times"), ()),
    "times": (_("More of the series"), ()),
    "until": (_("Until"), ()),
    "withheld": (_("Withheld figures"), ()),
    "files": (_("Files"), ()),
    "rows": (_("Rows"), ()),
    "kept": (_("Had to stay"), ()),
    "failed": (_("Could not be read"), ()),
    "columns": (_("Changed"), ()),
    "left_out": (_("Left out"), ()),
    "opted_out_of": (_("Wishes nothing about"), ()),
    "fingerprint": (_("Fingerprint"), ()),
    "suspension": (_("Suspension no."), ()),
    "filters": (_("Filters"), ()),
    "year": (_("Year"), ()),
    "points": (_("Points of likeness"), ()),
    "number": (_("Version"), ()),
    "version": (_("Version no."), ()),
    "match": (_("Match no."), ()),
    "officer": (_("Account no. of the officer"), ()),
    "package": (_("Package"), (PackageKind,)),
    "follow_ups": (_("Steps"), ()),
    "topic": (_("About"), (AppointmentTopic,)),
    "visit": (_("Visit no."), ()),
    "proposal": (_("Proposal no."), ()),
    "record": (_("Record no."), ()),
    "sheet": (_("Sheet no."), ()),
    "row": (_("Row no."), ()),
    "other": (_("Other person no."), ()),
    "user": (_("Account no."), ()),
    "assignment": (_("Post no."), ()),
    "sign_up": (_("Sign-up no."), ()),
    "session": (_("Session no."), ()),
    "steward": (_("Steward no."), ()),
    "stop": (_("Stop no."), ()),
    "source": (_("Copied from no."), ()),
    "locked": (_("Account locked"), ()),
    "application": (_("Application no."), ()),
    "certificate": (_("Certificate no."), ()),
    "from": (_("Before"), (TutoringState,)),
    "because": (_("Reason"), (KeepReason,)),
    "checked_by": (_("Made sure by"), (IdentityCheck,)),
    "requester": (_("Asked for by"), ()),
    "field": (_("Field"), ()),
    "occupation": (_("Occupation"), ()),
    "people": (_("People"), ()),
    "rung": (_("Rung of the ladder"), ()),
    "mentor_id": (_("Volunteer no."), ()),
    "link": (_("Link no."), ()),
    "way": (_("Way there and back no."), ()),
    "vacancy": (_("Vacancy no."), ()),
    "is_online": (_("Online"), ()),
    "stands_in_for": (_("Stands in for account no."), ()),
    "step": (_("Step"), (StepKind, ResultStepKind)),
    "lines": (_("Lines on all lists"), ()),
    "work_lines": (_("Lines of work"), ()),
    "work_line": (_("Line no."), ()),
    "proposals": (_("Proposals"), ()),
    "speaker": (_("Speaker no."), ()),
    "questions": (pgettext_lazy("detail of an entry", "Questions of the meeting"), ()),
    "decisions": (_("Decisions"), ()),
    "decision": (_("Decision no."), ()),
    "new_lead": (_("Unit that leads"), ()),
    "parts": (_("Parts"), ()),
    "milestones": (_("Milestones"), ()),
    "milestone": (_("Milestone no."), ()),
    "needs": (_("Lines waited for"), ()),
    "checkpoints": (_("Points of the trajectory"), ()),
    "grade": (pgettext_lazy("enterprise", "Grade"), (Grade,)),
    "direction": (_("Direction"), (FeedDirection,)),
    "feed": (_("Feed no."), ()),
    "brought": (_("New vacancies"), ()),
    "closed": (_("Vacancies ended"), ()),
    "asked": (_("Vacancies to be asked about"), ()),
    "gathering": (_("Gathering no."), ()),
    "booth": (_("Booth no."), ()),
    "employer": (_("Employer no."), ()),
    "vacancies": (_("Vacancies shown"), ()),
    "survey": (_("Survey of wishes no."), ()),
    "survey_topic": (_("Topic no."), ()),
    "topics": (_("Topics"), ()),
    "own_words": (_("Wishes in own words"), ()),
    "course_session": (_("Session of the plan"), ()),
    "into": (_("Into unit no."), ()),
    "posts": (_("Posts ended"), ()),
    "plan": (_("Plan no."), ()),
    "lesson": (_("Lesson no."), ()),
    "shape": (_("How it is judged"), (GaugeShape,)),
    "figure": (_("Figure that the platform counts"), ()),
}
_PLACES = {key: place for place, key in enumerate(DETAILS)}


def say_details(detail: dict[str, Any]) -> str:
    """``类别：上门探访；时长（分钟）：30``; what is empty is not told."""
    return join_parts(_parts(detail))


def _parts(detail: dict[str, Any]) -> Iterator[str]:
    for key in sorted(detail, key=lambda key: (_PLACES.get(key, len(_PLACES)), key)):
        if detail[key] not in ("", None, [], False):
            word, kinds = DETAILS.get(key, (key, ()))
            yield say_value(word, _say(key, detail[key], kinds))


def _say(key: str, value: Any, kinds: Kinds) -> Text:
    if value is True:
        return _("yes")
    if isinstance(value, list):
        return join_words(COLUMN_WORDS.get(str(one), str(one)) for one in value)
    known = next((kind(value).label for kind in kinds if value in kind), None)
    purposes = LOOK_PURPOSES | JOBSEEKER_PURPOSES if key == "purpose" else {}
    return known or purposes.get(value) or str(value)
