"""Which settings: `SUNWARD_SETTINGS` names them, and everything that starts Sunward asks here."""

import os
from pathlib import Path

NAMES = ("development", "production", "test", "bare")
# Where a district keeps its environment (docs/how-to/run-in-production.md).
DISTRICTS_ENVIRONMENT = Path("/etc/sunward/environment")


def choose_settings(default: str = "development") -> None:
    """Point Django at the settings; what `DJANGO_SETTINGS_MODULE` says already, stands.

    Where a district is served, a command that was not given its environment would work on an empty database of its own
    and say nothing of it: there it is refused.
    """
    name = os.environ.get("SUNWARD_SETTINGS", "")
    if not name and "DJANGO_SETTINGS_MODULE" not in os.environ and DISTRICTS_ENVIRONMENT.exists():
        raise SystemExit(
            f"这台机器运行着一个区的系统，请先载入 {DISTRICTS_ENVIRONMENT}。\n"
            f"This machine serves a district: load {DISTRICTS_ENVIRONMENT} first (set -a; . {DISTRICTS_ENVIRONMENT})."
        )
    name = name or default
    if name not in NAMES:
        raise SystemExit(f"SUNWARD_SETTINGS is {name!r}; it must be one of: {', '.join(NAMES)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"sunward.config.settings.{name}")
