"""What every test may lean on: fresh catalogues, the browser where there is one, jobs run in process."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils import translation

from sunward.web import catalogues
from tests.databases import copied_tables
from tests.door import Door
from tests.emptying import emptied_quickly

CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# How fast a crowded machine makes up examples is no matter of any test.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    catalogues.build()


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test marked for one database is not skipped on the other: it has nothing to say there."""
    other = "sqlite" if settings.DATABASES["default"]["ENGINE"].endswith("postgresql") else "postgresql"
    apart = [item for item in items if item.get_closest_marker(other)]
    if apart:
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in apart]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Any:
    """What is imported and collected is no garbage: nobody need look for any meanwhile."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported by now stays to the end: the collector need not walk over it a thousand times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    return _forbid_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    return _forbid_skip((yield))


def _forbid_skip(report: Any) -> Any:
    """Where everything is there (CI), a skip is a defect of the set-up and fails."""
    if report.skipped and os.environ.get("SUNWARD_FORBID_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skips are forbidden here, and this was skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Every test database is a copy: to migrate one takes a quarter of a minute, and each process has its own."""
    with copied_tables():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Emptied, after a test that commits, in what it filled only."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(emptied_quickly())
        yield


@pytest.fixture(scope="session", autouse=True)
def _let_tests_empty_append_only_tables() -> Iterator[None]:
    """SQLite empties a table by DELETE, which our triggers refuse; between two tests they step aside."""
    operations = DatabaseWrapper.ops_class
    emptied = operations.execute_sql_flush

    def empty(self: Any, statements: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%append_only%'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            emptied(self, statements)
            for _name, sql in triggers:
                cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", empty)
        yield


@pytest.fixture(autouse=True)
def _forget_what_is_kept() -> None:
    """What was kept of one test's rows is not the next one's, whose rows have the same numbers."""
    cache.clear()


@pytest.fixture(autouse=True)
def _speak_chinese() -> Iterator[None]:
    """A page read in English leaves its thread speaking English; the next test shall not notice."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Run every job that is due, in this process; returns how many ran and raises the first error."""
    from sunward.core.jobs.worker import drain

    return drain


@pytest.fixture(scope="session")
def door(live_server: Any) -> Door:
    door = Door(live_server.thread.httpd.get_app())
    live_server.thread.httpd.set_app(door)
    return door


@pytest.fixture
def open_door(live_server: Any, transactional_db: None, door: Door) -> Iterator[None]:
    """Asked for before the pages, it ends after they are closed, and before the tables are emptied."""
    door.open()
    yield
    door.shut()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The machine's own Chromium, driven by Playwright: one for the whole session."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop running in this thread; Django would refuse to query beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield browser
        # Beside the loop this thread has connections of its own: left open, they would hold the tables that go next.
        connections.close_all()
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Any]]:
    """``open_page(width=1440, height=900, lang="zh-CN")``: a page of its own, closed after the test."""
    contexts = []

    def open_one(*, width: int = 1440, height: int = 900, lang: str = "zh-CN") -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale=lang)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()
