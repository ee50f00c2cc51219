"""A file stops at 500 lines, a function at 60, a template at 150."""

from functools import cache

import pytest

from tests.house import exceptions
from tests.house.sources import ROOT, functions, modules, templates


@cache
def sizes_of_files() -> dict[str, int]:
    return {
        module.place: module.text.count("\n") for module in modules("src", "tests", "bench") if not module.is_migration
    }


@cache
def sizes_of_functions() -> dict[str, int]:
    every = (
        function for module in modules("src", "bench") if not module.is_migration for function in functions(module)
    )
    return {function.place: function.lines for function in every}


def sizes_of_templates() -> dict[str, int]:
    return {path.relative_to(ROOT).as_posix(): path.read_text().count("\n") for path in templates()}


LAWS = [
    pytest.param(sizes_of_files, 500, exceptions.FILES, id="file"),
    pytest.param(sizes_of_functions, 60, exceptions.FUNCTIONS, id="function"),
    pytest.param(sizes_of_templates, 150, exceptions.TEMPLATES, id="template"),
]


@pytest.mark.parametrize(("measure", "limit", "excepted"), LAWS)
def test_nothing_is_larger_than_the_house_allows(measure, limit, excepted):
    too_large = {place: size for place, size in measure().items() if size > excepted.get(place, limit)}
    assert not too_large


@pytest.mark.parametrize(("measure", "limit", "excepted"), LAWS)
def test_the_exceptions_only_shrink(measure, limit, excepted):
    sizes = measure()
    stale = {place: size for place, size in excepted.items() if sizes.get(place, 0) != size or size <= limit}
    assert not stale, "lower these entries to today's size, or take them out"
