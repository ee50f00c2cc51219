"""The limits of a material, and how much of it counts."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal
from sunward.mentoring.access import PROGRAMME

TITLE_LENGTH = 80
WORDS_LENGTH = 8000
LINK_LENGTH = 200
# Whoever reads for longer than two hours reads something else too.
MINUTES_AT_MOST = 120
# Coming to one of these is learning; an outing is not.
LEARNING_KINDS = (f"{PROGRAMME}.training", f"{PROGRAMME}.salon")
_HOST = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")


def check_link(link: str) -> str:
    """Only what begins with https and leads to a named host, in the open: no name before an @ misleads about it."""
    link = link.strip()
    try:
        parts = urlsplit(link)
        is_good = parts.scheme == "https" and parts.port in (None, 443) and "@" not in parts.netloc
        host = parts.hostname or ""
    except ValueError:
        is_good, host = False, ""
    if not is_good or not _HOST.match(host) or len(link) > LINK_LENGTH or re.search(r"[\s\\<>\"]", link):
        raise Refusal("mentoring.material_link", _("Give the whole address of a page; it begins with https://."))
    return link
