"""A district with an officer, and a way to match it."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

from sunward.accounts.access import Actor
from sunward.core import clock
from sunward.matching.actions.runs import start_run
from sunward.matching.models import Policy, Proposal, Run
from tests.factories import NOW, TODAY, actor_of, make_officer


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Sentences are compared in Chinese, whatever language the page before was asked for in."""
    with override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def officer(db: None) -> Actor:
    return actor_of(make_officer())


@pytest.fixture
def policy(db: None) -> Policy:
    return Policy.objects.get(programme="mentoring")


@pytest.fixture
def match_now(policy: Policy, run_jobs: Callable[[], int]) -> Callable[..., Run]:
    """``match_now(actor, unit_path=…)``: a run from the start to its end."""

    def match(actor: Actor, *, unit_path: str = "/310110/") -> Run:
        run = start_run(actor=actor, policy_id=policy.uid, unit_path=unit_path, on=TODAY, now=NOW)
        run_jobs()
        run.refresh_from_db()
        return run

    return match


def pairs(run: Run) -> dict[int, int]:
    return dict(Proposal.objects.filter(run=run).values_list("left_id", "right_id"))


def change_policy(policy: Policy, change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """The newest content with a change, as a new version would hold it."""
    version = policy.versions.first()
    assert version is not None
    content = copy.deepcopy(version.content)
    change(content)
    return content


def set_parameter(code: str, name: str, value: float) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        next(rule for rule in content["rules"] if rule["code"] == code)["parameters"][name] = value

    return change


def set_weights(**weights: float) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        for entry in content["criteria"]:
            entry["weight"] = weights.get(entry["code"], 0)

    return change
