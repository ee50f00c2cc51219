"""A scope is a set of paths in the tree of units: what a role covers is its unit and everything below it."""

from django.db.models import Q


def below(paths: tuple[str, ...], column: str = "unit_path") -> Q:
    """Rows at or below any of the paths; no path, no row."""
    if not paths:
        return Q(pk__in=[])
    found = Q()
    for path in paths:
        found |= Q(**{f"{column}__startswith": path})
    return found


def above(paths: tuple[str, ...]) -> list[str]:
    """The paths themselves and those of all units that hold them."""
    found = set()
    for path in paths:
        parts = path.strip("/").split("/")
        found |= {f"/{'/'.join(parts[:depth])}/" for depth in range(1, len(parts) + 1)}
    return sorted(found)
