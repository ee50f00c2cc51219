"""What any row of a plan is settled by: its name, its kind, whether it was cancelled, what makes it the same."""

import re
from collections.abc import Sequence

from sunward.registers.normalise.persons import written_in
from sunward.registers.normalise.text import clean_text
from sunward.registers.sheets.declarations import Draft, Identity, Rule

JOB_FAIR, COMMUNITY_INTERVIEW, COURSE = "job_fair", "community_interview", "course"
PLANNED, CANCELLED = "planned", "cancelled"

_KINDS = (
    (COMMUNITY_INTERVIEW, re.compile(r"面试会|面试专场|社区面试|社区专场")),
    (COURSE, re.compile(r"小课|课程|公开课|讲座")),
    (JOB_FAIR, re.compile(r"招聘会|双选会|供需见面会|招聘活动|直播带岗|专场招聘")),
)
_CANCELLED = re.compile(r"取消|延期|推迟|改期|顺延|停办|暂停|不再?举[办行]|未能?举[办行]|没有举[办行]")
# 如遇疫情取消 is a condition, 取消报名限制 is about something else.
_NOT_CANCELLED = re.compile(
    r"(?:如|若|遇|视|可能|或将|一旦|未|不|没有?)[^，。;；,]{0,12}(?:取消|延期|推迟|改期|顺延|停办|暂停)"
    r"|取消(?:报名|限制|收费|门槛|费用|预约)|(?:已|并)恢复"
)
_MARK = re.compile(r"\s*[(\[【](?:因故|因疫情|已)?(?:取消|延期|推迟|改期|顺延|停办|暂停)(?:举[办行])?[)\]】]\s*")
_LONGEST_TITLE, _LONGEST_PLACE = 80, 120

# The same event, whoever tells of it; two with one name on one day are two if each has a time (a speaker) of its own.
IDENTITIES = (
    Identity("event_apart", ("identity", "apart")),
    Identity("event", ("identity",), unless="event_apart"),
)


def settle_status(draft: Draft) -> None:
    """Cancelled or postponed, by the remark, its own column, or a mark behind the name."""
    texts = [clean_text(written_in(draft, key)) for key in ("remark", "state", "name")]
    is_cancelled = any(is_cancellation(text) for text in texts)
    draft.values["status"] = CANCELLED if is_cancelled else PLANNED
    if is_cancelled:
        draft.flag("event_cancelled")
    named = draft.values.get("name")
    if isinstance(named, str):
        draft.values["name"] = _MARK.sub("", named) or named


def is_cancellation(text: str) -> bool:
    return bool(_CANCELLED.search(text)) and not _NOT_CANCELLED.search(text)


def settle_kind(default: str, *, title: str) -> Rule:
    """The kind of the sheet, unless the row names another. `title` is what an event without a name is called."""

    def settle(draft: Draft) -> None:
        texts = [written_in(draft, key) for key in ("category", "name")]
        told = [kind for text in texts for kind, words in _KINDS if text and words.search(text)]
        draft.values["kind"] = told[0] if told and default != COURSE else default
        draft.values.pop("category", None)
        draft.values.pop("state", None)
        if not draft.values.get("name"):
            draft.values["name"] = _made_up_name(draft, title)

    return settle


def _made_up_name(draft: Draft, title: str) -> str | None:
    """An event without a name is called by what it is about, or where; one without anything is no event."""
    if not (draft.values.get("date_start") or draft.values.get("month") or draft.values.get("when_note")):
        draft.codes = [code for code in draft.codes if code != "event_date_vague"]
        draft.flag("event_empty")
        return None
    about = draft.values.get("sector") or draft.values.get("post") or draft.values.get("subdistrict") or ""
    return f"{about}{title}"


def settle_identity(draft: Draft) -> None:
    values = draft.values
    texts = {key: str(values.get(key) or "") for key in ("kind", "name", "place", "host", "subdistrict_code", "post")}
    when = values.get("date_start") or values.get("when_note") or values.get("month") or ""
    values["identity"] = identity_of(
        kind=texts["kind"], title=texts["name"], when=str(when), about=texts["post"],
        where=texts["place"] or texts["host"] or texts["subdistrict_code"],
    )  # fmt: skip
    times = values.get("times")
    starts = [time.partition("-")[0] for time in times] if isinstance(times, list) else []
    values["apart"] = apart_of(starts, values.get("speaker"))


def apart_of(starts: Sequence[str], speaker: object) -> str | None:
    """What tells two events of one name, day and place apart: when they begin, else who speaks."""
    return "、".join(starts) or (str(speaker) if speaker else None)


def identity_of(*, kind: str, title: str, when: str, where: str, about: str = "") -> str:
    """What two tellings of one event have in common; as long as a record keeps it."""
    parts = (kind, title[:_LONGEST_TITLE], when, where[:_LONGEST_PLACE], about)
    return "|".join("".join(part.split()).replace("|", "/") for part in parts)
