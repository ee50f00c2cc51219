"""The page without network and the script behind it. Both are the same for everybody: nobody's data is in them."""

import hashlib
import json
import re
from datetime import date
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override, to_locale

from sunward.mentoring.forms.visits import VisitForm
from sunward.mentoring.rules import MINUTES_AT_FIRST, MINUTES_AT_MOST, MINUTES_STEP

_WORKER = "mentoring/offline/worker.js"
# The form offers days by their date; here none of them is left.
_ANY_DAY = date(2026, 1, 1)


def render_shell(language: str) -> str:
    """Without a request, so that no name, no token and no choice of whoever asks can get into it."""
    with override(language):
        # The day is asked for as a date: by its name ("today") it would be the day on which the page was made.
        form = VisitForm(on=_ANY_DAY, initial={"kind": "home_visit", "minutes": MINUTES_AT_FIRST})
        del form.fields["day"]
        context = {
            "form": form, "language_tag": tag_of(language), "step": MINUTES_STEP, "most": MINUTES_AT_MOST,
            "is_shell": True,
        }  # fmt: skip
        return render_to_string("mentoring/offline/shell.html", context)


@cache
def compose_worker() -> str:
    """What the browser installs: the list of what to keep, and a version made of all that is on it.

    The static files carry their fingerprints in their names, so a new release is a new version, and the phone renews
    what it keeps.
    """
    shells = {language: render_shell(language) for language, _name in settings.LANGUAGES}
    found = re.findall(rf'(?:src|href)="({re.escape(settings.STATIC_URL)}[^"]+)"', "".join(shells.values()))
    files, worker = sorted(set(found)), static(_WORKER)
    version = hashlib.sha256(json.dumps([shells, files, worker]).encode()).hexdigest()[:16]
    addresses = {tag_of(language): reverse("offline_shell", args=[language]) for language in shells}
    said = {"VERSION": version, "SHELLS": addresses, "FILES": files, "STATIC": settings.STATIC_URL}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in said.items()]
    return "\n".join([*lines, f"importScripts({json.dumps(worker)});", ""])


def tag_of(language: str) -> str:
    return to_locale(language).replace("_", "-")
