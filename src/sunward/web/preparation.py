"""What must be in place before the first page: tables, and static files under hashed names. Done only when needed."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sunward.core.bulk import many_objects


@contextmanager
def whole_or_nothing() -> Iterator[None]:
    """A new SQLite file gets its name only when all that is done here is done: a start broken off begins anew."""
    target = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or target.exists():
        yield
        return
    building = target.with_name(f"{target.name}.building")
    for leftover in target.parent.glob(f"{building.name}*"):
        leftover.unlink()
    connection.close()
    connection.settings_dict["NAME"] = str(building)
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    building.replace(target)
    connection.settings_dict["NAME"] = str(target)


def migrate() -> bool:
    """Bring the tables up to date; True if there was anything to do."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    with many_objects():
        call_command("migrate", interactive=False, verbosity=0)
    return True


def build_demo() -> bool:
    """Build the demo district if nobody has ever been here; True if it was built."""
    from sunward.core import clock
    from sunward.web.demo.district import build_demo as build
    from sunward.web.demo.district import demo_exists

    if demo_exists():
        return False
    with many_objects():
        build(on=clock.today(), now=clock.now())
    return True


def build_scenario(tell: Callable[[str], None]) -> None:
    """The district of 2022; refused where anybody or anything is there already."""
    from sunward.web.demo.yangpu_2022.build import build_yangpu_2022

    with many_objects():
        build_yangpu_2022(tell)


def describe_demo() -> str:
    """One sign-in per role, or nothing where there is no demo."""
    from sunward.web.demo.sign_ins import describe, read_sign_ins

    sign_ins = read_sign_ins()
    return describe(sign_ins) if sign_ins else ""


def collect_static() -> bool:
    """Collect, compress and hash the static files if any of them changed; True if it was done."""
    if "Manifest" not in settings.STORAGES["staticfiles"]["BACKEND"]:
        return False
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = fingerprint_static()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def fingerprint_static() -> str:
    """Changes when a file comes, goes, grows or is written."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
