"""What is written on a child's file through its pages: every form, and what a slip or a second person meets."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.casework.actions import add_follow_up, assess_risk
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Case, FollowUp, RiskAssessment, ServiceRecord
from sunward.core import clock
from sunward.people.models import ConsentRecord, Guardianship, HouseholdMember, Person
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: make.TODAY)
    monkeypatch.setattr(clock, "now", lambda: make.NOW)


@pytest.fixture
def officer(client):
    user = make.make_officer()
    client.force_login(user)
    return user


def _url(name, *args):
    return reverse(f"mentoring:{name}", args=args)


def _typed(lives_in, **more):
    return {"name": "张小雨", "unit": lives_in.pk, "risk": "1", "needs": ["tutoring"]} | more


def _fields(page):
    """What a browser would post from the form in `main`: hidden values, texts, choices."""
    html = page.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        kind, name = _attribute(tag, "type"), _attribute(tag, "name")
        if name and (kind not in ("checkbox", "radio") or " checked" in tag):
            fields.setdefault(name, []).append(_attribute(tag, "value"))
    for name, inner in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', main, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', inner)
        fields[name] = chosen or [""]
    for name, inner in re.findall(r'<textarea name="([^"]+)".*?>\n?(.*?)</textarea>', main, re.DOTALL):
        fields[name] = [inner.strip("\r\n")]
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def _attribute(tag, name):
    found = re.search(rf' {name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def test_a_file_is_opened_by_hand(client, officer):
    unit = make.make_committee()

    answer = client.post(_url("child_new"), _typed(unit, id_number=make.resident_id(date(2014, 5, 6))))

    case = Case.objects.get()
    assert answer["Location"] == _url("child", case.uid)
    assert (case.person.birth_date, case.person.sex) == (date(2014, 5, 6), "F")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id_number", "310110201405069001"),
        ("id_number", "3.10110E+17"),
        ("phone", "12345"),
        ("birth_date", "2099-01-01"),
        ("name", ""),
        ("unit", ""),
        ("risk", "3"),
    ],
)
def test_a_slip_is_said_at_its_field_and_nothing_is_saved(client, officer, field, value):
    answer = client.post(_url("child_new"), _typed(make.make_committee(), **{field: value}))

    assert answer.status_code == 422
    assert answer.context["form"].errors[{"risk": "risk_reason"}.get(field, field)]
    assert not Person.objects.exists()


def test_a_birth_date_that_contradicts_the_number_is_asked_about(client, officer):
    number = make.resident_id(date(2014, 5, 6))

    answer = client.post(_url("child_new"), _typed(make.make_committee(), id_number=number, birth_date="2013-05-06"))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["birth_date"]


def test_a_lookalike_is_shown_with_its_reasons_before_anything_is_saved(client, officer):
    known = make.make_child("张小雨", birth=date(2014, 5, 6))
    typed = _typed(known.unit, birth_date=known.person.birth_date.isoformat())

    answer = client.post(_url("child_new"), typed)

    row = answer.context["found"].rows[0]
    assert (row.name, row.uid, row.is_certain) == ("张小雨", str(known.uid), False)
    assert len(row.signs) >= 2
    assert Case.objects.count() == 1

    assert client.post(_url("child_new"), typed | {"is_other": "on"}).status_code == 302
    assert Case.objects.count() == 2


def test_a_number_that_is_there_leads_to_the_file_whatever_is_confirmed(client, officer):
    known = make.make_child("张小雨")

    answer = client.post(
        _url("child_new"), _typed(known.unit, name="李四", id_number=known.person.id_number, is_other="on")
    )

    assert answer.status_code == 422
    assert answer.context["found"].is_blocking
    assert Case.objects.count() == 1


def test_of_a_lookalike_elsewhere_only_the_subdistrict_is_said(client):
    elsewhere = make.make_committee(
        "310110013001", name="长白一居委", subdistrict=make.make_subdistrict("310110013", name="长白新村街道")
    )
    known = make.make_child("张小雨", unit=elsewhere)
    own = make.make_committee()
    client.force_login(make.make_officer(Role.WORKER, own))

    answer = client.post(_url("child_new"), _typed(own, name="张小雨", birth_date=known.person.birth_date.isoformat()))

    row = answer.context["found"].rows[0]
    assert (row.name, row.uid, row.unit_name) == ("", "", "长白新村街道")
    page = answer.content.decode()
    assert str(known.uid) not in page
    assert "长白一居委" not in page


def test_the_edit_form_saves_as_it_opens(client, officer):
    case = make.make_child("张小雨")

    answer = client.post(_url("child_edit", case.uid), _fields(client.get(_url("child_edit", case.uid))))

    assert answer.status_code == 302
    before = Person.objects.get(pk=case.person_id)
    assert (before.name, before.id_number, before.phone) == (
        case.person.name, case.person.id_number, case.person.phone,
    )  # fmt: skip


def _edit_both(client, case, *, mine, theirs):
    """I open the form, somebody else saves `theirs`, then I post `mine`."""
    opened = _fields(client.get(_url("child_edit", case.uid)))
    assert client.post(_url("child_edit", case.uid), opened | theirs).status_code == 302
    return client.post(_url("child_edit", case.uid), opened | mine)


def test_two_who_change_different_things_both_keep_theirs(client, officer):
    case = make.make_child("张小雨")

    screen = _edit_both(
        client, case, mine={"hardship": "illness"}, theirs={"guardianship": "absent", "needs": ["health"]}
    )
    assert screen.status_code == 409
    assert screen.context["merge"].disputes == ()

    assert client.post(_url("child_edit", case.uid), _fields(screen)).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert (case.child.hardship, case.child.guardianship) == ("illness", "absent")
    assert [need.kind for need in case.needs.all()] == ["health"]


@pytest.mark.parametrize(("choice", "name"), [("mine", "张晓雨"), ("theirs", "张筱雨")])
def test_what_both_changed_is_shown_twice_and_the_choice_stands(client, officer, choice, name):
    case = make.make_child("张小雨")

    screen = _edit_both(
        client,
        case,
        mine={"name": "张晓雨", "languages": "普通话、上海话"},
        theirs={"name": "张筱雨", "languages": "英语"},
    )
    disputes = {dispute.name: (dispute.mine, dispute.theirs) for dispute in screen.context["merge"].disputes}
    assert disputes == {"name": ("张晓雨", "张筱雨"), "languages": ("普通话、上海话", "英语")}

    posted = _fields(screen) | {"choose-name": [choice], "choose-languages": ["mine"]}
    assert client.post(_url("child_edit", case.uid), posted).status_code == 302
    case = Case.objects.get(pk=case.pk)
    assert (case.person.name, case.child.languages) == (name, ["普通话", "上海话"])


def test_a_third_change_while_merging_is_merged_again(client, officer):
    case = make.make_child("张小雨")
    screen = _edit_both(client, case, mine={"name": "张晓雨"}, theirs={"name": "张筱雨"})
    assert client.post(
        _url("child_edit", case.uid), _fields(client.get(_url("child_edit", case.uid))) | {"name": "张孝雨"}
    ).status_code == 302  # fmt: skip

    again = client.post(_url("child_edit", case.uid), _fields(screen) | {"choose-name": ["mine"]})

    assert again.status_code == 409
    assert [(d.mine, d.theirs) for d in again.context["merge"].disputes] == [("张晓雨", "张孝雨")]


def test_a_sealed_value_typed_while_somebody_else_saved_is_not_lost(client, officer):
    case = make.make_child("张小雨")

    screen = _edit_both(client, case, mine={"phone": "13900005678"}, theirs={"hardship": "illness"})
    assert client.post(_url("child_edit", case.uid), _fields(screen)).status_code == 302

    case = Case.objects.get(pk=case.pk)
    assert (case.person.phone, case.child.hardship) == ("+8613900005678", "illness")


def test_a_contact_is_written_down_and_withdrawn(client, officer):
    case = make.make_child()
    client.post(
        _url("child_service", case.uid),
        {"kind": "home_visit", "happened_on": "2026-11-24", "outcome": "made", "minutes": "40", "note": "一起读书"},
    )
    record = ServiceRecord.objects.get()
    case.refresh_from_db()
    assert (record.minutes, record.by, case.last_contact_on.isoformat()) == (40, officer, "2026-11-24")

    client.post(_url("child_service_withdraw", case.uid, record.uid), {"reason": "记错了"})

    case.refresh_from_db()
    assert case.last_contact_on is None
    assert "一起读书" not in client.get(_url("child", case.uid)).content.decode()


def test_a_day_in_the_future_is_refused_with_a_sentence(client, officer):
    case = make.make_child()

    answer = client.post(
        _url("child_service", case.uid), {"kind": "home_visit", "happened_on": "2026-11-27", "outcome": "made"}
    )

    assert answer.status_code == 422
    assert not ServiceRecord.objects.exists()


def test_raising_holds_at_once_and_lowering_offers_the_second_person_the_choice(client, officer):
    case = make.make_child(risk=RiskLevel.MEDIUM)
    client.post(_url("child_assess", case.uid), {"level": "3", "reason": "受伤"})
    case.refresh_from_db()
    assert case.risk_level == RiskLevel.HIGH

    client.post(_url("child_assess", case.uid), {"level": "1", "reason": "好转"})
    waiting = RiskAssessment.objects.get(state="proposed")
    decide = _url("child_assessment_decide", case.uid, waiting.pk)
    assert 'value="confirm"' not in client.get(_url("child", case.uid)).content.decode()
    assert client.post(decide, {"verdict": "confirm"}).status_code == 403

    client.force_login(make.make_officer())
    assert 'value="confirm"' in client.get(_url("child", case.uid)).content.decode()
    client.post(decide, {"verdict": "confirm"})
    case.refresh_from_db()
    assert case.risk_level == RiskLevel.LOW


def test_something_to_do_is_added_ticked_and_unticked(client, officer):
    case = make.make_child()
    client.post(_url("child_follow_up", case.uid), {"kind": "call", "due_on": "2026-11-30", "role": "worker"})
    item = FollowUp.objects.get()

    for verb, state in (("done", "done"), ("undo", "due"), ("drop", "dropped")):
        client.post(_url(f"child_follow_up_{verb}", case.uid, item.pk))
        item.refresh_from_db()
        assert item.state == state


def test_a_guardian_and_her_consent_are_written_down_and_ended(client, officer):
    case = make.make_child()
    client.post(_url("child_guardian", case.uid), {"name": "王奶奶", "relation": "祖母", "phone": "13800005555"})
    held = Guardianship.objects.get()
    consent = {"purpose": "matching", "legal_basis": "consent", "given_by": held.guardian_id, "given_on": "2026-11-25"}
    client.post(_url("child_consent", case.uid), consent)
    row = ConsentRecord.objects.get()

    client.post(_url("child_consent_withdraw", case.uid, row.pk))
    client.post(_url("child_guardian_end", case.uid, held.pk))

    row.refresh_from_db()
    held.refresh_from_db()
    assert (row.withdrawn_on, held.until_on) == (make.TODAY, make.TODAY)


def _signed(case, **more):
    held = Guardianship.objects.create(child=case.person, guardian=make.make_person("王奶奶"))
    return {"legal_basis": "consent", "given_by": held.guardian_id, "given_on": "2026-11-25"} | more


def test_several_purposes_are_ticked_on_one_paper(client, officer):
    case = make.make_child()

    answer = client.post(_url("child_consent", case.uid), _signed(case, purpose=["matching", "sharing", "tutoring"]))

    assert answer.status_code == 302
    assert {row.purpose for row in ConsentRecord.objects.all()} == {"matching", "sharing", "tutoring"}


def test_a_paper_that_is_refused_keeps_what_was_ticked_and_says_why(client, officer):
    case = make.make_child()
    typed = _signed(case, purpose=["matching", "gatherings"], legal_basis="statutory_duty", note="未保法第四十三条")

    answer = client.post(_url("child_consent", case.uid), typed)

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["参加活动须由监护人同意。"]
    assert answer.context["form"]["purpose"].value() == ["matching", "gatherings"]
    assert "未保法第四十三条" in answer.content.decode()
    assert not ConsentRecord.objects.exists()


def test_a_paper_without_a_purpose_says_what_to_tick(client, officer):
    case = make.make_child()

    answer = client.post(_url("child_consent", case.uid), _signed(case))

    assert list(answer.context["form"].errors) == ["purpose"]
    assert not ConsentRecord.objects.exists()


def test_the_only_guardian_is_chosen_already_and_a_link_ticks_its_purposes(client, officer):
    case = make.make_child()
    giver = _signed(case)["given_by"]

    form = client.get(f"{_url('child_consent', case.uid)}?for=matching&for=sharing").context["form"]

    assert (form["given_by"].value(), form["purpose"].value()) == (giver, ["matching", "sharing"])


def test_who_lives_with_the_child_is_written_down_and_moves_out(client, officer):
    case = make.make_child()
    typed = {"name": "王小弟", "relation": "弟弟", "id_number": make.resident_id(date(2018, 3, 4), order=997)}
    client.post(_url("child_housemate", case.uid), typed)
    member = HouseholdMember.objects.beside(case.person_id, on=make.TODAY).get()
    assert (member.person.name, member.role, member.person.birth_date) == ("王小弟", "弟弟", date(2018, 3, 4))
    page = client.get(_url("child", case.uid)).content.decode()
    assert "王小弟" in page
    assert _url("child_housemate_end", case.uid, member.pk) in page

    client.post(_url("child_housemate_end", case.uid, member.pk))

    assert "王小弟" not in client.get(_url("child", case.uid)).content.decode()
    member.refresh_from_db()
    assert member.until_on == make.TODAY


def test_a_guardian_who_lives_with_the_child_is_shown_in_its_household(client, officer):
    case = make.make_child()
    client.post(
        _url("child_guardian", case.uid), {"name": "王奶奶", "relation": "祖母", "phone": "", "lives_together": "yes"}
    )

    shown = client.get(_url("child", case.uid)).context["file"]

    assert [(row.name, row.relation) for row in shown.household] == [("王奶奶", "祖母")]
    assert [row.lives_together for row in shown.guardians] == [True]


def test_a_file_is_closed_and_opened_again(client, officer):
    case = make.make_child()
    add_follow_up(
        actor=make.actor_of(officer), case_id=case.uid, kind="call", due_on=make.TODAY, on=make.TODAY, now=make.NOW
    )
    client.post(_url("child_close", case.uid), {"version": "1", "reason": "moved"})
    case.refresh_from_db()
    assert case.state == "closed"
    assert _url("child_service", case.uid) not in client.get(_url("child", case.uid)).content.decode()

    client.post(_url("child_reopen", case.uid), {"version": "2", "reason": "搬回来了"})
    case.refresh_from_db()
    assert case.state == "open"


def test_acts_are_posted_and_looking_changes_nothing(client, officer):
    case = make.make_child()
    assessment = assess_risk(
        actor=make.actor_of(make.make_officer()), case_id=case.uid, level=RiskLevel.HIGH, reason="受伤",
        on=make.TODAY - timedelta(days=1), now=make.NOW,
    )  # fmt: skip

    for name, args in [
        ("child_follow_up_done", (1,)), ("child_consent_withdraw", (1,)), ("child_guardian_end", (1,)),
        ("child_housemate_end", (1,)),
        ("child_assessment_decide", (assessment.pk,)), ("child_show", ()),
    ]:  # fmt: skip
        assert client.get(_url(name, case.uid, *args)).status_code == 405, name
    pages = "service assess follow_up guardian housemate consent close"
    for name in (f"child_{page}" for page in pages.split()):
        assert client.get(_url(name, case.uid)).status_code == 200, name


def test_whoever_keeps_both_programmes_writes_nothing_on_a_jobseeker_by_a_childs_address(client):
    unit = make.make_committee()
    user = make.make_officer(Role.SUPERVISOR, unit.parent)
    make.give_post(user, Role.EMPLOYMENT_OFFICER, unit.parent)
    client.force_login(user)
    jobseeker, child = make.make_jobseeker("纪求职", unit=unit), make.make_child(unit=unit)
    given = {"kind": "call", "due_on": make.TODAY, "role": "worker", "note": ""}
    assert client.post(_url("child_follow_up", jobseeker.uid), given).status_code == 404
    assert not jobseeker.follow_ups.exists()
    assert client.post(_url("child_follow_up", child.uid), given).status_code == 302
    step = FollowUp.objects.create(case=jobseeker, kind="seeker_call", due_on=make.TODAY, role=Role.EMPLOYMENT_OFFICER)
    assert client.post(_url("child_follow_up_done", jobseeker.uid, step.pk)).status_code == 404
    step.refresh_from_db()
    assert step.state == "due"
