"""The workbench's pages: they open, in both languages, with the queries they are known to need, for whom they may."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.people.models import PossibleDuplicate
from sunward.registers.models import ImportBatch, StagedRow
from tests.factories import make_child, make_committee, make_known, make_person
from tests.registers.imports import CHILD_HEADS, PASSWORD, child, children, mothers, officer, read, supervisor, workbook

pytestmark = pytest.mark.django_db


def sign_in(actor, *, language: str = "zh-hans") -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id)
    user.language = language
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def mixed():
    """One row of every outcome."""
    return workbook(
        [
            child(1),
            child(2, 电话="1380"),
            child(3, 身份证号="31011020140504900"),
            child(4),
            child(4),
            child(5, 备注='=HYPERLINK("x")'),
        ]
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_an_import_opens(language):
    actor = officer()
    batch = read(actor, mixed(), mothers())
    client = sign_in(actor, language=language)
    row = batch.rows.get(outcome="rejected")
    sheet = batch.files.first().sheets.first()
    for name, keys in (
        ("batches", []),
        ("batch", [batch.uid]),
        ("row", [batch.uid, row.uid]),
        ("sheet", [batch.uid, sheet.pk]),
        ("progress", [batch.uid]),
        ("duplicates", []),
    ):
        response = client.get(reverse(f"registers:{name}", args=keys))
        assert response.status_code in (200, 286), name
        page = response.content.decode()
        assert "registers.same" not in page, name
        assert " style=" not in page
    for outcome in ("accepted", "accepted_with_warning", "rejected", "duplicate_of", "skipped", "kept", "nonsense"):
        assert client.get(reverse("registers:batch", args=[batch.uid]), {"outcome": outcome}).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_empty_workbook_filled_in_comes_back_understood(language):
    actor = officer()
    client = sign_in(actor, language=language)
    assert reverse("registers:blank", args=["children"]) in client.get(reverse("registers:batches")).content.decode()
    response = client.get(reverse("registers:blank", args=["children"]))
    book = load_workbook(BytesIO(response.content))
    heads = [cell.value for cell in book.active[2]]
    assert book.active.column_dimensions["D"].number_format == "@"
    told = dict(zip(CHILD_HEADS, child(1), strict=True))
    told |= {"儿童姓名": told["姓名"], "街道": told["所属街道"], "监护人电话": told["电话"]}
    book.active.append([told.get(head, "") for head in heads])
    target = BytesIO()
    book.save(target)
    assert [row.outcome for row in read(actor, target.getvalue()).rows.all()] == ["accepted"]


def test_an_empty_workbook_of_no_kind_is_not_there():
    assert sign_in(officer()).get(reverse("registers:blank", args=["dragons"])).status_code == 404


def test_an_import_goes_through_by_its_pages_alone(run_jobs):
    actor = officer()
    client = sign_in(actor)
    file = SimpleUploadedFile("儿童.xlsx", mixed())
    response = client.post(reverse("registers:start"), {"workbooks": [file], "judged_on": "2026-11-25"})
    batch = ImportBatch.objects.get()
    assert response.url == reverse("registers:batch", args=[batch.uid])
    assert "hx-get" in client.get(response.url).content.decode()
    assert run_jobs() == 1
    assert client.get(reverse("registers:progress", args=[batch.uid])).status_code == 286
    row = batch.rows.get(outcome="rejected")
    cells = {"cell-id_number": "310110201405049016"}
    wrong = client.post(reverse("registers:row_repair", args=[batch.uid, row.uid]), {"cell-id_number": "31011"})
    assert wrong.status_code == 422
    assert client.post(reverse("registers:row_repair", args=[batch.uid, row.uid]), cells).status_code in (302, 422)
    client.post(reverse("registers:commit", args=[batch.uid]))
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == "committed"
    assert batch.counts["committed"] >= 4
    client.post(reverse("registers:undo", args=[batch.uid]))
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["committed"]) == ("undone", 0)


def test_the_same_file_again_leads_to_the_import_that_has_it():
    actor = officer()
    batch = read(actor, children())
    client = sign_in(actor)
    response = client.post(
        reverse("registers:start"),
        {"workbooks": [SimpleUploadedFile("anders.xlsx", children())], "judged_on": "2026-11-25"},
        follow=True,
    )
    assert response.redirect_chain[0][0] == reverse("registers:batch", args=[batch.uid])
    assert "导入过" in response.content.decode()
    assert ImportBatch.objects.count() == 1


def test_a_file_beyond_the_limit_is_dropped_while_it_comes_in(settings):
    settings.SUNWARD_UPLOAD_LIMIT = 100_000
    client = sign_in(officer())
    big = SimpleUploadedFile("gross.xlsx", b"x" * 3_000_000)
    response = client.post(reverse("registers:start"), {"judged_on": "2026-11-25", "workbooks": [big]})
    assert response.status_code == 422
    assert "超过" in response.content.decode()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("content", [b"", b"not a workbook at all", b"%PDF-1.7 hello"])
def test_what_is_no_workbook_is_said_on_the_import(content, run_jobs):
    client = sign_in(officer())
    client.post(
        reverse("registers:start"), {"judged_on": "2026-11-25", "workbooks": [SimpleUploadedFile("a.xlsx", content)]}
    )
    run_jobs()
    batch = ImportBatch.objects.get()
    page = client.get(reverse("registers:batch", args=[batch.uid])).content.decode()
    assert "sun-notice" in page


def test_a_page_of_rows_needs_the_same_queries_however_many_rows():
    actor = officer()
    client = sign_in(actor)
    client.get(reverse("registers:batches"))  # what is remembered for good: the menu, the head of the record
    read(actor, children(1))
    counted = []
    for size in (2, 19):
        batch = read(actor, children(size))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("registers:batch", args=[batch.uid]))
        counted.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("registers:batches"))
        counted.append(len(queries))
    assert counted[0] == counted[2]
    assert counted[1] == counted[3]
    assert max(counted) <= 16


def test_an_export_asks_for_the_password_again_and_is_written_down():
    actor = officer()
    batch = read(actor, mixed())
    client = sign_in(actor)
    address = reverse("registers:export", args=[batch.uid])
    assert reverse("account_reauthenticate") in client.get(address).url
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.get(address, {"outcome": "accepted_with_warning"})
    assert response.status_code == 200
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert AuditEntry.objects.filter(code="registers.rows_exported").count() == 1


def test_near_misses_find_nothing():
    batch = read(supervisor("310110012"), mixed())
    row = batch.rows.first()
    sheet = batch.files.first().sheets.first()
    stranger = sign_in(supervisor("310110019"))
    for name, keys in (
        ("batch", [batch.uid]),
        ("row", [batch.uid, row.uid]),
        ("sheet", [batch.uid, sheet.pk]),
        ("progress", [batch.uid]),
        ("export", [batch.uid]),
    ):
        response = stranger.get(reverse(f"registers:{name}", args=keys))
        assert response.status_code in (404, 302), name
    for name, keys in (
        ("commit", [batch.uid]),
        ("undo", [batch.uid]),
        ("resume", [batch.uid]),
        ("row_skip", [batch.uid, row.uid]),
        ("row_take", [batch.uid, row.uid]),
        ("row_another", [batch.uid, row.uid]),
        ("row_repair", [batch.uid, row.uid]),
        ("sheet_correct", [batch.uid, sheet.pk]),
    ):
        assert stranger.post(reverse(f"registers:{name}", args=keys)).status_code == 404, name
    assert str(batch.uid) not in stranger.get(reverse("registers:batches")).content.decode()


def test_a_row_of_another_import_is_not_reached_through_ones_own():
    mine, other = supervisor("310110012"), supervisor("310110019")
    own, theirs = read(mine, children()), read(other, children(sub="五角场街道"))
    row = theirs.rows.first()
    client = sign_in(mine)
    assert client.get(reverse("registers:row", args=[own.uid, row.uid])).status_code == 404
    assert client.post(reverse("registers:row_skip", args=[own.uid, row.uid])).status_code == 404
    assert StagedRow.objects.get(pk=row.pk).state == "staged"


def test_whoever_is_shown_as_a_possible_duplicate_was_looked_at():
    here = make_committee()
    case, twin = make_child("陈一", unit=here), make_known(make_person("陈一一", unit=here))
    PossibleDuplicate.objects.create(first=case.person, second=twin, points=80, unit_path=here.path)
    elsewhere = sign_in(supervisor("310110019"))
    assert elsewhere.get(reverse("registers:duplicates")).status_code == 200
    looks = AuditEntry.objects.filter(kind="look", code="registers.duplicate_opened")
    assert not looks
    sign_in(supervisor("310110012")).get(reverse("registers:duplicates"))
    assert set(looks.values_list("subject_kind", "subject_id")) == {("case", case.pk), ("person", twin.pk)}
