"""The reasons in words: every code of the engine has a sentence, and the sentences are true."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from sunward.casework.enums import RiskLevel
from sunward.casework.models import Need
from sunward.matching.access import get_proposal
from sunward.matching.declaration import declaration_of
from sunward.matching.models import Proposal, Unserved
from sunward.matching.queries.proposals import read_proposal
from sunward.matching.queries.unserved import to_row
from sunward.matching.words import say_finding, say_loss, say_unserved, unserved_codes
from sunward.mentoring.models import Mentor
from tests.factories import NOW, TODAY, make_child, make_committee, make_mentor, make_subdistrict

MECHANISM = Path(__file__).parents[2] / "docs/mechanisms/pairing.md"


def codes_in_table(heading: str) -> set[str]:
    """The codes in the first column of the first table after a heading of the engine's own document."""
    text = MECHANISM.read_text(encoding="utf-8")
    table = text[text.index(heading) :].split("|---|---|---|\n", 1)[1].split("\n\n", 1)[0]
    return set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_way_to_lose_that_the_engine_knows_has_a_sentence(language):
    declaration = declaration_of("mentoring")
    codes = codes_in_table("A runner-up (")
    assert "needed_elsewhere" in codes
    with override(language):
        for code in codes:
            said = say_loss(code, {"margin": 1.0, "serves": 3}, ["training"], serves="陈一", declaration=declaration)
            assert said
            assert "%(" not in said


def test_every_reason_for_nobody_that_the_engine_knows_has_a_sentence():
    codes = codes_in_table("An unmatched child has one `reason`")
    assert codes == set(unserved_codes())
    for code in codes:
        reasons = {"data": {"rules": "training", "mentors": 2}, "permitted": 2}
        assert say_unserved(code, reasons, declaration=declaration_of("mentoring"))


def test_a_finding_nobody_foresaw_still_says_whom_to_tell():
    assert "系统管理员" in say_finding("brand_new", {}, declaration_of("mentoring"))


# One proposal, read.


@pytest.fixture
def page(officer, match_now):
    """A child who needs tutoring, the one who tutors, one who would fit better but has no valid check."""

    def read():
        proposal = Proposal.objects.get(run=match_now(officer))
        return read_proposal(officer, get_proposal(actor=officer, proposal_id=proposal.uid, now=NOW), on=TODAY)

    return read


def test_why_her_names_what_counts_and_adds_up(page):
    child = make_child("陈一")
    Need.objects.create(case=child, kind="tutoring", from_on=TODAY)
    Mentor.objects.filter(pk=make_mentor("王阿姨").pk).update(skills=["学业辅导"])
    read = page()
    assert sum(part.points for part in read.parts) == pytest.approx(read.row.fit, abs=0.1)
    by_label = {str(part.label): part for part in read.parts}
    needs = by_label["她的特长对得上孩子的需要"]
    assert (needs.points, needs.most, str(needs.sentence)) == (30, 30, "孩子需要的，她几乎都能帮上。")
    assert sum(part.most for part in read.parts) == pytest.approx(100)


def test_a_need_nobody_noted_is_not_said_to_be_met_in_part(page):
    make_child()
    make_mentor()
    assert any(str(part.sentence) == "还没有登记孩子需要什么。" for part in page().parts)


def test_why_not_the_others_names_the_rule_and_what_would_change_it(page):
    make_child("陈一")
    here = make_committee("310110012002")
    make_mentor("王阿姨", unit=here)
    make_mentor("李阿姨", vetted=False)
    read = page()
    other = next(other for other in read.others if other.name == "李阿姨")
    assert not other.is_permitted
    assert "从业查询无效或已过期" in other.why
    assert any("李阿姨更合适" in change and "从业查询有效" in change for change in read.changes)


def test_somebody_needed_by_a_child_at_higher_risk_is_said_to_be_needed_there(officer, match_now):
    high, low = make_child("高高", risk=RiskLevel.HIGH), make_child("低低")
    near = make_mentor("近妈妈")
    far = make_mentor("远妈妈", unit=make_committee("310110012002"))
    Mentor.objects.filter(pk=far.pk).update(state="resting")
    run = match_now(officer)
    assert Proposal.objects.get(run=run).left_id == high.pk
    reasons = Unserved.objects.get(run=run, left_id=low.pk)
    people = declaration_of("mentoring").describe(officer, [low.pk], [near.pk], TODAY)
    row = to_row(reasons, people, declaration_of("mentoring"))
    assert "都留给了更需要的孩子" in row.sentence
    assert any("恢复服务" in change for change in row.changes)


def test_what_would_help_an_unmatched_child_is_counted(officer, match_now):
    child = make_child()
    for _ in range(2):
        make_mentor(vetted=False)
    make_mentor(unit=make_committee("310110019001", subdistrict=make_subdistrict("310110019")))
    one = Unserved.objects.get(run=match_now(officer))
    people = declaration_of("mentoring").describe(officer, [child.pk], [], TODAY)
    changes = " ".join(to_row(one, people, declaration_of("mentoring")).changes)
    assert "其他街道的邻家妈妈有 1 位" in changes


def test_what_the_reader_may_not_see_has_no_name_in_the_reasons(officer, match_now, page):
    make_child("陈一")
    make_mentor("王阿姨")
    make_mentor("远阿姨", unit=make_committee("310110019001", subdistrict=make_subdistrict("310110019")))
    from sunward.accounts.enums import Role
    from tests.factories import actor_of, make_officer

    supervisor = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    proposal = Proposal.objects.get(run=match_now(officer))
    read = read_proposal(supervisor, get_proposal(actor=supervisor, proposal_id=proposal.uid, now=NOW), on=TODAY)
    assert read.row.left is not None
    assert "远阿姨" not in repr(read)
    assert any(str(other.name) == "其他单位的一位" for other in read.others)
