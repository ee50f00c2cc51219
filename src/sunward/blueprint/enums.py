from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """From approval on nothing that was decided is changed: another decision is."""

    DRAFT = "draft", _("In preparation")
    APPROVED = "approved", _("Approved")


class Answer(models.TextChoices):
    """What became of a proposal; each of them with a reason."""

    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    MERGED = "merged", pgettext_lazy("proposal", "Merged with another")
    PARKED = "parked", pgettext_lazy("proposal", "Put off")
    DECLINED = "declined", pgettext_lazy("proposal", "Declined")


class LineState(models.TextChoices):
    """A line of a paper, before it becomes work."""

    OPEN = "open", _("To be looked at")
    CONFIRMED = "confirmed", pgettext_lazy("line of work", "Confirmed")
    LEFT_OUT = "left_out", pgettext_lazy("line of work", "Left out")


class Comparison(models.TextChoices):
    """How a number is meant."""

    EXACTLY = "", _("The number itself")
    AT_LEAST = "at_least", _("At least")
    AT_MOST = "at_most", _("At most")


class Standing(models.TextChoices):
    """How a line stands by its own days alone; what was reported of it is the light's to say."""

    LATE = "late", pgettext_lazy("line of work", "Deadline passed")
    REVIEW = "review", pgettext_lazy("line of work", "Review is due")
    BEHIND = "behind", pgettext_lazy("line of work", "Milestone overdue")
    SOON = "soon", pgettext_lazy("line of work", "Due within 30 days")
    AHEAD = "ahead", pgettext_lazy("line of work", "Not due yet")
    REACHED = "reached", pgettext_lazy("line of work", "All milestones reached")
    CLOSED = "closed", pgettext_lazy("line of work", "Accepted and closed")


class LightColour(models.TextChoices):
    """Computed from what happened, never chosen. Each has its word and its reason: colour alone says nothing."""

    GREEN = "green", pgettext_lazy("light", "On course")
    CAUGHT_UP = "caught_up", pgettext_lazy("light", "Caught up late")
    AMBER = "amber", pgettext_lazy("light", "To be watched")
    RED = "red", pgettext_lazy("light", "Behind")
    GREY = "grey", pgettext_lazy("light", "Cannot be told")


class GaugeShape(models.TextChoices):
    """How a line of work is judged: by the shape of what it is to bring about."""

    GROWING = "growing", pgettext_lazy("gauge", "A count that grows")
    RATIO = "ratio", pgettext_lazy("gauge", "A percentage")
    DELIVERABLE = "deliverable", pgettext_lazy("gauge", "Something that is to be there")
    CALENDAR = "calendar", pgettext_lazy("gauge", "Days that were planned")


class Rhythm(models.TextChoices):
    """How often a number is looked at, and reported where the system cannot know it."""

    WEEK = "week", pgettext_lazy("rhythm", "Every week")
    MONTH = "month", pgettext_lazy("rhythm", "Every month")


class StepKind(models.TextChoices):
    """What happens to a line of work on its way from issue to close."""

    ISSUED = "issued", pgettext_lazy("step of work", "Issued")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("step of work", "Acknowledged")
    PROGRESS = "progress", pgettext_lazy("step of work", "Progress")
    CONFIDENCE = "confidence", pgettext_lazy("step of work", "Confidence")
    OBSTACLE = "obstacle", pgettext_lazy("step of work", "Obstacle raised")
    WENT_UP = "went_up", pgettext_lazy("step of work", "Obstacle went up")
    ANSWERED = "answered", pgettext_lazy("step of work", "Obstacle answered")
    CHASED = "chased", pgettext_lazy("step of work", "Chased")
    NOTICED = "noticed", pgettext_lazy("step of work", "Notice")
    EXTENSION_ASKED = "extension_asked", pgettext_lazy("step of work", "Extension asked for")
    EXTENSION_GRANTED = "extension_granted", pgettext_lazy("step of work", "Extension granted")
    EXTENSION_DECLINED = "extension_declined", pgettext_lazy("step of work", "Extension declined")
    CLAIMED = "claimed", pgettext_lazy("step of work", "Handed in as done")
    RETURNED = "returned", pgettext_lazy("step of work", "Returned")
    ACCEPTED = "accepted", pgettext_lazy("step of work", "Accepted and closed")
    PUSHED = "pushed", pgettext_lazy("step of work", "The head pushed it on")
    COORDINATED = "coordinated", pgettext_lazy("step of work", "The head coordinated")
    SUPERVISED = "supervised", pgettext_lazy("step of work", "The head supervised")
    COVERED = "covered", pgettext_lazy("step of work", "Covered for")
    THANKED = "thanked", pgettext_lazy("step of work", "Thanked for covering")


class Lifecycle(models.TextChoices):
    """How far a line of work is. Whether it is late is another matter, and whether it was accepted a third."""

    DRAFT = "draft", pgettext_lazy("lifecycle of work", "Not issued")
    ISSUED = "issued", pgettext_lazy("lifecycle of work", "To be acknowledged")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("lifecycle of work", "Under way")
    SUBMITTED = "submitted", pgettext_lazy("lifecycle of work", "Waits to be accepted")
    RETURNED = "returned", pgettext_lazy("lifecycle of work", "Returned to be done again")
    CLOSED = "closed", pgettext_lazy("lifecycle of work", "Closed")


class Side(models.TextChoices):
    """In what capacity somebody acts on a line of work."""

    KEEPER = "keeper", _("Who keeps the plan")
    LEAD = "lead", _("The unit that leads")
    JOINT = "joint", _("A unit that joins")
    HEAD = "head", _("The head of the unit that leads, or of the district")
    ASKED = "asked", _("The unit that is asked to answer")


class Confidence(models.TextChoices):
    """What a person thinks of it. It stands beside the colour and never changes it."""

    SURE = "sure", pgettext_lazy("confidence", "It will be done in time")
    OPEN = "open", pgettext_lazy("confidence", "It may go either way")
    DOUBTFUL = "doubtful", pgettext_lazy("confidence", "It will not be done in time as it stands")


class NoticeLevel(models.TextChoices):
    """How serious a notice is: said in words, and another thing than a light."""

    REMINDER = "reminder", pgettext_lazy("notice", "Reminder")
    WARNING = "warning", pgettext_lazy("notice", "Warning")
    SUPERVISION = "supervision", pgettext_lazy("notice", "Under supervision")


class PromiseKind(models.TextChoices):
    """What a stocktake comes back to."""

    DECIDED = "decided", pgettext_lazy("promise", "Decided last time")
    DEADLINE = "deadline", pgettext_lazy("promise", "Deadline")
    EXTENSION = "extension", pgettext_lazy("promise", "Deadline with more time")
    ANSWER = "answer", pgettext_lazy("promise", "Answer to an obstacle")


class Kept(models.TextChoices):
    """What became of it. A day that has not come yet is no promise broken."""

    KEPT = "kept", pgettext_lazy("promise", "Kept")
    LATE = "late", pgettext_lazy("promise", "Kept, after its day")
    PART = "part", pgettext_lazy("promise", "Kept in part")
    HANDED_IN = "handed_in", pgettext_lazy("promise", "Handed in, waits to be accepted")
    EXTENDED = "extended", pgettext_lazy("promise", "More time was granted")
    NOT_KEPT = "not_kept", pgettext_lazy("promise", "Not kept")
    AHEAD = "ahead", pgettext_lazy("promise", "Its day is still to come")


class BurdenKind(models.TextChoices):
    """What a plan makes people write, as its burden is told."""

    ISSUING = "issuing", pgettext_lazy("burden", "Issuing")
    ACKNOWLEDGING = "acknowledging", pgettext_lazy("burden", "Acknowledging")
    REPORTS = "reports", pgettext_lazy("burden", "Reports in words")
    READINGS = "readings", pgettext_lazy("burden", "Numbers typed by hand")
    AFTER_CHASE = "after_chase", pgettext_lazy("burden", "Reports after a chase")
    CONFIDENCE = "confidence", pgettext_lazy("burden", "Saying how sure one is")
    OBSTACLES = "obstacles", pgettext_lazy("burden", "Obstacles and their answers")
    CHASES = "chases", pgettext_lazy("burden", "Chasing")
    EXTENSIONS = "extensions", pgettext_lazy("burden", "Asking for more time")
    COMPLETIONS = "completions", pgettext_lazy("burden", "Handing in as done")
    AGAIN = "again", pgettext_lazy("burden", "Handing in again what was returned")
    DECIDING = "deciding", pgettext_lazy("burden", "Deciding what was asked for or handed in")
    EVIDENCE = "evidence", pgettext_lazy("burden", "Evidence of milestones")
    OWN_ACTS = "own_acts", pgettext_lazy("burden", "What the head did")
    COVER = "cover", pgettext_lazy("burden", "Helping out, and thanks")
    LESSONS = "lessons", pgettext_lazy("burden", "Lessons")
    CORRECTIONS = "corrections", pgettext_lazy("burden", "Putting entries right")
    LAYING_OUT = "laying_out", pgettext_lazy("burden", "Laying out milestones and trajectories")
    MEETINGS = "meetings", pgettext_lazy("burden", "Lines and proposals of meetings and stocktakes")


class ResultStepKind(models.TextChoices):
    """From a university's result to a product of a district's enterprise (从0到10). The first six are the way."""

    FOUND = "found", pgettext_lazy("step of a result", "Found")
    NEED_MATCHED = "need_matched", pgettext_lazy("step of a result", "Need matched")
    CONCEPT_PROVED = "concept_proved", pgettext_lazy("step of a result", "Concept proved")
    PILOTED = "piloted", pgettext_lazy("step of a result", "Pilot")
    FIRST_PRODUCT = "first_product", pgettext_lazy("step of a result", "First product")
    GROWS = "grows", pgettext_lazy("step of a result", "Grows")
    DEAD_END = "dead_end", pgettext_lazy("step of a result", "Dead end")
    TAKEN_UP = "taken_up", pgettext_lazy("step of a result", "Taken up again")


class ProofKind(models.TextChoices):
    """What shows that a step was made."""

    PATENT = "patent", pgettext_lazy("proof", "Patent")
    PAPER = "paper", pgettext_lazy("proof", "Paper")
    REGISTRATION = "registration", pgettext_lazy("proof", "Registration of the result")
    RECORD = "record", pgettext_lazy("proof", "Record of a visit or a talk")
    NEED = "need", pgettext_lazy("proof", "Written need of an enterprise")
    AGREEMENT = "agreement", pgettext_lazy("proof", "Agreement")
    TEST_REPORT = "test_report", pgettext_lazy("proof", "Test report")
    OPINION = "opinion", pgettext_lazy("proof", "Opinion of experts")
    ACCEPTANCE = "acceptance", pgettext_lazy("proof", "Acceptance report")
    ORDER = "order", pgettext_lazy("proof", "Order")
    LICENCE = "licence", pgettext_lazy("proof", "Licence or product certificate")
    AUDIT = "audit", pgettext_lazy("proof", "Audited accounts")
    LIST = "list", pgettext_lazy("proof", "Official list")
    OTHER = "other", pgettext_lazy("proof", "Another document")


class EndReason(models.TextChoices):
    """Why a result leads no further; always beside words."""

    NO_NEED = "no_need", pgettext_lazy("dead end", "No enterprise needs it")
    NOT_PROVEN = "not_proven", pgettext_lazy("dead end", "It did not hold in the test")
    COST = "cost", pgettext_lazy("dead end", "Too dear to make")
    RIGHTS = "rights", pgettext_lazy("dead end", "Rights are not clear")
    FUNDING = "funding", pgettext_lazy("dead end", "Money ran out")
    PARTNER = "partner", pgettext_lazy("dead end", "The partner left")
    MARKET = "market", pgettext_lazy("dead end", "The market changed")
    RULES = "rules", pgettext_lazy("dead end", "It was not licensed")
    OTHER = "other", pgettext_lazy("dead end", "Another reason")


class EnterpriseKind(models.TextChoices):
    KEY_TECHNOLOGY = "key_technology", pgettext_lazy("enterprise", "Key core technology")
    GLOBAL_MARKET = "global_market", pgettext_lazy("enterprise", "Global market")
    GROWN_HERE = "grown_here", pgettext_lazy("enterprise", "Grown here")


class Grade(models.TextChoices):
    """What an authority certifies of an enterprise and publishes in a list; nothing that it says of itself."""

    TECH_SME = "tech_sme", pgettext_lazy("grade", "Technology-based SME")
    INNOVATIVE_SME = "innovative_sme", pgettext_lazy("grade", "Innovative SME")
    SPECIALISED_SME = "specialised_sme", pgettext_lazy("grade", "Specialised and innovative SME")
    LITTLE_GIANT = "little_giant", pgettext_lazy("grade", "Little giant")
    CHAMPION = "champion", pgettext_lazy("grade", "Champion of a single product")
    HIGH_TECH = "high_tech", pgettext_lazy("grade", "High-tech enterprise")
    TECH_GIANT = "tech_giant", pgettext_lazy("grade", "Little technology giant of the city")
