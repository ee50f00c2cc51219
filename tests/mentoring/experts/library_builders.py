"""Materials of a district, of its sub-districts, of another district; some not published, one withdrawn."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sunward.accounts.access import Actor
from sunward.mentoring.actions.library import MaterialSaid, publish_material, withdraw_material, write_material
from sunward.mentoring.actions.material_consents import ask_for_consent, make_general
from sunward.mentoring.actions.questions import Asked, advise, ask_about_own_child, take_question
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.models import Material, Question
from tests.factories import NOW, TODAY, actor_of

if TYPE_CHECKING:
    from tests.personas import World

WAITING_TITLE, PUBLISHED_TITLE = "还没写完的一则", "作业拖拉怎么办"
WORDS = "先听孩子说完，再说自己的看法。"


def said(kind: MaterialKind = MaterialKind.ARTICLE, **more: Any) -> MaterialSaid:
    return MaterialSaid(kind, **({"field": ExpertField.LAW, "title": "怎样听孩子说话", "words": WORDS} | more))


def write(actor: Actor, **more: Any) -> Material:
    return write_material(actor=actor, key=uuid4(), said=said(**more), now=NOW)


def published(actor: Actor, **more: Any) -> Material:
    material = write(actor, **more)
    return publish_material(actor=actor, material_id=material.uid, version=material.version, now=NOW)


def library_of(world: "World") -> dict[str, Any]:
    names = ("officer", "supervisor", "supervisor_elsewhere", "officer_elsewhere")
    officer, supervisor, next_door, elsewhere = (actor_of(world.users[name]) for name in names)
    withdrawn = published(officer)
    withdraw_material(actor=officer, material_id=withdrawn.uid, now=NOW)
    made_of = _answered(world)
    general = make_general(
        actor=officer, question_id=made_of.uid, key=uuid4(), said=said(MaterialKind.QUESTION), now=NOW
    )
    ask_for_consent(actor=officer, material_id=general.uid, version=general.version, now=NOW)
    return {
        "answered_question": _answered(world).uid,
        "material_asked_about": general.uid,
        "material_consent": general.consents.get(user=world.users["mentor"]).uid,
        "question_made_general": made_of.uid,
        "material": published(officer, title=PUBLISHED_TITLE).uid,
        "material_of_subdistrict": published(supervisor).uid,
        "material_next_door": published(next_door).uid,
        "material_elsewhere": published(elsewhere).uid,
        "material_draft": write(officer, title=WAITING_TITLE).uid,
        "material_withdrawn": withdrawn.uid,
    }


def _answered(world: "World") -> Question:
    """By the mentor about her own child, answered by the expert of the field."""
    mentor, expert = (actor_of(world.users[name]) for name in ("mentor", "expert"))
    when: dict[str, Any] = {"on": TODAY, "now": NOW}
    asked = Asked(key=uuid4(), field=ExpertField.FAMILY_EDUCATION, words="孩子总是半夜醒，怎么办？")
    question = ask_about_own_child(actor=mentor, match_id=world.match.uid, asked=asked, **when)
    take_question(actor=expert, question_id=question.uid, **when)
    advise(actor=expert, question_id=question.uid, key=uuid4(), words="先陪他说说白天的事。", **when)
    return question
