"""Minutes in Word: what is taken from them, what is left to a person, and which files are refused."""

import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import pytest
from django.utils.translation import override
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from sunward.blueprint.reading.minutes import read_minutes
from sunward.blueprint.reading.paragraphs import read_paper
from sunward.blueprint.reading.refusals import PaperRefused
from sunward.blueprint.reading.wording import SENTENCES
from tests.blueprint.papers import FIRST_LEADS, write_minutes
from tests.registers.containers import compound_file


def codes(line) -> set[str]:
    return {entry.code for entry in line.unsure}


def test_a_decision_tells_what_is_done_by_whom_and_until_when(tmp_path):
    text = "1．关于站点建设。会议决定，支持20个项目，2023年第二季度完成。（区科委、区财政局、区发改委）"
    (line,) = read_minutes(write_minutes(tmp_path, [text])).lines
    assert (line.number, line.goal, line.charge.lead) == ("1", "站点建设", "区科委")
    assert line.charge.joint == ("区财政局", "区发改委")
    assert (line.due_on, line.target.number, line.target.unit) == (date(2023, 6, 30), 20, "个")
    assert line.text == "会议决定，支持20个项目，2023年第二季度完成。"
    assert line.unsure == ()


@pytest.mark.parametrize(
    "text",
    [
        "1．关于甲。会议要求，年底前完成。由区妇联牵头，区公安分局、区民政局配合。",
        "（一）关于甲。会议要求，年底前完成。由区妇联负责牵头，会同区公安分局、区民政局协同。",
        "1．关于甲。会议要求，年底前完成。区妇联牵头，区公安分局、区民政局参与。",
        "1、关于甲。会议要求，年底前完成。（区妇联、区公安分局、区民政局按照职责分工负责）",
        "第一条　关于甲。会议要求，年底前完成（区妇女联合会、公安杨浦分局、区民政局）。",
        "1．关于甲。会议要求，年底前完成。牵头单位：区妇联　责任单位：区公安分局、区民政局",
    ],
)
def test_the_ways_to_say_who_leads_and_who_joins_are_one(text, tmp_path):
    (line,) = read_minutes(write_minutes(tmp_path, [text])).lines
    assert (line.charge.lead, line.charge.joint) == ("区妇联", ("区公安分局", "区民政局"))
    assert (line.due_on, line.unsure) == (date(2022, 12, 31), ())


def test_who_leads_may_stand_in_lines_of_their_own_below_a_decision(tmp_path):
    texts = [
        "1．关于甲。年底前完成。",
        "牵头单位：区妇联",
        "责任单位：区民政局、各街道",
        "2．关于乙。尽快落实。（区民政局）",
    ]
    first, second = read_minutes(write_minutes(tmp_path, texts)).lines
    assert (first.charge.lead, first.charge.joint) == ("区妇联", ("区民政局",))
    assert [mark.written for mark in first.charge.marks] == ["各街道"]
    assert (second.charge.lead, second.goal) == ("区民政局", "乙")


def test_decisions_that_word_numbers_itself_are_found(tmp_path):
    def number(document):
        for paragraph in document.paragraphs:
            if "完成" in paragraph.text:
                properties = paragraph._p.get_or_add_pPr()
                properties.append(
                    parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
                )

    texts = ["站点年底前完成。（区民政局）", "台账年底前完成。（区妇联）"]
    lines = read_minutes(write_minutes(tmp_path, texts, change=number)).lines
    assert [line.charge.lead for line in lines] == ["区民政局", "区妇联"]


def test_without_the_line_that_the_first_leads_nobody_leads_and_it_is_said(tmp_path):
    texts = ["1．关于甲。年底前完成。（区民政局、区妇联）", "2．关于乙。年底前完成。由区妇联牵头，区民政局配合。"]
    read = read_minutes(write_minutes(tmp_path, texts, after=["请抓好落实。"]))
    assert [line.charge.lead for line in read.lines] == ["", "区妇联"]
    assert codes(read.lines[0]) == {"lead_not_said"}
    assert "no_lead_rule" in read.notes


def test_a_sentence_and_a_bracket_that_contradict_each_other_leave_the_lead_to_a_person(tmp_path):
    text = "1．关于甲。年底前完成。由区妇联牵头。（区民政局、区教育局）"
    (line,) = read_minutes(write_minutes(tmp_path, [text])).lines
    assert line.charge.lead == ""
    assert codes(line) == {"lead_conflict"}
    assert set(line.charge.joint) == {"区妇联", "区民政局", "区教育局"}


def test_a_unit_that_nobody_knows_does_not_lead_and_is_kept_as_written(tmp_path):
    (line,) = read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区数字办、区民政局）"])).lines
    assert (line.charge.lead, line.charge.joint, line.charge.unknown) == ("", ("区民政局",), ("区数字办",))
    assert codes(line) == {"lead_unknown", "unit_unknown"}


def test_a_bracket_that_holds_no_units_stays_in_the_text(tmp_path):
    (line,) = read_minutes(write_minutes(tmp_path, ["1．关于甲。原则同意方案（试行）"])).lines
    assert line.text == "原则同意方案（试行）"
    assert codes(line) == {"lead_missing", "deadline_missing"}


def test_without_a_day_of_the_meeting_a_deadline_without_a_year_stays_blank(tmp_path):
    read = read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"], time=""))
    assert read.met_on is None
    assert codes(read.lines[0]) == {"deadline_year"}
    assert "no_date" in read.notes


def test_proposals_in_speeches_are_found_in_every_form_and_never_become_work(tmp_path):
    speeches = [
        "（一）区人社局　黄平",
        "围绕稳就业作交流发言。",
        "1．建议把岗位送到居民家门口。",
        "2．建议建立回访制度。",
        "（二）区妇联　熊静悦",
        "建议：一是先培训后结对；二是每月联系一次。",
        "（三）五角场街道党工委书记　许鹏涛",
        "提出三点建议：",
        "1．开放场地。",
        "2．请学生参与排摸。",
        "区里做得好。",
        "3．不是建议。",
        "（四）区数字办　王平",
        "一是建议减少报表；二是谈体会。",
    ]
    read = read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"], speeches=speeches))
    assert [(said.unit, said.name) for said in read.speakers] == [
        ("区人社局", "黄平"),
        ("区妇联", "熊静悦"),
        ("五角场街道", "许鹏涛"),
        ("", "王平"),
    ]
    assert [said.text for said in read.proposals] == [
        "把岗位送到居民家门口",
        "建立回访制度",
        "先培训后结对",
        "每月联系一次",
        "开放场地",
        "请学生参与排摸",
        "减少报表",
    ]
    assert "speaker_unknown" in read.notes
    assert [line.goal for line in read.lines] == ["甲"]


@pytest.mark.parametrize(
    "text",
    [
        "会议围绕使命、机遇、状态三个问题开展讨论。",
        "一问使命、二问机遇、三问状态。",
        "围绕“使命”“机遇”和“状态”三个方面问题展开。",
    ],
)
def test_the_questions_of_the_meeting_are_found(text, tmp_path):
    read = read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"], before=[text]))
    assert read.questions == ("使命", "机遇", "状态")


def test_a_document_without_decisions_says_so_and_keeps_its_proposals(tmp_path):
    read = read_minutes(write_minutes(tmp_path, speeches=["（一）区人社局　黄平", "建议减少报表。"]))
    assert (read.lines, len(read.proposals)) == ((), 1)
    assert "no_decisions" in read.notes


def test_words_in_a_content_control_a_link_or_a_field_are_read_and_hidden_ones_are_not(tmp_path):
    def change(document):
        paragraph = next(entry for entry in document.paragraphs if entry.text.startswith("1．"))
        run = paragraph._p.r_lst[0]
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        paragraph._p.replace(run, control)
        control[0].append(run)
        hidden = paragraph.add_run("（区教育局）")
        hidden.font.hidden = True

    (line,) = read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"], change=change)).lines
    assert line.charge.lead == "区民政局"


def test_tables_are_not_read_and_it_is_said(tmp_path):
    def change(document):
        document.add_table(1, 1).cell(0, 0).text = "1．关于乙。年底前完成。（区妇联）"

    read = read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"], change=change))
    assert [line.goal for line in read.lines] == ["甲"]
    assert "tables_unread" in read.notes


@pytest.mark.parametrize("tag", ["w:ins", "w:del", "w:moveFrom", "w:moveTo"])
def test_tracked_changes_are_refused_since_nobody_can_tell_what_was_decided(tag, tmp_path):
    def change(document):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), "1")
        document.paragraphs[-1]._p.append(mark)

    with pytest.raises(PaperRefused) as refused:
        read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"], change=change))
    assert refused.value.code == "blueprint.tracked_changes"


def write(folder: Path, content: bytes, name: str = "纪要.docx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def archive(folder: Path, parts: dict[str, bytes], name: str = "纪要.docx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return path


def empty_document(folder: Path) -> Path:
    path = write_minutes(folder, [], before=[], after=[])
    from docx import Document

    Document().save(str(path))
    return path


def other_text(folder: Path) -> Path:
    return write_minutes(folder, [], before=["今天天气很好。"], after=["完。"])


def truncated(folder: Path) -> Path:
    content = write_minutes(folder, ["1．关于甲。年底前完成。（区民政局）"]).read_bytes()
    return write(folder, content[: len(content) // 2])


def torn_words(folder: Path) -> Path:
    path = write_minutes(folder, ["1．关于甲。年底前完成。（区民政局）"])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return archive(folder, parts | {"word/document.xml": parts["word/document.xml"][:-40]})


REFUSED = {
    "a text": ("not_a_document", lambda folder: write(folder, "会议纪要".encode())),
    "a picture": ("not_a_document", lambda folder: write(folder, b"\x89PNG\r\n\x1a\n1234")),
    "nothing": ("empty", lambda folder: write(folder, b"")),
    "no text": ("empty", empty_document),
    "another text": ("no_minutes", other_text),
    "the old format": ("old_document", lambda folder: write(folder, compound_file("WordDocument"))),
    "under a password": ("encrypted", lambda folder: write(folder, compound_file("EncryptedPackage"))),
    "a workbook": ("is_a_workbook", lambda folder: archive(folder, {"xl/workbook.xml": b"<a/>"})),
    "an archive": ("not_a_document", lambda folder: archive(folder, {"a.txt": b"1"})),
    "macros by name": ("has_macros", lambda folder: archive(folder, {"word/document.xml": b"<a/>"}, "纪要.docm")),
    "macros inside": (
        "has_macros",
        lambda folder: archive(folder, {"word/document.xml": b"<a/>", "word/vbaProject.bin": b"1"}),
    ),
    "half a file": ("unreadable", truncated),
    "torn words": ("unreadable", torn_words),
    "parts that are missing": ("unreadable", lambda folder: archive(folder, {"word/document.xml": b"<a/>"})),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_readable_document_is_refused_with_a_sentence_in_both_languages(name, tmp_path):
    code, make = REFUSED[name]
    with pytest.raises(PaperRefused) as refused:
        read_minutes(make(tmp_path))
    assert refused.value.code == f"blueprint.{code}"
    with override("en"):
        english = str(refused.value.sentence)
    with override("zh-hans"):
        assert str(refused.value.sentence) != english


def test_a_file_that_would_grow_without_end_is_refused_before_it_is_opened(tmp_path):
    path = archive(tmp_path, {"word/document.xml": b"\0" * 3_000_000})
    with pytest.raises(PaperRefused) as refused:
        read_paper(path, unpacked_limit=1_000_000)
    assert refused.value.code == "blueprint.expands_too_far"
    with pytest.raises(PaperRefused) as refused:
        read_paper(path, limit=1000)
    assert refused.value.code == "blueprint.too_large"


def test_everything_that_is_left_open_has_a_sentence_in_both_languages():
    for code, sentence in SENTENCES.items():
        with override("en"):
            english = str(sentence)
        with override("zh-hans"):
            assert str(sentence) != english, code


def test_the_rule_of_the_first_is_found_in_the_words_that_papers_use(tmp_path):
    for words in (FIRST_LEADS, "（列首位的为牵头单位）", "排在第一位的单位为牵头单位。", "以上列第一位者为牵头部门"):
        read = read_minutes(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"], after=[words]))
        assert read.first_leads, words


@pytest.mark.parametrize("seed", range(25))
def test_random_damage_ends_in_a_refusal_or_in_minutes_and_never_in_a_crash(seed, tmp_path):
    random = Random(seed)
    content = bytearray(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"]).read_bytes())
    for _ in range(random.randint(1, 40)):
        content[random.randrange(len(content))] = random.randrange(256)
    with suppress(PaperRefused):
        read_minutes(write(tmp_path, bytes(content)))


@pytest.mark.parametrize("seed", range(25))
def test_damaged_words_inside_a_sound_package_end_in_a_refusal_or_in_minutes(seed, tmp_path):
    random = Random(seed)
    with zipfile.ZipFile(write_minutes(tmp_path, ["1．关于甲。年底前完成。（区民政局）"])) as file:
        parts = {name: bytearray(file.read(name)) for name in file.namelist()}
    for name in ("word/document.xml", "word/styles.xml", "[Content_Types].xml", "_rels/.rels"):
        for _ in range(random.randint(0, 3)):
            start = random.randrange(len(parts[name]))
            del parts[name][start : start + random.randint(1, 60)]
    with suppress(PaperRefused):
        read_minutes(archive(tmp_path, {name: bytes(part) for name, part in parts.items()}))
