"""Where an event takes place, in what form, and who hosts it."""

import re

from sunward.accounts.areas import find_subdistrict_in
from sunward.accounts.offices import find_office_in
from sunward.registers.normalise.persons import read_own_subdistrict, written_in
from sunward.registers.sheets.declarations import Draft

# As the rosters call them.
OFFLINE, ONLINE, BOTH = "offline", "online", "both"

_ON_SITE = re.compile(r"线下|现场|实地|面对面|线上线下|双线|offline|on.?site", re.IGNORECASE)
_ON_LINE = re.compile(
    r"线上|网络|网上|直播|云(?!南|大厦|路)|视频|腾讯会议|钉钉|小程序|公众号|抖音|https?:|双线|\bonline", re.IGNORECASE
)
_MIXED = re.compile(r"混合|同步|相结合|hybrid|both", re.IGNORECASE)


def read_mode(text: str) -> str | None:
    """On site, online or both; None where a text says neither."""
    is_on_site, is_online = bool(_ON_SITE.search(text)), bool(_ON_LINE.search(text))
    if (is_on_site and is_online) or _MIXED.search(text):
        return BOTH
    return ONLINE if is_online else OFFLINE if is_on_site else None


def settle_mode(draft: Draft) -> None:
    """The column tells; else what the place or the name speaks of; else people meet."""
    texts = (written_in(draft, key) for key in ("mode", "category", "place", "name"))
    draft.values["mode"] = next((mode for text in texts if text and (mode := read_mode(text))), OFFLINE)


def settle_where(draft: Draft) -> None:
    """The sub-district of its column, else of the place, else what the sheet tells; the host's if people meet."""
    host = written_in(draft, "host")
    told = written_in(draft, "subdistrict")
    found = find_subdistrict_in(written_in(draft, "place")) if not told else None
    if found is None:
        found = read_own_subdistrict(told, draft)
    if found is None and not told and draft.values.get("mode") != ONLINE:
        found = find_subdistrict_in(host)
    draft.values["subdistrict"] = found.name if found else None
    draft.values["subdistrict_code"] = found.code if found else None
    draft.values["host_code"] = _code_of_host(host)


def _code_of_host(written: str) -> str | None:
    """The code of the unit that hosts: the office or the sub-district that is named first."""
    office, subdistrict = find_office_in(written), find_subdistrict_in(written)
    if office is None or (subdistrict is not None and written.startswith(subdistrict.name)):
        return subdistrict.code if subdistrict else None
    return office.code
