"""The furniture of every page: the menu of this person, the language, the type size.

Each programme, and the mechanisms with pages of their own, declare their lines in `<app>/navigation.py` as
``TITLE`` and ``MENU: list[core.menu.Entry]``; this module is the only one that knows them all.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core.menu import Entry
from sunward.web.language import is_large_type, language_tag

_MECHANISMS = (
    "sunward.safeguarding",
    "sunward.gatherings",
    "sunward.outreach",
    "sunward.figures",
    "sunward.matching",
    "sunward.registers",
    "sunward.accounts",
    "sunward.audit",
)
_SIGN_IN = ("account_", "mfa_", "home")
_HOME = Entry(_("Home"), "home", "home", is_on_phone=True)


@dataclass(frozen=True, slots=True)
class MenuLink:
    label: str | Promise
    href: str
    icon: str
    is_current: bool
    is_on_phone: bool


@dataclass(frozen=True, slots=True)
class MenuPart:
    title: str | Promise
    links: tuple[MenuLink, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    parts: tuple[MenuPart, ...]
    phone_links: tuple[MenuLink, ...]
    search_href: str
    inbox_href: str
    is_large_type: bool
    is_menu_narrow: bool
    language_tag: str
    name: str
    unit_name: str
    duty: str
    # Whose phone keeps what is needed without network: a mentor's.
    phone_user: str
    # Where the wordmark of a signed-out page leads; empty where there is no page to lead to.
    front_href: str


@lru_cache(maxsize=1)
def declared_menu() -> tuple[tuple[str | Promise, tuple[Entry, ...]], ...]:
    """Title and entries of each app that declares some, programmes first."""
    found: list[tuple[str | Promise, tuple[Entry, ...]]] = []
    for app in [*settings.SUNWARD_PROGRAMMES, *_MECHANISMS]:
        if find_spec(f"{app}.navigation"):
            module = import_module(f"{app}.navigation")
            found.append((module.TITLE, tuple(module.MENU)))
    return tuple(found)


def furniture(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing is computed for a fragment, which has no frame."""
    is_signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "furniture": SimpleLazyObject(lambda: _furniture(request, is_signed_in=is_signed_in)),
        "layout": "base.html" if is_signed_in else "bare.html",
    }


def _furniture(request: HttpRequest, *, is_signed_in: bool) -> Furniture:
    actor: Actor | None = getattr(request, "actor", None) if is_signed_in else None
    parts = _parts(actor, path=request.path) if actor else ()
    return Furniture(
        parts=parts,
        phone_links=tuple(link for part in parts for link in part.links if link.is_on_phone)[:4],
        search_href=reverse("search") if actor and actor.has(*CASEWORK_ROLES) else "",
        inbox_href=reverse("outreach:inbox") if parts else "",
        is_large_type=is_large_type(request),
        is_menu_narrow=request.COOKIES.get("menu") == "narrow",
        language_tag=language_tag(get_language()),
        name=actor.name if actor else "",
        unit_name=actor.unit_name if actor else "",
        duty=", ".join(str(role.label) for role in sorted(actor.roles)) if actor else "",
        phone_user=str(actor.user_id) if actor and actor.has(Role.MENTOR) else "",
        front_href=_front(request, is_signed_in=is_signed_in),
    )


def _front(request: HttpRequest, *, is_signed_in: bool) -> str:
    """A family's front page is its own. Who comes by a poster or a message has none: the sign-in page would be a
    dead end for somebody who has no account. Whoever signs in, or lost her way, is led home."""
    match = request.resolver_match
    if is_signed_in or match is None or match.view_name.startswith(_SIGN_IN):
        return reverse("home")
    if match.view_name.startswith("family") and "token" in match.kwargs:
        return reverse("family", args=[match.kwargs["token"]])
    return ""


def _parts(actor: Actor, *, path: str) -> tuple[MenuPart, ...]:
    if not actor.posts:
        return ()
    mine = [("", (_HOME,)), *((title, _allowed(entries, actor)) for title, entries in declared_menu())]
    prefix = get_script_prefix()
    hrefs = {entry.url_name: _address(entry.url_name, prefix) for _title, entries in mine for entry in entries}
    current = _current(path, list(hrefs.values()))
    return tuple(
        MenuPart(title, tuple(_link(entry, href=hrefs[entry.url_name], current=current) for entry in entries))
        for title, entries in mine
        if entries
    )


@cache
def _address(url_name: str, prefix: str) -> str:
    """Kept: a menu has two dozen of them, every page has the menu, and they never change while a server runs."""
    return reverse(url_name)


def _allowed(entries: tuple[Entry, ...], actor: Actor) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if not entry.roles or not actor.roles.isdisjoint(entry.roles))


def _link(entry: Entry, *, href: str, current: str) -> MenuLink:
    return MenuLink(entry.label, href, entry.icon, href == current, entry.is_on_phone)


def _current(path: str, hrefs: list[str]) -> str:
    """The entry whose address is the longest beginning of the page's own."""
    home = _address("home", get_script_prefix())
    under = [href for href in hrefs if path == href or (href != home and path.startswith(href))]
    return max(under, key=len, default="")
