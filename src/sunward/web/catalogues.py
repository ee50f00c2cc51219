"""Builds the `.mo` catalogues from the `.po` files with polib, so that no machine needs gettext to run Sunward."""

import os
import sys
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1]


def catalogues(package: Path = PACKAGE) -> list[Path]:
    return sorted(package.glob("**/locale/*/LC_MESSAGES/django.po"))


def build(package: Path = PACKAGE) -> list[Path]:
    """Write every catalogue that is older than its source; return those written."""
    written = []
    for source in catalogues(package):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Another process may be reading or building the same file: it must see the old one or the new one.
        fresh = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(fresh))
        fresh.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in build():
        sys.stdout.write(f"{path.relative_to(PACKAGE)}\n")
