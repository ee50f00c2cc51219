"""The key of a feed: 256 random bits with a word in front, by which a search finds one that was left lying about."""

import secrets

from sunward.core.sealing import blind_index

_PREFIX = "sunward-feed-"


def new_key() -> str:
    return _PREFIX + secrets.token_urlsafe(32)


def key_index(key: str) -> str:
    return blind_index(key, purpose="employment.feed")
