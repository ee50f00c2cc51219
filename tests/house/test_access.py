"""The locks that can be seen in the source: each view says who may, and reaches objects through the gates."""

import ast
import inspect
from pathlib import Path

from sunward.accounts.access import Policy
from tests.house.addresses import SIGN_IN, addresses
from tests.house.sources import PACKAGE, read_module


def test_every_address_has_a_name_of_its_own():
    names = [address.name for address in addresses()]
    assert not [address.route for address in addresses() if not address.name]
    assert len(names) == len(set(names))


def test_every_view_states_its_policy():
    unstated = [a.name for a in addresses() if not a.is_sign_in and not isinstance(a.policy, Policy)]
    assert not unstated, "decorate the view with allow(…), allow_any_role(…) or allow_public()"


def test_the_list_of_sign_in_views_names_only_views_that_exist():
    assert {address.name for address in addresses()} >= SIGN_IN


def view_and_form_files() -> set[Path]:
    """Where views live according to the addresses, and everything called views or forms."""
    files = {Path(inspect.getsourcefile(inspect.unwrap(a.view)) or "") for a in addresses() if not a.is_sign_in}
    named = {path for path in PACKAGE.rglob("*.py") if {"views", "forms"} & set(path.with_suffix("").parts)}
    return {path for path in files | named if path.is_relative_to(PACKAGE)}


def test_views_and_forms_never_reach_for_objects_themselves():
    assert view_and_form_files()
    reaching = [
        f"{module.place}:{node.lineno}"
        for module in map(read_module, sorted(view_and_form_files()))
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    assert not reaching, "ask a gate (get_…), visible_…(actor) or a query"
