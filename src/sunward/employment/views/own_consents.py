"""What a jobseeker has agreed to: withdrawn with one press, given again with another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sunward.accounts.access import allow_public
from sunward.core.refusals import NotThere, Refusal
from sunward.employment.actions.consents import give_own_consent, withdraw_own_consent
from sunward.employment.actions.own_consents import wish_own_messages
from sunward.employment.queries.own_consents import MESSAGES, PURPOSES
from sunward.employment.views.own_entering import given, says_where_own_is_shut, turn_back_own


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_consent(request: HttpRequest, token: str, what: str, verb: str) -> HttpResponse:
    is_given = verb == "give"
    try:
        if what in MESSAGES:
            wish_own_messages(purpose=MESSAGES[what], is_wished=is_given, **given(request, token))
        elif what in PURPOSES:
            act = give_own_consent if is_given else withdraw_own_consent
            act(purpose=PURPOSES[what], **given(request, token))
        else:
            raise NotThere("employment.consent_not_there", _("There is nothing of this kind to agree to."))
    except Refusal as refusal:
        return turn_back_own(request, token, refusal)
    word = _("Given again. Thank you.") if is_given else _("Withdrawn, from this moment. You can give it again below.")
    messages.success(request, str(word))
    return redirect("own_page", token)
