"""Calls to the other side's address. Whoever types an address must not make this house ask itself.

Only https to an address that the whole internet may reach; the name is looked up once and the call goes to what was
found, so that a name cannot mean something else a moment later. Hosts inside the government's own network are named
by whoever runs the house (``SUNWARD_FEED_HOSTS_INSIDE``). No redirects, short time-outs, a limit on what is read, and
errors that are codes: an exception of the library carries the address.
"""

import socket
import ssl
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from json import loads
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.conf import settings

TIMEOUT = httpx.Timeout(20.0, connect=5.0)
MOST_READ = 16 * 1024 * 1024
LONGEST_ADDRESS = 300
# Addresses that lead on to one of the fourth version, whatever it is.
_LEADS_ON = tuple(ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """A JSON object; or the code of what became of the call instead."""

    body: dict[str, Any] = field(default_factory=dict)
    failure: str = ""


def read_address(typed: str) -> str:
    """The address below which the feed lies, with its last stroke; empty: it is none that may be called."""
    if len(typed) > LONGEST_ADDRESS or not typed.isascii() or any(sign.isspace() for sign in typed.strip()):
        return ""
    try:
        parts = urlsplit(typed.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if "@" in parts.netloc or parts.query or parts.fragment or not host or port == 0:
        return ""
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_inside(host)):
        return ""
    path = parts.path.removesuffix("vacancies.json")
    return urlunsplit((parts.scheme, parts.netloc.lower(), path if path.endswith("/") else f"{path}/", "", ""))


def fetch(address: str, name: str, *, key: str, params: dict[str, str]) -> Fetched:
    """`name` below `address`, with the key that the other side has given."""
    address = read_address(address)
    parts = urlsplit(address)
    host = parts.hostname or ""
    if not host:
        return Fetched(failure="unusable_address")
    found = look_up(host, parts.port or (443 if parts.scheme == "https" else 80))
    if not found:
        return Fetched(failure="no_such_host")
    if not all(may_be_called(one) for one in found) and not _is_inside(host):
        return Fetched(failure="address_inside")
    headers = {"Host": parts.netloc, "Accept": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    target = f"[{found[0]}]" if isinstance(found[0], IPv6Address) else str(found[0])
    netloc = f"{target}:{parts.port}" if parts.port else target
    try:
        with (
            httpx.Client(timeout=TIMEOUT, verify=_trust(), follow_redirects=False, trust_env=False) as client,
            client.stream(
                "GET", urlunsplit((parts.scheme, netloc, parts.path + name, "", "")), params=params, headers=headers,
                extensions={"sni_hostname": host},
            ) as response,
        ):  # fmt: skip
            return _read(response.status_code, _first_bytes(response))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return Fetched(failure="no_connection")


def look_up(host: str, port: int) -> tuple[IPv4Address | IPv6Address, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def may_be_called(address: IPv4Address | IPv6Address) -> bool:
    """Reachable for the whole internet, and nothing that leads on to what is not."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return may_be_called(address.ipv4_mapped)
        if any(address in net for net in _LEADS_ON):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_inside(host: str) -> bool:
    return host.lower() in settings.SUNWARD_FEED_HOSTS_INSIDE


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _first_bytes(response: httpx.Response) -> bytes | None:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MOST_READ:
            return None
    return bytes(content)


def _read(status: int, content: bytes | None) -> Fetched:
    if status != 200:
        return Fetched(failure=f"http_{status}")
    if content is None:
        return Fetched(failure="too_large")
    try:
        body = loads(content.decode())
    except (ValueError, RecursionError):
        return Fetched(failure="no_sense")
    return Fetched(body) if isinstance(body, dict) else Fetched(failure="no_sense")
