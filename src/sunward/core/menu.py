"""A line of the menu, as an app declares it in its `navigation.py`; `web` collects and draws them."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """`roles` are the values of `accounts.Role`; empty means everyone who holds a post.

    `is_on_phone` puts it into the bottom bar of a phone (three at most for one person).
    """

    label: str | Promise
    url_name: str
    icon: str
    roles: tuple[str, ...] = ()
    is_on_phone: bool = False
