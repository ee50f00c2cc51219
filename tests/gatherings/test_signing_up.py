"""Signing up: who may come, who gets a place, who waits, and what is written about it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from sunward.audit.models import AuditEntry
from sunward.core.refusals import Conflict, NotThere
from sunward.gatherings.admission import ConsentMissing, Head
from sunward.gatherings.enums import Duty, Part, SignUpState
from sunward.gatherings.models import SignUp
from sunward.gatherings.news import NewsKind
from sunward.ledger.models import Fact
from sunward.people.enums import LegalBasis
from tests.factories import NOW, TODAY, actor_of, make_child, make_committee, make_mentor, make_officer, make_person
from tests.gatherings.builders import (
    AFTER,
    BEGINS,
    DURING,
    FAIR,
    SALON,
    TRAINING,
    adult,
    bring,
    consent,
    draft,
    guests,
    listening,
    planner,
    published,
    refused,
    willing_child,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def states(*parties):
    return [{row.state for row in SignUp.objects.filter(party=rows[0].party)}.pop() for rows in parties]


def test_a_child_with_consent_gets_a_place_and_whoever_answers_for_it_hears():
    gathering, case = published(), willing_child()
    guardian = case.person.guardianships.get().guardian_id
    with listening() as heard:
        (row,) = bring(gathering, Head(case.person_id))
    assert (row.state, row.unit_path) == (SignUpState.PLACED, case.person.unit_path)
    assert row.consent == case.person.consents.get()
    assert [(news.kind, news.person_id, news.code) for news in heard] == [(NewsKind.PLACED, guardian, row.code)]


def test_a_guardian_hears_also_when_somebody_else_comes_along_with_the_child():
    gathering, case, mother = published(), willing_child(), make_mentor()
    guardian = case.person.guardianships.get().guardian_id
    with listening() as heard:
        rows = bring(gathering, Head(case.person_id), Head(mother.person_id, Part.ADULT))
    assert [(news.person_id, news.code) for news in heard] == [
        (mother.person_id, rows[1].code), (guardian, rows[0].code),
    ]  # fmt: skip


def test_one_guardian_of_two_children_hears_once():
    gathering, first, second, mother = published(), willing_child(), willing_child(), make_mentor()
    guardian = first.person.guardianships.get().guardian
    second.person.guardianships.update(guardian=guardian)
    second.person.consents.update(given_by=guardian)
    with listening() as heard:
        bring(gathering, Head(first.person_id), Head(second.person_id), Head(mother.person_id, Part.ADULT))
    assert [news.person_id for news in heard] == [mother.person_id, guardian.pk]


def test_where_one_of_the_guardians_comes_along_the_other_is_not_told_too():
    gathering, case, mother = published(), willing_child(), make_person(birth=date(1988, 1, 1))
    case.person.guardianships.create(guardian=mother, from_on=TODAY)
    with listening() as heard:
        bring(gathering, Head(case.person_id), Head(mother.pk, Part.ADULT))
    assert [news.person_id for news in heard] == [mother.pk]


def test_whoever_comes_when_it_is_full_waits_and_hears_that():
    gathering, late = published(TRAINING, places=1), adult()
    with listening() as heard:
        first, second = bring(gathering, *guests()), bring(gathering, Head(late.person_id))
    assert states(first, second) == [SignUpState.PLACED, SignUpState.WAITING]
    assert [(news.kind, news.person_id) for news in heard] == [(NewsKind.WAITING, late.person_id)]


def test_a_party_waits_together_rather_than_be_torn_apart():
    gathering = published(TRAINING, places=3)
    pair, another = bring(gathering, *guests(2)), bring(gathering, *guests(2))
    assert states(pair, another) == [SignUpState.PLACED, SignUpState.WAITING]


def test_a_later_party_that_fits_does_not_wait_for_one_that_does_not():
    gathering = published(TRAINING, places=3)
    parties = [bring(gathering, *guests(count)) for count in (2, 2, 1)]
    assert states(*parties) == [SignUpState.PLACED, SignUpState.WAITING, SignUpState.PLACED]


def test_a_form_sent_twice_signs_up_once():
    gathering, key, by = published(TRAINING), uuid4(), planner()
    with listening() as heard:
        once, again = (bring(gathering, *guests(2), actor=by, party=key) for _ in range(2))
    assert [row.pk for row in once] == [row.pk for row in again]
    assert SignUp.objects.count() == 2
    assert Fact.objects.filter(kind="gatherings.signed_up").count() == 2
    assert heard == []


def test_a_key_that_somebody_else_has_used_opens_nothing():
    gathering, key = published(TRAINING), uuid4()
    bring(gathering, *guests(), party=key)
    with pytest.raises(NotThere):
        bring(gathering, *guests(), party=key)


def test_nobody_is_signed_up_twice():
    gathering, case = published(), willing_child()
    bring(gathering, Head(case.person_id))
    met = refused(lambda: bring(gathering, Head(case.person_id)), "gatherings.signed_up_already")
    assert isinstance(met, Conflict)


def test_a_child_without_consent_is_refused_and_named_to_the_page():
    gathering, case = published(), make_child()
    met = refused(lambda: bring(gathering, Head(case.person_id)), "gatherings.consent_missing")
    assert isinstance(met, ConsentMissing)
    assert met.person_ids == (case.person_id,)
    assert SignUp.objects.count() == 0


@pytest.mark.parametrize(
    "said",
    [
        {"expires_on": BEGINS.date()},
        {"withdrawn_on": TODAY},
        {"given_by": None},
        {"legal_basis": LegalBasis.STATUTORY_DUTY},
        {"purpose": "sharing"},
    ],
    ids=["ends on the day", "withdrawn", "given by nobody", "a duty is no consent", "to something else"],
)
def test_a_consent_that_does_not_hold_on_the_day_is_none(said):
    gathering, case = published(), make_child()
    consent(case.person, **said)
    refused(lambda: bring(gathering, Head(case.person_id)), "gatherings.consent_missing")


def test_the_childs_own_word_is_not_its_guardians():
    gathering, case = published(), make_child(birth=date(2010, 5, 6))
    consent(case.person, given_by=case.person)
    refused(lambda: bring(gathering, Head(case.person_id)), "gatherings.consent_missing")


def test_a_consent_that_ends_the_day_after_is_enough():
    gathering, case = published(), make_child()
    consent(case.person, expires_on=BEGINS.date() + DAY)
    assert states(bring(gathering, Head(case.person_id))) == [SignUpState.PLACED]


def test_the_refusal_says_how_many_adults_are_missing():
    gathering = published()
    for _ in range(3):
        bring(gathering, Head(willing_child().person_id))
    four = [Head(willing_child().person_id) for _ in range(4)]
    met = refused(lambda: bring(gathering, *four), "gatherings.adults_missing")
    assert "还差 2 位" in str(met.sentence)


def test_children_who_bring_their_adult_are_let_in():
    gathering = published()
    for _ in range(3):
        bring(gathering, Head(willing_child().person_id))
    family = bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    assert states(family) == [SignUpState.PLACED]


def test_somebody_under_age_does_not_answer_for_children():
    gathering, cousin = published(), willing_child(birth=date(2010, 5, 6))
    heads = [Head(willing_child().person_id), Head(cousin.person_id, Part.ADULT)]
    refused(lambda: bring(gathering, *heads), "gatherings.adult_too_young")


def test_a_child_as_a_guest_needs_an_adult_beside_it():
    gathering, case = published(), willing_child()
    child = Head(part=Part.COMPANION, guest_name="小宝", guest_age=8)
    refused(lambda: bring(gathering, Head(case.person_id), child), "gatherings.guest_child_alone")
    mother = Head(adult().person_id, Part.ADULT)
    assert len(bring(gathering, Head(case.person_id), mother, child)) == 3


@pytest.mark.parametrize(
    ("limits", "is_let_in"),
    [
        ({"age_min": 12}, True),
        ({"age_min": 13}, False),
        ({"age_max": 12}, True),
        ({"age_max": 11}, False),
        ({"age_min": 6, "age_max": 14}, True),
    ],
)
def test_age_counts_on_the_day_of_the_gathering(limits, is_let_in):
    # Twelve on the very day, eleven when signed up.
    gathering, case = published(**limits), make_child()
    case.person.birth_date = date(2014, 12, 5)
    case.person.save()
    consent(case.person)
    if is_let_in:
        assert states(bring(gathering, Head(case.person_id))) == [SignUpState.PLACED]
    else:
        refused(lambda: bring(gathering, Head(case.person_id)), "gatherings.age_out_of_range")


def test_an_age_limit_asks_for_a_known_age():
    gathering = published(TRAINING, age_min=30)
    refused(lambda: bring(gathering, *guests()), "gatherings.age_unknown")


def test_adults_do_not_take_part_in_what_is_for_children():
    refused(lambda: bring(published(), Head(adult().person_id)), "gatherings.for_children")


@pytest.mark.parametrize(("age", "is_let_in"), [(15, False), (16, True), (None, True)])
def test_a_job_fair_is_for_whoever_may_work(age, is_let_in):
    gathering, head = published(FAIR), Head(guest_name="求职者", guest_age=age)
    if age is not None and age < 18:
        head = Head(guest_name="求职者", guest_age=age)
        heads = [head, Head(guest_name="父亲", guest_age=45)]
    else:
        heads = [head]
    if is_let_in:
        assert states(bring(gathering, *heads)) == [SignUpState.PLACED]
    else:
        refused(lambda: bring(gathering, *heads), "gatherings.too_young")


@pytest.mark.parametrize(
    ("heads", "code"),
    [
        ([], "gatherings.nobody_takes_part"),
        ([Head(guest_name="  ")], "gatherings.guest_without_name"),
        ([Head(guest_name="来宾", part=Part.ADULT)], "gatherings.nobody_takes_part"),
        ([Head(guest_name=f"来宾{n}") for n in range(11)], "gatherings.party_too_large"),
    ],
)
def test_an_odd_party_is_refused(heads, code):
    gathering = published(TRAINING)
    refused(lambda: bring(gathering, *heads), code)


def test_a_party_larger_than_all_places_would_wait_for_ever():
    gathering = published(TRAINING, places=2)
    refused(lambda: bring(gathering, *guests(3)), "gatherings.party_too_large")


def test_the_same_person_twice_in_one_party_is_refused():
    gathering, case = published(), willing_child()
    refused(lambda: bring(gathering, Head(case.person_id), Head(case.person_id)), "gatherings.named_twice")


def test_a_draft_cannot_be_joined():
    gathering = draft(TRAINING)
    refused(lambda: bring(gathering, *guests()), "gatherings.not_open")


def test_after_the_deadline_only_the_host_lets_people_in():
    host = planner()
    gathering = published(TRAINING, actor=host, sign_up_until=BEGINS - DAY)
    worker = actor_of(make_officer("worker", make_committee()))
    late = {"now": BEGINS - DAY / 2}
    refused(lambda: bring(gathering, *guests(), actor=worker, **late), "gatherings.too_late")
    assert states(bring(gathering, *guests(), actor=host, **late)) == [SignUpState.PLACED]


def test_without_a_deadline_it_is_the_beginning():
    gathering, worker = published(TRAINING), actor_of(make_officer("worker", make_committee()))
    bring(gathering, *guests(), actor=worker, now=BEGINS)
    refused(lambda: bring(gathering, *guests(), actor=worker, now=DURING), "gatherings.too_late")
    bring(gathering, *guests(), now=DURING)
    refused(lambda: bring(gathering, *guests(), now=AFTER), "gatherings.too_late")


def test_a_worker_signs_up_only_persons_whose_file_she_sees():
    gathering, foreign = published(), willing_child(unit=make_committee("310110012002"))
    worker = actor_of(make_officer("worker", make_committee("310110012001")))
    with pytest.raises(NotThere):
        bring(gathering, Head(foreign.person_id), actor=worker)
    own = willing_child(unit=make_committee("310110012001"))
    assert states(bring(gathering, Head(own.person_id), actor=worker)) == [SignUpState.PLACED]


def test_a_closed_file_lets_nobody_be_signed_up():
    gathering, case = published(), willing_child()
    case.state, case.closed_on = "closed", TODAY
    case.save()
    with pytest.raises(NotThere):
        bring(gathering, Head(case.person_id))


def test_signing_up_leaves_a_fact_of_the_persons_unit_and_an_act_without_a_name():
    gathering, case = published(), willing_child()
    (row,) = bring(gathering, Head(case.person_id))
    fact = Fact.objects.get(kind="gatherings.signed_up")
    assert (fact.person_id, fact.unit_path, fact.subject_id) == (case.person_id, case.unit_path, row.pk)
    assert fact.attributes == {"kind": "mentoring.outing", "gathering_id": gathering.pk, "part": "participant"}
    act = AuditEntry.objects.get(code="gatherings.signed_up")
    assert act.detail == {"heads": 1, "queue": 1, "state": "placed"}


def test_every_head_has_six_digits_of_its_own():
    rows = bring(published(TRAINING), *guests(10))
    assert len({row.code for row in rows}) == 10
    assert all(len(row.code) == 6 and row.code.isdigit() for row in rows)


def test_a_guests_telephone_is_sealed():
    (row,) = bring(published(FAIR), Head(guest_name="求职者", guest_phone="+8613800001234"))
    stored = SignUp.objects.filter(pk=row.pk).values_list("guest_phone", flat=True)[0]
    assert stored.startswith("v1:")
    assert SignUp.objects.get(pk=row.pk).guest_phone == "+8613800001234"


def test_nothing_is_written_when_it_is_refused():
    gathering = published()
    refused(
        lambda: bring(gathering, Head(willing_child().person_id), Head(make_child().person_id)),
        "gatherings.consent_missing",
    )
    assert SignUp.objects.count() == 0
    assert not AuditEntry.objects.filter(code="gatherings.signed_up").exists()


def test_a_host_who_may_see_no_childs_file_does_not_read_a_childs_name():
    gathering, case = published(SALON), willing_child()
    worker = actor_of(make_officer("worker", case.unit))
    refused(lambda: bring(gathering, Head(case.person_id), actor=worker), "gatherings.not_for_children")
    mother = adult(unit=case.unit)
    assert states(bring(gathering, Head(mother.person_id), actor=worker)) == [SignUpState.PLACED]


def test_a_new_safety_steward_lets_the_children_move_up():
    """The ratio counts the host's own; there is room, only adults were too few after one had gone."""
    from sunward.gatherings.actions import name_steward, withdraw_party

    host, gathering = planner(), published(places=6)
    helper = bring(gathering, Head(willing_child().person_id), Head(adult().person_id, Part.ADULT))
    others = [bring(gathering, Head(willing_child().person_id)) for _ in range(4)]
    full = bring(gathering, *[Head(willing_child().person_id) for _ in range(1)])
    assert states(helper, *others, full) == [SignUpState.PLACED] * 5 + [SignUpState.WAITING]
    withdraw_party(actor=host, gathering_id=gathering.uid, party=helper[0].party, on=TODAY, now=NOW)
    assert states(full) == [SignUpState.WAITING]
    name_steward(actor=host, gathering_id=gathering.uid, duty=Duty.HELPER, name="陆二", on=TODAY, now=NOW)
    assert states(full) == [SignUpState.PLACED]
