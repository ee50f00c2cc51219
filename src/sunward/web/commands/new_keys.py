"""Prints, never stores: where keys are kept is the district's own decision."""

import secrets
import sys
from argparse import Namespace

from sunward.config.keys import new_key
from sunward.web.commands import Command


def run(arguments: Namespace) -> int:
    sys.stdout.write(
        f"SUNWARD_SECRET_KEY={secrets.token_urlsafe(48)}\n"
        f"SUNWARD_SEALING_KEYS=k1:{new_key()}\n"
        f"SUNWARD_BLIND_INDEX_KEY={new_key()}\n"
    )
    sys.stderr.write(
        "Keep these apart from the backups: without the sealing keys the sealed values are lost for ever, "
        "and the blind-index key cannot be changed later.\n"
    )
    return 0


COMMAND = Command("new-keys", "print fresh keys for production", run, needs_django=False)
