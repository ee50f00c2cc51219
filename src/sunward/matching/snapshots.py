"""A snapshot as bytes and back: numpy's own archive, compressed, never pickled. Codes and numbers only, no name."""

import hashlib
import io
import json

import numpy as np

from sunward.matching.declaration import Snapshot
from sunward_match.pairing import Table

FORMAT = 1


def pack(snapshot: Snapshot) -> bytes:
    """The same snapshot always gives the same bytes."""
    arrays = {
        "format": np.array([FORMAT]),
        "left": np.array(snapshot.left.ids, np.int64),
        "right": np.array(snapshot.right.ids, np.int64),
        "standing": np.array(snapshot.standing, np.int64).reshape(-1, 2),
        "given": np.frombuffer(json.dumps(snapshot.given, sort_keys=True).encode(), np.uint8),
    }
    arrays |= {f"left.{name}": snapshot.left[name] for name in sorted(snapshot.left.columns)}
    arrays |= {f"right.{name}": snapshot.right[name] for name in sorted(snapshot.right.columns)}
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **arrays)
    return packed.getvalue()


def unpack(packed: bytes) -> Snapshot:
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return Snapshot(
            _side(arrays, "left"),
            _side(arrays, "right"),
            tuple((int(left), int(right)) for left, right in arrays["standing"]),
            json.loads(arrays["given"].tobytes() or b"{}"),
        )


def digest(packed: bytes) -> str:
    return hashlib.sha256(packed).hexdigest()


def _side(arrays: "np.lib.npyio.NpzFile", side: str) -> Table:
    prefix = f"{side}."
    columns = {name.removeprefix(prefix): arrays[name] for name in arrays.files if name.startswith(prefix)}
    return Table(tuple(arrays[side].tolist()), columns)
