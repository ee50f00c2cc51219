"""What Blueprint counts of meetings and of the work they decided. Nothing here is about anybody who is served."""

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.blueprint.access import WORK_SUBJECT, visible_work
from sunward.blueprint.access_results import RESULT_SUBJECT, visible_results
from sunward.core.furniture import Text
from sunward.figures.declared import Opener, Record
from sunward.figures.definition import Card, Count, Facts, Indicator, Version
from sunward.figures.enums import Across, Protection

PROGRAMME = "blueprint"
READERS = (Role.PLAN_OFFICER,)
BEGAN = date(2022, 1, 1)

_DAY_OF_MEETING = _("The day of the meeting; counted once it has been approved.")
_DAY_OF_APPROVAL = _("The day on which the meeting was approved.")
_DAY_OF_PROOF = _("The day of the document that shows it.")


def _counted(
    code: str, name: Text, kind: str, *, purpose: Text, counts: Text, dated_by: Text = _DAY_OF_MEETING
) -> Indicator:
    return Indicator(
        f"blueprint.{code}", name, PROGRAMME, Protection.OPEN,
        (Version(1, BEGAN, Count(Facts((f"blueprint.{kind}",))), Card(
            purpose=purpose, counts=counts, dated_by=dated_by,
        )),), adds_over=(Across.MONTHS, Across.UNITS),
    )  # fmt: skip


INDICATORS = (
    _counted(
        "meetings", _("Meetings held"), "meeting_held", purpose=_("How often work was decided together."),
        counts=_("A meeting whose record was approved."),
    ),
    _counted(
        "speakers", _("Speakers at meetings"), "speaker_heard", purpose=_("How many voices were heard."),
        counts=_("Somebody who spoke at a meeting, for a unit; at two meetings twice."),
    ),
    _counted(
        "questions", _("Questions asked by meetings"), "question_asked", purpose=_("What all of it has to answer."),
        counts=_("A question that a meeting asked and that its lines of work answer."),
    ),
    _counted(
        "decisions", _("Decisions taken"), "decided", purpose=_("How much was decided."),
        counts=_("A decision as it was approved."),
    ),
    _counted(
        "work_begun", _("Lines of work begun"), "work_begun", purpose=_("How much became work that somebody leads."),
        counts=_("A line of a plan, of the unit that led it at the beginning."), dated_by=_DAY_OF_APPROVAL,
    ),
    _counted(
        "proposals_answered", _("Answers given to proposals"), "proposal_answered",
        purpose=_("Whether whoever proposes something hears what becomes of it."),
        counts=_("An answer with its reason; one that was thought over is another answer."),
        dated_by=_("The day of the answer."),
    ),
    _counted(
        "results_found", _("Results of universities found"), "result_found", dated_by=_DAY_OF_PROOF,
        purpose=_("How many results of research are looked after on their way to a product."),
        counts=_("A result that was written down with the document that shows it, of the unit that led it then."),
    ),
    _counted(
        "needs_matched", _("Results matched with a need"), "need_matched", dated_by=_DAY_OF_PROOF,
        purpose=_("How often a result met an enterprise that needs it."),
        counts=_("The first enterprise of a result; another one later is no second match."),
    ),
    _counted(
        "concepts_proved", _("Concepts proved"), "concept_proved", dated_by=_DAY_OF_PROOF,
        purpose=_("How many results held in a test."), counts=_("A result with a report or an opinion that says so."),
    ),
    _counted(
        "pilots", _("Pilots"), "piloted", dated_by=_DAY_OF_PROOF,
        purpose=_("How many results were tried at an enterprise of the district."),
        counts=_("A result with an agreement, a report or an acceptance of its pilot."),
    ),
    _counted(
        "first_products", _("First products"), "first_product", dated_by=_DAY_OF_PROOF,
        purpose=_("How many results became something that somebody orders."),
        counts=_("A result with its first order or licence; further orders are no second product."),
    ),
    _counted(
        "results_growing", _("Results that grow"), "result_grows", dated_by=_DAY_OF_PROOF,
        purpose=_("How many first products became more than one."),
        counts=_("A result with a document that shows how its product grows."),
    ),
    _counted(
        "dead_ends", _("Dead ends of results"), "dead_end",
        purpose=_("What was learned that others need not try again."),
        counts=_("A decision to stop, with its reason; whoever stops twice counts twice."),
        dated_by=_("The day of the decision."),
    ),
)  # fmt: skip


def open_persons(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    """No fact of Blueprint is about a person."""
    return {}


def _open_work(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    items = visible_work(actor).filter(pk__in=ids)
    return {row.pk: Record(row.text, reverse("blueprint:work", args=[row.uid])) for row in items}


def _open_results(actor: Actor, ids: Collection[int]) -> Mapping[int, Record]:
    results = visible_results(actor).filter(pk__in=ids)
    return {row.pk: Record(row.title, reverse("blueprint:result", args=[row.uid])) for row in results}


OPENERS: Mapping[str, Opener] = {WORK_SUBJECT: _open_work, RESULT_SUBJECT: _open_results}
