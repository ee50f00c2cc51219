"""Hours without the ways, certified for a period; the paper says the same for ever, and its code can be asked about."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from docx import Document

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.actions.certificates import (
    WRONG_AT_MOST,
    check_certificate,
    issue_certificate,
    revoke_certificate,
)
from sunward.mentoring.certifying import build_document, mask_name, read_words
from sunward.mentoring.models import ServiceCertificate, Visit
from sunward.mentoring.queries.service_hours import ServiceHours, read_service_hours
from sunward.people.models import Person
from tests import factories as make

pytestmark = pytest.mark.django_db
WHEN = {"on": make.TODAY, "now": make.NOW}
YEAR = {"from_on": date(2026, 1, 1), "until_on": make.TODAY}
ADDRESS = "https://sunward.example/certificate/"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)
    cache.clear()


@pytest.fixture
def supervisor():
    return make.actor_of(make.make_officer(Role.SUPERVISOR, make.make_subdistrict(), name="陆春晖"))


def _visit(match, *, minutes=60, days=5, outcome=ContactOutcome.MADE, **more):
    record = ServiceRecord.objects.create(
        case=match.case, kind=ServiceKind.HOME_VISIT, happened_on=make.TODAY - timedelta(days=days), minutes=minutes,
        outcome=outcome, recorded_at=make.NOW, unit_path=match.unit_path, **more,
    )  # fmt: skip
    return Visit.objects.create(match=match, record=record)


def _mentor(name="张小红", **visit):
    mentor = make.make_mentor(name)
    _visit(make.make_match(make.make_child(), mentor), **visit)
    return mentor


def _issue(actor, mentor, **more):
    return issue_certificate(actor=actor, mentor_id=mentor.uid, address=ADDRESS, **(YEAR | more), **WHEN)


def _text(row):
    content = build_document(read_words(row.content, code=row.code), issued_at=row.issued_at)
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_only_what_stands_counts_and_both_ends_of_the_period_do():
    mentor = make.make_mentor()
    match = make.make_match(make.make_child(), mentor)
    for days in (0, 10):
        _visit(match, minutes=45, days=days)
    for days in (11, -1):
        _visit(match, minutes=1000, days=days)
    _visit(match, minutes=1000, outcome=ContactOutcome.ATTEMPTED)
    _visit(match, minutes=1000, withdrawn_at=make.NOW)
    _visit(make.make_match(make.make_child(), make.make_mentor()), minutes=1000)

    served = read_service_hours(mentor, from_on=make.TODAY - timedelta(days=10), until_on=make.TODAY)

    assert served == ServiceHours(visits=2, minutes=90)
    assert served.hours == "1.5"


def test_the_paper_says_who_when_how_often_and_how_long(supervisor):
    row = _issue(supervisor, _mentor(minutes=120))

    words = "\n".join(_text(row))
    for expected in ("张小红", row.number, row.code, "2026-01-01", "2026-11-25", "控江路街道", "陆春晖", ADDRESS):
        assert expected in words, expected
    assert (row.visits, row.minutes) == (1, 120)


def test_the_same_certificate_says_the_same_whatever_has_changed_since(supervisor):
    mentor = _mentor()
    row = _issue(supervisor, mentor)
    before = _text(row)
    Person.objects.filter(pk=mentor.person_id).update(name="张大红")
    _visit(mentor.matches.get(), minutes=600)

    assert _text(ServiceCertificate.objects.get(pk=row.pk)) == before


def test_chinese_signs_have_a_chinese_font(supervisor):
    row = _issue(supervisor, _mentor())
    content = build_document(read_words(row.content, code=row.code), issued_at=row.issued_at)

    with ZipFile(BytesIO(content)) as parts:
        body, styles = parts.read("word/document.xml").decode(), parts.read("word/styles.xml").decode()
    assert body.count("<w:r>") == body.count("w:eastAsia=")
    assert 'w:eastAsia="宋体"' in styles


def test_the_code_lies_sealed_and_its_index_opens_nothing_with_another_number(supervisor):
    first, second = _issue(supervisor, _mentor("张一")), _issue(supervisor, _mentor("张二"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT code, content FROM mentoring_servicecertificate ORDER BY id")
        for (code, content), row in zip(cursor.fetchall(), (first, second), strict=True):
            assert row.code not in f"{code}{content}"
    assert check_certificate(number=first.number, code=second.code, now=make.NOW) is None
    assert check_certificate(number=first.number, code=first.code, now=make.NOW) is not None


def test_typed_off_paper_capitals_and_strokes_do_not_matter(supervisor):
    row = _issue(supervisor, _mentor())
    typed = row.code.lower().replace("-", " ")

    answer = check_certificate(number=row.number.lower(), code=typed, now=make.NOW)

    assert answer is not None
    assert (answer.name, answer.hours, answer.issued_by, answer.is_revoked) == ("张**", "1", "控江路街道", False)


def test_pressed_twice_it_is_one_and_new_visits_make_another(supervisor):
    mentor = _mentor()
    assert _issue(supervisor, mentor) == _issue(supervisor, mentor)
    _visit(mentor.matches.get())

    assert _issue(supervisor, mentor).visits == 2
    assert ServiceCertificate.objects.count() == 2


def test_revoked_it_says_so_and_a_right_one_can_be_issued(supervisor):
    row = _issue(supervisor, mentor := _mentor())
    for _press in range(2):
        revoke_certificate(actor=supervisor, certificate_id=row.uid, **WHEN)

    answer = check_certificate(number=row.number, code=row.code, now=make.NOW)
    assert answer is not None
    assert answer.is_revoked
    assert AuditEntry.objects.filter(code="mentoring.certificate_revoked").count() == 1
    assert _issue(supervisor, mentor) != row


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ({"from_on": make.TODAY, "until_on": make.TODAY - timedelta(days=1)}, "period_impossible"),
        ({"until_on": make.TODAY + timedelta(days=1)}, "period_impossible"),
        ({"from_on": date(2020, 1, 1), "until_on": date(2020, 12, 31)}, "nothing_to_certify"),
    ],
)
def test_nothing_is_certified_that_was_not_written_down(supervisor, period, code):
    with pytest.raises(Refusal, match=code):
        _issue(supervisor, _mentor(), **period)


def test_the_committee_sees_a_certificate_and_issues_none():
    mentor = _mentor()
    worker = make.actor_of(make.make_officer(Role.WORKER, mentor.unit))
    elsewhere = make.actor_of(make.make_officer(Role.SUPERVISOR, make.make_subdistrict("310110019", name="五角场")))

    for actor in (worker, elsewhere):
        with pytest.raises(NotThere):
            _issue(actor, mentor)


def test_a_program_that_guesses_is_stopped_and_let_in_again_later():
    for _try in range(WRONG_AT_MOST):
        assert check_certificate(number="V2026-000001", code="AAAAA-AAAAA", now=make.NOW) is None

    with pytest.raises(Conflict, match="too_many_wrong_codes"):
        check_certificate(number="V2026-000001", code="AAAAA-AAAAA", now=make.NOW)
    check_certificate(number="V2026-000001", code="AAAAA-AAAAA", now=make.NOW + timedelta(minutes=11))


def test_a_name_is_masked_after_its_first_sign():
    assert [mask_name(name) for name in ("张小红", "李芳", "欧阳明珠", "王")] == ["张**", "李*", "欧***", "王*"]


# The pages.


def test_a_third_party_learns_what_stands_on_the_paper_and_wrong_is_wrong(client, supervisor):
    row = _issue(supervisor, _mentor())
    url = reverse("certificate")

    right = client.post(url, {"number": row.number, "code": row.code}).content.decode()
    wrong = [
        client.post(url, typed).content.decode().split("<main")[1].split("<form")[0]
        for typed in ({"number": row.number, "code": "AAAAA-AAAAA"}, {"number": "V2026-999999", "code": row.code})
    ]

    assert "张**" in right
    assert "张小红" not in right
    assert wrong[0] == wrong[1]
    assert "张" not in wrong[0]


def test_it_is_issued_and_downloaded_from_her_page_and_by_herself(client, django_assert_max_num_queries):
    mentor = _mentor()
    user = make.make_user()
    make.give_post(user, Role.MENTOR, mentor.unit)
    mentor.user = user
    mentor.save()
    client.force_login(make.make_officer())
    url = reverse("mentoring:certificate_new", args=[mentor.uid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"from_on": "2026-01-01", "until_on": "2026-11-25"}).status_code == 302
    row = ServiceCertificate.objects.get()

    sent = client.get(reverse("mentoring:certificate_file", args=[row.uid]))
    assert sent["Content-Disposition"] == f'attachment; filename="{row.number}.docx"'
    assert AuditEntry.objects.filter(code="mentoring.certificate_downloaded").count() == 1

    client.force_login(user)
    with django_assert_max_num_queries(16):
        page = client.get(reverse("mentoring:own_standing")).content.decode()
    assert row.number in page
    own = client.get(reverse("mentoring:own_certificate", args=[row.uid]))
    assert b"".join(own)[:2] == b"PK"


def test_a_mentor_downloads_nobody_elses_certificate(client, supervisor):
    row = _issue(supervisor, _mentor())
    other = make.make_mentor(user=make.make_user())
    make.give_post(other.user, Role.MENTOR, other.unit)
    client.force_login(other.user)

    assert client.get(reverse("mentoring:own_certificate", args=[row.uid])).status_code == 404
