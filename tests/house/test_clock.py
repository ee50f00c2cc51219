"""The domain never reads the clock: the day and the moment are passed in."""

import ast

from tests.house.sources import SRC, Module, modules

READINGS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("functions", "Now"),
}
READERS = {
    "src/sunward/core/clock.py": "it is the clock",
    "src/sunward/core/bulk.py": "keys that ascend need an instant; it is no date of anything",
}
# Inside an app these are handed the moment; views, commands, jobs and middleware ask the clock for it.
HANDED_THE_MOMENT = {"enums", "models", "access", "queries", "actions", "forms", "rules", "policies", "sheets"}


# Given a moment, these only turn it into the district's own time.
CONVERTING = {"localdate", "localtime"}


def readings(module: Module) -> list[str]:
    converting = {
        node.func
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CONVERTING
        and node.args
    }
    return [
        f"{module.place}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node not in converting
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr, node.attr) in READINGS
    ]


def asks_our_clock(module: Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and (node.module == "sunward.core.clock" or (node.module == "sunward.core" and "clock" in _names(node)))
        for node in ast.walk(module.tree)
    )


def _layer(module: Module) -> str:
    """``actions`` for both ``app/actions.py`` and ``app/actions/children.py``."""
    parts = module.path.relative_to(SRC).with_suffix("").parts
    return parts[2] if len(parts) > 2 else ""


def _names(node: ast.ImportFrom) -> set[str]:
    return {alias.name for alias in node.names}


def test_only_the_clock_reads_the_clock():
    readers = [module for module in modules() if module.place not in READERS and not module.is_migration]
    assert not [place for module in readers for place in readings(module)]


def test_the_domain_is_handed_the_moment():
    domain = [module for module in modules() if _layer(module) in HANDED_THE_MOMENT]
    assert len(domain) > 20
    assert not [module.place for module in domain if asks_our_clock(module)]
