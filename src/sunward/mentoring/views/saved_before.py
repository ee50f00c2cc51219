"""A material's form shown again where one has been saved before it: nothing typed is lost, the other is at hand."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sunward.accounts.access import SunwardRequest
from sunward.core.refusals import Conflict
from sunward.mentoring.actions.library import SAVED_ALREADY
from sunward.mentoring.forms.library import MaterialForm

# As it was saved first: whoever has changed it since then is asked which words shall stand.
_FIRST_VERSION = 1


def show_saved_before(
    request: SunwardRequest, form: MaterialForm, conflict: Conflict, context: dict[str, Any], *, made: UUID | None
) -> HttpResponse:
    """`made` is the other one, None where it is not the actor's to keep. Her own goes on as a change of it."""
    form.add_error(None, str(conflict.sentence))
    context = context | {"made": made}
    if conflict.code == SAVED_ALREADY:
        form.fields.pop("unit", None)  # whose it is does not change
        own = form.cleaned_data["key"]
        context |= {"made": own, "material_id": own, "version": _FIRST_VERSION}
        context["action_url"] = reverse("mentoring:material_edit", args=[own])
    return render(request, "mentoring/library/form.html", context, status=conflict.status)
