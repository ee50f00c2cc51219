import sys
from argparse import Namespace

from sunward.web.commands import Command


def run(arguments: Namespace) -> int:
    from sunward.core.search.index import rebuild
    from sunward.web.search.queries import everything_findable

    written = rebuild(everything_findable())
    sys.stdout.write(f"{written} entries\n")
    return 0


COMMAND = Command("reindex", "build the index of the search box anew", run)
