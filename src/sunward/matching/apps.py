from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MatchingConfig(AppConfig):
    name = "sunward.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_begin_with_policies, sender=self)


def _begin_with_policies(*, using: str, **_kwargs: Any) -> None:
    """A new district starts with the policies its programmes declare."""
    from django.db import connections

    from sunward.core import clock
    from sunward.matching.actions.policies import ensure_policies
    from sunward.matching.models import PolicyVersion

    # On the way back to an older state the tables may be gone.
    if PolicyVersion._meta.db_table in connections[using].introspection.table_names():
        ensure_policies(now=clock.now())
