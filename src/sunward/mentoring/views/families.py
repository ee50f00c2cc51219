"""The families' page seen from the office: cards for guardians, and answers to what they say."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core import clock
from sunward.core.qr_codes import draw_qr_code
from sunward.mentoring.access import get_child
from sunward.mentoring.actions import family_links as acts
from sunward.mentoring.actions.family_words import answer_word
from sunward.mentoring.forms.families import AnswerForm, LinkForm, RefusalForm
from sunward.mentoring.queries.family_links import known_office_phone, read_family_desk
from sunward.people.passes import asks_for_phone

_CARD_NOTE = _("One card for one guardian, good for half a year. An older card of the same guardian stops working.")
_REFUSAL_NOTE = _(
    "The basis is the statutory duty to protect the child. A card that is out is worth nothing at once; the supervisor"
    " can lift the decision."
)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def child_family(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    case = get_child(actor=request.actor, case_id=case_id, purpose="family", now=clock.now())
    desk = read_family_desk(case, request.actor, on=clock.today())
    return render(request, "mentoring/families/desk.html", {"desk": desk, "form": AnswerForm()})


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def family_link(request: SunwardRequest, case_id: UUID, guardianship_id: int) -> HttpResponse:
    """Asked first, then shown once: of the address only an index is kept."""
    on, now = clock.today(), clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="family", now=now)
    form = LinkForm(request.POST or None, initial={"office_phone": known_office_phone(case)})
    context = {"case": case, "name": case.person.name, "back": reverse("mentoring:child_family", args=[case_id])}
    if request.method != "POST" or (form.is_bound and not form.is_valid()):
        context |= {"form": form, "title": _("Make a card"), "note": _CARD_NOTE}
        return render(request, "mentoring/children/act.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data if form.is_bound else {}
    made = acts.make_link(actor=request.actor, case_id=case_id, guardianship_id=guardianship_id, on=on, now=now, **said)
    address = request.build_absolute_uri(reverse("family", args=[made.token]))
    context |= {"code": draw_qr_code(address), "address": address, "link": made.link, "office": case.unit.name}
    context["asks_for_phone"] = asks_for_phone(made.link.guardian)
    return render(request, "mentoring/families/card.html", context)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def family_refuse(request: SunwardRequest, case_id: UUID, guardianship_id: int) -> HttpResponse:
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.refuse_guardian(
            actor=request.actor, case_id=case_id, guardianship_id=guardianship_id, on=clock.today(), now=clock.now(),
            **form.cleaned_data,
        )  # fmt: skip
        return _done(request, case_id, _("Decided: this guardian gets no page."))
    case = get_child(actor=request.actor, case_id=case_id, purpose="family", now=clock.now())
    context = {
        "case": case, "name": case.person.name, "form": form, "title": _("No page for this guardian"),
        "note": _REFUSAL_NOTE,
        "back": reverse("mentoring:child_family", args=[case_id]), "is_dangerous": True,
    }  # fmt: skip
    return render(request, "mentoring/children/act.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def family_refusal_lift(request: SunwardRequest, case_id: UUID, refusal_id: UUID) -> HttpResponse:
    acts.lift_refusal(actor=request.actor, case_id=case_id, refusal_id=refusal_id, on=clock.today(), now=clock.now())
    return _done(request, case_id, _("The decision is lifted. A card can be made again."))


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def family_link_revoke(request: SunwardRequest, case_id: UUID, link_id: UUID) -> HttpResponse:
    acts.revoke_link(actor=request.actor, case_id=case_id, link_id=link_id, on=clock.today(), now=clock.now())
    return _done(request, case_id, _("The card opens nothing any more."))


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def family_link_open(request: SunwardRequest, case_id: UUID, link_id: UUID) -> HttpResponse:
    acts.let_in_again(actor=request.actor, case_id=case_id, link_id=link_id, on=clock.today(), now=clock.now())
    return _done(request, case_id, _("The card is good again."))


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def family_answer(request: SunwardRequest, case_id: UUID, word_id: UUID) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        case = get_child(actor=request.actor, case_id=case_id, purpose="family", now=clock.now())
        desk = read_family_desk(case, request.actor, on=clock.today())
        context = {"desk": desk, "form": form, "answering": word_id}
        return render(request, "mentoring/families/desk.html", context, status=422)
    answer_word(
        actor=request.actor, case_id=case_id, word_id=word_id, on=clock.today(), now=clock.now(), **form.cleaned_data
    )
    return _done(request, case_id, _("The answer stands on the family's page."))


def _done(request: SunwardRequest, case_id: UUID, word: str | Promise) -> HttpResponseRedirect:
    messages.success(request, str(word))
    return redirect("mentoring:child_family", case_id)
