"""The pages of an emergency through the client: what stands on them, and what does not."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.people.models import Guardianship
from sunward.safeguarding.actions.climbing import climb_emergency
from sunward.safeguarding.actions.emergencies import answer_emergency, end_emergency
from sunward.safeguarding.actions.emergency_steps import ask_stand_by
from sunward.safeguarding.models import Emergency, TemporaryCare
from sunward.safeguarding.queries.emergencies import emergency_contacts
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.calls import MINUTE, make_scene, neighbour

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_scene()


@pytest.fixture
def as_of(client, scene):
    def sign_in(name):
        client.force_login(scene.mentor.user if name == "mentor" else getattr(scene, name))
        return client

    return sign_in


def page(emergency, name="emergency"):
    return reverse(f"safeguarding:{name}", args=[emergency.uid])


def without_tokens(text):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_a_mentor_calls_with_two_taps_and_sees_that_it_was_heard(scene, as_of):
    client = as_of("mentor")
    own_child = reverse("mentoring:own_child", args=[scene.match.uid])
    call = reverse("mentoring:own_call", args=[scene.match.uid])
    assert call in client.get(own_child).content.decode()
    assert 'value="carer_gone"' in client.get(call).content.decode()
    assert client.post(call, {"kind": "carer_gone"}, follow=True).status_code == 200
    emergency = Emergency.objects.get()
    heard = client.get(call).content.decode()
    assert emergency.reference in heard
    assert "主任" in heard
    answer_emergency(actor=scene.actor("worker"), emergency_id=emergency.uid, now=NOW)
    fragment = client.get(reverse("mentoring:own_call_now", args=[scene.match.uid]))
    assert "主任" in fragment.content.decode()
    assert scene.case.person.name not in fragment.content.decode()
    assert call in client.get("/").content.decode()


def test_a_worker_calls_from_the_file_with_two_taps(scene, as_of):
    client = as_of("worker")
    call = reverse("safeguarding:call", args=[scene.case.uid])
    assert call in client.get(reverse("mentoring:child", args=[scene.case.uid])).content.decode()
    answer = client.post(call, {"kind": "missing"})
    assert answer.url == page(Emergency.objects.get())
    assert client.post(call, {"kind": "nonsense"}).status_code == 422


def test_the_page_shows_the_clock_and_the_swap_equals_the_reload(scene, as_of):
    emergency = scene.call()
    climb_emergency(emergency_pk=emergency.pk, now=NOW + 5 * MINUTE)
    client = as_of("supervisor")
    whole = client.get(page(emergency)).content.decode()
    assert scene.case.person.name in whole
    fragment = client.get(page(emergency, "emergency_now"))
    assert fragment.status_code == 200
    said = fragment.content.decode()
    assert scene.case.person.name not in said
    section = said[said.index("<ol") : said.index("</section>")]
    assert section in whole
    diary = said[said.index('<ol class="sun-timeline">') :].split("</section>")[0]
    assert diary in whole


def test_every_look_at_the_page_is_written_down_and_the_clock_alone_is_none(scene, as_of):
    emergency, client = scene.call(), as_of("worker")
    looks = AuditEntry.objects.filter(kind=AuditKind.LOOK)
    client.get(page(emergency))
    assert looks.filter(code="safeguarding.emergency_opened").count() == 1
    before = looks.count()
    client.get(page(emergency, "emergency_now"))
    assert looks.count() == before
    Guardianship.objects.create(
        child=scene.case.person, guardian=factories.make_person("陈奶奶", phone="+8613800009999")
    )
    assert "13800009999" not in client.get(page(emergency)).content.decode()
    shown = client.post(page(emergency, "emergency_numbers"), headers={"HX-Request": "true"}).content.decode()
    assert "tel:+8613800009999" in shown
    assert looks.filter(code="safeguarding.numbers_shown").count() == 1


def test_whoever_takes_care_of_the_child_meanwhile_is_the_first_to_ring_up_and_once(scene):
    emergency = scene.call()
    aunt = factories.make_person("陶姑姑", phone="+8613800001450")
    Guardianship.objects.create(child=scene.case.person, guardian=aunt)
    care = TemporaryCare.objects.create(
        case=scene.case, unit_path=scene.case.unit_path, carer=aunt, place="姑姑家", begun_at=NOW, begun_by_id=1,
        expected_until_at=NOW + 60 * MINUTE,
    )  # fmt: skip
    called = [contact.name for contact in emergency_contacts(emergency, on=TODAY)]
    assert called[0] == "陶姑姑"
    assert called.count("陶姑姑") == 1
    Guardianship.objects.filter(guardian=aunt).delete()
    assert "陶姑姑" in [contact.name for contact in emergency_contacts(emergency, on=TODAY)]
    TemporaryCare.objects.filter(pk=care.pk).update(
        ended_at=NOW, ended_with="guardian", handed_to="奶奶", ended_by_id=1
    )
    assert "陶姑姑" not in [contact.name for contact in emergency_contacts(emergency, on=TODAY)]


@pytest.mark.parametrize("act", ["hand_on", "note", "reported", "over"])
def test_a_form_that_comes_back_shows_the_child_and_is_a_look_as_well(scene, as_of, act):
    emergency, client = scene.call(), as_of("worker")
    again = client.post(page(emergency, f"emergency_{act}"))
    assert again.status_code == 422
    assert scene.case.person.name in again.content.decode()
    assert AuditEntry.objects.filter(kind=AuditKind.LOOK, code="safeguarding.emergency_opened").count() == 1


def test_the_second_to_tap_is_told_who_has_it(scene, as_of):
    emergency = scene.call()
    assert as_of("worker").post(page(emergency, "emergency_answer")).status_code == 302
    late = as_of("supervisor").post(page(emergency, "emergency_answer"))
    assert late.status_code == 409
    assert "主任" in late.content.decode()


def test_note_authority_handing_on_and_the_end_are_typed_on_one_page(scene, as_of):
    emergency, client = scene.call(), as_of("worker")
    client.post(page(emergency, "emergency_answer"))
    client.post(page(emergency, "emergency_note"), {"words": "已到门口"})
    told = {"authority": "police", "told_at": "2026-11-25T09:00", "receipt": "110-77"}
    assert client.post(page(emergency, "emergency_reported"), told).status_code == 302
    whole = client.get(page(emergency)).content.decode()
    assert "已到门口" in whole
    assert "110-77" in whole
    assert client.post(page(emergency, "emergency_over"), {"is_false_alarm": "no"}).status_code == 422
    client.post(page(emergency, "emergency_hand_on"), {"user": scene.supervisor.pk})
    emergency.refresh_from_db()
    assert (emergency.state, emergency.handed_to_id) == ("ringing", scene.supervisor.pk)
    client.post(page(emergency, "emergency_over"), {"is_false_alarm": "no", "words": "外婆接走了"})
    assert client.get(page(emergency, "emergency_now")).status_code == 286
    assert client.post(page(emergency, "emergency_reopen")).status_code == 302
    diary = client.get(page(emergency, "emergency_diary")).content.decode()
    assert "外婆接走了" in diary


def test_whoever_is_asked_answers_on_her_phone_and_reads_no_name_of_the_child(scene, client):
    emergency, other = scene.call(), neighbour("梅二")
    client.force_login(other.user)
    assert client.get(page(emergency, "asked")).status_code == 404
    ask_stand_by(actor=scene.actor("worker"), emergency_id=emergency.uid, volunteer_id=other.uid, now=NOW)
    asked = client.get(page(emergency, "asked")).content.decode()
    assert emergency.reference in asked
    assert scene.case.person.name not in asked
    assert page(emergency, "asked") in client.get("/").content.decode()
    client.post(page(emergency, "asked"), {"answer": "yes"})
    client.force_login(scene.worker)
    assert "梅二" in client.get(page(emergency)).content.decode()
    end_emergency(actor=scene.actor("worker"), emergency_id=emergency.uid, words="好了", now=NOW)
    client.force_login(other.user)
    assert client.get(page(emergency, "asked")).status_code == 404


def test_chips_swap_with_the_list_they_belong_to(scene, as_of):
    emergency, client = scene.call(), as_of("officer")
    neighbour("梅二", unit=factories.make_committee("310110019001"))
    url = page(emergency, "stand_by")
    whole = client.get(url).content.decode()
    assert whole.count('name="with"') == 9
    assert scene.case.person.name not in whole
    narrowed = client.get(f"{url}?with=subdistrict", headers={"HX-Request": "true"}).content.decode()
    assert "梅二" not in narrowed
    reloaded = client.get(f"{url}?with=subdistrict").content.decode()
    assert without_tokens(narrowed).strip() in without_tokens(reloaded)


def test_temporary_care_is_begun_ended_and_shortened_on_its_pages(scene, as_of):
    emergency, client = scene.call(), as_of("worker")
    begin = reverse("safeguarding:care_begin", args=[scene.case.uid])
    assert client.get(begin).status_code == 200
    typed = {
        "carer": "other", "name": "外婆", "phone": "13800001111", "place": "外婆家", "begun_at": "2026-11-25T09:00",
        "expected_until_at": "2026-11-25T20:00", "basis": "agreed",
    }  # fmt: skip
    assert client.post(begin, typed | {"phone": ""}).status_code == 422
    assert client.post(begin, typed).status_code == 302
    care = TemporaryCare.objects.get()
    assert (care.emergency, care.is_agreed, care.carer.name) == (emergency, True, "外婆")
    assert "外婆" in client.get(page(emergency)).content.decode()
    url = reverse("safeguarding:care", args=[care.uid])
    ended = {"ended_with": "guardian", "handed_to": "母亲", "ended_at": "2026-11-25T09:00"}
    assert client.post(f"{url}end/", ended).status_code == 302
    assert "2027-11-25" in client.get(url).content.decode()
    assert client.post(f"{url}after-care/", {"months": "3", "reason": "已回家"}).status_code == 422
    assert as_of("supervisor").post(f"{url}after-care/", {"months": "3", "reason": "已回家"}).status_code == 302
    care.refresh_from_db()
    assert care.after_care_months == 3


def test_what_goes_on_stands_on_top_of_home_for_those_concerned_and_nobody_else(scene, as_of, client):
    emergency = scene.call()
    for name in ("worker", "supervisor", "officer"):
        home = as_of(name).get("/").content.decode()
        assert page(emergency) in home[: home.index("home-counts")]
    end_emergency(actor=scene.actor("worker"), emergency_id=emergency.uid, words="好了", now=NOW)
    assert page(emergency) not in as_of("worker").get("/").content.decode()


@pytest.mark.parametrize(
    ("name", "most"), [("emergency", 24), ("emergency_now", 10), ("emergencies", 12), ("stand_by", 16)]
)
def test_a_page_takes_a_fixed_number_of_queries(scene, as_of, django_assert_max_num_queries, name, most):
    emergency, client = scene.call(), as_of("officer")
    for number in range(4):
        other = neighbour(f"梅{number}")
        ask_stand_by(actor=scene.actor("worker"), emergency_id=emergency.uid, volunteer_id=other.uid, now=NOW)
    for minutes in range(5, 60, 5):
        climb_emergency(emergency_pk=emergency.pk, now=NOW + timedelta(minutes=minutes))
    url = reverse("safeguarding:emergencies") if name == "emergencies" else page(emergency, name)
    client.get(url)
    with django_assert_max_num_queries(most):
        assert client.get(url).status_code == 200


def test_the_file_tells_of_it_on_its_line_of_time(scene, as_of):
    emergency = scene.call()
    assert (
        emergency.reference in as_of("worker").get(reverse("mentoring:child", args=[scene.case.uid])).content.decode()
    )
