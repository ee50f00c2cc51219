"""Jobseekers of the demo district, some of whom the rules cannot judge, and one who has two files."""

from datetime import date, timedelta
from itertools import cycle, islice

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import Unit, User
from sunward.casework.finding import findable_case
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.search.index import index
from sunward.employment.access.jobseekers import PROGRAMME
from sunward.employment.actions.tagging import judge_files
from sunward.employment.enums import ClientTagKind, Education, Intention, Situation
from sunward.employment.models import ClientTag, Jobseeker, JobWish
from sunward.people.actions import register_persons
from sunward.people.duplicates import find_duplicates
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import Person
from sunward.people.registering import PersonDetails
from sunward.web.demo.moments import Moment
from sunward.web.demo.people import PersonMaker, SyntheticPerson

COUNT = 48
# Situation, months without work (None: nobody knows), oldest age, schooling.
_KINDS = (
    (Situation.REGISTERED, 9, 34, Education.COLLEGE),
    (Situation.REGISTERED, 4, 30, Education.BACHELOR),
    (Situation.NOT_REGISTERED, 14, 33, Education.SENIOR),
    (Situation.REGISTERED, 20, 52, Education.JUNIOR),
    (Situation.NOT_REGISTERED, None, 29, Education.VOCATIONAL),
    ("", 8, 35, Education.BACHELOR),
    (Situation.REGISTERED, 7, 31, Education.MASTER),
    (Situation.FLEXIBLE, 11, 40, Education.SENIOR),
)
_WISHES = (
    ("保洁员",),
    ("客服", "前台"),
    ("软件测试", "运维工程师"),
    (),
    ("面点师傅",),
    ("仓库管理员", "分拣员"),
    ("会计",),
)


def make_jobseekers(people: PersonMaker, moment: Moment) -> None:
    """Judged three weeks ago and today, so that the month has somebody who came and somebody who left."""
    officer = read_actor(User.objects.get(username="employment"), on=moment.on)
    before = moment.earlier(21)
    made = [
        (people.woman if number % 2 else people.man)(moment.on, youngest=17 if oldest < 36 else 36, oldest=oldest)
        for number, (_situation, _months, oldest, _schooling) in enumerate(islice(cycle(_KINDS), COUNT))
    ]
    cases = _open_files(made, officer, before)
    judge_files([case.pk for case in cases], on=before.on, now=before.now)
    _change(cases, officer, moment.on)
    judge_files([case.pk for case in cases], on=moment.on, now=moment.now)
    find_duplicates([case.person_id for case in cases])


def _open_files(made: list[SyntheticPerson], officer: Actor, moment: Moment) -> list[Case]:
    details = [_details(person, has_birth=number % 9 != 4) for number, person in enumerate(made)]
    # The first lives in two sub-districts: there under a name that sounds the same, without the number.
    details.append(_details(made[0], name=f"{made[0].name[0]}晓{made[0].name[-1]}", number="", home=made[1]))
    details[0] = _details(made[0], name=f"{made[0].name[0]}小{made[0].name[-1]}")
    persons = Person.objects.in_bulk([row.id for row in register_persons(details, programme=PROGRAMME)])
    cases = []
    for number, person in enumerate(persons.values()):
        case = Case.objects.create(
            programme=PROGRAMME, person=person, unit_id=person.unit_id or 0, unit_path=person.unit_path,
            opened_on=moment.on - timedelta(days=number),
        )  # fmt: skip
        situation, months, _oldest, schooling = _KINDS[number % len(_KINDS)]
        since = moment.on - timedelta(days=30 * months + number) if months else None
        Jobseeker.objects.create(
            case=case, situation=situation, intention=Intention.WORK, unemployed_since=since,
            registered_on=since if situation == Situation.REGISTERED else None, education=schooling,
        )  # fmt: skip
        for rank, words in enumerate(_WISHES[number % len(_WISHES)], start=1):
            JobWish.objects.create(case=case, rank=rank, words=words)
        person.consents.create(
            purpose=Purpose.CASE_FILE, legal_basis=LegalBasis.STATUTORY_DUTY, given_on=moment.on,
            recorded_by_id=officer.user_id,
        )  # fmt: skip
        record_case_act(case, actor=officer, code="casework.case_opened", on=moment.on, now=moment.now)
        cases.append(case)
    index([findable_case(case) for case in cases])
    return cases


def _details(
    person: SyntheticPerson, *, name: str = "", number: str | None = None, has_birth: bool = True,
    home: SyntheticPerson | None = None,
) -> PersonDetails:  # fmt: skip
    where = (home or person).committee
    unit = Unit.objects.get(name=where.name, parent__name=where.subdistrict)
    birth: date | None = person.birth if has_birth else None
    return PersonDetails(
        name=name or person.name, sex=person.sex, birth_date=birth, phone=f"+86{person.phone}",
        id_number=(person.number if number is None else number) if has_birth else "", unit_id=unit.pk,
        unit_path=unit.path,
    )  # fmt: skip


def _change(cases: list[Case], officer: Actor, on: date) -> None:
    """One finds work, one says what he does, one is found to be of a family in which nobody works."""
    Jobseeker.objects.filter(case=cases[6]).update(surveyed_situation=Situation.EMPLOYED, surveyed_on=on)
    Jobseeker.objects.filter(case=cases[5]).update(surveyed_situation=Situation.NOT_REGISTERED, surveyed_on=on)
    ClientTag.objects.create(
        case=cases[3], kind=ClientTagKind.ZERO_EMPLOYMENT, from_on=on, set_by_id=officer.user_id
    )  # fmt: skip
