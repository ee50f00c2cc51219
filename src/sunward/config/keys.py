"""Keys for a machine where nobody set any: made once, kept in a file only its owner can read."""

import base64
import json
import os
import secrets
from pathlib import Path


def local_keys(path: Path) -> dict[str, str]:
    if not path.exists():
        keys = {
            "secret_key": secrets.token_urlsafe(48),
            "sealing_keys": f"k1:{new_key()}",
            "blind_index_key": new_key(),
        }
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(keys, file, indent=1)
    loaded: dict[str, str] = json.loads(path.read_text())
    return loaded


def new_key() -> str:
    """32 random bytes in base64, fit for a sealing key or the blind-index key."""
    return base64.b64encode(secrets.token_bytes(32)).decode()
