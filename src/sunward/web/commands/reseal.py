import sys
from argparse import Namespace

from sunward.web.commands import Command


def run(arguments: Namespace) -> int:
    from sunward.core.resealing import reseal_all

    for done in reseal_all():
        sys.stdout.write(f"{done.column}: {done.resealed} of {done.seen} sealed anew\n")
    sys.stdout.write("Every value is sealed with the newest key; older ones may be taken off SUNWARD_SEALING_KEYS.\n")
    return 0


COMMAND = Command("reseal", "seal every sealed value again with the newest key", run)
