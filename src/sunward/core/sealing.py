"""Sealing of the most sensitive values, and the blind index that finds them again.

A sealed value is written ``v1:algorithm:key:nonce:ciphertext`` (base64 parts; the tag ends the ciphertext). Its
associated data is ``table.column`` and the row's key, so a value copied into another row does not open.
AES-256-GCM, or SM4-GCM (RFC 8998) where commercial cryptography of GB/T 39786 is asked for.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NONCE_BYTES = 12
_TAG_BYTES = 16
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_STANDARD = bytes.maketrans(b"-_", b"+/")


class SealBroken(Exception):
    """The value was changed, moved to another row, or its key is gone."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by name; the first one seals, all of them open."""

    keys: dict[str, bytes]
    newest: str


@lru_cache(maxsize=4)
def read_keyring(text: str) -> Keyring:
    """Read ``name:base64,name:base64``; each key is 32 bytes, the newest stands first."""
    keys: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, encoded = part.partition(":")
        key = base64.b64decode(encoded)
        if len(key) != 32:
            raise ImproperlyConfigured(f"Sealing key {name!r} must be 32 bytes in base64, it has {len(key)}.")
        keys[name] = key
    if not keys:
        raise ImproperlyConfigured("No sealing key is set (SUNWARD_SEALING_KEYS).")
    return Keyring(keys, next(iter(keys)))


def keyring() -> Keyring:
    return read_keyring(settings.SUNWARD_SEALING_KEYS)


def seal(text: str, *, bound_to: str) -> str:
    """Seal a value so that it opens only with the same `bound_to` (table, column and row)."""
    ring, algorithm = keyring(), settings.SUNWARD_SEALING_ALGORITHM
    nonce = secrets.token_bytes(_NONCE_BYTES)
    data = _encrypt(algorithm, ring.keys[ring.newest], nonce, text.encode(), bound_to.encode())
    return f"v1:{algorithm}:{ring.newest}:{_encode(nonce)}:{_encode(data)}"


def seal_column(values: Iterable[str], uids: Iterable[str], *, column: str) -> list[str]:
    """`seal` for one column (``table.column``) of many rows, each bound to its own `uid`; empty values stay empty."""
    ring, algorithm = keyring(), settings.SUNWARD_SEALING_ALGORITHM
    key, head = ring.keys[ring.newest], f"v1:{algorithm}:{ring.newest}:"
    sealed = []
    rows = list(zip(values, uids, strict=True))
    # Asking the system for randomness costs as much for one nonce as for hundreds.
    nonces = _cut(secrets.token_bytes(_NONCE_BYTES * len(rows)), _NONCE_BYTES)
    for (text, uid), nonce in zip(rows, nonces, strict=True):
        if not text:
            sealed.append("")
            continue
        data = _encrypt(algorithm, key, nonce, text.encode(), f"{column}:{uid}".encode())
        sealed.append(f"{head}{_encode(nonce)}:{_encode(data)}")
    return sealed


def unseal(token: str, *, bound_to: str) -> str:
    version, algorithm, name, nonce, data = token.split(":")
    if version != "v1":
        raise SealBroken(version)
    key = keyring().keys.get(name)
    if key is None:
        raise SealBroken(f"key {name} is not in the ring")
    try:
        return _decrypt(algorithm, key, _decode(nonce), _decode(data), bound_to.encode()).decode()
    except InvalidTag as error:
        raise SealBroken(bound_to) from error


def is_sealed_with_newest(token: str) -> bool:
    _, algorithm, name, *_ = token.split(":")
    return name == keyring().newest and algorithm == settings.SUNWARD_SEALING_ALGORITHM


def blind_index(value: str, *, purpose: str) -> str:
    """128 bits of HMAC-SHA-256 in hex: equal values meet, nothing can be read back. `value` is normalised already."""
    key = _index_key(settings.SUNWARD_BLIND_INDEX_KEY)
    return hmac.digest(key, f"{purpose}\0{value}".encode(), "sha256").hex()[:32]


def blind_indexes(values: Iterable[str], *, purpose: str) -> list[str]:
    """`blind_index` for many values, some of which come twice; of an empty value it is empty."""
    key, head, asked = _index_key(settings.SUNWARD_BLIND_INDEX_KEY), f"{purpose}\0", list(values)
    made = {value: hmac.digest(key, f"{head}{value}".encode(), "sha256").hex()[:32] for value in set(asked) if value}
    return [made.get(value, "") for value in asked]


@lru_cache(maxsize=4)
def _index_key(text: str) -> bytes:
    return base64.b64decode(text)


@lru_cache(maxsize=16)
def _aes(key: bytes) -> AESGCM:
    return AESGCM(key)


def _encrypt(algorithm: str, key: bytes, nonce: bytes, data: bytes, bound_to: bytes) -> bytes:
    if algorithm == "aes-256-gcm":
        return _aes(key).encrypt(nonce, data, bound_to)
    encryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(bound_to)
    return encryptor.update(data) + encryptor.finalize() + encryptor.tag


def _decrypt(algorithm: str, key: bytes, nonce: bytes, data: bytes, bound_to: bytes) -> bytes:
    if algorithm == "aes-256-gcm":
        return _aes(key).decrypt(nonce, data, bound_to)
    text, tag = data[:-_TAG_BYTES], data[-_TAG_BYTES:]
    decryptor = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(bound_to)
    return decryptor.update(text) + decryptor.finalize()


def _cut(data: bytes, length: int) -> list[bytes]:
    return [data[start : start + length] for start in range(0, len(data), length)]


def _encode(data: bytes) -> str:
    return binascii.b2a_base64(data, newline=False).translate(_URL_SAFE).decode("ascii")


def _decode(text: str) -> bytes:
    return binascii.a2b_base64(text.encode("ascii").translate(_STANDARD))
