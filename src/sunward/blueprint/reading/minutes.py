"""Minutes of a meeting: its questions, who spoke and proposed what, and what was decided as lines of work."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sunward.blueprint.reading.deadlines import find_deadline
from sunward.blueprint.reading.lines import LEAD, Charge, Unsure, WorkLine, charge_of
from sunward.blueprint.reading.paragraphs import Paper, Paragraph, read_paper
from sunward.blueprint.reading.punctuation import with_chinese_marks
from sunward.blueprint.reading.refusals import NoMinutes
from sunward.blueprint.reading.targets import read_target
from sunward.blueprint.reading.unit_names import UnitNames, district_names
from sunward.registers.normalise.dates import read_date_text

_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}[、.]\s*")
_NUMBERING = re.compile(
    r"^(?:\d{1,3}[.、)](?!\d)|\(\d{1,3}\)|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十\d]+[条项][::、]?)\s*"
)
_DECIDES = re.compile(r"议定|决定事项|会议决定|会议明确|任务分工|责任分工|工作任务")
_SPEAKS = re.compile(r"发言|交流|讨论情况|讨论意见")
_LONGEST_HEADING = 30
_FIRST_LEADS = re.compile(r"(?:列|排)?(?:在)?(?:第一位|首位)(?:者|的)?(?:单位|部门)?(?:为|是)牵头")
_QUESTIONS = re.compile(r"围绕(.{2,60}?)(?:这)?(?:[两二三四五]|[2-5])个?(?:方面)?(?:问题|之问)")
_ONE_QUESTION = re.compile(r"[一二三四五]问[::]?(.+?)(?=[,、;。]|[一二三四五]问|$)")
_HEADS = (
    ("met_on", r"(?:会议)?(?:时间|日期)"),
    ("venue", r"(?:会议)?地点"),
    ("chair", r"(?:会议)?主持(?:人)?"),
    ("attended", r"(?:出席|参会|参加)(?:人员|单位|对象)?"),
)
_PROPOSES = re.compile(r"^(?:我|我们)?(?:提出)?(?:几点|[一二三四五]点)?建议(?:如下|是)?[::,]?\s*")
_ONE_OF = re.compile(r"(?:^|(?<=[;。,::]))\s*[一二三四五六七八九十]是(?:建议)?")
_POST = re.compile(
    r"(?:党组|党委|党工委|办事处)?(?:书记|局长|主任|主席|会长|检察长|院长|部长|处长|科长|镇长|同志|副|代表|发言)+"
)
_SPEAKER = re.compile(r"(?P<unit>[\u4e00-\u9fff]{2,20})\s+(?P<name>[\u4e00-\u9fff·]{2,12})")
_ABOUT = re.compile(r"^关于(.+?)(?:(?:的)?(?:问题|事项))?(?:[。::]|$)")
_BRACKET = re.compile(r"[(]([^()]*)[)]\s*[。.]?\s*$")
_LED = re.compile(
    r"(?:由)?([^。;,:：由]{2,60}?)(?:负责)?(?:牵头|主办|主责|负总责)(?:负责|落实|推进|组织)?"
    r"(?:[,、;]?(?:会同)?([^。;:：]{2,200}?)(?:等)?(?:配合|协办|协同|参与|协助|按职责分工负责))?(?=[,。;\n]|$)"
)
_LABEL = re.compile(
    r"(?P<lead>(?:牵头|主责|主办)(?:单位|部门)|牵头)[::](?P<leads>[^\n。;]*?)(?=\s*(?:责任|配合|协办|联动)(?:单位|部门)[::]|[\n。;]|$)"
    r"|(?P<joint>(?:责任|配合|协办|联动)(?:单位|部门))[::](?P<joins>[^\n。;]*)"
)
_MORE = re.compile(
    r"^(?:牵头|主责|主办|责任|配合|协办|联动)(?:单位|部门)?[::]|^(?:完成)?(?:时限|时间|期限)[::]|^(?:量化)?指标[::]"
)


@dataclass(frozen=True, slots=True)
class SpeakerRead:
    """`unit` is empty where the paper's words for it are not known (`written` has them)."""

    place: int
    unit: str
    name: str
    written: str


@dataclass(frozen=True, slots=True)
class ProposalRead:
    place: int
    speaker: SpeakerRead
    text: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """`notes` are codes of what is to be looked at in the whole (`reading.wording`)."""

    title: str
    met_on: date | None
    venue: str
    chair: str
    attended: str
    questions: tuple[str, ...]
    speakers: tuple[SpeakerRead, ...]
    proposals: tuple[ProposalRead, ...]
    lines: tuple[WorkLine, ...]
    first_leads: bool
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Block:
    """A decision and the paragraphs that belong to it."""

    place: int
    number: str
    texts: list[str] = field(default_factory=list)


def read_minutes(path: Path | str, *, names: UnitNames | None = None, met_on: date | None = None) -> Minutes:
    """Raises a `PaperRefused` where the file cannot be read or holds no minutes. `met_on`: the day, if a person says
    it; it goes before the one that is read."""
    return understand(read_paper(path), names or district_names(), met_on)


def understand(paper: Paper, names: UnitNames, said_on: date | None = None) -> Minutes:
    heads, sections = _split(paper.paragraphs)
    whole = _plain("\n".join(paragraph.text for paragraph in paper.paragraphs))
    first_leads = bool(_FIRST_LEADS.search(whole))
    told = _heads(heads)
    reading = read_date_text(told["met_on"]) if told["met_on"] else None
    day = reading.value if reading else None
    met_on = said_on or (day.first if day and day.day else None)
    spoken = [paragraph for use, paragraphs in sections if use == "speeches" for paragraph in paragraphs]
    decided = [paragraph for use, paragraphs in sections if use == "decisions" for paragraph in paragraphs]
    speakers, proposals = _speeches(spoken, names)
    lines = tuple(_line(block, names, met_on, first_leads) for block in _blocks(decided))
    if not speakers and not lines:
        raise NoMinutes
    questions = _questions(whole)
    notes = {
        "no_decisions": not lines,
        "no_speeches": not speakers,
        "no_date": met_on is None,
        "no_questions": not questions,
        "no_lead_rule": bool(lines) and not first_leads,
        "tables_unread": bool(paper.tables),
        "boxes_unread": bool(paper.boxes),
        "speaker_unknown": any(not speaker.unit for speaker in speakers),
    }
    title = next((paragraph.text for paragraph in heads if paragraph.text), "")
    return Minutes(
        title,
        met_on,
        told["venue"],
        told["chair"],
        told["attended"],
        questions,
        speakers,
        proposals,
        lines,
        first_leads,
        tuple(code for code, holds in notes.items() if holds),
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _split(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[tuple[str, list[Paragraph]]]]:
    """What stands above the first heading, and the sections with their use."""
    heads: list[Paragraph] = []
    sections: list[tuple[str, list[Paragraph]]] = []
    for paragraph in paragraphs:
        if _is_section(paragraph):
            text = _plain(paragraph.text)
            use = "decisions" if _DECIDES.search(text) else "speeches" if _SPEAKS.search(text) else "other"
            sections.append((use, []))
        elif sections:
            sections[-1][1].append(paragraph)
        else:
            heads.append(paragraph)
    return heads, sections


def _is_section(paragraph: Paragraph) -> bool:
    """A heading of the first level; without a style a short line that is numbered 一、 or is such a word."""
    text = _plain(paragraph.text)
    if not text or len(text) > _LONGEST_HEADING or text.endswith(("。", ";", ":")):
        return False
    if paragraph.level:
        return paragraph.level == 1
    return bool(_SECTION.match(text)) or text in {"议定事项", "会议议定事项", "交流发言", "决定事项"}


def _heads(paragraphs: Sequence[Paragraph]) -> dict[str, str]:
    told = {key: "" for key, _ in _HEADS}
    for paragraph in paragraphs:
        text = _plain(paragraph.text)
        for key, words in _HEADS:
            if not told[key] and (match := re.match(rf"{words}\s*[:：]\s*(.+)", text)):
                told[key] = match[1].strip()
    return told


def _questions(whole: str) -> tuple[str, ...]:
    asked = [match[1].strip() for match in _ONE_QUESTION.finditer(whole)]
    if len(asked) > 1:
        return tuple(dict.fromkeys(asked))
    match = _QUESTIONS.search(whole)
    parts = re.split(r"[、,“”]|以及|和|与", match[1]) if match else []
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _speeches(
    paragraphs: Sequence[Paragraph], names: UnitNames
) -> tuple[tuple[SpeakerRead, ...], tuple[ProposalRead, ...]]:
    speakers: list[SpeakerRead] = []
    proposals: list[ProposalRead] = []
    is_listing = False
    for paragraph in paragraphs:
        if speaker := _speaker(paragraph, names):
            speakers.append(speaker)
            is_listing = False
        elif speakers:
            texts, is_listing = _proposed(paragraph, is_listing)
            proposals.extend(ProposalRead(paragraph.number, speakers[-1], text) for text in texts)
    return tuple(speakers), tuple(proposals)


def _speaker(paragraph: Paragraph, names: UnitNames) -> SpeakerRead | None:
    """(一)区人社局 黄平: a short line without a full stop that begins with a unit, or a heading of a lower level."""
    text = _plain(paragraph.text).strip()
    if not text or len(text) > _LONGEST_HEADING or text.endswith(("。", ";", ":")) or _PROPOSES.match(text):
        return None
    bare = _NUMBERING.sub("", text)
    unit, rest = names.find_leading(bare)
    if not unit:
        match = _SPEAKER.fullmatch(bare) if paragraph.level > 1 or bare != text else None
        return SpeakerRead(paragraph.number, "", match["name"], match["unit"]) if match else None
    name = _POST.sub("", rest).strip(" :,、()")
    return SpeakerRead(paragraph.number, unit, name, bare) if len(name) <= 12 else None


def _proposed(paragraph: Paragraph, is_listing: bool) -> tuple[list[str], bool]:
    """The proposals of a paragraph, and whether the numbered ones after it are proposals too."""
    text = _plain(paragraph.text).strip()
    bare = _NUMBERING.sub("", text)
    is_numbered = bare != text or paragraph.is_listed
    match = _PROPOSES.match(bare)
    if match is None:
        if is_listing and is_numbered:
            return [_trimmed(bare)], True
        spoken = re.findall(r"[一二三四五六七八九十]是建议(.+?)(?=[;。]|[一二三四五六七八九十]是|$)", bare)
        return [_trimmed(part) for part in spoken], False
    rest = bare[match.end() :]
    if not rest:
        return [], True
    return [_trimmed(part) for part in _ONE_OF.split(rest) if _trimmed(part)], False


def _trimmed(text: str) -> str:
    return with_chinese_marks(text.strip().strip("。;；,， "))


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[_Block]:
    block: _Block | None = None
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        plain = _plain(text)
        numbered = _NUMBERING.match(plain)
        begins = bool(numbered or paragraph.is_listed or paragraph.level > 1 or plain.startswith("关于"))
        if text and begins and not _MORE.match(plain):
            if block:
                yield block
            number = re.sub(r"\D", "", numbered.group()) if numbered else ""
            block = _Block(paragraph.number, number, [plain[numbered.end() :] if numbered else plain])
        elif text and block:
            block.texts.append(plain)
    if block:
        yield block


def _line(block: _Block, names: UnitNames, met_on: date | None, first_leads: bool) -> WorkLine:
    whole = "\n".join(block.texts).strip()
    about = _ABOUT.match(block.texts[0])
    charge, said = _charge(whole, names, first_leads)
    body = said[about.end() :].strip() if about else said
    deadline = find_deadline(body, year=met_on.year if met_on else None, not_before=met_on)
    undated = body.replace(deadline.written, "") if deadline.on else body
    clauses = [part for part in re.split(r"[,。;\n]", undated) if re.search(r"\d", part)]
    target = read_target(",".join(clauses))
    text, goal = with_chinese_marks(body or whole), with_chinese_marks(about[1]) if about else ""
    return WorkLine(block.place, text, charge, deadline, target, block.number, goal=goal)


def _charge(whole: str, names: UnitNames, first_leads: bool) -> tuple[Charge, str]:
    """Who does it, and the text without the words that say so."""
    text, listed = whole, None
    bracket = _BRACKET.search(text)
    if bracket and names.looks_like_a_list(bracket[1]):
        listed = charge_of(names.read_list(bracket[1]), leads_first=first_leads, is_list=True)
        text = text[: bracket.start()].rstrip()
    labelled = _labelled(text, names, first_leads)
    if labelled is not None:
        return _agreeing(labelled, listed), _LABEL.sub("", text).strip()
    led = next((match for match in _LED.finditer(text) if names.looks_like_a_list(match[1])), None)
    if led is not None:
        named = charge_of(names.read_list(led[1]), names.read_list(led[2] or ""), leads_first=first_leads)
        return _agreeing(named, listed), (text[: led.start()] + text[led.end() :]).strip("。,; \n")
    return listed or charge_of(()), text.strip()


def _labelled(text: str, names: UnitNames, first_leads: bool) -> Charge | None:
    """牵头单位:X 责任单位:Y、Z"""
    leads = [match["leads"] for match in _LABEL.finditer(text) if match["lead"]]
    joins = [match["joins"] for match in _LABEL.finditer(text) if match["joint"]]
    if leads:
        return charge_of(names.read_list(leads[0]), names.read_list("、".join(joins)), leads_first=first_leads)
    if joins:
        return charge_of(names.read_list("、".join(joins)), leads_first=first_leads, is_list=True)
    return None


def _agreeing(named: Charge, listed: Charge | None) -> Charge:
    """A sentence and a bracket that name different leads leave the lead to a person."""
    if listed is None or not listed.lead or listed.lead == named.lead:
        return named
    joint = tuple(dict.fromkeys(unit for unit in (named.lead, *named.joint, listed.lead, *listed.joint) if unit))
    unsure = (Unsure(LEAD, "lead_conflict"), *(entry for entry in named.unsure if entry.field != LEAD))
    return Charge("", joint, (*named.marks, *listed.marks), (*named.unknown, *listed.unknown), unsure)
