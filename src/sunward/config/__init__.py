"""Which settings: `SUNWARD_SETTINGS` names them, and everything that starts Sunward asks here."""

import os

NAMES = ("development", "production", "test", "bare")


def choose_settings(default: str = "development") -> None:
    """Point Django at the settings; what `DJANGO_SETTINGS_MODULE` says already, stands."""
    name = os.environ.get("SUNWARD_SETTINGS", default)
    if name not in NAMES:
        raise SystemExit(f"SUNWARD_SETTINGS is {name!r}; it must be one of: {', '.join(NAMES)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"sunward.config.settings.{name}")
