from argparse import Namespace

from sunward.web.commands import Command


def run(arguments: Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=1)
    return 0


COMMAND = Command("migrate", "bring the database's tables up to date", run)
