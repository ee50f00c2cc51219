"""The acts on an import: reading, taking over, undoing; twice, at once, out of order, by people without the right."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError

from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.core.search.index import find
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.mentoring.models import Mentor, VettingFact
from sunward.people.models import Person
from sunward.registers.actions import (
    SameFile,
    commit_batch,
    correct_sheet,
    declare_another_person,
    repair_row,
    request_commit,
    request_undo,
    resume_batch,
    skip_row,
    stage_batch,
    take_row_back_in,
    undo_batch,
)
from sunward.registers.conducting import TerminalConductor
from sunward.registers.models import ImportBatch, RememberedHeading, StagedRow
from sunward.registers.sheets.layouts import Corrections
from sunward.registers.storing import DiskFull, path_of
from tests.factories import NOW, TODAY, make_match
from tests.registers.imports import (
    CHILD_HEADS,
    WUJIAOCHANG,
    bring_in,
    child,
    children,
    mothers,
    officer,
    read,
    students,
    supervisor,
    take_over,
    upload,
    workbook,
)

pytestmark = pytest.mark.django_db
CONDUCTOR = TerminalConductor()


def undo(actor, batch):
    request_undo(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)
    undo_batch(batch_id=batch.pk, conductor=CONDUCTOR, now=NOW)
    batch.refresh_from_db()
    return batch


def outcomes(batch):
    return list(batch.rows.order_by("pk").values_list("outcome", flat=True))


def test_a_register_becomes_files_with_facts_and_can_be_found():
    batch = bring_in(officer(), children(3), mothers(2), students(2))
    assert batch.state == "committed"
    assert Case.objects.filter(source_batch_id=batch.pk).count() == 3
    assert Mentor.objects.filter(source_batch_id=batch.pk).count() == 4
    assert standing_facts().filter(kind="casework.case_opened").count() == 3
    assert standing_facts().filter(kind="mentoring.mentor_added").count() == 4
    case = Case.objects.select_related("person").first()
    assert [entry.object_id for entry in find(case.person.name) if entry.kind == "mentoring.case"] == [case.pk]


def test_undoing_takes_back_everything_and_withdraws_the_facts_without_erasing_them():
    actor = officer()
    batch = bring_in(actor, children(3), mothers(2), students(1))
    facts = Fact.objects.count()
    undo(actor, batch)
    assert batch.state == "undone"
    for model in (Case, Mentor, VettingFact, Person):
        assert not model.objects.exists(), model
    assert Fact.objects.count() == 2 * facts
    assert not standing_facts().exists()
    assert not find("张小")
    assert AuditEntry.objects.filter(code="registers.batch_undone").count() == 1


def test_what_somebody_has_worked_on_stays_when_the_batch_is_undone():
    actor = officer()
    batch = bring_in(actor, children(3), mothers(1))
    case, edited = Case.objects.order_by("pk")[:2]
    mentor = Mentor.objects.get()
    make_match(case, mentor)
    Case.objects.filter(pk=edited.pk).update(version=2)
    undo(actor, batch)
    assert set(Case.objects.values_list("pk", flat=True)) == {case.pk, edited.pk}
    assert Mentor.objects.get() == mentor
    kept = batch.rows.exclude(kept_because="").values_list("kept_because", flat=True)
    assert set(kept) == {"registers.kept_in_use", "registers.kept_changed"}
    assert batch.counts["committed"] == 3
    assert batch.counts["undone"] == 1


def test_a_guardian_of_two_children_goes_with_the_last_of_them():
    rows = [child(1, 实际监护人="周桂芳", 电话="13800111222"), child(2, 实际监护人="周桂芳", 电话="13800111222")]
    actor = officer()
    batch = bring_in(actor, workbook(rows))
    assert Person.objects.filter(name="周桂芳").count() == 1
    undo(actor, batch)
    assert not Person.objects.exists()


def test_the_same_file_twice_says_so_and_changes_nothing():
    actor = officer()
    batch = bring_in(actor, children())
    with pytest.raises(SameFile) as refused:
        upload(actor, children())
    assert refused.value.batch == batch
    assert ImportBatch.objects.count() == 1
    assert Case.objects.count() == 3


def test_the_same_file_beside_a_new_one_is_not_read_again():
    actor = officer()
    bring_in(actor, children())
    batch = read(actor, children(), mothers())
    assert [file.failure for file in batch.files.all()] == ["registers.same_file", ""]
    assert set(batch.rows.values_list("sheet__kind", flat=True)) == {"mothers"}


def test_a_file_whose_import_was_undone_may_come_again():
    actor = officer()
    undo(actor, bring_in(actor, children()))
    assert bring_in(actor, children()).counts["committed"] == 3


def test_rows_that_are_there_already_change_nothing_whatever_the_file():
    actor = officer()
    bring_in(actor, children(3))
    before = list(Person.objects.order_by("pk").values_list("pk", "version", "name"))
    batch = read(actor, workbook([child(1), child(2), child(7)]))
    assert outcomes(batch) == ["duplicate_of", "duplicate_of", "accepted"]
    take_over(actor, batch)
    assert Case.objects.count() == 4
    assert list(Person.objects.order_by("pk").values_list("pk", "version", "name"))[: len(before)] == before


def test_a_person_known_otherwise_gets_a_file_without_being_made_twice():
    actor = officer()
    first = bring_in(actor, children(1))
    Case.objects.filter(source_batch_id=first.pk).update(state="closed", closed_on=TODAY)
    persons = Person.objects.count()
    second = bring_in(actor, workbook([child(1), child(8)]))
    assert second.counts["committed"] == 2
    assert Case.objects.filter(state="open").count() == 2
    assert Person.objects.filter(cases__isnull=False).distinct().count() == 2
    assert Person.objects.count() == persons + 2


def test_a_supplement_finds_the_persons_of_the_workbook_before_it():
    batch = read(officer(), children(2), workbook([child(2, name="张小别"), child(5)]))
    rows = list(batch.rows.order_by("pk"))
    assert [row.outcome for row in rows] == ["accepted", "accepted", "duplicate_of", "accepted"]
    assert rows[2].duplicate_row == rows[1]
    assert rows[2].codes == ["name_differs"]


def test_two_imports_of_the_same_people_at_once_make_them_once():
    """Both were read before either was taken over: the second finds them when it takes over."""
    actor = officer()
    one, two = read(actor, children(3)), read(actor, workbook([child(n, 备注="补报") for n in (1, 2, 3)]))
    take_over(actor, one)
    take_over(actor, two)
    assert Case.objects.count() == 3
    assert set(outcomes(two)) == {"duplicate_of"}
    assert two.rows.first().duplicate_id == Case.objects.order_by("pk").first().pk


def test_of_two_people_who_press_at_once_the_second_is_told():
    actor = officer()
    batch = read(actor, children())
    request_commit(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)
    with pytest.raises(Conflict) as refused:
        request_commit(actor=actor, batch_id=batch.uid, now=NOW)
    assert refused.value.code == "registers.already_committing"
    commit_batch(batch_id=batch.pk, conductor=CONDUCTOR, on=TODAY, now=NOW)
    commit_batch(batch_id=batch.pk, conductor=CONDUCTOR, on=TODAY, now=NOW)
    assert Case.objects.count() == 3


@pytest.mark.parametrize("stops_after", [0, 1, 2, 3])
def test_taking_over_goes_on_where_it_was_cut_off(monkeypatch, stops_after):
    """Whole chunks or nothing: whatever the moment, no row comes twice and none is lost."""
    monkeypatch.setattr("sunward.registers.actions.committing.CHUNK", 2)
    actor = officer()
    batch = read(actor, children(7))
    request_commit(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)

    class Killed(BaseException):
        pass

    class Dying(TerminalConductor):
        steps = 0

        def report(self, **news):
            self.steps += 1
            if self.steps > stops_after + 1:
                raise Killed

    with pytest.raises(Killed):
        commit_batch(batch_id=batch.pk, conductor=Dying(), on=TODAY, now=NOW)
    assert Case.objects.count() == min(7, 2 * stops_after + 2)
    commit_batch(batch_id=batch.pk, conductor=CONDUCTOR, on=TODAY, now=NOW)
    batch.refresh_from_db()
    assert Case.objects.count() == 7
    assert batch.state == "committed"
    assert batch.rows.filter(state="committed").count() == 7


def test_a_chunk_that_fails_in_the_middle_leaves_nothing_of_itself(monkeypatch):
    monkeypatch.setattr("sunward.registers.actions.committing.CHUNK", 2)
    actor = officer()
    batch = read(actor, children(4))
    request_commit(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)
    full = DatabaseError("database or disk is full")
    calls = []

    def add(findables):
        calls.append(list(findables))
        if len(calls) == 2:
            raise full

    monkeypatch.setattr("sunward.core.search.index.add", add)
    with pytest.raises(DiskFull) as refused:
        commit_batch(batch_id=batch.pk, conductor=CONDUCTOR, on=TODAY, now=NOW)
    assert refused.value.code == "registers.disk_full"
    assert Case.objects.count() == 2
    assert Person.objects.count() == 4
    assert standing_facts().count() == 2
    assert batch.rows.filter(state="committed").count() == 2


def test_a_full_disk_during_the_upload_leaves_no_file_behind(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    actor = officer()

    def run_full(number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sunward.registers.storing.os.fsync", run_full)
    with pytest.raises(DiskFull):
        upload(actor, children())
    assert not list((tmp_path / "imports").iterdir())
    assert not ImportBatch.objects.exists()


def test_a_file_is_stored_for_nobody_else_to_read(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    batch = upload(officer(), children(), names=["../../困境儿童.xlsx"])
    file = batch.files.get()
    path = path_of(file.stored_as)
    assert file.name == "困境儿童.xlsx"
    assert path.parent == tmp_path / "imports"
    assert "困境" not in path.name
    assert path.stat().st_mode & 0o777 == 0o600


def test_reading_that_was_cut_off_begins_anew():
    batch = upload(officer(), children(3))
    stage_batch(batch_id=batch.pk, conductor=CONDUCTOR, now=NOW)
    ImportBatch.objects.filter(pk=batch.pk).update(state="staging")
    stage_batch(batch_id=batch.pk, conductor=CONDUCTOR, now=NOW)
    batch.refresh_from_db()
    assert batch.counts["rows"] == batch.rows.count() == 3


def test_a_supervisor_opens_no_file_elsewhere():
    actor = supervisor("310110012")
    batch = read(actor, workbook([child(1), child(2, sub=WUJIAOCHANG)]))
    assert outcomes(batch) == ["accepted", "rejected"]
    assert batch.rows.last().codes == ["outside_your_unit"]
    take_over(actor, batch)
    assert Case.objects.get().unit_path.startswith("/310110/310110012/")


def test_a_supervisor_cannot_move_a_row_elsewhere_by_repairing_it():
    actor = supervisor("310110012")
    batch = read(actor, workbook([child(1, 电话="12")]))
    row = batch.rows.get()
    repaired = repair_row(actor=actor, batch_id=batch.uid, row_id=row.uid, cells={"subdistrict": WUJIAOCHANG}, now=NOW)
    assert (repaired.outcome, repaired.codes[-1]) == ("rejected", "outside_your_unit")


@pytest.mark.parametrize("cells", [{}, {"姓名": "李别人"}])
def test_a_file_elsewhere_answers_no_guess_about_itself(cells):
    elsewhere, here = supervisor("310110019"), supervisor("310110012")
    bring_in(elsewhere, workbook([child(1, sub=WUJIAOCHANG)]))
    batch = read(here, workbook([child(1, **cells), child(2, 身份证号="31011020140303")]))
    row, wrong = batch.rows.order_by("row")
    assert (row.outcome, row.codes) == ("duplicate_of", ["known_elsewhere"])
    repaired = repair_row(
        actor=here, batch_id=batch.uid, row_id=wrong.uid, now=NOW,
        cells={"id_number": child(1)[CHILD_HEADS.index("身份证号")]},
    )  # fmt: skip
    assert (repaired.outcome, repaired.codes) == ("duplicate_of", ["known_elsewhere"])


@pytest.mark.parametrize("role", [Role.WORKER, Role.MENTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_importing_is_for_officers_and_supervisors(role):
    with pytest.raises(NotAllowed):
        upload(officer("310110012", role), children())


def test_another_supervisors_import_is_not_there():
    batch = read(supervisor("310110012"), children())
    stranger, row = supervisor("310110019"), batch.rows.first()
    for act in (request_commit, request_undo, resume_batch):
        with pytest.raises(NotThere):
            act(actor=stranger, batch_id=batch.uid, now=NOW)
    for act in (skip_row, take_row_back_in, declare_another_person):
        with pytest.raises(NotThere):
            act(actor=stranger, batch_id=batch.uid, row_id=row.uid, now=NOW)


def test_work_is_not_done_in_the_name_of_somebody_who_lost_the_post():
    actor = officer()
    batch = read(actor, children())
    request_commit(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)
    Assignment.objects.filter(user=actor.user_id).update(until_on=TODAY)
    with pytest.raises(Refusal) as refused:
        commit_batch(batch_id=batch.pk, conductor=CONDUCTOR, on=TODAY, now=NOW)
    assert refused.value.code == "registers.post_lost"
    assert not Case.objects.exists()
    successor = officer()
    resume_batch(actor=successor, batch_id=batch.uid, now=NOW, is_background=False)
    commit_batch(batch_id=batch.pk, conductor=CONDUCTOR, on=TODAY + timedelta(days=1), now=NOW)
    assert Case.objects.count() == 3


def test_a_repaired_row_is_judged_again_by_the_same_rules():
    actor = officer()
    batch = read(actor, workbook([child(1), child(2, 身份证号="31011020140303")]))
    row = batch.rows.get(outcome="rejected")
    good = child(9)[CHILD_HEADS.index("身份证号")]
    still = repair_row(actor=actor, batch_id=batch.uid, row_id=row.uid, cells={"id_number": "310110"}, now=NOW)
    assert (still.outcome, still.codes) == ("rejected", ["id_length"])
    repaired = repair_row(actor=actor, batch_id=batch.uid, row_id=row.uid, cells={"id_number": good}, now=NOW)
    assert repaired.outcome == "accepted"
    assert json.loads(repaired.record)["id_number"] == good
    assert take_over(actor, batch).counts["committed"] == 2


def test_a_repaired_row_stays_in_the_sub_district_that_its_section_tells():
    heads = [head for head in CHILD_HEADS if head != "所属街道"]
    place = CHILD_HEADS.index("所属街道")
    one, two = (cells[:place] + cells[place + 1 :] for cells in (child(1), child(2, 身份证号="31011020140303")))
    actor = officer()
    batch = read(actor, workbook([["一、五角场街道"], one, ["二、殷行街道"], two], heads=heads))
    row = batch.rows.get(outcome="rejected")
    good = child(9)[CHILD_HEADS.index("身份证号")]
    repair_row(actor=actor, batch_id=batch.uid, row_id=row.uid, cells={"id_number": good}, now=NOW)
    told = [json.loads(row.record)["subdistrict_code"] for row in batch.rows.order_by("row")]
    assert told == ["310110019", "310110016"]


def test_a_row_repaired_into_somebody_there_already_says_who():
    actor = officer()
    batch = read(actor, workbook([child(1), child(2, 身份证号="31011020140303")]))
    row = batch.rows.get(outcome="rejected")
    same = child(1)[CHILD_HEADS.index("身份证号")]
    repaired = repair_row(actor=actor, batch_id=batch.uid, row_id=row.uid, cells={"id_number": same}, now=NOW)
    assert repaired.outcome == "duplicate_of"
    assert repaired.duplicate_row == batch.rows.first()


def test_name_and_phone_alone_may_be_told_apart_but_a_number_may_not():
    actor = officer()
    rows = [child(1, 身份证号=""), child(1, 身份证号=""), child(2), child(2)]
    batch = read(actor, workbook(rows))
    guess, certain = batch.rows.filter(outcome="duplicate_of").order_by("pk")
    declared = declare_another_person(actor=actor, batch_id=batch.uid, row_id=guess.uid, now=NOW)
    assert declared.outcome == "accepted_with_warning"
    with pytest.raises(Refusal) as refused:
        declare_another_person(actor=actor, batch_id=batch.uid, row_id=certain.uid, now=NOW)
    assert refused.value.code == "registers.same_number"
    take_over(actor, batch)
    assert Case.objects.count() == 3


def test_a_row_left_out_stays_out_and_may_come_in_again():
    actor = officer()
    batch = read(actor, children(2))
    first, second = batch.rows.order_by("pk")
    skip_row(actor=actor, batch_id=batch.uid, row_id=first.uid, now=NOW)
    skip_row(actor=actor, batch_id=batch.uid, row_id=second.uid, now=NOW)
    with pytest.raises(Refusal) as refused:
        request_commit(actor=actor, batch_id=batch.uid, now=NOW)
    assert refused.value.code == "registers.nothing_to_take_over"
    take_row_back_in(actor=actor, batch_id=batch.uid, row_id=second.uid, now=NOW)
    take_over(actor, batch)
    assert Case.objects.count() == 1
    with pytest.raises(Conflict):
        skip_row(actor=actor, batch_id=batch.uid, row_id=second.uid, now=NOW)


def strange_sheet():
    """The names are under a heading that nobody foresaw."""
    heads = tuple("受帮扶小朋友之称呼" if head == "姓名" else head for head in CHILD_HEADS)
    return workbook([child(1), child(2, 身份证号="31011020140303")], heads=heads)


def test_a_corrected_column_is_read_and_remembered_for_the_next_workbook():
    actor = officer()
    batch = read(actor, strange_sheet())
    sheet = batch.files.get().sheets.get()
    assert not batch.rows.filter(outcome="accepted").exists()
    column = CHILD_HEADS.index("姓名") + 1
    correct_sheet(
        actor=actor, batch_id=batch.uid, sheet_id=sheet.pk, now=NOW, is_background=False,
        corrections=Corrections(kind="children", fields={column: "name"}),
    )  # fmt: skip
    stage_batch(batch_id=batch.pk, conductor=CONDUCTOR, now=NOW)
    assert outcomes(batch) == ["accepted", "rejected"]
    assert RememberedHeading.objects.filter(kind="children", field="name").count() == 1
    heads = tuple("受帮扶小朋友之称呼" if head == "姓名" else head for head in CHILD_HEADS)
    again = read(actor, workbook([child(5)], heads=heads))
    assert outcomes(again) == ["accepted"]


def test_reading_again_keeps_repairs_and_rows_left_out():
    actor = officer()
    batch = read(actor, workbook([child(1), child(2, 身份证号="31011020140303"), child(3)]))
    first, wrong, _third = batch.rows.order_by("pk")
    skip_row(actor=actor, batch_id=batch.uid, row_id=first.uid, now=NOW)
    good = child(9)[CHILD_HEADS.index("身份证号")]
    repair_row(actor=actor, batch_id=batch.uid, row_id=wrong.uid, cells={"id_number": good}, now=NOW)
    sheet = batch.files.get().sheets.get()
    correct_sheet(
        actor=actor, batch_id=batch.uid, sheet_id=sheet.pk, now=NOW, is_background=False,
        corrections=Corrections(leave_out=frozenset({5})),
    )  # fmt: skip
    stage_batch(batch_id=batch.pk, conductor=CONDUCTOR, now=NOW)
    rows = list(batch.rows.order_by("row").values_list("row", "outcome", "state", "is_repaired"))
    assert rows == [(3, "accepted", "skipped", False), (4, "accepted", "staged", True)]


def test_one_file_that_cannot_be_read_does_not_hold_up_the_others():
    batch = read(officer(), b"%PDF-1.7", children(2), b"", names=["a.xlsx", "b.xlsx", "c.xlsx"])
    assert [file.failure for file in batch.files.all()] == ["registers.not_a_workbook", "", "registers.empty"]
    assert batch.state == "staged"
    assert batch.counts["rows"] == 2


def test_an_import_of_nothing_readable_says_why():
    batch = read(officer(), b"%PDF-1.7")
    assert (batch.state, batch.failure) == ("failed", "registers.not_a_workbook")


def test_a_workbook_without_a_known_sheet_may_still_be_explained_by_hand():
    batch = read(officer(), workbook([["a", 1], ["b", 2]], heads=("甲", "乙"), title="其他"))
    assert (batch.state, batch.counts["rows"]) == ("staged", 0)
    assert batch.files.get().failure == "registers.no_known_sheet"
    assert batch.files.get().sheets.get().kind == ""


def test_names_and_numbers_lie_sealed_in_the_staging_table():
    batch = read(officer(), workbook([child(1, 电话="12")]))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT raw, record FROM registers_stagedrow")
        row = cursor.fetchone()
    assert all(cell.startswith("v1:") for cell in row)
    assert json.loads(StagedRow.objects.get(batch=batch).record)["name"]
