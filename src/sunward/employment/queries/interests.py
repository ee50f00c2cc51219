"""Surveys of wishes: their sums, the plan that comes of one, and the wishes that are answered one by one.

An officer's sums are of the files that the officer keeps; a leader's are hidden where they are small.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.scopes import below
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.core.furniture import Fact, Text, Tone
from sunward.core.tables import Pager
from sunward.employment.access.interests import (
    INTEREST_ROLES,
    answering_files,
    asked_files,
    counted_surveys,
    keeps_survey,
    kept_surveys,
    seen_surveys,
)
from sunward.employment.enums import InterestState
from sunward.employment.models import (
    InterestAnswer,
    InterestCourse,
    InterestReply,
    InterestSurvey,
    InterestSurveyQuerySet,
    InterestTopic,
    InterestWish,
)
from sunward.employment.queries.interest_plans import list_answers, read_plan
from sunward.figures.disclosure.rules import IN_HOUSE
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.queries.wording import STATE_TONES, say_when, state_label

SURVEYS_SHOWN, WISHES_SHOWN = 100, 50
# What was cancelled makes room for another session.
STANDING = (GatheringState.DRAFT, GatheringState.PUBLISHED, GatheringState.HELD)


@dataclass(frozen=True, slots=True)
class TopicSum:
    """`people` None is hidden."""

    label: Text
    people: int | None


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """`uid` is absent where the reader sees the sums alone; `people` None is hidden."""

    uid: UUID | None
    title: str
    unit: str
    days: str
    state: Text
    tone: Tone
    people: int | None
    topics: tuple[TopicSum, ...]


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One session of a topic. `size` 0: planned when more wished it. `number` None: nothing more to press."""

    number: int
    size: int
    gathering: UUID | None
    title: str
    when: str
    state: Text
    tone: Tone
    is_standing: bool


@dataclass(frozen=True, slots=True)
class TopicLine:
    uid: UUID
    label: Text
    people: int
    is_common: bool
    sessions: tuple[CourseLine, ...]
    declined_because: str

    @property
    def is_planned(self) -> bool:
        return any(session.is_standing for session in self.sessions)


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """`asked` None and no wish to be answered where the reader keeps some of the files only."""

    uid: UUID
    version: int
    title: str
    reference: str
    state: Text
    tone: Tone
    facts: tuple[Fact, ...]
    topics: tuple[TopicLine, ...]
    people: int
    asked: int | None
    wishes: int
    unanswered: int
    is_draft: bool
    is_open: bool
    is_over: bool
    may_change: bool
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish in own words, or a topic (`wish` None) that few wish and that is answered for all of them at once."""

    wish: UUID | None
    topic: UUID | None
    case_uid: UUID
    name: str
    words: Text
    reply: str
    course: Text
    is_answered: bool


@dataclass(frozen=True, slots=True)
class WishPage:
    rows: tuple[WishRow, ...]
    cases: tuple[Case, ...]
    pager: Pager


def list_surveys(actor: Actor, *, on: date) -> tuple[SurveyRow, ...]:
    """The latest first. A fixed number of queries, however many."""
    found = (seen_surveys(actor) | counted_surveys(actor)).select_related("unit").prefetch_related("topics")
    rows = list(found.order_by("-opens_on", "-pk")[:SURVEYS_SHOWN])
    keys = [row.pk for row in rows]
    seen = set(seen_surveys(actor).filter(pk__in=keys).values_list("pk", flat=True))
    own = _count_people(seen, below(actor.paths(*INTEREST_ROLES), "case__unit_path"))
    led = _count_people(set(keys) - seen, Q()) if actor.has(Role.LEADER) else ({}, {})
    return tuple(
        _row(row, own, on=on, is_seen=True) if row.pk in seen else _row(row, led, on=on, is_seen=False) for row in rows
    )


def surveys_to_answer(actor: Actor, *, on: date) -> InterestSurveyQuerySet:
    """Of those that the actor writes: over, with wishes in own words that nobody has answered (`unanswered` of them).
    Whose file has ended or moved away waits for nothing here."""
    wishes = InterestWish.objects.filter(
        survey=OuterRef("pk"), course=None, reply="", case__state=CaseState.OPEN,
        case__unit_path__startswith=OuterRef("unit_path"),
    )  # fmt: skip
    counted = wishes.order_by().values("survey").annotate(number=Count("pk")).values("number")
    waiting: InterestSurveyQuerySet = kept_surveys(actor).over(on=on).filter(Exists(wishes))
    return waiting.annotate(unanswered=Subquery(counted))


def say_state(survey: InterestSurvey, *, on: date) -> tuple[Text, Tone]:
    if survey.state == InterestState.DRAFT:
        return InterestState.DRAFT.label, "warn"
    if survey.is_over(on):
        return pgettext_lazy("interest survey", "Over"), "calm"
    if survey.is_open(on):
        return pgettext_lazy("interest survey", "Open"), "good"
    return pgettext_lazy("interest survey", "Opens later"), "info"


def say_days(survey: InterestSurvey) -> str:
    return f"{survey.opens_on:%Y-%m-%d} – {survey.closes_on:%Y-%m-%d}"


def read_survey(survey: InterestSurvey, actor: Actor, *, on: date) -> SurveyPage:
    """A fixed number of queries."""
    keeps = keeps_survey(actor, survey)
    files = answering_files(actor, survey)
    wishes = list(InterestWish.objects.filter(survey=survey, case__in=files).defer("words"))
    state, tone = say_state(survey, on=on)
    is_over = survey.is_over(on)
    return SurveyPage(
        uid=survey.uid, version=survey.version, title=survey.title, reference=survey.reference, state=state, tone=tone,
        facts=survey_facts(survey),
        topics=_planned_topics(survey) if keeps else _own_topics(survey, actor),
        people=InterestReply.objects.filter(survey=survey, case__in=files).count(),
        asked=asked_files(survey).count() if keeps else None,
        wishes=len(wishes), unanswered=sum(not is_answered(wish) for wish in wishes) if keeps else 0,
        is_draft=survey.state == InterestState.DRAFT, is_open=survey.is_open(on), is_over=is_over, may_change=keeps,
        may_reopen=keeps and survey.state == InterestState.CLOSED and survey.closes_on >= on,
    )  # fmt: skip


def survey_facts(survey: InterestSurvey) -> tuple[Fact, ...]:
    return (
        Fact(pgettext_lazy("interest survey", "Who is asked"), survey.unit.name),
        Fact(pgettext_lazy("interest survey", "From – until"), say_days(survey)),
        Fact(_("A common wish from"), survey.common_from),
        Fact(_("Places of a session"), survey.places),
    )


def is_answered(wish: InterestWish) -> bool:
    return bool(wish.course_id or wish.reply)


def read_wishes(survey: InterestSurvey, actor: Actor, *, page: int) -> WishPage:
    """Those that wait come first. Who keeps some of the files sees the own words of those people alone."""
    wishes = list(InterestWish.objects.filter(survey=survey, case__in=answering_files(actor, survey)))
    keeps = keeps_survey(actor, survey)
    if keeps:
        singles = [(one.case, one.topic, one.words) for one in read_plan(survey, wishes).singles]
    else:
        singles = [(wish.case_id, None, wish.words.strip()) for wish in wishes]
    by_words = {(wish.case_id, wish.words.strip()): wish for wish in wishes}
    topics = {topic.pk: topic for topic in InterestTopic.objects.filter(survey=survey)}
    courses = _courses_of(survey)
    planned = {pk for pk, rows in courses.items() if any(row.gathering.state in STANDING for row in rows)}

    def waits(single: tuple[int, int | None, str]) -> bool:
        case, topic, words = single
        if topic is None:
            return not is_answered(by_words[case, words])
        return topic not in planned and not topics[topic].declined_because

    singles.sort(key=waits, reverse=True)
    pager = Pager(max(1, min(page, -(-len(singles) // WISHES_SHOWN))), WISHES_SHOWN, len(singles), False, "", ())
    shown = singles[(pager.number - 1) * WISHES_SHOWN : pager.number * WISHES_SHOWN]
    cases = {row.pk: row for row in Case.objects.filter(pk__in={one[0] for one in shown}).select_related("person")}
    told = [course for rows in courses.values() for course in rows if keeps or _is_public(course)]
    labels = {course.pk: say_course(course) for course in told}
    rows = tuple(
        _wish_row(cases[case], by_words[case, words], labels)
        if topic is None
        else _topic_row(
            cases[case], topics[topic], [labels[one.pk] for one in courses[topic]], waits((case, topic, ""))
        )
        for case, topic, words in shown
    )
    return WishPage(rows, tuple(cases.values()), pager)


def say_course(course: InterestCourse) -> str:
    """Reads the gathering and its sessions."""
    gathering = course.gathering
    return " · ".join(filter(None, (gathering.title, say_when(gathering), str(state_label(gathering)))))


def course_choices(survey: InterestSurvey) -> list[tuple[str, str]]:
    """The courses that stand, to be named in an answer."""
    rows = (course for rows in _courses_of(survey).values() for course in rows)
    return [(str(course.pk), say_course(course)) for course in rows if course.gathering.state in STANDING]


def _row(
    row: InterestSurvey, sums: tuple[Mapping[int, int], Mapping[int, int]], *, on: date, is_seen: bool
) -> SurveyRow:
    state, tone = say_state(row, on=on)
    people, wishing = sums[0].get(row.pk, 0), [(topic.label, sums[1].get(topic.pk, 0)) for topic in row.topics.all()]
    topics = tuple(TopicSum(label, count if is_seen else hide(count, of=people)) for label, count in wishing)
    return SurveyRow(
        uid=row.uid if is_seen else None, title=row.title, unit=row.unit.short_name, days=say_days(row), state=state,
        tone=tone, people=people if is_seen else hide(people), topics=topics,
    )  # fmt: skip


def hide(count: int, *, of: int | None = None) -> int | None:
    """None where so few wish it, or do not, that a neighbour could tell who they are; the rule of the leader's home."""
    return None if any(map(IN_HOUSE.protects, (count, count if of is None else of - count))) else count


def _count_people(surveys: Collection[int], files: Q) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Who has answered, by survey, and who wishes what, by topic. Two queries."""
    if not surveys:
        return {}, {}
    replies = InterestReply.objects.filter(
        files, survey__in=surveys, case__state=CaseState.OPEN, case__unit_path__startswith=F("survey__unit_path")
    )
    answers = InterestAnswer.objects.filter(
        files, topic__survey__in=surveys, case__state=CaseState.OPEN,
        case__unit_path__startswith=F("topic__survey__unit_path"),
    )  # fmt: skip
    return (
        dict(replies.values_list("survey").annotate(people=Count("case", distinct=True))),
        dict(answers.order_by().values_list("topic").annotate(people=Count("case", distinct=True))),
    )


def _planned_topics(survey: InterestSurvey) -> tuple[TopicLine, ...]:
    """In the order of the plan: what most wish comes first, then what few wish as the survey names it."""
    plan = read_plan(survey)
    few = Counter(one.topic for one in plan.singles)
    sizes = {line.topic: line.sizes for line in plan.lines}
    people = few | Counter({line.topic: len(line.cases) for line in plan.lines})
    topics = {topic.pk: topic for topic in InterestTopic.objects.filter(survey=survey)}
    courses = _courses_of(survey)
    ordered = [*(line.topic for line in plan.lines), *(pk for pk in topics if pk not in sizes)]
    return tuple(_topic_line(topics[pk], people[pk], sizes.get(pk, ()), courses[pk]) for pk in ordered)


def _own_topics(survey: InterestSurvey, actor: Actor) -> tuple[TopicLine, ...]:
    answers = list_answers(survey, answering_files(actor, survey))
    people = Counter(topic for answer in answers for topic in answer.topics)
    courses = _courses_of(survey)
    return tuple(
        _topic_line(topic, people[topic.pk], (), [row for row in courses[topic.pk] if _is_public(row)])
        for topic in InterestTopic.objects.filter(survey=survey)
    )


def _is_public(course: InterestCourse) -> bool:
    """Drafts are seen by those alone who plan them."""
    return course.gathering.published_at is not None


def _topic_line(topic: InterestTopic, people: int, sizes: tuple[int, ...], courses: list[InterestCourse]) -> TopicLine:
    planned = {course.number: course for course in courses}
    numbers = sorted({*range(1, len(sizes) + 1), *planned})
    return TopicLine(
        uid=topic.uid, label=topic.label, people=people, is_common=bool(sizes),
        sessions=tuple(_session(n, sizes[n - 1] if n <= len(sizes) else 0, planned.get(n)) for n in numbers),
        declined_because=topic.declined_because,
    )  # fmt: skip


def _session(number: int, size: int, course: InterestCourse | None) -> CourseLine:
    if course is None:
        return CourseLine(number, size, None, "", "", "", "calm", is_standing=False)
    gathering = course.gathering
    return CourseLine(
        number=number, size=size, gathering=gathering.uid, title=gathering.title, when=say_when(gathering),
        state=state_label(gathering), tone=STATE_TONES[gathering.state], is_standing=gathering.state in STANDING,
    )  # fmt: skip


def _courses_of(survey: InterestSurvey) -> Mapping[int, list[InterestCourse]]:
    """By topic; two queries."""
    found: dict[int, list[InterestCourse]] = defaultdict(list)
    rows = InterestCourse.objects.filter(topic__survey=survey).select_related("gathering")
    for row in rows.prefetch_related("gathering__sessions").order_by("topic__rank", "number"):
        found[row.topic_id].append(row)
    return found


def _wish_row(case: Case, wish: InterestWish, labels: Mapping[int, str]) -> WishRow:
    return WishRow(
        wish=wish.uid, topic=None, case_uid=case.uid, name=case.person.name, words=wish.words, reply=wish.reply,
        course=labels.get(wish.course_id or 0, ""), is_answered=is_answered(wish),
    )  # fmt: skip


def _topic_row(case: Case, topic: InterestTopic, courses: list[str], is_waiting: bool) -> WishRow:
    return WishRow(
        wish=None, topic=topic.uid, case_uid=case.uid, name=case.person.name, words=topic.label,
        reply=topic.declined_because, course=", ".join(courses), is_answered=not is_waiting,
    )  # fmt: skip
