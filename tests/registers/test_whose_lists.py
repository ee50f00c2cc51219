"""Each kind of list belongs to the posts that import it: whoever works with children and whoever plans job fairs
never meet in one import.
"""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, User
from sunward.core.refusals import NotThere, Refusal
from sunward.registers.access import IMPORTING_ROLES, get_batch, importable_kinds, visible_batches
from sunward.registers.actions import correct_sheet, request_commit, stage_batch
from sunward.registers.conducting import TerminalConductor
from sunward.registers.models import ImportBatch, StagedRow
from sunward.registers.sheets.layouts import Corrections
from sunward.registers.sheets.registry import kinds_imported_by, sheet_kinds
from sunward.registers.storing import FOLDER, path_of
from tests.employment.plans import FAIR_HEADS, employment_officer, fair, fairs, plan
from tests.factories import NOW, actor_of, give_post
from tests.registers.imports import CHILD_HEADS, child, children, mothers, officer, read, supervisor, upload

pytestmark = pytest.mark.django_db


def both_in_one() -> bytes:
    return plan(("招聘会", FAIR_HEADS, [fair()]), ("困境儿童台账", CHILD_HEADS, [child(1)]))


def stored() -> list[str]:
    folder = path_of(FOLDER)
    return [file.name for file in folder.iterdir()] if folder.exists() else []


def holding_both() -> Actor:
    """A supervisor who is the employment officer of the whole district as well."""
    actor = supervisor()
    user = User.objects.get(pk=actor.user_id)
    give_post(user, Role.EMPLOYMENT_OFFICER, Unit.objects.get(code="310110"))
    return actor_of(user)


def test_every_kind_says_who_imports_it_and_only_they_have_the_pages():
    assert all(kind.roles for kind in sheet_kinds().values())
    assert {role for kind in sheet_kinds().values() for role in kind.roles} == set(IMPORTING_ROLES)


def test_nobody_sees_the_imports_of_another_posts_lists_whatever_the_unit():
    of_children, of_events = read(officer(), children()), read(employment_officer(), fairs(fair()))
    below = read(supervisor(), children(2, 备注="另一份"))
    seen = {
        role: set(visible_batches(actor).values_list("pk", flat=True))
        for role, actor in (("district", officer()), ("supervisor", supervisor()), ("events", employment_officer()))
    }
    assert seen == {"district": {of_children.pk, below.pk}, "supervisor": {below.pk}, "events": {of_events.pk}}
    assert not visible_batches(employment_officer("310110012")).exists()
    for actor, batch in ((employment_officer(), of_children), (officer(), of_events)):
        with pytest.raises(NotThere):
            get_batch(actor=actor, batch_id=batch.uid)
        with pytest.raises(NotThere):
            request_commit(actor=actor, batch_id=batch.uid, now=NOW)


@pytest.mark.parametrize(
    ("who", "file"),
    [(employment_officer, children), (employment_officer, mothers), (officer, lambda: fairs(fair()))],
    ids=["children", "mothers", "fairs"],
)
def test_a_list_of_another_posts_work_is_refused_before_anything_is_kept(
    who: Callable[[], Actor], file: Callable[[], bytes]
):
    actor = who()
    before = stored()
    with pytest.raises(Refusal) as refused:
        upload(actor, file())
    assert refused.value.code == "registers.kind_not_yours"
    assert not ImportBatch.objects.exists()
    assert stored() == before


def test_the_refusal_says_whose_list_it_is():
    with pytest.raises(Refusal) as refused:
        upload(employment_officer(), children())
    assert str(refused.value.sentence) == (
        "“困境儿童”由以下岗位导入：区级项目负责人、儿童督导员。您不在其中，文件没有保存。"
    )


def test_of_several_files_the_own_ones_are_read_and_the_others_are_not_kept():
    actor = employment_officer()
    before = stored()
    batch = read(actor, fairs(fair()), children(), names=["招聘会.xlsx", "名册.xlsx"])
    files = list(batch.files.order_by("position").values_list("failure", "stored_as"))
    assert files[0] == ("", files[0][1])
    assert files[1] == ("registers.kind_not_yours", "")
    assert batch.rows.count() == 1
    assert len(stored()) == len(before) + 1


def test_of_a_file_with_both_the_other_posts_sheet_is_named_and_not_read():
    batch = read(employment_officer(), both_in_one(), names=["安排.xlsx"])
    own, foreign = batch.files.get().sheets.order_by("position")
    assert (own.kind, own.rows_seen, own.is_skipped) == ("job_fair", 1, False)
    assert (foreign.kind, foreign.rows_seen, foreign.is_skipped) == ("children", 0, True)
    assert not foreign.layout["columns"]
    assert set(StagedRow.objects.values_list("sheet", flat=True)) == {own.pk}
    for corrections in (Corrections(), Corrections(kind="job_fair"), Corrections(kind="children")):
        with pytest.raises(NotThere):
            correct_sheet(
                actor=employment_officer(), batch_id=batch.uid, sheet_id=foreign.pk, corrections=corrections, now=NOW
            )


def test_no_sheet_can_be_made_a_list_of_another_post():
    actor = employment_officer()
    batch = read(actor, fairs(fair()))
    sheet = batch.files.get().sheets.get()
    with pytest.raises(Refusal) as refused:
        correct_sheet(
            actor=actor, batch_id=batch.uid, sheet_id=sheet.pk, corrections=Corrections(kind="children"), now=NOW
        )
    assert refused.value.code == "registers.kind_unknown"


def test_a_file_whose_lists_show_only_when_it_is_read_is_not_kept_either(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sunward.registers.actions.uploading.find_kind", lambda sheet, kinds: None)
    before = stored()
    batch = upload(employment_officer(), children())
    assert len(stored()) == len(before) + 1
    stage_batch(batch_id=batch.pk, conductor=TerminalConductor(), now=NOW)
    batch.refresh_from_db()
    assert (batch.state, batch.failure) == ("failed", "registers.kind_not_yours")
    assert not batch.rows.exists()
    assert stored() == before


def test_whoever_holds_both_posts_imports_each_list_under_its_own():
    actor = holding_both()
    own = kinds_imported_by(Role.SUPERVISOR, Role.EMPLOYMENT_OFFICER)
    assert {kind.key for kind in importable_kinds(actor)} == set(own)
    of_children, of_events = read(actor, children()), read(actor, fairs(fair()))
    assert (of_children.made_as, of_children.unit.name) == (Role.SUPERVISOR, "控江路街道")
    assert (of_events.made_as, of_events.unit.name) == (Role.EMPLOYMENT_OFFICER, "杨浦区")
    assert set(visible_batches(actor)) == {of_children, of_events}


def test_pages_offer_only_the_lists_of_the_own_post(client: Client):
    assert settings.SUNWARD_PROGRAMMES
    read(officer(), children(), names=["困境儿童.xlsx"])
    batch = read(employment_officer(), both_in_one(), names=["安排.xlsx"])
    client.force_login(User.objects.get(pk=employment_officer().user_id))
    page = client.get(reverse("registers:batches")).content.decode()
    assert "安排.xlsx" in page
    assert "困境儿童" not in page
    assert client.get(reverse("registers:blank", args=["job_fair"])).status_code == 200
    assert client.get(reverse("registers:blank", args=["children"])).status_code == 404
    own, foreign = batch.files.get().sheets.order_by("position")
    shown = client.get(reverse("registers:batch", args=[batch.uid])).content.decode()
    assert reverse("registers:sheet", args=[batch.uid, own.pk]) in shown
    assert reverse("registers:sheet", args=[batch.uid, foreign.pk]) not in shown
    assert "属于其他岗位的工作" in shown
    assert client.get(reverse("registers:sheet", args=[batch.uid, foreign.pk])).status_code == 404
    form = client.get(reverse("registers:sheet", args=[batch.uid, own.pk])).content.decode()
    assert 'value="children"' not in form
    assert 'value="course"' in form
    # Whoever keeps files settles whose are one person's, each programme its own.
    assert client.get(reverse("registers:duplicates")).status_code == 200
