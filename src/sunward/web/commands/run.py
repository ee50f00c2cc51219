"""One command from nothing to a page: tables, the demo district, static files, web server, worker."""

import sys
from argparse import ArgumentParser, Namespace

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=1, help="web processes; more than one on PostgreSQL only")
    parser.add_argument("--threads", type=int, default=4, help="threads in each web process")
    parser.add_argument("--no-demo", action="store_true", help="leave a new database empty; production always does")
    parser.add_argument("--no-worker", action="store_true", help="background jobs are worked off elsewhere")


def run(arguments: Namespace) -> int:
    from django.conf import settings

    from sunward.web import preparation, serving

    address = serving.Address(arguments.host, arguments.port)
    if not address.is_free():
        sys.stderr.write(f"Port {address.port} is taken: choose another, e.g. make run PORT={address.port + 1}\n")
        return 1
    preparation.collect_static()
    with preparation.whole_or_nothing():
        preparation.migrate()
        if settings.SUNWARD_BUILDS_DEMO and not arguments.no_demo and preparation.build_demo():
            sys.stdout.write("  The demo district is built: everybody and everything in it is invented.\n")
    sign_ins = preparation.describe_demo()
    sys.stdout.write(f"{sign_ins}\n\n" if sign_ins else "")
    sys.stdout.write(f"  向阳 Sunward: {address}   (Ctrl-C stops)\n\n")
    sys.stdout.flush()
    web = serving.web_command(address, processes=arguments.processes, threads=arguments.threads)
    return serving.serve(web, address=address, beside=[] if arguments.no_worker else [serving.worker_command()])


COMMAND = Command(
    "run", "prepare everything and serve: web server and one worker, both stop together", run, add_arguments
)
